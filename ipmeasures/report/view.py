"""报告的视图：一份报告要说的全部话和数，写好了的；各种格式都照它印。"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ipmeasures.ledger.entry import Confirmation, Entry, Receipt
from ipmeasures.plan.model import Plan
from ipmeasures.progress.gaps import Gaps
from ipmeasures.quarter import Quarter
from ipmeasures.report import items, measures, overview, scope
from ipmeasures.report.lagging import lagging
from ipmeasures.report.material import Made, Material
from ipmeasures.report.parts import (
    Commitments,
    DetailRow,
    Indicators,
    LedgerRow,
    MilestoneRow,
    Scope,
    SectionPart,
    Text,
    Titled,
)
from ipmeasures.report.returned import returned

_LINE = 20

__all__ = ["Made", "ReportView", "report_name", "view"]


@dataclass(frozen=True, slots=True)
class ReportView:
    """一份报告；各成员就是模板里可用的名字。

    ``name`` 是文件名（不带扩展名）；``title`` 是标题的各行；``number``、``signature``、``dated``
    是发文字号、署名、成文日期的占位，由办公室填；``annexes`` 是附件说明。
    """

    name: str
    title: Text
    number: str
    opening: str
    overview: Text
    indicators: Indicators
    commitments: Commitments
    sections: tuple[SectionPart, ...]
    lagging_lead: str
    lagging: tuple[Titled, ...]
    returned: Text
    cases_lead: str
    cases: tuple[Titled, ...]
    next_steps: Text
    annexes: Text
    signature: str
    dated: str
    details: tuple[DetailRow, ...]
    milestones: tuple[MilestoneRow, ...]
    ledger: tuple[LedgerRow, ...]
    scope: Scope
    made: str


def view(  # noqa: PLR0913, PLR0917 - 报告的六样材料，别处都按这个次序传
    plan: Plan,
    gaps: Gaps,
    entries: Iterable[Entry],
    receipts: Iterable[Receipt],
    confirmations: Iterable[Confirmation],
    made: Made,
) -> ReportView:
    """一个季度的报告。

    Args:
        plan: 计划。
        gaps: 这个季度的判断。
        entries: 有效的各笔（以后各季的不看）。
        receipts: 回执。
        confirmations: 对存疑的数的确认。
        made: 报告是何时、依据什么做成的。

    Returns:
        写好的话和数；同样的材料得同样的视图。
    """
    known = tuple(e for e in entries if e.quarter <= gaps.quarter)
    material = Material(plan, gaps, known, tuple(receipts), tuple(confirmations), made)
    behind, cases = lagging(material), measures.cases(material)
    return ReportView(
        name=report_name(gaps.quarter),
        title=_title(material),
        number="发文字号：〔待填〕",
        opening=overview.opening(material),
        overview=overview.overview(material),
        indicators=items.indicators(material),
        commitments=items.commitments(material),
        sections=measures.sections(material),
        lagging_lead=_lagging_lead(material, behind),
        lagging=behind,
        returned=returned(material),
        cases_lead="" if cases else _no_cases(material),
        cases=cases,
        next_steps=measures.next_steps(material),
        annexes=("1.指标和量化任务明细表", "2.措施进展台账", "3.口径说明"),
        signature="〔署名待填〕",
        dated="〔成文日期待填〕",
        details=items.details(material),
        milestones=items.milestones(material),
        ledger=measures.ledger(material),
        scope=scope.scope(material),
        made=scope.made_line(material),
    )


def report_name(quarter: Quarter) -> str:
    """报告的文件名，不带扩展名。"""
    return f"{quarter}-进展报告"


def _title(material: Material) -> Text:
    quarter = material.quarter
    period = f"{quarter.year}年度" if material.is_annual else quarter.label
    name = f"威海市《{material.plan.document.title}》"
    sample = ("（含样例数据，仅供演示）",) if material.has_samples else ()
    return (*_halved(name), f"{period}进展情况报告", *sample)


def _halved(text: str) -> Text:
    """标题一行最多 20 字（2号字）；长的分成差不多长的两行。"""
    if len(text) <= _LINE:
        return (text,)
    middle = (len(text) + 1) // 2
    return (text[:middle], text[middle:])


def _lagging_lead(material: Material, behind: tuple[Titled, ...]) -> str:
    if not behind:
        return "本季度没有未达序时的事项。"
    kinds = {
        "indicator": "指标",
        "commitment": "量化任务",
        "milestone": "里程碑事项",
        "measure": "措施",
    }
    count = Counter(gap.kind for gap in material.gaps.lagging)
    told = "、".join(f"{label}{count[kind]}项" for kind, label in kinds.items() if count[kind])
    return f"共有{told}，由重到轻列出；原因和下一步措施为各单位所报。"


def _no_cases(material: Material) -> str:
    when = "本年" if material.is_annual else "本季度"
    return f"{when}未收到标明可公开的典型案例。"
