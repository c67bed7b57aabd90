"""表的测试；这里是发一份表、打开看的几个小函数。"""

import functools
import io
from collections.abc import Mapping
from decimal import Decimal

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ipmeasures.forms.consolidated import write_consolidated
from ipmeasures.forms.write import write_form
from ipmeasures.plan.expected import Expected
from ipmeasures.plan.model import Plan
from ipmeasures.plan.owed import owed_by
from ipmeasures.quarter import Quarter
from tests.plan import real_plan

QUARTER = Quarter(2023, 2)
DUE = "请于2023年7月10日前报送。"
HEAD = 3


def form(
    agency: str, expected: Mapping[str, Expected] | None = None, plan: Plan | None = None
) -> bytes:
    """发给一个单位的表。"""
    plan = plan or real_plan()
    return write_form(plan, owed_by(plan, agency), QUARTER, DUE, expected or {})


def opened(content: bytes) -> Workbook:
    """用 openpyxl 打开。"""
    return load_workbook(io.BytesIO(content))


@functools.cache
def issued(agency: str) -> Workbook:
    """没有往期数的表，打开好的；只看不改。"""
    return opened(form(agency))


@functools.cache
def consolidated() -> Workbook:
    """汇总空表，打开好的；只看不改。"""
    return opened(write_consolidated(real_plan(), QUARTER))


def visible(book: Workbook) -> list[str]:
    """看得见的工作表。"""
    return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def headers(sheet: Worksheet) -> list[str]:
    """表头。"""
    return [str(cell.value) for cell in sheet[HEAD] if cell.value is not None]


def ids(sheet: Worksheet) -> list[str]:
    """各行的编号。"""
    column = headers(sheet).index("编号") + 1
    return [str(sheet.cell(row, column).value) for row in range(HEAD + 1, sheet.max_row + 1)]


def value(sheet: Worksheet, key: str, header: str) -> object:
    """某一行某一列。"""
    row = HEAD + 1 + ids(sheet).index(key)
    return sheet.cell(row, headers(sheet).index(header) + 1).value


def expected(item: str, **figures: str) -> dict[str, Expected]:
    """一个事项的往期数和序时应达。"""
    return {item: Expected(item, **{k: Decimal(v) for k, v in figures.items()})}  # type: ignore[arg-type]
