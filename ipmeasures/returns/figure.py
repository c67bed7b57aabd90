"""数字格：一格里写的是数、零、不适用、未更新、撤回，还是空着。"""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ipmeasures.forms.layout import NOT_APPLICABLE, NOT_UPDATED, WITHDRAWN
from ipmeasures.plan.model import FigureItem
from ipmeasures.plan.terms import Release
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.returns.line import State
from ipmeasures.returns.number import Number, plain, read_number, stored_number
from ipmeasures.returns.number.format import is_date_format, is_percent_format
from ipmeasures.returns.text import seen, stripped
from ipmeasures.returns.workbook.cells import Cell, CellType

_WORDS = {
    NOT_APPLICABLE: State.NOT_APPLICABLE,
    NOT_UPDATED: State.NOT_UPDATED,
    WITHDRAWN: State.WITHDRAWN,
}
BLANK_SIGNS = {"/", "\\", "-", "--", "---", "—", "——", "–", "－", "无", "没有", "空", "*", "N/A", "NA", "NULL", "NONE"}  # fmt: skip
# 还没有新数的各种说法；这里不是要一个数，是要“未更新”或留空
_WAITING = re.compile(
    r"(?:数据|新数|官方|上级)?(?:目前|暂时)?(?:[尚暂还均]?[未无没待]有?|等待)"
    r"(?:正式)?(?:公布|发布|统计|汇总|核定|核实|反馈|下达|产生|出来?|数据|数|定)(?:数据|数|结果)?"
    r"|暂[无缺]|(?:统计|汇总|核实|核定)中"
)
_VOLATILE = re.compile(r"\[|\b(?:NOW|TODAY|RAND|RANDBETWEEN|OFFSET|INDIRECT)\s*\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FigureCell:
    """读出的数字格；``state`` 为 ``None`` 是空格（未报）或读不出（看 ``problems``）。"""

    state: State | None = None
    value: Decimal | None = None
    raw: str = ""
    problems: tuple[Problem, ...] = field(default=())


def read_figure(
    cell: Cell | None, item: FigureItem, place: Place, *, epoch_1904: bool = False
) -> FigureCell:
    """解释一个数字格。

    Args:
        cell: 单元格；空格为 ``None``。
        item: 这一格报的事项，决定计量单位、是否整数、能否未更新。
        place: 说问题时的位置。
        epoch_1904: 日期从 1904 年起算的文件；说给人看的日期要照它换算。

    Returns:
        状态、数值（``Decimal``）、原样的字和发现的问题。
    """
    if cell is None:
        return FigureCell()
    other = _other_kind(cell)
    if other:
        shown = seen(cell, epoch_1904=epoch_1904)
        return _failed(cell, problem(other, place, item=item.id, value=cell.raw, shown=shown))
    notes = _formula_notes(cell, item.id, place)
    if cell.type is CellType.NUMBER:
        return _number(cell, item, place, notes)
    return _text(cell, item, place, notes)


def unsure(found: FigureCell, item: FigureItem, place: Place) -> FigureCell:
    """公式存下的结果，而文件注明打开时要重新计算：零多半是没有算过，不收；别的请核对。"""
    if found.value is None:
        return found
    shown = plain(found.value)
    if found.value == 0:
        said = problem("formula_not_calculated.zero", place, item=item.id, value=shown)
        return FigureCell(None, None, found.raw, (said,))
    said = problem("formula_result.stale", place, item=item.id, value=shown)
    kept = tuple(one for one in found.problems if one.code != "formula_result")
    return replace(found, problems=(*kept, said))


def state_word(word: str) -> State | None:
    """不适用、未更新、撤回；别的字为 ``None``。"""
    return _WORDS.get(unicodedata.normalize("NFKC", word))


def _other_kind(cell: Cell) -> str:
    """不是数也不是字的格，是哪一种问题。"""
    if is_dated(cell):
        return "wrong_type.date"
    kinds = {
        CellType.EMPTY: "formula_not_calculated",
        CellType.ERROR: "cell_error",
        CellType.BOOLEAN: "wrong_type",
    }
    return kinds.get(cell.type, "")


def is_dated(cell: Cell) -> bool:
    """这一格在屏幕上是日期或时间。"""
    dated = cell.type is CellType.NUMBER and is_date_format(cell.number_format)
    return dated or cell.type is CellType.DATE


def is_misread_percent(cell: Cell, item: FigureItem) -> bool:
    """这一格是百分比格式，而计量单位不是 %：存的是所见的百分之一。"""
    percent = cell.type is CellType.NUMBER and is_percent_format(cell.number_format)
    return percent and item.how.unit != "%"


def _failed(cell: Cell, found: Problem) -> FigureCell:
    return FigureCell(None, None, cell.raw, (found,))


def _formula_notes(cell: Cell, item: str, place: Place) -> tuple[Problem, ...]:
    if cell.formula is None:
        return ()
    code = "formula_external" if _VOLATILE.search(cell.formula) else "formula_result"
    return (problem(code, place, item=item, value=cell.raw),)


def _number(cell: Cell, item: FigureItem, place: Place, notes: tuple[Problem, ...]) -> FigureCell:
    value = stored_number(cell.raw)
    if is_misread_percent(cell, item):
        return _failed(cell, _percent(cell, item, place, value * 100))
    if is_percent_format(cell.number_format):
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
    if blank := _blank_sign(word, item, place):
        return _failed(cell, blank)
    number = read_number(cell.raw, item.how.unit)
    if not isinstance(number, Number):
        hint = f"，{number.hint}" if number.hint else ""
        return _failed(cell, problem("not_a_number", place, item=item.id, value=word, hint=hint))
    if number.changed:
        said = problem("normalised", place, item=item.id, raw=cell.raw, value=plain(number.value))
        notes += (said,)
    return _ranged(cell, number.value, item, place, notes)


def _percent(cell: Cell, item: FigureItem, place: Place, likely: Decimal) -> Problem:
    unit = item.how.unit
    return problem(
        "wrong_type.percent", place, item=item.id, value=cell.raw, unit=unit, likely=plain(likely)
    )


def _blank_sign(word: str, item: FigureItem, place: Place) -> Problem | None:
    """代替空格的符号和话：是没有、不涉及，还是没有新数，要写明；每季都有新数的，不引他去写未更新。"""
    quarterly = item.how.release is Release.QUARTERLY
    if unicodedata.normalize("NFKC", word).upper() in BLANK_SIGNS or word in BLANK_SIGNS:
        instead = "" if quarterly else "，没有新数填“未更新”"
        return problem("ambiguous_blank", place, item=item.id, value=word, instead=instead)
    if _WAITING.fullmatch(word):
        key = "ambiguous_blank.waiting_quarterly" if quarterly else "ambiguous_blank.waiting"
        return problem(key, place, item=item.id, value=word, release=item.how.release.label)
    return None


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
