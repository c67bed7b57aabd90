"""单位和事项的名称：精确认，从不猜。"""

import datetime as dt
from dataclasses import replace

import pytest

from ipmeasures.plan.model import Agency, Renaming
from ipmeasures.plan.names import (
    find_agency,
    find_item,
    is_named,
    name_of,
    shown_name,
    similar_agencies,
    similar_items,
)
from tests.plan import facts, real_plan

PLAN = real_plan()
TWICE = Agency(
    "x",
    "旧局",
    "威海市旧局",
    ("老局",),
    (Renaming("中局", dt.date(2022, 1, 1)), Renaming("新局", dt.date(2024, 1, 1))),
)
RENAMED = replace(PLAN, agencies=(*PLAN.agencies, TWICE))


@pytest.mark.parametrize(
    "written", ["", "局", "市场监管", "市市场监管局局", "市市场监管周", "公安", "威海市"]
)
def test_near_is_not_enough(written: str) -> None:
    """差一个字、少一个字都不认：宁可问，不猜。"""
    assert find_agency(PLAN, written) is None


@pytest.mark.parametrize(
    ("written", "day", "outdated"),
    [
        ("旧局", dt.date(2021, 12, 31), False),
        ("旧局", dt.date(2022, 1, 1), True),
        ("老局", dt.date(2022, 1, 1), True),
        ("威海市旧局", dt.date(2024, 1, 1), True),
        ("中局", dt.date(2023, 12, 31), False),
        ("中局", dt.date(2024, 1, 1), True),
        ("新局", dt.date(2024, 1, 1), False),
        ("新局", dt.date(2020, 1, 1), False),
        ("旧局", None, False),
        ("中局", None, False),
    ],
)
def test_old_names_hold_until_the_next_one(
    written: str,
    day: dt.date | None,
    outdated: bool,  # noqa: FBT001 - 参数化用例的列
) -> None:
    """更名之日起旧名才算旧；更过两次的，中间那个名称也会旧；没有给日子的不判。"""
    named = find_agency(RENAMED, written, day)
    assert named is not None
    assert (named.agency, named.outdated) == (TWICE, outdated)


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (dt.date(2021, 12, 31), "旧局"),
        (dt.date(2022, 1, 1), "中局（原旧局）"),
        (dt.date(2025, 1, 1), "新局（原旧局）"),
    ],
)
def test_shown_name(day: dt.date, shown: str) -> None:
    """写那天的名称；更过名的带上公文里的原名。"""
    assert shown_name(TWICE, day) == shown


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("市场监督管理局", "市市场监管局"),
        ("威海市公安", "市公安局"),
        ("人力资源和社会保障局", "市人力资源社会保障局"),
        ("银保监局", "威海银保监分局"),
    ],
)
def test_similar_agencies(written: str, first: str) -> None:
    """认不出的给最多三个相近的，写公文里的名称，不重复；最近的在前。"""
    near = similar_agencies(PLAN, written)
    assert near[0] == first
    assert len(set(near)) == len(near) <= 3
    assert set(near) <= set(facts.AGENCIES)


def test_nothing_similar() -> None:
    """毫不相干的一个也不给。"""
    assert similar_agencies(PLAN, "XYZ") == ()
    assert similar_items(PLAN, "XYZW") == ()


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("I01", "I01"),
        (" i01 ", "I01"),
        ("m05-1", "M05-1"),
        ("M23", "M23"),
        ("每万人口高价值发明专利拥有量", "I01"),
        ("每万人口高价值发明专利拥有量（件）", "I01"),
        ("每万人口高价值发明专利拥有量(件)", "I01"),
        ("版权产业的行业增加值占GDP比重（%）", "I07"),
        ("贯彻《企业知识产权管理规范》国家标准的企业", "I06"),
        ("质押登记（项）", "M15-1"),
        ("优化创新激励扶持政策", "M01"),
        ("1.优化创新激励扶持政策", "M01"),
        ("出台《展会维权援助指引》", "M05-2"),
        ('开办"专利超市"', "M13-2"),
        ("设立中国(威海)知识产权保护中心", "M02-1"),
    ],
)  # fmt: skip
def test_find_item(written: str, key: str) -> None:
    """按编号或全称：带不带计量单位、措施序号、全角半角括号、空白都行。"""
    item = find_item(PLAN, written)
    assert item is not None
    assert item.id == key
    assert is_named(item, name_of(item))


@pytest.mark.parametrize(
    "written",
    [
        "",
        "I12",
        "I1",
        "每万人口发明专利拥有量",
        "商标",
        "质押登记（件）",
        "2.优化创新激励扶持政策",
        "注册商标量",
    ],
)
def test_items_are_not_guessed(written: str) -> None:
    """少几个字、单位或序号不对的不认；“每万人口发明专利拥有量”不是 I01。"""
    assert find_item(PLAN, written) is None


def test_ambiguous_item_name_is_refused() -> None:
    """两个事项同名时，凭名称不认，凭编号照认。"""
    twin = replace(PLAN.commitments[0], id="M03-9", subject="质押登记")
    plan = replace(PLAN, commitments=(*PLAN.commitments, twin))
    assert find_item(plan, "质押登记") is None
    assert find_item(plan, "M15-1") is not None


def test_real_names_are_all_distinct() -> None:
    """真实计划里每个事项都能只凭名称认出来。"""
    for item in PLAN.items.values():
        assert find_item(PLAN, name_of(item)) is item


def test_similar_items() -> None:
    """相近的事项最多三个，写编号和名称。"""
    near = similar_items(PLAN, "每万人口发明专利拥有量")
    assert near[0] == "I01 每万人口高价值发明专利拥有量"
    assert len(set(near)) == len(near) <= 3


def test_a_cell_of_a_million_characters_is_no_name() -> None:
    """长得不成名称的，不去比：既不是哪一项，也没有相近的。"""
    long = "著作权作品登记数量" * 100_000
    assert find_item(PLAN, long) is None
    assert similar_items(PLAN, long) == ()
    assert similar_agencies(PLAN, long) == ()
