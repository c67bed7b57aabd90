"""发给一个单位的表：身份对不对、该有的页在不在、填了什么读到什么。"""

import datetime as dt
from decimal import Decimal
from functools import cache
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from ipmeasures.forms.fill import fill_form
from ipmeasures.forms.write import write_form
from ipmeasures.plan.owed import agencies_owing, owed_by
from ipmeasures.problem import Problem, Severity
from ipmeasures.returns.form import FormReader
from ipmeasures.returns.text import stripped
from ipmeasures.returns.workbook.cells import Workbook

from .markdown import Md, workbook
from .plans import (
    COURT,
    CULTURE,
    CUSTOMS,
    HEADS,
    MARKET,
    Q2,
    checked,
    codes,
    form,
    identity,
    info,
    of,
    plan,
    read,
    sheets,
    the,
    told,
)

FILLED = "| I08 | 著作权作品登记数量 | 0.1 |"


@cache
def issued(agency: str = CULTURE) -> bytes:
    """发出去的空表。"""
    return write_form(plan(), owed_by(plan(), agency), Q2, "", {})


@pytest.mark.parametrize("agency", agencies_owing(plan()))
def test_an_issued_form_comes_back_without_a_problem(agency: str) -> None:
    """每个单位的空表原样发回：读得出单位、季度，没有错，也没有内容。"""
    reading = read(issued(agency))
    (found,) = reading.returns
    assert (found.agency, found.quarter, found.manner, found.rows) == (agency, Q2, "正常", ())
    assert reading.problems == ()
    assert codes(checked(issued(agency))) == ["empty_return"]


def test_everything_signed_comes_back() -> None:
    """报送信息逐项读到，“审核人”也在内。"""
    given_info = {
        "报送方式": "补录", "来文字号": "威文〔2023〕1号", "填报人": "甲", "联系电话": "0631-1",
        "审核人": "乙", "分管负责人": "丙", "填报日期": "2023-07-01",
    }  # fmt: skip
    (found,) = read(fill_form(issued(), {"指标数据": {"I08": {"说明": "字"}}}, given_info)).returns
    assert found.manner == "补录"
    assert dict(found.signed) == {
        "reference": "威文〔2023〕1号", "filled_by": "甲", "phone": "0631-1", "reviewer": "乙",
        "leader": "丙", "filled_on": "2023-07-01",
    }  # fmt: skip


BIDI = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters=BIDI + "\ufffe\uffff"),
    max_size=60,
)
HOSTILE = [
    "{{ 7*7 }}", "=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "<script>alert(1)</script>",
    "| # * [x](javascript:)", "a & b < c", "👩‍👩‍👧‍👦 é", "_x0041_", "_x000D_甲", "'撇",
    "甲\n乙\n\n丙", "字" * 2000, "#REF!", "TRUE", "1e3", "00123", "2023-06-30", "_x005F_x0041_",
]  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(st.lists(TEXTS, min_size=8, max_size=8))
@example(HOSTILE[:8])
@example(HOSTILE[8:16])
@example(HOSTILE[12:])
def test_any_text_survives_form_fill_read_and_filing(texts: list[str]) -> None:
    """任何没有控制字符的文字，填进发出的表、收回、入库，一个字不变（两头的空白除外）。"""
    measures = [measure.id for measure in owed_by(plan(), CULTURE).measures]
    filled = {key: {"本季度进展": text} for key, text in zip(measures, texts, strict=True)}
    found = told(fill_form(issued(), {"措施进展": filled}))
    wanted = {key: stripped(text) for key, text in zip(measures, texts, strict=True)}
    assert found == {(key, "progress"): text for key, text in wanted.items() if text}


@settings(max_examples=25, deadline=None)
@given(
    st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=4),
    st.sampled_from(["数字", "文字"]),
)
def test_any_figure_survives_form_and_return(value: Decimal, how: str) -> None:
    """任何数填进发出的表（存成数字或文字）再收回，一位不差。"""
    written = value if how == "数字" else format(value, "f")
    content = fill_form(issued(), {"指标数据": {"I08": {"本期值": written}}})
    assert Decimal(told(content)["I08", "value"]) == value
    assert read(content).figures == 1


