"""``ipm explain``：一个事项的状态是怎么判出来的。"""

from enum import StrEnum
from typing import Annotated

import typer

from ipmeasures.commands.desk import need_item, open_desk, tell_notes
from ipmeasures.commands.options import AsOf, Home, QuarterOption
from ipmeasures.report.terminal.explain import explain_text


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
) -> None:
    """代入数字的算式、每个数的出处、界线、成立和不成立的规则，和预测；可以贴进答复。"""
    desk = open_desk(home)
    desk.need_sound()
    until = desk.until(as_of)
    key = need_item(until.plan, item)
    tell_notes(until)
    when = desk.quarter(quarter, until)
    record = desk.record(until)  # 解释要说到每一家以前填的，全部读来
    gap = next(gap for gap in record.gaps(when).items if gap.id == key)
    if output is Format.JSON:
        from ipmeasures.report.explain_json import explain_json  # noqa: PLC0415 - 用到才装载
        from ipmeasures.report.json_view import printed  # noqa: PLC0415 - 用到才装载

        print(printed(explain_json(record.plan, gap, record.entries, when, record.day)))
    else:
        print(explain_text(record.plan, gap, record.entries, when, record.day))
