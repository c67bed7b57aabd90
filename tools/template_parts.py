"""做 Word 模板的几样零件：段落、循环、表；样式和版面见 report_page.py。"""

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from report_columns import Column
from report_page import set_fonts, set_footers, set_page, set_settings, set_styles


def blank() -> Any:  # noqa: ANN401 - python-docx 没有可用的类型
    """版面照 GB/T 9704-2012 摆好的空文档。"""
    document = Document()
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    set_styles(document)
    set_fonts(document)
    set_settings(document)
    set_page(document.sections[0], landscape=False)
    set_footers(document.sections[0])
    return document


def add(parent: Any, style: str, text: str) -> Any:  # noqa: ANN401
    """一段。"""
    return parent.add_paragraph(text, style)


def loop(parent: Any, head: str, style: str, text: str) -> None:  # noqa: ANN401
    """逐个写的一段；``head`` 如 ``line in title``。"""
    add(parent, style, "{%p for " + head + " %}")
    add(parent, style, text)
    add(parent, style, "{%p endfor %}")


def titled(document: Any, head: str, name: str, style: str) -> None:  # noqa: ANN401
    """逐个写的标题和它下面的各段；``name`` 是 ``head`` 里逐个的名字。"""
    add(document, "Normal", "{%p for " + head + " %}")
    add(document, style, "{{ " + name + ".heading }}")
    loop(document, f"paragraph in {name}.paragraphs", "Normal", "{{ paragraph }}")
    add(document, "Normal", "{%p endfor %}")


def table_of(document: Any, rows: str, columns: Sequence[Column]) -> None:  # noqa: ANN401
    """一张表：表头每页重复，``rows`` 的每个占一行，一行不拆在两页。"""
    table = grid(document, [column.width for column in columns])
    head = table.rows[0]
    for cell, column in zip(head.cells, columns, strict=True):
        fill(cell, "表头", column.head)
    repeat(head)
    mark_row(table, "{%tr for row in " + rows + " %}")
    row = table.add_row()
    for cell, column in zip(row.cells, columns, strict=True):
        value(cell, column)
    mark_row(table, "{%tr endfor %}")
    for line in table.rows:
        whole(line)


def value(cell: Any, column: Column) -> None:  # noqa: ANN401
    """一格里的话。"""
    style = "表格文字" if column.left else "表格居中"
    if column.lines:
        fill(cell, style, "{%p for line in row." + column.name + " %}")
        add(cell, style, "{{ line }}")
        add(cell, style, "{%p endfor %}")
        return
    shade = "{% cellbg colours[row.light] %}" if column.light else ""
    fill(cell, style, shade + "{{ row." + column.name + " }}")


def fill(cell: Any, style: str, text: str) -> None:  # noqa: ANN401
    """一格里写一段。"""
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(text)


def grid(document: Any, widths: Sequence[float]) -> Any:  # noqa: ANN401
    """定宽的表：宽度合计不超过版心。"""
    table = document.add_table(1, len(widths), "Table Grid")
    table.autofit = False
    table.alignment = 1
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "20")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))  # noqa: SLF001 - 没有公开的取法
    look.addprevious(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Mm(width)
    return table


def mark_row(table: Any, text: str) -> None:  # noqa: ANN401
    """只放一个循环标记的一行，排版时去掉。"""
    fill(table.add_row().cells[0], "表格文字", text)


def repeat(row: Any) -> None:  # noqa: ANN401
    """表头每页重复。"""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def whole(row: Any) -> None:  # noqa: ANN401
    """一行不拆在两页。"""
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))  # noqa: SLF001
