"""``sheetData`` 里的行和格。

全程最忙的地方，每个单元格走一遍：元素自己收，不经过语法表；上限按块核对，样式和列号查表，
没有内容的格只看地址。
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ipmeasures.returns.workbook.address import row_and_column, whole
from ipmeasures.returns.workbook.cells import COLUMNS, Cell, CellType
from ipmeasures.returns.workbook.limits import LAST_COLUMN, LAST_ROW, Budget
from ipmeasures.returns.workbook.markup import TRANSPARENT, Attributes, Markup, is_hidden
from ipmeasures.returns.workbook.plain_rows import ROW_HEIGHT, PlainRows
from ipmeasures.returns.workbook.refusal import FileRefused, damaged
from ipmeasures.returns.workbook.values import Value

_EMPTY, _TEXT = CellType.EMPTY, CellType.TEXT
_new_cell = Cell._make
# 行内文字的类型记号；没有写的是 ``n``。
_INLINE_KINDS = frozenset({"inlineStr", "str", "n"})


class Shared(NamedTuple):
    """各张工作表共用的：类型记号的读法、样式编号对应的数字格式、上限的账。"""

    readers: Mapping[str, Callable[[str], Value]]
    formats: Mapping[str, str]
    budget: Budget


class SheetData:
    """正在读的一张表：读到哪一行哪一格，这一格到现在有什么。"""

    # 属性不放进字典：每格要读写二十来次，快百分之四。
    __slots__ = (
        "_around", "_at", "_budget", "_cell", "_column", "_formats", "_formula", "_formulas",
        "_markup", "_pieces", "_places", "_readers", "_row", "_row_hidden", "_row_known",
        "_row_text", "_runs", "_shared", "_touched", "_transparent", "_value", "cells", "hidden_columns", "in_order",
    )  # fmt: skip

    def __init__(self, markup: Markup, shared: Shared) -> None:
        self.cells: list[Cell] = []
        self.in_order = True
        self.hidden_columns: set[int] = set()
        self._markup, self._pieces = markup, markup.pieces
        self._readers, self._formats, self._budget = shared
        self._places = 0
        # 最里面一个没有结束的元素，文字（``x:t``）外面的那个，和当作没有的有几层。
        self._at = "x:sheetData"
        self._around = ""
        self._transparent = 0
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
        self._runs: list[str] | None = None
        # 向下填充的公式只在头一格写出来，别的格写它的编号
        self._shared = ""
        self._formulas: dict[str, str] = {}

    def check(self) -> None:
        """核对到现在的行数、格数、字数。"""
        self._budget.check(self._places, len(self.cells))

    def finish(self) -> None:
        """读完了，记到总账上。"""
        self.check()
        self._budget.places += self._places
        self._budget.filled += len(self.cells)

    def take(self, plain: PlainRows) -> None:
        """收下写法平常的各行，与逐个元素收的同样核对。"""
        texts = iter(plain.texts)
        self._budget.characters += sum(map(len, plain.texts))
        for number, attributes, _, letters, row, style, kind, text, formula, value in plain.tokens:
            if letters:
                self._places += 1
                known = COLUMNS.get(letters) if row == self._row_text else None
                self._step_to(known or self._read_address(letters + row))
                if text:
                    self._check_inline(kind or "n")
                    self._add(next(texts), _TEXT, None, style or "0")
                elif value:
                    self._budget.characters += len(formula or "")
                    self._add_value(kind or "n", value, formula, style or "0")
            elif number:
                self._open_row(number, hidden=plain.hidden[attributes])

    def start(self, name: str, attributes: Attributes) -> None:
        """一个元素开始。"""
        at = self._at
        if name == "x:c" and at == "x:row":
            self._at = name
            self._open_cell(attributes)
        elif name == "x:t" and (at == "x:is" or at == "x:r"):  # noqa: PLR1714 - 比逐个找快
            self._around = at
            self._at = name
            self._pieces.clear()
        elif name == "x:is" and at == "x:c" and self._runs is None:
            self._at = name
            self._touched = True
            self._runs = []
        elif at == "x:c":
            self._start_in_cell(name, attributes)
        elif name == "x:row" and at == "x:sheetData":
            self._at = name
            self._pieces.clear()  # 缩进排版的空白，攒久了会被当成一段过长的文字
            self._open_row(attributes.get("r"), hidden=is_hidden(attributes, *ROW_HEIGHT))
        elif name == "x:r" and at == "x:is":
            self._at = name
        else:
            self._stray(name, attributes)

    def _start_in_cell(self, name: str, attributes: Attributes) -> None:
        if name not in {"x:v", "x:f", "x:is"}:
            self._stray(name, attributes)
            return
        # 行内文字的第一处在 ``start`` 里收了，到这里的是第二处。
        if name == "x:is" or (self._value if name == "x:v" else self._formula) is not None:
            raise self._two_values()
        if name == "x:f":
            self._shared = attributes.get("si", "") if attributes.get("t") == "shared" else ""
        self._at = name
        self._touched = True
        self._pieces.clear()

    def end(self, name: str) -> None:
        """一个元素结束。"""
        if name == "x:c":
            self._at = "x:row"
            if self._touched:
                self._close_cell()
        elif name == "x:t":
            self._at = self._around
            if self._runs is not None:
                self._runs.append("".join(self._pieces))
        elif name == "x:is":
            self._at = "x:c"
        else:
            self._end_rare(name)

    def _end_rare(self, name: str) -> None:
        if name == "x:v":
            self._at, self._value = "x:c", "".join(self._pieces)
        elif name == "x:row":
            self._at = "x:sheetData"
        elif name == "x:f":
            self._at, self._formula = "x:c", self._written_formula("".join(self._pieces))
        elif name == "x:r":
            self._at = "x:is"
        elif name == "x:sheetData":
            self._markup.end_inner(name)
        else:
            self._transparent -= 1

    def _written_formula(self, written: str) -> str:
        """这一格的公式；向下填充的，是头一格的（引用的格没有照着挪）。"""
        self._budget.characters += len(written)
        if written and self._shared:
            self._formulas[self._shared] = written
        return written or self._formulas.get(self._shared, "")

    def _stray(self, name: str, attributes: Attributes) -> None:
        if name in TRANSPARENT:
            self._transparent += 1
            self._markup.check_depth(self._transparent)
        else:
            self._markup.stray(name, attributes)

    # 行

    def _open_row(self, number: str | None, *, hidden: bool) -> None:
        self._places += 1
        row = self._row + 1 if number is None else whole(number, LAST_ROW)
        if row > LAST_ROW:
            raise damaged(f"{self._markup.part} 超过 {LAST_ROW} 行")
        self._row_known = number is not None
        self._start_row(row)
        self._row_hidden = hidden
        self._column = 0

    def _start_row(self, row: int) -> None:
        if row <= self._row:
            self.in_order = False
        self._row = row
        self._row_text = str(row)

    # 单元格

    def _open_cell(self, attributes: Attributes) -> None:
        self._places += 1
        self._cell = attributes
        address = attributes.get("r")
        if address is None:
            column = self._column + 1
            if column > LAST_COLUMN:
                raise damaged(f"{self._markup.part} 超过 {LAST_COLUMN} 列")
        else:
            # 地址的末尾就是本行的行号，字母查表；查不到的才仔细读。
            letters = address.removesuffix(self._row_text)
            known = COLUMNS.get(letters) if letters != address else None
            column = known if known is not None else self._read_address(address)
        self._step_to(column)

    def _step_to(self, column: int) -> None:
        if column <= self._column:
            if column == self._column:
                raise damaged(f"{self._markup.part} 第 {self._row} 行有两格在同一列")
            self.in_order = False
        self._column = column
        self._row_known = True

    def _read_address(self, address: str) -> int:
        row, column = row_and_column(address)
        if row != self._row:
            # 行没写行号时以格的地址为准；写了又不一致，就不知道该信哪个。
            if self._row_known:
                raise damaged(f"第 {self._row} 行里有写着 {address} 的单元格")
            self._start_row(row)
        return column

    def _close_cell(self) -> None:
        value, formula, kind = self._value, self._formula, self._cell.get("t", "n")
        if self._runs is not None:
            if value:
                raise self._two_values()
            self._check_inline(kind)
            kind, value = "inlineStr", "".join(self._runs)
        self._value = self._formula = self._runs = None
        self._touched = False
        self._add_value(kind, value, formula, self._cell.get("s", "0"))

    def _check_inline(self, kind: str) -> None:
        # 写的是行内文字，类型却说是日期、错误值，或不认得：不知道该信哪个。
        if kind not in _INLINE_KINDS:
            raise damaged(f"行内文字的单元格类型写成了 {kind[:20]}")

    def _add_value(self, kind: str, value: str | None, formula: str | None, style: str) -> None:
        if value:
            reader = self._readers.get(kind)
            if reader is None:
                raise damaged(f"单元格类型 {kind[:20]} 认不出")
            raw, type_ = reader(value)
        else:
            # 公式算出来是空串，与还没有算过不同：前者写明了类型是文字，也有 <v>。
            computed = formula is not None and kind == "str" and value is not None
            raw, type_ = "", _TEXT if computed else _EMPTY
        # 空串而没有公式的，等于没有。
        if type_ is not _EMPTY or formula is not None:
            self._add(raw, type_, formula, style)

    def _add(self, raw: str, type_: CellType, formula: str | None, style: str) -> None:
        number_format = self._formats.get(style)
        if number_format is None:
            raise damaged(f"没有编号为 {style[:20]} 的样式")
        hidden = self._row_hidden or self._column in self.hidden_columns
        cell = (self._row, self._column, raw, type_, formula, number_format, hidden)
        self.cells.append(_new_cell(cell))

    def _two_values(self) -> FileRefused:
        return damaged(f"{self._markup.part} 第 {self._row} 行有一格写了两个值")
