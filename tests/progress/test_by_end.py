"""到期末的事项：期末数、历年累计、年度数、工具累加的本年累计。"""

from dataclasses import replace

from ipmeasures.progress.assessment import Status
from ipmeasures.progress.outlook import Unforeseen
from ipmeasures.progress.rounding import half_up, percent
from tests.progress.plans import amended, commitment, d, how, indicator, judged, q

I01 = indicator("4.99", "10.02")
I03 = indicator(33, 85, how("accumulated", unit="亿元"), id="I03")
I04 = indicator(38, 50, how(release="batch", path="steps", decimals=0), id="I04")
I06 = indicator(120, 200, how("running_total", decimals=0), id="I06")
I09 = indicator("5.5", 8, how(unit="万件"), id="I09")
I10 = indicator(80, 85, how("annual", tolerance=d(1)), id="I10")


def test_worked_behind() -> None:
    """I01 2023Q2 为 7.20：p 43.94，s* 50，g −6.06，SPI 0.879，未达序时。"""
    found = judged(I01, "2023Q2", "2023Q2 7.20")
    assert found.status is Status.BEHIND
    assert found.rule == "behind"
    assert found.done_share is not None
    assert found.gap_points is not None
    assert found.schedule_index is not None
    assert percent(found.done_share) == d("43.94")
    assert found.planned_share == d("0.5")
    assert half_up(found.gap_points, 2) == d("-6.06")
    assert half_up(found.schedule_index, 3) == d("0.879")
    assert found.planned == d("7.505")
    assert found.pace_needed == d("0.282")
    assert found.target_rate == d("7.20") / d("10.02")
    assert (found.value, found.reported, found.goal) == (d("7.20"), d("7.20"), d("10.02"))


def test_worked_achieved() -> None:
    """I01 2024Q3 为 12.12：完成增量 141.75%，提前完成，不再需要增量。"""
    found = judged(I01, "2024Q3", "2024Q3 12.12")
    assert found.done_share is not None
    assert percent(found.done_share) == d("141.75")
    assert (found.status, found.status_text) == (Status.ACHIEVED, "提前完成")
    assert found.pace_needed is None


def test_worked_trademarks() -> None:
    """I09 为 8.21：108.4%。"""
    found = judged(I09, "2024Q4", "2024Q4 8.21")
    assert found.done_share == d("1.084")
    assert found.status is Status.ACHIEVED


def test_worked_pledge_financing() -> None:
    """质押融资 2023 年底完成一半增量：x/T 69%，SPI 0.83，未达序时。"""
    found = judged(I03, "2023Q4", "2021Q4 8", "2022Q4 9", "2023Q4 9")
    assert found.value == 59
    assert found.target_rate is not None
    assert found.schedule_index is not None
    assert percent(found.target_rate, 0) == 69
    assert half_up(found.schedule_index, 2) == d("0.83")
    assert found.done_share == d("0.5")
    assert found.status is Status.BEHIND


def test_target_rate_colours_nothing() -> None:
    """满意度一分没涨，目标完成率也有 94%：完成率从不定灯。"""
    found = judged(I10, "2024Q4", "2024Q4 80")
    assert found.target_rate is not None
    assert percent(found.target_rate, 0) == 94
    assert found.status is Status.FAR_BEHIND


def test_accumulated() -> None:
    """x=b+已结束各年+本年至今；报的原数另存，同比比原数。"""
    told = ("2021Q4 8", "2022Q2 4", "2022Q4 9", "2023Q2 6")
    found = judged(I03, "2023Q2", *told)
    assert (found.value, found.reported, found.year_ago) == (56, 6, 4)


def test_accumulated_with_a_missing_year() -> None:
    """已结束的年份没有数：推进中，点名，不当零；合计只是至少。"""
    found = judged(I03, "2023Q2", "2022Q4 9", "2023Q2 6")
    assert (found.status, found.missing_years) == (Status.IN_PROGRESS, (2021,))
    assert (found.value, found.done_share, found.gap_points) == (48, None, None)
    assert "缺2021年全年数" in found.note
    assert (found.rule, found.pace_needed) == ("missing_years", None)


def test_accumulated_with_half_a_year() -> None:
    """年中的数不能当全年数：只报到三季度的年份也算缺；第四季度的报表给了就不缺。"""
    found = judged(I03, "2022Q2", "2021Q3 6", "2022Q2 4")
    assert found.missing_years == (2021,)
    found = judged(I03, "2022Q2", "2021Q4 8 @2021Q3", "2022Q2 4")
    assert found.missing_years == ()