IDENTITIES = [
    # 身份页改了什么、代码、话里要有的字、位置
    ({"quarter": "2023Q1"}, "wrong_form", "2023Q1", "B3"),
    ({"agency": COURT}, "wrong_form", COURT, "B2"),
    ({"document": "威政发〔2019〕1号"}, "wrong_form", "2019", "B2"),
    ({"fingerprint": "0"}, "form_changed", "调整", "B2"),
    ({"version": "0"}, "", "", ""),
]


@pytest.mark.parametrize(("changed", "code", "said", "cell"), IDENTITIES)
def test_a_form_must_be_what_it_says(
    changed: dict[str, str], code: str, said: str, cell: str
) -> None:
    """别的季度、单位、文件的表，用话说清；只是分工变了，说一声照读。"""
    found = read(workbook(info(), *sheets(CULTURE, 指标数据=FILLED), identity(**changed))).problems
    assert codes(found) == [code] * bool(code)
    assert all(said in p.message and p.place.cell == cell and p.fix for p in found)


@pytest.mark.parametrize(("version", "outdated"), [("0", True), ("1", False)])
def test_an_old_form_is_read_while_its_columns_suffice(version: str, *, outdated: bool) -> None:
    """旧版的表，需要的列都在就照读（见上）；缺了列，说是旧版，不只说缺列。"""
    tables = [md for md in sheets(CULTURE) if md.name != "指标数据"]
    old = Md("指标数据", f"| 编号 | 指标名称 | 本期值 |\n{FILLED}")
    found = codes(read(workbook(info(), old, *tables, identity(version=version))).problems)
    assert "column_missing" in found
    assert ("form_outdated" in found) == outdated


def test_an_incomplete_identity_counts_as_none() -> None:
    """身份页缺一项就不算，照手工表读。"""
    content = workbook(
        info(), *sheets(CULTURE, 指标数据=FILLED), Md("_标识", "| 表单版本 | '1 |\n| 文号 |")
    )
    assert told(content) == {("I08", "value"): "0.1"}


INFO = [
    # 单位、报送期、多出的行、代码、位置
    ("市文旅", "2023Q2", "", "agency_unknown", "B2"),
    ("", "2023Q2", "", "agency_unknown", "B2"),
    (CULTURE, "Q5", "", "quarter_invalid", "B3"),
    (CULTURE, "", "", "quarter_invalid", "B3"),
    (CULTURE, "45107 [yyyy-mm-dd]", "", "quarter_invalid", "B3"),
    (CULTURE, "2023Q2", "| 报送方式 | 随便 |", "choice_unknown", "B4"),
    (CULTURE, "2023Q2", "| 填报人 | #REF! |", "cell_error", "B4"),
    (CULTURE, "2023Q2", "| 填报人 | 甲\u202e乙 |", "control_character", "B4"),
    (CULTURE, "2023Q2", f"| 来文字号 | {'长' * 2001} |", "text_too_long", "B4"),
]


@pytest.mark.parametrize(("agency", "quarter", "line", "code", "cell"), INFO)
def test_faults_of_the_cover_are_told_at_their_cell(
    agency: str, quarter: str, line: str, code: str, cell: str
) -> None:
    """报送信息里的问题，各说在自己的格上。"""
    found = read(workbook(info(agency, quarter, line), *sheets(CULTURE))).problems
    assert str(the(found, code).place) == f"报送信息!{cell}"
    if code == "agency_unknown" and agency:
        assert CULTURE in the(found, code).message


@pytest.mark.parametrize("written", ["市文旅局", "威海市文化和旅游局", " 文旅局 "])
def test_an_agency_may_sign_by_any_of_its_names(written: str) -> None:
    """全称、别名都认；记的是文件里的名称，写的也留着。"""
    (found,) = read(workbook(info(written), *sheets(CULTURE, 指标数据=FILLED))).returns
    assert (found.agency, found.agency_as_written) == (CULTURE, written.strip())


def test_a_missing_cover_does_not_hide_other_problems() -> None:
    """没有“报送信息”：收不了，但别的问题一次说完。"""
    found = read(workbook(*sheets(CULTURE, 指标数据="| I08 || 8万 |")))
    assert found.returns == ()
    assert {"sheet_missing", "not_a_number"} <= set(codes(found.problems))
    assert found.figures == 1


def test_a_cover_without_its_lines_is_asked_for() -> None:
    """“报送信息”里缺了报送单位、报送期两行。"""
    found = read(workbook(Md("报送信息", "| 项目 | 内容 |\n| 填报人 | 甲 |"), *sheets(CULTURE)))
    assert codes(found.problems) == ["agency_unknown", "quarter_invalid"]


