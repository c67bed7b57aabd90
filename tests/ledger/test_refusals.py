"""不该碰的文件逐样拒绝，一个字节也不动；话说全：哪里、什么、怎么办。"""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ipmeasures.errors import (
    CannotWrite,
    FileUnreadable,
    IpmError,
    LedgerBusy,
    LedgerDamaged,
    UsageError,
)
from ipmeasures.ledger import create
from ipmeasures.ledger.connect import _trouble
from ipmeasures.ledger.store import Ledger

from . import figure, filing, posting

ONE = posting(filing(figure("I01", "1")))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.db"
    with Ledger.create(path) as ledger:
        ledger.post(ONE)
    return path


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def foreign(path: Path) -> None:
    path.unlink()
    run(path, "CREATE TABLE link (number INTEGER)")


def plain_text(path: Path) -> None:
    path.write_text("编号,本期值\n" * 300, encoding="utf-8")


def short_text(path: Path) -> None:
    path.write_text("x", encoding="utf-8")


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def newer(path: Path) -> None:
    run(path, "PRAGMA user_version = 2")


def unversioned(path: Path) -> None:
    run(path, "PRAGMA user_version = 0")


def without_chain(path: Path) -> None:
    run(path, "DROP TABLE link")


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (empty, "台账是空文件"),
        (foreign, "不是台账：.*别的程序的文件"),
        (plain_text, "不是台账：.*不是数据库文件"),
        (short_text, "不是台账：.*别的程序的文件"),
        (truncated, "台账损坏：.*备份"),
        (newer, "台账比本程序新：.*第 2 版.*请升级"),
        (unversioned, "台账损坏：.*版本号"),
        (without_chain, "台账损坏：.*结构"),
    ],
)
def test_refused_and_left_alone(
    path: Path, spoil: Callable[[Path], None], words: str, *, read_only: bool
) -> None:
    """空的、别人的、损坏的、比本程序新的：拒绝，说清楚，不覆盖。"""
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(LedgerDamaged, match=words) as refusal:
        Ledger.open(path, read_only=read_only)
    assert "请" in str(refusal.value)
    with pytest.raises(LedgerDamaged):
        Ledger.open_or_create(path)
    assert path.read_bytes() == before


