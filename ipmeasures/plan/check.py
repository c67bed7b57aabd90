"""计划的检查：形状之外的对错。每项检查是一个函数，一次找出它管的全部问题。

检查看的是 YAML 树而不是造好的计划，所以一处写错不妨碍别处的错也被说出来。
"""

from collections.abc import Callable, Iterator

from ipmeasures.plan.check_figures import (
    figures_fit_rule,
    reporters_settled,
    targets_beyond_baseline,
    thresholds_in_order,
    waypoints_given,
    years_in_order,
)
from ipmeasures.plan.check_names import (
    agencies_known,
    agencies_once,
    agreeing_figures_exist,
    ids_once,
    ids_well_formed,
    leads_responsible,
    references_exist,
)
from ipmeasures.plan.source import PlanProblem
from ipmeasures.plan.tree import Sources


def check_sources(sources: Sources) -> list[PlanProblem]:
    """跑全部检查，按文件和行号排好。"""
    found = [problem for check in CHECKS for problem in check(sources)]
    return sorted(found, key=lambda p: (p.file, p.line))


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
