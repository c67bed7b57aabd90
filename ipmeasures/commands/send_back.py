"""``ipm send-back``：退回一张回执，或其中几项。"""

from collections.abc import Sequence
from typing import Annotated

import typer

from ipmeasures.commands.aftermath import lights_after_sending_back
from ipmeasures.commands.deciding import need_reason, need_unlocked
from ipmeasures.commands.desk import Desk, need_item, open_desk, user_name
from ipmeasures.commands.options import By, Home, Why
from ipmeasures.commands.recording import decide
from ipmeasures.errors import UsageError
from ipmeasures.ledger.decision import DecisionKind
from ipmeasures.ledger.entry import Entry, Receipt
from ipmeasures.ledger.store import Ledger
from ipmeasures.plan.model import Commitment
from ipmeasures.report.terminal.decisions import light_lines, sent_back_lines


def run(
    receipt: Annotated[str, typer.Argument(metavar="回执", help="如 2023Q2-0007")],
    why: Why,
    item: Annotated[
        list[str] | None, typer.Option(metavar="事项", help="只退这一项，可写几次；不写是整张")
    ] = None,
    by: By = None,
    home: Home = None,
) -> None:
    """退回的数和文字不再作数，等单位重报；以前的数不会自己回来。"""
    desk = open_desk(home)
    reason = need_reason(why)
    with Ledger.open(desk.workspace.ledger) as ledger:
        found = _receipt(ledger, receipt.strip())
        need_unlocked(ledger, found.quarter)
        items = tuple(dict.fromkeys(_source(desk, one) for one in item or ()))
        taken = _taken(ledger, found, items)
        before = ledger.head.sequence
        ruling = desk.ruling(
            DecisionKind.SEND_BACK, found.receipt, reason, by or user_name(), items
        )
        decide(desk, ledger, ruling)
        changed = {e.item for e in taken}
        lights = lights_after_sending_back(desk, ledger, before, found.quarter, changed)
    print("\n".join([*sent_back_lines(found, items, taken, reason), *light_lines(lights)]))


def _receipt(ledger: Ledger, number: str) -> Receipt:
    for receipt in ledger.receipts():
        if receipt.receipt.lower() == number.lower():
            return receipt
    raise UsageError(f"台账里没有回执 {number}，回执号见 ipm returns 或 ipm log")


def _source(desk: Desk, item: str) -> str:
    found = desk.plan.items[need_item(desk.plan, item)]
    return (isinstance(found, Commitment) and found.same_as) or found.id


def _taken(ledger: Ledger, receipt: Receipt, items: Sequence[str]) -> list[Entry]:
    """将不再作数的各格；没有可退的，说明为什么。"""
    name = f"回执 {receipt.receipt}（{receipt.agency} {receipt.quarter}）"
    back = [one for one in ledger.sent_back() if one.decision.subject == receipt.receipt]
    if any(not one.items for one in back):
        raise UsageError(f"{name}已经整张退回了，不必再退")
    mine = [e for e in ledger.entries(quarter=receipt.quarter) if e.receipt == receipt.receipt]
    for item in items:
        if not any(e.item == item for e in mine):
            raise UsageError(
                f"{name}里没有还作数的 {item}：没有报，或已被后来的报表取代、已经退回；"
                f"请用 ipm trace {item} --quarter {receipt.quarter} 看它现在的来处"
            )
    if not items and not mine and (receipt.figures or receipt.texts):
        raise UsageError(f"{name}里的数和文字都已被后来的报表取代，没有可退的")
    return [e for e in mine if not items or e.item in items]
