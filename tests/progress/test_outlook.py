"""预测：照已有的速度推到期末；数都是手算的。"""

from dataclasses import replace
from decimal import Decimal

import pytest

from ipmeasures.plan.model import FigureItem
from ipmeasures.progress.assessment import Status
from ipmeasures.progress.outlook import Outlook, Unforeseen
from tests.progress.plans import (
    amended,
    commitment,
    d,
    how,
    indicator,
    judged,
    q,
)

I01 = indicator("4.99", "10.02")
I08 = indicator("0.16", "0.24", how("year_to_date", decimals=4, unit="万件"), id="I08")
I10 = indicator(80, 85, how("annual", tolerance=Decimal(1), maximum=Decimal(100)), id="I10")
M07_1 = commitment(500)
M15_1 = commitment(80, cadence="average", id="M15-1")


def foreseen(item: FigureItem, at: str, *told: str) -> Outlook:
    found = judged(item, at, *told).outlook
    assert isinstance(found, Outlook), found
    return found


def unforeseen(item: FigureItem, at: str, *told: str) -> Unforeseen:
    found = judged(item, at, *told).outlook
    assert isinstance(found, Unforeseen), found
    return found


def test_a_level_at_both_paces() -> None:
    """基期以来每季 2.21/10，近四季每季 0.80/4；还差 2.82，剩 10 季：每季 0.282，是近四季的 1.41 倍。"""
    found = foreseen(I01, "2023Q2", "2022Q2 6.40", "2022Q4 6.60", "2023Q1 6.9", "2023Q2 7.20")
    assert (found.at, found.value, found.ends, found.points) == (
        q("2023Q2"), d("7.20"), q("2025Q4"), 4,
    )  # fmt: skip
    assert found.overall is not None
    assert found.recent is not None
    assert (found.overall.since, found.overall.quarters) == (q("2020Q4"), 10)
    assert (found.overall.per_quarter, found.overall.at_end) == (d("0.221"), d("9.41"))
    # 2.82/0.221＝12.8，第 13 季
    assert found.overall.reached_in == q("2026Q3")
    assert (found.recent.since, found.recent.start) == (q("2022Q2"), d("6.40"))
    assert (found.recent.per_quarter, found.recent.at_end) == (d("0.2"), d("9.2"))
    # 2.82/0.2＝14.1，第 15 季
    assert found.recent.reached_in == q("2027Q1")
    assert (found.needed, found.speed_up) == (d("0.282"), d("1.41"))
    assert not found.disagrees
    assert found.reached_since is None
    assert not found.rolling
    # 基年的数不作依据，基期值是计划给的
    early = foreseen(I01, "2021Q3", "2020Q4 4.99", "2021Q1 5.2", "2021Q2 5.4", "2021Q3 5.6")
    assert early.points == 3


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_points_are_not_enough(count: int) -> None:
    """少于三个报来的数：数据不足；基期值是计划给的，不算一个。"""
    told = ["2023Q1 6.9", "2023Q2 7.20"][:count]
    at = "2023Q1" if count == 1 else "2023Q2"
    reason = unforeseen(I01, at, *told)
    assert reason is (Unforeseen.TOO_FEW if count else Unforeseen.NOTHING)
    if count:
        assert reason.label == "数据不足"


def test_three_points_are_enough() -> None:
    """三个就够；四个季度以前还没有数的，近四季的速度没有，不拿别的顶。"""
    found = foreseen(I01, "2023Q2", "2022Q4 6.60", "2023Q1 6.9", "2023Q2 7.20")
    assert found.points == 3
    assert found.recent is None
    assert found.speed_up is None
    assert found.overall is not None


def test_the_baseline_is_four_quarters_ago_in_the_first_year() -> None:
    """头一年年底，近四季就是基期以来。"""
    found = foreseen(I01, "2021Q4", "2021Q2 5.2", "2021Q3 5.3", "2021Q4 5.39")
    assert found.recent == found.overall
    assert found.recent is not None
    assert found.recent.per_quarter == d("0.1")


