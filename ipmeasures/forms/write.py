"""写表：一个责任单位一个工作簿，只有它该报的内容。"""

import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from ipmeasures.forms import style
from ipmeasures.forms.choices import Lists
from ipmeasures.forms.guide import guide_lines
from ipmeasures.forms.identity import Identity, identity_of
from ipmeasures.forms.layout import (
    CASES,
    COMMITMENTS,
    IDENTITY_SHEET,
    INDICATORS,
    INFO_FIELDS,
    INFO_HEADERS,
    INFO_SHEET,
    MANNERS,
    MEASURES,
    MILESTONES,
    NOTES_SHEET,
    Column,
    Layout,
    with_years,
)
from ipmeasures.forms.rows import (
    Printed,
    commitment_row,
    indicator_row,
    measure_row,
    milestone_row,
    number_format,
)
from ipmeasures.plan.expected import Expected
from ipmeasures.plan.model import FigureItem, Plan
from ipmeasures.plan.owed import Owed
from ipmeasures.quarter import Quarter

HEAD_ROW = 3
_BLANK_CASES = 5
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_GUIDE_WIDTH = 80
_NUMBER_KEYS = {"baseline", "target", "planned", "year_ago", "last", "value"}


@dataclass(frozen=True, slots=True)
class Table:
    """一张要写的表：版式、标题、各行印好的内容和小数位。"""

    layout: Layout
    title: str
    hint: str
    rows: Sequence[Printed]
    decimals: Mapping[str, int]


def write_form(
    plan: Plan, owed: Owed, quarter: Quarter, due: str, expected: Mapping[str, Expected]
) -> bytes:
    """一个单位一个季度的空表。

    Args:
        plan: 计划。
        owed: 该单位该报的事项。
        quarter: 报送期。
        due: 报送时限，写进说明里的一句话。
        expected: 按编号给出的上期值、上年同期和序时应达。

    Returns:
        ``.xlsx`` 文件的内容。
    """
    tables = form_tables(plan, owed, quarter, expected)
    book = form_book(owed, quarter, due, tables)
    write_identity(book, identity_of(owed, quarter, plan.document.number))
    return saved(book, f"{quarter.label}报送表（{owed.agency}）", quarter)


def form_book(owed: Owed, quarter: Quarter, due: str, tables: Iterable[Table]) -> Workbook:
    """一个单位的表，还没有写身份、没有存。"""
    book = Workbook()
    book.remove(book.worksheets[0])
    lists = Lists()
    _write_info(book, owed.agency, quarter, lists)
    for table in tables:
        write_table(book, table, lists)
    write_guide(book, guide_lines(owed, quarter, due))
    lists.write(book)
    return book


def form_tables(
    plan: Plan, owed: Owed, quarter: Quarter, expected: Mapping[str, Expected]
) -> list[Table]:
    """一个单位的各张表；没有要报的不出。"""
    figures: tuple[FigureItem, ...] = (*owed.indicators, *owed.commitments)
    decimals = {item.id: item.how.decimals for item in figures}
    indicators = with_years(INDICATORS, plan.document.base_year, plan.document.target_year)
    tables = [
        (indicators, [indicator_row(i, expected, quarter) for i in owed.indicators]),
        (COMMITMENTS, [commitment_row(c, plan, expected) for c in owed.commitments]),
        (MEASURES, [measure_row(m) for m in owed.measures]),
        (MILESTONES, [milestone_row(m, plan) for m in owed.milestones]),
    ]
    heading = f"{quarter.label} · {owed.agency}"
    found = [
        Table(layout, f"{layout.sheet}（{heading}）", _HINTS[layout.sheet], rows, decimals)
        for layout, rows in tables
        if rows
    ]
    cases: list[Printed] = [{} for _ in range(_BLANK_CASES)]
    return [*found, Table(CASES, f"典型案例（{heading}）", _HINTS["典型案例"], cases, {})]


_HINTS = {
    "指标数据": "只填黄色格。没有发生填 0；不涉及填“不适用”；没有发布新数填“未更新”；报错了要撤回填“撤回”。数字不带单位。",
    "量化任务": "只填黄色格。没有发生填 0；不涉及填“不适用”；没有发布新数填“未更新”；报错了要撤回填“撤回”。数字不带单位。",
    "措施进展": "只填黄色格。进展状态从下拉框选；本季度进展请写做了什么、有什么结果。",
    "里程碑": "只填黄色格。已完成的请写完成日期和佐证（文号、批复名称、网址之一）；不再实施的请写依据。",
    "典型案例": "有则填，没有就空着。一行一个案例，不够可插入行；对应措施写编号，如 M05。",
    "汇总表": "一行一个数或一条措施。没有发生填 0；不涉及填“不适用”；没有发布新数填“未更新”。数字不带单位。",
}


