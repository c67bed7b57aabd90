"""文字格：原因、措施、来源、日期和下拉框的选项。"""

from decimal import Decimal
from typing import NamedTuple

from ipmeasures.forms.layout import WITHDRAWN
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.quarter import parse_data_at
from ipmeasures.returns.number import plain, stored_number
from ipmeasures.returns.number.format import (
    date_from_serial,
    is_date_format,
    is_percent_format,
)
from ipmeasures.returns.workbook.cells import Cell, CellType

# 各种空格（Unicode 的 Zs、Zl、Zp），和 str.strip() 不认、网页和微信里却常带着的
_BLANKS = (
    " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
    "\t\n\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff"
)


class TextCell(NamedTuple):
    """读出的文字格；空格的 ``text`` 是空串。"""

    text: str = ""
    raw: str = ""
    problems: tuple[Problem, ...] = ()


_BLANK = TextCell()


def read_text(cell: Cell | None, place: Place, *, epoch_1904: bool = False) -> TextCell:
    """解释一个文字格：数字照写，日期写成 2023-06-30，其余原样，只去掉两头的空白。"""
    if cell is None:
        return _BLANK
    if cell.type is CellType.EMPTY:
        return TextCell("", cell.raw, (problem("formula_not_calculated", place),))
    if cell.type is CellType.ERROR:
        return TextCell("", cell.raw, (problem("cell_error", place, value=cell.raw),))
    if cell.type is CellType.NUMBER:
        return TextCell(_written(cell, epoch_1904=epoch_1904), cell.raw)
    if cell.type is CellType.DATE:
        return TextCell(cell.raw[:10], cell.raw)
    return TextCell(stripped(cell.raw.replace("\r\n", "\n").replace("\r", "\n")), cell.raw)


def seen(cell: Cell, *, epoch_1904: bool = False) -> str:
    """这一格在屏幕上是什么：日期、钟点、百分数照看见的写，其余照原文。"""
    if cell.type is CellType.DATE:
        return cell.raw.replace("T", " ").removesuffix(" 00:00:00")
    if cell.type is not CellType.NUMBER:
        return cell.raw
    if is_date_format(cell.number_format):
        day = date_from_serial(cell.raw, epoch_1904)
        return day.isoformat() if day else _clock(stored_number(cell.raw))
    value = stored_number(cell.raw)
    return f"{plain(value * 100)}%" if is_percent_format(cell.number_format) else plain(value)


def _clock(value: Decimal) -> str:
    """一天的几分之几 → 几点几分；不是的照写。"""
    if not 0 <= value < 1:
        return plain(value)
    hours, minutes = divmod(round(value * 1440), 60)
    return f"{hours}:{minutes:02d}"


def stripped(text: str) -> str:
    """去掉两头的空白，看得见看不见的都算；控制字符不算空白，要留给后面去说。"""
    return text.strip(_BLANKS)


def read_date(cell: Cell | None, place: Place, item: str, *, epoch_1904: bool = False) -> TextCell:
    """解释一个日期格（数据时点、完成日期）：认 Excel 日期和各种写法，撤回照写，认不出的是问题。"""
    found = read_text(cell, place, epoch_1904=epoch_1904)
    if not found.text or found.problems or found.text == WITHDRAWN:
        return found
    try:
        _check_date(cell, found.text)
    except ValueError as bad:
        said = problem("date_invalid", place, item=item, value=found.text, why=str(bad))
        return TextCell("", found.raw, (said,))
    return found


def _check_date(cell: Cell | None, text: str) -> None:
    # 2022.1 存成数字就分不清是一月还是十月
    is_fraction = cell is not None and cell.type is CellType.NUMBER and "." in text
    if is_fraction:
        raise ValueError(f"“{text}”是小数，分不清月份")
    parse_data_at(text)


def _written(cell: Cell, *, epoch_1904: bool) -> str:
    if is_date_format(cell.number_format):
        day = date_from_serial(cell.raw, epoch_1904)
        if day is not None:
            return day.isoformat()
    return str(plain(stored_number(cell.raw)))
