"""表和核对要知道的过去与序时：从在案的各笔和路径算出来。"""

from collections.abc import Iterable
from decimal import Decimal

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.expected import Expected
from ipmeasures.plan.model import Cadence, FigureItem, Nature, Plan, Thresholds
from ipmeasures.progress.goal import Goal, goal_of
from ipmeasures.progress.path import course, planned, planned_shown
from ipmeasures.progress.rounding import half_up, toward
from ipmeasures.quarter import Quarter


def expected_of(
    plan: Plan, agency: str, entries: Iterable[Entry], quarter: Quarter
) -> dict[str, Expected]:
    """一个单位各事项在 ``quarter`` 应有的样子，按编号。"""
    mine = [e for e in entries if e.agency == agency and e.field == "value"]
    return {
        item.id: _expected(plan, item, [e for e in mine if e.item == item.id], quarter)
        for item in plan.asked_items
        if agency in item.how.reporters
    }


def _expected(plan: Plan, item: FigureItem, entries: list[Entry], quarter: Quarter) -> Expected:
    goal = goal_of(item, plan)
    past = sorted((e.quarter, e.value) for e in entries if e.value is not None)
    before = [point for point in past if point[0] < quarter]
    ago = [value for when, value in past if when == quarter + -4]
    exact = asked_plan(goal, quarter)
    alone = len(item.how.reporters) == 1
    return Expected(
        item.id,
        before[-1][1] if before else None,
        before[-1][0] if before else None,
        ago[-1] if ago else None,
        _shown(goal, item, exact, quarter),
        exact / len(item.how.reporters) if exact is not None else None,
        _lagging_below(goal, quarter, plan.settings.thresholds) if alone else None,
        any(e.quarter == quarter for e in entries),
        tuple(before),
    )


def asked_plan(goal: Goal, quarter: Quarter) -> Decimal | None:
    """表上问的那个数的序时值，未取整：本年累计的只算当年的一段，年均的按一年的要求算。"""
    if goal.cadence is Cadence.AVERAGE:
        return goal.target * quarter.number / 4
    if goal.nature is Nature.ACCUMULATED:
        now, then = course(goal, quarter), course(goal, Quarter(quarter.year - 1, 4))
        return None if now is None or then is None else now - then
    return planned(goal, quarter)


def _shown(goal: Goal, item: FigureItem, exact: Decimal | None, quarter: Quarter) -> Decimal | None:
    if exact is None:
        return None
    if goal.cadence is Cadence.AVERAGE or goal.nature is Nature.ACCUMULATED:
        return toward(exact, Decimal(0)) if goal.whole else half_up(exact, item.how.decimals)
    shown = planned_shown(goal, quarter)
    return shown if shown is None or goal.whole else half_up(shown, item.how.decimals)


def _lagging_below(goal: Goal, quarter: Quarter, limits: Thresholds) -> Decimal | None:
    """报到这个数以下，判为未达序时；判不了份额的、越小越好的、由工具累加的不算。"""
    due, start = planned_shown(goal, quarter), goal.baseline
    summed = goal.cadence is Cadence.AVERAGE or goal.nature is Nature.ACCUMULATED
    if due is None or goal.falling or summed:
        return None
    if goal.by_year:
        start = Decimal(0)
    if start is None:
        return None
    span = (goal.target if goal.cadence is Cadence.YEARLY else goal.target_at(quarter)) - start
    by_index = start + limits.on_track_index * (due - start)
    by_gap = due + limits.on_track_gap * span / 100
    return min(by_index, by_gap, due - goal.tolerance)
