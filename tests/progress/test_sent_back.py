"""退回：状态是已退回，不照以前的数亮更好的灯；还作数的不受牵连。"""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.ledger.decision import Decision, DecisionKind, SentBack
from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import Plan
from ipmeasures.progress.aftermath import changed_lights
from ipmeasures.progress.assessment import Status
from ipmeasures.progress.gaps import Gap, find_gaps
from tests.progress.books import A, B, measure, milestone, word_plan, wrote
from tests.progress.plans import AGENCY, commitment, entry, how, indicator, plan, q

TODAY = dt.date(2023, 7, 15)
NOW = dt.datetime(2023, 7, 12, tzinfo=dt.UTC)


def back(item: str, quarter: str = "2023Q2", agency: str = AGENCY) -> SentBack:
    why = Decision(9, DecisionKind.SEND_BACK, "2023Q2-0001", item, "样例", {}, NOW, "王五")
    return SentBack(why, agency, q(quarter), (item,), (item,), unanswered=False)


def found(own: Plan, *entries: Entry, sent_back: tuple[SentBack, ...]) -> dict[str, Gap]:
    gaps = find_gaps(own, entries, (), q("2023Q2"), TODAY, sent_back)
    return {gap.id: gap for gap in gaps.items}


def test_an_older_figure_lights_nothing() -> None:
    """I01：基期 4.99，目标 10.02。2023Q2 的退回了，2023Q1 的 9.0 本可超序时，只列出来，不亮灯。"""
    gap = found(
        plan(indicator("4.99", "10.02")), entry("I01", "2023Q1", "9.0"), sent_back=(back("I01"),)
    )["I01"]
    told = gap.assessment
    assert (gap.status, told.status_text, gap.lags) == (Status.NOT_REPORTED, "已退回", True)
    assert (told.value, told.stale_quarters, told.planned) == (Decimal("9.0"), 1, Decimal("7.505"))
    assert told.gap_points is told.done_share is told.schedule_index is None
    assert told.note == f"数据滞后1季；{AGENCY}本季所报已退回，等重报"


@pytest.mark.parametrize(
    ("nature", "release"),
    [
        ("level", "quarterly"),
        ("level", "batch"),
        ("annual", "yearly"),
        ("running_total", "quarterly"),
        ("accumulated", "quarterly"),
        ("year_to_date", "quarterly"),
    ],
)
@given(st.integers(0, 300), st.sampled_from(["2021Q4", "2022Q2", "2022Q4", "2023Q1"]))
def test_sending_back_never_betters_a_light(
    nature: str, release: str, older: int, when: str
) -> None:
    """哪种性质的数，以前报过什么：本季的退回了，总是已退回，在滞后之列。"""
    own = plan(indicator(10, 100, how(nature, release=release)))
    gap = found(own, entry("I01", when, str(older)), sent_back=(back("I01"),))["I01"]
    assert (gap.status, gap.assessment.status_text, gap.lags) == (
        Status.NOT_REPORTED,
        "已退回",
        True,
    )


def test_another_quarters_return_is_none_of_its_business() -> None:
    """退回的是上季度的：本季报的数照判，不提退回。"""
    own = plan(indicator("4.99", "10.02"))
    gap = found(own, entry("I01", "2023Q2", "9.0"), sent_back=(back("I01", "2023Q1"),))["I01"]
    assert (gap.status, gap.assessment.note) == (Status.AHEAD, "")


def test_what_another_agency_said_still_counts() -> None:
    """两家相加的，退回了一家：另一家的照判，附一句；合计不够、判不出的，是已退回。"""
    shared = commitment(
        6, reporting=how("year_to_date", decimals=0, reporters=(A, B), combine="sum"), id="M05-1"
    )
    own = plan(shared)
    both = (back("M05-1", agency=B),)
    enough = found(own, entry("M05-1", "2023Q2", "6", agency=A), sent_back=both)["M05-1"]
    assert enough.status is Status.ACHIEVED
    assert f"{B}本季所报已退回，等重报" in enough.assessment.note
    short = found(own, entry("M05-1", "2023Q2", "1", agency=A), sent_back=both)["M05-1"]
    assert (short.status, short.assessment.status_text) == (Status.NOT_REPORTED, "已退回")


def test_milestones_do_not_fall_back_on_what_was_said_before() -> None:
    """里程碑：本季的退回了，上季说的已完成不顶上来；过了时限的还是逾期。"""
    own = word_plan(milestones=(milestone(A), milestone(A, due="2023-07-01", id="M01-2")))
    done = wrote(A, "2023Q1", "已完成", item="M01-1")
    gaps = found(own, done, sent_back=(back("M01-1", agency=A), back("M01-2", agency=A)))
    assert (gaps["M01-1"].status, gaps["M01-1"].assessment.status_text) == (
        Status.NOT_REPORTED,
        "已退回",
    )
    assert gaps["M01-2"].status is Status.OVERDUE


def test_measures_say_so_too() -> None:
    """措施：没有别家填的，是已退回；别家填了的，照别家的判，附一句。"""
    own = word_plan(measure(A, B))
    alone = found(own, sent_back=(back("M01", agency=A),))["M01"]
    assert (alone.assessment.status_text, alone.assessment.note) == (
        "已退回",
        f"{A}所报已退回，等重报",
    )
    told = found(own, wrote(B, "2023Q2", "推进中"), sent_back=(back("M01", agency=A),))["M01"]
    assert told.status is Status.IN_PROGRESS
    assert f"{A}本季所报已退回，等重报" in told.assessment.note


def test_the_aftermath_names_the_same_quarter() -> None:
    """退回的余波：本季的灯从未达序时变成已退回，不是变好。"""
    older, taken = entry("I01", "2023Q1", "9.0"), entry("I01", "2023Q2", "7.1", number=2)
    (light,) = changed_lights(
        plan(indicator("4.99", "10.02")),
        [older, taken],
        [older],
        items=["I01"],
        quarters=[q("2023Q2")],
        today=TODAY,
        sent_back=((), (back("I01"),)),
    )
    assert (light.old.status_text, light.new.status_text) == ("未达序时", "已退回")