def test_a_missing_quarter_is_bridged_by_an_older_figure() -> None:
    """四个季度以前那一季没报：用再前面的数，按实际隔的季度数除；隔了八季的不算近。"""
    older = foreseen(I01, "2023Q2", "2021Q4 5.40", "2022Q1 6.20", "2022Q3 6.5", "2023Q2 7.20")
    assert older.recent is not None
    assert (older.recent.since, older.recent.quarters) == (q("2022Q1"), 5)
    assert older.recent.per_quarter == d("0.2")
    seven = foreseen(I01, "2023Q2", "2021Q3 5.80", "2022Q3 6.5", "2023Q2 7.20")
    assert seven.recent is not None
    assert (seven.recent.quarters, seven.recent.per_quarter) == (7, d("0.2"))
    eight = foreseen(I01, "2023Q2", "2021Q2 5.60", "2022Q3 6.5", "2023Q2 7.20")
    assert eight.recent is None


def test_accumulated_counts_the_years_together() -> None:
    """工具累加：基期 33，各年 9.8、11.6、今年上半年 5.4；一年前的累计是 33+9.8+4.7。"""
    found = foreseen(
        indicator(33, 85, how("accumulated")), "2023Q2",
        "2021Q4 9.8", "2022Q2 4.7", "2022Q4 11.6", "2023Q2 5.4",
    )  # fmt: skip
    assert (found.value, found.points) == (d("59.8"), 4)
    assert found.overall is not None
    assert found.recent is not None
    assert (found.overall.per_quarter, found.overall.at_end) == (d("2.68"), d("86.6"))
    assert (found.recent.start, found.recent.per_quarter) == (d("47.5"), d("3.075"))
    assert found.recent.at_end == d("90.55")
    assert found.needed == d("2.52")


def test_accumulated_with_a_missing_year_has_no_outlook() -> None:
    """缺一年的全年数：累计只是“至少”，不推算；当时还缺、后来补齐的，那一季的累计照补齐的算。"""
    item = indicator(33, 85, how("accumulated"))
    assert unforeseen(item, "2023Q2", "2021Q4 9.8", "2023Q1 2", "2023Q2 5") is (
        Unforeseen.MISSING_YEARS
    )
    late = foreseen(item, "2023Q2", "2022Q2 4.7", "2023Q1 9.8 @2021Q4", "2023Q2 11.6 @2022Q4",
                    "2023Q2 5.4")  # fmt: skip
    assert late.recent is not None
    assert late.recent.start == d("47.5")
    # 没有基期的，从零加起，没有“基期以来”
    bare = foreseen(
        indicator(None, 85, how("accumulated")), "2022Q2", "2021Q2 5", "2021Q4 10", "2022Q2 6"
    )
    assert (bare.value, bare.overall) == (16, None)
    assert bare.recent is not None
    assert bare.recent.per_quarter == d("2.75")


def test_average_over_the_years() -> None:
    """年均：76+88+41＝205，目标 400；近四季 205-(76+40)＝89，每季 22.25。"""
    found = foreseen(M15_1, "2023Q2", "2021Q4 76", "2022Q2 40", "2022Q4 88", "2023Q2 41")
    assert (found.value, found.goal, found.ends) == (205, 400, q("2025Q4"))
    assert found.recent is not None
    assert found.overall is not None
    assert (found.recent.per_quarter, found.recent.at_end) == (d("22.25"), d("427.5"))
    assert (found.overall.per_quarter, found.overall.at_end) == (d("20.5"), 410)
    # 还差 195：195/22.25＝8.8，第 9 季
    assert found.recent.reached_in == q("2025Q3")
    assert found.needed == d("19.5")


def test_yearly_looks_to_the_years_end() -> None:
    """每年的任务看年底：年初以来 200/2 季，到年底 400；近四季 200+(480-300)＝380，每季 95。"""
    found = foreseen(M07_1, "2023Q2", "2022Q2 300", "2022Q4 480", "2023Q1 90", "2023Q2 200")
    assert (found.ends, found.goal, found.points) == (q("2023Q4"), 500, 4)
    assert found.overall is not None
    assert found.recent is not None
    assert (found.overall.since, found.overall.start) == (q("2022Q4"), 0)
    assert (found.overall.per_quarter, found.overall.at_end) == (100, 400)
    assert (found.recent.since, found.recent.per_quarter) == (q("2022Q2"), 95)
    assert found.recent.at_end == 390
    # 不结转：本年达不到，就没有达到的季度
    assert found.recent.reached_in is None
    assert (found.needed, found.speed_up) == (150, d(150) / d(95))