def test_accumulated_reached_in_spite_of_a_missing_year() -> None:
    """缺一年也已达到的，就是达到。"""
    found = judged(I03, "2023Q2", "2022Q4 40", "2023Q2 15")
    assert (found.status, found.missing_years) == (Status.ACHIEVED, (2021,))
    assert found.done_share is not None
    # 目标等于基期的，缺年也没有少下去：保持住了
    kept = judged(indicator(10, 10, how("accumulated")), "2023Q2", "2023Q2 5")
    assert (kept.status, kept.rule) == (Status.ON_TRACK, "kept")


def test_accumulated_silent_in_the_first_quarter() -> None:
    """年初没报：照上年年底的合计判，滞后一季。"""
    found = judged(I03, "2022Q1", "2021Q4 10.4")
    assert (found.value, found.stale_quarters, found.planned) == (d("43.4"), 1, d("43.4"))


def test_own_data_date() -> None:
    """照数自己的时点判，不照报送期：2023Q3 报 6 月底的数，比 6 月底的序时值。"""
    found = judged(I01, "2023Q3", "2023Q3 7.505 @2023Q2")
    assert (found.status, found.planned, found.data_at) == (
        Status.ON_TRACK,
        d("7.505"),
        q("2023Q2"),
    )
    assert (found.stale_quarters, found.note) == (1, "数据滞后1季")


def test_stale_up_to_two_quarters() -> None:
    """滞后两季以内照旧判，注明；三季起未报送，旧数仍列出。"""
    found = judged(I01, "2023Q4", "2023Q2 7.20")
    assert (found.status, found.stale_quarters) == (Status.BEHIND, 2)
    found = judged(I01, "2024Q1", "2023Q2 7.20")
    assert (found.status, found.stale_quarters, found.value) == (
        Status.NOT_REPORTED,
        3,
        d("7.20"),
    )
    assert (found.rule, found.note, found.done_share) == ("stale", "数据滞后3季", None)
    assert found.planned == judged(I01, "2024Q1").planned


def test_never_reported() -> None:
    """从没报过：按季的未报送，按批次、按年的数据未发布；未更新不是数。"""
    assert judged(I01, "2023Q2").status is Status.NOT_REPORTED
    assert judged(I04, "2023Q2", "2023Q2 未更新").status is Status.NOT_DUE
    assert judged(I10, "2022Q2").status is Status.NOT_DUE
    found = judged(I01, "2023Q2")
    assert (found.planned, found.goal, found.value) == (d("7.505"), d("10.02"), None)


def test_later_reports_are_not_seen() -> None:
    """只看本季及以前报的。"""
    assert judged(I01, "2023Q1", "2023Q2 7.20").status is Status.NOT_REPORTED


def test_batch_between_releases() -> None:
    """两批之间照上一批判，注明沿用哪年的数；未更新是正确的回答，不论隔多久。"""
    found = judged(I04, "2024Q2", "2022Q4 42", "2024Q2 未更新")
    assert (found.status, found.carried_year, found.stale_quarters) == (Status.ON_TRACK, 2022, 0)
    assert (found.planned, found.note) == (42, "沿用2022年数")


def test_batch_in_its_own_quarter() -> None:
    """本季的新数不注沿用；不到年底，应达停在上年年底。"""
    found = judged(I04, "2023Q3", "2023Q3 43")
    assert (found.carried_year, found.planned) == (None, 42)


def test_yearly_between_releases() -> None:
    """年度数照它自己那年年底判：2023 年中报 2022 年的数。"""
    found = judged(I10, "2023Q2", "2022Q2 80.9 @2021Q4", "2023Q2 82.1 @2022Q4")
    assert (found.status, found.carried_year, found.planned) == (Status.ON_TRACK, 2022, 82)
    assert found.year_ago == d("80.9")


def test_latest_by_data_date_not_by_report() -> None:
    """后补的旧数不顶掉新数：x 是时点最近的数。"""
    found = judged(I10, "2023Q3", "2023Q2 82 @2022Q4", "2023Q3 80 @2021Q4")
    assert found.value == 82


def test_tolerance() -> None:
    """容许误差以内算达序时：满意度 2022 年应达 82，81 可，80.9 不可。"""
    near = judged(I10, "2022Q4", "2022Q4 81")
    assert (near.status, near.rule) == (Status.ON_TRACK, "tolerance")
    assert judged(I10, "2022Q4", "2022Q4 80.9").status is Status.FAR_BEHIND


