"""生成 Word 报告模板 templates/report.docx（GB/T 9704-2012）；此后办公室直接在 Word 里改它。

只在要从头重做模板时运行：``python tools/make_report_template.py``。
"""

import sys
from pathlib import Path
from typing import Any

from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from report_columns import (
    COMMITMENTS,
    CORRECTIONS,
    DETAILS,
    INDICATORS,
    LEDGER,
    MILESTONES,
    SCOPE,
)
from report_page import set_page
from template_parts import (
    add,
    blank,
    fill,
    grid,
    loop,
    mark_row,
    repeat,
    table_of,
    titled,
    whole,
)


def main(path: Path) -> None:
    """生成模板，存到 ``path``。"""
    document = blank()
    _front(document)
    _figures(document)
    _rest(document)
    _annexes(document)
    properties = document.core_properties
    properties.author, properties.comments, properties.title = "", "", "进展情况报告模板"
    document.save(str(path))
    print(f"已生成 {path}")


def _front(document: Any) -> None:  # noqa: ANN401 - python-docx 没有可用的类型
    add(document, "发文字号", "{{ number }}")
    add(document, "发文字号", "")
    loop(document, "line in title", "Title", "{{ line }}")
    add(document, "主送机关", "")
    add(document, "主送机关", "{{ addressee }}：")
    add(document, "Normal", "{{ opening }}")
    add(document, "Heading 1", "一、总体情况")
    loop(document, "paragraph in overview", "Normal", "{{ paragraph }}")


def _figures(document: Any) -> None:  # noqa: ANN401
    add(document, "Heading 1", "二、主要指标进展")
    add(document, "Normal", "{{ indicators.lead }}")
    _when(document, "indicators.rows", "表1　主要指标进展情况")
    add(document, "表题", "{%p for group in indicators.groups %}")
    add(document, "表题", "{%p if group.heading %}")
    add(document, "表题", "{{ group.heading }}")
    add(document, "表题", "{%p endif %}")
    table_of(document, "group.rows", INDICATORS)
    add(document, "表题", "{%p endfor %}")
    add(document, "表题", "{%p endif %}")
    loop(document, "note in indicators.notes", "表注", "{{ note }}")
    _charts(document, "indicators.charts")
    loop(document, "sentence in indicators.sentences", "Normal", "{{ loop.index }}.{{ sentence }}")
    add(document, "Heading 1", "三、量化任务进展")
    add(document, "Normal", "{{ commitments.lead }}")
    _when(document, "commitments.rows", "表2　量化任务进展情况")
    table_of(document, "commitments.rows", COMMITMENTS)
    add(document, "表题", "{%p endif %}")
    loop(document, "note in commitments.notes", "表注", "{{ note }}")
    titled(document, "group in commitments.groups", "group", "Heading 2")
    add(document, "Heading 2", "{{ commitments.milestones.heading }}")
    loop(document, "paragraph in commitments.milestones.paragraphs", "Normal", "{{ paragraph }}")
    add(document, "Normal", "{%p if commitments.years %}")
    add(document, "Heading 2", "{{ commitments.years.heading }}")
    add(document, "表题", "表3　分年度情况")
    _years(document)
    loop(document, "note in commitments.years.notes", "表注", "{{ note }}")
    loop(document, "verdict in commitments.years.verdicts", "Normal", "{{ verdict }}")
    add(document, "Normal", "{%p endif %}")


def _rest(document: Any) -> None:  # noqa: ANN401
    add(document, "Heading 1", "四、重点任务推进情况")
    add(document, "Normal", "{%p for section in sections %}")
    add(document, "Heading 2", "{{ section.heading }}")
    titled(document, "measure in section.measures", "measure", "Heading 3")
    add(document, "Normal", "{%p endfor %}")
    add(document, "Heading 1", "五、未达序时事项、原因和下一步措施")
    add(document, "Normal", "{{ lagging_lead }}")
    add(document, "Normal", "{%p for item in lagging %}")
    add(document, "Heading 3", "{{ item.heading }}")
    loop(document, "paragraph in item.paragraphs", "Normal", "{{ paragraph }}")
    _charts(document, "item.charts")
    add(document, "Normal", "{%p endfor %}")
    add(document, "Heading 1", "六、报送情况")
    loop(document, "paragraph in returned", "Normal", "{{ paragraph }}")
    add(document, "Heading 1", "七、典型案例和经验做法")
    add(document, "Normal", "{%p if cases_lead %}")
    add(document, "Normal", "{{ cases_lead }}")
    add(document, "Normal", "{%p endif %}")
    titled(document, "case in cases", "case", "Heading 3")
    add(document, "Heading 1", "八、下一步工作")
    loop(document, "paragraph in next_steps", "Normal", "{{ paragraph }}")
    add(document, "附件说明", "")
    mark = "{% if loop.first %}附件：{% else %}　　　{% endif %}"
    loop(document, "annex in annexes", "附件说明", mark + "{{ annex }}")
    add(document, "附件说明", "")
    add(document, "落款", "{{ signature }}")
    add(document, "落款", "{{ dated }}")