def test_yearly_may_be_reached_within_the_year() -> None:
    """年内达到的，是哪一季。"""
    found = foreseen(M07_1, "2023Q2", "2022Q2 300", "2022Q4 700", "2023Q1 150", "2023Q2 320")
    assert found.overall is not None
    assert found.recent is not None
    # 每季 160：第三季度 480，第四季度 640
    assert found.overall.reached_in == q("2023Q4")
    # 近四季 320+400＝720，每季 180：第三季度恰好 500
    assert found.recent.reached_in == q("2023Q3")


def test_yearly_in_the_first_year_and_at_its_end() -> None:
    """没有上年的数，三个季度后才有年初以来的；年度结束，没有可推算的。"""
    assert unforeseen(M07_1, "2022Q2", "2022Q1 90", "2022Q2 200") is Unforeseen.TOO_FEW
    third = foreseen(M07_1, "2022Q3", "2022Q1 90", "2022Q2 200", "2022Q3 330")
    assert third.recent is None
    assert third.overall is not None
    assert third.overall.at_end == 440
    ended = unforeseen(M07_1, "2022Q4", "2022Q1 90", "2022Q2 200", "2022Q3 330", "2022Q4 480")
    assert ended is Unforeseen.ENDED


def test_last_year_without_its_whole_is_not_joined() -> None:
    """上年没有全年数，就接不上：只看本年。"""
    found = foreseen(M07_1, "2023Q3", "2022Q3 300", "2023Q1 90", "2023Q2 200", "2023Q3 330")
    assert (found.points, found.recent) == (3, None)


def test_what_is_done_at_once_is_not_foreseen() -> None:
    """年底前完成即可的（培训、名单），一季一季推没有意义。"""
    late = commitment(2, reporting=how("year_to_date", path="year_end", decimals=0))
    told = ("2023Q1 0", "2023Q2 0", "2023Q3 1")
    assert unforeseen(late, "2023Q3", *told) is Unforeseen.AT_ONCE
    # 年均的几年合计，照样推算：75 到 2021 年底，每季 18.75
    average = commitment(80, cadence="average", reporting=how("year_to_date", path="year_end"))
    found = foreseen(average, "2021Q4", "2021Q2 20", "2021Q3 50", "2021Q4 75")
    assert found.recent is not None
    assert found.recent.at_end == 375


def test_a_yearly_level_has_no_start_of_the_year() -> None:
    """每年要保持的期末数：没有“年初的零”，只看近四季。"""
    kept = commitment(90, reporting=how("level"))
    found = foreseen(kept, "2023Q2", "2022Q2 80", "2022Q4 82", "2023Q2 84")
    assert found.overall is None
    assert found.recent is not None
    assert (found.recent.per_quarter, found.recent.at_end, found.ends) == (1, 86, q("2023Q4"))


def test_year_to_date_indicator_rolls_over_four_quarters() -> None:
    """I08：连着四个季度的合计 0.1010+0.1910-0.0900＝0.2020，与年度目标可比；达到只能落在年底。"""
    told = (
        "2021Q2 0.0800", "2021Q4 0.1702", "2022Q2 0.0900", "2022Q4 0.1910", "2023Q2 0.1010",
    )  # fmt: skip
    found = foreseen(I08, "2023Q2", *told)
    assert found.rolling
    # 滚动：2021Q4 0.1702，2022Q2 0.09+0.1702-0.08＝0.1802，2022Q4 0.1910，2023Q2 0.2020
    assert (found.value, found.points, found.ends) == (d("0.2020"), 4, q("2025Q4"))
    assert found.overall is not None
    assert found.recent is not None
    assert (found.overall.per_quarter, found.overall.at_end) == (d("0.0042"), d("0.2440"))
    assert (found.recent.start, found.recent.per_quarter) == (d("0.1802"), d("0.00545"))
    # 0.038/0.0042＝9.05，第 10 季就是 2025Q4；0.038/0.00545＝6.97，第 7 季是 2025Q1，落到年底
    assert found.overall.reached_in == q("2025Q4")
    assert found.recent.reached_in == q("2025Q4")


