"""报送情况：谁报了、迟不迟；完整率和及时率。"""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from ipmeasures.ledger.decision import Decision, DecisionKind, SentBack
from ipmeasures.ledger.entry import Receipt
from ipmeasures.progress.reporting import (
    AgencyReport,
    Reporting,
    ReportState,
    due_date,
    reporting_of,
)
from tests.progress.books import A, B, C, measure, receipt, word_plan
from tests.progress.plans import q

DUE = dt.date(2023, 7, 10)
AFTER = dt.date(2023, 7, 11)


def told(*receipts: Receipt, today: dt.date = AFTER, quarter: str = "2023Q2") -> Reporting:
    return reporting_of(word_plan(), receipts, q(quarter), today)


def of(reporting: Reporting, agency: str) -> AgencyReport:
    return next(a for a in reporting.agencies if a.name == agency)


def test_the_deadline_is_the_office_setting() -> None:
    """时限是季后第几天（办公室设定），跨年也对。"""
    assert due_date(word_plan(), q("2023Q2")) == DUE
    assert due_date(word_plan(), q("2023Q4")) == dt.date(2024, 1, 10)


def test_received_pending_missing() -> None:
    """报了的是已报；时限当天还没有报的是未到期，过了才是未报。"""
    one = receipt(A, "2023Q2", "2023-07-05")
    before, after = told(one, today=DUE), told(one)
    assert [a.state for a in before.agencies] == [ReportState.RECEIVED, *[ReportState.PENDING] * 2]
    assert [a.state for a in after.agencies] == [ReportState.RECEIVED, *[ReportState.MISSING] * 2]
    assert before.silent == after.silent == (B, C)
    assert after.named(ReportState.MISSING, ReportState.RECEIVED) == (A, B, C)
    assert [a.name for a in after.agencies] == [A, B, C]
    assert (of(after, C).late, of(after, C).warnings) == (False, 0)


def test_states_have_words() -> None:
    """每种状态有表上的叫法。"""
    assert [s.label for s in ReportState] == ["已报", "未到期", "未报", "已退回"]


def test_late_is_by_the_first_receipt() -> None:
    """迟不迟看第一次收到的日期；时限当天不迟；后来补正不变迟。"""
    found = told(
        receipt(A, "2023Q2", "2023-07-10"),
        receipt(A, "2023Q2", "2023-08-01", revision=2, warnings=3),
        receipt(B, "2023Q2", "2023-07-11"),
    )
    a, b = of(found, A), of(found, B)
    assert (a.late, a.receipt, a.revision, a.warnings) == (False, "2023Q2-0002", 2, 3)
    assert a.received_on == dt.date(2023, 7, 10)
    assert b.late
    assert found.completeness == Decimal(2) / 3
    assert found.timeliness == Decimal(1) / 3


def test_only_members_count() -> None:
    """不是成员而有事项要报的：照列，报没报都不计入完整率、及时率；没有成员应报的，没有率。"""
    own = word_plan(measure(A, B, C))
    fewer = replace(own, settings=replace(own.settings, members=(A, B)))
    sent = (receipt(A, "2023Q2", "2023-07-05"), receipt(C, "2023Q2", "2023-07-05"))
    found = reporting_of(fewer, sent, q("2023Q2"), AFTER)
    assert (found.completeness, found.timeliness) == (Decimal("0.5"), Decimal("0.5"))
    assert [a.name for a in found.agencies] == [A, B, C]
    assert ([a.name for a in found.counted], found.outsiders) == ([A, B], (C,))
    assert [a.name for a in found.received] == [A]
    late = reporting_of(fewer, sent[1:], q("2023Q2"), AFTER)
    assert late.completeness == 0
    none = replace(own, settings=replace(own.settings, members=()))
    assert reporting_of(none, sent, q("2023Q2"), AFTER).completeness is None


def test_revisions_are_put_in_order() -> None:
    """回执次序不拘，按第几次报送排。"""
    found = told(receipt(A, "2023Q2", "2023-08-01", revision=2), receipt(A, "2023Q2", "2023-07-01"))
    assert not of(found, A).late
    assert of(found, A).revision == 2


def test_backfilled_is_neither_late_nor_on_time() -> None:
    """补录的算已报，不算迟，也不算及时；补录以后再更正的还是补录。"""
    first = receipt(A, "2023Q2", "2024-03-01", manner="补录")
    then = receipt(A, "2023Q2", "2024-03-05", revision=2)
    for receipts in ((first,), (first, then)):
        found = told(*receipts)
        assert (of(found, A).late, of(found, A).manner) == (False, "补录")
        assert (found.completeness, found.timeliness) == (Decimal(1) / 3, 0)


