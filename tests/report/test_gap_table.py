"""滞后清单的一行：数、字和数字格式，终端、CSV、XLSX 同一份。"""

from decimal import Decimal

import pytest

from ipmeasures.progress.gaps import Gap
from ipmeasures.report.gap_table import (
    HEADS,
    Amount,
    Cell,
    decimals_of,
    gap_cells,
    gap_rows,
    shown_gaps,
)
from tests.report.quarters import varied, varied_plan
from tests.report.samples import CULTURE, real_plan

NUMERIC = {
    "本期值", "序时应达", "目标", "目标完成率", "增量完成率", "序时", "偏差（百分点）", "序时指数",
    "每季还需",
}  # fmt: skip


def cells(item: str) -> dict[str, Cell]:
    (row,) = gap_cells(varied_plan(), [gap(item)])
    return dict(zip(HEADS, row, strict=True))


def gap(item: str) -> Gap:
    return next(g for g in varied().items if g.id == item)


def test_one_line_of_an_indicator() -> None:
    """一个指标的一行：各列的字与终端、报告的写法一样。"""
    (row,) = gap_rows(varied_plan(), [gap("I01")])
    said = dict(zip(HEADS, row, strict=True))
    assert said | {"滞后原因": "", "下一步措施": ""} == {
        "编号": "I01", "类别": "指标", "事项": "每万人口高价值发明专利拥有量", "计量单位": "件",
        "状态": "未达序时", "灯": "黄", "本期值": "7.20", "数据时点": "2023Q3", "序时应达": "7.76",
        "目标": "10.02", "目标完成率": "71.9%", "增量完成率": "43.9%", "序时": "55.0%",
        "偏差（百分点）": "-11.1", "序时指数": "0.799", "每季还需": "0.3133",
        "填报单位": "市市场监管局", "滞后原因": "", "下一步措施": "", "备注": "",
        "预测": "数据不足",
    }  # fmt: skip
    assert said["滞后原因"].startswith("部分企业")


def test_the_numeric_columns_hold_numbers() -> None:
    """数字列里不是数就是空，别的列都是字。"""
    for row in gap_cells(varied_plan(), varied().items):
        for head, cell in zip(HEADS, row, strict=True):
            assert isinstance(cell, Amount) == (head in NUMERIC and cell != "")


@pytest.mark.parametrize(
    ("item", "head", "value", "form", "text"),
    [
        ("I01", "序时应达", "7.7565", "0.00", "7.76"),
        ("I01", "增量完成率", "0.43936382", "0.0%", "43.9%"),
        ("I01", "偏差（百分点）", "-11.06361829", "+0.0;-0.0;0.0", "-11.1"),
        ("I09", "本期值", "7.9876", "0.00##", "7.9876"),
        ("I06", "本期值", "125", "0", "125"),
        ("I06", "每季还需", "8.33333333", "0.00", "8.33"),
    ],
)
def test_a_number_and_how_it_is_shown(
    item: str, head: str, value: str, form: str, text: str
) -> None:
    """数照精确的存（八位小数），格式与印出来的写法相配。"""
    cell = cells(item)[head]
    assert isinstance(cell, Amount)
    assert (cell.value, cell.format, cell.text) == (Decimal(value), form, text)


def test_what_an_average_still_needs_is_per_year() -> None:
    """年均的，“还需”是每年的量，备注写明；别的不写。"""
    assert cells("M15-2")["备注"] == "“还需”为余下每年需要的量"
    assert cells("I01")["备注"] == ""


def test_measures_and_milestones_have_no_numbers() -> None:
    """措施、里程碑没有数字，状态和备注照说。"""
    row = cells("M01")
    assert (row["类别"], row["状态"], row["本期值"], row["计量单位"]) == ("措施", "推进中", "", "")
    assert cells("M02-1")["灯"] == "红"


def test_which_are_shown() -> None:
    """只列滞后的或全部；只看一家的，是它填报或负责的。"""
    every = shown_gaps(varied(), everything=True, agency=None)
    lagging = shown_gaps(varied(), everything=False, agency=None)
    assert (every, lagging) == (varied().items, varied().lagging)
    own = shown_gaps(varied(), everything=True, agency=CULTURE)
    assert own
    assert all(CULTURE in g.agencies for g in own)


def test_decimals() -> None:
    """小数位随事项的设定；没有数字的为零。"""
    assert [decimals_of(real_plan(), i) for i in ("I01", "I06", "I09", "M01", "M05-2")] == [
        2, 0, 4, 0, 0,
    ]  # fmt: skip