def test_rolling_needs_last_years_same_quarter() -> None:
    """没有上年同期的，合不成四个季度：数据不足；基年的全年数就是基期值。"""
    told = ("2021Q4 0.1702", "2022Q4 0.1910", "2023Q1 0.04", "2023Q2 0.1010")
    assert unforeseen(I08, "2023Q2", *told) is Unforeseen.TOO_FEW
    first = foreseen(I08, "2021Q3", "2020Q1 0.03", "2020Q2 0.07", "2020Q3 0.12",
                     "2021Q1 0.034", "2021Q2 0.08", "2021Q3 0.126")  # fmt: skip
    assert (first.value, first.points) == (d("0.166"), 3)
    # 基年第四季度报的不另算一个
    again = foreseen(I08, "2021Q3", "2020Q1 0.03", "2020Q2 0.07", "2020Q3 0.12", "2020Q4 0.16",
                     "2021Q1 0.034", "2021Q2 0.08", "2021Q3 0.126")  # fmt: skip
    assert (again.value, again.points) == (d("0.166"), 3)
    # 上年没有全年数的也合不成，不拿基期值顶
    half = ("2021Q2 0.08", "2021Q4 0.1702", "2022Q2 0.09", "2022Q3 0.14", "2023Q2 0.1010")
    assert unforeseen(I08, "2023Q2", *half) is Unforeseen.TOO_FEW
    bare = indicator(None, "0.24", how("year_to_date", decimals=4))
    years = ("2020Q2 0.07", "2021Q2 0.08", "2021Q4 0.1702", "2022Q4 0.191")
    assert unforeseen(bare, "2022Q4", *years) is Unforeseen.TOO_FEW
    # 从前的合得成、最新的合不成，也推不出
    last = ("2021Q4 0.1702", "2022Q4 0.1910", "2023Q4 0.2", "2024Q1 0.05")
    assert unforeseen(I08, "2024Q1", *last) is Unforeseen.TOO_FEW


def test_annual_is_reached_at_a_years_end() -> None:
    """年度数：80、81、82、83 每年 1 分，推到 2025 年底恰好 85；从 2023 年底起每季 0.25，不用提速。"""
    told = ("2022Q1 81 @2021Q4", "2023Q1 82 @2022Q4", "2024Q1 83 @2023Q4")
    found = foreseen(I10, "2024Q3", *told)
    assert (found.at, found.points) == (q("2023Q4"), 3)
    assert found.recent is not None
    assert (found.recent.at_end, found.recent.reached_in) == (85, q("2025Q4"))
    assert (found.needed, found.speed_up) == (d("0.25"), 1)
    faster = foreseen(I10, "2024Q3", *told[:2], "2024Q1 84 @2023Q4")
    assert faster.recent is not None
    assert not found.rolling
    # 每季 0.5，两季就到 85，但全年数落在 2024 年底
    assert faster.recent.reached_in == q("2024Q4")


def test_the_forecast_stays_within_what_is_possible() -> None:
    """满意度不会超过 100，件数不会小于零。"""
    told = ("2021Q4 80", "2022Q4 86", "2023Q4 94")
    steep = indicator(80, 99, how("annual", maximum=Decimal(100)))
    up = foreseen(steep, "2024Q1", *told)
    assert up.recent is not None
    assert (up.recent.at_end, up.recent.capped) == (100, True)
    down = foreseen(I01, "2023Q4", "2022Q4 9", "2023Q1 8", "2023Q4 3")
    assert down.recent is not None
    assert (down.recent.at_end, down.recent.capped) == (0, True)
    assert down.overall is not None
    assert not down.overall.capped
    # 已经是 100 的不再往上，已经是零的不再往下；推到 0.5 的还是 0.5
    full = foreseen(steep, "2024Q1", *told[:2], "2023Q4 100")
    assert full.recent is not None
    assert (full.recent.at_end, full.recent.capped) == (100, True)
    past = foreseen(steep, "2024Q1", *told[:2], "2023Q4 102")  # 本来就在外面的，不管
    assert past.recent is not None
    assert (past.recent.at_end, past.recent.capped) == (134, False)
    zero = foreseen(I01, "2023Q4", "2022Q4 4", "2023Q2 2", "2023Q4 0")
    assert zero.recent is not None
    assert (zero.recent.at_end, zero.recent.capped) == (0, True)
    near = foreseen(I01, "2023Q4", "2022Q4 2", "2023Q2 1.75", "2023Q4 1.5")
    assert near.recent is not None
    assert (near.recent.at_end, near.recent.capped) == (d("0.5"), False)


