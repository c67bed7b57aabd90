"""疑点：数字本身没错，但与已知的数对不上。只提示，从不改数。"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median

from ipmeasures.plan.expected import Expected
from ipmeasures.plan.model import Commitment, FigureItem, Indicator, Nature
from ipmeasures.problem import Problem, problem
from ipmeasures.returns.circumstances import Check, Circumstances, figure_rows
from ipmeasures.returns.number import plain
from ipmeasures.returns.reading import Return

_LOW, _HIGH = Decimal("0.2"), Decimal(5)
_THIS_YEAR = (Nature.YEAR_TO_DATE, Nature.ACCUMULATED)
# 万、亿、百分号和千：单位弄错的只有这几种；差十倍的不是单位问题，不替人猜
_FACTORS = [Decimal(10) ** power for power in (-4, 4, -2, 2, -8, 8, -3, 3)]
_SMALL = 20


def magnitude(found: Return, known: Circumstances) -> Iterator[Problem]:
    """与所有可比的数都差出 0.2～5 倍的，疑为单位不对（returns.md 的口径）。"""
    for read, row, item in figure_rows(found, known.plan):
        if not row.value or item.id in known.confirmed:
            continue
        near = comparators(item, known.expected.get(item.id))
        if not is_far(row.value, near):
            continue
        place, compared = read.place("value"), "、".join(plain(c) for c in near)
        if item.how.decimals == 0 and all(c < _SMALL for c in near):
            yield problem(
                "magnitude_suspect.small",
                place,
                item=item.id,
                value=plain(row.value),
                compared=compared,
            )
            continue
        likely = _likely(item, row.value, near)
        percent = item.how.unit == "%" and likely == row.value * 100
        yield problem(
            "unit_suspect" if percent else "magnitude_suspect",
            place,
            item=item.id,
            value=plain(row.value),
            compared=compared,
            likely=_hint(likely, percent=percent),
            unit=item.how.unit,
        )


def is_far(value: Decimal, near: Sequence[Decimal]) -> bool:
    """与每一个可比的数都差出 0.2～5 倍；零、没有可比的不算。"""
    return bool(value and near) and not any(_LOW * c <= abs(value) <= _HIGH * c for c in near)


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
    """平时只有几百几十的数，忽然是 4 万多的整数，可能是日期变的。"""
    for read, row, item in figure_rows(found, known.plan):
        near = comparators(item, known.expected.get(item.id))
        value = row.value
        if value is None or not near or max(near) >= 4000:
            continue
        if 40000 <= value <= 50000 and value == value.to_integral_value():
            place = read.place("value")
            yield problem("looks_like_date", place, item=item.id, value=plain(value))


def lagging_explained(found: Return, known: Circumstances) -> Iterator[Problem]:
    """低于序时的，要写滞后原因。"""
    for read, row, item in figure_rows(found, known.plan):
        expected = known.expected.get(item.id)
        below = expected.lagging_below if expected else None
        if row.value is not None and below is not None and row.value < below and not row.reason:
            yield problem("reason_missing.lagging", read.place("reason"), item=item.id)


SUSPICIONS: tuple[Check, ...] = (
    magnitude,
    jumps,
    namesakes,
    dates_as_numbers,
    lagging_explained,
)
