"""读旧格式表格的子进程：标准输入是文件，标准输出是单元格（JSON）。

坏文件能让 xlrd 出各种错，也能让它很慢、很占内存，所以关在自己的进程里读，由 ``legacy`` 启动和看管。
各项上限写在命令行上；只装载标准库和 xlrd，启动才快。
"""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from math import isfinite
from struct import unpack_from
from typing import Any, NamedTuple

import xlrd

if sys.platform != "win32":
    import resource

# xlrd 的类型 → 答复里的类型：0 数字、1 文字、2 真假值、3 错误值；没有内容的不在其中。
_KINDS = {
    xlrd.XL_CELL_NUMBER: 0,
    xlrd.XL_CELL_DATE: 0,
    xlrd.XL_CELL_TEXT: 1,
    xlrd.XL_CELL_BOOLEAN: 2,
    xlrd.XL_CELL_ERROR: 3,
}
# xlrd 只用话来区分的两种情形。
_SAID = {"Workbook is encrypted": "encrypted", "Can't find workbook in OLE2": "no_workbook"}
# BIFF 的记录：一段开始（后面写着是哪一种）、一段结束。
_BEGIN, _WORKSHEET, _END = 0x0809, 0x0010, 0x000A
# 公式的记录，各版各用一个；前四个字节是行、列。
_FORMULAS = frozenset({0x0006, 0x0206, 0x0406})
# 单元格按列写：比一格一个表短，父进程也省内存。
_COLUMNS = ("rows", "columns", "kinds", "texts", "styles", "formulas")
# 再大的整数，写成十进制就比 repr 长了。
_LONGEST_WHOLE = 1e15

Answer = dict[str, Any]


class Limits(NamedTuple):
    """各项上限：处理器时间（秒）、内存（字节）、有内容的单元格数、答复的字节数。"""

    seconds: int
    memory: int
    filled: int
    answer: int


class _Refused(Exception):
    """这份文件不读；第一个参数是 ``legacy`` 认的代码。"""


def main() -> None:
    """读标准输入，写标准输出。"""
    limits = Limits(*map(int, sys.argv[1:]))
    restrict(limits)
    mend_xlrd(limits.filled)
    content = sys.stdin.buffer.read()
    sys.stdout.buffer.write(answer(content, limits.answer))


def restrict(limits: Limits) -> None:
    """时间和内存交给系统看着；没有这个功能的系统（Windows），只有父进程掐时间。"""
    if sys.platform != "win32":
        most = (
            (resource.RLIMIT_AS, limits.memory),
            (resource.RLIMIT_CPU, limits.seconds),
            (resource.RLIMIT_CORE, 0),
        )
        for what, limit in most:
            # 系统不支持这一项，或已经限得更紧
            with suppress(OSError, ValueError):
                resource.setrlimit(what, (limit, limit))


def answer(content: bytes, longest: int) -> bytes:
    """给父进程的答复：读到的，或为什么不读。"""
    try:
        told = json.dumps(_read(content), ensure_ascii=False, separators=(",", ":")).encode()
    except MemoryError:
        return b'{"refused":"memory"}'
    return told if len(told) <= longest else b'{"refused":"long"}'


def _read(content: bytes) -> Answer:
    try:
        with open(os.devnull, "w", encoding="utf-8") as log:  # noqa: PTH123 - 没有路径可言
            # on_demand：先只读全局的部分，核对过记录再读各表。
            book = xlrd.open_workbook(
                logfile=log,
                file_contents=content,
                formatting_info=True,
                ragged_rows=True,
                on_demand=True,
            )
            return _book(book, _formulas(book))
    except MemoryError:
        raise
    except _Refused as refused:
        return {"refused": refused.args[0]}
    except Exception as failed:  # noqa: BLE001 - 坏文件能让 xlrd 抛出任何一种
        said = [code for words, code in _SAID.items() if str(failed).startswith(words)]
        return {"refused": said[0] if said else "damaged"}


def mend_xlrd(most: int) -> None:
    """改 xlrd 的几处：用不着的不读，少读了要说，格数有上限。"""
    # 名称里的公式、链接、批注，Excel 存的正常文件也会让它出错（python-excel/xlrd #93、#154、#302）。
    xlrd.Book.names_epilogue = _skip
    for unused in ("hlink", "quicktip", "obj", "txo", "note"):
        setattr(xlrd.sheet.Sheet, f"handle_{unused}", _skip)
    xlrd.book.unpack_SST_table = _all_strings(xlrd.book.unpack_SST_table)
    xlrd.sheet.Sheet.put_cell_ragged = _counted(xlrd.sheet.Sheet.put_cell_ragged, most)


def _all_strings(unpack: Callable[..., Any]) -> Callable[..., Any]:
    """文字表要正好用完：坏了一截的，xlrd 读出许多空串，剩下的不说。"""

    def unpack_all(records: list[bytes], count: int) -> Any:  # noqa: ANN401 - xlrd 没有类型
        if count:
            try:
                unpack(records, count + 1)
            except AssertionError:  # 再要一条就没有了
                return unpack(records, count)
            raise _Refused("damaged")
        return unpack(records, count)

    return unpack_all


