"""发出去的表：每个单位只有它该报的，样样照约定。"""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ipmeasures.forms.layout import RETURN_LAYOUTS, Layout
from tests.forms import (
    DUE,
    HEAD,
    consolidated,
    expected,
    form,
    headers,
    ids,
    issued,
    opened,
    value,
    visible,
)
from tests.plan import MEASURES, TARGETS, facts, once, plan_of

FIGURE_CELLS = ["本期值", "数据时点", "数据来源", "滞后原因", "下一步措施", "说明"]
# 约定 §4 的表头，照抄；后面一列是由单位填的
HEADERS = {
    "指标数据": (
        ["编号", "指标名称", "计量单位", "口径", "2020年基期值", "2025年目标值", "序时应达", "上年同期", "上期值", *FIGURE_CELLS],
        FIGURE_CELLS,
    ),
    "量化任务": (
        ["编号", "所属措施", "任务", "要求", "计量单位", "口径", "序时应达", "上年同期", "上期值", *FIGURE_CELLS],
        FIGURE_CELLS,
    ),
    "措施进展": (
        ["编号", "措施名称", "任务要点", "进展状态", "本季度进展", "存在问题", "滞后原因", "下一步措施"],
        ["进展状态", "本季度进展", "存在问题", "滞后原因", "下一步措施"],
    ),
    "里程碑": (
        ["编号", "所属措施", "事项", "办结时限", "完成情况", "完成日期", "佐证材料", "下一步措施"],
        ["完成情况", "完成日期", "佐证材料", "下一步措施"],
    ),
    "典型案例": (["标题", "对应措施", "内容摘要", "可否公开"], ["标题", "对应措施", "内容摘要", "可否公开"]),
    "汇总表": (
        ["责任单位", "报送期", "编号", "指标名称", "计量单位", "本期值", "数据时点", "数据来源", "说明", "进展状态",
         "本季度进展", "存在问题", "滞后原因", "下一步措施", "报送方式", "来文字号"],
        ["本期值", "数据时点", "数据来源", "说明", "进展状态", "本季度进展", "存在问题", "滞后原因", "下一步措施", "报送方式", "来文字号"],
    ),
}  # fmt: skip
INFO = [
    "报送单位",
    "报送期",
    "报送方式",
    "来文字号",
    "填报人",
    "联系电话",
    "审核人",
    "分管负责人",
    "填报日期",
]
CHOICES = {
    "报送方式": ["正常", "零报告", "办公室代录", "补录"],
    "进展状态": ["未启动", "推进中", "已完成", "长期坚持", "拟调整"],
    "完成情况": ["未启动", "推进中", "已完成", "不再实施"],
    "可否公开": ["可公开", "不公开"],
}


def rows_owed(name: str) -> dict[str, list[str]]:
    """照事实表，一个单位各张表上该有的编号；没有的表不发。"""
    asked = [key for key, who in facts.asked().items() if name in who]
    sheets = {
        "指标数据": [key for key in asked if key in facts.INDICATORS],
        "量化任务": [key for key in asked if key in facts.COMMITMENTS],
        "措施进展": [k for k, row in facts.MEASURES.items() if name in facts.named(row[2])],
        "里程碑": [key for key, who in facts.milestone_reporters().items() if name in who],
    }
    return {sheet: rows for sheet, rows in sheets.items() if rows}


def tables(agency: str) -> list[Worksheet]:
    """一个单位的各张填报的表。"""
    book = issued(agency)
    return [book[name] for name in HEADERS if name in book.sheetnames]


@pytest.mark.parametrize("agency", facts.AGENCIES)
def test_only_what_is_owed(agency: str) -> None:
    """每张表上的编号正是该单位该报的，次序照计划；没有行的表不发。"""
    owed, book = rows_owed(agency), issued(agency)
    assert visible(book) == ["报送信息", *owed, "典型案例", "填报说明"]
    assert {name: ids(book[name]) for name in owed} == owed


def test_most_agencies_have_no_figures() -> None:
    """16 家没有数要报：不发空的“指标数据”“量化任务”。"""
    without = [a for a in facts.AGENCIES if not {"指标数据", "量化任务"} & set(rows_owed(a))]
    assert len(without) == 16
    assert rows_owed("市文化和旅游局")["指标数据"] == ["I07", "I08"]
    assert rows_owed("荣成海关")["量化任务"] == ["M05-1"]


