"""与 openpyxl 逐格相比：它写的、XlsxWriter 写的、LibreOffice 写的，读出来都要一样。"""

import datetime as dt
import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from ipmeasures.returns.number import stored_number
from ipmeasures.returns.number.format import date_from_serial, is_date_format
from ipmeasures.returns.workbook import read_workbook
from ipmeasures.returns.workbook.cells import Cell, CellType

VALUES: list[list[Any]] = [
    ["编号", "指标", "本期值", "", None, "  两头空格  ", "第一行\n第二行"],
    ["I01", "发明专利", 26.43, 0.285, -1e-7, 1e21, 12345678901, 45107],
    ["=1+2", "#DIV/0!", True, False, 0, 0.1 + 0.2, "'=不是公式"],
    [dt.date(2023, 6, 30), dt.datetime(2023, 6, 30, 12, 30), dt.date(1900, 1, 1), "😀&<>\"'"],  # noqa: DTZ001 - 表格里的时间没有时区
    ["{{ 7*7 }}", "<script>", "| # * [x](javascript:)", "_x000d", "]]>", "a" * 5_000],
]


def value(cell: Cell) -> object:
    """按 openpyxl 的习惯说出我们读到的值；日期只比到天。"""
    if cell.type is CellType.BOOLEAN:
        return cell.raw == "TRUE"
    if cell.type is not CellType.NUMBER:
        return cell.raw or None
    if is_date_format(cell.number_format):
        return date_from_serial(cell.raw, epoch_1904=False)
    return stored_number(cell.raw)


def expected(cell: Any) -> object:  # noqa: ANN401 - openpyxl 的单元格有好几种
    found = cell.value
    if isinstance(found, dt.datetime):
        return found.date()
    if isinstance(found, int | float) and not isinstance(found, bool):
        return stored_number(repr(found))
    return found.replace("\r\n", "\n") if isinstance(found, str) else found


def grid(sheet: Any) -> dict[str, object]:  # noqa: ANN401 - openpyxl 没有写明的类型
    return {
        cell.coordinate: expected(cell)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in {None, ""}
    }


def same(content: bytes) -> None:
    """表名、隐藏、合并、值、公式、格式代码，逐项相比。"""
    ours = read_workbook(content)
    theirs = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    assert [sheet.name for sheet in ours.sheets] == theirs.sheetnames
    for sheet in ours.sheets:
        other = theirs[sheet.name]
        assert sheet.hidden is (other.sheet_state != "visible")
        assert {str(area) for area in sheet.merges} == {str(r) for r in other.merged_cells.ranges}
        read = {cell.address: value(cell) for cell in sheet.cells if value(cell) is not None}
        assert read == grid(other)
        for cell in sheet.cells:
            theirs_ = formulas[sheet.name][cell.address]
            assert cell.number_format == theirs_.number_format
            assert (cell.formula is not None) is (theirs_.data_type == "f")
            if cell.formula:
                formula = getattr(theirs_.value, "text", theirs_.value)  # 数组公式另有一类
                assert formula in {cell.formula, "=" + cell.formula}


def by_openpyxl() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "填报 表"
    for row in VALUES:
        sheet.append(row)
    sheet["A2"].number_format = "@"
    sheet["C2"].number_format = "0.00%"
    sheet["H2"].number_format = 'yyyy"年"m"月"'
    sheet["H9"].number_format = "0.0"
    sheet.merge_cells("A8:C9")
    sheet.row_dimensions[2].hidden = True
    workbook.create_sheet("隐藏").sheet_state = "veryHidden"
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def by_xlsxwriter() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("填报 表")
        dates = workbook.add_format({"num_format": "yyyy-mm-dd"})
        percent = workbook.add_format({"num_format": "0.00%"})
        for r, row in enumerate(VALUES):
            for c, found in enumerate(row):
                if isinstance(found, dt.date):
                    sheet.write_datetime(r, c, found, dates)
                else:
                    sheet.write(r, c, found)
        sheet.write_formula("J1", "=SUM(1,2)", percent, 3)
        sheet.write_formula("J2", '="甲"&"乙"', None, "甲乙")
        sheet.write_formula("J3", "=1=1", None, True)  # noqa: FBT003 - 第四个参数就是结果
        sheet.write_formula("J4", "=1/0", None, "#DIV/0!")
        sheet.write_array_formula("J5:J6", "{=A1:A2}", None, 1)
        sheet.write_rich_string("K1", "普通", workbook.add_format({"bold": True}), "加粗", "普通")
        sheet.write_blank("K2", None, percent)
        sheet.merge_range("A9:C9", "合并")
        workbook.add_worksheet("空表").hide()
    return buffer.getvalue()


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
def test_every_value_equals_what_openpyxl_reads(write: Any) -> None:  # noqa: ANN401 - 两个函数
    """两家写的工作簿，逐格相同。"""
    same(write())


@pytest.mark.slow
def test_a_workbook_saved_by_libreoffice_reads_the_same(tmp_path: Path) -> None:
    """LibreOffice 打开再存的（WPS 的写法与它相近），逐格相同。"""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("没有 LibreOffice（soffice），不比它写的工作簿")
    source = tmp_path / "in.xlsx"
    source.write_bytes(by_xlsxwriter())
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(tmp_path / "out"),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    same((tmp_path / "out" / "in.xlsx").read_bytes())


# openpyxl 不替 _x0041_ 这样的字转义，Excel 会把它当转义；回车在 XML 里归一成换行。
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).filter(
    lambda text: (
        not ILLEGAL_CHARACTERS_RE.search(text)
        and "_x" not in text
        and "\r" not in text
        and not text.startswith("=")
        and not {"\ufffe", "\uffff"} & set(text)
    )
)
# Excel 只有十五位有效数字，openpyxl 写十六位。
NUMBERS = st.floats(-1e300, 1e300).map(lambda x: float(f"{x:.15g}")) | st.integers(
    -(10**15), 10**15
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(TEXTS | NUMBERS | st.booleans() | st.none(), max_size=6), max_size=6))
def test_any_grid_comes_back(rows: list[list[str | float | bool | None]]) -> None:
    """任何文字和数写进去，读出来一个不多、一个不少、一个不变。"""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    written: dict[tuple[int, int], object] = {}
    for r, row in enumerate(rows, 1):
        for c, found in enumerate(row, 1):
            cell = sheet.cell(r, c)
            cell.value = found
            if cell.data_type == "e":  # openpyxl 把 #N/A 这样的字当错误值
                cell.data_type = "s"
            if found is not None and found != "":
                number = isinstance(found, int | float) and not isinstance(found, bool)
                written[r, c] = stored_number(repr(found)) if number else found
    buffer = io.BytesIO()
    workbook.save(buffer)
    (read,) = read_workbook(buffer.getvalue()).sheets
    assert {place: value(cell) for place, cell in read.at.items()} == written
