"""设定表的各张工作表：由计划造出，写表、读表都照它。

设定的值从计划文件的树里取，照文件里的写法：没有写的和写了默认值的，要分得清。
"""

from collections.abc import Iterable
from typing import Any

from ipmeasures.forms.settings.agenda import agenda_page
from ipmeasures.forms.settings.layout import (
    DUES,
    LEADS,
    LIST_MARK,
    MEMBERS,
    NO,
    ONCE,
    REPORTERS,
    TOGETHER,
    YEARLY,
    YES,
    renamed_layout,
)
from ipmeasures.forms.settings.slot import (
    EVERYONE_WORD,
    Kind,
    Page,
    Printed,
    SettingRow,
    Slot,
    Value,
)
from ipmeasures.forms.settings.terms import terms_page
from ipmeasures.plan.model import Commitment, FigureItem, Measure, Milestone, Plan
from ipmeasures.plan.source import Trail
from ipmeasures.plan.tree import Row, Sources, names_in, office_of, rows

RENAMING_KEYS = ("name", "since", "note")


def settings_pages(plan: Plan, sources: Sources) -> tuple[Page, ...]:
    """全部工作表；``sources`` 是造出 ``plan`` 的两棵树。"""
    measures = rows(sources.measures, "measures")
    milestones = [(row, plan.milestones[n]) for n, row in enumerate(sources.milestone_rows())]
    figures = [(row, plan.figure_items[n]) for n, row in enumerate(sources.figure_rows())]
    reporters = [
        *(_figure_reporters(row, item, plan) for row, item in figures),
        *(_milestone_reporters(row, item, plan) for row, item in milestones),
    ]
    return (
        agenda_page(sources.targets.tree["settings"]),
        _members(sources),
        _renamed(sources),
        Page(LEADS, tuple(_lead(row, plan) for row in measures)),
        Page(REPORTERS, tuple(reporters)),
        terms_page(plan, figures),
        Page(DUES, tuple(_due(row, item, plan) for row, item in milestones)),
    )


def _members(sources: Sources) -> Page:
    listed = names_in(sources.targets.tree["settings"]["members"], "named")
    return Page(
        MEMBERS,
        tuple(_member(row, listed) for row in rows(sources.measures, "agencies")),
    )


def _member(row: Row, listed: list[str]) -> SettingRow:
    trail, agency = row
    office, above = office_of(agency), (*trail, "office")
    aliases = tuple(office.get("aliases", ())) or None
    member = Slot(
        Kind.CHOICE,
        "targets",
        ("settings", "members"),
        "yes" if not listed or agency["name"] in listed else "no",
        needed=True,
        choices=(("yes", YES), ("no", NO)),
    )
    cells: dict[str, Slot | Printed] = {
        "name": agency["name"],
        "full_name": _slot(Kind.NAME, above, office, "full_name", needed=True),
        "aliases": Slot(Kind.NAMES, "measures", (*above, "aliases"), aliases),
        "member": member,
        "contact": _slot(Kind.TEXT, above, office, "contact"),
        "phone": _slot(Kind.TEXT, above, office, "phone"),
        "courtesy": Slot(
            Kind.CHOICE,
            "measures",
            (*above, "courtesy"),
            office.get("courtesy"),
            choices=(("true", YES), ("false", NO)),
        ),
    }
    return SettingRow(agency["name"], cells)


def _renamed(sources: Sources) -> Page:
    """已有的更名各占一格，另留一次的空格。"""
    agencies = list(rows(sources.measures, "agencies"))
    times = 1 + max(len(office_of(row).get("renamed", ())) for _, row in agencies)
    found = tuple(_renaming(row, times) for row in agencies)
    return Page(renamed_layout(times), found)


