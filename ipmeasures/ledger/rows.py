"""台账的行和对象互换：小数、季度、时间怎么写成文字，又怎么读回来。"""

import datetime as dt
import json
import sqlite3
from decimal import Decimal
from functools import lru_cache

from ipmeasures.ledger.decision import Decision, DecisionKind
from ipmeasures.ledger.entry import Entry, Receipt
from ipmeasures.quarter import Quarter
from ipmeasures.returns.line import State

ENTRIES = """
SELECT e.*, r.receipt AS receipt_text, r.file AS sha256, r.file_name, r.revision, r.received_on,
       a.recorded_at
FROM entry AS e JOIN receipt AS r ON r.number = e.receipt JOIN act AS a ON a.number = r.act
"""
"""一格连同它的出处；后面接条件。"""

RECEIPTS = """
SELECT r.*, a.recorded_at, a.recorded_by, h.hash AS head
FROM receipt AS r JOIN act AS a ON a.number = r.act
JOIN link AS h ON h.number = coalesce(
  (SELECT min(number) FROM act WHERE number > r.act) - 1, (SELECT max(number) FROM link))
"""
"""回执连同那一次写完时的链头；后面接条件。"""

DECISIONS = """
SELECT d.*, a.recorded_at, a.recorded_by FROM decision AS d JOIN act AS a ON a.number = d.act
"""
"""办公室的决定；后面接条件。"""


def decimal_text(value: Decimal) -> str:
    """小数的唯一写法：没有指数、没有多余的零、没有负零。

    Raises:
        ValueError: 不是有限的数。
    """
    if not value.is_finite():
        raise ValueError(f"{value} 不是有限的数")
    if not value:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def moment_text(moment: dt.datetime) -> str:
    """入库时间的写法：UTC、带微秒，按文字排就是按时间排。

    Raises:
        ValueError: 时间不带时区。
    """
    if moment.tzinfo is None:
        raise ValueError("时间要带时区")
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


@lru_cache(maxsize=256)
def quarter_from(text: str) -> Quarter:
    """由台账里的写法得到季度；全部历史里季度不过几十个，认过的记着。"""
    return Quarter.parse(text)


def entry_from(row: sqlite3.Row) -> Entry:
    """由 ``ENTRIES`` 的一行得到一笔。"""
    return Entry(
        number=row["number"],
        receipt=row["receipt_text"],
        agency=row["agency"],
        quarter=quarter_from(row["quarter"]),
        item=row["item"],
        field=row["field"],
        state=State(row["state"]),
        value=None if row["value"] is None else Decimal(row["value"]),
        text=row["text"],
        data_at=None if row["data_at"] is None else quarter_from(row["data_at"]),
        raw=row["raw"],
        file=row["file_name"],
        sha256=row["sha256"],
        sheet=row["sheet"],
        cell=row["cell"],
        revision=row["revision"],
        received_on=dt.date.fromisoformat(row["received_on"]),
        recorded_at=dt.datetime.fromisoformat(row["recorded_at"]),
        supersedes=row["supersedes"],
    )


def receipt_from(row: sqlite3.Row) -> Receipt:
    """由 ``RECEIPTS`` 的一行得到一张回执；``head`` 是给人看的短链头。"""
    return Receipt(
        receipt=row["receipt"],
        agency=row["agency"],
        agency_as_written=row["agency_as_written"],
        quarter=quarter_from(row["quarter"]),
        revision=row["revision"],
        manner=row["manner"],
        file=row["file_name"],
        sha256=row["file"],
        received_on=dt.date.fromisoformat(row["received_on"]),
        recorded_at=dt.datetime.fromisoformat(row["recorded_at"]),
        recorded_by=row["recorded_by"],
        figures=row["figures"],
        texts=row["texts"],
        warnings=row["warnings"],
        head=row["head"][:12],
        signed=tuple((name, text) for name, text in json.loads(row["signed"])),
    )


def decision_from(row: sqlite3.Row) -> Decision:
    """由 ``DECISIONS`` 的一行得到一个决定。"""
    return Decision(
        number=row["number"],
        kind=DecisionKind(row["kind"]),
        subject=row["subject"],
        item=row["item"],
        why=row["why"],
        detail={} if row["detail"] is None else json.loads(row["detail"]),
        recorded_at=dt.datetime.fromisoformat(row["recorded_at"]),
        recorded_by=row["recorded_by"],
    )
