"""差距：最差在前，带单位自己的话。"""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.ledger.decision import Decision, DecisionKind, SentBack
from ipmeasures.ledger.entry import Entry, Receipt
from ipmeasures.plan.model import FigureItem, Plan
from ipmeasures.progress.assessment import Status
from ipmeasures.progress.gaps import Gaps, Part, answerable, find_gaps, own_words
from ipmeasures.returns.line import State
from tests.progress.books import A, B, C, measure, milestone, receipt, word_plan, wrote
from tests.progress.plans import AGENCY, commitment, entry, how, indicator, q
from tests.progress.plans import plan as figure_plan

# domain.md §3：worst first
WORST_FIRST = (
    "fallen_back", "regressed", "overdue", "far_behind", "behind", "not_reported", "due_soon",
)  # fmt: skip
TODAY = dt.date(2023, 7, 15)


def found(
    own: Plan, *entries: Entry, receipts: tuple[Receipt, ...] = (), at: str = "2023Q2"
) -> Gaps:
    return find_gaps(own, iter(entries), iter(receipts), q(at), TODAY)


def level(number: int, baseline: int = 0, target: int = 100) -> FigureItem:
    return indicator(baseline, target, id=f"I{number:02}")


def test_worst_first_is_the_agreed_order() -> None:
    """次序照约定：回落、低于基期、逾期、差距较大、未达序时、未报送、临近时限，然后其余。"""
    stones = (milestone(due="2023-07-01"), milestone(due="2023-08-01", id="M01-2"))
    words = word_plan(measure(A), milestones=stones)
    own = replace(words, indicators=(*map(level, range(1, 7)), level(7, 50, 100)))
    told = [
        entry("I01", "2023Q2", "50"),
        entry("I02", "2023Q2", "40"),
        entry("I03", "2023Q2", "10"),
        entry("I05", "2023Q1", "100"),
        entry("I05", "2023Q2", "99", number=2),
        entry("I06", "2023Q2", "100"),
        entry("I07", "2023Q2", "49"),
        wrote(A, "2023Q2", "推进中"),
    ]
    order = [(gap.status.value, gap.id) for gap in found(own, *told).items]
    assert order == [
        ("fallen_back", "I05"), ("regressed", "I07"), ("overdue", "M01-1"), ("far_behind", "I03"),
        ("behind", "I02"), ("not_reported", "I04"), ("due_soon", "M01-2"), ("in_progress", "M01"),
        ("on_track", "I01"), ("achieved", "I06"),
    ]  # fmt: skip
    assert tuple(dict.fromkeys(status for status, _ in order))[:7] == WORST_FIRST


@given(st.lists(st.integers(-40, 5000), min_size=2, max_size=6))
def test_within_one_status_the_larger_gap_comes_first(values: list[int]) -> None:
    """同一状态里差距大的在前；没有差距可比的在后，差得再少也在它前面。"""
    own = figure_plan(*(level(n) for n in range(len(values))), indicator(None, 1, id="I99"))
    told = [entry(f"I{n:02}", "2023Q2", str(value)) for n, value in enumerate(values)]
    items = found(own, *told, entry("I99", "2023Q2", "5")).items
    for one, two in pairwise(items):
        if one.status is two.status:
            first, second = one.assessment.gap_points, two.assessment.gap_points
            assert first is not None
            assert second is None or first <= second


def test_no_gap_at_all_is_a_gap_of_zero() -> None:
    """恰好到序时的，差距是零，排在超了半个百分点的前面。"""
    told = entry("I01", "2023Q2", "50.5"), entry("I02", "2023Q2", "50")
    assert [g.id for g in found(figure_plan(level(1), level(2)), *told).items] == ["I02", "I01"]


def test_equal_gaps_keep_the_plans_order() -> None:
    """差距一样的，指标在前，再按编号。"""
    own = figure_plan(level(2), level(1), commitment(100, id="M01-9"))
    told = [entry(item, "2023Q2", "40") for item in ("I01", "I02", "M01-9")]
    assert [g.id for g in found(own, *told).items] == ["I01", "I02", "M01-9"]


def test_kind_name_unit_and_agencies() -> None:
    """每个事项有类别、名称、计量单位（有数字的才有）和由谁报。"""
    words = word_plan(measure(A, B), milestones=(milestone(B, C),))
    own = replace(words, indicators=(level(1),), commitments=(commitment(6),))
    said = {g.id: (g.kind, g.name, g.unit, g.agencies) for g in found(own).items}
    assert said == {
        "I01": ("indicator", "指标I01", "件", (AGENCY,)),
        "M07-1": ("commitment", "任务M07-1", "件", (AGENCY,)),
        "M01": ("measure", "优化政策", None, (A, B)),
        "M01-1": ("milestone", "出台办法", None, (B, C)),
    }
    assert answerable(own, measure()) == (A, B, C)


