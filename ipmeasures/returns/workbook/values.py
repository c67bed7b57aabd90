"""单元格的值：文件里的字和类型记号（``t``）→ 原文和 ``CellType``。"""

import re
from collections.abc import Callable, Sequence
from math import isinf

from ipmeasures.returns.workbook.cells import CellType
from ipmeasures.returns.workbook.limits import Budget
from ipmeasures.returns.workbook.refusal import damaged
from ipmeasures.returns.workbook.strings import plain_text

Value = tuple[str, CellType]

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LONGEST_NUMBER = 400
_LONGEST_INDEX = 7
# 这么短的整数不必再验，多数的数都走这里。
_SURELY_FINITE = 16
_BOOLEANS = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}
# XML 的空白；str.strip() 不带参数会连不换行空格也去掉，那就是替人改数了。
_SPACE = " \t\r\n"
_NUMBER_TYPE, _TEXT_TYPE, _EMPTY_TYPE = CellType.NUMBER, CellType.TEXT, CellType.EMPTY


def value_readers(strings: Sequence[str], budget: Budget) -> dict[str, Callable[[str], Value]]:
    """类型记号 → 读法；空值不必来问。"""

    def shared(value: str) -> Value:
        index = value.strip(_SPACE)
        if len(index) <= _LONGEST_INDEX and index.isascii() and index.isdigit():
            number = int(index)
            if number < len(strings):
                found = strings[number]
                return found, _TEXT_TYPE if found else _EMPTY_TYPE
        raise damaged(f"没有编号为 {index[:20]} 的文字")

    def text(value: str) -> Value:
        budget.characters += len(value)
        return (plain_text(value) if "_x" in value or "\r" in value else value), _TEXT_TYPE

    def error(value: str) -> Value:
        budget.characters += len(value)
        return value.strip(_SPACE), CellType.ERROR

    def iso_date(value: str) -> Value:
        budget.characters += len(value)
        return value.strip(_SPACE), CellType.DATE

    return {
        "n": _number,
        "s": shared,
        "str": text,
        "inlineStr": text,
        "b": _boolean,
        "e": error,
        "d": iso_date,
    }


def _number(value: str) -> Value:
    if len(value) < _SURELY_FINITE and value.isascii() and value.isdigit():
        return value, _NUMBER_TYPE
    raw = value.strip(_SPACE)
    if _NUMBER.fullmatch(raw) is None:
        if not raw:
            return "", _EMPTY_TYPE
        raise damaged(f"数字单元格里是“{raw[:20]}”")
    if len(raw) > _LONGEST_NUMBER or isinf(float(raw)):
        raise damaged(f"数字 {raw[:20]} 超出范围")
    return raw, _NUMBER_TYPE


def _boolean(value: str) -> Value:
    raw = _BOOLEANS.get(value.strip(_SPACE))
    if raw is None:
        raise damaged(f"真假值单元格里是“{value[:20]}”")
    return raw, CellType.BOOLEAN
