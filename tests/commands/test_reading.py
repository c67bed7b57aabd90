"""只看不写的命令：returns、gaps、explain、trace、plan、check。"""

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
    """有一份报表在案。"""
    answers = {**figures(I01="7.20", I09="6.8", M07_1="260")}
    told = ipm("ingest", filled(BUREAU, "2023Q2", answers), "--received", "2023-07-05")
    assert told.status == 0
    return ipm


@pytest.mark.parametrize("command", ["gaps", "returns"])
def test_without_a_ledger_it_says_so(ipm: Run, command: str) -> None:
    """没有台账时说“尚无入库记录”，不建台账，不报错。"""
    told = ipm(command)
    assert told.status == 0
    assert "尚无入库记录" in told.err


@pytest.mark.parametrize("command", ["explain", "trace"])
def test_items_without_a_ledger(ipm: Run, home: Path, command: str) -> None:
    """解释和溯源也一样。"""
    told = ipm(command, "I01", "--quarter", "2023Q2")
    assert told.status == 0
    assert "尚无入库记录" in told.err
    assert not (home / "data" / "ledger.db").exists()


def test_gaps_table_fits_a_terminal(reported: Run) -> None:
    """终端表格不超过 80 列，最差在前，带规则。"""
    told = reported("gaps", "--only", "all")
    assert told.status == 0
    assert max(width(line) for line in told.out.splitlines()) <= 80
    assert "判定规则" in told.out
    assert "未说明原因" in told.out


def test_gaps_json_judges_as_worked_by_hand(reported: Run) -> None:
    """I01=7.20 在 2023Q2：完成 43.94%，序时 50%，偏差 -6.06，指数 0.879，未达序时。"""
    document = reported("gaps", "--format", "json").json
    assert document["quarter"] == "2023Q2"
    item = next(i for i in document["items"] if i["id"] == "I01")
    assert item["status"] == "behind"
    assert item["light"] == "yellow"
    assert (item["done_share"], item["planned_share"]) == (43.94, 50)
    assert (item["gap_points"], item["schedule_index"]) == (-6.06, 0.879)
    assert item["value"] == "7.2"
    assert item["planned"] == "7.505"
    assert item["reason"] is None


def test_gaps_of_one_agency(reported: Run) -> None:
    """--agency 认别名，只列它的。"""
    told = reported("gaps", "--agency", "海关总署")
    assert told.status == 2
    assert "是否为" in told.err
    told = reported("gaps", "--agency", "市监局", "--only", "all")
    assert "市监局" not in told.out
    assert "（市市场监管局）" in told.out
    assert "报送：已报，回执 " in told.out
    court = reported("gaps", "--agency", "市法院", "--format", "json").json
    assert court["items"]
    assert all("市法院" in item["agencies"] for item in court["items"])
    assert "报送：未报；时限" in reported("gaps", "--agency", "市法院").out


def test_gaps_csv_and_xlsx(reported: Run, home: Path, tmp_path: Path) -> None:
    """CSV 可打印可存；XLSX 存进 reports/。"""
    rows = list(csv.reader(io.StringIO(reported("gaps", "--format", "csv").out)))
    assert rows[0][0] == "编号"
    assert any(row[0] == "I01" for row in rows)
    target = tmp_path / "x.csv"
    assert reported("gaps", "--format", "csv", "--out", target).status == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    told = reported("gaps", "--format", "xlsx")
    path = Path(told.out.strip())
    assert path.parent == home / "reports"
    assert load_workbook(path)["滞后清单"].max_row > 3


def test_explain_puts_the_numbers_in(reported: Run) -> None:
    """解释里有代入数字的算式和这个数的出处。"""
    told = reported("explain", "每万人口高价值发明专利拥有量")
    assert "(7.20-4.99)/(10.02-4.99)" in told.out
    assert "43.94%" in told.out
    assert "2023Q2-0001" in told.out
    assert "指标数据!J4" in "".join(told.out.split())


