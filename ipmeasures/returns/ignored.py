"""没有读的内容：表头认不出的列、不在报表内的工作表；都说一声，不悄悄丢掉。"""

import re

from ipmeasures.forms.guide import is_guide_line
from ipmeasures.forms.layout import (
    ERRORS_SHEET,
    IDENTITY_SHEET,
    LISTS_SHEET,
    NOTES_SHEET,
    same_header,
)
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.returns.heads import key_of, two_heads
from ipmeasures.returns.number import Number, read_number
from ipmeasures.returns.tables import Table
from ipmeasures.returns.text import stripped
from ipmeasures.returns.workbook.cells import Cell, CellType, Workbook, column_letters

_DIGIT = re.compile(r"\d")
_DATES = re.compile(
    r"\s*(?:\d{4}\s*年[\d\s月日]*|\d{1,2}月[\d\s日]*|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?)\s*"
)
_SIGNED = re.compile(r"(?:日期|时间|电话|手机|人)\s*[:：]")
_OWN = {same_header(name) for name in (ERRORS_SHEET, IDENTITY_SHEET, LISTS_SHEET, NOTES_SHEET)}


def ignored_columns(table: Table) -> list[Problem]:
    """表头认不出、下面却有内容的列；没有表头的也算。"""
    sheet, known = table.sheet, set(table.head.columns.values())
    below: dict[int, list[Cell]] = {}
    for number in table.numbers:
        for cell in sheet.rows[number]:
            if cell.column not in known and cell.raw.strip():
                below.setdefault(cell.column, []).append(cell)
    return [_column(table, below[column]) for column in sorted(below)]


def _column(table: Table, cells: list[Cell]) -> Problem:
    """一列没有读的。"""
    sheet, column = table.sheet, cells[0].column
    head = _head_over(table, column)
    if head and (said := _rival(table, head, cells)):
        return said
    header = head.raw.strip() if head else f"第 {column_letters(column)} 列（没有表头）"
    place = Place(sheet.name, (head or cells[0]).address)
    return problem("column_ignored", place, header=header)


def _rival(table: Table, head: Cell, cells: list[Cell]) -> Problem | None:
    """与读了的一列是同一列的两种写法：数有两列的，取哪一列都是替人选；文字的，提醒没有读。

    同一种写法有两列的，找表头时说过了；编号、名称这些印好的列，旁边有“序号”“项目”不要紧。
    """
    key = key_of(table.layout, head.raw)
    column = table.head.columns.get(key, 0)
    read = _head_over(table, column)
    twice = (p.place.cell for p in table.head.problems if p.code == "column_duplicate")
    if read is None or read.address in twice or not table.layout.column(key).filled:
        return None
    place, other = Place(table.sheet.name, read.address), Place(table.sheet.name, head.address)
    mine, theirs = read.raw.strip(), head.raw.strip()
    if key == "value" and any(map(_is_number, cells)):
        return problem(
            "column_duplicate.alias",
            place,
            also=(other,),
            header=mine,
            here=read.address,
            rival=theirs,
            other=head.address,
        )
    return problem("column_ignored.alias", other, header=theirs, known=mine, other=read.address)


def _is_number(cell: Cell) -> bool:
    if cell.type is CellType.TEXT:
        return isinstance(read_number(cell.raw, "%"), Number)
    return cell.type is CellType.NUMBER


def ignored_rows(table: Table) -> list[Problem]:
    """附注行里的数、又写了一遍的表头、下面的另一张表：不读，但要说。"""
    return [
        *heads_again(table),
        *_noted_figures(table),
    ]


def heads_again(table: Table) -> list[Problem]:
    """表头下面又是一个表头：列没有变的接着读，说一声；列变了的是另一张表。"""
    sheet, first = table.sheet, table.head.bottom
    return [
        problem("row_ignored.head", Place(sheet.name, sheet.rows[row][0].address), row=row)
        if keeps
        else two_heads(sheet, row, first)
        for row, keeps in table.heads.items()
    ]


def _noted_figures(table: Table) -> list[Problem]:
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
    """有内容、却没有读的工作表；工具自己的表不算，填报说明另看（``ignored_notes``）。"""
    return [
        problem("sheet_ignored", Place(sheet.name), sheet=sheet.name)
        for sheet in book.sheets
        if sheet.cells and sheet.name not in used and same_header(sheet.name) not in _OWN
    ]


def ignored_notes(book: Workbook) -> list[Problem]:
    """写在“填报说明”里的话：不读，但要说；印好的各行不算。"""
    found = []
    for sheet in (one for one in book.sheets if same_header(one.name) == NOTES_SHEET):
        written = (cell for cell in sheet.cells if stripped(cell.raw))
        own = next((cell for cell in written if not is_guide_line(stripped(cell.raw))), None)
        if own:
            place, value = Place(sheet.name, own.address), stripped(own.raw)
            found.append(problem("sheet_ignored.notes", place, value=value, sheet=sheet.name))
    return found


def _head_over(table: Table, column: int) -> Cell | None:
    """一列的表头；两行表头的，下一行空着就看上一行。"""
    bottom, at = table.head.bottom, table.sheet.at
    cells = (at.get((row, column)) for row in (bottom, bottom - 1))
    return next((cell for cell in cells if cell and cell.raw.strip()), None)
