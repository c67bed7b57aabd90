"""“口径”：一个数是哪种数、序时怎么走、怎么发布、容差和提示。"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ipmeasures.forms.layout import with_years
from ipmeasures.forms.rows import target_cell
from ipmeasures.forms.settings.layout import TERMS
from ipmeasures.forms.settings.slot import Kind, Page, Printed, SettingRow, Slot
from ipmeasures.plan.model import FigureItem, Indicator, Plan
from ipmeasures.plan.source import Trail
from ipmeasures.plan.terms import Nature, Path, Release
from ipmeasures.plan.tree import Row, office_of

_MOST_DECIMALS = Decimal(6)
_Labelled = Nature | Path | Release


def terms_page(plan: Plan, figures: Iterable[tuple[Row, FigureItem]]) -> Page:
    """一个数一行；基期、目标和要求是公文写的，印着对照。"""
    layout = with_years(TERMS, plan.document.base_year, plan.document.target_year)
    return Page(layout, tuple(_terms(row, item, plan) for row, item in figures))


def _terms(row: Row, item: FigureItem, plan: Plan) -> SettingRow:
    trail, tree = row
    goal: Printed
    if isinstance(item, Indicator):
        baseline, goal = item.baseline, target_cell(item, item.target)
    else:
        baseline, goal = None, item.wording
    cells: dict[str, Slot | Printed] = {
        "id": item.id,
        "name": item.name,
        "unit": item.how.unit,
        "baseline": baseline,
        "target": goal,
        **_chosen(office_of(tree), (*trail, "office")),
        **_numbers(office_of(tree), (*trail, "office"), item.how.unit),
        **_texts(office_of(tree), (*trail, "office")),
        "waypoints": _waypoints(office_of(tree), (*trail, "office"), plan),
    }
    return SettingRow(item.id, cells)


def _chosen(office: dict[str, Any], above: Trail) -> dict[str, Slot]:
    def chosen(key: str, kinds: Iterable[_Labelled], *, needed: bool = True) -> Slot:
        choices = tuple((kind.value, kind.label) for kind in kinds)
        trail, value = (*above, key), office.get(key)
        return Slot(Kind.CHOICE, "targets", trail, value, needed=needed, choices=choices)

    return {
        "nature": chosen("nature", Nature),
        "path": chosen("path", Path, needed=False),
        "release": chosen("release", Release),
    }


def _numbers(office: dict[str, Any], above: Trail, unit: str) -> dict[str, Slot]:
    def number(key: str, unit: str = "", most: Decimal | None = None) -> Slot:
        whole = key == "decimals"
        return Slot(
            Kind.WHOLE if whole else Kind.NUMBER,
            "targets",
            (*above, key),
            office.get(key),
            needed=whole,
            unit=unit,
            least=Decimal(0),
            most=most,
        )

    return {
        "decimals": number("decimals", "位", _MOST_DECIMALS),
        "tolerance": number("tolerance", unit),
        "maximum": number("maximum", unit),
    }


def _texts(office: dict[str, Any], above: Trail) -> dict[str, Slot]:
    return {
        key: Slot(Kind.TEXT, "targets", (*above, key), office.get(key))
        for key in ("prompt", "verify")
    }


def _waypoints(office: dict[str, Any], above: Trail, plan: Plan) -> Slot:
    years, points = plan.document, office.get("waypoints", {})
    return Slot(
        Kind.WAYPOINTS,
        "targets",
        (*above, "waypoints"),
        tuple(f"{year}={value}" for year, value in sorted(points.items())) or None,
        after="path",
        least=Decimal(years.base_year + 1),
        most=Decimal(years.target_year),
    )
