"""把报来的内容一格一格写回去。"""

import datetime as dt
from typing import Any

from openpyxl.cell.cell import ERROR_CODES

from ipmeasures.forms.given import Given, Kind
from ipmeasures.forms.write import write_value


def put_back(cell: Any, given: Given | None, *, figure: bool = False) -> None:  # noqa: ANN401 - openpyxl 的单元格
    """把一格原来的内容写回去：数还是数、文字还是文字，什么也不算。

    没有算出结果的公式，数字格里写成文字（改好以前收不下），别的格空着：写成文字就会被当成内容收下。
    """
    cell.value = None
    if given is None or (given.kind is Kind.FORMULA and not figure):
        return
    if given.as_seen:
        write_value(cell, given.seen)
    elif given.kind is Kind.DATE:
        _put_date(cell, given)
    elif given.kind is Kind.BOOLEAN:
        cell.value = given.raw == "TRUE"
    elif given.kind is Kind.ERROR:
        cell.value = given.raw if given.raw in ERROR_CODES else "#VALUE!"
        cell.data_type = "e"
    elif given.kind is Kind.NUMBER:
        cell.value = given.raw
        cell.data_type = "n"  # 原文照写，多一位少一位都不行
        cell.number_format = given.number_format
    else:
        write_value(cell, given.raw)


def _put_date(cell: Any, given: Given) -> None:  # noqa: ANN401 - 同上
    day: dt.datetime | None
    try:
        day = dt.datetime.fromisoformat(given.raw).replace(tzinfo=None)
    except ValueError:
        day = None
    if day is None or day.year <= 1904:  # 写不成序号的
        write_value(cell, given.raw)
        return
    cell.value = day
    cell.number_format = "yyyy-mm-dd"
