"""``ipm gaps``：什么滞后，谁没有报。"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ipmeasures.commands.desk import need_agency, need_quarter, open_desk, tell_notes
from ipmeasures.commands.options import AgencyOption, AsOf, Home, QuarterOption
from ipmeasures.report.drafts import drafted
from ipmeasures.report.gap_table import shown_gaps
from ipmeasures.report.terminal.gaps import gap_text


class Format(StrEnum):
    """输出的形式。"""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


class Only(StrEnum):
    """列哪些。"""

    LAGGING = "lagging"
    ALL = "all"


def run(  # noqa: PLR0913, PLR0917 - 命令的选项
    quarter: QuarterOption = None,
    agency: AgencyOption = None,
    only: Annotated[Only, typer.Option(help="lagging 只列滞后的，all 全部列出")] = Only.LAGGING,
    output: Annotated[
        Format, typer.Option("--format", help="table、json、csv 或 xlsx")
    ] = Format.TABLE,
    out: Annotated[
        Path | None, typer.Option(metavar="文件", help="csv、xlsx 写到哪里；不写时 csv 打印出来")
    ] = None,
    as_of: AsOf = None,
    home: Home = None,
) -> None:
    """什么滞后（最差在前，带原因和下一步），谁没有报，哪些措施没有动。"""
    desk = open_desk(home)
    record = desk.record(as_of)
    tell_notes(record.until)
    when = need_quarter(quarter, record.receipts, record.day)
    who = need_agency(record.plan, agency) if agency else None
    gaps = record.gaps(when)
    shown = shown_gaps(gaps, everything=only is Only.ALL, agency=who)
    if output is Format.TABLE:
        print(gap_text(record.plan, gaps, shown, who))
    elif output is Format.JSON:
        from ipmeasures.report.json_view import gaps_json, printed  # noqa: PLC0415 - 用到才装载

        print(printed(gaps_json(record.plan, gaps, record.plan.settings.thresholds)))
    elif output is Format.CSV:
        from ipmeasures.report.sheets.gaps import gaps_csv  # noqa: PLC0415 - openpyxl 用到才装载

        table = gaps_csv(record.plan, shown)
        if out:
            print(drafted(out, table))
        else:
            print(table.decode("utf-8-sig").replace("\r\n", "\n"), end="")
    else:
        from ipmeasures.report.sheets.gaps import gaps_xlsx  # noqa: PLC0415 - openpyxl 用到才装载

        name = "全部事项" if only is Only.ALL else "滞后清单"
        default = desk.workspace.reports / f"{when}-{name}.xlsx"
        print(drafted(out or default, gaps_xlsx(record.plan, gaps, shown)))
