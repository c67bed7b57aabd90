"""公文表里的目标和基期怎么写：90、≥90、≤3、>5，没有的写“-”。"""

import re
from dataclasses import dataclass
from decimal import Decimal

_BLANKS = ("-", "—", "——", "－", "–", "/", "无")
_SIGNS = {
    "": "", "≥": "≥", ">=": "≥", "≤": "≤", "<=": "≤", ">": ">", "＞": ">", "<": "<", "＜": "<",
}  # fmt: skip
_TARGET = re.compile(r"(≥|≤|>=|<=|>|<|＞|＜|)\s*(-?[0-9]+(?:\.[0-9]+)?)")
RISING_SIGNS, FALLING_SIGNS = ("≥", ">"), ("≤", "<")
STRICT_SIGNS = (">", "<")


@dataclass(frozen=True, slots=True)
class Written:
    """写着的目标：前面的符号（没有的为空）和数（没有目标的为 ``None``）。"""

    sign: str
    figure: Decimal | None


def read_target(text: str) -> Written | None:
    """认出目标；写法不对的为 ``None``。"""
    if is_blank(text):
        return Written("", None)
    found = _TARGET.fullmatch(text.strip())
    return Written(_SIGNS[found[1]], Decimal(found[2])) if found else None


def is_blank(text: str) -> bool:
    """公文表里表示没有的写法。"""
    return text.strip() in _BLANKS
