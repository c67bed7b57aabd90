"""退回时再看一遍报来的表：每行每格原来写的什么，每个问题落在重建的表的哪一格。"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ipmeasures.forms.given import Given, GivenRow, Kind, Marked, Spot, Submitted
from ipmeasures.forms.identity import CONSOLIDATED_AGENCY
from ipmeasures.forms.layout import (
    CASES,
    CONSOLIDATED,
    INFO,
    INFO_FIELDS,
    INFO_SHEET,
    RETURN_LAYOUTS,
    Layout,
    same_header,
)
from ipmeasures.plan.model import Commitment, Indicator, Item, Plan
from ipmeasures.plan.names import find_agency
from ipmeasures.problem import Place, Problem
from ipmeasures.quarter import Quarter
from ipmeasures.returns.figure import is_dated, is_misread_percent
from ipmeasures.returns.form import read_identity
from ipmeasures.returns.number.format import is_percent_format
from ipmeasures.returns.reading import Reading
from ipmeasures.returns.row import filled_columns, identified, is_filled
from ipmeasures.returns.tables import Table, TableRow, find_table
from ipmeasures.returns.text import seen
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
    book: Workbook, plan: Plan, reading: Reading, problems: Sequence[Problem]
) -> Submitted | None:
    """一个单位的表；认不出是谁的、哪个季度的，或不是这份文件的表，为 ``None``。"""
    known = _of_whom(book, plan, reading, problems)
    if known is None:
        return None
    pages = [
        _Page(table, plan, _totals(reading, table), epoch_1904=book.epoch_1904)
        for layout in (INFO, *RETURN_LAYOUTS)
        for table in _found(book, layout)
    ]
    return _asked_again(_submitted(*known, pages, problems, book), reading)


def consolidated_submitted(
    book: Workbook, plan: Plan, reading: Reading, problems: Sequence[Problem]
) -> Submitted | None:
    """办公室的汇总表；认不出表头，或哪个季度都不知道，为 ``None``。"""
    tables = _found(book, CONSOLIDATED)
    known = _of_whom(book, plan, reading, problems)
    if known is None or not tables:
        return None
    pages = [
        _Page(table, plan, _totals(reading, table), epoch_1904=book.epoch_1904) for table in tables
    ]
    return _submitted(CONSOLIDATED_AGENCY, known[1], pages, problems, book)


def _of_whom(
    book: Workbook, plan: Plan, reading: Reading, problems: Sequence[Problem]
) -> tuple[str, Quarter] | None:
    """照谁的、哪个季度的表重建：读得出是谁报哪个季度的照那个，读不出的信表自己带的身份。

    拿上季度的表改了报送期来报，重建成改成的那个季度：照原来的季度重建，改回报送期，数就进错了季度。
    身份不可信的，不猜。
    """
    identity, first = read_identity(book), next(iter(reading.returns), None)
    if identity is None:
        return (first.agency, first.quarter) if first else None
    consolidated = identity.agency == CONSOLIDATED_AGENCY
    if identity.document != plan.document.number:
        return None
    if not consolidated and not find_agency(plan, identity.agency):
        return None
    begun = all(found.code != "quarter_future" for found in problems)
    if first and begun and not consolidated:
        return first.agency, first.quarter
    try:
        return identity.agency, Quarter.parse(identity.quarter)
    except ValueError:
        return None


def _found(book: Workbook, layout: Layout) -> list[Table]:
    table = find_table(book, layout)[0]
    return [table] if table else []


def _totals(reading: Reading, table: Table) -> frozenset[int]:
    """读的时候认作合计的各行。"""
    told = (found.place for found in reading.problems if found.code == "total_row")
    name = table.sheet.name
    return frozenset(row_and_column(place.cell)[0] for place in told if place.sheet == name)


@dataclass
class _Page:
    """一张认出的表：报来的各行，和原来的行号、列号各是哪一行、哪一列。"""

    table: Table
    plan: Plan
    totals: frozenset[int] = frozenset()
    epoch_1904: bool = False
    rows: list[GivenRow] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.name = self.table.layout.sheet
        self.keys = {number: key for key, number in self.table.head.columns.items()}
        seen: set[str] = set()
        for row in self.table.rows():
            item = self._item(row)
            if row.number in self.totals or not self._is_kept(row, item, seen):
                continue
            seen.add(item)
            self.numbers[row.number] = len(self.rows)
            self.rows.append(GivenRow(item, dict(self._cells(row, item))))

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

    def _cells(self, row: TableRow, item: str) -> Iterator[tuple[str, Given]]:
        for key in row.columns:
            cell = row.shared_cell(key) if key in ("agency", "quarter") else row.cell(key)
            if cell is None or not cell.filled:
                continue
            if area := row.merge(key) if key == "value" else None:
                # 合并的格子拆开以后就看不出是合并的了，写明在格里，改好以前收不下
                yield key, Given(f"{cell.raw}（合并格 {area}）")
                continue
            known = self.plan.items.get(item)
            yield (
                key,
                _given(cell, figure=key == "value", item=known, epoch_1904=self.epoch_1904),
            )

    def blank_row(self, item: str) -> Spot:
        """补一行没有填的，指到它的本期值。"""
        known = [row.item for row in self.rows]
        if item not in known:
            self.rows.append(GivenRow(item, {}))
            known.append(item)
        return Spot(self.name, known.index(item), "value")


def _asked_again(found: Submitted, reading: Reading) -> Submitted:
    """照报送期、报送单位所写的重建了的：那一格空着，请人核对以后再写，不写收不下。"""
    first = next(iter(reading.returns), None)
    if first is None:
        return found
    places = {first.quarter_place: str(found.quarter), first.place: found.agency}
    blank, marks = set(), []
    for mark in found.marks:
        asked = mark.problem.code == "wrong_form" and places.get(mark.problem.place)
        if asked and asked == mark.problem.value:
            fix = (
                f"本表已照 {asked} 的表重排，填的照搬；核对确是 {asked} 的，在这一格填 {asked}，"
                "不是的请用原来的表再报"
            )
            blank.add(mark.spot)
            marks.append(replace(mark, problem=replace(mark.problem, fix=fix)))
        else:
            marks.append(mark)
    info = found.rows.get(INFO_SHEET, ())
    rows = [
        GivenRow(row.item, {}) if Spot(INFO_SHEET, index, "content") in blank else row
        for index, row in enumerate(info)
    ]
    return replace(found, rows={**found.rows, INFO_SHEET: tuple(rows)}, marks=tuple(marks))


def _given(cell: Cell, *, figure: bool, item: Item | None, epoch_1904: bool) -> Given:
    """一格原来的内容；该填数而被格式变成日期、百分数的，退回表里写成看见的字。"""
    if cell.type is CellType.EMPTY:
        return Given(f"={cell.formula}", Kind.FORMULA)
    percent = cell.type is CellType.NUMBER and is_percent_format(cell.number_format)
    dated = is_dated(cell)
    shown = seen(cell, epoch_1904=epoch_1904) if percent or dated else ""
    right = isinstance(item, (Indicator, Commitment)) and not is_misread_percent(cell, item)
    as_seen = figure and (dated or (percent and not right))
    return Given(cell.raw, _KINDS[cell.type], cell.number_format, shown, as_seen)


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
    named = (page for page in pages.values() if page.name == found.place.sheet)
    page = pages.get(found.place.sheet) or next(named, None)
    if page and found.item and not found.place.cell:
        # 说的是一个数，却没有格可指：表里那一行被删了，重建的表里又有了
        return Marked(found, page.blank_row(found.item))
    also = (_spot(place, pages) for place in found.also)
    return Marked(found, page.spot(found.place) if page else None, tuple(also))


def _spot(place: Place, pages: dict[str, _Page]) -> Spot | None:
    page = pages.get(place.sheet)
    return page.spot(place) if page else None