def test_missing_sheets_are_named_with_the_nearest() -> None:
    """缺了该有的页：说缺哪一页，最像的是哪一页；不该有的页缺了不说。"""
    tables = [md for md in sheets(CULTURE, 指标数据=FILLED) if md.name != "里程碑"]
    found = of(read(workbook(info(), *tables, Md("里程碑2", "| 甲 |"))).problems, "sheet_missing")
    assert len(found) == 1
    assert "“里程碑”" in found[0].message
    assert "“里程碑2”" in found[0].message
    assert codes(read(form(COURT, 措施进展="| M01 || 推进中 | 建库 |")).problems) == []


def test_sheets_left_unread_are_named() -> None:
    """多出来的页没有读：提醒；填报说明上印好的话不算。"""
    extra = (Md("附表", "| 1 |"), Md("填报说明", "| 填报说明 |"), Md("空页", "| |"))
    found = read(workbook(info(), *sheets(CULTURE, 指标数据=FILLED), *extra)).problems
    assert the(found, "sheet_ignored").place.sheet == "附表"


def test_words_of_ones_own_in_the_guide_are_told() -> None:
    """单位写在“填报说明”里的话没有读：提醒；在印好的话后面接着写的也算。"""
    content = fill_form(issued(MARKET), {"指标数据": {"I01": {"本期值": Decimal("6.5")}}})
    assert "sheet_ignored" not in codes(read(content).problems)
    book = load_workbook(BytesIO(content))
    page = book["填报说明"]
    page["A12"] = "M07-1 应为 275"
    assert the(_problems(book), "sheet_ignored").place.cell == "A12"
    page["A12"] = None
    page["A7"] = f"{page['A7'].value}I03 是初步数"
    assert the(_problems(book), "sheet_ignored").place.cell == "A7"


def _problems(book: Book) -> tuple[Problem, ...]:
    buffer = BytesIO()
    book.save(buffer)
    return read(buffer.getvalue()).problems


def test_totals_in_a_form_are_not_rows() -> None:
    """单位自己加的合计行不入库。"""
    content = form(CULTURE, 指标数据=FILLED + "\n| 合计 || 0.1 |")
    assert told(content) == {("I08", "value"): "0.1"}
    assert the(read(content).problems, "total_row").place.cell == "A3"


def test_all_problems_of_a_file_come_together() -> None:
    """一份表里各页的错一次说完，每个都有工作表、单元格和改法。"""
    content = workbook(
        info(CULTURE, "2023Q2", "| 报送方式 | 随便 |"),
        *sheets(
            CULTURE,
            指标数据="| I07 || 8万 | 六月 | | | | 甲\u202e乙 |\n| I08 || / |",
            措施进展=f"| M12 || 快了 | {'长' * 2001} |\n| M99 || 推进中 |",
            里程碑="| M12-1 || 已完成 | 去年 |",
            典型案例="| | M12 | 无题 | |",
        ),
    )
    found = read(content).problems
    assert sorted(codes(found)) == sorted(
        [
            "choice_unknown", "not_a_number", "date_invalid", "control_character", "ambiguous_blank",
            "choice_unknown", "text_too_long", "item_unknown", "date_invalid", "case_untitled",
        ]
    )  # fmt: skip
    assert all(p.place.sheet and p.place.cell and p.message and p.fix for p in found)
    assert all(p.severity is Severity.ERROR for p in found)


def test_a_workbook_without_sheets_is_only_missing_everything() -> None:
    """一张工作表也没有（全是图表页）：说缺什么，不出错。"""
    found = FormReader(Workbook(()), plan()).read()
    assert (found.returns, codes(found.problems)) == ((), ["sheet_missing"])


FILES = [(b"", "file_damaged"), ("单位,数\n".encode(), "file_type"), (b"%PDF-1.7", "file_type")]


@pytest.mark.parametrize(("content", "code"), FILES)
def test_what_is_no_workbook_is_refused_whole(content: bytes, code: str) -> None:
    """读不成工作簿的，只有这一个问题。"""
    reading = read(content)
    assert (codes(reading.problems), reading.returns, reading.figures) == ([code], (), 0)


