"""导出的设定表：哪些能改、哪些不能，下拉框、保护、打印。"""

import functools

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ipmeasures.forms import style
from ipmeasures.forms.settings.agenda import LINES
from ipmeasures.forms.settings.layout import FILE_NAME, HINTS, MARK_SHEET
from ipmeasures.forms.settings.pages import settings_pages
from ipmeasures.forms.settings.slot import Slot
from ipmeasures.forms.settings.write import write_settings
from ipmeasures.plan.load import check_plan
from ipmeasures.plan.model import Thresholds
from tests.plan import MEASURES, TARGETS, once

from . import HEAD, headers, ids, opened, visible


def pages(measures: str = MEASURES, targets: str = TARGETS):  # noqa: ANN201 - 就是各张表
    return settings_pages(*check_plan(measures.encode(), targets.encode()))


def written(measures: str = MEASURES, targets: str = TARGETS) -> bytes:
    plan, sources = check_plan(measures.encode(), targets.encode())
    return write_settings(plan, settings_pages(plan, sources))


@functools.cache
def book() -> Workbook:
    """导出的，打开好的；只看不改。"""
    return opened(written())


def test_the_sheets() -> None:
    """说明在最前，七张表；标识和选项是隐藏的。"""
    assert visible(book()) == ["设定说明", *HINTS]
    hidden = [s.title for s in book().worksheets if s.sheet_state == "hidden"]
    assert hidden == [MARK_SHEET, "_选项"]
    assert (
        book()[MARK_SHEET]["B4"].value == check_plan(MEASURES.encode(), TARGETS.encode())[0].digest
    )
    assert FILE_NAME.endswith(".xlsx")


def test_the_same_plan_gives_the_same_bytes() -> None:
    """计划没有变，哪天导出都一样；换行的写法不同也一样。"""
    assert written() == written()
    assert written(MEASURES.replace("\n", "\r\n")) == written()


def test_yellow_is_open_and_grey_is_shut() -> None:
    """能改的格子是黄的、没有锁；别的是灰的、锁着；没有密码。"""
    for page in pages():
        sheet = book()[page.layout.sheet]
        assert sheet.protection.sheet
        assert not sheet.protection.password
        for number, row in enumerate(page.rows, HEAD + 1):
            for place, column in enumerate(page.layout.columns, 1):
                cell = sheet.cell(number, place)
                is_open = isinstance(row.cells[column.key], Slot)
                assert cell.protection.locked is not is_open, cell.coordinate
                yellow = cell.fill.fgColor.rgb == style.ENTRY_FILL.fgColor.rgb
                assert yellow is is_open, cell.coordinate


def test_every_setting_of_the_plan_is_there() -> None:
    """每条界线、每家单位、每条措施、每个数、每项里程碑各一行。"""
    plan, _ = check_plan(MEASURES.encode(), TARGETS.encode())
    assert {line.key for line in LINES} == {
        "first_quarter",
        "due_days",
        "contact",
        *Thresholds.__slots__,
    }
    rows = {page.layout.sheet: [row.key for row in page.rows] for page in pages()}
    assert rows["成员单位"] == rows["单位更名"] == [agency.name for agency in plan.agencies]
    assert rows["措施牵头"] == [measure.id for measure in plan.measures]
    figures = [item.id for item in plan.figure_items]
    milestones = [milestone.id for milestone in plan.milestones]
    assert rows["填报单位"] == [*figures, *milestones]
    assert (rows["口径"], rows["里程碑时限"]) == (figures, milestones)


def _choices(sheet: Worksheet, address: str) -> list[str]:
    """一格下拉框里的各项。"""
    rule = next(r for r in sheet.data_validations.dataValidation if address in r.sqref)
    area = str(rule.formula1).rpartition("!")[2].replace("$", "")
    return [str(cell.value) for row in book()["_选项"][area] for cell in row]


def _address(sheet: Worksheet, row: str, header: str) -> str:
    column = headers(sheet).index(header) + 1
    keys = [str(sheet.cell(n, 1).value) for n in range(HEAD + 1, sheet.max_row + 1)]
    return str(sheet.cell(HEAD + 1 + keys.index(row), column).coordinate)


