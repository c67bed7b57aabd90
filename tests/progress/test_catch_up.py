"""赶上序时：下季度要报多少，年底才能回到序时；数都是手算的。"""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipmeasures.plan.model import Commitment, FigureItem, Indicator
from ipmeasures.progress.assess import assess
from ipmeasures.progress.assessment import Reported, Status
from ipmeasures.progress.catch_up import CatchUp, Uncatchable, catch_up, catch_ups
from ipmeasures.quarter import Quarter
from tests.progress.plans import amended, commitment, d, how, indicator, plan, q, said
from tests.progress.test_properties import HOWS, YEARLY, Scene, told

I01 = indicator("4.99", "10.02")


def needed(
    item: FigureItem, at: str, *figures: str, beside: tuple[FigureItem, ...] = ()
) -> CatchUp | Uncatchable | None:
    own = plan(item, *beside)
    return catch_up(own, item, assess(own, item, said(*figures), q(at)), q(at))


def caught(item: FigureItem, at: str, *figures: str) -> CatchUp:
    found = needed(item, at, *figures)
    assert isinstance(found, CatchUp), found
    return found


def test_on_the_straight_line_to_the_years_end() -> None:
    """2023Q2 现值 7.20，年底应达 4.99+5.03×12/20＝8.008，走两季：下季度 7.20+0.808/2＝7.604。"""
    found = caught(I01, "2023Q2", "2023Q2 7.20")
    assert (found.at, found.due, found.value) == (q("2023Q3"), d("8.008"), d("7.604"))
    assert (found.figure, found.at_most, found.once) == (d("7.604"), False, False)


def test_when_the_next_quarter_is_the_fourth() -> None:
    """下季度就是第四季度：即年底应达。"""
    found = caught(I01, "2023Q3", "2023Q3 7.20")
    assert (found.at, found.value) == (q("2023Q4"), d("8.008"))


def test_in_the_fourth_quarter_the_year_is_the_next() -> None:
    """现在是第四季度：看下一年年底，走四季。2024 年底应达 9.014。"""
    found = caught(I01, "2023Q4", "2023Q4 7.20")
    assert (found.at, found.due) == (q("2024Q1"), d("9.014"))
    assert found.value == d("7.20") + d("1.814") / 4


def test_whole_numbers_are_rounded_away_from_the_baseline() -> None:
    """整数项：年底应达向基期取整（14.8→14），下季度须报向上（12.5→13）；下降的向下。"""
    item = indicator(10, 18, how(decimals=0))
    found = caught(item, "2023Q2", "2023Q2 11")
    assert (found.due, found.value) == (14, 13)
    falling = indicator(18, 10, how(decimals=0), falling=True)
    # 年底应达 13.2→14，17+(14-17)/2＝15.5→15
    found = caught(falling, "2023Q2", "2023Q2 17")
    assert (found.due, found.value, found.at_most) == (14, 15, True)


def test_accumulated_asks_for_this_year_only() -> None:
    """工具累加：现值 33+9.8+8＋3＝53.8，年底应达 64.2，下季度累计 59，表上填 59-50.8＝8.2。"""
    item = indicator(33, 85, how("accumulated"))
    found = caught(item, "2023Q2", "2021Q4 9.8", "2022Q4 8", "2023Q2 3")
    assert (found.due, found.value, found.figure) == (d("64.2"), 59, d("8.2"))
    # 今年还是零：从 50.8 走起，下季度 50.8+13.4/2＝57.5
    zero = caught(item, "2023Q2", "2021Q4 9.8", "2022Q4 8", "2023Q2 0")
    assert (zero.value, zero.figure) == (d("57.5"), d("6.7"))
    # 新的一年：现值 53.8 全是以前的，2024 年底应达 74.6，走四季 5.2
    new = caught(item, "2023Q4", "2021Q4 9.8", "2022Q4 8", "2023Q4 3")
    assert (new.due, new.value, new.figure) == (d("74.6"), 59, d("5.2"))


