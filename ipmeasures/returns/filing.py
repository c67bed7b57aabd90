"""核对过的报表 → 入库的行：一格一行，空格没有行。"""

from collections.abc import Iterator

from ipmeasures.forms.layout import WITHDRAWN
from ipmeasures.problem import Place
from ipmeasures.quarter import Quarter, parse_data_at
from ipmeasures.returns.line import Filing, Line, State
from ipmeasures.returns.model import FigureRow
from ipmeasures.returns.reading import Return
from ipmeasures.returns.row import RowRead

_NOT_TEXT = ("item", "state", "value")


def to_filing(found: Return) -> Filing:
    """一个单位一个季度的报表变成入库的行。"""
    lines = [line for read in _once(found.rows) for line in _lines(read)]
    return Filing(
        found.agency,
        found.agency_as_written,
        found.quarter,
        found.manner,
        tuple(lines),
        found.signed,
    )


def _once(rows: tuple[RowRead, ...]) -> list[RowRead]:
    """相同的两行（已提醒过）只入一次。"""
    return list({read.item: read for read in reversed(rows)}.values())[::-1]


def _lines(read: RowRead) -> Iterator[Line]:
    row = read.row
    if isinstance(row, FigureRow) and row.state is not None:
        place = read.place("value")
        yield Line(
            row.item,
            "value",
            row.state,
            read.raws["value"],
            place.sheet,
            place.cell,
            value=row.value,
            data_at=_data_at(row),
        )
    for key in type(row).model_fields:
        text = getattr(row, key)
        if key not in _NOT_TEXT and text:
            yield _text(row.item, key, text, read.raws.get(key, text), read.place(key))


def _text(item: str, key: str, text: str, raw: str, place: Place) -> Line:
    state = State.WITHDRAWN if text == WITHDRAWN else State.TEXT
    shown = None if state is State.WITHDRAWN else text
    return Line(item, key, state, raw, place.sheet, place.cell, text=shown)


def _data_at(row: FigureRow) -> Quarter | None:
    return parse_data_at(row.dated) if row.dated and row.value is not None else None
