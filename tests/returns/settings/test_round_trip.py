"""导出再导入：没有改的一个字节不变；改一格，计划里就变那一项，文件里就变那一行。"""

import datetime as dt
import difflib
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipmeasures.forms.settings.layout import EVERYONE
from ipmeasures.forms.settings.slot import Kind, Slot, Value
from ipmeasures.plan.edit import Edit, rewritten
from ipmeasures.returns.workbook import read_workbook
from ipmeasures.returns.workbook.cells import CellType
from tests.plan import MEASURES, TARGETS, once

from . import Put, Result, book_of, exported, pages_of, plan_of, read_back, result_of

Address = tuple[str, str, str]


def slots_of(measures: str, targets: str) -> dict[Address, Slot]:
    """每一格设定，按工作表、行、表头找。"""
    return {
        (page.layout.sheet, row.key, column.header): slot
        for page in pages_of(measures, targets)
        for row in page.rows
        for column in page.layout.columns
        if isinstance(slot := row.cells[column.key], Slot)
    }


SLOTS = slots_of(MEASURES, TARGETS)


def lines(old: str, new: str) -> list[str]:
    """前后不同的行。"""
    found = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return [line for line in found if line[:2] not in ("--", "++", "@@")]


def test_untouched_changes_nothing() -> None:
    """没有改过的设定表：没有要改的，两个文件一个字节不变。"""
    result = result_of(book_of())
    assert (result.problems, result.changes) == ((), ())
    assert (result.measures, result.targets) == (MEASURES, TARGETS)
    assert len(result.answers) == len(SLOTS)


