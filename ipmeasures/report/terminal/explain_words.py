"""没有数字的事项怎么判的：各单位填了什么、在哪一格，照什么规则。"""

import datetime as dt
from collections.abc import Iterator, Sequence

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import Item, Measure, Milestone, Plan
from ipmeasures.progress.gaps import Gap
from ipmeasures.progress.words import due_in
from ipmeasures.quarter import Quarter
from ipmeasures.report.fields import field_label
from ipmeasures.report.joint import lead_first, standing

_MEASURE_RULE = (
    "规则：看本季度各责任单位填的进展。没有一家填的为未报送；都填未启动的为未启动；"
    "全部报齐、都填已完成的为已完成；都填同一个词的照那个词；其余为推进中"
)
_MILESTONE_RULE = (
    "规则：看各填报单位最近一次填的完成情况{since}。都已完成的为已完成，都不再实施的为不再实施；"
    "其余的，过了办公室定的时限为逾期，{days}天以内到时限为临近时限；没有填过的为未报送；"
    "都填未启动的为未启动；其余为推进中"
)

_FEW = 5


def word_lines(  # noqa: PLR0913, PLR0917 - 与 explain_lines 同样的几样
    plan: Plan,
    item: Item,
    gap: Gap,
    entries: Sequence[Entry],
    quarter: Quarter,
    today: dt.date | None,
) -> Iterator[str]:
    """一条措施、一项里程碑的判定过程，一步一行。"""
    if isinstance(item, Milestone):
        yield f"要求：{item.wording}{'（每年）' if item.recurring else ''}"
        yield from _due(item, quarter, today)
    elif isinstance(item, Measure):
        names = lead_first(item, plan.responsible(item))
        yield f"责任单位：{_names([standing(item, name, name, '') for name in names])}"
    yield from _said(gap, item, entries, quarter)
    if gap.assessment.note:
        yield f"说明：{gap.assessment.note}"
    if isinstance(item, Milestone):
        since = f"，每年重复的只看{quarter.year}年" if item.recurring else ""
        days = plan.settings.thresholds.due_soon_days
        yield _MILESTONE_RULE.format(since=since, days=days)
    else:
        yield _MEASURE_RULE
    dated = isinstance(item, Milestone) and due_in(item, quarter.year) is not None
    yield f"依据：按各单位填的文字{'和时限' if dated else ''}判"


def _due(item: Milestone, quarter: Quarter, today: dt.date | None) -> Iterator[str]:
    due = due_in(item, quarter.year)
    if due is None:
        yield "时限：公文未定，办公室也没有设定"
        return
    left = (due - today).days if today else None
    since = "" if left is None else f"，还有 {left} 天" if left >= 0 else f"，已过 {-left} 天"
    judged = f"；判断日期 {today.isoformat()}{since}" if today else ""
    yield f"时限：{due.isoformat()}（办公室设定）{judged}"


def _said(gap: Gap, item: Item, entries: Sequence[Entry], quarter: Quarter) -> Iterator[str]:
    """各单位填了什么：措施看本季，里程碑看每家最近一次；没有填的列名。"""
    since = quarter if gap.kind == "measure" else None
    every_year = isinstance(item, Milestone) and item.recurring
    told: dict[str, dict[str, Entry]] = {}
    for entry in sorted(entries, key=lambda e: (e.quarter, e.number)):
        now = since in (None, entry.quarter)
        if every_year and entry.quarter.year != quarter.year:
            continue
        if entry.item == gap.id and entry.field in ("status", "progress") and now:
            # 次序看最后说的，先前说过没有都一样
            told[entry.agency] = {**told.pop(entry.agency, {}), entry.field: entry}
    lead = item.lead if isinstance(item, Measure) else None
    for agency, fields in sorted(told.items(), key=lambda pair: pair[0] != lead):
        for field, entry in fields.items():
            words = f"填“{entry.text}”" if field == "status" else "写了进展"
            yield f"{field_label(field)}：{agency}{words}（{_place(entry)}）"
    silent = [name for name in gap.agencies if name not in told]
    if len(silent) > _FEW and told:  # 少的，说明里已经列名
        yield f"没有填的：{_names(silent)}"


def _place(entry: Entry) -> str:
    return f"{entry.quarter}；回执 {entry.receipt}，{entry.file} {entry.sheet}!{entry.cell}"


def _names(names: Sequence[str]) -> str:
    return f"{'、'.join(names)}（{len(names)}家）" if len(names) > 1 else "、".join(names)
