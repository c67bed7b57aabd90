"""核对台账是否完好：数据库本身、表和触发器、链、引用、原件的摘要。

只增不改，所以不必从头到尾占着读锁：先记下链头，一段一段地读，核对得再久也不挡别人入库。
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import TypeAlias

from ipmeasures.ledger.chain import KINDS, START, Digest, Head, Stored, link_hash
from ipmeasures.ledger.connect import is_passing
from ipmeasures.ledger.create import SCHEMA
from ipmeasures.ledger.posted import sha256_of

Advance: TypeAlias = Callable[[int], None]
"""又做完了几环（进度条）。"""
_STEP = 500
# 内容可能有几十兆的表，一行一行取
_BULKY = ("plan_source", "file")


def find_tampering(
    connection: sqlite3.Connection, head: Head, links: int | None = None
) -> Iterator[str]:
    """快核对：结构逐字，链到 ``head`` 为止的最后 ``links`` 环（不写的是全部），没有上链的行。

    不读原件的内容，台账再大也快；原件的内容在取用时核对。

    Raises:
        sqlite3.OperationalError: 别人占着不放、磁盘读写出错，一时读不了。
    """
    start = _link(connection, head.sequence - links) if links else START
    checks = (
        _schema(connection),
        _chain(connection, head, lambda _: None, start, contents=False),
        _strays(connection),
    )
    yield from _found(connection, checks)


def find_damage(
    connection: sqlite3.Connection, head: Head, advance: Advance = lambda _: None
) -> Iterator[str]:
    """逐项核对到链头 ``head`` 为止，每处毛病一句中文；没有就是完好。

    字节坏得不成文字也照读，好指出是哪一行；某一项读不下去，说明后接着核对下一项。

    Raises:
        sqlite3.OperationalError: 别人占着不放、磁盘读写出错，一时读不了。
    """
    checks = (
        _storage(connection),
        _schema(connection),
        _chain(connection, head, advance),
        _strays(connection),
        _references(connection),
    )
    yield from _found(connection, checks)


def _found(connection: sqlite3.Connection, checks: Iterable[Iterator[str]]) -> Iterator[str]:
    with tolerant(connection):
        for check in checks:
            try:
                yield from check
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                if is_passing(error):
                    raise
                yield f"台账的数据库损坏，有一部分读不出来（{error}）"


@contextmanager
def tolerant(connection: sqlite3.Connection) -> Iterator[None]:
    """块里字节坏得不成文字的也照读。"""
    factory = connection.text_factory
    connection.text_factory = _text
    try:
        yield
    finally:
        connection.text_factory = factory


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


def _storage(connection: sqlite3.Connection) -> Iterator[str]:
    for (answer,) in connection.execute("PRAGMA integrity_check").fetchall():
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


def _link(connection: sqlite3.Connection, number: int) -> Head:
    """第 ``number`` 环；没有那么多环的，从头起。"""
    row = connection.execute("SELECT number, hash FROM link WHERE number = ?", (number,)).fetchone()
    return Head(row["number"], row["hash"]) if row else START


def _chain(
    connection: sqlite3.Connection,
    head: Head,
    advance: Advance,
    start: Head = START,
    *,
    contents: bool = True,
) -> Iterator[str]:
    """``start`` 以后到 ``head`` 的各环；``contents`` 是连原件的内容也核对。"""
    number, previous = start
    query = "SELECT * FROM link WHERE number > ? AND number <= ? ORDER BY number LIMIT ?"
    while links := connection.execute(query, (number, head.sequence, _STEP)).fetchall():
        rows = _rows(connection, links)
        for link in links:
            if link["number"] <= number:  # 坏了的树会转着圈读
                yield f"第 {number} 环以后的次序乱了"
                return
            if link["number"] != number + 1:
                yield f"链上缺第 {number + 1} 环到第 {link['number'] - 1} 环：有记录被抽掉"
            elif link["previous"] != previous:
                yield f"链在第 {link['number']} 环断开：接的不是上一环"
            number, previous = link["number"], link["hash"]
            if link["kind"] not in KINDS:
                yield f"第 {number} 环登记的表（{link['kind']!a}）不存在"
            elif row := rows.get(number):
                yield from _row(link, row)
            elif contents or link["kind"] != "file":
                yield from _row(link, _one(connection, link["kind"], number))
            else:
                yield from _row(link, _without_content(connection, number))
        advance(len(links))
    if (number, previous) != head:
        yield f"链读到第 {number} 环就断了，链头应是第 {head.sequence} 环"


def _rows(connection: sqlite3.Connection, links: list[sqlite3.Row]) -> dict[int, sqlite3.Row]:
    """这一段各环登记的行；内容大的表不在内。"""
    first, last = links[0]["number"], links[-1]["number"]
    kinds = {link["number"]: link["kind"] for link in links}
    found = {}
    for kind in set(kinds.values()) & (set(KINDS) - set(_BULKY)):
        query = f"SELECT * FROM {kind} WHERE number BETWEEN ? AND ?"  # noqa: S608 表名是本程序的
        for row in connection.execute(query, (first, last)).fetchall():
            if kinds.get(row["number"]) == kind:
                found[row["number"]] = row
    return found


def _one(connection: sqlite3.Connection, kind: str, number: int) -> sqlite3.Row | None:
    query = f"SELECT * FROM {kind} WHERE number = ?"  # noqa: S608 表名刚核对过
    row: sqlite3.Row | None = connection.execute(query, (number,)).fetchone()
    return row


def _without_content(connection: sqlite3.Connection, number: int) -> Mapping[str, Stored] | None:
    """一份原件，内容以记下的摘要代替。"""
    query = "SELECT number, sha256, name, size FROM file WHERE number = ?"
    row = connection.execute(query, (number,)).fetchone()
    return None if row is None else {**dict(row), "content": Digest(row["sha256"])}


def _row(link: sqlite3.Row, row: sqlite3.Row | Mapping[str, Stored] | None) -> Iterator[str]:
    if row is None:
        yield f"第 {link['number']} 笔（{link['kind']}）不见了"
    elif link_hash(link["previous"], link["kind"], dict(row)) != link["hash"]:
        yield f"第 {link['number']} 笔（{link['kind']}）与链上的摘要不符：入库以后被改动或损坏"
    if row is not None and link["kind"] == "file":
        content = row["content"]
        whole = isinstance(content, bytes) and sha256_of(content) == row["sha256"]
        if not whole and not isinstance(content, Digest):
            yield f"第 {link['number']} 笔原件（{row['name']!a}）的内容与它的 SHA-256 不符"


def _strays(connection: sqlite3.Connection) -> Iterator[str]:
    """借了别的表的环、自己没有上链的行。"""
    for kind in KINDS:
        query = f"""
            SELECT t.number FROM {kind} AS t LEFT JOIN link AS l ON l.number = t.number
            WHERE l.kind IS NOT '{kind}'
        """  # noqa: S608 表名是本程序的
        for (number,) in connection.execute(query).fetchall():
            yield f"第 {number} 笔（{kind}）没有上链：不是本程序写的"


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for child, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield f"第 {row} 笔（{child}）引用的 {parent} 不存在"
