"""查台账的几句 SQL：在案的各格、回执、确认，和与一份文件有关的在案情形。"""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from ipmeasures.ledger.connect import sensible, translated
from ipmeasures.ledger.entry import Confirmation, Entry, Posting, Receipt
from ipmeasures.ledger.rows import ENTRIES, RECEIPTS, entry_from, receipt_from
from ipmeasures.returns.line import State

if TYPE_CHECKING:
    from ipmeasures.ledger.posted import Past

IN_FORCE = """
+e.number <= :upto AND e.state <> 'withdrawn' AND NOT EXISTS (
  SELECT 1 FROM entry AS s WHERE s.supersedes = e.number AND s.number <= :upto)
"""
"""到 ``:upto`` 为止有效：没有被取代，没有撤回；加号让查询走季度的索引，不按顺序号全扫。"""
_LAST = """
e.agency = :agency AND e.quarter = :quarter AND NOT EXISTS (
  SELECT 1 FROM entry AS s WHERE s.supersedes = e.number)
"""
_PAIR = "r.agency = :agency AND r.quarter = :quarter"
_CONFIRMATIONS = """
SELECT r.receipt, c.item, c.reason
FROM confirmation AS c JOIN receipt AS r ON r.number = c.receipt
"""
_ATTACHMENTS = """
SELECT t.file FROM attachment AS t JOIN receipt AS r ON r.number = t.receipt
"""


class Reader:
    """在一个连接上查；条件是本包里写好的 SQL，外来的值都走参数。"""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    def entries(self, where: str, **values: str | int) -> tuple[Entry, ...]:
        """符合条件的各笔，按顺序号。"""
        rows = self.rows(f"{ENTRIES} WHERE {where} ORDER BY e.number", **values)
        with sensible(self._path):
            return tuple(map(entry_from, rows))

    def receipts(self, where: str, **values: str | int) -> tuple[Receipt, ...]:
        """符合条件的回执，先后为序。"""
        rows = self.rows(f"{RECEIPTS} WHERE {where} ORDER BY r.number", **values)
        with sensible(self._path):
            return tuple(map(receipt_from, rows))

    def confirmations(self, where: str, **values: str | int) -> tuple[Confirmation, ...]:
        """符合条件的确认，先后为序。"""
        rows = self.rows(f"{_CONFIRMATIONS} WHERE {where} ORDER BY c.number", **values)
        return tuple(Confirmation(row["receipt"], row["item"], row["reason"]) for row in rows)

    def last(self, posting: Posting) -> tuple[Entry, ...]:
        """有关单位、季度每一格的最后一笔，撤回的也在内。"""
        return tuple(entry for pair in _pairs(posting) for entry in self.entries(_LAST, **pair))

    def past(self, posting: Posting, last: tuple[Entry, ...]) -> "Past":
        """与一份文件有关的在案情形；``last`` 同上。"""
        from ipmeasures.ledger.posted import Past  # noqa: PLC0415 - 入库才用

        pairs = _pairs(posting)
        return Past(
            in_force=tuple(entry for entry in last if entry.state is not State.WITHDRAWN),
            receipts=tuple(r for pair in pairs for r in self.receipts(_PAIR, **pair)),
            confirmations=tuple(c for pair in pairs for c in self.confirmations(_PAIR, **pair)),
            attachments=frozenset(
                row["file"]
                for pair in pairs
                for row in self.rows(f"{_ATTACHMENTS} WHERE {_PAIR}", **pair)
            ),
        )

    def rows(self, query: str, **values: str | int) -> list[sqlite3.Row]:
        """查询的全部行；读完才放手，不让游标一直占着读锁。"""
        with translated(self._path):
            return self._connection.execute(query, values).fetchall()


def _pairs(posting: Posting) -> list[dict[str, str]]:
    return [{"agency": f.agency, "quarter": str(f.quarter)} for f in posting.filings]
