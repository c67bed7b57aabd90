"""年度报告的分年度情况：各年的数、同比，和本年要求的结论。"""

from ipmeasures.plan.model import FigureItem
from ipmeasures.plan.terms import Nature
from ipmeasures.progress.assessment import Assessment, Status
from ipmeasures.progress.figures import of_year
from ipmeasures.progress.goal import goal_of
from ipmeasures.report.amounts import growth_cell, is_yearly, number, plain
from ipmeasures.report.material import Material
from ipmeasures.report.parts import Text, YearRow, Years


def years(material: Material, heading: str) -> Years | None:
    """年度报告的分年度情况；其他季度没有。"""
    if not material.is_annual:
        return None
    base, year = material.plan.document.base_year, material.quarter.year
    span = tuple(range(base + 1, year + 1))
    return Years(
        heading,
        (f"{base}年", *(f"{y}年" for y in span[:-1]), f"{year}年（初步数）", f"{year}年同比"),
        tuple(year_row(material, item, span) for item in material.plan.asked_items),
        _year_notes(material, base, year),
        _year_verdicts(material),
    )


def _year_notes(material: Material, base: int, year: int) -> Text:
    summed = [i.name for i in material.plan.asked_items if i.how.nature is Nature.ACCUMULATED]
    flows = f"{'、'.join(summed)}{base}年为公文所列基期值，以后各年为当年数。"
    return (
        f"注：{year}年各数为第四季度报表所报，属初步数，以后核定的以核定数为准。",
        "“—”为没有该年年底（全年）的数，或没有可比的上年数。",
        *((flows,) if summed else ()),
    )


def year_row(material: Material, item: FigureItem, span: tuple[int, ...]) -> YearRow:
    """一个事项基年和 ``span`` 各年的数、最后一年的同比；没有该年年底（全年）的数的是“—”。"""
    known = material.figures(item)
    found = [of_year(known, y) for y in span]
    values = [f.value if f and (f.settles_year or f.date.number == 4) else None for f in found]
    baseline = goal_of(item, material.plan).baseline
    summed = item.how.nature is Nature.ACCUMULATED  # 基期是累计数，各年是当年数，不相比
    before = values[-2] if len(values) > 1 else None if summed else baseline
    return YearRow(
        item.name,
        item.how.unit,
        (
            plain(baseline),
            *(number(item, value) for value in values),
            growth_cell(item, values[-1], before),
        ),
    )


def _year_verdicts(material: Material) -> Text:
    """本年要求的结论：已完成、未达到、未报送的各有哪些。"""
    yearly = [item for item in material.plan.figure_items if is_yearly(item)]
    kinds: dict[bool | None, list[str]] = {}
    for item in yearly:
        found = material.gap_by_id[item.id].assessment
        kinds.setdefault(_year_verdict(found), []).append(item.name)
    year = material.quarter.year
    told = (
        (True, f"达到{year}年度要求的有"),
        (False, f"未达到{year}年度要求的有"),
        (None, f"没有{year}年全年数、未作结论的有"),
    )
    return tuple(f"{words}：{'、'.join(kinds[k])}。" for k, words in told if k in kinds)


def _year_verdict(found: Assessment) -> bool | None:
    """达到没有；没有全年数的为 ``None``。"""
    if found.year_rate is None or found.status in (Status.NOT_REPORTED, Status.NOT_DUE):
        return None
    return found.year_rate >= 1
