"""预测怎么说：标明“预测”，说照什么速度约为多少，不作保证。"""

from ipmeasures.plan.model import FigureItem
from ipmeasures.progress.assess import assess
from ipmeasures.report.json_view import outlook_json
from ipmeasures.report.outlook import outlook_words, remark
from tests.progress.plans import commitment, how, indicator, plan, q, said

I01 = indicator("4.99", "10.02")


def words(item: FigureItem, at: str, *told: str) -> tuple[str, str]:
    own = plan(item)
    found = assess(own, item, said(*told), q(at))
    return outlook_words(own, found), remark(own, found)


def test_how_much_and_how_much_faster() -> None:
    """照近四季约为多少、够不够、要快几倍；不用提速的不说倍数。"""
    told = ("2022Q2 6.40", "2022Q4 6.60", "2023Q2 7.20")
    sentence = (
        "按近四季的速度，到2025年底约为9.20件，达不到目标10.02件；如期完成需提速到近四季的1.41倍"
    )
    assert words(I01, "2023Q2", *told) == (f"预测：{sentence}", sentence)
    enough, _ = words(I01, "2023Q4", "2022Q4 7.6", "2023Q2 8", "2023Q4 8.7")
    assert enough == "预测：按近四季的速度，到2025年底约为10.90件，达到目标10.02件"


def test_where_it_disagrees_with_the_light() -> None:
    """与灯相反：目前判为什么，但照近四季会怎样。"""
    good, _ = words(I01, "2023Q4", "2022Q4 7.85", "2023Q1 7.9", "2023Q4 8.05")
    assert good == (
        "预测：目前判为达序时，但按近四季的速度，到2025年底约为8.45件，达不到目标10.02件"
    )
    bad, _ = words(I01, "2023Q4", "2022Q4 5", "2023Q2 6", "2023Q4 7.5")
    assert bad == (
        "预测：目前判为未达序时，但按近四季的速度，到2025年底约为12.50件，达到目标10.02件"
    )


def test_the_window_is_said_as_it_is() -> None:
    """那一季没有数的，说近几季；没有近四季的，说某年底以来。"""
    five, _ = words(I01, "2023Q2", "2022Q1 6.20", "2022Q3 6.5", "2023Q2 7.20")
    assert five.startswith("预测：按近五季的速度，到2025年底约为9.20件")
    assert five.endswith("如期完成需提速到近五季的1.41倍")
    base, _ = words(I01, "2023Q2", "2022Q4 6.60", "2023Q1 6.9", "2023Q2 7.20")
    assert base == "预测：按2020年底以来的速度，到2025年底约为9.41件，达不到目标10.02件"


def test_what_the_end_is() -> None:
    """每年的说年底和本年要求，年均的说累计和合计要求，年度数和本年累计的指标说全年。"""
    yearly, _ = words(commitment(500), "2023Q2", "2022Q2 300", "2022Q4 480", "2023Q2 200")
    assert yearly.startswith("预测：按近四季的速度，到2023年底约为390件，达不到本年要求500件；")
    average, _ = words(
        commitment(80, cadence="average"), "2023Q2",
        "2021Q4 76", "2022Q2 40", "2022Q4 88", "2023Q2 41",
    )  # fmt: skip
    assert "到2025年底累计约为428件，达到合计要求400件" in average
    annual, _ = words(
        indicator(80, 85, how("annual")), "2024Q1",
        "2022Q1 81 @2021Q4", "2023Q1 81.5 @2022Q4", "2024Q1 82 @2023Q4",
    )  # fmt: skip
    assert "2025年全年约为83.00件，达不到目标85.00件" in annual
    rolling, _ = words(
        indicator("0.16", "0.24", how("year_to_date", decimals=4)), "2023Q2",
        "2021Q2 0.08", "2021Q4 0.17", "2022Q2 0.09", "2022Q4 0.19", "2023Q2 0.10",
    )  # fmt: skip
    assert "2025年全年约为" in rolling
    summed, _ = words(
        indicator(33, 85, how("accumulated")), "2023Q2",
        "2021Q4 9.8", "2022Q2 4.7", "2022Q4 11.6", "2023Q2 5.4",
    )  # fmt: skip
    assert "到2025年底累计约为90.55件，达到目标85.00件" in summed


def test_a_range_may_be_overshot() -> None:
    """区间：推算超过上限，说明一句，不是坏事。"""
    item = commitment(2, 3, rule="range", cadence="by_end", reporting=how())
    told = ("2022Q4 0.4", "2023Q2 0.9", "2023Q4 1.4")
    over, _ = words(item, "2023Q4", *told)
    assert over == "预测：按近四季的速度，到2025年底约为3.40件，达到目标2.00件，超出计划区间"
    inside, _ = words(item, "2023Q4", "2022Q4 0.8", *told[1:])
    assert inside.endswith("约为2.60件，达到目标2.00件")


def test_rounding_never_contradicts_the_verdict() -> None:
    """推到 199.6，四舍五入是 200，却说达不到 200：多写一位。"""
    item = indicator(120, 200, how(decimals=0))
    short, _ = words(item, "2024Q4", "2023Q4 152.4", "2024Q2 160", "2024Q4 176")
    assert "到2025年底约为199.6件，达不到目标200件" in short


def test_why_there_is_none() -> None:
    """没有预测的，有数的说为什么；没有数的空着；措施没有预测。"""
    assert words(I01, "2023Q2", "2023Q2 7.2") == ("", "数据不足")
    assert words(I01, "2023Q2") == ("", "")
    item = indicator(33, 85, how("accumulated"))
    assert words(item, "2023Q2", "2023Q2 5") == ("", "缺以前年份的全年数")


def test_without_any_pace_nothing_is_said() -> None:
    """没有基期、近四季也没有可比的数：有三个数也说不出速度。"""
    item = commitment(170, cadence="by_end", reporting=how(decimals=0))
    told = ("2023Q1 130", "2023Q2 131", "2023Q3 132")
    assert words(item, "2023Q3", *told) == ("", "没有可比的数")
    own = plan(item)
    found = outlook_json(own, assess(own, item, said(*told), q("2023Q3")))
    assert found is not None
    assert (found["since_baseline"], found["last_four_quarters"]) == (None, None)
    assert (found["points"], found["needed_per_quarter"]) == (3, "4.22")
