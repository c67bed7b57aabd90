"""视图的各部分：全是写好的话和数，模板照印，不再计算。表的各行在 ``report/rows.py``。

``Text`` 是一行一段的文字；表格的格子至少有一行（没有内容的是“—”）。各类的 ``Attributes`` 就是给办公室
看的模板说明（``ipm template vars``），每个名字一句，测试守着一个不少。
"""

from dataclasses import dataclass
from decimal import Decimal

from ipmeasures.report.rows import (
    BLANK,
    NONE,
    CommitmentRow,
    CorrectionRow,
    DetailRow,
    IndicatorRow,
    LedgerRow,
    MilestoneRow,
    ScopeRow,
    Text,
    YearRow,
)

__all__ = [
    "BLANK",
    "NONE",
    "Chart",
    "CommitmentRow",
    "Commitments",
    "CorrectionRow",
    "DetailRow",
    "IndicatorRow",
    "Indicators",
    "Lag",
    "LedgerRow",
    "MilestoneRow",
    "Scope",
    "ScopeRow",
    "SectionPart",
    "Series",
    "Text",
    "Titled",
    "YearRow",
    "Years",
]


@dataclass(frozen=True, slots=True)
class Titled:
    """一个标题和它下面的各段。

    Attributes:
        heading: 标题，带编号。
        paragraphs: 各段文字。
    """

    heading: str
    paragraphs: Text


@dataclass(frozen=True, slots=True)
class Series:
    """图里的一组数，与图的各项一一对应。

    Attributes:
        name: 图例上的名称。
        values: 各项的数，没有的空着。
    """

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """一幅图；写图本身，Word 里是可以编辑的图，Markdown 里是旁边的 SVG 文件。

    Attributes:
        kind: 样式，横条（bars）或折线（lines）。
        number: 图号。
        caption: 图题，如“图1　……”。
        alt: 看不见图的人听到的话。
        note: 图下的话，没有的为空。
        decimals: 数的小数位。
        categories: 横轴（横条图为纵轴）各项的文字，有两层的后一层是年份。
        series: 各组数，已照小数位取整，与表里印的一样。
    """

    kind: str
    number: int
    caption: str
    alt: str
    note: str
    decimals: int
    categories: tuple[Text, ...]
    series: tuple[Series, ...]

    @property
    def labels_below(self) -> bool:
        """折线的数写在线下：实际低于序时，写在线上会压着序时线。"""
        actual, due = self.series[0].values, self.series[1].values
        both = [(a, d) for a, d in zip(actual, due, strict=True) if a is not None and d is not None]
        return bool(both) and both[-1][0] < both[-1][1]


@dataclass(frozen=True, slots=True)
class Lag:
    """未达序时的一项。

    Attributes:
        heading: 标题，带编号和状态。
        paragraphs: 差多少、要多快、原因、下一步措施，各一段。
        charts: 各期走势图，至多一幅。
    """

    heading: str
    paragraphs: Text
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """表1 的一类指标。

    Attributes:
        heading: 小标题，如“约束性指标”；只有一类的为空。
        rows: 这一类的各行。
    """

    heading: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class Indicators:
    """二、主要指标进展。

    Attributes:
        lead: 表前的一句话。
        charts: 完成率与序时比较的图，至多一幅。
        rows: 表1 的各行。
        notes: 表下的判定规则和图例，各一段。
        sentences: 每个指标一句话。
        groups: 表1 分类：约束性指标单列在前；没有主要指标的为空。
    """

    lead: str
    charts: tuple[Chart, ...]
    rows: tuple[IndicatorRow, ...]
    notes: Text
    sentences: Text
    groups: tuple[IndicatorGroup, ...]


@dataclass(frozen=True, slots=True)
class Years:
    """年度报告的分年度情况。

    Attributes:
        heading: 标题，带编号。
        heads: 各年的表头，与各行的数一一对应。
        rows: 表3 的各行。
        notes: 表下的话，各一段。
        verdicts: 本年要求的结论，各一段。
    """

    heading: str
    heads: Text
    rows: tuple[YearRow, ...]
    notes: Text
    verdicts: Text


@dataclass(frozen=True, slots=True)
class Commitments:
    """三、量化任务进展。

    Attributes:
        lead: 表前的一句话。
        rows: 表2 的各行。
        notes: 表下的判定规则、图例和完成率的算法，各一段。
        groups: 年度、年均、到期末三类，每类一个标题，每项一句话。
        milestones: 里程碑事项的标题和各段。
        years: 分年度情况，只有年度报告有。
    """

    lead: str
    rows: tuple[CommitmentRow, ...]
    notes: Text
    groups: tuple[Titled, ...]
    milestones: Titled
    years: Years | None


@dataclass(frozen=True, slots=True)
class SectionPart:
    """四、重点任务推进情况的一个部分。

    Attributes:
        heading: 公文的部分标题，带编号。
        measures: 各条措施；标题下是各单位自己的话。
    """

    heading: str
    measures: tuple[Titled, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """附件3 口径说明。

    Attributes:
        settings: 办公室设定的标题和各段。
        rows_heading: 各项口径表的标题。
        rows: 各项口径表的各行。
        others: 确认事项、填报单位的说明、公文口径说明、单位更名，没有的不列。
    """

    settings: Titled
    rows_heading: str
    rows: tuple[ScopeRow, ...]
    others: tuple[Titled, ...]
