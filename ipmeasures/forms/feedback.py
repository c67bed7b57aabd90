"""退回表：照发出去的样子重建，原来的内容放回原处，有问题的格子标出来，前面一张错误清单。

从不改报来的那个文件：用库打开再存，下拉框之类就丢了。单位改好标出的格子，把这份表发回来，照样收。
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ipmeasures.forms import style
from ipmeasures.forms.consolidated import (
    consolidated_book,
    consolidated_identity,
    consolidated_title,
)
from ipmeasures.forms.given import GivenRow, Spot, Submitted
from ipmeasures.forms.identity import CONSOLIDATED_AGENCY, identity_of
from ipmeasures.forms.layout import (
    CONSOLIDATED,
    INFO,
    INFO_FIELDS,
    INFO_SHEET,
    RETURN_LAYOUTS,
)
from ipmeasures.forms.mark import Marker
from ipmeasures.forms.put_back import put_back
from ipmeasures.forms.rows import Printed
from ipmeasures.forms.write import (
    HEAD_ROW,
    Table,
    form_book,
    form_tables,
    hint_of,
    saved,
    write_identity,
)
from ipmeasures.plan.expected import Expected
from ipmeasures.plan.model import Plan
from ipmeasures.plan.owed import Owed, owed_by
from ipmeasures.problem import Severity

_LAYOUTS = {layout.sheet: layout for layout in (INFO, *RETURN_LAYOUTS, CONSOLIDATED)}
_PRINTED_INFO = ("agency", "quarter")


def write_feedback(
    plan: Plan, submitted: Submitted, due: str = "", expected: Mapping[str, Expected] | None = None
) -> bytes:
    """一份退回表。

    Args:
        plan: 计划。
        submitted: 报来的内容和问题。
        due: 报送时限，写进说明里的一句话。
        expected: 按编号给出的上期值、上年同期和序时应达。

    Returns:
        ``.xlsx`` 文件的内容。
    """
    quarter = submitted.quarter
    if submitted.agency == CONSOLIDATED_AGENCY:
        rows: list[Printed] = [{"id": r.item} for r in submitted.rows[CONSOLIDATED.sheet]]
        book = consolidated_book(plan, rows, consolidated_title(quarter))
        issued: dict[str, Sequence[Printed]] = {}
        identity, who = consolidated_identity(plan, quarter), "汇总表"
    else:
        owed = owed_by(plan, submitted.agency)
        tables = form_tables(plan, owed, quarter, expected or {})
        issued = {table.layout.sheet: table.rows for table in tables}
        issued[INFO_SHEET] = [{"id": key} for key, _ in INFO_FIELDS]
        book = form_book(owed, quarter, due, _with_extra(tables, submitted, owed))
        identity, who = identity_of(owed, quarter, plan.document.number), submitted.agency
    if submitted.epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    seats = {
        sheet: [HEAD_ROW + 1 + seat for seat in _seats(issued.get(sheet, ()), given)]
        for sheet, given in submitted.rows.items()
    }
    marker = Marker(book, submitted, _LAYOUTS, seats)
    _put_all_back(book, submitted, seats, issued)
    marker.mark()
    marker.write_list(f"{quarter.label} · {who}")
    write_identity(book, replace(identity, mends=submitted.sha256))
    return saved(book, f"{quarter.label}退回表（{who}）", quarter)


def _with_extra(tables: Sequence[Table], submitted: Submitted, owed: Owed) -> Iterator[Table]:
    """多出来的行（不该报的、报了两次的、认不出的、案例）接在各表后面，一行也不丢。"""
    known = {table.layout.sheet: table for table in tables}
    for layout in RETURN_LAYOUTS:
        given = submitted.rows.get(layout.sheet, ())
        title = f"{layout.sheet}（{submitted.quarter.label} · {owed.agency}）"
        table = known.get(layout.sheet) or Table(layout, title, hint_of(layout), (), {})
        needed = max(_seats(table.rows, given), default=-1) + 1
        extra: list[Printed] = [{} for _ in range(needed - len(table.rows))]
        if table.rows or extra:
            yield replace(table, rows=[*table.rows, *extra])


def _seats(issued: Sequence[Printed], given: Sequence[GivenRow]) -> list[int]:
    """报来的各行坐第几行（0 起）：发过的行按编号，其余按次序接在后面。"""
    free = {row["id"]: seat for seat, row in enumerate(issued) if "id" in row}
    after = count(len(free))
    return [free.pop(row.item) if row.item in free else next(after) for row in given]


def _put_all_back(
    book: Workbook,
    submitted: Submitted,
    seats: Mapping[str, Sequence[int]],
    issued: Mapping[str, Sequence[Printed]],
) -> None:
    """原来的内容放回去。

    填写格照原样，空的就空着。印好的格照发出去的样子，但有错的（名称对不上、单位写错）和多出来的行
    照报来的样子，不替人改。
    """
    wrong = {mark.spot for mark in submitted.marks if mark.problem.severity is Severity.ERROR}
    for name, given in submitted.rows.items():
        sheet, layout = book[name], _LAYOUTS[name]
        last_issued = HEAD_ROW + sum("id" in row for row in issued.get(name, ()))
        for index, row in enumerate(given):
            number = seats[name][index]
            is_extra = number > last_issued
            for place, column in enumerate(layout.columns, 1):
                filled = column.filled and row.item not in _PRINTED_INFO
                told = is_extra or Spot(name, index, column.key) in wrong
                if filled or told:
                    cell = sheet.cell(number, place)
                    put_back(cell, row.cells.get(column.key), figure=column.key == "value")
                    if is_extra and name != CONSOLIDATED.sheet:
                        cell.protection = style.OPEN
