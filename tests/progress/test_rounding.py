"""取整：只在显示时，四舍五入。"""

import pytest

from ipmeasures.progress.rounding import half_up, percent, toward
from tests.progress.plans import d


@pytest.mark.parametrize(
    ("share", "shown"),
    [("0.439363817", "43.94"), ("0.00125", "0.13"), ("-0.060636", "-6.06"), ("1.4175", "141.75")],
)
def test_percent_rounds_half_up(share: str, shown: str) -> None:
    """份额以百分数显示，两位，五入。"""
    assert str(percent(d(share))) == shown


def test_no_negative_zero() -> None:
    """取整为零的负数写作 0.00，不写 -0.00。"""
    assert str(half_up(d("-0.001"), 2)) == "0.00"
    assert str(half_up(d("-2.5"), 0)) == "-3"


@pytest.mark.parametrize(
    ("value", "origin", "expected"),
    [("10.4", "10", "10"), ("95.2", "100", "96"), ("10.4", "10.2", "10.2"), ("9.8", "9.9", "9.9")],
)
def test_toward_the_origin(value: str, origin: str, expected: str) -> None:
    """整数项的序时值向基期取整，不越过基期。"""
    assert toward(d(value), d(origin)) == d(expected)
