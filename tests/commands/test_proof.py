"""核稿：从报告到改过的报告，到说出哪个数不是台账的。"""

from pathlib import Path

import pytest
from docx import Document

from ipmeasures.report.terminal.layout import width
from tests.commands.conftest import Fill, Run, figures

BUREAU = "市市场监管局"


@pytest.fixture
def report(ipm: Run, filled: Fill, home: Path) -> Path:
    """一份写好的报告。"""
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20", I09="6.8")))
    assert ipm("report", "--year", "2023", "--format", "docx").status == 0
    return home / "reports" / "2023Q2-进展报告.docx"


def edit(path: Path, old: str, new: str) -> Path:
    """像人一样在 Word 里改：改全文第一处。"""
    document = Document(str(path))
    paragraph = next(p for p in document.paragraphs if old in p.text)
    text = paragraph.text.replace(old, new)
    for run in paragraph.runs[1:]:
        run.text = ""
    paragraph.runs[0].text = text
    document.save(str(path))
    return path


def test_an_untouched_report_agrees(ipm: Run, report: Path) -> None:
    """没有改过的，全都一致，退出码 0。"""
    told = ipm("proof", report)
    assert (told.status, "都与台账一致" in told.out) == (0, True)


def test_a_changed_figure_is_named(ipm: Run, report: Path) -> None:
    """改了一个数：说出哪一段、哪一项、写的和台账的；退出码 1；不超过 80 列。"""
    edit(report, "7.20件", "7.30件")
    told = ipm("proof", report)
    assert told.status == 1
    assert "I01 正文第" in told.out
    assert "写的 7.30，台账 7.20" in told.out
    assert max(map(width, told.out.splitlines())) <= 80
    (one,) = ipm("proof", report, "--format", "json").json["differences"]
    assert (one["item"], one["written"], one["ledger"]) == ("I01", "7.30", "7.20")


def test_changed_words_are_quiet(ipm: Run, report: Path) -> None:
    """只改了字的，不响；发文字号填上了，也不响。"""
    edit(report, "需加快推进", "要进一步加大力度")
    edit(report, "发文字号：〔待填〕", "发文字号：威知战发〔2023〕15号")
    assert ipm("proof", report).status == 0


def test_a_later_correction_makes_the_report_differ(ipm: Run, report: Path, filled: Fill) -> None:
    """报告写好以后台账更正了：报告里的旧数都说出来；以当时的回执为准则一致。"""
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.50"), name="更正.xlsx"))
    told = ipm("proof", report, "--format", "json")
    assert told.status == 1
    assert {one["item"] for one in told.json["differences"]} >= {"I01"}
    assert ("7.20", "7.50") in {(o["written"], o["ledger"]) for o in told.json["differences"]}
    assert ipm("proof", report, "--as-of", "2023Q2-0001").status == 0


def test_which_quarter(ipm: Run, report: Path, tmp_path: Path) -> None:
    """标题里看得出季度；改没了的要人指明；不是报告的文件说清楚。"""
    edit(report, "2023年第二季度进展情况报告", "进展情况报告")
    told = ipm("proof", report)
    assert (told.status, "--quarter" in told.err) == (2, True)
    assert ipm("proof", report, "--quarter", "2023Q2").status in {0, 1}
    other = tmp_path / "a.docx"
    other.write_bytes(b"x")
    assert ipm("proof", other).status == 3


@pytest.mark.parametrize("form", ["docx", "md"])
def test_a_second_draft_lists_what_differs_from_the_first(
    ipm: Run, report: Path, filled: Fill, form: str
) -> None:
    """人改过的稿不覆盖；旁边的第2稿附一份清单：哪些数不同，改过的稿写的和现在的。"""
    ipm("report", "--year", "2023", "--format", "md")
    if form == "docx":
        edit(report, "需加快推进", "要加快")
    else:
        path = report.with_suffix(".md")
        path.write_text(path.read_text("utf-8").replace("需加快推进", "要加快"), "utf-8")
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.50"), name="更正.xlsx"))
    told = ipm("report", "--year", "2023", "--format", form)
    assert f"2023Q2-进展报告.{form} 已有人改过，没有覆盖；两稿有" in told.out
    listed = report.with_name("2023Q2-进展报告-第2稿-差异.txt").read_text("utf-8")
    assert "改过的稿 7.20，新的一稿 7.50" in listed
    assert "行“本期”栏" in listed
    assert "要加快" not in listed.split("新的一稿")[0]


def test_a_draft_that_cannot_be_read_is_not_compared(ipm: Run, report: Path) -> None:
    """改坏了的稿读不了：照样写第2稿，不比。"""
    report.write_bytes(b"broken")
    told = ipm("report", "--year", "2023", "--format", "docx")
    assert told.status == 0
    assert "没有覆盖）" in told.out


def test_drafts_with_the_same_figures(ipm: Run, report: Path) -> None:
    """只改了字的稿：清单说两稿的数都相同。"""
    edit(report, "需加快推进", "要加快")
    told = ipm("report", "--year", "2023", "--format", "docx")
    assert "两稿有 0 个数不同" in told.out
    listed = report.with_name("2023Q2-进展报告-第2稿-差异.txt").read_text("utf-8")
    assert "两稿的数都相同。" in listed
