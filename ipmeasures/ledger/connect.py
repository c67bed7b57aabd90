"""连上台账：该拒绝的逐样拒绝，SQLite 的英文错误翻成哪里、什么、怎么办。"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from ipmeasures.errors import (
    CannotWrite,
    FileUnreadable,
    IpmError,
    LedgerBusy,
    LedgerDamaged,
    UsageError,
)

APPLICATION_ID = int.from_bytes(b"IPML")
VERSION = 1
WAIT = 30.0
"""别人正在写时最多等多少秒。"""
_OLDEST_SQLITE = (3, 37, 0)  # STRICT 表从这一版开始

_BROKEN = "台账损坏：{path} {what}，请留存这个文件、不要再写入"
_TROUBLES: dict[int, tuple[type[IpmError], str]] = {
    sqlite3.SQLITE_BUSY: (LedgerBusy, "台账正忙：{path} 正由别人写入，请稍后再试"),
    sqlite3.SQLITE_LOCKED: (LedgerBusy, "台账正忙：{path} 正由别人写入，请稍后再试"),
    sqlite3.SQLITE_NOTADB: (
        LedgerDamaged,
        "不是台账：{path} 不是数据库文件，或文件头已损坏，请把它移走",
    ),
    sqlite3.SQLITE_CORRUPT: (LedgerDamaged, _BROKEN.replace("{what}", "的数据库已损坏")),
    sqlite3.SQLITE_ERROR: (LedgerDamaged, _BROKEN.replace("{what}", "的结构不对")),
    sqlite3.SQLITE_READONLY: (
        CannotWrite,
        "台账写不进去：{path} 是只读的，请检查文件和文件夹的写入权限",
    ),
    sqlite3.SQLITE_READONLY_ROLLBACK: (
        CannotWrite,
        "台账的上一次写入被打断：{path} 要先恢复才能读，请由有写入权限的人运行一次 ipm log",
    ),
    sqlite3.SQLITE_FULL: (CannotWrite, "台账写不进去：{path} 所在的磁盘已满，请腾出空间后再试"),
}
_NO_ACCESS = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM}


def connect(path: Path, *, read_only: bool, wait: float = WAIT) -> sqlite3.Connection:
    """连上已有的台账，核对它确是本程序认得的台账。

    只读地连上时，若上一次写入被打断（断电、被杀），先用可写的连接恢复到写入之前，再只读地连。

    Raises:
        UsageError: 文件不存在，或本机的 SQLite 太旧。
        LedgerDamaged: 空文件、别的文件、损坏，或比本程序新。
        LedgerBusy: 等了 ``wait`` 秒别人还没写完。
        FileUnreadable: 文件读不出来。
        CannotWrite: 要先恢复而没有写入权限。
    """
    require_sqlite()
    _refuse_empty(path)
    with translated(path):
        if not read_only:
            return _connected(path, "rw", wait)
        try:
            return _connected(path, "ro", wait)
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_READONLY_ROLLBACK:
                raise
        _connected(path, "rw", wait).close()
        return _connected(path, "ro", wait)


def settle(connection: sqlite3.Connection, wait: float) -> None:
    """台账连接的设定：宁可慢，也不丢已经答复过的（量过：断电三千次，一笔不丢）。"""
    connection.row_factory = sqlite3.Row
    for setting in (
        f"busy_timeout = {int(wait * 1000)}",
        "journal_mode = TRUNCATE",
        "synchronous = EXTRA",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
    ):
        connection.execute(f"PRAGMA {setting}").fetchall()


def require_sqlite() -> None:
    """本机的 SQLite 够新。

    Raises:
        UsageError: 太旧，没有 STRICT 表。
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise UsageError(
            f"本机的 SQLite 是 {sqlite3.sqlite_version}，台账要 3.37 或更新的，"
            "请换用较新的 Python（官方安装包自带）"
        )


