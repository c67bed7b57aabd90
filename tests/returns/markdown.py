r"""用 Markdown 表格写工作簿：测试里看见的就是表上的样子。

一行字就是一行格，第一行是第 1 行；``| |`` 是空行。格里的写法：

- ``12.5`` 是数字，``'12.5`` 是文字，``TRUE`` 是真假值，``#REF!`` 是错误值；
- ``0.0423 [0.00%]`` 是带格式的数字（日期也这样写：``45107 [yyyy-mm-dd]``）；
- ``=A1+1 → 5`` 是算好的公式，``=A1+1 →`` 算出来是空串，``=A1+1`` 还没有算过；
- 其余都是文字；``\n`` 是换行，``\|`` 是竖线。
"""

import io
import re
import zipfile
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_FORMATTED = re.compile(r"(-?\d+(?:\.\d+)?) \[(.+)\]")
_FORMULA = re.compile(r"(=[^→]+?)\s*(→.*)?")
_SPLIT = re.compile(r"(?<!\\)\|")
_NEVER, _EMPTY = "@never@", "@empty@"


@dataclass(frozen=True, slots=True)
class Md:
    """一张工作表；``merges`` 是 ``A2:A4`` 这样的区域，行号从 1 起，列写字母。"""

    name: str
    table: str
    merges: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: str = ""
    hidden: bool = False


def workbook(*sheets: Md) -> bytes:
    """一个工作簿的字节。"""
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    book.calc_on_load = False  # 办公软件存的文件没有这个标记
    formats: dict[str, Format] = {}
    for md in sheets:
        sheet = book.add_worksheet(md.name)
        for area in md.merges:
            sheet.merge_range(area, "")
        for row, cells in enumerate(rows(md.table)):
            for column, text in enumerate(cells):
                if text:
                    _write(book, sheet, (row, column), text, formats)
        for row in md.hidden_rows:
            sheet.set_row(row - 1, None, None, {"hidden": True})
        for letter in md.hidden_columns:
            sheet.set_column(f"{letter}:{letter}", None, None, {"hidden": True})
        if md.hidden:
            sheet.hide()
    if all(md.hidden for md in sheets):  # 至少要有一张看得见的
        book.add_worksheet("空")
    next(sheet for sheet in book.worksheets() if not sheet.hidden).activate()
    book.close()
    return _results_as_told(buffer.getvalue())


def rows(table: str) -> list[list[str]]:
    """各行各格的字。"""
    lines = [line.strip() for line in table.strip().splitlines()]
    return [
        [cell.strip().replace("\\n", "\n").replace("\\|", "|") for cell in _SPLIT.split(line)[1:-1]]
        for line in lines
    ]


def table(cells: list[list[str]]) -> str:
    """``rows`` 反过来。"""
    written = [[c.replace("\n", "\\n").replace("|", "\\|") for c in row] for row in cells]
    return "\n".join("| " + " | ".join(row) + " |" for row in written)


def _write(
    book: Workbook, sheet: Worksheet, at: tuple[int, int], text: str, formats: dict[str, Format]
) -> None:
    if _NUMBER.fullmatch(text):
        sheet.write_number(*at, float(text))
    elif found := _FORMATTED.fullmatch(text):
        code = found[2]
        formats.setdefault(code, book.add_format({"num_format": code}))
        sheet.write_number(*at, float(found[1]), formats[code])
    elif text in ("TRUE", "FALSE"):
        sheet.write_boolean(*at, text == "TRUE")
    elif text.startswith("#") and text.endswith(("!", "?", "N/A")):
        sheet.write_formula(*at, f"={text}", None, text)
    elif (made := _FORMULA.fullmatch(text)) and text[1:2] != "'":
        sheet.write_formula(*at, made[1], None, _result(made[2]))
    else:
        sheet.write_string(*at, text.removeprefix("'"))


def _result(text: str | None) -> str | float:
    if text is None:
        return _NEVER
    given = text.removeprefix("→").strip() or _EMPTY
    number = float(given) if _NUMBER.fullmatch(given) else None
    return given if number is None else int(number) if number.is_integer() else number


def _results_as_told(content: bytes) -> bytes:
    """没算过的公式没有 ``<v>``，算出空串的 ``<v>`` 是空的；XlsxWriter 都要写一个值，改过来。"""
    never, empty = f"<v>{_NEVER}</v>".encode(), _EMPTY.encode()
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for part in source.namelist():
            target.writestr(part, source.read(part).replace(never, b"").replace(empty, b""))
    return made.getvalue()
