"""编号和名称的检查：只用一次、合规则、提到的都在。"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ipmeasures.plan.names import same_name
from ipmeasures.plan.source import PlanProblem, Source, Trail
from ipmeasures.plan.tree import (
    Row,
    Sources,
    as_list,
    id_of,
    names_in,
    office_of,
    rows,
    text_of,
)

_MEASURE = "M[0-9]{2}"


def ids_once(sources: Sources) -> Iterator[PlanProblem]:
    """编号全计划只出现一次。"""
    items = [
        *((sources.measures, row) for row in rows(sources.measures, "measures")),
        *((sources.measures, row) for row in sources.milestone_rows()),
        *((sources.targets, row) for row in sources.figure_rows()),
    ]
    yield from _once(items, "id")
    yield from _once([(sources.measures, r) for r in rows(sources.measures, "agencies")], "id")
    yield from _once([(sources.measures, r) for r in rows(sources.measures, "sections")], "number")


def _once(places: Iterable[tuple[Source, Row]], field: str) -> Iterator[PlanProblem]:
    seen: dict[str, str] = {}
    for source, (trail, row) in places:
        key, where = text_of(row.get(field)), (*trail, field)
        if key in seen:
            yield source.problem(where, f"编号“{key}”已在 {seen[key]} 用过", "请改成没有用过的编号")
        elif key:
            seen[key] = f"{source.file}:{source.line(where)}"


def ids_well_formed(sources: Sources) -> Iterator[PlanProblem]:
    """编号的写法：指标 I01，措施 M01，量化任务和里程碑接在本措施后面（M05-1）。"""
    for trail, row in rows(sources.measures, "measures"):
        yield from _id_form(sources.measures, trail, row, _MEASURE, "M01")
    for trail, row in rows(sources.targets, "indicators"):
        yield from _id_form(sources.targets, trail, row, "I[0-9]{2}", "I01")
    for trail, row in rows(sources.targets, "commitments"):
        yield from _part_form(sources.targets, trail, row, text_of(row.get("measure")))
    for trail, row in sources.milestone_rows():
        measure = sources.measures.tree["measures"][trail[1]]
        yield from _part_form(sources.measures, trail, row, text_of(measure.get("id")))


def _part_form(
    source: Source, trail: Trail, row: dict[str, Any], measure: str
) -> Iterator[PlanProblem]:
    if re.fullmatch(_MEASURE, measure):
        form = re.escape(measure) + "-[1-9][0-9]*"
        yield from _id_form(source, trail, row, form, f"{measure}-1")


def _id_form(
    source: Source, trail: Trail, row: dict[str, Any], form: str, example: str
) -> Iterator[PlanProblem]:
    key = text_of(row.get("id"))
    if key and not re.fullmatch(form, key):
        yield source.problem((*trail, "id"), f"编号“{key}”不合规则", f"应形如 {example}")


def agencies_once(sources: Sources) -> Iterator[PlanProblem]:
    """名称、别名、更名后的名称，各单位之间不能相同。"""
    owner: dict[str, str] = {}
    for trail, row in rows(sources.measures, "agencies"):
        name, office = text_of(row.get("name")), office_of(row)
        renamed = [r.get("name") for r in as_list(office.get("renamed")) if isinstance(r, dict)]
        written = [name, office.get("full_name"), *names_in(office.get("aliases")), *renamed]
        spoken = {same_name(word): word for word in map(text_of, written) if word}
        for key, word in spoken.items():
            if key in owner:
                yield sources.measures.problem(
                    trail, f"“{word}”同时是{owner[key]}和{name}的名称", "请只留给一个单位"
                )
            owner.setdefault(key, name)


def agencies_known(sources: Sources) -> Iterator[PlanProblem]:
    """措施、填报和成员里写的单位都在责任单位名单里。"""
    known = sources.agency_names()
    for source, trail, names in _agency_mentions(sources):
        for name in dict.fromkeys(names):
            if name not in known:
                yield source.problem(
                    trail, f"“{name}”不在责任单位名单里", "请写公文里的名称，或先加进名单"
                )
            if names.count(name) > 1:
                yield source.problem(trail, f"“{name}”写了两次", "请只留一处")


def _agency_mentions(sources: Sources) -> Iterator[tuple[Source, Trail, list[str]]]:
    measures, targets = sources.measures, sources.targets
    for trail, row in rows(measures, "measures"):
        yield measures, (*trail, "agencies"), names_in(row.get("agencies"), "collective")
        yield measures, (*trail, "office", "lead"), names_in(office_of(row).get("lead"))
        yield measures, (*trail, "lead"), names_in(row.get("lead"))
    for trail, row in sources.milestone_rows():
        reporters = names_in(office_of(row).get("reporters"), "members")
        yield measures, (*trail, "office", "reporters"), reporters
    for trail, row in sources.figure_rows():
        reporters = names_in(office_of(row).get("reporters"), "members")
        yield targets, (*trail, "office", "reporters"), reporters
    settings = targets.tree.get("settings") if isinstance(targets.tree, dict) else None
    members = settings.get("members") if isinstance(settings, dict) else None
    yield targets, ("settings", "members"), names_in(members, "named")


def references_exist(sources: Sources) -> Iterator[PlanProblem]:
    """提到的措施、指标、部分都在。"""
    measures, targets = sources.measures, sources.targets
    known, sections = (
        sources.measure_ids(),
        {text_of(r.get("number")) for _, r in rows(measures, "sections")},
    )
    indicators = {text_of(r.get("id")): r for _, r in rows(targets, "indicators")}
    for trail, row in rows(measures, "measures"):
        section = text_of(row.get("section"))
        if section and section not in sections:
            yield measures.problem((*trail, "section"), f"没有第 {section} 部分")
    for trail, row in rows(targets, "commitments"):
        measure = text_of(row.get("measure"))
        if measure and measure not in known:
            yield targets.problem((*trail, "measure"), f"没有措施 {measure}")
        yield from _same_as(targets, trail, row, indicators)
    for trail, row in sources.milestone_rows():
        yield from _unknown(measures, (*trail, "also_under"), row.get("also_under"), known)
    every = known | indicators.keys() | {text_of(r.get("id")) for _, r in sources.figure_rows()}
    every |= {text_of(r.get("id")) for _, r in sources.milestone_rows()}
    for trail, row in rows(measures, "flaws"):
        yield from _unknown(measures, (*trail, "items"), row.get("items"), every)
    for trail, row in rows(measures, "waivers"):
        yield from _unknown(measures, (*trail, "measure"), [row.get("measure")], known)


def agreeing_figures_exist(sources: Sources) -> Iterator[PlanProblem]:
    """说要与哪个数一致，那个数得在。"""
    known = {text_of(row.get("id")) for _, row in sources.figure_rows()}
    for trail, row in sources.figure_rows():
        twin = text_of(office_of(row).get("agrees_with"))
        if twin and twin not in known:
            yield sources.targets.problem(
                (*trail, "office", "agrees_with"), f"没有编号为 {twin} 的数"
            )


def _same_as(
    source: Source, trail: Trail, row: dict[str, Any], indicators: dict[str, dict[str, Any]]
) -> Iterator[PlanProblem]:
    twin = text_of(row.get("same_as"))
    if not twin:
        return
    if twin not in indicators:
        yield source.problem((*trail, "same_as"), f"没有指标 {twin}")
    elif indicators[twin].get("unit") != row.get("unit"):
        yield source.problem((*trail, "unit"), f"{id_of(row)} 与 {twin} 同一个数，计量单位却不同")


def _unknown(
    source: Source, trail: Trail, names: object, known: Iterable[str]
) -> Iterator[PlanProblem]:
    for name in map(text_of, as_list(names)):
        if name and name not in known:
            yield source.problem(trail, f"没有编号为 {name} 的事项")


def leads_responsible(sources: Sources) -> Iterator[PlanProblem]:
    """牵头单位要在这条措施的责任单位之中；公文写明了的，办公室不再另定。"""
    for trail, row in rows(sources.measures, "measures"):
        agencies, named = row.get("agencies"), text_of(row.get("lead"))
        own = text_of(office_of(row).get("lead"))
        if named and own:
            yield sources.measures.problem(
                (*trail, "office", "lead"), "公文已写明牵头单位", "请只留 lead 一处"
            )
        for where, lead in (((*trail, "lead"), named), ((*trail, "office", "lead"), own)):
            if lead and isinstance(agencies, list) and lead not in agencies:
                yield sources.measures.problem(where, f"牵头单位“{lead}”不是这条措施的责任单位")
