"""另一种读法：用 openpyxl、xlrd 直接读，只认“编号”和“本期值”两列，与入库的数对。"""

import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

import openpyxl
import xlrd
from hostile_mutate import is_xls
from hostile_parts import MAIN, RELATIONS, STRICT_MAIN, STRICT_RELATIONS, zipped

Figures = list[tuple[str, str]]
_PERCENTS = {"I07"}
_INLINE = re.compile(rb'(<c\b[^<>]*?)t="(?:n|str)"([^<>]*>\s*<is>)')


def other_reading(content: bytes) -> Figures:
    """各张表里的（编号，数）；读不了的抛出什么都有可能。"""
    pages = _old_pages(content) if is_xls(content) else _pages(_plain(content))
    return [pair for page in pages for pair in _figures(page)]


def disagreement(stored: dict[str, str], other: Figures) -> str:
    """入库的数与另一种读法有什么不同；``stored`` 的键是 ``单位 季度 事项``。"""
    for key, value in stored.items():
        item = key.rsplit(" ", 1)[1]
        seen = [number for found, number in other if found == item]
        if not any(Decimal(value) in _possible(item, Decimal(n)) for n in seen):
            return f"入库 {key}＝{value}，另一种读法读到 {seen}"
    kept = {key.rsplit(" ", 1)[1] for key in stored}
    lost = [pair for pair in other if pair[0] not in kept]
    return f"另一种读法读到 {lost}，没有入库" if lost else ""


def _possible(item: str, number: Decimal) -> tuple[Decimal, ...]:
    """这个数入库可以是多少：计量单位是 % 的，百分比格式的要乘一百。"""
    return (number, number * 100) if item in _PERCENTS else (number,)


def _plain(content: bytes) -> bytes:
    """改成 openpyxl 读得全的样子：它把 Strict 读成空表，行内文字没写明类型的也读成空格。"""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        made = {name: package.read(name) for name in package.namelist()}
    for strict, usual in ((STRICT_MAIN, MAIN), (STRICT_RELATIONS, RELATIONS)):
        made = {name: part.replace(strict.encode(), usual.encode()) for name, part in made.items()}
    return zipped({name: _INLINE.sub(rb'\1t="inlineStr"\2', part) for name, part in made.items()})


def _pages(content: bytes) -> Iterator[Iterable[Sequence[object]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    if not book.worksheets:  # 部件名大小写不一的，它找不到
        raise ValueError("没有工作表")
    for sheet in book.worksheets:
        yield sheet.iter_rows(values_only=True)


def _old_pages(content: bytes) -> Iterator[Iterable[Sequence[object]]]:
    for sheet in xlrd.open_workbook(file_contents=content, logfile=io.StringIO()).sheets():
        yield (sheet.row_values(number) for number in range(sheet.nrows))


def _figures(page: Iterable[Sequence[object]]) -> Iterator[tuple[str, str]]:
    key = value = -1
    for line in page:
        words = [str(cell).strip() if isinstance(cell, str) else cell for cell in line]
        if "编号" in words and "本期值" in words:
            key, value = words.index("编号"), words.index("本期值")
        elif key >= 0 and max(key, value) < len(words):
            item, number = words[key], _number(words[value])
            if isinstance(item, str) and item and number is not None:
                yield unicodedata.normalize("NFKC", item).upper(), str(number)


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or value in (None, ""):
        return None
    plain = unicodedata.normalize("NFKC", value) if isinstance(value, str) else repr(value)
    try:
        return Decimal(plain.strip().rstrip("%").replace(",", ""))
    except InvalidOperation:
        return None
