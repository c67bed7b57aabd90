"""不是数据的行：附注、填表人、合计。写明了是哪一项的一行，首格写着什么都是数据。"""

import re
from collections.abc import Iterable, Mapping

from ipmeasures.forms.layout import same_header
from ipmeasures.returns.workbook.cells import Cell

LABELS = ("agency", "id", "name")
_ENDINGS = ("合计", "小计", "总计", "共计")
_SIGNED = re.compile(r"(?:填\s*[表报]|审\s*核|制\s*表)\s*人(?:\s|[:：]|$)")
_FOOTERS = re.compile(rf"(?:备?\s*注|说\s*明)\s*[:：]|{_SIGNED.pattern}")
# “序号”列里的 1、2、3 和占位的横线，说不出是哪一项
_SERIAL = re.compile(r"[\W\d_一二三四五六七八九十百]+")


def is_footer(cells: tuple[Cell, ...], columns: Mapping[str, int]) -> bool:
    """附注行：首格以“注：”“填表人”开头，又没有写是哪一项的。

    列可以移动：“说明”移到最前面，一行数的首格就可能是“注：……”。
    """
    for cell in cells:
        if text := cell.raw.strip():
            return _FOOTERS.match(text) is not None and not _is_labelled(cells, columns, cell)
    return False


def _is_labelled(cells: Iterable[Cell], columns: Mapping[str, int], lead: Cell) -> bool:
    """写明了是哪一项；“填表人： 张三  审核人： 李四”会有一格落在编号、名称列里，要有两格才算。"""
    others = [cell for cell in labels(cells, columns) if cell is not lead]
    if _SIGNED.match(lead.raw.strip()) is None:
        return bool(others)
    signed = sum(_SIGNED.match(cell.raw.strip()) is not None for cell in cells)
    return len(others) > 1 and signed == 1 and "title" not in columns


def labels(cells: Iterable[Cell], columns: Mapping[str, int]) -> list[Cell]:
    """写着是哪个单位、哪一项的各格；案例没有编号、名称，认得的列都算。"""
    keys: Iterable[str] = columns if "title" in columns else LABELS
    places = {columns.get(key) for key in keys}
    return [cell for cell in cells if cell.column in places and _says(cell)]


def _says(cell: Cell) -> bool:
    word = same_header(cell.raw)
    if not word or is_total_word(word) or _FOOTERS.match(cell.raw.strip()):
        return False
    return _SERIAL.fullmatch(word) is None


def total_word(text: str) -> str:
    """以“合计”“小计”结尾的，是什么合计；不是的为空。"""
    word = same_header(text).rstrip(":：")
    return word if word.endswith(_ENDINGS) else ""


def is_total_word(text: str) -> bool:
    """只写着“合计”“小计”。"""
    return same_header(text).rstrip(":：") in _ENDINGS
