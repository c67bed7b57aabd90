"""每一笔都与存下的原件对得上；对不上的，不管链接得多好，都找得出来。"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from ipmeasures.ledger import originals, recheck, write
from ipmeasures.ledger.decision import DecisionKind, Ruling
from ipmeasures.ledger.originals import Proof, Verdict
from ipmeasures.ledger.recheck import Recheck
from ipmeasures.ledger.store import Ledger
from ipmeasures.quarter import Quarter
from ipmeasures.returns.line import Filing, Line, State
from tests.returns.old import xls

from . import NOON, Q1, Q2, figure, text, withdrawn
from .real import ANSWERS, BUREAU, REASON, filled, forge, plan, read, real_posting

CONTENT = filled()
(FILING,) = read(CONTENT)
OLD = "0.0.9"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


def store(path: Path, *filings: Filing, content: bytes = CONTENT) -> None:
    with Ledger.open_or_create(path) as ledger:
        assert ledger.post(real_posting(content, filings or None)).outcome == "accepted"


def checked(path: Path) -> Recheck:
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.verify() == ()
        return recheck.recheck(path, ledger.head.sequence)


def whys(path: Path) -> list[str]:
    """全部不符；没有一处是“没能重读”。"""
    doubts = checked(path).doubts
    assert all(doubt.verdict is Verdict.DIFFERS for doubt in doubts)
    return [doubt.why for doubt in doubts]


def altered(field: str, item: str = "I01", /, **changes: object) -> Filing:
    """原件读出的报表，改动一格。"""
    lines = [
        replace(line, **changes) if (line.item, line.field) == (item, field) else line
        for line in FILING.lines
    ]
    assert lines != list(FILING.lines)
    return replace(FILING, lines=tuple(lines))


def test_everything_agrees(path: Path) -> None:
    """没有动过的台账：几份原件、几张回执、几笔，笔笔一致；进度报到最后一笔。"""
    store(path)
    done: list[int] = []
    with Ledger.open(path, read_only=True) as ledger:
        found = recheck.recheck(path, ledger.head.sequence, done.append)
        assert recheck.recheck(path, 0) == Recheck(0, 0, 0, 0, ())
    assert found == Recheck(1, 1, len(FILING.lines), len(FILING.lines), ())
    assert len(FILING.lines) == 5  # 三个数、一个时点、一段原因
    assert sum(done) == 6


def test_old_format_is_read_again_too(path: Path) -> None:
    """.xls 也从存下的字节重读（在子进程里）。"""
    content = xls(CONTENT)
    store(path, content=content)
    assert checked(path).agreeing == len(read(content)[0].lines)


@pytest.mark.parametrize(
    ("filing", "why"),
    [
        (altered("value", value=Decimal("7.3")), "台账记“7.3”，原件这一格是“7.2”"),
        (altered("value", value=Decimal("7.3"), raw="7.3"), "台账记“7.3”，原件这一格是“7.2”"),
        (altered("value", value=None, state=State.NOT_APPLICABLE), "台账记“不适用”，原件这一格是“7.2”"),
        (altered("value", "M07-1", state=State.FIGURE), "台账记“数值”，原件这一格是“零”"),
        (altered("value", "I04", state=State.NOT_APPLICABLE), "台账记“不适用”，原件这一格是“未更新”"),
        (altered("value", raw="7.20"), "原样台账记“7.20”，原件是“7.2”"),
        (altered("value", data_at=Q1), "数据时点台账记“2023Q1”，原件是“2023Q2”"),
        (altered("value", data_at=None), "数据时点台账记“空”，原件是“2023Q2”"),
        (altered("value", cell="J9"), "位置台账记“指标数据!J9”，原件是“指标数据!J4”"),
        (altered("reason", text=REASON[:-2] + "缩短"), "审查周期延缩短”，原件这一格是“…"),
        (altered("reason", text=REASON + "以上"), "审查周期延长。以上”，原件这一格是“…"),
    ],
)  # fmt: skip
def test_a_changed_cell_is_found(path: Path, filing: Filing, why: str) -> None:
    """改了数、状态、原样、时点、位置或文字的一处，就说那一处；长的文字从不同处看起。"""
    store(path, filing)
    (said,) = whys(path)
    assert why in said
    assert len(said) < 200


def test_a_forger_who_mends_the_chain_is_found(path: Path) -> None:
    """改一位数字，再把整条链重算好：链看不出来，原件看得出来。"""
    store(path)
    forge(path, "UPDATE entry SET value = '9.2' WHERE item = 'I01' AND field = 'value'")
    (doubt,) = checked(path).doubts
    assert doubt.why == "台账记“9.2”，原件这一格是“7.2”"
    assert (doubt.item, doubt.field, doubt.sheet, doubt.cell) == ("I01", "value", "指标数据", "J4")
    assert (doubt.receipt, doubt.agency, doubt.file) == ("2023Q2-0001", BUREAU, "2023Q2.xlsx")


def test_a_figure_moved_to_another_item_is_found(path: Path) -> None:
    """把一个数记到别的事项名下：那一格是谁的，原件说了算；原来的事项也少了一笔。"""
    store(path, altered("value", item="I02"))
    assert whys(path) == [
        f"原件这一格是{BUREAU} 2023Q2 I01的",
        "原件这一格是“7.2”，台账里没有这一笔",
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (figure("I02", "1"), "台账记的原样是“1”，原件这一格是“海外发明专利授权量”"),
        (figure("I02", "1", field="note"), "台账记的原样是“1”"),
        (replace(figure("I02", "1"), cell="ZZ99"), "原件里没有这一格"),
        (replace(figure("I02", "1"), cell="不是格"), "原件里没有这一格"),
        (replace(figure("I02", "1"), sheet="没有的表"), "原件里没有这一格"),
    ],
)
def test_an_invented_figure_is_found(path: Path, line: Line, why: str) -> None:
    """原件里没有的一笔。"""
    if line.cell == "J3":
        line = replace(line, cell="B5")
    store(path, replace(FILING, lines=(*FILING.lines, line)))
    (said,) = whys(path)
    assert said.startswith(why)


def test_a_lost_figure_is_found(path: Path) -> None:
    """原件里有、台账里没有的数和文字，一笔也不放过。"""
    lines = [line for line in FILING.lines if line.item != "I01"]
    store(path, replace(FILING, lines=tuple(lines)))
    found = checked(path)
    assert {(doubt.item, doubt.field, doubt.cell) for doubt in found.doubts} == {
        ("I01", "value", "J4"), ("I01", "data_at", "K4"), ("I01", "reason", "M4"),
    }  # fmt: skip
    assert (found.entries, found.agreeing) == (2, 2)


def test_what_was_already_on_record_is_not_lost(path: Path) -> None:
    """与在案的一样、所以没有再入的，不算少；撤回本来就没有的也不算。"""
    store(path)
    answers = {
        **ANSWERS,
        "指标数据": {
            "I01": {"本期值": Decimal("7.4"), "数据时点": "2023-05"},
            "I04": {"本期值": "未更新"},
            "I11": {"本期值": "撤回", "说明": "误报"},
        },
    }
    store(path, content=filled(answers))
    found = checked(path)
    assert found.doubts == ()
    assert (found.files, found.receipts, found.entries) == (2, 2, 7)


def test_a_figure_told_again_without_its_date_is_not_lost(path: Path) -> None:
    """同一个数再报一次、没有写时点：时点照旧，没有再入，不算少；数不同而没有入的，是少了。"""
    store(path)
    more = {"I05": {"本期值": Decimal(9)}}
    store(path, content=filled({"指标数据": {"I01": {"本期值": Decimal("7.2")}, **more}}))
    assert checked(path).doubts == ()
    other = filled(
        {"指标数据": {"I01": {"本期值": Decimal("7.3")}, "I05": {"本期值": Decimal(10)}}}
    )
    lines = tuple(line for line in read(other)[0].lines if line.item == "I05")
    store(path, replace(FILING, lines=lines), content=other)
    assert whys(path) == ["原件这一格是“7.3”，台账里没有这一笔"]


def test_a_withdrawal_that_was_not_recorded_is_found(path: Path) -> None:
    """原件撤回了在案的数，台账里却没有撤回。"""
    store(path)
    content = filled({"指标数据": {"I01": {"本期值": "撤回", "说明": "误报"}}})
    (filing,) = read(content)
    kept = tuple(line for line in filing.lines if line.state is not State.WITHDRAWN)
    store(path, replace(filing, lines=kept), content=content)
    assert whys(path) == ["原件这一格是“撤回”，台账里没有这一笔"]


@pytest.mark.parametrize(("recorded", "entries"), [(True, 7), (False, 6)])
def test_withdrawing_what_was_sent_back(path: Path, *, recorded: bool, entries: int) -> None:
    """退回了的数再来撤回：撤回入库，以后不再等它；早先的程序没有入这一笔，也不算少。"""
    store(path)
    with Ledger.open(path) as ledger:
        ledger.decide(
            Ruling(
                DecisionKind.SEND_BACK, "2023Q2-0001", "口径不对", NOON, "李四", plan().digest, ()
            )
        )
    content = filled({"指标数据": {"I01": {"本期值": "撤回", "说明": "误报"}}})
    (filing,) = read(content)
    kept = tuple(line for line in filing.lines if line.state is not State.WITHDRAWN)
    store(path, filing if recorded else replace(filing, lines=kept), content=content)
    found = checked(path)
    assert (found.doubts, found.receipts, found.entries) == ((), 2, entries)


@pytest.mark.parametrize(
    ("filing", "why"),
    [
        (replace(FILING, manner="补录"), "报送方式台账记“补录”，原件是“正常”"),
        (replace(FILING, agency_as_written="市监局"), f"单位写作台账记“市监局”，原件是“{BUREAU}”"),
        (replace(FILING, signed=(("filled_by", "李四"),)), '报送信息台账记“[["filled_by", "李四"]]”'),
    ],
)  # fmt: skip
def test_a_changed_receipt_is_found(path: Path, filing: Filing, why: str) -> None:
    """报送方式、单位的写法、填报人，也与原件对。"""
    store(path, filing)
    (said,) = whys(path)
    assert said.startswith(why)


def test_a_return_under_another_name_is_found(path: Path) -> None:
    """整张报表记到别的单位、别的季度名下。"""
    store(path, replace(FILING, quarter=Quarter(2023, 1), lines=FILING.lines[:1]))
    assert whys(path) == [
        f"原件这一格是{BUREAU} 2023Q2 I01的",
        f"原件里没有{BUREAU} 2023Q1的报表，只有{BUREAU} 2023Q2",
    ]


def test_the_counts_on_the_receipt_are_held(path: Path) -> None:
    """回执上写的笔数，与台账里的一样。"""
    store(path)
    forge(path, "UPDATE receipt SET figures = 4")
    assert whys(path) == ["回执记入库数 4、文字 2，台账里是 3、2"]


def test_rotten_bytes_of_an_original(path: Path) -> None:
    """存的原件坏了一个字节：它名下的每一笔都没有凭据。"""
    store(path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TRIGGER file_no_update")
        raw.execute("UPDATE file SET content = zeroblob(size)")
        raw.commit()
    with Ledger.open(path, read_only=True) as ledger:
        assert any("SHA-256 不符" in said for said in ledger.verify())
        found = recheck.recheck(path, ledger.head.sequence)
    assert {doubt.why for doubt in found.doubts} == {"存的原件已与它的 SHA-256 不符"}
    assert (len(found.doubts), found.agreeing) == (5, 0)


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """以前版本的程序入库。"""

    def before(version: str = OLD) -> None:
        monkeypatch.setattr(write, "__version__", version)

    return before


def verdicts(path: Path) -> set[Verdict]:
    return {doubt.verdict for doubt in checked(path).doubts}


def post_with_a_plan_no_longer_read(path: Path, filing: Filing = FILING) -> None:
    with Ledger.open_or_create(path) as ledger:
        ledger.post(real_posting(CONTENT, (filing,), targets=b"settings: {}"))


def test_rules_that_changed_are_no_damage(path: Path, old: Callable[[], None]) -> None:
    """以前版本入的库、现在的读法读不出（计划读不通），而格里的字和数都还对得上：不算损坏。"""
    old()
    post_with_a_plan_no_longer_read(path)
    found = checked(path)
    assert {doubt.verdict for doubt in found.doubts} == {Verdict.UNREAD}
    assert len(found.doubts) == len(FILING.lines) + 1
    assert found.doubts[0].why == (
        "现在的读法不读这一格，格里的字与入库时一样（当时由 ipmeasures 0.0.9 入库）"
    )


def test_the_same_program_must_read_it_again(path: Path) -> None:
    """同一版程序入的库，现在却读不出：不是读法变了，是有人动过。"""
    post_with_a_plan_no_longer_read(path)
    assert all("入库的就是这一版程序" in why for why in whys(path))


@pytest.mark.parametrize(
    "filing",
    [
        altered("value", value=Decimal("7.3")),
        altered("value", value=Decimal("7.3"), raw="7.3"),
        altered("value", "M07-1", value=None, state=State.NOT_UPDATED),
        altered("value", "I04", state=State.NOT_APPLICABLE),
        altered("value", cell="J5"),
        altered("reason", text="另一个原因"),
    ],
)
def test_a_changed_figure_never_passes_as_a_changed_rule(
    path: Path, old: Callable[[], None], filing: Filing
) -> None:
    """照计划读不出的时候，只看那一格，也看得出改了数、状态、位置或文字。"""
    old()
    post_with_a_plan_no_longer_read(path, filing)
    assert verdicts(path) == {Verdict.DIFFERS, Verdict.UNREAD}
    assert sum(doubt.verdict is Verdict.DIFFERS for doubt in checked(path).doubts) == 1


def test_a_state_that_is_none_is_shown_as_it_is(path: Path, old: Callable[[], None]) -> None:
    """状态坏成不认得的字，照样说得出，不出意外。"""
    old()
    post_with_a_plan_no_longer_read(path)
    forge(path, "UPDATE entry SET state = '怪', value = NULL WHERE item = 'M07-1'")
    differing = [d.why for d in checked(path).doubts if d.verdict is Verdict.DIFFERS]
    assert differing == ["台账记“怪”，原件这一格是“0”"]


@pytest.mark.parametrize(("version", "verdict"), [(OLD, Verdict.UNREAD), ("", Verdict.DIFFERS)])
def test_an_original_that_opens_no_more(
    path: Path, old: Callable[[str], None], version: str, verdict: Verdict
) -> None:
    """整个文件现在打不开：以前版本入的，可能是读法严了；这一版自己入的，不该打不开。"""
    if version:
        old(version)
    filing = replace(FILING, lines=(figure("I01", "7.2"), text("I01", "慢")))
    store(path, filing, content=b"not a workbook")
    assert verdicts(path) == {verdict}


def test_a_reader_that_gave_no_answer_is_no_damage(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """读旧格式的进程没有按时答复：这一次没能重读，不说成损坏。"""
    store(path, content=xls(CONTENT))
    monkeypatch.setattr("ipmeasures.returns.legacy.command", lambda: ["false"])
    assert verdicts(path) == {Verdict.UNREAD}


@pytest.mark.parametrize(
    ("field", "version", "verdict"),
    [
        ("reason", OLD, Verdict.UNREAD),
        ("reason", "", Verdict.DIFFERS),
        ("value", OLD, Verdict.DIFFERS),
    ],
)
def test_a_column_an_older_program_did_not_take(
    path: Path, old: Callable[[str], None], field: str, version: str, verdict: Verdict
) -> None:
    """以前版本没有收的一栏文字，不算损坏；数从来都收，少了就是少了。"""
    if version:
        old(version)
    kept = tuple(line for line in FILING.lines if (line.item, line.field) != ("I01", field))
    store(path, replace(FILING, lines=kept))
    assert verdicts(path) == {verdict}


def test_a_few_entries_are_proved_by_number(path: Path) -> None:
    """溯源只重读要看的那几笔。"""
    store(path)
    with Ledger.open(path, read_only=True) as ledger:
        entries = {e.field: e.number for e in ledger.history("I01", Q2)}
    proofs = recheck.prove(path, [entries["value"], entries["reason"]])
    assert proofs == {
        entries["value"]: Proof(Verdict.AGREES, "7.2"),
        entries["reason"]: Proof(Verdict.AGREES, REASON),
    }
    forge(path, "UPDATE entry SET value = '9.2' WHERE item = 'I01' AND field = 'value'")
    proof = recheck.prove(path, [entries["value"]])[entries["value"]]
    assert (proof.verdict, proof.raw) == (Verdict.DIFFERS, "7.2")


def test_one_reading_serves_all_its_figures(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """一份原件不管几笔、几张回执，只读一遍。"""
    store(path)
    calls: list[int] = []
    real = recheck.read_again
    monkeypatch.setattr(recheck, "read_again", lambda c, p: (calls.append(1), real(c, p))[1])
    assert checked(path).agreeing == 5
    assert len(calls) == 1


def test_words_for_the_verdicts() -> None:
    assert [verdict.label for verdict in Verdict] == ["一致", "不符", "没能重读"]
    assert originals.PROGRAM.startswith("ipmeasures ")


def test_withdrawn_entries_are_proved(path: Path) -> None:
    """撤回的一笔也有凭据。"""
    store(path)
    store(path, content=filled({"指标数据": {"I01": {"本期值": "撤回", "说明": "误报"}}}))
    assert withdrawn("I01").state is State.WITHDRAWN
    with Ledger.open(path, read_only=True) as ledger:
        last = [e for e in ledger.history("I01", Q2) if e.field == "value"][-1]
    assert recheck.prove(path, [last.number]) == {last.number: Proof(Verdict.AGREES, "撤回")}
