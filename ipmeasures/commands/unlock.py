"""``ipm unlock``：给锁定的季度解锁。"""

from typing import Annotated

import typer

from ipmeasures.commands.deciding import need_reason
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
    """解锁以后，这个季度又可以收更正的表。"""
    desk, who = open_desk(home), by or user_name()
    when, reason = need_named_quarter(quarter), need_reason(why)
    with Ledger.open(desk.workspace.ledger) as ledger:
        lock = ledger.locks().get(str(when))
        if lock is None:
            raise UsageError(f"{when} 没有锁定，不必解锁")
        decide(desk, ledger, desk.ruling(DecisionKind.UNLOCK, str(when), reason, who))
    print(
        f"{when} 已解锁（{who}，理由：{reason}）；它由 {lock.recorded_by} "
        f"于 {lock.day.isoformat()} 锁定"
    )
