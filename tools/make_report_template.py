"""生成 Word 报告模板 templates/report.docx（GB/T 9704-2012）；此后办公室直接在 Word 里改它。

只在要从头重做模板时运行：``python tools/make_report_template.py``。
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from report_page import set_footers, set_page, set_settings, set_styles


@dataclass(frozen=True, slots=True)
class Column:
    """表的一栏：表头、宽（毫米）、格里的话；``lines`` 的是多段文字，``light`` 的带底色。"""

    head: str
    width: float
    name: str
    left: bool = False
    lines: bool = False
    light: bool = False


def _c(head: str, width: float, name: str, **how: bool) -> Column:
    return Column(head, width, name, **how)


INDICATORS = (
    _c("序号", 6, "number"), _c("指标", 20.2, "name", left=True), _c("单位", 7.8, "unit"),
    _c("基期", 8.6, "baseline"), _c("目标", 10.6, "target"), _c("数据时点", 13.8, "data_at"),
    _c("本期", 13.8, "value"), _c("同比", 14.4, "change"),
    _c("目标完成率", 12.6, "target_rate"), _c("增量完成率", 14.2, "done"),
    _c("序时", 11.8, "planned"), _c("偏差（百分点）", 11.4, "gap"),
    _c("状态", 10.8, "status", light=True),
)  # fmt: skip
COMMITMENTS = (
    _c("序号", 6, "number"), _c("任务", 30, "name", left=True), _c("单位", 7.8, "unit"),
    _c("要求", 17.2, "demand"), _c("数据时点", 13.8, "data_at"), _c("本期", 13.8, "value"),
    _c("同比", 14.4, "change"), _c("完成率", 14.2, "done"), _c("序时", 11.2, "planned"),
    _c("偏差（百分点）", 13.4, "gap"), _c("状态", 14.2, "status", light=True),
)  # fmt: skip
DETAILS = (
    _c("编号", 11.6, "id"), _c("事项", 27, "name", left=True), _c("单位", 7.8, "unit"),
    _c("基期", 8.6, "baseline"), _c("目标", 11, "target"), _c("填报单位", 14.6, "agencies"),
    _c("数据时点", 13.8, "data_at"), _c("本期", 13.8, "value"), _c("上年同期", 12.6, "year_ago"),
    _c("序时应达", 12.6, "planned"), _c("目标完成率", 14, "target_rate"),
    _c("增量（年度）完成率", 14, "done"), _c("序时", 11.8, "planned_share"),
    _c("偏差（百分点）", 13.6, "gap"), _c("状态", 11, "status", light=True),
    _c("备注", 27, "note", left=True),
)  # fmt: skip
MILESTONES = (
    _c("编号", 15, "id"), _c("事项", 62, "name", left=True), _c("类别", 12, "kind"),
    _c("时限", 24, "due"), _c("填报单位", 34, "agencies"),
    _c("状态", 17, "status", light=True), _c("完成日期", 23, "completed"),
    _c("佐证材料", 38, "evidence", left=True, lines=True),
)  # fmt: skip
LEDGER = (
    _c("措施", 30, "measure", left=True), _c("责任单位", 26, "agency", left=True),
    _c("进展状态", 14, "status"), _c("本季度进展", 68, "progress", left=True, lines=True),
    _c("存在问题", 30, "problems", left=True, lines=True),
    _c("滞后原因", 28, "reason", left=True, lines=True),
    _c("下一步措施", 29, "next_step", left=True, lines=True),
)  # fmt: skip
SCOPE = (
    _c("编号", 13, "id"), _c("事项", 26, "name", left=True), _c("单位", 9, "unit"),
    _c("数的性质", 14, "nature"), _c("序时路径", 14, "path"), _c("发布", 10, "release"),
    _c("填报单位", 19, "reporters"), _c("容许误差", 14, "tolerance"),
    _c("填报口径", 37, "prompt", left=True),
)  # fmt: skip
CORRECTIONS = (
    _c("已印发的报告", 30, "issued", left=True), _c("事项", 34, "name", left=True),
    _c("单位", 9, "unit"), _c("原", 15, "before"), _c("现", 15, "now"),
    _c("更正原因", 32, "reason", left=True), _c("填报单位", 20, "agencies"),
)  # fmt: skip


def main(path: Path) -> None:
    """生成模板，存到 ``path``。"""
    document = Document()
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    set_styles(document)
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
