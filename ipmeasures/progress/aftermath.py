"""更正、退回的余波：哪些季度、哪些事项的灯因此变了。各单位报的数一个也不重算。"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import Commitment, FigureItem, Item, Measure, Milestone, Plan
from ipmeasures.plan.names import name_of
from ipmeasures.progress.assess import assess
from ipmeasures.progress.assessment import Assessment
from ipmeasures.progress.series import series
from ipmeasures.progress.words import assess_milestone
from ipmeasures.quarter import Quarter


@dataclass(frozen=True, slots=True)
class LightChange:
    """一个季度里一个事项的状态变了；``old``、``new`` 是先后的判断。"""

    quarter: Quarter
    item: str
    name: str
    old: Assessment
    new: Assessment


def changed_lights(  # noqa: PLR0913 - 先后两份记录，和看哪些、哪天看
    plan: Plan,
    before: Sequence[Entry],
    after: Sequence[Entry],
    *,
    items: Collection[str],
    quarters: Iterable[Quarter],
    today: dt.date,
) -> tuple[LightChange, ...]:
    """有数字的事项和里程碑的状态在 ``quarters`` 里各有什么变动；按季度、按计划的次序。

    ``before``、``after`` 是先后有效的各笔，只要 ``items`` 的就够；共用一个数的两项一起看。
    措施只看本季度的话，以前的改了，它的灯不变。
    """
    touched = [item for item in plan.items.values() if _source(item) in items]
    judged = [item for item in touched if not isinstance(item, Measure)]
    return tuple(
        LightChange(quarter, item.id, name_of(item), old, new)
        for quarter in sorted(quarters)
        for item in judged
        if _said(old := _judge(plan, item, before, quarter, today))
        != _said(new := _judge(plan, item, after, quarter, today))
    )


def _judge(
    plan: Plan,
    item: FigureItem | Milestone,
    entries: Sequence[Entry],
    quarter: Quarter,
    today: dt.date,
) -> Assessment:
    if isinstance(item, Milestone):
        return assess_milestone(item, entries, quarter, today, plan.settings.thresholds)
    return assess(plan, item, series(plan, item, entries), quarter)


def _source(item: Item) -> str:
    return (isinstance(item, Commitment) and item.same_as) or item.id


def _said(found: Assessment) -> tuple[str, str]:
    return found.status.value, found.status_text
