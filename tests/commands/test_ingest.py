import datetime as dt
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ipmeasures.report.terminal.layout import width
from tests.commands.conftest import Fill, Run, figures

BUREAU = "市市场监管局"


def test_a_filled_form_is_stored_with_a_receipt(ipm: Run, filled: Fill, home: Path) -> None:
    """收下的表有回执，数进数出一个不少，台账由此建起。"""
    path = filled(BUREAU, "2023Q2", figures(I01="7.20", I09="6.8", M07_1="260"))
    assert not (home / "data" / "ledger.db").exists()
    told = ipm("ingest", path, "--received", "2023-07-05", "--by", "样例")
    assert told.status == 0, told.out + told.err
    assert "回执 2023Q2-0001" in told.out
    assert "读到 3 个数＝入库 3＋不变 0＋拒收 0" in told.out
    assert (home / "data" / "ledger.db").exists()


def test_json_is_the_only_thing_on_stdout(ipm: Run, filled: Fill) -> None:
    """--format json：stdout 只有一个 JSON 文档，键与约定一致。"""
    told = ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20")), "--format", "json")
    document = told.json
    assert document["stored"] is True
    (file,) = document["files"]
    assert file["outcome"] == "accepted"
    assert set(file) == {
        "file", "sha256", "outcome", "receipts", "problems", "lights", "feedback",
    }  # fmt: skip
    (receipt,) = file["receipts"]
    assert receipt["receipt"] == "2023Q2-0001"
    assert (receipt["agency"], receipt["quarter"], receipt["revision"]) == (BUREAU, "2023Q2", 1)
    assert receipt["figures"] == 1
    change = next(c for c in receipt["changes"] if c["field"] == "value")
    assert (change["item"], change["old"], change["new"]) == ("I01", None, "7.2")
    for problem in file["problems"]:
        assert set(problem) == {
            "code", "severity", "sheet", "cell", "item", "value", "message", "fix",
        }  # fmt: skip


def test_one_error_keeps_the_whole_file_out(ipm: Run, filled: Fill, home: Path) -> None:
    """一处错，整份不入库，退出码 1，错处有工作表和单元格。"""
    path = filled(BUREAU, "2023Q2", figures(I01="7.20", I09="8万"))
    told = ipm("ingest", path)
    assert told.status == 1
    assert "指标数据" in told.out
    assert "是否为 8？" in told.out
    assert "拒收 2" in told.out
    assert not (home / "data" / "ledger.db").exists()


def test_the_same_file_twice_is_stored_once(ipm: Run, filled: Fill, tmp_path: Path) -> None:
    """同样的字节再收一次，换了名字也是重复，退出码 0。"""
    path = filled(BUREAU, "2023Q2", figures(I01="7.20"))
    ipm("ingest", path)
    copy = tmp_path / "改个名字.xlsx"
    copy.write_bytes(path.read_bytes())
    told = ipm("ingest", copy, "--format", "json")
    assert told.status == 0
    assert told.json["stored"] is False
    assert told.json["files"][0]["outcome"] == "duplicate"
    assert told.json["files"][0]["receipts"][0]["receipt"] == "2023Q2-0001"


def test_a_later_part_keeps_what_it_does_not_contain(ipm: Run, filled: Fill) -> None:
    """几个科室分次报：后报的只更新它填了的，其余列为保留。"""
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20"), name="一.xlsx"))
    told = ipm(
        "ingest", filled(BUREAU, "2023Q2", figures(I09="6.8"), name="二.xlsx"), "--format", "json"
    )
    (receipt,) = told.json["files"][0]["receipts"]
    assert receipt["kept"] == ["I01"]
    items = {i["id"]: i["value"] for i in ipm("gaps", "--format", "json").json["items"]}
    assert (items["I01"], items["I09"]) == ("7.2", "6.8")


def test_a_correction_says_old_and_new(ipm: Run, filled: Fill) -> None:
    """更正：答复里有原来的和现在的，trace 里两次都在。"""
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20"), name="一.xlsx"))
    told = ipm(
        "ingest", filled(BUREAU, "2023Q2", figures(I01="7.25"), name="二.xlsx"), "--format", "json"
    )
    changes = told.json["files"][0]["receipts"][0]["changes"]
    assert {"item": "I01", "field": "value", "old": "7.2", "new": "7.25"} in changes
    traced = ipm("trace", "I01", "--format", "json").json
    assert [entry["value"] for entry in traced["history"]] == ["7.2", "7.25"]
    assert traced["revision"] == 2


