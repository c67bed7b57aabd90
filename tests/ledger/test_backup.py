"""备份：完整、核对过才放上；别人的文件不碰；当天第一次写以前自动做，几个进程同时来也只做一份。"""

import datetime as dt
import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ipmeasures.errors import CannotWrite, FileUnreadable, LedgerBusy, LedgerDamaged, UsageError
from ipmeasures.ledger import backup, verify
from ipmeasures.ledger.backup import KEPT, back_up, back_up_first
from ipmeasures.ledger.entry import Posting
from ipmeasures.ledger.store import Ledger

from . import figure, filing, posting

DAY = dt.date(2023, 7, 5)
AUTO = "ledger-20230705-auto.db"


def one(n: int) -> Posting:
    return posting(filing(figure("I01", str(n))), content=b"%d" % n)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.db"
    with Ledger.create(path) as ledger:
        ledger.post(one(1))
    return path


def add(path: Path, n: int) -> None:
    with Ledger.open(path) as ledger:
        ledger.post(one(n))


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def rot(path: Path) -> None:
    """改一个字节，数据库看不出，链看得出。"""
    content = path.read_bytes()
    assert content.count("（章）".encode()) == 1
    path.write_bytes(content.replace("（章）".encode(), "（假）".encode()))


def test_a_copy_is_the_whole_ledger(path: Path, tmp_path: Path) -> None:
    """备份打开就是一本台账：同样的链头、同样的各笔、同样的原件；旁边不留草稿；可以当台账接着用。"""
    target = tmp_path / "新" / "副本.db"
    done: list[int] = []
    with Ledger.open(path) as ledger:
        assert back_up(path, target, done.append) == ledger.head
        with Ledger.open(target) as copy:
            assert (copy.head, copy.entries()) == (ledger.head, ledger.entries())
            assert copy.content(ledger.receipts()[0].sha256) == b"1"
            assert copy.verify() == ()
            assert copy.post(one(2)).outcome == "accepted"
        assert sum(done) == ledger.head.sequence
    assert [n for n in names(target.parent) if not n.endswith("-journal")] == ["副本.db"]
    mask = os.umask(0)
    os.umask(mask)
    assert target.stat().st_mode & 0o777 == 0o666 & ~mask