def test_without_a_baseline_only_the_last_four_quarters() -> None:
    """没有基期：只有近四季的速度。"""
    item = commitment(170, cadence="by_end", reporting=how(release="batch", decimals=0))
    found = foreseen(item, "2023Q4", "2021Q4 118", "2022Q4 135", "2023Q4 145")
    assert found.overall is None
    assert found.recent is not None
    assert (found.recent.per_quarter, found.recent.at_end) == (d("2.5"), 165)
    assert (found.needed, found.speed_up) == (d("3.125"), d("1.25"))


def test_decreasing_mirrors_increasing() -> None:
    """越少越好：每季 -0.5，还差 -2，剩 8 季每季 -0.25，用不着提速。"""
    item = indicator(14, 8, falling=True)
    found = foreseen(item, "2023Q4", "2022Q4 12", "2023Q2 11", "2023Q4 10")
    assert found.recent is not None
    assert (found.recent.per_quarter, found.recent.reached_in) == (d("-0.5"), q("2024Q4"))
    assert (found.needed, found.speed_up) == (d("-0.25"), d("0.5"))
    assert found.recent.at_end == 6


def test_the_wrong_way_has_no_speed_up() -> None:
    """近四季没有动、往回走的：达不到目标，也谈不上快几倍。"""
    for last in ("6.6", "6.2"):
        found = foreseen(I01, "2023Q4", "2022Q4 6.6", "2023Q2 6.6", f"2023Q4 {last}")
        assert found.recent is not None
        assert found.recent.reached_in is None
        assert found.speed_up is None
        assert found.needed is not None


def test_beyond_ten_years_is_never() -> None:
    """期末以后四十季还达不到的，不再往后推；恰好第四十季的还说。"""
    item = indicator(0, 100, how())
    # 2023Q4：12 季走 12，近四季走 1.8：还差 88，88/0.45＝195 季
    slow = foreseen(item, "2023Q4", "2022Q4 10.2", "2023Q2 11", "2023Q4 12")
    assert slow.recent is not None
    assert slow.recent.reached_in is None
    assert slow.overall is not None
    assert slow.overall.reached_in is None
    # 每季 2，期末 8 季以后 28，再 36 季是第 48 季
    edge = foreseen(indicator(0, 108), "2023Q4", "2022Q4 4", "2023Q2 8", "2023Q4 12")
    assert edge.recent is not None
    assert edge.recent.reached_in == q("2023Q4") + 48
    over = foreseen(indicator(0, 109), "2023Q4", "2022Q4 4", "2023Q2 8", "2023Q4 12")
    assert over.recent is not None
    assert over.recent.reached_in is None


def test_already_achieved() -> None:
    """已达到的：从哪一季起达到；不再说需要多快。"""
    told = ("2022Q4 9", "2023Q1 10.1", "2023Q2 9.9", "2023Q3 10.02", "2023Q4 10.5")
    found = foreseen(I01, "2023Q4", *told)
    assert found.reached_since == q("2023Q3")
    assert (found.needed, found.speed_up) == (None, None)
    assert found.recent is not None
    assert found.recent.reached_in is None
    assert found.recent.at_end == d("13.5")
    # 本年的数够了，连着四季的合计（0.25+0.15-0.2）还不到：从本季算起
    flow = foreseen(I08, "2023Q2", "2021Q4 0.17", "2022Q2 0.2", "2022Q4 0.15", "2023Q2 0.25",
                    "2021Q2 0.08")  # fmt: skip
    assert (flow.value, flow.reached_since) == (d("0.20"), q("2023Q2"))


def test_more_than_is_not_reached_by_equal() -> None:
    """突破：推到恰好等于的那一季还不算。"""
    strict = commitment(12, cadence="by_end", rule="more_than", reporting=how())
    plain = commitment(12, cadence="by_end", reporting=how())
    told = ("2022Q4 6", "2023Q2 7", "2023Q4 8")
    for item, quarter in ((strict, "2026Q1"), (plain, "2025Q4")):
        found = foreseen(item, "2023Q4", *told)
        assert found.recent is not None
        assert found.recent.reached_in == q(quarter)
    assert foreseen(plain, "2023Q4", *told).disagrees is False


