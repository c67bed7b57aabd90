"""办公室的汇总表：许多单位、几个季度在一张表里，各归各的。"""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from ipmeasures.forms.consolidated import write_consolidated
from ipmeasures.forms.fill import fill_form
from ipmeasures.quarter import Quarter
from ipmeasures.returns.consolidated import ConsolidatedReader
from ipmeasures.returns.filing import to_filing
from ipmeasures.returns.workbook.cells import Workbook

from .markdown import Md, workbook
from .plans import (
    COURT,
    CULTURE,
    CUSTOMS,
    MARKET,
    OTHER_CUSTOMS,
    Q2,
    checked,
    codes,
    consolidated,
    plan,
    read,
    the,
    told,
)

QUARTERS = {
    "2023Q2": (2023, 2), "2023-Q2": (2023, 2), "２０２３Ｑ２": (2023, 2), "2023q2": (2023, 2),
    "2023年第2季度": (2023, 2), "2023年第二季度": (2023, 2), "2023年二季度": (2023, 2), "2023 年 2 季度": (2023, 2),
    "23年二季度": (2023, 2), "2023年上半年": (2023, 2), "2023年前三季度": (2023, 3), "2023年度": (2023, 4),
    "2023年度（全年）": (2023, 4), "2023年全年": (2023, 4), "2023年1—6月": (2023, 2), "2023年1-9月": (2023, 3),
    "2023年1至12月": (2023, 4), "2023年6月": (2023, 2), "2023年6月底": (2023, 2), "2023年12月份": (2023, 4),
}  # fmt: skip
NOT_QUARTERS = ["", "Q5", "2023Q5", "2023", "2023年", "二季度", "2023年5月", "2023年1-5月", "45107 [yyyy-mm-dd]", "'2023-06-30", "2023.2"]  # fmt: skip


@pytest.mark.parametrize("written", QUARTERS)
def test_every_spelling_of_a_quarter_is_read(written: str) -> None:
    """报送期的各种习惯写法都认。"""
    (found,) = read(consolidated(f"| {MARKET} | {written} | I01 | 6.5 |")).returns
    assert found.quarter == Quarter(*QUARTERS[written])


@pytest.mark.parametrize("written", NOT_QUARTERS)
def test_what_is_no_quarter_is_asked_again(written: str) -> None:
    """认不出的、日期、没写的，不猜；说时写成人看得懂的样子。"""
    reading = read(consolidated(f"| {MARKET} | {written} | I01 | 6.5 |"))
    found = the(reading.problems, "quarter_invalid")
    assert (found.place.cell, reading.returns) == ("B2", ())
    assert "45107" not in found.message


AGENCIES = [
    ("市市场监管局", MARKET), ("市监局", MARKET), ("威海市市场监督管理局", MARKET), ("文旅局", CULTURE),
    ("市 法 院", COURT), ("中华人民共和国威海海关", CUSTOMS),
    ("国家金融监督管理总局威海监管分局", "威海银保监分局"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "name"), AGENCIES)
def test_agencies_are_known_by_any_of_their_names(written: str, name: str) -> None:
    """名称、全称、别名、更名后的名称都认，记文件里的名称。"""
    head = "| 责任单位 | 报送期 | 编号 | 本期值 | 本季度进展 |"
    (found,) = read(consolidated(f"| {written} | 2023Q2 | M01 || 建库 |", head=head)).returns
    assert (found.agency, found.agency_as_written) == (name, written)


@pytest.mark.parametrize(
    ("written", "near"), [("市场局", MARKET), ("市监管局", MARKET), ("海关", CUSTOMS), ("", "")]
)
def test_an_unknown_agency_gets_suggestions(written: str, near: str) -> None:
    """认不出的单位，给出至多三个相近的，从不自动改。"""
    reading = read(consolidated(f"| {written} | 2023Q2 | I01 | 6.5 |"))
    found = the(reading.problems, "agency_unknown")
    assert near in found.message
    assert found.message.count("、") <= 2
    assert (found.place.cell, reading.returns) == ("A2", ())


def test_each_agency_and_quarter_is_a_return_of_its_own() -> None:
    """按单位、季度分开；同一个数两个海关各报各的。"""
    content = consolidated(
        f"| {CUSTOMS} | 2023Q2 | M05-1 | 3 |",
        f"| {OTHER_CUSTOMS} | 2023Q2 | M05-1 | 4 |",
        f"| {CUSTOMS} | 2023Q1 | M05-1 | 1 |",
    )
    found = {(r.agency, str(r.quarter)): to_filing(r).lines[0].value for r in read(content).returns}
    assert found == {
        (CUSTOMS, "2023Q1"): Decimal(1),
        (CUSTOMS, "2023Q2"): Decimal(3),
        (OTHER_CUSTOMS, "2023Q2"): Decimal(4),
    }
    assert checked(content) == ()


