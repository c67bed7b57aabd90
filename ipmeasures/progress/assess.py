"""判一个事项、判全部事项：报过的数进来，判断出去。"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import FigureItem, Plan
from ipmeasures.plan.terms import Cadence
from ipmeasures.progress.assessment import Assessment, Reported
from ipmeasures.progress.average import average_case
from ipmeasures.progress.by_end import by_end_case
from ipmeasures.progress.by_year import by_year_case
from ipmeasures.progress.case import Absence, Case, Unjudged
from ipmeasures.progress.figures import Figure, figures, year_ago
from ipmeasures.progress.goal import Goal, goal_of, source_of
from ipmeasures.progress.outlook import outlook_of
from ipmeasures.progress.remarks import note_of
from ipmeasures.progress.sent_back import SENT_BACK, Awaited, with_sent_back
from ipmeasures.progress.series import series
from ipmeasures.progress.status import judge
from ipmeasures.progress.suppose import Supposed, with_supposed
from ipmeasures.quarter import Quarter

_NOTHING: Mapping[str, Reported] = {}
_NOBODY: Awaited = {}


def assess(
    plan: Plan, item: FigureItem, reported: Sequence[Reported], quarter: Quarter
) -> Assessment:
    """``item`` 在 ``quarter`` 走到哪一步；``quarter`` 以后报的不看。"""
    goal = goal_of(item, plan)
    known = figures(goal, reported, quarter)
    case = case_of(plan, item, reported, quarter)
    settings, binding = plan.settings, goal.binding
    verdict = judge(case, settings.limits(binding=binding), settings.words(binding=binding))
    return Assessment(
        item=item.id,
        status=verdict.status,
        status_text=verdict.text,
        conclusion=verdict.conclusion,
        value=case.value,
        reported=case.figure.value if case.figure else None,
        data_at=case.figure.at if case.figure else None,
        stale_quarters=case.stale_quarters,
        carried_year=case.carried_year,
        planned=case.planned,
        goal=case.goal,
        target_rate=case.target_rate,
        done_share=case.shares.done,
        planned_share=case.shares.due,
        gap_points=case.shares.gap,
        schedule_index=case.shares.index,
        # 缺了哪一年的数，还差多少就说不准
        pace_needed=None if case.missing_years else case.pace_needed,
        year_rate=case.year_rate,
        year_ago=_year_ago(goal, known, case, quarter),
        missing_years=case.missing_years,
        note=note_of(case, verdict),
        rule=verdict.rule,
        outlook=outlook_of(goal, known, case, verdict.status, quarter, maximum=item.how.maximum),
    )


def assess_all(
    plan: Plan,
    entries: Iterable[Entry],
    quarter: Quarter,
    supposed: Supposed = _NOTHING,
    awaited: Awaited = _NOBODY,
) -> tuple[Assessment, ...]:
    """全部有数字的事项，按计划的次序。

    ``entries`` 是有效的各笔，``supposed`` 是假设的数，``awaited`` 是本季退回了、等重报的。
    """
    by_item: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_item[entry.item].append(entry)
    found = []
    for item in plan.figure_items:
        source = source_of(plan, item).id
        told = series(plan, item, by_item[source])
        if source in awaited:
            told = with_sent_back(told, quarter)
        found.append(assess(plan, item, with_supposed(plan, item, told, supposed), quarter))
    return tuple(found)


def case_of(plan: Plan, item: FigureItem, reported: Sequence[Reported], quarter: Quarter) -> Case:
    """判断所看的全部事实；``assess`` 照它判，解释也照它说。"""
    goal = goal_of(item, plan)
    if any(r.quarter == quarter and r.state == "not_applicable" for r in reported):
        whole = None if goal.aimless else _whole(goal, quarter)
        return Case(goal=whole, planned=None, absence=Absence.NOT_APPLICABLE)
    known = figures(goal, reported, quarter)
    if any(r.quarter == quarter and r.state == SENT_BACK for r in reported):
        return _withheld(_case(plan, goal, (), quarter), _case(plan, goal, known, quarter))
    return _case(plan, goal, known, quarter)


def _case(plan: Plan, goal: Goal, known: Sequence[Figure], quarter: Quarter) -> Case:
    if goal.cadence is Cadence.AVERAGE:
        return average_case(goal, known, quarter)
    if goal.by_year:
        case = by_year_case(goal, known, quarter)
    else:
        case = by_end_case(goal, known, quarter, plan.settings.thresholds.stale_quarters)
    return _watched(case) if goal.aimless else case


def _withheld(bare: Case, older: Case) -> Case:
    """本季的数退回了：以前的数只列出来，不据以判断——退回不能把灯变好。"""
    return replace(
        bare,
        absence=Absence.SENT_BACK,
        figure=older.figure,
        value=older.value,
        stale_quarters=older.stale_quarters,
    )


def _watched(case: Case) -> Case:
    """没有目标值的：只看有没有数、数有多旧，不比。"""
    return Case(
        goal=None,
        planned=None,
        absence=case.absence,
        unjudged=Unjudged.NO_TARGET,
        figure=case.figure,
        value=case.value,
        missing_years=case.missing_years,
        stale_quarters=case.stale_quarters,
        carried_year=case.carried_year,
        partial=case.partial,
    )


def _whole(goal: Goal, quarter: Quarter) -> Decimal:
    target = goal.target_at(quarter)
    return target * goal.years if goal.cadence is Cadence.AVERAGE else target


def _year_ago(goal: Goal, known: Sequence[Figure], case: Case, quarter: Quarter) -> Decimal | None:
    return year_ago(goal, known, case.figure.date if case.figure else quarter)
