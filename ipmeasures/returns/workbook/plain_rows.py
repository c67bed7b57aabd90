"""写法最平常的行：用正则表达式读，不惊动解析器。

逐个元素回调占去读表时间的大半，而 Excel、WPS 和各种库写出来的行几乎都是同一种写法。这里只认一清二楚的：
从头到尾合乎下面的写法，一个字不多也不少；有一处不合，就全部由解析器读或拒收。所以走不走这条近路，
读出来都一样（``tests/returns/workbook/test_plain_rows.py`` 守着）。
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ipmeasures.returns.workbook.markup import is_hidden
from ipmeasures.returns.workbook.strings import plain_text, resolved

# 公式、值和属性只认 ASCII 里看得见的字，``&``、``<`` 除外；行内文字另由解析器验。
_SIMPLE = "[ -%'-;=-~]+"
# 行的开头、格、行的结尾，三种之一。后面跟着什么都看好了，连起来必是一行行完整的。
_TOKEN = re.compile(
    r'<row r="([0-9]{1,7})"((?: [a-zA-Z]+="[ !#-%\'-;=-~]*")*)( x14ac:dyDescent="[0-9.]*")?'
    r"(?:>(?=<c |</row>)| ?/>(?=<row |\Z))"
    '|<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?(?: ?/>|>(?:'
    f'<is><t(?: xml:space="preserve")?>([^<]+)</t></is>|(?:<f>({_SIMPLE})</f>)?<v>({_SIMPLE})</v>'
    ")?</c>)(?=<c |</row>)"
    r"|</row>(?=<row |\Z)"
)
# 行高的两个属性：是不是自己定的，和高。
ROW_HEIGHT = ("customHeight", "ht")
_BEGINNING = b"<row "
_STEP = _TOKEN.groups + 1
_ATTRIBUTE = re.compile(r' ([a-zA-Z]+)="([^"]*)"')

# 一处的原文：行号、别的属性、x14ac 的属性；列、行、样式、类型、行内文字（实体没有解开）、公式、值。
# 没有写的是 ``None``；行的结尾全是 ``None``。
Token = tuple[
    str | None, str | None, str | None,
    str | None, str, str | None, str | None, str | None, str | None, str | None,
]  # fmt: skip


class PlainRows(NamedTuple):
    """各处依次的原文；行的各种属性各是不是隐藏；全部行内文字（实体和转义已经解开），依次。"""

    tokens: Iterable[Token]
    hidden: Mapping[str | None, bool]
    texts: Sequence[str]


def plain_rows(content: bytes, *, x14ac: bool) -> PlainRows | None:
    """``content`` 是 ``sheetData`` 里的原文；``x14ac`` 指这个前缀声明过。有一处不平常，返回 ``None``。"""
    try:
        split = _TOKEN.split(content.decode())
    except UnicodeDecodeError:
        return None
    # 切开以后，中间什么也不该剩下。
    begun = not content or content.startswith(_BEGINNING)
    if not begun or any(split[::_STEP]) or b"]]>" in content:
        return None
    if not x14ac and any(split[3::_STEP]):
        return None
    every = {text: _is_hidden(text or "") for text in set(split[2::_STEP])}
    hidden = {text: found for text, found in every.items() if found is not None}
    texts = resolved(list(filter(None, split[8::_STEP])))
    if texts is None or len(hidden) < len(every):
        return None
    tokens = zip(*(split[group::_STEP] for group in range(1, _STEP)), strict=True)
    return PlainRows(tokens, hidden, [plain_text(text) for text in texts])


@lru_cache(maxsize=256)
def _is_hidden(text: str) -> bool | None:
    """有这些属性的行是不是隐藏的；有重复的、有改命名空间的，返回 ``None``。"""
    pairs = _ATTRIBUTE.findall(text)
    found = dict(pairs)
    plain = len(found) == len(pairs) and not {"r", "xmlns"} & found.keys()
    return is_hidden(found, *ROW_HEIGHT) if plain else None
