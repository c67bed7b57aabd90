"""文字格：原样留着，只去两头的空白；日期认各种写法。"""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.problem import Place
from ipmeasures.returns.model import MAX_TEXT, FigureRow, InfoRow, MeasureRow, validated
from ipmeasures.returns.text import read_date, read_text, seen, stripped
from ipmeasures.returns.workbook.cells import Cell, CellType

AT = Place("指标数据", "N5")


def cell(raw: str, kind: CellType = CellType.TEXT, number_format: str = "General") -> Cell:
    """一格。"""
    return Cell(5, 14, raw, kind, None, number_format)


READ = [
    (cell(" 正在推进\u3000"), "正在推进"),
    (cell("甲\r\n乙\r丙"), "甲\n乙\n丙"),
    (cell("{{ 7*7 }}"), "{{ 7*7 }}"),
    (cell("=cmd|'/c calc'!A1"), "=cmd|'/c calc'!A1"),
    (cell("<script>&amp;</script>"), "<script>&amp;</script>"),
    (cell("| # * [x](javascript:)"), "| # * [x](javascript:)"),
    (cell("👩‍👩‍👧 ½"), "👩‍👩‍👧 ½"),
    (cell("13800000000", CellType.NUMBER), "13800000000"),
    (cell("0.28499999999999998", CellType.NUMBER), "0.285"),
    (cell("45107", CellType.NUMBER, "yyyy/m/d"), "2023-06-30"),
    (cell("0.5", CellType.NUMBER, "h:mm"), "0.5"),
    (cell("2023-06-30T12:00:00", CellType.DATE), "2023-06-30"),
    (cell("TRUE", CellType.BOOLEAN), "TRUE"),
    (cell(" \u200b\n"), ""),
    (cell("\x1f甲\x85 "), "\x1f甲\x85"),
    (None, ""),
]


@pytest.mark.parametrize(("given_cell", "text"), READ)
def test_text_is_kept_as_written(given_cell: Cell | None, text: str) -> None:
    """文字从不解释；数字照写，日期写成 2023-06-30。"""
    found = read_text(given_cell, AT)
    assert (found.text, found.problems) == (text, ())


SEEN = [
    (cell("45107", CellType.NUMBER, "yyyy/m/d"), "2023-06-30"),
    (cell("0.35416666", CellType.NUMBER, "h:mm"), "8:30"),
    (cell("-1", CellType.NUMBER, "yyyy/m/d"), "-1"),
    (cell("0.823", CellType.NUMBER, "0.0%"), "82.3%"),
    (cell("0.28499999999999998", CellType.NUMBER), "0.285"),
    (cell("2023-06-30T00:00:00", CellType.DATE), "2023-06-30"),
    (cell("2023-06-30T08:30:00", CellType.DATE), "2023-06-30 08:30:00"),
    (cell(" 8万 "), " 8万 "),
    (cell("TRUE", CellType.BOOLEAN), "TRUE"),
]


@pytest.mark.parametrize(("given_cell", "text"), SEEN)
def test_seen_is_what_stands_on_the_screen(given_cell: Cell, text: str) -> None:
    """说给人看的是屏幕上的样子，不是存的序号和百分之一。"""
    assert seen(given_cell) == text


@pytest.mark.parametrize(
    ("given_cell", "code"),
    [
        (cell("#REF!", CellType.ERROR), "cell_error"),
        (Cell(5, 14, "", CellType.EMPTY, "A1"), "formula_not_calculated"),
    ],
)
def test_cells_without_text_are_problems(given_cell: Cell, code: str) -> None:
    """错误值和没算过的公式不是文字。"""
    found = read_text(given_cell, AT)
    assert (found.text, [p.code for p in found.problems]) == ("", [code])


def test_dates_count_from_the_workbooks_epoch() -> None:
    """Mac 的旧工作簿从 1904 年数起。"""
    dated = cell("43645", CellType.NUMBER, "yyyy-mm-dd")
    assert read_text(dated, AT, epoch_1904=True).text == "2023-06-30"


@given(st.text())
def test_only_blanks_come_off_the_ends(text: str) -> None:
    """两头去掉的都是空白；控制字符要留着，好说出来。"""
    kept = stripped(text)
    assert kept in text
    head, tail = text[: text.index(kept)], text[text.index(kept) + len(kept) :]
    assert all(char in "\t\n" or unicodedata.category(char) != "Cc" for char in head + tail)
    assert not any(char.isalnum() for char in head + tail)


