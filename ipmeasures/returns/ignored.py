"""没有读的内容：表头认不出的列、不在报表内的工作表；都说一声，不悄悄丢掉。"""

import re

from ipmeasures.forms.layout import (
    ERRORS_SHEET,
    IDENTITY_SHEET,
    LISTS_SHEET,
    NOTES_SHEET,
    same_header,
)
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.returns.tables import Table
from ipmeasures.returns.workbook.cells import Cell, CellType, Sheet, Workbook, column_letters

_DIGIT = re.compile(r"\d")
_DATES = re.compile(
    r"\s*(?:\d{4}\s*年[\d\s月日]*|\d{1,2}月[\d\s日]*|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?)\s*"
)
_SIGNED = re.compile(r"(?:日期|时间|电话|手机|人)\s*[:：]")
_OWN = {same_header(name) for name in (ERRORS_SHEET, IDENTITY_SHEET, LISTS_SHEET, NOTES_SHEET)}


def ignored_columns(table: Table) -> list[Problem]:
    """表头认不出、下面却有内容的列；没有表头的也算。"""
    sheet, bottom, known = table.sheet, table.head.bottom, set(table.head.columns.values())
    below: dict[int, Cell] = {}
    for number in table.numbers:
        for cell in sheet.rows[number]:
            if cell.column not in known and cell.raw.strip():
                below.setdefault(cell.column, cell)
    heads = {column: _head_over(sheet, bottom, column) for column in sorted(below)}
    return [
        problem(
            "column_ignored",
            Place(sheet.name, (head or below[column]).address),
            header=head.raw.strip() if head else f"第 {column_letters(column)} 列（没有表头）",
        )
        for column, head in heads.items()
    ]


def ignored_rows(table: Table) -> list[Problem]:
    """附注行里的数：不读，但要说。"""
    return [
        problem("row_ignored", row.place("value"), value=cell.raw.strip())
        for row in table.footers()
        if (cell := row.cell("value")) is not None and _is_figure(cell)
    ]


def _is_figure(cell: Cell) -> bool:
    """像是要报的数；“审核人：李四”“2023年7月10日”不是。"""
    if cell.type is not CellType.TEXT:
        return cell.type is CellType.NUMBER
    text = cell.raw
    return bool(_DIGIT.search(text)) and not _DATES.fullmatch(text) and not _SIGNED.search(text)


def ignored_sheets(book: Workbook, used: set[str]) -> list[Problem]:
    """有内容、却没有读的工作表；工具自己的表和填报说明不算。"""
    return [
        problem("sheet_ignored", Place(sheet.name), sheet=sheet.name)
        for sheet in book.sheets
        if sheet.cells and sheet.name not in used and same_header(sheet.name) not in _OWN
    ]


def _head_over(sheet: Sheet, bottom: int, column: int) -> Cell | None:
    """一列的表头；两行表头的，下一行空着就看上一行。"""
    cells = (sheet.at.get((row, column)) for row in (bottom, bottom - 1))
    return next((cell for cell in cells if cell and cell.raw.strip()), None)
