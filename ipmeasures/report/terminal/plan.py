"""计划在终端上怎么显示。"""

from collections.abc import Iterable, Sequence

from ipmeasures.plan.model import FigureItem, Indicator, Measure, Plan
from ipmeasures.plan.owed import agencies_owing, owed_by
from ipmeasures.report.amounts import amended
from ipmeasures.report.json_view import decimal_text
from ipmeasures.report.terminal.layout import table, width, wrap
from ipmeasures.report.wording import chinese


def plan_text(plan: Plan) -> str:
    """指标、量化任务、措施和任务、里程碑、各单位该报多少。"""
    document = plan.document
    title = f"《{document.title}》（{document.number}，{document.issued_on.isoformat()}）"
    return "\n".join([
        *wrap(title),
        "",
        *_indicators(plan),
        "",
        *_commitments(plan),
        "",
        *_measures(plan),
        *_owed(plan),
        *wrap("填报单位、数的性质、路径、发布频次、成员和时限均为办公室设定，可在 data/ 里改。"),
    ])  # fmt: skip


def _indicators(plan: Plan) -> list[str]:
    """约束性指标单列在前。"""
    groups = [(kind, [i for i in plan.indicators if i.binding is kind]) for kind in (True, False)]
    lines = [f"主要指标 {len(plan.indicators)} 个"]
    both = all(mine for _, mine in groups)
    for binding, mine in groups:
        if mine:
            kind = "约束性" if binding else "其他"
            lines += [f"{kind}指标 {len(mine)} 个"] if both else []
            lines += _indicator_table(plan, mine)
    return lines


def _indicator_table(plan: Plan, items: Sequence[Indicator]) -> list[str]:
    rows = [
        (
            item.id,
            item.name,
            item.how.unit,
            decimal_text(item.baseline) or "无",
            _target(item),
            item.how.nature.label,
            "、".join(item.how.reporters),
        )
        for item in items
    ]
    years = (f"{plan.document.base_year}", f"{plan.document.target_year}")
    heads = ("编号", "指标", "单位", *years, "性质", "填报单位")
    unit = _unit_width(items)
    lines = table(heads, rows, (4, 30 - unit, unit, 6, 6, 10, 16), "   rr")
    return [*lines, *(line for item in items for line in _amended(item))]


def _amended(item: Indicator) -> list[str]:
    """中途调整过目标的，表下一行；栏里是现行的。"""
    if not item.amendments:
        return []
    bases = "；".join(change.basis for change in item.amendments if change.basis)
    said = f"{item.id} 目标 {amended(item)}" + (f"，依据：{bases}" if bases else "")
    return wrap(said, first="  ", indent="      ")


def _target(item: Indicator) -> str:
    """现行的目标；最近一次调整的为准。"""
    changes = sorted(item.amendments, key=lambda change: change.since)
    target = changes[-1].target if changes else item.target
    return "无" if target is None else f"{item.sign}{decimal_text(target)}"


def _unit_width(items: Iterable[FigureItem]) -> int:
    """计量单位一栏多宽：写得下最长的，不超过 14。"""
    return max(4, min(14, max((width(item.how.unit) for item in items), default=4)))


def _commitments(plan: Plan) -> list[str]:
    rows = [
        (
            item.id,
            item.subject,
            item.how.unit,
            item.wording,
            item.same_as or "",
            "、".join(item.how.reporters),
        )
        for item in plan.commitments
    ]
    heads = ("编号", "量化任务", "单位", "要求", "同", "填报单位")
    lines = [f"量化任务 {len(rows)} 项"]
    unit = _unit_width(plan.commitments)
    return [*lines, *table(heads, rows, (5, 26 - unit, unit, 22, 3, 18))] if rows else lines


def _measures(plan: Plan) -> list[str]:
    lines = [f"措施 {len(plan.measures)} 条，里程碑 {len(plan.milestones)} 项"]
    for section in plan.sections:
        lines += ["", f"（{chinese(section.number)}）{section.title}"]
        for measure in plan.measures:
            if measure.section == section.number:
                lines += _measure(plan, measure)
    return [*lines, ""]


def responsible_text(plan: Plan, measure: Measure) -> str:
    """责任单位：公文写明牵头的，分牵头和配合；办公室指定的注明。"""
    if measure.collective:
        who = plan.document.collective
    elif measure.lead_named:
        helping = [name for name in measure.agencies if name != measure.lead]
        return f"牵头：{measure.lead}" + (f"；配合：{'、'.join(helping)}" if helping else "")
    else:
        who = "、".join(measure.agencies)
    return f"{who}；牵头（办公室设定）：{measure.lead}" if measure.lead else who


def _measure(plan: Plan, measure: Measure) -> list[str]:
    who = responsible_text(plan, measure)
    lines = wrap(f"{measure.title}（{who}）", first=f"{measure.id} ", indent="    ")
    for task in measure.tasks:
        lines += wrap(task, first="    - ", indent="      ")
    for commitment in plan.commitments:
        if commitment.measure == measure.id:
            text = f"{commitment.id} {commitment.subject}：{commitment.wording}"
            lines += wrap(text, first="    # ", indent="      ")
    for milestone in plan.milestones:
        if measure.id in (milestone.measure, *milestone.also_under):
            due = f"，{milestone.due.isoformat()} 前" if milestone.due else ""
            again = "，每年" if milestone.recurring else ""
            text = f"{milestone.id} {milestone.subject}（{milestone.wording}{again}{due}）"
            lines += wrap(text, first="    * ", indent="      ")
    return lines


def _owed(plan: Plan) -> list[str]:
    rows = []
    for name in agencies_owing(plan):
        owed = owed_by(plan, name)
        counts = (owed.indicators, owed.commitments, owed.measures, owed.milestones)
        rows.append((name, *(str(len(part)) for part in counts)))
    heads = ("责任单位", "指标", "量化任务", "措施", "里程碑")
    return ["各单位每季应报", *table(heads, rows, (26, 6, 8, 6, 6), " rrrr"), ""]
