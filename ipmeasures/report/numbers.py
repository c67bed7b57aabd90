"""数字怎么写：小数位、正负号、百分数；一律四舍五入。"""

from decimal import Decimal

from ipmeasures.progress.rounding import half_up, percent


def figure(value: Decimal | None, decimals: int, blank: str = "") -> str:
    """一个数：至多 ``decimals`` 位小数，至少两位（整数项不带小数）。"""
    if value is None:
        return blank
    text = f"{half_up(value, decimals):f}"
    if decimals <= 2:
        return text
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest[:2]}{rest[2:].rstrip('0')}"


def share(value: Decimal | None, places: int = 1, blank: str = "") -> str:
    """一个份额写成百分数：0.4394 → 43.9%。"""
    return blank if value is None else f"{percent(value, places):f}%"


def points(value: Decimal | None, places: int = 1, blank: str = "") -> str:
    """百分点，带正负号：-6.1、+17.7、0.0。"""
    if value is None:
        return blank
    rounded = half_up(value, places)
    return f"{rounded:+f}" if rounded else f"{abs(rounded):f}"


def index(value: Decimal | None, blank: str = "") -> str:
    """序时指数，三位小数。"""
    return blank if value is None else f"{half_up(value, 3):f}"
