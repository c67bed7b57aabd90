"""单元格的地址和合并区域。"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.returns.workbook.address import row_and_column
from ipmeasures.returns.workbook.cells import Area, Sheet, column_letters

PLACES = st.integers(1, 12)
AREAS = st.tuples(PLACES, PLACES, PLACES, PLACES).map(
    lambda p: Area(min(p[0], p[2]), min(p[1], p[3]), max(p[0], p[2]), max(p[1], p[3]))
)


@pytest.mark.parametrize(
    ("column", "letters"),
    [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD")],
)
def test_columns_have_letters(column: int, letters: str) -> None:
    """两位字母查表，三位现算，接得上。"""
    assert column_letters(column) == letters
    assert row_and_column(f"{letters}7") == (7, column)


@given(st.lists(AREAS, max_size=6) | st.lists(AREAS, min_size=9, max_size=20), PLACES, PLACES)
def test_a_merge_is_found_however_many_there_are(areas: list[Area], row: int, column: int) -> None:
    """多少处合并、重叠不重叠，在不在合并区域里都说得对。"""
    found = Sheet("表", (), tuple(areas)).merge_of(row, column)
    holding = [area for area in areas if area.holds(row, column)]
    assert found in holding if holding else found is None
