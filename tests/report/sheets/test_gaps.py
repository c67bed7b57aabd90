"""滞后清单的 CSV 和 XLSX：Excel 直接打得开，像公式的字不成公式，数是真的数。"""

import csv
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ipmeasures.progress.gaps import Gap
from ipmeasures.report.gap_table import HEADS, gap_rows
from ipmeasures.report.sheets.gaps import gaps_csv, gaps_xlsx
from ipmeasures.returns.workbook import read_workbook
from tests.report.quarters import varied, varied_plan
from tests.report.test_gap_table import NUMERIC


def with_reason(text: str) -> Gap:
    return replace(varied().items[0], reason=text)


def reason_in_csv(text: str) -> str:
    content = gaps_csv(varied_plan(), [with_reason(text)]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content, newline="")))
    return rows[1][HEADS.index("滞后原因")]


def sheet_of(path: Path, *gaps: Gap) -> Worksheet:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gaps_xlsx(varied_plan(), varied(), gaps or varied().items))
    sheet = load_workbook(path).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_csv_opens_in_excel() -> None:
    """带 BOM，Excel 打开不乱码；表头和各行与清单一致。"""
    content = gaps_csv(varied_plan(), varied().items)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == HEADS
    plain = [tuple(cell.removeprefix("'") for cell in row) for row in rows[1:]]
    assert plain == list(gap_rows(varied_plan(), varied().items))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=5",
        "@SUM(A1)",
        "+cmd|'/C calc'!A0",
        "-2+3",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "＝1",
        "+5家",
    ],
)
def test_what_looks_like_a_formula_is_defused(text: str) -> None:
    """表格软件会当公式的开头，前面加一个单引号。"""
    assert reason_in_csv(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-6.1", "+17.7", "12.5%", "授权周期长", "", "-3"])
def test_signed_numbers_and_words_stay(text: str) -> None:
    """正负数和平常的话照写。"""
    assert reason_in_csv(text) == text


@given(st.text(max_size=60))
def test_any_text_survives_into_csv(text: str) -> None:
    """什么文字都读得回来，至多前面多一个单引号。"""
    text = text.encode("utf-8", "ignore").decode()
    assert reason_in_csv(text) in (text, f"'{text}")


def test_xlsx_holds_real_numbers(tmp_path: Path) -> None:
    """数字列是真的数，带数字格式，靠右；别的列是字。"""
    sheet = sheet_of(tmp_path / "清单.xlsx")
    heads = [cell.value for cell in sheet[2]]
    assert tuple(heads) == HEADS
    for row in sheet.iter_rows(3, 2 + len(varied().items)):
        for head, cell in zip(HEADS, row, strict=True):
            if cell.value is not None:
                assert isinstance(cell.value, (int, float)) == (head in NUMERIC), cell.coordinate
                assert (cell.number_format != "General") == (head in NUMERIC)
    first = dict(zip(HEADS, (c.value for c in sheet[_row(sheet, "I01")]), strict=True))
    numbers = [
        first[head] for head in ("本期值", "目标", "增量完成率", "偏差（百分点）", "每季还需")
    ]
    assert numbers == pytest.approx([7.2, 10.02, 0.43936382, -11.06361829, 0.31333333])


def test_xlsx_is_ready_to_read(tmp_path: Path) -> None:
    """表头冻结、可筛选，状态有底色也有字，表下印规则和图例，题目写明判断日期。"""
    path = tmp_path / "新文件夹" / "清单.xlsx"
    sheet = sheet_of(path)
    last = 2 + len(varied().items)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("D3", f"A2:U{last}")
    assert sheet["A1"].value == "2023年第三季度进展差距（判断日期 2023-10-20）"
    assert str(sheet.cell(last + 2, 1).value).startswith("判定规则：")
    assert str(sheet.cell(last + 3, 1).value).startswith("图例：")
    behind, going = _row(sheet, "I01"), _row(sheet, "M10-2")
    assert sheet.cell(behind, 5).fill.fgColor.rgb == "FFFDE9B0"
    assert sheet.cell(behind, 5).value == "未达序时"
    assert sheet.cell(going, 5).fill.fill_type is None


def test_xlsx_never_holds_a_formula(tmp_path: Path) -> None:
    """像公式的字在表里还是字。"""
    sheet = sheet_of(tmp_path / "a.xlsx", with_reason("=1+1"))
    cell = sheet.cell(3, HEADS.index("滞后原因") + 1)
    assert (cell.value, cell.data_type) == ("=1+1", "s")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None
)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_survives_into_xlsx(tmp_path: Path, text: str) -> None:
    """什么文字都写得进、打得开；丢的只有表格里不许有的控制字符。"""
    sheet_of(tmp_path / "a.xlsx", with_reason(text))
    (sheet,) = read_workbook((tmp_path / "a.xlsx").read_bytes()).sheets
    cell = sheet.at.get((3, HEADS.index("滞后原因") + 1))
    assert _visible(cell.raw if cell else "") == _visible(text)


def test_a_tiny_gap_is_shown_as_nothing(tmp_path: Path) -> None:
    """印成“0.0”的偏差，格里是零：不然按格式显示成“+0.0”“-0.0”，像是有差距。"""
    column = HEADS.index("偏差（百分点）") + 1
    for tiny in ("0.0004", "-0.0004"):
        gap = varied().items[0]
        found = replace(gap.assessment, gap_points=Decimal(tiny))
        cell = sheet_of(tmp_path / "a.xlsx", replace(gap, assessment=found)).cell(3, column)
        assert (cell.value, cell.number_format) == (0, "+0.0;-0.0;0.0")


def test_rows_are_as_high_as_their_longest_cell(tmp_path: Path) -> None:
    """单位多、原因长的一行，字都看得见；表头也是。"""
    many = replace(varied().items[0], agencies=tuple(a.name for a in varied_plan().agencies))
    sheet = sheet_of(tmp_path / "a.xlsx", many, with_reason("授权周期较长。" * 20), with_reason(""))
    for row, asked in ((2, 20), (3, 200), (4, 150)):
        assert (sheet.row_dimensions[row].height or 0) > asked, row
    lines = [sheet.row_dimensions[row].height or 0 for row in (3, 5)]
    assert lines[1] < lines[0] <= 409


def test_an_empty_list_is_a_list_too(tmp_path: Path) -> None:
    """没有滞后的，表头、规则照样有。"""
    path = tmp_path / "a.xlsx"
    path.write_bytes(gaps_xlsx(varied_plan(), varied(), ()))
    sheet = load_workbook(path).active
    assert isinstance(sheet, Worksheet)
    assert sheet.auto_filter.ref == "A2:U2"
    assert str(sheet.cell(4, 1).value).startswith("判定规则：")


def _row(sheet: Worksheet, item: str) -> int:
    return next(row for row in range(3, sheet.max_row) if sheet.cell(row, 1).value == item)


def _visible(text: str) -> str:
    return "".join(c for c in text if c.isprintable())
