"""部件里的 XML：边解压边解析，只认语法表里写了的元素。

两套命名空间（Transitional 和 Strict）在解析器里就换成一样的短名：``x:`` 是表格的元素，``p:`` 是关系的，
``r:id`` 是关系编号。别的名字都照原样，带着网址，不会与短名相撞。
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol
from xml.parsers import expat

from ipmeasures.returns.workbook import limits
from ipmeasures.returns.workbook.limits import MIB
from ipmeasures.returns.workbook.refusal import damaged, too_large, unsafe

_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_ELEMENTS = (
    *("workbook", "workbookPr", "sheets", "sheet", "calcPr"),
    *("sst", "si", "r", "t", "is"),
    *("styleSheet", "numFmts", "numFmt", "cellXfs", "xf"),
    *("worksheet", "cols", "col", "sheetData", "row", "c", "v", "f", "mergeCells", "mergeCell"),
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
# 各家扩展的写法（Choice）我们都不认，按规范读通用的写法（Fallback）：这两层当作没有。
TRANSPARENT = frozenset({f"{_COMPATIBLE} AlternateContent", f"{_COMPATIBLE} Fallback"})
_NAMES = {
    **{f"{uri} {name}": f"x:{name}" for uri in _MAIN for name in _ELEMENTS},
    f"{_PACKAGE} Relationships": "p:Relationships",
    f"{_PACKAGE} Relationship": "p:Relationship",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id": "r:id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id": "r:id",
}
# Open XML 只许这些编码；别的编码要靠 Python 的编码表，那里什么都有可能抛出。
_UTF8 = frozenset({"utf-8", "utf8"})
_ENCODINGS = _UTF8 | {"utf-16", "utf-16le", "utf-16be", "us-ascii"}
# 这些元素出现在语法之外，就是有数写在了读不到的地方。
_MUST_BE_READ = frozenset({"x:row", "x:c", "x:v", "x:f", "x:is", "x:si", "x:sheet"})

_TRUE = frozenset({"1", "true", "on"})

Attributes = dict[str, str]


class Receiver(Protocol):
    """收元素的开头和结尾的一方。"""

    def start(self, name: str, attributes: Attributes) -> None:
        """一个元素开始。"""

    def end(self, name: str) -> None:
        """一个元素结束。"""


@dataclass(slots=True, eq=False)
class Element:
    """语法里的一个元素：开头、结尾各做什么，里面认哪些子元素。

    有 ``inner`` 的，里面的元素都由它自己收，不认的才交回来（``Markup.stray``）；最忙的一层用它。
    """

    opened: Callable[[Attributes], None] | None = None
    closed: Callable[[], None] | None = None
    children: dict[str, "Element"] = field(default_factory=dict)
    inner: Receiver | None = None


_IGNORED = Element()


def is_true(attributes: Attributes, name: str) -> bool:
    """这个属性写着“是”；没写按“否”。"""
    return attributes.get(name) in _TRUE


def is_hidden(attributes: Attributes, custom: str, size: str) -> bool:
    """一行、一列隐藏了，或高、宽（``size``，``custom`` 说是自己定的）写明是零：一样看不见。"""
    if is_true(attributes, "hidden"):
        return True
    try:
        return is_true(attributes, custom) and float(attributes.get(size, "1")) == 0
    except ValueError:
        return False


class Markup:
    """读一个部件。

    ``pieces`` 是攒下的文字，分几段送来；要文字的元素在开头清空、在结尾取走。
    ``check`` 每读一块调用一次，用来核对上限：逐个元素核对要慢一成。
    ``prefixes`` 是到现在声明过的命名空间前缀，``is_utf8`` 指没有写明是别的编码。
    """

    def __init__(self, part: str) -> None:
        self.part = part
        self.pieces: list[str] = []
        self.prefixes: set[str | None] = set()
        self.is_utf8 = True
        # 读到这里最里面一个没有结束的元素，和它外面的各层。
        self._inside = _IGNORED
        self._outer: list[Element] = []

    def start_text(self, _: Attributes) -> None:
        """从这里起攒文字。"""
        self.pieces.clear()

    def take_text(self) -> str:
        """取走攒下的文字。"""
        return "".join(self.pieces)

    def read(
        self,
        chunks: Iterable[bytes],
        root: dict[str, Element],
        check: Callable[[], None] = lambda: None,
    ) -> None:
        """读完全部内容；``root`` 写明根元素该叫什么。

        Raises:
            FileRefused: XML 不合法、根元素不对、有 DTD，或超过上限。
        """
        names = dict(_NAMES)
        self._inside = Element(children=root)
        self._parser = parser = self._new_parser(names)
        fed = 0
        try:
            for chunk in chunks:
                parser.Parse(chunk, False)  # noqa: FBT003 - expat 的参数只能按位置给
                fed += len(chunk)
                self._check(fed - parser.CurrentByteIndex, len(names) + len(self.prefixes))
                check()
            parser.Parse(b"", True)  # noqa: FBT003 - 同上
        except expat.ExpatError as error:
            raise damaged(f"{self.part} 的第 {error.lineno} 行不合 XML 语法") from error
        finally:
            # 解析器、语法表和它们叫的函数互相拿着；不松手，内存要等垃圾回收才还。
            del self._parser
            self._inside = _IGNORED
            self._outer.clear()

    def _new_parser(self, names: dict[str, str]) -> expat.XMLParserType:
        """造一个解析器；``names`` 既是短名表，也让它按同一张表给名字。"""
        parser = expat.ParserCreate(namespace_separator=" ", intern=names)
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.pieces.append
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartNamespaceDeclHandler = lambda prefix, _: self.prefixes.add(prefix)
        parser.XmlDeclHandler = self._check_encoding
        return parser

    def start(self, name: str, attributes: Attributes) -> None:
        """照语法收下一个元素的开头。"""
        inside = self._inside
        self._outer.append(inside)
        element = inside.children.get(name)
        if element is not None:
            self._inside = element
            if element.opened is not None:
                element.opened(attributes)
            if element.inner is not None:
                self._hand_to(element.inner)
        elif inside is not _IGNORED:
            self._inside = self._stray(name, inside)

    def end(self, _: str) -> None:
        """最里面的元素结束。"""
        if self._inside.closed is not None:
            self._inside.closed()
        self._inside = inside = self._outer.pop()
        if inside.inner is not None:
            self._hand_to(inside.inner)

    def stray(self, name: str, attributes: Attributes) -> None:
        """``inner`` 里遇到不认的元素：连同内容由我们来收，收完再交给它。"""
        self._hand_to(self)
        self.start(name, attributes)

    def end_inner(self, name: str) -> None:
        """有 ``inner`` 的元素本身结束了。"""
        self._hand_to(self)
        self.end(name)

    def _hand_to(self, receiver: Receiver) -> None:
        self._parser.StartElementHandler = receiver.start
        self._parser.EndElementHandler = receiver.end

    def _stray(self, name: str, inside: Element) -> Element:
        """语法里没有的元素：根不对、数写错了地方要拒收，别的连同内容略过。"""
        if len(self._outer) == 1:
            raise damaged(f"{self.part} 的内容不是该有的那种")
        if name in _MUST_BE_READ:
            raise damaged(f"{self.part} 里 {name[2:]} 写在不该在的地方")
        return Element(children=inside.children) if name in TRANSPARENT else _IGNORED

    def _check(self, unfinished: int, names: int) -> None:
        self.check_depth(0)
        if names > limits.MAX_NAMES:
            raise too_large(f"{self.part} 里的名称过多")
        # 旧版 expat 每来一块就把没完的标记从头再扫一遍（CVE-2023-52425），太长的标记能耗上几小时。
        if unfinished > limits.MAX_TEXT or sum(map(len, self.pieces)) > limits.MAX_TEXT:
            raise too_large(f"{self.part} 里有一处内容超过 {limits.MAX_TEXT // MIB} MiB")

    def check_depth(self, deeper: int) -> None:
        """核对嵌套了几层；``deeper`` 是 ``inner`` 里又嵌了几层。"""
        if len(self._outer) + deeper >= limits.MAX_DEPTH:
            raise too_large(f"{self.part} 嵌套过深")

    def _check_encoding(self, _version: str, encoding: str | None, _standalone: int) -> None:
        written = "utf-8" if encoding is None else encoding.lower()
        self.is_utf8 = written in _UTF8
        if written not in _ENCODINGS:
            raise damaged(f"{self.part} 的编码 {written[:20]} 不是 .xlsx 所用的")


def _refuse_doctype(*_: object) -> None:
    raise unsafe("XML 里有 DTD 或实体定义")
