"""故意改坏的台账：换上一种，战役就该报出失败来；报不出的战役等于没有打。

改的是内存里的模块，不动文件。也能当 ``ipm`` 来跑：``python tools/ledger_bad.py 名称 ingest 文件夹 …``。
"""

import atexit
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ipmeasures.ledger import backup, connect, create, originals, reads, store, verify

# 战役 → 名称 → 坏在哪里。
BAD = {
    "power": {
        "off": "写了就算，什么也不同步",
        "normal": "提交时不同步日志",
        "python": "Python 默认的设定：删掉日志而不同步文件夹",
        "late": "先答复，到收下一份时才提交",
    },
    "kill": {
        "late": "先答复，到收下一份时才提交",
        "halves": "不用事务，一行一提交",
    },
    "concurrent": {
        "nolock": "不加锁",
        "overwrite": "新建时盖掉别人刚建好的",
        "hasty": "不等别人写完，抛出原来的英文错误",
    },
    "faults": {
        "nojournal": "不写日志，退不回去",
        "swallow": "提交不成也说成了",
        "raw": "写不进时抛出原来的英文错误",
    },
    "bitrot": {
        "nochain": "不核对链，重读的原件不同也不说",
        "nostorage": "不核对数据库本身",
    },
}


def seed_bad(name: str) -> None:
    """换上叫这个名字的坏台账；空的不换。"""
    if name in _SETTINGS:
        _put(connect, "settle", _with(connect.settle, _SETTINGS[name]))
        _put(create, "settle", connect.settle)
    if name in _CHANGES:
        _CHANGES[name]()


_SETTINGS = {
    "off": "PRAGMA synchronous = OFF",
    "normal": "PRAGMA synchronous = NORMAL",
    "python": "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL",
    "nojournal": "PRAGMA journal_mode = OFF",
    "hasty": "PRAGMA busy_timeout = 0",
}


def _with(settle: Callable[..., None], settings: str) -> Callable[..., None]:
    def call(connection: sqlite3.Connection, wait: float) -> None:
        settle(connection, wait)
        for setting in settings.split(";"):
            connection.execute(setting).fetchall()

    return call


def _put(module: object, name: str, value: object) -> None:
    setattr(module, name, value)


_HELD: list[sqlite3.Connection] = []


def _late() -> None:
    def commit() -> None:
        while _HELD:
            _HELD.pop().execute("COMMIT")

    @contextmanager
    def transaction(connection: sqlite3.Connection) -> Iterator[None]:
        commit()
        connection.execute("BEGIN IMMEDIATE")
        _HELD.append(connection)
        yield

    def close(ledger: store.Ledger) -> None:
        if ledger._connection not in _HELD:  # noqa: SLF001 - 坏台账要动里面
            ledger._connection.close()  # noqa: SLF001

    # 自动备份要等写的人，这里写的人一直不走
    from ipmeasures.commands import recording  # noqa: PLC0415 - 先换后装载

    _put(recording, "back_up_first", lambda *_: None)
    atexit.register(commit)
    _put(store, "transaction", transaction)
    _put(store.Ledger, "close", close)


@contextmanager
def _each_row(_: sqlite3.Connection) -> Iterator[None]:
    yield


@contextmanager
def _swallowing(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    yield
    try:
        connection.execute("COMMIT")
    except sqlite3.Error:
        connection.execute("ROLLBACK")


@contextmanager
def _raw(_: Path, *, writing: bool = False) -> Iterator[None]:
    del writing
    yield


def _raw_words() -> None:
    for module in (backup, connect, create, reads, store):
        _put(module, "translated", _raw)


def _replaced(draft: Path, path: Path) -> bool:
    time.sleep(0.3)  # 好让别人先建成
    draft.replace(path)
    return True


def _nothing(*_: object) -> Iterator[str]:
    return iter(())


def _trusting() -> None:
    _put(verify, "_chain", _nothing)
    for name in ("_difference", "_different_head"):
        _put(originals, name, lambda *_: "")


_CHANGES: dict[str, Callable[[], None]] = {
    "late": _late,
    "halves": lambda: _put(store, "transaction", _each_row),
    "nolock": lambda: _put(connect, "_uri", lambda path: f"file://{path}?nolock=1&own="),
    "overwrite": lambda: _put(create, "put", _replaced),
    "swallow": lambda: _put(store, "transaction", _swallowing),
    "raw": _raw_words,
    "hasty": _raw_words,
    "nochain": _trusting,
    "nostorage": lambda: _put(verify, "_storage", _nothing),
}


def main() -> int:
    """换上坏台账，再照常跑 ``ipm``。"""
    from ipmeasures.cli import main as ipm  # noqa: PLC0415 - 先换后装载

    seed_bad(sys.argv[1])
    return ipm(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
