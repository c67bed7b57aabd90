"""公式格：存下的结果信得过才收，信不过的说一声或不收，不悄悄当成数。"""

import io
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter
import xlwt

from ipmeasures.forms.write import write_form
from ipmeasures.plan.owed import owed_by
from ipmeasures.problem import Severity
from ipmeasures.returns.legacy import read_legacy
from ipmeasures.returns.line import State
from ipmeasures.returns.workbook import read_workbook

from .plans import MARKET, Q2, codes, plan, read, the

HEAD = ("责任单位", "报送期", "编号", "本期值", "说明")
_FLAG = b' fullCalcOnLoad="1"'


def _written(key: str, formula: str, result: object, *, recalculated: bool = True) -> bytes:
    """一行一个公式；这个库总写“打开时重新计算”，``recalculated`` 为假时去掉。"""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("汇总表")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, (MARKET, "2023Q2", key))
        sheet.write_formula(1, 3, formula, None, result)
    return buffer.getvalue() if recalculated else _changed(buffer.getvalue(), _FLAG, b"")


def _changed(content: bytes, old: bytes, new: bytes) -> bytes:
    """各部件里的 ``old`` 换成 ``new``；一处也没有是写错了。"""
    buffer, found = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(buffer, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            found += part.count(old)
            after.writestr(name, part.replace(old, new))
    assert found
    return buffer.getvalue()


def test_a_result_kept_by_the_program_that_calculated_it() -> None:
    """平常存下的结果照读，说明是公式；零也是结果。"""
    for result, state in ((260, State.FIGURE), (0, State.ZERO)):
        reading = read(_written("M07-1", "=130+130", result, recalculated=False))
        [line] = [one for one in lines_of(reading) if one[0] == "M07-1"]
        assert line[1:] == (state, Decimal(result))
        assert "formula_result" in codes(reading.problems)


def lines_of(reading: object) -> list[tuple[str, State | None, Decimal | None]]:
    """读到的数。"""
    [found] = reading.returns  # type: ignore[attr-defined]
    return [(read_.item, row.state, row.value) for read_, row in found.figures]


def test_a_zero_that_may_not_have_been_calculated_is_refused() -> None:
    """写表的程序没有算过公式，只写了个 0，并注明打开时重新计算：不收。"""
    found = the(read(_written("M07-1", "=130+130", 0)).problems, "formula_not_calculated")
    assert (found.severity, found.place.cell) == (Severity.ERROR, "D2")


def test_a_result_to_be_recalculated_is_told() -> None:
    """存着结果、又注明打开时重新计算的：收，提醒核对。"""
    reading = read(_written("M07-1", "=130+170", 260))
    found = the(reading.problems, "formula_result")
    assert (found.severity, found.place.cell) == (Severity.WARNING, "D2")
    assert "260" in found.message
    assert lines_of(reading) == [("M07-1", State.FIGURE, Decimal(260))]


def test_words_by_a_formula_are_not_figures() -> None:
    """公式算出来的“不适用”不是数，不问算没算过。"""
    reading = read(_written("M07-1", '="不适"&"用"', "不适用"))
    assert lines_of(reading) == [("M07-1", State.NOT_APPLICABLE, None)]


@pytest.mark.parametrize("second", ['<f t="shared" si="3"/>', '<f t="shared" si="3"></f>'])
def test_a_filled_down_formula_is_the_first_ones(second: str) -> None:
    """向下填充的公式只在头一格写着：引用别的文件的，每一格都要提醒。"""
    content = _written("M07-1", "=1+1", 260, recalculated=False)
    row = '<row r="3"><c r="A3" t="inlineStr"><is><t>{}</t></is></c><c r="B3" t="inlineStr"><is><t>2023Q2</t></is></c><c r="C3" t="inlineStr"><is><t>M15-1</t></is></c><c r="D3">{}<v>45</v></c></row>'
    first = '<f t="shared" ref="D2:D3" si="3">[1]Sheet1!A1</f>'
    content = _changed(content, b"<f>1+1</f>", first.encode())
    content = _changed(
        content, b"</sheetData>", (row.format(MARKET, second) + "</sheetData>").encode()
    )
    told = [p.place.cell for p in read(content).problems if p.code == "formula_external"]
    assert told == ["D2", "D3"]


def _old(*rows: tuple[object, ...]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("汇总表")
    for number, row in enumerate((HEAD, *rows)):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_blank_formula_of_an_old_file_is_told() -> None:
    """旧格式里没有算过的公式，结果是空的：这一行不是没有填，要说出是哪一格。"""
    blank = (MARKET, "2023Q2", "M07-1", xlwt.Formula("130+130"))
    reading = read(_old((MARKET, "2023Q2", "M15-1", 45), blank))
    found = the(reading.problems, "formula_not_calculated")
    assert (found.severity, found.place.cell, found.item) == (Severity.WARNING, "D3", "M07-1")
    assert reading.figures == 1
    assert lines_of(reading) == [("M15-1", State.FIGURE, Decimal(45))]


def test_formulas_of_an_old_file_are_known() -> None:
    """旧格式里哪一格是公式看得出来；空的文字格不是公式，也不算有内容。"""
    [sheet] = read_legacy(_old(("甲", "", xlwt.Formula("1+1"), 3))).sheets
    second = [cell for cell in sheet.cells if cell.row == 2]
    assert [(cell.column, cell.raw, cell.formula) for cell in second] == [
        (1, "甲", None), (3, "", ""), (4, "3", None),
    ]  # fmt: skip


def test_our_own_forms_do_not_ask_for_recalculation() -> None:
    """下发的表没有要算的：单位在里面写的公式，存下的结果信得过。"""
    assert not read_workbook(write_form(plan(), owed_by(plan(), MARKET), Q2, "", {})).recalculated