ONE_LINE: list[tuple[str, Put, list[str]]] = [
    ("时限", Put("报送安排", "报送时限", "内容", "15", CellType.NUMBER), ["-  due_days: 10", "+  due_days: 15"]),
    ("季度换个写法不算改", Put("报送安排", "首个应报季度", "内容", "2021年第四季度"), []),
    ("季度", Put("报送安排", "首个应报季度", "内容", "2022年一季度"), ["-  first_quarter: 2021Q4", "+  first_quarter: 2022Q1"]),
    ("数换个写法不算改", Put("报送安排", "差距较大的指数", "内容", "0.600"), []),
    ("全角的数", Put("报送安排", "报送时限", "内容", "１２"), ["-  due_days: 10", "+  due_days: 12"]),
    ("百分比格式的百分数", Put("报送安排", "基本实现", "内容", "0.9", CellType.NUMBER, "0%"), ["-    nearly_percent: 95", "+    nearly_percent: 90"]),
    ("判定办法", Put("报送安排", "判定办法", "内容", "只看偏差"), ["-    preset: ratios", "+    preset: points"]),
    ("清空一条界线", Put("报送安排", "基本实现", "内容", None), ["-    nearly_percent: 95"]),
    ("联系人", Put("成员单位", "市法院", "联系人", "张三"), ["+      contact: 张三"]),
    ("电话是数", Put("成员单位", "市法院", "电话", "6315231234", CellType.NUMBER), ["+      phone: 6315231234"]),
    ("电话开头的 0", Put("成员单位", "市法院", "电话", "06315231234"), ["+      phone: 06315231234"]),
    ("别名", Put("成员单位", "威海海关", "简称和别名", "海关，威海关;威关"), ["-      aliases: []", "+      aliases: [海关, 威海关, 威关]"]),
    ("清空别名", Put("成员单位", "市法院", "简称和别名", None), ["-      aliases: [市中院, 市中级人民法院, 法院]"]),
    ("全称", Put("成员单位", "市法院", "全称", "威海中院"), ["-      full_name: 威海市中级人民法院", "+      full_name: 威海中院"]),
    ("起用日期", Put("单位更名", "市地方金融监管局", "第1次起用日期", "2024年3月1日"), ["-        - {name: 市委金融办, since: 2024-01-01, note: 待核（2024年前后机构改革，起用日期暂定）}", "+        - {name: 市委金融办, since: 2024-03-01, note: 待核（2024年前后机构改革，起用日期暂定）}"]),
    ("更名备注清空", Put("单位更名", "威海银保监分局", "第1次备注", None), ["-        - {name: 国家金融监督管理总局威海监管分局, since: 2023-07-20, note: 待核}", "+        - {name: 国家金融监督管理总局威海监管分局, since: 2023-07-20}"]),
    ("牵头", Put("措施牵头", "M14", "牵头单位", "科技局"), ["+    office: {lead: 市科技局}"]),
    ("全体措施的牵头", Put("措施牵头", "M01", "牵头单位", "市财政局"), ["+    office: {lead: 市财政局}"]),
    ("里程碑由两家报", Put("填报单位", "M04-1", "填报单位", "市市场监管局、市检察院"), ["-          reporters: [市市场监管局]", "+          reporters: [市市场监管局, 市检察院]"]),
    ("里程碑各成员都报", Put("填报单位", "M04-1", "填报单位", EVERYONE), ["-          reporters: [市市场监管局]", "+          reporters: members"]),
    ("全体成员改成一家", Put("填报单位", "M22-1", "填报单位", "市监局"), ["-          reporters: members", "+          reporters: [市市场监管局]"]),
    ("换一家报，写的是简称", Put("填报单位", "I07", "填报单位", "市场监管局"), ["-      reporters: [市文化和旅游局]", "+      reporters: [市市场监管局]"]),
    ("性质", Put("口径", "I03", "数的性质", "历年累计"), ["-      nature: accumulated", "+      nature: running_total"]),
    ("路径清空", Put("口径", "I01", "序时路径", None), ["-      path: linear"]),
    ("容差", Put("口径", "I01", "容差", "0.10", CellType.TEXT), ["+      tolerance: 0.1"]),
    ("提示里有冒号", Put("口径", "I11", "口径提示", "机构数: 含分支"), ["-      prompt: 取得执业许可的机构数；分支机构是否计入写明", "+      prompt: '机构数: 含分支'"]),
    ("时限写成 Excel 日期", Put("里程碑时限", "M02-2", "办结时限", "45838", CellType.NUMBER, "yyyy-mm-dd"), ["+          due: 2025-06-30"]),
    ("时限写成月底", Put("里程碑时限", "M02-2", "办结时限", "2025年2月底"), ["+          due: 2025-02-28"]),
    ("时限写成八位", Put("里程碑时限", "M02-2", "办结时限", "20250630", CellType.NUMBER), ["+          due: 2025-06-30"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "put", "expected"), ONE_LINE, ids=[case[0] for case in ONE_LINE])
def test_one_change_is_one_line(name: str, put: Put, expected: list[str]) -> None:
    """改一格，文件里就变那一行，注释、次序、别的行都不动。"""
    del name
    result = read_back(put)
    assert result.problems == ()
    assert lines(MEASURES, result.measures) + lines(TARGETS, result.targets) == expected
    assert len(result.changes) == (1 if expected else 0)


def test_members() -> None:
    """去掉一家成员，“点名的各家”就写成名单；再加回来接在后面；名单里的次序不变。"""
    first = read_back(Put("成员单位", "市法院", "是否成员", "否"))
    old, new = lines(TARGETS, first.targets)
    assert old == "-  members: named"
    assert new.startswith("+  members: [市检察院, 市公安局, ")
    assert "市法院" not in new
    plan, _ = plan_of(first.measures, first.targets)
    assert len(plan.settings.members) == 19
    again = read_back(
        Put("成员单位", "市法院", "是否成员", "是"), measures=first.measures, targets=first.targets
    )
    plan, _ = plan_of(again.measures, again.targets)
    assert plan.settings.members[-1] == "市法院"
    assert plan.settings.members[0] == "市检察院"


def _renamed(result: Result, agency: str) -> list[tuple[str, str, str]]:
    plan, _ = plan_of(result.measures, result.targets)
    return [(r.name, r.since.isoformat(), r.note) for r in plan.agency_by_name[agency].renamed]


def test_renamings() -> None:
    """更名：加一次、再加一次、改掉前一次、去掉一次、全去掉。"""
    sheet, agency = "单位更名", "市财政局"
    one = read_back(
        Put(sheet, agency, "第1次更名后名称", "市财金局"),
        Put(sheet, agency, "第1次起用日期", "2025-01-01"),
    )
    assert lines(MEASURES, one.measures) == [
        "+      renamed:",
        "+        - {name: 市财金局, since: 2025-01-01}",
    ]
    two = read_back(
        Put(sheet, agency, "第2次更名后名称", "市财金委"),
        Put(sheet, agency, "第2次起用日期", "2026-01-01"),
        Put(sheet, agency, "第2次备注", "待核"),
        measures=one.measures,
    )
    assert lines(one.measures, two.measures) == [
        "+        - {name: 市财金委, since: 2026-01-01, note: 待核}"
    ]
    assert _renamed(two, agency) == [("市财金局", "2025-01-01", ""), ("市财金委", "2026-01-01", "待核")]  # fmt: skip
    clear = [
        Put(sheet, agency, f"第1次{what}", None) for what in ("更名后名称", "起用日期", "备注")
    ]
    three = read_back(*clear, measures=two.measures)
    assert _renamed(three, agency) == [("市财金委", "2026-01-01", "待核")]
    four = read_back(*clear, measures=three.measures)
    assert four.measures == MEASURES


def test_lead_changed_and_removed() -> None:
    """牵头单位：换一家只变一行；清空就整行去掉，回到原样。"""
    first = read_back(Put("措施牵头", "M14", "牵头单位", "市科技局"))
    again = read_back(Put("措施牵头", "M14", "牵头单位", "市市场监管局"), measures=first.measures)
    assert lines(first.measures, again.measures) == [
        "-    office: {lead: 市科技局}",
        "+    office: {lead: 市市场监管局}",
    ]
    assert read_back(Put("措施牵头", "M14", "牵头单位", None), measures=again.measures).measures == MEASURES  # fmt: skip


def test_waypoints() -> None:
    """分年节点：写上、改一年、去一年加一年、全清空。"""
    path = Put("口径", "I01", "序时路径", "分年节点")
    points = Put("口径", "I01", "分年节点", "2024年：9；2022=6")
    first = read_back(path, points)
    assert lines(TARGETS, first.targets) == [
        "-      path: linear",
        "+      path: milestones",
        "+      waypoints: {2022: 6, 2024: 9}",
    ]
    second = read_back(points._replace(raw="2022=6；2023=7.50；2024=9"), targets=first.targets)
    assert lines(first.targets, second.targets)[1] == "+      waypoints: {2022: 6, 2024: 9, 2023: 7.5}"  # fmt: skip
    plan, _ = plan_of(MEASURES, second.targets)
    assert plan.indicators[0].how.waypoints == ((2022, Decimal(6)), (2023, Decimal("7.5")), (2024, Decimal(9)))  # fmt: skip
    last = read_back(path._replace(raw="逐季均匀"), points._replace(raw=None), targets=second.targets)  # fmt: skip
    assert last.targets == TARGETS


def test_reporters_with_their_sum() -> None:
    """两家相加改成一家：名单和“相加”各变一行，上面的注释留着。"""
    result = read_back(
        Put("填报单位", "M05-1", "填报单位", "威海海关"), Put("填报单位", "M05-1", "几家的数", None)
    )
    assert lines(TARGETS, result.targets) == [
        "-      reporters: [威海海关, 荣成海关]",
        "+      reporters: [威海海关]",
        "-      combine: sum",
    ]
    assert "# 公文未写明是合计还是各关分别" in result.targets


def test_a_hand_written_file_keeps_its_ways() -> None:
    """用记事本改过的文件：一行一项的名单、多余的空格、行尾的注释，没有改到的照旧。"""
    measures = once(
        MEASURES,
        "      aliases: [市中院, 市中级人民法院, 法院]\n",
        "      aliases:   # 常用的在前\n      - 市中院\n      - 法院   # 容易混\n",
    )
    targets = once(TARGETS, "  due_days: 10\n", "  due_days:   10    # 试行\n")
    result = read_back(
        Put("成员单位", "市法院", "简称和别名", "市中院、中院、法院"),
        Put("报送安排", "报送时限", "内容", "15"),
        measures=measures,
        targets=targets,
    )
    assert lines(measures, result.measures) == ["+      - 中院"]
    assert lines(targets, result.targets) == ["-  due_days:   10    # 试行", "+  due_days:   15    # 试行"]  # fmt: skip


# 性质测试

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"]),
    min_size=1,
    max_size=30,
)  # fmt: skip
NAME = TEXT.map(lambda text: "甲" + text.translate({ord(c): "" for c in "、，,；;"}) + "乙")


