"""单元格 → 表：按名称找工作表，按表头文字找列，一行一行交出去。"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from typing import NamedTuple

from ipmeasures.forms.layout import Layout, same_header
from ipmeasures.plan.model import Plan
from ipmeasures.plan.names import similar_agencies
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.returns.workbook.cells import Area, Cell, CellType, Sheet, Workbook, column_letters

_HEAD_SEARCH = 40
_LONGEST_HEADER = 40
_LONGEST_NAME = 200
_LABELS = ("agency", "id", "name")
_TOTALS = ("合计", "小计", "总计", "共计")
_ACROSS = re.compile(
    r"第?[一二三四1-4]季度|[1-4]季|Q[1-4]|上半年|下半年|前三季度|\d{1,2}月", re.IGNORECASE
)
_FOOTERS = re.compile(
    r"(?:备?\s*注|说\s*明)\s*[:：]|(?:填\s*[表报]|审\s*核|制\s*表)\s*人(?:\s|[:：]|$)"
)


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
        return cell.raw.strip() if cell else ""


@dataclass(frozen=True, slots=True)
class Head:
    """认出的表头：各列在第几列、表头占到第几行、有什么要说的。"""

    columns: dict[str, int]
    bottom: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Table:
    """一张认出的表。"""

    layout: Layout
    sheet: Sheet
    head: Head

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """表头以下有内容的各行的行号；附注不算（“报送信息”里的“审核人”是一项内容，不是附注）。"""
        if "label" in self.head.columns:
            return self._below
        notes = frozenset(self._notes)
        return tuple(number for number in self._below if number not in notes)

    def rows(self) -> Iterator[TableRow]:
        """表头以下有内容的各行。"""
        return map(self._row, self.numbers)

    def footers(self) -> Iterator[TableRow]:
        """表头以下的附注行。"""
        return map(self._row, self._notes)

    @cached_property
    def _below(self) -> tuple[int, ...]:
        return tuple(number for number in self.sheet.rows if number > self.head.bottom)

    @cached_property
    def _notes(self) -> tuple[int, ...]:
        return tuple(number for number in self._below if is_footer(self.sheet.rows[number]))

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
    named = [s for s in book.sheets if same_header(s.name) == same_header(layout.sheet)]
    if len(named) == 1:
        head = find_head(named[0], layout)
        return Table(layout, named[0], head), list(head.problems)
    taken = {same_header(layout.sheet), *others}
    candidates = [s for s in book.sheets if same_header(s.name) not in taken]
    fitting = [s for s in named or candidates if _fits(s, layout)]
    if len(fitting) > 1:
        names = "、".join(s.name for s in fitting)
        return None, [problem("sheet_ambiguous", Place(), wanted=layout.sheet, found=names)]
    if not fitting:
        return None, []
    sheet = fitting[0]
    head = find_head(sheet, layout)
    note = problem("sheet_renamed", Place(sheet.name), found=sheet.name, wanted=layout.sheet)
    return Table(layout, sheet, head), [note, *head.problems]


def find_head(sheet: Sheet, layout: Layout) -> Head:
    """找表头：命中表头文字最多的一行，缺的再看上下各一行（两行表头）。"""
    issued = _issued_head(sheet, layout)
    if issued:
        return issued
    found, best = _headers(sheet, layout)
    if not found:
        return Head({}, 0, tuple(_missing(sheet, layout, set())[:1]))
    return _settle(sheet, layout, found, best)


def _issued_head(sheet: Sheet, layout: Layout) -> Head | None:
    """表头与下发的一字不差、又没有合并的，就是它，不必逐格去认；不是这样的返回 ``None``。"""
    first, wanted = islice(sheet.rows, _HEAD_SEARCH), len(layout.columns)
    row = next((row for row in first if len(sheet.rows[row]) >= wanted), 0)
    cells = sheet.rows.get(row, ())
    if tuple([cell.raw for cell in cells]) != layout.headers:
        return None
    merged = any(area.top <= row <= area.bottom for area in sheet.merges)
    if merged or any(cell.type is not CellType.TEXT for cell in cells):
        return None
    places = (cell.column for cell in cells)
    return Head(dict(zip(layout.keys, places, strict=True)), row)


def _headers(sheet: Sheet, layout: Layout) -> tuple[dict[str, list[Cell]], int]:
    """认出的表头（列名 → 单元格），和表头在哪一行。"""
    known = _known_headers(layout)
    hits: dict[int, dict[str, list[Cell]]] = {}
    for row in islice(sheet.rows, _HEAD_SEARCH):
        hits[row] = _hits(sheet.rows[row], known)
        # 已是全部表头，没有更好的了；下发的表都是这样，不必往下看
        if len(hits[row]) == len(layout.columns):
            break
    best = max(hits, key=lambda n: (len(hits[n]), -n), default=0)
    found = {key: list(cells) for key, cells in hits.get(best, {}).items()}
    for number in (best - 1, best + 1):
        for key, cells in hits.get(number, {}).items():
            stacked = [cell for cell in cells if _is_stacked(sheet, cell, best)]
            if stacked:
                found.setdefault(key, stacked)
    return (found, best) if hits.get(best) else ({}, 0)


def _is_stacked(sheet: Sheet, cell: Cell, best: int) -> bool:
    """两行表头里的另一行：上一行的要没有压着下面的字，下一行的要在空格或横向合并的格之下。

    不然，首行数据里恰好写着“主要指标”的，就被当成表头丢掉了。
    """
    other = sheet.at.get((best, cell.column))
    if other is None or not other.raw.strip():
        return True
    area = sheet.merge_of(best, cell.column)
    return cell.row > best and area is not None and area.right > area.left


@cache
def _known_headers(layout: Layout) -> dict[str, tuple[str, bool]]:
    """表头文字 → 列名，和是不是正名。"""
    aliases = {
        same_header(alias): (column.key, False)
        for column in layout.columns
        for alias in column.aliases
    }
    return aliases | {same_header(c.header): (c.key, True) for c in layout.columns}


def _hits(cells: tuple[Cell, ...], known: dict[str, tuple[str, bool]]) -> dict[str, list[Cell]]:
    """一行里认得出的表头；正名在，就不看别名。"""
    exact: dict[str, list[Cell]] = {}
    alias: dict[str, list[Cell]] = {}
    for cell in cells:
        if cell.type is CellType.TEXT and len(cell.raw) <= _LONGEST_HEADER:
            hit = known.get(same_header(cell.raw))
            if hit:
                (exact if hit[1] else alias).setdefault(hit[0], []).append(cell)
    return alias | exact


def _settle(sheet: Sheet, layout: Layout, found: dict[str, list[Cell]], best: int) -> Head:
    head = _placed(sheet, layout, found, best)
    columns, problems = head.columns, list(head.problems)
    bare = _bare_unit(sheet, best) if "agency" in layout.keys else None
    if bare and "agency" not in columns:
        problems.append(_ambiguous(sheet, bare))
    elif bare and "unit" not in columns:
        columns["unit"] = bare.column
        problems.append(_alias_note(sheet, bare, layout.column("unit").header))
    across = _across(sheet, best) if {"value", "quarter"} & set(layout.keys) - set(columns) else []
    if across:
        problems = [p for p in problems if p.code != "column_duplicate"]
        problems.append(laid_across(sheet, across))
    else:
        problems += _missing(sheet, layout, {*columns, *(["agency"] if bare else [])})
    return Head(columns, head.bottom, tuple(problems))


def _placed(sheet: Sheet, layout: Layout, found: dict[str, list[Cell]], best: int) -> Head:
    """认出的各列各在哪里；重的、按别名认的，说明。"""
    problems: list[Problem] = []
    columns: dict[str, int] = {}
    bottom = best
    for column in layout.columns:
        cells = found.get(column.key, [])
        if len(cells) > 1:
            place, other = Place(sheet.name, cells[0].address), cells[1].address
            problems.append(problem("column_duplicate", place, header=column.header, other=other))
        if cells:
            columns[column.key] = cells[0].column
            area = sheet.merge_of(cells[0].row, cells[0].column)
            bottom = max(bottom, area.bottom if area else cells[0].row)
            if same_header(cells[0].raw) != same_header(column.header):
                problems.append(_alias_note(sheet, cells[0], column.header))
    return Head(columns, bottom, tuple(problems))


def _alias_note(sheet: Sheet, cell: Cell, header: str) -> Problem:
    place = Place(sheet.name, cell.address)
    return problem("column_alias", place, written=cell.raw.strip(), header=header)


def _bare_unit(sheet: Sheet, row: int) -> Cell | None:
    return next((c for c in sheet.rows[row] if same_header(c.raw) == "单位"), None)


def _ambiguous(sheet: Sheet, cell: Cell) -> Problem:
    return problem("column_ambiguous", Place(sheet.name, cell.address), value=cell.raw)


def _missing(sheet: Sheet, layout: Layout, known: set[str]) -> list[Problem]:
    """缺的必要列；编号和名称有一个就够认事项。"""
    headers = [c.header for c in layout.columns if c.needed and c.key not in known]
    if "name" in layout.keys and not {"id", "name"} & known:
        headers.append(layout.column("name").header)
    return [
        problem("column_missing", Place(sheet.name), sheet=layout.sheet, header=header)
        for header in dict.fromkeys(headers)
    ]


def _across(sheet: Sheet, best: int) -> list[Cell]:
    """表头里像季度、月份的；有两个以上就是横排的表。"""
    for number in (best, best - 1, best + 1):
        found = [
            cell
            for cell in sheet.rows.get(number, ())
            if len(cell.raw) <= _LONGEST_HEADER
            and _ACROSS.search(unicodedata.normalize("NFKC", cell.raw))
            and (number == best or _is_stacked(sheet, cell, best))
        ]
        if len(found) > 1:
            return found
    return []


def laid_across(sheet: Sheet, cells: list[Cell]) -> Problem:
    """横排的表：一个季度或一个单位一列。"""
    why = "一行里有" + "、".join(cell.raw.strip() for cell in cells[:4])
    return problem("layout_unknown", Place(sheet.name, cells[0].address), why=why)


def _fits(sheet: Sheet, layout: Layout) -> bool:
    """有没有这张表的全部必要表头。"""
    needed = [column.key for column in layout.columns if column.needed]
    # 表头最多写成三行：没有哪一行够三分之一，就不必逐格去认
    if max(map(len, sheet.rows.values()), default=0) * 3 < len(needed):
        return False
    found, _ = _headers(sheet, layout)
    return all(key in found for key in needed)


def is_footer(cells: tuple[Cell, ...]) -> bool:
    """附注行：以“注：”“填表人”开头。"""
    for cell in cells:
        if text := cell.raw.strip():
            return _FOOTERS.match(text) is not None
    return False


def total_label(row: TableRow) -> str:
    """合计、小计行的名目（“合 计”“市市场监管局小计”）；不是合计行为空。"""
    for cell in row.cells.values():
        word = same_header(cell.raw).rstrip(":：")
        if word.endswith(_TOTALS) and (word in _TOTALS or not _is_named(row, cell)):
            return word
        if word:
            break
    labels = (cell for cell in map(row.cell, _LABELS) if cell)
    return next((word for cell in labels if (word := same_header(cell.raw)) in _TOTALS), "")


def _is_named(row: TableRow, cell: Cell) -> bool:
    """这一格是名称、标题：以“合计”结尾的也可能是事项的名称。"""
    return cell.column in (row.columns.get("name"), row.columns.get("title"))


def unknown_agency(plan: Plan, written: str, place: Place) -> Problem:
    """认不出的单位，带上相近的名称。"""
    near = similar_agencies(plan, written) if len(written) <= _LONGEST_NAME else ()
    hint = f"，是否为：{'、'.join(near)}？" if near else ""
    return problem("agency_unknown", place, value=written, hint=hint)