def test_dropdowns() -> None:
    """牵头只列本措施的责任单位；填报单位可选一家或全体成员，也可打几家；口径、成员、判定办法都有下拉框。"""
    leads, reporters, terms = (book()[name] for name in ("措施牵头", "填报单位", "口径"))
    assert _choices(leads, _address(leads, "M14", "牵头单位")) == ["市科技局", "市市场监管局"]
    assert len(_choices(leads, _address(leads, "M01", "牵头单位"))) == 20
    who = _address(reporters, "I01", "填报单位")
    assert _choices(reporters, who)[:2] == ["全体成员", "市法院"]
    rule = next(r for r in reporters.data_validations.dataValidation if who in r.sqref)
    assert not rule.showErrorMessage
    assert "几家的用顿号隔开" in str(rule.prompt)
    assert _choices(reporters, _address(reporters, "M05-1", "几家的数")) == ["相加"]
    assert _choices(terms, _address(terms, "I01", "发布")) == ["按季", "按批次", "按年"]
    assert _choices(terms, _address(terms, "I01", "序时路径")) == ["逐季均匀", "分年节点", "年底一步", "年底前完成"]  # fmt: skip
    members, agenda = book()["成员单位"], book()["报送安排"]
    assert _choices(members, _address(members, "市法院", "是否成员")) == ["是", "否"]
    assert _choices(agenda, _address(agenda, "判定办法", "内容")) == ["偏差和指数", "只看偏差"]


def test_what_stands_in_the_cells() -> None:
    """数是真的数，日期、电话是文字格式；几家用顿号；同一个数、每年重复的写明。"""
    due, terms, reporters = (book()[name] for name in ("里程碑时限", "口径", "填报单位"))
    assert terms[_address(terms, "I01", "2025年目标值或要求")].value == 10.02
    assert terms[_address(terms, "I07", "容差")].value == 0.05
    assert terms[_address(terms, "M03-1", "2025年目标值或要求")].value == "每年开展一次以上"
    assert reporters[_address(reporters, "M05-1", "填报单位")].value == "威海海关、荣成海关"
    assert reporters[_address(reporters, "M22-1", "填报单位")].value == "全体成员"
    assert reporters[_address(reporters, "M08-1", "事项")].value == "通过贯标初次认证的单位（与 I06 同一个数，不另报）"  # fmt: skip
    assert due[_address(due, "M01-1", "办结时限")].number_format == "@"
    yearly = due[_address(due, "M03-2", "类别")]
    assert (yearly.value, yearly.fill.fgColor.rgb) == ("每年重复", style.MARKED_FILL.fgColor.rgb)
    assert due[_address(due, "M01-2", "原文怎么说")].value == "适时"
    assert due[_address(due, "M17-1", "原文怎么说")].value == "建立（定期（通报））"
    assert due[_address(due, "M02-3", "所属措施")].value == "M02 完善知识产权保护体系；M05 强化重点领域知识产权保护"  # fmt: skip
    members = book()["成员单位"]
    assert members[_address(members, "市法院", "电话")].number_format == "@"


def test_renaming_leaves_room_for_one_more() -> None:
    """记过几次更名，就多留一次的空格。"""
    assert headers(book()["单位更名"])[1:] == [f"第{n}次{what}" for n in (1, 2) for what in ("更名后名称", "起用日期", "备注")]  # fmt: skip
    once_more = once(
        MEASURES,
        "        - {name: 市委金融办, since: 2024-01-01, note: 待核（2024年前后机构改革，起用日期暂定）}\n",
        "        - {name: 市委金融办, since: 2024-01-01}\n        - {name: 甲, since: 2025-01-01}\n",
    )
    page = pages(once_more)[2]
    assert page.layout.columns[-1].header == "第3次备注"


def test_print_set_up() -> None:
    """A4 横放、一页宽、每页重印表头；表头不空，编号一列不缺。"""
    for name in HINTS:
        sheet = book()[name]
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.print_title_rows == f"$1:${HEAD}"
        assert all(headers(sheet))
    assert ids(book()["措施牵头"])[0] == "M01"


def test_a_plan_that_says_less() -> None:
    """界线没有写的空着，旁边写着按多少算；判定办法没有写的是默认的一种。"""
    targets = once(once(TARGETS, "    nearly_percent: 95\n", ""), "    preset: ratios\n", "")
    cells = {row.key: row.cells for row in pages(MEASURES, targets)[0].rows}
    slot = cells["基本实现"]["setting"]
    assert isinstance(slot, Slot)
    assert slot.shown is None
    assert cells["基本实现"]["default"] == "按 95 算"
    preset = cells["判定办法"]["setting"]
    assert isinstance(preset, Slot)
    assert preset.shown == "偏差和指数"