def test_trace_names_file_and_cell(reported: Run) -> None:
    """溯源：回执、文件、摘要、工作表、单元格。"""
    document = reported("trace", "I01", "--format", "json").json
    assert document["receipt"] == "2023Q2-0001"
    assert (document["sheet"], document["cell"]) == ("指标数据", "J4")
    assert document["file"] == "2023Q2-市市场监管局.xlsx"
    assert len(document["sha256"]) == 64
    assert document["agency"] == BUREAU
    assert document["received_on"] == "2023-07-05"
    assert "指标数据!J4" in "".join(reported("trace", "I01").out.split())


def test_trace_says_where_a_carried_figure_was_reported(ipm: Run, filled: Fill) -> None:
    """本季填“未更新”而报告印往年的数：往年那一格也列出来，并从原件重读。"""
    ipm("ingest", filled(BUREAU, "2022Q4", figures(I02="124", I01="6.35")))
    ipm("ingest", filled(BUREAU, "2023Q1", figures(I02="未更新", I01="6.5")))
    document = ipm("trace", "I02", "--quarter", "2023Q1", "--format", "json").json
    assert (document["value"], document["receipt"]) == ("未更新", "2023Q1-0002")
    (kept,) = document["carried"]
    assert (kept["quarter"], kept["value"], kept["receipt"]) == ("2022Q4", "124", "2022Q4-0001")
    assert kept["cell"] == "J5"
    assert kept["proof"]["agrees"] is True
    assert "carried" not in ipm("trace", "I01", "--quarter", "2023Q1", "--format", "json").json


def test_trace_of_a_milestone_says_when_it_was_told(ipm: Run, filled: Fill) -> None:
    """里程碑的完成情况一直算到改口为止：本季没有填的，说是哪季报的。"""
    told = {"里程碑": {"M05-2": {"完成情况": "推进中"}, "M22-2": {"完成情况": "推进中"}}}
    ipm("ingest", filled(BUREAU, "2022Q4", told))
    ipm("ingest", filled(BUREAU, "2023Q1", figures(I01="6.5")))
    for item, kept in (("M05-2", ["2022Q4"]), ("M22-2", [])):
        document = ipm("trace", item, "--quarter", "2023Q1", "--format", "json").json
        assert [past["quarter"] for past in document.get("carried", [])] == kept
        assert document["history"] == []


def test_trace_of_a_twin_shows_the_indicator(reported: Run) -> None:
    """与指标同一个数的量化任务，溯源到指标的那一格。"""
    assert reported("trace", "M10-1", "--format", "json").json["value"] == "6.8"


def test_a_summed_figure_has_parts(ipm: Run, filled: Fill) -> None:
    """两家海关相加的数，分开列出各自的来路。"""
    ipm("ingest", filled("威海海关", "2023Q2", figures(M05_1="2")))
    ipm("ingest", filled("荣成海关", "2023Q2", figures(M05_1="1")))
    document = ipm("trace", "M05-1", "--format", "json").json
    assert document["value"] == "3"
    assert [part["agency"] for part in document["parts"]] == ["威海海关", "荣成海关"]
    item = next(i for i in ipm("gaps", "--format", "json").json["items"] if i["id"] == "M05-1")
    assert item["value"] == "3"


def test_unknown_items_get_suggestions(ipm: Run) -> None:
    """写错的编号或名称，给出相近的，退出码 2。"""
    told = ipm("explain", "每万人口发明专利拥有量")
    assert told.status == 2
    assert "I01" in told.err


@pytest.mark.parametrize("quarter", ["2023Q5", "去年", "2"])
def test_a_wrong_quarter_is_explained(ipm: Run, quarter: str) -> None:
    """季度写错，说怎么写，退出码 2。"""
    told = ipm("gaps", "--quarter", quarter)
    assert told.status == 2
    assert "2023Q2" in told.err or "--year" in told.err or "2023Q" in told.err


