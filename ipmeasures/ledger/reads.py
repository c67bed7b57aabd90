"""查台账的几句 SQL：在案的各格、回执、确认，和与一份文件有关的在案情形。"""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ipmeasures.ledger.connect import sensible, translated
from ipmeasures.ledger.decision import Decision, SentBack
from ipmeasures.ledger.entry import Confirmation, Entry, Posting, Receipt
from ipmeasures.ledger.rows import (
    DECISIONS,
    ENTRIES,
    RECEIPTS,
    decision_from,
    entry_from,
    quarter_from,
    receipt_from,
)
from ipmeasures.quarter import Quarter
from ipmeasures.returns.line import State

if TYPE_CHECKING:
    from ipmeasures.ledger.posted import Past

LATEST = """
+e.number <= :upto AND e.state <> 'withdrawn' AND NOT EXISTS (
  SELECT 1 FROM entry AS s WHERE s.supersedes = e.number AND s.number <= :upto)
"""
"""到 ``:upto`` 为止每格最后说的：没有被取代，没有撤回；加号让查询走季度的索引，不按顺序号全扫。"""
_SENT_BACK = """
EXISTS (
  SELECT 1 FROM decision AS d
  WHERE d.subject = r.receipt AND d.kind = 'send_back' AND d.number <= :upto
    AND (d.item IS NULL OR d.item = e.item))
"""
IN_FORCE = f"{LATEST} AND NOT {_SENT_BACK}"
"""到 ``:upto`` 为止有效：每格最后说的，而且没有退回；退回了的，以前的数不会自己回来。"""
AWAITING = f"{LATEST} AND {_SENT_BACK}"
"""退回了、还没有新数顶上的。"""
_LATEST_EACH = f"""
e.number IN (
  SELECT (
    SELECT e.number FROM entry AS e JOIN receipt AS r ON r.number = e.receipt
    WHERE e.item = k.item AND e.field = :field AND e.agency = k.agency AND e.quarter <= :until
      AND {IN_FORCE}
    ORDER BY e.quarter DESC LIMIT 1)
  FROM (SELECT DISTINCT e.item, e.agency FROM entry AS e WHERE {{which}}) AS k)
"""  # noqa: S608 - 拼的是本文件里的条件
_OF_PAIR = "e.agency = :agency AND e.quarter = :quarter"
_NOT_SUPERSEDED = "NOT EXISTS (SELECT 1 FROM entry AS s WHERE s.supersedes = e.number)"
_PAIR = "r.agency = :agency AND r.quarter = :quarter"
_STANDING = """
NOT EXISTS (
  SELECT 1 FROM decision AS d
  WHERE d.subject = r.receipt AND d.kind = 'send_back' AND d.item IS NULL)
"""
_CONFIRMATIONS = """
SELECT r.receipt, c.item, c.reason
FROM confirmation AS c JOIN receipt AS r ON r.number = c.receipt
"""
# 事项报的内容本身；来源、原因一类附在它旁边的话退回了，数还是作数的。
_CONTENT = ("value", "status", "progress", "measure", "summary", "public")
_LATER = """
SELECT 1 FROM receipt AS r JOIN receipt AS old ON (old.agency, old.quarter) = (r.agency, r.quarter)
WHERE old.receipt = :receipt AND r.number > old.number AND r.number <= :upto AND NOT EXISTS (
  SELECT 1 FROM decision AS d
  WHERE d.subject = r.receipt AND d.kind = 'send_back' AND d.item IS NULL AND d.number <= :upto)
"""
"""同一单位同一季度后来的、没有整张退回的回执。"""
_UNDATED = """
SELECT e.agency, e.quarter, e.item, e.number FROM entry AS e
WHERE e.field = 'data_at' AND e.state = 'withdrawn' AND e.number <= :upto AND NOT EXISTS (
  SELECT 1 FROM entry AS s WHERE s.supersedes = e.number AND s.number <= :upto)
"""
_ATTACHMENTS = """
SELECT t.file FROM attachment AS t JOIN receipt AS r ON r.number = t.receipt
"""


EVER = 2**63 - 1
"""不设时限的 ``:upto``。"""


# 条件的名称 → 列和怎么比；不在其中的，条件就是列名，值是几个里的一个。
_COMPARED = {
    "quarter": "quarter =",
    "since": "quarter >=",
    "until": "quarter <=",
    "agency": "agency =",
}


