"""链：每一行接着上一行，改一个字节、抽掉一行都看得出来。"""

import json
import sqlite3
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias


class Digest(str):
    """一段二进制内容的 SHA-256：不读内容，照记下的摘要算一环。"""

    __slots__ = ()


Stored: TypeAlias = str | int | bytes | None
"""台账里一格能存的东西；没有浮点数。"""

KINDS = (
    "act",
    "plan",
    "plan_source",
    "file",
    "receipt",
    "entry",
    "confirmation",
    "attachment",
    "decision",
)
"""链上有哪些表。"""


class Head(NamedTuple):
    """链头：到第几环、那一环的摘要（十六进制）。"""

    sequence: int
    hash: str

    @property
    def short(self) -> str:
        """给人看的前 12 位。"""
        return self.hash[:12]


_PLAIN = frozenset({str, int})
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"))  # 每环都用，只造一次
START = Head(0, "0" * 64)
"""空台账的链头。"""


def read_head(connection: sqlite3.Connection) -> Head:
    """现在的链头。"""
    row = connection.execute("SELECT number, hash FROM link ORDER BY number DESC LIMIT 1")
    found = row.fetchone()
    return Head(found["number"], found["hash"]) if found else START


def link_hash(previous: str, kind: str, row: Mapping[str, Stored]) -> str:
    """一环的摘要；算法写在 schema.sql 开头。"""
    content = f"{previous}\n{kind}\n{_canonical(row)}"
    # 核对时读到的可能已经坏得不成文字，照样算得出（不符的）摘要
    return _sha256(content.encode("utf-8", "surrogateescape"))


def _canonical(row: Mapping[str, Stored]) -> str:
    # 核对整条链要走几万遍：文字和数照原样，不为它们各调一次函数
    content = {
        name: value if type(value) in _PLAIN else _written(value)
        for name, value in row.items()
        if value is not None
    }
    return _ENCODER.encode(content)


def _written(value: Stored) -> str | int | dict[str, str] | None:
    if isinstance(value, Digest):
        return {"sha256": str(value)}
    return {"sha256": _sha256(value)} if isinstance(value, bytes) else value


class Pen:
    """一个写事务里的笔：一行一行接在链尾写。"""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.head = read_head(connection)

    def append(self, table: str, /, **row: Stored) -> int:
        """在表 ``table`` 里写一行，返回它的顺序号。"""
        number = self.head.sequence + 1
        content: dict[str, Stored] = {"number": number, **row}
        head = Head(number, link_hash(self.head.hash, table, content))
        self.connection.execute(
            "INSERT INTO link (number, kind, previous, hash) VALUES (?, ?, ?, ?)",
            (number, table, self.head.hash, head.hash),
        )
        names = ", ".join(content)
        marks = ", ".join(f":{name}" for name in content)
        # 表名列名都来自代码里的关键字，不是外来的
        self.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", content)  # noqa: S608
        self.head = head
        return number


def _sha256(content: bytes) -> str:
    import hashlib  # noqa: PLC0415 - 入库和核对才用，看台账的命令不必等 OpenSSL

    return hashlib.sha256(content).hexdigest()
