"""滞后清单存成 CSV 或 XLSX。"""

import csv
import io
import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ipmeasures.forms import style
from ipmeasures.forms.write import write_value
from ipmeasures.plan.model import Plan
from ipmeasures.progress.gaps import Gap, Gaps
from ipmeasures.report.gap_table import HEADS, Amount, CaughtUp, Cell, gap_cells, gap_rows, heads
from ipmeasures.report.rules import legend_text, rule_text

_WIDTHS = (
    8,
    10,
    32,
    8,
    14,
    6,
    10,
    10,
    10,
    10,
    11,
    11,
    9,
    13,
    9,
    10,
    20,
    30,
    30,
    30,
    30,
    18,
    13,
    13,
)
_RISKY = tuple("=+-@＝＋－＠\t\r\n")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?", re.ASCII)
_STATUS, _LIGHT = HEADS.index("状态") + 1, HEADS.index("灯")
_FILLS = {
    "红": "FFF8C9C4",
    "黄": "FFFDE9B0",
    "绿": "FFD5EAD0",
    "蓝": "FFD3E3F5",
    "灰": "FFE4E7EA",
    "星": "FFBFE3C0",
}


def gaps_csv(plan: Plan, gaps: Sequence[Gap], caught: CaughtUp | None = None) -> bytes:
    """CSV：带 BOM，Excel 直接打开不乱码；以 = + - @ 开头的文字前面加一个单引号。"""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(heads(caught))
    for row in gap_rows(plan, gaps, caught):
        writer.writerow([_as_text(cell) for cell in row])
    return buffer.getvalue().encode("utf-8-sig")


def gaps_xlsx(
    plan: Plan, gaps: Gaps, shown: Sequence[Gap], caught: CaughtUp | None = None
) -> bytes:
    """XLSX：表头冻结、可筛选，状态有底色也有字。"""
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = "滞后清单"
    mark = "【假设】含没有入库的数，" if gaps.supposed else ""
    write_value(sheet.cell(1, 1), f"{gaps.quarter.label}进展差距（{mark}判断日期 {gaps.as_of}）")
    sheet.cell(1, 1).font = style.TITLE_FONT
    columns = heads(caught)
    for number, head in enumerate(columns, 1):
        cell = sheet.cell(2, number, head)
        cell.font, cell.fill = style.HEAD_FONT, style.HEAD_FILL
        cell.alignment, cell.border = style.CENTRE, style.BORDER
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS[number - 1]
    sheet.row_dimensions[2].height = style.row_height(columns, _WIDTHS)
    last = 2
    for last, row in enumerate(gap_cells(plan, shown, caught), 3):
        said_here = [cell if isinstance(cell, str) else "" for cell in row]
        sheet.row_dimensions[last].height = style.row_height(said_here, _WIDTHS)
        for number, said in enumerate(row, 1):
            _write(sheet, last, number, said)
        light = row[_LIGHT]
        if isinstance(light, str) and light in _FILLS:
            fill = PatternFill("solid", fgColor=_FILLS[light])
            sheet.cell(last, _STATUS).fill = sheet.cell(last, _STATUS + 1).fill = fill
    for offset, line in enumerate((rule_text(plan.settings.thresholds), legend_text()), 2):
        sheet.cell(last + offset, 1, line).font = style.HINT_FONT
    sheet.freeze_panes = "D3"
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(columns))}{last}"
    style.set_print(sheet, 2)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write(sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    """写一格：数是真的数，靠右；文字照写，去掉表格里不许有的控制字符。"""
    filled = sheet.cell(row, column)
    if isinstance(cell, Amount):
        write_value(filled, cell.value)
        filled.number_format, filled.alignment = cell.format, style.RIGHT
    else:
        write_value(filled, ILLEGAL_CHARACTERS_RE.sub("", cell))
        filled.alignment = style.LEFT
    filled.font, filled.border = style.BODY_FONT, style.BORDER


def _as_text(cell: str) -> str:
    """表格软件会把这些开头（前面有空格的也算）当公式；正负数不是。"""
    risky = cell.startswith(_RISKY) or cell.lstrip().startswith(_RISKY)
    return f"'{cell}" if risky and not _NUMBER.fullmatch(cell) else cell
