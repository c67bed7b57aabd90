"""生成 Word 报告模板 templates/report.docx（GB/T 9704-2012）；此后办公室直接在 Word 里改它。

只在要从头重做模板时运行：``python tools/make_report_template.py``。
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from report_columns import (
    COMMITMENTS,
    CORRECTIONS,
    DETAILS,
    INDICATORS,
    LEDGER,
    MILESTONES,
    SCOPE,
    Column,
)
from report_page import set_fonts, set_footers, set_page, set_settings, set_styles


def main(path: Path) -> None:
    """生成模板，存到 ``path``。"""
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
    _front(document)
    _figures(document)
    _rest(document)
    _annexes(document)
    properties = document.core_properties
    properties.author, properties.comments, properties.title = "", "", "进展情况报告模板"
    document.save(str(path))
    print(f"已生成 {path}")


def _front(document: Any) -> None:  # noqa: ANN401 - python-docx 没有可用的类型
    _p(document, "发文字号", "{{ number }}")
    _p(document, "发文字号", "")
    _loop(document, "line in title", "Title", "{{ line }}")
    _p(document, "主送机关", "")
    _p(document, "主送机关", "{{ addressee }}：")
    _p(document, "Normal", "{{ opening }}")
    _p(document, "Heading 1", "一、总体情况")
    _loop(document, "paragraph in overview", "Normal", "{{ paragraph }}")


def _figures(document: Any) -> None:  # noqa: ANN401
    _p(document, "Heading 1", "二、主要指标进展")
    _p(document, "Normal", "{{ indicators.lead }}")
    _p(document, "表题", "表1　主要指标进展情况")
    _table(document, "indicators.rows", INDICATORS)
    _loop(document, "note in indicators.notes", "表注", "{{ note }}")
    _charts(document, "indicators.charts")
    _loop(document, "sentence in indicators.sentences", "Normal", "{{ loop.index }}.{{ sentence }}")
    _p(document, "Heading 1", "三、量化任务进展")
    _p(document, "Normal", "{{ commitments.lead }}")
    _p(document, "表题", "表2　量化任务进展情况")
    _table(document, "commitments.rows", COMMITMENTS)
    _loop(document, "note in commitments.notes", "表注", "{{ note }}")
    _titled(document, "group in commitments.groups", "group", "Heading 2")
    _p(document, "Heading 2", "{{ commitments.milestones.heading }}")
    _loop(document, "paragraph in commitments.milestones.paragraphs", "Normal", "{{ paragraph }}")
    _p(document, "Normal", "{%p if commitments.years %}")
    _p(document, "Heading 2", "{{ commitments.years.heading }}")
    _p(document, "表题", "表3　分年度情况")
    _years(document)
    _loop(document, "note in commitments.years.notes", "表注", "{{ note }}")
    _loop(document, "verdict in commitments.years.verdicts", "Normal", "{{ verdict }}")
    _p(document, "Normal", "{%p endif %}")


def _rest(document: Any) -> None:  # noqa: ANN401
    _p(document, "Heading 1", "四、重点任务推进情况")
    _p(document, "Normal", "{%p for section in sections %}")
    _p(document, "Heading 2", "{{ section.heading }}")
    _titled(document, "measure in section.measures", "measure", "Heading 3")
    _p(document, "Normal", "{%p endfor %}")
    _p(document, "Heading 1", "五、未达序时事项、原因和下一步措施")
    _p(document, "Normal", "{{ lagging_lead }}")
    _p(document, "Normal", "{%p for item in lagging %}")
    _p(document, "Heading 3", "{{ item.heading }}")
    _loop(document, "paragraph in item.paragraphs", "Normal", "{{ paragraph }}")
    _charts(document, "item.charts")
    _p(document, "Normal", "{%p endfor %}")
    _p(document, "Heading 1", "六、报送情况")
    _loop(document, "paragraph in returned", "Normal", "{{ paragraph }}")
    _p(document, "Heading 1", "七、典型案例和经验做法")
    _p(document, "Normal", "{%p if cases_lead %}")
    _p(document, "Normal", "{{ cases_lead }}")
    _p(document, "Normal", "{%p endif %}")
    _titled(document, "case in cases", "case", "Heading 3")
    _p(document, "Heading 1", "八、下一步工作")
    _loop(document, "paragraph in next_steps", "Normal", "{{ paragraph }}")
    _p(document, "Normal", "")
    mark = "{% if loop.first %}附件：{% else %}　　　{% endif %}"
    _loop(document, "annex in annexes", "Normal", mark + "{{ annex }}")
    _p(document, "Normal", "")
    _p(document, "落款", "{{ signature }}")
    _p(document, "落款", "{{ dated }}")


def _annexes(document: Any) -> None:  # noqa: ANN401
    set_page(document.add_section(WD_SECTION.NEW_PAGE), landscape=True)
    _annex(document, "附件1", "指标和量化任务明细表", first=True)
    _table(document, "details", DETAILS)
    _loop(document, "note in indicators.notes", "表注", "{{ note }}")
    # 另起一页：表头与第一行刚好卡在页底时，LibreOffice 会把后面的行全部排丢
    _p(document, "表题", "里程碑事项一览").paragraph_format.page_break_before = True
    _table(document, "milestones", MILESTONES)
    _annex(document, "附件2", "措施进展台账")
    _table(document, "ledger", LEDGER)
    set_page(document.add_section(WD_SECTION.NEW_PAGE), landscape=False)
    _annex(document, "附件3", "口径说明", first=True)
    _p(document, "Heading 1", "{{ scope.settings.heading }}")
    _loop(document, "paragraph in scope.settings.paragraphs", "Normal", "{{ paragraph }}")
    _p(document, "Heading 1", "{{ scope.rows_heading }}")
    _table(document, "scope.rows", SCOPE)
    _titled(document, "part in scope.others", "part", "Heading 1")
    _p(document, "表注", "{%p if corrections %}")
    _annex(document, "附件4", "数据更正说明")
    _table(document, "corrections", CORRECTIONS)
    _p(document, "表注", "{%p endif %}")
    _p(document, "表注", "{{ made }}")


def _p(parent: Any, style: str, text: str) -> Any:  # noqa: ANN401
    return parent.add_paragraph(text, style)


def _loop(parent: Any, head: str, style: str, text: str) -> None:  # noqa: ANN401
    _p(parent, style, "{%p for " + head + " %}")
    _p(parent, style, text)
    _p(parent, style, "{%p endfor %}")


def _titled(document: Any, head: str, name: str, style: str) -> None:  # noqa: ANN401
    _p(document, "Normal", "{%p for " + head + " %}")
    _p(document, style, "{{ " + name + ".heading }}")
    _loop(document, f"paragraph in {name}.paragraphs", "Normal", "{{ paragraph }}")
    _p(document, "Normal", "{%p endfor %}")


def _charts(document: Any, charts: str) -> None:  # noqa: ANN401
    """图、图题和图下的话。"""
    _p(document, "图", "{%p for chart in " + charts + " %}")
    _p(document, "图", "{{ chart }}")
    _p(document, "图题", "{{ chart.caption }}")
    _p(document, "表注", "{%p if chart.note %}")
    _p(document, "表注", "{{ chart.note }}")
    _p(document, "表注", "{%p endif %}")
    _p(document, "图", "{%p endfor %}")


def _annex(document: Any, mark: str, title: str, *, first: bool = False) -> None:  # noqa: ANN401
    """附件另起一页；分节已换页的不再换。"""
    paragraph = _p(document, "附件", mark)
    if first:
        paragraph.paragraph_format.page_break_before = False
    _p(document, "附件标题", title)


def _table(document: Any, rows: str, columns: Sequence[Column]) -> None:  # noqa: ANN401
    table = _grid(document, [column.width for column in columns])
    head = table.rows[0]
    for cell, column in zip(head.cells, columns, strict=True):
        _fill(cell, "表头", column.head)
    _repeat(head)
    _mark_row(table, "{%tr for row in " + rows + " %}")
    row = table.add_row()
    for cell, column in zip(row.cells, columns, strict=True):
        _value(cell, column)
    _mark_row(table, "{%tr endfor %}")
    for line in table.rows:
        _whole(line)


def _years(document: Any) -> None:  # noqa: ANN401
    """分年度情况：栏数随年份，逐栏重复；栏宽由排版工具按栏数摊，格子不另写宽。"""
    table = _grid(document, [65, 21, 23, 24, 23])
    _fill(table.rows[0].cells[0], "表头", "事项")
    _fill(table.rows[0].cells[1], "表头", "单位")
    _cells(table.rows[0], "表头", "head in commitments.years.heads", "{{ head }}")
    _repeat(table.rows[0])
    _mark_row(table, "{%tr for row in commitments.years.rows %}")
    row = table.add_row()
    _fill(row.cells[0], "表格文字", "{{ row.name }}")
    _fill(row.cells[1], "表格居中", "{{ row.unit }}")
    _cells(row, "表格居中", "value in row.years", "{{ value }}")
    _mark_row(table, "{%tr endfor %}")
    for width in table._tbl.iter(qn("w:tcW")):  # noqa: SLF001
        width.set(qn("w:w"), "0")
        width.set(qn("w:type"), "auto")
    for line in table.rows:
        _whole(line)


def _cells(row: Any, style: str, head: str, text: str) -> None:  # noqa: ANN401
    _fill(row.cells[2], style, "{%tc for " + head + " %}")
    _fill(row.cells[3], style, text)
    _fill(row.cells[4], style, "{%tc endfor %}")


def _value(cell: Any, column: Column) -> None:  # noqa: ANN401
    style = "表格文字" if column.left else "表格居中"
    if column.lines:
        _fill(cell, style, "{%p for line in row." + column.name + " %}")
        _p(cell, style, "{{ line }}")
        _p(cell, style, "{%p endfor %}")
        return
    shade = "{% cellbg colours[row.light] %}" if column.light else ""
    _fill(cell, style, shade + "{{ row." + column.name + " }}")


def _fill(cell: Any, style: str, text: str) -> None:  # noqa: ANN401
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(text)


def _grid(document: Any, widths: Sequence[float]) -> Any:  # noqa: ANN401
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


def _mark_row(table: Any, text: str) -> None:  # noqa: ANN401
    _fill(table.add_row().cells[0], "表格文字", text)


def _repeat(row: Any) -> None:  # noqa: ANN401
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def _whole(row: Any) -> None:  # noqa: ANN401
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))  # noqa: SLF001


if __name__ == "__main__":
    default = Path(__file__).parents[1] / "templates" / "report.docx"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
