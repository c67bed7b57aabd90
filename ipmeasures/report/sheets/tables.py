"""一张张真的表（Excel 的“表格”）：表头、数字格式、筛选、冻结、条件格式和打印。"""

import datetime as dt
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from ipmeasures.forms import style
from ipmeasures.forms.write import write_value
from ipmeasures.report.gap_table import Amount
from ipmeasures.report.lights import LAMPS

Value = str | Amount | dt.date | dt.datetime | None
Row = Sequence[Value]
TOP = 3  # 表头在第几行；上面是标题和一句说明
_TALLEST = 400  # 一行最高多少磅；表格软件的上限是 409
_HEAD_FONT = Font(name="黑体", size=12, color="FF1F3A5F")
_NEGATIVE = Font(color="FF8F1D14")
_BAR = "9DB8D2"  # 数据条的颜色：浅，上面的数看得清
_LOOK = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)


@dataclass(frozen=True, slots=True)
class Column:
    """一列：表头、列宽；``centred`` 的居中，数一律靠右。"""

    head: str
    width: int
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Spread:
    """写好的一张表：在哪张工作表，有哪些列，从哪一行到哪一行（不含表头）。"""

    sheet: Worksheet
    columns: tuple[Column, ...]
    first: int
    last: int

    def letter(self, head: str) -> str:
        """``head`` 那一列的字母。"""
        return get_column_letter(self.place(head))

    def place(self, head: str) -> int:
        """``head`` 是第几列。"""
        return next(n for n, column in enumerate(self.columns, 1) if column.head == head)

    def range(self, head: str, upto: str = "") -> str:
        """``head`` 到 ``upto`` 各列的内容所在。"""
        return f"{self.letter(head)}{self.first}:{self.letter(upto or head)}{self.last}"


class Book:
    """一个工作簿；同样的样子只登记一次，格子多也快。"""

    def __init__(self) -> None:
        self.book = Workbook()
        self.book.remove(self.book.worksheets[0])
        self._looks: dict[tuple[str, str, bool], Any] = {}

    def sheet(self, name: str, title: str, note: str) -> Worksheet:
        """新的一张：第一行标题，第二行说明。"""
        sheet: Worksheet = self.book.create_sheet(name)
        for row, text, font, height in (
            (1, title, style.TITLE_FONT, 30),
            (2, note, style.HINT_FONT, 18),
        ):
            cell = sheet.cell(row, 1)
            write_value(cell, text)
            cell.font, cell.alignment = font, Alignment(vertical="center")
            sheet.row_dimensions[row].height = height
        sheet.sheet_view.showGridLines = False
        style.set_print(sheet, 2)
        return sheet

    def table(
        self, sheet: Worksheet, name: str, columns: Sequence[Column], rows: Iterable[Row], top: int
    ) -> Spread:
        """写一张表；没有内容的留一行空的，表格软件要求至少有一行。"""
        for number, column in enumerate(columns, 1):
            self._write(sheet.cell(top, number), column.head, "head")
        needed = style.row_height((c.head for c in columns), (c.width for c in columns))
        sheet.row_dimensions[top].height = max(30, needed)
        last = top
        for last, row in enumerate(rows, top + 1):
            self._row(sheet, last, columns, row)
        last = max(last, top + 1)
        made = Table(displayName=name, ref=f"A{top}:{get_column_letter(len(columns))}{last}")
        made.tableStyleInfo = _LOOK
        sheet.add_table(made)
        return Spread(sheet, tuple(columns), top + 1, last)

    def alone(  # noqa: PLR0913 - 一张表的六样
        self,
        name: str,
        title: str,
        note: str,
        columns: Sequence[Column],
        rows: Iterable[Row],
        *,
        fixed: int,
    ) -> Spread:
        """一张工作表只有一张表；冻结表头和左边 ``fixed`` 列。"""
        sheet = self.sheet(name, title, note)
        for number, column in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width
        spread = self.table(sheet, f"{name}表", columns, rows, TOP)
        sheet.freeze_panes = f"{get_column_letter(fixed + 1)}{TOP + 1}"
        sheet.print_title_rows = f"{TOP}:{TOP}"
        return spread

    def paragraphs(
        self, sheet: Worksheet, row: int, width: int, head: str, texts: Iterable[str]
    ) -> int:
        """表外的一段段文字，写在 A 列，合并到第 ``width`` 列；返回下一行。"""
        room = sum(
            int(sheet.column_dimensions[get_column_letter(n)].width) for n in range(1, width + 1)
        )
        for kind, text in (*((("title", head),) if head else ()), *(("text", t) for t in texts)):
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
            self._write(sheet.cell(row, 1), text, kind)
            lines = style.lines_needed(text, room)
            sheet.row_dimensions[row].height = min(16 * lines + 6, _TALLEST)
            row += 1
        return row

    def head(self, cell: Any, text: str) -> None:  # noqa: ANN401 - openpyxl 的格子
        """表头上面的一格。"""
        self._write(cell, text, "head")

    def _row(self, sheet: Worksheet, number: int, columns: Sequence[Column], row: Row) -> None:
        lines = 1
        for place, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            self._write(sheet.cell(number, place), value, "centre" if column.centred else "left")
            if isinstance(value, str) and len(value) * 2 > column.width - 3:
                lines = max(lines, style.lines_needed(value, column.width))
        sheet.row_dimensions[number].height = min(15 * lines + 5, _TALLEST)

    def _write(self, cell: Any, value: Value, kind: str) -> None:  # noqa: ANN401 - openpyxl 的格子
        form = ""
        if isinstance(value, Amount):
            write_value(cell, value.value)
            kind, form = "number" if kind == "left" else kind, value.format
        elif isinstance(value, dt.date):
            cell.value = value
            moment = isinstance(value, dt.datetime)
            kind, form = "centre", "yyyy-mm-dd hh:mm:ss" if moment else "yyyy-mm-dd"
        else:
            write_value(cell, value)
        quoted = bool(value) and cell.quotePrefix
        cell._style = copy(self._look(kind, form, quoted=quoted))  # noqa: SLF001 - 逐项设样式慢几倍

    def _look(self, kind: str, form: str, *, quoted: bool) -> Any:  # noqa: ANN401 - openpyxl 的样式
        """一种样子；表里的格子都有细边框。"""
        key = (kind, form, quoted)
        if key not in self._looks:
            cell: Any = Cell(self.book.worksheets[0], row=1, column=1)
            cell.font, cell.alignment = style.BODY_FONT, _ALIGNED.get(kind, style.CENTRE)
            cell.border = Border() if kind in ("text", "title") else style.BORDER
            if kind == "head":
                cell.font, cell.fill = style.HEAD_FONT, style.HEAD_FILL
            elif kind == "title":
                cell.font = _HEAD_FONT
            if form:
                cell.number_format = form
            if quoted:
                cell.quotePrefix = True
            self._looks[key] = cell._style  # noqa: SLF001 - 同上
        return self._looks[key]