def test_the_target_of_the_day() -> None:
    """中途调整了目标的，照当时的目标推算。"""
    item = replace(I01, amendments=(amended("2023-01-01", 9),))
    told = ("2022Q1 6", "2022Q2 6.40", "2022Q4 6.60")
    before = foreseen(item, "2022Q4", *told)
    after = foreseen(item, "2023Q1", *told, "2023Q1 6.9")
    assert (before.goal, after.goal) == (d("10.02"), 9)


def test_equal_to_the_baseline() -> None:
    """目标等于基期：保持即可；近四季在降，与“达序时”相反，说出来。"""
    item = indicator(100, 100, how(tolerance=Decimal(5)))
    found = foreseen(item, "2023Q4", "2022Q4 104", "2023Q2 101", "2023Q4 96")
    assert judged(item, "2023Q4", "2023Q4 96").status is Status.ON_TRACK
    assert found.recent is not None
    # 每季 -2，到期末 80，差 20
    assert (found.recent.at_end, found.disagrees) == (80, True)


def test_on_schedule_but_slowing_down() -> None:
    """判为达序时，照近四季到期末却不到：相反。"""
    told = ("2022Q4 7.85", "2023Q1 7.9", "2023Q4 8.05")
    assert judged(I01, "2023Q4", *told).status is Status.ON_TRACK
    outlook = foreseen(I01, "2023Q4", *told)
    assert outlook.recent is not None
    assert (outlook.recent.at_end, outlook.disagrees) == (d("8.45"), True)


def test_behind_but_speeding_up() -> None:
    """判为未达序时，照近四季到期末就达到：相反。"""
    found = judged(I01, "2023Q4", "2022Q4 5", "2023Q2 6", "2023Q4 7.5")
    assert found.status is Status.BEHIND
    assert isinstance(found.outlook, Outlook)
    assert found.outlook.disagrees
    # 灯不因预测而变
    assert found.light == "yellow"


def test_within_the_tolerance_they_agree() -> None:
    """容差以内的差不算相反：满意度推到 84.2，差 0.8 分，在 1 分以内；0.2 分以内就相反。"""
    told = ("2021Q4 82", "2022Q4 82.5", "2023Q4 83.1")
    found = foreseen(I10, "2024Q1", *told)
    assert found.recent is not None
    assert found.recent.at_end == d("84.3")
    assert not found.disagrees
    edge = foreseen(I10, "2024Q1", "2021Q4 82", "2022Q4 82.5", "2023Q4 83")
    assert edge.recent is not None
    assert (edge.recent.at_end, edge.disagrees) == (84, False)  # 恰好差 1 分
    narrow = indicator(80, 85, how("annual", tolerance=Decimal("0.2")))
    assert judged(narrow, "2024Q1", *told).status is Status.ON_TRACK
    assert foreseen(narrow, "2024Q1", *told).disagrees


def test_achieved_but_falling_back() -> None:
    """已达到、近四季在降，推到期末不到目标：相反。"""
    told = ("2022Q4 12", "2023Q2 11.5", "2023Q4 11")
    found = foreseen(I01, "2023Q4", *told)
    assert judged(I01, "2023Q4", *told).status is Status.ACHIEVED
    assert found.recent is not None
    assert (found.recent.at_end, found.disagrees) == (9, True)


def test_no_light_no_disagreement() -> None:
    """没有灯的（推进中）谈不上相反。"""
    item = commitment(170, cadence="by_end", reporting=how(decimals=0))
    told = ("2022Q4 100", "2023Q2 101", "2023Q4 102")
    assert judged(item, "2023Q4", *told).status is Status.IN_PROGRESS
    assert not foreseen(item, "2023Q4", *told).disagrees


def test_nothing_to_start_from() -> None:
    """未报、不适用、滞后过久的，没有可推算的；合计不完整的也没有。"""
    told = ("2022Q1 6", "2022Q2 6.40", "2022Q4 6.60")
    assert unforeseen(I01, "2023Q2", *told, "2023Q2 不适用") is Unforeseen.NOTHING
    assert unforeseen(I01, "2023Q4", *told) is Unforeseen.NOTHING
    assert unforeseen(M07_1, "2023Q2", "2022Q4 480", "2023Q1 90") is Unforeseen.NOTHING
    partial = unforeseen(I01, "2023Q1", *told, "2023Q1 7 partial")
    assert partial is Unforeseen.PARTIAL


