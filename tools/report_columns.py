"""报告模板里各张表的栏：表头、宽、格里的话；宽度合计不超过版心（竖排 156 毫米，横排 225 毫米）。"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """表的一栏：表头、宽（毫米）、格里的话；``lines`` 的是多段文字，``light`` 的带底色。"""

    head: str
    width: float
    name: str
    left: bool = False
    lines: bool = False
    light: bool = False


def _c(head: str, width: float, name: str, **how: bool) -> Column:
    return Column(head, width, name, **how)


INDICATORS = (
    _c("序号", 6, "number"), _c("指标", 19.6, "name", left=True), _c("单位", 7.8, "unit"),
    _c("基期", 8.6, "baseline"), _c("目标", 10.6, "target"), _c("数据时点", 13.4, "data_at"),
    _c("本期", 13.8, "value"), _c("同比", 14.2, "change"),
    _c("目标完成率", 13.6, "target_rate"), _c("增量完成率", 14.2, "done"),
    _c("序时", 11.6, "planned"), _c("偏差（百分点）", 11.6, "gap"),
    _c("状态", 11, "status", light=True),
)  # fmt: skip
COMMITMENTS = (
    _c("序号", 6, "number"), _c("任务", 27.4, "name", left=True), _c("单位", 7.8, "unit"),
    _c("要求", 17.2, "demand"), _c("数据时点", 13.4, "data_at"), _c("本期", 13.8, "value"),
    _c("同比", 16.4, "change"), _c("完成率", 14.2, "done"), _c("序时", 11.8, "planned"),
    _c("偏差（百分点）", 13.6, "gap"), _c("状态", 14.4, "status", light=True),
)  # fmt: skip
DETAILS = (
    _c("编号", 11.6, "id"), _c("事项", 27, "name", left=True), _c("单位", 7.8, "unit"),
    _c("基期", 8.6, "baseline"), _c("目标", 11, "target"), _c("填报单位", 14.6, "agencies"),
    _c("数据时点", 13.8, "data_at"), _c("本期", 13.8, "value"), _c("上年同期", 12.6, "year_ago"),
    _c("序时应达", 12.6, "planned"), _c("目标完成率", 14, "target_rate"),
    _c("增量（年度）完成率", 14, "done"), _c("序时", 11.8, "planned_share"),
    _c("偏差（百分点）", 13.6, "gap"), _c("状态", 14.4, "status", light=True),
    _c("备注", 23.6, "note", left=True),
)  # fmt: skip
MILESTONES = (
    _c("编号", 15, "id"), _c("事项", 62, "name", left=True), _c("类别", 12, "kind"),
    _c("时限", 24, "due"), _c("填报单位", 34, "agencies"),
    _c("状态", 17, "status", light=True), _c("完成日期", 23, "completed"),
    _c("佐证材料", 38, "evidence", left=True, lines=True),
)  # fmt: skip
LEDGER = (
    _c("措施", 30, "measure", left=True), _c("责任单位", 26, "agency", left=True),
    _c("进展状态", 14, "status"), _c("本季度进展", 68, "progress", left=True, lines=True),
    _c("存在问题", 30, "problems", left=True, lines=True),
    _c("滞后原因", 28, "reason", left=True, lines=True),
    _c("下一步措施", 29, "next_step", left=True, lines=True),
)  # fmt: skip
SCOPE = (
    _c("编号", 13, "id"), _c("事项", 26, "name", left=True), _c("单位", 9, "unit"),
    _c("数的性质", 14, "nature"), _c("序时路径", 14, "path"), _c("发布", 10, "release"),
    _c("填报单位", 19, "reporters"), _c("容许误差", 14, "tolerance"),
    _c("填报口径", 37, "prompt", left=True),
)  # fmt: skip
CORRECTIONS = (
    _c("编号", 11.6, "id"), _c("已印发的报告", 27, "report", left=True),
    _c("事项", 30, "name", left=True), _c("单位", 8, "unit"), _c("原", 14, "old"),
    _c("现", 14, "new"), _c("更正原因", 31, "reason", left=True), _c("填报单位", 20, "agencies"),
)  # fmt: skip
