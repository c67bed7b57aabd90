"""写文件的命令：init、form、report、demo。"""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands.conftest import Fill, Run, figures

BUREAU = "市市场监管局"


def test_init_makes_a_workspace(ipm: Run, tmp_path: Path) -> None:
    """init 新建的文件夹马上能用；已有计划的不动。"""
    target = tmp_path / "新"
    assert ipm("init", target).status == 0
    assert ipm("check", "--home", target).status == 0
    told = ipm("init", target)
    assert told.status == 2
    assert "没有改动" in told.err


def test_a_folder_that_is_no_workspace(ipm: Run, tmp_path: Path) -> None:
    """--home 指错了地方，说怎么办。"""
    told = ipm("gaps", "--home", tmp_path)
    assert told.status == 2
    assert "ipm init" in told.err


def test_forms_for_everybody(ipm: Run, home: Path) -> None:
    """每个有事项要报的单位一份，放在 forms/季度/。"""
    told = ipm("form", "--quarter", "23年二季度")
    assert told.status == 0
    assert "新发 20 份" in told.out
    names = {path.name for path in (home / "forms" / "2023Q2").glob("*.xlsx")}
    assert len(names) == 20
    assert "2023Q2-市公安局.xlsx" in names


def test_issuing_again_never_touches_a_filled_form(ipm: Run, home: Path) -> None:
    """重发只换空表；填过的不覆盖，并且说出来。"""
    ipm("form", "--quarter", "2023Q2", "--agency", "市公安局")
    path = home / "forms" / "2023Q2" / "2023Q2-市公安局.xlsx"
    again = ipm("form", "--quarter", "2023Q2", "--agency", "公安局")
    assert again.status in (0, 2)
    book = load_workbook(path)
    book["措施进展"]["E4"] = "（样例）"
    book.save(path)
    before = path.read_bytes()
    told = ipm("form", "--quarter", "2023Q2", "--agency", "市公安局")
    assert path.read_bytes() == before
    assert "没有覆盖" in told.out


def test_forms_carry_the_last_figures(ipm: Run, filled: Fill, home: Path) -> None:
    """下季的表上印着上期值和序时应达。"""
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20")))
    ipm("form", "--quarter", "2023Q3", "--agency", BUREAU)
    sheet = load_workbook(home / "forms" / "2023Q3" / f"2023Q3-{BUREAU}.xlsx")["指标数据"]
    heads = {cell.value: cell.column for cell in sheet[3]}
    assert float(sheet.cell(4, heads["上期值"]).value) == 7.2
    assert float(sheet.cell(4, heads["序时应达"]).value) == pytest.approx(7.76)


@pytest.mark.slow
def test_reports_for_the_year(ipm: Run, filled: Fill, home: Path) -> None:
    """有报表的各季各写一份，Markdown（图在旁边）和 DOCX。"""
    ipm("ingest", filled(BUREAU, "2023Q1", figures(I01="7.0")))
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20")))
    told = ipm("report", "--year", "2023")
    assert told.status == 0, told.err
    written = sorted(p.name for p in (home / "reports").iterdir() if not p.name.startswith("."))
    names = [name for name in written if not name.endswith(".svg")]
    assert names == [f"2023Q{q}-进展报告.{e}" for q in (1, 2) for e in ("docx", "md")]
    text = (home / "reports" / "2023Q2-进展报告.md").read_text("utf-8")
    assert "7.20件" in text
    assert "43.9%" in text


def test_an_edited_report_is_never_overwritten(ipm: Run, filled: Fill, home: Path) -> None:
    """人改过的报告不覆盖，新的写在旁边，叫第2稿。"""
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20")))
    ipm("report", "--year", "2023", "--quarter", "2", "--format", "md")
    path = home / "reports" / "2023Q2-进展报告.md"
    path.write_text("领导改过", "utf-8")
    told = ipm("report", "--year", "2023", "--quarter", "2", "--format", "md")
    assert path.read_text("utf-8") == "领导改过"
    assert "第2稿" in told.out
    assert (home / "reports" / "2023Q2-进展报告-第2稿.md").exists()


@pytest.mark.parametrize("form", ["html", "xlsx"])
def test_pages_and_workbooks(ipm: Run, filled: Fill, home: Path, form: str) -> None:
    """网页和工作簿：同样的台账、同一天逐字节相同；数查得到来源；人改过的不覆盖。"""
    source = filled(BUREAU, "2023Q2", figures(I01="7.20"))
    ipm("ingest", source)
    command = ("report", "--year", "2023", "--format", form)
    told = ipm(*command)
    path = home / "reports" / f"2023Q2-进展报告.{form}"
    assert (told.status, told.out.strip()) == (0, str(path))
    before = path.read_bytes()
    assert ipm(*command).status == 0
    assert path.read_bytes() == before
    traced = ipm("trace", "I01", "--format", "json").json
    if form == "html":
        text = before.decode("utf-8")
    else:
        cells = [c for sheet in load_workbook(path) for row in sheet.iter_rows() for c in row]
        text = "\n".join(str(cell.value) for cell in cells)
    for fact in ("receipt", "file", "sha256", "sheet", "cell", "agency"):
        assert traced[fact] in text
    path.write_bytes(before + b" ")
    assert "第2稿" in ipm(*command).out
    assert path.read_bytes() == before + b" "


def test_all_formats_at_once(ipm: Run, home: Path) -> None:
    """四种格式一条命令；没有报表的季度也写得出。"""
    told = ipm("report", "--year", "2023", "--quarter", "2", "--format", "md，docx,XLSX, html")
    assert told.status == 0, told.err
    names = {p.name for p in (home / "reports").iterdir()}
    assert {f"2023Q2-进展报告.{form}" for form in ("md", "docx", "xlsx", "html")} <= names


def test_the_same_state_gives_the_same_report(ipm: Run, filled: Fill, home: Path) -> None:
    """同样的台账、同一天，写出来的一字不差。"""
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20")))
    command = ("report", "--year", "2023", "--format", "md")
    ipm(*command)
    path = home / "reports" / "2023Q2-进展报告.md"
    before = path.read_bytes()
    ipm(*command)
    assert path.read_bytes() == before


def test_report_without_returns(ipm: Run, home: Path) -> None:
    """没有报表的年份说清楚，不写文件；指定季度的写一份空报告。"""
    told = ipm("report", "--year", "2023")
    assert told.status == 0
    assert "没有写报告" in told.err
    told = ipm("report", "--year", "2023", "--quarter", "2023Q2", "--format", "md")
    assert (home / "reports" / "2023Q2-进展报告.md").exists()
    assert ipm("report", "--year", "2023", "--format", "pdf").status == 2
    assert ipm("report", "--year", "2023", "--quarter", "2022Q2").status == 2


@pytest.mark.slow
def test_demo_runs_the_whole_job(ipm: Run, tmp_path: Path) -> None:
    """demo 从空表到报告一次走完；公布的数判为提前完成，完成率 141.7% 和 108.4%。"""
    target = tmp_path / "演示"
    told = ipm("demo", "--home", target)
    assert told.status == 0, told.err
    assert (target / "reports" / "2024Q3-进展报告.docx").exists()
    items = {
        item["id"]: item for item in ipm("gaps", "--home", target, "--format", "json").json["items"]
    }
    for key, share in (("I01", 141.75), ("I09", 108.4)):
        assert items[key]["status_text"] == "提前完成"
        assert items[key]["done_share"] == share
    again = ipm("demo", "--home", target)
    assert again.status == 2
    assert "空文件夹" in again.err
