"""``ipm backup``：备份到哪里、叫什么；做不成的说为什么。"""

import re
from pathlib import Path

import pytest

from ipmeasures.ledger.store import Ledger
from tests.commands.conftest import Fill, Run, figures

BUREAU = "市市场监管局"
NAME = r"ledger-\d{8}-\d{6}\.db"


@pytest.fixture
def reported(ipm: Run, filled: Fill) -> Run:
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20")))
    return ipm


def place(out: str) -> Path:
    return Path(out.splitlines()[0].removeprefix("备份好了，已逐环核对："))


def test_by_default_beside_the_ledger(reported: Run, home: Path) -> None:
    """不写去处的，放在 data/backup/，按日期和时间起名；说校验码。"""
    told = reported("backup")
    assert (told.status, told.err) == (0, "")
    copy = place(told.out)
    assert copy.parent == home / "data" / "backup"
    assert re.fullmatch(NAME, copy.name)
    with Ledger.open(copy) as opened:
        assert f"台账校验码 {opened.head.short}，链 {opened.head.sequence} 环" in told.out
        assert opened.verify() == ()


@pytest.mark.parametrize(
    ("words", "name"),
    [("U盘", NAME), ("U盘/新文件夹", NAME), ("U盘/年底.db", "年底.db"), ("年底.bak", "年底.bak")],
)
def test_to_a_file_or_a_folder(reported: Run, tmp_path: Path, words: str, name: str) -> None:
    """写文件夹的在里面起名，写文件的照写；没有的文件夹建好。"""
    (tmp_path / "U盘").mkdir()
    told = reported("backup", tmp_path / words)
    assert told.status == 0
    assert re.fullmatch(name, place(told.out).name)
    with Ledger.open(place(told.out)) as copy:
        assert len(copy.receipts()) == 1


def test_what_is_there_is_left_alone(reported: Run, tmp_path: Path, home: Path) -> None:
    """那里有别的文件、就是台账自己：不做，原样不动。"""
    path = tmp_path / "年底.db"
    path.write_text("别的", "utf-8")
    told = reported("backup", path)
    assert told.status == 6
    assert "没有覆盖，请换一个名称" in told.err
    assert path.read_text("utf-8") == "别的"
    told = reported("backup", home / "data" / "ledger.db")
    assert told.status == 2
    assert "就是台账自己" in told.err


def test_again_over_our_own(reported: Run, filled: Fill, tmp_path: Path) -> None:
    """每天备份到同一个文件：早先的一份换成新的。"""
    path = tmp_path / "年底.db"
    assert reported("backup", path).status == 0
    reported("ingest", filled(BUREAU, "2023Q3", figures(I01="7.40")))
    assert reported("backup", path).status == 0
    with Ledger.open(path) as copy:
        assert len(copy.receipts()) == 2


def test_nothing_to_copy(ipm: Run, home: Path) -> None:
    """还没有台账：说先收表，不建什么。"""
    told = ipm("backup")
    assert told.status == 2
    assert "尚无入库记录" in told.err
    assert not (home / "data" / "backup").exists()


def test_no_room(reported: Run, home: Path) -> None:
    """写不进去：退出码 6，一行说为什么。"""
    (home / "data" / "backup").write_bytes(b"")
    told = reported("backup")
    assert told.status == 6
    assert told.err.startswith("备份没有做成：")
    assert told.err.count("\n") == 1


def test_a_lost_ledger_is_not_begun_anew(reported: Run, filled: Fill, home: Path) -> None:
    """台账不见了而有备份：不另起一本，退出码 5，说用哪份、怎么放回去；照做就接着收。"""
    assert reported("backup").status == 0
    [copy] = (home / "data" / "backup").glob("*.db")
    ledger = home / "data" / "ledger.db"
    ledger.unlink()
    new = filled(BUREAU, "2023Q3", figures(I01="7.5"))
    for more in ((), ("--dry-run",)):
        told = reported("ingest", new, *more)
        assert (told.status, ledger.exists(), told.out) == (5, False, "")
        assert f"最近一份好的备份是 {copy}（到 " in told.err
        assert "的回执 2023Q2-0001" in told.err
    for command in ("gaps", "verify"):
        told = reported(command)
        assert told.status == 0
        assert "尚无入库记录" in told.err
        assert f"台账 {ledger} 不见了" in told.err
    copy.rename(ledger)
    assert reported("verify").status == 0
    assert "回执 2023Q3-0002" in reported("ingest", new).out


def test_a_lost_ledger_with_no_good_copy(reported: Run, filled: Fill, home: Path) -> None:
    """备份都是坏的，也不另起一本；把备份文件夹移走，才是另起一本。"""
    ledger = home / "data" / "ledger.db"
    reported("backup")
    [copy] = (home / "data" / "backup").glob("*.db")
    copy.write_bytes(b"x" * 100)
    ledger.unlink()
    new = filled(BUREAU, "2023Q3", figures(I01="7.5"))
    told = reported("ingest", new)
    assert (told.status, "其中没有完好的" in told.err) == (5, True)
    (home / "data" / "backup").rename(home / "old")
    assert "回执 2023Q3-0001" in reported("ingest", new).out
