"""一段话里的数：值、单位、是不是日期；编号、文号、回执号不是数。"""

import re
from dataclasses import dataclass
from decimal import Decimal

_MINUS = chr(0x2212)  # 数学里的减号，GBK 没有
_WIDE = str.maketrans(f"０１２３４５６７８９．，％＋－{_MINUS}", "0123456789.,%+--")
# 不是数的：事项编号、季度和回执号、文号、ISO 日期、校验码、段首的序号
_NOT_FIGURES = re.compile(
    r"[A-Za-z]+\d+(?:-\d+)*|\d{4}Q[1-4](?:-\d+)?|[〔\[(（]\d{4}[〕\])）]\d+号|\d{4}-\d{2}-\d{2}"
    r"|校验码\s*[0-9a-f]+|[0-9a-f]*[a-f]+[0-9a-f]{6,}"
    r"|^\s*(?:附件\s*|图\s*|表\s*)?[(（]?\d{1,2}[.．、)）](?!\d)|附件\s*\d+|第\d+稿"
)
_NUMBER = re.compile(r"(?<![\d.])(?:(?<![\d%A-Za-z])[-+])?\d+(?:,\d{3})*(?:\.\d+)?")
_SCALES = ("个百分点", "百分点", "%", "‰", "万", "亿")
_DATES = ("年", "月", "日", "季度")


@dataclass(frozen=True, slots=True)
class Figure:
    """一个数：``start``、``end`` 是它在文字里的位置；``scale`` 是改变大小的单位（%、万、百分点……）。"""

    start: int
    end: int
    text: str
    value: Decimal
    scale: str
    is_date: bool

    @property
    def said(self) -> tuple[Decimal, str]:
        """说的是多大：7.20 和 7.2 一样，7 万和 7 不一样。"""
        return self.value, self.scale


def plain(text: str) -> str:
    """全角的数字和符号换成半角，字数不变。"""
    return text.translate(_WIDE)


def figures_in(text: str) -> tuple[Figure, ...]:
    """一段话里的数，先后为序。"""
    given = plain(text)
    blanked = _NOT_FIGURES.sub(lambda found: "\0" * len(found[0]), given)
    return tuple(_figure(given, found) for found in _NUMBER.finditer(blanked))


def _figure(text: str, found: re.Match[str]) -> Figure:
    after = text[found.end() :].lstrip()
    scale = next((word for word in _SCALES if after.startswith(word)), "")
    value = Decimal(found[0].replace(",", ""))
    dated = after.startswith(_DATES) and not after.startswith("年均")
    return Figure(
        found.start(), found.end(), found[0], value, scale.removeprefix("个"), is_date=dated
    )
