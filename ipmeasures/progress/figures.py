"""一个事项报过的数，按判断所在的季度排好。"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ipmeasures.plan.terms import Nature
from ipmeasures.progress.assessment import Reported
from ipmeasures.progress.goal import Goal
from ipmeasures.quarter import Quarter


@dataclass(frozen=True, slots=True)
class Figure:
    """一个报上来的数。

    ``at`` 是数据时点，``quarter`` 是报送期，``date`` 是照哪个季度判：本年累计的照报送期（时点在同一年
    的），其余照数据时点。
    """

    value: Decimal
    date: Quarter
    at: Quarter
    quarter: Quarter
    complete: bool

    @property
    def settles_year(self) -> bool:
        """是不是全年数：第四季度或以后的报表给出的；年中的数不能当全年数。"""
        return self.quarter >= Quarter(self.at.year, 4)


@dataclass(frozen=True, slots=True)
class Sum:
    """几年的数相加；``missing`` 是没有全年数的已结束年份，有它时 ``value`` 只是“至少”。"""

    value: Decimal
    missing: tuple[int, ...]
    complete: bool


def figures(goal: Goal, reported: Iterable[Reported], quarter: Quarter) -> tuple[Figure, ...]:
    """``quarter`` 及以前报的数，旧在前；说的是同一季度的，取报得最晚的。"""
    found = [
        Figure(r.value, _date(goal, r), r.at, r.quarter, r.complete)
        for r in reported
        if r.value is not None and r.quarter <= quarter
    ]
    latest = {f.date: f for f in sorted(found, key=lambda f: f.quarter)}
    return tuple(latest[date] for date in sorted(latest))


def of_year(known: Sequence[Figure], year: int) -> Figure | None:
    """某一年最新的数。"""
    return next((f for f in reversed(known) if f.date.year == year), None)


def year_ago(goal: Goal, known: Sequence[Figure], date: Quarter) -> Decimal | None:
    """上年同期的数（原数）；年度数是上一年的。"""
    if goal.nature is Nature.ANNUAL:
        last = of_year(known, date.year - 1)
    else:
        last = next((f for f in reversed(known) if f.date == date + -4), None)
    return last.value if last else None


def sum_years(goal: Goal, known: Sequence[Figure], date: Quarter) -> Sum:
    """计划期各年的数相加，到 ``date`` 所在的年份为止；每年用该年最新的数。"""
    years = range(goal.base.year + 1, date.year + 1)
    found = {year: figure for year in years if (figure := of_year(known, year))}
    missing = tuple(
        year
        for year in years
        if year < date.year and not (year in found and found[year].settles_year)
    )
    total = sum((f.value for f in found.values()), Decimal(0))
    return Sum(total, missing, all(f.complete for f in found.values()))


def _date(goal: Goal, reported: Reported) -> Quarter:
    at, quarter = reported.at, reported.quarter
    flow = goal.nature is Nature.YEAR_TO_DATE
    return quarter if flow and at.year == quarter.year else at
