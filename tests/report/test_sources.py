"""出处：每个数是哪份回执、哪个文件、哪一格；本期判断用了哪几个数，说得出来。"""

from dataclasses import replace
from decimal import Decimal

import pytest

from ipmeasures.plan.model import Amendment
from ipmeasures.report.material import Material
from ipmeasures.report.scope import scope
from ipmeasures.report.sources import Source, figure_sources, origin, text_sources
from tests.report.pages import EVERY, example, material
from tests.report.samples import CUSTOMS, MARKET, Book, dt, real_plan


def sources(told: Material, item: str) -> tuple[Source, ...]:
    return figure_sources(told, next(i for i in told.plan.figure_items if i.id == item))


def uses(told: Material, item: str) -> dict[str, str]:
    return {str(s.entry.quarter): s.use for s in sources(told, item)}


@pytest.mark.parametrize("name", EVERY)
def test_every_figure_on_record_has_its_source(name: str) -> None:
    """在案的每一个数都列出来，一个不多一个不少，新的在前。"""
    told = example(name)
    listed = [s for item in told.plan.asked_items for s in figure_sources(told, item)]
    known = [e.number for e in told.entries if e.field == "value"]
    assert sorted(s.entry.number for s in listed) == sorted(known)
    for item in told.plan.asked_items:
        quarters = [s.entry.quarter for s in figure_sources(told, item)]
        assert quarters == sorted(quarters, reverse=True)


@pytest.mark.parametrize("name", EVERY)
def test_every_judged_figure_is_marked(name: str) -> None:
    """有数可判的事项，判断用的那一期标“本期”，加起来就是报告印的数。"""
    told = example(name)
    for item in told.plan.asked_items:
        found = told.gap_by_id[item.id].assessment
        marked = [s for s in figure_sources(told, item) if s.use.startswith("本期")]
        assert bool(marked) == (found.reported is not None), item.id
        if marked:
            values = [s.entry.value or Decimal(0) for s in marked]
            assert sum(values, Decimal(0)) == found.reported, item.id


def test_what_a_figure_was_used_for() -> None:
    """上年同期的、累加进去的以前各年的、推算用的，都注明。"""
    told = example("年中")
    assert uses(told, "I01") == {"2023Q2": "本期", "2023Q1": "", "2022Q4": "", "2021Q4": "预测用"}
    assert uses(told, "M07-1")["2022Q2"] == "预测用、上年同期"
    assert uses(told, "M15-1")["2021Q4"].startswith("2021年")
    assert uses(example("全年"), "I03")["2022Q4"].endswith("2022年、预测用、上年同期")
    assert uses(told, "I10") == {"2023Q2": "", "2023Q1": "", "2022Q4": "本期", "2021Q4": "上年同期"}


def test_an_answer_without_a_figure() -> None:
    """“未更新”也列，写的是这几个字，没有用途。"""
    newest = sources(example("年中"), "I10")[0]
    assert (newest.value, newest.use, newest.entry.value) == ("未更新", "", None)


def test_several_agencies() -> None:
    """几家相加的，各家的都算用了；换了填报单位、同期有两家的，只有用了的那个数算。"""
    told = example("年中")
    now = [s for s in sources(told, "M05-1") if str(s.entry.quarter) == "2023Q2"]
    assert [s.use for s in now] == ["本期"] * len(CUSTOMS)
    book = Book()
    book.figure("I01", "2023Q2", "7.10", "市科技局")
    book.figure("I01", "2023Q2", "7.20", MARKET)
    assert [s.use for s in sources(material(book, "2023Q2"), "I01")] == ["", "本期"]


def test_a_twin_has_the_source_of_its_indicator() -> None:
    book = Book()
    book.figure("I09", "2023Q2", "7.13")
    (one,) = sources(material(book, "2023Q2"), "M10-1")
    assert (one.item, one.name, one.unit) == ("I09", "有效注册商标量", "万件")


