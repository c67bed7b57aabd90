"""终端上的版面：80 列以内，中文一字占两列。"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

WIDTH = 80
_CLOSING = "，。；：、？！）》”’％…】〉」』〕"
_OPENING = "（《“‘【〈「『〔"
_WORD = r"[!-~\u00c0-\u024f]"
# 一个词或一个字，连同它前面的左括号和后面的标点：行不在中间断
_UNITS = re.compile(
    rf" +|[{_OPENING}]*(?:{_WORD}+|[^ ])(?: *[{_CLOSING}]| *[,;:!?)\]}}%<>=]{_WORD}*|\.{_WORD}*)*",
    re.DOTALL,
)
_CHARS = re.compile(rf"[^ ](?: *[{_CLOSING},.;:!?)\]}}%])*| +", re.DOTALL)


def width(text: str) -> int:
    """一段字在终端上占几列。"""
    return sum(_columns(char) for char in text)


def clip(text: str, columns: int) -> str:
    """截到几列以内；截短的以“…”结尾（占两列）。"""
    text = " ".join(text.split())
    if width(text) <= columns:
        return text
    kept, used = "", 0
    for char in text:
        if used + _columns(char) > columns - 2:
            break
        kept, used = kept + char, used + _columns(char)
    return kept + "…"


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """补空格到几列；``right`` 是靠右。"""
    text = clip(text, columns)
    space = " " * (columns - width(text))
    return space + text if right else text + space


def wrap(text: str, columns: int = WIDTH, *, first: str = "", indent: str = "") -> list[str]:
    """折行；``first`` 是第一行的开头，``indent`` 是其余各行的开头，都要比一行窄。

    西文的词和数不拆开，标点不放在行首、左括号不放在行尾；连标点比一行还长的词（如路径）只好拆开。
    各种空白都作一个空格，行首行尾的不留。
    """
    lines, line, empty = [], first, True
    room = columns - width(indent)
    for part in _parts(re.sub(r"[^\S ]", " ", text), room):
        if width(line) + width(part) > columns and not (empty and line == indent):
            lines.append(line.rstrip())
            line, empty = indent, True
        if not part.isspace() or not empty:
            line, empty = line + part, False
    return [*lines, line.rstrip()] if not empty or not lines else lines


def _parts(text: str, room: int) -> Iterator[str]:
    """不可分的各段；比 ``room`` 还宽的拆开。"""
    for unit in _UNITS.findall(text):
        if width(unit) <= room:
            yield unit
        else:
            for part in _CHARS.findall(unit):
                yield from [part] if width(part) <= room else part


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int], rights: str = ""
) -> list[str]:
    """一张表的各行；``rights`` 里为 ``r`` 的列靠右。"""
    sides = rights.ljust(len(widths))

    def line(cells: Sequence[str]) -> str:
        laid = (
            pad(cell, columns, right=side == "r")
            for cell, columns, side in zip(cells, widths, sides, strict=True)
        )
        return " ".join(laid).rstrip()

    rule = "-" * (sum(widths) + len(widths) - 1)
    return [line(heads), rule, *(line(row) for row in rows)]


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1
