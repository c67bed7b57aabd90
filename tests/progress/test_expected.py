"""表和核对所要的过去与序时：每种数各问什么，报到多少算滞后。"""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.plan.expected import Expected
from ipmeasures.plan.model import FigureItem, Thresholds
from ipmeasures.progress.assessment import Status
from ipmeasures.progress.expected import expected_of
from ipmeasures.quarter import Quarter
from ipmeasures.returns.line import State
from tests.progress.plans import (
    AGENCY,
    POINTS,
    amended,
    commitment,
    d,
    entry,
    how,
    indicator,
    judged,
    plan,
    q,
)

LAGS = {Status.FALLEN_BACK, Status.REGRESSED, Status.FAR_BEHIND, Status.BEHIND}
QUARTERS = st.integers(1, 20).map(lambda t: Quarter(2020, 4) + t)


def expected(
    item: FigureItem,
    at: str,
    *told: str,
    agency: str = AGENCY,
    thresholds: Thresholds | None = None,
) -> Expected:
    """``item`` 在 ``at`` 应有的样子；``told`` 是此前报过的“季度 数”。"""
    said = [entry(item.id, *line.split(), number=n) for n, line in enumerate(told, 1)]
    return expected_of(plan(item, thresholds=thresholds), agency, said, q(at))[item.id]


def test_level_is_asked_against_the_path() -> None:
    """期末数：序时应达是路径在本季的值，印出来的照小数位。"""
    found = expected(indicator("4.99", "10.02"), "2023Q2")
    assert (found.planned, found.planned_exact) == (d("7.51"), d("7.505"))


def test_running_total_includes_the_baseline_and_whole_items_are_rounded_to_it() -> None:
    """历年累计：含基期；整数项印的向基期取整，比较用的不取整。"""
    item = indicator(120, 200, how("running_total", decimals=0))
    found = expected(item, "2021Q2")
    assert (found.planned, found.planned_exact) == (d(128), d(128))
    assert expected(indicator(10, 18, how(decimals=0)), "2021Q1").planned == 10


def test_accumulated_is_asked_for_this_years_share_of_the_path() -> None:
    """本年累计、工具累加：33→85 每年 10.4，半年应报 5.2，年底应报 10.4。"""
    item = indicator(33, 85, how("accumulated"))
    assert expected(item, "2023Q2").planned == d("5.20")
    assert expected(item, "2023Q4").planned_exact == d("10.4")
    whole = indicator(33, 85, how("accumulated", decimals=0))
    assert [expected(whole, f"2023Q{n}").planned for n in (2, 3)] == [5, 7]  # 5.2、7.8
    small = indicator(0, 10, how("accumulated", decimals=0))
    assert expected(small, "2023Q1").planned == 0  # 0.5
    assert expected(indicator(None, 85, how("accumulated")), "2023Q2").planned is None


def test_year_to_date_is_asked_for_its_part_of_the_year() -> None:
    """本年累计的量化任务 A·q/4；小于 8 的整数向下取整。"""
    assert expected(commitment(500), "2023Q3").planned == 375
    six = expected(commitment(6), "2023Q1")
    assert (six.planned, six.planned_exact) == (1, d("1.5"))
    assert expected(commitment(10), "2023Q1").planned == d("2.5")
    late = commitment(2, reporting=how("year_to_date", path="year_end", decimals=0))
    assert expected(late, "2023Q2").lagging_below is None


def test_annual_is_asked_for_last_years_end_until_the_fourth_quarter() -> None:
    """年度数次年才有：年中问的是上一年的，80→85 在 2022 年底应达 82；第四季度问本年的。"""
    item = indicator(80, 85, how("annual"))
    found = [expected(item, f"2023Q{n}") for n in (1, 2, 3, 4)]
    assert [one.planned for one in found] == [82, 82, 82, 83]
    assert [one.planned_exact for one in found] == [82, 82, 82, 83]


def test_average_is_asked_for_one_years_demand() -> None:
    """年均的：问的是本年累计，按一年的要求 A·q/4，不是 A·N。"""
    found = expected(commitment(80, cadence="average"), "2023Q2")
    assert (found.planned, found.planned_exact) == (40, 40)
    late = commitment(
        80, cadence="average", reporting=how("year_to_date", path="year_end", decimals=0)
    )
    assert [expected(late, f"2023Q{n}").planned for n in (1, 3, 4)] == [0, 0, 80]


def test_batch_steps_move_at_year_ends_only() -> None:
    """按批次、年底一步：年中的应达与上年底相同。"""
    item = indicator(38, 50, how(path="steps", release="batch", decimals=0))
    said = [expected(item, f"2022Q{n}").planned for n in (1, 2, 3, 4)]
    assert said == [40, 40, 40, 42]


def test_no_baseline_has_nothing_planned() -> None:
    """没有基期值的：没有应达，也说不出低于多少要写原因。"""
    found = expected(commitment(170, cadence="by_end", reporting=how(decimals=0)), "2023Q2")
    assert (found.planned, found.planned_exact, found.lagging_below) == (None, None, None)


