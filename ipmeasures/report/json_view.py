"""给程序读的 JSON：键名是对外的约定，不改；数是十进制文字，份额是两位小数的百分数。"""

import json
from decimal import Decimal
from typing import Any

from ipmeasures.plan.model import Commitment, Indicator, Plan, Thresholds
from ipmeasures.progress.assessment import Assessment
from ipmeasures.progress.gaps import Gap, Gaps
from ipmeasures.progress.outlook import Outlook, Pace
from ipmeasures.progress.reporting import AgencyReport, Reporting
from ipmeasures.progress.rounding import half_up, percent
from ipmeasures.report.gap_table import decimals_of, is_binding
from ipmeasures.report.outlook import LABEL, disagreement
from ipmeasures.report.rules import rule_text

Json = dict[str, Any]


def printed(document: Json) -> str:
    """一个 JSON 文档的文字：中文照写，缩进两格。"""
    return json.dumps(document, ensure_ascii=False, indent=2)


def decimal_text(value: Decimal | None) -> str | None:
    """一个数：不带指数、不带多余的零。"""
    if value is None:
        return None
    text = f"{value:f}" if value else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


def share_number(value: Decimal | None) -> float | None:
    """一个份额：0.4394 → 43.94。"""
    return None if value is None else float(percent(value))


def points_number(value: Decimal | None) -> float | None:
    """百分点，两位小数。"""
    return None if value is None else float(half_up(value, 2))


def gaps_json(plan: Plan, gaps: Gaps, limits: Thresholds) -> Json:
    """``ipm gaps --format json``：全部事项，最差在前。"""
    reporting = gaps.reporting
    return {
        "quarter": str(gaps.quarter),
        "as_of": gaps.as_of.isoformat(),
        "rule": rule_text(limits),
        "items": [_item(plan, gap) for gap in gaps.items],
        "agencies": [_agency(agency) for agency in reporting.agencies],
        "completeness": share_number(reporting.completeness),
        "timeliness": share_number(reporting.timeliness),
    }


def returns_json(reporting: Reporting) -> Json:
    """``ipm returns --format json``。"""
    return {
        "quarter": str(reporting.quarter),
        "due_on": reporting.due_on.isoformat(),
        "agencies": [
            {**_agency(a), "revision": a.revision, "warnings": a.warnings}
            for a in reporting.agencies
        ],
        "completeness": share_number(reporting.completeness),
        "timeliness": share_number(reporting.timeliness),
        "waiting": [
            {"agency": agency, "items": list(items)} for agency, items in reporting.waiting
        ],
    }


def _item(plan: Plan, gap: Gap) -> Json:
    found = gap.assessment
    places = decimals_of(plan, gap.id) + 2
    index = found.schedule_index
    return {
        "id": gap.id,
        "name": gap.name,
        "kind": gap.kind,
        "unit": gap.unit,
        "status": found.status.value,
        "status_text": found.status_text,
        "light": found.light,
        "value": decimal_text(found.value),
        "data_at": str(found.data_at) if found.data_at else None,
        "stale_quarters": found.stale_quarters,
        "planned": decimal_text(found.planned),
        "target": decimal_text(found.goal),
        "target_rate": share_number(found.target_rate),
        "done_share": share_number(found.done_share),
        "planned_share": share_number(found.planned_share),
        "gap_points": points_number(found.gap_points),
        "schedule_index": None if index is None else float(half_up(index, 3)),
        "pace_needed": _rounded(found.pace_needed, places),
        "outlook": outlook_json(plan, found),
        "agencies": list(gap.agencies),
        "reason": gap.reason,
        "next_step": gap.next_step,
        "note": found.note or None,
        "parts": [{"agency": part.agency, "value": decimal_text(part.value)} for part in gap.parts],
        **({"binding": True} if is_binding(plan, gap) else {}),
    }


def outlook_json(plan: Plan, found: Assessment) -> Json | None:
    """预测；没有预测（数据不足等）的为 ``None``。数按显示的小数位多写两位。"""
    item, outlook = plan.items[found.item], found.outlook
    if not isinstance(item, (Indicator, Commitment)) or not isinstance(outlook, Outlook):
        return None
    places = item.how.decimals + 2
    return {
        "label": LABEL,
        "from": str(outlook.at),
        "value": _rounded(outlook.value, places),
        "ends": str(outlook.ends),
        "goal": decimal_text(outlook.goal),
        "points": outlook.points,
        "since_baseline": _pace(outlook.overall, places),
        "last_four_quarters": _pace(outlook.recent, places),
        "needed_per_quarter": _rounded(outlook.needed, places),
        "speed_up": None if outlook.speed_up is None else float(half_up(outlook.speed_up, 2)),
        "reached_since": str(outlook.reached_since) if outlook.reached_since else None,
        "disagreement": disagreement(item, found) or None,
    }


def _pace(pace: Pace | None, places: int) -> Json | None:
    if pace is None:
        return None
    return {
        "since": str(pace.since),
        "start": _rounded(pace.start, places),
        "quarters": pace.quarters,
        "per_quarter": _rounded(pace.per_quarter, places),
        "value_at_end": _rounded(pace.at_end, places),
        "enough": pace.enough,
        "reached_in": str(pace.reached_in) if pace.reached_in else None,
    }


def _rounded(value: Decimal | None, places: int) -> str | None:
    return None if value is None else decimal_text(half_up(value, places))


def _agency(agency: AgencyReport) -> Json:
    return {
        "name": agency.name,
        "state": agency.state.value,
        "late": agency.late,
        "manner": agency.manner,
        "receipt": agency.receipt,
        "received_on": agency.received_on.isoformat() if agency.received_on else None,
        **({} if agency.member else {"member": False}),
    }