def test_who_and_when() -> None:
    """填报人、经办人从回执来，电话不带出来；时间是北京时间。"""
    book = Book()
    receipt = book.receipt(MARKET, "2023Q2")
    book.receipts[0] = replace(receipt, signed=(("filled_by", "王某"), ("phone", "123")))
    book.figure("I01", "2023Q2", "7.20")
    book.entries[0] = replace(
        book.entries[0],
        receipt=receipt.receipt,
        recorded_at=dt.datetime(2023, 7, 4, 16, 30, 5, tzinfo=dt.UTC),
    )
    (one,) = sources(material(book, "2023Q2"), "I01")
    assert (one.who, one.by) == ("王某", "样例")
    assert one.recorded_at == "2023-07-05 00:30:05"
    assert "123" not in str(one)


@pytest.mark.parametrize(
    ("raw", "told"), [("7.20", ""), ("7.2", ""), ("7.2000000000000002", ""),
                      ("７.20", "７.20")]
)  # fmt: skip
def test_what_stood_in_the_cell(raw: str, told: str) -> None:
    """格里的字与读出的数不同的，原样列出来。"""
    book = Book()
    book.figure("I01", "2023Q2", "7.20")
    book.entries[0] = replace(book.entries[0], raw=raw)
    (one,) = sources(material(book, "2023Q2"), "I01")
    assert one.raw == told


def test_the_date_as_the_agency_wrote_it() -> None:
    book = Book()
    book.figure("I01", "2023Q2", "7.20", at="2023Q1")
    book.figure("I06", "2023Q2", "150", at="2023Q1")
    book.text("I01", "2023Q2", "data_at", "2023年3月")
    told = material(book, "2023Q2")
    assert [sources(told, item)[0].data_at for item in ("I01", "I06")] == ["2023年3月", "2023Q1"]


def test_texts_of_the_quarter() -> None:
    """本季度的每段文字都有出处；案例写标题，计划里没有的事项写编号。"""
    book = Book()
    book.text("M01", "2023Q1", "progress", "以前的")
    book.text("M01", "2023Q2", "progress", "现在的")
    book.text("case:样例", "2023Q2", "public", "可公开")
    book.text("M99", "2023Q2", "progress", "不知是谁的")
    found = [(s.item, s.name, s.field, s.value) for s in text_sources(material(book, "2023Q2"))]
    assert found == [
        ("M01", "优化创新激励扶持政策", "本季度进展", "现在的"),
        ("", "案例《样例》", "可否公开", "可公开"),
        ("", "M99", "本季度进展", "不知是谁的"),
    ]


def test_where_the_targets_stand_in_the_document() -> None:
    """基期、目标和要求从公文哪里来；调整过的说何时、为何。"""
    told = material(Book(), "2023Q2")
    items = {i.id: i for i in told.plan.figure_items}
    assert origin(told, items["I09"]).endswith("（威知战发〔2021〕2号）主要指标第9项。")
    assert "措施7“" in origin(told, items["M07-1"])
    change = Amendment(dt.date(2023, 1, 1), Decimal("11.5"), "市里调整")
    first = replace(real_plan().indicators[0], amendments=(change,))
    plan = replace(real_plan(), indicators=(first, *real_plan().indicators[1:]))
    told = material(Book(), "2023Q2", plan)
    assert "2023年1月1日起目标调整为11.5（市里调整）。" in origin(told, first)


def test_the_scope_says_which_targets_were_changed() -> None:
    """口径说明：到这个季度起效了的调整一项一行，写明依据；还没有起效的不说。"""
    change = Amendment(dt.date(2023, 7, 1), Decimal(12), "威知战发〔2023〕9号")
    first = replace(real_plan().indicators[0], amendments=(change,))
    plan = replace(real_plan(), indicators=(first, *real_plan().indicators[1:]))
    heads = {
        quarter: [
            part for part in scope(material(Book(), quarter, plan)).others if "目标" in part.heading
        ]
        for quarter in ("2023Q2", "2023Q3")
    }
    assert heads["2023Q2"] == []
    [part] = heads["2023Q3"]
    [line] = part.paragraphs
    assert line.startswith(
        "每万人口高价值发明专利拥有量（件）目标调整为12（2023-07-01起，原10.02），"
        "依据：威知战发〔2023〕9号；"
    )
