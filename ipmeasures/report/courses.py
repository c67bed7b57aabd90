"""走势：一个事项从基期到期末，各季实际到哪里、照计划该到哪里；图和分季表都用它。"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ipmeasures.plan.model import FigureItem, Measure, Milestone
from ipmeasures.plan.terms import Cadence, Nature
from ipmeasures.progress.figures import Figure, sum_years
from ipmeasures.progress.gaps import Gap
from ipmeasures.progress.goal import Goal, goal_of
from ipmeasures.progress.path import planned, planned_shown
from ipmeasures.progress.words import assess_measure, assess_milestone
from ipmeasures.quarter import Quarter
from ipmeasures.report.amounts import number, plain, when_cell
from ipmeasures.report.material import Material

_Due = Callable[[Goal, Quarter], Decimal | None]


@dataclass(frozen=True, slots=True)
class Spot:
    """走势上的一点；``when``、``text`` 是表里的写法，``partial`` 是几家相加而有单位没有报。"""

    quarter: Quarter
    value: Decimal
    when: str
    text: str
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """一个事项的走势。

    ``start`` 是公文的基期值，每年重起的、没有基期的没有；``actual`` 是判断所用的数（累加的已累加），
    旧在前；``planned`` 是从 ``first`` 到 ``last`` 各季的序时应达，``path`` 是同样各季未取整的路径，画线
    用；``goal`` 是要达到的数。``yearly`` 的每年从零起，各年不相连；``stepped`` 的只在年底移动；``whole`` 的
    是整数。
    """

    item: str
    name: str
    unit: str
    first: Quarter
    last: Quarter
    now: Quarter
    start: Spot | None
    actual: tuple[Spot, ...]
    planned: tuple[Spot, ...]
    path: tuple[Spot, ...]
    goal: Spot | None
    yearly: bool
    stepped: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """没有数字的事项，一个季度的状态。"""

    quarter: Quarter
    text: str
    light: str


def course(material: Material, item: FigureItem) -> Course:
    """``item`` 到本季度为止的走势；以后各季只有应达。"""
    goal, target = goal_of(item, material.plan), material.gap_by_id[item.id].assessment.goal
    every_year = goal.by_year or goal.cadence is Cadence.AVERAGE
    known = [f for f in material.figures(item) if f.date > goal.base]
    known = [f for f in known if f.date <= goal.end or not every_year]
    last = max([goal.end, *(f.date for f in known)])
    start = None if every_year else goal.baseline
    return Course(
        item=item.id,
        name=item.name,
        unit=item.how.unit,
        first=goal.base,
        last=last,
        now=material.quarter,
        start=None
        if start is None
        else Spot(goal.base, start, f"{goal.base.year}年", plain(start)),
        actual=tuple(_actual(item, goal, known)),
        planned=tuple(_planned(item, goal, last, planned_shown)),
        path=tuple(_planned(item, goal, last, planned)),
        goal=None
        if target is None
        else Spot(goal.end, target, f"{goal.end.year}年", plain(target)),
        yearly=goal.by_year,
        stepped=goal.stepped,
        whole=goal.whole,
    )


def stages(material: Material, gap: Gap) -> tuple[Stage, ...]:
    """一条措施、一项里程碑从首个应报季度起各季的状态；本季度的就是判断的结果。"""
    plan, item = material.plan, material.plan.items[gap.id]
    entries = material.by_item.get(gap.id, ())
    found = []
    for quarter in _quarters(plan.settings.first_quarter, material.quarter):
        if quarter == material.quarter:
            past = gap.assessment
        elif isinstance(item, Measure):
            past = assess_measure(plan, item, entries, quarter)
        elif isinstance(item, Milestone):
            limits = plan.settings.thresholds
            past = assess_milestone(item, entries, quarter, quarter.last_day, limits)
        else:
            raise TypeError(gap.id)
        found.append(Stage(quarter, past.status_text, past.light))
    return tuple(found)


def _actual(item: FigureItem, goal: Goal, known: Sequence[Figure]) -> Iterator[Spot]:
    for place, figure in enumerate(known, 1):
        value = _value(goal, known[:place])
        if value is not None:
            when, text = when_cell(item, figure.date), number(item, value)
            yield Spot(figure.date, value, when, text, partial=not figure.complete)


def _value(goal: Goal, known: Sequence[Figure]) -> Decimal | None:
    """到最后一个数为止，用来比的数；工具累加而缺着以前年份的，没有。"""
    last = known[-1]
    added = goal.nature is Nature.ACCUMULATED and goal.cadence is Cadence.BY_END
    if not added and goal.cadence is not Cadence.AVERAGE:
        return last.value
    total = sum_years(goal, known, last.date)
    if total.missing:
        return None
    return total.value + (goal.baseline or Decimal(0) if added else 0)


def _planned(item: FigureItem, goal: Goal, last: Quarter, due: _Due) -> Iterator[Spot]:
    for quarter in _quarters(goal.base, last):
        value = due(goal, quarter)
        if value is not None:
            yield Spot(quarter, value, when_cell(item, quarter), number(item, value))


def _quarters(first: Quarter, last: Quarter) -> Iterator[Quarter]:
    for step in range(last - first + 1):
        yield first + step