def test_others_go_on_working(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """抄的时候别人有一笔没有写完：抄的是它以前的样子，它照样写完。"""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute(
            "INSERT INTO link SELECT number + 1, 'act', hash, hash FROM link ORDER BY number DESC LIMIT 1"
        )
        with Ledger.open(path, read_only=True) as ledger:
            assert back_up(path, tmp_path / "a.db") == ledger.head
        other.execute("ROLLBACK")
    monkeypatch.setattr(backup, "sync", lambda _: add(path, 2))  # 抄完、还没有放上
    head = back_up(path, tmp_path / "b.db")
    with Ledger.open(tmp_path / "b.db") as copy, Ledger.open(path) as ledger:
        assert copy.head == head != ledger.head


def test_an_earlier_copy_is_replaced(path: Path, tmp_path: Path) -> None:
    """那里是这本台账早先的备份：换成新的。"""
    target = tmp_path / "a.db"
    back_up(path, target)
    add(path, 2)
    head = back_up(path, target)
    with Ledger.open(target) as copy:
        assert copy.head == head


def write_text(target: Path) -> None:
    target.write_text("领导改过", "utf-8")


def write_another(target: Path) -> None:
    with Ledger.create(target) as other:
        other.post(one(9))


def write_further(target: Path) -> None:
    add(target, 9)


def make_a_link(target: Path) -> None:
    target.unlink()
    target.symlink_to("没有的文件")


@pytest.mark.parametrize("spoil", [write_text, rot, write_further, make_a_link])
def test_what_is_not_ours_is_left_alone(path: Path, tmp_path: Path, spoil: object) -> None:
    """那里是别的文件、改过的备份、比台账还多几笔的、指到别处的链接：不覆盖，一个字节不动。"""
    target = tmp_path / "a.db"
    back_up(path, target)
    spoil(target)  # type: ignore[operator]
    before = target.read_bytes() if target.exists() else b""
    with pytest.raises(CannotWrite, match="那里已有别的文件，没有覆盖"):
        back_up(path, target)
    assert (target.read_bytes() if target.exists() else b"") == before


def test_another_ledger_is_left_alone(path: Path, tmp_path: Path) -> None:
    """别的工作文件夹的台账，也是别人的。"""
    write_another(tmp_path / "a.db")
    with pytest.raises(CannotWrite, match="没有覆盖"):
        back_up(path, tmp_path / "a.db")


def test_never_over_the_ledger_itself(path: Path, tmp_path: Path) -> None:
    """备份到台账自己（或它的别名）：不做。"""
    (tmp_path / "同一个.db").hardlink_to(path)
    for target in (path, tmp_path / "同一个.db"):
        with pytest.raises(UsageError, match="就是台账自己"):
            back_up(path, target)


def test_somebody_came_first(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """核对的时候别人在那里放了文件：不盖掉。"""
    target = tmp_path / "a.db"
    monkeypatch.setattr(backup, "sync", lambda _: write_text(target))
    with pytest.raises(CannotWrite, match="刚刚有了同名的文件"):
        back_up(path, target)
    assert target.read_text("utf-8") == "领导改过"


def test_a_damaged_ledger_is_not_copied(path: Path, tmp_path: Path) -> None:
    """内容与链对不上的台账：不做一份看着是好的备份，说最近一份好的在哪里。"""
    back_up_first(path, DAY)
    rot(path)
    before = path.read_bytes()
    with pytest.raises(LedgerDamaged, match=rf"有内容不对（第 \d+ 笔.*没有备份.*{AUTO}"):
        back_up(path, tmp_path / "a.db")
    path.write_bytes(before[:8192] + b"\xff" * 4096 + before[12288:])
    with pytest.raises(LedgerDamaged):
        back_up(path, tmp_path / "a.db")
    assert names(tmp_path) == ["backup", "ledger.db", "ledger.db-journal"]


def test_a_bad_copy_is_no_damaged_ledger(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """抄来的读不通、台账自己核对得过：说备份没有做成，不说台账坏了。"""
    told = iter([iter(["第 1 页读不出来"]), iter([])])
    monkeypatch.setattr(backup, "find_damage", lambda *_: next(told))
    with pytest.raises(CannotWrite, match=r"^备份没有做成：.*抄来的与台账不一样，请检查磁盘"):
        back_up(path, tmp_path / "a.db")
    assert names(tmp_path) == ["ledger.db", "ledger.db-journal"]


def test_a_disk_that_cannot_be_read_is_no_damaged_ledger(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """核对时磁盘读写出错：说读不出来、检查磁盘，不算台账损坏。"""

    def failing(*_: object) -> Iterator[str]:
        error = sqlite3.OperationalError("english")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ  # type: ignore[attr-defined]
        raise error
        yield ""

    monkeypatch.setattr(verify, "_chain", failing)
    with Ledger.open(path) as ledger, pytest.raises(FileUnreadable, match="请检查文件的权限和磁盘"):
        ledger.verify()


@pytest.mark.parametrize(
    "trouble",
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EROFS, "磁盘是只读的"),
        (errno.EACCES, "没有写入权限"),
        (errno.EIO, "请检查文件夹的权限和磁盘"),
    ],
)
@pytest.mark.parametrize("step", ["new_file", "sync", "put"])
def test_no_room(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, trouble: tuple[int, str]
) -> None:
    """哪一步写不进去都说清楚，不留草稿，台账不动。"""

    def fail(*_: object) -> None:
        raise OSError(trouble[0], "english")

    monkeypatch.setattr(backup, step, fail)
    before = path.read_bytes()
    with pytest.raises(CannotWrite, match=f"^备份没有做成：.*{trouble[1]}") as caught:
        back_up(path, tmp_path / "b" / "a.db")
    assert "english" not in str(caught.value)
    assert names(tmp_path / "b") == []
    assert path.read_bytes() == before


class _Full(sqlite3.Connection):
    """抄到一半磁盘满了的连接。"""

    code = sqlite3.SQLITE_FULL

    def backup(self, *_: object, **__: object) -> None:
        error = sqlite3.OperationalError("english")
        error.sqlite_errorcode = self.code  # type: ignore[attr-defined]
        raise error


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (sqlite3.SQLITE_FULL, "备份没有做成.*磁盘已满"),
        (sqlite3.SQLITE_IOERR, "备份没有做成.*请检查文件夹的权限和磁盘"),
        (sqlite3.SQLITE_CORRUPT, "台账损坏"),
    ],
)
def test_trouble_while_copying(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    """抄到一半磁盘满：说磁盘满，不说台账坏；台账坏的说台账坏。"""
    monkeypatch.setattr(_Full, "code", code)
    real = sqlite3.connect

    def connecting(*arguments: object, **options: object) -> sqlite3.Connection:
        return real(*arguments, **options, factory=_Full)  # type: ignore[arg-type, call-overload, no-any-return]

    monkeypatch.setattr(sqlite3, "connect", connecting)
    with pytest.raises((CannotWrite, LedgerDamaged), match=said):
        back_up(path, tmp_path / "a.db")
    assert not (tmp_path / "a.db").exists()


def test_a_copy_that_is_not_the_same_is_thrown_away(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """抄出来的链头对不上：不放上。"""
    heads = iter([1, 2])
    monkeypatch.setattr(backup, "read_head", lambda _: next(heads))
    with pytest.raises(CannotWrite, match="抄得不完整"):
        back_up(path, tmp_path / "a.db")
    assert not (tmp_path / "a.db").exists()


def test_before_the_first_write_of_a_day(path: Path) -> None:
    """当天没有就做一份，有了不再做；第二天又做一份。"""
    folder = path.parent / "backup"
    back_up_first(path, DAY)
    with Ledger.open(folder / AUTO) as copy:
        first = copy.head
    add(path, 2)
    back_up_first(path, DAY)
    with Ledger.open(folder / AUTO) as copy:
        assert copy.head == first
    back_up_first(path, DAY + dt.timedelta(1))
    with Ledger.open(path) as ledger, Ledger.open(folder / "ledger-20230706-auto.db") as copy:
        assert copy.head == ledger.head != first


def test_nothing_recorded_yet(tmp_path: Path) -> None:
    """刚建好、还没有记录的台账没有可备份的。"""
    path = tmp_path / "ledger.db"
    Ledger.create(path).close()
    back_up_first(path, DAY)
    assert not (tmp_path / "backup").exists()


def test_the_last_thirty_are_kept(path: Path) -> None:
    """自动的只留最近 30 份；人自己做的、别的文件一个不删；抄到一半被杀的草稿清掉。"""
    folder = path.parent / "backup"
    folder.mkdir()
    mine = ["ledger-20200101-090000.db", "年底.db", "ledger-20200101-auto.db.bak"]
    draft = f".{AUTO}.77-abcd.new"
    for name in (*mine, draft, f"{draft}-journal"):
        (folder / name).write_bytes(b"x")
    for days in range(40):
        back_up_first(path, DAY + dt.timedelta(days))
    left = set(names(folder)) - set(mine)
    assert KEPT == 30
    assert left == {f"ledger-{DAY + dt.timedelta(d):%Y%m%d}-auto.db" for d in range(10, 40)}
    assert set(mine) <= set(names(folder))


def test_the_newest_is_never_pruned(path: Path) -> None:
    """钟被拨回去以后做的，名字排在最前，也不是最旧的。"""
    for days in range(KEPT):
        back_up_first(path, DAY + dt.timedelta(days))
    back_up_first(path, dt.date(2020, 1, 1))
    folder = path.parent / "backup"
    assert names(folder)[0] == "ledger-20200101-auto.db"
    assert len(names(folder)) == KEPT
    assert AUTO not in names(folder)


def test_what_cannot_be_pruned_is_left(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """旧的清不掉（正被打开）不碍事，下次再清。"""

    def stuck(_: Path) -> list[Path]:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", stuck)
    back_up_first(path, DAY)
    monkeypatch.undo()
    assert names(path.parent / "backup") == [AUTO]


def test_a_damaged_ledger_stops_the_day(path: Path) -> None:
    """坏了的台账不再写，也不让坏的一天天顶掉好的备份。"""
    back_up_first(path, DAY)
    rot(path)
    with pytest.raises(LedgerDamaged, match=AUTO):
        back_up_first(path, DAY + dt.timedelta(1))
    assert names(path.parent / "backup") == [AUTO]


def test_busy_is_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """别人正在写：说正忙，不说备份坏了。"""
    real = backup.connect
    monkeypatch.setattr(
        backup, "connect", lambda path, *, read_only: real(path, read_only=read_only, wait=0.05)
    )
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerBusy):
            back_up_first(path, DAY)


FIRST = """
import datetime as dt, sys
from pathlib import Path
from ipmeasures.ledger import backup, verify
made = []
real = backup._make_daily
backup._make_daily = lambda *a: (made.append(1), real(*a))
backup.back_up_first(Path(sys.argv[1]), dt.date(2023, 7, 5))
print(len(made))
"""


@pytest.mark.slow
def test_eight_at_once_make_one(path: Path) -> None:
    """八个进程同时来：只有一个做，别的等它做完；不留草稿。"""
    command = [sys.executable, "-c", FIRST, str(path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(8)]
    made = [int(process.communicate(timeout=60)[0]) for process in running]
    assert [process.returncode for process in running] == [0] * 8
    assert sorted(made) == [0] * 7 + [1]
    assert names(path.parent / "backup") == [AUTO]
