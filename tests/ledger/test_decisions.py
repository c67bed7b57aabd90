"""办公室的决定：退回了的不作数，以前的不自己回来；锁定、解锁；当时的计划。"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from ipmeasures.errors import LedgerBusy
from ipmeasures.ledger.decision import Decision, DecisionKind, Ruling
from ipmeasures.ledger.log import About
from ipmeasures.ledger.store import Ledger

from . import NOON, Q1, Q2, Q3, figure, filing, posting, text, withdrawn

DAY = dt.timedelta(days=1)
OTHER = "市科技局"


def ruling(
    kind: DecisionKind, subject: str, *items: str, day: int = 9, why: str = "样例理由"
) -> Ruling:
    given = posting(filing(figure("I01", "1")))
    return Ruling(
        kind,
        subject,
        why,
        NOON + day * DAY,
        "王五",
        given.plan_digest,
        given.plan_sources,
        items,
    )


def send_back(ledger: Ledger, subject: str, *items: str) -> tuple[Decision, ...]:
    return ledger.decide(ruling(DecisionKind.SEND_BACK, subject, *items))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """一个单位报了两次：I01 由 1 改为 2，I02 和原因只在第一次。"""
    with Ledger.create(tmp_path / "ledger.db") as ledger:
        first = filing(figure("I01", "1"), figure("I02", "5"), text("I01", "原因"))
        ledger.post(posting(first, content=b"1"))
        ledger.post(posting(filing(figure("I01", "2")), content=b"2", now=NOON + DAY))
        yield ledger


def standing(ledger: Ledger, as_of: int | None = None) -> dict[tuple[str, str], str | None]:
    return {
        (e.item, e.field): str(e.value) if e.value is not None else e.text
        for e in ledger.entries(as_of)
    }


def test_a_decision_is_on_record(ledger: Ledger) -> None:
    """谁、何时、为什么、哪一项，都在案，写进同一条链。"""
    (made,) = send_back(ledger, "2023Q2-0002", "I01")
    assert (made.kind, made.subject, made.item) == (DecisionKind.SEND_BACK, "2023Q2-0002", "I01")
    assert (made.why, made.recorded_by, made.detail) == ("样例理由", "王五", {})
    assert made.day == (NOON + 9 * DAY).astimezone().date()
    assert ledger.decisions() == (made,)
    assert ledger.decisions(DecisionKind.LOCK) == ()
    assert ledger.decisions(as_of=made.number - 1) == ()
    assert ledger.verify() == ()


def test_what_stood_before_does_not_come_back(ledger: Ledger) -> None:
    """退回现行的 2，先前的 1 不自己回来；没有被取代的别的格照旧。"""
    before = ledger.head.sequence
    send_back(ledger, "2023Q2-0002")
    assert standing(ledger) == {("I02", "value"): "5", ("I01", "reason"): "原因"}
    assert standing(ledger, before)["I01", "value"] == "2"
    (back,) = ledger.sent_back()
    assert (back.agency, back.quarter, back.waiting) == ("市市场监管局", Q2, ("I01",))
    assert back.unanswered
    assert ledger.sent_back(before) == ()


def test_single_items_go_back_with_their_words(ledger: Ledger) -> None:
    """只退一项：这张回执里该项的数和文字都不作数，别的回执里的不动。"""
    send_back(ledger, "2023Q2-0001", "I01", "I02")
    assert standing(ledger) == {("I01", "value"): "2"}
    first, second = ledger.sent_back()
    # I01 的数在第二次的回执里，仍作数，退回的只是原因
    assert (first.items, first.waiting, first.unanswered) == (("I01",), (), False)
    assert (second.items, second.waiting) == (("I02",), ("I02",))
    assert [e.item for e in ledger.awaiting()] == ["I02", "I01"]


def test_only_a_figure_that_no_longer_counts_is_awaited(tmp_path: Path) -> None:
    """先前的回执退回了：后来又报过的数作数，不等重报；没有再报的才等。这家有作数的回执，算报了。"""
    with Ledger.create(tmp_path / "ledger.db") as ledger:
        first = filing(
            figure("I01", "7.1"), figure("I09", "7.0"), text("I09", "年报", field="source")
        )
        ledger.post(posting(first, content=b"1"))
        again = filing(figure("I09", "7.2"), text("I09", "年报", field="source"))
        ledger.post(posting(again, content=b"2", now=NOON + DAY))
        send_back(ledger, "2023Q2-0001")
        assert standing(ledger) == {("I09", "value"): "7.2"}
        (back,) = ledger.sent_back()
        assert (back.waiting, back.unanswered) == (("I01",), False)
        send_back(ledger, "2023Q2-0002")
        first_back, second_back = ledger.sent_back()
        assert (first_back.waiting, second_back.waiting) == (("I01",), ("I09",))
        assert first_back.unanswered
        assert second_back.unanswered


def test_words_are_awaited_until_said_again(tmp_path: Path) -> None:
    """措施的进展退回了，等重报；后来的回执说过状态的，不等。"""
    with Ledger.create(tmp_path / "ledger.db") as ledger:
        first = filing(text("M01", "推进中", field="status"), text("M01", "样例", field="progress"))
        ledger.post(posting(first, content=b"1"))
        send_back(ledger, "2023Q2-0001", "M01")
        assert [one.waiting for one in ledger.sent_back()] == [("M01",)]
        ledger.post(posting(filing(text("M01", "已完成", field="status")), content=b"2"))
        assert [one.waiting for one in ledger.sent_back()] == [()]


def test_a_new_figure_takes_its_place(ledger: Ledger) -> None:
    """重报以后顶上，接在退回的那一笔后面；与退回的相同也要存，不算重复。"""
    send_back(ledger, "2023Q2-0002")
    again = ledger.post(posting(filing(figure("I01", "2")), content=b"3", now=NOON + 10 * DAY))
    assert again.outcome == "accepted"
    assert standing(ledger)["I01", "value"] == "2"
    assert [e.supersedes is None for e in ledger.history("I01")] == [True, True, False, False]
    (back,) = ledger.sent_back()
    assert (back.waiting, back.unanswered) == ((), False)
    assert ledger.awaiting() == ()
    assert ledger.verify() == ()


def test_a_withdrawal_answers_too(ledger: Ledger) -> None:
    """退回了的，单位再填撤回：不作数的还是不作数，也不再等它重报。"""
    send_back(ledger, "2023Q2-0002", "I01")
    ledger.post(posting(filing(withdrawn("I01")), content=b"3"))
    assert ("I01", "value") not in standing(ledger)
    # 撤回了就不再等它重报；再撤回一次，没有变动
    assert [one.waiting for one in ledger.sent_back()] == [()]
    assert ledger.awaiting() == ()
    again = ledger.post(posting(filing(withdrawn("I01")), content=b"4"))
    assert again.filings[0].changes == ()
    assert ledger.verify() == ()


def test_an_empty_cell_keeps_nothing_that_was_sent_back(ledger: Ledger) -> None:
    """退回的格，后来的表没有写：不列为保留。"""
    send_back(ledger, "2023Q2-0001", "I02")
    later = ledger.post(posting(filing(figure("I01", "3")), content=b"3"))
    assert later.filings[0].kept == ("I01",)  # 只有原因一段


def test_a_zero_report_sent_back_is_not_a_duplicate(tmp_path: Path) -> None:
    """整张退回的零报告，同样的话再报一次，是新的回执。"""
    with Ledger.create(tmp_path / "ledger.db") as ledger:
        zero = filing(manner="零报告")
        ledger.post(posting(zero, content=b"1"))
        send_back(ledger, "2023Q2-0001")
        assert ledger.post(posting(zero, content=b"2")).outcome == "accepted"


def test_a_locked_quarter_takes_nothing(ledger: Ledger) -> None:
    """锁着的季度，核对以后才锁的也写不进；别的季度照收；解锁以后照收。"""
    ledger.decide(ruling(DecisionKind.LOCK, "2023Q2"))
    assert list(ledger.locks()) == ["2023Q2"]
    with pytest.raises(LedgerBusy, match="2023Q2 刚刚锁定"):
        ledger.post(posting(filing(figure("I01", "3")), content=b"3"))
    ledger.post(posting(filing(figure("I01", "3"), quarter=Q3), content=b"4"))
    ledger.decide(ruling(DecisionKind.UNLOCK, "2023Q2", day=10))
    assert ledger.locks() == {}
    ledger.post(posting(filing(figure("I01", "3")), content=b"3"))


def test_the_plan_of_the_time_is_kept(ledger: Ledger) -> None:
    """每次写入都存下当时的计划；看以前的，取那时最后一次的。"""
    before = ledger.head.sequence
    ledger.post(posting(filing(figure("I01", "3")), content=b"3", plan=b"amended"))
    old, new = ledger.plan_at(before), ledger.plan_at(ledger.head.sequence)
    assert old
    assert new
    assert old[1]["measures.yaml"] == b"measures"
    assert new[1]["measures.yaml"] == b"amended"
    assert ledger.plan_at(0) is None


def test_quarters_after(ledger: Ledger) -> None:
    """其后有报表的季度，不重复，先后为序。"""
    for n, quarter in enumerate((Q3, Q1, Q3)):
        ledger.post(posting(filing(figure("I01", str(n)), quarter=quarter), content=b"q%d" % n))
    assert ledger.quarters_after(Q1) == (Q2, Q3)
    assert ledger.quarters_after(Q3) == ()


def test_entries_of_some_items(ledger: Ledger) -> None:
    """可只要几个事项的；一个也不要，就一个也没有。"""
    assert {e.item for e in ledger.entries(items=["I02"])} == {"I02"}
    assert ledger.entries(items=[]) == ()


def test_the_log_says_old_new_and_why(ledger: Ledger) -> None:
    """历史：改动列原来的和现在的，随同的说明、确认、附件都在；决定按先后在其中。"""
    note = text("I01", "口径调整", field="note")
    ledger.post(
        posting(
            filing(figure("I01", "3"), note),
            content=b"3",
            confirmations=(("I01", "核过"),),
            attachments=(("函.pdf", b"%PDF"),),
        )
    )
    send_back(ledger, "2023Q2-0003", "I01")
    first, second, third, last = ledger.log(About())
    assert first.filed[0].corrections == ()
    (changed,) = second.filed[0].corrections
    assert changed.old
    assert (str(changed.old.value), str(changed.new.value), changed.why) == ("1", "2", None)
    assert third.filed[0].corrections[0].why == "口径调整"
    assert [c.reason for c in third.filed[0].confirmations] == ["核过"]
    assert third.filed[0].attachments == ("函.pdf",)
    assert [d.item for d in last.decisions] == ["I01"]
    assert last.recorded_by == "王五"


def test_the_log_of_one_item_lists_every_entry(ledger: Ledger) -> None:
    """看一个事项：第一次报的也列；没有它的写入不列。"""
    ledger.post(posting(filing(figure("I02", "7")), content=b"3"))
    found = ledger.log(About(item="I02"))
    told = [
        (c.old and str(c.old.value), str(c.new.value))
        for act in found
        for c in act.filed[0].corrections
    ]
    assert told == [(None, "5"), ("5", "7")]


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        (About(), ["post", "post", "send_back", "lock", "settings"]),
        (About(quarter=Q2), ["post", "send_back", "lock"]),
        (About(quarter=Q3), ["post"]),
        (About(agency=OTHER), ["post", "lock"]),
        (About(item="I01"), ["post", "send_back", "lock"]),
        (About(item="I09"), ["post", "lock"]),
    ],
)
def test_the_log_can_be_narrowed(tmp_path: Path, about: About, expected: list[str]) -> None:
    """可只看一个季度、一个单位、一个事项；锁定与哪家哪项无关，都列。"""
    with Ledger.create(tmp_path / "ledger.db") as ledger:
        ledger.post(posting(filing(figure("I01", "1")), content=b"1"))
        other = filing(figure("I09", "1"), agency=OTHER, quarter=Q3)
        ledger.post(posting(other, content=b"2"))
        send_back(ledger, "2023Q2-0001", "I01")
        ledger.decide(ruling(DecisionKind.LOCK, "2023Q2"))
        ledger.decide(ruling(DecisionKind.SETTINGS, "settings"))
        found = ledger.log(about)
    told = [d.kind.value for act in found for d in act.decisions]
    assert [*(["post"] * sum(bool(act.filed) for act in found)), *told] == expected


def test_the_log_until_then(ledger: Ledger) -> None:
    """以何时为准，历史也到那时为止。"""
    until = ledger.head.sequence
    send_back(ledger, "2023Q2-0002")
    assert len(ledger.log(About(), until)) == 2


@pytest.mark.parametrize("kind", list(DecisionKind))
def test_kinds_have_words(kind: DecisionKind) -> None:
    """每种决定有给人看的叫法，都不相同。"""
    assert kind.label.isprintable()
    assert sum(other.label == kind.label for other in DecisionKind) == 1
