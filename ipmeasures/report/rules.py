"""判定规则和图例怎么说：数字全从设定来，印在每张表下面。"""

from ipmeasures.plan.model import Thresholds

LIGHTS = {
    "red": "红",
    "yellow": "黄",
    "green": "绿",
    "blue": "蓝",
    "grey": "灰",
    "star": "星",
    "none": "无灯",
}


def rule_text(limits: Thresholds) -> str:
    """判定规则的一段话。"""
    if limits.preset == "points":
        return (
            "判定规则：偏差＝（增量完成率－序时）×100（个百分点），按偏差分档。"
            f"偏差大于{limits.ahead_gap}为超序时；偏差不低于0或在容差内为达序时；"
            f"偏差不低于{limits.points_yellow_gap}为未达序时；更低为差距较大。"
        )
    return (
        "判定规则：偏差＝（增量完成率－序时）×100（个百分点），指数＝增量完成率÷序时。"
        f"偏差大于{limits.ahead_gap}且指数不低于{limits.ahead_index}为超序时；"
        f"指数不低于{limits.on_track_index}或偏差不低于{limits.on_track_gap}或在容差内为达序时；"
        f"指数低于{limits.far_behind_index}且偏差低于{limits.far_behind_gap}为差距较大；"
        "其余为未达序时。"
    )


def binding_text(limits: Thresholds) -> str:
    """约束性指标的界线，一句话；``limits`` 是从严的。"""
    if limits.preset == "points" or (limits.on_track_index == 1 and not limits.on_track_gap):
        return "不留余量，低于序时应达即为未达序时"
    return (
        f"指数不低于{limits.on_track_index}或偏差不低于{limits.on_track_gap}才为达序时，"
        f"指数低于{limits.far_behind_index}且偏差低于{limits.far_behind_gap}为差距较大"
    )


def legend_text() -> str:
    """图例的一段话。"""
    return (
        "图例：星＝提前完成或已完成；绿＝超序时、达序时；黄＝未达序时、未启动；"
        "红＝差距较大、低于基期、回落或逾期；蓝＝临近时限；灰＝未报送、数据未发布、不涉及；"
        "推进中不亮灯。"
    )
