"""差距：全部事项的判断，最差在前，带上单位自己写的原因和下一步措施。"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ipmeasures.ledger.decision import SentBack
from ipmeasures.ledger.entry import Entry, Receipt
from ipmeasures.plan.model import Commitment, Indicator, Item, Measure, Milestone, Plan
from ipmeasures.plan.names import name_of
from ipmeasures.progress.assess import assess_all
from ipmeasures.progress.assessment import Assessment, Status
from ipmeasures.progress.reporting import Reporting, reporting_of
from ipmeasures.progress.sent_back import awaited_in, stands, tell_sent_back, tell_skipped
from ipmeasures.progress.series import is_summed
from ipmeasures.progress.suppose import Supposed
from ipmeasures.progress.words import assess_measure, assess_milestone
from ipmeasures.quarter import Quarter
from ipmeasures.returns.line import State

_ORDER = {status: place for place, status in enumerate(Status)}
_KINDS: tuple[tuple[type, str], ...] = (
    (Indicator, "indicator"),
    (Commitment, "commitment"),
    (Milestone, "milestone"),
    (Measure, "measure"),
)
_KIND_ORDER = {kind: place for place, (_, kind) in enumerate(_KINDS)}


@dataclass(frozen=True, slots=True)
class Part:
    """几家相加的数里一家的：报的数；没有报的为 ``None``，报了“不适用”的 ``value`` 也为 ``None``。"""

    agency: str
    value: Decimal | None
    not_applicable: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """一个事项：判断、名称、单位和单位自己的话；``reason``、``next_step`` 没有写的为 ``None``。

    ``supposed`` 是照假设的数判的，不是报来的；``parts`` 是几家相加的数里各家的，不相加的为空。
    """

    assessment: Assessment
    kind: str
    name: str
    unit: str | None
    agencies: tuple[str, ...]
    reason: str | None
    next_step: str | None
    supposed: bool
    parts: tuple[Part, ...] = ()

    @property
    def id(self) -> str:
        """事项编号。"""
        return self.assessment.item

    @property
    def status(self) -> Status:
        """状态。"""
        return self.assessment.status

    @property
    def lags(self) -> bool:
        """要列进“未达序时事项”的；里程碑没有时限，只有逾期和临近的算。"""
        if self.kind == "milestone":
            return self.status in (Status.OVERDUE, Status.DUE_SOON)
        return self.status.is_gap


@dataclass(frozen=True, slots=True)
class Gaps:
    """一个季度的全部事项（最差在前）和报送情况；``as_of`` 是判断所用的日子。"""

    quarter: Quarter
    as_of: dt.date
    items: tuple[Gap, ...]
    reporting: Reporting

    @property
    def lagging(self) -> tuple[Gap, ...]:
        """滞后的事项。"""
        return tuple(gap for gap in self.items if gap.lags)

    @property
    def supposed(self) -> bool:
        """有没有照假设的数判的。"""
        return any(gap.supposed for gap in self.items)

    def of_kind(self, *kinds: str) -> tuple[Gap, ...]:
        """某几类事项，按编号排。"""
        found = [gap for gap in self.items if gap.kind in kinds]
        return tuple(sorted(found, key=lambda g: (_KIND_ORDER[g.kind], g.id)))


def find_gaps(  # noqa: PLR0913, PLR0917 - 前五样各命令都按这个次序传
    plan: Plan,
    entries: Iterable[Entry],
    receipts: Iterable[Receipt],
    quarter: Quarter,
    today: dt.date,
    sent_back: Iterable[SentBack] = (),
    supposed: Supposed | None = None,
) -> Gaps:
    """判断全部事项，排好次序。

    Args:
        plan: 计划。
        entries: 有效的各笔（含以前各季）。
        receipts: 回执，用来看谁报了。
        quarter: 判哪个季度。
        today: 判逾期、未到期所用的日子。
        sent_back: 退回了的回执；退回的数已不在 ``entries`` 里，只用来说明。
        supposed: 假设的数，按数所在的事项编号；只用来看会是什么灯。

    Returns:
        全部事项，最差在前；同一状态里差距大的在前。
    """
    known = [e for e in entries if e.quarter <= quarter]
    by_item: dict[str, list[Entry]] = defaultdict(list)
    for entry in known:
        by_item[entry.item].append(entry)
    receipts = tuple(receipts)
    before = quarter + -1 in {e.quarter for e in known} | {r.quarter for r in receipts}
    sent_back = tuple(sent_back)
    awaited = awaited_in(sent_back, quarter)
    assessed = [
        *assess_all(plan, known, quarter, supposed or {}, awaited),
        *(
            assess_milestone(m, by_item[m.id], quarter, today, plan.settings.thresholds)
            for m in plan.milestones
        ),
        *(assess_measure(plan, m, by_item[m.id], quarter, before=before) for m in plan.measures),
    ]
    if_so = supposed or {}
    gaps = []
    for found in assessed:
        source = _source(plan, found.item)
        agencies = () if source in if_so else awaited.get(source, ())
        told = tell_sent_back(found, agencies, standing=stands(by_item[source], quarter))
        if not isinstance(plan.items[found.item], Measure):  # 措施只看本季度的话
            told = tell_skipped(told, source, sent_back, quarter)
        gaps.append(_gap(plan, told, by_item, quarter, supposed=source in if_so))
    return Gaps(
        quarter,
        today,
        tuple(sorted(gaps, key=_worst_first)),
        reporting_of(plan, receipts, quarter, today, sent_back),
    )


def _source(plan: Plan, item: str) -> str:
    found = plan.items[item]
    return (isinstance(found, Commitment) and found.same_as) or item


def answerable(plan: Plan, item: Item) -> tuple[str, ...]:
    """一个事项由谁报。"""
    if isinstance(item, Measure):
        return plan.responsible(item)
    return item.reporters if isinstance(item, Milestone) else item.how.reporters


def _gap(
    plan: Plan,
    found: Assessment,
    by_item: dict[str, list[Entry]],
    quarter: Quarter,
    *,
    supposed: bool,
) -> Gap:
    item = plan.items[found.item]
    mine = by_item[_source(plan, item.id)]
    said = [e for e in mine if e.quarter == quarter]
    if not said and found.data_at is not None:
        # 沿用以前的数，也沿用当时随它写的原因
        last = max((e.quarter for e in mine if e.field == "value"), default=quarter)
        said = [e for e in mine if e.quarter == last]
    return Gap(
        found,
        next(kind for of, kind in _KINDS if isinstance(item, of)),
        name_of(item),
        item.how.unit if isinstance(item, (Indicator, Commitment)) else None,
        answerable(plan, item),
        own_words(said, "reason"),
        own_words(said, "next_step"),
        supposed=supposed,
        parts=() if supposed else _parts(item, found, mine),
    )


def _parts(item: Item, found: Assessment, mine: Sequence[Entry]) -> tuple[Part, ...]:
    """几家相加的：判断所用的那一季各家报了多少。"""
    if not isinstance(item, (Indicator, Commitment)) or not is_summed(item):
        return ()
    if found.value is None:
        return ()
    figures = [e for e in mine if e.field == "value"]
    last = max(e.quarter for e in figures)
    told = {e.agency: e for e in figures if e.quarter == last}
    return tuple(
        Part(
            name,
            told[name].value if name in told else None,
            name in told and told[name].state is State.NOT_APPLICABLE,
        )
        for name in item.how.reporters
    )


def own_words(entries: Sequence[Entry], field: str) -> str | None:
    """单位自己写的话；有几家的，各带名称。"""
    texts = [(e.agency, e.text) for e in entries if e.field == field and e.text]
    if not texts:
        return None
    if len(texts) == 1:
        return texts[0][1]
    return "；".join(f"{agency}：{text}" for agency, text in texts)


def _worst_first(gap: Gap) -> tuple[int, bool, Decimal, int, str]:
    """状态最差的在前；同一状态里差距大的在前，没有差距可比的在后。"""
    points = gap.assessment.gap_points
    return (
        _ORDER[gap.status],
        points is None,
        points or Decimal(0),
        _KIND_ORDER[gap.kind],
        gap.id,
    )
