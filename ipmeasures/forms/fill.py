"""往发出去的空表里填内容：演示和测试用，填法与单位在 Excel 里填一样。"""

import io
from collections.abc import Mapping
from decimal import Decimal

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ipmeasures.forms.layout import CASES, INFO_FIELDS, INFO_SHEET, RETURN_LAYOUTS, Layout
from ipmeasures.forms.write import HEAD_ROW, write_value

Answers = Mapping[str, Mapping[str, Mapping[str, str | Decimal]]]


def fill_form(content: bytes, answers: Answers, info: Mapping[str, str] | None = None) -> bytes:
    """填一份空表。

    Args:
        content: 空表。
        answers: 工作表名 → 编号（典型案例是标题）→ 表头 → 内容；数字用 ``Decimal``。
        info: “报送信息”里的名目和内容。

    Returns:
        填好的 ``.xlsx``。

    Raises:
        KeyError: 表里没有那张工作表、那一行或那一列。
    """
    book = load_workbook(io.BytesIO(content))
    for layout in RETURN_LAYOUTS:
        for key, cells in answers.get(layout.sheet, {}).items():
            sheet = book[layout.sheet]
            row = _case_row(sheet) if layout is CASES else _row_of(sheet, key)
            _fill_row(sheet, row, layout, cells)
    if info:
        labels = [label for _, label in INFO_FIELDS]
        for label, text in info.items():
            row = HEAD_ROW + 1 + labels.index(label)
            write_value(book[INFO_SHEET].cell(row, 2), text)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill_row(
    sheet: Worksheet, row: int, layout: Layout, cells: Mapping[str, str | Decimal]
) -> None:
    headers = [column.header for column in layout.columns]
    for header, value in cells.items():
        if header not in headers:
            raise KeyError(header)
        write_value(sheet.cell(row, headers.index(header) + 1), value)


def _row_of(sheet: Worksheet, key: str) -> int:
    for row in range(HEAD_ROW + 1, sheet.max_row + 1):
        if sheet.cell(row, 1).value == key:
            return row
    raise KeyError(key)


def _case_row(sheet: Worksheet) -> int:
    row = HEAD_ROW + 1
    while sheet.cell(row, 1).value is not None:
        row += 1
    return row
