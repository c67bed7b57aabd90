"""报告的视图：一份报告要说的全部话和数，写好了的；各种格式都照它印。"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ipmeasures.ledger.entry import Confirmation, Entry, Receipt
from ipmeasures.plan.model import Plan
from ipmeasures.progress.gaps import Gaps
from ipmeasures.quarter import Quarter
from ipmeasures.report import items, measures, overview, scope
from ipmeasures.report.charts import progress_chart
from ipmeasures.report.lagging import lagging
from ipmeasures.report.material import Made, Material
from ipmeasures.report.parts import (
    Commitments,
    CorrectionRow,
    DetailRow,
    Indicators,
    Lag,
    LedgerRow,
    MilestoneRow,
    Scope,
    SectionPart,
    Text,
    Titled,
)
from ipmeasures.report.returned import returned
from ipmeasures.report.stones import milestones

_LINE = 20

__all__ = ["Made", "ReportView", "report_name", "view"]


@dataclass(frozen=True, slots=True)
class ReportView:
    """一份报告；各成员就是模板里可用的名字。

    Attributes:
        name: 文件名，不带扩展名。
        title: 标题，一行一段。
        number: 发文字号的占位，由办公室填。
        addressee: 主送机关的占位，由办公室填。
        opening: 开头一段。
        overview: 一、总体情况的各段。
        indicators: 二、主要指标进展。
        commitments: 三、量化任务进展。
        sections: 四、重点任务推进情况，按公文的各个部分。
        lagging_lead: 五的第一句话。
        lagging: 五、未达序时事项，由重到轻。
        returned: 六、报送情况的各段。
        cases_lead: 七里没有典型案例时的一句话；有案例的为空。
        cases: 七、典型案例，每件一个标题。
        next_steps: 八、下一步工作的各段。
        annexes: 附件说明，一个附件一行。
        signature: 署名的占位，由办公室填。
        dated: 成文日期的占位，由办公室填。
        details: 附件1 指标和量化任务明细的各行。
        milestones: 附件1 里程碑事项的各行。
        ledger: 附件2 措施进展台账的各行。
        scope: 附件3 口径说明。
        corrections: 附件4 数据更正说明的各行，没有更正的为空。
        made: 报告依据什么做成：日期、回执、程序版本。
    """

    name: str
    title: Text
    number: str
    addressee: str
    opening: str
    overview: Text
    indicators: Indicators
    commitments: Commitments
    sections: tuple[SectionPart, ...]
    lagging_lead: str
    lagging: tuple[Lag, ...]
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
    corrections: tuple[CorrectionRow, ...]
    made: str


def view(  # noqa: PLR0913, PLR0917 - 报告的几样材料，别处都按这个次序传
    plan: Plan,
    gaps: Gaps,
    entries: Iterable[Entry],
    receipts: Iterable[Receipt],
    confirmations: Iterable[Confirmation],
    made: Made,
    corrections: tuple[CorrectionRow, ...] = (),
) -> ReportView:
    """一个季度的报告。

    Args:
        plan: 计划。
        gaps: 这个季度的判断。
        entries: 有效的各笔（以后各季的不看）。
        receipts: 回执。
        confirmations: 对存疑的数的确认。
        made: 报告是何时、依据什么做成的。
        corrections: 已印发的报告里后来更正了的数。

    Returns:
        写好的话和数；同样的材料得同样的视图。
    """
    known = tuple(e for e in entries if e.quarter <= gaps.quarter)
    material = Material(plan, gaps, known, tuple(receipts), tuple(confirmations), made)
    chart = progress_chart(material, 1)
    behind, cases = lagging(material, 2 if chart else 1), measures.cases(material)
    return ReportView(
        name=report_name(gaps.quarter),
        title=_title(material),
        number="发文字号：〔待填〕",
        addressee="〔主送机关待填〕",
        opening=overview.opening(material),
        overview=(*overview.overview(material), *_corrected(corrections)),
        indicators=items.indicators(material, chart),
        commitments=items.commitments(material),
        sections=measures.sections(material),
        lagging_lead=_lagging_lead(material, behind),
        lagging=behind,
        returned=returned(material),
        cases_lead="" if cases else _no_cases(material),
        cases=cases,
        next_steps=measures.next_steps(material),
        annexes=_annexes(corrections),
        signature="〔署名待填〕",
        dated="〔成文日期待填〕",
        details=items.details(material),
        milestones=milestones(material),
        ledger=measures.ledger(material),
        scope=scope.scope(material),
        corrections=corrections,
        made=scope.made_line(material),
    )


def report_name(quarter: Quarter) -> str:
    """报告的文件名，不带扩展名。"""
    return f"{quarter}-进展报告"


def _title(material: Material) -> Text:
    quarter = material.quarter
    period = f"{quarter.year}年度" if material.is_annual else quarter.label
    document = material.plan.document
    name = f"{document.place}《{document.title}》"
    sample = ("（含样例数据，仅供演示）",) if material.has_samples else ()
    return (*halved(name), f"{period}进展情况报告", *sample)


def _annexes(corrections: tuple[CorrectionRow, ...]) -> Text:
    always = ("1.指标和量化任务明细表", "2.措施进展台账", "3.口径说明")
    return (*always, "4.数据更正说明") if corrections else always


def _corrected(corrections: tuple[CorrectionRow, ...]) -> Text:
    if not corrections:
        return ()
    return (f"以前印发的报告中有{len(corrections)}个数已经更正，见附件4。",)


def halved(text: str) -> Text:
    """标题一行最多 20 字（2号字）；长的分成差不多长的两行。"""
    if len(text) <= _LINE:
        return (text,)
    middle = (len(text) + 1) // 2
    return (text[:middle], text[middle:])


def _lagging_lead(material: Material, behind: tuple[Lag, ...]) -> str:
    if not behind:
        return f"{material.this_quarter}没有未达序时的事项。"
    kinds = {
        "indicator": "主要指标",
        "commitment": "量化任务",
        "milestone": "里程碑事项",
        "measure": "措施",
    }
    count = Counter(gap.kind for gap in material.gaps.lagging)
    told = "、".join(f"{label}{count[kind]}项" for kind, label in kinds.items() if count[kind])
    return f"共{count.total()}项，其中{told}，由重到轻排列；原因和下一步措施照各单位所报。"


def _no_cases(material: Material) -> str:
    span = "本年" if material.is_annual else "本季度"
    return f"{span}未收到标明可公开的典型案例。"
