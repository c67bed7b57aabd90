"""表上各行印好的内容：从计划、过去的数和序时值来。"""

from collections.abc import Mapping
from decimal import Decimal

from ipmeasures.plan.expected import Expected
from ipmeasures.plan.model import Commitment, Indicator, Measure, Milestone, Plan
from ipmeasures.quarter import Quarter

Printed = dict[str, str | Decimal | None]


def indicator_row(item: Indicator, expected: Mapping[str, Expected], quarter: Quarter) -> Printed:
    """“指标数据”的一行；目标是这个季度有效的。"""
    return {
        "id": item.id,
        "name": item.name,
        "unit": item.how.unit,
        "prompt": prompt_of(item),
        "baseline": item.baseline,
        "target": target_cell(item, item.target_in(quarter)),
        **_past(item.id, expected),
    }


def target_cell(item: Indicator, target: Decimal | None) -> str | Decimal:
    """目标值 ``target``：照公文写，前面带 ≥、≤ 的是文字，没有目标的是“-”。"""
    if target is None:
        return "-"
    return f"{item.sign}{target:f}" if item.sign else target


def commitment_row(item: Commitment, plan: Plan, expected: Mapping[str, Expected]) -> Printed:
    """“量化任务”的一行。"""
    return {
        "id": item.id,
        "measure": _measure_name(plan, item.measure),
        "name": item.subject,
        "wording": item.wording,
        "unit": item.how.unit,
        "prompt": prompt_of(item),
        **_past(item.id, expected),
    }


def measure_row(measure: Measure) -> Printed:
    """“措施进展”的一行；任务一条一行。"""
    tasks = "\n".join(f"{n}. {task}" for n, task in enumerate(measure.tasks, 1))
    return {"id": measure.id, "name": measure.title, "tasks": tasks}


def milestone_row(milestone: Milestone, plan: Plan) -> Printed:
    """“里程碑”的一行。"""
    places = (milestone.measure, *milestone.also_under)
    return {
        "id": milestone.id,
        "measure": "；".join(_measure_name(plan, place) for place in places),
        "name": milestone.subject,
        "due": due_text(milestone),
    }


def due_text(milestone: Milestone) -> str:
    """办结时限怎么写；文件里都没有，写了日期的是办公室设定。"""
    if milestone.due:
        return f"{milestone.due.isoformat()}（办公室设定）"
    timing = "每年" if milestone.recurring else milestone.timing or "文件未定"
    return f"{timing}（原文：{milestone.wording}）"


def prompt_of(item: Indicator | Commitment) -> str:
    """口径提示：是哪种数、怎么填。"""
    return f"【{item.how.nature.label}】{item.how.prompt}"


def number_format(decimals: int) -> str:
    """与小数位相配的 Excel 数字格式；多填的小数照样看得见。"""
    return "General" if decimals == 0 else "0." + "0" * decimals + "#" * 4


def _past(item: str, expected: Mapping[str, Expected]) -> Printed:
    known = expected.get(item)
    if known is None:
        return {}
    return {"planned": known.planned, "year_ago": known.year_ago, "last": known.last}


def _measure_name(plan: Plan, measure: str) -> str:
    return f"{measure} {plan.measure_by_id[measure].title}"
