"""提醒函、督办单的表：一个单位欠报的、退回的、落后的，一项一行。"""

from collections.abc import Iterator
from dataclasses import replace

from ipmeasures.plan.model import Commitment, Indicator, Measure, Milestone, Plan
from ipmeasures.progress.assessment import Status
from ipmeasures.progress.gaps import Gap, Gaps
from ipmeasures.progress.reporting import ReportState, due_date
from ipmeasures.progress.words import due_in
from ipmeasures.quarter import Quarter
from ipmeasures.report.amounts import aim, demand, number, pace
from ipmeasures.report.lagging import lag_head
from ipmeasures.report.notice.parts import AskRow
from ipmeasures.report.numbers import points
from ipmeasures.report.parts import BLANK
from ipmeasures.report.wording import day

_UNREPORTED = (ReportState.MISSING, ReportState.SENT_BACK)


def ask_rows(plan: Plan, gaps: Gaps, agency: str) -> tuple[AskRow, ...]:
    """一个单位要办的事，最急的在前；没有的为空。

    整张表没有报的只说这一件，不再逐项列；与指标同一个数的量化任务不另列；别家没报的不算它的。
    """
    report = next((a for a in gaps.reporting.agencies if a.name == agency), None)
    if report and report.state in _UNREPORTED:
        return (_whole(plan, gaps, report.state),)
    waiting = dict(gaps.reporting.waiting).get(agency, ())
    rows = list(_rows(plan, gaps, agency, waiting))
    return tuple(replace(row, number=str(n)) for n, row in enumerate(rows, 1))


def _rows(plan: Plan, gaps: Gaps, agency: str, waiting: tuple[str, ...]) -> Iterator[AskRow]:
    for gap in gaps.items:
        item = plan.items[gap.id]
        twin = isinstance(item, Commitment) and item.same_as
        if agency not in gap.agencies or twin:
            continue
        if gap.id in waiting:
            yield _row(plan, gaps, gap, "已退回，请改正后重报")
        elif gap.lags and not (gap.status is Status.NOT_REPORTED and _spoke(gap, agency)):
            yield _row(plan, gaps, gap, _ask(gap))


def _spoke(gap: Gap, agency: str) -> bool:
    """几家一起报的措施，这一家报过了，缺的是别家。"""
    return gap.kind == "measure" and agency not in gap.assessment.note and len(gap.agencies) > 1


def _ask(gap: Gap) -> str:
    if gap.status is Status.NOT_REPORTED:
        return "请补报；不涉及或没有新数的，请照实填写"
    if gap.kind == "milestone":
        return "请报办理情况和预计完成的时间"
    if not gap.reason and not gap.next_step:
        return "请说明原因，提出下一步措施"
    if not gap.next_step:
        return "请提出下一步措施"
    return "请按所报措施加快推进，下季度写明结果" + ("" if gap.reason else "；请补写原因")


def _row(plan: Plan, gaps: Gaps, gap: Gap, ask: str) -> AskRow:
    item, found = plan.items[gap.id], gap.assessment
    actual = planned = distance = BLANK
    if isinstance(item, (Indicator, Commitment)):
        unit = item.how.unit
        actual = BLANK if found.value is None else f"{number(item, found.value)}{unit}"
        planned = BLANK if found.planned is None else f"{number(item, found.planned)}{unit}"
        distance = f"{points(found.gap_points)}个百分点" if found.gap_points is not None else BLANK
        needed = pace(item, found.pace_needed, plan.document.years, gaps.quarter)
        ask = f"{ask}（{needed}）" if needed and gap.status is not Status.NOT_REPORTED else ask
    return AskRow(
        number="",
        name=lag_head(gap),
        basis=_basis(item, gaps.quarter),
        due=_due(plan, gaps, item),
        actual=actual,
        planned=planned,
        gap=distance,
        ask=ask,
        item=gap.id,
    )


def _basis(item: Indicator | Commitment | Milestone | Measure, quarter: Quarter) -> str:
    """公文里哪一条；目标是这个季度有效的。"""
    if isinstance(item, Indicator):
        return f"主要指标，目标{aim(item, item.target_in(quarter))}{item.how.unit}"
    measure = item.id if isinstance(item, Measure) else item.measure
    said = f"措施第{int(measure[1:])}条"
    if isinstance(item, Commitment):
        return f"{said}，{demand(item)}{item.how.unit}"
    return said


def _due(plan: Plan, gaps: Gaps, item: Indicator | Commitment | Milestone | Measure) -> str:
    if isinstance(item, Milestone):
        due = due_in(item, gaps.quarter.year)
        return day(due) if due else BLANK
    if isinstance(item, Measure):
        return day(due_date(plan, gaps.quarter))
    return f"{gaps.quarter.label}末"


def _whole(plan: Plan, gaps: Gaps, state: ReportState) -> AskRow:
    back = state is ReportState.SENT_BACK
    return AskRow(
        number="1",
        name=f"{gaps.quarter.label}进展情况报表（{'已退回' if back else '未报送'}）",
        basis="保障措施，定期上报",
        due=day(due_date(plan, gaps.quarter)),
        actual=BLANK,
        planned=BLANK,
        gap=BLANK,
        ask="请改正后重报" if back else "请补报；确无进展的请报零报告",
        item="",
    )
