"""设定表写错了：说是哪一格、什么不对、怎么改；有一处就什么也不改。"""

import re
from dataclasses import replace
from string import Formatter

import pytest

from ipmeasures.forms.settings.layout import MARK_SHEET
from ipmeasures.forms.write import HEAD_ROW
from ipmeasures.problem import Place, Problem, Severity
from ipmeasures.returns.settings.read import open_settings, read_settings
from ipmeasures.returns.settings.sayings import SETTINGS_CATALOGUE, wrong
from ipmeasures.returns.workbook.cells import Area, Cell, CellType, Workbook
from tests.plan import MEASURES, TARGETS, once
from tests.returns.markdown import Md, workbook

from . import (
    Put,
    book_of,
    changed,
    exported,
    pages_of,
    plan_of,
    read_back,
    result_of,
    sheet_of,
    with_sheet,
)

AGENDA, MEMBERS, RENAMED, LEADS = "报送安排", "成员单位", "单位更名", "措施牵头"
REPORTERS, TERMS, DUES = "填报单位", "口径", "里程碑时限"
NUMBER = CellType.NUMBER

CASES: list[tuple[str, Put, str, str, str]] = [
    # 公文写的不能改
    ("改目标值", Put(TERMS, "I01", "2025年目标值或要求", "12", NUMBER), "setting_fixed", "E4", "“2025年目标值或要求”不能在这里改：原来是“10.02”，现在是“12”。请改回"),
    ("改基期值", Put(TERMS, "I02", "2020年基期值", None), "setting_fixed", "D5", "原来是“108”，现在空着"),
    ("改要求", Put(TERMS, "M10-1", "2025年目标值或要求", "到2025年达到8万件"), "setting_fixed", "E19", "原来是“到2025年突破8万件”"),
    ("改计量单位", Put(TERMS, "I08", "计量单位", "件"), "setting_fixed", "C11", "原来是“万件”"),
    ("改措施名称", Put(LEADS, "M05", "措施名称", "强化保护"), "setting_fixed", "B8", "原来是“强化重点领域知识产权保护”"),
    ("改责任单位", Put(LEADS, "M05", "责任单位", "市市场监管局"), "setting_fixed", "C8", "责任单位"),
    ("改里程碑的事项", Put(DUES, "M01-2", "事项", "别的事"), "setting_fixed", "C5", "原来是“调整市专利专项资金扶持方向”"),
    ("把一次的改成每年", Put(DUES, "M01-1", "类别", "每年重复"), "setting_fixed", "E4", "原来是“一次”"),
    ("里程碑不合数", Put(REPORTERS, "M01-1", "几家的数", "相加"), "setting_fixed", "F25", "原来空着，现在是“相加”"),
    ("改含义", Put(AGENDA, "报送时限", "含义", "随便"), "setting_fixed", "D5", "“含义”不能在这里改"),
    # 不能空着
    ("时限空着", Put(AGENDA, "报送时限", "内容", None), "setting_needed", "B5", "“内容”不能空着。请填上；原来是“10”"),
    ("全称空着", Put(MEMBERS, "市法院", "全称", None), "setting_needed", "B4", "原来是“威海市中级人民法院”"),
    ("填报单位空着", Put(REPORTERS, "I01", "填报单位", "  "), "setting_needed", "E4", "“填报单位”不能空着"),
    ("填报单位只有顿号", Put(REPORTERS, "I01", "填报单位", "、、"), "setting_needed", "E4", "“填报单位”不能空着"),
    ("是否成员空着", Put(MEMBERS, "市法院", "是否成员", None), "setting_needed", "D4", "“是否成员”不能空着"),
    ("小数位空着", Put(TERMS, "I01", "小数位", None), "setting_needed", "J4", "原来是“2”"),
    ("判定办法空着", Put(AGENDA, "判定办法", "内容", None), "setting_needed", "B6", "原来是“偏差和指数”"),
    # 数
    ("不是数", Put(AGENDA, "报送时限", "内容", "十五天"), "setting_number", "B5", "“十五天”不是数字，是否为 15？"),
    ("带单位", Put(AGENDA, "报送时限", "内容", "15天"), "setting_number", "B5", "是否为 15"),
    ("日期格式的数", Put(AGENDA, "报送时限", "内容", "45000", NUMBER, "yyyy-mm-dd"), "setting_number", "B5", "是日期；请先把单元格格式改为“常规”"),
    ("百分点填成百分比", Put(AGENDA, "超序时的偏差", "内容", "0.02", NUMBER, "0%"), "setting_number", "B7", "是百分比格式"),
    ("不是整数", Put(AGENDA, "报送时限", "内容", "10.5", NUMBER), "setting_whole", "B5", "应是整数，现在是 10.5"),
    ("太大", Put(AGENDA, "报送时限", "内容", "91", NUMBER), "setting_range", "B5", "91 不在可能的范围内（0 到 90）"),
    ("容差是负数", Put(TERMS, "I10", "容差", "-1", NUMBER), "setting_range", "K13", "（不小于 0）"),
    ("小数位太多", Put(TERMS, "I01", "小数位", "7", NUMBER), "setting_range", "J4", "（0 到 6）"),
    ("界线大得不像", Put(AGENDA, "达序时的指数", "内容", "95", NUMBER), "setting_range", "B9", "（0 到 10）"),
    # 日期、季度、选项
    ("日期只到月", Put(DUES, "M01-1", "办结时限", "2025年6月"), "setting_date", "F4", "“2025年6月”不是写到日的日期"),
    ("没有这一天", Put(DUES, "M01-1", "办结时限", "2025-06-31"), "setting_date", "F4", "没有“2025-06-31”这一天"),
    ("日期变成的数", Put(DUES, "M01-1", "办结时限", "45838", NUMBER), "setting_date", "F4", "像是日期变成的数"),
    ("不是日期", Put(DUES, "M01-1", "办结时限", "年底前"), "setting_date", "F4", "“年底前”不是写到日的日期"),
    ("起用日期写成年份", Put(RENAMED, "市地方金融监管局", "第1次起用日期", "2024"), "setting_date", "C20", "“2024”不是写到日的日期"),
    ("不是季度", Put(AGENDA, "首个应报季度", "内容", "去年底"), "setting_quarter", "B4", "“去年底”不是季度"),
    ("不在选项里", Put(TERMS, "I01", "数的性质", "月底数"), "setting_choice", "F4", "“月底数”不在可选项内。请从下拉框选：期末数、历年累计、"),
    ("成员写成对勾", Put(MEMBERS, "市法院", "是否成员", "√"), "setting_choice", "D4", "请从下拉框选：是、否"),
    ("合并写别的", Put(REPORTERS, "M05-1", "几家的数", "平均"), "setting_choice", "F16", "请从下拉框选：相加"),
    # 单位
    ("认不得的单位", Put(REPORTERS, "I01", "填报单位", "市场监督局"), "setting_agency", "E4", "“市场监督局”不是责任单位，是否为：市市场监管局"),
    ("认不得的单位没有相近的", Put(REPORTERS, "I01", "填报单位", "甲"), "setting_agency", "E4", "“甲”不是责任单位。"),
    ("很长的单位", Put(REPORTERS, "I01", "填报单位", "局" * 5000), "setting_agency", "E4", "局局…”不是责任单位。"),
    ("全体成员夹在单位里", Put(REPORTERS, "M02-1", "填报单位", "全体成员、市法院"), "setting_agency", "E28", "“全体成员”不是责任单位"),
    ("单位写两次", Put(REPORTERS, "M05-1", "填报单位", "威海海关、荣成海关、中华人民共和国威海海关"), "setting_twice", "E16", "“威海海关”写了两次"),
    ("牵头不是责任单位", Put(LEADS, "M14", "牵头单位", "市财政局"), "setting_lead", "D17", "“市财政局”不是这条措施的责任单位。请从下拉框选：市科技局、市市场监管局"),
    ("牵头认不得", Put(LEADS, "M14", "牵头单位", "科委"), "setting_agency", "D17", "“科委”不是责任单位"),
    ("别名写两次", Put(MEMBERS, "市法院", "简称和别名", "中院、中 院"), "setting_twice", "C4", "“中院”写了两次"),
    ("别名撞上别家的名称", Put(MEMBERS, "市法院", "简称和别名", "市中院、市公安局"), "setting_name_taken", "C4", "“市公安局”已是市公安局的名称"),
    ("别名撞上别家的简称", Put(MEMBERS, "市法院", "简称和别名", "科技 局"), "setting_name_taken", "C4", "“科技 局”已是市科技局的名称"),
    ("别名撞上别家更名后的名称", Put(MEMBERS, "市法院", "简称和别名", "市委金融办"), "setting_name_taken", "C4", "“市委金融办”已是市地方金融监管局的名称"),
    ("全称撞上别家的全称", Put(MEMBERS, "市财政局", "全称", "威海市林业局"), "setting_name_taken", "B19", "“威海市林业局”已是市林业局的名称"),
    ("更名撞上别家的简称", Put(RENAMED, "市地方金融监管局", "第1次更名后名称", "人社局"), "setting_name_taken", "B20", "“人社局”已是市人力资源社会保障局的名称"),
    # 文字
    ("太长", Put(TERMS, "I01", "口径提示", "字" * 501), "setting_too_long", "M4", "文字有 501 个字，超过 500 字"),
    ("名称太长", Put(MEMBERS, "市法院", "全称", "院" * 61), "setting_too_long", "B4", "文字有 61 个字，超过 60 字"),
    ("别名太长", Put(MEMBERS, "市法院", "简称和别名", "院" * 61), "setting_too_long", "C4", "超过 60 字"),
    ("控制字符", Put(MEMBERS, "市法院", "联系人", "张\x07三"), "setting_control", "E4", "（U+0007）"),
    ("改变方向的字符", Put(MEMBERS, "市法院", "简称和别名", "法\u202e院"), "setting_control", "C4", "（U+202E）"),
    ("名称里有换行", Put(MEMBERS, "市法院", "全称", "威海市\n中级人民法院"), "setting_control", "B4", "（换行）"),
    # 口径
    ("节点看不出", Put(TERMS, "I01", "分年节点", "2022是6"), "setting_waypoints", "H4", "“2022是6”看不出哪一年是多少"),
    ("节点不是数", Put(TERMS, "I01", "分年节点", "2022=六"), "setting_waypoints", "H4", "“2022=六”看不出"),
    ("节点年份重复", Put(TERMS, "I01", "分年节点", "2022=6；2022年=7"), "setting_twice", "H4", "“2022”写了两次"),
    ("节点年份不在计划期", Put(TERMS, "I01", "分年节点", "2020=5；2022=6"), "setting_range", "H4", "2020 不在可能的范围内（2021 到 2025）"),
    ("按节点走却没有节点", Put(TERMS, "I01", "序时路径", "分年节点"), "setting_no_waypoints", "H4", "按分年节点走，却没有写各年年底的值"),
    # 合起来看
    ("几家没有写怎么合", Put(REPORTERS, "I01", "填报单位", "市市场监管局、市财政局"), "setting_combine", "F4", "请把“几家的数”选为“相加”，或只留一家"),
    ("全体成员没有写怎么合", Put(REPORTERS, "I01", "填报单位", "全体成员"), "setting_combine", "F4", "有几家填报单位"),
    ("相加清空", Put(REPORTERS, "M05-1", "几家的数", None), "setting_combine", "F16", "有几家填报单位"),
    ("百分数不能相加", Put(REPORTERS, "I07", "几家的数", "相加"), "setting_percent", "F10", "这一项是百分数"),
    ("更名没有日期", Put(RENAMED, "市法院", "第1次更名后名称", "威海中院"), "setting_renaming", "C4", "第1次更名没有写全"),
    ("更名没有名称", Put(RENAMED, "市法院", "第2次起用日期", "2025-01-01"), "setting_renaming", "E4", "第2次更名没有写全"),
    ("更名的名称清空", Put(RENAMED, "市地方金融监管局", "第1次更名后名称", None), "setting_renaming", "B20", "三格都清空"),
    ("界线次序", Put(AGENDA, "达序时的指数", "内容", "1.5", NUMBER), "setting_order", "B9", "“超序时的指数”（1.05）比“达序时的指数”（1.5）还低"),
    ("界线次序，另一头", Put(AGENDA, "差距较大的偏差", "内容", "-1", NUMBER), "setting_order", "B12", "“达序时的偏差”（-2）比“差距较大的偏差”（-1）还低"),
    # 公式、错误值
    ("公式没有算过", Put(AGENDA, "报送时限", "内容", "", CellType.EMPTY, formula="5+5"), "formula_not_calculated", "B5", "公式还没有算出结果"),
    ("错误值", Put(AGENDA, "报送时限", "内容", "#REF!", CellType.ERROR), "cell_error", "B5", "单元格是错误值 #REF!"),
    ("像命令的字照字看", Put(AGENDA, "报送时限", "内容", "=cmd|' /C calc'!A0"), "setting_number", "B5", "“=cmd|' /C calc'!A0”不是数字"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_mistake(case: tuple[str, Put, str, str, str]) -> None:
    """一处错说一处：哪张表哪一格、什么不对、怎么改；计划文件不变。"""
    _, put, code, cell, words = case
    result = read_back(put)
    assert [(p.code, p.place) for p in result.problems] == [(code, Place(put.sheet, cell))]
    assert words in _said(result.problems[0])
    assert (result.measures, result.targets) == (MEASURES, TARGETS)


def _said(found: Problem) -> str:
    return f"{found.message}。{found.fix}"


def test_all_mistakes_are_told_at_once() -> None:
    """各张表的错一次说全。"""
    names = ("改目标值", "太大", "日期只到月", "认不得的单位", "别名撞上别家的简称", "更名没有日期")
    cases = [case for case in CASES if case[0] in names]
    found = read_back(*(case[1] for case in cases)).problems
    assert sorted(p.code for p in found) == sorted(case[2] for case in cases)
    assert len(found) == len(names)


def test_no_members_at_all() -> None:
    """一家成员也没有，不行。"""
    plan, _ = plan_of()
    puts = [Put(MEMBERS, agency.name, "是否成员", "否") for agency in plan.agencies]
    (found,) = read_back(*puts).problems
    assert (found.code, found.place) == ("setting_no_members", Place(MEMBERS, "D4"))


def test_a_cleared_threshold_counts_as_its_default() -> None:
    """清空的界线按默认的数看次序。"""
    clear = Put(AGENDA, "超序时的指数", "内容", None)
    assert not read_back(clear).problems
    (found,) = read_back(clear, Put(AGENDA, "达序时的指数", "内容", "1.2", NUMBER)).problems
    assert found.code == "setting_order"
    assert "“超序时的指数”（1.05）比“达序时的指数”（1.2）还低" in found.message


# 行、列、表


def _without_row(book: Workbook, sheet: str, number: int) -> Workbook:
    cells = [
        cell if cell.row < number else cell._replace(row=cell.row - 1)
        for cell in sheet_of(book, sheet).cells
        if cell.row != number
    ]
    return with_sheet(book, sheet, cells)


def _codes(book: Workbook) -> list[tuple[str, str]]:
    return [(p.code, str(p.place)) for p in result_of(book).problems]


def test_a_deleted_row_is_told() -> None:
    """删了一行不是取消设定：要补回来。"""
    book = _without_row(book_of(), MEMBERS, HEAD_ROW + 3)
    (found,) = result_of(book).problems
    assert (found.code, str(found.place)) == ("setting_row_missing", MEMBERS)
    assert "少了“市公安局”一行" in found.message
    assert "要取消设定请清空黄色格，不要删行" in found.fix


def test_moved_rows_and_columns_are_found() -> None:
    """行倒过来、列挪了位置、插了空行空列，都照样认得。"""
    book = book_of()
    for sheet in book.sheets:
        if sheet.name.startswith("_") or sheet.name == "设定说明":
            continue
        last = max(sheet.rows)
        cells = [
            cell._replace(
                row=cell.row if cell.row <= HEAD_ROW else 2 * (last + HEAD_ROW + 1 - cell.row),
                column=30 - cell.column,
            )
            for cell in sheet.cells
        ]
        book = with_sheet(book, sheet.name, cells)
    result = result_of(book)
    assert result.problems == ()
    assert result.changes == ()
    assert len(result.answers) == len(result_of(book_of()).answers)


def test_an_added_row_is_told() -> None:
    """多出来的一行：说不认得，写了相近的；空行不管，没有编号却写了字的也说。"""
    sheet = sheet_of(book_of(), LEADS)
    extra = [Cell(60, 1, "M24", CellType.TEXT), Cell(60, 4, "市法院", CellType.TEXT)]
    loose = [Cell(61, 4, "市法院", CellType.TEXT), Cell(62, 1, "  ", CellType.TEXT)]
    book = with_sheet(book_of(), LEADS, [*sheet.cells, *extra, *loose])
    first, second = result_of(book).problems
    assert (first.code, str(first.place)) == ("setting_row_unknown", f"{LEADS}!A60")
    assert "“M24”不是这张表里的一行，是否为：" in first.message
    assert (second.code, str(second.place)) == ("setting_row_unknown", f"{LEADS}!A61")


def test_a_changed_name_is_an_unknown_row() -> None:
    """单位名称改了，就是多了一行、少了一行。"""
    book = changed(book_of(), Put(MEMBERS, "市法院", "单位名称", "市中级法院"))
    assert _codes(book) == [
        ("setting_row_unknown", f"{MEMBERS}!A4"),
        ("setting_row_missing", MEMBERS),
    ]


def test_a_row_twice_is_told() -> None:
    """同一行两次，说另一处在哪里。"""
    sheet = sheet_of(book_of(), DUES)
    again = [cell._replace(row=90) for cell in sheet.rows[HEAD_ROW + 1]]
    (found,) = result_of(with_sheet(book_of(), DUES, [*sheet.cells, *again])).problems
    assert (found.code, str(found.place)) == ("setting_row_twice", f"{DUES}!A90")
    assert "另一处 A4" in found.message


def test_a_missing_column_is_told() -> None:
    """黄色的列删了，不当作全部清空；灰色的列没有也行；认行的一列没有，这张表不读。"""
    sheet = sheet_of(book_of(), MEMBERS)
    book = with_sheet(book_of(), MEMBERS, [c for c in sheet.cells if c.column != 6])
    (found,) = result_of(book).problems
    assert (found.code, found.message) == ("column_missing", "“成员单位”缺少“电话”一列")
    terms = sheet_of(book_of(), TERMS)
    grey = with_sheet(book_of(), TERMS, [c for c in terms.cells if c.column not in (2, 5)])
    assert _codes(grey) == []
    leads = sheet_of(book_of(), LEADS)
    keyless = with_sheet(book_of(), LEADS, [c for c in leads.cells if c.column != 1])
    assert _codes(keyless) == [("column_missing", LEADS)]


def test_a_missing_sheet_is_told() -> None:
    """少了一张工作表。"""
    book = replace(book_of(), sheets=tuple(s for s in book_of().sheets if s.name != DUES))
    (found,) = result_of(book).problems
    assert (found.code, found.message) == ("setting_sheet_missing", "没有“里程碑时限”工作表")


def test_two_sheets_alike_are_told() -> None:
    """两张都像的，说不知道看哪一张。"""
    old = sheet_of(book_of(), DUES)
    two = tuple(replace(old, name=f"里程碑{n}") for n in "一二")
    book = replace(book_of(), sheets=(*(s for s in book_of().sheets if s is not old), *two))
    assert [p.code for p in result_of(book).problems] == ["sheet_ambiguous"]


def test_merged_cells_are_told() -> None:
    """合并过的格子分不清是谁的：合并会把别的格子清空，不能当作取消设定。"""
    sheet = sheet_of(book_of(), MEMBERS)
    area = Area(HEAD_ROW + 1, 5, HEAD_ROW + 2, 5)
    merged = tuple(
        replace(one, merges=(*one.merges, area)) if one is sheet else one
        for one in book_of().sheets
    )
    found = result_of(replace(book_of(), sheets=merged)).problems
    assert [(p.code, p.place.cell) for p in found] == [("setting_merged", "E4"), ("setting_merged", "E5")]  # fmt: skip
    assert "E4:E5" in found[0].message


def test_what_is_read_anyway_is_noted() -> None:
    """公式算好的照结果读，多出来的列不读：都说一声，不拦。"""
    plan, _ = plan_of()
    sheet = sheet_of(book_of(), MEMBERS)
    book = with_sheet(book_of(), MEMBERS, [*sheet.cells, Cell(5, 9, "随手记", CellType.TEXT)])
    book = changed(book, Put(AGENDA, "报送时限", "内容", "15", NUMBER, formula="10+5"))
    reading = read_settings(book, pages_of(), plan)
    assert [(p.code, p.severity) for p in reading.problems] == [("formula_result", Severity.NOTE), ("column_ignored", Severity.NOTE)]  # fmt: skip
    assert [a.value for a in reading.answers if a.is_changed] == ["15"]


# 整份文件


def test_what_is_no_settings_workbook_is_told() -> None:
    """不是设定表、别的公文的、别的版本的、标识改过的，都说清楚；读不出的照收表的说法。"""
    plan, _ = plan_of()

    def said(content: bytes) -> str:
        found = open_settings(content, plan)
        assert isinstance(found, Problem)
        return f"{found.code} {found.message}"

    assert said(b"abc").startswith("file_type ")
    assert (
        said(workbook(Md("报送安排", "| 设定 | 内容 |"))) == "setting_file 这不是导出的办公室设定表"
    )
    other = exported(
        once(MEASURES, "  number: 威知战发〔2021〕2号\n", "  number: 别的〔2022〕1号\n")
    )
    assert "“别的〔2022〕1号”的设定表" in said(other)
    marks = (
        "| 种类 | 办公室设定 |\n| 版本 | '{} |\n| 文号 | 威知战发〔2021〕2号 |\n| 计划摘要 | {} |"
    )
    for version, digest in (("2", "a" * 64), ("1", "*")):
        content = workbook(Md(MARK_SHEET, marks.format(version, digest), hidden=True))
        assert said(content).startswith("setting_file 这是别的版本的设定表")


def test_every_code_has_its_case() -> None:
    """目录里的每一种问题，本文件和 test_now.py 里都有一例。"""
    told = {case[2] for case in CASES} | {
        "setting_file", "setting_sheet_missing", "setting_row_missing", "setting_row_unknown",
        "setting_row_twice", "setting_merged", "setting_no_members", "setting_conflict", "setting_gone",
    }  # fmt: skip
    assert {code for code in told if code.startswith("setting_")} == set(SETTINGS_CATALOGUE)


@pytest.mark.parametrize("code", SETTINGS_CATALOGUE)
def test_every_sentence_is_chinese_and_can_be_filled(code: str) -> None:
    """两句话都是中文，GBK 控制台印得出，填好词没有剩下的花括号。"""
    kind = SETTINGS_CATALOGUE[code]
    for sentence in (kind.says, kind.fix):
        plain = re.sub(r"\{\w+\}", "", sentence)
        assert set(re.findall(r"[A-Za-z]{2,}", plain)) <= {"ipm", "settings", "export"}
        sentence.encode("gbk")
    parts = (*Formatter().parse(kind.says), *Formatter().parse(kind.fix))
    words = {name: "甲" for _, name, _, _ in parts if name and name not in ("raw", "value")}
    found = wrong(code, Place("口径", "A1"), item="I01", value="乙", **words)
    assert not re.search(r"[{}]", found.message + found.fix)
    assert (found.code, found.severity) == (code, Severity.ERROR)


def test_targets_are_never_in_reach() -> None:
    """公文的目标、基期、要求，没有一格在可以改的之内。"""
    facts = {"baseline", "target", "figures", "rule", "cadence", "wording", "title", "subject", "tasks", "agencies"}  # fmt: skip
    for page in pages_of():
        for row in page.rows:
            for slot in row.slots().values():
                inside = [step for step in slot.trail[1:] if isinstance(step, str)]
                assert slot.trail[0] == "settings" or "office" in inside
                assert not facts & set(inside)
    assert "target: 10.02" in TARGETS