DATES = [
    ("2023-06-30", ""), ("2023/6/30", ""), ("2023.6.30", ""), ("2023年6月30日", ""),
    ("2023年6月", ""), ("2023年6月底", ""), ("2023-06", ""), ("2023.1", ""), ("2022", ""),
    ("2022年", ""), ("2022年底", ""), ("2023Q2", ""), ("２０２３Ｑ２", ""), ("2023年二季度", ""),
    ("23年二季度", ""), ("2023年第二季度", ""), ("2023年上半年", ""), ("2023年1—6月", ""),
    ("2023年1-5月", ""), ("", ""), ("撤回", ""),
    ("2023-13-01", "date_invalid"), ("2023-02-30", "date_invalid"), ("六月底", "date_invalid"),
    ("6月30日", "date_invalid"), ("2023Q5", "date_invalid"), ("45107", "date_invalid"),
    ("截至6月", "date_invalid"), ("20230630", "date_invalid"), ("2023年1-13月", "date_invalid"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), DATES)
def test_dates_are_understood_or_asked_again(text: str, code: str) -> None:
    """数据时点、完成日期：认得的照原样留着，认不得的请重写。"""
    found = read_date(cell(text), AT, "I01")
    assert "、".join(p.code for p in found.problems) == code
    assert found.text == ("" if code else text)


def test_a_year_dot_month_stored_as_a_number_is_not_guessed() -> None:
    """2022.1 存成数字，就分不清是一月还是十月。"""
    found = read_date(cell("2022.1", CellType.NUMBER), AT, "I01")
    assert [p.code for p in found.problems] == ["date_invalid"]
    assert read_date(cell("2022", CellType.NUMBER), AT, "I01").text == "2022"
    assert read_date(cell("45107", CellType.NUMBER, "yyyy-mm-dd"), AT, "I01").text == "2023-06-30"


def test_an_error_in_a_date_is_said_once() -> None:
    """错误值不再当日期去认。"""
    found = read_date(cell("#N/A", CellType.ERROR), AT, "I01")
    assert [p.code for p in found.problems] == ["cell_error"]


ROWS = [
    # 哪种行、哪一格、写了什么、代码、句子里要有的字
    (FigureRow, "note", "字" * MAX_TEXT, "", ""),
    (FigureRow, "note", "字" * (MAX_TEXT + 1), "text_too_long", "2001"),
    (FigureRow, "reason", "甲\x07乙", "control_character", "U+0007"),
    (FigureRow, "reason", "\x1f甲", "control_character", "U+001F"),
    (FigureRow, "source", "甲\u202e乙", "control_character", "U+202E"),
    (FigureRow, "source", "甲\u2066乙", "control_character", "U+2066"),
    (FigureRow, "source", "甲\x85乙", "control_character", "U+0085"),
    (FigureRow, "note", "甲\n乙\t丙👩‍👧", "", ""),
    (MeasureRow, "status", "推进中", "", ""),
    (MeasureRow, "status", "撤回", "", ""),
    (MeasureRow, "status", "快完成了", "choice_unknown", "快完成了"),
    (InfoRow, "manner", "正常报送", "choice_unknown", "正常报送"),
]


@pytest.mark.parametrize(("model", "key", "text", "code", "said"), ROWS)
def test_texts_are_checked_for_length_characters_and_choices(
    model: type[FigureRow | MeasureRow | InfoRow], key: str, text: str, code: str, said: str
) -> None:
    """2000 字以内、没有看不见的控制字符、可选项照写；说错时不把整段话再说一遍。"""
    item = {} if model is InfoRow else {"item": "I01"}
    row, problems = validated(model, {**item, key: text}, {key: AT})
    assert "、".join(p.code for p in problems) == code
    assert (row is None) == bool(code)
    for problem in problems:
        assert said in problem.message
        assert problem.place == AT
        assert len(problem.value) <= 41
        assert problem.message.isprintable()
        assert problem.value.isprintable()


CODES = {code for *_, code, _ in ROWS} | {code for _, code in DATES} | {"cell_error"}
