"""一个事项报过的数：几年相加。"""

from ipmeasures.progress.figures import figures, sum_years
from ipmeasures.progress.goal import goal_of
from tests.progress.plans import how, indicator, plan, q, said


def test_years_are_added_up_to_the_date() -> None:
    """计划期头一年加到那一天所在的年份；每年取最新的数，以后的年份、基年的都不算。"""
    item = indicator(33, 85, how("accumulated"))
    goal = goal_of(item, plan(item))
    told = ("2020Q4 7", "2021Q4 10", "2022Q2 4", "2022Q4 9", "2023Q2 6", "2024Q1 1")
    known = figures(goal, said(*told), q("2024Q1"))
    assert (sum_years(goal, known, q("2023Q2")).value, sum_years(goal, known, q("2022Q4")).value) == (
        25, 19,
    )  # fmt: skip
