"""更正、退回的余波：哪些季度、哪些事项的灯因此变了。各单位报的数一个也不重算。"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ipmeasures.ledger.decision import SentBack
from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import Commitment, Item, Measure, Milestone, Plan
from ipmeasures.plan.names import name_of
from ipmeasures.progress.assess import assess
from ipmeasures.progress.assessment import Assessment
from ipmeasures.progress.sent_back import awaited_in, stands, tell_sent_back
from ipmeasures.progress.series import series
from ipmeasures.progress.words import assess_measure, assess_milestone
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
    sent_back: tuple[Sequence[SentBack], Sequence[SentBack]] = ((), ()),
) -> tuple[LightChange, ...]:
    """各事项的状态在 ``quarters`` 里有什么变动；按季度、按计划的次序。

    ``before``、``after`` 是先后有效的各笔，只要 ``items`` 的就够；共用一个数的两项一起看。
    ``sent_back`` 是先后退回了的。措施只看本季度的话，以前的改了，它的灯不变。
    """
    touched = [item for item in plan.items.values() if _source(item) in items]
    old_side, new_side = _Side(before, sent_back[0]), _Side(after, sent_back[1])
    return tuple(
        LightChange(quarter, item.id, name_of(item), old, new)
        for quarter in sorted(quarters)
        for item in touched
        if _said(old := _judge(plan, item, old_side, quarter, today))
        != _said(new := _judge(plan, item, new_side, quarter, today))
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """一份记录：有效的各笔和退回了的。"""

    entries: Sequence[Entry]
    sent_back: Sequence[SentBack]


def _judge(plan: Plan, item: Item, side: _Side, quarter: Quarter, today: dt.date) -> Assessment:
    """状态与 ``find_gaps`` 判的一样；退回了、没有别的作数的，反正是已退回，不必先把数拿掉。"""
    source = _source(item)
    mine = [e for e in side.entries if e.item == source]
    agencies = awaited_in(side.sent_back, quarter).get(source, ())
    if isinstance(item, Measure):
        found = assess_measure(plan, item, mine, quarter)
    elif isinstance(item, Milestone):
        found = assess_milestone(item, mine, quarter, today, plan.settings.thresholds)
    else:
        found = assess(plan, item, series(plan, item, mine), quarter)
    return tell_sent_back(found, agencies, standing=stands(mine, quarter))


def _source(item: Item) -> str:
    return (isinstance(item, Commitment) and item.same_as) or item.id


def _said(found: Assessment) -> tuple[str, str]:
    return found.status.value, found.status_text
