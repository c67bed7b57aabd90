"""一个判断的全部依据：照它写解释，终端和 JSON 同一份。"""

from collections.abc import Sequence
from dataclasses import dataclass

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import FigureItem, Plan, Thresholds
from ipmeasures.progress.assess import case_of
from ipmeasures.progress.assessment import Assessment
from ipmeasures.progress.case import Case
from ipmeasures.progress.figures import Figure, figures
from ipmeasures.progress.gaps import Gap
from ipmeasures.progress.goal import Goal, goal_of, source_of
from ipmeasures.progress.outlook import Outlook
from ipmeasures.progress.sent_back import SENT_BACK, with_sent_back
from ipmeasures.progress.series import series
from ipmeasures.progress.status import judge
from ipmeasures.quarter import Quarter
from ipmeasures.report.reasons import Checked, checked
from ipmeasures.report.used import Used, used_figures


@dataclass(frozen=True, slots=True)
class Basis:
    """``item`` 在 ``quarter`` 的判断和它的依据。

    ``source`` 是数在哪个事项名下报；``known`` 是报过的数；``limits`` 是所用的界线；``used`` 是用到的
    每一笔；``checked`` 是判定表各条看下来怎样。
    """

    item: FigureItem
    source: FigureItem
    quarter: Quarter
    goal: Goal
    case: Case
    known: tuple[Figure, ...]
    limits: Thresholds
    found: Assessment
    used: tuple[Used, ...]
    checked: tuple[Checked, ...]


def basis_of(
    plan: Plan, item: FigureItem, gap: Gap, entries: Sequence[Entry], quarter: Quarter
) -> Basis:
    """重新走一遍判断，把每一步的事实留下来。"""
    goal, source = goal_of(item, plan), source_of(plan, item)
    told = series(plan, item, entries)
    if gap.assessment.rule == SENT_BACK:
        told = with_sent_back(told, quarter)
    case = case_of(plan, item, told, quarter)
    known = figures(goal, told, quarter)
    limits = plan.settings.limits(binding=goal.binding)
    outlook = gap.assessment.outlook
    foreseen = outlook if isinstance(outlook, Outlook) else None
    return Basis(
        item=item,
        source=source,
        quarter=quarter,
        goal=goal,
        case=case,
        known=known,
        limits=limits,
        found=gap.assessment,
        used=used_figures(source, goal, case, known, entries, foreseen),
        checked=checked(item, goal, case, limits, judge(case, limits)),
    )