def test_by_kind_in_the_plans_order() -> None:
    """按类别取的，先指标后任务，再按编号。"""
    own = figure_plan(level(2), level(1), commitment(6))
    assert [g.id for g in found(own).of_kind("commitment", "indicator")] == ["I01", "I02", "M07-1"]
    assert [g.id for g in found(own).of_kind("commitment")] == ["M07-1"]


def test_what_lags() -> None:
    """未启动、未报送的措施算滞后；里程碑只有逾期和临近的算，没有填的不算。"""
    own = word_plan(measure(A), milestones=(milestone(), milestone(due="2023-07-01", id="M01-2")))
    assert [g.id for g in found(own).lagging] == ["M01-2", "M01"]
    assert [g.id for g in found(own, wrote(A, "2023Q2", "未启动")).lagging] == ["M01-2", "M01"]
    assert [g.id for g in found(own, wrote(A, "2023Q2", "推进中")).lagging] == ["M01-2"]


def test_own_words_are_only_this_quarters() -> None:
    """原因和下一步照单位本季写的；以前写的、没有写的，都是没有。"""
    own = figure_plan(level(1))
    now = [
        entry("I01", "2023Q2", "10"),
        wrote(AGENCY, "2023Q2", "授权周期长", field="reason", item="I01"),
        wrote(AGENCY, "2023Q1", "加强培育", field="next_step", item="I01"),
    ]
    gap = found(own, *now).items[0]
    assert (gap.reason, gap.next_step) == ("授权周期长", None)


def said_why(quarter: str, text: str) -> Entry:
    return wrote(AGENCY, quarter, text, field="reason", item="I01")


def test_a_carried_figure_carries_its_own_words() -> None:
    """沿用以前的数，也沿用当时随它写的原因；更早的、以后的、没有数的季度写的都不是。"""
    told = [
        entry("I01", "2022Q3", "9"), said_why("2022Q3", "更早的"),
        entry("I01", "2022Q4", "10"), said_why("2022Q4", "周期长"),
        said_why("2023Q1", "没有数"),
        entry("I01", "2023Q3", "60"), said_why("2023Q3", "以后的"),
    ]  # fmt: skip
    own = figure_plan(level(1))
    assert found(own, *told).items[0].reason == "周期长"
    # 本季写了的，照本季的
    assert found(own, *told, said_why("2023Q2", "本季的")).items[0].reason == "本季的"
    # 没有可沿用的数，也没有可沿用的话
    batch = figure_plan(indicator(0, 100, how(release="batch")))
    waiting = entry("I01", "2023Q1", None, state=State.NOT_UPDATED)
    assert found(batch, waiting, said_why("2023Q1", "等公布")).items[0].reason is None


def test_several_agencies_each_with_its_name() -> None:
    """几家都写了的，各带名称；只有一家写的，不带。"""
    told = [
        wrote(A, "2023Q2", "人手少", field="reason"), wrote(B, "2023Q2", "经费少", field="reason"),
        wrote(C, "2023Q2", "", field="reason"),
    ]  # fmt: skip
    assert own_words(told, "reason") == f"{A}：人手少；{B}：经费少"
    assert own_words(told[:1], "reason") == "人手少"
    assert own_words(told, "next_step") is None


def test_the_same_figure_takes_the_words_too() -> None:
    """与指标同一个数的量化任务，原因和下一步是那个指标的。"""
    own = figure_plan(level(1), commitment(100, cadence="by_end", same_as="I01", id="M10-1"))
    told = [
        entry("I01", "2023Q2", "10"),
        wrote(AGENCY, "2023Q2", "周期长", field="reason", item="I01"),
    ]
    assert {g.id: g.reason for g in found(own, *told).items} == {"I01": "周期长", "M10-1": "周期长"}


def test_later_quarters_are_unknown() -> None:
    """判断季度以后报的不看。"""
    gap = found(figure_plan(level(1)), entry("I01", "2023Q3", "60")).items[0]
    assert gap.status is Status.NOT_REPORTED


@pytest.mark.parametrize(
    ("sent", "said"), [("2023Q1", "连续两个季度"), ("2022Q4", "本季度"), ("", "本季度")]
)
def test_two_quarters_only_when_the_last_had_returns(sent: str, said: str) -> None:
    """上季度有报表（零报告也是）而没有人写，才说连续两个季度。"""
    receipts = (receipt(B, sent, "2023-04-05", manner="零报告"),) if sent else ()
    gap = found(word_plan(measure(A)), receipts=receipts).items[0]
    assert gap.assessment.note == f"{said}无人填报"


