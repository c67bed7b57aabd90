"""二、三和附件1：有数字的事项的表和句子；里程碑在 ``stones``，分年度情况在 ``years``。"""

from collections import Counter
from collections.abc import Iterable, Sequence

from ipmeasures.plan.model import Commitment, FigureItem, Indicator, Plan
from ipmeasures.plan.terms import Cadence
from ipmeasures.progress.assessment import Assessment, Conclusion, Status
from ipmeasures.progress.goal import goal_of
from ipmeasures.report.amounts import (
    aim,
    demand,
    due_rate,
    growth_cell,
    is_average,
    is_cap,
    is_yearly,
    number,
    plain,
    rate,
    when_cell,
)
from ipmeasures.report.material import Material
from ipmeasures.report.numbers import points
from ipmeasures.report.parts import (
    BLANK,
    Chart,
    CommitmentRow,
    Commitments,
    DetailRow,
    IndicatorGroup,
    IndicatorRow,
    Indicators,
    Text,
    Titled,
)
from ipmeasures.report.rules import binding_text, legend_text, rule_text
from ipmeasures.report.sentences import sentence
from ipmeasures.report.stones import milestone_words
from ipmeasures.report.wording import chinese, listed
from ipmeasures.report.years import years

_GROUPS = (
    (Cadence.YEARLY, "年度任务"),
    (Cadence.AVERAGE, "年均任务"),
    (Cadence.BY_END, "到期末任务"),
)
# 数各状态有几项时的次序：好的在前，没有数的在后
_COUNTED = (
    Status.ACHIEVED, Status.AHEAD, Status.ON_TRACK, Status.IN_PROGRESS, Status.DUE_SOON,
    Status.NOT_STARTED, Status.BEHIND, Status.FAR_BEHIND, Status.OVERDUE, Status.REGRESSED,
    Status.FALLEN_BACK, Status.NOT_REPORTED, Status.NOT_DUE, Status.NOT_APPLICABLE,
)  # fmt: skip
# 期满的结论不随状态排：差距较大的也可能是基本实现
_KINDS = {
    Conclusion.REALISED: Status.ACHIEVED,
    Conclusion.NEARLY: Status.AHEAD,
    Conclusion.MISSED: Status.BEHIND,
}
_YEAR_MARK = "（年度）"
TARGET_MARK = "（目标）"


def indicators(material: Material, chart: Chart | None) -> Indicators:
    """主要指标的表、图、规则和各句。"""
    items = material.plan.indicators
    rows = tuple(_indicator_row(material, n, item) for n, item in enumerate(items, 1))
    seen = f"，与序时进度的比较见图{chart.number}" if chart else ""
    lead = f"{len(items)}项主要指标进展情况见表1{seen}，逐项情况列于表后。"
    return Indicators(
        lead if items else f"{material.plan.document.called}没有列主要指标。",
        (chart,) if chart else (),
        rows,
        (*_rules(material), *_binding(material), *_marks(items)) if items else (),
        tuple(sentence(material, item) for item in items),
        _groups(items, rows),
    )


def _groups(
    items: Sequence[Indicator], rows: tuple[IndicatorRow, ...]
) -> tuple[IndicatorGroup, ...]:
    """约束性的一张表在前，其余的一张，序号照公文的；只有一类的不加小标题。"""
    kinds = [item.binding for item in items]
    if len(set(kinds)) < 2:
        return (IndicatorGroup("", rows),) if rows else ()
    others = listed(dict.fromkeys(item.attribute for item in items if not item.binding))
    return tuple(
        IndicatorGroup(
            heading,
            tuple(row for row, own in zip(rows, kinds, strict=True) if own is binding),
        )
        for binding, heading in ((True, "约束性指标"), (False, f"{others}指标"))
    )


def _binding(material: Material) -> Text:
    if not any(item.binding for item in material.plan.indicators):
        return ()
    limits = material.plan.settings.limits(binding=True)
    return (f"约束性指标从严：{binding_text(limits)}。",)


def commitments(material: Material) -> Commitments:
    """量化任务的表、分类的各句、里程碑和分年度情况。"""
    items, plan = material.plan.commitments, material.plan
    groups = [(name, [c for c in items if c.cadence is cadence]) for cadence, name in _GROUPS]
    present = [(name, mine) for name, mine in groups if mine]
    return Commitments(
        _commitments_lead(present) if items else f"{plan.document.called}没有写明数字的任务。",
        tuple(_commitment_row(material, n, item) for n, item in enumerate(items, 1)),
        (*_rules(material), *_bases(plan)) if items else (),
        tuple(
            Titled(f"（{chinese(n)}）{name}", tuple(sentence(material, item) for item in mine))
            for n, (name, mine) in enumerate(present, 1)
        ),
        milestone_words(material, f"（{chinese(len(present) + 1)}）里程碑事项"),
        years(material, f"（{chinese(len(present) + 2)}）分年度情况"),
    )


def _commitments_lead(present: Sequence[tuple[str, Sequence[Commitment]]]) -> str:
    count = sum(len(mine) for _, mine in present)
    told = "、".join(f"{name}{len(mine)}项" for name, mine in present)
    return f"{count}项量化任务进展情况见表2，其中{told}，逐项情况列于表后。"


def counted(material: Material, items: Iterable[FigureItem], what: str) -> str:
    """各状态有几项：11项主要指标中，提前完成1项，……；一项也没有的为空。"""
    found = [material.gap_by_id[item.id].assessment for item in items]
    if not found:
        return ""
    texts = {f.status_text: _COUNTED.index(_counted_as(f)) for f in found}
    count = Counter(f.status_text for f in found)
    told = _numbers(count, sorted(texts, key=lambda t: texts[t]))
    return f"{len(found)}{what}中，{'，'.join(told)}。"


