"""表和核对要知道的过去与序时：从在案的各笔和路径算出来。"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.expected import Expected
from ipmeasures.plan.model import FigureItem, Plan, Thresholds
from ipmeasures.plan.terms import Cadence, Nature
from ipmeasures.progress.goal import Goal, goal_of
from ipmeasures.progress.path import course, planned, planned_shown, year_demand
from ipmeasures.progress.rounding import half_up, toward
from ipmeasures.progress.series import is_summed
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
    exact, limits = asked_plan(goal, quarter), plan.settings.limits(binding=goal.binding)
    alone, parts = len(item.how.reporters) == 1, len(item.how.reporters) if is_summed(item) else 1
    return Expected(
        item.id,
        before[-1][1] if before else None,
        before[-1][0] if before else None,
        ago[-1] if ago else None,
        _shown(goal, item, exact, quarter),
        None if exact is None else exact / parts,
        _lagging_below(goal, quarter, limits, before) if alone else None,
        any(e.quarter == quarter for e in entries),
        tuple(before),
        tuple(point for point in past if point[0] > quarter),
    )


def asked_plan(goal: Goal, quarter: Quarter) -> Decimal | None:
    """表上问的那个数的序时值，未取整：本年累计的只算当年的一段，年均的按一年的要求算。"""
    if goal.cadence is Cadence.AVERAGE:
        due = 0 if goal.stepped and quarter.number < 4 else quarter.number
        return goal.target * due / 4
    if goal.nature is Nature.ACCUMULATED:
        now, then = course(goal, quarter), course(goal, Quarter(quarter.year - 1, 4))
        return None if now is None or then is None else now - then
    if goal.nature is Nature.ANNUAL and quarter.number < 4:
        return planned(goal, Quarter(quarter.year - 1, 4))  # 年中报的是上一年的数
    return planned(goal, quarter)


def _shown(goal: Goal, item: FigureItem, exact: Decimal | None, quarter: Quarter) -> Decimal | None:
    if exact is None:
        return None
    if goal.cadence is Cadence.AVERAGE or goal.nature is Nature.ACCUMULATED:
        return toward(exact, Decimal(0)) if goal.whole else half_up(exact, item.how.decimals)
    if goal.nature is Nature.ANNUAL and quarter.number < 4:
        quarter = Quarter(quarter.year - 1, 4)
    shown = planned_shown(goal, quarter)
    return shown if shown is None or goal.whole else half_up(shown, item.how.decimals)


def _lagging_below(
    goal: Goal, quarter: Quarter, limits: Thresholds, before: Sequence[tuple[Quarter, Decimal]]
) -> Decimal | None:
    """报到这个数以下，判为滞后（未达序时、低于基期、回落），要写原因。

    与 ``status`` 的判定表一致；判不了份额的、没有目标的、越小越好的、由工具累加的没有。
    """
    unequal = goal.falling or goal.aimless or goal.nature is Nature.ACCUMULATED
    if unequal or goal.cadence is Cadence.AVERAGE:
        return None
    at = Quarter(quarter.year - 1, 4) if goal.yearly_release and quarter.number < 4 else quarter
    if goal.by_year:
        return _below_in_year(goal, at, limits)
    target = goal.target_at(quarter)
    if goal.steady(target):
        return target - (goal.tolerance if at < goal.end else 0)
    if at >= goal.end or _had_reached(goal, before, target):
        return _enough(goal, target)
    due, start = planned_shown(goal, at), goal.baseline
    if due is None or start is None:
        return None
    return min(_enough(goal, target), _below(goal, due, start, target, limits))


def _below_in_year(goal: Goal, at: Quarter, limits: Thresholds) -> Decimal | None:
    """按当年的要求判的：要求是当年的 A；年底前完成即可的，年底以前不算滞后。"""
    target, due, demand = goal.target_at(at), planned_shown(goal, at), year_demand(goal, at.year)
    ended = at.number == 4 if goal.cadence is Cadence.YEARLY else at >= goal.end
    if at > goal.end:
        return None
    if ended:
        return _enough(goal, target)
    if due is None or demand is None or (goal.stepped and at.number < 4):
        return None
    below = _below(goal, due, Decimal(0), demand, limits)
    return min(_enough(goal, target), _enough(goal, demand), below)


def _below(
    goal: Goal, due: Decimal, start: Decimal, target: Decimal, limits: Thresholds
) -> Decimal:
    """达序时的最小的数；比 ``start`` 小的总是滞后。"""
    if limits.preset == "points":
        lines = [due]
    else:
        by_index = start + limits.on_track_index * (due - start)
        lines = [by_index, due + limits.on_track_gap * (target - start) / 100]
    if goal.tolerance > 0:
        lines.append(due - goal.tolerance)
    return max(start, min(lines))


def _enough(goal: Goal, target: Decimal) -> Decimal:
    """达到目标的最小的数；“突破”的，是刚过目标。"""
    return target.next_plus() if goal.strict else target


def _had_reached(goal: Goal, before: Sequence[tuple[Quarter, Decimal]], target: Decimal) -> bool:
    can_fall_back = goal.nature in (Nature.LEVEL, Nature.RUNNING_TOTAL)
    return can_fall_back and any(goal.met(value, target) for _, value in before)
