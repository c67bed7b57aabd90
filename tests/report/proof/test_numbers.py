"""一段话里哪些是数。"""

import pytest

from ipmeasures.report.proof.numbers import figures_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("拥有量7.20件", ["7.20"]),
        ("共1,378件、１３７８件", ["1,378", "1378"]),
        ("偏差-6.1个百分点，+66.7", ["-6.1百分点", "+66.7"]),
        ("完成43.9％，8万件，3.5 亿元", ["43.9%", "8万", "3.5亿"]),
        ("每年2—3个，2021-2023", ["2", "3", "2021", "2023"]),
        ("1.截至2023年6月底", ["2023", "6"]),
        ("（1）第一项2件", ["2"]),
        ("威知战发〔2021〕2号，回执2023Q2-0007，I01、M03-1，2023-07-05，第2稿", []),
        ("附件1 明细表", []),
        ("没有数", []),
    ],
)
def test_what_counts_as_a_figure(text: str, expected: list[str]) -> None:
    """数连同改变大小的单位；序号、文号、编号、回执号不算。"""
    assert [f"{figure.text}{figure.scale}" for figure in figures_in(text)] == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("7.20件", "7.2件", True),
        ("１３７８件", "1,378件", True),
        ("6.1个百分点", "6.1百分点", True),
        ("6.1个百分点", "6.1%", False),
        ("8件", "8万件", False),
        ("-6.1", "6.1", False),
    ],
)
def test_the_same_size_however_written(one: str, other: str, *, same: bool) -> None:
    """写法不同、大小相同是同一个数；单位不同不是。"""
    (left,), (right,) = figures_in(one), figures_in(other)
    assert (left.said == right.said) is same


def test_dates_are_told_apart() -> None:
    """年、月、日、季度前面的是日期。"""
    found = figures_in("2023年6月5日，2季度，年均80项，10亿元")
    assert [figure.is_date for figure in found] == [True, True, True, True, False, False]