@pytest.mark.parametrize(("on", "timely"), [("2023-07-05", 1), ("2023-07-20", 0)])
def test_a_later_backfill_does_not_change_what_was_on_time(on: str, timely: int) -> None:
    """先报过的，后来再补录一份，迟不迟、及时不及时都不变。"""
    found = told(
        receipt(A, "2023Q2", on), receipt(A, "2023Q2", "2024-03-05", revision=2, manner="补录")
    )
    assert (of(found, A).late, of(found, A).manner) == (not timely, "正常")
    assert found.timeliness == Decimal(timely) / 3


def test_a_zero_report_counts_as_reported() -> None:
    """零报告算已报、可以及时，方式单列；后来报了内容的就不是零报告了。"""
    zero = receipt(A, "2023Q2", "2023-07-01", manner="零报告")
    assert of(told(zero), A).manner == "零报告"
    assert told(zero).timeliness == Decimal(1) / 3
    normal = receipt(A, "2023Q2", "2023-07-09", revision=2)
    assert of(told(zero, normal), A).manner == "正常"
    again = receipt(A, "2023Q2", "2023-07-10", revision=3, manner="零报告")
    assert of(told(normal, again), A).manner == "正常"
    backfilled = receipt(A, "2023Q2", "2024-03-05", revision=2, manner="补录")
    assert of(told(zero, backfilled), A).manner == "零报告"


def test_other_quarters_and_strangers_do_not_count() -> None:
    """别的季度的回执不算；不应报的单位不进分母，也不进分子。"""
    found = told(receipt(A, "2023Q1", "2023-04-01"), receipt("别的单位", "2023Q2", "2023-07-01"))
    assert (len(found.agencies), found.completeness, found.timeliness) == (3, 0, 0)


def test_everybody_in_time_is_one() -> None:
    """都按时报了，两个率都是 1。"""
    found = told(*(receipt(name, "2023Q2", "2023-07-01") for name in (A, B, C)))
    assert (found.completeness, found.timeliness) == (1, 1)


def test_nobody_owing_has_no_rates() -> None:
    """没有单位应报的，没有完整率，不是零。"""
    nobody = replace(word_plan(), measures=())
    found = reporting_of(nobody, (), q("2023Q2"), AFTER)
    assert (found.agencies, found.completeness, found.timeliness) == ((), None, None)


def test_before_the_first_quarter_nothing_is_owed() -> None:
    """首个应报季度以前谁都不欠；补报了历史数据的照列，不算比率。"""
    found = told(receipt(B, "2021Q3", "2023-07-01", manner="补录"), quarter="2021Q3")
    assert [a.name for a in found.agencies] == [B]
    assert (found.silent, found.completeness, found.timeliness) == ((), None, None)
    assert len(told(quarter="2021Q4").agencies) == 3


def sent_back(
    agency: str, *items: str, quarter: str = "2023Q2", unanswered: bool = False
) -> SentBack:
    now = dt.datetime(2023, 7, 10, tzinfo=dt.UTC)
    why = Decision(1, DecisionKind.SEND_BACK, "2023Q2-0001", None, "数不对", {}, now, "办公室")
    return SentBack(why, agency, q(quarter), items, items, unanswered=unanswered)


def test_what_was_sent_back_has_not_been_reported() -> None:
    """整张退回、还没有再报的是已退回，不算报了；只退几项的列出等重报的；别的季度退回的不算。"""
    receipts = [receipt(name, "2023Q2", "2023-07-01") for name in (A, B, C)]
    back = (
        sent_back(A, "I02", "I01", unanswered=True),
        sent_back(B, "I04", "I03"),
        sent_back(C, "I05", quarter="2023Q1", unanswered=True),
        sent_back(C),
    )
    found = reporting_of(word_plan(), receipts, q("2023Q2"), AFTER, back)
    assert [a.state for a in found.agencies] == [
        ReportState.SENT_BACK, ReportState.RECEIVED, ReportState.RECEIVED,
    ]  # fmt: skip
    assert (found.completeness, found.timeliness) == (Decimal(2) / 3, Decimal(2) / 3)
    assert found.waiting == ((B, ("I03", "I04")),)
