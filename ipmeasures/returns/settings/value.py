"""一格设定：单元格 → 照计划文件写法的值；写得不对的，是问题。"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from ipmeasures.forms.settings.layout import EVERYONE
from ipmeasures.forms.settings.slot import EVERYONE_WORD, Kind, Slot, Value
from ipmeasures.plan.model import Plan
from ipmeasures.plan.names import find_agency, same_name, similar_agencies
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.quarter import Quarter, parse_day
from ipmeasures.returns.number import Number, plain, read_number, stored_number
from ipmeasures.returns.number.format import is_date_format, is_percent_format
from ipmeasures.returns.settings.sayings import wrong
from ipmeasures.returns.text import read_text, stripped
from ipmeasures.returns.workbook.cells import Cell, CellType

_BETWEEN = re.compile(r"[、，,；;\n]")
_POINT = re.compile(r"\s*([0-9]{4})\s*年?\s*[=＝:：]\s*(\S+)\s*")
_WIDE_SPACES = f"\u3000{chr(0xA0)}"  # 全角空格和网页里来的空格，不算看不见的字符
_LONGEST = {Kind.TEXT: 500, Kind.NAME: 60}
_LONGEST_NAME = 60
# 全角空格、不换行空格：不算看不见的字符
_BLANKS = {0x3000, 0xA0}
_BIG_SERIAL = re.compile(r"[1-9][0-9]{4}")


class Bad(Exception):
    """这一格写得不对；``problem`` 是要说的那一条。"""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.message)
        self.problem = found


@dataclass(frozen=True, slots=True)
class Asked:
    """要读的一格：哪一项设定、叫什么、在哪里、属于哪一行。"""

    slot: Slot
    header: str
    place: Place
    row: str
    plan: Plan
    epoch_1904: bool = False

    def bad(self, code: str, value: object, /, **words: object) -> Bad:
        """这一格的一个问题。"""
        return Bad(wrong(code, self.place, item=self.row, value=value, **words))


def read_value(asked: Asked, cell: Cell | None) -> tuple[Value, tuple[Problem, ...]]:
    """一格的值和要说的；没有改的（样子相同，或意思相同）就是原来的值。

    Raises:
        Bad: 写得不对。
    """
    slot = asked.slot
    text = _text(asked, cell)
    if text == _shown(slot):
        return slot.value, ()
    notes: tuple[Problem, ...] = ()
    if cell is not None and cell.formula is not None:
        notes = (problem("formula_result", asked.place, item=asked.row, value=text),)
    if not text:
        if slot.needed:
            raise asked.bad("setting_needed", "", header=asked.header, old=_shown(slot))
        return None, notes
    _check_characters(asked, text)
    value = _READERS[slot.kind](asked, text, cell)
    return (slot.value if _same(slot, value) else value), notes


def _text(asked: Asked, cell: Cell | None) -> str:
    found = read_text(cell, asked.place, epoch_1904=asked.epoch_1904)
    if found.problems:
        raise Bad(found.problems[0])
    return stripped(found.text)


def _shown(slot: Slot) -> str:
    """原来写在表上的字，照读出来的样子。"""
    shown = slot.shown
    return plain(shown) if isinstance(shown, Decimal) else stripped(shown or "")


def _same(slot: Slot, value: Value) -> bool:
    """意思相同：0.60 与 0.6，2021年第四季度与 2021Q4。"""
    old = slot.value
    if not isinstance(old, str) or not isinstance(value, str):
        return old == value
    if slot.kind in (Kind.NUMBER, Kind.WHOLE):
        return Decimal(old) == Decimal(value)
    return (str(Quarter.parse(old)) if slot.kind is Kind.QUARTER else old) == value


def _check_characters(asked: Asked, text: str) -> None:
    """看不见的字符不收：混在名称里，怎么对也对不上。"""
    allowed = _WIDE_SPACES if asked.slot.kind is Kind.NAME else f"{_WIDE_SPACES}\n"
    for char in text:
        if not char.isprintable() and char not in allowed:
            code = "换行" if char == "\n" else f"U+{ord(char):04X}"
            raise asked.bad("setting_control", text, code=code)
    most = _LONGEST.get(asked.slot.kind)
    if most and len(text) > most:
        raise asked.bad("setting_too_long", text, length=len(text), most=most)


def _as_written(asked: Asked, text: str, cell: Cell | None) -> Value:
    del asked, cell
    return text


def _names(asked: Asked, text: str, cell: Cell | None) -> Value:
    del cell
    names = _parted(text)
    for name in names:
        if len(name) > _LONGEST_NAME:
            raise asked.bad("setting_too_long", name, length=len(name), most=_LONGEST_NAME)
    _refuse_twice(asked, names)
    return tuple(names) or None


def _number(asked: Asked, text: str, cell: Cell | None) -> Value:
    slot = asked.slot
    if cell is not None and cell.type is CellType.NUMBER:
        if is_date_format(cell.number_format):
            raise asked.bad("setting_number", text, hint="，是日期；请先把单元格格式改为“常规”")
        value = stored_number(cell.raw)
        if is_percent_format(cell.number_format) and slot.unit == "%":
            value *= 100
        elif is_percent_format(cell.number_format):
            raise asked.bad(
                "setting_number", text, hint="，是百分比格式；请先把单元格格式改为“常规”"
            )
    else:
        number = read_number(text, slot.unit)
        if not isinstance(number, Number):
            hint = f"，{number.hint}" if number.hint else ""
            raise asked.bad("setting_number", text, hint=hint)
        value = number.value
    if slot.kind is Kind.WHOLE and value != value.to_integral_value():
        raise asked.bad("setting_whole", plain(value))
    _check_range(asked, value)
    return plain(value)


def _check_range(asked: Asked, value: Decimal) -> None:
    least, most = asked.slot.least, asked.slot.most
    if (least is not None and value < least) or (most is not None and value > most):
        above = f"不小于 {least}" if most is None else f"{least} 到 {most}"
        raise asked.bad("setting_range", plain(value), range=above)


def _day(asked: Asked, text: str, cell: Cell | None) -> Value:
    del cell
    try:
        return parse_day(text).isoformat()
    except ValueError as bad:
        serial = _BIG_SERIAL.fullmatch(text)
        hint = "；像是日期变成的数，请把单元格格式改为日期" if serial else ""
        raise asked.bad("setting_date", text, why=f"{bad}{hint}") from None


def _quarter(asked: Asked, text: str, cell: Cell | None) -> Value:
    del cell
    try:
        return str(Quarter.parse(text))
    except ValueError:
        raise asked.bad("setting_quarter", text) from None


def _choice(asked: Asked, text: str, cell: Cell | None) -> Value:
    del cell
    for word, label in asked.slot.choices:
        if same_name(label) == same_name(text):
            return word
    labels = "、".join(label for _, label in asked.slot.choices)
    raise asked.bad("setting_choice", text, choices=labels)


def _agency(asked: Asked, text: str, cell: Cell | None) -> Value:
    del cell
    name = _named(asked, text)
    known = [word for word, _ in asked.slot.choices]
    if name not in known:
        raise asked.bad("setting_lead", text, choices="、".join(known))
    return name


def _agencies(asked: Asked, text: str, cell: Cell | None) -> Value:
    del cell
    if same_name(text) == EVERYONE:
        return EVERYONE_WORD
    names = [_named(asked, part) for part in _parted(text)]
    if not names:
        raise asked.bad("setting_needed", text, header=asked.header, old=_shown(asked.slot))
    _refuse_twice(asked, names)
    return tuple(names)


def _named(asked: Asked, written: str) -> str:
    """单位在公文里的名称；全称、简称、更名后的名称都认，从不猜。"""
    found = find_agency(asked.plan, written)
    if found is None:
        near = similar_agencies(asked.plan, written) if len(written) <= _LONGEST_NAME else ()
        hint = f"，是否为：{'、'.join(near)}？" if near else ""
        raise asked.bad("setting_agency", written, hint=hint)
    return found.agency.name


def _waypoints(asked: Asked, text: str, cell: Cell | None) -> Value:
    del cell
    found: dict[str, str] = {}
    for part in _parted(text):
        point = _POINT.fullmatch(part)
        number = read_number(point[2]) if point else None
        if point is None or not isinstance(number, Number):
            raise asked.bad("setting_waypoints", part)
        if point[1] in found:
            raise asked.bad("setting_twice", point[1])
        _check_range(asked, Decimal(point[1]))
        found[point[1]] = plain(number.value)
    return tuple(f"{year}={found[year]}" for year in sorted(found))


def _parted(text: str) -> list[str]:
    return [part for piece in _BETWEEN.split(text) if (part := stripped(piece))]


def _refuse_twice(asked: Asked, names: list[str]) -> None:
    for name in names:
        if sum(same_name(name) == same_name(other) for other in names) > 1:
            raise asked.bad("setting_twice", name)


_READERS: dict[Kind, Callable[[Asked, str, Cell | None], Value]] = {
    Kind.TEXT: _as_written,
    Kind.NAME: _as_written,
    Kind.NAMES: _names,
    Kind.NUMBER: _number,
    Kind.WHOLE: _number,
    Kind.DATE: _day,
    Kind.QUARTER: _quarter,
    Kind.CHOICE: _choice,
    Kind.AGENCY: _agency,
    Kind.AGENCIES: _agencies,
    Kind.WAYPOINTS: _waypoints,
}
