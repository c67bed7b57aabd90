"""命令里写的日期。"""

import datetime as dt

import pytest

from ipmeasures.commands.dates import need_day, parse_day
from ipmeasures.errors import UsageError


@pytest.mark.parametrize(
    "text", ["2023-07-05", "2023/7/5", "2023.7.5", "2023年7月5日", " 20230705 ", "2023-7-5"]
)
def test_days_as_people_write_them(text: str) -> None:
    """常见的几种写法都认。"""
    assert parse_day(text) == need_day("--date", text) == dt.date(2023, 7, 5)


@pytest.mark.parametrize("text", ["", "七月", "2023Q2-0007", "2023-13-01", "2023-02-30", "07-05"])
def test_what_is_not_a_day(text: str) -> None:
    """认不出的、没有的日子，说出是哪个选项。"""
    assert parse_day(text) is None
    with pytest.raises(UsageError, match="--date 的"):
        need_day("--date", text)
