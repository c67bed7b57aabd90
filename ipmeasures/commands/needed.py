"""判一个季度、写它的报告要用到台账的哪些：别的季度再多，也不必都读。"""

from collections.abc import Iterable

from ipmeasures.ledger.entry import Entry, Receipt
from ipmeasures.ledger.store import Ledger
from ipmeasures.plan.model import Plan
from ipmeasures.quarter import Quarter

# 以前各季有数字的事项：数和时点用来判，原因和下一步随沿用的数照录。
_FIGURES = ("value", "data_at", "reason", "next_step")


def to_judge(
    ledger: Ledger, plan: Plan, quarter: Quarter, upto: int
) -> tuple[tuple[Entry, ...], tuple[Receipt, ...]]:
    """判 ``quarter`` 要用的各笔（按顺序号）和回执。

    各笔是这一季和上一季的全部，各季有数字的事项的数，里程碑各家此前最近一次的情况；回执是这一季的、
    有确认的，台账的最后一张总在最后。
    """
    before = quarter + -1
    asked = [item.id for item in plan.asked_items]
    entries = _in_order(
        (
            *ledger.entries(upto, since=before, until=quarter),
            *ledger.entries(upto, items=asked, fields=_FIGURES),
            *ledger.latest("status", [m.id for m in plan.milestones], before + -1, upto),
        )
    )
    # 上一季有没有报表：只有零报告的，看回执才知道
    told = any(entry.quarter == before for entry in entries)
    return entries, _receipts(ledger, (), quarter if told else before, quarter, upto)


def to_report(
    ledger: Ledger, quarter: Quarter, upto: int
) -> tuple[tuple[Entry, ...], tuple[Receipt, ...]]:
    """写 ``quarter`` 的报告要用的：各季走势、状态都要印，各笔全要；回执只要印得到的。"""
    entries = ledger.entries(upto)
    named = {entry.receipt for entry in entries}
    return entries, _receipts(ledger, named, quarter + -1, quarter, upto)


def _receipts(
    ledger: Ledger, named: Iterable[str], since: Quarter, until: Quarter, upto: int
) -> tuple[Receipt, ...]:
    """点名的、有确认的、一段时间的；台账的最后一张总在最后。"""
    confirmed = [confirmation.receipt for confirmation in ledger.confirmations(upto)]
    found = {
        receipt.receipt: receipt
        for receipt in (
            *ledger.receipts(as_of=upto, named=sorted({*named, *confirmed})),
            *ledger.receipts(as_of=upto, since=since, until=until),
        )
    }
    last = ledger.last_receipt(upto)
    if last is None:
        return ()
    found.pop(last.receipt, None)
    return (*found.values(), last)


def agency_entries(ledger: Ledger, plan: Plan, agency: str, quarter: Quarter) -> tuple[Entry, ...]:
    """核对一个单位一个季度的报表要用的：这一季和上一季的全部，各季报过的数和时点，按顺序号。"""
    asked = [item.id for item in plan.asked_items]
    recent = ledger.entries(agency=agency, since=quarter + -1, until=quarter)
    figures = ledger.entries(agency=agency, items=asked, fields=["value", "data_at"])
    return _in_order((*recent, *figures))


def _in_order(found: Iterable[Entry]) -> tuple[Entry, ...]:
    """几次查到的合在一起，不重复。"""
    by_number = {entry.number: entry for entry in found}
    return tuple(by_number[number] for number in sorted(by_number))