def hint_of(layout: Layout) -> str:
    """一张表上方的填写提示。"""
    return _HINTS[layout.sheet]


def write_table(book: Workbook, table: Table, lists: "Lists") -> Worksheet:
    """写一张表：标题、提示、表头、各行、下拉框、冻结、打印和保护。"""
    sheet: Worksheet = book.create_sheet(table.layout.sheet)
    columns = table.layout.columns
    write_heading(sheet, table.title, table.hint, len(columns))
    style.set_columns(sheet, table.layout)
    for number, column in enumerate(columns, 1):
        cell = sheet.cell(HEAD_ROW, number, column.header)
        cell.font, cell.alignment, cell.border = style.HEAD_FONT, style.CENTRE, style.BORDER
        cell.fill = style.ENTRY_HEAD_FILL if column.filled else style.HEAD_FILL
    sheet.row_dimensions[HEAD_ROW].height = 32
    for row, printed in enumerate(table.rows, HEAD_ROW + 1):
        _write_row(sheet, row, table, printed)
    last = HEAD_ROW + len(table.rows)
    _add_choices(sheet, columns, last, lists)
    finish_table(sheet, table.layout, last)
    return sheet


def write_heading(sheet: Worksheet, title: str, hint: str, width: int) -> None:
    """标题和填写提示，各占一行、跨 ``width`` 列。"""
    for row, text, font, height in (
        (1, title, style.TITLE_FONT, 30),
        (2, hint, style.HINT_FONT, 32),
    ):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
        cell = sheet.cell(row, 1, text)
        cell.font = font
        cell.alignment = style.CENTRE if row == 1 else style.LEFT
        sheet.row_dimensions[row].height = height


def _write_row(sheet: Worksheet, row: int, table: Table, printed: Printed) -> None:
    lines = 1
    decimals = table.decimals.get(str(printed.get("id", "")), 0)
    for number, column in enumerate(table.layout.columns, 1):
        value = printed.get(column.key)
        cell: Any = sheet.cell(row, number)
        write_value(cell, value)
        is_number = column.key in _NUMBER_KEYS
        cell.font = style.MUTED_FONT if column.key == "prompt" else style.BODY_FONT
        cell.alignment = style.alignment_of(column.key, number=is_number)
        cell.border = style.BORDER
        cell.fill = style.ENTRY_FILL if column.filled else style.PRINTED_FILL
        cell.protection = style.OPEN if column.filled else style.SHUT
        if column.key in ("baseline", "target"):
            cell.number_format = "General"  # 照文件写的样子：5.5，不是 5.5000
        elif is_number:
            cell.number_format = number_format(decimals)
        elif column.filled:
            cell.number_format = "@" if column.key in ("data_at", "completed_on") else "General"
        if isinstance(value, str):
            room = column.width * 7 // 6 if column.key == "prompt" else column.width  # 小一号的字
            lines = max(lines, style.lines_needed(value, room))
        if column.key == "value" and printed.get("prompt"):
            _add_prompt(sheet, cell.coordinate, str(printed["prompt"]))
    sheet.row_dimensions[row].height = max(table.layout.row_height, 15 * lines + 5)


