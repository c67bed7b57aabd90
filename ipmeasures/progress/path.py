"""序时值：到某个季度按计划应达到多少。"""

import datetime as dt
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal

from ipmeasures.plan.model import Amendment
from ipmeasures.plan.terms import Cadence, Path
from ipmeasures.progress.goal import Goal
from ipmeasures.progress.rounding import toward
from ipmeasures.quarter import Quarter

# 整数的年度要求不到这个数时，各季应达向下取整：一年 6 次，一季度末应达 1 次
SMALL_DEMAND = Decimal(8)

_Anchor = tuple[Quarter, Decimal]


def planned(goal: Goal, at: Quarter) -> Decimal | None:
    """``at`` 的序时值，未取整；没有基期的没有序时值。

    到期末的：b+(t/n)(T−b)，或按分年节点、年底台阶；每年的：A·q/4；年均的：A·已过年数。
    """
    if goal.cadence is Cadence.AVERAGE:
        return over_years(goal, at)
    if goal.by_year:
        demand = year_demand(goal, at.year)
        return None if demand is None else demand * _quarters_due(goal, at) / 4
    return course(goal, at)


def over_years(goal: Goal, at: Quarter) -> Decimal:
    """年均的序时值：A·已过年数，当年按季计。"""
    return goal.target * _elapsed(goal, at) / 4


def planned_shown(goal: Goal, at: Quarter) -> Decimal | None:
    """``at`` 的序时值，整数项向基期一侧取整（I11 在 t=1：10.4 → 10）；判断也用它。

    每年的要求只在小于 8 时取整：⌊A·q/4⌋。
    """
    value = planned(goal, at)
    if value is None or not goal.whole:
        return value
    if goal.by_year:
        demand = year_demand(goal, at.year)
        small = demand is not None and demand < SMALL_DEMAND
        return value.to_integral_value(ROUND_FLOOR) if small else value
    if goal.cadence is Cadence.AVERAGE:
        return toward(value, Decimal(0))
    return _course_shown(goal, at)


def year_demand(goal: Goal, year: int) -> Decimal | None:
    """一年的要求 A：每年的量化任务是公文的数，本年累计的指标是路径在该年年底的值。"""
    if goal.cadence is Cadence.YEARLY:
        return goal.target
    return _course_shown(goal, Quarter(year, 4))


def course(goal: Goal, at: Quarter) -> Decimal | None:
    """从基期到目标的路径在 ``at`` 的值，未取整；基期以前是基期值，期末以后是目标值。

    没有基期、没有目标的没有路径。
    """
    if goal.baseline is None or goal.aimless:
        return None
    if at >= goal.end:
        return goal.target_at(at)
    if goal.stepped and at.number != 4:
        at = Quarter(at.year - 1, 4)
    return _between(_anchors(goal, goal.baseline), at)


def turned(goal: Goal, at: Quarter) -> tuple[Amendment, ...]:
    """到 ``at`` 为止路径已经转过去的中途调整，先后为序。"""
    every = sorted(goal.amendments, key=lambda a: a.since)
    return tuple(a for a in every if max(goal.base, _bend(a.since)) < min(at, goal.end))


def leg(goal: Goal, baseline: Decimal, at: Quarter) -> tuple[_Anchor, _Anchor]:
    """路径上 ``at`` 所在的一段：从哪个季度末的多少，走到哪个季度末的多少。"""
    anchors = _anchors(replace(goal, amendments=turned(goal, at)), baseline)
    last = len(anchors) - 1
    index = next((i for i, (quarter, _) in enumerate(anchors) if quarter >= at), last)
    return anchors[max(index, 1) - 1], anchors[max(index, 1)]


def _course_shown(goal: Goal, at: Quarter) -> Decimal | None:
    value = course(goal, at)
    if value is None or goal.baseline is None or not goal.whole or value == goal.target_at(at):
        return value
    return toward(value, goal.baseline)


def _anchors(goal: Goal, baseline: Decimal) -> list[_Anchor]:
    """路径的折点；中途调整目标的，从调整时的原序时值直线走向新目标，其后的旧节点作废。"""
    anchors = [(goal.base, baseline), (goal.end, goal.target)]
    if goal.path is Path.MILESTONES:
        inside = [w for w in sorted(goal.waypoints) if goal.base.year < w[0] < goal.end.year]
        anchors[1:1] = [(Quarter(year, 4), value) for year, value in inside]
    for change in sorted(goal.amendments, key=lambda a: a.since):
        since = max(goal.base, _bend(change.since))
        if since < goal.end:
            kept = [a for a in anchors if a[0] < since]
            anchors = [*kept, (since, _between(anchors, since)), (goal.end, change.target)]
    return anchors


def _bend(since: dt.date) -> Quarter:
    """从哪个季度末转向新目标：季度第一天起效的，就是上一季度末；季度中间起效的，是这一季度末。"""
    quarter = Quarter.of(since)
    return quarter + -1 if since == quarter.first_day else quarter


def _between(anchors: list[_Anchor], at: Quarter) -> Decimal:
    if at <= anchors[0][0]:
        return anchors[0][1]
    index = next(i for i, (quarter, _) in enumerate(anchors) if quarter >= at)
    (start, low), (stop, high) = anchors[index - 1], anchors[index]
    return low + (high - low) * (at - start) / (stop - start)


def _elapsed(goal: Goal, at: Quarter) -> int:
    """计划期已过的季度数，当年按季计；只在年底移动的按整年计。"""
    quarters = min(max(at - goal.base, 0), 4 * goal.years)
    return quarters - quarters % 4 if goal.stepped else quarters


def _quarters_due(goal: Goal, at: Quarter) -> int:
    """当年的要求到 ``at`` 应完成四分之几。"""
    if at <= goal.base:
        return 0
    if at > goal.end or at.number == 4:
        return 4
    return 0 if goal.stepped else at.number
