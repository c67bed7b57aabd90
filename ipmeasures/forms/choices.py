"""下拉框：可选项写在一张隐藏的表里。"""

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ipmeasures.forms.layout import LISTS_SHEET


class Lists:
    """下拉框的可选项，写在一张隐藏的表里，一列一种。"""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], int] = {}

    def validation(self, choices: tuple[str, ...], area: str) -> DataValidation:
        """一块区域的下拉框。"""
        column = self._columns.setdefault(choices, len(self._columns) + 1)
        letter = get_column_letter(column)
        source = f"{quote_sheetname(LISTS_SHEET)}!${letter}$1:${letter}${len(choices)}"
        rule = DataValidation(
            type="list",
            formula1=source,
            allow_blank=True,
            showErrorMessage=True,
            errorTitle="请从下拉框选择",
            error="可选：" + "、".join(choices),
        )
        rule.add(area)
        return rule

    def write(self, book: Workbook) -> None:
        """写出隐藏的表。"""
        sheet: Worksheet = book.create_sheet(LISTS_SHEET)
        for choices, column in self._columns.items():
            for row, choice in enumerate(choices, 1):
                sheet.cell(row, column, choice)
        sheet.sheet_state = "hidden"
