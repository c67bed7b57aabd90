"""判断的结果：一个事项在一个季度走到哪一步。"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from ipmeasures.quarter import Quarter

if TYPE_CHECKING:
    from ipmeasures.progress.outlook import Outlook, Unforeseen


class Status(StrEnum):
    """状态；名称是对外的代码，``label`` 是表上的话。成员的次序就是“最差在前”的次序。"""

    FALLEN_BACK = "fallen_back"
    REGRESSED = "regressed"
    OVERDUE = "overdue"
    FAR_BEHIND = "far_behind"
    BEHIND = "behind"
    NOT_REPORTED = "not_reported"
    DUE_SOON = "due_soon"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    NOT_DUE = "not_due"
    ON_TRACK = "on_track"
    AHEAD = "ahead"
    ACHIEVED = "achieved"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """表上的话（个别场合另有说法，见 ``Assessment.status_text``）。"""
        return _LABELS[self]

    @property
    def light(self) -> str:
        """灯的颜色代码；推进中没有灯（``none``）。"""
        return _LIGHTS[self]

    @property
    def is_gap(self) -> bool:
        """算不算滞后：要列进“未达序时事项”的。"""
        return self in _GAPS


_LABELS = {
    Status.FALLEN_BACK: "回落至目标以下",
    Status.REGRESSED: "低于基期",
    Status.OVERDUE: "逾期",
    Status.FAR_BEHIND: "未达序时（差距较大）",
    Status.BEHIND: "未达序时",
    Status.NOT_REPORTED: "未报送",
    Status.DUE_SOON: "临近时限",
    Status.NOT_STARTED: "未启动",
    Status.IN_PROGRESS: "推进中",
    Status.NOT_DUE: "数据未发布",
    Status.ON_TRACK: "达序时",
    Status.AHEAD: "超序时",
    Status.ACHIEVED: "提前完成",
    Status.NOT_APPLICABLE: "不涉及",
}
_LIGHTS = {
    Status.FALLEN_BACK: "red",
    Status.REGRESSED: "red",
    Status.OVERDUE: "red",
    Status.FAR_BEHIND: "red",
    Status.BEHIND: "yellow",
    Status.NOT_REPORTED: "grey",
    Status.DUE_SOON: "blue",
    Status.NOT_STARTED: "yellow",
    Status.IN_PROGRESS: "none",
    Status.NOT_DUE: "grey",
    Status.ON_TRACK: "green",
    Status.AHEAD: "green",
    Status.ACHIEVED: "star",
    Status.NOT_APPLICABLE: "grey",
}
_GAPS = {
    Status.FALLEN_BACK,
    Status.REGRESSED,
    Status.OVERDUE,
    Status.FAR_BEHIND,
    Status.BEHIND,
    Status.NOT_REPORTED,
    Status.DUE_SOON,
    Status.NOT_STARTED,
}


class Conclusion(StrEnum):
    """计划期满的结论；名称是对外的代码。"""

    REALISED = "realised"
    NEARLY = "nearly"
    MISSED = "missed"

    @property
    def label(self) -> str:
        """表上的话。"""
        return {"realised": "已实现", "nearly": "基本实现", "missed": "未达到预期"}[self.value]


@dataclass(frozen=True, slots=True)
class Reported:
    """一个事项在一个报送期报了什么：数（多家相加的已加总）或一种“没有数”的状态。

    ``quarter`` 是报送期，``at`` 是数所在的季度（数据时点，晚于报送期的按报送期）；``state`` 取
    ``figure``、``zero``、``not_applicable``、``not_updated``、``sent_back``（报了又退回）；后三种没有
    ``value``。
    """

    quarter: Quarter
    at: Quarter
    state: str
    value: Decimal | None = None
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Assessment:
    """一个事项的判断。份额和指数未取整：``done_share`` 0.4394 即 43.94%；``gap_points`` 已是百分点。

    ``value`` 是判断所依据的数（本年累计由工具累加的，是累加后的）；``reported`` 是报上来的原数。
    ``goal`` 是要达到的数（中途调整后的目标、年度要求、年均要求乘年数）；``year_rate`` 是年度完成率；
    ``year_ago`` 是上年同期的数；``pace_needed`` 是剩余每季需要的增量（本单位）或年均项目的年需要量。
    ``stale_quarters`` 是数据滞后几季（0 为不滞后）；``carried_year`` 是“沿用20XX年数”的年份。
    ``missing_years`` 是缺数的已结束年份；``note`` 是随状态要说的一句话；``rule`` 是判定依据的规则名。
    ``conclusion`` 是计划期满的结论，没有期满的没有；``outlook`` 是预测，或没有预测的原因；措施和里程碑为 ``None``。它从不影响 ``status``。
    """

    item: str
    status: Status
    status_text: str
    value: Decimal | None = None
    reported: Decimal | None = None
    data_at: Quarter | None = None
    stale_quarters: int = 0
    carried_year: int | None = None
    planned: Decimal | None = None
    goal: Decimal | None = None
    target_rate: Decimal | None = None
    done_share: Decimal | None = None
    planned_share: Decimal | None = None
    gap_points: Decimal | None = None
    schedule_index: Decimal | None = None
    pace_needed: Decimal | None = None
    year_rate: Decimal | None = None
    year_ago: Decimal | None = None
    missing_years: tuple[int, ...] = ()
    note: str = ""
    rule: str = ""
    conclusion: Conclusion | None = None
    outlook: "Outlook | Unforeseen | None" = None

    @property
    def light(self) -> str:
        """灯的颜色代码。"""
        return self.status.light
