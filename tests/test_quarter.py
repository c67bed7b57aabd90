"""季度的写法和算法。"""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.quarter import Quarter, parse_data_at, parse_day, parse_month

QUARTERS = st.builds(Quarter, st.integers(2000, 2099), st.integers(1, 4))


@pytest.mark.parametrize(
    ("written", "quarter"),
    [
        # 约定 §2
        ("2023Q2", "2023Q2"), ("2023-Q2", "2023Q2"), ("2023年第2季度", "2023Q2"), ("2023年二季度", "2023Q2"),
        ("23年二季度", "2023Q2"), ("２０２３Ｑ２", "2023Q2"), ("2023年上半年", "2023Q2"),
        ("2023年前三季度", "2023Q3"), ("2023年度", "2023Q4"), ("2023年1—6月", "2023Q2"),
        # 手工表的习惯
        ("2023年度（全年）", "2023Q4"), ("2023年全年", "2023Q4"), ("2023年6月", "2023Q2"), ("2023年第二季度", "2023Q2"),
        ("2023年6月底", "2023Q2"), ("2023年06月份", "2023Q2"), ("2023年12月末", "2023Q4"), ("2023年第四季", "2023Q4"),
        # 同样的意思
        ("2023q2", "2023Q2"), (" 2023 Q2 ", "2023Q2"), ("2023　年　二　季　度", "2023Q2"), ("2023/Q2", "2023Q2"),
        ("2023.Q2", "2023Q2"), ("2023年Q2", "2023Q2"), ("23Q2", "2023Q2"), ("2023年1月—6月", "2023Q2"),
        ("2023年1-3月", "2023Q1"), ("2023年1～9月", "2023Q3"), ("2023年1至12月", "2023Q4"), ("2023年1——6月", "2023Q2"),
        ("２０２３年１－６月", "2023Q2"), ("2023\\n年二季度", "2023Q2"),
    ],
)  # fmt: skip
def test_parse(written: str, quarter: str) -> None:
    """公文和手工表里的写法都认得。"""
    assert str(Quarter.parse(written.replace("\\n", "\n"))) == quarter


@pytest.mark.parametrize(
    "written",
    ["", "2023", "2023年", "2022年：月", "2023Q5", "2023Q0", "Q2", "二季度", "上半年", "2023年五季度", "2023年5月", "2023年13月",
     "2023年1—5月", "2023年4—6月", "2023年下半年", "2023Q2季", "12023Q2", "2023-06-30", "1823Q2", "2023Q²", "abc"],
)  # fmt: skip
def test_not_a_quarter(written: str) -> None:
    """认不出的不猜：4—6月是一个季度的数还是累计，5月算哪个季度，都说不准。"""
    with pytest.raises(ValueError, match=r"不是季度，请写成 2023Q2 或 2023年第二季度"):
        Quarter.parse(written)


@pytest.mark.parametrize(
    ("written", "quarter"),
    [
        ("2022", "2022Q4"), ("2022年", "2022Q4"), ("2022年底", "2022Q4"), ("2022年末", "2022Q4"), ("2022年度", "2022Q4"),
        ("2022-08", "2022Q3"), ("2022-12-31", "2022Q4"), ("2022年8月", "2022Q3"), ("2022年8月31日", "2022Q3"),
        ("2022Q4", "2022Q4"), ("2022/1/1", "2022Q1"), ("2022.4.30", "2022Q2"), ("2022.04", "2022Q2"), ("2022年5月底", "2022Q2"),
        ("2022年2月份", "2022Q1"), ("2022年第三季度", "2022Q3"), ("2022年上半年", "2022Q2"), ("2022年1—5月", "2022Q2"),
        ("２０２２年８月", "2022Q3"), ("2024-02-29", "2024Q1"), ("2022年1—1月", "2022Q1"),
    ],
)  # fmt: skip
def test_data_at(written: str, quarter: str) -> None:
    """数据时点落在哪个季度；只写年份的算第四季度。"""
    assert str(parse_data_at(written)) == quarter


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "“”不是日期"),
        ("22-08", "“22-08”不是日期"),
        ("8月", "“8月”不是日期"),
        ("昨天", "“昨天”不是日期"),
        ("2022年1—13月", "“2022年1—13月”不是日期"),
        ("2022-13", "“2022-13”：没有 13 月"),
        ("2022-00", "“2022-00”：没有 0 月"),
        ("2023-11-31", "“2023-11-31”：2023 年 11 月没有 31 日"),
        ("2023年2月29日", "“2023年2月29日”：2023 年 2 月没有 29 日"),
    ],
)
def test_not_a_date(written: str, why: str) -> None:
    """没有的日子、看不出年份的，不认；没有那一天的说没有那一天。怎么写由说问题的人说，这里不说。"""
    with pytest.raises(ValueError, match=f"^{why}$"):
        parse_data_at(written)


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("2022年8月", (2022, 8)), ("2022-08-31", (2022, 8)), ("２０２２．１", (2022, 1)), ("2022年12月底", (2022, 12)),
        ("2022年1—5月", (2022, 5)), ("22年1月至12月", (2022, 12)), ("2022年1—1月", (2022, 1)),
        ("2022年13月", None), ("2022-00", None), ("2022年1—13月", None),
        ("2022", None), ("2022年底", None), ("2022Q3", None), ("2022年上半年", None), ("8月", None),
    ],
)  # fmt: skip
def test_months(written: str, month: tuple[int, int] | None) -> None:
    """写明了年和月的才有月份；只写年份、季度的没有，没有的月份也没有。"""
    assert parse_month(written) == month


