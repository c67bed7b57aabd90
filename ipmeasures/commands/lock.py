"""``ipm lock``：报告印发以后锁定一个季度。"""

from typing import Annotated

import typer

from ipmeasures.commands.deciding import need_reason, need_unlocked
from ipmeasures.commands.desk import need_named_quarter, open_desk, user_name
from ipmeasures.commands.options import By, Home, Why
from ipmeasures.commands.recording import decide
from ipmeasures.errors import UsageError
from ipmeasures.ledger.decision import DecisionKind
from ipmeasures.ledger.store import Ledger


def run(
    quarter: Annotated[str, typer.Argument(metavar="季度", help="如 2023Q2")],
    why: Why,
    by: By = None,
    home: Home = None,
) -> None:
    """锁定以后，这个季度的表不再收，直到解锁。"""
    desk, who = open_desk(home), by or user_name()
    when, reason = need_named_quarter(quarter), need_reason(why)
    if when.first_day > desk.today:
        raise UsageError(f"{when} 还没有开始，请核对季度")
    with Ledger.open(desk.workspace.ledger) as ledger:
        need_unlocked(ledger, when)
        decide(desk, ledger, desk.ruling(DecisionKind.LOCK, str(when), reason, who))
    print(f"{when} 已锁定（{who}，{desk.today.isoformat()}，理由：{reason}），以后来的表不再收")
