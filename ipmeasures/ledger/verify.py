"""核对台账是否完好：数据库本身、表和触发器、链、引用、原件的摘要。"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

from ipmeasures.ledger.chain import KINDS, START, link_hash
from ipmeasures.ledger.create import SCHEMA
from ipmeasures.ledger.posted import sha256_of


def find_damage(connection: sqlite3.Connection) -> Iterator[str]:
    """逐项核对，每处毛病一句中文；没有就是完好。

    字节坏得不成文字也照读，好指出是哪一行；某一项读不下去，说明后接着核对下一项。
    """
    factory = connection.text_factory
    connection.text_factory = _tolerant
    try:
        for check in _CHECKS:
            try:
                yield from check(connection)
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                yield f"台账的数据库损坏，有一部分读不出来（{error}）"
    finally:
        connection.text_factory = factory


def _tolerant(text: bytes) -> str:
    return text.decode("utf-8", "surrogateescape")


def _storage(connection: sqlite3.Connection) -> Iterator[str]:
    for (answer,) in connection.execute("PRAGMA integrity_check"):
        if answer != "ok":
            yield f"台账的数据库损坏：{answer}"


def _schema(connection: sqlite3.Connection) -> Iterator[str]:
    """表、索引和触发器与本程序的一致：触发器被去掉，只增不改就不作数了。"""
    with closing(sqlite3.connect(":memory:")) as model:
        model.executescript(SCHEMA.read_text("utf-8"))
        wanted = _definitions(model)
    present = _definitions(connection)
    for name in sorted(wanted.keys() | present.keys()):
        if wanted.get(name) != present.get(name):
            yield f"台账的结构被改动过：{name}"


def _definitions(connection: sqlite3.Connection) -> dict[str, str]:
    query = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
    return {str(name): str(sql) for name, sql in connection.execute(query)}


def _chain(connection: sqlite3.Connection) -> Iterator[str]:
    number, previous = START
    for link in connection.execute("SELECT * FROM link ORDER BY number"):
        number += 1
        if link["number"] != number:
            yield f"链上缺第 {number} 环到第 {link['number'] - 1} 环：有记录被抽掉"
        elif link["previous"] != previous:
            yield f"链在第 {number} 环断开：接的不是上一环"
        number, previous = link["number"], link["hash"]
        if link["kind"] not in KINDS:
            yield f"第 {number} 环登记的表（{link['kind']!a}）不存在"
        else:
            yield from _row(connection, link)


def _row(connection: sqlite3.Connection, link: sqlite3.Row) -> Iterator[str]:
    query = f"SELECT * FROM {link['kind']} WHERE number = ?"  # noqa: S608 表名刚核对过
    row = connection.execute(query, (link["number"],)).fetchone()
    if row is None:
        yield f"第 {link['number']} 笔（{link['kind']}）不见了"
    elif link_hash(link["previous"], link["kind"], dict(row)) != link["hash"]:
        yield f"第 {link['number']} 笔（{link['kind']}）与链上的摘要不符：入库以后被改动或损坏"


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for child, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"第 {row} 笔（{child}）引用的 {parent} 不存在"


def _files(connection: sqlite3.Connection) -> Iterator[str]:
    for file in connection.execute("SELECT number, name, sha256, content FROM file"):
        content = file["content"]
        if not isinstance(content, bytes) or sha256_of(content) != file["sha256"]:
            yield f"第 {file['number']} 笔原件（{file['name']!a}）的内容与它的 SHA-256 不符"


_CHECKS: tuple[Callable[[sqlite3.Connection], Iterator[str]], ...] = (
    _storage,
    _schema,
    _chain,
    _references,
    _files,
)
