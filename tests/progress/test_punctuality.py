"""一段时间里各单位报得怎样。"""

import datetime as dt
from decimal import Decimal

from ipmeasures.ledger.entry import Receipt
from ipmeasures.progress.punctuality import Record, punctuality
from ipmeasures.progress.reporting import reporting_of
from tests.progress.books import A, B, C, measure, receipt, word_plan
from tests.progress.plans import q

DAY = dt.date(2023, 10, 5)  # 三季度还没有到期


def told(
    *receipts: Receipt, quarters: tuple[str, ...] = ("2023Q1", "2023Q2", "2023Q3")
) -> dict[str, Record]:
    found = [reporting_of(word_plan(), receipts, q(quarter), DAY) for quarter in quarters]
    return {record.agency: record for record in punctuality(found)}


def test_rates_by_agency() -> None:
    """应报两季（三季度未到期不算）：一迟一按时；补录算报了、不算及时；没有报的是 0。"""
    found = told(
        receipt(A, "2023Q1", "2023-04-05"),
        receipt(A, "2023Q2", "2023-07-20"),
        receipt(B, "2023Q1", "2023-09-01", manner="补录"),
    )
    assert (found[A].completeness, found[A].timeliness) == (Decimal(1), Decimal("0.5"))
    assert (found[B].completeness, found[B].timeliness) == (Decimal("0.5"), Decimal(0))
    assert (found[C].completeness, found[C].timeliness) == (Decimal(0), Decimal(0))
    assert len(found[C].quarters) == 3


def test_quarters_nobody_owed() -> None:
    """首个应报季度以前的不算应报；补了的列出来。"""
    found = told(receipt(A, "2021Q1", "2023-09-01", manner="补录"), quarters=("2021Q1", "2021Q4"))
    assert (found[A].completeness, found[A].timeliness) == (Decimal(0), Decimal(0))
    assert found[A].quarters[0]
    assert found[B].quarters[0] is None
    alone = told(quarters=("2023Q3",))
    assert alone[A].completeness is None


def test_every_quarter_in_time() -> None:
    """季季按时的及时率是 1，季季迟的是 0。"""
    found = told(
        *(
            receipt(A, quarter, on)
            for quarter, on in (("2023Q1", "2023-04-05"), ("2023Q2", "2023-07-05"))
        ),
        *(receipt(B, quarter, "2023-09-01") for quarter in ("2023Q1", "2023Q2")),
    )
    assert (found[A].completeness, found[A].timeliness) == (Decimal(1), Decimal(1))
    assert (found[B].completeness, found[B].timeliness) == (Decimal(1), Decimal(0))


def test_an_agency_that_was_not_asked_yet() -> None:
    """中途才有任务的单位，以前的季度不算它应报。"""
    first, both = word_plan(measure(A)), word_plan(measure(A, B))
    came = (receipt(B, "2023Q2", "2023-07-05"),)
    found = {
        record.agency: record
        for record in punctuality(
            [
                reporting_of(own, came, q(at), DAY)
                for own, at in ((first, "2023Q1"), (both, "2023Q2"))
            ]
        )
    }
    assert (found[B].quarters[0], found[B].completeness) == (None, 1)