def test_dry_run_stores_nothing_and_says_what_would_change(
    ipm: Run, filled: Fill, home: Path
) -> None:
    """--dry-run：只核对不入库，说清会改什么。"""
    told = ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20")), "--dry-run")
    assert told.status == 0
    assert "试算" in told.out
    assert "I01 本期值：（无） -> 7.2" in told.out
    assert not (home / "data" / "ledger.db").exists()


def test_dry_run_against_a_ledger(ipm: Run, filled: Fill) -> None:
    """有台账时试算，与在案的比。"""
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20"), name="一.xlsx"))
    path = filled(BUREAU, "2023Q2", figures(I01="7.30"), name="二.xlsx")
    told = ipm("ingest", path, "--dry-run", "--format", "json")
    assert told.json["stored"] is False
    changes = told.json["files"][0]["receipts"][0]["changes"]
    assert changes[0]["old"] == "7.2"
    assert ipm("trace", "I01", "--format", "json").json["value"] == "7.2"


def test_a_suspected_figure_needs_a_confirmation(ipm: Run, filled: Fill) -> None:
    """疑为单位不对的不收；--confirm 照原样收下，理由在案。"""
    path = filled("市文化和旅游局", "2023Q2", figures(I08="1600"))
    refused = ipm("ingest", path, "--format", "json")
    assert refused.status == 1
    codes = [p["code"] for p in refused.json["files"][0]["problems"]]
    assert "magnitude_suspect" in codes
    told = ipm("ingest", path, "--confirm", "I08=样例：确是此数", "--format", "json")
    assert told.status == 0
    assert ipm("trace", "I08", "--format", "json").json["value"] == "1600"


def test_a_confirmation_without_reason_is_refused(ipm: Run, filled: Fill) -> None:
    """--confirm 要写理由，写错的事项给出相近的。"""
    path = filled(BUREAU, "2023Q2", figures(I01="7.20"))
    assert ipm("ingest", path, "--confirm", "I01").status == 2
    told = ipm("ingest", path, "--confirm", "I99=理由")
    assert told.status == 2
    assert "没有事项“I99”" in told.err


def test_zero_report_counts_as_received(ipm: Run, filled: Fill) -> None:
    """零报告算已报，单列。"""
    path = filled("市公安局", "2023Q2", {}, {"报送方式": "零报告"})
    assert ipm("ingest", path, "--received", "2023-07-10").status == 0
    agencies = {a["name"]: a for a in ipm("returns", "--format", "json").json["agencies"]}
    assert agencies["市公安局"]["state"] == "received"
    assert agencies["市公安局"]["manner"] == "零报告"
    assert agencies["市公安局"]["late"] is False


def test_a_late_return_is_late(ipm: Run, filled: Fill) -> None:
    """过了时限收到的是迟报；补录的既不算迟也不算及时。"""
    zero = {"报送方式": "零报告"}
    ipm("ingest", filled("市公安局", "2023Q2", {}, zero), "--received", "2023-07-11")
    late = ipm("returns", "--format", "json").json
    assert next(a for a in late["agencies"] if a["name"] == "市公安局")["late"] is True
    assert late["timeliness"] == 0
    assert late["due_on"] == "2023-07-10"


def test_a_file_that_cannot_be_read(ipm: Run, tmp_path: Path, home: Path) -> None:
    """读不了的文件退出码 3，说清是什么、怎么办；台账不动。"""
    text = tmp_path / "表.xlsx"
    text.write_text("编号,本期值\nI01,7.2\n", "utf-8")
    told = ipm("ingest", text)
    assert told.status == 3
    assert "另存为.xlsx" in "".join(told.out.split())
    assert ipm("ingest", tmp_path / "没有.xlsx").status == 3
    assert not (home / "data" / "ledger.db").exists()