def test_the_same_figure_is_never_asked_twice() -> None:
    """M08-1、M10-1 与指标同一个数：哪张表上都没有。"""
    for agency in facts.AGENCIES:
        for sheet in tables(agency):
            if sheet.title != "典型案例":
                assert not {"M08-1", "M10-1"} & set(ids(sheet))
    assert not {"M08-1", "M10-1"} & set(ids(consolidated()["汇总表"]))


@pytest.mark.parametrize("agency", facts.AGENCIES)
def test_headers(agency: str) -> None:
    """表头与约定一字不差，次序也是。"""
    for sheet in tables(agency):
        assert headers(sheet) == HEADERS[sheet.title][0]
    info = issued(agency)["报送信息"]
    assert headers(info) == ["项目", "内容"]
    assert [info.cell(HEAD + i, 1).value for i in range(1, len(INFO) + 1)] == INFO
    given = [info.cell(HEAD + i, 2).value for i in range(1, len(INFO) + 1)]
    assert given == [agency, "2023Q2", "正常", *[None] * 6]


@pytest.mark.parametrize("agency", ["市市场监管局", "市公安局", "威海海关"])
def test_entry_cells_are_open_and_printed_ones_locked(agency: str) -> None:
    """要填的格子不锁，印好的锁住；没有密码，筛选、排序、插行、调列宽行高都允许。"""
    for sheet in tables(agency):
        names, filled = HEADERS[sheet.title]
        for row in range(HEAD + 1, sheet.max_row + 1):
            for column, name in enumerate(names, 1):
                assert sheet.cell(row, column).protection.locked is (name not in filled)
                assert (sheet.cell(row, column).value is None) or name not in filled
    info = issued(agency)["报送信息"]
    locked = [info.cell(HEAD + i, 2).protection.locked for i in range(1, len(INFO) + 1)]
    assert locked == [True, True, *[False] * 7]
    for sheet in [*tables(agency), info, issued(agency)["填报说明"]]:
        guard = sheet.protection
        assert guard.sheet
        assert not guard.password
        allowed = (
            guard.sort,
            guard.autoFilter,
            guard.formatColumns,
            guard.formatRows,
            guard.insertRows,
        )
        assert not any(allowed), "这些开关是“禁止”，都应关着"
        assert not guard.selectUnlockedCells


@pytest.mark.parametrize("agency", ["市市场监管局", "市文化和旅游局", "市财政局"])
def test_page_set_up(agency: str) -> None:
    """A4，一页宽，每页重印表头，有页码；表头和编号名称冻结，可筛选；信息和说明竖放，其余横放。"""
    book = issued(agency)
    for name in visible(book):
        sheet = book[name]
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        upright = name in ("报送信息", "填报说明")
        assert sheet.page_setup.orientation == ("portrait" if upright else "landscape")
        assert "&P" in sheet.oddFooter.center.text
        head = 1 if name == "填报说明" else HEAD
        assert sheet.print_title_rows == f"$1:${head}"
    frozen = {
        "指标数据": "C4",
        "量化任务": "D4",
        "措施进展": "C4",
        "里程碑": "D4",
        "典型案例": "A4",
    }
    for sheet in tables(agency):
        assert sheet.freeze_panes == frozen[sheet.title]
        last = get_column_letter(len(HEADERS[sheet.title][0]))
        assert sheet.auto_filter.ref == f"A{HEAD}:{last}{sheet.max_row}"


def test_guide_fits_the_page() -> None:
    """说明只有一列，缩放管不了它：列宽不超过 A4 竖放的版心（约 88 个字符宽），每行都放得下。"""
    sheet = issued("市市场监管局")["填报说明"]
    width = sheet.column_dimensions["A"].width
    assert width <= 84
    _nothing_cut_off(sheet, {1: width}, 2)


@pytest.mark.parametrize("agency", facts.AGENCIES)
def test_long_texts_are_not_cut_off(agency: str) -> None:
    """行高放得下最长的一格：任务要点、口径、事项都看得全。"""
    for sheet in tables(agency):
        widths = {
            column: sheet.column_dimensions[get_column_letter(column)].width
            for column in range(1, len(HEADERS[sheet.title][0]) + 1)
        }
        _nothing_cut_off(sheet, widths, HEAD + 1)


