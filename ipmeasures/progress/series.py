"""从台账的各笔到一个事项的一列数：每个报送期一个。"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import FigureItem, Plan
from ipmeasures.progress.assessment import Reported
from ipmeasures.progress.goal import source_of
from ipmeasures.quarter import Quarter, parse_data_at
from ipmeasures.returns.line import State

_NUMBERS = (State.FIGURE, State.ZERO)
_ANSWERS = (*_NUMBERS, State.NOT_APPLICABLE, State.NOT_UPDATED)
# 比率和得分相加没有意义，设定里写了 combine 也不加
_NEVER_SUMMED = frozenset({"%", "％", "‰", "百分点", "个百分点", "分"})


def series(plan: Plan, item: FigureItem, entries: Iterable[Entry]) -> tuple[Reported, ...]:
    """``item`` 各报送期报了什么，按报送期排好；``entries`` 是有效的各笔，次序不拘。

    与指标同一个数的量化任务取那个指标的数。多家相加的（``combine: sum``）加总同一报送期各家的数，
    数据时点取最早的，有一家既无数也未说明不适用的 ``complete`` 为假。数据时点晚于报送期的按报送期。
    """
    source = source_of(plan, item)
    quarters: dict[Quarter, dict[str, Entry]] = defaultdict(dict)
    mine = [e for e in sorted(entries, key=lambda e: e.number) if e.item == source.id]
    dates = {(e.agency, e.quarter): e.text for e in mine if e.field == "data_at"}
    for entry in mine:
        if entry.field == "value":
            # 数据时点单独在案：只更正数、没有重写时点的，时点照旧
            written = dates.get((entry.agency, entry.quarter))
            dated = replace(entry, data_at=parse_data_at(written)) if written else entry
            quarters[entry.quarter][entry.agency] = dated
    found = (_reported(source, quarter, quarters[quarter]) for quarter in sorted(quarters))
    return tuple(r for r in found if r is not None)


def is_summed(item: FigureItem) -> bool:
    """几家的数是否相加。"""
    return item.how.combine == "sum" and item.how.unit not in _NEVER_SUMMED


def _reported(item: FigureItem, quarter: Quarter, told: Mapping[str, Entry]) -> Reported | None:
    answers = {agency: e for agency, e in told.items() if e.state in _ANSWERS}
    if not answers:
        return None
    numbers = [e for e in answers.values() if e.state in _NUMBERS]
    if not is_summed(item):
        return _single(item, quarter, answers)
    if not numbers:
        states = {e.state for e in answers.values()}
        state = State.NOT_UPDATED if State.NOT_UPDATED in states else State.NOT_APPLICABLE
        return Reported(quarter, quarter, state.value)
    total = sum((_value(e) for e in numbers), Decimal(0))
    return Reported(
        quarter,
        min(_at(e) for e in numbers),
        (State.FIGURE if total else State.ZERO).value,
        total,
        complete=all(
            agency in answers and answers[agency].state is not State.NOT_UPDATED
            for agency in item.how.reporters
        ),
    )


def _single(item: FigureItem, quarter: Quarter, answers: Mapping[str, Entry]) -> Reported:
    """一家填报的；换过填报单位、同期有两家的，取设定在先的一家，有数的优先。"""
    reporters = item.how.reporters

    def rank(entry: Entry) -> tuple[bool, int, int]:
        known = reporters.index(entry.agency) if entry.agency in reporters else len(reporters)
        return (entry.state not in _NUMBERS, known, -entry.number)

    entry = min(answers.values(), key=rank)
    if entry.state in _NUMBERS:
        return Reported(quarter, _at(entry), entry.state.value, _value(entry))
    return Reported(quarter, quarter, entry.state.value)


def _value(entry: Entry) -> Decimal:
    return Decimal(0) if entry.value is None else entry.value


def _at(entry: Entry) -> Quarter:
    return entry.quarter if entry.data_at is None else min(entry.data_at, entry.quarter)
