"""数字怎么写：四舍五入，百分数和百分点分开，没有的不写。"""

from decimal import Decimal

import pytest

from ipmeasures.report.numbers import figure, index, points, share


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("7.2", 2, "7.20"),
        ("7.505", 2, "7.51"),
        ("0.16", 4, "0.16"),
        ("0.1653", 4, "0.1653"),
        ("0.165", 4, "0.165"),
        ("12", 4, "12.00"),
        ("7.5", 1, "7.5"),
        ("2.5", 0, "3"),
        ("1E+3", 0, "1000"),
        ("-0.004", 2, "0.00"),
        ("-2.345", 2, "-2.35"),
    ],
)
def test_a_figure_has_its_decimals(value: str, decimals: int, text: str) -> None:
    """至多设定的几位、至少两位小数；整数项不带小数；不出负零、不出指数。"""
    assert figure(Decimal(value), decimals) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.4394", "43.9%"),
        ("0.4395", "44.0%"),
        ("0.94949", "94.9%"),
        ("1.4175", "141.8%"),
        ("0", "0.0%"),
    ],
)
def test_a_share_is_a_percentage(value: str, text: str) -> None:
    """份额写成百分数，一位小数，四舍五入。"""
    assert share(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"), [("-6.064", "-6.1"), ("17.73", "+17.7"), ("0.04", "0.0"), ("-0.04", "0.0")]
)
def test_points_carry_their_sign(value: str, text: str) -> None:
    """百分点带正负号；零不带。"""
    assert points(Decimal(value)) == text


def test_two_places_where_asked() -> None:
    assert share(Decimal("0.43936"), 2) == "43.94%"
    assert points(Decimal("-6.0636"), 2) == "-6.06"
    assert index(Decimal("0.87873")) == "0.879"


def test_nothing_is_blank() -> None:
    """没有的数不写成 None 或 0。"""
    assert figure(None, 2) == share(None) == points(None) == index(None) == ""
    assert index(None, "不限") == "不限"
    assert share(None, blank="不适用") == "不适用"
