"""文字：共享串表，和文件里的转义。"""

import re
from collections.abc import Iterable
from itertools import chain
from xml.parsers import expat

from ipmeasures.returns.workbook import limits
from ipmeasures.returns.workbook.limits import Budget
from ipmeasures.returns.workbook.markup import Attributes, Element, Markup
from ipmeasures.returns.workbook.refusal import FileRefused, too_large

_ESCAPED = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_FIRST, _END = b"<si>", b"</sst>"
_ITEM = re.compile('<si><t(?: xml:space="preserve")?>([^<]+)</t></si>')
_ONE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def plain_text(text: str) -> str:
    r"""解开 ``_x000D_`` 这样的转义（ECMA-376 的 ST_Xstring），换行一律 ``\n``。

    单独半个代理对解出来不是字，留着原样。
    """
    if "_x" in text:
        text = _ESCAPED.sub(_unescaped, text)
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    return text


def _unescaped(found: re.Match[str]) -> str:
    units = b"".join(int(unit, 16).to_bytes(2, "little") for unit in _ONE.findall(found[0]))
    try:
        return units.decode("utf-16-le")
    except UnicodeDecodeError:
        return found[0]


def text_runs(markup: Markup, runs: list[str]) -> dict[str, Element]:
    """一段文字里认的元素：不分段的 ``t``，分段的 ``r/t``；注音（``rPh``）不在其中，因而略过。"""

    def taken() -> None:
        runs.append(markup.take_text())

    text = Element(markup.start_text, taken)
    return {"x:t": text, "x:r": Element(children={"x:t": text})}


def resolved(texts: list[str]) -> list[str] | None:
    """解开一段段不带标签、不空的原文里的实体；有不合语法的，返回 ``None``。

    仍由解析器来解：它比逐个替换快得多，也认得哪些字、哪些实体不合法。
    """
    if not texts:
        return []
    pieces: list[str] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.CharacterDataHandler = parser.EndElementHandler = pieces.append
    try:
        parser.Parse(f"<a><b>{'</b><b>'.join(texts)}</b></a>", True)  # noqa: FBT003 - expat 的参数只能按位置给
    except expat.ExpatError:
        return None
    # 文字和标签交替着来；一段过长的文字会分几次来，那就不走近路了。
    return pieces[:-1:2] if len(pieces) == 2 * len(texts) + 1 else None


def read_strings(part: str, chunks: Iterable[bytes], budget: Budget) -> list[str]:
    """读共享串表，按编号排好。"""
    rest = iter(chunks)
    first, second = next(rest, b""), next(rest, b"")
    found = None if second else _read_plain(first)
    if found is None:
        return _read_elements(part, chain((first, second), rest), budget)
    budget.characters += sum(map(len, found))
    _check(found, budget)
    return found


def _read_plain(content: bytes) -> list[str] | None:
    """每条文字写法都平常的一份；有一处不是，返回 ``None``，由逐个元素读的去读或拒收。

    与行的近路一个道理（``plain_rows``）：从头到尾合乎写法，一个字不多也不少。“sst”只在一对标签里出现，
    去掉各条文字又合乎语法：这一对就是真的，不在注释里。
    """
    head, opening, rest = content.partition(_FIRST)
    items, closing, tail = rest.partition(_END)
    if not closing or content.count(b"sst") != 2 or b"\0" in content:
        return None
    root = Markup("")
    try:
        root.read((head + closing + tail,), {"x:sst": Element()})
        split = _ITEM.split((opening + items).decode())
    except (FileRefused, UnicodeDecodeError):
        return None
    plain = root.is_utf8 and not any(split[::2])
    texts = resolved(split[1::2]) if plain else None
    return None if texts is None else [plain_text(text) for text in texts]


def _read_elements(part: str, chunks: Iterable[bytes], budget: Budget) -> list[str]:
    """逐个元素读：什么写法都读得了。"""
    markup = Markup(part)
    strings: list[str] = []
    runs: list[str] = []

    def opened(_: Attributes) -> None:
        runs.clear()

    def closed() -> None:
        text = plain_text("".join(runs))
        budget.characters += len(text)
        strings.append(text)

    item = Element(opened, closed, text_runs(markup, runs))
    markup.read(
        chunks, {"x:sst": Element(children={"x:si": item})}, lambda: _check(strings, budget)
    )
    return strings


def _check(strings: list[str], budget: Budget) -> None:
    if len(strings) > limits.MAX_STRINGS:
        raise too_large(f"文字超过 {limits.MAX_STRINGS} 条")
    budget.check()