_ALIGNED = {
    "left": style.LEFT,
    "number": Alignment(horizontal="right", vertical="center"),
    "text": Alignment(wrap_text=True, vertical="top"),
    "title": Alignment(vertical="bottom"),
}


def light_up(spread: Spread, first: str, light: str = "灯") -> None:
    """照“灯”那一列的字，给 ``first`` 到“灯”各列上底色；排序、筛选、改字都跟着变。"""
    letter = spread.letter(light)
    for lamp in LAMPS.values():
        look = DifferentialStyle(
            font=Font(color=f"FF{lamp.ink}"), fill=PatternFill(bgColor=f"FF{lamp.fill}")
        )
        _colour(spread, spread.range(first, light), f'${letter}{spread.first}="{lamp.word}"', look)


def redden(spread: Spread, head: str) -> None:
    """负数写成深红。"""
    area = spread.range(head)
    corner = area.partition(":")[0]
    asked = f"AND(ISNUMBER({corner}),{corner}<0)"
    _colour(spread, area, asked, DifferentialStyle(font=_NEGATIVE))


def bars(spread: Spread, head: str) -> None:
    """完成率画成数据条，从零到百分之百。"""
    ends = [FormatObject(type="num", val=0), FormatObject(type="num", val=1)]
    rule = Rule(type="dataBar", dataBar=DataBar(cfvo=ends, color=f"FF{_BAR}"))
    spread.sheet.conditional_formatting.add(spread.range(head), rule)


def _colour(spread: Spread, area: str, asked: str, look: DifferentialStyle) -> None:
    rule = Rule(type="expression", formula=[asked], dxf=look)
    spread.sheet.conditional_formatting.add(area, rule)


def link(spread: Spread, row: int, head: str, sheet: str, target: int) -> None:
    """一格指到另一张表的某一行。"""
    cell: Any = spread.sheet.cell(row, spread.place(head))
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!A{target}")
    cell.font = style.LINK_FONT
