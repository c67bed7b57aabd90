"""工作表里行以外的内容：合并区域、隐藏的列。"""

from dataclasses import dataclass
from functools import lru_cache

from ipmeasures.returns.workbook import limits
from ipmeasures.returns.workbook.address import area, whole
from ipmeasures.returns.workbook.cells import Area
from ipmeasures.returns.workbook.limits import LAST_COLUMN
from ipmeasures.returns.workbook.markup import Attributes, Element, Markup, is_hidden
from ipmeasures.returns.workbook.refusal import FileRefused, too_large

_MAX_HIDDEN_SPANS = 64 * LAST_COLUMN
_KEPT = 64


class Surroundings:
    """边读边记的合并区域和隐藏的列。"""

    def __init__(self, hidden_columns: set[int]) -> None:
        self.merges: list[Area] = []
        self.hidden_columns = hidden_columns
        self._spans = 0

    def elements(self, rows: Element) -> dict[str, Element]:
        """工作表的语法；``rows`` 是 ``sheetData``。"""
        inside = {
            "x:cols": Element(children={"x:col": Element(self._hide)}),
            "x:sheetData": rows,
            "x:mergeCells": Element(children={"x:mergeCell": Element(self._merge)}),
        }
        return {"x:worksheet": Element(children=inside)}

    def _merge(self, attributes: Attributes) -> None:
        if len(self.merges) >= limits.MAX_MERGES:
            raise too_large(f"合并区域超过 {limits.MAX_MERGES} 处")
        self.merges.append(area(attributes.get("ref", "")))

    def _hide(self, attributes: Attributes) -> None:
        if is_hidden(attributes, "customWidth", "width"):
            first = whole(attributes.get("min", ""), LAST_COLUMN)
            last = whole(attributes.get("max", ""), LAST_COLUMN)
            self.hidden_columns.update(range(first, last + 1))
            # 各段本不该重叠；上万段都写满全表，光是记下就要好几秒。
            self._spans += last - first
            if self._spans > _MAX_HIDDEN_SPANS:
                raise too_large("隐藏列的设置过多")


@dataclass(frozen=True, slots=True)
class Frame:
    """一张表除去各行；``x14ac`` 指行里用得着的这个前缀声明过。"""

    merges: tuple[Area, ...]
    hidden_columns: frozenset[int]
    x14ac: bool


@lru_cache(maxsize=_KEPT)
def read_frame(content: bytes) -> Frame | None:
    """读除去各行的一张表；同一张表发给几十个单位，常常一字不差，所以记着。

    不合规矩的、不是 UTF-8 的、没有放行的地方的，返回 ``None``：由逐个元素读的去说哪里不对。
    """
    markup = Markup("")
    around = Surroundings(set())
    hidden: list[frozenset[int]] = []
    root = around.elements(Element(lambda _: hidden.append(frozenset(around.hidden_columns))))
    prefixes: set[str | None] = set()
    root["x:worksheet"].opened = lambda _: prefixes.update(markup.prefixes)
    try:
        markup.read((content,), root)
    except FileRefused:
        return None
    if not hidden or not markup.is_utf8:
        return None
    return Frame(tuple(around.merges), hidden[0], "x14ac" in prefixes)