def narrowed(
    table: str, base: str, **given: Quarter | Sequence[str] | None
) -> tuple[str, dict[str, str]]:
    """``base`` 之外再加几个条件，没有给的不加：SQL 和其中的值。"""
    words, values = [base], dict[str, str]()
    for name, value in given.items():
        if value is None:
            continue
        if name in _COMPARED or isinstance(value, Quarter):
            words.append(f"{table}.{_COMPARED[name]} :{name}")
            values[name] = str(value)
        else:
            own = {f"{name}{n}": one for n, one in enumerate(value)}
            words.append(f"{table}.{name} IN ({', '.join(f':{key}' for key in own)})")
            values |= own
    return " AND ".join(words), values


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

    def undated(self, found: tuple[Entry, ...], upto: int) -> tuple[Entry, ...]:
        """数带着入库时的时点；时点后来撤回了的，去掉。不常有，要有可疑的才查。"""
        written = {entry.key[:3] for entry in found if entry.field == "data_at"}
        bare = {e.item for e in found if e.data_at is not None and e.key[:3] not in written}
        if not bare:
            return found
        where, values = narrowed("e", _UNDATED, item=sorted(bare))
        gone = {
            (row["agency"], quarter_from(row["quarter"]), row["item"]): int(row["number"])
            for row in self.rows(where, upto=upto, **values)
        }
        return tuple(
            replace(e, data_at=None) if e.data_at and e.number < gone.get(e.key[:3], 0) else e
            for e in found
        )

    def receipts(self, where: str, **values: str | int) -> tuple[Receipt, ...]:
        """符合条件的回执，先后为序。"""
        rows = self.rows(f"{RECEIPTS} WHERE {where} ORDER BY r.number", **values)
        with sensible(self._path):
            return tuple(map(receipt_from, rows))

    def confirmations(self, where: str, **values: str | int) -> tuple[Confirmation, ...]:
        """符合条件的确认，先后为序。"""
        rows = self.rows(f"{_CONFIRMATIONS} WHERE {where} ORDER BY c.number", **values)
        return tuple(Confirmation(row["receipt"], row["item"], row["reason"]) for row in rows)

    def decisions(self, where: str, **values: str | int) -> tuple[Decision, ...]:
        """符合条件的决定，先后为序。"""
        rows = self.rows(f"{DECISIONS} WHERE {where} ORDER BY d.number", **values)
        with sensible(self._path):
            return tuple(map(decision_from, rows))

    def sent_back(self, upto: int) -> tuple[SentBack, ...]:
        """到 ``upto`` 为止的退回，先后为序。"""
        rulings = self.decisions("d.kind = 'send_back' AND d.number <= :upto", upto=upto)
        return tuple(self._outcome(ruling, upto) for ruling in rulings)

    def _outcome(self, ruling: Decision, upto: int) -> SentBack:
        [receipt] = self.receipts("r.receipt = :receipt", receipt=ruling.subject)
        waiting = self._waiting(receipt, upto)
        later = self.rows(_LATER, receipt=ruling.subject, upto=upto)
        return SentBack(
            ruling,
            receipt.agency,
            receipt.quarter,
            (ruling.item,) if ruling.item else (),
            tuple(sorted(item for item in waiting if ruling.item in {None, item})),
            ruling.item is None and not later,
        )

    def _waiting(self, receipt: Receipt, upto: int) -> set[str]:
        """一张回执里内容不再作数、后来的回执也没有再说的事项。"""
        about = {"agency": receipt.agency, "quarter": str(receipt.quarter)}
        where, values = narrowed("e", f"{IN_FORCE} AND {_OF_PAIR}", field=_CONTENT)
        standing = {e.item: e.number for e in self.entries(where, upto=upto, **values, **about)}
        where, values = narrowed("e", f"{AWAITING} AND r.receipt = :receipt", field=_CONTENT)
        gone = self.entries(where, upto=upto, receipt=receipt.receipt, **values)
        return {entry.item for entry in gone if entry.number > standing.get(entry.item, 0)}

    def latest(self, field: str, items: Sequence[str], until: str, upto: int) -> tuple[Entry, ...]:
        """各事项各单位到 ``until`` 为止最近一季有效的这一种格，按顺序号。"""
        which, values = narrowed("e", "e.field = :field", item=items)
        return self.entries(
            _LATEST_EACH.replace("{which}", which), field=field, until=until, upto=upto, **values
        )

    def last(self, posting: Posting) -> tuple[Entry, ...]:
        """有关单位、季度每一格的最后一笔，撤回的也在内。"""
        return tuple(
            entry
            for pair in _pairs(posting)
            for entry in self.entries(f"{_OF_PAIR} AND {_NOT_SUPERSEDED}", **pair)
        )

    def past(self, posting: Posting, last: tuple[Entry, ...]) -> "Past":
        """与一份文件有关的在案情形；``last`` 同上。"""
        from ipmeasures.ledger.posted import Past  # noqa: PLC0415 - 入库才用

        pairs = _pairs(posting)
        # 链尾而不在有效之列的，是撤回的和退回的
        force = {
            entry.number
            for pair in pairs
            for entry in self.entries(f"{IN_FORCE} AND {_OF_PAIR}", upto=EVER, **pair)
        }
        return Past(
            in_force=tuple(entry for entry in last if entry.number in force),
            sent_back=tuple(
                entry
                for entry in last
                if entry.number not in force and entry.state is not State.WITHDRAWN
            ),
            # 整张退回了的，不能再拿来说“收过了”
            receipts=tuple(
                r for pair in pairs for r in self.receipts(f"{_PAIR} AND {_STANDING}", **pair)
            ),
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
