"""表格里的数：数字格式显示出来，就是报告里的写法。"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from ipmeasures.report.gap_table import Amount
from ipmeasures.report.sheets import cells
from ipmeasures.report.sheets.tables import Value
from tests.report.samples import real_plan
from tests.report.sheets.test_report import printed

ITEMS = {item.id: item for item in real_plan().figure_items}
values = st.one_of(st.none(), st.decimals(-9999, 9999, places=6))


def displayed(value: Value) -> str:
    """写进格子里、照格式显示出来的样子。"""
    if not isinstance(value, Amount):
        return str(value or "")
    cell = Workbook().worksheets[0]["A1"]
    cell.value, cell.number_format = float(value.value), value.format
    return printed(cell)


def text_of(value: Value) -> str:
    return value.text if isinstance(value, Amount) else str(value or "")


@given(values, values, st.sampled_from(sorted(ITEMS)))
def test_shown_as_printed(value: Decimal | None, before: Decimal | None, key: str) -> None:
    """什么数、什么单位，显示的都与印的一样；没有的是空格。"""
    item = ITEMS[key]
    for made in (
        cells.figure(item, value),
        cells.percent(value),
        cells.gap(value),
        cells.growth(item, value, before),
        cells.as_written(value),
    ):
        assert displayed(made) == text_of(made)
    assert cells.gap(None) is None


@pytest.mark.parametrize(
    "text",
    [
        "7.20",
        "0",
        "+12.0%",
        "-3.5%",
        "+0.03个百分点",
        "-1分",
        "100.5%（年度）",
        "50%",
        "≥85",
        ">0.05个百分点",
    ],
)
def test_a_printed_figure_becomes_a_number(text: str) -> None:
    """印好的数变回数，显示出来还是那几个字。"""
    made = cells.typed(text)
    assert isinstance(made, Amount)
    assert displayed(made) == text


def test_what_is_no_figure() -> None:
    """“—”是空格，别的字照写。"""
    assert cells.typed("—") is None
    assert cells.typed("待核") == "待核"


def test_counts() -> None:
    assert displayed(cells.count(3)) == "3"


def test_the_year_is_marked() -> None:
    """按本年判的，数字格式里带着“（年度）”。"""
    made = cells.percent(Decimal("1.0048"), text="100.5%（年度）")
    assert displayed(made) == "100.5%（年度）"
