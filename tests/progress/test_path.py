"""序时值：各种路径、取整、调整、计划期以外。"""

import pytest

from ipmeasures.plan.model import Commitment, Indicator
from ipmeasures.progress.goal import goal_of
from ipmeasures.progress.path import leg, planned, planned_shown, turned
from tests.progress.plans import amended, commitment, d, how, indicator, plan, q

Item = Indicator | Commitment


def exact(item: Item, *quarters: str) -> list[object]:
    goal = goal_of(item, plan(item))
    return [planned(goal, q(t)) for t in quarters]


def shown(item: Item, *quarters: str) -> list[object]:
    goal = goal_of(item, plan(item))
    return [planned_shown(goal, q(t)) for t in quarters]


def test_linear() -> None:
    """b+(t/n)(T−b)，2021Q1 是 t=1，n=20。"""
    item = indicator("4.99", "10.02")
    assert exact(item, "2021Q1", "2023Q2", "2025Q4") == [d("5.2415"), d("7.505"), d("10.02")]


def test_outside_the_plan() -> None:
    """基期以前是基期值；期末以后仍是目标值。"""
    assert exact(indicator(10, 20), "2019Q1", "2020Q4", "2026Q1") == [10, 10, 20]


def test_whole_numbers_round_toward_the_baseline() -> None:
    """I11 在 t=1：10.4 → 10；下降的向上取整；到期末就是目标。"""
    i11 = indicator(10, 18, how(decimals=0))
    assert exact(i11, "2021Q1") == [d("10.4")]
    assert shown(i11, "2021Q1", "2021Q3", "2025Q4") == [10, 11, 18]
    down = indicator(18, 10, how(decimals=0), falling=True)
    assert shown(down, "2021Q1", "2025Q4") == [18, 10]
    half = indicator(10, "18.5", how(decimals=0))
    assert shown(half, "2025Q3", "2025Q4") == [18, d("18.5")]


def test_decimals_are_not_rounded() -> None:
    """非整数项不取整。"""
    assert shown(indicator("4.99", "10.02"), "2021Q1") == [d("5.2415")]


def test_milestones_are_piecewise_linear() -> None:
    """分年节点之间均匀走；计划期以外和末年的节点不用。"""
    points = ((2022, d(40)), (2021, d(10)), (2020, d(7)), (2019, d(7)), (2025, d(1)))
    item = indicator(0, 100, how(path="milestones", waypoints=points))
    quarters = ("2021Q2", "2021Q4", "2022Q2", "2022Q4", "2023Q4", "2025Q4")
    assert exact(item, *quarters) == [5, 10, 25, 40, 60, 100]


def test_waypoints_count_only_on_that_path() -> None:
    """路径不是分年节点的，不看节点。"""
    assert exact(indicator(0, 100, how(waypoints=((2022, d(90)),))), "2022Q4") == [40]


def test_steps_move_at_year_ends() -> None:
    """按批次的只在年底移动。"""
    item = indicator(38, 48, how(path="steps", release="batch"))
    quarters = ("2021Q3", "2021Q4", "2022Q3", "2022Q4", "2025Q3", "2025Q4")
    assert exact(item, *quarters) == [38, 40, 40, 42, 46, 48]


def test_amended_target_goes_on_from_the_old_planned_value() -> None:
    """中途调整目标：从调整时的原序时值走向新目标，以前的不变。"""
    item = indicator(0, 20, amendments=(amended("2023-05-08", 30),))
    assert exact(item, "2023Q1", "2023Q2", "2023Q3", "2025Q4") == [9, 10, 12, 30]


def test_amended_on_the_first_day_of_a_quarter() -> None:
    """7月1日起效，就是从6月底的原序时值 7.505 走起：三季度 7.505+(12-7.505)/10。"""
    first = indicator("4.99", "10.02", amendments=(amended("2023-07-01", 12),))
    expected = [d("7.505"), d("7.9545"), d("9.303"), 12]
    assert exact(first, "2023Q2", "2023Q3", "2024Q2", "2025Q4") == expected
    # 季度中间起效的，这一季度末仍是原序时值 7.7565
    second = indicator("4.99", "10.02", amendments=(amended("2023-07-02", 12),))
    assert exact(second, "2023Q3", "2025Q4") == [d("7.7565"), 12]
    # 计划头一天就起效的，等于换了目标
    third = indicator(0, 10, amendments=(amended("2021-01-01", 20),))
    assert exact(third, "2021Q1", "2023Q2") == [1, 10]


