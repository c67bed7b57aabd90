"""``ipm plan --format json``：键名是对外的约定。"""

from ipmeasures.plan.model import Amendment, Commitment, Indicator, Measure, Milestone, Plan
from ipmeasures.plan.terms import Direction
from ipmeasures.report.json_view import Json, decimal_text


def plan_json(plan: Plan) -> Json:
    """整个计划。"""
    document = plan.document
    return {
        "document": {
            "title": document.title,
            "number": document.number,
            "issued_on": document.issued_on.isoformat(),
            "base_year": document.base_year,
            "target_year": document.target_year,
        },
        "sections": [{"number": s.number, "title": s.title} for s in plan.sections],
        "agencies": [
            {"id": a.id, "name": a.name, "aliases": [*dict.fromkeys(
                (a.full_name, *a.aliases, *(r.name for r in a.renamed))
            )]}
            for a in plan.agencies
        ],
        "measures": [_measure(measure) for measure in plan.measures],
        "indicators": [_indicator(indicator) for indicator in plan.indicators],
        "commitments": [_commitment(commitment) for commitment in plan.commitments],
        "milestones": [_milestone(milestone) for milestone in plan.milestones],
    }  # fmt: skip


def _measure(measure: Measure) -> Json:
    return {
        "id": measure.id,
        "section": measure.section,
        "title": measure.title,
        "agencies": ["*"] if measure.collective else list(measure.agencies),
        "lead": measure.lead,
        "tasks": list(measure.tasks),
        **({"lead_named": True} if measure.lead_named else {}),
    }


def _indicator(item: Indicator) -> Json:
    """约定以外的键，公文这样写、办公室调整过的才有。

    下降的有 ``direction``，目标前面有符号的有 ``sign``，中途调整过目标的有 ``amendments``；``target``
    总是公文原来的。
    """
    falling = item.direction is Direction.FALLING
    return {
        **_indicator_keys(item),
        **({"direction": item.direction.value} if falling else {}),
        **({"sign": item.sign} if item.sign else {}),
        **({"amendments": [_amendment(a) for a in item.amendments]} if item.amendments else {}),
    }


def _amendment(change: Amendment) -> Json:
    return {
        "since": change.since.isoformat(),
        "target": decimal_text(change.target),
        "basis": change.basis or None,
    }


def _indicator_keys(item: Indicator) -> Json:
    return {
        "id": item.id,
        "name": item.name,
        "unit": item.how.unit,
        "baseline": decimal_text(item.baseline),
        "target": decimal_text(item.target),
        "attribute": item.attribute,
        "nature": item.how.nature.value,
        "path": item.how.path.value,
        "release": item.how.release.value,
        "tolerance": decimal_text(item.how.tolerance),
        "decimals": item.how.decimals,
        "reporters": list(item.how.reporters),
        "combine": item.how.combine,
    }


def _commitment(item: Commitment) -> Json:
    return {
        "id": item.id,
        "measure": item.measure,
        "subject": item.subject,
        "unit": item.how.unit,
        "rule": item.rule.value,
        "figures": [decimal_text(figure) for figure in item.figures],
        "cadence": item.cadence.value,
        "same_as": item.same_as,
        "nature": item.how.nature.value,
        "path": item.how.path.value,
        "release": item.how.release.value,
        "decimals": item.how.decimals,
        "reporters": list(item.how.reporters),
        "combine": item.how.combine,
    }


def _milestone(item: Milestone) -> Json:
    return {
        "id": item.id,
        "measure": item.measure,
        "subject": item.subject,
        "recurring": item.recurring,
        "due": item.due.isoformat() if item.due else None,
        "reporters": list(item.reporters),
    }