def test_missing(tmp_path: Path) -> None:
    """没有台账：打开不会顺手建一个。"""
    path = tmp_path / "ledger.db"
    assert not Ledger.exists(path)
    with pytest.raises(UsageError, match="尚无入库记录"):
        Ledger.open(path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    """那里是个文件夹，或上级不是文件夹。"""
    with pytest.raises(FileUnreadable, match="不是文件"):
        Ledger.open(tmp_path)
    (tmp_path / "x").write_text("x")
    with pytest.raises(FileUnreadable, match="读不出来"):
        Ledger.open(tmp_path / "x" / "ledger.db")


def test_create_never_overwrites(path: Path) -> None:
    """新建不覆盖已有的文件。"""
    before = path.read_bytes()
    with pytest.raises(CannotWrite, match="已经有了"):
        Ledger.create(path)
    assert path.read_bytes() == before


def test_create_leaves_no_draft(path: Path) -> None:
    """新建以后旁边没有草稿；同事也能读写（按系统的默认权限）。"""
    names = {p.name for p in path.parent.iterdir()} - {"ledger.db-journal"}
    assert names == {"ledger.db"}
    mask = os.umask(0)
    os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~mask


def test_create_where_there_is_no_folder(tmp_path: Path) -> None:
    """文件夹不存在：写不进去。"""
    with pytest.raises(CannotWrite, match="文件夹不存在"):
        Ledger.open_or_create(tmp_path / "none" / "ledger.db")


def test_create_beside_a_leftover_journal(tmp_path: Path) -> None:
    """旁边有上一本没写完的日志：不新建，不然 SQLite 会拿它改新台账。"""
    (tmp_path / "ledger.db-journal").write_bytes(b"x" * 600)
    with pytest.raises(CannotWrite, match="日志"):
        Ledger.open_or_create(tmp_path / "ledger.db")
    assert [p.name for p in tmp_path.iterdir()] == ["ledger.db-journal"]


def _no_links(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_create_on_a_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """磁盘不支持硬链接：用锁文件代替，同样不覆盖。"""
    monkeypatch.setattr(create.os, "link", _no_links)
    path = tmp_path / "ledger.db"
    lock = tmp_path / "ledger.db.creating"
    lock.touch()
    with pytest.raises(LedgerBusy, match="正在新建"):
        Ledger.open_or_create(path)
    lock.unlink()
    with Ledger.create(path) as ledger:
        ledger.post(ONE)
    with pytest.raises(CannotWrite, match="已经有了"):
        Ledger.create(path)
    assert not lock.exists()


def test_create_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """放不下：写不进去，不留草稿。"""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(create.os, "link", full)
    with pytest.raises(CannotWrite, match="磁盘已满"):
        Ledger.create(tmp_path / "ledger.db")
    assert list(tmp_path.iterdir()) == []


def test_draft_that_cannot_be_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """草稿清不掉不碍事：台账已经建好了。"""

    def stuck(self: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(13, f"{self} {missing_ok}")

    monkeypatch.setattr(Path, "unlink", stuck)
    Ledger.create(tmp_path / "ledger.db").close()


def test_busy(path: Path) -> None:
    """别人正在写：等过以后说正忙，之后照常。"""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Ledger.open(path, wait=0.05) as ledger:
            assert len(ledger.entries()) == 1
            with pytest.raises(LedgerBusy, match=r"^台账正忙：.*请稍后再试$"):
                ledger.post(posting(filing(figure("I02", "2")), content=b"2"))
        other.execute("ROLLBACK")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerBusy):
            Ledger.open(path, read_only=True, wait=0.05)
        other.execute("ROLLBACK")
    with Ledger.open(path) as ledger:
        assert ledger.post(ONE).outcome == "duplicate"


def test_reader_blocks_the_commit_only_for_a_while(path: Path) -> None:
    """别人读着不放，提交等不到：说正忙，退回原样，放开后照常入库。"""
    sent = posting(filing(figure("I02", "2")), content=b"2")
    with Ledger.open(path, wait=0.05) as ledger:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT * FROM link").fetchone()
            with pytest.raises(LedgerBusy):
                ledger.post(sent)
        assert ledger.post(sent).outcome == "accepted"


def test_read_only_ledger_is_never_written(path: Path) -> None:
    """只读打开的能读能试算，不能入库。"""
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.preview(ONE).outcome == "duplicate"
        with pytest.raises(CannotWrite, match="只读"):
            ledger.post(posting(filing(figure("I01", "2")), content=b"2"))


def test_full_disk(path: Path) -> None:
    """磁盘满：写不进去，台账不变，腾出空间后照常。"""
    big = posting(filing(figure("I02", "2")), content=b"x" * 100_000)
    with Ledger.open(path) as ledger:
        before = ledger.head
        ledger._connection.execute("PRAGMA max_page_count = 1")  # noqa: SLF001
        with pytest.raises(CannotWrite, match="磁盘已满"):
            ledger.post(big)
        assert ledger.head == before
        ledger._connection.execute("PRAGMA max_page_count = 1000000")  # noqa: SLF001
        assert ledger.post(big).outcome == "accepted"


@contextmanager
def _ordinary_user() -> Iterator[None]:
    """管理员不受权限管，换成普通用户来试。"""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows 的权限不是这样")
@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o555), (0o666, 0o555)])
def test_no_permission_to_write(path: Path, file_mode: int, folder_mode: int) -> None:
    """文件或文件夹不许写：读得了，写的时候说写不进去；新建也是。"""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "ledger.db"
        place.write_bytes(path.read_bytes())
        place.chmod(file_mode)
        place.parent.chmod(folder_mode)
        with _ordinary_user():
            for read_only in (True, False):
                with Ledger.open(place, read_only=read_only) as ledger:
                    assert len(ledger.entries()) == 1
                    with pytest.raises(CannotWrite, match="权限"):
                        ledger.post(posting(filing(figure("I01", "2")), content=b"2"))
            with pytest.raises(CannotWrite, match="没有写入权限"):
                Ledger.create(place.parent / "new.db")
        place.parent.chmod(0o700)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows 的权限不是这样")
def test_no_permission_to_read(path: Path) -> None:
    """不许读：说读不出来。"""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "ledger.db"
        place.write_bytes(path.read_bytes())
        place.chmod(0)
        place.parent.chmod(0o755)
        with _ordinary_user(), pytest.raises(FileUnreadable, match="权限"):
            Ledger.open(place, read_only=True)


def test_old_sqlite(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite 太旧没有 STRICT 表：说要多新的。"""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(UsageError, match=r"3\.37"):
        Ledger.open(path)
    with pytest.raises(UsageError, match=r"3\.37"):
        Ledger.create(path)


def test_damage_found_while_reading(path: Path) -> None:
    """打开时没碰到的坏处，读到时说损坏：数不是数，字节不成文字。"""
    spoilt = path.read_bytes()
    for bad in (b"x", b"\xff"):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("DROP TRIGGER entry_no_update")
            connection.execute("UPDATE entry SET value = CAST(? AS TEXT)", (bad,))
            connection.commit()
        with Ledger.open(path) as ledger, pytest.raises(LedgerDamaged, match="台账损坏"):
            ledger.entries()
        path.write_bytes(spoilt)


def test_closed_ledger_is_a_bug(path: Path) -> None:
    """关了再用是程序的毛病，也不是 sqlite3 的异常。"""
    ledger = Ledger.open(path)
    ledger.close()
    ledger.close()
    with pytest.raises(RuntimeError, match="closed"):
        ledger.entries()


@pytest.mark.parametrize("code", [c for n, c in vars(sqlite3).items() if n.startswith("SQLITE_") and isinstance(c, int)])  # fmt: skip
@pytest.mark.parametrize("writing", [True, False])
def test_every_sqlite_error_is_translated(code: int, *, writing: bool) -> None:
    """SQLite 的哪一种错误都换成本程序的，说中文。"""
    error = sqlite3.OperationalError("english")
    error.sqlite_errorcode = code  # type: ignore[attr-defined]
    trouble = _trouble(error, Path("ledger.db"), writing=writing)
    assert isinstance(trouble, RuntimeError) or "english" not in str(trouble)
    assert not isinstance(trouble, IpmError) or "请" in str(trouble)
