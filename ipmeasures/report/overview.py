"""一、总体情况：几项达到、几项落后，谁报了，和几个算出来的要点。"""

from collections.abc import Iterable
from decimal import Decimal

from ipmeasures.progress.assessment import Status
from ipmeasures.progress.gaps import Gap
from ipmeasures.progress.reporting import ReportState
from ipmeasures.progress.rounding import half_up
from ipmeasures.report.items import counted
from ipmeasures.report.material import Material
from ipmeasures.report.numbers import share
from ipmeasures.report.parts import Text
from ipmeasures.report.since import BEHIND, since_last

_FIGURES = ("indicator", "commitment")
_FEW = 5  # 没有报的单位多于这些，只说几家，名单在第六部分


def opening(material: Material) -> str:
    """开头一段：依据什么、报告什么。"""
    document, quarter = material.plan.document, material.quarter
    period = f"{quarter.year}年度" if material.is_annual else quarter.label
    month = quarter.by_end.replace(f"{quarter.year}年", "")
    heard = material.gaps.reporting.named(ReportState.RECEIVED)
    basis = "，根据各责任单位报送的情况" if heard else ""
    unheard = "" if heard else "截至目前未收到各责任单位本季度的报送材料。"
    return f"按照{document.cited}{document.duty or '的要求'}{basis}，现将{period}（{month}）进展情况报告如下。{unheard}"


def overview(material: Material) -> Text:
    """各段。"""
    plan = material.plan
    return tuple(
        paragraph
        for paragraph in (
            *_indicators(material),
            counted(material, plan.commitments, "项量化任务"),
            _measures(material),
            _returned(material),
            _highlights(material),
            since_last(material),
        )
        if paragraph
    )


def _indicators(material: Material) -> Text:
    """主要指标；有约束性指标的，另数一遍约束性的。"""
    items, called = material.plan.indicators, material.plan.document.called
    bound = [item for item in items if item.binding]
    told = counted(material, items, "项主要指标")
    first = (f"{called}提出的{told}",) if told else ()
    if not bound or len(bound) == len(items):
        return first
    return (*first, f"其中{counted(material, bound, '项约束性指标')}")


def _measures(material: Material) -> str:
    found = material.gaps.of_kind("measure")
    silent = [gap for gap in found if gap.status is Status.NOT_REPORTED]
    if found and len(silent) == len(found):
        return f"{len(found)}条措施{material.this_quarter}均未收到进展材料。"
    if not silent:
        return f"{len(found)}条措施{material.this_quarter}均收到进展材料。" if found else ""
    heard = f"{len(found)}条措施中，{len(found) - len(silent)}条{material.this_quarter}收到进展材料"
    return f"{heard}，{len(silent)}条未收到。"


def _returned(material: Material) -> str:
    """报送的完整率、及时率；没有报的单位列名，多的只说几家。"""
    reporting = material.gaps.reporting
    owing, received = len(reporting.counted), len(reporting.received)
    if not owing:
        return ""
    silent = [a.name for a in reporting.counted if a.state is not ReportState.RECEIVED]
    unheard = f"未报送的有{len(silent)}家，名单见第六部分"
    if len(silent) <= _FEW:
        unheard = f"未报送的有{material.names(silent)}"
    return (
        f"应报单位{owing}家，已报{received}家，完整率{share(reporting.completeness)}，"
        f"及时率{share(reporting.timeliness)}{f'；{unheard}' if silent else ''}。"
    )


def _highlights(material: Material) -> str:
    """高于序时最多的、低于序时最多的各一项；没有比较的不说。"""
    gaps = [
        g
        for g in material.gaps.of_kind(*_FIGURES)
        if g.assessment.gap_points is not None and g.id not in _twins(material)
    ]
    ahead = [g for g in gaps if g.status is Status.AHEAD and _points(g) > 0]
    behind = [g for g in gaps if g.status in BEHIND and _points(g) < 0]
    told = []
    if ahead:
        told.append(f"高于序时进度最多的是{_farthest(ahead, '高')}")
    if behind:
        told.append(f"低于序时进度最多的是{_farthest(behind, '低')}")
    return f"尚未达到目标的事项中，{'；'.join(told)}。" if told else ""


def _farthest(gaps: list[Gap], by: str) -> str:
    """离序时最远的一项，印出来一样远的都列；沿用往年数的、滞后的注明。"""
    size = max(abs(_points(gap)) for gap in gaps)
    names = [_named(gap) for gap in gaps if abs(_points(gap)) == size]
    return f"{'、'.join(names)}，{by}{size:f}个百分点"


def _twins(material: Material) -> Iterable[str]:
    return {c.id for c in material.plan.commitments if c.same_as}


def _named(gap: Gap) -> str:
    year, late = gap.assessment.carried_year, gap.assessment.stale_quarters
    if year:
        return f"{gap.name}（沿用{year}年数）"
    return f"{gap.name}（数据滞后{late}季）" if late else gap.name


def _points(gap: Gap) -> Decimal:
    return half_up(gap.assessment.gap_points or Decimal(0), 1)
