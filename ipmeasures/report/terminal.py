"""终端上的版面：80 列以内，中文一字占两列。"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

WIDTH = 80
_NO_START = "，。；：、？！）》”’％"
_TOKENS = re.compile(r"[!-~]+|.", re.DOTALL)


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
    """折行；``first`` 是第一行的开头，``indent`` 是其余各行的开头。

    西文的词和数不拆开，标点不放在行首；比一行还长的词（如路径）只好拆开。
    """
    lines, line, empty = [], first, True
    for token in _TOKENS.findall(re.sub(r"[^\S ]+", " ", text)):
        parts = [token] if width(token) <= columns - width(indent) else list(token)
        for part in parts:
            if not empty and width(line) + width(part) > columns and part not in _NO_START:
                lines.append(line.rstrip())
                line, empty = indent, True
            if part != " " or not empty:
                line, empty = line + part, False
    return [*lines, line.rstrip()]


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