def test_amended_twice() -> None:
    """第二次调整从第一次调整后的序时值走起。"""
    changes = (amended("2024-12-31", 24), amended("2022-12-01", 19))
    item = indicator(0, 10, amendments=changes)
    assert exact(item, "2022Q4", "2024Q4", "2025Q2", "2025Q4") == [4, 14, 19, 24]


def test_amended_before_the_plan_or_at_its_end() -> None:
    """基期以前的调整等于换了目标；期末当季的调整只换终点。"""
    early = indicator(0, 10, amendments=(amended("2020-01-01", 20),))
    assert exact(early, "2021Q1", "2025Q4") == [1, 20]
    late = indicator(0, 10, amendments=(amended("2025-12-01", 20),))
    assert exact(late, "2025Q2", "2025Q4", "2026Q1") == [9, 20, 20]


def test_amended_steps_keep_the_year_ends() -> None:
    """年底台阶中途调整：当年仍在原台阶，下一年底起走新路径；目标没变则路径不变。"""
    path = how(path="steps")
    item = indicator(0, 20, path, amendments=(amended("2023-08-01", 29),))
    assert exact(item, "2023Q3", "2023Q4") == [8, 13]
    same = indicator(0, 20, path, amendments=(amended("2023-08-01", 20),))
    assert exact(same, "2023Q3", "2023Q4", "2024Q4") == [8, 12, 16]


def test_amendment_drops_later_waypoints() -> None:
    """旧目标的后续节点随调整作废。"""
    points = ((2022, d(40)), (2024, d(90)))
    item = indicator(
        0, 100, how(path="milestones", waypoints=points), amendments=(amended("2022-12-31", 70),)
    )
    assert exact(item, "2022Q4", "2024Q2") == [40, 55]


def test_no_baseline_no_planned_value() -> None:
    """没有基期的没有序时值，本累计的也没有。"""
    assert exact(indicator(None, 170), "2023Q2") == [None]
    assert shown(indicator(None, 170, how("year_to_date")), "2023Q2") == [None]


@pytest.mark.parametrize(
    ("demand", "expected"),
    [
        (500, [125, 250, 375, 500]),
        (6, [1, 3, 4, 6]),
        (1, [0, 0, 0, 1]),
        (10, [d("2.5"), 5, d("7.5"), 10]),
    ],
)
def test_yearly_demand(demand: int, expected: list[object]) -> None:
    """每年的要求 A·q/4；小于 8 的整数要求向下取整。"""
    quarters = ("2023Q1", "2023Q2", "2023Q3", "2023Q4")
    assert shown(commitment(demand), *quarters) == expected


def test_yearly_demand_unrounded() -> None:
    """核对量级用未取整的：6 次在一季度末是 1.5。"""
    assert exact(commitment(6), "2023Q1") == [d("1.5")]


def test_yearly_with_decimals_is_not_rounded() -> None:
    """非整数的年度要求不取整。"""
    item = commitment(6, reporting=how("year_to_date", decimals=1))
    assert shown(item, "2023Q1") == [d("1.5")]


@pytest.mark.parametrize("path", ["year_end", "steps"])
def test_year_end(path: str) -> None:
    """年底前完成的，第四季度以前没有应达。"""
    item = commitment(2, reporting=how("year_to_date", decimals=0, path=path))
    assert shown(item, "2023Q1", "2023Q3", "2023Q4") == [0, 0, 2]
    assert exact(item, "2023Q1", "2023Q4") == [0, 2]


def test_yearly_outside_the_plan() -> None:
    """计划期以前没有要求，以后停在全年要求。"""
    assert exact(commitment(8), "2020Q4", "2026Q1") == [0, 8]


