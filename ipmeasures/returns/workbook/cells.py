"""读出来的表格：原样的单元格，什么也没有解释。"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, groupby
from operator import attrgetter
from string import ascii_uppercase
from typing import NamedTuple

# 常用的列（A 到 ZZ）：列号 → 字母，字母 → 列号；再往后的现算。
_LETTERS: tuple[str, ...] = (
    *("", *ascii_uppercase),
    *(first + second for first in ascii_uppercase for second in ascii_uppercase),
)
# 合并区域不超过这么多，逐处看最快。
_FEW = 8
COLUMNS = {letters: column for column, letters in enumerate(_LETTERS) if letters}


class CellType(StrEnum):
    """单元格在文件里的类型。"""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    ERROR = "error"
    DATE = "date"
    EMPTY = "empty"


class Cell(NamedTuple):
    """一个单元格。

    ``raw`` 是文件里的字：数字是其十进制原文，文字已解开共享串和转义；日期类型的单元格（ISO 8601）
    是其原文。``formula`` 是公式原文（旧格式的看不出，是空串），没有公式为 ``None``；有公式而没有存下结果的，``raw`` 为空、
    ``type`` 为 ``EMPTY``。``number_format`` 是格式代码（如 ``0.00%``）；``hidden`` 指所在行或列隐藏。
    """

    row: int
    column: int
    raw: str
    type: CellType
    formula: str | None = None
    number_format: str = "General"
    hidden: bool = False

    @property
    def address(self) -> str:
        """``C5`` 这样的地址。"""
        return column_letters(self.column) + str(self.row)

    @property
    def filled(self) -> bool:
        """有内容，或有公式。"""
        return self.type is not CellType.EMPTY or self.formula is not None


@dataclass(frozen=True, slots=True)
class Area:
    """一块合并区域，行列都从 1 起、含两端。"""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"

    def holds(self, row: int, column: int) -> bool:
        """这一格在不在区域里。"""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


class _Merged:
    """一列里的合并区域；几万处也不用逐处去看。"""

    def __init__(self, areas: Iterable[Area]) -> None:
        ordered = sorted(areas, key=attrgetter("top"))
        self._tops = [area.top for area in ordered]
        # 到这一处为止伸得最低的一处：区域本不该重叠，重叠的也不漏。
        self._lowest = list(accumulate(ordered, _lower))

    def at(self, row: int) -> Area | None:
        """盖住这一行的一处。"""
        before = bisect_right(self._tops, row)
        area = self._lowest[before - 1] if before else None
        return area if area and area.bottom >= row else None


@dataclass(frozen=True)
class Sheet:
    """一张工作表：有内容的单元格，按行、列排好；空格不在其中。"""

    name: str
    cells: tuple[Cell, ...]
    merges: tuple[Area, ...] = ()
    hidden: bool = False

    @cached_property
    def at(self) -> dict[tuple[int, int], Cell]:
        """按（行，列）找单元格。"""
        return {(c.row, c.column): c for c in self.cells}

    @cached_property
    def rows(self) -> dict[int, tuple[Cell, ...]]:
        """按行号找一行里有内容的单元格，从左到右。"""
        return {row: tuple(cells) for row, cells in groupby(self.cells, attrgetter("row"))}

    def merge_of(self, row: int, column: int) -> Area | None:
        """这一格所在的合并区域。"""
        if len(self.merges) <= _FEW:
            for area in self.merges:
                if area.holds(row, column):
                    return area
            return None
        if column not in self._merged:
            self._merged[column] = _Merged(a for a in self.merges if a.left <= column <= a.right)
        return self._merged[column].at(row)

    @cached_property
    def _merged(self) -> dict[int, "_Merged"]:
        """问过的列 → 那一列里的合并区域。"""
        return {}


@dataclass(frozen=True, slots=True)
class Workbook:
    """一个工作簿；``epoch_1904`` 是 Mac 的日期起点，``recalculated`` 是文件注明打开时要全部重新计算。"""

    sheets: tuple[Sheet, ...]
    epoch_1904: bool = False
    recalculated: bool = False


def _lower(one: Area, other: Area) -> Area:
    return one if one.bottom >= other.bottom else other


def column_letters(column: int) -> str:
    """列号变字母：1 → A，27 → AA。"""
    if column < len(_LETTERS):
        return _LETTERS[column]
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
