"""份额、缺口、指数和目标完成率的公式。"""

import pytest

from ipmeasures.progress.rounding import half_up, percent
from ipmeasures.progress.shares import NO_SHARES, shares, target_rate
from tests.progress.plans import d


@pytest.mark.parametrize(("done", "gap"), [("62.6", "-12.4"), ("92.73", "17.73")])
def test_supervision_notice(done: str, gap: str) -> None:
    """平政督字〔2020〕18号：时间进度 75%，完成 62.6% 差 12.4 个百分点，92.73% 超 17.73 个。"""
    assert shares(d(done), d(0), d(75), d(100)).gap == d(gap)


def test_worked_example() -> None:
    """I01 2023Q2 为 7.20：p 43.94，s* 50，g −6.06，SPI 0.879。"""
    found = shares(d("7.20"), d("4.99"), d("7.505"), d("10.02"))
    assert found.done is not None
    assert found.gap is not None
    assert found.index is not None
    assert (percent(found.done), found.due) == (d("43.94"), d("0.5"))
    assert (half_up(found.gap, 2), half_up(found.index, 3)) == (d("-6.06"), d("0.879"))


def test_same_formula_for_falling() -> None:
    """下降到零：从 40 到 0，现 10，应到 20，完成 75%，超 25 个百分点。"""
    found = shares(d(10), d(40), d(20), d(0))
    assert (found.done, found.due, found.gap, found.index) == (d("0.75"), d("0.5"), 25, d("1.5"))


def test_exactly_on_the_line_is_not_lost_to_rounding() -> None:
    """恰为 0.95 的指数就是 0.95：先除成份额再相除会得 0.9499…。"""
    assert shares(d("1.9"), d(0), d(2), d(3)).index == d("0.95")


def test_index_unlimited_while_nothing_is_due() -> None:
    """尚无应达，指数不限；应达在基期的另一边也谈不上指数。"""
    assert shares(d(3), d(0), d(0), d(10)).index is None
    assert shares(d(3), d(0), d(-1), d(10)).index is None


def test_target_equals_start() -> None:
    """目标等于基期，没有份额。"""
    assert shares(d(3), d(3), d(3), d(3)) is NO_SHARES


@pytest.mark.parametrize(
    ("value", "target", "falling", "rate"),
    [
        ("80", "85", False, d(80) / 85),
        ("0", "85", False, 0),
        ("5", "0", False, None),
        ("50", "40", True, d("0.8")),
        ("5", "0", True, None),
        ("0", "5", True, None),
    ],
)
def test_target_rate(value: str, target: str, *, falling: bool, rate: object) -> None:
    """x/T；下降的取 T/x；没有意义的不给。"""
    assert target_rate(d(value), d(target), falling=falling) == rate
