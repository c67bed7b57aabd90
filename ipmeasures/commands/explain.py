"""``ipm explain``：一个事项的状态是怎么判出来的。"""

from typing import Annotated

import typer

from ipmeasures.commands.desk import need_item, need_quarter, open_desk, tell_notes
from ipmeasures.commands.options import AsOf, Home, QuarterOption
from ipmeasures.report.terminal.explain import explain_text


def run(
    item: Annotated[str, typer.Argument(metavar="事项", help="编号（如 I01）或全称")],
    quarter: QuarterOption = None,
    as_of: AsOf = None,
    home: Home = None,
) -> None:
    """代入数字的算式、界线、数据的新旧，和得出状态的那一条规则。"""
    desk = open_desk(home)
    record = desk.record(as_of)
    key = need_item(record.plan, item)
    tell_notes(record.until)
    when = need_quarter(quarter, record.receipts, record.day)
    gap = next(gap for gap in record.gaps(when).items if gap.id == key)
    print(explain_text(record.plan, gap, record.entries, when))
