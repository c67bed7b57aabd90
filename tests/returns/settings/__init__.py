"""设定表的测试；这里是导出、改几格、读回来的几个小函数。"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from ipmeasures.forms.settings.pages import settings_pages
from ipmeasures.forms.settings.slot import Page
from ipmeasures.forms.settings.write import write_settings
from ipmeasures.forms.write import HEAD_ROW
from ipmeasures.plan.edit import rewritten
from ipmeasures.plan.load import check_plan
from ipmeasures.plan.model import Plan
from ipmeasures.plan.tree import Sources
from ipmeasures.problem import Problem
from ipmeasures.returns.settings.changes import Change, changes_of, edits_of
from ipmeasures.returns.settings.checks import check_answers
from ipmeasures.returns.settings.read import Answer, read_settings
from ipmeasures.returns.workbook import read_workbook
from ipmeasures.returns.workbook.cells import Cell, CellType, Sheet, Workbook
from tests.plan import MEASURES, TARGETS


class Put(NamedTuple):
    """改一格：工作表、行、表头、新的字；``None`` 是清空。"""

    sheet: str
    row: str
    header: str
    raw: str | None
    type: CellType = CellType.TEXT
    number_format: str = "General"
    formula: str | None = None


class Result(NamedTuple):
    """读一份设定表的结果；有错的，计划文件不变。"""

    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]
    answers: tuple[Answer, ...]
    measures: str
    targets: str


@cache
def plan_of(measures: str = MEASURES, targets: str = TARGETS) -> tuple[Plan, Sources]:
    """计划和它的两棵树。"""
    return check_plan(measures.encode(), targets.encode())


@cache
def pages_of(measures: str = MEASURES, targets: str = TARGETS) -> tuple[Page, ...]:
    """设定表的各张工作表。"""
    return settings_pages(*plan_of(measures, targets))


@cache
def exported(measures: str = MEASURES, targets: str = TARGETS) -> bytes:
    """导出的设定表。"""
    plan, _ = plan_of(measures, targets)
    return write_settings(plan, pages_of(measures, targets))


@cache
def book_of(measures: str = MEASURES, targets: str = TARGETS) -> Workbook:
    """导出的设定表，照收表的读法读出来。"""
    return read_workbook(exported(measures, targets))


def changed(book: Workbook, *puts: Put) -> Workbook:
    """改几格。"""
    for put in puts:
        sheet = sheet_of(book, put.sheet)
        row, column = address(sheet, put.row, put.header)
        cells = [cell for cell in sheet.cells if (cell.row, cell.column) != (row, column)]
        if put.raw is not None:
            cells.append(Cell(row, column, put.raw, put.type, put.formula, put.number_format))
        book = with_sheet(book, put.sheet, cells)
    return book


def sheet_of(book: Workbook, name: str) -> Sheet:
    """一张工作表。"""
    return next(sheet for sheet in book.sheets if sheet.name == name)


def with_sheet(book: Workbook, name: str, cells: Iterable[Cell]) -> Workbook:
    """换掉一张工作表的各格。"""
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    sheets = (
        replace(sheet, cells=ordered) if sheet.name == name else sheet for sheet in book.sheets
    )
    return replace(book, sheets=tuple(sheets))


def address(sheet: Sheet, row: str, header: str) -> tuple[int, int]:
    """一格的行号、列号。"""
    column = next(c.column for c in sheet.rows[HEAD_ROW] if c.raw == header)
    number = next(n for n, cells in sheet.rows.items() if cells[0].raw == row and n > HEAD_ROW)
    return number, column


def result_of(book: Workbook, measures: str = MEASURES, targets: str = TARGETS) -> Result:
    """读一份设定表，照它改计划文件。"""
    plan, sources = plan_of(measures, targets)
    reading = read_settings(book, pages_of(measures, targets), plan)
    problems = (*reading.problems, *check_answers(reading.answers))
    if problems:
        return Result(problems, (), reading.answers, measures, targets)
    edits = edits_of(reading.answers, sources)
    new = {
        name: rewritten(name, text.encode(), [e for e in edits if e.file == name]).decode()
        for name, text in (("measures", measures), ("targets", targets))
    }
    return Result((), changes_of(reading.answers), reading.answers, new["measures"], new["targets"])


def read_back(*puts: Put, measures: str = MEASURES, targets: str = TARGETS) -> Result:
    """导出、改几格、读回来。"""
    book = changed(book_of(measures, targets), *puts)
    return result_of(book, measures, targets)
