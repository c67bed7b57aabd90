"""生成报送通知、提醒函、督办单的模板 templates/notice-*.docx；此后办公室直接在 Word 里改它们。

只在要从头重做模板时运行：``python tools/make_notice_templates.py``。
"""

from pathlib import Path
from typing import Any

from report_columns import Column
from template_parts import add, blank, fill, grid, loop, mark_row, repeat, table_of, whole

_ROWS = (
    Column("序号", 7, "number"),
    Column("事项（目前状态）", 31, "name", left=True),
    Column("依据", 22, "basis", left=True),
    Column("时限", 17, "due"),
    Column("目前", 13, "actual"),
    Column("应达", 13, "planned"),
    Column("差距", 15, "gap"),
    Column("请办理", 38, "ask", left=True),
)


def main(folder: Path) -> None:
    """生成三份模板。"""
    for name, write, title in (
        ("notice-call.docx", _call, "报送通知模板"),
        ("notice-reminder.docx", _reminder, "提醒函模板"),
        ("notice-supervision.docx", _supervision, "督办单模板"),
    ):
        document = blank()
        write(document)
        properties = document.core_properties
        properties.author, properties.comments, properties.title = "", "", title
        document.save(str(folder / name))
        print(f"已生成 {folder / name}")


def _head(document: Any) -> None:  # noqa: ANN401 - python-docx 没有可用的类型
    add(document, "发文字号", "{{ number }}")
    loop(document, "line in title", "Title", "{{ line }}")
    add(document, "主送机关", "{{ addressee }}：")
    loop(document, "paragraph in opening", "Normal", "{{ paragraph }}")


def _foot(document: Any) -> None:  # noqa: ANN401
    add(document, "Normal", "联系人：{{ contact }}")
    add(document, "Normal", "{%p if attachment %}")
    add(document, "Normal", "附件：{{ attachment }}")
    add(document, "Normal", "{%p endif %}")
    add(document, "落款", "{{ signature }}").paragraph_format.keep_with_next = True
    add(document, "落款", "{{ dated }}")


def _call(document: Any) -> None:  # noqa: ANN401
    _head(document)
    _foot(document)


def _reminder(document: Any) -> None:  # noqa: ANN401
    _head(document)
    table_of(document, "rows", _ROWS)
    loop(document, "ask in asks", "Normal", "{{ ask }}")
    loop(document, "line in before", "Normal", "{{ line }}")
    _foot(document)


def _supervision(document: Any) -> None:  # noqa: ANN401
    _head(document)
    table_of(document, "rows", _ROWS)
    loop(document, "ask in asks", "Normal", "{{ ask }}")
    loop(document, "line in before", "Normal", "{{ line }}")
    add(document, "表题", "办理情况反馈（由承办单位填写，{{ reply_by }}前报回）")
    table = grid(document, (36, 120))
    fill(table.rows[0].cells[0], "表头", "栏目")
    fill(table.rows[0].cells[1], "表头", "内容")
    repeat(table.rows[0])
    mark_row(table, "{%tr for reply in replies %}")
    row = table.add_row()
    fill(row.cells[0], "表格居中", "{{ reply }}")
    for _ in range(2):  # 留出手写的地方
        add(row.cells[1], "表格文字", "")
    mark_row(table, "{%tr endfor %}")
    for line in table.rows:
        whole(line)
    add(document, "Normal", "")
    _foot(document)


if __name__ == "__main__":
    main(Path(__file__).parents[1] / "templates")
