"""再读一遍存下的原件：照当时的计划整份重读；现在的规则读不出的，只看那一格里的字。"""

from dataclasses import dataclass
from decimal import Decimal

from ipmeasures.plan.model import Plan
from ipmeasures.problem import Place, Problem
from ipmeasures.returns.figure import state_word
from ipmeasures.returns.filing import to_filing
from ipmeasures.returns.line import Filing, State
from ipmeasures.returns.number import Number, read_number, stored_number
from ipmeasures.returns.number.format import is_percent_format
from ipmeasures.returns.read import open_book, read_book
from ipmeasures.returns.text import read_text, stripped
from ipmeasures.returns.workbook import FileRefused
from ipmeasures.returns.workbook.address import row_and_column
from ipmeasures.returns.workbook.cells import Cell, CellType, Workbook

# 读旧格式的进程没有按时答复：这一次读不出，不等于文件坏了
_PASSING = "file_unreadable"


@dataclass(frozen=True, slots=True)
class Again:
    """重读一份原件的结果。

    ``book`` 是打开的工作簿，打不开的为 ``None``，``refusal`` 说为什么；``filings`` 是照当时的计划读出的
    各单位报表，文件打不开、计划读不通的没有。
    """

    book: Workbook | None
    filings: tuple[Filing, ...] = ()
    refusal: Problem | None = None

    @property
    def is_passing(self) -> bool:
        """打不开只是这一次的事，换个时候也许打得开。"""
        return self.refusal is not None and self.refusal.code == _PASSING

    def cell(self, sheet: str, address: str) -> Cell | None:
        """一格；文件打不开、没有这张表、是空格，都为 ``None``。"""
        sheets = self.book.sheets if self.book else ()
        found = next((s for s in sheets if s.name == sheet), None)
        try:
            return found.at.get(row_and_column(address)) if found else None
        except FileRefused:  # 记下的不是地址
            return None

    def text(self, cell: Cell) -> str:
        """一格里的文字，不问是哪一栏。"""
        epoch_1904 = self.book is not None and self.book.epoch_1904
        return read_text(cell, Place(), epoch_1904=epoch_1904).text


def read_again(content: bytes, plan: Plan | None) -> Again:
    """照当时的计划重读一份原件；计划读不通的为 ``None``，只看得了各格的字。"""
    try:
        book = open_book(content)
        returns = read_book(book, plan).returns if plan else ()
    except FileRefused as refused:
        return Again(None, refusal=refused.problem)
    return Again(book, tuple(map(to_filing, returns)))


def plain_figure(cell: Cell) -> Decimal | State | None:
    """一格里的数或状态，不问计划：百分数按 % 计；读不成的为 ``None``。"""
    if cell.type is CellType.NUMBER:
        value = stored_number(cell.raw)
        return value * 100 if is_percent_format(cell.number_format) else value
    if cell.type is not CellType.TEXT:
        return None
    state = state_word(stripped(stripped(cell.raw).removeprefix("'")))
    if state is not None:
        return state
    number = read_number(cell.raw, "%")
    return number.value if isinstance(number, Number) else None
