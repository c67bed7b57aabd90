"""未达序时的各项：差多少，各单位历次报的原因，最近报的措施；没有人写的不替人写。"""

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import Commitment, Indicator
from ipmeasures.progress.assessment import Status
from ipmeasures.progress.gaps import Gap
from ipmeasures.progress.goal import source_of
from ipmeasures.quarter import Quarter
from ipmeasures.report.amounts import pace
from ipmeasures.report.lagging import lag_head
from ipmeasures.report.material import Material
from ipmeasures.report.parts import Text, Titled
from ipmeasures.report.review.counts import BEHIND, group_of
from ipmeasures.report.sentences import gap_words
from ipmeasures.report.wording import one_line, stopped

_MOST = 3


def causes(material: Material, first: Quarter) -> tuple[Titled, ...]:
    """最差在前；``first`` 是评估期的第一个季度，以前的原因不列。"""
    behind = [gap for gap in material.gaps.items if group_of(gap) == BEHIND]
    told = [(gap, _cause(material, gap, first)) for gap in behind if not _is_twin(material, gap)]
    return tuple(
        Titled(f"{n}.{lag_head(gap)}", paragraphs) for n, (gap, paragraphs) in enumerate(told, 1)
    )


def _is_twin(material: Material, gap: Gap) -> bool:
    """与指标同一个数的，原因见那个指标。"""
    item = material.plan.items[gap.id]
    return isinstance(item, Commitment) and item.same_as is not None


def _cause(material: Material, gap: Gap, first: Quarter) -> Text:
    item, found = material.plan.items[gap.id], gap.assessment
    head = f"责任单位：{material.names(gap.agencies)}。"
    source = item.id
    if isinstance(item, (Indicator, Commitment)):
        source = source_of(material.plan, item).id
        needed = pace(item, found.pace_needed, material.years, material.quarter)
        parts = [part for part in (gap_words(found), needed) if part]
        head = f"填报单位：{material.names(gap.agencies)}。" + "；".join(parts)
    elif found.status is Status.OVERDUE:
        head += "已过办公室定的时限。"
    mine = [e for e in material.by_item.get(source, ()) if e.quarter >= first and e.text]
    reasons = _latest(material, mine, "reason")
    steps = _latest(material, mine, "next_step")[:1]
    return (
        stopped(head),
        *(f"历次所报原因（{text}" for text in reasons),
        *(() if reasons else ("历次均未说明原因。",)),
        *(f"最近所报措施（{text}" for text in steps),
    )


def _latest(material: Material, entries: list[Entry], field: str) -> list[str]:
    """最近几次、各不相同的话，新的在前，写明是谁哪一季说的。"""
    told: dict[str, str] = {}
    for entry in sorted(entries, key=lambda e: (e.quarter, e.number), reverse=True):
        text = one_line(entry.text)
        if entry.field == field and text and text not in told:
            said = f"{entry.quarter.label}，{material.name(entry.agency)}）：{stopped(text)}"
            told[text] = said
    return list(told.values())[:_MOST]