def test_stale_figures_start_at_their_own_date() -> None:
    """滞后两季的数：从它自己的时点推起，需要的速度也从那时算。"""
    told = ("2022Q1 6", "2022Q2 6.40", "2022Q4 6.60")
    found = foreseen(I01, "2023Q2", *told)
    assert (found.at, found.needed) == (q("2022Q4"), d("0.285"))
    assert judged(I01, "2023Q2", *told).pace_needed == d("0.342")


def test_incomplete_sums_are_not_points() -> None:
    """以前哪一季合计不完整，那一季不作依据。"""
    told = ("2022Q2 5 partial", "2022Q3 6.5", "2022Q4 6.6", "2023Q2 7.2")
    found = foreseen(I01, "2023Q2", *told)
    assert (found.points, found.recent) == (3, None)


def test_after_the_plan() -> None:
    """期末的数已经有了，没有可推算的；期末以后一律没有。"""
    told = ("2025Q2 8", "2025Q3 8.5", "2025Q4 9")
    assert unforeseen(I01, "2025Q4", *told) is Unforeseen.ENDED
    assert unforeseen(I01, "2026Q1", *told[:2]) is Unforeseen.ENDED
    # 期末那一季还没有报：期末的数还不知道，照旧推算
    last = foreseen(I01, "2025Q4", "2025Q1 7.5", *told[:2])
    assert (last.at, last.ends) == (q("2025Q3"), q("2025Q4"))


def test_a_cap_on_the_average_is_never_reached() -> None:
    """上限的合计：推算合计多少；余量不是“还需”，谈不上达到和提速。"""
    cap = replace(
        commitment(14, cadence="average", same_as="I01"),
        how=how("year_to_date"),
    )
    source = indicator(20, 14, how("year_to_date"), falling=True)
    told = ("2021Q4 13", "2022Q2 7", "2022Q4 12", "2023Q2 8")
    found = judged(cap, "2023Q2", *told, beside=(source,)).outlook
    assert isinstance(found, Outlook)
    assert (found.goal, found.value, found.speed_up) == (70, 33, None)
    assert found.recent is not None
    assert (found.recent.per_quarter, found.recent.reached_in) == (d("3.25"), None)
    assert found.recent.at_end == d("65.5")


def test_every_reason_has_its_own_words() -> None:
    """每个没有预测的理由都有自己的一句话。"""
    assert len({reason.label for reason in Unforeseen}) == len(Unforeseen)


@pytest.mark.parametrize(
    ("value", "at_end", "surplus"), [("11", 55, False), ("12", 60, False), ("13", 65, True)]
)
def test_beyond_the_range_of_an_average(value: str, at_end: int, surplus: bool) -> None:  # noqa: FBT001
    """年均 10–12：五年合计不超过 60，推到超过的说明超出区间。"""
    item = commitment(10, 12, cadence="average", rule="range", reporting=how("year_to_date"))
    found = foreseen(item, "2021Q4", "2021Q2 2", "2021Q3 5", f"2021Q4 {value}")
    assert found.recent is not None
    assert (found.recent.at_end, found.recent.surplus) == (at_end, surplus)


def test_beyond_the_range_at_the_end() -> None:
    """到期末 2–3：推到 3 不多，推到 3.2 超出区间；没有上限的谈不上。"""
    item = commitment(2, 3, cadence="by_end", rule="range", reporting=how())
    for year_ago, at_end, surplus in (("1.2", 3, False), ("1.1", d("3.2"), True)):
        # 一年走的，剩下两年再走两倍
        found = foreseen(item, "2023Q4", f"2022Q4 {year_ago}", "2023Q2 1.5", "2023Q4 1.8")
        assert found.recent is not None
        assert (found.recent.at_end, found.recent.surplus) == (at_end, surplus)
    plain = foreseen(commitment(2, cadence="by_end", reporting=how()), "2023Q4",
                     "2022Q4 1.1", "2023Q2 1.5", "2023Q4 1.8")  # fmt: skip
    assert plain.recent is not None
    assert not plain.recent.surplus
