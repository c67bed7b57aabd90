"""``ipm log``：台账的历史。"""

from enum import StrEnum
from typing import Annotated

import typer

from ipmeasures.commands.desk import (
    need_agency,
    need_item,
    open_desk,
    parse_quarter,
    tell_notes,
)
from ipmeasures.commands.options import AgencyOption, AsOf, Home, QuarterOption
from ipmeasures.ledger.log import About, Act
from ipmeasures.ledger.store import Ledger
from ipmeasures.plan.model import Commitment, Plan
from ipmeasures.report.json_view import printed
from ipmeasures.report.terminal.log import log_json, log_text


class Format(StrEnum):
    """输出的形式。"""

    TEXT = "text"
    JSON = "json"


def run(  # noqa: PLR0913, PLR0917 - 命令的选项
    quarter: QuarterOption = None,
    agency: AgencyOption = None,
    item: Annotated[
        str | None, typer.Option(metavar="事项", help="只看一个事项，它的每一笔都列")
    ] = None,
    last: Annotated[int, typer.Option(metavar="次数", help="只列最近几次，0 是全部", min=0)] = 0,
    output: Annotated[Format, typer.Option("--format", help="text 或 json")] = Format.TEXT,
    as_of: AsOf = None,
    home: Home = None,
) -> None:
    """谁、何时、收了什么、改了什么（原来的 -> 现在的）、为什么。"""
    desk = open_desk(home)
    until = desk.until(as_of)
    tell_notes(until)
    about = About(
        parse_quarter(quarter),
        need_agency(until.plan, agency) if agency else None,
        _source(until.plan, item) if item else None,
    )
    found: tuple[Act, ...] = ()
    if until.exists:
        with Ledger.open(desk.workspace.ledger, read_only=True) as ledger:
            found = ledger.log(about, until.upto)
    shown = found[-last:] if last else found
    if output is Format.JSON:
        print(printed(log_json(shown)))
    else:
        print(log_text(shown, len(found)))


def _source(plan: Plan, item: str) -> str:
    found = plan.items[need_item(plan, item)]
    return (isinstance(found, Commitment) and found.same_as) or found.id
