"""数字格：一格里写了什么，就读成什么；读不准的说清为什么，从不替人猜。"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.problem import Place, Severity
from ipmeasures.returns.figure import FigureCell, read_figure
from ipmeasures.returns.line import State
from ipmeasures.returns.number import plain
from ipmeasures.returns.workbook.cells import Cell, CellType

from .plans import item

AT = Place("指标数据", "J5")
# I01 两位小数，I04 整数、可未更新，I07 %、按年，I08 万件、四位小数，I10 满分 100
TWO, WHOLE, PERCENT, TEN_THOUSAND, SCORE = "I01", "I04", "I07", "I08", "I10"


def typed(text: str, key: str = TWO) -> FigureCell:
    """一格手填的字。"""
    return read_figure(Cell(5, 10, text, CellType.TEXT), item(key), AT)


def stored(raw: str, key: str = TWO, number_format: str = "General") -> FigureCell:
    """一格存成数字的。"""
    cell = Cell(5, 10, raw, CellType.NUMBER, None, number_format)
    return read_figure(cell, item(key), AT)


def only(found: FigureCell) -> str:
    """唯一的一个问题的代码；没有为空。"""
    return "、".join(problem.code for problem in found.problems)


TYPED = [
    # 写法、事项、读成、代码
    ("1234", WHOLE, "1234", ""),
    ("１２３４", WHOLE, "1234", "normalised"),
    ("1,234", WHOLE, "1234", "normalised"),
    ("1，234", WHOLE, "1234", "normalised"),
    ("\u00a0\u30006.5\u3000", TWO, "6.5", "normalised"),
    ("\u200b6.5\ufeff", TWO, "6.5", "normalised"),
    ("'6.5", TWO, "6.5", "normalised"),
    ("6.50", TWO, "6.5", ""),
    ("4.23%", PERCENT, "4.23", "normalised"),
    ("4.23％", PERCENT, "4.23", "normalised"),
    ("0", WHOLE, "0", ""),
    ("-0", WHOLE, "0", ""),
    ("100", SCORE, "100", ""),
    ("3.0", WHOLE, "3", ""),
    ("3.5", WHOLE, "3.5", "not_an_integer"),
    ("-3", WHOLE, "-3", "negative"),
    ("−3", WHOLE, "-3", "normalised、negative"),
    ("-3.5", WHOLE, "-3.5", "not_an_integer、negative"),
    ("100.01", SCORE, "100.01", "out_of_range"),
]


@pytest.mark.parametrize(("text", "key", "value", "code"), TYPED)
def test_a_typed_number_is_read_as_a_person_reads_it(
    text: str, key: str, value: str, code: str
) -> None:
    """规整过的说一声，原样的字留着；整数项、负数、超过上限是错误，但数照读，好指给人看。"""
    found = typed(text, key)
    assert (plain(found.value or Decimal(0)), only(found)) == (value, code)
    assert found.state is (State.ZERO if value == "0" else State.FIGURE)
    assert found.raw == text


NOT_NUMBERS = [
    # 写法、事项、建议里要有的字
    ("8万", TEN_THOUSAND, "8"),
    ("3.5亿", "I03", "3.5"),
    ("1234件", "M07-1", "1234"),
    ("约80", WHOLE, "80"),
    ("80余", WHOLE, "80"),
    ("≥80", WHOLE, "80"),
    ("80-90", WHOLE, "一个数"),
    ("(5)", WHOLE, "5"),
    ("一百二十", WHOLE, "120"),
    ("①", WHOLE, "1"),
    ("²", WHOLE, ""),
    ("1e3", WHOLE, "1000"),
    ("1_234", WHOLE, "1234"),
    ("NaN", TWO, ""),
    ("Infinity", TWO, ""),
    ("1.234,5", TWO, "1234.5"),
    ("6,5", TWO, "6.5"),
    ("4.23%", TWO, "计量单位为件"),
    ("已完成", TWO, ""),
    ("{{ 7*7 }}", TWO, ""),
    ("=1+1", TWO, ""),
]


@pytest.mark.parametrize(("text", "key", "hint"), NOT_NUMBERS)
def test_what_is_not_a_number_gets_a_suggestion(text: str, key: str, hint: str) -> None:
    """不是数的不入库；看得出本意的给建议，只问不改。"""
    found = typed(text, key)
    (problem,) = found.problems
    assert (found.state, found.value, problem.code) == (None, None, "not_a_number")
    assert hint in problem.message
    assert (problem.place, problem.item, problem.value) == (AT, key, text)


@pytest.mark.parametrize("text", ["/", "／", "-", "－", "—", "——", "–", "无", "N/A", "n/a", "Ｎ／Ａ", "NA", " 无 ", "*"])  # fmt: skip
def test_signs_for_nothing_are_ambiguous(text: str) -> None:
    """“/”“无”分不清是零、不涉及还是没报：请写明。"""
    found = typed(text)
    assert (found.state, only(found)) == (None, "ambiguous_blank")


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u00a0", "\u200b", "\n", "'"])
def test_blanks_are_not_reported(text: str) -> None:
    """只有空白的格是空格：未报，不说什么。"""
    assert typed(text).state is None
    assert typed(text).problems == ()


def test_an_absent_cell_is_not_reported() -> None:
    """没有这一格，就是未报。"""
    assert read_figure(None, item(TWO), AT) == FigureCell()


STATES = [
    ("不适用", TWO, State.NOT_APPLICABLE, ""),
    (" 不适用\u3000", TWO, State.NOT_APPLICABLE, ""),
    ("不适用\u200b", TWO, State.NOT_APPLICABLE, ""),
    ("撤回", TWO, State.WITHDRAWN, ""),
    ("未更新", WHOLE, State.NOT_UPDATED, ""),
    ("未更新", PERCENT, State.NOT_UPDATED, ""),
    ("未更新", TWO, None, "not_updatable"),
]


@pytest.mark.parametrize(("text", "key", "state", "code"), STATES)
def test_states_are_written_in_words(text: str, key: str, state: State | None, code: str) -> None:
    """不适用、未更新、撤回各是一种状态，没有数；未更新只用于按批次、按年发布的。"""
    found = typed(text, key)
    assert (found.state, found.value, only(found)) == (state, None, code)


def test_the_five_states_differ() -> None:
    """未报、零、不适用、未更新和数，读出来各不相同。"""
    texts = ("", "0", "不适用", "未更新", "3")
    states = [typed(text, WHOLE).state for text in texts]
    assert states == [None, State.ZERO, State.NOT_APPLICABLE, State.NOT_UPDATED, State.FIGURE]


STORED = [
    # 存的字、格式、事项、读成、代码
    ("1234", "General", WHOLE, "1234", ""),
    ("0.28499999999999998", "General", TWO, "0.285", ""),
    ("4.2299999999999997E-2", "0.00%", PERCENT, "4.23", "percent_format"),
    ("0.0423", "0%", PERCENT, "4.23", "percent_format"),
    ("0.0423", "General", PERCENT, "0.0423", ""),
    ("1E3", "0.00E+00", WHOLE, "1000", ""),
    ("0", "#,##0", WHOLE, "0", ""),
    ("12.5", "@", WHOLE, "12.5", "not_an_integer"),
    ("0.0423", "0.00%", TWO, None, "wrong_type"),
    ("45107", "yyyy-mm-dd", TWO, None, "wrong_type"),
    ("45107", 'yyyy"年"m"月"', TWO, None, "wrong_type"),
    ("0.5", "h:mm", TWO, None, "wrong_type"),
]


@pytest.mark.parametrize(("raw", "code", "key", "value", "problem"), STORED)
def test_a_stored_number_is_what_is_shown(
    raw: str, code: str, key: str, value: str | None, problem: str
) -> None:
    """存的双精度数读成屏幕上的数；百分比格式只在单位是 % 时换算，日期格式不是数。"""
    found = stored(raw, key, code)
    assert (None if found.value is None else plain(found.value), only(found)) == (value, problem)


def test_a_date_is_named_as_the_person_saw_it() -> None:
    """变成日期的：说看见的那个日期，不说 45107；先改格式再填，不然再填一次还是日期。"""
    for cell, shown in (
        (Cell(5, 10, "45107", CellType.NUMBER, None, "yyyy-mm-dd"), "2023-06-30"),
        (Cell(5, 10, "0.5", CellType.NUMBER, None, "h:mm"), "12:00"),
        (Cell(5, 10, "2023-06-30T00:00:00", CellType.DATE), "2023-06-30"),
    ):
        (found,) = read_figure(cell, item(TWO), AT).problems
        assert shown in found.message
        assert found.fix == "请先把这一格的格式改为“常规”，再填数字"
    mac = Cell(5, 10, "43645", CellType.NUMBER, None, "yyyy-mm-dd")
    (found,) = read_figure(mac, item(TWO), AT, epoch_1904=True).problems
    assert "2023-06-30" in found.message


def test_a_percent_cell_says_what_to_type() -> None:
    """82.3 填进百分比格式的格里，存的是 0.823：说看见的是多少、先改格式、再填多少。"""
    (found,) = stored("0.823", SCORE, "0.0%").problems
    assert found.message == "这一格是百分比格式（看见的是 82.3%），而这一项按分计"
    assert found.fix == "请先把这一格的格式改为“常规”，再填 82.3"


WAITING = ["未公布", "尚未发布", "数据未公布", "待统计", "待定", "暂无", "暂无数据", "还没公布", "统计中", "尚未正式公布"]  # fmt: skip


@pytest.mark.parametrize("text", WAITING)
def test_not_yet_known_is_never_answered_with_a_number(text: str) -> None:
    """还没有数：按批次、按年发布的请填未更新，每季都有的请留空；从不叫人填一个数。"""
    (yearly,), (quarterly,) = typed(text, PERCENT).problems, typed(text).problems
    assert {yearly.code, quarterly.code} == {"ambiguous_blank"}
    assert yearly.fix == "没有新数请改填“未更新”（这一项按年发布），或留空"
    assert quarterly.fix.startswith("数还没有出来请留空")
    assert "只填一个数字" not in yearly.fix + quarterly.fix


def test_a_sign_for_a_blank_is_not_led_to_another_refusal() -> None:
    """每季都有新数的项目不能填未更新，斜杠的改法里就不提它。"""
    (batch,), (quarterly,) = typed("/", WHOLE).problems, typed("/").problems
    assert "没有新数填“未更新”" in batch.fix
    assert "未更新" not in quarterly.fix


TYPES = [
    (Cell(5, 10, "#REF!", CellType.ERROR), "cell_error"),
    (Cell(5, 10, "#DIV/0!", CellType.ERROR, "A1/0"), "cell_error"),
    (Cell(5, 10, "#N/A", CellType.ERROR), "cell_error"),
    (Cell(5, 10, "", CellType.EMPTY, "A1+1"), "formula_not_calculated"),
    (Cell(5, 10, "TRUE", CellType.BOOLEAN), "wrong_type"),
    (Cell(5, 10, "2023-06-30T00:00:00", CellType.DATE), "wrong_type"),
]


@pytest.mark.parametrize(("cell", "code"), TYPES)
def test_cells_of_another_kind_are_refused(cell: Cell, code: str) -> None:
    """错误值、没算过的公式、真假值、日期都不是数。"""
    found = read_figure(cell, item(TWO), AT)
    (problem,) = found.problems
    assert (found.state, found.value, problem.code) == (None, None, code)
    assert (problem.place, problem.severity) == (AT, Severity.ERROR)


FORMULAS = [
    ("A1+1", "formula_result"),
    ("SUM(B2:B9)", "formula_result"),
    ("[1]Sheet1!$A$1", "formula_external"),
    ("NOW()-1", "formula_external"),
    ("today()", "formula_external"),
    ("INDIRECT(A1)", "formula_external"),
    ("KNOWNOW", "formula_result"),
]


@pytest.mark.parametrize(("formula", "code"), FORMULAS)
def test_a_formula_gives_its_result(formula: str, code: str) -> None:
    """公式取算好的结果并说明；引用别的文件或会自己变的，请人核对。"""
    cell = Cell(5, 10, "6.5", CellType.NUMBER, formula)
    found = read_figure(cell, item(TWO), AT)
    assert (found.value, only(found)) == (Decimal("6.5"), code)


def test_a_formula_may_give_words_or_nothing() -> None:
    """公式算出“不适用”是不适用，算出空串是未报。"""
    word = read_figure(Cell(5, 10, "不适用", CellType.TEXT, "A1"), item(TWO), AT)
    assert (word.state, only(word)) == (State.NOT_APPLICABLE, "formula_result")
    assert read_figure(Cell(5, 10, "", CellType.TEXT, "A1"), item(TWO), AT) == FigureCell()


@given(st.text(max_size=12), st.sampled_from([TWO, WHOLE, PERCENT, TEN_THOUSAND]))
def test_a_cell_is_a_figure_a_state_a_blank_or_a_problem(text: str, key: str) -> None:
    """任何字都有着落：读成数或状态；不然就是空白；再不然一定有错误说明。"""
    found = typed(text, key)
    refused = any(problem.severity is Severity.ERROR for problem in found.problems)
    assert (found.value is not None) == (found.state in (State.FIGURE, State.ZERO))
    if found.state is None and not refused:
        assert not any(char.isalnum() for char in text)


CODES = {code for *_, codes in TYPED for code in codes.split("、")} | {
    *(code for *_, code in (*STATES, *STORED, *TYPES, *FORMULAS)),
    "not_a_number",
    "ambiguous_blank",
}
