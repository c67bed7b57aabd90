"""累计数只增不减：与此前、此后在案的数对一对。"""

from collections.abc import Iterator
from decimal import Decimal

from ipmeasures.plan.expected import Expected
from ipmeasures.plan.model import FigureItem, Indicator, Plan
from ipmeasures.plan.terms import Nature
from ipmeasures.problem import Problem, problem
from ipmeasures.quarter import Quarter
from ipmeasures.returns.circumstances import Check, Circumstances, figure_rows
from ipmeasures.returns.line import State
from ipmeasures.returns.phrases import is_reason
from ipmeasures.returns.reading import Return

_Point = tuple[Quarter, Decimal]
_WITHIN_YEAR = (Nature.YEAR_TO_DATE, Nature.ACCUMULATED)


def totals_rise(found: Return, known: Circumstances) -> Iterator[Problem]:
    """累计数不会比此前的小；写了说明的，作为更正收下。"""
    for read, row, item in figure_rows(found, known.plan):
        if row.value is None or item.id in known.confirmed:
            continue
        before, told = _before(item, found.quarter, known), is_reason(row.note)
        if before is None or row.value >= before[1]:
            continue
        yield problem(
            "total_fell.explained" if told else "total_fell",
            read.place("value"),
            item=item.id,
            value=row.value,
            also=() if told else (read.nearest("note", "value"),),
            last=before[1],
            when=before[0],
        )


def later_totals_hold(found: Return, known: Circumstances) -> Iterator[Problem]:
    """补改以前的季度，以后已在案的累计数不会比它小；只提醒，不替单位改。"""
    for read, row, item in figure_rows(found, known.plan):
        later = _comparable(item, found.quarter, _expected(known, item).later)
        if row.value is not None and later and later[0][1] < row.value:
            when, value = later[0]
            place = read.place("value")
            yield problem(
                "total_fell.later", place, item=item.id, value=row.value, when=when, next=value
            )


def still_counted(found: Return, known: Circumstances) -> Iterator[Problem]:
    """本年报过数，又填不适用：合计里就没有它了。"""
    for read, row, item in figure_rows(found, known.plan):
        earlier = _comparable(item, found.quarter, _expected(known, item).history)
        gone = row.state is State.NOT_APPLICABLE and item.how.nature in _WITHIN_YEAR
        if gone and earlier:
            when, value = earlier[-1]
            place = read.place("value")
            yield problem("total_fell.gone", place, item=item.id, value=value, when=when)


def _before(item: FigureItem, quarter: Quarter, known: Circumstances) -> _Point | None:
    """此前最近的累计数；历年累计从没报过的，是基期值。"""
    history = tuple(p for p in _expected(known, item).history if p[0] < quarter)
    earlier = _comparable(item, quarter, history)
    if earlier:
        return earlier[-1]
    total = isinstance(item, Indicator) and item.how.nature is Nature.RUNNING_TOTAL
    return _baseline(item, known.plan) if total and isinstance(item, Indicator) else None


def _baseline(item: Indicator, plan: Plan) -> _Point | None:
    return None if item.baseline is None else (Quarter(plan.document.base_year, 4), item.baseline)


def _comparable(
    item: FigureItem, quarter: Quarter, points: tuple[_Point, ...]
) -> tuple[_Point, ...]:
    """能比的：历年累计的全部，本年累计的只有当年的，别的没有。"""
    if item.how.nature is Nature.RUNNING_TOTAL:
        return points
    if item.how.nature in _WITHIN_YEAR:
        return tuple(point for point in points if point[0].year == quarter.year)
    return ()


def _expected(known: Circumstances, item: FigureItem) -> Expected:
    return known.expected.get(item.id) or Expected(item.id)


TOTALS: tuple[Check, ...] = (totals_rise, later_totals_hold, still_counted)
