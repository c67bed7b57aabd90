"""台账坏了：说出最近一份好的备份和怎么换；没有好的也说。"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ipmeasures.errors import LedgerDamaged
from ipmeasures.ledger.backup import back_up
from ipmeasures.ledger.store import Ledger

from . import figure, filing, posting


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.db"
    Ledger.create(path).close()
    for n in range(1, 4):
        with Ledger.open(path) as ledger:
            ledger.post(posting(filing(figure("I01", str(n))), content=b"%d" % n))
        back_up(path, tmp_path / "backup" / f"{4 - n}.db")  # 名字倒着起：新旧看内容
    return path


def refusal(path: Path) -> str:
    with pytest.raises(LedgerDamaged) as caught:
        Ledger.open(path, read_only=True)
    return str(caught.value)


def test_the_newest_good_copy_is_named(path: Path) -> None:
    """点名最近一份，写到哪张回执，怎么换，换了以后做什么；日志一起移走，不然会写坏备份。"""
    path.write_bytes(b"x" * 5000)
    said = refusal(path)
    for words in (
        f"最近一份好的备份是 {path.parent / 'backup' / '1.db'}",
        "2023-07-05",
        "的回执 2023Q2-0003）",
        "ledger.db-journal（有的话）移到别处",
        "改名为 ledger.db",
        "ipm verify",
        "其后收到的表再收一遍",
    ):
        assert words in said
    assert "\n" not in said


def test_following_the_words_helps(path: Path) -> None:
    """照着做：换上备份，台账就好了。"""
    with Ledger.open(path) as ledger:
        before = ledger.head
    path.write_bytes(b"")
    assert "1.db" in refusal(path)
    for name in ("ledger.db", "ledger.db-journal"):
        (path.parent / name).replace(path.parent / f"坏的-{name}")
    shutil.copyfile(path.parent / "backup" / "1.db", path)
    with Ledger.open(path) as ledger:
        assert (ledger.head, ledger.verify()) == (before, ())


def test_bad_copies_are_passed_over(path: Path) -> None:
    """坏了的、打不开的、别的文件、改过内容的、还没有记录的，都不算好的备份。"""
    folder = path.parent / "backup"
    newest, second = folder / "1.db", folder / "2.db"
    newest.write_bytes(newest.read_bytes().replace("（章）".encode(), "（假）".encode()))
    (folder / "改了时间.db").write_bytes(b"")
    shutil.copyfile(second, folder / "时间坏了.db")
    with closing(sqlite3.connect(folder / "时间坏了.db")) as raw:
        raw.execute("DROP TRIGGER act_no_update")
        raw.execute("UPDATE act SET recorded_at = '昨天'")
        raw.commit()
    Ledger.create(folder / "空的.db").close()
    (folder / "文件夹.db").mkdir()
    path.write_bytes(b"")
    assert f"最近一份好的备份是 {second}（" in refusal(path)
    second.write_bytes(second.read_bytes()[:-4096])
    (folder / "3.db").write_bytes(b"x")
    assert "里没有好的备份" in refusal(path)


def test_there_is_no_copy(tmp_path: Path) -> None:
    """一份备份也没有：说去哪里找，没有的怎么重来。"""
    path = tmp_path / "ledger.db"
    path.write_bytes(b"")
    said = refusal(path)
    assert f"{tmp_path / 'backup'} 里没有好的备份" in said
    assert "重新收一遍" in said


def test_a_newer_ledger_needs_no_rescue(path: Path) -> None:
    """比本程序新的台账没有坏：只请升级，不劝人换回旧的。"""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 2")
    said = refusal(path)
    assert "请升级" in said
    assert "备份" not in said


def test_a_folder_that_cannot_be_listed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """备份文件夹读不了，照样说得出话。"""

    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path.write_bytes(b"")
    monkeypatch.setattr(Path, "glob", denied)
    assert "里没有好的备份" in refusal(path)