def test_a_summed_item_is_compared_with_its_part_only() -> None:
    """多家相加的：比较时各按一份，表上印合计；一家的数判不出滞后。"""
    shared = how("year_to_date", decimals=0, reporters=("甲", "乙"), combine="sum")
    found = expected(commitment(6, reporting=shared), "2023Q2", agency="甲")
    assert (found.planned, found.planned_exact, found.lagging_below) == (3, d("1.5"), None)
    not_summed = how(decimals=0, reporters=("甲", "乙"), unit="分", combine="sum")
    assert expected(indicator(80, 85, not_summed), "2023Q2", agency="甲").planned_exact == d("82.5")


def test_only_its_own_items_and_never_the_same_figure_twice() -> None:
    """只有该单位填报的；与指标同一个数的量化任务不问。"""
    own, twin = indicator(1, 2), commitment(2, cadence="by_end", id="M10-1", same_as="I01")
    other = indicator(1, 2, how(reporters=("市公安局",)), id="I02")
    assert list(expected_of(plan(own, other, twin), AGENCY, (), q("2023Q2"))) == ["I01"]


def test_history_is_what_this_agency_reported_before() -> None:
    """上期、上年同期和此前各季；以后的、别家的、没有数的不算，零算。"""
    item = indicator(1, 9)
    told = [
        entry("I01", "2022Q3", "3", number=2),
        entry("I01", "2022Q2", "2", number=1),
        entry("I01", "2023Q1", "0", number=3),
        entry("I01", "2023Q3", "9", number=4),
        entry("I01", "2022Q4", "7", number=5, agency="市公安局"),
        entry("I01", "2022Q4", None, number=6, state=State.NOT_UPDATED),
        entry("I02", "2022Q4", "7", number=7),
    ]
    found = expected_of(plan(item), AGENCY, told, q("2023Q2"))["I01"]
    assert (found.last, found.last_quarter, found.year_ago) == (0, q("2023Q1"), 2)
    assert found.history == ((q("2022Q2"), 2), (q("2022Q3"), 3), (q("2023Q1"), 0))
    assert not found.on_record
    assert found.later == ((q("2023Q3"), 9),)
    why = entry("I01", "2023Q2", None, number=8, state=State.TEXT, field="reason")
    assert not expected_of(plan(item), AGENCY, [*told, why], q("2023Q2"))["I01"].on_record
    now = entry("I01", "2023Q2", None, number=8, state=State.NOT_UPDATED)
    assert expected_of(plan(item), AGENCY, [*told, now], q("2023Q2"))["I01"].on_record
    filled = entry("I01", "2023Q2", "5", number=8)
    again = expected_of(plan(item), AGENCY, [*told, filled], q("2023Q2"))["I01"]
    assert (again.last, again.history, again.later) == (0, found.history, found.later)
    empty = expected(item, "2023Q2")
    assert (empty.last, empty.last_quarter, empty.year_ago, empty.history) == (None, None, None, ())


RISING = st.builds(
    lambda start, more, reporting, attribute: indicator(
        start, start + more, reporting, attribute=attribute
    ),
    st.decimals("0", "100", places=2),
    st.decimals("0.01", "100", places=2),
    st.sampled_from(
        [
            how(),
            how(decimals=0),
            how(tolerance=Decimal(1)),
            how("running_total"),
            how(path="steps", release="batch"),
            how("year_to_date"),
            how("year_to_date", tolerance=Decimal(3)),
        ]
    ),
    st.sampled_from(["预期性", "约束性"]),
)
YEARLY = st.sampled_from(
    [
        commitment(6),
        commitment(500),
        commitment(1, reporting=how("year_to_date", path="year_end", decimals=0)),
        commitment(2, 3, rule="range"),
        commitment(8, rule="more_than"),
    ]
)


def agrees(
    item: FigureItem, at: Quarter, value: Decimal, limits: Thresholds | None, *told: str
) -> None:
    below = expected(item, str(at), *told, thresholds=limits).lagging_below
    status = judged(item, str(at), *told, f"{at} {value}", thresholds=limits).status
    assert (below is not None and value < below) == (status in LAGS), (below, status)


@given(RISING, QUARTERS, st.decimals("0", "250", places=2), st.sampled_from([None, POINTS]))
def test_lagging_below_is_where_the_judgement_turns(
    item: FigureItem, at: Quarter, value: Decimal, limits: Thresholds | None
) -> None:
    """上升的指标：低于 ``lagging_below`` 的，正是判为未达序时或低于基期的。"""
    agrees(item, at, value, limits)


@given(YEARLY, QUARTERS, st.integers(0, 600), st.sampled_from([None, POINTS]))
def test_lagging_below_of_the_yearly_commitments(
    item: FigureItem, at: Quarter, value: int, limits: Thresholds | None
) -> None:
    """每年的量化任务：年底前完成即可的年中不催，年底没有达到就要写原因；突破的等于也不够。"""
    agrees(item, at, Decimal(value), limits)


@given(RISING, QUARTERS, st.integers(-4, 4))
def test_lagging_below_just_beside_the_line(item: FigureItem, at: Quarter, off: int) -> None:
    """恰在界线上的不滞后，差一点点的就滞后。"""
    below = expected(item, str(at)).lagging_below
    if below is not None and below + off >= 0:
        agrees(item, at, below + Decimal(off).scaleb(-6), None)


