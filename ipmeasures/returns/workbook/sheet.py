"""一张工作表：XML → 单元格。

这里是全程最忙的地方，每个单元格走一遍：上限按块核对，样式和列号查表，没有内容的格只看地址。
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from ipmeasures.returns.workbook import limits
from ipmeasures.returns.workbook.address import area, row_and_column
from ipmeasures.returns.workbook.cells import COLUMNS, Area, Cell, CellType
from ipmeasures.returns.workbook.limits import LAST_COLUMN, LAST_ROW, Budget
from ipmeasures.returns.workbook.markup import Attributes, Element, Markup, is_true
from ipmeasures.returns.workbook.refusal import FileRefused, damaged, too_large
from ipmeasures.returns.workbook.strings import text_runs
from ipmeasures.returns.workbook.values import Value

_MAX_HIDDEN_SPANS = 64 * LAST_COLUMN
_EMPTY, _TEXT = CellType.EMPTY, CellType.TEXT
_IN_ORDER = attrgetter("row", "column")


class Shared(NamedTuple):
    """各张工作表共用的：类型记号的读法、样式编号对应的数字格式、上限的账。"""

    readers: Mapping[str, Callable[[str], Value]]
    formats: Mapping[str, str]
    budget: Budget


def read_sheet(
    part: str, chunks: Iterable[bytes], shared: Shared
) -> tuple[tuple[Cell, ...], tuple[Area, ...]]:
    """读一张工作表：有内容的单元格（按行、列排好）和合并区域。

    Raises:
        FileRefused: 两个单元格同一地址、地址或值不成立、超过上限，或 XML 不合法。
    """
    reader = _SheetReader(part, shared)
    reader.markup.read(chunks, reader.grammar(), reader.check)
    return reader.finish(), tuple(reader.merges)


class _SheetReader:
    """正在读的一张表：读到哪一行哪一格，这一格到现在有什么。"""

    def __init__(self, part: str, shared: Shared) -> None:
        self.markup = Markup(part)
        self.merges: list[Area] = []
        self._readers, self._formats, self._budget = shared
        self._cells: list[Cell] = []
        self._places = 0
        self._in_order = True
        self._hidden_spans = 0
        self._hidden_columns: set[int] = set()
        # 行：``_row_known`` 是行号有没有写明。
        self._row = 0
        self._row_text = ""
        self._row_known = True
        self._row_hidden = False
        self._column = 0
        # 单元格：``_touched`` 是里面有没有值、公式或行内文字，多数带格式的空格没有。
        self._cell: Attributes = {}
        self._touched = False
        self._value: str | None = None
        self._formula: str | None = None
        self._inline = False
        self._runs: list[str] = []

    def grammar(self) -> dict[str, Element]:
        """工作表里认的元素。"""
        text = text_runs(self.markup, self._runs)
        cell = {
            "x:v": Element(self._open_value, self._close_value),
            "x:f": Element(self._open_formula, self._close_formula),
            "x:is": Element(self._open_inline, None, text),
        }
        row = {"x:c": Element(self._open_cell, self._close_cell, cell)}
        inside = {
            "x:cols": Element(children={"x:col": Element(self._open_column)}),
            "x:sheetData": Element(children={"x:row": Element(self._open_row, None, row)}),
            "x:mergeCells": Element(children={"x:mergeCell": Element(self._open_merge)}),
        }
        return {"x:worksheet": Element(children=inside)}

    def check(self) -> None:
        """核对到现在的行数、格数、字数。"""
        self._budget.check(self._places, len(self._cells))

    def finish(self) -> tuple[Cell, ...]:
        """排好次序；打乱的行到这时才看得出有没有同址的格。"""
        if not self._in_order:
            self._cells.sort(key=_IN_ORDER)
            for one, other in pairwise(self._cells):
                if one.row == other.row and one.column == other.column:
                    raise damaged(f"{self.markup.part} 里有两个 {one.address}")
        self.check()
        self._budget.places += self._places
        self._budget.filled += len(self._cells)
        return tuple(self._cells)

    # 行、列、合并

    def _open_column(self, attributes: Attributes) -> None:
        zero = is_true(attributes, "customWidth") and _is_zero(attributes.get("width"))
        if zero or is_true(attributes, "hidden"):
            first = _whole(attributes.get("min", ""), LAST_COLUMN)
            last = _whole(attributes.get("max", ""), LAST_COLUMN)
            self._hidden_columns.update(range(first, last + 1))
            # 各段本不该重叠；上万段都写满全表，光是记下就要好几秒。
            self._hidden_spans += last - first
            if self._hidden_spans > _MAX_HIDDEN_SPANS:
                raise too_large("隐藏列的设置过多")

    def _open_row(self, attributes: Attributes) -> None:
        self._places += 1
        number = attributes.get("r")
        row = self._row + 1 if number is None else _whole(number, LAST_ROW)
        if row > LAST_ROW:
            raise damaged(f"{self.markup.part} 超过 {LAST_ROW} 行")
        self._row_known = number is not None
        self._start_row(row)
        zero = is_true(attributes, "customHeight") and _is_zero(attributes.get("ht"))
        self._row_hidden = zero or is_true(attributes, "hidden")
        self._column = 0

    def _start_row(self, row: int) -> None:
        if row <= self._row:
            self._in_order = False
        self._row = row
        self._row_text = str(row)

    def _open_merge(self, attributes: Attributes) -> None:
        if len(self.merges) >= limits.MAX_MERGES:
            raise too_large(f"合并区域超过 {limits.MAX_MERGES} 处")
        self.merges.append(area(attributes.get("ref", "")))

    # 单元格

    def _open_cell(self, attributes: Attributes) -> None:
        self._places += 1
        self._cell = attributes
        address = attributes.get("r")
        if address is None:
            column = self._column + 1
            if column > LAST_COLUMN:
                raise damaged(f"{self.markup.part} 超过 {LAST_COLUMN} 列")
        else:
            # 地址的末尾就是本行的行号，字母查表；查不到的才仔细读。
            letters = address.removesuffix(self._row_text)
            known = COLUMNS.get(letters) if letters != address else None
            column = known if known is not None else self._read(address)
        if column <= self._column:
            if column == self._column:
                raise damaged(f"{self.markup.part} 第 {self._row} 行有两格在同一列")
            self._in_order = False
        self._column = column
        self._row_known = True

    def _read(self, address: str) -> int:
        row, column = row_and_column(address)
        if row != self._row:
            # 行没写行号时以格的地址为准；写了又不一致，就不知道该信哪个。
            if self._row_known:
                raise damaged(f"第 {self._row} 行里有写着 {address} 的单元格")
            self._start_row(row)
        return column

    def _open_value(self, attributes: Attributes) -> None:
        if self._value is not None:
            raise self._two_values()
        self._touched = True
        self.markup.start_text(attributes)

    def _close_value(self) -> None:
        self._value = self.markup.take_text()

    def _open_formula(self, attributes: Attributes) -> None:
        if self._formula is not None:
            raise self._two_values()
        self._touched = True
        self.markup.start_text(attributes)

    def _close_formula(self) -> None:
        self._formula = self.markup.take_text()
        self._budget.characters += len(self._formula)

    def _open_inline(self, _: Attributes) -> None:
        if self._inline:
            raise self._two_values()
        self._touched = self._inline = True
        self._runs.clear()

    def _close_cell(self) -> None:
        if not self._touched:
            return
        value, formula, kind = self._value, self._formula, self._cell.get("t", "n")
        if self._inline:
            if value:
                raise self._two_values()
            kind, value = "inlineStr", "".join(self._runs)
            self._inline = False
        self._value = self._formula = None
        self._touched = False
        if value:
            reader = self._readers.get(kind)
            if reader is None:
                raise damaged(f"单元格类型 {kind[:20]} 认不出")
            raw, type_ = reader(value)
            # 空串而没有公式的，等于没有。
            if type_ is not _EMPTY or formula is not None:
                self._keep(raw, type_, formula)
        elif formula is not None:
            # 公式算出来是空串，与还没有算过不同：前者写明了类型是文字，也有 <v>。
            computed = kind == "str" and value is not None
            self._keep("", _TEXT if computed else _EMPTY, formula)

    def _keep(self, raw: str, type_: CellType, formula: str | None) -> None:
        style = self._cell.get("s", "0")
        number_format = self._formats.get(style)
        if number_format is None:
            raise damaged(f"没有编号为 {style[:20]} 的样式")
        column = self._column
        hidden = self._row_hidden or column in self._hidden_columns
        self._cells.append(Cell(self._row, column, raw, type_, formula, number_format, hidden))

    def _two_values(self) -> FileRefused:
        return damaged(f"{self.markup.part} 第 {self._row} 行有一格写了两个值")


def _whole(text: str, maximum: int) -> int:
    """行号、列号：正整数，不超过表格的最后一行、最后一列。"""
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and 1 <= int(text) <= maximum):
        raise damaged(f"行号或列号“{text[:20]}”不成立")
    return int(text)


def _is_zero(size: str | None) -> bool:
    """行高、列宽写明是零：看不见，与隐藏一样。"""
    try:
        return size is not None and float(size) == 0
    except ValueError:
        return False
