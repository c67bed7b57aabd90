"""按当年要求判的事项：每年的量化任务，和本年累计的指标 I08。"""

from ipmeasures.progress.assessment import Status
from tests.progress.plans import commitment, d, how, indicator, judged, q

M07_1 = commitment(500, id="M07-1")
M03_1 = commitment(1, reporting=how("year_to_date", decimals=0, path="year_end"), id="M03-1")
M05_1 = commitment(6, id="M05-1")
M16 = how("year_to_date", decimals=0, path="year_end", release="batch")
M16_1 = commitment(2, reporting=M16, id="M16-1")
M16_2 = commitment(2, 3, rule="range", reporting=M16, id="M16-2")
I08 = indicator("0.16", "0.24", how("year_to_date", decimals=4, unit="万件"), id="I08")


def test_yearly() -> None:
    """p=y/A，s*=q/4；剩余每季需要 (A−y)/剩余季度。"""
    found = judged(M07_1, "2023Q2", "2023Q2 200")
    assert (found.done_share, found.planned_share, found.planned) == (d("0.4"), d("0.5"), 250)
    assert (found.gap_points, found.schedule_index) == (-10, d("0.8"))
    assert (found.status, found.target_rate, found.goal) == (Status.BEHIND, d("0.4"), 500)
    assert (found.pace_needed, found.year_rate) == (150, d("0.4"))


def test_reached_early_and_at_the_year_end() -> None:
    """年内达到是提前完成，第四季度达到是已完成。"""
    early = judged(M07_1, "2024Q3", "2024Q3 1378")
    assert (early.status, early.status_text, early.pace_needed) == (
        Status.ACHIEVED,
        "提前完成",
        None,
    )
    assert judged(M07_1, "2024Q4", "2024Q4 500").status_text == "已完成"


def test_year_ended_just_short() -> None:
    """480 件不是 500 件：年度结束没有达到，再接近也不是达序时。"""
    found = judged(M07_1, "2023Q4", "2023Q4 480")
    assert (found.status, found.rule, found.status_text) == (
        Status.BEHIND,
        "ended",
        "未达序时",
    )
    assert (found.note, found.pace_needed) == ("本年要求未达到", None)
    assert judged(M07_1, "2023Q4", "2023Q4 250").status is Status.FAR_BEHIND


def test_no_carry_over() -> None:
    """上年超额不抵本年，上年不足也不欠到本年。"""
    found = judged(M07_1, "2024Q1", "2023Q4 1378", "2024Q1 0")
    assert (found.value, found.done_share) == (0, 0)
    assert found.status is Status.FAR_BEHIND


def test_nothing_this_quarter() -> None:
    """本季没报：未报送；本年此前的数作为至少列出，不判。"""
    found = judged(M07_1, "2023Q3", "2023Q1 130")
    assert (found.status, found.value, found.data_at) == (Status.NOT_REPORTED, 130, q("2023Q1"))
    assert (found.rule, found.done_share, found.planned) == ("nothing_this_quarter", None, 375)
    assert "至少" in found.note
    found = judged(M07_1, "2024Q1", "2023Q4 600")
    assert (found.value, found.note) == (None, "本季未报")
    assert judged(M07_1, "2023Q3").rule == "no_figure"


def test_last_years_figure_reported_this_year_is_not_this_years() -> None:
    """今年第一季度补来上年的数：是上年的，本年还没有。"""
    found = judged(M07_1, "2024Q1", "2024Q1 600 @2023Q4")
    assert (found.status, found.value) == (Status.NOT_REPORTED, None)


def test_judged_at_the_report_quarter() -> None:
    """本年累计照报送期判：第四季度报表里的数就是第四季度的，写 9 月的日期也不免期满。"""
    found = judged(M07_1, "2023Q4", "2023Q4 480 @2023Q3")
    assert (found.status, found.planned, found.data_at) == (Status.BEHIND, 500, q("2023Q3"))


def test_year_to_date_that_falls() -> None:
    """本年累计比上季少，照最新的判；不叫回落。"""
    found = judged(M07_1, "2023Q3", "2023Q2 500", "2023Q3 450")
    assert (found.value, found.status) == (450, Status.AHEAD)


def test_small_whole_demand() -> None:
    """一年 6 次，一季度应达 1 次：1 次即达序时，0 次未达。"""
    found = judged(M05_1, "2023Q1", "2023Q1 1")
    assert (found.planned, found.status) == (1, Status.ON_TRACK)
    assert judged(M05_1, "2023Q1", "2023Q1 0").status is Status.BEHIND


