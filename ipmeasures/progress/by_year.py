"""按当年的要求判的事项：每年的量化任务，和本年累计的指标。年度之间不结转。"""

from collections.abc import Sequence
from decimal import Decimal

from ipmeasures.plan.terms import Cadence
from ipmeasures.progress.case import Absence, Case, Unjudged
from ipmeasures.progress.figures import Figure, of_year
from ipmeasures.progress.goal import Goal
from ipmeasures.progress.path import planned_shown, year_demand
from ipmeasures.progress.shares import NO_SHARES, Shares, shares, target_rate
from ipmeasures.quarter import Quarter


def by_year_case(goal: Goal, known: Sequence[Figure], quarter: Quarter) -> Case:
    """照当年的数判；期末以后照最后一年判。一年一个数的（次年才有），照已有的最近一年判。"""
    now = min(quarter, goal.end)
    known = [figure for figure in known if figure.date <= goal.end]
    year = known[-1].date.year if known and goal.yearly_release else now.year
    figure = of_year(known, year)
    if figure is None or (figure.date < now and not goal.sporadic):
        return _without(goal, known, figure, now)
    return _judged(goal, figure, quarter)


def _judged(goal: Goal, figure: Figure, quarter: Quarter) -> Case:
    date, value = figure.date, figure.value
    demand, due = year_demand(goal, date.year), planned_shown(goal, date)
    yearly, year_over = goal.cadence is Cadence.YEARLY, date.number == 4
    plan_over = date >= goal.end
    target = goal.target_at(quarter)
    countable = year_over or not goal.falling
    reached = countable and goal.met(value, target)
    met = countable and demand is not None and goal.met(value, demand)
    now = min(quarter, goal.end)
    return Case(
        goal=target,
        planned=due,
        unjudged=None if plan_over else _unjudged(goal, demand, year_over=year_over),
        figure=figure,
        value=value,
        shares=_shares(goal, value, due, demand),
        shortfall=None if due is None else goal.shortfall(value, due),
        tolerance=goal.tolerance,
        # 上限要求一年没有完，完成率无从说起：半年用掉一半，不是完成了两倍
        target_rate=target_rate(value, target, falling=goal.falling) if countable else None,
        pace_needed=None if met or demand is None else _pace(value, demand, now),
        year_rate=target_rate(value, demand, falling=goal.falling),
        carried_year=date.year if date < now else None,
        reached=reached,
        ended=year_over if yearly else plan_over,
        final=plan_over and (quarter > goal.end or not yearly),
        year_met=met,
        surplus=goal.upper is not None and goal.shortfall(value, goal.upper) < 0,
        partial=not figure.complete,
        falling=goal.falling,
    )


def _without(goal: Goal, known: Sequence[Figure], figure: Figure | None, now: Quarter) -> Case:
    """当年（非按批次的：本季）没有数；本年此前报的作为“至少”列出。"""
    absence = Absence.NOTHING_THIS_QUARTER if known else Absence.NO_FIGURE
    return Case(
        goal=goal.target_at(now),
        planned=planned_shown(goal, now),
        absence=Absence.NOT_RELEASED if goal.sporadic else absence,
        figure=figure,
        value=figure.value if figure else None,
    )


def _unjudged(goal: Goal, demand: Decimal | None, *, year_over: bool) -> Unjudged | None:
    if demand is None:
        return Unjudged.NO_BASELINE
    if year_over:
        return None
    if goal.falling:
        return Unjudged.CAP
    return Unjudged.YEAR_END if goal.stepped else None


def _shares(goal: Goal, value: Decimal, due: Decimal | None, demand: Decimal | None) -> Shares:
    """p=y/A，s*=序时值/A。年度上限没有“完成份额”，要求不大于零的也没有。"""
    if due is None or demand is None or demand <= 0 or goal.falling:
        return NO_SHARES
    return shares(value, Decimal(0), due, demand)


def _pace(value: Decimal, demand: Decimal, now: Quarter) -> Decimal | None:
    """年内每季需要的量：(A−y)/本年剩余季度数。"""
    left = 4 - now.number
    return (demand - value) / left if left else None
