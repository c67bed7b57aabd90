"""判断依据：公文的要求和办公室的设定怎么合成。"""

from dataclasses import replace

import pytest

from ipmeasures.plan.terms import Cadence, Nature
from ipmeasures.progress.goal import goal_of
from tests.progress.plans import amended, commitment, d, how, indicator, plan, q

I09 = indicator("5.5", 8, how(unit="万件"), id="I09")
M10_1 = commitment(
    8, cadence="by_end", rule="more_than", reporting=how(unit="万件"), id="M10-1", same_as="I09"
)


def test_indicator() -> None:
    """指标到期末，从基年第四季度到目标年第四季度，五年。"""
    goal = goal_of(I09, plan(I09))
    assert (goal.base, goal.end, goal.years) == (q("2020Q4"), q("2025Q4"), 5)
    assert (goal.cadence, goal.baseline, goal.target) == (Cadence.BY_END, d("5.5"), 8)


def test_same_as_takes_the_figure_but_its_own_rule() -> None:
    """M10-1 与 I09 同一个数，要求各是各的：突破 8 须大于，8 等于即达到。"""
    whole = plan(indicator(1, 2), I09, M10_1)
    own, other = goal_of(M10_1, whole), goal_of(I09, whole)
    assert (own.baseline, own.nature, own.item) == (d("5.5"), Nature.LEVEL, "M10-1")
    assert not own.met(d(8), d(8))
    assert own.met(d("8.0001"), d(8))
    assert other.met(d(8), d(8))


def test_same_as_keeps_its_own_figure_when_the_indicator_is_amended() -> None:
    """指标中途调整目标，公文写在措施里的数不变。"""
    i09 = indicator("5.5", 8, id="I09", amendments=(amended("2023-01-01", 9),))
    assert goal_of(M10_1, plan(i09, M10_1)).target_at(q("2025Q4")) == 8


def test_range() -> None:
    """区间以下限为目标，上限只作说明；下降的反过来。"""
    up = commitment(2, 3, rule="range", id="M16-2")
    goal = goal_of(up, plan(up))
    assert (goal.target, goal.upper) == (2, 3)
    falling = indicator(9, 3, id="I01", falling=True)
    down = commitment(2, 3, rule="range", cadence="by_end", id="M16-2", same_as="I01")
    goal = goal_of(down, plan(falling, down))
    assert (goal.target, goal.upper) == (3, 2)
    assert goal_of(M10_1, plan(I09, M10_1)).upper is None


def test_sum_since_the_plan_began_starts_at_zero() -> None:
    """由工具累加的量化任务从零起，不是“基期不明”。"""
    item = commitment(100, cadence="by_end", reporting=how("accumulated"))
    assert goal_of(item, plan(item)).baseline == 0
    # 用指标的数的，从指标的基期起
    source = indicator(33, 85, how("accumulated"))
    twin = replace(item, same_as="I01")
    assert goal_of(twin, plan(source, twin)).baseline == 33


def test_target_in_force() -> None:
    """调整自其日期所在的季度起有效；几次调整，取最近的。"""
    item = indicator(0, 10, amendments=(amended("2024-05-01", 14), amended("2023-02-15", 12)))
    goal = goal_of(item, plan(item))
    targets = [goal.target_at(q(t)) for t in ("2022Q4", "2023Q1", "2024Q1", "2024Q2")]
    assert targets == [10, 12, 12, 14]


@pytest.mark.parametrize(
    ("nature", "release", "sporadic", "yearly"),
    [
        ("level", "quarterly", False, False),
        ("level", "batch", True, False),
        ("level", "yearly", True, True),
        ("annual", "quarterly", True, True),
    ],
)
def test_release(nature: str, release: str, *, sporadic: bool, yearly: bool) -> None:
    """年度数不论怎么设都是一年一个；按批次、按年的，未更新是正确的回答。"""
    item = indicator(0, 10, how(nature, release=release))
    goal = goal_of(item, plan(item))
    assert (goal.sporadic, goal.yearly_release) == (sporadic, yearly)


def test_binding() -> None:
    """约束性指标单列、从严；量化任务都是预期性的。"""
    item = indicator(0, 10, attribute="约束性")
    assert goal_of(item, plan(item)).binding
    assert not goal_of(M10_1, plan(I09, M10_1)).binding
