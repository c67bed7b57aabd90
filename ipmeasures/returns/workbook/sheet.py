"""一张工作表：XML → 单元格、合并区域。"""

from collections.abc import Iterable
from itertools import chain, pairwise
from operator import attrgetter

from ipmeasures.returns.workbook.cells import Area, Cell
from ipmeasures.returns.workbook.frame import Surroundings, read_frame
from ipmeasures.returns.workbook.markup import Element, Markup
from ipmeasures.returns.workbook.plain_rows import plain_rows
from ipmeasures.returns.workbook.refusal import damaged
from ipmeasures.returns.workbook.sheet_data import Shared, SheetData

_OPENING, _CLOSING = b"<sheetData>", b"</sheetData>"
_IN_ORDER = attrgetter("row", "column")
_Read = tuple[tuple[Cell, ...], tuple[Area, ...]]


def read_sheet(part: str, chunks: Iterable[bytes], shared: Shared) -> _Read:
    """读一张工作表：有内容的单元格（按行、列排好）和合并区域。

    Raises:
        FileRefused: 两个单元格同一地址、地址或值不成立、超过上限，或 XML 不合法。
    """
    rest = iter(chunks)
    first, second = next(rest, b""), next(rest, b"")
    found = None if second else _read_plain(part, first, shared)
    return found or _read_elements(part, chain((first, second), rest), shared)


def _read_elements(part: str, chunks: Iterable[bytes], shared: Shared) -> _Read:
    """逐个元素读：什么写法都读得了。"""
    markup = Markup(part)
    data = SheetData(markup, shared)
    around = Surroundings(data.hidden_columns)
    markup.read(chunks, around.elements(Element(inner=data)), data.check)
    data.finish()
    return _in_order(part, data), tuple(around.merges)


def _read_plain(part: str, content: bytes, shared: Shared) -> _Read | None:
    """各行写法都平常的一张表：行另读，解析器只看行以外的。不是这样的，返回 ``None``。

    “sheetData”只在这一对标签里出现，解析器又说没有行的那一份里正好有一个它：这一对就是真的，不在注释里。
    """
    head, opening, rest = content.partition(_OPENING)
    rows, closing, tail = rest.partition(_CLOSING)
    if not closing or content.count(b"sheetData") != 2 or b"\0" in content:
        return None
    frame = read_frame(head + opening + closing + tail)
    plain = plain_rows(rows, x14ac=frame.x14ac) if frame else None
    if frame is None or plain is None:
        return None
    data = SheetData(Markup(part), shared)
    data.hidden_columns |= frame.hidden_columns
    data.take(plain)
    data.finish()
    return _in_order(part, data), frame.merges


def _in_order(part: str, data: SheetData) -> tuple[Cell, ...]:
    """排好次序；打乱的行到这时才看得出有没有同址的格。"""
    if not data.in_order:
        data.cells.sort(key=_IN_ORDER)
        for one, other in pairwise(data.cells):
            if one.row == other.row and one.column == other.column:
                raise damaged(f"{part} 里有两个 {one.address}")
    return tuple(data.cells)
