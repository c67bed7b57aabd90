"""表格里的数：是真的数，数字格式照报告里的写法，显示出来一模一样。"""

import re
from decimal import Decimal

from ipmeasures.plan.model import FigureItem
from ipmeasures.report.amounts import growth_cell, number, plain, rate
from ipmeasures.report.gap_table import Amount, as_shown
from ipmeasures.report.numbers import points
from ipmeasures.report.parts import BLANK
from ipmeasures.report.sheets.tables import Value

POINTS = "+0.0;-0.0;0.0"
_PRINTED = re.compile(
    r"(?P<before>[^\d+-]*)(?P<sign>[+-]?)(?P<size>\d+(?:\.\d+)?)(?P<unit>%?)(?P<after>\D*)"
)


def amount(text: str, value: Decimal | None, form: str) -> Value:
    """一个数；没有的是空格。"""
    return None if value is None else as_shown(text, value, form)


def count(number: int) -> Value:
    """几个、第几。"""
    return Amount(str(number), Decimal(number), "0")


def figure(item: FigureItem, value: Decimal | None) -> Value:
    """一个事项的数：至少两位、至多它自己的小数位。"""
    decimals = item.how.decimals
    places = "." + "0" * min(decimals, 2) + "#" * (decimals - 2) if decimals else ""
    return amount(number(item, value), value, f"0{places}")


def as_written(value: Decimal | None) -> Value:
    """公文里写的数，照原样几位小数。"""
    text = plain(value)
    _, _, decimals = text.partition(".")
    return amount(text, value, f"0.{'0' * len(decimals)}" if decimals else "0")


def percent(value: Decimal | None, *, text: str = "") -> Value:
    """百分数；``text`` 是报告里的写法（“50%”的不写小数，“（年度）”照写）。"""
    text = text or rate(value)
    size, _, after = text.partition("%")
    form = "0.0%" if "." in size else "0%"
    return amount(text, value, form + (f'"{after}"' if after else ""))


def gap(value: Decimal | None) -> Value:
    """偏差，百分点。"""
    return amount(points(value), value, POINTS)


def growth(item: FigureItem, value: Decimal | None, before: Decimal | None) -> Value:
    """同比：增长的是百分数，比率的是百分点，得分的是分。"""
    text = growth_cell(item, value, before)
    if text == BLANK or value is None or before is None:
        return None
    if text.endswith("%"):
        return amount(text, (value - before) / before, "+0.0%;-0.0%;0.0%")
    places = "0" if not item.how.decimals else f"0.{'0' * item.how.decimals}"
    unit = f'"{text.lstrip("+-.0123456789")}"'
    return amount(text, value - before, f"+{places}{unit};-{places}{unit};{places}{unit}")


def typed(text: str) -> Value:
    """印好的一个数，变回数，显示出来还是原来的字；不是数的照写，没有的是空格。"""
    found = _PRINTED.fullmatch(text)
    if found is None:
        return None if text == BLANK else text
    value = Decimal(f"{found['sign']}{found['size']}")
    _, _, decimals = found["size"].partition(".")
    form = ("0." + "0" * len(decimals) if decimals else "0") + found["unit"]
    form = f"{_quoted(found['before'])}{form}{_quoted(found['after'])}"
    if found["unit"]:
        value /= 100
    return Amount(text, value, f"+{form};-{form};{form}" if found["sign"] else form)


def _quoted(words: str) -> str:
    """数字格式里的字。"""
    return f'"{words}"' if words else ""
