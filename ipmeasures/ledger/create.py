"""新建台账：在旁边建好再放过去，两个人同时建也只有一本，谁的也不丢。备份也是这样放的。"""

import errno
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ipmeasures.errors import CannotWrite, LedgerBusy
from ipmeasures.ledger.connect import WAIT, require_sqlite, settle, translated

SCHEMA = Path(__file__).with_name("schema.sql")
_NO_LINKS = {errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.EXDEV, errno.EMLINK, errno.EINVAL}
_WORDS = {
    errno.ENOSPC: "磁盘已满，请腾出空间后再试",
    errno.EROFS: "磁盘是只读的，请换一个可以写的文件夹",
    errno.EACCES: "没有写入权限，请检查文件夹的权限",
    errno.EPERM: "没有写入权限，请检查文件夹的权限",
    errno.ENOENT: "文件夹不存在，请先建好工作文件夹",
}


def lay_down(path: Path) -> bool:
    """放下一本空台账；那里已经有文件的不动，返回是不是这一次放下的。

    Raises:
        CannotWrite: 写不进去。
        LedgerBusy: 不支持硬链接的磁盘上，别人正在新建。
        UsageError: 本机的 SQLite 太旧。
    """
    require_sqlite()
    draft = draft_of(path)
    try:
        _write_draft(draft, path)
        _refuse_leftovers(path)
        return put(draft, path)
    except OSError as error:
        raise CannotWrite(f"台账建不起来：{path}：{why_not(error)}") from error
    finally:
        discard(draft)


def draft_of(path: Path) -> Path:
    """``path`` 旁边的一份空草稿，名称不与别人的重。"""
    return path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.new")


def new_file(path: Path) -> None:
    """建一个空文件；已经有了的不动，报错。

    不用 tempfile：它只给自己读写的权限，共享文件夹里的同事就打不开了。
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))


def why_not(error: OSError) -> str:
    """为什么写不进去、怎么办。"""
    return _WORDS.get(error.errno or 0, "请检查文件夹的权限和磁盘")


def _write_draft(draft: Path, path: Path) -> None:
    new_file(draft)
    with translated(path, writing=True), closing(sqlite3.connect(draft)) as connection:
        settle(connection, WAIT)
        connection.executescript(f"BEGIN;\n{SCHEMA.read_text('utf-8')}\nCOMMIT;")
    sync(draft)


def _refuse_leftovers(path: Path) -> None:
    """旁边留着别的台账没写完的日志时不新建：SQLite 会把它当成新台账的，写坏新台账。"""
    journal = path.with_name(f"{path.name}-journal")
    if journal.exists() and journal.stat().st_size and not path.exists():
        raise CannotWrite(
            f"台账建不起来：{path} 不在了，旁边却留着它没写完的日志 {journal.name}，"
            "请找回原来的台账，确实不要了的把日志移走再来"
        )


def put(draft: Path, path: Path) -> bool:
    """把草稿放到 ``path``；那里已经有文件的不动，返回放没放。

    硬链接是“没有才放”的原子操作；磁盘不支持时用一个独占的锁文件代替。
    """
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        with _alone(path.with_name(f"{path.name}.creating")):
            if path.exists():
                return False
            draft.replace(path)
    sync(path.parent)
    return True


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    try:
        new_file(lock)
    except FileExistsError:
        raise LedgerBusy(
            f"台账正忙：别人正在新建，请稍后再试（没有人在用而一直这样的，请删掉 {lock}）"
        ) from None
    try:
        yield
    finally:
        lock.unlink()


def sync(path: Path) -> None:
    """落到盘上；Windows 不能同步文件夹，也不需要。"""
    if os.name == "nt" and path.is_dir():  # pragma: no cover
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def discard(draft: Path) -> None:
    """清掉草稿和它的日志；清不掉也不要紧，它不是台账。"""
    for debris in (draft, draft.with_name(f"{draft.name}-journal")):
        with suppress(OSError):
            debris.unlink(missing_ok=True)