def test_zero_where_nothing_is_planned_yet() -> None:
    """尚无应达时报零，达序时。"""
    found = judged(commitment(3), "2023Q1", "2023Q1 0")
    assert (found.planned, found.status, found.rule) == (0, Status.ON_TRACK, "nothing_planned")
    assert found.schedule_index is None


def test_year_end_path() -> None:
    """年底前完成的：达到以前推进中，第四季度没有达到才是未达到。"""
    found = judged(M03_1, "2023Q2", "2023Q2 0")
    assert (found.status, found.rule, found.note) == (
        Status.IN_PROGRESS,
        "year_end",
        "年底前完成即可",
    )
    reached = judged(M03_1, "2023Q2", "2023Q2 1")
    assert (reached.status, reached.note) == (Status.ACHIEVED, "")
    assert judged(M03_1, "2023Q4", "2023Q4 0").status is Status.FAR_BEHIND


def test_batch_between_releases() -> None:
    """按批次的：本年有数就沿用本年的判断，本年还没有就是数据未发布。"""
    found = judged(M16_1, "2023Q3", "2023Q2 2", "2023Q3 未更新")
    assert (found.status, found.carried_year, found.note) == (
        Status.ACHIEVED,
        2023,
        "沿用2023年数",
    )
    assert judged(M16_1, "2024Q1", "2023Q4 7", "2024Q1 未更新").status is Status.NOT_DUE
    assert judged(M16_1, "2023Q1").status is Status.NOT_DUE
    found = judged(M16_1, "2023Q4", "2023Q2 1", "2023Q4 未更新")
    assert (found.status, found.carried_year) == (Status.IN_PROGRESS, 2023)


def test_range() -> None:
    """2–3 个：2 个达到，3 个不多，4 个超出区间只是说明。"""
    notes = {"1": "本年要求未达到", "2": "", "3": "", "4": "超出计划区间"}
    for value, note in notes.items():
        found = judged(M16_2, "2023Q4", f"2023Q4 {value}")
        assert found.note == note
        assert (found.status is Status.ACHIEVED) == (value != "1")


def test_yearly_after_the_end() -> None:
    """期末以后照最后一年判，用结论的话；那一年没有数就是没有。"""
    found = judged(M07_1, "2026Q2", "2025Q4 480", "2026Q1 100")
    assert (found.status, found.status_text, found.value) == (Status.BEHIND, "基本实现", 480)
    assert judged(M07_1, "2025Q4", "2025Q4 500").status_text == "已完成"
    assert judged(M07_1, "2026Q1", "2026Q1 500 @2025Q4").status_text == "已实现"
    assert judged(M07_1, "2026Q1", "2025Q3 400").status is Status.NOT_REPORTED


def test_yearly_figure_published_the_year_after() -> None:
    """一年一个数、次年才有的每年要求：沿用已有的最近一年，注明年份。"""
    item = commitment(10, reporting=how("annual", decimals=0))
    found = judged(item, "2023Q2", "2023Q2 9 @2022Q4")
    assert (found.status, found.carried_year, found.planned) == (Status.BEHIND, 2022, 10)
    assert judged(item, "2023Q2").status is Status.NOT_DUE
    after = judged(item, "2027Q2", "2026Q2 9 @2025Q4", "2027Q2 12 @2026Q4")
    assert (after.value, after.status_text) == (9, "未达到预期")  # 期末以后那一年的不算


def test_yearly_demand_of_zero() -> None:
    """要求为零：达到就是达到，没有份额，不出错。"""
    found = judged(commitment(0), "2023Q1", "2023Q1 0")
    assert (found.status, found.done_share, found.target_rate) == (Status.ACHIEVED, None, None)


def test_i08() -> None:
    """I08：A 是本年年底的序时值，y/A 是年度完成率；达到目标值才算完成。"""
    found = judged(I08, "2023Q2", "2022Q2 0.09", "2023Q2 0.104")
    assert (found.planned, found.planned_share, found.done_share) == (
        d("0.104"),
        d("0.5"),
        d("0.5"),
    )
    assert (found.year_rate, found.goal, found.year_ago) == (d("0.5"), d("0.24"), d("0.09"))
    assert (found.status, found.pace_needed) == (Status.ON_TRACK, d("0.052"))
    assert found.target_rate == d("0.104") / d("0.24")
    behind = judged(I08, "2023Q2", "2023Q2 0.05")
    assert (behind.status_text, behind.conclusion) == ("未达序时（差距较大）", None)


