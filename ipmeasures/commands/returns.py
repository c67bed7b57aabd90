"""``ipm returns``：谁报了，谁没有报。"""

from enum import StrEnum
from typing import Annotated

import typer

from ipmeasures.commands.desk import need_quarter, open_desk, tell_notes
from ipmeasures.commands.options import AsOf, Home, QuarterOption
from ipmeasures.progress.reporting import reporting_of
from ipmeasures.report.json_view import printed, returns_json
from ipmeasures.report.terminal.returns import returns_text


class Format(StrEnum):
    """输出的形式。"""

    TABLE = "table"
    JSON = "json"


def run(
    quarter: QuarterOption = None,
    output: Annotated[Format, typer.Option("--format", help="table 或 json")] = Format.TABLE,
    as_of: AsOf = None,
    home: Home = None,
) -> None:
    """谁报了、何时报的、怎么报的，谁没有报；完整率和及时率。"""
    desk = open_desk(home)
    record = desk.record(as_of)
    tell_notes(record.until)
    when = need_quarter(quarter, record.receipts, record.day)
    reporting = reporting_of(record.plan, record.receipts, when, record.day, record.sent_back)
    if output is Format.JSON:
        print(printed(returns_json(reporting)))
    else:
        print(returns_text(reporting, record.day))
