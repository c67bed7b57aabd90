"""计划的检查：形状之外的对错。每项检查是一个函数，一次找出它管的全部问题。

检查看的是 YAML 树而不是造好的计划，所以一处写错不妨碍别处的错也被说出来。
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from ipmeasures.plan.names import same_name
from ipmeasures.plan.source import PlanProblem, Source, Trail

Row = tuple[Trail, dict[str, Any]]
_MEASURE = "M[0-9]{2}"


@dataclass(frozen=True, slots=True)
class Sources:
    """一起检查的两个 YAML 文件。"""

    measures: Source
    targets: Source

    def figure_rows(self) -> Iterator[Row]:
        """指标和量化任务。"""
        yield from rows(self.targets, "indicators")
        yield from rows(self.targets, "commitments")

    def milestone_rows(self) -> Iterator[Row]:
        """各措施下的里程碑。"""
        for trail, measure in rows(self.measures, "measures"):
            for i, milestone in enumerate(_list(measure.get("milestones"))):
                if isinstance(milestone, dict):
                    yield (*trail, "milestones", i), milestone

    def agency_names(self) -> set[str]:
        """公文里的责任单位名称。"""
        return {_text(row.get("name")) for _, row in rows(self.measures, "agencies")}

    def measure_ids(self) -> set[str]:
        """措施编号。"""
        return {_text(row.get("id")) for _, row in rows(self.measures, "measures")}


def rows(source: Source, key: str) -> Iterator[Row]:
    """树里一个列表的各行；形状不对的行跳过（由形状检查去说）。"""
    tree = source.tree if isinstance(source.tree, dict) else {}
    for i, row in enumerate(_list(tree.get(key))):
        if isinstance(row, dict):
            yield (key, i), row


def check_sources(sources: Sources) -> list[PlanProblem]:
    """跑全部检查，按文件和行号排好。"""
    found = [problem for check in CHECKS for problem in check(sources)]
    return sorted(found, key=lambda p: (p.file, p.line))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _office(row: dict[str, Any]) -> dict[str, Any]:
    office = row.get("office")
    return office if isinstance(office, dict) else {}


def _names(value: object, *words: str) -> list[str]:
    """写的单位；``words`` 是代表一批单位的词，只能单独写。"""
    written = [value] if isinstance(value, str) else _list(value)
    if len(written) == 1 and written[0] in words:
        return []
    return [name for name in written if isinstance(name, str) and name]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _id(row: dict[str, Any]) -> str:
    return _text(row.get("id")) or "这一项"


def _decimal(value: object) -> Decimal | None:
    try:
        figure = Decimal(_text(value))
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None


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
        key, where = _text(row.get(field)), (*trail, field)
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
        yield from _part_form(sources.targets, trail, row, _text(row.get("measure")))
    for trail, row in sources.milestone_rows():
        measure = sources.measures.tree["measures"][trail[1]]
        yield from _part_form(sources.measures, trail, row, _text(measure.get("id")))


def _part_form(
    source: Source, trail: Trail, row: dict[str, Any], measure: str
) -> Iterator[PlanProblem]:
    if re.fullmatch(_MEASURE, measure):
        form = re.escape(measure) + "-[1-9][0-9]*"
        yield from _id_form(source, trail, row, form, f"{measure}-1")


def _id_form(
    source: Source, trail: Trail, row: dict[str, Any], form: str, example: str
) -> Iterator[PlanProblem]:
    key = _text(row.get("id"))
    if key and not re.fullmatch(form, key):
        yield source.problem((*trail, "id"), f"编号“{key}”不合规则", f"应形如 {example}")


def agencies_once(sources: Sources) -> Iterator[PlanProblem]:
    """名称、别名、更名后的名称，各单位之间不能相同。"""
    owner: dict[str, str] = {}
    for trail, row in rows(sources.measures, "agencies"):
        name, office = _text(row.get("name")), _office(row)
        renamed = [r.get("name") for r in _list(office.get("renamed")) if isinstance(r, dict)]
        written = [name, office.get("full_name"), *_names(office.get("aliases")), *renamed]
        spoken = {same_name(word): word for word in map(_text, written) if word}
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
        yield measures, (*trail, "agencies"), _names(row.get("agencies"), "collective")
        yield measures, (*trail, "office", "lead"), _names(_office(row).get("lead"))
    for trail, row in sources.milestone_rows():
        reporters = _names(_office(row).get("reporters"), "members")
        yield measures, (*trail, "office", "reporters"), reporters
    for trail, row in sources.figure_rows():
        reporters = _names(_office(row).get("reporters"), "members")
        yield targets, (*trail, "office", "reporters"), reporters
    settings = targets.tree.get("settings") if isinstance(targets.tree, dict) else None
    members = settings.get("members") if isinstance(settings, dict) else None
    yield targets, ("settings", "members"), _names(members, "named")


def reporters_settled(sources: Sources) -> Iterator[PlanProblem]:
    """每个数有填报单位；有几家的，写明相加；百分数不能相加。"""
    for trail, row in sources.figure_rows():
        office, where = _office(row), (*trail, "office", "reporters")
        reporters, combine = office.get("reporters"), office.get("combine")
        several = reporters in ("members", ["members"]) or len(_list(reporters)) > 1
        if not reporters:
            yield sources.targets.problem(where, f"{_id(row)} 没有填报单位", "请补上 reporters")
        elif several and not combine:
            yield sources.targets.problem(
                where,
                f"{_id(row)} 有几家填报单位，但没有写怎么合并",
                "请加 combine: sum，或只留一家",
            )
        elif combine and row.get("unit") == "%":
            yield sources.targets.problem(
                (*trail, "office", "combine"), f"{_id(row)} 是百分数，不能相加", "请只留一家"
            )


def targets_beyond_baseline(sources: Sources) -> Iterator[PlanProblem]:
    """目标值不能比基期值差。"""
    for trail, row in rows(sources.targets, "indicators"):
        falling, baseline = row.get("direction") == "falling", _decimal(row.get("baseline"))
        amended = enumerate(_list(row.get("amendments")))
        written = [((*trail, "target"), row.get("target"))]
        written += [
            ((*trail, "amendments", i, "target"), amendment.get("target"))
            for i, amendment in amended
            if isinstance(amendment, dict)
        ]
        for where, text in written:
            target = _decimal(text)
            if baseline is None or target is None:
                continue
            if (target > baseline) if falling else (target < baseline):
                yield sources.targets.problem(
                    where,
                    f"{_id(row)} 目标值 {target} 比基期值 {baseline} {'大' if falling else '小'}",
                    "请核对两个数；越小越好的指标请写 direction: falling",
                )


def figures_fit_rule(sources: Sources) -> Iterator[PlanProblem]:
    """区间写两个数、由小到大；其余只写一个。"""
    for trail, row in rows(sources.targets, "commitments"):
        figures = [_decimal(f) for f in _list(row.get("figures"))]
        wanted = 2 if row.get("rule") == "range" else 1
        where = (*trail, "figures")
        if figures and len(figures) != wanted:
            yield sources.targets.problem(where, f"{_id(row)} 应写 {wanted} 个数")
        elif wanted == 2 and None not in figures and figures != sorted(figures, key=_sort_key):
            yield sources.targets.problem(where, f"{_id(row)} 区间应由小到大")


def _sort_key(value: Decimal | None) -> Decimal:
    return value if value is not None else Decimal(0)


def references_exist(sources: Sources) -> Iterator[PlanProblem]:
    """提到的措施、指标、部分都在。"""
    measures, targets = sources.measures, sources.targets
    known, sections = (
        sources.measure_ids(),
        {_text(r.get("number")) for _, r in rows(measures, "sections")},
    )
    indicators = {_text(r.get("id")): r for _, r in rows(targets, "indicators")}
    for trail, row in rows(measures, "measures"):
        section = _text(row.get("section"))
        if section and section not in sections:
            yield measures.problem((*trail, "section"), f"没有第 {section} 部分")
    for trail, row in rows(targets, "commitments"):
        measure = _text(row.get("measure"))
        if measure and measure not in known:
            yield targets.problem((*trail, "measure"), f"没有措施 {measure}")
        yield from _same_as(targets, trail, row, indicators)
    for trail, row in sources.milestone_rows():
        yield from _unknown(measures, (*trail, "also_under"), row.get("also_under"), known)
    every = known | indicators.keys() | {_text(r.get("id")) for _, r in sources.figure_rows()}
    every |= {_text(r.get("id")) for _, r in sources.milestone_rows()}
    for trail, row in rows(measures, "flaws"):
        yield from _unknown(measures, (*trail, "items"), row.get("items"), every)
    for trail, row in rows(measures, "waivers"):
        yield from _unknown(measures, (*trail, "measure"), [row.get("measure")], known)


def agreeing_figures_exist(sources: Sources) -> Iterator[PlanProblem]:
    """说要与哪个数一致，那个数得在。"""
    known = {_text(row.get("id")) for _, row in sources.figure_rows()}
    for trail, row in sources.figure_rows():
        twin = _text(_office(row).get("agrees_with"))
        if twin and twin not in known:
            yield sources.targets.problem(
                (*trail, "office", "agrees_with"), f"没有编号为 {twin} 的数"
            )


def thresholds_in_order(sources: Sources) -> Iterator[PlanProblem]:
    """界线由严到宽：超序时不低于达序时，达序时不低于差距较大。"""
    limits: object = sources.targets.tree
    for key in ("settings", "thresholds"):
        limits = limits.get(key) if isinstance(limits, dict) else None
    if not isinstance(limits, dict):
        return
    for keys in (
        ("ahead_index", "on_track_index", "far_behind_index"),
        ("ahead_gap", "on_track_gap", "far_behind_gap"),
    ):
        known = [(key, _decimal(limits.get(key))) for key in keys if key in limits]
        for (one, high), (other, low) in pairwise(known):
            if high is not None and low is not None and high < low:
                yield sources.targets.problem(
                    ("settings", "thresholds", one), f"界线 {one}（{high}）比 {other}（{low}）还低"
                )


def _same_as(
    source: Source, trail: Trail, row: dict[str, Any], indicators: dict[str, dict[str, Any]]
) -> Iterator[PlanProblem]:
    twin = _text(row.get("same_as"))
    if not twin:
        return
    if twin not in indicators:
        yield source.problem((*trail, "same_as"), f"没有指标 {twin}")
    elif indicators[twin].get("unit") != row.get("unit"):
        yield source.problem((*trail, "unit"), f"{_id(row)} 与 {twin} 同一个数，计量单位却不同")


def _unknown(
    source: Source, trail: Trail, names: object, known: Iterable[str]
) -> Iterator[PlanProblem]:
    for name in map(_text, _list(names)):
        if name and name not in known:
            yield source.problem(trail, f"没有编号为 {name} 的事项")


def leads_responsible(sources: Sources) -> Iterator[PlanProblem]:
    """牵头单位要在这条措施的责任单位之中。"""
    for trail, row in rows(sources.measures, "measures"):
        lead, agencies = _text(_office(row).get("lead")), row.get("agencies")
        if lead and isinstance(agencies, list) and lead not in agencies:
            yield sources.measures.problem(
                (*trail, "office", "lead"), f"牵头单位“{lead}”不是这条措施的责任单位"
            )


def waypoints_given(sources: Sources) -> Iterator[PlanProblem]:
    """分年节点的路径要写出各年年底的值。"""
    for trail, row in sources.figure_rows():
        office = _office(row)
        if office.get("path") == "milestones" and not office.get("waypoints"):
            yield sources.targets.problem(
                (*trail, "office", "path"), f"{_id(row)} 按分年节点走，但没有写 waypoints"
            )


def years_in_order(sources: Sources) -> Iterator[PlanProblem]:
    """末年在基年之后，否则没有序时可言。"""
    tree = sources.measures.tree if isinstance(sources.measures.tree, dict) else {}
    document = tree.get("document")
    if not isinstance(document, dict):
        return
    first, last = _decimal(document.get("base_year")), _decimal(document.get("target_year"))
    if first is not None and last is not None and first >= last:
        yield sources.measures.problem(
            ("document", "target_year"), f"末年 {last} 不在基年 {first} 之后", "请核对两个年份"
        )


CHECKS: tuple[Callable[[Sources], Iterator[PlanProblem]], ...] = (
    ids_once,
    ids_well_formed,
    agencies_once,
    agencies_known,
    reporters_settled,
    targets_beyond_baseline,
    figures_fit_rule,
    references_exist,
    agreeing_figures_exist,
    leads_responsible,
    waypoints_given,
    years_in_order,
    thresholds_in_order,
)
