"""``ipm gaps``：什么滞后，谁没有报。"""

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ipmeasures.commands.dates import tell_outside
from ipmeasures.commands.desk import Record, need_agency, open_desk, tell_notes
from ipmeasures.commands.options import AgencyOption, AsOf, Home, QuarterOption
from ipmeasures.progress.gaps import Gap, Gaps
from ipmeasures.progress.suppose import Supposed
from ipmeasures.quarter import Quarter
from ipmeasures.report.gap_table import CaughtUp, shown_gaps
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
    if_so: Annotated[
        list[str] | None,
        typer.Option("--if", metavar="事项=数", help="假设报这个数会是什么灯，不入库；可写几次"),
    ] = None,
    caught: Annotated[
        bool, typer.Option("--catch-up", help="滞后的下季度要报多少，年底才能回到序时")
    ] = False,
    as_of: AsOf = None,
    home: Home = None,
) -> None:
    """什么滞后（最差在前，带原因和下一步），谁没有报，哪些措施没有动。"""
    desk = open_desk(home)
    until = desk.until(as_of)
    tell_notes(until)
    when = desk.quarter(quarter, until)
    record = desk.record(until, when)
    if when < record.plan.settings.first_quarter:  # 期满以后还看结论，不必问
        tell_outside(record.plan, when)
    who = need_agency(record.plan, agency) if agency else None
    supposed = _suppose(record, if_so, when) if if_so else None
    gaps = record.gaps(when, supposed)
    needed = _needed(record, gaps) if caught else None
    shown = shown_gaps(gaps, everything=only is Only.ALL, agency=who)
    if output is Format.TABLE:
        asked = supposed or needed is not None
        beside = _beside(record, gaps, supposed, needed, who) if asked else []
        print(gap_text(record.plan, gaps, shown, who, beside))
    elif output is Format.JSON:
        _print_json(record, gaps, needed, who)
    elif output is Format.CSV:
        _csv(record, shown, needed, out)
    else:
        name = "全部事项" if only is Only.ALL else "滞后清单"
        name += "-假设" if supposed else ""
        _xlsx(record, gaps, shown, needed, out or desk.reports(until) / f"{when}-{name}.xlsx")


def _csv(record: Record, shown: Sequence[Gap], needed: CaughtUp | None, out: Path | None) -> None:
    from ipmeasures.report.drafts import drafted  # noqa: PLC0415 - 用到才装载
    from ipmeasures.report.sheets.gaps import gaps_csv  # noqa: PLC0415 - openpyxl 用到才装载

    table = gaps_csv(record.plan, shown, needed)
    if out:
        print(drafted(out, table))
    else:
        print(table.decode("utf-8-sig").replace("\r\n", "\n"), end="")


def _xlsx(
    record: Record, gaps: Gaps, shown: Sequence[Gap], needed: CaughtUp | None, out: Path
) -> None:
    from ipmeasures.report.drafts import drafted  # noqa: PLC0415 - 用到才装载
    from ipmeasures.report.sheets.gaps import gaps_xlsx  # noqa: PLC0415 - openpyxl 用到才装载

    print(drafted(out, gaps_xlsx(record.plan, gaps, shown, needed)))


def _suppose(record: Record, written: list[str], quarter: Quarter) -> Supposed:
    from ipmeasures.commands.suppose import need_supposed  # noqa: PLC0415 - 收表的一套，用到才装载

    supposed, notes = need_supposed(record, written, quarter)
    for note in notes:
        print(note, file=sys.stderr)
    return supposed


def _needed(record: Record, gaps: Gaps) -> CaughtUp:
    from ipmeasures.progress.catch_up import catch_ups  # noqa: PLC0415 - 用到才装载

    return catch_ups(record.plan, [gap.assessment for gap in gaps.items], gaps.quarter)


def _print_json(record: Record, gaps: Gaps, needed: CaughtUp | None, agency: str | None) -> None:
    """全部事项；只看一家的，只有它的事项。"""
    from ipmeasures.report.json_view import gaps_json, printed  # noqa: PLC0415 - 用到才装载
    from ipmeasures.report.what_if_json import (  # noqa: PLC0415 - 用到才装载
        with_catch_up,
        with_supposed,
    )

    document = gaps_json(record.plan, gaps, record.plan.settings.thresholds)
    if gaps.supposed:
        document = with_supposed(document, record.gaps(gaps.quarter), gaps)
    if needed is not None:
        document = with_catch_up(document, record.plan, needed, gaps.quarter)
    if agency:
        mine = {gap.id for gap in gaps.items if agency in gap.agencies}
        document["items"] = [item for item in document["items"] if item["id"] in mine]
    print(printed(document))


def _beside(
    record: Record,
    gaps: Gaps,
    supposed: Supposed | None,
    needed: CaughtUp | None,
    agency: str | None,
) -> list[str]:
    """题目下面另加的两段；只看一家的，只列它的。"""
    from ipmeasures.report.terminal.what_if import (  # noqa: PLC0415 - 用到才装载
        catch_up_lines,
        supposed_lines,
    )

    plan, lines = record.plan, []
    if supposed:
        lines += supposed_lines(plan, record.gaps(gaps.quarter), gaps, supposed)
    if needed is not None:
        mine = {
            gap.id: gap.assessment for gap in gaps.items if not agency or agency in gap.agencies
        }
        own = {item: each for item, each in needed.items() if item in mine}
        lines += catch_up_lines(plan, own, mine, gaps.quarter)
    return lines
