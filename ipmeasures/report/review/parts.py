"""中期评估报告的各部分，全是写好的话和数。

各类的 ``Attributes`` 就是给办公室看的模板说明（``ipm template vars``），每个名字一句。
"""

from dataclasses import dataclass

from ipmeasures.report.parts import Text, Titled
from ipmeasures.report.rows import YearRow


@dataclass(frozen=True, slots=True)
class CountRow:
    """各部分事项完成情况的一行，数的是有几项。

    Attributes:
        name: 部分，如“主要指标”“一、……”。
        total: 共几项。
        achieved: 已达到。
        ahead: 超序时。
        on_track: 达序时。
        behind: 未达序时，含逾期、未启动。
        in_progress: 推进中，不判进度。
        silent: 未报送或数据未发布，含不涉及。
    """

    name: str
    total: str
    achieved: str
    ahead: str
    on_track: str
    behind: str
    in_progress: str
    silent: str


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """指标和量化任务进展表的一行。

    Attributes:
        number: 序号。
        name: 事项名称。
        unit: 计量单位。
        target: 目标值或要求。
        data_at: 数据时点。
        value: 期末的数。
        done: 完成率。
        planned: 序时。
        gap: 偏差，百分点。
        status: 状态。
        light: 灯的颜色代码，只用来选底色。
        outlook: 预测，照近四季的速度推算。
    """

    number: str
    name: str
    unit: str
    target: str
    data_at: str
    value: str
    done: str
    planned: str
    gap: str
    status: str
    light: str
    outlook: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """一份中期评估报告。

    Attributes:
        name: 文件名，不带扩展名。
        title: 标题，一行一段。
        number: 发文字号的占位。
        addressee: 主送机关的占位。
        opening: 开头一段。
        overview: 一、总体情况的各段。
        counts: 表1 的各行，各部分有几项已达到、超序时、达序时、未达序时。
        rows: 表2 的各行，每个指标和量化任务一行。
        notes: 表2 下的判定规则和图例，各一段。
        groups: 按状态归类，每类一个标题和各项的话。
        year_heads: 表3 各年的表头。
        years: 表3 的各行，各年的数。
        year_notes: 表3 下的话，各一段。
        causes: 未达序时的各项：差距、各单位历次报的原因和最近的措施。
        outlook: 预测的各段。
        reporting: 报送情况的各段。
        missing: 还缺的历史数，各一段。
        signature: 署名的占位。
        dated: 成文日期的占位。
        made: 依据什么做成。
    """

    name: str
    title: Text
    number: str
    addressee: str
    opening: str
    overview: Text
    counts: tuple[CountRow, ...]
    rows: tuple[ReviewRow, ...]
    notes: Text
    groups: tuple[Titled, ...]
    year_heads: Text
    years: tuple[YearRow, ...]
    year_notes: Text
    causes: tuple[Titled, ...]
    outlook: Text
    reporting: Text
    missing: Text
    signature: str
    dated: str
    made: str