def test_running_total_that_falls() -> None:
    """历年累计比上次少，照最新的数判。"""
    found = judged(I06, "2023Q2", "2023Q1 170", "2023Q2 150")
    assert (found.value, found.status) == (150, Status.BEHIND)


def test_fallen_back() -> None:
    """达到过目标又不到的，回落；再达到就不是了。"""
    found = judged(I01, "2024Q4", "2024Q3 12.12", "2024Q4 10.01")
    assert (found.status, found.rule, found.note) == (Status.FALLEN_BACK, "had_reached", "")
    between = judged(I01, "2024Q4", "2024Q2 9", "2024Q3 10.5", "2024Q4 9.9")
    assert between.status is Status.FALLEN_BACK
    again = judged(I01, "2025Q1", "2024Q3 12.12", "2024Q4 10.01", "2025Q1 10.02")
    assert again.status is Status.ACHIEVED


def test_only_levels_and_running_totals_fall_back() -> None:
    """年度数一年高一年低，不叫回落。"""
    found = judged(I10, "2023Q4", "2022Q4 85", "2023Q4 83.5")
    assert found.status is Status.AHEAD


def test_a_corrected_figure_is_no_fall() -> None:
    """后一期报表更正同一时点的数：不算达到过。"""
    found = judged(I01, "2024Q3", "2024Q2 12.12", "2024Q3 9 @2024Q2")
    assert found.status is Status.AHEAD


def test_raised_target_is_no_fall() -> None:
    """目标调高后不到，是没走到，不是回落。"""
    item = indicator(0, 10, amendments=(amended("2024-01-01", 20),))
    assert judged(item, "2024Q1", "2023Q4 10", "2024Q1 11").status is not Status.FALLEN_BACK


def test_below_baseline() -> None:
    """比基期还差：低于基期。"""
    found = judged(I01, "2021Q1", "2021Q1 4.98")
    assert (found.status, found.rule) == (Status.REGRESSED, "below_baseline")


def test_zero_reported_is_a_figure() -> None:
    """报零是报了数，不是没报。"""
    assert judged(I01, "2021Q1", "2021Q1 0").status is Status.REGRESSED
    assert judged(indicator(0, 20), "2021Q1", "2021Q1 0").status is Status.BEHIND


def test_met_at_baseline() -> None:
    """第一季就还在基期值：尚差在界线以外的未达序时；整数项应达仍是基期值的达序时。"""
    assert judged(I01, "2021Q1", "2021Q1 4.99").status is Status.BEHIND
    i11 = indicator(10, 18, how(decimals=0), id="I11")
    found = judged(i11, "2021Q1", "2021Q1 10")
    assert (found.planned, found.status, found.rule) == (10, Status.ON_TRACK, "nothing_planned")
    assert found.schedule_index is None


def test_beyond_the_target() -> None:
    """超过目标，份额照实大于 1。"""
    found = judged(indicator(0, 10), "2022Q4", "2022Q4 25")
    assert (found.status, found.done_share, found.target_rate) == (
        Status.ACHIEVED,
        d("2.5"),
        d("2.5"),
    )


def test_baseline_zero() -> None:
    """基期为零照算。"""
    found = judged(indicator(0, 20), "2023Q2", "2023Q2 10")
    assert (found.done_share, found.status) == (d("0.5"), Status.ON_TRACK)


def test_strict_target() -> None:
    """突破 8：正好 8 不算，8.0001 才算；到期末正好 8 是未达到。"""
    m10 = commitment(8, cadence="by_end", rule="more_than", id="M10-1", same_as="I09")
    assert judged(m10, "2024Q4", "2024Q4 8", beside=(I09,)).status is Status.AHEAD
    assert judged(m10, "2024Q4", "2024Q4 8.0001", beside=(I09,)).status is Status.ACHIEVED
    found = judged(m10, "2025Q4", "2025Q4 8", beside=(I09,))
    assert (found.status, found.status_text) == (Status.BEHIND, "基本实现")
    assert judged(I09, "2024Q4", "2024Q4 8").status is Status.ACHIEVED


