"""``ipm gaps --if``、``--catch-up`` 在 JSON 里多出来的键；不用这两个选项时没有它们。"""

from ipmeasures.plan.model import Plan
from ipmeasures.progress.assessment import Assessment
from ipmeasures.progress.catch_up import CatchUp, Uncatchable
from ipmeasures.progress.gaps import Gaps
from ipmeasures.progress.rounding import half_up
from ipmeasures.quarter import Quarter
from ipmeasures.report.gap_table import CaughtUp, decimals_of
from ipmeasures.report.json_view import Json, decimal_text


def with_supposed(document: Json, now: Gaps, then: Gaps) -> Json:
    """添上假设：每项 ``hypothetical`` 是真是假，和现在、假设的灯。"""
    before = {gap.id: gap.assessment for gap in now.items}
    supposed = {gap.id for gap in then.items if gap.supposed}
    changes = [
        {
            "item": gap.id,
            "value": decimal_text(gap.assessment.reported),
            "unit": gap.unit,
            "before": _light(before[gap.id]),
            "after": _light(gap.assessment),
        }
        for gap in then.items
        if gap.supposed
    ]
    items = [{**item, "hypothetical": item["id"] in supposed} for item in document["items"]]
    return {**document, "items": items, "hypothetical": {"stored": False, "items": changes}}


def with_catch_up(document: Json, plan: Plan, found: CaughtUp, quarter: Quarter) -> Json:
    """添上赶上序时：每项 ``catch_up`` 是要报多少，推算不出的说为什么，不滞后的为 ``None``。"""
    items = [
        {**item, "catch_up": _needed(plan, item["id"], found.get(item["id"]))}
        for item in document["items"]
    ]
    following = quarter + 1
    about = {"quarter": str(following), "year_end": f"{following.year}Q4"}
    return {**document, "items": items, "catch_up": about}


def _light(found: Assessment) -> Json:
    return {
        "status": found.status.value,
        "status_text": found.status_text,
        "light": found.light,
        "value": decimal_text(found.value),
    }


def _needed(plan: Plan, item: str, found: CatchUp | Uncatchable | None) -> Json | None:
    if found is None:
        return None
    if isinstance(found, Uncatchable):
        return dict.fromkeys(_KEYS) | {"why": found.value}
    places = decimals_of(plan, item) + 2
    return {
        "at": str(found.at),
        "figure": decimal_text(half_up(found.figure, places)),
        "value": decimal_text(half_up(found.value, places)),
        "planned_at_year_end": decimal_text(half_up(found.due, places)),
        "at_most": found.at_most,
        "why": None,
    }


_KEYS = ("at", "figure", "value", "planned_at_year_end", "at_most", "why")
