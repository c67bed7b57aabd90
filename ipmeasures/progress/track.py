"""推算所依据的一列数：把各种性质的数都化成“到某个季度共有多少”，才谈得上每季走多少。"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ipmeasures.plan.model import Cadence, Nature
from ipmeasures.progress.figures import Figure, of_year, sum_years
from ipmeasures.progress.goal import Goal
from ipmeasures.quarter import Quarter

Point = tuple[Quarter, Decimal]
_FLOWS = (Nature.YEAR_TO_DATE, Nature.ACCUMULATED)


@dataclass(frozen=True, slots=True)
class Track:
    """一列数，旧在前；``start`` 是出发的一点（基期，或本年年初的零），没有的为 ``None``。

    ``ends`` 是推算到哪个季度（每年的任务是年底，其余是期末）；``yearly`` 的一年才有一个全年数，
    达到目标只能落在年底。
    """

    points: tuple[Point, ...]
    start: Point | None
    ends: Quarter
    yearly: bool = False


def track_of(goal: Goal, known: Sequence[Figure], last: Figure) -> Track:
    """``known`` 里到 ``last`` 为止的数化成的一列；缺年份、合计不完整的不算在内。

    期末数、历年累计、年度数就是报的数；工具累加的是基期加各年；年均的是各年相加；每年的任务是本年
    至今的数（上年的折成“离年初还差多少”，才接得上）；本年累计的指标是连着四个季度的合计，与年度
    目标才可比（即统计上的滚动年值，moving annual total）。
    """
    told = [f for f in known if f.date <= last.date and f.complete]
    if goal.cadence is Cadence.YEARLY:
        return _in_year(goal, told, last.date.year)
    base = None if goal.baseline is None else (goal.base, goal.baseline)
    inside = [f for f in told if goal.base < f.date <= goal.end]
    if goal.cadence is Cadence.AVERAGE:
        return Track(_summed(goal, inside, Decimal(0)), (goal.base, Decimal(0)), goal.end)
    if goal.nature is Nature.ACCUMULATED:
        return Track(_summed(goal, told, goal.baseline or Decimal(0)), base, goal.end)
    if goal.nature is Nature.YEAR_TO_DATE:
        return Track(_rolling(goal, told), base, goal.end, yearly=True)
    points = tuple((f.date, f.value) for f in inside)
    return Track(points, base, goal.end, yearly=goal.yearly_release)


def _summed(goal: Goal, told: Sequence[Figure], start: Decimal) -> tuple[Point, ...]:
    """逐季的累计；当时缺着以前年份的，累计只是“至少”，不算。"""
    found = []
    for place, figure in enumerate(told, 1):
        total = sum_years(goal, told[:place], figure.date)
        if figure.date > goal.base and not total.missing:
            found.append((figure.date, start + total.value))
    return tuple(found)


def _in_year(goal: Goal, told: Sequence[Figure], year: int) -> Track:
    """每年的任务：年初的零是起点；上年的数减去上年全年数，接在它前面。"""
    start, ends = Quarter(year - 1, 4), Quarter(year, 4)
    if goal.nature not in _FLOWS:
        return Track(tuple((f.date, f.value) for f in told), None, ends)
    now = [(f.date, f.value) for f in told if f.date.year == year]
    before = [f for f in told if f.date.year == year - 1]
    if not before or not before[-1].settles_year:
        return Track(tuple(now), (start, Decimal(0)), ends)
    whole = before[-1].value
    earlier = [(f.date, f.value - whole) for f in before if f.date < start]
    return Track((*earlier, (start, Decimal(0)), *now), (start, Decimal(0)), ends)


def _rolling(goal: Goal, told: Sequence[Figure]) -> tuple[Point, ...]:
    """连着四个季度的合计：本年至今＋上年全年－上年同期；第四季度就是全年数。"""
    found = []
    for figure in (f for f in told if goal.base < f.date <= goal.end):
        date = figure.date
        if date.number == 4:
            found.append((date, figure.value))
            continue
        whole = _whole_year(goal, told, date.year - 1)
        same = next((f for f in told if f.date == date + -4), None)
        if whole is not None and same is not None:
            found.append((date, figure.value + whole - same.value))
    return tuple(found)


def _whole_year(goal: Goal, told: Sequence[Figure], year: int) -> Decimal | None:
    """一年的全年数；基年的就是基期值。"""
    last = of_year(told, year)
    if last is not None and last.settles_year:
        return last.value
    return goal.baseline if year == goal.base.year else None
