"""数据时点：写没写、照不照旧、一年是不是只有一个数；都只提醒，从不改。"""

from decimal import Decimal

import pytest

from ipmeasures.forms.history import missing_rows, write_history
from ipmeasures.problem import Problem
from ipmeasures.quarter import Quarter
from ipmeasures.returns.circumstances import Circumstances, Recorded
from ipmeasures.returns.dating import DATING

from .plans import MARKET, TODAY, codes, consolidated, plan, read, the

Q4 = Quarter(2023, 4)


def dated(
    item: str,
    value: str,
    written: str = "",
    *,
    quarter: str = "2023Q4",
    kept: str = "",
    recorded: tuple[Recorded, ...] = (),
) -> list[Problem]:
    """报一个数，时点写成 ``written``；``kept`` 是在案的时点。数在 D2，时点在 F2。"""
    when = f"'{written}" if written else ""
    content = consolidated(f"| {MARKET} | {quarter} | {item} | {value} | | {when} |")
    texts = {(item, "data_at"): kept} if kept else {}
    known = Circumstances(plan(), TODAY, texts=texts, recorded=recorded)
    return [p for one in read(content).returns for check in DATING for p in check(one, known)]


def on_record(item: str, value: str, quarter: Quarter = Q4, at: Quarter = Q4) -> Recorded:
    return Recorded(item, quarter, at, Decimal(value), "一.xlsx 指标数据!J13")


KEPT = [
    # 事项、数、写的时点、在案的时点、在案的数、代码
    ("I10", "83.1", "", "2022", "82.6", "missing"),
    ("I10", "83.1", "2023", "2022", "82.6", ""),
    ("I10", "82.6", "", "2022", "82.6", ""),
    ("I10", "83.1", "", "", "", "missing"),
    ("I01", "8.1", "", "2023-12-31", "8.0", "data_at_kept"),
    ("I01", "8.0", "", "2023-12-31", "8.0", ""),
    ("I01", "8.1", "", "", "8.0", ""),
    ("I01", "8.1", "", "2023-12-31", "", "data_at_kept"),
    ("I04", "未更新", "", "2022", "44", ""),
]


@pytest.mark.parametrize(("item", "value", "written", "kept", "old", "code"), KEPT)
def test_a_new_figure_with_the_old_date_is_told(  # noqa: PLR0917 - 一行一个情形
    item: str, value: str, written: str, kept: str, old: str, code: str
) -> None:
    """换了数、没有写时点的，时点照在案的，说是哪个；数没有换的、写了的，不说。"""
    recorded = (on_record(item, old),) if old else ()
    found = dated(item, value, written, kept=kept, recorded=recorded)
    assert codes(found) == [code] * bool(code)
    for one in found:
        assert one.place.cell == "F2"
        assert (f"照在案的“{kept}”算" in one.message) == bool(kept)


def test_a_year_has_one_figure() -> None:
    """年度数：别的季度报过同一年的另一个数，两个数、在哪里、以后算哪个，都说。"""
    late = on_record("I10", "82.6", Q4, Quarter(2022, 4))
    found = the(dated("I10", "81.5", "2022", quarter="2022Q4", recorded=(late,)), "year_twice")
    assert found.place.cell == "D2"
    for word in ("2022 年", "81.5", "82.6", "2023Q4", "一.xlsx 指标数据!J13"):
        assert word in found.message
    assert found.message.endswith("以后算 2023Q4 报的")


def test_a_later_return_counts() -> None:
    """先有补录的，后来的季度又报同一年的：算后来的。"""
    early = on_record("I10", "81.5", Quarter(2022, 4), Quarter(2022, 4))
    found = the(dated("I10", "82.6", "2022", recorded=(early,)), "year_twice")
    assert found.message.endswith("以后算 2023Q4 报的")


@pytest.mark.parametrize(
    ("item", "value", "written", "other"),
    [
        ("I10", "82.6", "2022", on_record("I10", "82.6", Quarter(2022, 4), Quarter(2022, 4))),
        ("I10", "83.1", "2023", on_record("I10", "82.6", Quarter(2022, 4), Quarter(2022, 4))),
        ("I10", "83.1", "2023", on_record("I10", "82.6", Q4)),
        ("I10", "83.1", "2023", on_record("I07", "82.6", Quarter(2023, 1))),
        ("I01", "8.1", "2023", on_record("I01", "7.9", Quarter(2023, 3), Quarter(2023, 3))),
    ],
)
def test_what_is_no_second_figure(item: str, value: str, written: str, other: Recorded) -> None:
    """一样的数、别的年份、同一季度的更正、别的事项、每季都报的，都不是一年两个数。"""
    assert dated(item, value, written, recorded=(other,)) == []


EARLY = [
    # 事项、报送期、时点、代码、严不严重
    ("M07-1", "2023Q2", "2022-12-31", "data_at_earlier", "warning"),
    ("M07-1", "2023Q2", "2023-03-31", "", ""),
    ("M07-1", "2021Q4", "2021-12-31", "", ""),
    ("M16-1", "2023Q1", "2022-12-31", "", ""),
    ("M16-1", "2023Q1", "2021-12-31", "data_at_earlier", "warning"),
    ("I01", "2023Q2", "2022-12-31", "", ""),
    ("I01", "2023Q2", "2020-06-30", "data_at_earlier", "warning"),
    ("I01", "2023Q2", "2013-06-30", "date_invalid", "error"),
    ("I10", "2023Q1", "2020", "data_at_earlier", "warning"),
    ("I10", "2023Q1", "2019", "date_invalid", "error"),
]


@pytest.mark.parametrize(("item", "quarter", "written", "code", "severity"), EARLY)
def test_a_date_that_takes_the_figure_out_of_the_judgement(
    item: str, quarter: str, written: str, code: str, severity: str
) -> None:
    """按年累计的写了别的年份、早到基期的，这个数就不算本期的：要说；早于基期的是写错，不收。"""
    found = [p for p in dated(item, "7", written, quarter=quarter) if p.code != "missing"]
    assert [(p.code, str(p.severity)) for p in found] == [(code, severity)] * bool(code)
    assert all(p.place.cell == "F2" for p in found)


def test_last_years_form_used_again_is_refused() -> None:
    """拿 2021 年的补录表改了报送期来报 2022 年：印好的时点还是 2021 的，整份不收。"""
    row, *_ = missing_rows(plan(), 2021, set())
    content = write_history(plan(), 2021, ({**row, "quarter": "2022Q4", "value": 5},))
    found = the(read(content).problems, "wrong_form")
    assert "2021Q4" in found.message
    assert "2022Q4" in found.message
    right = write_history(plan(), 2021, ({**row, "value": 5},))
    assert "wrong_form" not in codes(read(right).problems)


CODES = {code for *_, code in KEPT} | {"year_twice"} | {code for *_, code, _ in EARLY}
