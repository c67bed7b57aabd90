"""一张工作表：XML → 单元格、合并区域。"""

from collections.abc import Iterable
from itertools import pairwise
from operator import attrgetter

from ipmeasures.returns.workbook import limits
from ipmeasures.returns.workbook.address import area, whole
from ipmeasures.returns.workbook.cells import Area, Cell
from ipmeasures.returns.workbook.limits import LAST_COLUMN
from ipmeasures.returns.workbook.markup import Attributes, Element, Markup, is_true
from ipmeasures.returns.workbook.refusal import damaged, too_large
from ipmeasures.returns.workbook.sheet_data import Shared, SheetData, is_zero

_MAX_HIDDEN_SPANS = 64 * LAST_COLUMN
_IN_ORDER = attrgetter("row", "column")


def read_sheet(
    part: str, chunks: Iterable[bytes], shared: Shared
) -> tuple[tuple[Cell, ...], tuple[Area, ...]]:
    """读一张工作表：有内容的单元格（按行、列排好）和合并区域。

    Raises:
        FileRefused: 两个单元格同一地址、地址或值不成立、超过上限，或 XML 不合法。
    """
    markup = Markup(part)
    data = SheetData(markup, shared)
    merges: list[Area] = []
    columns = _HiddenColumns(data.hidden_columns)

    def merge(attributes: Attributes) -> None:
        if len(merges) >= limits.MAX_MERGES:
            raise too_large(f"合并区域超过 {limits.MAX_MERGES} 处")
        merges.append(area(attributes.get("ref", "")))

    inside = {
        "x:cols": Element(children={"x:col": Element(columns.add)}),
        "x:sheetData": Element(inner=data),
        "x:mergeCells": Element(children={"x:mergeCell": Element(merge)}),
    }
    markup.read(chunks, {"x:worksheet": Element(children=inside)}, data.check)
    data.finish()
    return _in_order(part, data), tuple(merges)


def _in_order(part: str, data: SheetData) -> tuple[Cell, ...]:
    """排好次序；打乱的行到这时才看得出有没有同址的格。"""
    if not data.in_order:
        data.cells.sort(key=_IN_ORDER)
        for one, other in pairwise(data.cells):
            if one.row == other.row and one.column == other.column:
                raise damaged(f"{part} 里有两个 {one.address}")
    return tuple(data.cells)


class _HiddenColumns:
    """隐藏的列；宽度设成零的也算。"""

    def __init__(self, found: set[int]) -> None:
        self._found = found
        self._spans = 0

    def add(self, attributes: Attributes) -> None:
        """又一段列的设置。"""
        zero = is_true(attributes, "customWidth") and is_zero(attributes.get("width"))
        if zero or is_true(attributes, "hidden"):
            first = whole(attributes.get("min", ""), LAST_COLUMN)
            last = whole(attributes.get("max", ""), LAST_COLUMN)
            self._found.update(range(first, last + 1))
            # 各段本不该重叠；上万段都写满全表，光是记下就要好几秒。
            self._spans += last - first
            if self._spans > _MAX_HIDDEN_SPANS:
                raise too_large("隐藏列的设置过多")