@settings(deadline=None, max_examples=25)
@given(st.lists(TEXT, min_size=4, max_size=4), NAME)
def test_any_text_survives_an_untouched_export(texts: list[str], name: str) -> None:
    """计划里写着什么字，导出、照样导入，都没有要改的：公式样的字、表格的转义样的字都不怕。"""
    above = ("agencies", 0, "office")
    words = [texts[0], f"={texts[1]}", f"_x0041_{texts[2]}", f"'{texts[3]}"]
    edits = [
        Edit("measures", (*above, "contact"), words[0]),
        Edit("measures", (*above, "phone"), words[1]),
        Edit("measures", (*above, "aliases"), (name, words[2].replace("、", ""))),
        Edit("measures", (*above, "full_name"), words[3]),
    ]
    measures = rewritten("x", MEASURES.encode(), edits).decode()
    result = result_of(read_workbook(exported.__wrapped__(measures, TARGETS)), measures)
    assert (result.problems, result.changes) == ((), ())


def _another(slot: Slot, address: Address) -> st.SearchStrategy[tuple[str, Value]]:
    """这一格可以改成的：表上写的字，和应当得到的值。"""
    whole = st.integers(int(slot.least or 0), int(slot.most if slot.most is not None else 99))
    kinds: dict[Kind, st.SearchStrategy[tuple[str, Value]]] = {
        Kind.TEXT: TEXT.map(lambda text: (text, text)),
        Kind.NAME: NAME.map(lambda text: (text, text)),
        Kind.NAMES: st.lists(NAME, min_size=1, max_size=3, unique=True).map(lambda names: ("、".join(names), tuple(names))),
        Kind.NUMBER: whole.map(lambda n: (str(n), str(n))),
        Kind.WHOLE: whole.map(lambda n: (str(n), str(n))),
        Kind.DATE: st.dates(min_value=_day(2000), max_value=_day(2099)).map(lambda d: (f"{d.year}年{d.month}月{d.day}日", d.isoformat())),
        Kind.QUARTER: st.sampled_from(["2022Q1", "2023Q3"]).map(lambda q: (q, q)),
        Kind.WAYPOINTS: st.sets(st.integers(2021, 2025), min_size=1).map(lambda years: ("；".join(f"{y}={y - 2000}" for y in years), tuple(f"{y}={y - 2000}" for y in sorted(years)))),
    }  # fmt: skip
    if slot.kind is Kind.AGENCIES:
        chosen = st.lists(st.sampled_from([word for word, _ in slot.choices]), min_size=1, max_size=1 if address[1].startswith("I") else 3, unique=True)  # fmt: skip
        return chosen.map(lambda names: ("、".join(names), tuple(names)))
    if slot.choices:
        return st.sampled_from(slot.choices).map(lambda pair: (pair[1], pair[0]))
    return kinds[slot.kind]


