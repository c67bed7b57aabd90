"""手填的数：字 → ``Decimal``。

规整只做五件事：全角变半角、去两头的空白、去开头的一个撇号、各种负号变 ``-``、合上严格的千分位；
然后由一个正则表达式决定是不是数。``float()``、``int()``、``isdigit()`` 都不用：它们认 ``1_234``、
``NaN``、``²``。
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

from ipmeasures.returns.number.hint import suggest

_LONGEST = 64

# 不显示的空白：str.strip() 不当它们是空白，从网页、微信里粘来的数却常带着。
_INVISIBLE = "\u180e\u200b\u200c\u200d\u2060\ufeff"
_APOSTROPHES = ("'", "‘", "’", "＇")
# 最后几个是减号、全角减号、各种连字符和短横；长破折号（—）是“没有”的写法，不在其中。
_HALF_WIDTH = str.maketrans(
    "０１２３４５６７８９＋，．％\u2212\uff0d\u2010\u2011\u2012\u2013\ufe63",
    "0123456789+,.%-------",
)
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_STORED = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Number:
    """读出的数；``changed`` 指字经过了规整，不是原样。"""

    value: Decimal
    changed: bool


@dataclass(frozen=True, slots=True)
class NotANumber:
    """不是数；``hint`` 是看得出来的建议（“是否为 8？计量单位为万件”），看不出为空。"""

    hint: str = ""


def read_number(text: str, unit: str = "") -> Number | NotANumber:
    """读一个手填的数；``unit`` 是计量单位，只有单位是 ``%`` 时才许带百分号。"""
    normal = _normalised(text)
    if len(normal) > _LONGEST:
        return NotANumber()
    plain_text = normal.removesuffix("%") if unit in {"%", "％"} else normal
    if _THOUSANDS.fullmatch(plain_text):
        plain_text = plain_text.replace(",", "")
    if _NUMBER.fullmatch(plain_text) is None:
        return NotANumber(suggest(normal, unit))
    return Number(_unsigned_zero(Decimal(plain_text)), plain_text != text)


def stored_number(raw: str) -> Decimal:
    """数字单元格里存的数。

    Excel 把 0.285 存成 0.28499999999999998；先变回双精度数，再取它最短的写法，就是屏幕上的数。
    整数照写，多少位都准。

    Raises:
        ValueError: 不是有限的数。
    """
    if _INTEGER.fullmatch(raw):
        return _unsigned_zero(Decimal(raw))
    number = float(raw) if _STORED.fullmatch(raw) else float("nan")
    if not isfinite(number):
        raise ValueError(f"不是有限的数：{raw[:40]}")
    return _unsigned_zero(Decimal(repr(number)))


def plain(value: Decimal) -> str:
    """数的标准写法：不用指数，末尾不留零（8.10 → 8.1，1E+3 → 1000）。

    不用 ``Decimal.normalize()``：它按当前精度四舍五入。
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _normalised(text: str) -> str:
    text = _stripped(text)
    if text.startswith(_APOSTROPHES):
        text = _stripped(text[1:])
    return text.translate(_HALF_WIDTH)


def _stripped(text: str) -> str:
    """去掉两头的空白，看得见看不见的都算；两种可能交错，所以要反复去。"""
    start, end = 0, len(text)
    while start < end and _is_space(text[start]):
        start += 1
    while end > start and _is_space(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_space(character: str) -> bool:
    return character.isspace() or character in _INVISIBLE


def _unsigned_zero(value: Decimal) -> Decimal:
    return abs(value) if value.is_zero() else value