def _renaming(row: Row, times: int) -> SettingRow:
    trail, agency = row
    known = office_of(agency).get("renamed", [])
    cells: dict[str, Slot | Printed] = {"name": agency["name"]}
    for n in range(times):
        one = known[n] if n < len(known) else {}
        above = (*trail, "office", "renamed", n)
        for key, kind in zip(RENAMING_KEYS, (Kind.NAME, Kind.DATE, Kind.TEXT), strict=True):
            cells[f"{key}{n + 1}"] = _slot(kind, above, one, key)
    return SettingRow(agency["name"], cells)


def _lead(row: Row, plan: Plan) -> SettingRow:
    trail, tree = row
    measure, office = plan.measure_by_id[tree["id"]], tree.get("office")
    slot = Slot(
        Kind.AGENCY,
        "measures",
        (*trail, "office", "lead"),
        office["lead"] if office else None,
        choices=_same(measure.agencies or plan.agency_by_name),
    )
    cells: dict[str, Slot | Printed] = {
        "id": measure.id,
        "name": measure.title,
        "agencies": _responsible(plan, measure),
        "lead": measure.lead if measure.lead_named else slot,  # 公文写明了的，办公室不再定
    }
    return SettingRow(measure.id, cells)


def _figure_reporters(row: Row, item: FigureItem, plan: Plan) -> SettingRow:
    trail, tree = row
    office, above = office_of(tree), (*trail, "office")
    combine = Slot(
        Kind.CHOICE,
        "targets",
        (*above, "combine"),
        office.get("combine"),
        after="reporters",
        choices=(("sum", TOGETHER),),
        unit=item.how.unit,
    )
    cells: dict[str, Slot | Printed] = {
        "id": item.id,
        "kind": "指标",
        "name": item.name,
        "agencies": "公文未写",
        "reporters": _reporters("targets", above, office, plan),
        "combine": combine,
    }
    if isinstance(item, Commitment):
        twin = f"（与 {item.same_as} 同一个数，不另报）" if item.same_as else ""
        cells |= {
            "kind": "量化任务",
            "name": item.name + twin,
            "agencies": _responsible(plan, plan.measure_by_id[item.measure]),
        }
    return SettingRow(item.id, cells)


def _milestone_reporters(row: Row, item: Milestone, plan: Plan) -> SettingRow:
    trail, tree = row
    cells: dict[str, Slot | Printed] = {
        "id": item.id,
        "kind": "里程碑",
        "name": item.subject,
        "agencies": _responsible(plan, plan.measure_by_id[item.measure]),
        "reporters": _reporters("measures", (*trail, "office"), office_of(tree), plan),
        "combine": None,
    }
    return SettingRow(item.id, cells)


def _reporters(file: str, above: Trail, office: dict[str, Any], plan: Plan) -> Slot:
    listed = tuple(names_in(office["reporters"], EVERYONE_WORD))
    value: Value = listed or EVERYONE_WORD
    choices = _same(plan.agency_by_name)
    trail = (*above, "reporters")
    return Slot(Kind.AGENCIES, file, trail, value, needed=True, choices=choices)


def _due(row: Row, item: Milestone, plan: Plan) -> SettingRow:
    trail, tree = row
    places = (item.measure, *item.also_under)
    timed = item.timing not in ("", item.wording)
    cells: dict[str, Slot | Printed] = {
        "id": item.id,
        "measure": "；".join(f"{place} {plan.measure_by_id[place].title}" for place in places),
        "name": item.subject,
        "wording": item.wording + (f"（{item.timing}）" if timed else ""),
        "recurring": YEARLY if item.recurring else ONCE,
        "due": _slot(Kind.DATE, (*trail, "office"), office_of(tree), "due"),
    }
    return SettingRow(item.id, cells)


def _slot(
    kind: Kind, above: Trail, tree: dict[str, Any], key: str, *, needed: bool = False
) -> Slot:
    return Slot(kind, "measures", (*above, key), tree.get(key), needed=needed)


def _responsible(plan: Plan, measure: Measure) -> str:
    return plan.document.collective if measure.collective else LIST_MARK.join(measure.agencies)


def _same(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """可选的单位：词和叫法是一样的。"""
    return tuple((name, name) for name in names)
