"""台账被人改过：要印出去、要作依据的不照它说，写的不接在它后面；退出码 5，说用哪份备份。"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ipmeasures.ledger.store import Ledger
from tests.commands.conftest import Fill, Run, figures

BUREAU = "市市场监管局"
WHY = ("--why", "样例")


@pytest.fixture
def reported(ipm: Run, filled: Fill) -> Run:
    """两次入库：第二次以前自动备份过，当天再写不再备份；一季度锁着。"""
    ipm("ingest", filled(BUREAU, "2023Q1", figures(I01="7.0")))
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20", I09="6.8")))
    assert ipm("lock", "2023Q1", *WHY).status == 0
    return ipm


@pytest.fixture
def ledger(home: Path) -> Path:
    return home / "data" / "ledger.db"


def change(ledger: Path, trigger: str, statement: str, *, put_back: bool = True) -> None:
    """绕过触发器改一处；``put_back`` 是改完把触发器照原样放回去。"""
    with closing(sqlite3.connect(ledger)) as connection:
        query = "SELECT sql FROM sqlite_schema WHERE name = ?"
        [(text,)] = connection.execute(query, (trigger,)).fetchall()
        connection.execute(f"DROP TRIGGER {trigger}")
        if statement:
            assert connection.execute(statement).rowcount == 1
        if put_back:
            connection.execute(text)
        connection.commit()


def tamper(ledger: Path, how: str) -> None:
    """改数、改文件名里一个字节、改原件的登记、删一行、去掉触发器、塞进一行没有上链的。"""
    changes = {
        "value": ("entry_no_update", "UPDATE entry SET value = '9.99' WHERE value = '7.2'"),
        "name": (
            "receipt_no_update",
            "UPDATE receipt SET file_name = 'x' || substr(file_name, 2) WHERE ordinal = 1",
        ),
        "file": (
            "file_no_update",
            "UPDATE file SET name = 'x' || name WHERE number = (SELECT min(number) FROM file)",
        ),
        "row": ("entry_no_delete", "DELETE FROM entry WHERE value = '7.2'"),
        "trigger": ("entry_no_update", ""),
        "stray": (
            "act_no_replace",
            "INSERT INTO act VALUES (9999, 'post', '2026-01-01', 'x', 'x', NULL)",
        ),
    }
    change(ledger, *changes[how], put_back=how != "trigger")


TAMPERED = ("value", "name", "file", "row", "trigger", "stray")
READING = (
    ("report", "--year", "2023", "--quarter", "2", "--format", "md"),
    ("notice", "--quarter", "2023Q2"),
    ("archive", "--quarter", "2023Q2"),
    ("explain", "I01", "--quarter", "2023Q2"),
    ("trace", "I01", "--quarter", "2023Q2"),
)
WRITING = (
    ("notice", "--quarter", "2023Q2", "--sent"),
    ("send-back", "2023Q2-0002", *WHY),
    ("lock", "2023Q2", *WHY),
    ("unlock", "2023Q1", *WHY),
)


@pytest.mark.parametrize("how", TAMPERED)
def test_nothing_is_printed_from_it(reported: Run, ledger: Path, home: Path, how: str) -> None:
    """报告、通知、归档、解释、来处：不照改过的说，退出码 5，指出好的备份；什么也没有写。"""
    tamper(ledger, how)
    for words in READING:
        told = reported(*words)
        assert (words, told.status, told.out) == (words, 5, "")
        assert "台账损坏" in told.err
        assert "最近一份好的备份是" in told.err
    assert not list((home / "reports").glob("2023Q2*"))


@pytest.mark.parametrize("how", TAMPERED)
def test_nothing_is_written_on_top(reported: Run, filled: Fill, ledger: Path, how: str) -> None:
    """收表和各种决定：当天已经备份过也一样，不接在改过的后面写，退出码 5。"""
    new = filled(BUREAU, "2023Q2", figures(I01="7.5"), name="更正.xlsx")
    tamper(ledger, how)
    before = ledger.read_bytes()
    for words in (*WRITING, ("ingest", str(new))):
        told = reported(*words)
        assert (words, told.status, ledger.read_bytes() == before) == (words, 5, True)
        assert "台账损坏" in told.err


def test_sound_ones_go_on(reported: Run) -> None:
    """没有改过的，照常。"""
    for words in (*READING, *WRITING):
        assert (words, reported(*words).status) == (words, 0)


def test_gaps_only_looks(reported: Run, ledger: Path) -> None:
    """gaps 天天看，不核对链；文档里说明。"""
    tamper(ledger, "value")
    assert reported("gaps", "--quarter", "2023Q2").status == 0


@pytest.mark.usefixtures("reported")
def test_the_last_links_are_enough_for_each_write(ledger: Path) -> None:
    """快核对只看最后几环：改在更早的，看整条链才看得出。"""
    tamper(ledger, "name")
    with Ledger.open(ledger, read_only=True) as opened:
        opened.require_sound(3)
        with pytest.raises(Exception, match="与链上的摘要不符"):
            opened.require_sound()


def test_an_original_is_checked_when_it_is_taken(reported: Run, ledger: Path) -> None:
    """原件的内容被换了，链上的摘要照旧：归档取出来的时候看得出。"""
    change(
        ledger,
        "file_no_update",
        "UPDATE file SET content = zeroblob(size) WHERE name LIKE '2023Q2%'",
    )
    told = reported("archive", "--quarter", "2023Q2")
    assert (told.status, "与它的摘要不符" in told.err) == (5, True)


def test_no_copy_means_the_whole_chain(
    reported: Run, filled: Fill, ledger: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """当天的备份做不成，就把整条链核对一遍再写。"""
    monkeypatch.setattr("ipmeasures.commands.recording._LINKS", 1)
    for path in (home / "data" / "backup").glob("*.db"):
        path.unlink()
    (home / "data" / "backup").rmdir()
    (home / "data" / "backup").write_text("挡着")
    tamper(ledger, "name")
    told = reported("ingest", filled(BUREAU, "2023Q2", figures(I01="7.5"), name="更正.xlsx"))
    assert (told.status, "台账损坏" in told.err) == (5, True)
