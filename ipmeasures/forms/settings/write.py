"""写设定表：黄色格可改，灰色格是公文写的；可选的给下拉框。"""

from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ipmeasures.forms import style
from ipmeasures.forms.choices import Lists
from ipmeasures.forms.settings.layout import (
    EVERYONE,
    GUIDE,
    GUIDE_SHEET,
    HINTS,
    MARK_SHEET,
    VERSION,
    YEARLY,
)
from ipmeasures.forms.settings.slot import Kind, Page, SettingRow, Slot
from ipmeasures.forms.write import (
    HEAD_ROW,
    finish_table,
    saved_on,
    write_guide,
    write_heading,
    write_value,
)
from ipmeasures.plan.model import Plan

MARKS = ("种类", "版本", "文号", "计划摘要")
_TITLE = "办公室设定"
_NUMBERS = (Kind.NUMBER, Kind.WHOLE)
# 写成文字格式，免得被表格软件自动变成日期、去掉开头的 0
_AS_TEXT = (Kind.DATE, Kind.QUARTER, Kind.WAYPOINTS)
_TEXT_COLUMNS = ("phone", "contact")
_CENTRED = (Kind.CHOICE, Kind.DATE, Kind.QUARTER, Kind.AGENCY)


def write_settings(plan: Plan, pages: tuple[Page, ...]) -> bytes:
    """一份设定表。

    Args:
        plan: 计划。
        pages: ``settings_pages`` 由它造出的各张工作表。

    Returns:
        ``.xlsx`` 文件的内容；计划没有变的，哪天写出来都一样。
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    lists = Lists()
    sheets = "、".join(page.layout.sheet for page in pages)
    write_guide(book, [line.format(sheets=sheets) for line in GUIDE], GUIDE_SHEET)
    for page in pages:
        _write_page(book, page, lists)
    marks = (_TITLE, VERSION, plan.document.number, plan.digest)
    hidden: Worksheet = book.create_sheet(MARK_SHEET)
    for row, pair in enumerate(zip(MARKS, marks, strict=True), 1):
        hidden.cell(row, 1, pair[0])
        hidden.cell(row, 2, pair[1]).number_format = "@"
    hidden.sheet_state = "hidden"
    lists.write(book)
    return saved_on(book, _TITLE, plan.document.issued_on)


def _write_page(book: Workbook, page: Page, lists: Lists) -> None:
    layout = page.layout
    sheet: Worksheet = book.create_sheet(layout.sheet)
    title = f"{_TITLE}：{layout.sheet}"
    write_heading(sheet, title, HINTS[layout.sheet], len(layout.columns))
    style.set_columns(sheet, layout)
    for number, column in enumerate(layout.columns, 1):
        cell = sheet.cell(HEAD_ROW, number, column.header)
        cell.font, cell.alignment, cell.border = style.HEAD_FONT, style.CENTRE, style.BORDER
        cell.fill = style.ENTRY_HEAD_FILL if column.filled else style.HEAD_FILL
    sheet.row_dimensions[HEAD_ROW].height = 32
    for number, row in enumerate(page.rows, HEAD_ROW + 1):
        _write_row(sheet, number, page, row, lists)
    finish_table(sheet, layout, HEAD_ROW + len(page.rows))


def _write_row(sheet: Worksheet, number: int, page: Page, row: SettingRow, lists: Lists) -> None:
    lines = 1
    for place, column in enumerate(page.layout.columns, 1):
        cell: Any = sheet.cell(number, place)
        found = row.cells[column.key]
        slot = found if isinstance(found, Slot) else None
        printed = found.shown if isinstance(found, Slot) else found
        write_value(cell, printed)
        cell.font, cell.border = style.BODY_FONT, style.BORDER
        cell.fill = style.PRINTED_FILL if slot is None else style.ENTRY_FILL
        if printed == YEARLY:
            cell.fill = style.MARKED_FILL
        cell.protection = style.SHUT if slot is None else style.OPEN
        cell.alignment = _alignment(column.key, slot, printed)
        if slot is not None and (slot.kind in _AS_TEXT or column.key in _TEXT_COLUMNS):
            cell.number_format = "@"
        if isinstance(printed, str):
            lines = max(lines, style.lines_needed(printed, column.width))
        if slot is not None and slot.choices:
            _add_choices(sheet, f"{get_column_letter(place)}{number}", slot, lists)
    sheet.row_dimensions[number].height = max(page.layout.row_height, 15 * lines + 5)


def _alignment(key: str, slot: Slot | None, printed: object) -> Any:  # noqa: ANN401 - openpyxl 的样式
    if slot is None:
        centred = key in ("kind", "recurring", "default")
        return style.CENTRE if centred else style.alignment_of(key, number=_is_number(printed))
    if slot.kind in _NUMBERS:
        return style.RIGHT
    return style.CENTRE if slot.kind in _CENTRED else style.LEFT


def _is_number(printed: object) -> bool:
    return printed is not None and not isinstance(printed, str)


def _add_choices(sheet: Worksheet, address: str, slot: Slot, lists: Lists) -> None:
    labels = tuple(label for _, label in slot.choices)
    several = slot.kind is Kind.AGENCIES
    rule = lists.validation((EVERYONE, *labels) if several else labels, address)
    if several:
        # 几家的要打字，下拉框里没有
        rule.showErrorMessage = False
        rule.showInputMessage, rule.promptTitle = True, "填报单位"
        rule.prompt = f"一家的从下拉框选；几家的用顿号隔开；各成员都报的选“{EVERYONE}”"
    sheet.add_data_validation(rule)
