"""数和设定的检查：谁来报、目标和基期、区间、节点、界线、年份。"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from ipmeasures.plan.source import PlanProblem, Trail
from ipmeasures.plan.target import FALLING_SIGNS, read_target
from ipmeasures.plan.tree import (
    Sources,
    as_list,
    decimal_of,
    id_of,
    office_of,
    rows,
    text_of,
)


def reporters_settled(sources: Sources) -> Iterator[PlanProblem]:
    """每个数有填报单位；有几家的，写明相加；百分数不能相加。"""
    for trail, row in sources.figure_rows():
        office, where = office_of(row), (*trail, "office", "reporters")
        reporters, combine = office.get("reporters"), office.get("combine")
        several = reporters in ("members", ["members"]) or len(as_list(reporters)) > 1
        if not reporters:
            yield sources.targets.problem(where, f"{id_of(row)} 没有填报单位", "请补上 reporters")
        elif several and not combine:
            yield sources.targets.problem(
                where,
                f"{id_of(row)} 有几家填报单位，但没有写怎么合并",
                "请加 combine: sum，或只留一家",
            )
        elif combine and row.get("unit") == "%":
            yield sources.targets.problem(
                (*trail, "office", "combine"), f"{id_of(row)} 是百分数，不能相加", "请只留一家"
            )


def targets_beyond_baseline(sources: Sources) -> Iterator[PlanProblem]:
    """目标值不能比基期值差；写了 ≥、≤ 的，方向与它一致；没有目标的没有调整可言。"""
    for trail, row in rows(sources.targets, "indicators"):
        written = read_target(text_of(row.get("target")))
        direction = row.get("direction")
        sign = written.sign if written else ""
        wanted = "falling" if sign in FALLING_SIGNS else "rising" if sign else direction
        if direction is not None and direction != wanted:
            yield sources.targets.problem(
                (*trail, "direction"), f"{id_of(row)} 的 direction 与目标的“{sign}”相反", "请核对"
            )
        if written is not None and written.figure is None and row.get("amendments"):
            yield sources.targets.problem(
                (*trail, "amendments"), f"{id_of(row)} 没有目标值，不能写中途调整", "请先写目标值"
            )
        yield from _beyond(sources, trail, row, falling=wanted == "falling")


def _beyond(
    sources: Sources, trail: Trail, row: dict[str, Any], *, falling: bool
) -> Iterator[PlanProblem]:
    baseline, target = decimal_of(row.get("baseline")), read_target(text_of(row.get("target")))
    written = [((*trail, "target"), target.figure if target else None)]
    written += [
        ((*trail, "amendments", i, "target"), decimal_of(amendment.get("target")))
        for i, amendment in enumerate(as_list(row.get("amendments")))
        if isinstance(amendment, dict)
    ]
    for where, figure in written:
        if baseline is None or figure is None:
            continue
        if (figure > baseline) if falling else (figure < baseline):
            yield sources.targets.problem(
                where,
                f"{id_of(row)} 目标值 {figure} 比基期值 {baseline} {'大' if falling else '小'}",
                "请核对两个数；越小越好的指标请写 direction: falling",
            )


def figures_fit_rule(sources: Sources) -> Iterator[PlanProblem]:
    """区间写两个数、由小到大；其余只写一个。"""
    for trail, row in rows(sources.targets, "commitments"):
        figures = [decimal_of(f) for f in as_list(row.get("figures"))]
        wanted = 2 if row.get("rule") == "range" else 1
        where = (*trail, "figures")
        if figures and len(figures) != wanted:
            yield sources.targets.problem(where, f"{id_of(row)} 应写 {wanted} 个数")
        elif wanted == 2 and None not in figures and figures != sorted(figures, key=_sort_key):
            yield sources.targets.problem(where, f"{id_of(row)} 区间应由小到大")


def _sort_key(value: Decimal | None) -> Decimal:
    return value if value is not None else Decimal(0)


def thresholds_in_order(sources: Sources) -> Iterator[PlanProblem]:
    """界线由严到宽：超序时不低于达序时，达序时不低于差距较大；约束性的另看。"""
    for path in (("settings", "thresholds"), ("settings", "binding", "thresholds")):
        limits: object = sources.targets.tree
        for key in path:
            limits = limits.get(key) if isinstance(limits, dict) else None
        if isinstance(limits, dict):
            yield from _in_order(sources, path, limits)


def _in_order(sources: Sources, path: Trail, limits: dict[str, Any]) -> Iterator[PlanProblem]:
    for keys in (
        ("ahead_index", "on_track_index", "far_behind_index"),
        ("ahead_gap", "on_track_gap", "far_behind_gap"),
    ):
        known = [(key, decimal_of(limits.get(key))) for key in keys if key in limits]
        for (one, high), (other, low) in pairwise(known):
            if high is not None and low is not None and high < low:
                yield sources.targets.problem(
                    (*path, one), f"界线 {one}（{high}）比 {other}（{low}）还低"
                )


def waypoints_given(sources: Sources) -> Iterator[PlanProblem]:
    """分年节点的路径要写出各年年底的值。"""
    for trail, row in sources.figure_rows():
        office = office_of(row)
        if office.get("path") == "milestones" and not office.get("waypoints"):
            yield sources.targets.problem(
                (*trail, "office", "path"), f"{id_of(row)} 按分年节点走，但没有写 waypoints"
            )


def years_in_order(sources: Sources) -> Iterator[PlanProblem]:
    """末年在基年之后，否则没有序时可言。"""
    tree = sources.measures.tree if isinstance(sources.measures.tree, dict) else {}
    document = tree.get("document")
    if not isinstance(document, dict):
        return
    first, last = decimal_of(document.get("base_year")), decimal_of(document.get("target_year"))
    if first is not None and last is not None and first >= last:
        yield sources.measures.problem(
            ("document", "target_year"), f"末年 {last} 不在基年 {first} 之后", "请核对两个年份"
        )
