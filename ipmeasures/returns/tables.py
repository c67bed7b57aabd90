"""单元格 → 表：按名称找工作表，按表头文字找列，一行一行交出去。"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ipmeasures.forms.layout import Layout, same_header
from ipmeasures.plan.model import Plan
from ipmeasures.plan.names import similar_agencies
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.returns.asides import LABELS, is_footer, is_total_word, labels, total_word
from ipmeasures.returns.heads import Head, find_head, fits, header_words, keeps_columns
from ipmeasures.returns.text import stripped
from ipmeasures.returns.workbook.cells import Area, Cell, Sheet, Workbook, column_letters


class TableRow(NamedTuple):
    """表里的一行；按列在程序里的名字取格。``cells`` 是列号 → 有内容的格，从左到右。"""

    sheet: Sheet
    number: int
    columns: dict[str, int]
    cells: dict[int, Cell]

    def cell(self, key: str) -> Cell | None:
        """一格；没有这一列，或格是空的，为 ``None``。"""
        return self.cells.get(self.columns.get(key, 0))

    def shared_cell(self, key: str) -> Cell | None:
        """同 ``cell``，但落在合并区域里的，取合并区域左上角的格（责任单位、报送期）。"""
        column = self.columns.get(key)
        if column is None:
            return None
        area = self.sheet.merge_of(self.number, column)
        return self.sheet.at.get((area.top, area.left)) if area else self.cell(key)

    def merge(self, key: str) -> Area | None:
        """这一格所在的、跨了几行的合并区域。"""
        area = self.sheet.merge_of(self.number, self.columns.get(key, 0))
        return area if area and area.bottom > area.top else None

    def place(self, key: str = "") -> Place:
        """一格的位置；没有这一列时是行首。"""
        return Place(self.sheet.name, f"{column_letters(self.columns.get(key, 1))}{self.number}")

    def text(self, key: str) -> str:
        """一格的字，去掉两头的空白。"""
        cell = self.cell(key)
        return stripped(cell.raw.strip()) if cell else ""


@dataclass(frozen=True)
class Table:
    """一张认出的表。"""

    layout: Layout
    sheet: Sheet
    head: Head

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """表头以下有内容的各行的行号；附注、又写了一遍的表头不算。"""
        apart = {*self._notes, *self.heads}
        return tuple(number for number in self._below if number not in apart)

    @cached_property
    def heads(self) -> dict[int, bool]:
        """表头以下又写了一遍的表头 → 各列是不是还在原处；不在的，从那里往下是另一张表，不读。"""
        found: dict[int, bool] = {}
        if self._is_info or not self.head.columns:
            return found
        words = header_words(self.sheet, self.layout, self.head)
        for number, cells in self.sheet.rows.items():
            if number <= self.head.bottom or words.isdisjoint([c.raw for c in cells[:2]]):
                continue
            keeps = keeps_columns(self.sheet, self.layout, self.head, number)
            if keeps is not None:
                found[number] = keeps
            if keeps is False:
                break
        return found

    @property
    def _is_info(self) -> bool:
        """“报送信息”一行一项：“审核人”是一项内容，不是附注。"""
        return "label" in self.head.columns

    def rows(self) -> Iterator[TableRow]:
        """表头以下有内容的各行。"""
        return map(self._row, self.numbers)

    def footers(self) -> Iterator[TableRow]:
        """表头以下的附注行。"""
        return map(self._row, self._notes)

    @cached_property
    def _below(self) -> tuple[int, ...]:
        end = next((number for number, keeps in self.heads.items() if not keeps), None)
        return tuple(
            number
            for number in self.sheet.rows
            if number > self.head.bottom and (end is None or number < end)
        )

    @cached_property
    def _notes(self) -> tuple[int, ...]:
        if self._is_info:
            return ()
        rows, columns = self.sheet.rows, self.head.columns
        return tuple(number for number in self._below if is_footer(rows[number], columns))

    def _row(self, number: int) -> TableRow:
        cells = {cell.column: cell for cell in self.sheet.rows[number]}
        return TableRow(self.sheet, number, self.head.columns, cells)


def find_table(
    book: Workbook, layout: Layout, others: frozenset[str] = frozenset()
) -> tuple[Table | None, list[Problem]]:
    """按名称找一张表；名称对不上的，看哪一张有它的表头。

    Args:
        book: 工作簿。
        layout: 要找的表。
        others: 别的表的名称（已归一）；叫这些名称的，表头再像也不是要找的。

    Returns:
        表（没有为 ``None``），和找的过程中发现的问题。
    """
    fitting = fitting_sheets(book, layout, others)
    if len(fitting) > 1:
        names = "、".join(f"“{s.name}”" for s in fitting)
        return None, [problem("sheet_ambiguous", Place(), wanted=layout.sheet, found=names)]
    if not fitting:
        return None, []
    sheet = fitting[0]
    head = find_head(sheet, layout)
    if [sheet] == _named(book, layout):
        return Table(layout, sheet, head), list(head.problems)
    note = problem("sheet_renamed", Place(sheet.name), found=sheet.name, wanted=layout.sheet)
    return Table(layout, sheet, head), [note, *head.problems]


def fitting_sheets(
    book: Workbook, layout: Layout, others: frozenset[str] = frozenset()
) -> list[Sheet]:
    """像要找的表的：叫这个名称的一张；没有，或不止一张，有它的表头的。"""
    named = _named(book, layout)
    if len(named) == 1:
        return named
    taken = {same_header(layout.sheet), *others}
    candidates = [s for s in book.sheets if same_header(s.name) not in taken]
    return [s for s in named or candidates if fits(s, layout)]


def _named(book: Workbook, layout: Layout) -> list[Sheet]:
    return [s for s in book.sheets if same_header(s.name) == same_header(layout.sheet)]


def total_label(row: TableRow) -> str:
    """合计、小计行的名目（“合 计”“市市场监管局小计”）；不是合计行为空。

    又写着编号、名称的，还要看上面有没有这一项可加（``Sums.adds_up``）。
    """
    named = [cell for cell in map(row.cell, LABELS) if cell]
    lead = next((cell for cell in row.cells.values() if same_header(cell.raw)), None)
    # 一行一行都要问，要快：没有“计”字的不是合计
    if lead is None or all("计" not in cell.raw for cell in (lead, *named)):
        return ""
    word = total_word(lead.raw)
    if word and _may_lead(row, lead, word):
        return word
    if "title" in row.columns:
        return ""
    return next((total_word(cell.raw) for cell in named if is_total_word(cell.raw)), "")


def _may_lead(row: TableRow, lead: Cell, word: str) -> bool:
    """首格可以是合计的名目；名称、标题以“合计”结尾的可能是事项，别的列里的可能是移到前面的说明。"""
    columns = row.columns
    exact, others = is_total_word(word), labels(row.cells.values(), columns)
    if "title" in columns:
        return exact and not others
    if lead.column in (columns.get("agency"), columns.get("id")):
        return True
    return exact or (lead.column != columns.get("name") and not others)


def unknown_agency(plan: Plan, written: str, place: Place) -> Problem:
    """认不出的单位，带上相近的名称；空着的、写着合计的另有说法。"""
    if not stripped(written):
        return problem("agency_unknown.blank", place)
    if total_word(written):
        return problem("agency_unknown.total", place, value=written)
    near = similar_agencies(plan, written)
    hint = f"，是否为：{'、'.join(near)}？" if near else ""
    return problem("agency_unknown", place, value=written, hint=hint)