def _counted(put: Callable[..., None], most: int) -> Callable[..., None]:
    """放格时看着：xlrd 对格数没有上限，同一地址的第二格盖掉前一格也不说。"""
    filled = 0

    def put_cell(sheet: Any, row: int, column: int, kind: int | None, *rest: object) -> None:  # noqa: ANN401 - xlrd 没有类型
        nonlocal filled
        taken = row < sheet.nrows and column < sheet.row_len(row)
        if taken and sheet.cell_type(row, column) in _KINDS:
            raise _Refused("repeated")
        filled += kind is None or kind in _KINDS
        if filled > most:
            raise _Refused("crowded")
        put(sheet, row, column, kind, *rest)

    return put_cell


def _skip(*_: object) -> None:
    """不读。"""


def _formulas(book: Any) -> dict[int, set[tuple[int, int]]]:  # noqa: ANN401 - xlrd 没有类型
    """各张表（从哪里开始）哪几格是公式；xlrd 不说，照记录找。

    记录要一条接一条直到最后，每张表都列在目录里：文件没有校验和，中间坏了一段，xlrd 会读错位而少读半张表，
    也可能少读整张。
    """
    at, end = book.base, book.base + book.stream_len
    depth, sheets, found = 0, [], {}
    while at + 4 <= end:
        code, length = unpack_from("<HH", book.mem, at)
        if code == _BEGIN:
            if depth == 0 and unpack_from("<H", book.mem, at + 6)[0] == _WORKSHEET:
                sheets.append(at)
                found[at] = set[tuple[int, int]]()
            depth += 1
        elif depth == 0:
            break
        elif code == _END:
            depth -= 1
        elif code == 0:
            raise _Refused("damaged")
        elif code in _FORMULAS and depth == 1 and sheets:
            found[sheets[-1]].add(unpack_from("<HH", book.mem, at + 4))
        at += 4 + length
    listed = sorted(book._sh_abs_posn)  # noqa: SLF001 - 各表从哪里开始，xlrd 没有公开
    if depth or book.mem[at:end].strip(b"\0") or sheets != listed:
        raise _Refused("damaged")
    return found


def _book(book: Any, formulas: dict[int, set[tuple[int, int]]]) -> Answer:  # noqa: ANN401 - xlrd 没有类型
    texts: dict[str, int] = {}
    begun = book._sh_abs_posn  # noqa: SLF001 - 各表从哪里开始，xlrd 没有公开
    sheets = [_sheet(sheet, texts, formulas[begun[sheet.number]]) for sheet in book.sheets()]
    # 文件里写了格式代码的照写，没写的是内置的：给编号。没有样式的，只有一种：常规。
    codes = {found.format_key: found.format_str for found in book.format_list}
    styles = [style.format_key for style in book.xf_list] or [0]
    if any(style >= len(styles) for sheet in sheets for style in sheet["styles"]):
        raise _Refused("damaged")
    return {
        "epoch_1904": bool(book.datemode),
        "texts": list(texts),
        "formats": [str(codes.get(key, key)) for key in styles],
        "sheets": sheets,
    }


def _sheet(sheet: Any, texts: dict[str, int], formulas: set[tuple[int, int]]) -> Answer:  # noqa: ANN401 - 同上
    cells: list[tuple[int, ...]] = []
    for row in range(sheet.nrows):
        values = sheet.row_values(row)
        for column, type_ in enumerate(sheet.row_types(row)):
            kind = _KINDS.get(type_)
            formula = (row, column) in formulas
            # 公式的结果是空的，不是空格：没有算过的也是这样
            if kind is None or not ((text := _written(kind, values[column])) or formula):
                continue
            index, style = texts.setdefault(text, len(texts)), sheet.cell_xf_index(row, column)
            cells.append((row + 1, column + 1, kind, index, style, formula))
    rows, columns = sheet.rowinfo_map.items(), sheet.colinfo_map.items()
    return {
        "name": sheet.name,
        "hidden": sheet.visibility != 0,
        **{name: [cell[i] for cell in cells] for i, name in enumerate(_COLUMNS)},
        "merges": [_area(sheet, *area) for area in sheet.merged_cells],
        "hidden_rows": [row + 1 for row, info in rows if _is_hidden_row(info)],
        "hidden_columns": [column + 1 for column, i in columns if i.hidden or not i.width],
    }


def _written(kind: int, value: Any) -> str:  # noqa: ANN401 - 类型由 kind 说
    if kind == 0:
        if not isfinite(value):
            raise _Refused("damaged")
        is_whole = value == int(value) and abs(value) < _LONGEST_WHOLE
        return str(int(value)) if is_whole else repr(value)
    if kind == 1:
        return str(value)
    if kind == 2:
        return "TRUE" if value else "FALSE"
    return str(xlrd.error_text_from_code[value])


def _area(sheet: Any, top: int, bottom: int, left: int, right: int) -> tuple[int, ...]:  # noqa: ANN401
    """合并区域：xlrd 从 0 起、不含末行末列；答复从 1 起、含两端。"""
    if not (top < bottom <= sheet.utter_max_rows and left < right <= sheet.utter_max_cols):
        raise _Refused("damaged")
    return top + 1, left + 1, bottom, right


def _is_hidden_row(info: Any) -> bool:  # noqa: ANN401
    """高度设成零的，与隐藏一样看不见。"""
    return bool(info.hidden or not (info.height or info.has_default_height))


if __name__ == "__main__":
    main()
