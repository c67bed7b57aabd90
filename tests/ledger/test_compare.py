"""后报的只取代它写了的格。"""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from ipmeasures.ledger.compare import compare
from ipmeasures.ledger.entry import Entry
from ipmeasures.ledger.posted import Past, judge
from ipmeasures.returns.line import State

from . import NOON, Q1, Q2, figure, filing, posting, text, withdrawn


def entry(item: str, value: str, *, field: str = "value", agency: str = "市市场监管局") -> Entry:
    return Entry(
        number=7,
        receipt="2023Q2-0001",
        agency=agency,
        quarter=Q2,
        item=item,
        field=field,
        state=State.FIGURE if field == "value" else State.TEXT,
        value=Decimal(value) if field == "value" else None,
        text=None if field == "value" else value,
        data_at=None,
        raw=value,
        file="旧.xlsx",
        sha256="0" * 64,
        sheet="指标数据",
        cell="J3",
        revision=1,
        received_on=dt.date(2023, 7, 1),
        recorded_at=NOON,
    )


def test_equal_numbers_written_differently_are_the_same() -> None:
    """7.2 和 7.20 是同一个数，不算变动。"""
    found = compare(filing(figure("I01", "7.20")), [entry("I01", "7.2")])
    assert (found.changes, found.same, found.kept) == ((), 1, ())


def test_change_names_old_and_new() -> None:
    """变动带着在案的和新报的。"""
    old = entry("I01", "7.2")
    (change,) = compare(filing(figure("I01", "7.3")), [old]).changes
    assert (change.item, change.field, change.old) == ("I01", "value", old)
    assert change.new.value == Decimal("7.3")


def test_another_data_date_is_a_change() -> None:
    """数没变而数据时点变了，也是变动。"""
    found = compare(filing(figure("I01", "7.2", data_at=Q1)), [entry("I01", "7.2")])
    assert len(found.changes) == 1


def test_a_date_left_empty_is_kept_and_no_change() -> None:
    """没有写数据时点的，时点照旧：同一个数再报一次，不是更正。"""
    past = [replace(entry("I01", "7.2"), data_at=Q1)]
    found = compare(filing(figure("I01", "7.20")), past)
    assert (found.changes, found.same) == ((), 1)
    assert len(compare(filing(figure("I01", "7.3")), past).changes) == 1


def test_cells_left_empty_are_kept() -> None:
    """空着的格保留在案的，事项列出来；别的单位的不相干。"""
    past = [entry("I01", "7.2"), entry("I01", "慢", field="reason"), entry("I02", "1", agency="别")]
    found = compare(filing(figure("I01", "7.3")), past)
    assert [(e.item, e.field) for e in found.kept] == [("I01", "reason")]


def test_withdrawing_nothing_changes_nothing() -> None:
    """撤回本来就没有的，不算变动。"""
    assert compare(filing(withdrawn("I01")), []).same == 1


def test_judging_without_a_ledger() -> None:
    """没有台账也能试算：全部收下，没有回执。"""
    posted = judge(posting(filing(figure("I01", "1"), text("I01", "慢"), withdrawn("I02"))), Past())
    (filed,) = posted.filings
    assert (posted.outcome, filed.receipt, filed.same) == ("accepted", None, 1)
    assert (filed.stored_figures, filed.stored_texts) == (1, 1)


def test_nonsense_is_refused() -> None:
    """没有报表、同一单位同一季度两份、摘要不符：程序的毛病，不入库。"""
    one = filing(figure("I01", "1"))
    wrong = posting(one)
    object.__setattr__(wrong, "sha256", "0" * 64)
    for bad in (posting(), posting(one, one), wrong):
        with pytest.raises(ValueError, match="报表"):
            judge(bad, Past())