def test_a_batch_ends_with_the_highest_status(ipm: Run, filled: Fill, tmp_path: Path) -> None:
    """一批文件：好的照收，退出码取最高，最后有一行汇总。"""
    folder = tmp_path / "收到"
    folder.mkdir()
    good = filled(BUREAU, "2023Q2", figures(I01="7.20"))
    good.rename(folder / good.name)
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "~$临时.xlsx").write_bytes(b"x")
    (folder / "说明.txt").write_text("x", "utf-8")
    told = ipm("ingest", folder)
    assert told.status == 3
    assert "共 4 个文件：入库 1，重复 0，退回 0，读不了 1，跳过 2" in told.out
    assert "[跳过] " in told.err
    assert "不是报表的文件 2 个" in told.err


def test_order_of_files_makes_no_difference(ipm: Run, filled: Fill) -> None:
    """一批里先后颠倒，结果一样：累计数先收前一季度。"""
    first = filled(BUREAU, "2023Q1", figures(M07_1="150"))
    second = filled(BUREAU, "2023Q2", figures(M07_1="260"))
    told = ipm("ingest", second, first, "--format", "json")
    assert [f["receipts"][0]["quarter"] for f in told.json["files"]] == ["2023Q1", "2023Q2"]


def test_two_files_that_disagree_are_both_refused(ipm: Run, filled: Fill) -> None:
    """同一批里两份文件对同一个数说法不同，都不收，指出两处。"""
    one = filled(BUREAU, "2023Q2", figures(I01="7.20"), name="甲.xlsx")
    two = filled(BUREAU, "2023Q2", figures(I01="7.30"), name="乙.xlsx")
    told = ipm("ingest", one, two, "--format", "json")
    assert told.status == 1
    for file in told.json["files"]:
        codes = {p["code"]: p for p in file["problems"]}
        assert "conflict_in_batch" in codes
        assert ".xlsx 指标数据!" in codes["conflict_in_batch"]["message"]


def test_consolidated_form_round_trips(ipm: Run, home: Path) -> None:
    """汇总空表填上数就能收，几个单位一起。"""
    ipm("form", "--quarter", "2023Q2", "--consolidated")
    path = home / "forms" / "2023Q2" / "2023Q2-汇总表.xlsx"
    book = load_workbook(path)
    sheet = book["汇总表"]
    heads = {cell.value: cell.column for cell in sheet[3]}
    for row in range(4, sheet.max_row + 1):
        key, agency = sheet.cell(row, heads["编号"]).value, sheet.cell(row, 1).value
        if key == "I01":
            sheet.cell(row, heads["本期值"], 7.2)
        if key == "M05-1" and agency == "威海海关":
            sheet.cell(row, heads["本期值"], 2)
        if key == "M05" and agency == "荣成海关":
            sheet.cell(row, heads["进展状态"], "推进中")
            sheet.cell(row, heads["本季度进展"], "（样例）开展蓝网行动。")
    book.save(path)
    told = ipm("ingest", path, "--format", "json")
    assert told.status == 0, told.out
    agencies = [r["agency"] for r in told.json["files"][0]["receipts"]]
    assert sorted(agencies) == sorted(["市市场监管局", "威海海关", "荣成海关"])


def test_a_wrong_received_date_is_explained(ipm: Run, filled: Fill) -> None:
    """收到日期写错，说怎么写。"""
    told = ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.2")), "--received", "昨天")
    assert told.status == 2
    assert "请写成 2023-07-10" in told.err


def test_a_day_to_come_is_no_receiving_day(ipm: Run, filled: Fill, home: Path) -> None:
    """收到日期还没有到：命令写错，退出码 2，什么也不收；今天可以。"""
    path = filled(BUREAU, "2023Q2", figures(I01="7.2"))
    told = ipm("ingest", path, "--received", "2099-01-01")
    assert told.status == 2
    assert "2099-01-01 还没有到" in told.err
    assert not (home / "data" / "ledger.db").exists()
    today = dt.datetime.now().astimezone().date().isoformat()
    assert ipm("ingest", path, "--received", today).status == 0


