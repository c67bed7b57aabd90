"""一个事项照什么来判：把公文的要求和办公室的设定合成一个值。"""

from dataclasses import dataclass, replace
from decimal import Decimal

from ipmeasures.plan.model import Amendment, Commitment, FigureItem, Indicator, Plan
from ipmeasures.plan.target import STRICT_SIGNS
from ipmeasures.plan.terms import Cadence, Direction, Nature, Path, Release, Rule
from ipmeasures.quarter import Quarter


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """一个事项的判断依据；数都以事项自己的计量单位计。

    ``upper`` 是区间的另一端（过了它只作说明）；``strict`` 是“突破”，等于目标不算达到；``binding`` 是
    约束性指标；``aimless`` 是公文没有写目标值的（``target`` 没有意义），只作监测；``whole`` 是整数项；``base`` 是基年第四季度，``end`` 是目标年第四季度。
    """

    item: str
    baseline: Decimal | None
    target: Decimal
    cadence: Cadence
    nature: Nature
    path: Path
    release: Release
    base: Quarter
    end: Quarter
    strict: bool
    falling: bool
    whole: bool
    tolerance: Decimal
    waypoints: tuple[tuple[int, Decimal], ...]
    upper: Decimal | None = None
    binding: bool = False
    aimless: bool = False
    amendments: tuple[Amendment, ...] = ()

    @property
    def years(self) -> int:
        """计划期的年数 N。"""
        return self.end.year - self.base.year

    @property
    def yearly_release(self) -> bool:
        """一年只有一个数，次年才有。"""
        return self.nature is Nature.ANNUAL or self.release is Release.YEARLY

    @property
    def sporadic(self) -> bool:
        """不是每季都有新数：按批次或按年；“未更新”是正确的回答。"""
        return self.yearly_release or self.release is Release.BATCH

    @property
    def by_year(self) -> bool:
        """按当年的要求判：每年的量化任务，和本年累计的指标（I08）。"""
        flow = self.cadence is Cadence.BY_END and self.nature is Nature.YEAR_TO_DATE
        return flow or self.cadence is Cadence.YEARLY

    @property
    def stepped(self) -> bool:
        """序时值只在年底移动。"""
        return self.path in (Path.STEPS, Path.YEAR_END)

    def target_at(self, quarter: Quarter) -> Decimal:
        """``quarter`` 有效的目标值：调整自其日期所在的季度起有效。"""
        inforce = [a for a in self.amendments if Quarter.of(a.since) <= quarter]
        return max(inforce, key=lambda a: a.since).target if inforce else self.target

    def met(self, value: Decimal, target: Decimal) -> bool:
        """``value`` 是否达到 ``target``；“突破”须越过。"""
        short = self.shortfall(value, target)
        return short < 0 or (short == 0 and not self.strict)

    def shortfall(self, value: Decimal, due: Decimal) -> Decimal:
        """``value`` 比应达的 ``due`` 差多少（本单位）；正数是差，负数是超。"""
        return value - due if self.falling else due - value

    def steady(self, target: Decimal) -> bool:
        """目标不比基期更好（通常相等）：要求的是保持，增量份额没有意义。"""
        return self.baseline is not None and self.shortfall(self.baseline, target) <= 0


def source_of(plan: Plan, item: FigureItem) -> FigureItem:
    """数从哪个事项来：与指标同一个数的量化任务，用那个指标报的数。"""
    if isinstance(item, Commitment) and item.same_as is not None:
        return next(i for i in plan.indicators if i.id == item.same_as)
    return item


def goal_of(item: FigureItem, plan: Plan) -> Goal:
    """``item`` 的判断依据。

    量化任务与指标同一个数的（``same_as``），基期、数的性质、路径等随指标，要求和数字用自己的：
    M10-1 是突破 8（须大于），I09 是 8（等于即达到）。
    """
    if isinstance(item, Indicator):
        return _indicator_goal(item, plan)
    source = source_of(plan, item)
    own = replace(
        _common(source, plan, strict=item.rule is Rule.MORE_THAN),
        item=item.id,
        cadence=item.cadence,
    )
    figures = sorted(item.figures, reverse=own.falling)
    upper = figures[1] if item.rule is Rule.RANGE else None
    # 自计划开始累计的数从零起，没有“基期不明”的问题
    summed = source is item and item.how.nature is Nature.ACCUMULATED
    baseline = Decimal(0) if summed else own.baseline
    return replace(own, target=figures[0], upper=upper, baseline=baseline, amendments=())


def _indicator_goal(item: Indicator, plan: Plan) -> Goal:
    return replace(
        _common(item, plan, strict=item.sign in STRICT_SIGNS),
        amendments=item.amendments,
        binding=item.binding,
        aimless=item.target is None,
    )


def _common(item: FigureItem, plan: Plan, *, strict: bool) -> Goal:
    how = item.how
    indicator = item if isinstance(item, Indicator) else None
    return Goal(
        item=item.id,
        baseline=indicator.baseline if indicator else None,
        target=(indicator.target if indicator else None) or Decimal(0),
        strict=strict,
        falling=indicator is not None and indicator.direction is Direction.FALLING,
        cadence=Cadence.BY_END,
        nature=how.nature,
        path=how.path,
        release=how.release,
        whole=how.decimals == 0,
        tolerance=how.tolerance,
        waypoints=how.waypoints,
        base=Quarter(plan.document.base_year, 4),
        end=Quarter(plan.document.target_year, 4),
    )