def write_value(cell: Any, value: str | Decimal | None) -> None:  # noqa: ANN401 - openpyxl 的单元格
    """写一格；以 = + - @ 开头的文字写成文字，不写成公式；本来就写着 ``_x0041_`` 的照样是这几个字。"""
    if value is None or value == "":
        return
    cell.value = _escaped(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value[0] in "=+-@"


def _escaped(text: str) -> str:
    # XML 里写不了的字符，照 Excel 的办法写成 _x0001_，读的时候还是那个字符
    return _UNWRITABLE.sub(lambda hit: f"_x{ord(hit[0]):04X}_", _ESCAPED.sub("_x005F_", text))


def _add_prompt(sheet: Worksheet, address: str, prompt: str) -> None:
    note = DataValidation(showInputMessage=True, promptTitle="口径", prompt=prompt[:250])
    note.add(address)
    sheet.add_data_validation(note)


def _add_choices(sheet: Worksheet, columns: Sequence[Column], last: int, lists: "Lists") -> None:
    for number, column in enumerate(columns, 1):
        if column.choices:
            letter = get_column_letter(number)
            sheet.add_data_validation(
                lists.validation(column.choices, f"{letter}{HEAD_ROW + 1}:{letter}{last}")
            )


def finish_table(sheet: Worksheet, layout: Layout, last: int) -> None:
    """冻结、筛选、打印和保护。"""
    keys = layout.keys
    fixed = keys.index("name") + 2 if "name" in keys else 1
    sheet.freeze_panes = f"{get_column_letter(fixed)}{HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(len(keys))}{last}"
    sheet.sheet_view.zoomScale = 90
    sheet.sheet_view.showGridLines = False
    style.set_print(sheet, HEAD_ROW)
    style.set_protection(sheet)


def _write_info(book: Workbook, agency: str, quarter: Quarter, lists: Lists) -> None:
    sheet: Worksheet = book.create_sheet(INFO_SHEET)
    write_heading(sheet, f"{quarter.label}报送信息", "黄色格由填报单位填写。", 2)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, 52
    for column, header in enumerate(INFO_HEADERS, 1):
        cell = sheet.cell(HEAD_ROW, column, header)
        cell.font, cell.alignment, cell.border = style.HEAD_FONT, style.CENTRE, style.BORDER
        cell.fill = style.HEAD_FILL
    known = {"agency": agency, "quarter": str(quarter), "manner": MANNERS[0]}
    for row, (key, label) in enumerate(INFO_FIELDS, HEAD_ROW + 1):
        name, content = sheet.cell(row, 1, label), sheet.cell(row, 2, known.get(key))
        filled = key not in ("agency", "quarter")
        name.font = content.font = style.BODY_FONT
        name.alignment, content.alignment = style.CENTRE, style.LEFT
        name.border = content.border = style.BORDER
        name.fill = style.PRINTED_FILL
        content.fill = style.ENTRY_FILL if filled else style.PRINTED_FILL
        content.protection = style.OPEN if filled else style.SHUT
        content.number_format = "@"
        sheet.row_dimensions[row].height = 26
        if key == "manner":
            sheet.add_data_validation(lists.validation(MANNERS, f"B{row}"))
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    style.set_print(sheet, HEAD_ROW, landscape=False)
    style.set_protection(sheet)


def write_guide(book: Workbook, lines: Sequence[str], name: str = NOTES_SHEET) -> None:
    """写“填报说明”这样一页话；第一行是标题。"""
    sheet: Worksheet = book.create_sheet(name)
    # 单独一列比纸宽时，“缩放到一页宽”不起作用，所以列宽照 A4 竖放定
    sheet.column_dimensions["A"].width = _GUIDE_WIDTH
    for row, line in enumerate(lines, 1):
        cell = sheet.cell(row, 1, line)
        cell.font = style.TITLE_FONT if row == 1 else style.BODY_FONT
        cell.alignment = style.CENTRE if row == 1 else style.LEFT
        sheet.row_dimensions[row].height = 16 * style.lines_needed(line, _GUIDE_WIDTH) + 8
    sheet.sheet_view.showGridLines = False
    style.set_print(sheet, 1, landscape=False)
    style.set_protection(sheet)


def write_identity(book: Workbook, identity: Identity) -> None:
    """写隐藏的身份表。"""
    sheet: Worksheet = book.create_sheet(IDENTITY_SHEET)
    for row, (name, value) in enumerate(identity.pairs(), 1):
        sheet.cell(row, 1, name)
        sheet.cell(row, 2, value).number_format = "@"
    sheet.sheet_state = "hidden"


def saved(book: Workbook, title: str, quarter: Quarter) -> bytes:
    """存成字节；日期一律是季度次日，内容没有变的表，哪天写出来都一样。"""
    return saved_on(book, title, (quarter + 1).first_day)


def saved_on(book: Workbook, title: str, day: dt.date) -> bytes:
    """存成字节，日期写 ``day``。"""
    book.properties.title = title
    book.properties.creator = "ipm"
    when = dt.datetime.combine(day, dt.time())
    book.properties.created = book.properties.modified = when
    # 库总写“打开时重新计算”，有的软件存回来还留着，单位算好的公式就信不过了；这里没有要算的
    book.calculation.fullCalcOnLoad = False
    written, plain = io.BytesIO(), io.BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as archive:
        ExcelWriter(book, archive).write_data()
    with ZipFile(written) as archive, ZipFile(plain, "w", ZIP_DEFLATED) as timeless:
        for part in archive.namelist():
            entry = ZipInfo(part)
            entry.compress_type = ZIP_DEFLATED
            timeless.writestr(entry, archive.read(part))
    return plain.getvalue()
