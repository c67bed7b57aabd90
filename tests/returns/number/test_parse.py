"""手填的数：人读出来是几，就是几；读不准的不认，只问。"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.returns.number import NotANumber, Number, plain, read_number, stored_number
from ipmeasures.returns.number.chinese import read_chinese

FULL_WIDTH = str.maketrans("0123456789+,.%", "０１２３４５６７８９＋，．％")
SPACES = st.text("\u0020\u00a0\u3000\u2003\u200b\ufeff\t\n\u2028\u202f", max_size=3)
MINUS = st.sampled_from("-−－–‐‑‒﹣")
FIGURES = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=4)


@st.composite
def typed(draw: st.DrawFn) -> tuple[str, Decimal]:
    """一个数和人会怎样填它。"""
    number = draw(FIGURES)
    text = format(abs(number), "f")
    if draw(st.booleans()):
        text = f"{abs(number):,f}"
    if draw(st.booleans()):
        text = text.translate(FULL_WIDTH)
    if number < 0:
        text = draw(MINUS) + text
    apostrophe = draw(st.sampled_from(["", "'", "’"]))
    return draw(SPACES) + apostrophe + draw(SPACES) + text + draw(SPACES), number


@given(typed())
def test_a_typed_number_equals_what_a_person_reads(case: tuple[str, Decimal]) -> None:
    """全角、千分位、各种负号、各种空白、撇号：数不变。"""
    text, number = case
    read = read_number(text)
    assert isinstance(read, Number)
    assert read.value == number
    assert read.changed or text == format(number, "f")


@given(st.text("0123456789.,+-eE_ %()（）万亿约余件１２，．％−٣²①", max_size=10))
def test_nothing_else_is_a_number(text: str) -> None:
    """认作数的，规整以后一定是一个写法规矩的数。"""
    read = read_number(text, "%")
    if isinstance(read, Number):
        half = text.translate(str.maketrans("１２，．％−", "12,.%-")).strip().lstrip("'")
        assert Decimal(half.removesuffix("%").replace(",", "")) == read.value


@pytest.mark.parametrize(
    ("text", "unit", "value", "changed"),
    [
        ("1234", "件", "1234", False),
        ("007", "", "7", False),
        ("+5", "", "5", False),
        ("-0", "", "0", False),
        ("１２３４", "", "1234", True),
        ("1,234", "", "1234", True),
        ("1，234", "", "1234", True),
        ("-1,234,567.80", "", "-1234567.80", True),
        ("\u00a01234\u3000", "", "1234", True),
        ("\ufeff8.1\u200b", "", "8.1", True),
        ("'8.1", "", "8.1", True),
        ("−5", "", "-5", True),
        ("4.23%", "%", "4.23", True),
        ("4.23％", "%", "4.23", True),
        ("1,234%", "%", "1234", True),
    ],
)
def test_normalising_is_these_few_things(
    text: str,
    unit: str,
    value: str,
    changed: bool,  # noqa: FBT001 - 参数表的列
) -> None:
    """规整只有约定的几样，改过就说改过。"""
    assert read_number(text, unit) == Number(Decimal(value), changed)


@pytest.mark.parametrize(
    ("text", "unit", "hint"),
    [
        ("8万", "万件", "是否为 8？计量单位为万件"),
        ("8万", "件", "是否为 80000？"),
        ("8万", "", "是否为 80000？"),
        ("8万", "%", ""),
        ("-8万", "万元", "是否为 -8？计量单位为万元"),
        ("3.5亿", "亿元", "是否为 3.5？计量单位为亿元"),
        ("3.5亿", "万元", "是否为 35000？计量单位为万元"),
        ("1234件", "件", "是否为 1234？"),
        ("1,234 件", "件", "是否为 1234？"),
        ("1600件", "万件", "是否为 0.16？计量单位为万件"),
        ("8万件", "万件", "是否为 8？计量单位为万件"),
        ("80元", "件", "计量单位为件"),
        ("80元", "", ""),
        ("26.43件", "件/万人", "计量单位为件/万人"),
        ("80/90", "件", ""),
        ("约80", "件", "只能填一个确数，是否为 80？请核实"),
        ("80余", "件", "只能填一个确数，是否为 80？请核实"),
        ("80余万件", "万件", "只能填一个确数，是否为 80？请核实"),
        ("≥80", "件", "只能填一个确数，是否为 80？请核实"),
        ("80左右", "件", "只能填一个确数，是否为 80？请核实"),
        ("约4.2%", "%", "只能填一个确数，是否为 4.2？请核实"),
        ("80-90", "件", "只能填一个数"),
        ("80～90件", "件", "只能填一个数"),
        ("(5)", "", "括号有时表示负数，是 5 还是 -5？请核实"),
        ("（1，234）", "", "括号有时表示负数，是 1234 还是 -1234？请核实"),
        ("一百二十", "件", "是否为 120？"),
        ("一百二十", "%", "是否为 120？"),
        ("三万五千", "万件", "是否为 3.5？计量单位为万件"),
        ("三万五千", "%", ""),
        ("十二万件", "件", "是否为 120000？"),
        ("一百二十", "万件", "是否为 120？计量单位为万件"),
        ("八十件", "万件", "是否为 0.008？计量单位为万件"),
        ("十二%", "%", "是否为 12？"),
        ("八十余件", "件", "只能填一个确数，是否为 80？请核实"),
        ("一般", "件", ""),
        ("一百二", "件", ""),
        ("①", "", "是否为 1？"),
        ("⑳", "", "是否为 20？"),
        ("½", "", ""),
        ("²", "", ""),
        ("₂", "", ""),
        ("٣٤", "", "是否为 34？"),
        ("12\u200b34", "", "是否为 1234？"),
        ("1e3", "", "是否为 1000？"),
        ("1.5E-2", "", "是否为 0.015？"),
        ("1e99", "", ""),
        ("1_234", "", "是否为 1234？"),
        ("1 234 567.8", "", "是否为 1234567.8？"),
        ("12 34", "", ""),
        ("NaN", "", ""),
        ("Infinity", "", ""),
        ("1.234,5", "", "是否为 1234.5？"),
        ("6,5", "", "是否为 6.5？"),
        ("12,34", "", "逗号只能用来分千位（如 1,234）"),
        ("1,23", "", "逗号只能用来分千位（如 1,234）"),
        ("0,123", "", "逗号只能用来分千位（如 1,234）"),
        ("3。5", "", "是否为 3.5？"),
        ("- 5", "", "是否为 -5？"),
        (".5", "", "是否为 0.5？"),
        ("5.", "", "是否为 5？"),
        ("4.23%", "件", "带着百分号，而计量单位为件"),
        ("4.23%", "", ""),
        ("4.23 %", "%", "是否为 4.23？"),
        ("5%%", "%", ""),
        ("", "件", ""),
        ("—", "", ""),
        ("1" * 65, "", ""),
        ("1" * 20 + "件", "件", f"是否为 {'1' * 20}？"),
        ("1" * 21 + "件", "件", ""),
        ("5个百分点", "百分点", "计量单位为百分点"),
        ("5百分点", "百分点", "是否为 5？"),
        ("5百", "百分点", "是否为 500？"),
    ],
)
def test_what_is_not_a_number_gets_a_suggestion_where_one_is_obvious(
    text: str, unit: str, hint: str
) -> None:
    """不认，只问；看不出本意的不乱猜。"""
    assert read_number(text, unit) == NotANumber(hint)


@pytest.mark.parametrize(
    ("scale", "value"),
    [
        *(("十", "30"), ("百", "300"), ("千", "3000"), ("万", "30000"), ("十万", "300000")),
        *(("百万", "3000000"), ("千万", "30000000"), ("亿", "300000000"), ("十亿", "3000000000")),
        *(("百亿", "30000000000"), ("千亿", "300000000000"), ("万亿", "3000000000000")),
    ],
)
def test_every_scale_is_counted(scale: str, value: str) -> None:
    """十、百、千、万到万亿，各是多少；两个字的不当成一个字的。"""
    assert read_number(f"3{scale}", "件") == NotANumber(f"是否为 {value}？")
    assert read_number(f"3{scale}", f"{scale}件") == NotANumber(f"是否为 3？计量单位为{scale}件")


def test_sixty_four_characters_are_read_and_no_more() -> None:
    """长得不像话的不是数；到这么长为止，一位也不丢。"""
    assert read_number("1" * 64) == Number(Decimal("1" * 64), changed=False)
    assert read_number("1" * 65) == NotANumber()


@pytest.mark.parametrize("zero", ["-0", "-0.00", "−0"])
def test_zero_has_no_sign(zero: str) -> None:
    """负零就是零，入库不带负号。"""
    read = read_number(zero)
    assert isinstance(read, Number)
    assert not read.value.is_signed()
    assert not stored_number("-0").is_signed()


@given(FIGURES)
def test_plain_writing_loses_nothing(number: Decimal) -> None:
    """标准写法读回来还是它，没有指数，末尾没有多余的零。"""
    text = plain(number)
    assert read_number(text) == Number(number, changed=False)
    assert "E" not in text
    assert not ("." in text and text.endswith(("0", ".")))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("8.10", "8.1"),
        ("0", "0"),
        ("-0.00", "0"),
        ("1E+3", "1000"),
        ("100", "100"),
        ("1E-7", "0.0000001"),
        ("1." + "1" * 40, "1." + "1" * 40),
    ],
)
def test_plain_writing(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("0.28499999999999998", "0.285"),
        ("1600", "1600"),
        ("12345678901234567890", "12345678901234567890"),
        ("1E3", "1000"),
        ("4.2299999999999997E-2", "0.0423"),
        (".5", "0.5"),
        ("-0", "0"),
        ("-0.0", "0"),
    ],
)
def test_a_stored_number_is_what_the_screen_shows(raw: str, text: str) -> None:
    """Excel 存的是双精度数的十七位写法，屏幕上是最短的写法；整数照写。"""
    assert plain(stored_number(raw)) == text


@pytest.mark.parametrize("raw", ["nan", "inf", "1e400", "", "1_000", "１", " 1", "abc"])
def test_a_stored_number_is_finite(raw: str) -> None:
    """不是有限的数就不是数。"""
    with pytest.raises(ValueError, match="不是有限的数"):
        stored_number(raw)


def test_what_is_not_stored_well_is_quoted_in_part() -> None:
    """格里的字可以很长，说的时候只引前四十个。"""
    with pytest.raises(ValueError, match=f"^不是有限的数：{'x' * 40}$"):
        stored_number("x" * 41)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("零", 0), ("两", 2), ("十", 10), ("一十", 10), ("十二", 12), ("一百零五", 105)),
        *(("一百一十", 110), ("两千零一十", 2010), ("一万零五十", 10050), ("十二万", 120_000)),
        *(("三亿五千万", 350_000_000), ("壹佰贰拾", 120), ("一千二百三十四", 1234)),
        *(("三亿", 300_000_000), ("一百零一", 101), ("一万零九百五十", 10_950)),
        ("九千九百九十九亿九千九百九十九万九千九百九十九", 999_999_999_999),
        ("一万二千亿", None),
        *(("一百二", None), ("二〇二三", None), ("百", None), ("万", None), ("", None)),
        *(("一万亿", None), ("二十百", None), ("零五", None), ("好", None), ("一" * 30, None)),
    ],
)
def test_chinese_numbers_are_read_only_where_regular(text: str, value: int | None) -> None:
    """写得规矩的才认；一百二是一百二十还是一百零二，不替人猜。"""
    assert read_chinese(text) == value