def _nothing_cut_off(sheet: Worksheet, widths: dict[int, float], first: int) -> None:
    for row in range(first, sheet.max_row + 1):
        for column, width in widths.items():
            cell = sheet.cell(row, column)
            if isinstance(cell.value, str):
                size = cell.font.size
                lines = _lines(cell.value, (width - 2) * 10.5 / size)
                assert sheet.row_dimensions[row].height >= lines * size * 1.3, cell.coordinate


def _lines(text: str, room: float) -> int:
    """逐字排一遍：中文和中文标点占两格，放不下就换行。"""
    lines = 0
    for part in text.split("\n"):
        lines, used = lines + 1, 0
        for char in part:
            step = 1 if char.isascii() else 2
            if used + step > room:
                lines, used = lines + 1, 0
            used += step
    return lines


@pytest.mark.parametrize("agency", ["市市场监管局", "市公安局"])
def test_dropdowns(agency: str) -> None:
    """下拉框指着隐藏的“_选项”表，可选项照约定，盖住每一行。"""
    book = issued(agency)
    assert book["_选项"].sheet_state == "hidden"
    found = {}
    for sheet in [book["报送信息"], *tables(agency)]:
        for rule in sheet.data_validations.dataValidation:
            if rule.type == "list":
                area = str(rule.sqref)
                first, last = re.findall(r"\d+", area)[0], re.findall(r"\d+", area)[-1]
                column = re.findall("[A-Z]+", area)[0]
                label = "报送方式" if sheet.title == "报送信息" else sheet[f"{column}{HEAD}"].value
                found[label] = _options(book, str(rule.formula1))
                assert rule.showErrorMessage
                if label != "报送方式":
                    assert (int(first), int(last)) == (HEAD + 1, sheet.max_row)
                else:
                    assert sheet.cell(int(first), 1).value == "报送方式"
    assert found == CHOICES


def _options(book, formula: str) -> list[object]:  # noqa: ANN001
    name, column, first, last = re.fullmatch(
        r"'?(\w+)'?!\$([A-Z]+)\$(\d+):\$\2\$(\d+)", formula
    ).groups()  # type: ignore[union-attr]
    return [book[name][f"{column}{row}"].value for row in range(int(first), int(last) + 1)]


def test_consolidated_dropdowns() -> None:
    """汇总表也有进展状态和报送方式的下拉框。"""
    sheet = consolidated()["汇总表"]
    rules = [r for r in sheet.data_validations.dataValidation if r.type == "list"]
    assert [_options(consolidated(), str(r.formula1)) for r in rules] == [
        CHOICES["进展状态"], CHOICES["报送方式"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "sheet", "number_format"),
    [
        ("I01", "指标数据", "0.00####"),
        ("I09", "指标数据", "0.0000####"),
        ("I02", "指标数据", "General"),
        ("M07-1", "量化任务", "General"),
        ("M15-2", "量化任务", "0.00####"),
    ],
)
def test_number_formats_follow_the_decimals(item: str, sheet: str, number_format: str) -> None:
    """本期值、序时应达、上年同期、上期值按该项的小数位显示，多填的小数也看得见；不是百分比格式。"""
    found = issued("市市场监管局")[sheet]
    row = HEAD + 1 + ids(found).index(item)
    names = headers(found)
    for header in ("序时应达", "上年同期", "上期值", "本期值"):
        assert found.cell(row, names.index(header) + 1).number_format == number_format
    assert found.cell(row, names.index("数据时点") + 1).number_format == "@"


def test_percent_items_are_not_percent_cells() -> None:
    """I07 的单位是 %，填 4.23：格子若是百分比格式，4.23 会被存成 0.0423。"""
    sheet = issued("市文化和旅游局")["指标数据"]
    assert all("%" not in cell.number_format for row in sheet.iter_rows() for cell in row)


def test_baseline_and_target_as_in_the_document() -> None:
    """基期值、目标值照公文的数，照公文的样子（5.5，不是 5.5000）。"""
    for agency in ("市市场监管局", "市文化和旅游局"):
        sheet = issued(agency)["指标数据"]
        for key in ids(sheet):
            _, unit, baseline, target = facts.INDICATORS[key]
            assert Decimal(str(value(sheet, key, "2020年基期值"))) == Decimal(baseline)
            assert Decimal(str(value(sheet, key, "2025年目标值"))) == Decimal(target)
            assert value(sheet, key, "计量单位") == unit
        assert sheet.cell(HEAD + 1, 5).number_format == "General"


