"""数字格式：像不像日期，是不是百分数；日期序号是哪一天。"""

import datetime as dt

import pytest
from openpyxl.styles.numbers import BUILTIN_FORMATS

from ipmeasures.returns.number.format import (
    BUILT_IN,
    date_from_serial,
    is_date_format,
    is_percent_format,
)


@pytest.mark.parametrize(
    "code",
    [
        "yyyy-mm-dd",
        'yyyy"年"m"月"d"日"',
        "[$-804]yyyy/m/d;@",
        "h:mm AM/PM",
        "[h]:mm:ss",
        "[ss]",
        "[DBNum1][$-804]m月d日",
        "mm:ss.0",
        "上午/下午h时mm分",
        "[Red]d-mmm-yy",
        "YYYY",
    ],
)
def test_dates_and_times_are_told(code: str) -> None:
    """年月日时分秒，只要显示出来。"""
    assert is_date_format(code)


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "general",
        "@",
        "0.00",
        "#,##0.00_);[Red](#,##0.00)",
        '0"days"',
        "0\\d",
        "0.00E+00",
        "[Magenta]0",
        '[>=100]0"km";0',
        "_d0",
        "*s0",
        "[$USD-409]0.00",
        '"yyyy"',
        '0"未完',
        "",
    ],
)
def test_letters_that_are_not_shown_are_no_dates(code: str) -> None:
    """引号、反斜线、颜色、条件、货币里的字母不是日期。"""
    assert not is_date_format(code)


def test_percent_signs_count_only_when_they_scale() -> None:
    """引号里的百分号只是个字，值没有除以一百。"""
    assert is_percent_format("0.00%")
    assert is_percent_format('[Red]0.0%;"负"0.0%')
    assert not is_percent_format('0.00"%"')
    assert not is_percent_format("0.00\\%")


def test_built_in_formats_are_those_of_the_standard() -> None:
    """内置编号：日期的都像日期，百分数的都是百分数，与 openpyxl 的表种类相同。"""
    dates = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
    assert {int(index) for index, code in BUILT_IN.items() if is_date_format(code)} == dates
    assert {index for index, code in BUILT_IN.items() if is_percent_format(code)} == {"9", "10"}
    for index, code in BUILTIN_FORMATS.items():
        assert is_date_format(BUILT_IN[str(index)]) is is_date_format(code)


@pytest.mark.parametrize(
    ("raw", "epoch_1904", "expected"),
    [
        ("1", False, dt.date(1900, 1, 1)),
        ("59", False, dt.date(1900, 2, 28)),
        ("60", False, None),
        ("61", False, dt.date(1900, 3, 1)),
        ("45107", False, dt.date(2023, 6, 30)),
        ("45107.999", False, dt.date(2023, 6, 30)),
        ("4.5107E4", False, dt.date(2023, 6, 30)),
        ("2958465", False, dt.date(9999, 12, 31)),
        ("2958466", False, None),
        ("0", False, None),
        ("0.5", False, None),
        ("-1", False, None),
        ("1e300", False, None),
        ("1e999", False, None),
        ("abc", False, None),
        ("0", True, dt.date(1904, 1, 1)),
        ("43645", True, dt.date(2023, 6, 30)),
        ("2957003", True, dt.date(9999, 12, 31)),
        ("2957004", True, None),
    ],
)
def test_serials_become_days(raw: str, epoch_1904: bool, expected: dt.date | None) -> None:  # noqa: FBT001 - 参数表的列
    """1900 年没有 2 月 29 日，Excel 以为有；超出范围的不是日期。"""
    assert date_from_serial(raw, epoch_1904) == expected
