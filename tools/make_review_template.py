"""生成中期评估报告的模板 templates/review.docx；此后办公室直接在 Word 里改它。

只在要从头重做模板时运行：``python tools/make_review_template.py``。
"""

from pathlib import Path
from typing import Any

from docx.enum.section import WD_SECTION
from report_columns import Column
from report_page import set_page
from template_parts import add, blank, fill, grid, loop, mark_row, repeat, table_of, titled, whole

_COUNTS = (
    Column("部分", 46, "name", left=True),
    Column("事项", 14, "total"),
    Column("已达到", 16, "achieved"),
    Column("超序时", 16, "ahead"),
    Column("达序时", 16, "on_track"),
    Column("未达序时", 16, "behind"),
    Column("推进中", 16, "in_progress"),
    Column("未报送或未发布", 16, "silent"),
)
_ROWS = (
    Column("序号", 8, "number"),
    Column("事项", 40, "name", left=True),
    Column("单位", 10, "unit"),
    Column("目标或要求", 20, "target"),
    Column("数据时点", 20, "data_at"),
    Column("期末数", 22, "value"),
    Column("完成率", 16, "done"),
    Column("序时", 14, "planned"),
    Column("偏差（百分点）", 15, "gap"),
    Column("状态", 14, "status", light=True),
    Column("预测", 46, "outlook", left=True),
)


def main(path: Path) -> None:
    """生成模板，存到 ``path``。"""
    document = blank()
    _front(document)
    _figures(document)
    _rest(document)
    properties = document.core_properties
    properties.author, properties.comments, properties.title = "", "", "中期评估报告模板"
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
    add(document, "表题", "表1　各部分事项完成情况（项）")
    table_of(document, "counts", _COUNTS)


def _figures(document: Any) -> None:  # noqa: ANN401
    set_page(document.add_section(WD_SECTION.NEW_PAGE), landscape=True)
    add(document, "Heading 1", "二、指标和量化任务完成情况")
    add(document, "表题", "表2　指标和量化任务完成情况")
    table_of(document, "rows", _ROWS)
    loop(document, "note in notes", "表注", "{{ note }}")
    set_page(document.add_section(WD_SECTION.NEW_PAGE), landscape=False)
    titled(document, "group in groups", "group", "Heading 2")
    add(document, "Heading 1", "三、分年度情况")
    add(document, "表题", "表3　分年度情况")
    _years(document)
    loop(document, "note in year_notes", "表注", "{{ note }}")


def _years(document: Any) -> None:  # noqa: ANN401
    """栏数随年份，逐栏重复。"""
    table = grid(document, (60, 18, 26, 26, 26))
    fill(table.rows[0].cells[0], "表头", "事项")
    fill(table.rows[0].cells[1], "表头", "单位")
    _cells(table.rows[0], "表头", "head in year_heads", "{{ head }}")
    repeat(table.rows[0])
    mark_row(table, "{%tr for row in years %}")
    row = table.add_row()
    fill(row.cells[0], "表格文字", "{{ row.name }}")
    fill(row.cells[1], "表格居中", "{{ row.unit }}")
    _cells(row, "表格居中", "value in row.years", "{{ value }}")
    mark_row(table, "{%tr endfor %}")
    for line in table.rows:
        whole(line)


def _cells(row: Any, style: str, head: str, text: str) -> None:  # noqa: ANN401
    fill(row.cells[2], style, "{%tc for " + head + " %}")
    fill(row.cells[3], style, text)
    fill(row.cells[4], style, "{%tc endfor %}")


def _rest(document: Any) -> None:  # noqa: ANN401
    add(document, "Heading 1", "四、未达序时事项和主要原因")
    add(document, "Normal", "{%p if not causes %}")
    add(document, "Normal", "没有未达序时的事项。")
    add(document, "Normal", "{%p endif %}")
    titled(document, "cause in causes", "cause", "Heading 3")
    add(document, "Heading 1", "五、预测")
    add(document, "Normal", "{%p if not outlook %}")
    add(document, "Normal", "没有可预测的事项。")
    add(document, "Normal", "{%p endif %}")
    loop(document, "paragraph in outlook", "Normal", "{{ paragraph }}")
    add(document, "Heading 1", "六、报送情况和数据缺口")
    loop(document, "paragraph in reporting", "Normal", "{{ paragraph }}")
    loop(document, "paragraph in missing", "Normal", "{{ paragraph }}")
    add(document, "Normal", "")
    add(document, "落款", "{{ signature }}").paragraph_format.keep_with_next = True
    add(document, "落款", "{{ dated }}")
    add(document, "表注", "{{ made }}")


if __name__ == "__main__":
    main(Path(__file__).parents[1] / "templates" / "review.docx")