@pytest.mark.parametrize(("since", "target"), [("2023-07-01", "10.02"), ("2023-04-01", "12")])
def test_the_target_is_the_one_in_force(since: str, target: str) -> None:
    """中途调整过的，印这个季度有效的目标，与序时应达一致。"""
    amendment = f"    amendments:\n      - {{since: {since}, target: 12, basis: 甲}}\n"
    plan = plan_of(targets=once(TARGETS, "    target: 10.02\n", f"    target: 10.02\n{amendment}"))
    sheet = opened(form("市市场监管局", plan=plan))["指标数据"]
    assert Decimal(str(value(sheet, "I01", "2025年目标值"))) == Decimal(target)


def test_prompt_stands_beside_and_pops_up() -> None:
    """口径印在“口径”列，点到本期值时又弹出来，内容相同，写明是哪种数。"""
    for name in ("指标数据", "量化任务"):
        sheet = issued("市市场监管局")[name]
        column = get_column_letter(headers(sheet).index("本期值") + 1)
        popups = {
            str(rule.sqref): rule.prompt
            for rule in sheet.data_validations.dataValidation
            if rule.showInputMessage and rule.prompt
        }
        for row, key in enumerate(ids(sheet), HEAD + 1):
            printed = str(value(sheet, key, "口径"))
            assert popups[f"{column}{row}"] == printed
            assert re.match(
                "【(期末数|历年累计|本年累计，由办公室累加|本年累计|年度数)】.", printed
            )
            assert len(printed) <= 255


def test_past_and_planned_are_placed() -> None:
    """序时应达、上年同期、上期值各在各的列；没有的空着。"""
    known = expected("I01", planned="7.505", year_ago="6.2", last="7.01")
    known |= expected("M07-1", planned="250", last="0")
    book = opened(form("市市场监管局", known))
    headings = ("序时应达", "上年同期", "上期值", "本期值")
    first = [value(book["指标数据"], "I01", header) for header in headings]
    assert first == [7.505, 6.2, 7.01, None]
    assert [value(book["量化任务"], "M07-1", h) for h in headings] == [250, None, 0, None]
    assert [value(book["指标数据"], "I02", h) for h in headings] == [None] * 4


def test_measures_and_milestones_are_printed() -> None:
    """任务一条一行、编上号；里程碑写所属措施（两处的写两处）和时限的来历。"""
    book = issued("市市场监管局")
    tasks = str(value(book["措施进展"], "M04", "任务要点")).split("\n")
    assert [t.split(". ")[0] for t in tasks] == ["1", "2"]
    assert value(book["措施进展"], "M04", "措施名称") == "完善知识产权协同保护"
    sheet = book["里程碑"]
    assert (
        value(sheet, "M02-3", "所属措施")
        == "M02 完善知识产权保护体系；M05 强化重点领域知识产权保护"
    )
    assert value(sheet, "M01-2", "办结时限") == "适时（原文：适时）"
    assert value(sheet, "M02-1", "办结时限") == "文件未定（原文：争取）"
    assert value(sheet, "M11-3", "办结时限") == "每年（原文：定期）"
    assert value(book["量化任务"], "M07-1", "要求") == "力争每年授权500件以上"


def test_due_date_is_marked_as_the_office_s() -> None:
    """里程碑的日期一定是办公室设定，表上写明。"""
    old = "        subject: 开办“专利超市”\n        wording: 开办\n        recurring: false\n        office:\n"
    plan = plan_of(once(MEASURES, old, old + "          due: 2024-06-30\n"))
    sheet = opened(form("市市场监管局", plan=plan))["里程碑"]
    assert value(sheet, "M13-2", "办结时限") == "2024-06-30（办公室设定）"


