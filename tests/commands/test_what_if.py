"""``ipm gaps --if``、``--catch-up``：假设一个数会是什么灯，要赶上须报多少；什么也不入库。"""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ipmeasures.report.terminal.layout import width
from tests.commands.conftest import Fill, Run, figures

BUREAU = "市市场监管局"


@pytest.fixture
def reported(ipm: Run, filled: Fill) -> Run:
    """市市场监管局报了 2023 年第二季度；I01、I06 落后。"""
    answers = {**figures(I01="7.20", I06="140", I09="6.8", M07_1="263", M15_1="41")}
    answers["指标数据"]["I02"] = {"本期值": "124", "数据时点": "2022"}
    assert ipm("ingest", filled(BUREAU, "2023Q2", answers), "--received", "2023-07-05").status == 0
    return ipm


def test_the_light_that_a_figure_would_give(reported: Run, home: Path) -> None:
    """I01 假设 7.6：从未达序时（-6.1）变为达序时；标明假设，台账一个字节不变。"""
    ledger = (home / "data" / "ledger.db").read_bytes()
    told = reported("gaps", "--if", "I01=7.6")
    assert told.status == 0
    assert told.out.startswith("2023年第二季度进展差距【假设】")
    text = told.out.replace("\n          ", "")
    assert "I01 每万人口高价值发明专利拥有量＝7.6件" in text
    assert "现在：未达序时（黄），7.20，序时应达 7.51，偏差 -6.1 个百分点" in text
    assert "假设：达序时（绿），7.60，序时应达 7.51，偏差 +1.9 个百分点" in text
    assert "照假设的数判" in told.out
    assert max(width(line) for line in told.out.splitlines()) <= 80
    told.out.encode("gbk")
    assert (home / "data" / "ledger.db").read_bytes() == ledger
    assert "【假设】" not in reported("gaps").out


def test_written_as_in_a_return(reported: Run) -> None:
    """数的写法与收表一样认：全角、千分位、全角等号；事项可写全称；同一个数的任务按指标假设。"""
    told = reported("gaps", "--if", "I01＝７．６", "--if", "通过贯标初次认证的单位=1,65")
    assert told.status == 2
    told = reported("gaps", "--if", "I01＝７．６", "--if", "通过贯标初次认证的单位=165")
    assert told.status == 0
    assert "I01 每万人口高价值发明专利拥有量＝7.6件" in told.out
    assert "M08-1 与 I06 同一个数，按 I06 假设" in told.err
    assert "I06 贯彻《企业知识产权管理规范》国家标准的企业＝165家" in told.out
    assert "M08-1 通过贯标初次认证的单位（与 I06 同一个数）＝165家" in told.out


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("I01", "请写成 事项=数"),
        ("I01=", "请写成 事项=数"),
        ("I99=3", "没有事项“I99”"),
        ("M01=3", "M01 不是报数的事项"),
        ("M05-2=3", "M05-2 不是报数的事项"),
        ("I09=8万", "（万件）：“8万”不是数字，是否为 8？计量单位为万件"),
        ("I01=约7", "（件）：“约7”不是数字"),
        ("I01=不适用", "只能假设一个数"),
        ("I01=/", "“/”看不出是没有还是没报"),
        ("I06=140.5", "应是整数"),
        ("I01=-1", "不会是负数"),
        ("I10=101", "超出可能的范围"),
        ("I02=130@去年", "“去年”不是日期"),
    ],
)
def test_what_is_wrong_is_said_in_words(reported: Run, written: str, words: str) -> None:
    """写错了的：说哪一项、什么单位、错在哪里；不猜，退出码 2。"""
    told = reported("gaps", "--if", written)
    assert told.status == 2
    assert told.out == ""
    assert words in told.err
    assert "Traceback" not in told.err


def test_the_same_figure_twice(reported: Run) -> None:
    """一个数只能假设一次，换个名称写也算。"""
    told = reported("gaps", "--if", "I06=150", "--if", "M08-1=160")
    assert told.status == 2
    assert "--if 里 I06 写了两次" in told.err


def test_a_far_figure_is_pointed_out(reported: Run) -> None:
    """与已知的数相差悬殊的，提醒看单位，照样算；不悬殊的不提。"""
    told = reported("gaps", "--if", "I09=68000")
    assert told.status == 0
    assert "请核对：I09 的计量单位是万件，假设的 68000 与已知的数（5.5）相差悬殊" in told.err
    assert reported("gaps", "--if", "I09=6.9").err == ""
    # 几家相加的没有一家的上期值可比
    assert reported("gaps", "--if", "M05-1=3").err == ""


def test_the_date_of_the_figure(reported: Run) -> None:
    """年度数在年中是上一年的；写 @ 另说时点，晚于季度的按季度并说明。"""
    plain = reported("gaps", "--if", "I02=150")
    assert "＝150件（数据时点 2022Q4）" in plain.out
    dated = reported("gaps", "--if", "I02=150@2021")
    assert "＝150件（数据时点 2021Q4）" in dated.out
    later = reported("gaps", "--if", "I02=150@2023")
    assert "数据时点 2023Q4 晚于 2023Q2，按 2023Q2 计" in later.err
    assert "＝150件\n" in later.out


