"""退回了、等着重报的：以前的数不顶上来，别家还作数的照那些判。"""

import datetime as dt

import pytest

from ipmeasures.ledger.decision import Decision, DecisionKind, SentBack
from ipmeasures.progress.assess import assess
from ipmeasures.progress.assessment import Assessment, Reported, Status
from ipmeasures.progress.reporting import AgencyReport, ReportState
from ipmeasures.progress.sent_back import (
    SENT_BACK,
    stands,
    tell_sent_back,
    tell_skipped,
    with_sent_back,
)
from tests.progress.books import A, wrote
from tests.progress.plans import d, indicator, plan, q, said


def test_what_is_sent_back_is_told_after_the_earlier_figures() -> None:
    """本季的退回了：以前报过的还在，末了加一笔“退回了”，以前的数就不当本季的。"""
    told = said("2023Q1 7")
    *before, last = with_sent_back(told, q("2023Q2"))
    assert tuple(before) == told
    assert (last.quarter, last.at, last.state) == (q("2023Q2"), q("2023Q2"), SENT_BACK)


@pytest.mark.parametrize("told", [("2023Q2 3",), ("2023Q1 7", "2023Q2 3")])
def test_another_agencys_figure_still_counts(told: tuple[str, ...]) -> None:
    """几家相加的，本季还有别家的数：照那些判，不论以前报没报过。"""
    assert with_sent_back(said(*told), q("2023Q2")) == said(*told)


def test_what_stands_is_content_of_this_quarter() -> None:
    """本季的数、状态、进展才是内容；来源、以前季度的不算，有一笔算的就算。"""
    now, content = q("2023Q2"), wrote(A, "2023Q2", "推进中")
    source = wrote(A, "2023Q2", "年报", field="source", number=2)
    earlier = wrote(A, "2023Q1", "推进中", number=3)
    assert stands((content, source, earlier), now)
    assert not stands((source, earlier), now)
    assert not stands((), now)


def test_an_earlier_quarter_sent_back_does_not_withhold_this_one() -> None:
    """一季度的退回了，二季度报了的照判；本季的退回、以前也没有数，没有别的话要说。"""
    item = indicator("0", "20")
    gone = Reported(q("2023Q1"), q("2023Q1"), SENT_BACK)
    found = assess(plan(item), item, (gone, *said("2023Q2 11")), q("2023Q2"))
    assert (found.status, found.value) == (Status.AHEAD, 11)
    found = assess(plan(item), item, (gone,), q("2023Q1"))
    assert (found.status, found.value, found.note) == (Status.NOT_REPORTED, None, "")


def test_an_agency_is_a_member_unless_said() -> None:
    """没有说不是的，就是成员单位，计入完整率。"""
    assert AgencyReport(A, ReportState.MISSING).member


TOLD = [
    # 照还作数的判出来的、还有没有作数的，说成什么
    (Status.ON_TRACK, True, (Status.ON_TRACK, "达序时", 5)),
    (Status.ON_TRACK, False, (Status.NOT_REPORTED, "已退回", None)),
    (Status.OVERDUE, False, (Status.OVERDUE, "逾期", 5)),
    (Status.OVERDUE, True, (Status.OVERDUE, "逾期", 5)),
    (Status.NOT_REPORTED, False, (Status.NOT_REPORTED, "已退回", 5)),
    (Status.NOT_REPORTED, True, (Status.NOT_REPORTED, "已退回", 5)),
]


@pytest.mark.parametrize(("status", "standing", "expected"), TOLD)
def test_how_it_is_told(
    status: Status,
    standing: bool,  # noqa: FBT001
    expected: tuple[Status, str, int | None],
) -> None:
    """还有别家作数的照判，只附一句；没有的是已退回；过了时限的还是逾期。没有退回的一字不动。"""
    found = Assessment("I01", status, status.label, value=d(5), data_at=q("2023Q1"), note="备考")
    told = tell_sent_back(found, (A,), standing=standing)
    assert (told.status, told.status_text, told.value) == expected
    assert (told.data_at, told.note) == (q("2023Q1"), f"备考；{A}本季所报已退回，等重报")
    assert tell_sent_back(found, (), standing=standing) is found


def test_nothing_before_and_sent_back() -> None:
    """从来没有别的数：只说退回了，不说“本季”。"""
    found = Assessment("I01", Status.NOT_REPORTED, "未报送")
    told = tell_sent_back(found, (A,), standing=False)
    assert (told.status_text, told.note) == ("已退回", f"{A}所报已退回，等重报")


def _back(quarter: str, *items: str) -> SentBack:
    now = dt.datetime(2023, 4, 10, tzinfo=dt.UTC)
    why = Decision(1, DecisionKind.SEND_BACK, f"{quarter}-0001", None, "数不对", {}, now, "办公室")
    return SentBack(why, A, q(quarter), items, items, unanswered=False)


SKIPPED = [
    # 数据时点，哪季退回了，哪几季要说
    ("2022Q4", ("2023Q1",), "2023Q1"),
    ("2022Q4", ("2022Q4", "2023Q1", "2023Q2", "2023Q3"), "2023Q1"),
    ("2022Q3", ("2023Q1", "2022Q4", "2022Q4"), "2022Q4、2023Q1"),
    (None, ("2023Q1",), "2023Q1"),
    ("2023Q1", ("2023Q1",), ""),
    ("2022Q4", (), ""),
]


@pytest.mark.parametrize(("since", "quarters", "named"), SKIPPED)
def test_quarters_sent_back_between_are_named(
    since: str | None, quarters: tuple[str, ...], named: str
) -> None:
    """二季度照更早的数判：其间报过、退回了没有重报的季度点名；本季的、更早的、别项的不在这里说。"""
    at = q(since) if since else None
    found = Assessment("I01", Status.ON_TRACK, "达序时", value=d(5), data_at=at)
    back = [_back(quarter, "I01") for quarter in quarters]
    told = tell_skipped(found, "I01", [*back, _back("2023Q1", "I02")], q("2023Q2"))
    assert told.note == (f"{named}所报已退回、没有重报" if named else "")
    if named:
        more = tell_skipped(told, "I01", back, q("2023Q2"))
        assert more.note == f"{told.note}；{told.note}"
