"""计划在终端上怎么显示。"""

from ipmeasures.plan.model import Measure, Plan
from ipmeasures.plan.owed import agencies_owing, owed_by
from ipmeasures.report.json_view import decimal_text
from ipmeasures.report.terminal.layout import table, wrap


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
    rows = [
        (
            item.id,
            item.name,
            item.how.unit,
            decimal_text(item.baseline) or "无",
            decimal_text(item.target) or "",
            item.how.nature.label,
            "、".join(item.how.reporters),
        )
        for item in plan.indicators
    ]
    years = (f"{plan.document.base_year}", f"{plan.document.target_year}")
    heads = ("编号", "指标", "单位", *years, "性质", "填报单位")
    return [
        f"主要指标 {len(rows)} 个",
        *table(heads, rows, (4, 26, 4, 6, 6, 10, 16), "   rr"),
    ]


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
    return [f"量化任务 {len(rows)} 项", *table(heads, rows, (5, 22, 4, 22, 3, 18))]


def _measures(plan: Plan) -> list[str]:
    lines = [f"措施 {len(plan.measures)} 条，里程碑 {len(plan.milestones)} 项"]
    for section in plan.sections:
        lines += ["", f"（{'一二三四五六七八九十'[section.number - 1]}）{section.title}"]
        for measure in plan.measures:
            if measure.section == section.number:
                lines += _measure(plan, measure)
    return [*lines, ""]


def _measure(plan: Plan, measure: Measure) -> list[str]:
    who = "专项小组成员" if measure.collective else "、".join(measure.agencies)
    lead = f"；牵头（办公室设定）：{measure.lead}" if measure.lead else ""
    lines = wrap(f"{measure.title}（{who}{lead}）", first=f"{measure.id} ", indent="    ")
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
