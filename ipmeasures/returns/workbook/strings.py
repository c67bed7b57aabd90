"""文字：共享串表，和文件里的转义。"""

import re
from collections.abc import Iterable

from ipmeasures.returns.workbook import limits
from ipmeasures.returns.workbook.limits import Budget
from ipmeasures.returns.workbook.markup import Attributes, Element, Markup
from ipmeasures.returns.workbook.refusal import too_large

_ESCAPED = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
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


def read_strings(part: str, chunks: Iterable[bytes], budget: Budget) -> list[str]:
    """读共享串表，按编号排好。"""
    markup = Markup(part)
    strings: list[str] = []
    runs: list[str] = []

    def opened(_: Attributes) -> None:
        runs.clear()

    def closed() -> None:
        text = plain_text("".join(runs))
        budget.characters += len(text)
        strings.append(text)

    def check() -> None:
        if len(strings) > limits.MAX_STRINGS:
            raise too_large(f"文字超过 {limits.MAX_STRINGS} 条")
        budget.check()

    item = Element(opened, closed, text_runs(markup, runs))
    markup.read(chunks, {"x:sst": Element(children={"x:si": item})}, check)
    return strings
