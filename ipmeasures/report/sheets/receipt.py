"""回执：收下的报表，打一页纸，或发回给报送单位。"""

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ipmeasures.forms import style
from ipmeasures.forms.write import saved, write_value
from ipmeasures.ledger.posted import Filed, Posted
from ipmeasures.problem import Problem, Severity, for_agency
from ipmeasures.report.taken import corrections, kept_cells

RECEIPT_SHEET = "回执"
_WIDTHS = (16, 10, 34, 36)
_HEADS = ("位置", "编号", "提醒", "怎么改")
_ONE_PAGE = 40

Names = Mapping[str, str]


def receipt_xlsx(file: str, posted: Posted, problems: Sequence[Problem], names: Names) -> bytes:
    """一份文件的回执；汇总表里有几个单位，就一段一段列下去。

    Args:
        file: 报来的文件名。
        posted: 入库的结果。
        problems: 收下时的全部问题；只列提醒。
        names: 事项编号 → 名称。

    Returns:
        ``.xlsx`` 文件的内容。
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = RECEIPT_SHEET
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    row = _title(sheet, "知识产权措施落实情况报送回执")
    for filed in posted.filings:
        for label, text in _facts(file, filed, names):
            row = _fact(sheet, row, label, text)
        row += 1
    row = _warnings(sheet, row, [p for p in problems if p.severity is Severity.WARNING])
    sheet.sheet_view.showGridLines = False
    style.set_print(sheet, 1, landscape=False)
    if row <= _ONE_PAGE:
        sheet.page_setup.fitToHeight = 1
    return saved(book, f"{file} 回执", posted.filings[0].filing.quarter)


def _title(sheet: Worksheet, text: str) -> int:
    sheet.merge_cells("A1:D1")
    cell = sheet.cell(1, 1, text)
    cell.font, cell.alignment = style.TITLE_FONT, style.CENTRE
    sheet.row_dimensions[1].height = 34
    return 2


def _facts(file: str, filed: Filed, names: Names) -> list[tuple[str, str]]:
    filing, receipt = filed.filing, filed.receipt
    kept = "；".join(
        f"{key} {names.get(key, '')}".strip() + cells for key, cells in kept_cells(filed).items()
    )
    facts = [
        ("报送单位", filing.agency),
        ("报送期", filing.quarter.label),
        ("报送方式", filing.manner),
        ("文件", file),
    ]
    if receipt is None:
        return facts
    again = "（内容与在案的相同，没有另存）" if filed.outcome == "duplicate" else ""
    return [
        *facts,
        ("回执号", f"{receipt.receipt}（第 {receipt.revision} 次报送）{again}"),
        ("收到日期", receipt.received_on.isoformat()),
        ("入库时间", receipt.recorded_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")),
        ("经办人", receipt.recorded_by),
        ("入库", f"数 {filed.stored_figures} 个，文字 {filed.stored_texts} 段"),
        ("更正的数", "；".join(corrections(filed)) or "无"),
        ("保留在案的", kept or "无"),
        ("台账校验码", receipt.head),
    ]


def _fact(sheet: Worksheet, row: int, label: str, text: str) -> int:
    sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=4)
    _cell(sheet, row, 1, label, head=True)
    for column in (2, 3, 4):
        _cell(sheet, row, column, text if column == 2 else "")
    room = sum(_WIDTHS[1:])
    sheet.row_dimensions[row].height = 16 * style.lines_needed(text, room) + 8
    return row + 1


def _warnings(sheet: Worksheet, row: int, warnings: Sequence[Problem]) -> int:
    row = _fact(sheet, row, "提醒", f"{len(warnings)} 条，请核对" if warnings else "没有")
    if not warnings:
        return row
    for column, head in enumerate(_HEADS, 1):
        _cell(sheet, row, column, head, head=True)
    for number, found in enumerate(warnings, row + 1):
        texts = (str(found.place), found.item, found.message, for_agency(found.fix))
        for column, text in enumerate(texts, 1):
            _cell(sheet, number, column, text)
        lines = max(style.lines_needed(t, w) for t, w in zip(texts, _WIDTHS, strict=True))
        sheet.row_dimensions[number].height = 15 * lines + 6
    return row + len(warnings) + 1


def _cell(sheet: Worksheet, row: int, column: int, text: str, *, head: bool = False) -> None:
    cell = sheet.cell(row, column)
    if text:
        write_value(cell, text)
    cell.font = style.HEAD_FONT if head else style.BODY_FONT
    cell.alignment = style.CENTRE if head else style.LEFT
    cell.border = style.BORDER
    if head:
        cell.fill = style.HEAD_FILL