def test_received_before_the_quarter_is_a_warning(ipm: Run, filled: Fill) -> None:
    """收到日期早于这个季度：照收，提醒核对。"""
    path = filled(BUREAU, "2023Q2", figures(I01="7.2"))
    told = ipm("ingest", path, "--received", "2023-03-31", "--format", "json")
    assert told.status == 0
    assert "received_early" in {p["code"] for p in told.json["files"][0]["problems"]}


def test_what_was_corrected_is_printed(ipm: Run, filled: Fill) -> None:
    """真的收下也说更正了什么：原来的 -> 现在的，新增、更正、不变各几个；保留的说是哪一格。"""
    first = {
        "指标数据": {
            "I01": {"本期值": Decimal("7.2"), "说明": "样例"},
            "I09": {"本期值": Decimal("6.8")},
            "I10": {"本期值": Decimal("82.6"), "数据时点": "2022"},
        }
    }
    told = ipm("ingest", filled(BUREAU, "2023Q2", first, name="一.xlsx"))
    assert "更正" not in told.out
    second = figures(I01="7.25", I09="6.8", I04="44")
    told = ipm("ingest", filled(BUREAU, "2023Q2", second, name="二.xlsx"))
    assert "读到 3 个数＝入库 2（新增 1、更正 1）＋不变 1＋拒收 0" in told.out
    assert "更正的数（原来的 -> 现在的）：\n         I01：7.2 -> 7.25\n" in told.out
    assert "保留在案的：市市场监管局 I01（说明）、I10\n" in told.out
    assert max(map(width, told.out.splitlines())) <= 80


def test_last_quarters_form_under_this_quarters_name(ipm: Run, filled: Fill) -> None:
    """拿三季度的表填四季度的数，只有文件名改了：收下，但说改动了大半、文件名不同；照改法能还原。"""
    third = {"I01": "7.9", "I04": "44", "I05": "9", "I06": "170", "I09": "7", "M07_1": "400"}
    fourth = {"I01": "8.2", "I04": "45", "I05": "10", "I06": "175", "I09": "7.2", "M07_1": "520"}
    original = filled(BUREAU, "2023Q3", figures(**third))
    assert ipm("ingest", original).status == 0
    wrong = filled(BUREAU, "2023Q3", figures(**fourth), name="2023Q4-市市场监管局.xlsx")
    told = ipm("ingest", wrong, "--format", "json")
    problems = {p["code"]: p for p in told.json["files"][0]["problems"]}
    assert told.status == 0
    assert problems["many_changed"]["message"] == "改动了 2023Q3 在案 6 个数里的 6 个"
    assert problems["name_differs"]["message"] == "文件名写的是 2023Q4，表里的报送期是 2023Q3"
    assert "请抄到 2023Q4 的表里另报" in problems["name_differs"]["fix"]
    assert ipm("send-back", "2023Q3-0002", "--why", "误用了三季度的表").status == 0
    assert ipm("ingest", original).status == 0
    right = filled(BUREAU, "2023Q4", figures(**fourth), name="四季度.xlsx")
    assert ipm("ingest", right).status == 0
    values = {
        quarter: ipm("trace", "I01", "--quarter", quarter, "--format", "json").json["value"]
        for quarter in ("2023Q3", "2023Q4")
    }
    assert values == {"2023Q3": "7.9", "2023Q4": "8.2"}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_file_refused_anyway_drags_nobody_down(
    ipm: Run, filled: Fill, order: tuple[int, ...]
) -> None:
    """三份说法不同，一份另有错误：那一份退回，其余照常；先后怎么换，结果都一样。"""
    one = filled(BUREAU, "2023Q2", figures(I01="7.20", I09="8万"), name="甲.xlsx")
    two = filled(BUREAU, "2023Q2", figures(I01="7.30"), name="乙.xlsx")
    three = filled(BUREAU, "2023Q2", figures(I01="7.30", I04="44"), name="丙.xlsx")
    files = [one, two, three]
    told = ipm("ingest", *(files[n] for n in order), "--format", "json")
    found = {f["file"]: f for f in told.json["files"]}
    outcomes = {name: f["outcome"] for name, f in found.items()}
    assert outcomes["甲.xlsx"] == "rejected"
    assert {outcomes["乙.xlsx"], outcomes["丙.xlsx"]} <= {"accepted", "duplicate"}
    for name, others in (("甲.xlsx", "7.3"), ("乙.xlsx", "7.2"), ("丙.xlsx", "7.2")):
        (said,) = (p for p in found[name]["problems"] if p["code"] == "conflict_in_batch")
        assert said["severity"] == "warning"
        assert f"J4 是 {others}" in said["message"]
    assert ipm("trace", "I01", "--format", "json").json["value"] == "7.3"