@pytest.mark.parametrize(
    ("item", "at", "value", "told"),
    [
        (indicator(5, 8), "2023Q2", "7.9", ("2022Q4 8.1",)),
        (indicator(5, 8), "2023Q2", "8", ("2022Q4 8.1",)),
        (indicator(5, 8, how("running_total")), "2023Q2", "7.9", ("2022Q4 8",)),
        (indicator(8, 8), "2023Q2", "7.9", ("2022Q4 8",)),
        (indicator(8, 8, how(tolerance=Decimal(1))), "2023Q2", "7.5", ()),
        (indicator(8, 8, how(tolerance=Decimal(1))), "2025Q4", "7.5", ()),
        (indicator(0, 100, amendments=(amended("2024-10-01", 60),)), "2024Q4", "65", ()),
        (indicator(0, 100, amendments=(amended("2024-10-01", 60),)), "2024Q4", "59", ()),
        (indicator(None, 8), "2025Q4", "7.9", ()),
        (indicator(None, 8), "2025Q3", "7.9", ()),
        (indicator(None, 8, how("year_to_date")), "2023Q4", "7.9", ()),
        (indicator(None, 8, how("year_to_date")), "2025Q4", "7.9", ()),
        (commitment(170, cadence="by_end", reporting=how()), "2025Q4", "169", ()),
        (commitment(8, cadence="by_end", rule="more_than", reporting=how()), "2025Q4", "8", ()),
        (indicator(0, 0, how("year_to_date")), "2023Q2", "0", ()),
        (indicator("0.16", "0.24", how("year_to_date", decimals=4)), "2023Q4", "0.204", ()),
        (indicator(0, 100, how("year_to_date", path="steps")), "2023Q4", "50", ()),
        (indicator(-20, 20, how("year_to_date")), "2021Q2", "-13", ()),
        (indicator(-20, 20, how("year_to_date")), "2021Q2", "-12", ()),
        (indicator(80, 85, how("annual")), "2023Q4", "84.9", ("2022Q4 85",)),
    ],
)
def test_lagging_below_of_the_odd_ones(
    item: FigureItem, at: str, value: str, told: tuple[str, ...]
) -> None:
    """回落的、保持的、调低目标的、没有基期的、期满的，都与真正的判断一致。"""
    agrees(item, q(at), d(value), None, *told)


def test_lagging_below_of_a_yearly_figure_looks_at_last_years_end() -> None:
    """年度数次年才有：年中报的按上年年底的序时值看，第四季度报的按当年。"""
    item = indicator(108, 180, how("annual", decimals=0))
    below = [expected(item, f"2023Q{n}").lagging_below for n in (2, 4)]
    assert below == [d("134.56"), d("148.85")]
    for value, lags in (("134", True), ("135", False)):
        assert (judged(item, "2023Q2", f"2023Q2 {value} @2022Q4").status in LAGS) is lags


@pytest.mark.parametrize(
    "item",
    [
        indicator(14, 10, falling=True),
        indicator(33, 85, how("accumulated")),
        commitment(80, cadence="average"),
    ],
)
def test_no_line_where_the_reported_figure_alone_does_not_decide(item: FigureItem) -> None:
    """越小越好的、由工具累加的、年均的，报上来的一个数判不出滞后。"""
    assert expected(item, "2023Q2").lagging_below is None
    assert expected(item, "2025Q4").lagging_below is None


def test_no_line_after_the_plan_for_a_yearly_item() -> None:
    """计划期满以后的年份没有要求。"""
    assert expected(commitment(6), "2026Q4").lagging_below is None
    assert expected(indicator(5, 8), "2026Q1").lagging_below == 8


def test_the_whole_settings_count() -> None:
    """界线是办公室的设定：改了设定，要写原因的数跟着变。"""
    strict = replace(Thresholds(), on_track_index=Decimal(1), on_track_gap=Decimal(0))
    assert expected(indicator(0, 100), "2023Q2", thresholds=strict).lagging_below == 50
    assert expected(indicator(0, 100), "2023Q2").lagging_below == d("47.5")
    assert expected(indicator(0, 100), "2023Q2", thresholds=POINTS).lagging_below == 50
    # 达序时要超出序时的：没有容许误差，就没有“恰好到序时也行”
    above = replace(Thresholds(), on_track_index=d("1.2"), on_track_gap=d(5))
    assert expected(indicator(0, 100), "2023Q2", thresholds=above).lagging_below == 55
    agrees(indicator(0, 100), q("2023Q2"), d(50), above)


def test_without_a_target_nothing_is_planned() -> None:
    """没有目标值：没有序时应达，也没有“低于多少要写原因”。"""
    for reporting in (how(), how("year_to_date"), how("accumulated"), how("annual")):
        item = replace(indicator(5, 9, reporting), target=None)
        (found,) = expected_of(plan(item), AGENCY, (), q("2023Q2")).values()
        assert (found.planned, found.planned_exact, found.lagging_below) == (None, None, None)
