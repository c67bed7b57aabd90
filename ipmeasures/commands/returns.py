"""``ipm returns``：谁报了，谁没有报。"""

from enum import StrEnum
from typing import Annotated

import typer

from ipmeasures.commands.dates import tell_outside
from ipmeasures.commands.desk import Record, open_desk, parse_quarter, tell_notes
from ipmeasures.commands.options import AsOf, Home, QuarterOption, YearOption
from ipmeasures.errors import UsageError
from ipmeasures.progress.reporting import Reporting, reporting_of
from ipmeasures.quarter import Quarter
from ipmeasures.report.json_view import printed, returns_json
from ipmeasures.report.terminal.returns import returns_text, year_json, year_text


class Format(StrEnum):
    """输出的形式。"""

    TABLE = "table"
    JSON = "json"


def run(
    quarter: QuarterOption = None,
    year: YearOption = None,
    output: Annotated[Format, typer.Option("--format", help="table 或 json")] = Format.TABLE,
    as_of: AsOf = None,
    home: Home = None,
) -> None:
    """谁报了、何时报的、怎么报的，谁没有报；完整率和及时率。"""
    desk = open_desk(home)
    until = desk.until(as_of)
    tell_notes(until)
    if year is not None and quarter is None:
        _year(desk.record(until), year + 2000 if year < 100 else year, output)
        return
    when = parse_quarter(quarter, year) or desk.quarter(None, until)
    record = desk.record(until, when)
    tell_outside(record.plan, when)
    reporting = _reporting(record, when)
    if output is Format.JSON:
        print(printed(returns_json(reporting)))
    else:
        print(returns_text(reporting, record.day))


def _reporting(record: Record, quarter: Quarter) -> Reporting:
    return reporting_of(record.plan, record.receipts, quarter, record.day, record.sent_back)


def _year(record: Record, year: int, output: Format) -> None:
    """一年四季，一家一行；还没有结束的季度不列。"""
    quarters = [Quarter(year, n) for n in (1, 2, 3, 4)]
    ended = [_reporting(record, q) for q in quarters if q.last_day < record.day]
    if not ended:
        raise UsageError(f"{year}年还没有结束的季度，请核对 --year")
    if output is Format.JSON:
        print(printed(year_json(ended)))
    else:
        print(year_text(year, ended, record.day))