def test_no_baseline() -> None:
    """M10-2 没有基期：只有目标完成率和所需增量，达到以前推进中；到期末未达到就是未达到。"""
    m10 = commitment(170, cadence="by_end", reporting=how(release="batch"), id="M10-2")
    found = judged(m10, "2023Q4", "2023Q4 102")
    assert (found.status, found.rule) == (Status.IN_PROGRESS, "no_baseline")
    assert (found.target_rate, found.pace_needed, found.planned) == (d("0.6"), d("8.5"), None)
    assert (found.done_share, found.planned_share, found.gap_points) == (None, None, None)
    assert "无基期值" in found.note
    assert judged(m10, "2023Q4", "2023Q4 170").status is Status.ACHIEVED
    found = judged(m10, "2025Q4", "2025Q4 165")
    assert (found.status, found.status_text) == (Status.BEHIND, "基本实现")


def test_baseline_missing_in_an_indicator() -> None:
    """指标的基期缺失，与没有基期一样。"""
    assert judged(indicator(None, 10), "2023Q4", "2023Q4 9").status is Status.IN_PROGRESS
    summed = judged(indicator(None, 85, how("accumulated")), "2021Q4", "2021Q4 9")
    assert (summed.rule, summed.value) == ("no_baseline", 9)


def test_target_equals_baseline() -> None:
    """目标等于基期：不差就是达序时，期末才算完成；差了是未达序时；没有份额。"""
    item = indicator(80, 80)
    found = judged(item, "2023Q2", "2023Q2 80")
    assert (found.status, found.rule) == (Status.ON_TRACK, "kept")
    assert (found.done_share, found.planned_share, found.schedule_index) == (None, None, None)
    assert found.note == "目标未超出基期水平，保持即可"
    assert judged(item, "2023Q2", "2023Q2 95").status is Status.ON_TRACK
    assert judged(item, "2023Q2", "2023Q1 81", "2023Q2 79").status is Status.BEHIND
    assert judged(item, "2025Q4", "2025Q4 80").status_text == "已实现"
    assert judged(item, "2025Q4", "2025Q4 79").status is Status.BEHIND


def test_target_equals_baseline_with_tolerance() -> None:
    """保持的事项也有容许误差，期末没有。"""
    item = indicator(80, 80, how(tolerance=d(1)))
    assert judged(item, "2023Q2", "2023Q2 79").status is Status.ON_TRACK
    assert judged(item, "2025Q4", "2025Q4 79").status is Status.BEHIND


def test_target_lowered_below_the_baseline() -> None:
    """目标中途调到基期以下：要求的是不低于它，份额没有意义。"""
    item = indicator(80, 85, amendments=(amended("2023-01-01", 75),))
    found = judged(item, "2023Q2", "2023Q2 76")
    assert (found.status, found.done_share, found.goal) == (Status.ON_TRACK, None, 75)


def test_falling() -> None:
    """下降指标：同一公式，方向相反；x/T 取 T/x。"""
    item = indicator(100, 50, falling=True)
    found = judged(item, "2023Q2", "2023Q2 75")
    assert (found.status, found.done_share, found.pace_needed) == (
        Status.ON_TRACK,
        d("0.5"),
        d("-2.5"),
    )
    assert found.target_rate == d(50) / 75
    assert judged(item, "2023Q2", "2023Q2 101").status is Status.REGRESSED
    assert judged(item, "2023Q2", "2023Q2 50").status is Status.ACHIEVED


def test_falling_with_tolerance() -> None:
    """下降的也有容许误差：比序时值高出的在误差以内，算达序时。"""
    item = indicator(100, 90, how(tolerance=d(1)), falling=True)
    assert judged(item, "2023Q2", "2023Q2 96").rule == "tolerance"
    assert judged(item, "2023Q2", "2023Q2 96.1").status is Status.BEHIND


def test_falling_range() -> None:
    """下降的区间：低过另一端是说明，不是不好。"""
    beside = (indicator(9, 3, falling=True),)
    item = commitment(2, 3, rule="range", cadence="by_end", id="M16-2", same_as="I01")
    assert judged(item, "2023Q2", "2023Q2 2", beside=beside).note == ""
    assert judged(item, "2023Q2", "2023Q2 1", beside=beside).note == "超出计划区间"


def test_decreasing_to_zero() -> None:
    """降到零：份额照算，没有目标完成率；零才算达到；期末看完成份额是不是基本实现。"""
    item = indicator(40, 0, falling=True)
    found = judged(item, "2023Q2", "2023Q2 10")
    assert (found.done_share, found.target_rate, found.status) == (d("0.75"), None, Status.AHEAD)
    assert judged(item, "2023Q2", "2023Q2 0").status is Status.ACHIEVED
    assert judged(item, "2025Q4", "2025Q4 2").status_text == "基本实现"
    assert judged(item, "2025Q4", "2025Q4 3").status_text == "未达到预期"
    # 连基期也没有的，两样都算不出，就是没有达到
    bare = indicator(None, 0, falling=True)
    assert judged(bare, "2025Q4", "2025Q4 3").status_text == "未达到预期"