@pytest.mark.parametrize("turned", [False, True])
def test_only_those_that_differ_are_named(ipm: Run, filled: Fill, turned: bool) -> None:  # noqa: FBT001 - 先后各一次
    """三份里两份一样：都不收；只点不同的那份的名，说它报的是多少。"""
    files = [
        filled(BUREAU, "2023Q2", figures(I01="7.20"), name="甲.xlsx"),
        filled(BUREAU, "2023Q2", figures(I01="7.20", I04="44"), name="乙.xlsx"),
        filled(BUREAU, "2023Q2", figures(I01="7.30"), name="丙.xlsx"),
    ]
    told = ipm("ingest", *(files[::-1] if turned else files), "--format", "json")
    assert told.status == 1
    messages = {
        f["file"]: next(p["message"] for p in f["problems"] if p["code"] == "conflict_in_batch")
        for f in told.json["files"]
    }
    for name in ("甲.xlsx", "乙.xlsx"):
        assert messages[name] == "同一批里 I01 给了不同的数：这里是 7.2，丙.xlsx 指标数据!J4 是 7.3"
    assert "甲.xlsx 指标数据!J4 是 7.2" in messages["丙.xlsx"]
    assert "乙.xlsx 指标数据!J4 是 7.2" in messages["丙.xlsx"]


@pytest.mark.parametrize("turned", [False, True])
def test_a_refusal_before_the_batch_stands(ipm: Run, filled: Fill, turned: bool) -> None:  # noqa: FBT001 - 先后各一次
    """相争的一份，照这一批以前的台账收不下，就退回：不因同批先收了一季度的数又收得下，盖过另一份。"""
    files = [
        filled(BUREAU, "2023Q1", figures(I09="20"), name="一季度.xlsx"),
        filled(BUREAU, "2023Q2", figures(I09="40"), name="二季度.xlsx"),
        filled(BUREAU, "2023Q2", figures(I09="21"), name="二季度另一份.xlsx"),
    ]
    told = ipm("ingest", *(files[::-1] if turned else files), "--format", "json")
    outcomes = {f["file"]: f["outcome"] for f in told.json["files"]}
    assert outcomes == {
        "一季度.xlsx": "accepted",
        "二季度.xlsx": "rejected",
        "二季度另一份.xlsx": "accepted",
    }
    assert ipm("trace", "I09", "--format", "json").json["value"] == "21"


def test_attachments_are_kept(ipm: Run, filled: Fill, tmp_path: Path) -> None:
    """办公室代录可附来文扫描件；附件读不到就不收。"""
    scan = tmp_path / "来文.pdf"
    scan.write_bytes(b"%PDF-1.4 sample")
    answers = figures(I01="7.2")
    info = {"报送方式": "办公室代录", "来文字号": "样例〔2023〕1号"}
    path = filled(BUREAU, "2023Q2", answers, info)
    assert ipm("ingest", path, "--attach", tmp_path / "没有.pdf").status == 2
    assert ipm("ingest", path, "--attach", scan).status == 0


def test_a_folder_received_again_changes_nothing(ipm: Run, filled: Fill) -> None:
    """原件和更正都在文件夹里，再收一遍：都是重复，更正不会被改回去。"""
    first = filled(BUREAU, "2023Q2", figures(I01="7.20"), name="一.xlsx")
    second = filled(BUREAU, "2023Q2", figures(I01="7.30"), name="二.xlsx")
    ipm("ingest", first)
    ipm("ingest", second)
    told = ipm("ingest", first, second, "--format", "json")
    assert told.status == 0
    assert [file["outcome"] for file in told.json["files"]] == ["duplicate", "duplicate"]
    codes = {p["code"] for file in told.json["files"] for p in file["problems"]}
    assert "received_before" in codes
    assert ipm("trace", "I01", "--format", "json").json["value"] == "7.3"