def test_several_divisions_may_report_parts() -> None:
    """一个单位分几张表报：各表只含自己填的。"""
    one = fill_form(issued(MARKET), {"指标数据": {"I01": {"本期值": Decimal("6.5")}}})
    two = fill_form(issued(MARKET), {"量化任务": {"M07-1": {"本期值": Decimal(260)}}})
    assert told(one) == {("I01", "value"): "6.5"}
    assert told(two) == {("M07-1", "value"): "260"}


CODES = (
    {code for _, code, _, _ in IDENTITIES}
    | {code for *_, code, _ in INFO}
    | {code for _, code in FILES}
    | {"form_outdated", "sheet_missing", "sheet_ignored", "empty_return", "total_row"}
)


def test_a_form_copied_without_its_identity_is_known_by_its_title() -> None:
    """抄到新工作簿里、没有身份表的：表名上印着上季度的，不当成本季度的收。"""
    pages = (
        Md("报送信息", "| 项目 | 内容 |\n| 报送单位 | 市法院 |\n| 报送期 | 2023Q3 |"),
        Md(
            "措施进展",
            f"| 措施进展（2023年第二季度 · 市法院） |\n{HEADS['措施进展']}\n| M01 || 推进中 | 建库 | | | |",
        ),
    )
    found = the(checked(workbook(*pages), today=dt.date(2023, 10, 5)), "wrong_form")
    assert str(found.place) == "报送信息!B3"
    assert "“措施进展”的表名上印的是 2023Q2，报送期却写 2023Q3" in found.message
    assert found.fix.startswith("数是 2023Q3 的，请抄到 2023Q3 的表里再报")


WHOSE = [
    # 填的各项、照谁核对、改法
    (("I08", "M12"), CULTURE, "请把报送单位写回市文化和旅游局"),
    (("M01",), CULTURE, "请把报送单位写回市文化和旅游局"),
    (("M05-1",), CUSTOMS, "请把数抄到发给威海海关的表里再报"),
]


@pytest.mark.parametrize(("keys", "whose", "fix"), WHOSE)
def test_one_wrong_agency_is_one_error(keys: tuple[str, ...], whose: str, fix: str) -> None:
    """报送单位写成了另一个单位：填的是发给的那个单位的事项，只说这一处；填的是写的那个单位的，请换表。"""
    rows = {
        "I08": ("指标数据", "| I08 || 0.1 |"),
        "M12": ("措施进展", "| M12 || 推进中 | 建库 |"),
        "M01": ("措施进展", "| M01 || 推进中 | 建库 |"),
        "M05-1": ("量化任务", "| M05-1 || 3 |"),
    }
    tables = dict(rows[key] for key in keys)
    made = workbook(info(CUSTOMS), *sheets(CULTURE, **tables), identity(CULTURE))
    found = checked(made)
    assert the(found, "wrong_form").fix.startswith(fix)
    assert not of(found, "not_owed")
    assert {one.agency for one in read(made).returns} == {whose}


def _titled(printed: str, agency: str = CULTURE, *lines: str) -> bytes:
    """抄到新工作簿里的表：没有身份，表名上印着 ``printed``。"""
    return workbook(info(agency, "2023Q2", *lines), Md("指标数据", f"| 指标数据（{printed}） |"))


def test_the_agency_printed_on_the_sheet_is_compared() -> None:
    """没有身份表的：表名上印的单位与报送单位不同，先说这个，不照着改就会报成别家的。"""
    found = the(read(_titled(f"2023年第二季度 · {COURT}")).problems, "wrong_form")
    assert found.place.cell == "B2"
    assert COURT in found.message
    assert CULTURE in found.message
    for own in (f"2023年第二季度 · {CULTURE}", "2023年第二季度 · 某局"):
        assert "wrong_form" not in codes(read(_titled(own)).problems)


def test_a_quarter_written_twice_is_asked() -> None:
    """报送期写了两处、不一样的，不替人挑；一样的不碍事，别的多出来的行不管。"""
    found = the(read(_titled("", CULTURE, "| 报送期 | 2023Q1 |")).problems, "duplicate_row")
    assert (found.place.cell, [str(p) for p in found.also]) == ("B4", ["报送信息!B3"])
    assert "2023Q2" in found.message
    for line in ("| 报送期 | 2023Q2 |", "| 备忘 | 甲 |\n| 备忘 | 乙 |"):
        assert "duplicate_row" not in codes(read(_titled("", CULTURE, line)).problems)