def _annexes(document: Any) -> None:  # noqa: ANN401
    set_page(document.add_section(WD_SECTION.NEW_PAGE), landscape=True)
    _annex(document, "附件1", "指标和量化任务明细表", first=True)
    add(document, "表题", "{%p if details %}")
    table_of(document, "details", DETAILS)
    add(document, "表题", "{%p endif %}")
    loop(document, "note in indicators.notes", "表注", "{{ note }}")
    # 另起一页：表头与第一行刚好卡在页底时，LibreOffice 会把后面的行全部排丢
    _when(document, "milestones", "里程碑事项一览").paragraph_format.page_break_before = True
    table_of(document, "milestones", MILESTONES)
    add(document, "表题", "{%p endif %}")
    _annex(document, "附件2", "措施进展台账")
    table_of(document, "ledger", LEDGER)
    set_page(document.add_section(WD_SECTION.NEW_PAGE), landscape=False)
    _annex(document, "附件3", "口径说明", first=True)
    add(document, "Heading 1", "{{ scope.settings.heading }}")
    loop(document, "paragraph in scope.settings.paragraphs", "Normal", "{{ paragraph }}")
    add(document, "表注", "{%p if scope.rows %}")
    add(document, "Heading 1", "{{ scope.rows_heading }}")
    table_of(document, "scope.rows", SCOPE)
    add(document, "表注", "{%p endif %}")
    titled(document, "part in scope.others", "part", "Heading 1")
    add(document, "表注", "{%p if corrections %}")
    _annex(document, "附件4", "数据更正说明")
    table_of(document, "corrections", CORRECTIONS)
    add(document, "表注", "{%p endif %}")
    add(document, "表注", "{{ made }}")


def _when(document: Any, rows: str, caption: str) -> Any:  # noqa: ANN401
    """有内容才出的一张表：条件和表题；表和 ``endif`` 接在后面。"""
    add(document, "表题", "{%p if " + rows + " %}")
    return add(document, "表题", caption)


def _charts(document: Any, charts: str) -> None:  # noqa: ANN401
    """图、图题和图下的话。"""
    add(document, "图", "{%p for chart in " + charts + " %}")
    add(document, "图", "{{ chart }}")
    add(document, "图题", "{{ chart.caption }}")
    add(document, "表注", "{%p if chart.note %}")
    add(document, "表注", "{{ chart.note }}")
    add(document, "表注", "{%p endif %}")
    add(document, "图", "{%p endfor %}")


def _annex(document: Any, mark: str, title: str, *, first: bool = False) -> None:  # noqa: ANN401
    """附件另起一页；分节已换页的不再换。"""
    paragraph = add(document, "附件", mark)
    if first:
        paragraph.paragraph_format.page_break_before = False
    add(document, "附件标题", title)


def _years(document: Any) -> None:  # noqa: ANN401
    """分年度情况：栏数随年份，逐栏重复；栏宽由排版工具按栏数摊，格子不另写宽。"""
    table = grid(document, [65, 21, 23, 24, 23])
    fill(table.rows[0].cells[0], "表头", "事项")
    fill(table.rows[0].cells[1], "表头", "单位")
    _cells(table.rows[0], "表头", "head in commitments.years.heads", "{{ head }}")
    repeat(table.rows[0])
    mark_row(table, "{%tr for row in commitments.years.rows %}")
    row = table.add_row()
    fill(row.cells[0], "表格文字", "{{ row.name }}")
    fill(row.cells[1], "表格居中", "{{ row.unit }}")
    _cells(row, "表格居中", "value in row.years", "{{ value }}")
    mark_row(table, "{%tr endfor %}")
    for width in table._tbl.iter(qn("w:tcW")):  # noqa: SLF001
        width.set(qn("w:w"), "0")
        width.set(qn("w:type"), "auto")
    for line in table.rows:
        whole(line)


def _cells(row: Any, style: str, head: str, text: str) -> None:  # noqa: ANN401
    fill(row.cells[2], style, "{%tc for " + head + " %}")
    fill(row.cells[3], style, text)
    fill(row.cells[4], style, "{%tc endfor %}")


if __name__ == "__main__":
    default = Path(__file__).parents[1] / "templates" / "report.docx"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
