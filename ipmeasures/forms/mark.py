"""退回表上的记号：标色、批注、行高，和前面那张错误清单。"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from ipmeasures.forms import style
from ipmeasures.forms.choices import Lists
from ipmeasures.forms.given import Marked, Spot, Submitted
from ipmeasures.forms.layout import ERRORS_SHEET, Column, Layout
from ipmeasures.forms.rows import Printed
from ipmeasures.forms.write import HEAD_ROW, Table, write_table
from ipmeasures.problem import Problem, Severity, for_agency, sentence

ERRORS = Layout(
    ERRORS_SHEET,
    (
        Column("number", "序号", 6),
        Column("severity", "轻重", 7),
        Column("sheet", "工作表", 12),
        Column("cell", "本表格子", 10),
        Column("was", "原表格子", 10),
        Column("id", "编号", 9),
        Column("given", "填的是", 20),
        Column("message", "问题", 43),
        Column("fix", "怎么改", 43),
    ),
)

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_FILLS = {Severity.ERROR: style.BAD_FILL, Severity.WARNING: style.DOUBT_FILL}
_HINT = (
    "{counts}。红色格有错，照“怎么改”一列改；橙色格请核对。点“本表格子”可以跳过去，鼠标停在格上有说明。"
    "没有标色的格子不用动。改好以后，把这份表原样发回。"
)
# 这些错说的是表的样子：认不准的内容没有搬过来，要说
_NOT_CARRIED = {
    "column_missing", "column_duplicate", "column_ambiguous",
    "sheet_missing", "sheet_ambiguous", "layout_unknown",
}  # fmt: skip
_LONGEST = 300
_TALLEST = 400


class Marker:
    """给一份重建好的表做记号。

    ``seats`` 是报来的各行在退回表里的行号，按工作表列出。
    """

    def __init__(
        self,
        book: Workbook,
        submitted: Submitted,
        layouts: Mapping[str, Layout],
        seats: Mapping[str, Sequence[int]],
    ) -> None:
        self.book, self.submitted, self.layouts, self.seats = book, submitted, layouts, seats
        self.marks = sorted(
            ((mark, self._cell(mark.spot)) for mark in submitted.marks), key=self._order
        )

    def mark(self) -> None:
        """错误和提醒的格子标色、加批注、解开保护；文字长的行撑高。"""
        told: dict[tuple[str, str], list[Problem]] = defaultdict(list)
        for one, cell in self.marks:
            if one.problem.severity in _FILLS:
                found = self._retold(one)
                for each in (cell, *map(self._cell, one.also)):
                    if each is not None:
                        told[each.parent.title, each.coordinate].append(found)
        for (sheet, address), problems in told.items():
            self._mark_cell(self.book[sheet][address], problems)
        for sheet, rows in self.seats.items():
            for row in rows:
                _raise_row(self.book[sheet], row, self.layouts[sheet])

    def write_list(self, heading: str) -> None:
        """写错误清单，放在最前面。"""
        rows = [self._line(number, *one) for number, one in enumerate(self.marks, 1)]
        severities = [mark.problem.severity for mark, _ in self.marks]
        counts = "，".join(
            f"{kind.label} {severities.count(kind)} 条" for kind in _ORDER if kind in severities
        )
        title, hint = f"{ERRORS_SHEET}（{heading}）", _HINT.format(counts=counts)
        sheet = write_table(self.book, Table(ERRORS, title, hint, rows, {}), Lists())
        for row, (mark, target) in enumerate(self.marks, HEAD_ROW + 1):
            severity = sheet.cell(row, ERRORS.keys.index("severity") + 1)
            severity.fill = _FILLS.get(mark.problem.severity, style.PRINTED_FILL)
            if target is not None:
                link = sheet.cell(row, ERRORS.keys.index("cell") + 1)
                location = f"{quote_sheetname(target.parent.title)}!{target.coordinate}"
                link.hyperlink = Hyperlink(ref=link.coordinate, location=location)
                link.font = style.LINK_FONT
        self.book.move_sheet(sheet, 1 - len(self.book.worksheets))
        self.book.active = 0

    def _line(self, number: int, mark: Marked, target: Cell | None) -> Printed:
        found, given = self._retold(mark), self.submitted.at(mark.spot)
        sheet = target.parent.title if target else found.place.sheet or "整个文件"
        fix = for_agency(found.fix)
        if found.code in _NOT_CARRIED:
            fix += "。本表已照下发的样子重排，没有认准的内容没有搬过来，请从原表抄到黄色格里"
        elif found.code == "column_ignored":
            fix += "。本表里没有这一列，没有搬过来，要留的请从原表抄"
        return {
            "number": Decimal(number),
            "severity": found.severity.label,
            "sheet": sheet,
            "cell": target.coordinate if target else "",
            "was": found.place.cell if sheet == found.place.sheet else str(found.place),
            "id": _cut(found.item),
            "given": _cut(given.told if given else found.value),
            "message": found.message,
            "fix": fix,
        }

    def _retold(self, mark: Marked) -> Problem:
        """话里说的另一处，说成本表的位置：删过行、移过列的，与原表不同。"""
        message = mark.problem.message
        for place, spot in zip(mark.problem.also, mark.also, strict=True):
            if (cell := self._cell(spot)) is not None:
                here = f"{cell.parent.title}!{cell.coordinate}"
                message = re.sub(rf"{re.escape(str(place))}(?!\d)", here, message)
        return replace(mark.problem, message=message)

    def _order(self, one: tuple[Marked, Cell | None]) -> tuple[int, int, int, int]:
        """错误在前；同样轻重的照表上的次序。"""
        severity, cell = _ORDER.index(one[0].problem.severity), one[1]
        if cell is None:
            return severity, -1, 0, 0
        return severity, self.book.sheetnames.index(cell.parent.title), cell.row, cell.column

    def _cell(self, spot: Spot | None) -> Cell | None:
        if spot is None or spot.sheet not in self.book.sheetnames:
            return None
        keys = self.layouts[spot.sheet].keys
        column = keys.index(spot.column) + 1 if spot.column in keys else 1
        row = HEAD_ROW if spot.row is None else self.seats[spot.sheet][spot.row]
        cell = self.book[spot.sheet].cell(row, column)
        return cell if isinstance(cell, Cell) else None

    def _mark_cell(self, cell: Cell, problems: Sequence[Problem]) -> None:
        lines = [
            f"【{p.severity.label}】{sentence(p.message)}{sentence(for_agency(p.fix))}"
            for p in problems
        ]
        height = 24 + 18 * sum(style.lines_needed(line, 44) for line in lines)
        cell.comment = Comment("\n".join(lines), "ipm", height=min(height, 500), width=330)
        cell.fill = _FILLS[problems[0].severity]
        if cell.row == HEAD_ROW:
            cell.font = style.BODY_FONT
        else:
            cell.protection = style.OPEN


def _raise_row(sheet: Worksheet, row: int, layout: Layout) -> None:
    """填回去的文字长，行就要高，都看得见。"""
    lines = max(
        style.lines_needed(str(sheet.cell(row, number).value or ""), column.width)
        for number, column in enumerate(layout.columns, 1)
        if column.key != "prompt"
    )
    dimension = sheet.row_dimensions[row]
    dimension.height = max(dimension.height or 0, min(15 * lines + 5, _TALLEST))


def _cut(text: str) -> str:
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return "".join(char if char.isprintable() or char == "\n" else "□" for char in shown)