def test_end_of_the_plan() -> None:
    """到期末没有达到，再接近也不是达序时：已实现、基本实现（95% 以上）、未达到预期。"""
    item = indicator(0, 100)
    words = {"100": "已实现", "95": "基本实现", "94.96": "未达到预期", "30": "未达到预期"}
    for value, text in words.items():
        assert judged(item, "2025Q4", f"2025Q4 {value}").status_text == text
    found = judged(item, "2025Q4", "2025Q4 99.9")
    assert (found.status, found.rule, found.pace_needed) == (Status.BEHIND, "ended", None)
    assert found.note == ""
    assert judged(item, "2025Q4", "2025Q4 30").status is Status.FAR_BEHIND
    assert judged(item, "2025Q3", "2025Q3 90").pace_needed == 10


def test_after_the_end() -> None:
    """期末以后不再滞后，也不再变旧：照期末的数下结论。"""
    item = indicator(0, 100)
    found = judged(item, "2027Q1", "2025Q4 96")
    assert (found.status, found.status_text, found.stale_quarters) == (
        Status.BEHIND,
        "基本实现",
        0,
    )
    found = judged(item, "2026Q2", "2025Q4 90", "2026Q2 101")
    assert (found.status_text, found.note) == ("已实现", "期末以后达到")
    assert judged(item, "2026Q2", "2025Q4 100", "2026Q2 101").note == ""
    assert judged(item, "2026Q2", "2025Q4 90", "2026Q2 99").note == ""
    assert judged(item, "2026Q2", "2026Q2 101").status_text == "已实现"


def test_fallen_back_at_the_end() -> None:
    """期末回落的，结论照样下，原因随后说。"""
    found = judged(indicator(0, 100), "2025Q4", "2025Q3 100", "2025Q4 97")
    assert (found.status, found.status_text) == (Status.FALLEN_BACK, "基本实现")
    assert found.note == "回落至目标以下"


def test_last_figure_before_the_end() -> None:
    """期末的年度数次年才有：在那以前沿用上年的判断，不提前下结论。"""
    found = judged(I10, "2025Q4", "2025Q2 84 @2024Q4")
    assert (found.status, found.status_text, found.carried_year) == (
        Status.ON_TRACK,
        "达序时",
        2024,
    )
    found = judged(I10, "2026Q2", "2026Q2 84 @2025Q4")
    assert (found.status, found.status_text, found.carried_year) == (
        Status.BEHIND,
        "基本实现",
        None,
    )


def test_target_changed_mid_plan() -> None:
    """中途调整：此后照新目标判，以前的报告仍照旧目标。"""
    item = indicator(0, 20, amendments=(amended("2023-05-08", 30),))
    before = judged(item, "2023Q1", "2023Q1 9")
    after = judged(item, "2023Q3", "2023Q3 9")
    assert (before.goal, before.planned, before.status) == (20, 9, Status.ON_TRACK)
    assert (after.goal, after.planned, after.status) == (30, 12, Status.BEHIND)


def test_correction_of_the_first_quarter_after_the_third() -> None:
    """三季度以后更正一季度：三季度的数是单位报的累计，不重算；只影响一季度自己和同比。"""
    later = ("2023Q2 7.20", "2023Q3 7.60")
    before = judged(I01, "2023Q3", "2023Q1 7.00", *later)
    after = judged(I01, "2023Q3", "2023Q1 6.00", *later)
    assert before == after
    assert judged(I01, "2023Q1", "2023Q1 6.00", *later).value == 6
    assert judged(I01, "2024Q1", "2023Q1 6.00", "2024Q1 8").year_ago == 6


def test_not_applicable() -> None:
    """本季报了不适用：不涉及，灰灯；上季报的不管本季。"""
    found = judged(I01, "2023Q2", "2023Q1 7", "2023Q2 不适用")
    assert (found.status, found.value, found.planned, found.goal) == (
        Status.NOT_APPLICABLE,
        None,
        None,
        d("10.02"),
    )
    assert judged(I01, "2023Q2", "2023Q1 不适用").status is Status.NOT_REPORTED