@given(QUARTERS)
def test_every_own_way_of_writing_is_read_back(quarter: Quarter) -> None:
    """自己写出来的，自己都认得。"""
    assert Quarter.parse(str(quarter)) == Quarter.parse(quarter.label) == quarter
    assert parse_data_at(str(quarter)) == parse_data_at(quarter.last_day.isoformat()) == quarter
    if quarter.number > 1:
        assert Quarter.parse(quarter.through) == quarter


@given(QUARTERS, st.integers(-200, 200))
def test_counting(quarter: Quarter, steps: int) -> None:
    """加几个季度再减回来；先后与日期一致；首尾两天都在本季度。"""
    later = quarter + steps
    assert later - quarter == steps
    assert (later > quarter) == (steps > 0)
    assert Quarter.of(quarter.first_day) == Quarter.of(quarter.last_day) == quarter
    assert (quarter + 1).first_day - quarter.last_day == dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("number", "label", "through", "by_end", "last"),
    [
        (1, "2024年第一季度", "2024年第一季度", "截至2024年3月底", "2024-03-31"),
        (2, "2024年第二季度", "2024年上半年", "截至2024年6月底", "2024-06-30"),
        (3, "2024年第三季度", "2024年前三季度", "截至2024年9月底", "2024-09-30"),
        (4, "2024年第四季度", "2024年全年", "截至2024年12月底", "2024-12-31"),
    ],
)
def test_official_wording(number: int, label: str, through: str, by_end: str, last: str) -> None:
    """公文里的三种说法和季末那天。"""
    quarter = Quarter(2024, number)
    assert (quarter.label, quarter.through, quarter.by_end) == (label, through, by_end)
    assert quarter.last_day.isoformat() == last


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-06-30", "2025-06-30"), ("2025年6月30日", "2025-06-30"), ("2025年6月30", "2025-06-30"),
        ("2025/6/3", "2025-06-03"), ("２０２５．６．３", "2025-06-03"), ("20250630", "2025-06-30"),
        ("2025年6月底", "2025-06-30"), ("2025年2月末", "2025-02-28"), ("2024年2月底", "2024-02-29"),
        ("2025年12月底", "2025-12-31"), ("2025年底", "2025-12-31"), ("2025年年底", "2025-12-31"), ("2025年末", "2025-12-31"),
    ],
)  # fmt: skip
def test_days(written: str, day: str) -> None:
    """写到日的日期，各种写法；月底、年底是最后一天。"""
    assert parse_day(written).isoformat() == day


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2025年6月", "不是写到日的日期"), ("2025", "不是写到日的日期"), ("2025Q2", "不是写到日的日期"),
        ("45838", "不是写到日的日期"), ("6月30日", "不是写到日的日期"), ("25年6月30日", "不是写到日的日期"),
        ("2025-06-31", "没有“2025-06-31”这一天"), ("2025年13月底", "没有“2025年13月底”这一天"),
        ("2025-0-1", "没有“2025-0-1”这一天"), ("20251301", "没有“20251301”这一天"),
    ],
)  # fmt: skip
def test_what_is_no_day(written: str, said: str) -> None:
    """没有写到日的不猜是哪一天，没有的日子不挪到别的一天。"""
    with pytest.raises(ValueError, match=said):
        parse_day(written)
