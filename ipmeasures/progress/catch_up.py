"""赶上序时：滞后的事项，下季度要报多少，才能在年底回到序时。

年底应达 X* 是当年第四季度的序时值（督查通报的序时进度，到年底即年度计划数）；从现值 x 直线走到 X*，
下季度的值是 x+(X*－x)/k，k 是到年底还有几个季度；下季度就是第四季度的，即 X*。每年的任务年度之间不
结转，下季度是新一年的从零起：X*＝A，第一季度是 A/4。整数项向远离基期的一侧取整：少一件就没有赶上。
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum

from ipmeasures.plan.model import FigureItem, Plan
from ipmeasures.plan.terms import Cadence, Nature, Path
from ipmeasures.progress.assessment import Assessment, Status
from ipmeasures.progress.goal import Goal, goal_of
from ipmeasures.progress.path import planned_shown, year_demand
from ipmeasures.quarter import Quarter

_JUDGED = (Status.FALLEN_BACK, Status.REGRESSED, Status.FAR_BEHIND, Status.BEHIND)


class Uncatchable(StrEnum):
    """为什么推算不出要报多少。"""

    NOT_REPORTED = "not_reported"
    NOT_RELEASED = "not_released"
    UNJUDGED = "unjudged"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """表上的话。"""
        return {
            "not_reported": "没有可用的数，先补报",
            "not_released": "数据未发布",
            "unjudged": "判不了份额",
            "ended": "计划期已满",
        }[self.value]


@dataclass(frozen=True, slots=True)
class CatchUp:
    """要报多少；数以事项自己的计量单位计。

    ``at`` 是报哪个季度的数：下季度，一年只有一个数、按批次才有数、年底前完成即可的是年底；``due`` 是
    年底应达；``value`` 是到 ``at`` 用来比的数（累加的是累计），``figure`` 是表上要填的数（累加的只填
    当年的）；``at_most`` 是越小越好，不要超过它；``once`` 是一年只有一个数、按批次才有数的。
    """

    at: Quarter
    due: Decimal
    value: Decimal
    figure: Decimal
    at_most: bool
    once: bool


def catch_up(
    plan: Plan, item: FigureItem, found: Assessment, quarter: Quarter
) -> CatchUp | Uncatchable | None:
    """滞后的事项要报多少；推算不出的说为什么；不滞后的为 ``None``。

    Args:
        plan: 计划。
        item: 事项。
        found: 它在 ``quarter`` 的判断。
        quarter: 现在的季度；要报的是下一个季度。
    """
    if found.status is Status.NOT_REPORTED:
        return Uncatchable.NOT_REPORTED
    if found.status is Status.NOT_DUE:
        return Uncatchable.NOT_RELEASED
    if found.status is Status.IN_PROGRESS:
        return Uncatchable.UNJUDGED
    if found.status not in _JUDGED:
        return None
    goal = goal_of(item, plan)
    if quarter >= goal.end:
        return Uncatchable.ENDED
    return _needed(goal, item, found, quarter)


def catch_ups(
    plan: Plan, found: Iterable[Assessment], quarter: Quarter
) -> dict[str, CatchUp | Uncatchable]:
    """滞后的、推算不出的各项，按编号。"""
    by_item = {each.item: each for each in found}
    told = {item.id: catch_up(plan, item, by_item[item.id], quarter) for item in plan.figure_items}
    return {item: each for item, each in told.items() if each is not None}


def _needed(
    goal: Goal, item: FigureItem, found: Assessment, quarter: Quarter
) -> CatchUp | Uncatchable:
    ends = Quarter((quarter + 1).year, 4)
    due = _due(goal, item, found, ends)
    if due is None:
        return Uncatchable.UNJUDGED
    start, earlier = _start(goal, found, ends.year)
    once = goal.sporadic or _at_once(goal)
    at = ends if once else quarter + 1
    value = due if at == ends else start + (due - start) / (ends - quarter)
    if goal.whole:
        value = value.to_integral_value(ROUND_FLOOR if goal.falling else ROUND_CEILING)
    return CatchUp(at, due, value, value - earlier, goal.falling, once)


def _at_once(goal: Goal) -> bool:
    return goal.cadence is Cadence.YEARLY and goal.path is Path.YEAR_END


def _due(goal: Goal, item: FigureItem, found: Assessment, ends: Quarter) -> Decimal | None:
    """年底应达：当年的要求，或路径在年底的值；回落的、要求保持的是目标。突破的要过目标一点。"""
    target = goal.target_at(ends)
    if found.status is Status.FALLEN_BACK or (goal.steady(target) and not goal.by_year):
        due: Decimal | None = target
    else:
        due = year_demand(goal, ends.year) if goal.by_year else planned_shown(goal, ends)
    if due == target and goal.strict:
        return target + Decimal(1).scaleb(-item.how.decimals)
    return due


def _start(goal: Goal, found: Assessment, year: int) -> tuple[Decimal, Decimal]:
    """从多少走起，和其中以前各年的部分（表上不填）。每年的新一年从零起。"""
    value, reported = found.value or Decimal(0), found.reported or Decimal(0)
    this_year = found.data_at is not None and found.data_at.year == year
    if goal.by_year:
        return (value if this_year else Decimal(0)), Decimal(0)
    if goal.cadence is Cadence.AVERAGE or goal.nature is Nature.ACCUMULATED:
        return value, value - reported if this_year else value
    return value, Decimal(0)
