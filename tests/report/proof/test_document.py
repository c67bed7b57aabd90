"""读改过的 Word 文档：修订、文本框、跨栏的格、坏文件。"""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from ipmeasures.errors import FileUnreadable
from ipmeasures.report.proof.document import read_document, read_words, words_in, words_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str) -> bytes:
    """只有正文部件的文档。"""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        xml = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        package.writestr("word/document.xml", xml)
    return buffer.getvalue()


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_paragraphs_and_tables_are_told_apart() -> None:
    """正文一段一段，表格一格一格；空段不数。"""
    document = Document()
    document.add_paragraph("第一段")
    document.add_paragraph("")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "甲", "1\n2"
    document.add_paragraph("第二段")
    buffer = io.BytesIO()
    document.save(buffer)
    found = words_of(buffer.getvalue(), "a.docx")
    assert [(p.number, p.text) for p in found.paragraphs] == [(1, "第一段"), (2, "第二段")]
    assert found.tables[0].rows == (("甲", "1 2"),)
    assert found.text == "第一段\n第二段"


def test_tracked_changes() -> None:
    """修订：添上的算，删去的、移走的不算；分在几个格式里的一个数不断开。"""
    body = (
        f"<w:p>{run('拥有量7.')}<w:ins>{run('25')}</w:ins>"
        f"<w:del><w:r><w:delText>20</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('旧')}</w:moveFrom>{run('件')}</w:p>"
    )
    assert words_of(docx(body), "a.docx").text == "拥有量7.25件"


def test_deleted_rows_and_spans() -> None:
    """修订里删去的行不算；跨几栏的格，几栏都是它。"""
    span = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    body = (
        f"<w:tbl><w:tr><w:tc>{span}<w:p>{run('头')}</w:p></w:tc></w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{run('1')}</w:p></w:tc></w:tr></w:tbl>"
    )
    assert words_of(docx(body), "a.docx").tables[0].rows == (("头", "头"),)


def test_tabs_breaks_and_text_boxes() -> None:
    """制表、换行算空格，连字符照写；文本框里的段另算一段，不重复。"""
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run('框里8件')}</w:p></w:txbxContent></w:pict></w:r>"
    body = f"<w:p>{run('甲')}<w:r><w:tab/><w:t>乙</w:t><w:br/><w:noBreakHyphen/></w:r>{box}</w:p>"
    assert words_of(docx(body), "a.docx").text == "甲 乙 -\n框里8件"


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"{\\rtf1}", docx("<w:p>")[:-30], docx("<x>")]
)
def test_what_is_not_a_document(content: bytes, tmp_path: Path) -> None:
    """不是 .docx 的、坏了的，说清怎么办。"""
    path = tmp_path / "报告.docx"
    path.write_bytes(content)
    with pytest.raises(FileUnreadable, match=r"另存为 \.docx"):
        read_document(path)


def test_missing_and_huge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """没有的文件、大得不像报告的，说清楚。"""
    with pytest.raises(FileUnreadable, match="读不到"):
        read_document(tmp_path / "没有.docx")
    monkeypatch.setattr("ipmeasures.report.proof.document._LARGEST", 10)
    with pytest.raises(FileUnreadable, match="太大"):
        words_of(docx(""), "a.docx")


def test_entities_are_not_expanded() -> None:
    """外部实体不展开。"""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        xml = (
            f'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document xmlns:w="{W}">'
            f"<w:body><w:p><w:r><w:t>甲&e;</w:t></w:r></w:p></w:body></w:document>"
        )
        package.writestr("word/document.xml", xml)
    assert words_of(buffer.getvalue(), "a.docx").text == "甲"


def test_markdown_is_read_the_same_way(tmp_path: Path) -> None:
    """Markdown 报告：标题、段落、表；转义还原，分隔行和图不算；空行隔开的行仍是一张表。"""
    text = "# 题\\*\n\n1. 甲&lt;乙\n\n![图](a.svg)\n\n| 事项 | 本期 |\n\n| :--- | ---: |\n\n| a\\|b | 7 |\n\n后文\n\n| 另 |\n| -- |\n"
    found = words_in(text.encode(), "a.md")
    assert [p.text for p in found.paragraphs] == ["题*", "1. 甲<乙", "后文"]
    assert [t.rows for t in found.tables] == [(("事项", "本期"), ("a|b", "7")), (("另",),)]
    with pytest.raises(FileUnreadable, match="UTF-8"):
        words_in(b"\xff\xfe", "a.md")
    with pytest.raises(FileUnreadable, match="读不到"):
        read_words(tmp_path / "没有.md")