@contextmanager
def translated(path: Path, *, writing: bool = False) -> Iterator[None]:
    """块里的 sqlite3 异常都换成本程序的；``writing`` 指块里在写，读写不了算写不进去。

    Raises:
        IpmError: 台账正忙、损坏、写不进去或读不出来。
        RuntimeError: 违反约束或用法不对，是程序的毛病。
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _trouble(error, path, writing=writing) from error
    except UnicodeDecodeError as error:  # SQLite 的报错里夹着坏掉的字节
        raise damaged(path, "的结构已损坏") from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """一个写事务：做完才提交，出任何事（包括中断）都退回原样。"""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        _undo(connection)
        raise


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """一个读事务：块里几次查询看到的是同一个状态。"""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        _undo(connection)


@contextmanager
def sensible(path: Path) -> Iterator[None]:
    """块里只把行读成对象；读到的不成样子（数不是数、该是文字的不是文字），就是损坏。

    Raises:
        LedgerDamaged: 内容读不通。
    """
    try:
        yield
    except (ValueError, ArithmeticError, TypeError, AttributeError) as error:
        raise damaged(path, "有内容读不通") from error


def damaged(path: Path, what: str) -> LedgerDamaged:
    """台账损坏的一句话，连同用哪份备份、怎么换。"""
    return _refusal(path, _BROKEN.format(path=path, what=what))


def is_passing(error: Exception) -> bool:
    """是一时读不了（别人占着、磁盘读写出错），不是坏了。"""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR)


def _refusal(path: Path, words: str) -> LedgerDamaged:
    from ipmeasures.ledger.rescue import rescue  # noqa: PLC0415 - 坏了才去找备份

    return LedgerDamaged(f"{words}。{rescue(path)}")


def _undo(connection: sqlite3.Connection) -> None:
    """退回；退不成的（磁盘又坏了）不盖住正在报的错，下次打开时 SQLite 会退。"""
    if connection.in_transaction:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")


def _refuse_empty(path: Path) -> None:
    # 只看大小，不打开：POSIX 下本进程关掉该文件的任何一个句柄，都会放掉别的连接持有的锁。
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise UsageError(f"尚无入库记录：{path} 不存在，请先用 ipm ingest 收一份报表") from None
    except OSError as error:
        raise FileUnreadable(f"台账读不出来：{path}，请检查文件夹的权限和磁盘") from error
    if not path.is_file():
        raise FileUnreadable(f"台账读不出来：{path} 不是文件，请把它移走")
    if not size:
        raise _refusal(
            path, f"台账是空文件：{path}，里面没有任何记录；确实没有入过库的，请把它删掉再来"
        )


def _connected(path: Path, mode: str, wait: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{_uri(path)}?mode={mode}", uri=True, timeout=wait, isolation_level=None
    )
    try:
        settle(connection, wait)
        _refuse_foreign(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    identity = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if identity != APPLICATION_ID:
        raise _refusal(
            path, f"不是台账：{path} 是别的程序的文件，请把它移走，或用 --home 指定另一个工作文件夹"
        )
    if version > VERSION:
        raise LedgerDamaged(
            f"台账比本程序新：{path} 是第 {version} 版格式，"
            f"本程序只认第 {VERSION} 版，请升级本程序后再用"
        )
    if version != VERSION:
        raise damaged(path, "的版本号不对")
    connection.execute("SELECT max(number) FROM link").fetchone()


def _trouble(error: sqlite3.Error, path: Path, *, writing: bool) -> IpmError | RuntimeError:
    code = _code(error)
    known = _TROUBLES.get(code) or _TROUBLES.get(code & 0xFF)
    if known:
        kind, words = known
        said = words.format(path=path)
        return _refusal(path, said) if kind is LedgerDamaged else kind(said)
    if code & 0xFF in _NO_ACCESS and writing:
        return CannotWrite(f"台账写不进去：{path}，请检查文件夹的写入权限和磁盘")
    if code & 0xFF in _NO_ACCESS:
        return FileUnreadable(f"台账读不出来：{path}，请检查文件的权限和磁盘")
    return RuntimeError(f"台账的写法不对：{error}")


def _code(error: sqlite3.Error) -> int:
    """SQLite 的扩展错误码；字节不成文字时 Python 自己报错、没有码，算损坏。"""
    if isinstance(error, sqlite3.OperationalError):
        return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE)


def _uri(path: Path) -> str:
    plain = path.absolute().as_posix()
    return "file://" + quote(plain if plain.startswith("/") else f"/{plain}")