def test_what_would_be_needed(reported: Run) -> None:
    """赶上序时：I01 年底应达 8.008，下季度 7.604；I06 年底 168，下季度 154；推算不出的列名。"""
    told = reported("gaps", "--catch-up")
    assert told.status == 0
    lines = told.out.splitlines()
    assert "赶上序时：要在2023年底回到序时，2023年第三季度须报到（推算，只作参考）" in lines
    row = {line.split()[0]: line.split()[2:] for line in lines if line.startswith("I0")}
    assert row["I01"] == ["7.20", "7.604", "8.01件"]
    assert row["I06"] == ["140", "154", "168家"]
    assert row["I02"] == ["124", "*151", "151件"]
    text = told.out.replace("\n    ", "")
    assert "带 * 的一年只有一个数" in text
    assert "无从推算（没有可用的数，先补报）：I03" in text
    assert "无从推算（数据未发布）：I04" in text
    assert "无从推算（判不了份额）：M15-1 质押登记" in text
    assert max(width(line) for line in lines) <= 80
    told.out.encode("gbk")


def test_only_one_agency(reported: Run) -> None:
    """只看一家：赶上序时也只列它的。"""
    told = reported("gaps", "--catch-up", "--agency", "市文化和旅游局")
    assert "没有推算得出的滞后事项。" in told.out
    assert "I08" in told.out
    assert "I01" not in told.out


def test_both_in_json(reported: Run) -> None:
    """JSON：每项是不是假设的、要报多少；另有假设前后的灯和要报的季度。不用这两个选项时没有这些键。"""
    document = reported("gaps", "--if", "I06=165", "--catch-up", "--format", "json").json
    assert document["catch_up"] == {"quarter": "2023Q3", "year_end": "2023Q4"}
    assert document["hypothetical"]["stored"] is False
    changed = {each["item"]: each for each in document["hypothetical"]["items"]}
    assert set(changed) == {"I06", "M08-1"}
    assert (changed["I06"]["value"], changed["I06"]["unit"]) == ("165", "家")
    assert changed["I06"]["before"] == {
        "status": "far_behind", "status_text": "未达序时（差距较大）", "light": "red",
        "value": "140",
    }  # fmt: skip
    assert changed["I06"]["after"]["status"] == "ahead"
    item = {each["id"]: each for each in document["items"]}
    assert [i for i, each in item.items() if each["hypothetical"]] == ["I06", "M08-1"]
    assert item["I01"]["catch_up"] == {
        "at": "2023Q3", "figure": "7.604", "value": "7.604", "planned_at_year_end": "8.008",
        "at_most": False, "why": None,
    }  # fmt: skip
    assert item["I03"]["catch_up"]["why"] == "not_reported"
    assert item["I03"]["catch_up"]["figure"] is None
    assert item["I06"]["catch_up"] is item["M01"]["catch_up"] is None
    plain = reported("gaps", "--format", "json").json
    assert "catch_up" not in plain
    assert not {"hypothetical", "catch_up"} & set(plain["items"][0])


def test_both_in_tables(reported: Run, home: Path) -> None:
    """CSV、XLSX：多三列，假设的写在备注；不滞后了的也列；文件另起名字。"""
    told = reported("gaps", "--if", "I06=165", "--catch-up", "--format", "csv")
    rows = {row["编号"]: row for row in csv.DictReader(io.StringIO(told.out))}
    assert rows["I06"]["备注"].startswith("照假设的数判")
    assert rows["I06"]["状态"] == "超序时"
    assert rows["I01"]["赶上序时：报哪季"] == "2023Q3"
    assert (rows["I01"]["赶上序时：需报"], rows["I01"]["年底应达"]) == ("7.604", "8.01")
    assert rows["I03"]["赶上序时：报哪季"] == "无从推算：没有可用的数，先补报"
    path = Path(reported("gaps", "--if", "I06=165", "--catch-up", "--format", "xlsx").out.strip())
    assert path == home / "reports" / "2023Q2-滞后清单-假设.xlsx"
    sheet = load_workbook(path).active
    assert sheet is not None
    assert "【假设】含没有入库的数" in str(sheet["A1"].value)
    heads = [cell.value for cell in sheet[2]]
    assert heads[-3:] == ["赶上序时：报哪季", "赶上序时：需报", "年底应达"]


def test_for_another_quarter_and_another_time(reported: Run, filled: Fill) -> None:
    """可与 --quarter、--as-of 合用。"""
    later = reported("gaps", "--quarter", "2023Q3", "--if", "I01=8", "--format", "json").json
    item = {each["id"]: each for each in later["items"]}
    assert (later["quarter"], item["I01"]["data_at"], item["I01"]["value"]) == (
        "2023Q3", "2023Q3", "8",
    )  # fmt: skip
    correction = filled(BUREAU, "2023Q2", figures(I06="166"), name="更正.xlsx")
    assert reported("ingest", correction).status == 0
    then = reported("gaps", "--as-of", "2023Q2-0001", "--catch-up", "--format", "json").json
    now = reported("gaps", "--catch-up", "--format", "json").json
    needed = [
        {each["id"]: each for each in document["items"]}["I06"]["catch_up"]
        for document in (then, now)
    ]
    assert needed[0]["figure"] == "154"
    assert needed[1] is None


def test_without_any_record(ipm: Run) -> None:
    """没有台账也能假设：计划里有路径。"""
    told = ipm("gaps", "--quarter", "2023Q2", "--if", "I01=7.6", "--catch-up")
    assert told.status == 0
    assert "现在：未报送（灰）" in told.out
    assert "假设：达序时（绿）" in told.out
