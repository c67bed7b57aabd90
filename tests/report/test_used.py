"""解释里的数都有出处：用到的每一笔都列出来，起什么作用也说。"""

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import FigureItem, Plan
from ipmeasures.quarter import Quarter
from ipmeasures.returns.line import State
from tests.progress.books import A, B
from tests.progress.plans import commitment, entry, how, indicator, plan
from tests.report.terminal.test_explain import explained

I01 = indicator("4.99", "10.02")


def used(own: Plan, at: str, *entries: Entry, item: str = "") -> list[str]:
    """解释里“数……”各行，去掉折行和回执以后的部分。"""
    _, text = explained(own, at, *entries, item=item)
    lines = text.replace("\n      ", "").split("\n")
    return [line.split("；")[0] for line in lines if line.startswith("数") and "报 " in line]


def given(item: FigureItem, *told: str) -> list[Entry]:
    parts = [line.split() for line in told]
    return [entry(item.id, quarter, v, number=n) for n, (quarter, v) in enumerate(parts, 1)]


def test_the_figures_of_every_year_have_their_cells() -> None:
    """工具累加的：本期和各年的数都有出处；近四季的起点另说是预测用的。"""
    item = indicator(33, 85, how("accumulated"))
    entries = given(item, "2021Q4 9.8", "2022Q2 4.7", "2022Q4 11.6", "2023Q1 2", "2023Q2 5.4")
    assert used(plan(item), "2023Q2", *entries) == [
        "数：市市场监管局报 5.4（2023Q2",
        "数（2021年、预测用）：市市场监管局报 9.8（2021Q4",
        "数（2022年、预测用）：市市场监管局报 11.6（2022Q4",
        "数（预测用）：市市场监管局报 4.7（2022Q2",
    ]


def test_the_average_too() -> None:
    """年均的：合计里的每一年。"""
    item = commitment(80, cadence="average")
    entries = given(item, "2021Q4 76", "2022Q4 88", "2023Q2 41")
    assert [line[:9] for line in used(plan(item), "2023Q2", *entries)] == [
        "数：市市场监管局报"[:9], "数（2021年、预测"[:9], "数（2022年、预测"[:9],
    ]  # fmt: skip


def test_when_it_had_been_reached() -> None:
    """回落的：当初达到目标的那一笔也列出来。"""
    entries = given(I01, "2022Q4 9", "2023Q1 10.5", "2023Q2 9.8")
    assert "数（曾达到目标）：市市场监管局报 10.5（2023Q1" in used(plan(I01), "2023Q2", *entries)


def test_every_part_of_a_sum() -> None:
    """几家相加的：各家的一笔都列。"""
    shared = how("year_to_date", decimals=0, reporters=(A, B), combine="sum")
    item = commitment(6, reporting=shared)
    entries = (
        entry(item.id, "2023Q2", "1", agency=A),
        entry(item.id, "2023Q2", "2", agency=B, number=2),
    )
    assert used(plan(item), "2023Q2", *entries) == [
        f"数：{A}报 1（2023Q2", f"数：{B}报 2（2023Q2",
    ]  # fmt: skip


def test_only_the_reporter_whose_figure_counts() -> None:
    """换过填报单位、同期两家都报了：只列用了的一家；最近一季的另一个答复照列，不说用途。"""
    item = indicator("4.99", "10.02", how(reporters=(A,)))
    entries = (
        entry("I01", "2023Q1", "7.2", agency=A),
        entry("I01", "2023Q1", "7.9", agency=B, number=2),
        entry("I01", "2023Q2", None, agency=A, number=3, state=State.WITHDRAWN),
    )
    assert used(plan(item), "2023Q2", *entries) == [
        f"数：{A}报 7.2（2023Q1", f"数：{A}报 撤回（2023Q2",
    ]  # fmt: skip


def test_zero_is_a_figure() -> None:
    """报零也是报：列出来。"""
    item = commitment(500)
    assert used(plan(item), "2023Q1", *given(item, "2023Q1 0")) == ["数：市市场监管局报 0（2023Q1"]


def test_how_old_the_data_are() -> None:
    """数据新旧：就是本季度，或早几季、怎么沿用，何时收到。"""

    def age(item: FigureItem, at: str, *told: str) -> str:
        _, text = explained(plan(item), at, *given(item, *told))
        lines = text.replace("\n      ", "").split("\n")
        return next((line for line in lines if line.startswith("数据新旧")), "")

    assert age(I01, "2023Q2", "2023Q2 7.2") == (
        "数据新旧：数据时点 2023Q2，就是本季度；2023-07-05收到"
    )
    assert age(I01, "2023Q3", "2023Q1 7.2") == (
        "数据新旧：数据时点 2023Q1，比本季度早 2 季；滞后 2 季；2023-07-05收到"
    )
    annual = indicator(80, 85, how("annual"))
    assert age(annual, "2023Q2", "2022Q4 82") == (
        "数据新旧：数据时点 2022Q4，比本季度早 2 季；没有新数，沿用2022年数；2023-07-05收到"
    )
    assert age(I01, "2023Q2") == ""


def test_nothing_later_than_the_quarter_is_used() -> None:
    """以后各季报的，与这一季的解释无关。"""
    entries = given(I01, "2023Q1 7", "2023Q2 7.2", "2023Q3 9")
    assert used(plan(I01), str(Quarter(2023, 2)), *entries) == ["数：市市场监管局报 7.2（2023Q2"]
