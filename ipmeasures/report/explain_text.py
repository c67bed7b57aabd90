"""判定的解释：一步一步，代入数字，科长能直接引用。"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import Cadence, Commitment, FigureItem, Indicator, Nature, Plan
from ipmeasures.progress.gaps import Gap
from ipmeasures.progress.goal import Goal, goal_of, source_of
from ipmeasures.progress.status import steps
from ipmeasures.quarter import Quarter
from ipmeasures.report.numbers import figure, index, points, share
from ipmeasures.report.rules import LIGHTS, rule_text
from ipmeasures.report.terminal import wrap


def explain_text(plan: Plan, gap: Gap, entries: Iterable[Entry], quarter: Quarter) -> str:
    """一个事项在一个季度的判定过程。"""
    item = plan.items[gap.id]
    lines = [f"{gap.id} {gap.name}（{quarter.label}）"]
    if isinstance(item, (Indicator, Commitment)):
        lines += _figure(plan, item, gap, list(entries), quarter)
    else:
        lines += wrap(gap.assessment.note or "按各单位填的文字判", first="依据：", indent="      ")
    found = gap.assessment
    lines.append(f"状态：{found.status_text}（{LIGHTS[found.light]}）")
    return "\n".join(line for part in lines for line in (wrap(part, indent="      ")))


def _figure(
    plan: Plan, item: FigureItem, gap: Gap, entries: list[Entry], quarter: Quarter
) -> Iterator[str]:
    goal, found, limits = goal_of(item, plan), gap.assessment, plan.settings.thresholds
    how = source_of(plan, item).how
    yield f"要求：{_demand(item, goal)}"
    yield (
        f"数的性质：{how.nature.label}；序时路径：{how.path.label}；发布：{how.release.label}"
        "（均为办公室设定）"
    )
    yield from _sources(plan, item, entries, quarter)
    if found.value is not None:
        yield from _arithmetic(item, goal, gap)
    if found.note:
        yield f"说明：{found.note}"
    rule = next((s.words for s in steps(limits) if s.name == found.rule), found.rule)
    yield f"依据：{rule}"
    yield rule_text(limits)


def _demand(item: FigureItem, goal: Goal) -> str:
    unit, places = item.how.unit, item.how.decimals
    if isinstance(item, Commitment):
        return f"{item.wording}（{item.cadence.label}，{unit}）"
    start = "没有基期值" if goal.baseline is None else f"基期 {figure(goal.baseline, places)}{unit}"
    return (
        f"{start}（{goal.base.year}年底），目标 {figure(goal.target, places)}{unit}"
        f"（{goal.end.year}年底）"
    )


def _sources(plan: Plan, item: FigureItem, entries: list[Entry], quarter: Quarter) -> Iterator[str]:
    source = source_of(plan, item)
    used = [
        e for e in entries if e.item == source.id and e.field == "value" and e.quarter <= quarter
    ]
    latest = max((e.quarter for e in used), default=None)
    for entry in (e for e in used if e.quarter == latest):
        value = figure(entry.value, item.how.decimals) or entry.state.label
        when = f"，数据时点 {entry.data_at}" if entry.data_at else ""
        yield (
            f"数：{entry.agency}报 {value}（{entry.quarter}{when}；回执 {entry.receipt}，"
            f"{entry.file} {entry.sheet}!{entry.cell}）"
        )


def _arithmetic(item: FigureItem, goal: Goal, gap: Gap) -> Iterator[str]:
    found, places = gap.assessment, item.how.decimals
    value = figure(found.value, places)
    target = figure(found.goal, places)
    start = goal.baseline if goal.baseline is not None else Decimal(0)
    begin = figure(start, places)
    if goal.nature is Nature.ACCUMULATED:
        yield f"累加：基期＋已结束各年＋本年累计 ＝ {value}"
    if found.planned is not None:
        yield f"序时应达：{figure(found.planned, places)}{item.how.unit}"
    simple = goal.cadence is Cadence.BY_END and not goal.by_year and goal.baseline is not None
    if found.done_share is not None:
        formula = f"＝({value}-{begin})/({target}-{begin})" if simple else f"＝{value}/{target}"
        yield f"增量完成率 {formula}＝{share(found.done_share, 2)}"
    if found.planned_share is not None:
        yield f"序时 ＝{share(found.planned_share, 2)}"
    if found.gap_points is not None:
        yield f"偏差 ＝{points(found.gap_points, 2)} 个百分点；指数 ＝{index(found.schedule_index, '不限')}"
    if found.target_rate is not None:
        yield f"目标完成率 ＝{value}/{target}＝{share(found.target_rate, 2)}（只作参考，不定灯）"
    if found.pace_needed is not None:
        yield f"剩余每季（年均项目为每年）还需 {figure(found.pace_needed, places + 2)}{item.how.unit}"