def test_explain_can_be_pasted_and_read_by_a_program(reported: Run) -> None:
    """解释：算式、出处、规则、预测，不超过 80 列；JSON 说同样的话。"""
    text = reported("explain", "I01").out
    assert max(width(line) for line in text.splitlines()) <= 80
    for words in ("偏差＝100×(7.20-7.505)/(10.02-4.99)＝-6.06 个百分点", "指数 0.879 低于 0.95",
                  "回执 2023Q2-0001", "指标数据!", "预测：数据不足", "状态：未达序时（黄）"):  # fmt: skip
        assert words in text.replace("\n      ", "")
    document = reported("explain", "I01", "--format", "json").json
    assert (document["item"], document["status"]) == ("I01", "behind")
    assert document["figures"][0]["receipt"] == "2023Q2-0001"
    assert "".join(document["lines"]).replace(" ", "") in "".join(text.split())


def test_as_of_shows_what_was_known_then(reported: Run, filled: Fill) -> None:
    """--as-of 回执：那时在案的情况。"""
    path = filled(BUREAU, "2023Q2", figures(I01="7.6"), name="更正.xlsx")
    reported("ingest", path)
    now = reported("gaps", "--format", "json").json
    then = reported("gaps", "--as-of", "2023Q2-0001", "--format", "json").json
    value = {i["id"]: i["value"] for i in now["items"]}["I01"]
    before = {i["id"]: i["value"] for i in then["items"]}["I01"]
    assert (before, value) == ("7.2", "7.6")
    assert reported("gaps", "--as-of", "2020-01-01", "--quarter", "2023Q2").status == 0
    assert reported("gaps", "--as-of", "明天").status == 2
    assert reported("gaps", "--as-of", "2023Q2-0099").status == 2


def test_returns_lists_everybody(reported: Run) -> None:
    """报送情况：20 家都在，完整率 5%。"""
    document = reported("returns", "--format", "json").json
    assert len(document["agencies"]) == 20
    assert document["completeness"] == 5
    assert document["timeliness"] == 5
    assert max(width(line) for line in reported("returns").out.splitlines()) <= 80


def test_plan_in_three_forms(ipm: Run, home: Path) -> None:
    """计划：终端、JSON、任务分解表。"""
    document = ipm("plan", "--format", "json").json
    assert [len(document[k]) for k in ("measures", "indicators", "commitments")] == [23, 11, 10]
    assert document["document"]["number"] == "威知战发〔2021〕2号"
    table = ipm("plan").out
    assert max(width(line) for line in table.splitlines()) <= 80
    assert "办公室设定" in table
    path = Path(ipm("plan", "--format", "xlsx").out.strip())
    assert load_workbook(path).sheetnames == ["主要指标", "任务分解表"]
    assert path.parent == home / "reports"


def test_check_lists_the_contradictions(ipm: Run) -> None:
    """检查：没有错误时列出公文自身的矛盾和还缺的设定。"""
    told = ipm("check")
    assert told.status == 0
    for word in ("I03", "权力", "大力版权产业", "牵头单位", "里程碑时限"):
        assert word in told.out


def test_check_says_every_mistake_with_its_line(ipm: Run, home: Path) -> None:
    """计划写错了：全部错误一次说出，带文件和行号，退出码 2；哪条命令都一样。"""
    path = home / "data" / "targets.yaml"
    text = path.read_text("utf-8")
    text = text.replace("target: 10.02", "target: 1.02").replace("市文化和旅游局", "文旅委")
    path.write_text(text, "utf-8")
    for command in (["check"], ["gaps", "--quarter", "2023Q2"]):
        told = ipm(*command)
        assert told.status == 2
        line = text[: text.index("target: 1.02")].count("\n") + 1
        assert f"data/targets.yaml:{line} " in told.err
        assert "文旅委" in told.err


def test_check_against_a_source(ipm: Run, tmp_path: Path) -> None:
    """与原文对照：对不上的逐条列出，退出码 2；读不到的原文是 3。"""
    source = tmp_path / "原文.txt"
    source.write_text("与公文无关的一段话", "utf-8")
    told = ipm("check", "--source", source)
    assert told.status == 2
    assert "对不上" in told.out
    assert ipm("check", "--source", tmp_path / "没有.txt").status == 3
    source.write_bytes("公文".encode("gb18030"))
    assert ipm("check", "--source", source).status == 3


