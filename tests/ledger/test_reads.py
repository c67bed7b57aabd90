"""查在案的：以何时为准、到哪个季度。"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.errors import UsageError
from ipmeasures.ledger.chain import START
from ipmeasures.ledger.entry import Entry
from ipmeasures.ledger.reads import IN_FORCE
from ipmeasures.ledger.rows import ENTRIES
from ipmeasures.ledger.store import Ledger, When
from ipmeasures.quarter import Quarter

from . import NOON, Q1, Q2, Q3, figure, filing, posting, text, withdrawn

DAY = dt.timedelta(days=1)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """三天各一份：1，两个单位都改为 2，撤回。"""
    with Ledger.create(tmp_path / "ledger.db") as ledger:
        for n, (day, *lines) in enumerate(
            [(0, figure("I01", "1")), (1, figure("I01", "2")), (2, withdrawn("I01"))]
        ):
            both = (filing(*lines, agency=agency) for agency in ("甲", "乙"))
            ledger.post(posting(*both, content=b"%d" % n, now=NOON + day * DAY))
        yield ledger


def values(ledger: Ledger, as_of: When | None) -> list[str]:
    return [str(entry.value) for entry in ledger.entries(as_of)]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (None, []),
        (NOON - DAY, []),
        (NOON, ["1", "1"]),
        (NOON + DAY / 2, ["1", "1"]),
        (NOON + DAY, ["2", "2"]),
        (NOON + 9 * DAY, []),
        ("2023Q2-0001", ["1", "1"]),
        ("2023Q2-0003", ["2", "2"]),
        ("2023Q2-0006", []),
        (0, []),
    ],
)
def test_as_of(ledger: Ledger, as_of: When | None, expected: list[str]) -> None:
    """以某时或某张回执为准：那时有效的各格；一份文件全部入库之后才算。"""
    assert values(ledger, as_of) == expected


def test_as_of_goes_through_every_read(ledger: Ledger) -> None:
    """回执、确认、最近季度都认“以何时为准”。"""
    assert len(ledger.receipts(as_of=NOON)) == 2
    assert ledger.confirmations(as_of=NOON) == ()
    assert ledger.latest_quarter(as_of=NOON - DAY) is None
    assert ledger.latest_quarter() == Q2


def test_sequence_gives_one_steady_view(ledger: Ledger) -> None:
    """取了顺序号以后别人又入库，按它查的不变。"""
    sequence = ledger.moment("2023Q2-0003")
    before = ledger.entries(sequence)
    ledger.post(posting(filing(figure("I02", "5"), agency="甲"), content=b"later"))
    assert ledger.entries(sequence) == before
    assert ledger.moment(sequence) == sequence


def test_clock_set_back(ledger: Ledger) -> None:
    """钟被拨回以后入的库，按先后仍在后面：早先的日子看不到它，后来的日子都算。"""
    ledger.post(posting(filing(figure("I09", "5")), content=b"back", now=NOON - 900 * DAY))
    assert [entry.item for entry in ledger.entries(NOON + 9 * DAY)] == ["I09"]
    assert values(ledger, NOON) == ["1", "1"]
    assert values(ledger, NOON - DAY) == []


def test_clock_that_ran_ahead(ledger: Ledger) -> None:
    """钟快了写下的将来的时间不作准：不然它以后的全看不到了。"""
    for n, now in enumerate((NOON + 900 * DAY, NOON + 10 * DAY)):
        ledger.post(posting(filing(figure(f"I1{n}", "5")), content=b"%d" % n, now=now))
    day = NOON + 11 * DAY
    assert [e.item for e in ledger.entries(ledger.moment(day, day))] == ["I10", "I11"]
    assert ledger.entries(ledger.moment(day)) == ()


def test_the_moment_of_the_last_write(ledger: Ledger, tmp_path: Path) -> None:
    """最后一次写的时间，是最后写的那次，不是最晚的那次；没有写过的没有。"""
    ledger.post(posting(filing(figure("I09", "5")), content=b"back", now=NOON - 900 * DAY))
    assert ledger.last_moment == NOON - 900 * DAY
    with Ledger.create(tmp_path / "new.db") as empty:
        assert empty.last_moment is None


def test_a_printed_head_is_found_again(ledger: Ledger) -> None:
    """回执上印的校验码，在链上找得到是第几环；别的找不到。"""
    receipt = ledger.receipts()[0]
    assert len(receipt.head) == 12
    number = ledger.link_of(receipt.head)
    assert number is not None
    assert 0 < number < ledger.head.sequence
    assert ledger.link_of(ledger.head.hash) == ledger.head.sequence
    assert ledger.link_of("0" * 12) is None


def test_unknown_receipt(ledger: Ledger) -> None:
    """没有的回执，说清楚去哪里查。"""
    with pytest.raises(UsageError, match="没有回执 2023Q9-9999，回执号见 ipm returns"):
        ledger.entries("2023Q9-9999")


def test_naive_time(ledger: Ledger) -> None:
    """以何时为准要带时区，不带是程序的毛病，不算台账损坏。"""
    with pytest.raises(ValueError, match="时区"):
        ledger.entries(dt.datetime(2023, 7, 5))  # noqa: DTZ001


def test_unknown_content(ledger: Ledger) -> None:
    """没有的原件，说清楚。"""
    with pytest.raises(UsageError, match="没有摘要为 abc 的原件"):
        ledger.content("abc")


def test_receipt_head_is_the_head_at_that_time(tmp_path: Path) -> None:
    """回执上的链头是那份文件入完时的，以后入库也不变。"""
    with Ledger.create(tmp_path / "ledger.db") as ledger:
        assert ledger.head == START
        heads = []
        for n in range(3):
            (receipt,) = ledger.post(
                posting(filing(figure("I01", str(n))), content=b"%d" % n)
            ).receipts
            assert receipt.head == ledger.head.short
            heads.append(receipt.head)
        assert [receipt.head for receipt in ledger.receipts()] == heads
        assert len(set(heads)) == 3


def test_quarter_filters(tmp_path: Path) -> None:
    """可只要一个季度的，或到某季度为止的。"""
    with Ledger.create(tmp_path / "ledger.db") as ledger:
        ledger.post(
            posting(*(filing(figure("I01", "1"), quarter=quarter) for quarter in (Q3, Q1, Q2)))
        )
        assert [e.quarter for e in ledger.entries(quarter=Q2)] == [Q2]
        assert [e.quarter for e in ledger.entries(until=Q2)] == [Q1, Q2]
        assert ledger.latest_quarter() == Q3


@pytest.fixture
def quarters(tmp_path: Path) -> Iterator[Ledger]:
    """三个季度：甲三季都报了，乙只报了一季度；三季度的撤回了一格。"""
    with Ledger.create(tmp_path / "ledger.db") as ledger:
        first = [
            filing(figure("I01", "1"), text("I01", "慢"), agency=a, quarter=Q1) for a in "甲乙"
        ]
        ledger.post(posting(*first, content=b"1", confirmations=(("I01", "属实"),)))
        second = filing(figure("I01", "2"), figure("I02", "5"), agency="甲", quarter=Q2)
        ledger.post(posting(second, content=b"2"))
        ledger.post(posting(filing(figure("I01", "3"), agency="甲", quarter=Q3), content=b"3"))
        ledger.post(posting(filing(withdrawn("I01"), agency="甲", quarter=Q3), content=b"4"))
        yield ledger


def told(found: tuple[Entry, ...]) -> list[tuple[str, str, str, str]]:
    return [(e.agency, str(e.quarter), e.item, e.field) for e in found]


def test_narrowed_entries(quarters: Ledger) -> None:
    """从某季起的、几个事项的、几种格的，各条件都要满足；一个也没有点名的，什么也没有。"""
    assert told(quarters.entries(since=Q2)) == [
        ("甲", "2023Q2", "I01", "value"), ("甲", "2023Q2", "I02", "value"),
    ]  # fmt: skip
    assert told(quarters.entries(items=["I02", "I09"])) == [("甲", "2023Q2", "I02", "value")]
    assert told(quarters.entries(fields=["reason"], agency="乙")) == [
        ("乙", "2023Q1", "I01", "reason")
    ]
    assert quarters.entries(items=[]) == ()


def test_latest_of_each_agency(quarters: Ledger) -> None:
    """各家最近一季有效的一格：撤回了的退到前一季；别的事项、以后的季度不算。"""
    assert told(quarters.latest("value", ["I01"], Q3)) == [
        ("乙", "2023Q1", "I01", "value"), ("甲", "2023Q2", "I01", "value"),
    ]  # fmt: skip
    assert [e.quarter for e in quarters.latest("value", ["I01"], Q1)] == [Q1, Q1]
    before = quarters.receipts()[-2].receipt
    assert [e.quarter for e in quarters.latest("value", ["I01"], Q3, before)] == [Q1, Q3]


def test_narrowed_receipts(quarters: Ledger) -> None:
    """一段时间的、几个号的、几份原件的回执；最后一张；有报表的各季。"""
    every = quarters.receipts()
    assert quarters.receipts(since=Q2, until=Q2) == every[2:3]
    assert quarters.receipts(named=[every[0].receipt, "没有"]) == every[:1]
    assert quarters.receipts(files=[every[0].sha256]) == every[:2]
    assert quarters.receipts(files=[]) == ()
    assert quarters.last_receipt() == every[-1]
    assert quarters.last_receipt(every[2].receipt) == every[2]
    assert quarters.last_receipt(0) is None
    assert quarters.quarters() == (Q1, Q2, Q3)
    assert quarters.quarters(every[2].receipt) == (Q1, Q2)


def test_one_quarter_is_found_by_index(ledger: Ledger) -> None:
    """查一个季度走索引，不随别的季度变慢。"""
    plan = ledger._connection.execute(  # noqa: SLF001
        f"EXPLAIN QUERY PLAN {ENTRIES} WHERE {IN_FORCE} AND e.quarter = :quarter ORDER BY e.number",
        {"upto": 9, "quarter": "2023Q2"},
    ).fetchall()
    steps = [row["detail"] for row in plan]
    assert any("entry_by_quarter" in step for step in steps)
    assert not any(step.startswith("SCAN") for step in steps), steps


def test_a_withdrawn_date_no_longer_dates_the_figure(tmp_path: Path) -> None:
    """时点撤回了，数自己带着的时点也不算；以撤回以前为准的照旧，重写了时点、重报了数的照新的。"""
    dated, again = (
        [figure("I10", value, data_at=when), text("I10", str(when), field="data_at")]
        for value, when in (("82", Q1), ("83", Q2))
    )
    gone = [withdrawn("I10", field="data_at")]
    with Ledger.create(tmp_path / "dated.db") as ledger:
        for n, lines in enumerate([[*dated, figure("I01", "7", data_at=Q1)], gone, again, gone]):
            ledger.post(posting(filing(*lines), content=b"%d" % n, now=NOON + n * DAY))
        found = [
            {e.item: e.data_at for e in ledger.entries(NOON + n * DAY) if e.field == "value"}
            for n in range(4)
        ]
        alone = ledger.entries(NOON + DAY, items=["I10"], fields=["value"])
    assert [one["I10"] for one in found] == [Q1, None, Q2, None]
    assert {one["I01"] for one in found} == {Q1}
    assert [(e.value, e.data_at) for e in alone] == [(82, None)]


@given(steps=st.lists(st.sampled_from(["数", "数和时点", "时点", "撤回"]), min_size=1, max_size=6))
def test_the_date_in_force_is_the_last_one_written(steps: list[str]) -> None:
    """怎么更正、撤回，数的时点都是最后写的那个；撤回以后没有再写的，没有时点。"""
    days = iter(Quarter(2000 + n, 1) for n in range(20))
    last: Quarter | None = None
    with TemporaryDirectory() as folder, Ledger.create(Path(folder) / "d.db") as ledger:
        for n, step in enumerate(["数", *steps]):
            lines = []
            when = next(days) if "时点" in step else None
            if "数" in step:
                lines.append(figure("I10", str(n), data_at=when))
            if when:
                lines.append(text("I10", str(when), field="data_at"))
            if step == "撤回":
                lines.append(withdrawn("I10", field="data_at"))
            last = None if step == "撤回" else when or last
            ledger.post(posting(filing(*lines), content=b"%d" % n, now=NOON + n * DAY))
        entries = {e.field: e for e in ledger.entries()}
    written = entries["data_at"].text if "data_at" in entries else None
    at = written or entries["value"].data_at
    assert str(at) == str(last)
