"""入库：全进或全不进，后报的取代先报的，一样的不重复存。"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipmeasures.ledger.entry import Confirmation, Posting
from ipmeasures.ledger.rows import decimal_text
from ipmeasures.ledger.store import Ledger
from ipmeasures.quarter import Quarter
from ipmeasures.returns.line import Line, State

from . import NOON, Q1, Q2, figure, filing, posting, text, withdrawn


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "ledger.db") as ledger:
        yield ledger


def in_force(ledger: Ledger) -> dict[tuple[str, str], str]:
    return {
        (e.item, e.field): str(e.value) if e.value is not None else e.text or e.state.label
        for e in ledger.entries()
    }


def tables(ledger: Ledger) -> list[str]:
    return list(ledger._connection.iterdump())  # noqa: SLF001


def test_entry_knows_where_it_comes_from(ledger: Ledger) -> None:
    """每一格记着回执、文件、摘要、表、格、何时、第几次。"""
    sent = posting(filing(figure("I01", "7.20", data_at=Q1)))
    (filed,) = ledger.post(sent).filings
    (entry,) = ledger.entries()
    assert filed.receipt is not None
    assert entry.receipt == filed.receipt.receipt == "2023Q2-0001"
    assert (entry.file, entry.sha256, entry.sheet, entry.cell, entry.raw) == (
        "报表.xlsx", sent.sha256, "指标数据", "J3", "7.20",
    )  # fmt: skip
    assert (entry.value, entry.data_at, entry.revision) == (Decimal("7.2"), Q1, 1)
    assert (entry.recorded_at, entry.received_on) == (NOON, sent.received_on)
    assert ledger.content(sent.sha256) == sent.content


def test_receipt_carries_everything(ledger: Ledger) -> None:
    """回执上有单位、写法、方式、填报人、个数、提醒数和链头，查出来的与给出的一样。"""
    sent = posting(filing(figure("I01", "1"), text("I01", "慢"), manner="补录"))
    (receipt,) = ledger.post(sent).receipts
    assert ledger.receipts() == ledger.receipts(Q2) == (receipt,)
    assert ledger.receipts(Q1) == ()
    assert (receipt.agency_as_written, receipt.manner) == ("市市场监管局（章）", "补录")
    assert (receipt.figures, receipt.texts, receipt.warnings) == (1, 1, 2)
    assert (receipt.signed, receipt.recorded_by) == (sent.filings[0].signed, "李四")
    assert receipt.head == ledger.head.short


def test_ingest_twice_is_once(ledger: Ledger) -> None:
    """同样的字节再报：什么也不存，返回在案的回执。"""
    sent = posting(
        filing(figure("I01", "1"), withdrawn("I02")),
        confirmations=(("I01", "属实"),),
        attachments=(("证明.pdf", b"pdf"),),
    )
    first = ledger.post(sent)
    before = tables(ledger)
    second = ledger.post(sent)
    assert (second.outcome, second.same_values) == ("duplicate", False)
    assert second.receipts == first.receipts
    assert second.filings[0].same == 2
    assert tables(ledger) == before


def test_other_bytes_with_the_same_content_is_a_duplicate(ledger: Ledger) -> None:
    """另存过的同一份表：什么也不存，说明内容相同。"""
    first = ledger.post(posting(filing(figure("I01", "7.20"))))
    second = ledger.post(posting(filing(figure("I01", "7.2")), content=b"saved again"))
    assert (second.outcome, second.same_values) == ("duplicate", True)
    assert second.receipts == first.receipts


def test_other_reporter_or_manner_is_on_record(ledger: Ledger) -> None:
    """数都一样而报送方式或审核人改了，收下为新的一次，没有格子重存。"""
    ledger.post(posting(filing(figure("I01", "1"))))
    posted = ledger.post(posting(filing(figure("I01", "1"), manner="补录"), content=b"2"))
    (receipt,) = posted.receipts
    assert (posted.outcome, receipt.revision, receipt.figures) == ("accepted", 2, 0)
    assert len(ledger.history("I01")) == 1


def test_new_evidence_is_never_dropped(ledger: Ledger) -> None:
    """内容相同而附件或确认是新的：收下；再来一次就是重复。"""
    one = filing(figure("I01", "1"))
    ledger.post(posting(one))
    for more in (
        posting(one, attachments=(("证明.pdf", b"pdf"),)),
        posting(one, confirmations=(("I01", "属实"),)),
    ):
        assert ledger.post(more).outcome == "accepted"
        assert ledger.post(more).outcome == "duplicate"
    assert ledger.confirmations() == (Confirmation("2023Q2-0003", "I01", "属实"),)


def test_confirmation_stands_with_its_filing(ledger: Ledger) -> None:
    """确认记在写了该事项的那份报表上；没有写的记在第一份上。"""
    ledger.post(
        posting(
            filing(figure("I01", "1"), agency="甲"),
            filing(figure("I02", "1"), agency="乙"),
            confirmations=(("I02", "属实"), ("I09", "另说")),
        )
    )
    assert [(c.receipt, c.item) for c in ledger.confirmations()] == [
        ("2023Q2-0002", "I02"),
        ("2023Q2-0001", "I09"),
    ]


def test_a_later_part_keeps_what_it_does_not_contain(ledger: Ledger) -> None:
    """几个科室分头报：后报的没有写的，照旧有效，列为保留。"""
    ledger.post(posting(filing(figure("I01", "1"), figure("I03", "3"))))
    (filed,) = ledger.post(posting(filing(figure("I02", "2")), content=b"2")).filings
    assert filed.kept == ("I01", "I03")
    assert [e.item for e in filed.kept_entries] == ["I01", "I03"]
    assert set(in_force(ledger)) == {("I01", "value"), ("I02", "value"), ("I03", "value")}


def test_withdrawal(ledger: Ledger) -> None:
    """撤回的退出有效，历史里还在；再报又有效，仍接在撤回后面。"""
    sent = posting(filing(withdrawn("I01")), content=b"2")
    ledger.post(posting(filing(figure("I01", "1"), figure("I02", "2"))))
    (receipt,) = ledger.post(sent).receipts
    assert (receipt.figures, receipt.texts) == (0, 0)
    assert in_force(ledger) == {("I02", "value"): "2"}
    assert ledger.post(sent).outcome == "duplicate"
    ledger.post(posting(filing(figure("I01", "1")), content=b"3"))
    states = [e.state for e in ledger.history("I01")]
    assert states == [State.FIGURE, State.WITHDRAWN, State.FIGURE]
    assert in_force(ledger)["I01", "value"] == "1"


def test_corrections_are_one_line(ledger: Ledger) -> None:
    """更正一笔接一笔，不分叉；只有最后一笔有效。"""
    for n in range(1, 5):
        ledger.post(posting(filing(figure("I01", str(n))), content=b"%d" % n))
    history = ledger.history("I01", Q2)
    assert [e.supersedes for e in history] == [None, *(e.number for e in history[:-1])]
    assert [e.revision for e in history] == [1, 2, 3, 4]
    assert ledger.entries() == history[-1:]
    assert ledger.history("I01", Q1) == ()


def test_old_bytes_that_no_longer_count_are_a_new_revision(ledger: Ledger) -> None:
    """被取代了的报表原样再报：收下为新的一次，原件不重复存。"""
    first = posting(filing(figure("I01", "1")), content=b"1")
    ledger.post(first)
    ledger.post(posting(filing(figure("I01", "2")), content=b"2"))
    posted = ledger.post(first)
    assert (posted.outcome, posted.receipts[0].revision) == ("accepted", 3)
    assert in_force(ledger) == {("I01", "value"): "1"}


def test_nil_return(ledger: Ledger) -> None:
    """零报告没有行也收下；最近一张还是它时再报为重复，其后另有报表的则为新的一次。"""
    nil = posting(filing(manner="零报告"), content=b"nil")
    assert ledger.post(nil).outcome == "accepted"
    assert ledger.post(nil).outcome == "duplicate"
    ledger.post(posting(filing(figure("I01", "1")), content=b"1"))
    (receipt,) = ledger.post(nil).receipts
    assert (receipt.revision, receipt.manner) == (3, "零报告")


def test_consolidated_file_stores_only_what_changed(ledger: Ledger) -> None:
    """汇总表里没有变动的单位不生出新的一次，返回它在案的回执。"""
    a, b = (filing(figure("I01", "1"), agency=name) for name in ("甲", "乙"))
    ledger.post(posting(a, b))
    changed = filing(figure("I01", "2"), agency="乙")
    posted = ledger.post(posting(a, changed, content=b"2"))
    assert (posted.outcome, posted.same_values) == ("accepted", False)
    assert [f.outcome for f in posted.filings] == ["duplicate", "accepted"]
    assert [r.receipt for r in posted.receipts] == ["2023Q2-0001", "2023Q2-0003"]


def test_preview_says_the_same_and_stores_nothing(ledger: Ledger) -> None:
    """试算与入库说的一样，什么也不存。"""
    ledger.post(posting(filing(figure("I01", "1"))))
    before = tables(ledger)
    sent = posting(filing(figure("I01", "2"), text("I01", "慢")), content=b"2")
    (seen,) = ledger.preview(sent).filings
    assert tables(ledger) == before
    (done,) = ledger.post(sent).filings
    assert (seen.changes, seen.kept, seen.same) == (done.changes, done.kept, done.same)
    assert seen.receipt is None


@pytest.mark.parametrize(
    "line",
    [
        Line("I02", "value", State.FIGURE, None, "表", "A1", value=Decimal(1)),  # type: ignore[arg-type]
        Line("I02", "value", State.FIGURE, "1", "表", None, value=Decimal(1)),  # type: ignore[arg-type]
        figure("I01", "9"),
    ],
    ids=["原文为空", "没有出处", "同一格两行"],
)
def test_all_or_nothing(ledger: Ledger, line: Line) -> None:
    """一行写不进，整份都不进，台账与先前一字不差；之后照常入库。"""
    ledger.post(posting(filing(figure("I03", "1"))))
    before = tables(ledger)
    broken = posting(filing(figure("I01", "1"), line), content=b"2", plan=b"new plan")
    with pytest.raises(RuntimeError, match="台账的写法不对"):
        ledger.post(broken)
    assert tables(ledger) == before
    assert ledger.verify() == ()
    assert ledger.post(posting(filing(figure("I01", "1")), content=b"3")).outcome == "accepted"


def test_infinite_figure_is_refused(ledger: Ledger) -> None:
    """不是有限的数不入库。"""
    bad = Line("I01", "value", State.FIGURE, "inf", "表", "A1", value=Decimal("Infinity"))
    with pytest.raises(ValueError, match="不是有限的数"):
        ledger.post(posting(filing(bad)))
    assert ledger.head.sequence == 0


def test_naive_time_is_refused(ledger: Ledger) -> None:
    """入库时间不带时区的不收。"""
    with pytest.raises(ValueError, match="时区"):
        ledger.post(posting(filing(), now=dt.datetime(2023, 7, 5)))  # noqa: DTZ001


def test_file_name_that_is_not_text(ledger: Ledger) -> None:
    """文件名不是合法文字（外来压缩包）也收，写成转义。"""
    ledger.post(posting(filing(), file="\udcb1.xlsx"))
    assert ledger.receipts()[0].file == "\\udcb1.xlsx"


def test_plan_is_kept_once(ledger: Ledger) -> None:
    """计划的原文按摘要只存一次，改了的另存。"""
    for n, plan in enumerate((b"old", b"old", b"new")):
        ledger.post(posting(filing(figure("I01", str(n))), content=b"%d" % n, plan=plan))
    rows = ledger._connection.execute("SELECT name, content FROM plan_source").fetchall()  # noqa: SLF001
    assert [tuple(row) for row in rows] == [
        ("measures.yaml", b"old"),
        ("targets.yaml", b"targets"),
        ("measures.yaml", b"new"),
        ("targets.yaml", b"targets"),
    ]


_DECIMALS = st.decimals(allow_nan=False, allow_infinity=False).filter(
    lambda d: abs(int(d.as_tuple().exponent)) < 400
)
_WORDS = st.text() | st.sampled_from(
    ["=cmd|'/c calc'!A1", "'; DROP TABLE entry;--", "换\n行", "🎉"]
)
_QUARTERS = st.builds(Quarter, st.integers(2000, 2099), st.integers(1, 4))
_ANSWERS = st.sampled_from([State.ZERO, State.NOT_APPLICABLE, State.NOT_UPDATED])
_CONTENTS = (
    st.builds(lambda v, q: {"state": State.FIGURE, "value": v, "data_at": q}, _DECIMALS, _QUARTERS)
    | st.builds(lambda t: {"state": State.TEXT, "text": t}, _WORDS)
    | st.builds(lambda s: {"state": s}, _ANSWERS)
)
_LINES = st.builds(
    lambda item, field, raw, sheet, content: Line(item, field, raw=raw, sheet=sheet, cell="A1", **content),
    _WORDS, st.sampled_from(["value", "note"]), _WORDS, _WORDS, _CONTENTS,
)  # fmt: skip


def _contents(lines: tuple[Line, ...] | object) -> object:
    return [
        (x.item, x.field, x.state, x.value, x.text, x.data_at, x.raw, x.sheet, x.cell)
        for x in lines  # type: ignore[attr-defined]
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    lines=st.lists(_LINES, unique_by=lambda line: (line.item, line.field), max_size=6),
    agency=_WORDS,
    by=_WORDS,
    content=st.binary(),
    quarter=_QUARTERS,
)
def test_whatever_is_posted_comes_back(  # noqa: PLR0917
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[Line],
    agency: str,
    by: str,
    content: bytes,
    quarter: Quarter,
) -> None:
    """任何数、任何文字，入库再查一字不差；再入一次等于一次；链完好。"""
    path = tmp_path_factory.mktemp("any") / "台 账%23?.db"
    sent: Posting = posting(
        filing(*lines, agency=agency, quarter=quarter, signed=(("filled_by", by),)), content=content
    )
    with Ledger.create(path) as ledger:
        assert ledger.post(sent).outcome == "accepted"
        assert ledger.post(sent).outcome == "duplicate"
    with Ledger.open(path, read_only=True) as ledger:
        assert _contents(ledger.entries(quarter=quarter)) == _contents(lines)
        assert {e.agency for e in ledger.entries()} <= {agency}
        assert ledger.receipts()[0].signed == (("filled_by", by),)
        assert ledger.content(sent.sha256) == content
        assert ledger.latest_quarter() == quarter
        assert ledger.verify() == ()


@given(value=_DECIMALS)
def test_one_number_has_one_spelling(value: Decimal) -> None:
    """同一个数只有一种写法，没有指数，值不变。"""
    spelt = decimal_text(value)
    assert Decimal(spelt) == value
    assert decimal_text(Decimal(spelt)) == spelt
    assert "E" not in spelt
    assert spelt != "-0"
    assert not ("." in spelt and spelt.endswith("0"))
