"""``C5`` 这样的地址：字 → 行列号。"""

import re

from ipmeasures.returns.workbook.cells import Area
from ipmeasures.returns.workbook.limits import LAST_COLUMN, LAST_ROW
from ipmeasures.returns.workbook.refusal import damaged

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def row_and_column(address: str) -> tuple[int, int]:
    """行号、列号，都从 1 起。

    Raises:
        FileRefused: 不是地址，或在 XFD1048576 之外。
    """
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise damaged(f"“{address[:20]}”不是单元格地址")
    row, column = int(found[2]), 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    if not 1 <= row <= LAST_ROW or column > LAST_COLUMN:
        raise damaged(f"单元格地址 {address} 超出表格的范围")
    return row, column


def area(reference: str) -> Area:
    """``A1:B2`` 这样的一块；两角的先后不论。

    Raises:
        FileRefused: 同上。
    """
    corner, _, opposite = reference.partition(":")
    row, column = row_and_column(corner)
    other_row, other_column = row_and_column(opposite or corner)
    return Area(
        min(row, other_row),
        min(column, other_column),
        max(row, other_row),
        max(column, other_column),
    )


def whole(text: str, maximum: int) -> int:
    """行号、列号：正整数，不超过表格的最后一行、最后一列。

    Raises:
        FileRefused: 不是，或在表格之外。
    """
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and 1 <= int(text) <= maximum):
        raise damaged(f"行号或列号“{text[:20]}”不成立")
    return int(text)
