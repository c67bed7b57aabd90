"""``ipm explain``：一个事项的状态是怎么判出来的。"""

import sys
from typing import Annotated

import typer

from ipmeasures.commands.desk import NO_RECORD, need_item, need_quarter, open_desk
from ipmeasures.commands.options import AsOf, Home, QuarterOption
from ipmeasures.progress.gaps import find_gaps
from ipmeasures.report.terminal.explain import explain_text


def run(
    item: Annotated[str, typer.Argument(metavar="事项", help="编号（如 I01）或全称")],
    quarter: QuarterOption = None,
    as_of: AsOf = None,
    home: Home = None,
) -> None:
    """代入数字的算式、界线、数据的新旧，和得出状态的那一条规则。"""
    desk = open_desk(home)
    key = need_item(desk.plan, item)
    record = desk.record(as_of)
    if not record.exists:
        print(NO_RECORD, file=sys.stderr)
    when = need_quarter(quarter, record.receipts, record.day)
    gaps = find_gaps(desk.plan, record.entries, record.receipts, when, record.day)
    gap = next(gap for gap in gaps.items if gap.id == key)
    print(explain_text(desk.plan, gap, record.entries, when))
