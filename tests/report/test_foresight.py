"""预测的算式：印着的式子照着算就是印着的数，也就是预测的数。"""

from ipmeasures.plan.model import FigureItem
from ipmeasures.progress.outlook import Outlook
from ipmeasures.report.numbers import figure
from tests.progress.plans import commitment, entry, how, indicator, plan
from tests.report.terminal.test_explain import check, explained

I01 = indicator("4.99", "10.02")


def foreseen(item: FigureItem, at: str, *told: str) -> list[str]:
    parts = [line.split() for line in told]
    entries = [
        entry(item.id, quarter, value, number=n, at=rest[0].removeprefix("@") if rest else None)
        for n, (quarter, value, *rest) in enumerate(parts, 1)
    ]
    gap, text = explained(plan(item), at, *entries)
    check(gap, text)
    lines = text.replace("\n      ", "").split("\n")
    found = gap.assessment.outlook
    if isinstance(found, Outlook) and found.recent is not None:
        assert figure(found.recent.per_quarter, item.how.decimals + 2) in "".join(lines)
    return [line for line in lines if line.startswith("预测")]


def test_both_paces_step_by_step() -> None:
    """从哪个数推起，两种速度各推到多少、何时达到，每季需要多少，提速几倍。"""
    told = ("2022Q2 6.40", "2022Q4 6.60", "2023Q1 6.9", "2023Q2 7.20")
    assert foreseen(I01, "2023Q2", *told) == [
        "预测：只作参考，不定灯；依据4个数，从2023Q2的 7.20件 推到2025年底",
        "预测·2020年底以来每季＝(7.20-4.99)/10＝0.221件",
        (
            "预测·照此到2025年底＝7.20+(7.20-4.99)×10/10＝9.41件，达不到目标10.02件，"
            "照此在2026年第三季度达到"
        ),
        "预测·近四季每季＝(7.20-6.40)/4＝0.20件",
        (
            "预测·照此到2025年底＝7.20+(7.20-6.40)×10/4＝9.20件，达不到目标10.02件，"
            "照此在2027年第一季度达到"
        ),
        "预测·如期每季需＝(10.02-7.20)/10＝0.282件",
        "预测·提速倍数＝((10.02-7.20)/10)/((7.20-6.40)/4)＝1.41",
    ]


def test_composed_points_are_spelled_out() -> None:
    """由几个数合成的起点：工具累加的写累计，每年的写比上年全年少多少，滚动的写四季合计。"""
    summed = foreseen(
        indicator(33, 85, how("accumulated")), "2023Q2",
        "2021Q4 9.8", "2022Q2 4.7", "2022Q4 11.6", "2023Q2 5.4",
    )  # fmt: skip
    assert "预测·2022Q2累计＝33.00+9.80+4.70＝47.50件" in summed
    yearly = foreseen(commitment(500), "2023Q2", "2022Q2 300", "2022Q4 480", "2023Q2 200")
    assert "预测·2022Q2比2022年全年＝300-480＝-180件" in yearly
    assert "预测·近四季每季＝(200-(-180))/4＝95.00件" in yearly
    rolling = foreseen(
        indicator("0.16", "0.24", how("year_to_date", decimals=4)), "2023Q2",
        "2021Q2 0.08", "2021Q4 0.17", "2022Q2 0.09", "2022Q4 0.19", "2023Q2 0.1",
    )  # fmt: skip
    assert rolling[1] == "预测·近四季合计＝0.10+0.19-0.09＝0.20件"
    assert "预测·2022Q2近四季合计＝0.09+0.17-0.08＝0.18件" in rolling


def test_one_pace_is_said_once() -> None:
    """头一年，近四季就是基期以来，只说一遍；没有近四季的只有基期以来。"""
    first = foreseen(I01, "2021Q4", "2021Q2 5.2", "2021Q3 5.3", "2021Q4 5.39")
    assert sum("每季＝(" in line for line in first) == 1
    assert first[1].startswith("预测·近四季每季＝(5.39-4.99)/4＝0.10件")
    alone = foreseen(I01, "2023Q2", "2022Q4 6.60", "2023Q1 6.9", "2023Q2 7.20")
    assert not any("提速" in line or "近四季" in line for line in alone)


def test_achieved_capped_and_contradicting() -> None:
    """已达到的说从何时起；推算超出可能的说按多少计；与灯相反的最后一句。"""
    done = foreseen(I01, "2023Q4", "2022Q4 9", "2023Q1 10.1", "2023Q4 10.5")
    assert "预测：2023年第一季度起已达到" in done
    assert not any("如期" in line for line in done)
    down = foreseen(I01, "2023Q4", "2022Q4 9", "2023Q1 8", "2023Q4 3")
    assert "预测：照此到2025年底超出可能的范围，按0.00件，达不到目标10.02件" in down
    told = ("2022Q4 7.85", "2023Q1 7.9", "2023Q4 8.05")
    assert foreseen(I01, "2023Q4", *told)[-1] == (
        "预测：目前判为达序时，但按近四季的速度，到2025年底约为8.45件，达不到目标10.02件。"
    )


def test_why_nothing_is_foreseen() -> None:
    """推算不了的，说为什么；没有数的不提。"""
    assert foreseen(I01, "2023Q2", "2023Q2 7.2") == [
        "预测：数据不足（报来的数少于3个，或没有可比的数）"
    ]
    assert foreseen(commitment(500), "2022Q4", "2022Q4 480") == ["预测：期限已到"]
    assert foreseen(I01, "2023Q2") == []
