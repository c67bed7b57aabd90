"""不是数的字，看得出本意的，给一句建议；只问，不替人定。"""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from ipmeasures.returns.number.chinese import read_chinese

_PLAIN = r"[0-9]+(?:\.[0-9]+)?"
_GROUPED = r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?"
_NUMERAL = "[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+"
_SCALES = {
    "": 1, "十": 10, "百": 100, "千": 1_000, "万": 10_000,
    "十万": 100_000, "百万": 1_000_000, "千万": 10_000_000,
    "亿": 100_000_000, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip
_LONGEST = 20
# “百分点”的“百”不是一百个
_SCALE = "(?:" + "|".join(sorted(filter(None, _SCALES), key=len, reverse=True)) + ")(?!分点)"

_ABOUT = (
    "约|大约|近|将近|接近|大概|逾|超|超过|突破|不少于|不低于|不超过|不足|至少|至多|[≈~～≥≤>＞<＜]=?"
)
_MORE = "余|多|来|几"
_NEARLY = r"左右|上下|以上|以下|以内|\+|＋"

# 大约？ 数 余？ 万？ 余？ 单位？ 左右？
_WORDED = re.compile(
    rf"(?P<about>{_ABOUT})?\s*(?P<sign>[+-]?)"
    rf"(?P<number>{_GROUPED}|{_PLAIN})\s*(?P<more>{_MORE})?\s*"
    rf"(?P<scale>{_SCALE})?(?P<more2>{_MORE})?\s*"
    rf"(?P<unit>[^\s0-9]*?)\s*(?P<nearly>{_NEARLY})?"
)
_IN_CHINESE = re.compile(
    rf"(?P<about>{_ABOUT})?(?P<number>{_NUMERAL})(?P<more>{_MORE})?"
    rf"(?P<unit>.*?)(?P<nearly>{_NEARLY})?"
)
_RANGE = re.compile(rf"{_PLAIN}[%万亿]?\s*(?:-|—|——|~|～|至|到)\s*{_PLAIN}\S*")
_BRACKETED = re.compile(rf"[(（]({_PLAIN}|{_GROUPED})[)）]")
_COMMAS = re.compile(r"[+-]?[0-9,]*[0-9][0-9,]*(?:\.[0-9]+)?")
# 写法、该删去的、当作小数点的；依次是：1e3、1_234 或 1 234、1.234,5、6,5、3。5、- 5、.5、5.
_RETYPED = (
    (re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?[eE][+-]?(?:[0-9]|1[0-2])"), "", "."),
    (
        re.compile(r"[+-]?[1-9][0-9]{0,2}([\s_'’])[0-9]{3}(?:\1[0-9]{3})*(?:\.[0-9]+)?"),
        "_'’",
        ".",
    ),
    (re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+"), ".", ","),
    (re.compile(r"[+-]?[0-9]+,[0-9]"), "", ","),
    (re.compile(r"[+-]?[0-9]+。[0-9]+"), "", "。"),
    (re.compile(rf"[+-]\s+(?:{_GROUPED}|{_PLAIN})"), ",", "."),
    (re.compile(r"[+-]?\.[0-9]+"), "", "."),
    (re.compile(r"[+-]?[0-9]+\."), ".", "."),
)
# 上标、下标的数字多半是乘方或脚注，不知道本来是什么。
_RAISED = re.compile("[²³¹⁰-₎]")
_NOT_UNIT = re.compile(r"[-+.,%()（）/\\*=_]")


class _Unit(NamedTuple):
    """计量单位拆开：万件 → 一万、件。"""

    scale: int
    counted: str
    written: str


def suggest(text: str, unit: str) -> str:
    """给 ``read_number`` 不认的字一句建议；``text`` 已规整，看不出本意返回空串。"""
    if text.endswith("%") and unit not in {"%", "％"}:
        return f"带着百分号，而计量单位为{unit}" if unit else ""
    parted = _split(unit)
    return _as_worded(text, parted) or _as_chinese(text, parted) or _as_typed(text)


def _split(unit: str) -> _Unit:
    unit = unit.replace("％", "%")
    found = re.match(_SCALE, unit)
    scale = found[0] if found else ""
    return _Unit(_SCALES[scale], unit.removeprefix(scale), unit)


def _as_worded(text: str, unit: _Unit) -> str:
    """8万、1234件、约80、80余万件。"""
    found = _WORDED.fullmatch(text)
    if found is None or len(found["number"]) > _LONGEST:
        return ""
    number = Decimal(found["sign"] + found["number"].replace(",", ""))
    rough = any(found[part] for part in ("about", "more", "more2", "nearly"))
    scale, written = found["scale"] or "", found["unit"]
    if not scale and not written:
        return _ask(number, unit, rough=rough)
    if written not in {"", unit.counted}:
        foreign = _NOT_UNIT.search(written) or not unit.written
        return "" if foreign else f"计量单位为{unit.written}"
    if scale and unit.counted == "%":
        return ""
    return _ask(number * _SCALES[scale] / unit.scale, unit, rough=rough)


def _as_chinese(text: str, unit: _Unit) -> str:
    """一百二十、八十余件、三万五千。"""
    found = _IN_CHINESE.fullmatch(text)
    if found is None or found["unit"] not in {"", unit.counted}:
        return ""
    number = read_chinese(found["number"])
    if number is None:
        return ""
    rough = any(found[part] for part in ("about", "more", "nearly"))
    # 没有写单位、也没有写到万的，就是按计量单位数的。
    counted = bool(found["unit"]) or any(mark in found["number"] for mark in "万亿萬億")
    if counted and unit.counted == "%" and not found["unit"]:
        return ""
    value = Decimal(number) / unit.scale if counted else Decimal(number)
    return _ask(value, unit, rough=rough)


def _ask(value: Decimal, unit: _Unit, *, rough: bool) -> str:
    asked = f"是否为 {_shown(value)}？"
    if rough:
        return f"只能填一个确数，{asked}请核实"
    return asked + (f"计量单位为{unit.written}" if unit.scale != 1 else "")


def _as_typed(text: str) -> str:
    """写法不对的：括号、范围、指数、空格和逗号、别的数字符号。"""
    if found := _BRACKETED.fullmatch(text):
        number = found[1].replace(",", "")
        return f"括号有时表示负数，是 {number} 还是 -{number}？请核实"
    if _RANGE.fullmatch(text):
        return "只能填一个数"
    number = _retyped(text)
    if number:
        return f"是否为 {_shown(Decimal(number))}？"
    return "逗号只能用来分千位（如 1,234）" if _COMMAS.fullmatch(text) else ""


def _retyped(text: str) -> str:
    """换成规矩的写法；换不了返回空串。"""
    for pattern, drop, point in _RETYPED:
        if pattern.fullmatch(text):
            kept = "".join(mark for mark in text if mark not in drop and not mark.isspace())
            return kept.replace(point, ".")
    return _in_other_digits(text)


def _in_other_digits(text: str) -> str:
    """带圈的、别国的数字，和夹在中间看不见的字符。"""
    if len(text) == 1 and unicodedata.category(text) == "No" and not _RAISED.match(text):
        value = unicodedata.numeric(text)
        return str(int(value)) if value == int(value) else ""
    visible = "".join(mark for mark in text if unicodedata.category(mark) != "Cf")
    digits = "".join(str(unicodedata.decimal(mark, mark)) for mark in visible)
    return digits if re.fullmatch(rf"[+-]?{_PLAIN}", digits) else ""


def _shown(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