def test_rows_left_blank_are_passed_over() -> None:
    """印好而没有填的行不算报了；单位、季度写错的空行也不说。"""
    content = consolidated("| 某局 | 甲 | I01 | | |", f"| {MARKET} | 2023Q2 | I01 | 6.5 |")
    assert (checked(content), len(read(content).returns)) == ((), 1)


def test_all_faults_of_a_row_come_together() -> None:
    """单位、季度、事项都错的一行，一次说完，不用改一样再退一样。"""
    content = consolidated("| 某局 | 甲 | I99 | 8万 | |")
    assert set(codes(read(content).problems)) == {
        "agency_unknown",
        "quarter_invalid",
        "item_unknown",
    }
    content = consolidated("| 某局 | 甲 | I01 | 8万 | |")
    assert set(codes(read(content).problems)) == {
        "agency_unknown",
        "quarter_invalid",
        "not_a_number",
    }


MANNER = "| 责任单位 | 报送期 | 编号 | 本期值 | 报送方式 | 来文字号 |"


def test_manner_and_reference_may_stand_in_any_row() -> None:
    """报送方式、来文字号写在哪一行都算这个单位这个季度的。"""
    content = consolidated(
        f"| {MARKET} | 2021Q3 | I01 | 5 | | |",
        f"| {MARKET} | 2021Q3 | I11 | 10 | 补录 | 威知〔2021〕9号 |",
        head=MANNER,
    )
    (found,) = read(content).returns
    assert (found.manner, found.signed) == ("补录", (("reference", "威知〔2021〕9号"),))
    assert "quarter_early" not in codes(checked(content))


def test_a_zero_return_needs_no_item() -> None:
    """零报告只写单位、季度和报送方式一行；写成“正常”而什么也没有的，是空表。"""
    content = consolidated(f"| {COURT} | 2023Q2 | | | 零报告 |", head=MANNER)
    (found,) = read(content).returns
    assert (found.manner, found.rows, checked(content)) == ("零报告", (), ())
    empty = consolidated(f"| {COURT} | 2023Q2 | | | 正常 |", head=MANNER)
    assert codes(checked(empty)) == ["empty_return"]


def test_an_unknown_manner_is_told_at_its_cell() -> None:
    """报送方式不在可选项内：说在写它的那一格。"""
    lines = (f"| {MARKET} | 2023Q2 | I01 | 6.5 | | |", f"| {MARKET} | 2023Q2 | I11 | 12 | 随便 | |")
    assert (
        the(read(consolidated(*lines, head=MANNER)).problems, "choice_unknown").place.cell == "E3"
    )


def test_the_issued_form_is_filled_and_read() -> None:
    """发出的汇总空表：只填数就行，原样发回没有内容也没有错。"""
    blank = write_consolidated(plan(), Q2)
    assert (read(blank).returns, read(blank).problems) == ((), ())
    book = openpyxl.load_workbook(BytesIO(blank))
    sheet = book["汇总表"]
    for cells in sheet.iter_rows(min_row=4):
        if cells[2].value == "M05-1":
            cells[5].value = 3
    buffer = BytesIO()
    book.save(buffer)
    assert [(r.agency, len(r.rows)) for r in read(buffer.getvalue()).returns] == [
        (CUSTOMS, 1),
        (OTHER_CUSTOMS, 1),
    ]
    with pytest.raises(KeyError):
        fill_form(blank, {"指标数据": {"I01": {"本期值": Decimal(1)}}})


def test_a_consolidated_form_of_another_document_is_refused() -> None:
    """别的文件的汇总表不收。"""
    own = Md(
        "_标识",
        "| 表单版本 | '1 |\n| 责任单位 | '* |\n| 报送期 | 2023Q2 |\n| 指纹 | x |\n| 文号 | 别的 |",
    )
    sheet = Md(
        "汇总表", f"| 责任单位 | 报送期 | 编号 | 本期值 |\n| {MARKET} | 2023Q2 | I01 | 6.5 |"
    )
    assert codes(read(workbook(sheet, own)).problems) == ["wrong_form"]


def test_a_workbook_without_sheets_has_no_table() -> None:
    """一张工作表也没有（全是图表页）：说缺什么，不出错。"""
    found = ConsolidatedReader(Workbook(()), plan()).read()
    assert codes(found.problems) == ["sheet_missing"]


def test_optional_columns_are_read() -> None:
    """汇总表可以带措施的进展、问题、原因和下一步。"""
    head = "| 责任单位 | 报送期 | 编号 | 本期值 | 进展状态 | 本季度进展 | 存在问题 | 滞后原因 | 下一步措施 |"
    content = consolidated(f"| {COURT} | 2023Q2 | M01 || 推进中 | 甲 | 乙 | 丙 | 丁 |", head=head)
    assert list(told(content).values()) == ["推进中", "甲", "乙", "丙", "丁"]


CODES = {"quarter_invalid", "agency_unknown", "choice_unknown", "wrong_form", "empty_return"}
