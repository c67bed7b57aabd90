"""疑点：数本身没错，与已知的对不上；确认过就照原样收，从不改数。"""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipmeasures.problem import Severity
from ipmeasures.returns.suspicion import SUSPICIONS, comparators

from .plans import MARKET, checked, codes, consolidated, expected, figure, item, of, told

SUSPECTS = [
    # 事项、值、知道的、代码、可能的数
    ("I08", "1600", {"planned_exact": "0.16"}, "magnitude_suspect", "0.16"),
    ("I08", "0.16", {"planned_exact": "0.16"}, "", ""),
    ("I08", "0.16", {"planned_exact": "0.16", "year_ago": "1600"}, "", ""),
    ("I08", "0.8", {"planned_exact": "0.16"}, "", ""),
    ("I08", "0.81", {"planned_exact": "0.16"}, "magnitude_suspect", ""),
    ("I08", "0.032", {"planned_exact": "0.16"}, "", ""),
    ("I08", "0.031", {"planned_exact": "0.16"}, "magnitude_suspect", ""),
    ("I08", "0.9", {"planned_exact": "0.16"}, "magnitude_suspect", ""),
    ("I08", "1600", {}, "", ""),
    ("I08", "0", {"planned_exact": "0.16"}, "", ""),
    ("I07", "0.0423", {}, "unit_suspect", "4.23"),
    ("I07", "0.0423", {"last": "4.3"}, "unit_suspect", "4.23"),
    ("I07", "0.0423 [0.00%]", {}, "", ""),
    ("I07", "0.3", {}, "magnitude_suspect", ""),
    ("I09", "55000", {}, "magnitude_suspect", "5.5"),
    ("I09", "55000", {"last": "6"}, "magnitude_suspect", "5.5"),
    ("I01", "30", {"last": "5"}, "magnitude_suspect", ""),
    ("I01", "35", {"last": "5"}, "magnitude_suspect", ""),
    ("I01", "25", {"last": "5"}, "", ""),
    ("I11", "80", {"last": "11"}, "magnitude_suspect", "只提醒"),
    ("I11", "2", {"last": "11"}, "magnitude_suspect", "只提醒"),
    ("I11", "80", {"last": "20"}, "", ""),
    ("I11", "200", {"last": "20"}, "magnitude_suspect", ""),
    ("M10-2", "2", {}, "magnitude_suspect", "200"),
    ("M10-2", "160", {}, "", ""),
    ("I02", "12345", {"last": "120"}, "magnitude_suspect", ""),
    ("I02", "99999999", {"last": "3"}, "magnitude_suspect", "只提醒"),
    ("I02", "700", {"last": "120"}, "magnitude_suspect", ""),
    ("I03", "1", {"planned_exact": "26", "year_ago": "30"}, "magnitude_suspect", ""),
]


@pytest.mark.parametrize(("key", "value", "known", "code", "likely"), SUSPECTS)
def test_a_wrong_unit_is_suspected(
    key: str, value: str, known: dict[str, str], code: str, likely: str
) -> None:
    """与每个可比的数都差出 0.2～5 倍才疑；零不疑；可比的都不到 20 的整数项只提醒。"""
    notice = likely == "只提醒"
    found = [
        p
        for p in checked(figure(value, key), expected(key, **known))
        if p.code in ("unit_suspect", "magnitude_suspect")
    ]
    assert [p.code for p in found] == [code] * bool(code)
    for problem in found:
        assert (problem.place.cell, problem.item) == ("D2", key)
        assert (problem.severity is Severity.WARNING) == notice
        assert ("应填" in problem.message) == bool(likely and not notice)
        if likely and not notice:
            assert f"应填 {likely}" in problem.message
        if not notice:
            assert f"--confirm {key}=" in problem.fix


def rows(**values: str) -> bytes:
    """一个单位的几行数，从第 2 行起；键里的下划线是短横。"""
    keys = (key.replace("_", "-") for key in values)
    return consolidated(
        *(f"| {MARKET} | 2023Q2 | {k} | {v} |" for k, v in zip(keys, values.values(), strict=True))
    )


def test_two_rows_swapped() -> None:
    """优势企业 42 家、示范企业 8 家填颠倒了：两行都说是否与对方填颠倒，两处都指到。"""
    known = {**expected("I04", last="42"), **expected("I05", last="8")}
    found = of(checked(rows(I04="8", I05="42", I01="7.6"), known), "magnitude_suspect")
    assert [(p.item, p.severity) for p in found] == [
        ("I04", Severity.ERROR),
        ("I05", Severity.WARNING),
    ]
    assert "是否与 I05 填颠倒（那里填的是 42）" in found[0].message
    assert "是否与 I04 填颠倒（那里填的是 8）" in found[1].message
    assert [p.also[0].cell for p in found] == ["D3", "D2"]
    assert "两处换过来" in found[0].fix
    assert "--confirm I04=" in found[0].fix
    assert not of(checked(rows(I04="42", I05="8"), known), "magnitude_suspect")