def test_average_by_its_own_demand() -> None:
    """年均：2023 年底应有 80×3＝240；现有 60+50+20＝130，下季度 185，当年填 75。"""
    item = commitment(80, cadence="average")
    found = caught(item, "2023Q2", "2021Q4 60", "2022Q4 50", "2023Q2 20")
    assert (found.due, found.value, found.figure) == (240, 185, 75)


def test_yearly_by_its_own_demand() -> None:
    """每年的：本年 A＝500，现有 200，剩两季：350；年度结束没有达到的，新一年从零起：125。"""
    item = commitment(500)
    found = caught(item, "2023Q2", "2023Q2 200")
    assert (found.due, found.value, found.figure) == (500, 350, 350)
    assert caught(item, "2023Q2", "2023Q2 0").figure == 250
    new = caught(item, "2023Q4", "2023Q4 480")
    assert (new.at, new.due, new.figure) == (q("2024Q1"), 500, 125)
    small = caught(commitment(6), "2023Q4", "2023Q4 5")
    assert small.figure == 2  # 1.5 向上


def test_what_is_done_at_once_is_asked_at_the_years_end() -> None:
    """年底前完成即可的：到明年年底要 A；没有到年底的不算滞后，判不了份额。"""
    item = commitment(2, reporting=how("year_to_date", path="year_end", decimals=0))
    found = caught(item, "2023Q4", "2023Q4 1")
    assert (found.at, found.due, found.figure, found.once) == (q("2024Q4"), 2, 2, True)
    assert needed(item, "2023Q3", "2023Q3 1") is Uncatchable.UNJUDGED
    # 年均的照样一季一季来：2024 年底应有 320，现有 130，走四季
    average = commitment(80, cadence="average", reporting=how("year_to_date", path="year_end"))
    found = caught(average, "2023Q4", "2021Q4 60", "2022Q4 50", "2023Q4 20")
    assert (found.at, found.value, found.once) == (q("2024Q1"), d("177.5"), False)


def test_a_year_to_date_indicator_has_the_years_demand() -> None:
    """本年累计的指标：2023 年的要求 0.208，现有 0.08，下季度 0.144。"""
    item = indicator("0.16", "0.24", how("year_to_date", decimals=4))
    found = caught(item, "2023Q2", "2023Q2 0.08")
    assert (found.due, found.value) == (d("0.208"), d("0.144"))


def test_annual_and_batch_come_once_a_year() -> None:
    """年度数、按批次的：没有下季度的数，要的是年底的。"""
    annual = caught(indicator(80, 85, how("annual")), "2023Q2", "2023Q1 80.5 @2022Q4")
    assert (annual.at, annual.due, annual.value, annual.once) == (q("2023Q4"), 83, 83, True)
    batch = indicator(38, 50, how(path="steps", release="batch", decimals=0))
    found = caught(batch, "2023Q2", "2022Q4 39")
    # 38+12×12/20＝45.2→45
    assert (found.at, found.figure) == (q("2023Q4"), 45)


def test_fallen_back_has_to_reach_the_target_again() -> None:
    """回落的：序时早过了，要重新达到目标才算回来。"""
    found = caught(I01, "2023Q2", "2023Q1 10.5", "2023Q2 9.5")
    assert (found.due, found.value) == (d("10.02"), d("9.76"))


def test_kept_and_strict_targets() -> None:
    """目标等于基期的：回到目标；突破的：要过目标一点（按显示的小数位）。"""
    kept = caught(indicator(9, 9), "2023Q3", "2023Q3 8")
    assert (kept.due, kept.value) == (9, 9)
    twin = commitment(8, cadence="by_end", rule="more_than", same_as="I01", reporting=how())
    source = indicator("5.5", 8)
    found = needed(twin, "2025Q3", "2025Q3 7", beside=(source,))
    assert isinstance(found, CatchUp)
    assert (found.due, found.figure) == (d("8.01"), d("8.01"))
    # 还没有到期末的，年底应达 5.5+2.5×12/20＝7，不必过它
    early = needed(twin, "2023Q3", "2023Q3 5.6", beside=(source,))
    assert isinstance(early, CatchUp)
    assert early.due == 7


