"""判定表的每一条为什么成立、为什么不成立：用哪几个数比的，写出来。"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ipmeasures.plan.model import FigureItem, Thresholds
from ipmeasures.plan.terms import Cadence, Nature
from ipmeasures.progress.case import Case
from ipmeasures.progress.goal import Goal
from ipmeasures.progress.path import year_demand
from ipmeasures.progress.rounding import half_up, percent
from ipmeasures.progress.sent_back import SENT_BACK
from ipmeasures.progress.status import PARTIAL, Step, Verdict, steps
from ipmeasures.report.formulas import put
from ipmeasures.report.numbers import figure

_NO_FIGURE = {
    "not_applicable", "no_figure", SENT_BACK, "nothing_this_quarter", "stale", "not_released",
}  # fmt: skip
_OTHERWISE = "以上都不成立"


class Outcome(StrEnum):
    """一条规则看下来怎样；名称是对外的代码。"""

    FIRED = "fired"
    FAILED = "failed"
    UNUSED = "not_applicable"
    UNSEEN = "not_reached"


@dataclass(frozen=True, slots=True)
class Checked:
    """看过的一条规则；``because`` 是用哪几个数比的，用不着这一条的为空。"""

    step: Step
    outcome: Outcome
    because: str = ""


def checked(
    item: FigureItem, goal: Goal, case: Case, limits: Thresholds, verdict: Verdict
) -> tuple[Checked, ...]:
    """自上而下看判定表；得出状态的一条以后的，不再看。

    多家相加而有单位未报、照表滞后的，最后由 ``PARTIAL`` 改判，列在得出状态的一条之后。
    """
    # 退回是少有的事，没有退回的不必说“没有退回”
    table = [s for s in steps(limits) if s.name != SENT_BACK or s.holds(case, limits)]
    facts = _Facts(item, goal, case, limits)
    place = next(n for n, step in enumerate(table) if step.holds(case, limits))
    found = [_failed(facts, step) for step in table[:place]]
    partial = verdict.rule == PARTIAL.name
    why = facts.why(table[place])
    if partial:
        found += [
            Checked(table[place], Outcome.FAILED, f"{why}；本应成立，因合计不完整改判"),
            Checked(PARTIAL, Outcome.FIRED, PARTIAL.words),
        ]
    else:
        found.append(Checked(table[place], Outcome.FIRED, why))
    return (*found, *(Checked(step, Outcome.UNSEEN) for step in table[place + 1 :]))


def _failed(facts: "_Facts", step: Step) -> Checked:
    because = facts.why(step)
    return Checked(step, Outcome.FAILED if because else Outcome.UNUSED, because)


@dataclass(frozen=True, slots=True)
class _Facts:
    """判断所看的事实，和把它们写成话的办法。"""

    item: FigureItem
    goal: Goal
    case: Case
    limits: Thresholds

    def why(self, step: Step) -> str:
        """一条规则的几个数；与这个事项无关的为空。"""
        if step.name in _NO_FIGURE:
            return self._absence(step)
        said: dict[str, Callable[[], str]] = {
            "had_reached": self._had_reached,
            "reached": self._reached,
            "below_baseline": self._below_baseline,
            "missing_years": self._missing_years,
            "no_baseline": self._no_baseline,
            "no_target": self._no_target,
            "year_end": self._year_end,
            "cap": self._cap,
            "ended_far_behind": self._ended_far,
            "ended": self._ended,
            "kept": self._kept,
            "not_kept": self._kept,
            "year_met": self._year_met,
            "ahead": self._ahead,
            "nothing_planned": self._nothing_planned,
            "index": lambda: self._index(self.limits.on_track_index),
            "gap": lambda: self._gap(self.limits.on_track_gap),
            "points_green": lambda: self._gap(Decimal(0)),
            "tolerance": self._tolerance,
            "far_behind": self._far,
            "points_red": lambda: self._gap(self.limits.points_yellow_gap),
            "behind": lambda: _OTHERWISE,
        }
        return said[step.name]()

    def _absence(self, step: Step) -> str:
        if self.case.absence is not None and self.case.absence.value == step.name:
            return step.words
        if step.name == "not_applicable":
            return "没有填“不适用”"
        return f"有数，数据时点 {self.case.figure.at}" if self.case.figure else "以前报过"

    def _had_reached(self) -> str:
        can = self.goal.nature in (Nature.LEVEL, Nature.RUNNING_TOTAL) and not self.case.steady
        if not can or self.goal.by_year or self.goal.aimless:
            return ""
        return (
            f"此前{'达到过' if self.case.had_reached else '没有达到过'} {self._put(self.case.goal)}"
        )

    def _reached(self) -> str:
        if self.goal.aimless:
            return ""
        if self._holds("cap"):
            return "上限要求，期满才算达到"
        how = "（须超过）" if self.goal.strict else ""
        met = "达到" if self.case.reached else "没有达到"
        return f"{self._put(self.case.value)}，{met} {self._put(self.case.goal)}{how}"

    def _below_baseline(self) -> str:
        done = self.case.shares.done
        if done is None:
            return ""
        return f"增量完成率 {percent(done)}%，{'低于' if done < 0 else '不低于'} 0"

    def _missing_years(self) -> str:
        if self.case.missing_years:
            return f"缺{'、'.join(f'{year}年' for year in self.case.missing_years)}全年数"
        summed = self.goal.nature is Nature.ACCUMULATED or self.goal.cadence is Cadence.AVERAGE
        return "已结束各年的全年数都有" if summed else ""

    def _no_baseline(self) -> str:
        return "没有基期值，算不出份额" if self._holds("no_baseline") else ""

    def _no_target(self) -> str:
        return "公文没有写目标值" if self._holds("no_target") else ""

    def _year_end(self) -> str:
        if not (self.goal.by_year and self.goal.stepped):
            return ""
        return "还没有到年底" if self._holds("year_end") else "已到年底"

    def _cap(self) -> str:
        if not (self.goal.falling and (self.goal.by_year or self.goal.cadence is Cadence.AVERAGE)):
            return ""
        return "期限未满" if self._holds("cap") else "期限已满"

    def _ended_far(self) -> str:
        if not self.case.ended:
            return self._ended()
        return f"期限已到；{self._far() or '没有份额可比'}"

    def _ended(self) -> str:
        ends = self.goal.end.year
        if self.goal.cadence is Cadence.YEARLY and self.case.figure:
            ends = self.case.figure.date.year
        return f"期限为{ends}年底，{'已到' if self.case.ended else '未到'}"

    def _kept(self) -> str:
        if not self.case.steady:
            return ""
        margin = f"；{self._tolerance()}" if self.case.tolerance else f"，{self._short()}"
        return f"目标 {self._put(self.case.goal)} 未超出基期水平{margin}"

    def _year_met(self) -> str:
        if not self.goal.by_year or self.goal.cadence is Cadence.YEARLY:
            return ""
        date = self.case.figure.date if self.case.figure else self.goal.end
        demand = self._put(year_demand(self.goal, date.year))
        met = "已到" if self.case.year_met else "没有到"
        return f"{self._put(self.case.value)}，{met}本年年底的序时值 {demand}"

    def _ahead(self) -> str:
        parts = [self._more(self.case.shares.gap, self.limits.ahead_gap)]
        if self.limits.preset != "points":
            parts.append(self._index(self.limits.ahead_index))
        return "；".join(part for part in parts if part)

    def _nothing_planned(self) -> str:
        if self.case.shares.due != 0:
            return ""
        return f"此时尚无应达；{self._gap(Decimal(0))}"

    def _tolerance(self) -> str:
        if self.case.tolerance <= 0 or self.case.shortfall is None:
            return ""
        margin = f"{figure(self.case.tolerance, self.item.how.decimals)}{self.item.how.unit}"
        within = "以内" if self.case.shortfall <= self.case.tolerance else "以外"
        return f"{self._short()}，在容差 {margin} {within}"

    def _far(self) -> str:
        if self.case.shares.gap is None:
            return ""
        if self.limits.preset == "points":
            return self._gap(self.limits.points_yellow_gap)
        index = self._index(self.limits.far_behind_index)
        return f"{index}；{self._gap(self.limits.far_behind_gap)}"

    def _index(self, limit: Decimal) -> str:
        index, done = self.case.shares.index, self.case.shares.done
        if index is None:
            return "" if done is None else "指数不限"
        side = "低于" if index < limit else "不低于"
        return f"指数 {_beside(index, limit, 3)} {side} {limit}"

    def _gap(self, limit: Decimal) -> str:
        gap = self.case.shares.gap
        if gap is None:
            return ""
        return f"偏差 {_beside(gap, limit, 2)} {'低于' if gap < limit else '不低于'} {limit}"

    @staticmethod
    def _more(gap: Decimal | None, limit: Decimal) -> str:
        if gap is None:
            return ""
        return f"偏差 {_beside(gap, limit, 2)} {'大于' if gap > limit else '不大于'} {limit}"

    def _short(self) -> str:
        short = self.case.shortfall or Decimal(0)
        size = figure(abs(short), self.item.how.decimals + 2)
        return (
            f"比应达{'差' if short > 0 else '好'} {size}{self.item.how.unit}"
            if short
            else "与应达持平"
        )

    def _holds(self, name: str) -> bool:
        return self.case.unjudged is not None and self.case.unjudged.value == name

    def _put(self, value: Decimal | None) -> str:
        return f"{put(value, self.item.how.decimals)}{self.item.how.unit}"


def _beside(value: Decimal, limit: Decimal, places: int) -> str:
    """与界线并排的数：四舍五入后与界线一样、其实不一样的，多写几位。"""
    while places < 12 and half_up(value, places) == limit != value:
        places += 1
    return f"{half_up(value, places):f}"


def reasons(found: tuple[Checked, ...], status_text: str) -> Iterator[str]:
    """判定过程，一条一行；没有数那几条、用不着的、不再看的，各归一行。"""
    yield "判定：自上而下，第一条成立的为准（√ 成立，× 不成立）"
    absent = [c for c in found if c.step.name in _NO_FIGURE and c.outcome is Outcome.FAILED]
    if absent:
        yield f"× {'、'.join(c.step.words for c in absent)}：{absent[-1].because}"
    for each in found:
        because = f"：{each.because}" if each.because != each.step.words else ""
        if each.outcome is Outcome.FIRED:
            yield f"√ {each.step.words}{because}——{status_text}"
        elif each.outcome is Outcome.FAILED and each not in absent:
            yield f"× {each.step.words}{because}"
    for outcome, label in ((Outcome.UNUSED, "用不着的"), (Outcome.UNSEEN, "不再看的")):
        names = [c.step.words for c in found if c.outcome is outcome and c.step.name != "behind"]
        if names:
            yield f"{label}：{'；'.join(names)}"