def test_incomplete_sum_accuses_nobody() -> None:
    """有单位未报的合计判不出滞后：未报送，合计列作至少；已够的照常，也注明。"""
    item = indicator(0, 20)
    found = judged(item, "2023Q2", "2023Q2 4 partial")
    assert (found.status, found.rule, found.value) == (Status.NOT_REPORTED, "partial_sum", 4)
    assert "至少" in found.note
    found = judged(item, "2023Q2", "2023Q2 20 partial")
    assert (found.status, "合计不完整" in found.note) == (Status.ACHIEVED, True)
    ended = judged(item, "2025Q4", "2025Q4 4 partial")
    assert (ended.status_text, ended.conclusion) == ("未报送", None)
    down = indicator(20, 0, falling=True)
    found = judged(down, "2023Q2", "2023Q2 1 partial")
    assert (found.status, "至少" in found.note) == (Status.NOT_REPORTED, False)


def test_range_by_the_end() -> None:
    """到期末的区间：过上限是说明，不是不好。"""
    item = commitment(2, 3, cadence="by_end", rule="range", reporting=how(), id="M16-2")
    assert judged(item, "2023Q2", "2023Q2 3").note == ""
    found = judged(item, "2023Q2", "2023Q2 4")
    assert (found.status, found.note) == (Status.ACHIEVED, "超出计划区间")


def test_binding_indicator_has_no_margin() -> None:
    """约束性指标从严：差一点也是未达序时；预期性的有余量。"""
    told = "2023Q2 9.9"
    assert judged(indicator(0, 20), "2023Q2", told).status is Status.ON_TRACK
    strict = indicator(0, 20, attribute="约束性")
    assert judged(strict, "2023Q2", told).status is Status.BEHIND
    assert judged(strict, "2023Q2", "2023Q2 10").status is Status.ON_TRACK


def test_other_years() -> None:
    """其他基年和目标年：2022 到 2025，三年十二季。"""
    found = judged(indicator(0, 12), "2024Q2", "2024Q2 6", years="2022-2025")
    assert (found.planned_share, found.status) == (d("0.5"), Status.ON_TRACK)
    short = judged(indicator(0, 12), "2024Q4", "2024Q4 11", years="2022-2024")
    assert short.status_text == "未达到预期"


def test_missing_quarters() -> None:
    """中间缺几季，不影响照最新的数判。"""
    assert judged(I01, "2024Q2", "2022Q1 5", "2024Q2 8.6").status is Status.ON_TRACK


def test_without_a_target_it_is_only_watched() -> None:
    """公文没有写目标值：有数就是推进中，什么份额也没有；没有数、滞后、不适用照常说。"""
    for reporting in (how(), how("accumulated"), how("year_to_date"), how("annual")):
        item = replace(indicator(5, 9, reporting), target=None)
        found = judged(item, "2023Q4", "2021Q4 6", "2022Q4 7", "2023Q4 4")
        assert (found.status, found.rule) == (Status.IN_PROGRESS, "no_target")
        assert found.note == "没有目标值，只作监测"
        assert {
            found.goal, found.planned, found.done_share, found.target_rate, found.pace_needed,
            found.year_rate,
        } == {None}  # fmt: skip
        assert found.outlook is Unforeseen.NOTHING
    falling = replace(indicator(5, 9, falling=True), target=None)
    assert judged(falling, "2023Q4", "2023Q4 4").rule == "no_target"
    for nature in ("level", "year_to_date"):
        whole = replace(indicator(5, 9, how(nature, decimals=0)), target=None)
        assert judged(whole, "2023Q4", "2023Q4 4").planned is None
    bare = replace(indicator(None, 9), target=None)
    assert judged(bare, "2023Q2").status is Status.NOT_REPORTED
    assert judged(bare, "2023Q4", "2023Q1 3").rule == "stale"
    never = judged(bare, "2023Q2", "2023Q2 不适用")
    assert (never.status, never.goal) == (Status.NOT_APPLICABLE, None)


def test_a_strict_sign_has_to_be_passed() -> None:
    """目标前写 > 的须超过，写 ≥ 的等于就算；没有符号的同 ≥。"""
    for sign, status in ((">", Status.BEHIND), ("≥", Status.ACHIEVED), ("", Status.ACHIEVED)):
        item = replace(indicator(0, 10), sign=sign)
        assert judged(item, "2025Q4", "2025Q4 10").status is status
    below = replace(indicator(10, 4, falling=True), sign="<")
    assert judged(below, "2025Q4", "2025Q4 4").status is Status.BEHIND
    assert judged(below, "2025Q4", "2025Q4 3.99").status is Status.ACHIEVED
