"""读一份改过的 Word 文档：正文各段和表格各格的文字；修订里删去的不算，添上的算。"""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from ipmeasures.errors import FileUnreadable

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MAIN = "word/document.xml"
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-+:?")
_ESCAPED = re.compile(r"\\([\\`*_\[\]|~$#])")
_LARGEST = 64 * 2**20
_GONE = {f"{_W}del", f"{_W}moveFrom", _FALLBACK}
_SPACES = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """正文（不在表格里）的一段；``number`` 从 1 数，不数空段。"""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """一张表：各行各格的文字；跨栏的格占几栏就重复几次。``number`` 从 1 数。"""

    number: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """一份文档的文字。"""

    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]

    @property
    def text(self) -> str:
        """正文各段连起来。"""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


def read_document(path: Path) -> Words:
    """读一个 .docx 文件。

    Raises:
        FileUnreadable: 读不到，或不是 Word 文档。
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise FileUnreadable(
            f"读不到 {path}，请确认文件在、没有被别的程序占用、有权限打开"
        ) from None
    return words_of(content, path.name)


def read_words(path: Path) -> Words:
    """读一份 .docx 或 .md 的报告。

    Raises:
        FileUnreadable: 读不到，或读不通。
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise FileUnreadable(f"读不到 {path}，请确认文件在、有权限打开") from None
    return words_in(content, path.name)


def words_in(content: bytes, name: str) -> Words:
    """由字节读出文字，看文件名是 Word 还是 Markdown。

    Raises:
        FileUnreadable: 读不通。
    """
    if not name.endswith(".md"):
        return words_of(content, name)
    try:
        return _markdown(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise FileUnreadable(f"{name} 不是 UTF-8 编码，请用 UTF-8 另存") from None


def _markdown(text: str) -> Words:
    """以竖线开头的各行是表，其余是段；标题、编号的记号去掉，转义的字还原。"""
    paragraphs: list[str] = []
    tables: list[list[tuple[str, ...]]] = []
    inside = False
    for line in text.splitlines():
        row = line.startswith("|")
        if row:
            cells = tuple(_unescaped(cell).strip() for cell in _BAR.split(line)[1:-1])
            if not inside:
                tables.append([])
            if not all(_RULE.fullmatch(cell) for cell in cells):
                tables[-1].append(cells)
        elif line.strip() and not line.startswith("!["):
            paragraphs.append(_unescaped(line.lstrip("#").strip()))
        inside = row or (inside and not line.strip())
    return Words(
        tuple(Paragraph(n, text) for n, text in enumerate(paragraphs, 1)),
        tuple(Table(n, tuple(rows)) for n, rows in enumerate(tables, 1)),
    )


def _unescaped(text: str) -> str:
    return html.unescape(_ESCAPED.sub(r"\1", text))


def words_of(content: bytes, name: str) -> Words:
    """由 .docx 的字节读出文字；``name`` 用来说是哪个文件。

    Raises:
        FileUnreadable: 不是 Word 文档，或损坏、过大。
    """
    root = _root(content, name)
    paragraphs = [
        text
        for node in root.iter(f"{_W}p")
        if not _inside(node, f"{_W}tc") and (text := _text(node))
    ]
    tables = [table for table in root.iter(f"{_W}tbl") if not _inside(table, f"{_W}tc")]
    return Words(
        tuple(Paragraph(n, text) for n, text in enumerate(paragraphs, 1)),
        tuple(Table(n, _rows(table)) for n, table in enumerate(tables, 1)),
    )


def _root(content: bytes, name: str) -> Any:  # noqa: ANN401 - lxml 的元素
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if package.getinfo(_MAIN).file_size > _LARGEST:
                raise FileUnreadable(f"{name} 太大了，读不了，请核对是不是报告")
            with package.open(_MAIN) as part:
                xml = part.read(_LARGEST + 1)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return etree.fromstring(xml, parser)
    except (zipfile.BadZipFile, KeyError, zlib.error, etree.XMLSyntaxError, ValueError, EOFError,
            RuntimeError, NotImplementedError, OSError):  # fmt: skip
        raise FileUnreadable(
            f"{name} 不是 .docx 文档，或已损坏、有密码；请在 Word 或 WPS 里另存为 .docx 再试"
        ) from None


def _rows(table: Any) -> tuple[tuple[str, ...], ...]:  # noqa: ANN401 - lxml 的元素
    return tuple(
        tuple(cell for tc in row.iter(f"{_W}tc") for cell in _cell(tc))
        for row in table.iter(f"{_W}tr")
        if row.find(f"{_W}trPr/{_W}del") is None
    )


def _cell(cell: Any) -> Iterator[str]:  # noqa: ANN401 - lxml 的元素
    text = " ".join(filter(None, (_text(node) for node in cell.iter(f"{_W}p"))))
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    times = 1 if span is None else int(span.get(f"{_W}val", "1"))
    yield from [text] * max(1, min(times, 64))


def _inside(node: Any, tag: str) -> bool:  # noqa: ANN401 - lxml 的元素
    return any(parent.tag == tag for parent in node.iterancestors())


def _text(paragraph: Any) -> str:  # noqa: ANN401 - lxml 的元素
    return " ".join("".join(_pieces(paragraph)).split())


def _pieces(node: Any) -> Iterator[str]:  # noqa: ANN401 - lxml 的元素
    """一段的字；里面套着的段（文本框）各算各的。"""
    for child in node:
        if child.tag in _GONE or child.tag == f"{_W}p":
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SPACES:
            yield _SPACES[child.tag]
        else:
            yield from _pieces(child)