@pytest.mark.parametrize("agency", ["市市场监管局", "市文化和旅游局", "市公安局", "威海海关"])
def test_guide_tells_what_is_owed_and_when(agency: str) -> None:
    """说明的第一条写应报几个数、几条措施、几项里程碑，报送期和时限。"""
    owed = rows_owed(agency)
    sheet = issued(agency)["填报说明"]
    first = str(sheet["A2"].value)
    figures = len(owed.get("指标数据", [])) + len(owed.get("量化任务", []))
    assert (f"{figures} 个数" in first) == bool(figures)
    assert f"{len(owed['措施进展'])} 条措施的进展" in first
    assert (f"{len(owed.get('里程碑', []))} 项里程碑" in first) == bool(owed.get("里程碑"))
    assert agency in first
    assert "2023年第二季度" in first
    assert first.endswith(DUE)
    words = "".join(str(row[0].value) for row in sheet.iter_rows())
    for told in ("不适用", "未更新", "撤回", "零报告", "黄色格", "没有密码"):
        assert told in words


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", '=HYPERLINK("x")'])
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    """= + - @ 开头的文字存成文字，打开时不会被当公式算。"""
    plan = plan_of(targets=once(TARGETS, "    wording: 每年争取2个\n", f"    wording: '{text}'\n"))
    cell = opened(form("市市场监管局", plan=plan))["量化任务"]
    row = HEAD + 1 + ids(cell).index("M16-1")
    found = cell.cell(row, 4)
    assert (found.value, found.data_type, found.quotePrefix) == (text, "s", True)


def test_consolidated_rows() -> None:
    """汇总表：每个（填报单位，要问的数）一行，再每个（责任单位，措施）一行。"""
    sheet = consolidated()["汇总表"]
    assert visible(consolidated()) == ["汇总表"]
    assert headers(sheet) == HEADERS["汇总表"][0]
    rows = [
        tuple(sheet.cell(r, c).value for c in range(1, 6))
        for r in range(HEAD + 1, sheet.max_row + 1)
    ]
    figures = [
        (agency, "2023Q2", key, *_name_and_unit(key))
        for key, who in facts.asked().items()
        for agency in who
    ]
    assert rows[: len(figures)] == figures
    measures = {
        (agency, "2023Q2", key, row[1], None)
        for key, row in facts.MEASURES.items()
        for agency in facts.named(row[2])
    }
    assert set(rows[len(figures) :]) == measures
    assert len(rows) == len(figures) + len(measures)


def _name_and_unit(key: str) -> tuple[str, str]:
    if key in facts.INDICATORS:
        return facts.INDICATORS[key][:2]
    names = {
        "M03-1": "行政执法专题培训", "M05-1": "蓝网行动专项行动", "M07-1": "授权发明专利",
        "M10-2": "马德里商标国际注册总量", "M15-1": "质押登记", "M15-2": "质押担保金额",
        "M16-1": "山东省专利导航项目", "M16-2": "市级专利导航领域",
    }  # fmt: skip
    return names[key], facts.COMMITMENTS[key][0]


def test_layout_is_looked_up_by_key() -> None:
    """版式按程序里的名字找列；每张表里名字和表头都不重复。"""
    for layout in RETURN_LAYOUTS:
        assert [layout.column(key).header for key in layout.keys] == HEADERS[layout.sheet][0]
        assert len(set(layout.keys)) == len(layout.keys)
        assert isinstance(layout, Layout)


def test_the_same_form_twice_is_the_same_file() -> None:
    """内容没有变，写两次字节相同：重发时看得出“没有变化”；文件里没有写表的时刻。"""
    first = form("市公安局")
    assert first == form("市公安局")
    assert opened(first).properties.created == opened(first).properties.modified
    assert str(opened(first).properties.created) == "2023-07-01 00:00:00"
    assert opened(first).properties.title == "2023年第二季度报送表（市公安局）"


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from(facts.AGENCIES),
    st.dictionaries(
        st.sampled_from(sorted(facts.asked())),
        st.decimals(
            allow_nan=False, allow_infinity=False, places=4, min_value=-1000, max_value=10**9
        ),
    ),
)
def test_any_form_opens_in_openpyxl(agency: str, figures: dict[str, Decimal]) -> None:
    """不论哪家、往期数是什么，表都打得开，数原样在上面。"""
    known = {}
    for item, figure in figures.items():
        known |= expected(item, planned=str(figure))
    book = opened(form(agency, known))
    for name in ("指标数据", "量化任务"):
        for key in ids(book[name]) if name in book.sheetnames else ():
            shown = value(book[name], key, "序时应达")
            assert shown == (float(figures[key]) if key in figures else None)
