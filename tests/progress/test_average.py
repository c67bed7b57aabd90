"""年均的量化任务：五年合计，一年低些不算未达到。"""

from ipmeasures.progress.assessment import Status
from tests.progress.plans import commitment, d, how, indicator, judged, q

M15_1 = commitment(80, cadence="average", id="M15-1")


def test_average() -> None:
    """p=Σy/(A·N)，s* 当年按季计；余下每年需要 (A·N−Σy)/剩余年数。"""
    found = judged(M15_1, "2023Q2", "2021Q4 80", "2022Q4 90", "2023Q2 30")
    assert (found.value, found.reported, found.goal) == (200, 30, 400)
    assert (found.done_share, found.planned_share, found.planned) == (d("0.5"), d("0.5"), 200)
    assert (found.target_rate, found.pace_needed) == (d("0.5"), 80)
    assert found.status is Status.ON_TRACK


def test_one_low_year_is_no_breach() -> None:
    """一年低于 80 不是未达到，看合计。"""
    found = judged(M15_1, "2022Q4", "2021Q4 120", "2022Q4 40")
    assert found.status is Status.ON_TRACK


def test_missing_year_is_named() -> None:
    """已结束的年份缺数：推进中，点名，不当零。"""
    found = judged(M15_1, "2023Q2", "2022Q4 90", "2023Q2 30")
    assert (found.status, found.missing_years, found.done_share) == (
        Status.IN_PROGRESS,
        (2021,),
        None,
    )
    assert "缺2021年" in found.note


def test_reached() -> None:
    """Σy 达到 A·N 即完成，缺年也不妨；到期末是已实现。"""
    found = judged(M15_1, "2024Q1", "2022Q4 300", "2024Q1 100")
    assert (found.status, found.status_text, found.pace_needed) == (
        Status.ACHIEVED,
        "提前完成",
        None,
    )
    assert (found.done_share, found.missing_years) == (1, (2021, 2023))
    assert judged(M15_1, "2022Q1", "2021Q4 300", "2022Q1 100").pace_needed is None
    told = ("2021Q4 80", "2022Q4 80", "2023Q4 80", "2024Q4 80")
    assert judged(M15_1, "2025Q4", *told, "2025Q4 80").status_text == "已实现"


def test_end() -> None:
    """到期末差一件也是未达到；没有剩余年数就没有需要量，剩一季的按年折算；期末以后照旧。"""
    told = ("2021Q4 80", "2022Q4 80", "2023Q4 80", "2024Q4 80", "2025Q4 79")
    # 还差 400-370＝30，剩一季，合一年 120
    assert judged(M15_1, "2025Q3", *told[:4], "2025Q3 50").pace_needed == 120
    for quarter in ("2025Q4", "2026Q3"):
        found = judged(M15_1, quarter, *told, "2026Q1 30")
        assert (found.status, found.status_text) == (Status.BEHIND, "基本实现")
        assert (found.value, found.pace_needed) == (399, None)


def test_nothing_this_quarter() -> None:
    """本季没报：未报送，已有的合计作为至少。"""
    found = judged(M15_1, "2022Q2", "2021Q4 80", "2022Q1 20")
    assert (found.status, found.value, "至少" in found.note) == (Status.NOT_REPORTED, 100, True)
    assert (found.reported, found.data_at) == (20, q("2022Q1"))
    assert judged(M15_1, "2022Q2", "2022Q1 20").missing_years == (2021,)
    never = judged(M15_1, "2022Q2")
    assert (never.value, never.missing_years) == (None, ())
    assert (never.rule, never.goal, found.carried_year) == ("no_figure", 400, None)
    assert judged(M15_1, "2022Q1", "2021Q4 80", "2022Q1 20").carried_year is None


def test_strict_and_range() -> None:
    """突破的须超过合计；区间的上限也按合计，超出只是说明。"""
    strict = commitment(10, cadence="average", rule="more_than")
    assert judged(strict, "2021Q4", "2021Q4 50").status is not Status.ACHIEVED
    wide = commitment(10, 12, cadence="average", rule="range")
    assert judged(wide, "2021Q4", "2021Q4 60").note == ""
    assert judged(wide, "2021Q4", "2021Q4 61").note == "超出计划区间"


def test_batch() -> None:
    """按批次的：两批之间沿用，只在年底计应达。"""
    reporting = how("year_to_date", path="steps", release="batch", decimals=0)
    item = commitment(10, cadence="average", reporting=reporting)
    found = judged(item, "2022Q3", "2021Q4 10", "2022Q3 未更新")
    assert (found.status, found.carried_year, found.planned) == (Status.ON_TRACK, 2021, 10)
    assert judged(item, "2021Q4", "2021Q4 10").carried_year is None
    assert judged(item, "2022Q3").status is Status.NOT_DUE
    assert judged(item, "2021Q2", "2020Q4 9").status is Status.NOT_DUE  # 基年的不算


def test_yearly_figures() -> None:
    """一年一个数的年均要求同样相加。"""
    item = commitment(10, cadence="average", reporting=how("annual"))
    found = judged(item, "2023Q2", "2022Q2 10 @2021Q4", "2023Q2 10 @2022Q4")
    assert (found.value, found.planned, found.carried_year) == (20, 20, 2022)


def test_cap() -> None:
    """下降的年均是上限，期满才能判。"""
    down = indicator(90, 50, how("year_to_date"), falling=True)
    item = commitment(80, cadence="average", id="M15-1", same_as="I01")
    found = judged(item, "2021Q4", "2021Q4 80", beside=(down,))
    assert (found.status, found.rule) == (Status.IN_PROGRESS, "cap")
    told = ("2021Q4 80", "2022Q4 80", "2023Q4 80", "2024Q4 80")
    assert judged(item, "2025Q4", *told, "2025Q4 81", beside=(down,)).status is Status.BEHIND
    assert judged(item, "2025Q4", *told, "2025Q4 80", beside=(down,)).status is Status.ACHIEVED


def test_incomplete_sum() -> None:
    """有一年的合计不完整：不判滞后。"""
    found = judged(M15_1, "2022Q4", "2021Q4 10 partial", "2022Q4 10")
    assert (found.status, "合计不完整" in found.note) == (Status.NOT_REPORTED, True)


def test_not_applicable_goal_is_the_whole() -> None:
    """不涉及时要达到的数仍是五年合计。"""
    assert judged(M15_1, "2023Q2", "2023Q2 不适用").goal == 400
