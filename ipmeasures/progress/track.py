"""推算所依据的一列数：把各种性质的数都化成“到某个季度共有多少”，才谈得上每季走多少。"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ipmeasures.plan.terms import Cadence, Nature
from ipmeasures.progress.figures import Figure, of_year
from ipmeasures.progress.goal import Goal
from ipmeasures.quarter import Quarter

_FLOWS = (Nature.YEAR_TO_DATE, Nature.ACCUMULATED)


@dataclass(frozen=True, slots=True)
class Term:
    """一个加数（要减去的为负）；``figure`` 是它所取的报来的数，基期值和年初的零没有。"""

    value: Decimal
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """到 ``date`` 共有多少：各个加数的和。"""

    date: Quarter
    terms: tuple[Term, ...]

    @property
    def value(self) -> Decimal:
        """各个加数的和。"""
        return sum((term.value for term in self.terms), Decimal(0))


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
    told = [f for f in known if f.complete]
    if goal.cadence is Cadence.YEARLY:
        return _in_year(goal, told, last.date.year)
    base = None if goal.baseline is None else _given(goal.base, goal.baseline)
    inside = [f for f in told if f.date > goal.base]
    if goal.cadence is Cadence.AVERAGE:
        return Track(_summed(inside, ()), _given(goal.base, Decimal(0)), goal.end)
    if goal.nature is Nature.ACCUMULATED:
        return Track(_summed(inside, base.terms if base else ()), base, goal.end)
    if goal.nature is Nature.YEAR_TO_DATE:
        return Track(_rolling(goal, told), base, goal.end, yearly=True)
    points = tuple(_reported(f) for f in inside)
    return Track(points, base, goal.end, yearly=goal.yearly_release)


def _given(date: Quarter, value: Decimal) -> Point:
    return Point(date, (Term(value),))


def _reported(figure: Figure, *terms: Term) -> Point:
    return Point(figure.date, (Term(figure.value, figure), *terms))


def _summed(inside: Sequence[Figure], start: tuple[Term, ...]) -> tuple[Point, ...]:
    """逐季的累计：每年取到那时为止最新的数。"""
    found, latest = [], dict[int, Figure]()
    for figure in inside:
        latest[figure.date.year] = figure
        parts = (Term(each.value, each) for each in latest.values())
        found.append(Point(figure.date, (*start, *parts)))
    return tuple(found)


def _in_year(goal: Goal, told: Sequence[Figure], year: int) -> Track:
    """每年的任务：年初的零是起点；上年的数减去上年全年数，接在它前面。"""
    start, ends = _given(Quarter(year - 1, 4), Decimal(0)), Quarter(year, 4)
    if goal.nature not in _FLOWS:
        return Track(tuple(_reported(f) for f in told), None, ends)
    now = tuple(_reported(f) for f in told if f.date.year == year)
    before = [f for f in told if f.date.year == year - 1]
    if not before or not before[-1].settles_year:
        return Track(now, start, ends)
    whole = Term(-before[-1].value, before[-1])
    earlier = [_reported(f, whole) for f in before if f.date < start.date]
    return Track((*earlier, start, *now), start, ends)


def _rolling(goal: Goal, told: Sequence[Figure]) -> tuple[Point, ...]:
    """连着四个季度的合计：本年至今＋上年全年－上年同期；第四季度就是全年数。"""
    found = []
    for figure in (f for f in told if f.date > goal.base):
        if figure.date.number == 4:
            found.append(_reported(figure))
            continue
        whole = _whole_year(goal, told, figure.date.year - 1)
        same = next((f for f in told if f.date == figure.date + -4), None)
        if whole is not None and same is not None:
            found.append(_reported(figure, whole, Term(-same.value, same)))
    return tuple(found)


def _whole_year(goal: Goal, told: Sequence[Figure], year: int) -> Term | None:
    """一年的全年数；基年的就是基期值。"""
    last = of_year(told, year)
    if last is not None and last.settles_year:
        return Term(last.value, last)
    if year == goal.base.year and goal.baseline is not None:
        return Term(goal.baseline)
    return None