def test_a_target_lowered_below_the_baseline_is_kept() -> None:
    """目标调到基期以下：要的是目标，不是往下走的路径；本年累计的仍按当年的要求。"""
    lower = (amended("2020-12-31", 10),)
    level = indicator(20, 30, amendments=lower)
    assert caught(level, "2023Q3", "2023Q3 9").due == 10
    # 2023 年的要求 20-10×12/20＝14，现有 2，走两季
    flow = caught(indicator(20, 30, how("year_to_date"), amendments=lower), "2023Q2", "2023Q2 2")
    assert (flow.due, flow.value) == (14, 8)


def test_what_does_not_lag_is_not_asked() -> None:
    """不滞后的没有；未报、未发布、判不了份额的、计划期满的，说为什么。"""
    assert needed(I01, "2023Q2", "2023Q2 7.6") is None
    assert needed(I01, "2023Q2", "2023Q2 11") is None
    assert needed(I01, "2023Q2", "2023Q2 不适用") is None
    assert needed(I01, "2023Q2") is Uncatchable.NOT_REPORTED
    batch = indicator(38, 50, how(release="batch"))
    assert needed(batch, "2023Q2") is Uncatchable.NOT_RELEASED
    assert needed(indicator(None, 9), "2023Q2", "2023Q2 5") is Uncatchable.UNJUDGED
    missing = indicator(33, 85, how("accumulated"))
    assert needed(missing, "2023Q2", "2023Q2 5") is Uncatchable.UNJUDGED
    assert needed(I01, "2025Q4", "2025Q4 9") is Uncatchable.ENDED
    assert needed(I01, "2026Q1", "2025Q4 9") is Uncatchable.ENDED


def test_a_yearly_cap_missed_gets_next_years_share() -> None:
    """一年的上限超了：下一年从零起，第一季度不超过四分之一，向下取整。"""
    item = indicator(20, 10, how("year_to_date", decimals=0), falling=True)
    found = caught(item, "2023Q4", "2023Q4 18")
    # 2024 年的上限 20-10×16/20＝12，四分之一是 3
    assert (found.due, found.figure, found.at_most) == (12, 3, True)


def test_a_yearly_figure_without_a_demand_is_not_caught_up() -> None:
    """没有基期的本年累计指标：没有年度要求，期满以前判不了。"""
    item = indicator(None, 9, how("year_to_date"))
    assert needed(item, "2023Q4", "2023Q4 5") is Uncatchable.UNJUDGED


def test_every_item_of_a_plan() -> None:
    """全部事项：只列要报的和推算不出的。"""
    fine, late = indicator(0, 100, id="I02"), I01
    own = plan(late, fine, commitment(500))
    told_ = [
        assess(own, late, said("2023Q2 7"), q("2023Q2")),
        assess(own, fine, said("2023Q2 60"), q("2023Q2")),
        assess(own, own.commitments[0], (), q("2023Q2")),
    ]
    found = catch_ups(own, told_, q("2023Q2"))
    assert list(found) == ["I01", "M07-1"]
    assert found["M07-1"] is Uncatchable.NOT_REPORTED


@pytest.mark.parametrize("reason", list(Uncatchable))
def test_every_reason_has_words(reason: Uncatchable) -> None:
    assert reason.label


GOOD = (Status.ON_TRACK, Status.AHEAD, Status.ACHIEVED)


def _later(item: FigureItem, figures: tuple[Reported, ...], found: CatchUp) -> Status:
    """到 ``found.at`` 报了所要的数以后的状态。"""
    more = Reported(found.at, found.at, "figure", found.figure)
    own = plan(item)
    return assess(own, item, (*figures, more), found.at).status


