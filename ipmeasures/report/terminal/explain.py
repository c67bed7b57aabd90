"""判定的解释：一步一步，代入数字，每个数写明出处；科长能直接贴进答复。"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import Commitment, FigureItem, Indicator, Plan
from ipmeasures.plan.terms import Rule
from ipmeasures.progress.gaps import Gap
from ipmeasures.progress.goal import Goal
from ipmeasures.quarter import Quarter
from ipmeasures.report.basis import Basis, basis_of
from ipmeasures.report.foresight import foresight
from ipmeasures.report.formulas import formulas
from ipmeasures.report.numbers import figure
from ipmeasures.report.reasons import reasons
from ipmeasures.report.rules import LIGHTS, binding_text, rule_text
from ipmeasures.report.terminal.explain_words import word_lines
from ipmeasures.report.terminal.layout import wrap
from ipmeasures.report.used import NOW, Used

_OTHERWISE = {"behind": "没有到达序时的界线，也没有低到差距较大的界线"}


def explain_text(
    plan: Plan,
    gap: Gap,
    entries: Iterable[Entry],
    quarter: Quarter,
    today: dt.date | None = None,
) -> str:
    """一个事项在一个季度的判定过程，折成 80 列。"""
    found = gap.assessment
    lines = [
        f"{gap.id} {gap.name}（{quarter.label}）",
        *explain_lines(plan, gap, entries, quarter, today),
        f"状态：{found.status_text}（{LIGHTS[found.light]}）",
    ]
    return "\n".join(line for part in lines for line in wrap(part, indent="      "))


def explain_lines(
    plan: Plan,
    gap: Gap,
    entries: Iterable[Entry],
    quarter: Quarter,
    today: dt.date | None = None,
) -> tuple[str, ...]:
    """判定的每一步，一步一行，不折行；``today`` 是判时限所用的日子。"""
    item = plan.items[gap.id]
    known = [e for e in entries if e.quarter <= quarter]
    if isinstance(item, (Indicator, Commitment)):
        return tuple(_figure(basis_of(plan, item, gap, known, quarter)))
    return tuple(word_lines(plan, item, gap, known, quarter, today))


def _figure(basis: Basis) -> Iterator[str]:
    item, source = basis.item, basis.source
    yield f"要求：{demand_text(item, basis.goal)}"
    if source is not item:
        yield f"数的来处：与 {source.id} {source.name}同一个数"
    yield settings_text(basis)
    yield from map(source_line, basis.used)
    if said := age_text(basis):
        yield f"数据新旧：{said}"
    yield from formulas(item.how, basis.goal, basis.case, basis.known, basis.quarter)
    yield from _limits(basis)
    if basis.found.note:
        yield f"说明：{basis.found.note}"
    yield rule_text(basis.limits)
    yield from reasons(basis.checked, basis.found.status_text)
    yield f"依据：{ground(basis)}"
    yield from foresight(item, basis.goal, basis.case, basis.known, basis.found)


def ground(basis: Basis) -> str:
    """得出状态的那一条，一句话。"""
    rules = {each.step.name: each.step.words for each in basis.checked} | _OTHERWISE
    return rules[basis.found.rule]


def demand_text(item: FigureItem, goal: Goal) -> str:
    """公文要求什么：基期和目标，或量化任务的原话。"""
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
    if goal.aimless:
        return f"{start}（{goal.base.year}年底），公文没有写目标值"
    aim = f"目标 {item.sign}{figure(goal.target, places)}{unit}"
    return f"{start}（{goal.base.year}年底），{aim}（{goal.end.year}年底）{changed}"


def settings_text(basis: Basis) -> str:
    """办公室的设定：性质、路径、发布、谁来报。"""
    how = basis.source.how
    summed = "，相加" if how.combine else ""
    return (
        f"数的性质：{how.nature.label}；序时路径：{how.path.label}；发布：{how.release.label}；"
        f"填报：{'、'.join(how.reporters)}{summed}（均为办公室设定）"
    )


def source_line(used: Used) -> str:
    """一个数和它的出处：报送期、数据时点、回执、文件、工作表、单元格。"""
    entry = used.entry
    role = f"（{used.role}）" if used.role and used.role != NOW else ""
    value = figure_of(entry)
    return f"数{role}：{entry.agency}报 {value}（{place(entry)}）"


def figure_of(entry: Entry) -> str:
    """报的数，照原样；不是数的，是“未更新”等。"""
    return entry.state.label if entry.value is None else f"{entry.value:f}"


def place(entry: Entry) -> str:
    """一笔的出处。"""
    when = f"，数据时点 {entry.data_at}" if entry.data_at else ""
    return f"{entry.quarter}{when}；回执 {entry.receipt}，{entry.file} {entry.sheet}!{entry.cell}"


def age_text(basis: Basis) -> str:
    """数据有多旧：时点、隔几季、怎么沿用、何时收到；没有数的为空。"""
    figure_, case = basis.case.figure, basis.case
    if figure_ is None:
        return ""
    behind = basis.quarter - figure_.at
    parts = [f"数据时点 {figure_.at}，" + (f"比本季度早 {behind} 季" if behind else "就是本季度")]
    if case.carried_year:
        parts.append(f"没有新数，沿用{case.carried_year}年数")
    if case.stale_quarters:
        parts.append(f"滞后 {case.stale_quarters} 季")
    dates = [u.entry.received_on for u in basis.used if NOW in u.role.split("、")]
    return "；".join([*parts, f"{max(dates).isoformat()}收到"])


def _limits(basis: Basis) -> Sequence[str]:
    """不在判定规则那一段里的界线。"""
    item, goal, case = basis.item, basis.goal, basis.case
    said = []
    if case.shortfall is not None and goal.tolerance > 0:
        short = figure(case.shortfall, item.how.decimals + 2)
        said.append(
            f"容差：{figure(goal.tolerance, item.how.decimals)}{item.how.unit}，"
            f"比应达{'差' if case.shortfall >= 0 else '好'} {short.removeprefix('-')}{item.how.unit}"
        )
    if goal.binding:
        said.append(f"约束性指标从严：{binding_text(basis.limits)}")
    return said
