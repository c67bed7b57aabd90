"""行的近路：写法最平常的行，用正则表达式整行读，不惊动解析器。

逐个元素回调占去读表时间的大半，而 Excel、WPS 和各种库写出来的行几乎都是同一种写法。近路只走一清二楚的：
表里没有注释、CDATA 和处理指令（于是“<”必是标签，``</row>`` 必是行的结尾），一行从头到尾合乎下面的写法，
一个字不多也不少。别的行原样交给解析器，由它读或拒收；所以走不走近路，读出来都一样（有测试守着）。
"""

import re
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import Protocol
from xml.parsers import expat

from ipmeasures.returns.workbook.limits import MAX_TEXT
from ipmeasures.returns.workbook.markup import Attributes
from ipmeasures.returns.workbook.refusal import damaged

# 一格的原文：整格、列、行、样式、类型、公式、值、行内文字（实体还没有解开）；没有的是空串。
PlainCell = tuple[str, str, str, str, str, str, str, str]

# 不许有的：标签、要归一的回车，和 XML 里不许有的字符。
_FORBIDDEN = r"<\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff"
_CELLS = re.compile(
    r'(<c r="([A-Z]{1,3})([0-9]+)"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?'
    rf"(?: ?/>|>(?:(?:<f>([^&{_FORBIDDEN}]+)</f>)?<v>([^&{_FORBIDDEN}]+)</v>"
    rf'|<is><t(?: xml:space="preserve")?>([^{_FORBIDDEN}]+)</t></is>)?</c>))'
)
_ROW = re.compile(r'<row((?: [a-zA-Z]+="[^"<>&\r\n\t]*")*)( x14ac:dyDescent="[0-9.]*")?( ?/)?>')
_WHOLE: Callable[[PlainCell], str] = itemgetter(0)
_ATTRIBUTE = re.compile(r' ([a-zA-Z]+)="([^"]*)"')
_ROW_END = "</row>"
_DATA_START = b"<sheetData>"
# “]]>”在文字里也不合语法，留给解析器去说。
_NOT_PLAIN = (b"<!", b"<?", b"]]>")
_DECLARATION = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=[\"']1\.0[\"'](?: encoding=[\"']utf-8[\"'])?"
    rb"(?: standalone=[\"'][a-z]+[\"'])? ?\?>)?",
    re.IGNORECASE,
)


class RowTaker(Protocol):
    """收下平常行的一方。"""

    @property
    def between_rows(self) -> bool:
        """解析器是不是正好在两行之间。"""

    def take_row(self, attributes: Attributes, cells: list[PlainCell]) -> None:
        """收下一行。"""

    def check(self) -> None:
        """核对上限。"""


class References:
    """解开文字里的实体：仍由解析器来解，它比逐个替换快得多，也认得不合法的。"""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.CharacterDataHandler = self._pieces.append
        self._parser.Parse("<t>", False)  # noqa: FBT003 - expat 的参数只能按位置给

    def resolve(self, text: str) -> str:
        """解开；``text`` 里没有标签。

        Raises:
            FileRefused: 有不合法的实体。
        """
        self._pieces.clear()
        try:
            # 后面跟一个标签，解析器才会把末尾的字都交出来。
            self._parser.Parse(text + "<b/>", False)  # noqa: FBT003 - 同上
        except expat.ExpatError as error:
            raise damaged(f"“{text[:20]}”里有不合 XML 语法的实体") from error
        return "".join(self._pieces)


def beyond_plain_rows(chunks: Iterable[bytes], taker: RowTaker) -> Iterator[bytes]:
    """平常的行交给 ``taker``，其余的字节照原来的次序给出，由解析器读。

    给出一块，要等解析器读完才来取下一块：``taker.between_rows`` 说的是读完以后的事。
    """
    chunks = iter(chunks)
    data = next(chunks, b"")
    start = data.find(_DATA_START) + len(_DATA_START)
    head = data[:start]
    declaration = _DECLARATION.match(head)
    if start >= len(_DATA_START) and declaration and _is_plain(head[declaration.end() :]):
        yield head
        data = data[start:]
        while _is_plain(data) and len(data) <= MAX_TEXT:
            end = data.rfind(_ROW_END.encode()) + len(_ROW_END)
            if end >= len(_ROW_END):
                yield from _beyond(data[:end], taker, b" xmlns:x14ac=" in head)
                data = data[end:]
            chunk = next(chunks, b"")
            if not chunk:
                break
            data += chunk
    yield data
    yield from chunks


def _is_plain(data: bytes) -> bool:
    return not any(mark in data for mark in _NOT_PLAIN)


def _beyond(rows: bytes, taker: RowTaker, x14ac: bool) -> Iterator[bytes]:  # noqa: FBT001 - 只在本模块里传
    """``rows`` 以行的结尾结尾；不平常的行逐行给出。"""
    try:
        text = rows.decode()
    except UnicodeDecodeError:
        yield rows
        return
    position = 0
    while position < len(text):
        end = _take(text, position, taker, x14ac) if taker.between_rows else 0
        if not end:
            end = text.index(_ROW_END, position) + len(_ROW_END)
            yield text[position:end].encode()
        position = end
    taker.check()


def _take(text: str, position: int, taker: RowTaker, x14ac: bool) -> int:  # noqa: FBT001 - 同上
    """收下 ``position`` 处的一行，返回行的结尾；不平常则不动，返回 0。"""
    row = _ROW.match(text, position)
    if row is None or (row[2] and not x14ac):
        return 0
    pairs = _ATTRIBUTE.findall(row[1])
    attributes = dict(pairs)
    if "r" not in attributes or "xmlns" in attributes or len(attributes) < len(pairs):
        return 0
    start = row.end()
    if row[3]:
        taker.take_row(attributes, [])
        return start
    end = text.index(_ROW_END, start)
    cells = _CELLS.findall(text, start, end)
    if sum(map(len, map(_WHOLE, cells))) < end - start:
        return 0
    taker.take_row(attributes, cells)
    return end + len(_ROW_END)