def test_a_tolerance_within_the_year() -> None:
    """本年累计也有容许误差：2023 年的要求 60，半年应达 30，差 3 以内是达序时。"""
    item = indicator(0, 100, how("year_to_date", tolerance=d(3)))
    assert judged(item, "2023Q2", "2023Q2 27").rule == "tolerance"
    assert judged(item, "2023Q2", "2023Q2 26.9").status is Status.BEHIND


def test_a_demand_below_zero_has_no_share() -> None:
    """当年的要求小于零：达到了就是达到，没有份额可言。"""
    item = indicator(-20, 20, how("year_to_date"))
    # 2021 年的要求 -12
    found = judged(item, "2021Q2", "2021Q2 -3")
    assert (found.status, found.rule, found.done_share) == (Status.AHEAD, "year_met", None)
    assert judged(item, "2021Q2", "2021Q2 -13").status is Status.BEHIND


def test_i08_year_met() -> None:
    """本年数 y 达到 A 就是超序时，不到 T 不算完成。"""
    found = judged(I08, "2023Q4", "2023Q4 0.208")
    assert (found.status, found.rule, found.pace_needed) == (Status.AHEAD, "year_met", None)
    assert judged(I08, "2023Q3", "2023Q3 0.24").status is Status.ACHIEVED


def test_i08_year_just_short() -> None:
    """I08 的期限是 2025 年底：2023 年底略低于年度值仍是达序时；2025 年底则是未达到。"""
    assert judged(I08, "2023Q4", "2023Q4 0.205").status is Status.ON_TRACK
    found = judged(I08, "2025Q4", "2025Q4 0.239")
    assert (found.status, found.status_text) == (Status.BEHIND, "基本实现")
    assert judged(I08, "2026Q1", "2025Q4 0.25").status_text == "已实现"


def test_i08_without_a_figure_this_quarter() -> None:
    """I08 也是本年累计：本季没报就是未报送。"""
    assert judged(I08, "2023Q2", "2023Q1 0.05").status is Status.NOT_REPORTED


def test_year_to_date_without_a_baseline() -> None:
    """没有基期的本年累计指标：达到以前推进中，到期末未达到就是未达到。"""
    item = indicator(None, 10, how("year_to_date"), id="I08")
    found = judged(item, "2023Q4", "2023Q4 9")
    assert (found.status, found.planned, found.year_rate) == (Status.IN_PROGRESS, None, None)
    assert judged(item, "2023Q2", "2023Q2 10").status is Status.ACHIEVED
    assert judged(item, "2025Q4", "2025Q4 9").status is Status.BEHIND


def test_year_to_date_without_regress() -> None:
    """本年累计从零起，不谈低于基期。"""
    assert judged(I08, "2023Q1", "2023Q1 0").status is Status.FAR_BEHIND


def test_falling_year_to_date() -> None:
    """下降的本年累计是年度上限：年底才能判，年初数小不是达到。"""
    item = indicator(100, 50, how("year_to_date"), id="I08", falling=True)
    found = judged(item, "2023Q1", "2023Q1 20")
    assert (found.status, found.rule) == (Status.IN_PROGRESS, "cap")
    assert found.pace_needed == d(50) / 3  # 2023 年的上限 70
    assert found.target_rate is None  # 一季度用了 20，不是完成了 250%
    assert judged(item, "2023Q4", "2023Q4 40").target_rate == d("1.25")
    assert judged(item, "2023Q4", "2023Q4 70").status is Status.AHEAD
    assert judged(item, "2023Q4", "2023Q4 71").status is Status.BEHIND
    assert judged(item, "2023Q4", "2023Q4 50").status is Status.ACHIEVED
    assert judged(item, "2025Q4", "2025Q4 51").status_text == "基本实现"


def test_incomplete_sum() -> None:
    """两家只来了一家：够了照常，不够不判滞后。"""
    assert judged(M05_1, "2023Q2", "2023Q2 3 partial").status is Status.ON_TRACK
    found = judged(M05_1, "2023Q2", "2023Q2 2 partial")
    assert (found.status, found.value) == (Status.NOT_REPORTED, 2)


def test_not_applicable() -> None:
    """本季说明不适用。"""
    assert judged(M05_1, "2023Q2", "2023Q2 不适用").status is Status.NOT_APPLICABLE