def _numbers(count: Counter[str], texts: Sequence[str]) -> Iterable[str]:
    """各状态几项；带括注的（差距较大）是前一种里的，并作一句说：未达序时4项（其中差距较大1项）。"""
    for text in texts:
        head, _, remark = text.removesuffix("）").partition("（")
        if remark and head in count:
            continue
        within = [t for t in texts if t.startswith(f"{text}（")]
        inside = "、".join(f"{t[len(text) + 1 : -1]}{count[t]}项" for t in within)
        total = count[text] + sum(count[t] for t in within)
        yield f"{text}{total}项{f'（其中{inside}）' if inside else ''}"


def _counted_as(found: Assessment) -> Status:
    return found.status if found.conclusion is None else _KINDS[found.conclusion]


def details(material: Material) -> tuple[DetailRow, ...]:
    """附件1 的明细。"""
    return tuple(_detail(material, item) for item in material.plan.figure_items)


def _rules(material: Material) -> Text:
    return (rule_text(material.plan.settings.thresholds), legend_text())


def _marks(items: Sequence[FigureItem]) -> Text:
    told = [
        i for i in items if not is_cap(i) and (isinstance(i, Commitment) or i.target is not None)
    ]
    yearly = [item.name for item in told if is_yearly(item)]
    if not yearly:
        return ()
    return (f"标“年度”的（{'、'.join(yearly)}）按本年年底的序时值算完成率和序时，年度之间不结转。",)


def _bases(plan: Plan) -> Text:
    """量化任务的完成率各按什么算。"""
    bare = [c.name for c in plan.commitments if goal_of(c, plan).baseline is None and _by_end(c)]
    told = (
        "完成率：年度任务按当年要求算，区间的按下限算，年度之间不结转；年均任务按各年合计算；"
        "到期末任务为增量完成率。"
    )
    marked = f"标“目标”的（{'、'.join(bare)}）没有基期值，所列为目标完成率，不据以判断。"
    return (told, marked) if bare else (told,)


def _by_end(item: Commitment) -> bool:
    return item.cadence is Cadence.BY_END


def _indicator_row(material: Material, place: int, item: Indicator) -> IndicatorRow:
    found = material.gap_by_id[item.id].assessment
    return IndicatorRow(
        number=str(place),
        name=item.name,
        unit=item.how.unit,
        baseline=plain(item.baseline),
        target=aim(item, goal_of(item, material.plan).target_at(material.quarter)),
        data_at=when_cell(item, found.data_at, material.month(item)),
        value=_value(item, found),
        change=growth_cell(item, found.reported, found.year_ago),
        target_rate=rate(found.target_rate),
        done=_done(item, found),
        planned=due_rate(found.planned_share),
        gap=points(found.gap_points, blank=BLANK),
        status=found.status_text,
        light=found.light,
    )


def _commitment_row(material: Material, place: int, item: Commitment) -> CommitmentRow:
    found = material.gap_by_id[item.id].assessment
    return CommitmentRow(
        number=str(place),
        name=item.name,
        unit=item.how.unit,
        demand=_asked(item),
        data_at=when_cell(item, found.data_at, material.month(item)),
        value=_value(item, found),
        change=growth_cell(item, found.reported, found.year_ago),
        done=_share_done(item, found),
        planned=due_rate(found.planned_share),
        gap=points(found.gap_points, blank=BLANK),
        status=found.status_text,
        light=found.light,
    )


def _asked(item: Commitment) -> str:
    """要求：每年500、年均80、到期末突破8。"""
    asked = {Cadence.YEARLY: "每年", Cadence.AVERAGE: "年均", Cadence.BY_END: "到期末"}
    return f"{asked[item.cadence]}{demand(item)}"


def _detail(material: Material, item: FigureItem) -> DetailRow:
    found = material.gap_by_id[item.id].assessment
    goal = goal_of(item, material.plan)
    return DetailRow(
        id=item.id,
        name=item.name,
        unit=item.how.unit,
        baseline=plain(goal.baseline),
        target=_asked(item)
        if isinstance(item, Commitment)
        else aim(item, goal.target_at(material.quarter)),
        agencies=material.names(material.gap_by_id[item.id].agencies),
        data_at=when_cell(item, found.data_at, material.month(item)),
        value=_value(item, found),
        year_ago=number(item, found.year_ago),
        planned=number(item, found.planned),
        year_rate=rate(found.year_rate),
        target_rate=rate(found.target_rate),
        done=rate(found.done_share),
        planned_share=due_rate(found.planned_share),
        gap=points(found.gap_points, blank=BLANK),
        status=found.status_text,
        light=found.light,
        note=found.note or BLANK,
    )


def _value(item: FigureItem, found: Assessment) -> str:
    """报的数；判断用的是累计数的，一并列出。"""
    if found.reported is None or found.value is None or found.reported == found.value:
        return number(item, found.value)
    return f"{number(item, found.reported)}（累计{number(item, found.value)}）"


def _done(item: FigureItem, found: Assessment) -> str:
    if is_cap(item):
        return BLANK
    if is_yearly(item) and found.year_rate is not None:
        return f"{rate(found.year_rate)}{_YEAR_MARK}"
    return rate(found.done_share)


def _share_done(item: FigureItem, found: Assessment) -> str:
    if is_yearly(item):
        return rate(found.year_rate)
    if found.done_share is not None or found.target_rate is None or is_average(item):
        return rate(found.done_share)
    return f"{rate(found.target_rate)}{TARGET_MARK}"
