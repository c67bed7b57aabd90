"""“报送安排”：报送时限、首个应报季度、判定办法和各条界线，各叫什么、什么意思。"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ipmeasures.forms.settings.layout import AGENDA
from ipmeasures.forms.settings.slot import Kind, Page, Printed, SettingRow, Slot
from ipmeasures.plan.model import Thresholds
from ipmeasures.plan.source import Trail

PRESETS = (("ratios", "偏差和指数"), ("points", "只看偏差"))
_POINTS, _RATIO = (Decimal(-100), Decimal(100)), (Decimal(0), Decimal(10))
_SETTINGS: Trail = ("settings",)
_LIMITS: Trail = ("settings", "thresholds")


@dataclass(frozen=True, slots=True)
class Line:
    """一项安排：在计划文件里的名字、叫法、计量、含义、上下限。"""

    key: str
    name: str
    unit: str
    meaning: str
    kind: Kind = Kind.NUMBER
    bounds: tuple[Decimal, Decimal] | None = None


LINES = (
    Line("first_quarter", "首个应报季度", "季度", "各单位从哪个季度起应当报送；更早的只作补录。写法如 2021Q4。", Kind.QUARTER),
    Line("due_days", "报送时限", "天", "季度结束后第几天以前报送，0 到 90；晚于它收到的是迟报。", Kind.WHOLE, (Decimal(0), Decimal(90))),
    Line("preset", "判定办法", "", "偏差和指数：两样一起看，照下面各条界线；只看偏差：只按偏差分档。", Kind.CHOICE),
    Line("ahead_gap", "超序时的偏差", "百分点", "偏差大于它、指数也够的，是“超序时”。偏差＝（增量完成率－序时）×100。", Kind.NUMBER, _POINTS),
    Line("ahead_index", "超序时的指数", "比值", "指数不低于它、偏差也够的，是“超序时”。指数＝增量完成率÷序时。", Kind.NUMBER, _RATIO),
    Line("on_track_index", "达序时的指数", "比值", "指数不低于它，或偏差不低于下一行的，是“达序时”。", Kind.NUMBER, _RATIO),
    Line("on_track_gap", "达序时的偏差", "百分点", "偏差不低于它，或指数不低于上一行的，是“达序时”。", Kind.NUMBER, _POINTS),
    Line("far_behind_index", "差距较大的指数", "比值", "指数低于它、偏差又低于下一行的，是“未达序时（差距较大）”。", Kind.NUMBER, _RATIO),
    Line("far_behind_gap", "差距较大的偏差", "百分点", "偏差低于它、指数又低于上一行的，是“未达序时（差距较大）”。", Kind.NUMBER, _POINTS),
    Line("points_yellow_gap", "只看偏差时的黄灯线", "百分点", "判定办法是“只看偏差”时用：偏差不到 0 而不低于它的亮黄灯，更低的亮红灯。", Kind.NUMBER, (Decimal(-100), Decimal(0))),
    Line("stale_quarters", "旧数最多用几季", "季", "按季发布的数没有更新的，照最近一次的判；再久的作未报送。", Kind.WHOLE, (Decimal(0), Decimal(20))),
    Line("due_soon_days", "里程碑提前提示", "天", "离办结时限不到这些天的，显示“临近时限”。", Kind.WHOLE, (Decimal(0), Decimal(366))),
    Line("nearly_percent", "基本实现", "%", "到期没有达到目标、目标完成率不低于它的，是“基本实现”，更低的是“未达到预期”。", Kind.NUMBER, (Decimal(0), Decimal(100))),
    Line("contact", "办公室联系人", "", "写在通知、提醒函里的联系人和电话，如“张三，0631-0000000”。", Kind.TEXT),
)  # fmt: skip
NAMES = {line.key: line.name for line in LINES}
_DIRECT = ("first_quarter", "due_days", "contact")
_DEFAULTS = {"contact": "文书里留着待填"}
REQUIRED = frozenset({"first_quarter", "due_days", "preset"})


def agenda_page(settings: dict[str, Any]) -> Page:
    """一项一行。"""
    return Page(AGENDA, tuple(_row(line, settings) for line in LINES))


def default_of(key: str) -> str:
    """一条界线空着时用的数。"""
    return str(getattr(Thresholds(), key))


def _row(line: Line, settings: dict[str, Any]) -> SettingRow:
    inside = line.key not in _DIRECT
    above, tree = (_LIMITS, settings["thresholds"]) if inside else (_SETTINGS, settings)
    value = tree.get(line.key)
    if line.key == "preset":
        value = value or default_of("preset")
    least, most = line.bounds or (None, None)
    slot = Slot(
        line.kind,
        "targets",
        (*above, line.key),
        value,
        needed=line.key in REQUIRED,
        choices=PRESETS if line.key == "preset" else (),
        unit=line.unit,
        least=least,
        most=most,
    )
    default = "不能空着" if slot.needed else _DEFAULTS.get(line.key, "")
    default = default or f"按 {default_of(line.key)} 算"
    cells: dict[str, Slot | Printed] = {
        "name": line.name,
        "setting": slot,
        "unit": line.unit,
        "meaning": line.meaning,
        "default": default,
    }
    return SettingRow(line.name, cells)
