"""台账的历史：一次次的写入，改了什么、原来是什么、为什么。"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from ipmeasures.ledger.decision import Decision, DecisionKind
from ipmeasures.ledger.entry import Confirmation, Entry, Receipt
from ipmeasures.ledger.reads import Reader
from ipmeasures.quarter import Quarter

_T = TypeVar("_T")
_CORRECTED = "e.supersedes IS NOT NULL"
_OF_ITEM = "e.item = :item"
_OLD = "e.number IN (SELECT n.supersedes FROM entry AS n WHERE n.number <= :upto {more})"
_WHY = """
e.field = 'note' AND EXISTS (
  SELECT 1 FROM entry AS n
  WHERE n.receipt = e.receipt AND n.item = e.item AND n.supersedes IS NOT NULL)
"""
_ATTACHED = """
SELECT r.receipt, t.name FROM attachment AS t JOIN receipt AS r ON r.number = t.receipt
WHERE t.number <= :upto ORDER BY t.number
"""


@dataclass(frozen=True, slots=True)
class About:
    """只看哪个季度、哪个单位、哪个事项的；空的不限。看一个事项时，它的每一笔都列。"""

    quarter: Quarter | None = None
    agency: str | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """一格的改动：现在的、原来的（第一次报的没有）、同时写的说明；原来的是不是退回了的。"""

    new: Entry
    old: Entry | None
    why: str | None
    old_sent_back: bool = False


@dataclass(frozen=True, slots=True)
class Filed:
    """一张回执：改了在案的哪些格，确认了什么，附了什么。"""

    receipt: Receipt
    corrections: tuple[Correction, ...]
    confirmations: tuple[Confirmation, ...]
    attachments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """一次写入：收下的各张回执，或一个决定涉及的各项。"""

    recorded_at: dt.datetime
    recorded_by: str
    filed: tuple[Filed, ...] = ()
    decisions: tuple[Decision, ...] = ()


def acts(reader: Reader, about: About, upto: int) -> tuple[Act, ...]:
    """到 ``upto`` 为止的各次写入，先后为序。"""
    receipts = {r.receipt: r for r in reader.receipts("r.number <= :upto", upto=upto)}
    corrections = _corrections(reader, about, upto)
    confirmed = _grouped(reader.confirmations("c.number <= :upto", upto=upto), lambda c: c.receipt)
    attached = _grouped(reader.rows(_ATTACHED, upto=upto), lambda row: str(row["receipt"]))
    posts = [
        Filed(
            receipt,
            tuple(corrections.get(number, ())),
            tuple(c for c in confirmed.get(number, ()) if about.item in {None, c.item}),
            tuple(row["name"] for row in attached.get(number, ())),
        )
        for number, receipt in receipts.items()
        if _concerns(about, receipt) and (about.item is None or number in corrections)
    ]
    rulings = [
        decision
        for decision in reader.decisions("d.number <= :upto", upto=upto)
        if _decided(about, decision, receipts)
    ]
    return _in_order(reader, posts, rulings)


def _corrections(reader: Reader, about: About, upto: int) -> Mapping[str, list[Correction]]:
    """各回执的改动；看一个事项时，第一次报的也算。"""
    item = about.item or ""
    chosen = _OF_ITEM if about.item else _CORRECTED
    more = "AND n.item = :item" if about.item else ""
    known: dict[str, str | int] = {"upto": upto, "item": item}
    old = {e.number: e for e in reader.entries(_OLD.format(more=more), **known)}
    notes = {(e.receipt, e.item): e.text for e in reader.entries(_WHY)}
    found = reader.entries(f"{chosen} AND e.number <= :upto", **known)
    returned = reader.decisions("d.kind = 'send_back' AND d.number <= :upto", upto=upto)
    made = [
        Correction(
            new,
            before := old.get(new.supersedes or 0),
            notes.get((new.receipt, new.item)),
            before is not None and any(_took(one, before, new) for one in returned),
        )
        for new in found
        if new.field != "note" or about.item
    ]
    return _grouped(made, lambda one: one.new.receipt)


def _took(decision: Decision, old: Entry, new: Entry) -> bool:
    """这个退回退掉了 ``old``，在 ``new`` 报来以前。"""
    about = decision.subject == old.receipt and decision.item in {None, old.item}
    return about and decision.number < new.number


def _in_order(reader: Reader, posts: list[Filed], rulings: list[Decision]) -> tuple[Act, ...]:
    """按写入的先后排；同一次写入的归到一起。"""
    numbers = {
        row["receipt"]: row["act"] for row in reader.rows("SELECT receipt, act FROM receipt")
    }
    decided = {row["number"]: row["act"] for row in reader.rows("SELECT number, act FROM decision")}
    filed = _grouped(posts, lambda one: numbers[one.receipt.receipt])
    ruled = _grouped(rulings, lambda one: decided[one.number])
    return tuple(
        _act(tuple(filed.get(number, ())), tuple(ruled.get(number, ())))
        for number in sorted(filed.keys() | ruled.keys())
    )


def _act(filed: tuple[Filed, ...], ruled: tuple[Decision, ...]) -> Act:
    first = filed[0].receipt if filed else ruled[0]
    return Act(first.recorded_at, first.recorded_by, filed, ruled)


def _concerns(about: About, receipt: Receipt) -> bool:
    return about.quarter in {None, receipt.quarter} and about.agency in {None, receipt.agency}


def _decided(about: About, decision: Decision, receipts: Mapping[str, Receipt]) -> bool:
    """退回看它的回执；锁定、解锁看季度，与哪家、哪项无关；别的决定只在什么都不限时列。"""
    if decision.kind is DecisionKind.SEND_BACK:
        of_item = decision.item is None or about.item in {None, decision.item}
        return of_item and _concerns(about, receipts[decision.subject])
    if decision.kind in {DecisionKind.LOCK, DecisionKind.UNLOCK}:
        return about.quarter is None or str(about.quarter) == decision.subject
    return about == About()


_K = TypeVar("_K")


def _grouped(things: Iterable[_T], key: Callable[[_T], _K]) -> dict[_K, list[_T]]:
    found: dict[_K, list[_T]] = defaultdict(list)
    for thing in things:
        found[key(thing)].append(thing)
    return found