def test_a_wrong_unit_is_not_called_a_swap() -> None:
    """换过来也对不上的，还是疑单位；别的行本来就对的，不说填颠倒。"""
    known = {**expected("I04", last="42"), **expected("I06", last="160")}
    (found,) = of(checked(rows(I04="4", I06="165"), known), "magnitude_suspect")
    assert "填颠倒" not in found.message
    (found,) = of(checked(rows(I09="68000", I06="165"), known), "magnitude_suspect")
    assert "疑为单位不对，应填 6.8" in found.message


def test_a_likely_mistake_colours_only_itself() -> None:
    """数多半填错了的，改对了再看滞不滞后、与同源的数等不等；确认过的照样看。"""
    known = {
        **expected("I03", planned_exact="5", lagging_below="4"),
        **expected("M15-2", planned_exact="5"),
    }
    content = rows(I03="0.0005", M15_2="5")
    assert set(codes(checked(content, known))) == {"magnitude_suspect"}
    assert set(codes(checked(content, known, {"I03": "已核"}))) == {
        "reason_missing",
        "figures_differ",
    }
    small = {**expected("I11", last="11", lagging_below="11")}
    assert set(codes(checked(rows(I11="2"), small))) == {"magnitude_suspect", "reason_missing"}


@pytest.mark.parametrize(("key", "value"), [("I07", "0.0423"), ("I08", "1600"), ("I09", "55000")])
def test_a_confirmed_figure_is_stored_as_it_stands(key: str, value: str) -> None:
    """--confirm 存的正是格里的数，不换算。"""
    content = figure(value, key)
    known = expected(key, planned_exact="0.16")
    assert {p.code for p in checked(content, known, {key: "已核"})} <= {"missing"}
    assert told(content) == {(key, "value"): value}


def test_what_is_compared_depends_on_the_nature() -> None:
    """本年累计比上年同期和序时值；其余比上期值，没有上期的比基期值或任务数。"""
    known = expected("I08", last="9", year_ago="0.1", planned_exact="0.12")["I08"]
    assert comparators(item("I08"), known) == [Decimal("0.1"), Decimal("0.12")]
    assert comparators(item("I08"), None) == []
    assert comparators(item("I01"), expected("I01", last="5")["I01"]) == [Decimal(5)]
    assert comparators(item("I01"), None) == [Decimal("4.99")]
    assert comparators(item("M10-2"), None) == [Decimal(170)]
    assert comparators(item("I01"), expected("I01", last="0")["I01"]) == []


@settings(max_examples=60, deadline=None)
@given(st.decimals("0.001", 9999, places=3), st.sampled_from(["I01", "I08", "I11"]))
def test_suspicions_never_change_a_figure(value: Decimal, key: str) -> None:
    """疑归疑，读到的数一位不动。"""
    content = figure(str(value), key)
    checked(content, expected(key, last="5", planned_exact="5"))
    assert Decimal(told(content)[key, "value"]) == value


STEADY = "2022Q1 5.0, 2022Q2 5.1, 2022Q3 5.2, 2022Q4 5.3, 2023Q1 5.4"
JUMPS = [
    # 事项、值、此前、代码
    ("I01", "5.9", STEADY, ""),
    ("I01", "6.0", STEADY, "jump"),
    ("I01", "4.8", STEADY, "jump"),
    ("I01", "6.0", STEADY.partition(", ")[2], ""),
    ("I01", "6.0", "2022Q1 5, 2022Q2 5, 2022Q3 5, 2022Q4 5, 2023Q1 5", ""),
    ("I01", "不适用", STEADY, ""),
    ("M07-1", "300", "2022Q1 1, 2022Q2 2, 2022Q3 3, 2022Q4 4, 2023Q1 5", ""),
]


@pytest.mark.parametrize(("key", "value", "history", "code"), JUMPS)
def test_a_leap_is_pointed_out(key: str, value: str, history: str, code: str) -> None:
    """比至少四步的中位数大五倍以上，提醒；步数不够、一直不动、逐年归零的不算。"""
    found = of(checked(figure(value, key, "字"), expected(key, history=history)), "jump")
    assert [(p.code, p.place.cell) for p in found] == [(code, "D2")] * bool(code)


NAMESAKES = [("26.43", "namesake"), ("29.33", "namesake"), ("27", "namesake"), ("24", ""), ("6.5", ""), ("0", "")]  # fmt: skip