def test_returns_of_a_year(reported: Run) -> None:
    """一年四季一家一行，各种情形分得清，各家和各季的完整率、及时率；不超过 80 列。"""
    told = reported("returns", "--year", "2023", "--as-of", "2099-01-01")
    assert told.status == 0, told.err
    assert max(map(width, told.out.splitlines())) <= 80
    line = next(x for x in told.out.splitlines() if x.startswith(BUREAU))
    assert line.split()[1:] == ["未报", "已报", "未报", "未报", "25.0%", "25.0%"]
    document = reported(
        "returns", "--year", "2023", "--format", "json", "--as-of", "2099-01-01"
    ).json
    assert [one["completeness"] for one in document["quarters"]] == [0, 5, 0, 0]
    mine = next(a for a in document["agencies"] if a["name"] == BUREAU)
    assert mine["quarters"][1] == {"state": "received", "late": False, "manner": "正常"}
    assert (mine["completeness"], mine["timeliness"]) == (25, 25)


def test_returns_of_a_year_to_come(reported: Run) -> None:
    """还没有结束的年份说一声；--year 加 --quarter 是那一季。"""
    assert reported("returns", "--year", "2099").status == 2
    told = reported("returns", "--year", "2023", "--quarter", "2", "--format", "json")
    assert told.json["quarter"] == "2023Q2"


def test_those_who_are_no_members_do_not_count(ipm: Run, filled: Fill, home: Path) -> None:
    """成员改成三家：完整率以三家为分母；别家有事项要报的照发空表、照列，注明不计入。"""
    targets = home / "data" / "targets.yaml"
    text = targets.read_text("utf-8")
    assert text.count("members: named") == 1
    three = "members: [市市场监管局, 威海海关, 市法院]"
    targets.write_text(text.replace("members: named", three), "utf-8")
    ipm("ingest", filled("市市场监管局", "2023Q2", figures(I01="7.2")))
    ipm("ingest", filled("荣成海关", "2023Q2", figures(M05_1="2")))
    document = ipm("returns", "--quarter", "2023Q2", "--format", "json").json
    assert document["completeness"] == 33.33
    others = [a["name"] for a in document["agencies"] if a.get("member") is False]
    assert "荣成海关" in others
    assert "威海海关" not in others
    said = "".join(ipm("returns", "--quarter", "2023Q2").out.split())
    assert "应报3家，已报1家；完整率33.3%" in said
    assert "不是成员、不计入完整率：" in said
    ipm("report", "--year", "2023", "--quarter", "2", "--format", "md")
    report = (home / "reports" / "2023Q2-进展报告.md").read_text("utf-8")
    assert "应报单位3家" in report
    assert "有事项要报，不计入完整率和及时率：" in report
    ipm("form", "--quarter", "2023Q3")
    assert list((home / "forms" / "2023Q3").glob("*荣成海关*"))


@pytest.mark.parametrize("written", ["2025-13-40", "20250230", "2023Q2", "7"])
def test_as_of_that_is_neither_a_day_nor_a_receipt(reported: Run, written: str) -> None:
    """没有的日子、认不出的：说不是日期也不是回执号，不说没有这个回执。"""
    told = reported("gaps", "--as-of", written)
    assert (told.status, f"--as-of 的“{written}”不是日期" in told.err) == (2, True)
    assert "没有回执 2023Q2-0009" in reported("gaps", "--as-of", "2023q2-0009").err
    assert reported("gaps", "--as-of", "2023q2-0001").status == 0


def test_a_past_trace_says_so(reported: Run) -> None:
    """看以前的来处，抬头写明截至何时；看现在的不写。"""
    past = reported("trace", "I01", "--as-of", "2023Q2-0001").out
    assert "截至 2023Q2-0001 在案的" in past
    assert "截至" not in reported("trace", "I01").out
