"""模板：两份说同样的事；写错了说在哪一段；坏了说怎么办。"""

import re
import shutil
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from docx import Document

from ipmeasures.errors import CannotWrite, UsageError
from ipmeasures.report import docx as docx_module
from ipmeasures.report.docx import render_docx, template_paragraphs
from ipmeasures.report.markdown import render_markdown
from ipmeasures.report.view import ReportView
from tests.report.samples import TEMPLATES, usual

_TAG = re.compile(r"{[{%](.*?)[%}]}", re.DOTALL)
_WORD = re.compile(r"[a-z_]+(?:\.[a-z_]+)*")
_SYNTAX = {
    "for", "in", "if", "endif", "endfor", "else", "p", "tr", "tc", "not", "cell", "cellbg",
    "loop.last", "loop.first", "loop.index",
}  # fmt: skip


def facts(text: str) -> set[str]:
    """模板里用到的名字；底色只有 Word 有。"""
    found = {name for tag in _TAG.findall(text) for name in _WORD.findall(tag)}
    return {name for name in found - _SYNTAX if name not in ("colours", "row.light")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("report.docx", "report.md.j2"):
        shutil.copy(TEMPLATES / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def shown() -> ReportView:
    return usual().view("2023Q2")


def with_paragraph(folder: Path, text: str) -> None:
    path = folder / "report.docx"
    document = Document(str(path))
    document.add_paragraph(text)
    document.save(str(path))


def test_both_templates_name_the_same_facts() -> None:
    word = facts("\n".join(template_paragraphs(TEMPLATES / "report.docx")))
    markdown = facts((TEMPLATES / "report.md.j2").read_text(encoding="utf-8"))
    loops = {"line", "note", "value", "head", "paragraph", "sentence", "verdict", "chart"}
    assert word - loops == markdown - loops


def test_every_fact_of_the_view_is_in_the_templates() -> None:
    used = {name.split(".")[0] for name in facts((TEMPLATES / "report.md.j2").read_text("utf-8"))}
    assert {f.name for f in fields(ReportView)} - used == {"name"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("本季度的{{ tital }}如下", "tital"),
        ("写着{{ indicators.leed }}的一段", "leed"),
        ("过滤{{ number|shout }}一下", "shout"),
    ],
)
def test_unknown_name_is_reported_with_its_paragraph(
    folder: Path, shown: ReportView, text: str, name: str
) -> None:
    with_paragraph(folder, text)
    with pytest.raises(UsageError, match=re.escape(text)) as caught:
        render_docx(shown, folder)
    assert name in str(caught.value)
    path = folder / "report.md.j2"
    path.write_text(path.read_text("utf-8") + f"\n{text}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(text)):
        render_markdown(shown, folder)


def test_broken_mark_is_reported(folder: Path, shown: ReportView) -> None:
    with_paragraph(folder, "{{ number 坏")
    with pytest.raises(UsageError, match=re.escape("标记写错了，在这一段：{{ number 坏")):
        render_docx(shown, folder)
    (folder / "report.md.j2").write_text("一\n{% if %}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape("在第2行：{% if %}")):
        render_markdown(shown, folder)


def test_sandbox_refuses_operations(folder: Path, shown: ReportView) -> None:
    text = "{{ number.__class__.__mro__ }}"
    with_paragraph(folder, text)
    with pytest.raises(UsageError, match=r"不允许的操作|没有的名字"):
        render_docx(shown, folder)
    (folder / "report.md.j2").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"不允许的操作|没有的名字"):
        render_markdown(shown, folder)


@pytest.mark.parametrize("write", [render_docx, render_markdown])
def test_missing_template_is_said_in_chinese(
    tmp_path: Path, shown: ReportView, write: Callable[[ReportView, Path], object]
) -> None:
    with pytest.raises(UsageError, match="读不到模板"):
        write(shown, tmp_path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a document"])
def test_damaged_word_template_is_said_in_chinese(
    folder: Path, shown: ReportView, content: bytes
) -> None:
    (folder / "report.docx").write_bytes(content)
    with pytest.raises(UsageError, match="打不开"):
        render_docx(shown, folder)


def test_cut_word_template_is_said_in_chinese(folder: Path, shown: ReportView) -> None:
    path = folder / "report.docx"
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(UsageError, match="打不开"):
        render_docx(shown, folder)


def test_markdown_template_of_another_encoding(folder: Path, shown: ReportView) -> None:
    (folder / "report.md.j2").write_bytes("标题".encode("gbk"))
    with pytest.raises(UsageError, match="UTF-8"):
        render_markdown(shown, folder)


def test_a_lost_word_is_never_saved(monkeypatch: pytest.MonkeyPatch, shown: ReportView) -> None:
    """写完的核对真的会拦：排版时悄悄少一个字也不放行。"""
    order = docx_module._put_shading_in_order  # noqa: SLF001 - 借它在保存前动手脚

    def lose(root: object) -> None:
        order(root)
        word = next(
            t
            for t in root.iter(docx_module.qn("w:t"))
            if "座谈会" in (t.text or "")  # type: ignore[attr-defined]
        )
        word.text = word.text.replace("座谈会", "")

    monkeypatch.setattr(docx_module, "_put_shading_in_order", lose)
    with pytest.raises(CannotWrite, match="少了这句话"):
        render_docx(shown, TEMPLATES)


def test_office_may_put_names_into_the_footer(folder: Path, shown: ReportView) -> None:
    path = folder / "report.docx"
    document = Document(str(path))
    document.sections[0].header.paragraphs[0].text = "{{ made }}"
    document.save(str(path))
    assert render_docx(shown, folder)
