"""印好的格被改了：不读，也不悄悄丢掉；与发表时可能印着的都不同的，说一声。"""

from collections.abc import Iterator
from decimal import Decimal

from ipmeasures.plan.model import Indicator
from ipmeasures.problem import Problem, problem
from ipmeasures.quarter import Quarter
from ipmeasures.returns.circumstances import Check, Circumstances
from ipmeasures.returns.number import plain
from ipmeasures.returns.printed import PrintedCell
from ipmeasures.returns.reading import Return

_PLANNED = ("baseline", "target")
# 数字格式在小数位以外还留四位，看得见的都算数
_MORE_DECIMALS = 4


def printed_untouched(found: Return, known: Circumstances) -> Iterator[Problem]:
    """印好的数没有改过；本期的数、更正的数没有填到印好的格里。"""
    for cell in found.printed:
        if cell.merged:
            kind = "cell_ignored.merged"
        elif cell.value is None or not _was_printed(cell, cell.value, found.quarter, known):
            kind = "cell_ignored.planned" if cell.key in _PLANNED else "cell_ignored.printed"
        else:
            continue
        yield problem(
            kind,
            cell.place,
            item=cell.item.id,
            value=cell.raw if cell.value is None else plain(cell.value),
            header=cell.header,
            known=_said(cell, found.quarter, known),
        )


def _was_printed(cell: PrintedCell, value: Decimal, quarter: Quarter, known: Circumstances) -> bool:
    """发表时可能印着这个数：表也许在后来的更正、补报以前就发了。"""
    digits = cell.item.how.decimals + _MORE_DECIMALS
    possible = _of_plan(cell) if cell.key in _PLANNED else _of_past(cell, quarter, known)
    return round(value, digits) in {round(one, digits) for one in possible}


def _of_plan(cell: PrintedCell) -> list[Decimal]:
    """计划里的数；调整过的目标，新旧都算。"""
    item = cell.item
    if not isinstance(item, Indicator):
        return []
    targets = [item.target, *(one.target for one in item.amendments)]
    values = [item.baseline] if cell.key == "baseline" else targets
    return [value for value in values if value is not None]


def _of_past(cell: PrintedCell, quarter: Quarter, known: Circumstances) -> list[Decimal]:
    """以前在案的数，改过、退过的也算；上期值印的是当时在案的最近一期，哪一期都可能。"""
    now = [(one.item, one.quarter, one.value) for one in known.recorded]
    once = [(item, when, value) for (item, when), told in known.once.items() for value in told]
    return [
        value
        for item, when, value in (*now, *once)
        if item == cell.item.id
        and (when == quarter + -4 if cell.key == "year_ago" else when < quarter)
    ]


def _said(cell: PrintedCell, quarter: Quarter, known: Circumstances) -> str:
    """现在应是多少。"""
    if cell.key in _PLANNED:
        values = _of_plan(cell)
        return f"计划是 {plain(values[-1])}" if values else "计划里没有这个数"
    past = [p for p in known.recorded if p.item == cell.item.id and p.quarter < quarter]
    if cell.key == "year_ago":
        past = [p for p in past if p.quarter == quarter + -4]
    if not past:
        return "在案没有这个数"
    return f"与在案的 {plain(max(past, key=lambda p: p.quarter).value)} 不同"


OVERWRITTEN: tuple[Check, ...] = (printed_untouched,)
