"""算式：判断所用的每一个数怎么得来，代入数字；等号两边都能照着再算一遍。"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ipmeasures.plan.model import Reporting
from ipmeasures.plan.terms import Cadence, Nature, Path
from ipmeasures.progress.case import Case
from ipmeasures.progress.figures import Figure, of_year
from ipmeasures.progress.goal import Goal
from ipmeasures.progress.path import course, leg, planned, turned, year_demand
from ipmeasures.progress.rounding import half_up
from ipmeasures.quarter import Quarter
from ipmeasures.report.numbers import figure, index, points, share

_ZERO = Decimal(0)


def formulas(
    how: Reporting, goal: Goal, case: Case, known: Sequence[Figure], quarter: Quarter
) -> Iterator[str]:
    """一个事项的算式，一行一个。

    Args:
        how: 填报方式；用它的计量单位和小数位。
        goal: 判断依据。
        case: 判断所看的事实。
        known: 到 ``quarter`` 为止报过的数。
        quarter: 判哪个季度。
    """
    sums = _Sums(how, goal, case, known, quarter)
    yield from sums.value()
    yield from sums.whole()
    yield from sums.due()
    yield from sums.shares()
    yield from sums.pace()


def put(value: Decimal | None, decimals: int) -> str:
    """代入算式的数：照原样，至少写到显示的小数位；除不尽的写六位；负数加括号；没有的作零。"""
    value = _ZERO if value is None else value
    text = figure(value, decimals)
    if Decimal(text) != value:
        text = f"{half_up(value, 6):f}".rstrip("0")
    return f"({text})" if value < 0 else text


class _Sums:
    """一个事项的各式；``date`` 是照哪个季度判。"""

    def __init__(
        self, how: Reporting, goal: Goal, case: Case, known: Sequence[Figure], quarter: Quarter
    ) -> None:
        self.unit, self.decimals = how.unit, how.decimals
        self.goal, self.case, self.known, self.quarter = goal, case, known, quarter
        self.date = case.figure.date if case.figure and case.absence is None else quarter

    @property
    def _average(self) -> bool:
        return self.goal.cadence is Cadence.AVERAGE

    def value(self) -> Iterator[str]:
        """本期用来比的数；由各年相加的，列出各年。"""
        case, goal = self.case, self.goal
        if case.value is None or case.figure is None:
            return
        added = goal.nature is Nature.ACCUMULATED and goal.cadence is Cadence.BY_END
        if not added and not self._average:
            name = "用来比的数 x" if case.absence is None else "此前报的数"
            yield f"{name}＝{self.put(case.value)}{self.unit}"
            return
        upto = [f for f in self.known if goal.base < f.date <= case.figure.date]
        years = range(goal.base.year + 1, case.figure.date.year + 1)
        found = [(y, f) for y in years if (f := of_year(upto, y))]
        said = "、".join(f"{y}年 {self.put(f.value)}{self.unit}" for y, f in found)
        parts = [self.put(f.value) for _, f in found]
        name = "各年合计 Σ"
        if added:
            name, parts = "用来比的数 x（基期加各年）", [self.base, *parts]
        yield f"各年的数：{said}"
        yield f"{name}＝{'+'.join(parts)}＝{self.put(case.value)}{self.unit}"

    def whole(self) -> Iterator[str]:
        """年均的合计要求，和本年累计指标的本年要求。"""
        goal = self.goal
        if self._average:
            whole = self.put(self.case.goal)
            yield f"合计要求 A·N＝{self.put(goal.target)}×{goal.years}＝{whole}{self.unit}"
        elif goal.by_year and goal.cadence is not Cadence.YEARLY:
            year = self.date.year
            demand = year_demand(goal, year)
            if demand is not None:
                yield self._course(f"{year}年要求 A", Quarter(year, 4), demand)

    def due(self) -> Iterator[str]:
        """序时应达；取整的说明取整。"""
        goal, due, name = self.goal, self.case.planned, "序时应达"
        if due is None:
            return
        if not self._average and not goal.by_year:
            yield self._course(name, self.date, due)
            return
        exact = planned(goal, self.date) or _ZERO
        every = goal.target if self._average else year_demand(goal, self.date.year)
        quarters = int(exact * 4 / every) if every else 0
        said = f"{name}＝{self.put(every)}×{quarters}/4＝{self.put(exact)}{self.unit}"
        if goal.stepped:
            said += "（只在年底要求）"
        yield said if exact == due else f"{said}，整数项向下取整为 {self.put(due)}{self.unit}"

    def shares(self) -> Iterator[str]:
        """完成率、序时、偏差、指数，和只作参考的目标完成率。"""
        case, found = self.case, self.case.shares
        value, due = self.put(case.value), self.put(case.planned)
        start, whole = self._span()
        if found.done is not None and found.due is not None:
            below = f"({whole}-{start})" if start else whole
            done, ahead = self._less(value, start), self._less(due, start)
            same = "（即年度完成率）" if self.goal.by_year else ""
            yield f"增量完成率{same}＝{done}/{below}＝{share(found.done, 2)}"
            yield f"序时＝{ahead}/{below}＝{share(found.due, 2)}"
            yield f"偏差＝100×({value}-{due})/{below}＝{points(found.gap, 2)} 个百分点"
            yield (
                "指数不限（此时尚无应达）"
                if found.index is None
                else f"指数＝{done}/{ahead}＝{index(found.index)}"
            )
        elif case.year_rate is not None and case.value:
            yield self._year_rate(case.value, case.year_rate)
        if case.target_rate is not None and case.value and self.goal.cadence is not Cadence.YEARLY:
            rate = self._rate(self.put(case.goal))
            yield f"目标完成率＝{rate}＝{share(case.target_rate, 2)}（只作参考，不定灯）"

    def _year_rate(self, value: Decimal, rate: Decimal) -> str:
        """当年的要求完成几成；一年的上限，是用了几成。"""
        cap = year_demand(self.goal, self.date.year)
        if self.goal.falling and cap:
            return f"本年上限使用率＝{self.put(value)}/{self.put(cap)}＝{share(value / cap, 2)}"
        return f"年度完成率＝{self._rate(self.demand)}＝{share(rate, 2)}"

    def pace(self) -> Iterator[str]:
        """还需多少：到期末的和当年的按季，年均的按年。"""
        pace, case, goal = self.case.pace_needed, self.case, self.goal
        if pace is None or case.missing_years:
            return
        now = min(self.quarter, goal.end)
        value, shown = self.put(case.value), f"{figure(pace, self.decimals + 2)}{self.unit}"
        caps = self._average or goal.by_year
        word = ("可用" if caps else "还需变动") if goal.falling else "还需"
        if self._average:
            left = goal.end - now
            yield f"余下每年{word}＝({self.put(case.goal)}-{value})×4/{left}＝{shown}"
        elif goal.by_year:
            yield f"本年余下每季{word}＝({self.demand}-{value})/{4 - now.number}＝{shown}"
        else:
            left = goal.end - self.quarter
            yield f"余下每季{word}＝({self.put(case.goal)}-{value})/{left}＝{shown}"

    @property
    def base(self) -> str:
        """基期值；没有的按零。"""
        return self.put(self.goal.baseline or _ZERO)

    @property
    def demand(self) -> str:
        """这一年的要求 A。"""
        return self.put(year_demand(self.goal, self.date.year))

    def put(self, value: Decimal | None) -> str:
        """代入算式的数。"""
        return put(value, self.decimals)

    def _span(self) -> tuple[str, str]:
        if self._average:
            return "", self.put(self.case.goal)
        if self.goal.by_year:
            return "", self.demand
        return self.base, self.put(self.case.goal)

    def _course(self, name: str, at: Quarter, shown: Decimal) -> str:
        """路径在 ``at`` 的值；直线的代入数字，别的路径只说是哪条路径。"""
        goal, found = self.goal, course(self.goal, at)
        exact = shown if found is None else found
        if at >= goal.end:
            return f"{name}＝{self.put(shown)}{self.unit}（期末，即目标值）"
        notes = [text for text in (self._changed(at),) if text]
        result = f"＝{self.put(exact)}{self.unit}"
        if goal.path is Path.LINEAR and goal.baseline is not None:
            (start, low), (stop, high) = leg(goal, goal.baseline, at)
            begun = self.put(low)
            sums = f"{begun}+({self.put(high)}-{begun})×{max(at - start, 0)}/{stop - start}"
            result = f"＝{sums}{result}"
        else:
            notes.insert(0, f"按“{goal.path.label}”路径")
        said = f"{name}{result}" + (f"（{'，'.join(notes)}）" if notes else "")
        whole = f"，整数项向基期取整为 {self.put(shown)}{self.unit}"
        return said if exact == shown else said + whole

    def _changed(self, at: Quarter) -> str:
        """到 ``at`` 已经起效的中途调整：何时、由多少到多少。"""
        target, told = self.goal.target, []
        for change in turned(self.goal, at):
            told.append(
                f"{change.since.isoformat()}起由{self.put(target)}调整为"
                f"{self.put(change.target)}{self.unit}"
            )
            target = change.target
        return f"目标中途调整过：{'；'.join(told)}" if told else ""

    def _rate(self, target: str) -> str:
        value = self.put(self.case.value)
        return f"{target}/{value}" if self.goal.falling else f"{value}/{target}"

    @staticmethod
    def _less(value: str, start: str) -> str:
        return f"({value}-{start})" if start else value
