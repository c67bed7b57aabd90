"""年均的量化任务：N 年合计 A·N，一年低些不算未达到。"""

from collections.abc import Sequence
from decimal import Decimal

from ipmeasures.progress.case import Absence, Case, Unjudged
from ipmeasures.progress.figures import Figure, Sum, sum_years
from ipmeasures.progress.goal import Goal
from ipmeasures.progress.path import over_years, planned_shown
from ipmeasures.progress.shares import NO_SHARES, shares, target_rate
from ipmeasures.quarter import Quarter


def average_case(goal: Goal, known: Sequence[Figure], quarter: Quarter) -> Case:
    """p=Σy/(A·N)，s*=已过年数/N（当年按 q/4 计）。"""
    now = min(quarter, goal.end)
    known = [figure for figure in known if goal.base < figure.date <= goal.end]
    last = known[-1] if known else None
    if last is None or (last.date < now and not goal.sporadic):
        return _without(goal, known, now)
    whole = goal.target * goal.years
    total, ended = sum_years(goal, known, last.date), last.date >= goal.end
    reached = (ended or not goal.falling) and goal.met(total.value, whole)
    due = over_years(goal, last.date)
    unjudged = None if reached else _unjudged(goal, total, ended=ended)
    return Case(
        goal=whole,
        planned=planned_shown(goal, last.date),
        unjudged=unjudged,
        figure=last,
        value=total.value,
        shares=shares(total.value, Decimal(0), due, whole) if unjudged is None else NO_SHARES,
        shortfall=goal.shortfall(total.value, due),
        tolerance=goal.tolerance,
        target_rate=target_rate(total.value, whole, falling=goal.falling),
        pace_needed=None if reached else _needed(total.value, whole, goal.end - now),
        missing_years=total.missing,
        carried_year=last.date.year if last.date < now else None,
        reached=reached,
        ended=ended,
        final=ended,
        surplus=goal.upper is not None and goal.shortfall(total.value, goal.upper * goal.years) < 0,
        partial=not total.complete,
        falling=goal.falling,
    )


def _without(goal: Goal, known: Sequence[Figure], now: Quarter) -> Case:
    absence = Absence.NOTHING_THIS_QUARTER if known else Absence.NO_FIGURE
    total = sum_years(goal, known, now) if known else None
    return Case(
        goal=goal.target * goal.years,
        planned=planned_shown(goal, now),
        absence=Absence.NOT_RELEASED if goal.sporadic else absence,
        figure=known[-1] if known else None,
        value=total.value if total else None,
        missing_years=total.missing if total else (),
    )


def _unjudged(goal: Goal, total: Sum, *, ended: bool) -> Unjudged | None:
    if total.missing:
        return Unjudged.MISSING_YEARS
    return Unjudged.CAP if goal.falling and not ended else None


def _needed(value: Decimal, whole: Decimal, quarters: int) -> Decimal | None:
    """余下每年需要的量：(A·N−Σy)/剩余年数，当年按剩余季度折算；没有剩余的没有。"""
    return (whole - value) * 4 / quarters if quarters > 0 else None
