"""图上的坐标：走势图、进度条和状态带；模板照画，不再计算。

坐标是写好的字，一位小数：同样的走势画出来一字不差。
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from ipmeasures.quarter import Quarter
from ipmeasures.report.courses import Course, Spot, Stage

WIDTH, HEIGHT = 360, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 348, 16, 162
_BAR, _FULL = 200, Decimal("1.2")  # 进度条多长；画到百分之多少为止
_STEP = 20


@dataclass(frozen=True, slots=True)
class Mark:
    """一处标注：位置和字。"""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Dot:
    """一个点；``label`` 是鼠标停上去的话，``hollow`` 的画空心（部分单位未报）。"""

    x: str
    y: str
    label: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """一张走势图。``levels`` 是横线和刻度，``years`` 是各年的字，``borders`` 是年底的竖线。

    ``planned``、``actual`` 是折线的各段；``goal`` 是目标，``goal_dy`` 是它的字往上下挪多少；``now``
    是本季度所在的横坐标；``last`` 是最新一个数旁边的字，``anchor`` 是它从哪边对齐。
    """

    label: str
    levels: tuple[Mark, ...]
    years: tuple[Mark, ...]
    borders: tuple[str, ...]
    planned: tuple[str, ...]
    actual: tuple[str, ...]
    dots: tuple[Dot, ...]
    goal: Mark | None
    goal_dy: str
    now: str
    last: Mark | None
    anchor: str


@dataclass(frozen=True, slots=True)
class Bar:
    """一条进度：完成画多长、序时在哪里、百分之百在哪里；``over`` 是超出了画得下的。"""

    done: str
    due: str | None
    whole: str
    over: bool


@dataclass(frozen=True, slots=True)
class Box:
    """状态带上的一格。"""

    x: str
    light: str
    label: str


@dataclass(frozen=True, slots=True)
class Strip:
    """状态带：一季一格，下面写年份。"""

    width: str
    label: str
    boxes: tuple[Box, ...]
    years: tuple[Mark, ...]


class _Scale:
    """把季度和数换成横竖坐标；刻度取整齐的数。"""

    def __init__(self, course: Course) -> None:
        spots = [*course.actual, *course.path, *filter(None, (course.start, course.goal))]
        values = [float(spot.value) for spot in spots] or [0.0, 1.0]
        low, high = min(values), max(values)
        if course.start is None:
            low = min(low, 0.0)
        self.first, self.span = course.first, course.last - course.first
        step = _nice((high - low or abs(high) or 1.0) / 4)
        self.step = max(1.0, float(math.ceil(step))) if course.whole else step
        self.low = math.floor(low / self.step + 1e-9) * self.step
        self.high = math.ceil(high / self.step - 1e-9) * self.step
        if self.high <= self.low:
            self.high = self.low + self.step

    def x(self, quarter: Quarter) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (quarter - self.first) / self.span

    def y(self, value: Decimal | float) -> float:
        share = (float(value) - self.low) / (self.high - self.low)
        return _BOTTOM - (_BOTTOM - _TOP) * share

    def levels(self) -> Iterator[Mark]:
        places = max(0, -math.floor(math.log10(self.step) + 1e-9))
        scaled = self.step * 10**places
        places += abs(round(scaled) - scaled) > 1e-6
        for number in range(round((self.high - self.low) / self.step) + 1):
            value = self.low + number * self.step
            yield Mark(_put(_LEFT), _put(self.y(value)), f"{value + 0.0:.{places}f}")


def chart(course: Course) -> Chart:
    """一个事项的走势图。"""
    scale = _Scale(course)
    ends = [course.first + 4 * n for n in range((course.last - course.first) // 4 + 1)]
    known = (*filter(None, (course.start,)), *course.actual)
    last = course.actual[-1] if course.actual else None
    return Chart(
        label=_said(course),
        levels=tuple(scale.levels()),
        years=tuple(
            Mark(_put(scale.x(end + 2)), _put(_BOTTOM + 14), str(end.year + 1)) for end in ends[:-1]
        ),
        borders=tuple(_put(scale.x(end)) for end in ends),
        planned=tuple(_planned_lines(course, scale)),
        actual=tuple(_line(scale, part) for part in _parts(course, known) if len(part) > 1),
        dots=tuple(_dot(course, scale, spot) for spot in known),
        goal=_goal(course, scale),
        goal_dy="14" if _falls(course) else "-5",
        now=_put(scale.x(min(course.now, course.last))),
        last=_beside(scale, last, course.goal) if last else None,
        anchor="end" if last and scale.x(last.quarter) > WIDTH * 0.7 else "start",
    )


def bar(done: Decimal | None, due: Decimal | None) -> Bar | None:
    """一条进度；没有完成率的不画。"""
    if done is None:
        return None
    return Bar(_along(done), None if due is None else _along(due), _along(Decimal(1)), done > _FULL)


def strip(stages: Sequence[Stage]) -> Strip:
    """状态带；年份写在每年头一格下面。"""
    boxes = tuple(
        Box(str(n * _STEP + 2), s.light, f"{s.quarter.label}：{s.text}")
        for n, s in enumerate(stages)
    )
    years = [
        Mark(box.x, "30", str(stage.quarter.year))
        for n, (box, stage) in enumerate(zip(boxes, stages, strict=True))
        if n == 0 or stage.quarter.number == 1
    ]
    width = max(len(boxes) * _STEP, 2 * _STEP)
    return Strip(str(width), "；".join(box.label for box in boxes), boxes, tuple(_apart(years)))


def _apart(years: list[Mark]) -> Iterator[Mark]:
    """挨得太近的年份，只写后一个。"""
    for number, mark in enumerate(years):
        after = years[number + 1] if number + 1 < len(years) else None
        if after is None or int(after.x) - int(mark.x) >= 2 * _STEP:
            yield mark


def _planned_lines(course: Course, scale: _Scale) -> Iterator[str]:
    for part in _parts(course, course.path):
        points = list(_stepped(part)) if course.stepped and not course.yearly else list(part)
        if course.yearly:
            points.insert(0, _zero(part[0]))
        yield _line(scale, points)


def _parts(course: Course, spots: Sequence[Spot]) -> Iterator[list[Spot]]:
    """每年重起的，一年一段；基年第四季度只是起点。"""
    if not course.yearly:
        if spots:
            yield list(spots)
        return
    inside = [spot for spot in spots if spot.quarter > course.first]
    for _, part in groupby(inside, key=lambda spot: spot.quarter.year):
        yield list(part)


def _zero(spot: Spot) -> Spot:
    """年初是零。"""
    return Spot(Quarter(spot.quarter.year - 1, 4), Decimal(0), "", "")


def _stepped(part: Sequence[Spot]) -> Iterator[Spot]:
    """只在年底移动的，到年底才竖着上去。"""
    before: Spot | None = None
    for spot in part:
        if before is not None and before.value != spot.value:
            yield Spot(spot.quarter, before.value, "", "")
        yield spot
        before = spot


def _line(scale: _Scale, spots: Iterable[Spot]) -> str:
    return " ".join(f"{_put(scale.x(s.quarter))},{_put(scale.y(s.value))}" for s in spots)


def _dot(course: Course, scale: _Scale, spot: Spot) -> Dot:
    note = "（部分单位未报）" if spot.partial else "（公文基期）" if spot is course.start else ""
    label = f"{spot.when}：{spot.text}{course.unit}{note}"
    return Dot(_put(scale.x(spot.quarter)), _put(scale.y(spot.value)), label, spot.partial)


def _goal(course: Course, scale: _Scale) -> Mark | None:
    goal = course.goal
    if goal is None:
        return None
    return Mark(_put(scale.x(goal.quarter)), _put(scale.y(goal.value)), f"目标{goal.text}")


def _falls(course: Course) -> bool:
    """目标比起点低的，字写在点的下面。"""
    return bool(course.goal and course.start and course.goal.value < course.start.value)


def _beside(scale: _Scale, spot: Spot, goal: Spot | None) -> Mark:
    """最新的数写在点的上面；离目标的字太近的，写在下面。"""
    x, y = scale.x(spot.quarter), scale.y(spot.value)
    near = goal and scale.x(goal.quarter) - x < 90 and abs(scale.y(goal.value) - y) < 14
    return Mark(_put(x), _put(y + 16 if near else y - 8), spot.text)


def _said(course: Course) -> str:
    """图的文字说明，给听屏幕的人。"""
    told = "；".join(f"{s.when}{s.text}" for s in course.actual) or "尚无数据"
    goal = f"；目标{course.goal.text}" if course.goal else ""
    return f"{course.name}走势（{course.unit}）：{told}{goal}"


def _along(share: Decimal) -> str:
    inside = min(max(share, Decimal(0)), _FULL)
    return _put(float(inside / _FULL) * _BAR)


def _nice(rough: float) -> float:
    """刻度的间隔：1、2、2.5、5 乘以十的幂，不小于 ``rough``。"""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= rough * (1 - 1e-9))


def _put(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
