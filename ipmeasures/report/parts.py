"""视图的各部分：全是写好的话和数，模板照印，不再计算。

``Text`` 是一行一段的文字；表格的格子至少有一行（没有内容的是“—”）。``light`` 是灯的颜色代码。
"""

from dataclasses import dataclass

Text = tuple[str, ...]
NONE: Text = ("—",)
BLANK = "—"


@dataclass(frozen=True, slots=True)
class Titled:
    """一个标题和它下面的各段。"""

    heading: str
    paragraphs: Text


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """主要指标表的一行，13 栏。"""

    number: str
    name: str
    unit: str
    baseline: str
    target: str
    data_at: str
    value: str
    change: str
    target_rate: str
    done: str
    planned: str
    gap: str
    status: str
    light: str


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """量化任务表的一行。"""

    number: str
    name: str
    unit: str
    demand: str
    data_at: str
    value: str
    change: str
    done: str
    planned: str
    gap: str
    status: str
    light: str


@dataclass(frozen=True, slots=True)
class DetailRow:
    """附件1 指标和量化任务明细的一行。"""

    id: str
    name: str
    unit: str
    baseline: str
    target: str
    agencies: str
    data_at: str
    value: str
    year_ago: str
    planned: str
    year_rate: str
    target_rate: str
    done: str
    planned_share: str
    gap: str
    status: str
    light: str
    note: str


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """附件1 里程碑事项的一行；``evidence`` 一行一段。"""

    id: str
    name: str
    kind: str
    due: str
    agencies: str
    status: str
    light: str
    completed: str
    evidence: Text


@dataclass(frozen=True, slots=True)
class Indicators:
    """二、主要指标进展。"""

    lead: str
    rows: tuple[IndicatorRow, ...]
    notes: Text
    sentences: Text


@dataclass(frozen=True, slots=True)
class YearRow:
    """分年度情况的一行；``years`` 是基年、各年的数和同比。"""

    name: str
    unit: str
    years: Text


@dataclass(frozen=True, slots=True)
class Years:
    """年度报告的分年度情况：``heads`` 是各年的表头，与各行的 ``years`` 同长。"""

    heading: str
    heads: Text
    rows: tuple[YearRow, ...]
    notes: Text
    verdicts: Text


@dataclass(frozen=True, slots=True)
class Commitments:
    """三、量化任务进展；``years`` 只有年度报告有。"""

    lead: str
    rows: tuple[CommitmentRow, ...]
    notes: Text
    groups: tuple[Titled, ...]
    milestones: Titled
    years: Years | None


@dataclass(frozen=True, slots=True)
class SectionPart:
    """四的一个部分：标题和各条措施。"""

    heading: str
    measures: tuple[Titled, ...]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """附件2 措施进展台账的一行：一条措施、一个单位，文字照录。"""

    measure: str
    agency: str
    status: str
    progress: Text
    problems: Text
    reason: Text
    next_step: Text


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """附件3 各项口径的一行；除计量单位外都是办公室设定。"""

    id: str
    name: str
    unit: str
    nature: str
    path: str
    release: str
    reporters: str
    tolerance: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Scope:
    """附件3 口径说明。"""

    settings: Titled
    rows_heading: str
    rows: tuple[ScopeRow, ...]
    others: tuple[Titled, ...]
