"""在测试里写 .xls：照着一份 .xlsx 逐格写，值、格式、合并、隐藏都一样。"""

import datetime as dt
import io

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel
from openpyxl.worksheet.worksheet import Worksheet
from xlwt import Workbook, XFStyle
from xlwt.Worksheet import Worksheet as OldSheet

# xlwt 自己的对照有错（#VALUE!、#N/A），所以给编号。
_ERRORS = {
    "#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42,
}  # fmt: skip


def xls(xlsx: bytes, *, epoch_1904: bool = False) -> bytes:
    """同样内容的 .xls；公式只留结果。"""
    source = load_workbook(io.BytesIO(xlsx), data_only=True)
    book = Workbook(encoding="utf-8")
    book.dates_1904 = epoch_1904
    styles: dict[str, XFStyle] = {}
    for sheet in source.worksheets:
        made = book.add_sheet(sheet.title)
        made.visibility = 0 if sheet.sheet_state == "visible" else 1
        for row in sheet.iter_rows():
            for cell in row:
                # 合并区域里左上角以外的格没有这些。
                if isinstance(cell, Cell) and cell.value is not None:
                    _write(made, cell, styles, epoch_1904=epoch_1904)
        _shape(made, sheet)
    book.active_sheet = source.index(source.active) if source.active else 0
    return saved(book)


def patched(content: bytes, old: bytes, new: bytes) -> bytes:
    """改动 .xls 里恰好出现一次的几个字节。"""
    assert content.count(old) == 1
    assert len(old) == len(new)
    return content.replace(old, new)


def saved(book: Workbook) -> bytes:
    """xlwt 写的工作簿的字节。"""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write(sheet: OldSheet, cell: Cell, styles: dict[str, XFStyle], *, epoch_1904: bool) -> None:
    code = cell.number_format
    if code not in styles:
        styles[code] = XFStyle()
        styles[code].num_format_str = code
    row, column, value, style = cell.row - 1, cell.column - 1, cell.value, styles[code]
    if cell.data_type == "e":
        sheet.row(row).set_cell_error(column, _ERRORS[value], style)
    elif isinstance(value, dt.datetime | dt.date | dt.time):
        epoch = CALENDAR_MAC_1904 if epoch_1904 else CALENDAR_WINDOWS_1900
        sheet.write(row, column, to_excel(value, epoch), style)
    else:
        sheet.write(row, column, value, style)


def _shape(made: OldSheet, sheet: Worksheet) -> None:
    for area in sheet.merged_cells.ranges:
        made.merge(area.min_row - 1, area.max_row - 1, area.min_col - 1, area.max_col - 1)
    for number, row in sheet.row_dimensions.items():
        made.row(number - 1).hidden = row.hidden
    for column in sheet.column_dimensions.values():
        for number in range(column.min or 1, (column.max or 0) + 1):
            made.col(number - 1).hidden = column.hidden