def test_an_old_file_received_alone_is_said_to_revert(ipm: Run, filled: Fill) -> None:
    """单独再收被取代的原件：按约定是新的一次报送，但提醒它把更正改了回去。"""
    first = filled(BUREAU, "2023Q2", figures(I01="7.20"), name="一.xlsx")
    ipm("ingest", first)
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.30"), name="二.xlsx"))
    told = ipm("ingest", first, "--format", "json")
    (file,) = told.json["files"]
    assert file["outcome"] == "accepted"
    assert "received_before" in {p["code"] for p in file["problems"]}


def test_a_withdrawal_is_counted_as_one(ipm: Run, filled: Fill) -> None:
    """撤回的数单算一类，不说成不变。"""
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20", I09="6.8"), name="一.xlsx"))
    gone = {"指标数据": {"I09": {"本期值": "撤回", "说明": "报错了"}}}
    told = ipm("ingest", filled(BUREAU, "2023Q2", gone, name="二.xlsx"))
    assert "读到 1 个数＝入库 0＋撤回 1＋不变 0＋拒收 0" in told.out


def test_a_corrected_figure_keeps_its_date(ipm: Run, filled: Fill) -> None:
    """只更正数、没有重写数据时点的，时点照旧：2022 年的数不会变成今年的。"""
    culture = "市文化和旅游局"
    one = {"指标数据": {"I07": {"本期值": Decimal("4.31"), "数据时点": "2022年"}}}
    two = {"指标数据": {"I07": {"本期值": Decimal("4.32"), "说明": "更正"}}}
    ipm("ingest", filled(culture, "2023Q2", one, name="一.xlsx"))
    ipm("ingest", filled(culture, "2023Q2", two, name="二.xlsx"))
    items = {i["id"]: i for i in ipm("gaps", "--format", "json").json["items"]}
    assert (items["I07"]["value"], items["I07"]["data_at"]) == ("4.32", "2022Q4")


def test_the_same_content_saved_anew_is_a_duplicate(ipm: Run, filled: Fill) -> None:
    """另存过、内容没变的：重复，说一声内容相同。"""
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20"), name="一.xlsx"))
    book = load_workbook(filled(BUREAU, "2023Q2", figures(I01="7.20"), name="二.xlsx"))
    book["填报说明"]["A30"] = "存过"
    book.save(filled(BUREAU, "2023Q2", {}, name="二.xlsx"))
    path = filled(BUREAU, "2023Q2", {}, name="x.xlsx").with_name("二.xlsx")
    told = ipm("ingest", path, "--format", "json")
    (file,) = told.json["files"]
    assert file["outcome"] == "duplicate"
    assert "same_values" in {p["code"] for p in file["problems"]}


def test_a_confirmed_file_received_again_is_a_duplicate(ipm: Run, filled: Fill) -> None:
    """确认过才收下的文件，再收时不必再确认：还是重复，退出码 0。"""
    path = filled("市文化和旅游局", "2023Q2", figures(I08="1600"))
    assert ipm("ingest", path, "--confirm", "I08=样例：确是此数").status == 0
    told = ipm("ingest", path, "--format", "json")
    assert told.status == 0, told.out
    assert told.json["files"][0]["outcome"] == "duplicate"
    other = filled(BUREAU, "2023Q2", figures(I01="7.20"))
    assert ipm("ingest", path, other).status == 0


def test_an_attachment_is_kept_in_a_batch_too(ipm: Run, filled: Fill, tmp_path: Path) -> None:
    """一批里收过的文件，这次带来了附件：附件要收下，不悄悄丢掉。"""
    path = filled(BUREAU, "2023Q2", figures(I01="7.20"))
    ipm("ingest", path)
    scan = tmp_path / "来文.pdf"
    scan.write_bytes(b"%PDF-1.4 sample")
    other = filled("市文化和旅游局", "2023Q2", figures(I08="0.1"))
    told = ipm("ingest", path, other, "--attach", scan, "--format", "json")
    assert {f["outcome"] for f in told.json["files"]} == {"accepted"}
