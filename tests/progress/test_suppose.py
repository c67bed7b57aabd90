"""假设：只换掉那一个数，别的照旧；什么也不留下。"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from ipmeasures.ledger.decision import Decision, DecisionKind, SentBack
from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import Plan
from ipmeasures.progress.assessment import Status
from ipmeasures.progress.gaps import find_gaps
from ipmeasures.progress.suppose import Supposed, suppose, with_supposed
from ipmeasures.quarter import Quarter
from ipmeasures.returns.line import State
from tests.progress.plans import commitment, d, entry, how, indicator, plan, q, said

TODAY = dt.date(2023, 7, 15)
I01 = indicator("4.99", "10.02")
ANNUAL = indicator(108, 180, how("annual", decimals=0), id="I02")


def statuses(
    own: Plan, entries: Sequence[Entry], supposed: Supposed | None = None
) -> dict[str, tuple[Status, Decimal | None, bool]]:
    found = find_gaps(own, entries, (), q("2023Q2"), TODAY, supposed=supposed)
    return {gap.id: (gap.status, gap.assessment.value, gap.supposed) for gap in found.items}


def test_only_that_figure_changes() -> None:
    """换掉本季的数；别的事项不变，不假设的照旧。"""
    own = plan(I01, ANNUAL)
    entries = (entry("I01", "2023Q2", "7.2"), entry("I02", "2022Q4", "124", number=2))
    now = statuses(own, entries)
    then = statuses(own, entries, {"I01": suppose(I01, d("7.6"), q("2023Q2"))})
    assert now["I01"] == (Status.BEHIND, d("7.2"), False)
    assert then["I01"] == (Status.ON_TRACK, d("7.6"), True)
    assert then["I02"] == now["I02"]
    assert statuses(own, entries) == now
    supposed = {"I01": suppose(I01, d("7.6"), q("2023Q2"))}
    assert find_gaps(own, entries, (), q("2023Q2"), TODAY, supposed=supposed).supposed
    assert not find_gaps(own, entries, (), q("2023Q2"), TODAY).supposed


def test_the_twin_sees_the_same_figure() -> None:
    """同一个数的任务也照它判，各有各的要求。"""
    twin = commitment(10, cadence="by_end", rule="more_than", id="M10-1", same_as="I01")
    own = plan(I01, twin)
    then = statuses(own, (), {"I01": suppose(I01, d("10.02"), q("2023Q2"))})
    assert then["I01"][0] is Status.ACHIEVED
    assert then["M10-1"] == (Status.ACHIEVED, d("10.02"), True)


def test_where_nothing_was_reported() -> None:
    """没有报过的、填了不适用的，照假设的判；几家相加的，假设的是合计。"""
    own = plan(I01)
    assert statuses(own, (), {"I01": suppose(I01, d(8), q("2023Q2"))})["I01"][0] is Status.AHEAD
    not_ours = (entry("I01", "2023Q2", None, state=State.NOT_APPLICABLE),)
    assert statuses(own, not_ours)["I01"][0] is Status.NOT_APPLICABLE
    found = statuses(own, not_ours, {"I01": suppose(I01, d(8), q("2023Q2"))})
    assert found["I01"][0] is Status.AHEAD
    shared = commitment(6, reporting=how("year_to_date", reporters=("甲", "乙"), combine="sum"))
    own = plan(shared)
    one = (entry("M07-1", "2023Q2", "1", agency="甲"),)
    assert statuses(own, one)["M07-1"][0] is Status.NOT_REPORTED
    whole = {"M07-1": suppose(shared, d(3), q("2023Q2"))}
    assert statuses(own, one, whole)["M07-1"][:2] == (Status.ON_TRACK, 3)
    # 合计是假设的，就谈不上各家各报了多少
    (gap,) = find_gaps(own, one, (), q("2023Q2"), TODAY, supposed=whole).items
    assert gap.parts == ()


def test_which_date_the_figure_has() -> None:
    """年度数在年中是上一年的，第四季度是本年的；写了时点的照写，不晚于报送期；零也是数。"""
    assert suppose(ANNUAL, d(130), q("2023Q2")).at == q("2022Q4")
    assert suppose(ANNUAL, d(130), q("2023Q4")).at == q("2023Q4")
    assert suppose(ANNUAL, d(130), q("2023Q2"), q("2021Q4")).at == q("2021Q4")
    assert suppose(I01, d(7), q("2023Q2")).at == q("2023Q2")
    assert suppose(I01, d(7), q("2023Q2"), Quarter(2024, 1)).at == q("2023Q2")
    assert (suppose(I01, d(0), q("2023Q2")).state, suppose(I01, d(1), q("2023Q2")).state) == (
        "zero",
        "figure",
    )


def test_another_date_of_the_same_return_stays() -> None:
    """同期报表里另有时点的数还在：假设去年的，今年报的不丢。"""
    own = plan(ANNUAL)
    entries = (
        entry("I02", "2022Q1", "112", at="2021Q4"),
        entry("I02", "2023Q1", "124", number=2, at="2022Q4"),
    )
    then = statuses(own, entries, {"I02": suppose(ANNUAL, d(150), q("2023Q1"), q("2021Q4"))})
    assert then["I02"][1] == 124


def test_what_waits_for_a_new_return_is_judged_by_the_supposed_figure() -> None:
    """本季的数已退回、等重报的：照假设的数判，不说已退回。"""
    now = dt.datetime(2023, 7, 10, tzinfo=dt.UTC)
    why = Decision(1, DecisionKind.SEND_BACK, "2023Q2-0001", None, "数不对", {}, now, "办公室")
    back = SentBack(why, "市市场监管局", q("2023Q2"), ("I01",), ("I01",), unanswered=False)
    own = plan(I01)
    plain = find_gaps(own, (), (), q("2023Q2"), TODAY, (back,)).items[0]
    assert plain.assessment.status_text == "已退回"
    supposed = {"I01": suppose(I01, d(8), q("2023Q2"))}
    then = find_gaps(own, (), (), q("2023Q2"), TODAY, (back,), supposed).items[0]
    assert (then.status, then.assessment.note) == (Status.AHEAD, "")


def test_what_was_said_in_other_quarters_stays() -> None:
    """只有同期的“不适用”“未更新”让位；别的季度说的照旧。"""
    told = said("2023Q1 不适用", "2023Q2 未更新", "2023Q3 不适用")
    own = plan(I01)
    new = suppose(I01, d(8), q("2023Q2"))
    assert with_supposed(own, I01, told, {"I01": new}) == (told[0], told[2], new)
    assert with_supposed(own, I01, told, {}) == told