def test_the_day_and_the_reporting_come_along() -> None:
    """差距带着判断日期和报送情况；数多家相加的也在内。"""
    shared = commitment(
        6, reporting=how("year_to_date", decimals=0, reporters=(A, B), combine="sum"), id="M05-1"
    )
    own = replace(word_plan(), commitments=(shared,))
    told = [entry("M05-1", "2023Q2", "2", agency=A), entry("M05-1", "2023Q2", "1", agency=B)]
    gaps = found(own, *told, receipts=(receipt(A, "2023Q2", "2023-07-01"),))
    assert (gaps.as_of, gaps.quarter) == (TODAY, q("2023Q2"))
    assert gaps.reporting.completeness == Decimal(1) / 3
    assert next(g for g in gaps.items if g.id == "M05-1").assessment.value == 3


def test_the_parts_of_a_sum() -> None:
    """几家相加的：判断所用的那一季各家报了多少；没有报的、不适用的分得开；不相加的没有。"""
    shared = how("year_to_date", reporters=(A, B, C), combine="sum")
    own = replace(word_plan(), commitments=(commitment(6, reporting=shared),))
    told = [
        entry("M07-1", "2023Q1", "1", agency=B),
        entry("M07-1", "2023Q2", "2", agency=A, number=2),
        wrote(A, "2023Q2", "人手少", field="reason", item="M07-1", number=3),
        entry("M07-1", "2023Q2", None, agency=C, number=4, state=State.NOT_APPLICABLE),
    ]
    parts = found(own, *told).of_kind("commitment")[0].parts
    assert parts == (
        Part(A, Decimal(2)), Part(B, None), Part(C, None, not_applicable=True),
    )  # fmt: skip
    assert not parts[1].not_applicable
    assert found(own).of_kind("commitment")[0].parts == ()
    assert found(figure_plan(level(1)), entry("I01", "2023Q2", "40")).items[0].parts == ()


def sent_back(agency: str, *items: str, quarter: str = "2023Q2") -> SentBack:
    now = dt.datetime(2023, 7, 10, tzinfo=dt.UTC)
    why = Decision(1, DecisionKind.SEND_BACK, "2023Q2-0001", None, "数不对", {}, now, "办公室")
    return SentBack(why, agency, q(quarter), items, items, unanswered=False)


def test_what_was_sent_back_is_said() -> None:
    """退回、等重报的：没有数可判的是已退回；还有以前的数可判的，附上一句；别的季度退回的不说。"""
    own = replace(word_plan(milestones=(milestone(A),)), indicators=(level(1),))
    told = [entry("I01", "2023Q1", "40"), wrote(A, "2023Q1", "已完成", item="M01-1")]
    back = (sent_back(AGENCY, "I01"), sent_back(A, "M01-1"))
    notes = {
        gap.id: gap.assessment.note
        for gap in find_gaps(own, told, (), q("2023Q2"), TODAY, back).items
    }
    assert notes["I01"] == f"数据滞后1季；{AGENCY}本季所报已退回，等重报"
    assert notes["M01-1"] == f"{A}本季所报已退回，等重报"
    (none,) = find_gaps(figure_plan(level(1)), (), (), q("2023Q2"), TODAY, back[:1]).items
    assert (none.assessment.status_text, none.assessment.note) == (
        "已退回", f"{AGENCY}所报已退回，等重报",
    )  # fmt: skip
    before = (sent_back(AGENCY, "I01", quarter="2023Q1"),)
    (gap,) = find_gaps(figure_plan(level(1)), (), (), q("2023Q2"), TODAY, before).items
    assert gap.assessment.status_text == "未报送"


def test_a_quarter_sent_back_before_this_one_is_named() -> None:
    """一季度报了、退回了、没有重报，二季度照去年底的数判：说出来；措施只看本季度的话，不说。"""
    own = replace(word_plan(), indicators=(level(1),))
    told = [entry("I01", "2022Q4", "40")]
    back = [sent_back(AGENCY, "I01", quarter="2023Q1"), sent_back(A, "M01", quarter="2023Q1")]
    notes = {
        gap.id: gap.assessment.note
        for gap in find_gaps(own, told, (), q("2023Q2"), TODAY, back).items
    }
    assert notes["I01"] == "数据滞后2季；2023Q1所报已退回、没有重报"
    assert "2023Q1" not in notes["M01"]
