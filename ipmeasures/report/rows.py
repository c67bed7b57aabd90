"""视图里各张表的一行；格子都是写好的字，没有内容的是“—”。

各类的 ``Attributes`` 是给办公室看的模板说明，见 ``report/parts.py``。
"""

from dataclasses import dataclass

from ipmeasures.quarter import Quarter

Text = tuple[str, ...]
NONE: Text = ("—",)
BLANK = "—"


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
