"""ipm template：列名字，查模板；模板坏了，原来的报告一份也不动。"""

from pathlib import Path

import pytest
from docx import Document

from tests.commands.conftest import Fill, Run, figures

BUREAU = "市市场监管局"


def test_vars_lists_every_name(ipm: Run) -> None:
    told = ipm("template", "vars")
    assert told.status == 0
    assert "addressee               主送机关的占位，由办公室填。" in told.out


def test_check_says_both_templates_are_clean(ipm: Run) -> None:
    told = ipm("template", "check")
    assert told.status == 0
    assert "report.docx：没有毛病" in told.out
    assert "report.md.j2：没有毛病" in told.out


def test_check_names_the_paragraph_of_an_unknown_name(ipm: Run, home: Path) -> None:
    path = home / "templates" / "report.docx"
    document = Document(str(path))
    document.add_paragraph("本季度的{{ tital }}如下")
    document.save(str(path))
    told = ipm("template", "check")
    assert told.status == 2
    assert "用了没有的名字“tital”，是否为 title" in told.out
    assert "在这一段：本季度的{{ tital }}如下" in told.out
    assert "report.md.j2：没有毛病" in told.out
    assert ipm("template", "check", path).status == 2


def test_check_wants_a_template(ipm: Run, home: Path, tmp_path: Path) -> None:
    assert ipm("template").status == 2
    assert ipm("template", "list").status == 2
    told = ipm("template", "check", home / "data" / "measures.yaml")
    assert told.status == 2
    assert "不是报告模板" in told.err
    assert ipm("template", "check", tmp_path / "no.docx").status == 2


@pytest.mark.parametrize("damage", ["docx", "md.j2"])
def test_a_damaged_template_never_destroys_a_report(
    ipm: Run, filled: Fill, home: Path, damage: str
) -> None:
    """一份模板坏了，两种格式都不写；原来的报告、图和记录的字节不变。"""
    command = ("report", "--year", "2023", "--quarter", "2")
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20")))
    assert ipm(*command).status == 0
    before = {p.name: p.read_bytes() for p in (home / "reports").iterdir()}
    assert "2023Q2-进展报告-图1.svg" in before
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.30"), name="更正.xlsx"))
    (home / "templates" / f"report.{damage}").write_bytes(b"\xff{{ x")
    told = ipm(*command)
    assert told.status == 2
    assert "模板" in told.err or "UTF-8" in told.err
    assert {p.name: p.read_bytes() for p in (home / "reports").iterdir()} == before
