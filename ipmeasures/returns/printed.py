"""印好只供对照的格里写着什么：上期值、上年同期、基期值、目标值。这些格不入库，但改了要说。"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ipmeasures.forms.layout import Layout, same_header
from ipmeasures.plan.model import FigureItem
from ipmeasures.plan.target import is_blank, read_target
from ipmeasures.problem import Place
from ipmeasures.returns.number import Number, read_number, stored_number
from ipmeasures.returns.tables import TableRow
from ipmeasures.returns.workbook.cells import Cell, CellType

# 序时应达随计划的调整变，发表以后可能正当地不同，不比
PAST_KEYS = ("year_ago", "last")
_COMPARED = ("baseline", "target", *PAST_KEYS)
_READABLE = (CellType.NUMBER, CellType.TEXT)


class PrintedCell(NamedTuple):
    """印好的一格：哪一项、哪一列、列名（不带年份）、原样的字；不是数的 ``value`` 为 ``None``。

    ``merged`` 是与“本期值”横着合并了：里面也许就是本期的数。
    """

    item: FigureItem
    key: str
    header: str
    place: Place
    raw: str
    value: Decimal | None
    merged: bool


def written_over(row: TableRow) -> list[str]:
    """一行里印好供对照、又写着东西的各列；手工表没有这些列。

    别的印好的列只看是不是与“本期值”合并了。
    """
    merged = _start_of_merge(row)
    return [
        key
        for key, column in row.columns.items()
        if (key in _COMPARED or column == merged) and _is_written(row.cell(key))
    ]


def printed_cells(row: TableRow, layout: Layout, item: FigureItem) -> Iterator[PrintedCell]:
    """一行里印好的各格。"""
    for key in written_over(row):
        cell, header = row.cell(key), same_header(layout.column(key).header)
        if cell is not None:
            value, merged = _figure(cell, item), row.columns[key] == _start_of_merge(row)
            yield PrintedCell(item, key, header, row.place(key), cell.raw.strip(), value, merged)


def _is_written(cell: Cell | None) -> bool:
    return cell is not None and cell.type in _READABLE and not is_blank(cell.raw)


def _figure(cell: Cell, item: FigureItem) -> Decimal | None:
    """格里的数；“≥90”是目标的写法，取 90。"""
    if cell.type is CellType.NUMBER:
        return stored_number(cell.raw)
    if target := read_target(cell.raw):
        return target.figure
    found = read_number(cell.raw, item.how.unit)
    return found.value if isinstance(found, Number) else None


def _start_of_merge(row: TableRow) -> int:
    """“本期值”与左边的列横着合并了，合并的内容在第几列；没有合并的是 0。"""
    column = row.columns.get("value", 0)
    area = row.sheet.merge_of(row.number, column)
    return area.left if area and area.left < column else 0
