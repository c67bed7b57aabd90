"""视图的各部分：全是写好的话和数，模板照印，不再计算。

``Text`` 是一行一段的文字；表格的格子至少有一行（没有内容的是“—”）。各类的 ``Attributes`` 就是给办公室
看的模板说明（``ipm template vars``），每个名字一句，测试守着一个不少。
"""

from dataclasses import dataclass
from decimal import Decimal

from ipmeasures.quarter import Quarter

Text = tuple[str, ...]
NONE: Text = ("—",)
BLANK = "—"


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
class IndicatorRow:
    """主要指标表的一行，13 栏。

    Attributes:
        number: 序号。
        name: 指标名称。
        unit: 计量单位。
        baseline: 基期值。
        target: 目标值。
        data_at: 数据时点。
        value: 本期值；工具累加的，累计数写在括号里。
        change: 同比。
        target_rate: 目标完成率。
        done: 增量完成率；标“年度”的是年度完成率。
        planned: 序时。
        gap: 偏差，百分点。
        status: 状态。
        light: 灯的颜色代码，只用来选底色。
    """

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
    """量化任务表的一行。

    Attributes:
        number: 序号。
        name: 任务名称。
        unit: 计量单位。
        demand: 要求，如“每年500”。
        data_at: 数据时点。
        value: 本期值；年均的，累计数写在括号里。
        change: 同比。
        done: 完成率；标“目标”的是目标完成率。
        planned: 序时。
        gap: 偏差，百分点。
        status: 状态。
        light: 灯的颜色代码，只用来选底色。
    """

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
    """附件1 指标和量化任务明细的一行。

    Attributes:
        id: 编号。
        name: 事项名称。
        unit: 计量单位。
        baseline: 基期值。
        target: 目标值或要求。
        agencies: 填报单位。
        data_at: 数据时点。
        value: 本期值。
        year_ago: 上年同期的数。
        planned: 序时应达的数。
        year_rate: 年度完成率，只有按当年要求判的事项有。
        target_rate: 目标完成率。
        done: 增量完成率；按当年要求判的，就是年度完成率。
        planned_share: 序时。
        gap: 偏差，百分点。
        status: 状态。
        light: 灯的颜色代码，只用来选底色。
        note: 备注，如“沿用2022年数”。
    """

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
    """附件1 里程碑事项的一行。

    Attributes:
        id: 编号。
        name: 事项。
        kind: 类别，一次或每年。
        due: 时限。
        agencies: 填报单位。
        status: 状态。
        light: 灯的颜色代码，只用来选底色。
        completed: 完成日期。
        evidence: 佐证材料，一行一段。
    """

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
class YearRow:
    """分年度情况的一行。

    Attributes:
        name: 事项名称。
        unit: 计量单位。
        years: 基年和各年的数，最后是同比。
    """

    name: str
    unit: str
    years: Text


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
class LedgerRow:
    """附件2 措施进展台账的一行：一条措施、一个单位，文字照录。

    Attributes:
        measure: 措施，带序号。
        agency: 责任单位。
        status: 进展状态。
        progress: 本季度进展，一行一段。
        problems: 存在问题，一行一段。
        reason: 滞后原因，一行一段。
        next_step: 下一步措施，一行一段。
    """

    measure: str
    agency: str
    status: str
    progress: Text
    problems: Text
    reason: Text
    next_step: Text


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """附件4 数据更正说明的一行：已印发的报告里的一个数，后来更正了。

    Attributes:
        quarter: 哪个季度的数。
        id: 编号。
        report: 哪一份已印发的报告。
        name: 事项名称。
        unit: 计量单位。
        old: 原来印的数。
        new: 现在的数。
        reason: 更正原因，照填报单位的说明。
        agencies: 填报单位。
    """

    quarter: Quarter
    id: str
    report: str
    name: str
    unit: str
    old: str
    new: str
    reason: str
    agencies: str


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """附件3 各项口径的一行；除计量单位外都是办公室设定。

    Attributes:
        id: 编号。
        name: 事项名称。
        unit: 计量单位。
        nature: 数的性质。
        path: 序时路径。
        release: 多久发布一次。
        reporters: 填报单位。
        tolerance: 容许误差。
        prompt: 填报口径。
    """

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
