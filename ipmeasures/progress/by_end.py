"""到期末的事项：期末数、历年累计、年度数，和由工具累加的本年累计。"""

from collections.abc import Sequence
from decimal import Decimal

from ipmeasures.plan.terms import Nature
from ipmeasures.progress.case import Absence, Case, Unjudged
from ipmeasures.progress.figures import Figure, Sum, sum_years
from ipmeasures.progress.goal import Goal
from ipmeasures.progress.path import planned_shown
from ipmeasures.progress.shares import NO_SHARES, Shares, shares, target_rate
from ipmeasures.quarter import Quarter

_CAN_FALL_BACK = (Nature.LEVEL, Nature.RUNNING_TOTAL)


def by_end_case(goal: Goal, known: Sequence[Figure], quarter: Quarter, stale_limit: int) -> Case:
    """照最新的数、在这个数自己的时点判；数滞后超过 ``stale_limit`` 季的不再判。"""
    if not known:
        return _without(goal, quarter)
    last = known[-1]
    behind = max(0, min(quarter, goal.end) - last.date)
    stale = 0 if goal.sporadic else behind
    if stale > stale_limit:
        return _stale(goal, known, quarter, stale)
    target, due = goal.target_at(quarter), planned_shown(goal, last.date)
    total = _value(goal, known, last)
    reached, ended = goal.met(total.value, target), last.date >= goal.end
    unjudged = None if reached else _unjudged(goal, total, ended=ended)
    steady = goal.steady(target)
    comparable = not steady and (reached or not total.missing)
    return Case(
        goal=target,
        planned=due,
        unjudged=unjudged,
        figure=last,
        value=total.value,
        shares=_shares(goal, total.value, due, target) if comparable else NO_SHARES,
        shortfall=None if due is None else goal.shortfall(total.value, target if steady else due),
        tolerance=goal.tolerance,
        target_rate=target_rate(total.value, target, falling=goal.falling),
        pace_needed=None if reached else _pace(total.value, target, goal.end - quarter),
        missing_years=total.missing,
        stale_quarters=stale,
        carried_year=last.date.year if goal.sporadic and behind else None,
        reached=reached,
        had_reached=not steady and _had_reached(goal, known, target),
        ended=ended,
        final=ended,
        steady=steady,
        surplus=goal.upper is not None and goal.shortfall(total.value, goal.upper) < 0,
        late=reached and _late(goal, known, target),
        partial=not total.complete,
        falling=goal.falling,
    )


def _without(goal: Goal, quarter: Quarter) -> Case:
    absence = Absence.NOT_RELEASED if goal.sporadic else Absence.NO_FIGURE
    return Case(goal=goal.target_at(quarter), planned=planned_shown(goal, quarter), absence=absence)


def _stale(goal: Goal, known: Sequence[Figure], quarter: Quarter, stale: int) -> Case:
    return Case(
        goal=goal.target_at(quarter),
        planned=planned_shown(goal, quarter),
        absence=Absence.STALE,
        figure=known[-1],
        value=_value(goal, known, known[-1]).value,
        stale_quarters=stale,
    )


def _value(goal: Goal, known: Sequence[Figure], last: Figure) -> Sum:
    """用来比的数 x：本年累计、工具累加的为 b+已结束各年+本年至今，其余就是报的数。"""
    if goal.nature is not Nature.ACCUMULATED:
        return Sum(last.value, (), last.complete)
    total = sum_years(goal, known, last.date)
    return Sum((goal.baseline or Decimal(0)) + total.value, total.missing, total.complete)


def _unjudged(goal: Goal, total: Sum, *, ended: bool) -> Unjudged | None:
    if total.missing:
        return Unjudged.MISSING_YEARS
    return Unjudged.NO_BASELINE if goal.baseline is None and not ended else None


def _shares(goal: Goal, value: Decimal, due: Decimal | None, target: Decimal) -> Shares:
    if goal.baseline is None or due is None:
        return NO_SHARES
    return shares(value, goal.baseline, due, target)


def _had_reached(goal: Goal, known: Sequence[Figure], target: Decimal) -> bool:
    """此前达到过现行目标；只有期末数和历年累计谈得上回落。"""
    if goal.nature not in _CAN_FALL_BACK:
        return False
    return any(goal.met(figure.value, target) for figure in known[:-1])


def _late(goal: Goal, known: Sequence[Figure], target: Decimal) -> bool:
    """期末的数没有达到，以后的才达到。"""
    in_time = [figure for figure in known if figure.date <= goal.end]
    return bool(in_time) and not goal.met(_value(goal, in_time, in_time[-1]).value, target)


def _pace(value: Decimal, target: Decimal, quarters: int) -> Decimal | None:
    """到期末每季需要的增量：(T−x)/剩余季度数；下降指标为负数。"""
    return (target - value) / quarters if quarters > 0 else None
