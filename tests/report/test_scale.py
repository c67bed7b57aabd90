"""刻度：整齐、盖住全部的数。"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.report.parts import Series
from ipmeasures.report.scale import ticks


def marks(*values: str, zero: bool = False) -> list[float]:
    return ticks([Series("", tuple(Decimal(v) for v in values))], from_zero=zero)


@pytest.mark.parametrize(
    ("values", "zero", "wanted"),
    [
        (("4.99", "10.02"), False, [4, 6, 8, 10, 12]),
        (("108", "180"), False, [100, 120, 140, 160, 180]),
        (("43.9", "65.2"), True, [0, 20, 40, 60, 80]),
        (("-12", "50"), True, [-20, 0, 20, 40, 60]),
        (("170", "170"), False, [150, 200]),
        (("0", "0"), True, [0, 0.2]),
    ],
)
def test_even_marks(values: tuple[str, ...], zero: bool, wanted: list[float]) -> None:  # noqa: FBT001
    assert marks(*values, zero=zero) == wanted


@given(
    st.lists(
        st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False), min_size=1
    ),
    st.booleans(),
)
def test_marks_cover_every_value(values: list[Decimal], zero: bool) -> None:  # noqa: FBT001
    found = ticks([Series("", tuple(values))], from_zero=zero)
    assert 2 <= len(found) <= 8
    assert found == sorted(found)
    assert found[0] <= float(min(values)) + 1e-6
    assert found[-1] >= float(max(values)) - 1e-6
    assert not zero or found[0] <= 0 <= found[-1]