def _day(year: int) -> dt.date:
    return dt.date(year, 1, 1)


# 单独改就不成立的：更名要名称、日期一起写，节点路径要有节点，界线有次序
ALONE = sorted(
    address
    for address, slot in SLOTS.items()
    if address[0] != "单位更名" or slot.value is not None
    if address[2] not in ("序时路径", "几家的数")
    if slot.unit not in ("比值", "百分点")
)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_random_valid_change_is_exactly_that_change(data: st.DataObject) -> None:
    """随便改一格：计划里恰好变那一项，别的一项不变。"""
    address = data.draw(st.sampled_from(ALONE))
    slot = SLOTS[address]
    raw: str | None
    value: Value
    raw, value = data.draw(_another(slot, address))
    if _can_be_cleared(slot, address) and data.draw(st.booleans()):
        raw, value = None, None
    result = read_back(Put(*address, raw))
    several = slot.kind is Kind.AGENCIES and slot.file == "targets" and len(value or ()) > 1
    if several and SLOTS["填报单位", address[1], "几家的数"].value is None:
        assert [p.code for p in result.problems] == ["setting_combine"]
        return
    assert result.problems == ()
    now = {key: one.value for key, one in slots_of(result.measures, result.targets).items()}
    expected = {key: one.value for key, one in SLOTS.items()} | {address: value}
    if _same_number(slot, value):
        expected[address] = slot.value
    assert {k: v for k, v in now.items() if k in expected} == expected
    assert len(result.changes) == (expected[address] != slot.value)


def _can_be_cleared(slot: Slot, address: Address) -> bool:
    """名称、日期是一次更名的一半，只清空一半不成立。"""
    return not slot.needed and (address[0] != "单位更名" or "备注" in address[2])


def _same_number(slot: Slot, value: Value) -> bool:
    if slot.kind not in (Kind.NUMBER, Kind.WHOLE) or None in (slot.value, value):
        return False
    return Decimal(str(slot.value)) == Decimal(str(value))
