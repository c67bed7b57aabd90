"""公文表里的目标和基期怎么写。"""

from decimal import Decimal

import pytest

from ipmeasures.plan.target import is_blank, read_target


@pytest.mark.parametrize(
    ("text", "sign", "figure"),
    [
        ("90", "", "90"),
        ("10.02", "", "10.02"),
        ("-3", "", "-3"),
        ("≥90", "≥", "90"),
        (">= 90.5", "≥", "90.5"),
        ("≤3", "≤", "3"),
        ("<=3", "≤", "3"),
        (">5", ">", "5"),
        ("＞5", ">", "5"),
        ("<0.5", "<", "0.5"),
        ("＜ 0.5", "<", "0.5"),
    ],
)
def test_a_figure_with_its_sign(text: str, sign: str, figure: str) -> None:
    """数照写，符号归一。"""
    found = read_target(text)
    assert found is not None
    assert (found.sign, found.figure) == (sign, Decimal(figure))


@pytest.mark.parametrize("text", ["-", "—", "——", "/", "无", " - "])
def test_what_means_none(text: str) -> None:
    """没有的写法：没有目标，没有基期。"""
    found = read_target(text)
    assert found is not None
    assert (found.sign, found.figure) == ("", None)
    assert is_blank(text)


@pytest.mark.parametrize("text", ["", "90以上", "约90", "≥", "90%", "９０", "1e3", "≥-", "90-95"])
def test_what_is_not_a_target(text: str) -> None:
    """别的写法不猜。"""
    assert read_target(text) is None
    assert not is_blank(text)
