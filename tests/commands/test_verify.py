"""``ipm verify``、``ipm trace`` 的凭据：完好的说清核对了什么，损坏的找得出、说得明、退出码 5。"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ipmeasures.commands.verify import _is_good
from ipmeasures.ledger.store import Ledger
from ipmeasures.report.terminal.layout import width
from tests.commands.conftest import Fill, Run, figures
from tests.ledger.real import forge

BUREAU = "市市场监管局"


@pytest.fixture
def reported(ipm: Run, filled: Fill) -> Run:
    ipm("ingest", filled(BUREAU, "2023Q1", figures(I01="7.0")))
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20", I09="6.8")))
    return ipm


@pytest.fixture
def ledger(home: Path) -> Path:
    return home / "data" / "ledger.db"


def test_a_sound_ledger(reported: Run, ledger: Path) -> None:
    """完好：几份原件、几张回执、几笔，校验码；退出码 0，什么也不往标准错误写。"""
    told = reported("verify")
    assert (told.status, told.err) == (0, "")
    with Ledger.open(ledger) as opened:
        head = opened.head
    assert told.out.splitlines() == [
        f"台账完好：{ledger}",
        f"  链 {head.sequence} 环，环环相接，引用都在",
        "  原件 2 份，回执 2 张",
        "  入库 6 笔，逐笔从原件重新读出，全部一致",
        f"  台账校验码 {head.short}",
    ]


def test_the_keys(reported: Run, ledger: Path) -> None:
    """JSON 的键；数都在。"""
    found = reported("verify", "--format", "json").json
    with Ledger.open(ledger) as opened:
        head = opened.head
    assert found == {
        "ledger": str(ledger),
        "exists": True,
        "sound": True,
        "head": {"sequence": head.sequence, "hash": head.hash},
        "files": 2,
        "receipts": 2,
        "entries": 6,
        "agreeing": 6,
        "damage": [],
        "differing": [],
        "unread": [],
    }


def test_nothing_recorded_yet(ipm: Run) -> None:
    """还没有台账：说尚无入库记录，退出码 0，不建台账。"""
    told = ipm("verify")
    assert (told.status, told.out) == (0, "")
    assert "尚无入库记录" in told.err
    found = ipm("verify", "--format", "json").json
    assert (found["exists"], found["sound"], found["head"]) == (False, True, None)


def test_a_forged_figure(reported: Run, ledger: Path) -> None:
    """改一位数字、把链重算好：verify 找得出，点名哪张回执哪一格；trace 也说不符；退出码都是 5。"""
    assert reported("backup").status == 0
    forge(ledger, "UPDATE entry SET value = '9.2' WHERE value = '7.2'")
    told = reported("verify")
    assert told.status == 5
    assert told.out.startswith(
        f"台账损坏，1 处不对：{ledger}\n  - 回执 2023Q2-0002 {BUREAU} I01 本期值"
    )
    plain = "".join(told.out.split())
    assert "指标数据!J4）：台账记“9.2”，原件这一格是“7.2”" in plain
    assert "其中5笔一致，1笔不一致或没能重读" in plain
    assert all(width(line) <= 80 for line in told.out.splitlines()[1:])
    assert "最近一份好的备份是 " in told.err
    (found,) = reported("verify", "--format", "json").json["differing"]
    assert (found["item"], found["field"], found["cell"]) == ("I01", "value", "J4")
    assert (found["verdict"], found["receipt"]) == ("differs", "2023Q2-0002")
    traced = reported("trace", "I01", "--quarter", "2023Q2")
    assert traced.status == 5
    assert "与原件不符：台账记“9.2”，原件这一格是“7.2”" in traced.out
    proof = reported("trace", "I01", "--quarter", "2023Q2", "--format", "json").json["proof"]
    assert (proof["raw"], proof["agrees"]) == ("7.2", False)
    assert reported("trace", "I09", "--quarter", "2023Q2").status == 0


def test_a_forged_copy_is_not_offered(reported: Run, ledger: Path) -> None:
    """备份自己也被改过的，不说成好的备份。"""
    forge(ledger, "UPDATE entry SET value = '9.2' WHERE item = 'I09' AND field = 'value'")
    assert reported("backup").status == 0  # 链是好的，备份看不出
    told = reported("verify")
    assert told.status == 5
    names = [p.name for p in (ledger.parent / "backup").iterdir() if "auto" in p.name]
    assert f"最近一份好的备份是 {ledger.parent / 'backup' / names[0]}" in told.err


def test_a_damaged_copy_is_not_offered(reported: Run, ledger: Path) -> None:
    """链断了的备份、打不开的备份，都不说成好的。"""
    folder = ledger.parent / "backup"
    (auto,) = folder.iterdir()
    auto.write_bytes(auto.read_bytes().replace("样例".encode(), "样品".encode()))
    forge(ledger, "UPDATE entry SET value = '9.2' WHERE value = '7.2'")
    assert f"{folder} 里没有好的备份" in reported("verify").err
    assert not _is_good(folder / "没有.db")


def test_damage_in_the_file(reported: Run, ledger: Path) -> None:
    """文件里坏了几个字：说哪一笔与链不符，原件照样核对；两种毛病都数进去。"""
    content = ledger.read_bytes()
    ledger.write_bytes(content.replace("样例".encode(), "样品".encode()))
    told = reported("verify")
    assert told.status == 5
    assert "与链上的摘要不符" in "".join(told.out.split())
    assert "台账记“样品”，原件这一格是“样例”" in "".join(told.out.split())
    assert "环环相接" not in told.out
    assert "里没有好的备份" not in told.err  # 当天自动的那份是好的


def test_a_ledger_too_damaged_to_read_on(
    reported: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """坏得读不下去：读得出的毛病照说，说明没有再核对原件。"""
    content = bytearray(ledger.read_bytes())
    with Ledger.open(ledger) as opened:
        page = opened._connection.execute(  # noqa: SLF001
            "SELECT rootpage FROM sqlite_schema WHERE name = 'receipt'"
        ).fetchone()[0]
    content[(page - 1) * 4096 : (page - 1) * 4096 + 100] = b"\xee" * 100
    ledger.write_bytes(content)
    told = reported("verify")
    assert told.status == 5
    assert "台账读不通，没有再拿原件核对" in told.out
    assert reported("verify", "--format", "json").json["sound"] is False
    monkeypatch.setattr(Ledger, "verify", lambda *_: ())
    assert "台账损坏" in reported("verify").err


@pytest.mark.parametrize(
    ("table", "column"), [("receipt", "file"), ("act", "plan"), ("receipt", "agency")]
)
@pytest.mark.parametrize("rotten", ["CAST(x'b7' || substr({0}, 2) AS TEXT)", "NULL"])
def test_rotten_keys(reported: Run, ledger: Path, table: str, column: str, rotten: str) -> None:
    """键上的字节坏得不成文字、变成了空的：核对说得出损坏，看的命令不出意外。"""
    with closing(sqlite3.connect(ledger)) as raw:
        raw.execute(f"DROP TRIGGER {table}_no_update")
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '') WHERE name = ?", (table,)
        )
        raw.commit()
    with closing(sqlite3.connect(ledger)) as raw:
        raw.execute(f"UPDATE {table} SET {column} = {rotten.format(column)}")  # noqa: S608
        raw.commit()
    told = reported("verify")
    assert (told.status, "与链上的摘要不符" in told.out) == (5, True)
    for command in ("gaps", "returns", "trace"):
        words = ("I01",) if command == "trace" else ()
        assert reported(command, *words, "--quarter", "2023Q2").status in {0, 5}


def test_a_refused_ledger(reported: Run, ledger: Path) -> None:
    """空的、不是数据库的：照样是 5，一句话，点名好的备份。"""
    reported("backup")
    ledger.write_bytes(b"")
    told = reported("verify")
    assert (told.status, told.out) == (5, "")
    assert "台账是空文件" in told.err
    assert "最近一份好的备份是 " in told.err
    assert told.err.count("\n") == 1
    assert reported("gaps").err == told.err


def test_a_broken_plan_is_no_hindrance(reported: Run, home: Path) -> None:
    """计划文件现在有错、改过，台账照样核对：用的是当时的计划。"""
    (home / "data" / "targets.yaml").write_text("坏了", "utf-8")
    assert reported("gaps").status == 2
    assert reported("verify").status == 0


def test_a_printed_head(reported: Run, ledger: Path) -> None:
    """回执上印的校验码在链上就对；截掉了尾巴的台账，链再好也对不上。"""
    with Ledger.open(ledger) as opened:
        heads = [receipt.head for receipt in opened.receipts()]
    assert reported("verify", "--head", heads[0], "--head", heads[1].upper()).status == 0
    copy = next(p for p in (ledger.parent / "backup").iterdir() if "auto" in p.name)
    ledger.write_bytes(copy.read_bytes())  # 回到了第二份入库以前
    assert reported("verify").status == 0
    told = reported("verify", "--head", heads[0], "--head", heads[1])
    assert told.status == 5
    assert told.out.startswith(f"台账损坏，1 处不对：{ledger}\n  - 校验码 {heads[1]} 不在链上")


@pytest.mark.parametrize("text", ["", "abc", "不是校验码", "0" * 65, "%" * 12])
def test_a_head_that_is_none(reported: Run, text: str) -> None:
    """不是校验码的，说照哪里抄。"""
    told = reported("verify", "--head", text)
    assert told.status == 2
    assert "不是台账校验码" in told.err