def test_year_to_date_indicator() -> None:
    """I08：当年应达是年底序时值的 q/4。"""
    item = indicator("0.16", "0.24", how("year_to_date", decimals=4))
    assert exact(item, "2023Q2", "2023Q4", "2025Q4") == [d("0.104"), d("0.208"), d("0.24")]


def test_average() -> None:
    """年均：A 乘已过年数，当年按季计；只在年底移动的按整年计；整数项显示取整。"""
    item = commitment(10, cadence="average")
    assert exact(item, "2020Q4", "2021Q1", "2023Q2", "2027Q1") == [0, d("2.5"), 25, 50]
    assert shown(item, "2021Q1") == [2]
    assert shown(commitment(3, cadence="average"), "2021Q1") == [0]  # 0.75
    stepped = commitment(
        10, cadence="average", reporting=how("year_to_date", path="steps", decimals=0)
    )
    assert exact(stepped, "2022Q3", "2022Q4") == [10, 20]


def test_other_base_year() -> None:
    """基年、目标年由计划定：2022 到 2025 是 12 个季度。"""
    item = indicator(0, 12)
    goal = goal_of(item, plan(item, years="2022-2025"))
    assert [planned(goal, q(t)) for t in ("2022Q4", "2023Q1", "2025Q4")] == [0, 1, 12]


STEPS = how("annual", path="milestones", waypoints=((2022, d(20)), (2024, d(60))))
LEGS = [
    # 哪个季度末，从哪里的多少，到哪里的多少
    ("2020Q4", ("2020Q4", 0), ("2022Q4", 20)),
    ("2021Q1", ("2020Q4", 0), ("2022Q4", 20)),
    ("2022Q4", ("2020Q4", 0), ("2022Q4", 20)),
    ("2023Q1", ("2022Q4", 20), ("2024Q4", 60)),
    ("2024Q4", ("2022Q4", 20), ("2024Q4", 60)),
    ("2025Q3", ("2024Q4", 60), ("2025Q4", 100)),
    ("2026Q2", ("2024Q4", 60), ("2025Q4", 100)),
]


@pytest.mark.parametrize(("at", "start", "stop"), LEGS)
def test_the_leg_of_the_path(at: str, start: tuple[str, int], stop: tuple[str, int]) -> None:
    """分年节点的路径：在哪一段上，从哪里走到哪里；期末以后说最后一段。"""
    item = indicator(0, 100, STEPS)
    found = leg(goal_of(item, plan(item)), d(0), q(at))
    assert [(str(quarter), value) for quarter, value in found] == [start, stop]


TURNS = [
    # 哪天起效，看哪个季度末，转过去没有
    ("2023-05-01", "2023Q2", False),
    ("2023-05-01", "2023Q3", True),
    ("2023-07-01", "2023Q2", False),
    ("2023-07-01", "2023Q3", True),
    ("2020-06-01", "2020Q4", False),
    ("2020-06-01", "2021Q1", True),
    ("2024-05-01", "2022Q1", False),
    ("2026-05-01", "2026Q4", False),
]


@pytest.mark.parametrize(("since", "at", "has"), TURNS)
def test_when_the_path_has_turned(since: str, at: str, has: bool) -> None:  # noqa: FBT001
    """调整从起效那天所在（或刚过）的季度末转向：转过去以后才算；期末以后起效的不算。"""
    change = amended(since, 120)
    item = indicator(0, 100, amendments=(change,))
    assert turned(goal_of(item, plan(item)), q(at)) == ((change,) if has else ())


def test_the_leg_after_a_turn() -> None:
    """2023 年 7 月 1 日起目标 120：从 2023Q2 末的 50 走向 2025Q4 末的 120。"""
    item = indicator(0, 100, amendments=(amended("2023-07-01", 120),))
    found = leg(goal_of(item, plan(item)), d(0), q("2024Q1"))
    assert [(str(quarter), value) for quarter, value in found] == [("2023Q2", 50), ("2025Q4", 120)]
