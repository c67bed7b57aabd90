"""``ipm plan``：看计划。"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ipmeasures.commands.desk import open_desk, tell_notes
from ipmeasures.commands.options import AsOf, Home


class Format(StrEnum):
    """输出的形式。"""

    TABLE = "table"
    JSON = "json"
    XLSX = "xlsx"


def run(
    output: Annotated[
        Format, typer.Option("--format", help="table、json；xlsx 是可发出的任务分解表")
    ] = Format.TABLE,
    out: Annotated[Path | None, typer.Option(metavar="文件", help="xlsx 写到哪里")] = None,
    as_of: AsOf = None,
    home: Home = None,
) -> None:
    """指标、措施、任务、量化任务、里程碑，和谁该报什么。"""
    desk = open_desk(home)
    plan, folder = desk.plan, desk.workspace.reports
    if as_of is not None:
        until = desk.until(as_of)
        tell_notes(until)
        plan, folder = until.plan, desk.reports(until)
    if output is Format.TABLE:
        from ipmeasures.report.terminal.plan import plan_text  # noqa: PLC0415 - 用到才装载

        print(plan_text(plan))
    elif output is Format.JSON:
        from ipmeasures.report.json_view import printed  # noqa: PLC0415 - 用到才装载
        from ipmeasures.report.plan_json import plan_json  # noqa: PLC0415 - 用到才装载

        print(printed(plan_json(plan)))
    else:
        from ipmeasures.report.drafts import drafted  # noqa: PLC0415 - 用到才装载
        from ipmeasures.report.sheets.plan import plan_xlsx  # noqa: PLC0415 - 用到才装载

        path = out or folder / "任务分解表.xlsx"
        print(drafted(path, plan_xlsx(plan)))