@st.composite
def _behind(draw: st.DrawFn) -> tuple[Scene, Indicator]:
    """还在计划期内、一直没有怎么动的指标：多数滞后，不靠筛选得来。"""
    falling = draw(st.booleans())
    # 分年节点（20、60）要在基期和目标之间才成其为计划，所以只给上升的
    reporting = draw(HOWS.map(lambda how: replace(how, path="steps")) if falling else HOWS)
    low, high = draw(st.decimals(0, 20, places=2)), draw(st.decimals(60, 250, places=2))
    moves = draw(st.lists(st.decimals(-5, 5, places=2), min_size=1, max_size=6))
    start = high if falling else low
    adds = reporting.nature in ("accumulated", "year_to_date")
    values = [abs(move) if adds else start + move for move in moves]
    quarter = draw(st.integers(1, 19).map(lambda t: Quarter(2020, 4) + t))
    scene = Scene(start, low if falling else high, reporting, quarter, values, None)
    return scene, scene.item(falling=falling)


@given(_behind())
def test_reporting_it_in_the_fourth_quarter_is_on_schedule(behind: tuple[Scene, Indicator]) -> None:
    """第四季度报了所要的数，就不再滞后；在这以前，须报的数在现值和年底应达之间。"""
    scene, item = behind
    quarter = scene.quarter
    figures = told(scene.values, quarter)
    own = plan(item)
    found = catch_up(own, item, assess(own, item, figures, quarter), quarter)
    if not isinstance(found, CatchUp) or (item.how.nature == "accumulated" and found.figure < 0):
        return  # 不滞后的、判不了的，和逐期只加、却要往下走的
    if found.at.number == 4:
        if item.how.nature != "year_to_date" or found.at < Quarter(2025, 4):
            assert _later(item, figures, found) in GOOD
    else:
        start = Decimal(0)
        if item.how.nature != "year_to_date" or quarter.number < 4:
            start = assess(own, item, figures, quarter).value or start
        low, high = sorted((start, found.due))
        room = 1 if item.how.decimals == 0 else 0
        assert low - room <= found.value <= high + room


@settings(max_examples=50)
@given(st.data())
def test_what_hardly_moves_is_asked_for_more(data: st.DataObject) -> None:
    """上面的规则不是空的：按线性走、逐季报的，没有怎么动就要得出下季度须报的数。"""
    scene, _ = data.draw(_behind().filter(lambda drawn: drawn[0].quarter >= Quarter(2022, 1)))
    item = replace(scene.item(), how=how())
    values = [scene.baseline] * len(scene.values)
    if scene.target > scene.baseline:
        figures = told(values, scene.quarter)
        own = plan(item)
        found = catch_up(own, item, assess(own, item, figures, scene.quarter), scene.quarter)
        assert isinstance(found, CatchUp)


@given(YEARLY, st.integers(0, 3), st.integers(0, 60))
def test_commitments_too(item: Commitment, year: int, percent: int) -> None:
    """量化任务同样：第三季度落后的，第四季度报了所要的数，就不再滞后。"""
    quarter = Quarter(2021 + year, 3)
    figures = told([item.figures[0] * percent // 100], quarter)
    own = plan(item)
    found = catch_up(own, item, assess(own, item, figures, quarter), quarter)
    if isinstance(found, CatchUp):
        assert found.at == Quarter(2021 + year, 4)
        assert _later(item, figures, found) in GOOD


def test_by_a_twin_the_needed_figure_is_its_own() -> None:
    """同一个数、两个要求：各算各的。"""
    source = indicator("5.5", 8)
    twin = replace(commitment(9, cadence="by_end", same_as="I01", reporting=how()), measure="M07")
    one, two = (
        needed(item, "2023Q3", "2023Q3 6", beside=beside)
        for item, beside in ((source, ()), (twin, (source,)))
    )
    assert isinstance(one, CatchUp)
    assert isinstance(two, CatchUp)
    assert (one.due, two.due) == (7, d("7.6"))
