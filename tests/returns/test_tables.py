"""找表：工作表按名称或表头，列按表头文字，行按内容；认了别名、没读的都说一声。"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipmeasures.forms.layout import COMMITMENTS, CONSOLIDATED, INDICATORS
from ipmeasures.returns import heads, tables
from ipmeasures.returns.workbook import read_workbook

from .markdown import Md, rows, table, workbook
from .plans import CULTURE, checked, codes, consolidated, form, info, of, read, sheets, the, told

ROW = "| 市市场监管局 | 2023Q2 | I01 | 6.5 |"
VALUE = {("I01", "value"): "6.5"}

# reference.md §4：标准列、习惯写法
ALIASES = {
    "责任单位": "填报单位、报送单位、牵头单位、部门、责任部门、单位名称",
    "报送期": "季度、报告期、期别、时间、所属期、统计期",
    "编号": "序号",
    "指标名称": "指标、主要指标、任务、工作任务、量化任务、考核指标、项目",
    "本期值": "完成值、完成数、完成情况、实际完成、累计完成、截至本季度末累计、本期数、当前值、进展数据",
    "数据时点": "截止时间、截至时间、数据截止日期、统计时点、时点",
    "数据来源": "来源、依据、数据出处、佐证",
    "说明": "备注、情况说明",
    "本季度进展": "进展情况、工作进展、推进情况、落实情况",
    "存在问题": "问题及困难",
    "滞后原因": "原因",
    "下一步措施": "下步打算、下一步工作安排",
}
PAIRS = [(header, alias) for header, written in ALIASES.items() for alias in written.split("、")]
HEADERS = ("责任单位", "报送期", "编号", "指标名称", "本期值", "数据时点", "数据来源", "说明")
FULL = "| 市市场监管局 | 2023Q2 | I01 | 每万人口高价值发明专利拥有量 | 6.5 | 2023年6月 | 年报 | 无异常 |"


@pytest.mark.parametrize(("header", "alias"), PAIRS)
def test_usual_headers_are_recognised_and_said(header: str, alias: str) -> None:
    """习惯列名照认，并说明某列按什么认；读出来与用标准列名一样。"""
    standard = [*HEADERS, *([header] if header not in HEADERS else [])]
    line = FULL + (" 字 |" if header not in HEADERS else "")
    written = [alias if name == header else name for name in standard]
    as_is = workbook(Md("汇总表", table([standard]) + "\n" + line))
    content = workbook(Md("汇总表", table([written]) + "\n" + line))
    assert told(content) == told(as_is)
    note = the(checked(content), "column_alias")
    assert f"“{alias}”列按“{header}”识别" in note.message
    assert note.place.cell.endswith("1")


@pytest.mark.parametrize("header", ["本期数值", "完成", "指标名", "本期值（件）", "本季值"])
def test_other_headers_are_not_guessed(header: str) -> None:
    """只按文字精确地认，从不模糊匹配。"""
    content = workbook(Md("汇总表", f"| 责任单位 | 报送期 | 编号 | {header} |\n{ROW}"))
    assert of(checked(content), "column_missing")
    assert told(content) == {}


@pytest.mark.parametrize("header", ["本 期 值", "本期\\n值", "本期值\u3000", "\u200b本期值"])
def test_spaces_in_a_header_do_not_matter(header: str) -> None:
    """表头里的空白和换行不算。"""
    content = workbook(Md("汇总表", f"| 责任单位 | 报送期 | 编号 | {header} |\n{ROW}"))
    assert told(content) == VALUE


HEADS = [
    # 表、代码、位置
    ("| 单位 | 报送期 | 编号 | 本期值 |", "column_ambiguous", "A1"),
    ("| 责任单位 | 报送期 | 编号 | 说明 |", "column_missing", ""),
    ("| 责任单位 | 编号 | 本期值 |", "column_missing", ""),
    ("| 报送期 | 编号 | 本期值 |", "column_missing", ""),
    ("| 责任单位 | 报送期 | 本期值 |", "column_missing", ""),
    ("| 责任单位 | 报送期 | 编号 | 本期值 | 本期值 |", "column_duplicate", "D1"),
    ("| 责任单位 | 报送期 | 编号 | 完成数 | 完成情况 |", "column_duplicate", "D1"),
    ("| 责任单位 | 指标 | 一季度 | 二季度 | 三季度 | 四季度 |", "layout_unknown", "C1"),
    ("| 责任单位 | 报送期 | 指标 | 2023Q1 | 2023Q2 |", "layout_unknown", "D1"),
    ("| 责任单位 | 指标 | 2022年上半年 | 2023年上半年 |", "layout_unknown", "C1"),
    ("| 单位名称 | 指标 | 1月 | 2月 | 3月 |", "layout_unknown", "C1"),
    (
        "| 责任单位 | 指标 | 一季度 || 二季度 ||\n||| 本期值 | 说明 | 本期值 | 说明 |",
        "layout_unknown",
        "C1",
    ),
    ("| 责任单位 | 指标 | 2023年 ||\n||| 一季度 | 二季度 |", "layout_unknown", "C2"),
    ("| 指标名称 | 计量单位 | 市市场监管局 | 市文化和旅游局 |", "layout_unknown", "C1"),
    ("| 甲 | 乙 |", "sheet_missing", ""),
]


@pytest.mark.parametrize("name", ["汇总表", "Sheet1"])
@pytest.mark.parametrize(("head", "code", "cell"), HEADS)
def test_a_head_that_does_not_fit_is_refused(name: str, head: str, code: str, cell: str) -> None:
    """缺列、重列、只写“单位”、横排：不猜，说清在哪里、怎么改；表叫什么名字都一样说。"""
    merges = ("C1:D1",) if "2023年 |" in head else ()
    reading = read(workbook(Md(name, f"{head}\n| 1 | 2 | 3 | 4 | 5 | 6 |", merges)))
    if code == "sheet_missing" and name == "汇总表":
        code = "column_missing"
    found = of(reading.problems, code)
    assert found, codes(reading.problems)
    assert found[0].place.cell == cell
    assert reading.returns == ()
    assert all(problem.fix for problem in reading.problems)


def test_across_by_agency_is_told_with_the_named_sheet() -> None:
    """汇总表一列一个单位，说的是横排，不只是缺“责任单位”。"""
    content = consolidated("| I01 | 6.5 | |", head="| 编号 | 市市场监管局 | 市文化和旅游局 |")
    assert "layout_unknown" in codes(checked(content))


def test_an_across_head_says_what_it_saw() -> None:
    """横排的，请改为每行一个数。"""
    found = the(
        checked(consolidated(head="| 单位名称 | 指标 | 一季度 | 二季度 |")), "layout_unknown"
    )
    assert "一季度、二季度" in found.message
    assert "每行一个数" in found.fix


def test_all_faults_of_a_head_come_together() -> None:
    """只写“单位”又缺报送期、重列的，一次说完。"""
    found = checked(consolidated(head="| 单位 | 编号 | 本期值 | 本期值 |"))
    wanted = {"column_ambiguous", "column_missing", "column_duplicate"}
    assert wanted <= set(codes(found))
    assert "报送期" in the(found, "column_missing").message


def test_a_bare_unit_beside_an_agency_is_said() -> None:
    """已有责任单位一列时，“单位”是计量单位；认了就要说，单位不对照样拦。"""
    head = "| 责任单位 | 报送期 | 编号 | 单位 | 本期值 |"
    good = consolidated("| 市文化和旅游局 | 2023Q2 | I08 | 万件 | 0.1 |", head=head)
    assert "“单位”列按“计量单位”识别" in the(checked(good), "column_alias").message
    wrong = consolidated("| 市文化和旅游局 | 2023Q2 | I08 | 件 | 1000 |", head=head)
    assert the(checked(wrong), "unit_mismatch").place.cell == "D2"


TITLES = [
    "| 威海市知识产权高质量发展主要指标进展情况 |\n{head}\n{row}",
    "| 标题 |\n| |\n|||||| 计量单位：件 |\n{head}\n| |\n{row}\n| |",
    "|||| 计量单位 | 件 |\n{head}\n{row}",
    "| 第二季度 |\n{head}\n{row}\n| 合计 ||| 6.5 |\n| 注：本期值截至6月底 |\n| 填表人：张三 ||| 审核人：李四 |",
]


@pytest.mark.parametrize("text", TITLES)
def test_titles_blanks_units_totals_and_footers_are_no_rows(text: str) -> None:
    """表名行、空行、计量单位行、合计行、附注行都不是数据。"""
    head = "| 责任单位 | 报送期 | 编号 | 本期值 |"
    content = workbook(Md("汇总表", text.format(head=head, row=ROW)))
    assert told(content) == VALUE
    assert not [p for p in checked(content) if p.severity == "error"]


TOTALS = [
    "| 合计 ||| 9 |", "| 合 计 ||| 9 |", "| 小计： ||| 9 |", "| 市市场监管局小计 ||| 9 |",
    "| | | 总计 | 9 |", "| 共计 | 2023Q2 || 9 |",
]  # fmt: skip


@pytest.mark.parametrize("line", TOTALS)
def test_totals_are_noted_and_not_stored(line: str) -> None:
    """合计、小计行认得出，不入库，说一声。"""
    content = consolidated(ROW, line)
    assert told(content) == VALUE
    assert the(checked(content), "total_row").place.sheet == "汇总表"
    assert read(content).figures == 1


def test_a_name_ending_in_total_is_still_a_row() -> None:
    """名称以“合计”结尾的不是合计行：认不出就说认不出，不悄悄丢掉。"""
    head = "| 指标名称 | 责任单位 | 报送期 | 本期值 |"
    content = consolidated("| 注册商标合计 | 市市场监管局 | 2023Q2 | 6.5 |", head=head)
    assert codes(checked(content)) == ["item_unknown"]


FOOTERS = [
    "注：甲",
    "注:甲",
    "备注：甲",
    "说明： 甲",
    "填表人：甲",
    "填 报 人 甲",
    "审核人",
    "制表人：",
]


@pytest.mark.parametrize("text", FOOTERS)
def test_footers_are_not_rows(text: str) -> None:
    """附注、填表人、审核人几行不是数据，不用说什么；里面有数的，说一声没有读。"""
    assert checked(consolidated(ROW, f"| {text} | | | |")) == ()
    content = consolidated(ROW, f"| {text} | | | 9 |")
    assert told(content) == VALUE
    assert [p.code for p in checked(content)] == ["row_ignored"]


def test_a_two_row_merged_head_is_read() -> None:
    """两行合并表头：竖着合并的列和横着合并之下的列都认。"""
    text = (
        "| 责任单位 | 报送期 | 编号 | 完成情况统计 || 说明 |\n||||本期值|数据时点||\n"
        "| 市市场监管局 | 2023Q2 | I01 | 6.5 | 2023年6月 | 字 |"
    )
    merges = ("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2")
    content = workbook(Md("汇总表", text, merges))
    assert told(content) == VALUE | {("I01", "data_at"): "2023年6月", ("I01", "note"): "字"}


def test_the_upper_row_of_a_head_may_hold_most() -> None:
    """命中最多的一行在下面，上面一行竖着合并的也认。"""
    text = "| 责任单位 | 进展 ||||\n|| 报送期 | 编号 | 本期值 | 说明 |\n| 市市场监管局 | 2023Q2 | I01 | 6.5 | 字 |"
    content = workbook(Md("汇总表", text, ("A1:A2", "B1:E1")))
    assert told(content) == VALUE | {("I01", "note"): "字"}


def test_a_data_row_is_never_taken_for_a_head() -> None:
    """首行数据里恰好写着“主要指标”，也不能当成两行表头丢掉。"""
    head = "| 责任单位 | 报送期 | 编号 | 类别 | 本期值 |"
    content = consolidated("| 市市场监管局 | 2023Q2 | I01 | 主要指标 | 6.5 |", head=head)
    assert told(content) == VALUE
    assert "类别" in the(checked(content), "column_ignored").message


def test_agency_and_quarter_may_be_merged_over_rows() -> None:
    """责任单位、报送期合并单元格：值属于每一行。"""
    content = consolidated(
        "| 市市场监管局 | 2023年上半年 | I01 | 6.5 |", "| | | I04 | 39 |", "| | | I11 | 12 |",
        merges=("A2:A4", "B2:B4"),
    )  # fmt: skip
    assert told(content) == VALUE | {("I04", "value"): "39", ("I11", "value"): "12"}


def test_a_merged_figure_belongs_to_no_row() -> None:
    """数写在跨行的合并格里，分不清是哪一行的；只跨列的不要紧。"""
    lines = ("| 市市场监管局 | 2023Q2 | I04 | 39 |", "| 市市场监管局 | 2023Q2 | I05 | |")
    found = the(checked(consolidated(*lines, merges=("D2:D3",))), "merged_value")
    assert (found.place.cell, "D2:D3" in found.message) == ("D2", True)
    assert told(consolidated(ROW, merges=("D2:E2",))) == VALUE


@pytest.mark.parametrize(
    "sheet", [{"hidden_rows": (2,)}, {"hidden_columns": "D"}, {"hidden": True}], ids=str
)
def test_hidden_figures_are_read_with_a_warning(sheet: dict[str, object]) -> None:
    """隐藏的行、列、工作表里的数照读，提醒一声。"""
    content = consolidated(ROW, **sheet)
    assert told(content) == VALUE
    assert the(checked(content), "hidden_value").place.cell == "D2"


def test_hidden_blanks_need_no_warning() -> None:
    """隐藏行里没有数，不必提醒。"""
    lines = (ROW, "| 市市场监管局 | 2023Q2 | I04 | =A1 → | 字 |")
    assert "hidden_value" not in codes(checked(consolidated(*lines, hidden_rows=(3,))))


IGNORED = [
    ("| 责任单位 | 报送期 | 编号 | 本期值 | 去年数 |", "| 5 |", "去年数", "E1"),
    ("| 责任单位 | 报送期 | 编号 | 本期值 |", "| 5 |", "第 E 列", "E2"),
    ("| 责任单位 | 报送期 | 编号 | 本期值 | 去年数 |\n|||||", "| 5 |", "去年数", "E1"),
]


@pytest.mark.parametrize(("head", "more", "said", "cell"), IGNORED)
def test_columns_left_unread_are_named(head: str, more: str, said: str, cell: str) -> None:
    """表头认不出、没有表头而有内容的列：没有读，说一声，不悄悄丢掉。"""
    vertical = tuple(f"{c}1:{c}2" for c in "ABCDE") if "\n" in head else ()
    content = workbook(Md("汇总表", f"{head}\n{ROW}{more[1:]}", vertical))
    found = the(checked(content), "column_ignored")
    assert said in found.message
    assert found.place.cell == cell


def test_empty_or_footer_columns_are_not_named() -> None:
    """没有内容的列、附注行里的字不算没读的列。"""
    head = "| 责任单位 | 报送期 | 编号 | 本期值 | 去年数 |"
    content = consolidated(ROW, "| 填表人：张三 ||||||| 2023年7月 |", head=head)
    assert checked(content) == ()


SHEETS = [
    # 工作表、代码
    (("汇总表",), []),
    ((" 汇 总表",), []),
    (("Sheet1",), ["sheet_renamed"]),
    (("汇总表", "说明页"), ["sheet_ignored"]),
    (("汇总表", "填报说明"), []),
    (("甲", "乙"), ["sheet_ambiguous"]),
    (("汇总表", "汇总 表"), ["sheet_ambiguous"]),
]


@pytest.mark.parametrize(("names", "code"), SHEETS)
def test_the_sheet_is_found_by_name_then_by_head(names: tuple[str, ...], code: list[str]) -> None:
    """按名称找，名称对不上的按表头找；两张都像就不猜；没读的表说一声。"""
    head = "| 责任单位 | 报送期 | 编号 | 本期值 |"
    content = workbook(*(Md(name, f"{head}\n{ROW}") for name in names))
    assert codes(checked(content)) == code
    assert told(content) == ({} if code == ["sheet_ambiguous"] else VALUE)


def test_one_of_two_like_named_sheets_may_fit() -> None:
    """两张同名（只差空格）的，只有一张有表头，就是它。"""
    good = Md("汇 总表", f"| 责任单位 | 报送期 | 编号 | 本期值 |\n{ROW}")
    content = workbook(Md("汇总表", "| 备忘 |"), good)
    assert told(content) == VALUE


def test_no_sheet_fits_and_says_which_is_nearest() -> None:
    """一张也不像：说缺哪张表，工作簿里有什么。"""
    found = the(checked(workbook(Md("通讯录", "| 姓名 | 电话 |"))), "sheet_missing")
    assert "汇总表" in found.message
    assert "通讯录" in found.message


def test_a_workbook_without_worksheets_has_no_table() -> None:
    """空白的工作簿：没有表，也不出错。"""
    assert codes(checked(workbook(Md("空白", "| |")))) == ["sheet_missing"]


def test_form_sheets_are_found_by_head_too() -> None:
    """发出去的表改了工作表名：按表头认，说一声。"""
    tables = sheets(CULTURE, 指标数据="| I08 | 著作权作品登记数量 | 0.1 |")
    renamed = [Md(f"附件{n}", md.table) for n, md in enumerate(tables)]
    content = workbook(info(), *renamed)
    assert len(of(checked(content), "sheet_renamed")) == len(tables)
    assert told(content) == {("I08", "value"): "0.1"}


def test_a_form_across_is_refused_too() -> None:
    """单位自己改成一个季度一列的，也认得出。"""
    head = Md("指标数据", "| 编号 | 指标名称 | 一季度 | 二季度 |\n| I08 || 0.1 | 0.2 |")
    tables = [md for md in sheets(CULTURE) if md.name != "指标数据"]
    assert "layout_unknown" in codes(checked(workbook(info(), head, *tables)))


BASE = (
    "| 责任单位 | 报送期 | 编号 | 本期值 | 说明 | 备用 |\n"
    "| 市市场监管局 | 2023Q2 | I01 | 6.5 | 甲 | |\n"
    "| 市市场监管局 | 2023Q2 | I04 | 39 | | |\n"
    "| 市文化和旅游局 | 2023Q1 | I08 | 0.05 | 乙 | |\n"
    "| 市文化和旅游局 | 2023Q2 | I08 | 0.1 | '=cmd\\|x | |\n"
    "| 市法院 | 2023Q2 | | | | |"
)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(6)), st.permutations(range(5)), st.integers(0, 3), st.integers(0, 2))
def test_order_of_rows_and_columns_does_not_matter(
    columns: list[int], order: list[int], above: int, left: int
) -> None:
    """行、列怎样换、前面插多少空行空列，入库的都一样。"""
    head, *body = rows(BASE)
    moved = [head, *(body[index] for index in order)]
    cells = [[""] * left + [line[column] for column in columns] for line in moved]
    content = workbook(Md("汇总表", table([[""]] * above + cells)))
    assert _stored(content) == _stored(workbook(Md("汇总表", BASE)))


def _stored(content: bytes) -> set[tuple[str, str, str, str, str]]:
    reading = read(content)
    return {
        (one.agency, str(one.quarter), key, field, text)
        for one in reading.returns
        for (key, field), text in _told(one.rows).items()
    }


def _told(found: object) -> dict[tuple[str, str], str]:
    return {
        (read_row.item, field): str(value)
        for read_row in found  # type: ignore[attr-defined]
        for field, value in read_row.row.model_dump().items()
        if value
    }


def test_layouts_have_the_headers_of_the_contract() -> None:
    """契约里的列名一字不差。"""
    names = "编号、指标名称、计量单位、口径、2020年基期值、2025年目标值、序时应达、上年同期、上期值、本期值、数据时点、数据来源、滞后原因、下一步措施、说明"
    assert "、".join(c.header for c in INDICATORS.columns) == names
    names = "编号、所属措施、任务、要求、计量单位、口径、序时应达、上年同期、上期值、本期值、数据时点、数据来源、滞后原因、下一步措施、说明"
    assert "、".join(c.header for c in COMMITMENTS.columns) == names
    written = {c.header: set(c.aliases) for c in CONSOLIDATED.columns if c.aliases}
    assert written == {header: set(text.split("、")) for header, text in ALIASES.items()}


def test_markdown_writes_what_it_shows() -> None:
    """测试自己的工具：各种写法写出来就是那种格。"""
    content = workbook(
        Md("表", "| 1 | '1 | TRUE | #REF! | 5 [0%] | =A1+1 → 2 | =A1 → | =A1 | a\\|b |")
    )
    found = [(c.raw, c.type.value, c.formula) for c in read_workbook(content).sheets[0].cells]
    assert found == [
        ("1", "number", None), ("1", "text", None), ("TRUE", "boolean", None),
        ("#REF!", "error", "#REF!"), ("5", "number", None), ("2", "number", "A1+1"),
        ("", "text", "A1"), ("", "empty", "A1"), ("a|b", "text", None),
    ]  # fmt: skip


def test_a_form_named_sheet_with_the_offices_head_is_the_offices() -> None:
    """汇总的表恰好叫“量化任务”，仍按汇总表读。"""
    content = workbook(Md("量化任务", f"| 责任单位 | 报送期 | 编号 | 本期值 |\n{ROW}"))
    assert told(content) == VALUE
    assert codes(read(form("市法院")).problems) == []


CODES = {code for _, code, _ in HEADS} | {
    "column_alias", "unit_mismatch", "total_row", "item_unknown", "column_ignored",
    "merged_value", "hidden_value", "sheet_renamed", "sheet_ignored", "sheet_ambiguous",
}  # fmt: skip


ISSUED = "| " + " | ".join(INDICATORS.headers) + " |"
WIDE = "| " + " | ".join("一二三四五六七八九十甲乙丙丁戊") + " |"
NEARLY_ISSUED = {
    "下发的样子": ("| 表名 |\n| 说明 |\n" + ISSUED, ()),
    "表头竖着合并": (ISSUED + "\n| |", ("A1:A2",)),
    "表名横着合并": ("| |\n" + ISSUED, ("A1:O1",)),
    "上面有一行一样宽的": (WIDE + "\n" + ISSUED, ()),
    "上面有一行不全的表头": (ISSUED.replace("| 说明 |", "|") + "\n" + ISSUED, ()),
    "表头写了两遍": (ISSUED + "\n" + ISSUED, ()),
    "表头有一格是公式": (ISSUED.replace("口径", "=A9 → 口径"), ()),
    "换了次序": ("| " + " | ".join(reversed(INDICATORS.headers)) + " |", ()),
    "前面空一列": ("| " + ISSUED, ()),
    "上面还有一张表": ("| 甲 |\n| 编号 |\n| 1 |\n| 2 |\n" + ISSUED, ()),
    "没有表头": ("| 甲 | 乙 |", ()),
}


@pytest.mark.parametrize("case", NEARLY_ISSUED)
def test_an_issued_head_is_what_would_have_been_found(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """与下发的一字不差的表头直接认，与逐格去认的结果一样。"""
    written, merges = NEARLY_ISSUED[case]
    content = workbook(Md("指标数据", f"{written}\n| I01 | 名称 |", merges))
    sheet = read_workbook(content).sheets[0]
    found = heads.find_head(sheet, INDICATORS)
    monkeypatch.setattr(heads, "_issued_head", lambda *_: None)
    assert found == heads.find_head(sheet, INDICATORS)


@pytest.mark.parametrize(
    ("row", "label"),
    [
        ("| 合计 | | 1 |", "合计"),
        ("| 市市场监管局小计： | | 1 |", "市市场监管局小计"),
        ("| 1 | 合 计 | 1 |", "合计"),
        ("| 1 | 某项合计 | 1 |", ""),
        ("| | 某项合计 | 1 |", ""),
        ("| I01 | 名称 | 1 |", ""),
        ("| — | 合计 | 1 |", "合计"),
        ("| M05-1 | 合计 | 1 |", "合计"),  # 有没有可加的，由 Sums.adds_up 看
    ],
)
def test_a_total_is_known_by_its_label(row: str, label: str) -> None:
    """行首的“……合计”是合计；名称以“合计”结尾的是事项，名称正是“合计”的才是合计。"""
    book = read_workbook(workbook(Md("汇总表", f"| 编号 | 指标名称 | 本期值 |\n{row}")))
    found = tables.Table(
        CONSOLIDATED, book.sheets[0], heads.find_head(book.sheets[0], CONSOLIDATED)
    )
    assert [tables.total_label(one) for one in found.rows()] == [label]


MOVED = [
    # 首格是移到最前面的说明；写明了是哪一项的，什么话都不是附注、合计
    ("注：含高校", "| 市市场监管局 | 2023Q2 | I01 | 6.5 |", True),
    ("填表人：张三已核", "| 市市场监管局 | 2023Q2 | I01 | 6.5 |", True),
    ("专利合计", "| 市市场监管局 | 2023Q2 | I01 | 6.5 |", True),
    ("合计", "| 市市场监管局 | 2023Q2 | I01 | 6.5 |", True),
    ("注：含高校", "| | | I01 | 6.5 |", True),
    ("注：含高校", "| 不认识的局 | 2023Q2 | | 6.5 |", True),
    ("注：含高校", "| — | | 1 | 6.5 |", False),
    ("填表人：", "| 张三 | | 审核人： | 李四 |", False),
    ("填表人：", "| 张三 | | | |", False),
    ("合计", "| | 2023Q2 | — | 6.5 |", False),
    ("专利合计", "| | 2023Q2 | | 6.5 |", False),
]


@pytest.mark.parametrize(("first", "rest", "is_row"), MOVED)
def test_a_row_is_not_dropped_for_its_first_cell(first: str, rest: str, is_row: bool) -> None:  # noqa: FBT001 - 一行一个情形
    """列可以移动：带着单位、编号的一行，首格写什么都照一行读，不悄悄丢掉。"""
    head = "| 说明 | 责任单位 | 报送期 | 编号 | 本期值 |"
    reading = read(consolidated(f"| {first} {rest}", head=head))
    assert (reading.figures == 1) is is_row
    if "市市场监管局" in rest:
        assert told(consolidated(f"| {first} {rest}", head=head)) == VALUE | {
            ("I01", "note"): first
        }


def test_the_progress_of_a_measure_may_come_first() -> None:
    """“本季度进展”移到最前面，写着“说明：……”，也不是附注。"""
    head = "| 本季度进展 | 编号 | 措施名称 | 进展状态 |"
    tables = [md for md in sheets("市法院") if md.name != "措施进展"]
    moved = Md("措施进展", f"{head}\n| 说明：完成建库三处 | M01 | | 已完成 |\n| 注：以上为初步 |")
    stored = told(workbook(info("市法院"), moved, *tables))
    assert stored == {("M01", "progress"): "说明：完成建库三处", ("M01", "status"): "已完成"}


RIVALS = [
    # 另一列的表头、填的；代码、位置、轻重
    ("累计完成", "260", "column_duplicate", "D1", "error"),
    ("累计完成", "'260", "column_duplicate", "D1", "error"),
    ("完成情况", "完成很好", "column_ignored", "E1", "warning"),
    ("备注", "含高校", "", "", ""),
    ("序号", "3", "column_ignored", "E1", "note"),
    ("累计完成", "", "", "", ""),
]


@pytest.mark.parametrize(("rival", "filled", "code", "cell", "severity"), RIVALS)
def test_two_names_of_one_column(
    rival: str, filled: str, code: str, cell: str, severity: str
) -> None:
    """同一列的两种写法并排：两列都有数的不替人选，文字的提醒没有读；另一列空着不要紧。"""
    head = f"| 责任单位 | 报送期 | 编号 | 本期值 | {rival} |"
    found = checked(consolidated(f"{ROW} {filled} |", head=head))
    said = [p for p in found if p.code.startswith("column_") and p.code != "column_alias"]
    told_ = [(p.code, p.place.cell, p.severity.value) for p in said]
    assert told_ == ([(code, cell, severity)] if code else [])
    if severity in ("error", "warning"):
        assert "本期值" in said[0].message
        assert rival in said[0].message


SECOND_HEADS = [
    # 又写的表头；代码，读到几行
    ("| 责任单位 | 报送期 | 编号 | 本期值 | 说明 |", "row_ignored", 2),
    ("| 填报单位 | 季度 | 编号 | 完成数 | |", "row_ignored", 2),
    ("| 责任单位 | 报送期 | 编号 | 上年同期 | 本期值 |", "layout_unknown", 1),
    ("| 责任单位 | 编号 | 报送期 | 本期值 |", "layout_unknown", 1),
    ("| 责任单位 | 报送期 | 编号 | 上年同期 |", "layout_unknown", 1),
    ("| 责任单位 | 报送期 | 编号 | 本期值 | 数据时点 |", "layout_unknown", 1),
]


@pytest.mark.parametrize(("second", "code", "figures"), SECOND_HEADS)
def test_a_second_head_is_known(second: str, code: str, figures: int) -> None:
    """又写了一遍的表头：列没有变的接着读；列变了的是另一张表，不收，也不把别的列当本期值。"""
    head = "| 责任单位 | 报送期 | 编号 | 本期值 | 说明 |"
    content = consolidated(ROW, second, "| 市市场监管局 | 2023Q2 | I04 | 40 | |", head=head)
    found = [p for p in checked(content) if p.code in ("row_ignored", "layout_unknown")]
    assert [(p.code, p.place.cell) for p in found] == [(code, "A3")]
    assert read(content).figures == figures
    assert "agency_unknown" not in codes(checked(content))


def test_a_second_head_with_two_rows_is_known() -> None:
    """两行表头又写了一遍，两行都不是数据。"""
    head = "| 责任单位 | 报送期 | 编号 | 完成情况统计 || 说明 |\n||||本期值|数据时点||"
    row = "| 市市场监管局 | 2023Q2 | {} | 6.5 | 2023年6月 | 字 |"
    merges = ("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2")
    text = "\n".join((head, row.format("I01"), head, row.format("I03")))
    content = workbook(Md("汇总表", text, merges))
    assert [p.severity for p in of(checked(content), "row_ignored")] == ["note", "note"]
    assert {key for key, field in told(content) if field == "value"} == {"I01", "I03"}


def test_a_longer_head_below_does_not_hide_the_rows_above() -> None:
    """下面的表头列更多，也不能把它上面的各行当表名丢掉。"""
    longer = "| 责任单位 | 报送期 | 编号 | 指标名称 | 本期值 | 说明 |"
    row = "| 市市场监管局 | 2023Q2 | I04 | 国家知识产权优势企业 | 40 | |"
    content = consolidated(ROW, longer, row, head="| 责任单位 | 报送期 | 编号 | 本期值 |")
    assert the(checked(content), "layout_unknown").severity == "error"
