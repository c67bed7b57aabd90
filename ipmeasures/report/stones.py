"""里程碑事项：三里的几段话，附件1 的一览。"""

import datetime as dt
from collections import Counter

from ipmeasures.plan.model import Milestone
from ipmeasures.progress.assessment import Status
from ipmeasures.progress.words import DONE
from ipmeasures.report.material import Material
from ipmeasures.report.parts import BLANK, NONE, MilestoneRow, Titled
from ipmeasures.report.wording import day, one_line


def milestones(material: Material) -> tuple[MilestoneRow, ...]:
    """附件1 的里程碑事项一览。"""
    return tuple(_milestone_row(material, milestone) for milestone in material.plan.milestones)


def milestone_words(material: Material, heading: str) -> Titled:
    """里程碑：各状态几项，本季度完成的逐项说，有时限的说时限。"""
    gaps = material.gaps.of_kind("milestone")
    count = Counter(gap.assessment.status_text for gap in gaps)
    if not gaps:
        return Titled(heading, (f"{material.plan.document.called}没有里程碑事项。",))
    told = "，".join(f"{text}{n}项" for text, n in count.most_common())
    told = f"其中{told}" if len(count) > 1 else f"均{next(iter(count))}"
    rows = {row.id: row for row in milestones(material)}
    done = [rows[g.id] for g in gaps if g.status is Status.ACHIEVED and _is_news(material, g.id)]
    dated = [rows[g.id] for g in gaps if g.status in (Status.OVERDUE, Status.DUE_SOON)]
    paragraphs = [
        f"里程碑事项共{len(gaps)}项（公文均未规定时限，列有时限的为办公室设定），{told}。"
    ]
    if done:
        span = "本年" if material.is_annual else "本季度"
        paragraphs.append(f"{span}报送完成的有：{'；'.join(map(_completed, done))}。")
    paragraphs += [f"{row.name}（{row.agencies}）：{row.status}，时限{row.due}。" for row in dated]
    return Titled(heading, (*paragraphs, "各项情况见附件1。"))


def _is_news(material: Material, item: str) -> bool:
    """本季度新报完成的，以前报过的不再说；年度报告看全年，每年重复的各年另算。"""
    since = material.quarter + (1 - material.quarter.number if material.is_annual else 0)
    found = material.plan.items[item]
    yearly = isinstance(found, Milestone) and found.recurring
    done = [
        entry
        for entry in material.by_item.get(item, ())
        if entry.field == "status"
        and entry.text == DONE
        and (not yearly or entry.quarter.year == material.quarter.year)
    ]
    before = {entry.agency for entry in done if entry.quarter < since}
    return any(e.agency not in before and e.quarter <= material.quarter for e in done)


def _completed(row: MilestoneRow) -> str:
    when = f"，{row.completed}完成" if row.completed != BLANK else ""
    return f"{row.name}（{row.agencies}{when}）"


def _milestone_row(material: Material, item: Milestone) -> MilestoneRow:
    gap = material.gap_by_id[item.id]
    mine = [e for e in material.by_item.get(item.id, ()) if e.quarter <= material.quarter]
    if item.recurring:
        mine = [e for e in mine if e.quarter.year == material.quarter.year]
    latest = {(e.agency, e.field): e.text for e in mine}
    dates = [_date(t) for (_, field), t in latest.items() if field == "completed_on"]
    evidence = [one_line(t) for (_, field), t in latest.items() if field == "evidence"]
    return MilestoneRow(
        id=item.id,
        name=item.subject,
        kind="每年" if item.recurring else "一次",
        due=f"{day(item.due)}（办公室设定）" if item.due else item.timing or "未定",
        agencies=_few(material, item.reporters),
        status=gap.assessment.status_text,
        light=gap.assessment.light,
        completed="、".join(filter(None, dates)) or BLANK,
        evidence=tuple(filter(None, evidence)) or NONE,
    )


def _date(text: str | None) -> str:
    """完成日期写成公文的样子；认不出年月日的照录。"""
    written = one_line(text)
    try:
        return day(dt.date.fromisoformat(written))
    except ValueError:
        return written


def _few(material: Material, agencies: tuple[str, ...]) -> str:
    """全体成员不逐个列。"""
    everyone = set(agencies) == set(material.plan.settings.members)
    if everyone and len(agencies) > 1:
        return material.plan.document.collective
    return material.names(agencies)
