"""从台账的各笔到一列数。"""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.progress.assess import assess_all
from ipmeasures.progress.assessment import Reported
from ipmeasures.progress.series import is_summed, series
from ipmeasures.returns.line import State
from tests.progress.books import wrote
from tests.progress.plans import AGENCY, commitment, d, entry, how, indicator, plan, q

I01 = indicator("4.99", "10.02")
CUSTOMS = ("威海海关", "荣成海关")
M05_1 = commitment(
    6,
    reporting=how("year_to_date", decimals=0, unit="次", reporters=CUSTOMS, combine="sum"),
    id="M05-1",
)


def test_one_per_report_quarter_sorted() -> None:
    """一个报送期一个，按报送期排；零是一个报告；未更新、不适用没有数。"""
    told = series(
        plan(I01),
        I01,
        [
            entry("I01", "2023Q2", "7.20", number=4),
            entry("I01", "2022Q4", "0", number=1),
            entry("I01", "2023Q1", None, number=3, state=State.NOT_UPDATED),
            entry("I01", "2023Q3", None, number=5, state=State.NOT_APPLICABLE),
        ],
    )
    assert told == (
        Reported(q("2022Q4"), q("2022Q4"), "zero", d(0)),
        Reported(q("2023Q1"), q("2023Q1"), "not_updated"),
        Reported(q("2023Q2"), q("2023Q2"), "figure", d("7.20")),
        Reported(q("2023Q3"), q("2023Q3"), "not_applicable"),
    )


def test_only_values_of_this_item_count() -> None:
    """文字、撤回的和别的事项不算。"""
    told = [
        entry("I01", "2023Q2", None, state=State.TEXT, field="reason"),
        entry("I02", "2023Q2", "5", number=2),
        entry("I01", "2023Q1", None, number=3, state=State.WITHDRAWN),
    ]
    assert series(plan(I01), I01, told) == ()


def test_the_later_entry_of_an_agency_wins() -> None:
    """同一单位同一季度，顺序号大的取代小的，撤回也是。"""
    first = entry("I01", "2023Q2", "7", number=1)
    second = entry("I01", "2023Q2", "7.2", number=2)
    gone = entry("I01", "2023Q2", None, number=3, state=State.WITHDRAWN)
    assert series(plan(I01), I01, [second, first])[0].value == d("7.2")
    assert series(plan(I01), I01, [gone, second, first]) == ()


def test_data_date() -> None:
    """有数据时点用数据时点；没有的是报送期；晚于报送期的按报送期。"""
    told = [
        entry("I01", "2023Q2", "1", at="2022Q4"),
        entry("I01", "2023Q3", "2", number=2),
        entry("I01", "2023Q4", "3", number=3, at="2024Q1"),
    ]
    assert [r.at for r in series(plan(I01), I01, told)] == [q("2022Q4"), q("2023Q3"), q("2023Q4")]


def test_a_corrected_figure_keeps_its_date() -> None:
    """数据时点另是一笔：只更正数、没有重写时点的，时点照旧；别的格写的日期不是时点。"""
    told = [
        wrote(AGENCY, "2023Q2", "2022-12", field="data_at", item="I01", number=2),
        wrote(AGENCY, "2023Q2", "2021-12", field="note", item="I01", number=3),
        entry("I01", "2023Q2", "7", number=4),
    ]
    assert series(plan(I01), I01, told) == (Reported(q("2023Q2"), q("2022Q4"), "figure", d(7)),)


def test_zero_without_a_value_is_zero() -> None:
    """“零”即使没存数也是 0。"""
    told = series(plan(I01), I01, [entry("I01", "2023Q2", None, state=State.ZERO)])
    assert told[0].value == 0


def test_two_agencies_on_one_figure() -> None:
    """两个海关相加；数据时点取最早的。"""
    told = [
        entry("M05-1", "2023Q2", "2", agency=CUSTOMS[0]),
        entry("M05-1", "2023Q2", "1", number=2, agency=CUSTOMS[1], at="2023Q1"),
    ]
    assert series(plan(M05_1), M05_1, told) == (Reported(q("2023Q2"), q("2023Q1"), "figure", d(3)),)


