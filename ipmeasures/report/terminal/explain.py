"""判定的解释：一步一步，代入数字，科长能直接引用。"""

from collections.abc import Iterable, Iterator, Sequence

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import Commitment, FigureItem, Indicator, Milestone, Plan, Rule
from ipmeasures.progress.assess import case_of
from ipmeasures.progress.case import Case
from ipmeasures.progress.figures import figures
from ipmeasures.progress.gaps import Gap
from ipmeasures.progress.goal import Goal, goal_of, source_of
from ipmeasures.progress.series import series
from ipmeasures.progress.status import PARTIAL, steps
from ipmeasures.progress.words import due_in
from ipmeasures.quarter import Quarter
from ipmeasures.report.fields import field_label
from ipmeasures.report.numbers import figure
from ipmeasures.report.rules import LIGHTS, rule_text
from ipmeasures.report.terminal.formulas import formulas
from ipmeasures.report.terminal.layout import wrap

_OTHERWISE = {"behind": "没有到达序时的界线，也没有低到差距较大的界线"}


def explain_text(plan: Plan, gap: Gap, entries: Iterable[Entry], quarter: Quarter) -> str:
    """一个事项在一个季度的判定过程。"""
    item, found = plan.items[gap.id], gap.assessment
    known = [e for e in entries if e.quarter <= quarter]
    lines = [f"{gap.id} {gap.name}（{quarter.label}）"]
    if isinstance(item, (Indicator, Commitment)):
        lines += _figure(plan, item, gap, known, quarter)
    else:
        due = due_in(item, quarter.year) if isinstance(item, Milestone) else None
        lines += [f"时限：{due.isoformat()}（办公室设定）"] if due else []
        lines += _words(gap, known, quarter)
        lines.append(f"依据：按各单位填的文字{'和时限' if due else ''}判")
    lines.append(f"状态：{found.status_text}（{LIGHTS[found.light]}）")
    return "\n".join(line for part in lines for line in wrap(part, indent="      "))


def _words(gap: Gap, entries: Sequence[Entry], quarter: Quarter) -> Iterator[str]:
    """各单位填了什么：措施看本季，里程碑看每家最近一次。"""
    since = quarter if gap.kind == "measure" else None
    told = {
        e.agency: e
        for e in sorted(entries, key=lambda e: (e.quarter, e.number))
        if e.item == gap.id and e.field == "status" and since in (None, e.quarter)
    }
    for entry in told.values():
        yield f"{field_label(entry.field)}：{entry.agency}填“{entry.text}”（{_place(entry)}）"
    if gap.assessment.note:
        yield f"说明：{gap.assessment.note}"


def _figure(
    plan: Plan, item: FigureItem, gap: Gap, entries: Sequence[Entry], quarter: Quarter
) -> Iterator[str]:
    goal, found, limits = goal_of(item, plan), gap.assessment, plan.settings.thresholds
    source = source_of(plan, item)
    told = series(plan, item, entries)
    case = case_of(plan, item, told, quarter)
    yield f"要求：{_demand(item, goal)}"
    if source is not item:
        yield f"数的来处：与 {source.id} {source.name}同一个数"
    yield (
        f"数的性质：{source.how.nature.label}；序时路径：{source.how.path.label}；"
        f"发布：{source.how.release.label}（均为办公室设定）"
    )
    yield from _sources(source, case, entries)
    yield from formulas(item.how, goal, case, figures(goal, told, quarter), quarter)
    yield from _limits(case, goal, item)
    if found.note:
        yield f"说明：{found.note}"
    rules = {step.name: step.words for step in (*steps(limits), PARTIAL)} | _OTHERWISE
    yield f"依据：{rules[found.rule]}"
    yield rule_text(limits)


def _demand(item: FigureItem, goal: Goal) -> str:
    unit, places = item.how.unit, item.how.decimals
    if isinstance(item, Commitment):
        strict = "；须超过，等于不算" if item.rule is Rule.MORE_THAN else ""
        both = "；达到下限即完成，超过上限只作说明" if item.rule is Rule.RANGE else ""
        return f"{item.wording}（{item.cadence.label}，{unit}{strict}{both}）"
    start = "没有基期值" if goal.baseline is None else f"基期 {figure(goal.baseline, places)}{unit}"
    changed = "".join(
        f"；{change.since.isoformat()} 起调整为 {figure(change.target, places)}{unit}"
        for change in goal.amendments
    )
    return (
        f"{start}（{goal.base.year}年底），目标 {figure(goal.target, places)}{unit}"
        f"（{goal.end.year}年底）{changed}"
    )


def _sources(source: FigureItem, case: Case, entries: Sequence[Entry]) -> Iterator[str]:
    """判断所依据的那一期报的数，和以后报的“未更新”等。"""
    used = [e for e in entries if e.item == source.id and e.field == "value"]
    latest = max((e.quarter for e in used), default=None)
    wanted = {latest, case.figure.quarter if case.figure else None}
    for entry in (e for e in used if e.quarter in wanted):
        value = figure(entry.value, source.how.decimals) or entry.state.label
        yield f"数：{entry.agency}报 {value}（{_place(entry)}）"


def _place(entry: Entry) -> str:
    when = f"，数据时点 {entry.data_at}" if entry.data_at else ""
    return f"{entry.quarter}{when}；回执 {entry.receipt}，{entry.file} {entry.sheet}!{entry.cell}"


def _limits(case: Case, goal: Goal, item: FigureItem) -> Iterator[str]:
    """不在判定规则那一段里的界线。"""
    if case.shortfall is not None and goal.tolerance > 0:
        short = figure(case.shortfall, item.how.decimals + 2)
        yield (
            f"容差：{figure(goal.tolerance, item.how.decimals)}{item.how.unit}，"
            f"比应达{'差' if case.shortfall >= 0 else '好'} {short.removeprefix('-')}{item.how.unit}"
        )
    if goal.binding:
        yield "约束性指标从严：不留余量，低于序时应达即为未达序时"
