"""没有数字的事项照文字判：措施看各单位填的进展，里程碑看完成情况和办公室定的时限。"""

import datetime as dt
from collections.abc import Iterable, Sequence

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import Measure, Milestone, Plan, Thresholds
from ipmeasures.progress.assessment import Assessment, Status
from ipmeasures.quarter import Quarter

_DONE = ("已完成",)
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
        note = ("连续两个季度" if twice else "本季度") + "没有单位报送进展"
        return Assessment(measure.id, Status.NOT_REPORTED, Status.NOT_REPORTED.label, note=note)
    states = {e.agency: e.text for e in now if e.field == "status" and e.text}
    status, text = _measure_status(states, complete=not silent)
    note = "；".join(part for part in (_spoken(states), _unheard(silent)) if part)
    return Assessment(measure.id, status, text, data_at=quarter, note=note)


def _measure_status(states: dict[str, str], *, complete: bool) -> tuple[Status, str]:
    """各家说的一样，就用那个词；不一样的是推进中。"""
    said = set(states.values())
    if said == {_NOT_STARTED}:
        return Status.NOT_STARTED, Status.NOT_STARTED.label
    if said and said <= set(_DONE):
        return (Status.ACHIEVED, "已完成") if complete else (Status.IN_PROGRESS, "推进中")
    return Status.IN_PROGRESS, said.pop() if len(said) == 1 else Status.IN_PROGRESS.label


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

    有办公室定的时限而没有完成的，过了时限是逾期，临近是临近时限。
    """
    latest = _latest_status(milestone, entries, quarter)
    said = {e.text for e in latest}
    everyone = len(latest) == len(milestone.reporters)
    if everyone and said <= {"已完成", _DROPPED}:
        done = "已完成" in said
        status = Status.ACHIEVED if done else Status.NOT_APPLICABLE
        return Assessment(milestone.id, status, "已完成" if done else _DROPPED, data_at=quarter)
    if milestone.due and today > milestone.due:
        return Assessment(milestone.id, Status.OVERDUE, Status.OVERDUE.label)
    if milestone.due and (milestone.due - today).days <= limits.due_soon_days:
        return Assessment(milestone.id, Status.DUE_SOON, Status.DUE_SOON.label)
    silent = [r for r in milestone.reporters if r not in {e.agency for e in latest}]
    if not latest:
        return Assessment(milestone.id, Status.NOT_REPORTED, Status.NOT_REPORTED.label)
    started = said != {_NOT_STARTED}
    status = Status.IN_PROGRESS if started else Status.NOT_STARTED
    return Assessment(milestone.id, status, status.label, data_at=quarter, note=_unheard(silent))


def _latest_status(
    milestone: Milestone, entries: Iterable[Entry], quarter: Quarter
) -> Sequence[Entry]:
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