def test_sum_with_one_agency_silent_or_not_updated() -> None:
    """有一家没有数，合计不完整。"""
    one = entry("M05-1", "2023Q2", "2", agency=CUSTOMS[0])
    other = entry("M05-1", "2023Q2", None, number=2, agency=CUSTOMS[1], state=State.NOT_UPDATED)
    for told in ([one], [one, other]):
        (found,) = series(plan(M05_1), M05_1, told)
        assert (found.value, found.complete) == (2, False)


def test_sum_with_one_agency_not_concerned() -> None:
    """一家说明不适用，合计就是另一家的数，是完整的；零加零是零。"""
    one = entry("M05-1", "2023Q2", "0", agency=CUSTOMS[0])
    other = entry("M05-1", "2023Q2", None, number=2, agency=CUSTOMS[1], state=State.NOT_APPLICABLE)
    (found,) = series(plan(M05_1), M05_1, [one, other])
    assert (found.state, found.value, found.complete) == ("zero", 0, True)


def test_sum_without_any_figure() -> None:
    """都不适用才是不适用；有一家未更新就是未更新。"""
    states = {State.NOT_APPLICABLE: "not_applicable", State.NOT_UPDATED: "not_updated"}
    for state, expected in states.items():
        told = [
            entry("M05-1", "2023Q2", None, agency=CUSTOMS[0], state=State.NOT_APPLICABLE),
            entry("M05-1", "2023Q2", None, number=2, agency=CUSTOMS[1], state=state),
        ]
        assert series(plan(M05_1), M05_1, told)[0].state == expected


def test_a_percent_is_never_summed() -> None:
    """比率和得分不相加，也不平均：取设定在先的填报单位的。"""
    item = indicator("4.23", "4.5", how(unit="%", reporters=CUSTOMS, combine="sum"))
    told = [
        entry("I01", "2023Q2", "4.4", number=1, agency=CUSTOMS[1]),
        entry("I01", "2023Q2", "4.3", number=2, agency=CUSTOMS[0]),
    ]
    assert not is_summed(item)
    assert series(plan(item), item, told)[0].value == d("4.3")
    swapped = [replace(one, number=3 - one.number) for one in told]
    assert series(plan(item), item, swapped)[0].value == d("4.3")


def test_changed_reporter() -> None:
    """换过填报单位：原单位过去的数仍算；同期两家都有，取现在的，都不是现在的取后报的；有数的优先。"""
    old = entry("I01", "2023Q2", "7", agency="市科技局")
    new = entry("I01", "2023Q2", "8", number=2, agency=AGENCY)
    blank = entry("I01", "2023Q2", None, number=2, agency=AGENCY, state=State.NOT_UPDATED)
    assert series(plan(I01), I01, [old])[0].value == 7
    assert series(plan(I01), I01, [old, new])[0].value == 8
    assert series(plan(I01), I01, [old, blank])[0].value == 7
    older = entry("I01", "2023Q2", "6", number=3, agency="市公安局")
    assert series(plan(I01), I01, [old, older])[0].value == 6


def test_same_as_uses_the_entries_of_the_indicator() -> None:
    """与指标同一个数的量化任务不另报，用指标的数。"""
    i09 = indicator("5.5", 8, id="I09")
    m10 = commitment(8, cadence="by_end", rule="more_than", id="M10-1", same_as="I09")
    whole = plan(i09, m10)
    first, second = assess_all(whole, [entry("I09", "2024Q4", "8")], q("2024Q4"))
    assert (first.item, first.status, second.item) == ("I09", "achieved", "M10-1")
    assert (second.value, second.status) == (8, "ahead")


@given(st.permutations(range(6)))
def test_order_of_entries_is_without_effect(order: list[int]) -> None:
    """报表先后不影响结果。"""
    told = [
        entry("I01", "2023Q1", "6", number=1),
        entry("I01", "2023Q1", "6.5", number=2),
        entry("I01", "2023Q2", "7.20", number=3),
        entry("M05-1", "2023Q2", "2", number=4, agency=CUSTOMS[0]),
        entry("M05-1", "2023Q2", "1", number=5, agency=CUSTOMS[1]),
        entry("M05-1", "2023Q1", "1", number=6, agency=CUSTOMS[1]),
    ]
    whole = plan(I01, M05_1)
    assert assess_all(whole, [told[i] for i in order], q("2023Q2")) == assess_all(
        whole, told, q("2023Q2")
    )
