"""报告里的图：指标完成率与序时的比较，未达序时事项各期的走势。只有数和字，画法由各格式定。"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ipmeasures.plan.model import FigureItem
from ipmeasures.plan.terms import Cadence, Nature
from ipmeasures.progress.assessment import Status
from ipmeasures.progress.figures import Figure, sum_years
from ipmeasures.progress.gaps import Gap
from ipmeasures.progress.goal import Goal, goal_of, source_of
from ipmeasures.progress.path import planned_shown
from ipmeasures.progress.rounding import half_up, percent
from ipmeasures.quarter import Quarter
from ipmeasures.report.amounts import due_rate, is_average, is_yearly, number, rate
from ipmeasures.report.material import Material
from ipmeasures.report.parts import Chart, Series
from ipmeasures.report.wording import listed

_ACTUAL, _DUE, _YEAR_AGO, _TARGET = "实际", "序时应达", "上年同期", "目标"
_THROUGH = ("一季度", "上半年", "前三季度", "全年")
_QUARTERS = "一二三四"
_BASE = "基期"


def progress_chart(material: Material, place: int) -> Chart | None:
    """各主要指标完成几成、序时几成；没有一项可比的没有图。"""
    found = [(i, material.gap_by_id[i.id].assessment) for i in material.plan.indicators]
    known = [(i, f) for i, f in found if None not in (f.done_share, f.planned_share)]
    if not known:
        return None
    names = tuple(f"{i.name}（年度）" if is_yearly(i) else i.name for i, _ in known)
    told = "；".join(
        f"{name}完成{rate(f.done_share)}，序时{due_rate(f.planned_share)}"
        for name, (_, f) in zip(names, known, strict=True)
    )
    drawn = {i.id for i, _ in known}
    left = listed((i.name for i, _ in found if i.id not in drawn), "")
    return Chart(
        kind="bars",
        number=place,
        caption=f"图{place}　主要指标增量完成率与序时进度（%）",
        alt=f"条形图，主要指标增量完成率与序时进度的比较：{told}。",
        note=f"没有可比的数、未列入图{place}的：{left}。" if left else "",
        decimals=1,
        categories=tuple((name,) for name in names),
        series=(
            Series("增量完成率", tuple(_percent(f.done_share) for _, f in known)),
            Series("序时进度", tuple(_percent(f.planned_share) for _, f in known)),
        ),
    )


def course_chart(material: Material, gap: Gap, place: int) -> Chart | None:
    """一个未达序时的事项各期的数与序时应达；没有数的、随指标的没有图。"""
    item = material.plan.items[gap.id]
    if not isinstance(item, FigureItem) or gap.status is Status.NOT_REPORTED:
        return None
    if source_of(material.plan, item) is not item or not material.figures(item):
        return None
    goal, known = goal_of(item, material.plan), material.figures(item)
    if goal.by_year:
        categories, series = _within_year(goal, item, known)
    elif goal.nature is Nature.ANNUAL:
        categories, series = _by_year(goal, item, known)
    else:
        categories, series = _by_quarter(goal, item, known)
    if not any(value is not None for value in series[0].values):
        return None
    summed = "累计" if is_average(item) or goal.nature is Nature.ACCUMULATED else ""
    return Chart(
        kind="lines",
        number=place,
        caption=f"图{place}　{item.name}{summed}走势（{item.how.unit}）",
        alt=f"折线图，{item.name}：{_told(item, categories, series)}。",
        note="",
        decimals=item.how.decimals,
        categories=categories,
        series=series,
    )


_Drawn = tuple[tuple[tuple[str, ...], ...], tuple[Series, ...]]


def _by_quarter(goal: Goal, item: FigureItem, known: Sequence[Figure]) -> _Drawn:
    """从基年年底到目标年年底，一季一点；累加的是累计数。"""
    last = max(goal.end, known[-1].date)
    quarters = tuple(goal.base + n for n in range(last - goal.base + 1))
    actual: dict[Quarter, Decimal | None] = {f.date: _reached(goal, known, f) for f in known}
    start = Decimal(0) if is_average(item) else goal.baseline
    categories = (
        (_BASE, ""),
        *((_QUARTERS[q.number - 1], f"{q.year}年") for q in quarters[1:]),
    )
    return categories, (
        _series(item, _ACTUAL, ({goal.base: start, **actual}.get(q) for q in quarters)),
        _due(goal, item, quarters),
    )


def _by_year(goal: Goal, item: FigureItem, known: Sequence[Figure]) -> _Drawn:
    """年度数：一年一点。"""
    last = max(goal.end.year, known[-1].date.year)
    years = tuple(range(goal.base.year, last + 1))
    actual: dict[int, Decimal | None] = {f.date.year: f.value for f in known}
    return tuple((f"{y}年",) for y in years), (
        _series(item, _ACTUAL, ({goal.base.year: goal.baseline, **actual}.get(y) for y in years)),
        _due(goal, item, [Quarter(y, 4) for y in years]),
    )


def _within_year(goal: Goal, item: FigureItem, known: Sequence[Figure]) -> _Drawn:
    """按当年要求判的：当年各季累计、序时应达和上年同期。"""
    year = known[-1].date.year
    now, before = ([Quarter(y, n) for n in range(1, 5)] for y in (year, year - 1))
    values: dict[Quarter, Decimal | None] = {f.date: f.value for f in known}
    drawn = [
        _series(item, f"{year}年{_ACTUAL}", (values.get(q) for q in now)),
        _due(goal, item, now),
    ]
    if any(q in values for q in before):
        drawn.append(_series(item, _YEAR_AGO, (values.get(q) for q in before)))
    return tuple((name,) for name in _THROUGH), tuple(drawn)


def _reached(goal: Goal, known: Sequence[Figure], at: Figure) -> Decimal | None:
    """到 ``at`` 用来比的数：累加的为累计，其中缺了年份的没有。"""
    if goal.cadence is not Cadence.AVERAGE and goal.nature is not Nature.ACCUMULATED:
        return at.value
    total = sum_years(goal, [f for f in known if f.date <= at.date], at.date)
    start = Decimal(0) if goal.cadence is Cadence.AVERAGE else goal.baseline
    return None if total.missing or start is None else start + total.value


def _due(goal: Goal, item: FigureItem, quarters: Iterable[Quarter]) -> Series:
    """序时应达；没有基期、算不出的，画目标的一条平线。"""
    due = [planned_shown(goal, q) for q in quarters]
    if any(value is None for value in due):
        return _series(item, _TARGET, [goal.target] * len(due))
    return _series(item, _DUE, due)


def _percent(share: Decimal | None) -> Decimal | None:
    return None if share is None else percent(share, 1)


def _series(item: FigureItem, name: str, values: Iterable[Decimal | None]) -> Series:
    places = item.how.decimals
    return Series(name, tuple(None if v is None else half_up(v, places) for v in values))


def _told(item: FigureItem, categories: Sequence[Sequence[str]], series: Sequence[Series]) -> str:
    """看不见图的人听到的话：最近一期各条线的数。"""
    last = max(n for n, value in enumerate(series[0].values) if value is not None)
    parts = [
        f"{one.name}{number(item, value)}{item.how.unit}"
        for one in series
        if (value := one.values[last]) is not None
    ]
    inner, *outer = categories[last]
    when = f"{outer[0]}{inner}季度" if outer and outer[0] else inner
    return f"{when}，{'，'.join(parts)}"
