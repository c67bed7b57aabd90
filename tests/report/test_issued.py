"""印发了的报告：印了哪些数，以后哪些变了。"""

import datetime as dt
from dataclasses import replace

from ipmeasures.ledger.decision import Decision, DecisionKind, SentBack
from ipmeasures.ledger.entry import Entry
from ipmeasures.report.issued import corrections, printed_figures
from ipmeasures.report.parts import CorrectionRow
from ipmeasures.report.proof.document import Table, Words
from ipmeasures.returns.line import State
from tests.progress.plans import AGENCY, entry, indicator, plan, q

LONG_AGO = dt.datetime(2023, 7, 20, tzinfo=dt.UTC)
LATER = LONG_AGO + dt.timedelta(days=30)
PLAN = plan(indicator("0", "20"), indicator("0", "20", id="I02"))


def issue(
    quarter: str,
    figures: dict[str, str],
    number: str | None = "威知〔2023〕1号",
    **corrected: object,
) -> Decision:
    detail = {
        "quarter": quarter,
        "number": number,
        "figures": figures,
        "corrected": corrected.get("corrected", {}),
    }
    kind = DecisionKind.ISSUE
    return Decision(90, kind, "报告.docx", None, "印发", detail, LONG_AGO, "甲")


def told(
    issued: list[Decision],
    now: dict[str, dict[str, str]],
    quarter: str = "2023Q3",
    entries: tuple[Entry, ...] = (),
    sent_back: tuple[SentBack, ...] = (),
) -> tuple[CorrectionRow, ...]:
    return corrections(
        PLAN, entries, sent_back, issued, q(quarter), lambda when: now.get(str(when), {})
    )


def reported(field: str, *, text: str | None = None, when: dt.datetime = LATER) -> Entry:
    made = entry("I01", "2023Q2", "7.5", number=5, field=field)
    state = State.TEXT if text else State.FIGURE
    return replace(made, recorded_at=when, text=text, state=state)


def test_printed_figures_are_read_from_the_tables() -> None:
    """照表里的名称或编号认；没有“本期”一栏的表不看；同一项以先出现的表为准。"""
    words = Words(
        (),
        (
            Table(1, (("指标", "目标"), ("指标I01", "20"))),
            Table(2, (("指标", "本期"), ("指标I01", "7.20"), ("合计", "1"))),
            Table(
                3, (("编号", "事项", "本期"), ("I01", "别名", "9"), ("I02", "", "8.36（累计41）"))
            ),
            Table(4, ()),
        ),
    )
    assert printed_figures(words, PLAN.figure_items) == {"I01": "7.20", "I02": "8.36（累计41）"}


def test_only_against_issued_versions() -> None:
    """没有印发过的，没有更正说明。"""
    assert told([], {"2023Q2": {"I01": "7.50"}}) == ()


def test_what_changed_since_is_listed_with_its_reason() -> None:
    """原、现、原因、单位、哪份报告；没有变的、写法不同的不列；原因照单位写的说明。"""
    entries = (
        reported("value"),
        reported("note", text="统计口径更正；"),
        reported("note", text="印发以前写的", when=LONG_AGO),
    )
    (row,) = told(
        [issue("2023Q2", {"I01": "7.20", "I02": "5.0"})],
        {"2023Q2": {"I01": "7.50", "I02": "5.00"}},
        entries=entries,
    )
    assert (row.id, row.old, row.new, row.unit) == ("I01", "7.20", "7.50", "件")
    assert row.report == "2023年第二季度报告（威知〔2023〕1号）"
    assert row.reason == f"{AGENCY}：统计口径更正。"
    assert row.agencies == AGENCY


def test_a_reason_nobody_gave_is_not_made_up() -> None:
    """没有写说明的，说未说明原因；没有文号的不写文号；年报叫年度报告。"""
    (row,) = told([issue("2022Q4", {"I01": "7.2"}, None)], {"2022Q4": {"I01": "7.5"}})
    assert (row.reason, row.report, row.agencies) == ("未说明原因。", "2022年度报告", "—")


def test_a_figure_sent_back_since() -> None:
    """印发以后退回的：现在没有数，原因是退回的理由。"""
    decision = Decision(99, DecisionKind.SEND_BACK, "r", "I01", "口径不对", {}, LATER, "甲")
    back = SentBack(decision, AGENCY, q("2023Q2"), ("I01",), ("I01",), unanswered=False)
    issued = [issue("2023Q2", {"I01": "7.2"})]
    (row,) = told(issued, {"2023Q2": {"I01": "—"}}, sent_back=(back,))
    assert (row.new, row.reason) == ("—", f"{AGENCY}所报已退回：口径不对。")
    (row,) = told(issued, {"2023Q2": {}}, sent_back=(replace(back, waiting=()),))
    assert (row.new, row.reason) == ("—", "未说明原因。")


def test_said_once() -> None:
    """后来印发的报告已经说明过更正的，不再说；又变了的，与上次说的比。"""
    first = issue("2023Q2", {"I01": "7.20"})
    second = issue("2023Q3", {}, corrected={"2023Q2": {"I01": "7.50"}})
    assert told([first, second], {"2023Q2": {"I01": "7.5"}}) == ()
    (row,) = told([first, second], {"2023Q2": {"I01": "7.8"}})
    assert (row.old, row.new) == ("7.50", "7.8")


def test_later_quarters_are_not_looked_at() -> None:
    """写二季度的报告，不说三季度的更正。"""
    issued = [issue("2023Q3", {"I01": "7.2"})]
    assert told(issued, {"2023Q3": {"I01": "8"}}, quarter="2023Q2") == ()


def test_words_count_when_there_is_no_figure() -> None:
    """原来没有数、现在有了，也是更正。"""
    (row,) = told([issue("2023Q2", {"I01": "—"})], {"2023Q2": {"I01": "7.5"}})
    assert (row.old, row.new) == ("—", "7.5")