@pytest.mark.parametrize(("value", "code"), NAMESAKES)
def test_a_namesakes_value_is_recognised(value: str, code: str) -> None:
    """I01 填了“每万人口发明专利拥有量”公布过的数（26.43、29.33），差在二十分之一以内都提醒。"""
    found = of(checked(figure(value), expected("I01", last="20")), "namesake")
    assert [p.code for p in found] == [code] * bool(code)
    assert all("每万人口发明专利拥有量" in p.message and p.place.cell == "D2" for p in found)


DATES = [
    ("I11", "45107", "looks_like_date"),
    ("I06", "45107", "looks_like_date"),
    ("I11", "39999", ""),
    ("I01", "45107.5", ""),
    ("I11", "12", ""),
]


@pytest.mark.parametrize(("key", "value", "code"), DATES)
def test_a_date_turned_into_a_number_is_recognised(key: str, value: str, code: str) -> None:
    """平时几百的数忽然是四万多，像日期变的，提醒；本来就上万的不提。"""
    found = of(checked(figure(value, key)), "looks_like_date")
    assert [p.code for p in found] == [code] * bool(code)
    assert not of(
        checked(figure("45107", "M10-2"), expected("M10-2", last="45000")), "looks_like_date"
    )


FIRST = [
    # 头一次报的整数项、值、知道的、代码
    ("M03-1", "45107", {"planned_exact": "0"}, ["magnitude_suspect", "looks_like_date"]),
    ("M03-1", "2023", {"planned_exact": "0"}, ["magnitude_suspect", "looks_like_date"]),
    ("M03-1", "2023", {}, ["magnitude_suspect", "looks_like_date"]),
    ("M16-1", "20230630", {}, ["magnitude_suspect", "looks_like_date"]),
    ("M16-1", "20230631", {}, ["magnitude_suspect"]),
    ("M16-2", "300", {"planned_exact": "0"}, ["magnitude_suspect"]),
    ("M16-2", "15", {}, []),
    ("M16-2", "0", {}, []),
    ("M03-1", "5", {}, []),
    ("M07-1", "20", {}, []),
    ("M07-1", "2023", {}, []),
    ("I11", "2023", {"last": "12"}, ["magnitude_suspect", "looks_like_date"]),
    ("I06", "2023", {"last": "160"}, ["magnitude_suspect", "looks_like_date"]),
    ("I06", "2023", {"last": "900"}, []),
    ("I02", "2023", {"last": "150"}, ["magnitude_suspect", "looks_like_date"]),
    ("M15-2", "2023", {"planned_exact": "5"}, ["magnitude_suspect"]),
    ("I03", "9", {}, []),
]


@pytest.mark.parametrize(("key", "value", "known", "expect"), FIRST)
def test_a_first_small_figure_is_guarded(
    key: str, value: str, known: dict[str, str], expect: list[str]
) -> None:
    """没有可比的数的整数项与计划要求的比，只提醒；像年份、日期的说出来；少的不疑，年还没有过完。"""
    found = [
        p
        for p in checked(figure(value, key), expected(key, **known))
        if p.code in ("magnitude_suspect", "looks_like_date", "unit_suspect")
    ]
    assert [p.code for p in found] == expect
    if key.startswith("M") and not any(map(Decimal, known.values())):
        assert all(p.severity is Severity.WARNING for p in found)


def test_lagging_wants_a_reason() -> None:
    """低于序时而没写滞后原因，提醒指到那一格；写了就不说；没有这一列的指到事项。"""
    head = "| 责任单位 | 报送期 | 编号 | 本期值 | 滞后原因 |"
    known = expected("I01", lagging_below="7")
    line = "| 市市场监管局 | 2023Q2 | I01 | 6.5 | {} |"
    (found,) = checked(consolidated(line.format(""), head=head), known)
    assert (found.code, found.place.cell, found.severity) == ("reason_missing", "E2", "warning")
    assert checked(consolidated(line.format("审查周期长"), head=head), known) == ()
    assert checked(consolidated(line.format("").replace("6.5", "7"), head=head), known) == ()
    (bare,) = checked(figure("6.5"), known)
    assert (bare.code, bare.place.sheet) == ("reason_missing", "汇总表")


def test_suspicions_only_warn_or_can_be_confirmed() -> None:
    """疑点不是错：不是提醒，就能用 --confirm 放行。"""
    assert len(SUSPICIONS) == 5
    for key, value, known, _, _ in SUSPECTS:
        found = checked(figure(value, key), expected(key, **known), {key: "已核"})
        assert all(p.severity is not Severity.ERROR for p in found)


CODES = {
    *(code for _, _, _, code, _ in SUSPECTS),
    *(code for *_, code in (*JUMPS, *NAMESAKES, *DATES)),
    "reason_missing",
}
