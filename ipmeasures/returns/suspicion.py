"""疑点：数字本身没错，但与已知的数对不上。只提示，从不改数。"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ipmeasures.plan.expected import Expected
from ipmeasures.plan.model import Commitment, FigureItem, Indicator
from ipmeasures.plan.terms import Nature
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.quarter import parse_day
from ipmeasures.returns.circumstances import Check, Circumstances, figure_rows
from ipmeasures.returns.number import plain
from ipmeasures.returns.phrases import is_reason
from ipmeasures.returns.reading import Return

_LOW, _HIGH = Decimal("0.2"), Decimal(5)
_THIS_YEAR = (Nature.YEAR_TO_DATE, Nature.ACCUMULATED)
# 万、亿、百分号和千：单位弄错的只有这几种；差十倍的不是单位问题，不替人猜
_FACTORS = [Decimal(10) ** power for power in (-4, 4, -2, 2, -8, 8, -3, 3)]
_SMALL = 20
_YEARS = range(1990, 2101)
# 可比的数都很小、与别的一行填颠倒 → 怎么说
_ODD = {
    (False, False): "magnitude_suspect",
    (False, True): "magnitude_suspect.swapped",
    (True, False): "magnitude_suspect.small",
    (True, True): "magnitude_suspect.small_swapped",
}


class _Sized(NamedTuple):
    """填了非零数的一行，和与它可比的数。"""

    place: Place
    item: FigureItem
    value: Decimal
    near: list[Decimal]
    by_plan: bool = False

    @property
    def odd(self) -> bool:
        """与所有可比的数都差出 0.2～5 倍（returns.md 的口径）；年中本来就不到计划要求的，不算。"""
        too_small = self.by_plan and abs(self.value) < min(self.near)
        return is_far(self.value, self.near) and not too_small

    @property
    def small(self) -> bool:
        """可比的数都很小的整数项，或只有计划可比的：差几倍也可能是真的，只提醒。"""
        return self.by_plan or (self.item.how.decimals == 0 and all(c < _SMALL for c in self.near))

    def close(self, value: Decimal) -> bool:
        """``value`` 放在这一行，与可比的数差不出一倍。"""
        return any(c / 2 <= abs(value) <= c * 2 for c in self.near)


def magnitude(found: Return, known: Circumstances) -> Iterator[Problem]:
    """与所有可比的数都差得悬殊的，疑为单位不对，或与别的一行填颠倒了。"""
    sized = _sized(found, known)
    for one in sized:
        if not one.odd:
            continue
        likely = _likely(one.item, one.value, one.near)
        percent = one.item.how.unit == "%" and likely == one.value * 100
        other = None if percent else next((o for o in sized if _swapped(one, o)), None)
        yield problem(
            "unit_suspect" if percent else _kind(one, other),
            one.place,
            item=one.item.id,
            value=plain(one.value),
            also=(other.place,) if other else (),
            compared="、".join(plain(c) for c in one.near),
            likely=_hint(likely, percent=percent),
            unit=one.item.how.unit,
            other=other.item.id if other else "",
            theirs=plain(other.value) if other else "",
        )


def _kind(one: _Sized, other: _Sized | None) -> str:
    if one.by_plan and other is None:
        return "magnitude_suspect.planned"
    return _ODD[one.small, other is not None]


def is_far(value: Decimal, near: Sequence[Decimal]) -> bool:
    """与每一个可比的数都差出 0.2～5 倍；零、没有可比的不算。"""
    return bool(value and near) and not any(_LOW * c <= abs(value) <= _HIGH * c for c in near)


def suspected(found: Return, known: Circumstances) -> frozenset[str]:
    """多半填错了的各项：改了以前，别的疑点不必再说。"""
    return frozenset(one.item.id for one in _sized(found, known) if one.odd and not one.small)


def _sized(found: Return, known: Circumstances) -> list[_Sized]:
    """有数可比的各行；零不比，确认过的不再问。"""
    return [
        _Sized(read.place("value"), item, row.value, near, by_plan)
        for read, row, item in figure_rows(found, known.plan)
        if row.value and item.id not in known.confirmed
        for near, by_plan in [_comparable(item, known)]
        if near
    ]


def _comparable(item: FigureItem, known: Circumstances) -> tuple[list[Decimal], bool]:
    """可比的数；头一次报、序时还是零的整数项没有，就拿计划要求的数比，后一项为真。"""
    near = comparators(item, known.expected.get(item.id))
    if near or item.how.decimals:
        return near, False
    figures = item.figures if isinstance(item, Commitment) else (item.target,)
    return [abs(figure) for figure in figures if figure], True


def _swapped(one: _Sized, other: _Sized) -> bool:
    """两行的数换过来就都对得上，不换都对不上。"""
    crossed = one.close(other.value) and other.close(one.value)
    return crossed and not one.close(one.value) and not other.close(other.value)


def _hint(likely: Decimal | None, *, percent: bool) -> str:
    """应填多少；看不出的不说。"""
    if likely is None:
        return ""
    return plain(likely) if percent else f"，应填 {plain(likely)}"


def comparators(item: FigureItem, expected: Expected | None) -> list[Decimal]:
    """可比的数：本年累计的用上年同期和序时值，其余用上期值，没有上期的用基期值。"""
    if item.how.nature in _THIS_YEAR:
        candidates = [expected.year_ago, expected.planned_exact] if expected else []
    else:
        candidates = [expected.last if expected else None]
        if candidates == [None] and isinstance(item, Indicator):
            candidates = [item.baseline]
        if candidates == [None] and isinstance(item, Commitment):
            candidates = [item.figures[0]]
    return [abs(c) for c in candidates if c]


def _likely(item: FigureItem, value: Decimal, near: list[Decimal]) -> Decimal | None:
    """换成哪个单位最像：差 10 的整次幂、与可比的数最接近的。"""
    fitting = [
        value * factor
        for factor in _FACTORS
        if all(c / 2 <= abs(value * factor) <= c * 2 for c in near)
        and (item.how.decimals or value * factor == (value * factor).to_integral_value())
    ]
    return fitting[0] if fitting else None


def jumps(found: Return, known: Circumstances) -> Iterator[Problem]:
    """一步跨得比以往（至少四步）的中位数大五倍，提醒。"""
    for read, row, item in figure_rows(found, known.plan):
        expected = known.expected.get(item.id)
        if row.value is None or expected is None or item.how.nature in _THIS_YEAR:
            continue
        values = [v for q, v in expected.history if q < found.quarter]
        steps = [abs(b - a) for a, b in pairwise(values)]
        if len(steps) < 4 or not median(steps):
            continue
        step = abs(row.value - values[-1])
        if step > 5 * median(steps):
            place = read.place("value")
            yield problem("jump", place, item=item.id, value=plain(row.value), step=plain(step))


def namesakes(found: Return, known: Circumstances) -> Iterator[Problem]:
    """像名称相近的另一个数，提醒。"""
    for read, row, item in figure_rows(found, known.plan):
        for other in item.how.namesakes:
            close = [v for v in other.values if row.value and abs(row.value - v) <= v / 20]
            if close:
                yield problem(
                    "namesake",
                    read.place("value"),
                    item=item.id,
                    value=plain(row.value) if row.value else "",
                    name=other.name,
                    known=plain(close[0]),
                    own=item.name,
                )


def dates_as_numbers(found: Return, known: Circumstances) -> Iterator[Problem]:
    """平时只有几百几十的数，忽然是 4 万多的整数，可能是日期变的；整数项的 2023、20230630 也是。"""
    for read, row, item in figure_rows(found, known.plan):
        near, value = _comparable(item, known)[0], row.value
        if value is None or not near or max(near) >= 4000 or value != value.to_integral_value():
            continue
        kind = "looks_like_date" if 40000 <= value <= 50000 else ""
        if item.how.decimals == 0 and value > _HIGH * max(near) and _is_written_date(value):
            kind = "looks_like_date.written"
        if kind:
            yield problem(kind, read.place("value"), item=item.id, value=plain(value))


def _is_written_date(value: Decimal) -> bool:
    """像年份（2023），或八位的日期（20230630）。"""
    if value in _YEARS:
        return True
    try:
        return parse_day(f"{int(value):08d}").year in _YEARS
    except ValueError:
        return False


def lagging_explained(found: Return, known: Circumstances) -> Iterator[Problem]:
    """低于序时的，要写滞后原因；数多半填错了的，改对了再看。"""
    wrong = suspected(found, known)
    for read, row, item in figure_rows(found, known.plan):
        expected = None if item.id in wrong else known.expected.get(item.id)
        below = expected.lagging_below if expected else None
        if row.value is None or below is None or row.value >= below:
            continue
        if not is_reason(row.reason):
            yield problem("reason_missing.lagging", read.nearest("reason", "value"), item=item.id)


SUSPICIONS: tuple[Check, ...] = (
    magnitude,
    jumps,
    namesakes,
    dates_as_numbers,
    lagging_explained,
)
