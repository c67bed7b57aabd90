"""一、总体情况：几项达到、几项落后，谁报了，和几个算出来的要点。"""

from collections.abc import Callable, Iterable

from ipmeasures.plan.model import FigureItem
from ipmeasures.progress.assessment import Assessment, Status
from ipmeasures.progress.gaps import Gap
from ipmeasures.progress.reporting import Reporting, ReportState
from ipmeasures.report.items import counted
from ipmeasures.report.material import Material
from ipmeasures.report.numbers import share
from ipmeasures.report.parts import Text
from ipmeasures.report.sentences import gap_words

_BEHIND = (Status.FALLEN_BACK, Status.REGRESSED, Status.FAR_BEHIND, Status.BEHIND)
_FIGURES = ("indicator", "commitment")


def opening(material: Material) -> str:
    """开头一段：依据什么、报告什么。"""
    document, quarter = material.plan.document, material.quarter
    period = f"{quarter.year}年度" if material.is_annual else quarter.label
    month = quarter.by_end.replace(f"{quarter.year}年", "")
    heard = material.gaps.reporting.named(ReportState.RECEIVED)
    basis = "，根据各责任单位报送的情况" if heard else ""
    unheard = "" if heard else "截至目前未收到各责任单位本季度的报送材料。"
    return (
        f"按照《{document.title}》（{document.number}，以下简称《措施》）关于定期上报工作开展情况的要求"
        f"{basis}，现将{period}（{month}）进展情况报告如下。{unheard}"
    )


def overview(material: Material) -> Text:
    """各段。"""
    plan = material.plan
    return tuple(
        paragraph
        for paragraph in (
            counted(material, plan.indicators, "项主要指标"),
            counted(material, plan.commitments, "项量化任务"),
            _measures(material),
            _returned(material.gaps.reporting),
            _highlights(material),
            _since_last(material),
        )
        if paragraph
    )


def _measures(material: Material) -> str:
    found = material.gaps.of_kind("measure")
    silent = [gap for gap in found if gap.status is Status.NOT_REPORTED]
    if len(silent) == len(found):
        return f"{len(found)}条措施本季度均未收到进展材料。"
    heard = f"{len(found)}条措施中，{len(found) - len(silent)}条收到进展材料"
    return f"{heard}，{len(silent)}条本季度未收到。" if silent else f"{heard}。"


def _returned(reporting: Reporting) -> str:
    owing, received = len(reporting.agencies), len(reporting.named(ReportState.RECEIVED))
    if not owing:
        return ""
    return (
        f"应报单位{owing}家，已报{received}家，完整率{share(reporting.completeness)}，"
        f"及时率{share(reporting.timeliness)}。"
    )


def _highlights(material: Material) -> str:
    """高于序时最多的、低于序时最多的各一项；没有比较的不说。"""
    gaps = [
        g
        for g in material.gaps.of_kind(*_FIGURES)
        if g.assessment.gap_points is not None and g.id not in _twins(material)
    ]
    ahead = [g for g in gaps if g.status is Status.AHEAD]
    behind = [g for g in gaps if g.status in _BEHIND]
    told = []
    if ahead:
        told.append(f"高于序时最多的是{_named(max(ahead, key=_points))}")
    if behind:
        told.append(f"低于序时最多的是{_named(min(behind, key=_points))}")
    return f"尚未达到目标的事项中，{'；'.join(told)}。" if told else ""


def _since_last(material: Material) -> str:
    """与上季度相比：新达到目标的、新转为未达序时的、回到序时的。"""
    if not material.before:
        return ""
    turned: tuple[tuple[str, Callable[[Status, Status], bool]], ...] = (
        (
            "新达到目标的有",
            lambda old, new: new is Status.ACHIEVED and old is not Status.ACHIEVED,
        ),
        ("新转为未达序时的有", lambda old, new: new in _BEHIND and old not in _BEHIND),
        (
            "由未达序时转为达到序时的有",
            lambda old, new: new in (Status.ON_TRACK, Status.AHEAD) and old in _BEHIND,
        ),
    )
    told = []
    for words, holds in turned:
        names = [i.name for i in material.plan.asked_items if _changed(material, i, holds)]
        if names:
            told.append(f"{words}{'、'.join(names)}")
    return f"与上季度相比，{'；'.join(told)}。" if told else ""


def _changed(material: Material, item: FigureItem, holds: Callable[[Status, Status], bool]) -> bool:
    return holds(material.before[item.id].status, _found(material, item).status)


def _found(material: Material, item: FigureItem) -> Assessment:
    return material.gap_by_id[item.id].assessment


def _twins(material: Material) -> Iterable[str]:
    return {c.id for c in material.plan.commitments if c.same_as}


def _named(gap: Gap) -> str:
    return f"{gap.name}（{gap_words(gap.assessment)}）"


def _points(gap: Gap) -> float:
    return float(gap.assessment.gap_points or 0)
