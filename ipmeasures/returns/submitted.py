"""退回时再看一遍报来的表：每行每格原来写的什么，每个问题落在重建的表的哪一格。"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ipmeasures.forms.given import Given, GivenRow, Kind, Marked, Spot, Submitted
from ipmeasures.forms.identity import CONSOLIDATED_AGENCY
from ipmeasures.forms.layout import (
    CASES,
    COMMITMENTS,
    CONSOLIDATED,
    INDICATORS,
    INFO,
    INFO_FIELDS,
    INFO_SHEET,
    RETURN_LAYOUTS,
    Layout,
    same_header,
)
from ipmeasures.plan.model import Plan
from ipmeasures.plan.names import find_agency
from ipmeasures.problem import Place, Problem
from ipmeasures.quarter import Quarter
from ipmeasures.returns.form import read_identity
from ipmeasures.returns.reading import Reading
from ipmeasures.returns.row import filled_columns, identified, is_filled
from ipmeasures.returns.tables import Table, TableRow, find_table, total_label
from ipmeasures.returns.workbook.address import row_and_column
from ipmeasures.returns.workbook.cells import Cell, CellType, Workbook

_KINDS = {
    CellType.NUMBER: Kind.NUMBER,
    CellType.TEXT: Kind.TEXT,
    CellType.BOOLEAN: Kind.BOOLEAN,
    CellType.ERROR: Kind.ERROR,
    CellType.DATE: Kind.DATE,
}
_INFO_KEYS = {same_header(label): key for key, label in INFO_FIELDS}


def form_submitted(
    book: Workbook, plan: Plan, reading: Reading, problems: Iterable[Problem]
) -> Submitted | None:
    """一个单位的表；认不出是谁的、哪个季度的，或不是这份文件的表，为 ``None``。"""
    known = _of_whom(book, plan, reading)
    if known is None:
        return None
    pages = [
        _Page(table, plan) for layout in (INFO, *RETURN_LAYOUTS) for table in _found(book, layout)
    ]
    return _submitted(*known, pages, problems, book)


def consolidated_submitted(
    book: Workbook, plan: Plan, reading: Reading, problems: Iterable[Problem]
) -> Submitted | None:
    """办公室的汇总表；认不出表头，或哪个季度都不知道，为 ``None``。"""
    tables = _found(book, CONSOLIDATED)
    known = _of_whom(book, plan, reading)
    if known is None or not tables:
        return None
    pages = [_Page(table, plan) for table in tables]
    return _submitted(CONSOLIDATED_AGENCY, known[1], pages, problems, book)


def _of_whom(book: Workbook, plan: Plan, reading: Reading) -> tuple[str, Quarter] | None:
    """先信表自己带的身份：退回表就是那份表重建的；身份不可信的，不猜。"""
    identity = read_identity(book)
    if identity is None:
        first = next(iter(reading.returns), None)
        return (first.agency, first.quarter) if first else None
    known = identity.agency == CONSOLIDATED_AGENCY or find_agency(plan, identity.agency)
    if identity.document != plan.document.number or not known:
        return None
    try:
        return identity.agency, Quarter.parse(identity.quarter)
    except ValueError:
        return None


def _found(book: Workbook, layout: Layout) -> list[Table]:
    table = find_table(book, layout)[0]
    return [table] if table else []


@dataclass
class _Page:
    """一张认出的表：报来的各行，和原来的行号、列号各是哪一行、哪一列。"""

    table: Table
    plan: Plan
    rows: list[GivenRow] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.name = self.table.layout.sheet
        self.keys = {number: key for key, number in self.table.head.columns.items()}
        seen: set[str] = set()
        for row in self.table.rows():
            item = self._item(row)
            if total_label(row) or not self._is_kept(row, item, seen):
                continue
            seen.add(item)
            self.numbers[row.number] = len(self.rows)
            self.rows.append(GivenRow(item, dict(_cells(row))))

    def _item(self, row: TableRow) -> str:
        if self.table.layout is INFO:
            return _INFO_KEYS.get(same_header(row.text("label")), "")
        found = None if self.table.layout is CASES else identified(self.plan, row)
        return found.id if found else ""

    def _is_kept(self, row: TableRow, item: str, seen: set[str]) -> bool:
        """填了的都留；没填的只留发过的那一行，汇总表的行全留。"""
        if self.name == INFO_SHEET:
            return bool(item)
        if any(is_filled(row, column) for column in filled_columns(self.table.layout)):
            return True
        if self.table.layout is CONSOLIDATED:
            return any(row.cell(key) for key in row.columns)
        return bool(item) and item not in seen

    def spot(self, place: Place) -> Spot | None:
        """一个位置在重建的表里的哪一处。"""
        if not place.cell:
            return Spot(self.name)
        row, column = row_and_column(place.cell)
        key = self.keys.get(column, "")
        if row in self.numbers:
            return Spot(self.name, self.numbers[row], key)
        return Spot(self.name, None, key) if key and row <= self.table.head.bottom else None

    def blank_row(self, item: str) -> Spot:
        """补一行没有填的，指到它的本期值。"""
        known = [row.item for row in self.rows]
        if item not in known:
            self.rows.append(GivenRow(item, {}))
            known.append(item)
        return Spot(self.name, known.index(item), "value")


def _cells(row: TableRow) -> Iterator[tuple[str, Given]]:
    for key in row.columns:
        cell = row.shared_cell(key) if key in ("agency", "quarter") else row.cell(key)
        if cell is None or not cell.filled:
            continue
        area = row.merge(key) if key == "value" else None
        # 合并的格子拆开以后就看不出是合并的了，写明在格里，改好以前收不下
        yield key, Given(f"{cell.raw}（合并格 {area}）") if area else _given(cell)


def _given(cell: Cell) -> Given:
    if cell.type is CellType.EMPTY:
        return Given(f"={cell.formula}", Kind.FORMULA)
    return Given(cell.raw, _KINDS[cell.type], cell.number_format)


def _submitted(
    agency: str,
    quarter: Quarter,
    pages: Sequence[_Page],
    problems: Iterable[Problem],
    book: Workbook,
) -> Submitted:
    by_sheet = {page.table.sheet.name: page for page in pages}
    marks = tuple(_marked(found, by_sheet) for found in problems)
    twice = {
        (m.spot.sheet, m.spot.column)
        for m in marks
        if m.spot and m.problem.code == "column_duplicate"
    }
    return Submitted(
        agency,
        quarter,
        {page.name: tuple(_without(page, twice)) for page in pages},
        marks,
        epoch_1904=book.epoch_1904,
    )


def _without(page: _Page, columns: set[tuple[str, str]]) -> Iterator[GivenRow]:
    """出现了两次的填写列不搬：取哪一列都是替人选。"""
    dropped = {c.key for c in filled_columns(page.table.layout) if (page.name, c.key) in columns}
    for row in page.rows:
        yield GivenRow(row.item, {k: v for k, v in row.cells.items() if k not in dropped})


def _marked(found: Problem, pages: dict[str, _Page]) -> Marked:
    page = pages.get(found.place.sheet)
    if page and page.name == INFO_SHEET and found.item:
        # 说的是一个数，却只能指到报送信息：表里那一行被删了，重建的表里又有了
        name = (INDICATORS if found.item.startswith("I") else COMMITMENTS).sheet
        home = next((p for p in pages.values() if p.name == name), None)
        return Marked(found, home.blank_row(found.item) if home else None)
    return Marked(found, page.spot(found.place) if page else None)
