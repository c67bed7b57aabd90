"""没有数字的事项照文字判：措施看各单位填的进展，里程碑看完成情况和办公室定的时限。"""

import datetime as dt
from collections.abc import Iterable, Sequence

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import Measure, Milestone, Plan, Thresholds
from ipmeasures.progress.assessment import Assessment, Status
from ipmeasures.quarter import Quarter

DONE = "已完成"
_NOT_STARTED = "未启动"
_DROPPED = "不再实施"


def assess_measure(
    plan: Plan, measure: Measure, entries: Iterable[Entry], quarter: Quarter, *, before: bool = True
) -> Assessment:
    """一条措施：本季度各责任单位填的进展状态；没有一家报的算未报送，都说未启动的算未启动。

    ``before`` 是上季度有没有报表入库：没有的，不说“连续两个季度”。
    """
    mine = [e for e in entries if e.item == measure.id and e.field in ("status", "progress")]
    now = [e for e in mine if e.quarter == quarter]
    spoken = {e.agency for e in now}
    silent = [name for name in plan.responsible(measure) if name not in spoken]
    if not spoken:
        twice = before and not any(e.quarter == quarter + -1 for e in mine)
        note = ("连续两个季度" if twice else "本季度") + "无人填报"
        return Assessment(measure.id, Status.NOT_REPORTED, Status.NOT_REPORTED.label, note=note)
    states = {e.agency: e.text for e in now if e.field == "status" and e.text}
    status, text = _measure_status(states, spoken, complete=not silent)
    note = "；".join(part for part in (_spoken(states), _unheard(silent)) if part)
    return Assessment(measure.id, status, text, data_at=quarter, note=note)


def _measure_status(
    states: dict[str, str], spoken: set[str], *, complete: bool
) -> tuple[Status, str]:
    """各家说的一样，就用那个词；不一样的、有单位只写了进展没选状态的，是推进中。"""
    said = set(states.values()) if spoken == set(states) else set()
    if said == {_NOT_STARTED}:
        return Status.NOT_STARTED, Status.NOT_STARTED.label
    if said == {DONE} and complete:
        return Status.ACHIEVED, DONE
    if len(said) == 1 and said != {DONE}:
        return Status.IN_PROGRESS, said.pop()
    return Status.IN_PROGRESS, Status.IN_PROGRESS.label


def _spoken(states: dict[str, str]) -> str:
    """各家说的不一样时，各说各的。"""
    if len(set(states.values())) < 2:
        return ""
    by_word: dict[str, list[str]] = {}
    for agency, word in states.items():
        by_word.setdefault(word, []).append(agency)
    return "；".join(f"{word}：{_names(agencies)}" for word, agencies in by_word.items())


def assess_milestone(
    milestone: Milestone,
    entries: Iterable[Entry],
    quarter: Quarter,
    today: dt.date,
    limits: Thresholds,
) -> Assessment:
    """一项里程碑：各填报单位最近一次填的完成情况；每年重复的只看当年。

    有办公室定的时限而没有完成的，过了时限是逾期，临近是临近时限；每年重复的，时限也逐年顺延。
    ``data_at`` 是最近一次填的那个季度。
    """
    latest = latest_status(milestone, entries, quarter)
    said = {e.text for e in latest}
    silent = [r for r in milestone.reporters if r not in {e.agency for e in latest}]
    at, due = max((e.quarter for e in latest), default=None), due_in(milestone, quarter.year)
    if not silent and said <= {DONE, _DROPPED}:
        done = DONE in said
        status = Status.ACHIEVED if done else Status.NOT_APPLICABLE
        return Assessment(milestone.id, status, DONE if done else _DROPPED, data_at=at)
    status = Status.NOT_STARTED if said == {_NOT_STARTED} else Status.IN_PROGRESS
    if due and today > due:
        status = Status.OVERDUE
    elif due and (due - today).days <= limits.due_soon_days:
        status = Status.DUE_SOON
    elif not latest:
        return Assessment(milestone.id, Status.NOT_REPORTED, Status.NOT_REPORTED.label)
    note = _unheard(silent) if latest else ""
    return Assessment(milestone.id, status, status.label, data_at=at, note=note)


def due_in(milestone: Milestone, year: int) -> dt.date | None:
    """``year`` 年看的时限；每年重复的，取当年的同一天（2月29日的为28日）。"""
    due = milestone.due
    if due is None or not milestone.recurring or year <= due.year:
        return due
    leap = (due.month, due.day) == (2, 29)
    return due.replace(year=year, day=28 if leap else due.day)


def latest_status(
    milestone: Milestone, entries: Iterable[Entry], quarter: Quarter
) -> Sequence[Entry]:
    """各填报单位到 ``quarter`` 为止最近一次填的完成情况；每年重复的只看当年。"""
    found: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda e: (e.quarter, e.number)):
        counts = entry.quarter <= quarter and (
            not milestone.recurring or entry.quarter.year == quarter.year
        )
        if entry.item == milestone.id and entry.field == "status" and counts:
            found[entry.agency] = entry
    return tuple(found.values())


def _unheard(silent: list[str]) -> str:
    return f"未报：{_names(silent)}" if silent else ""


def _names(agencies: list[str]) -> str:
    """名单；多于五家的只说前几家和总数。"""
    if len(agencies) <= 5:
        return "、".join(agencies)
    return f"{'、'.join(agencies[:3])}等{len(agencies)}家"
