"""``ipm trace``：一个数从哪里来。"""

from enum import StrEnum
from typing import Annotated

import typer

from ipmeasures.commands.desk import need_item, open_desk, tell_notes
from ipmeasures.commands.options import AsOf, Home, QuarterOption
from ipmeasures.errors import LedgerDamaged
from ipmeasures.ledger.originals import Verdict
from ipmeasures.ledger.recheck import prove
from ipmeasures.ledger.store import Ledger
from ipmeasures.plan.model import Commitment
from ipmeasures.report.json_view import printed
from ipmeasures.report.terminal.trace import Trail, trace_json, trace_text
from ipmeasures.report.used import carried


class Format(StrEnum):
    """输出的形式。"""

    TEXT = "text"
    JSON = "json"


def run(
    item: Annotated[str, typer.Argument(metavar="事项", help="编号（如 I01）或全称")],
    quarter: QuarterOption = None,
    output: Annotated[Format, typer.Option("--format", help="text 或 json")] = Format.TEXT,
    as_of: AsOf = None,
    home: Home = None,
) -> int:
    """回执、文件、摘要、工作表、单元格、谁、何时，和每一次修改；每一笔从原件重新读一遍。"""
    desk = open_desk(home)
    desk.need_sound()
    until = desk.until(as_of)
    tell_notes(until)
    key = need_item(until.plan, item)
    found = until.plan.items[key]
    source = found.same_as if isinstance(found, Commitment) and found.same_as else key
    when = desk.quarter(quarter, until)
    record = desk.record(until, when)
    trail = Trail(key, when, record.entries, ())
    if record.exists:
        gap = next(gap for gap in record.gaps(when).items if gap.id == key)
        kept = carried(record.plan, gap.assessment, record.entries, when)
        with Ledger.open(desk.workspace.ledger, read_only=True) as ledger:
            upto = record.until.upto
            known = tuple(e for e in ledger.history(source, when) if e.number <= upto)
            named = sorted({entry.receipt for entry in (*known, *kept)})
            receipts = {r.receipt: r for r in ledger.receipts(as_of=upto, named=named)}
        proofs = prove(desk.workspace.ledger, [entry.number for entry in (*known, *kept)])
        trail = Trail(key, when, record.entries, known, receipts, proofs, kept, as_of or "")
    if output is Format.JSON:
        print(printed(trace_json(record.plan, trail)))
    else:
        print(trace_text(record.plan, trail))
    differs = any(proof.verdict is Verdict.DIFFERS for proof in trail.proofs.values())
    return LedgerDamaged.exit_status if differs else 0
