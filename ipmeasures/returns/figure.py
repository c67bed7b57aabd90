"""数字格：一格里写的是数、零、不适用、未更新、撤回，还是空着。"""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal

from ipmeasures.forms.layout import NOT_APPLICABLE, NOT_UPDATED, WITHDRAWN
from ipmeasures.plan.model import FigureItem, Release
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.returns.line import State
from ipmeasures.returns.number import Number, plain, read_number, stored_number
from ipmeasures.returns.number.format import is_date_format, is_percent_format
from ipmeasures.returns.text import stripped
from ipmeasures.returns.workbook.cells import Cell, CellType

_WORDS = {
    NOT_APPLICABLE: State.NOT_APPLICABLE,
    NOT_UPDATED: State.NOT_UPDATED,
    WITHDRAWN: State.WITHDRAWN,
}
_BLANK_SIGNS = {"/", "\\", "-", "--", "---", "—", "——", "–", "－", "无", "空", "*", "N/A", "NA", "NULL", "NONE"}  # fmt: skip
_VOLATILE = re.compile(r"\[|\b(?:NOW|TODAY|RAND|RANDBETWEEN|OFFSET|INDIRECT)\s*\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FigureCell:
    """读出的数字格；``state`` 为 ``None`` 是空格（未报）或读不出（看 ``problems``）。"""

    state: State | None = None
    value: Decimal | None = None
    raw: str = ""
    problems: tuple[Problem, ...] = field(default=())


def read_figure(cell: Cell | None, item: FigureItem, place: Place) -> FigureCell:
    """解释一个数字格。

    Args:
        cell: 单元格；空格为 ``None``。
        item: 这一格报的事项，决定计量单位、是否整数、能否未更新。
        place: 说问题时的位置。

    Returns:
        状态、数值（``Decimal``）、原样的字和发现的问题。
    """
    if cell is None:
        return FigureCell()
    if cell.type is CellType.EMPTY:
        return _failed(cell, problem("formula_not_calculated", place, item=item.id))
    if cell.type is CellType.ERROR:
        return _failed(cell, problem("cell_error", place, item=item.id, value=cell.raw))
    if cell.type in (CellType.BOOLEAN, CellType.DATE):
        what = "日期" if cell.type is CellType.DATE else "真假值"
        return _failed(cell, problem("wrong_type", place, item=item.id, value=cell.raw, what=what))
    notes = _formula_notes(cell, item.id, place)
    if cell.type is CellType.NUMBER:
        return _number(cell, item, place, notes)
    return _text(cell, item, place, notes)


def state_word(word: str) -> State | None:
    """不适用、未更新、撤回；别的字为 ``None``。"""
    return _WORDS.get(unicodedata.normalize("NFKC", word))


def _failed(cell: Cell, found: Problem) -> FigureCell:
    return FigureCell(None, None, cell.raw, (found,))


def _formula_notes(cell: Cell, item: str, place: Place) -> tuple[Problem, ...]:
    if cell.formula is None:
        return ()
    code = "formula_external" if _VOLATILE.search(cell.formula) else "formula_result"
    return (problem(code, place, item=item, value=cell.raw),)


def _number(cell: Cell, item: FigureItem, place: Place, notes: tuple[Problem, ...]) -> FigureCell:
    if is_date_format(cell.number_format):
        what = "日期或时间"
        found = problem("wrong_type", place, item=item.id, value=cell.raw, what=what)
        return _failed(cell, found)
    value = stored_number(cell.raw)
    if is_percent_format(cell.number_format):
        if item.how.unit != "%":
            found = problem("wrong_type", place, item=item.id, value=cell.raw, what="百分比")
            return _failed(cell, found)
        value *= 100
        notes += (problem("percent_format", place, item=item.id, value=plain(value)),)
    return _ranged(cell, value, item, place, notes)


def _text(cell: Cell, item: FigureItem, place: Place, notes: tuple[Problem, ...]) -> FigureCell:
    word = stripped(stripped(cell.raw).removeprefix("'"))
    if not word:
        return FigureCell()
    state = state_word(word)
    if state is State.NOT_UPDATED and item.how.release is Release.QUARTERLY:
        return _failed(cell, problem("not_updatable", place, item=item.id, value=cell.raw))
    if state is not None:
        return FigureCell(state, None, cell.raw, notes)
    if unicodedata.normalize("NFKC", word).upper() in _BLANK_SIGNS or word in _BLANK_SIGNS:
        return _failed(cell, problem("ambiguous_blank", place, item=item.id, value=word))
    number = read_number(cell.raw, item.how.unit)
    if not isinstance(number, Number):
        hint = f"，{number.hint}" if number.hint else ""
        return _failed(cell, problem("not_a_number", place, item=item.id, value=word, hint=hint))
    if number.changed:
        said = problem("normalised", place, item=item.id, raw=cell.raw, value=plain(number.value))
        notes += (said,)
    return _ranged(cell, number.value, item, place, notes)


def _ranged(
    cell: Cell, value: Decimal, item: FigureItem, place: Place, notes: tuple[Problem, ...]
) -> FigureCell:
    shown, maximum = plain(value), item.how.maximum
    if item.how.decimals == 0 and value != value.to_integral_value():
        notes += (problem("not_an_integer", place, item=item.id, value=shown, unit=item.how.unit),)
    if value < 0:
        notes += (problem("negative", place, item=item.id, value=shown),)
    if maximum is not None and value > maximum:
        notes += (problem("out_of_range", place, item=item.id, value=shown, maximum=maximum),)
    state = State.ZERO if value == 0 else State.FIGURE
    return FigureCell(state, value, cell.raw, notes)
