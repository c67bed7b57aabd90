"""任务分解表：一行一件事，发给各单位对照。"""

import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ipmeasures.forms import style
from ipmeasures.forms.rows import due_text, target_cell
from ipmeasures.forms.write import write_value
from ipmeasures.plan.model import Measure, Plan
from ipmeasures.report.amounts import amended
from ipmeasures.report.terminal.plan import responsible_text

_TASK_HEADS = (
    "编号",
    "部分",
    "措施",
    "类别",
    "任务内容",
    "要求或时限",
    "责任单位",
    "填报单位（办公室设定）",
)
_TASK_WIDTHS = (8, 20, 26, 10, 48, 24, 40, 24)
_INDICATOR_HEADS = (
    "编号", "指标名称", "计量单位", "{base}年基期值", "{target}年目标值", "属性", "数的性质（办公室设定）",
    "口径", "填报单位（办公室设定）",
)  # fmt: skip
_INDICATOR_WIDTHS = (8, 34, 9, 10, 10, 9, 18, 50, 22)


def plan_xlsx(plan: Plan) -> bytes:
    """任务分解表的两张表：主要指标、任务分解。"""
    book = Workbook()
    book.remove(book.worksheets[0])
    indicators: list[tuple[str | Decimal | None, ...]] = [
        (
            item.id,
            item.name,
            item.how.unit,
            item.baseline,
            amended(item) or target_cell(item, item.target),
            item.attribute,
            item.how.nature.label,
            item.how.prompt,
            "、".join(item.how.reporters),
        )
        for item in plan.indicators
    ]
    years = {"base": plan.document.base_year, "target": plan.document.target_year}
    heads = tuple(head.format(**years) for head in _INDICATOR_HEADS)
    _sheet(book, plan, "主要指标", heads, _INDICATOR_WIDTHS, indicators)
    rows = [row for measure in plan.measures for row in _task_rows(plan, measure)]
    _sheet(book, plan, "任务分解表", _TASK_HEADS, _TASK_WIDTHS, rows)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _task_rows(plan: Plan, measure: Measure) -> Iterator[tuple[str, ...]]:
    section = next(s for s in plan.sections if s.number == measure.section).title
    title = f"{measure.number}.{measure.title}"
    who = responsible_text(plan, measure)
    for task in measure.tasks:
        yield (measure.id, section, title, "任务", task, "", who, "")
    for commitment in (c for c in plan.commitments if c.measure == measure.id):
        twin = f"（与 {commitment.same_as} 同一个数，不重复报）" if commitment.same_as else ""
        yield (
            commitment.id,
            section,
            title,
            "量化任务",
            f"{commitment.subject}（{commitment.how.unit}）",
            commitment.wording + twin,
            who,
            "、".join(commitment.how.reporters),
        )
    for milestone in (m for m in plan.milestones if m.measure == measure.id):
        yield (
            milestone.id,
            section,
            title,
            "里程碑",
            milestone.subject,
            due_text(milestone),
            who,
            "、".join(milestone.reporters),
        )


def _sheet(  # noqa: PLR0913, PLR0917 - 一张表的六样
    book: Workbook,
    plan: Plan,
    name: str,
    heads: tuple[str, ...],
    widths: tuple[int, ...],
    rows: Iterable[Sequence[str | Decimal | None]],
) -> None:
    sheet: Worksheet = book.create_sheet(name)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads))
    title = sheet.cell(1, 1, f"《{plan.document.title}》{name}（{plan.document.number}）")
    title.font, title.alignment = style.TITLE_FONT, style.CENTRE
    sheet.row_dimensions[1].height = 32
    for column, (head, width) in enumerate(zip(heads, widths, strict=True), 1):
        cell = sheet.cell(2, column, head)
        cell.font, cell.fill = style.HEAD_FONT, style.HEAD_FILL
        cell.alignment, cell.border = style.CENTRE, style.BORDER
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[2].height = style.row_height(heads, widths)
    number = 2
    for number, row in enumerate(rows, 3):
        for column, said in enumerate(row, 1):
            filled = sheet.cell(number, column)
            write_value(filled, said)
            filled.font, filled.border = style.BODY_FONT, style.BORDER
            if isinstance(said, Decimal):
                filled.alignment = style.RIGHT
            else:
                filled.alignment = style.LEFT
        texts = [said if isinstance(said, str) else "" for said in row]
        sheet.row_dimensions[number].height = style.row_height(texts, widths)
    sheet.freeze_panes = "C3"
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(heads))}{number}"
    sheet.sheet_view.showGridLines = False
    style.set_print(sheet, 2)
