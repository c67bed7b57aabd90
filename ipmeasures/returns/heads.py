"""认表头：按表头文字找各列；认了别名、缺列、重列、横排的都说出来。"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import islice

from ipmeasures.forms.layout import Layout, same_header
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.returns.workbook.cells import Cell, CellType, Sheet

_HEAD_SEARCH = 40
_ABOVE_HEAD = 3
_LONGEST_HEADER = 40
_FEWEST = 3
_ACROSS = re.compile(
    r"第?[一二三四1-4]季度|[1-4]季|Q[1-4]|上半年|下半年|前三季度|\d{1,2}月", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Head:
    """认出的表头：各列在第几列、表头占到第几行、有什么要说的。"""

    columns: dict[str, int]
    bottom: int
    problems: tuple[Problem, ...] = ()


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
    # 上面只有表名、说明几行的；再往下的，也许是第二个表头
    first, wanted = islice(sheet.rows, _ABOVE_HEAD + 1), len(layout.columns)
    row = next((row for row in first if len(sheet.rows[row]) >= wanted), 0)
    cells = sheet.rows.get(row, ())
    if tuple([cell.raw for cell in cells]) != layout.headers:
        return None
    merged = any(area.top <= row <= area.bottom for area in sheet.merges)
    if merged or any(cell.type is not CellType.TEXT for cell in cells):
        return None
    places = (cell.column for cell in cells)
    return Head(dict(zip(layout.keys, places, strict=True)), row)


def key_of(layout: Layout, written: str) -> str:
    """一个表头说的是哪一列；认不出为空。"""
    if len(written) > _LONGEST_HEADER:
        return ""
    return _known_headers(layout).get(same_header(written), ("", False))[0]


def _hit_rows(sheet: Sheet, layout: Layout) -> dict[int, dict[str, list[Cell]]]:
    """开头各行里认得出的表头。"""
    known = _known_headers(layout)
    hits: dict[int, dict[str, list[Cell]]] = {}
    for row in islice(sheet.rows, _HEAD_SEARCH):
        hits[row] = _hits(sheet.rows[row], known)
        # 已是全部表头，没有更好的了；下发的表都是这样，不必往下看
        if len(hits[row]) == len(layout.columns):
            break
    return hits


def _headers(sheet: Sheet, layout: Layout) -> tuple[dict[str, list[Cell]], int]:
    """认出的表头（列名 → 单元格），和表头在哪一行。"""
    hits = _hit_rows(sheet, layout)
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
    columns, problems = head.columns, [*head.problems, *_heads_above(sheet, layout, best)]
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


def _heads_above(sheet: Sheet, layout: Layout, best: int) -> list[Problem]:
    """上面还有一个表头，它下面的各行就没有读。"""
    hits = _hit_rows(sheet, layout)
    for row in hits:
        between = any(row < number < best for number in sheet.rows)
        if between and len(hits[row]) > 1 and len(hits[row]) * 2 >= len(hits[best]):
            return [two_heads(sheet, best, row)]
    return []


def two_heads(sheet: Sheet, row: int, first: int) -> Problem:
    """一张表里有两个表头，各列不在同样的位置。"""
    place = Place(sheet.name, sheet.rows[row][0].address)
    return problem("layout_unknown.second", place, row=row, first=first)


def header_words(sheet: Sheet, layout: Layout, head: Head) -> frozenset[str]:
    """表头上写的字：头两格都不在其中的一行，不会又是表头，不必去认。"""
    above = (sheet.rows.get(row, ()) for row in (head.bottom, head.bottom - 1))
    return _plain_headers(layout).union(cell.raw for cells in above for cell in cells)


@cache
def _plain_headers(layout: Layout) -> frozenset[str]:
    return frozenset(word for c in layout.columns for word in (c.header, *c.aliases))


def keeps_columns(sheet: Sheet, layout: Layout, head: Head, row: int) -> bool | None:
    """表头下面又是一行表头：各列还在原处为真，不在为假；不是表头为 ``None``。"""
    cells = sheet.rows[row]
    written = [cell for cell in cells if same_header(cell.raw)]
    known = [cell for cell in written if _is_header(sheet, layout, head, cell)]
    whole = len(known) == len(written) and len(known) > 1
    if not whole and (len(known) < _FEWEST or len(known) * 2 < len(head.columns)):
        return None
    keys = {column: key for key, column in head.columns.items()}
    return all(
        _stands(sheet, head, cell) or key_of(layout, cell.raw) == keys.get(cell.column, "")
        for cell in written
    )


def _is_header(sheet: Sheet, layout: Layout, head: Head, cell: Cell) -> bool:
    return bool(key_of(layout, cell.raw)) or _stands(sheet, head, cell)


def _stands(sheet: Sheet, head: Head, cell: Cell) -> bool:
    """与上面表头同一列写的一样。"""
    above = (sheet.at.get((row, cell.column)) for row in (head.bottom, head.bottom - 1))
    return any(one and same_header(one.raw) == same_header(cell.raw) for one in above)


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


def fits(sheet: Sheet, layout: Layout) -> bool:
    """有没有这张表的全部必要表头。"""
    needed = [column.key for column in layout.columns if column.needed]
    # 表头最多写成三行：没有哪一行够三分之一，就不必逐格去认
    if max(map(len, sheet.rows.values()), default=0) * 3 < len(needed):
        return False
    found, _ = _headers(sheet, layout)
    return all(key in found for key in needed)
