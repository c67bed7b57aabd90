"""变异：把好好的表改坏一点。zip 一层的、部件里的 XML（改完再压好）、旧格式的字节。"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from random import Random

from hostile_files import good, with_parts
from hostile_parts import (
    GOOD,
    HEAD,
    MARKET,
    STRICT_MAIN,
    Row,
    parts,
    rows,
    sheet,
    zipped,
)
from hostile_types import xls
from samples import filled_returns

_TAG = re.compile(rb"<[^<>]*>")
_CELL = re.compile(rb"<c\b[^<>]*?(?:/>|>.*?</c>)", re.DOTALL)
_ROW = re.compile(rb"<row\b[^<>]*>.*?</row>", re.DOTALL)
_QUOTED = re.compile(rb'"[^"<>]*"')
_DIGITS = re.compile(rb"[0-9]+(?:\.[0-9]+)?")
_NASTY = (
    b"", b"0", b"-1", b"1", b"2147483648", b"99999999999999999999", b"1e400", b"NaN", b"A1", b"XFD1048576", b"A0", b"s", b"n",
    b"b", b"e", b"d", b"str", b"inlineStr", b"true", b"../../x", b"\xff\xfe", b"&#0;", b"&lt;", b"\xe4\xb8\x80", b" ", b"D2",
)  # fmt: skip
_WORDS = (
    b"<c/>", b"<row/>", b"<v>7</v>", b"<f>A1</f>", b"<is><t>x</t></is>", b"<!-- -->", b"<![CDATA[1]]>", b"<?a b?>", b"&a;",
    b"]]>", b"<a>", b"</row>", b"<!DOCTYPE a>", b"\0", b"<c r='D2'><v>8</v></c>", b"<mergeCell ref='A1:D4'/>",
)  # fmt: skip
_SEEDS_OF_FORMS = 3
_LINES: tuple[Row, ...] = (
    GOOD,
    (MARKET, "2023Q2", "I04", 39, "说明一", "2023年6月"),
    (MARKET, "2023Q2", "I09", Decimal("6.1234"), "说明二"),
    (MARKET, "2023Q2", "M07-1", 260),
)


def seeds(root: Path) -> list[bytes]:
    """好好的表：手工的、Strict 的、发出去的表填好的、旧格式的；``root`` 是工作文件夹。"""
    data = rows(HEAD, *_LINES)
    made = [
        good(),
        zipped(with_parts(parts({"汇总表": sheet(data)}))),
        zipped(parts({"汇总表": sheet(data, main=STRICT_MAIN)}, strict=True)),
        xls(HEAD, *_LINES),
        xls(HEAD, GOOD),
    ]
    forms = filled_returns(root, "2023Q2", _SEEDS_OF_FORMS, Decimal("1.02"))
    return [*made, *(content for _, content in forms)]


def is_xls(content: bytes) -> bool:
    """是不是旧格式。"""
    return content.startswith(b"\xd0\xcf\x11\xe0")


def mutated(content: bytes, chance: Random) -> bytes:
    """改一到几处。"""
    if is_xls(content):
        if chance.random() < 0.5:
            return chance.choice((_flip_one, _number))(content, chance)
        return _several(content, chance, (*_BYTES, _number), 4)
    if chance.random() < 0.25:
        return _several(content, chance, _BYTES, 3)
    return _inside(content, chance)


def _several(
    content: bytes, chance: Random, ways: tuple[Callable[[bytes, Random], bytes], ...], most: int
) -> bytes:
    for _ in range(chance.randint(1, most)):
        content = chance.choice(ways)(content, chance)
    return content


def _inside(content: bytes, chance: Random) -> bytes:
    """解开，改一个部件（多半是工作表），再压好：校验和是对的。"""
    made = dict(_parts(content))
    sheets = [name for name in made if name.startswith("xl/worksheets/sheet")]
    names = sheets if chance.random() < 0.7 else list(made)
    name = chance.choice(names)
    way = chance.random()
    if way < 0.03:
        del made[name]
    elif way < 0.06:
        made[chance.choice(list(made))] = made[name]
    elif way < 0.08:
        made[name.upper()] = made.pop(name)
    else:
        made[name] = _several(made[name], chance, (*_MARKUP, *_MARKUP, *_MARKUP, *_BYTES), 2)
    method = zipfile.ZIP_STORED if chance.random() < 0.1 else zipfile.ZIP_DEFLATED
    return zipped(made, method)


def _parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            yield name, package.read(name)


def _span(content: bytes, chance: Random, longest: int = 200) -> slice:
    start = chance.randrange(len(content) + 1)
    return slice(start, min(len(content), start + chance.randint(1, longest)))


def _replaced(content: bytes, where: slice, new: bytes) -> bytes:
    return content[: where.start] + new + content[where.stop :]


# 字节


def _flip(content: bytes, chance: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _flip_one(content: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(content))
    return _replaced(content, slice(at, at + 1), bytes([content[at] ^ 1 << chance.randrange(8)]))


def _cut(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _dig(content: bytes, chance: Random) -> bytes:
    return _replaced(content, _span(content, chance), b"")


def _zero(content: bytes, chance: Random) -> bytes:
    where = _span(content, chance)
    return _replaced(content, where, bytes(where.stop - where.start))


def _insert(content: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.randbytes(chance.randint(1, 40)) + content[at:]


def _copy(content: bytes, chance: Random) -> bytes:
    piece, at = content[_span(content, chance)], chance.randrange(len(content) + 1)
    return _replaced(content, slice(at, at + len(piece)), piece)


def _number(content: bytes, chance: Random) -> bytes:
    """一个两字节或四字节的数，换成极端的。"""
    if len(content) < 600:
        return content
    width = chance.choice((2, 4))
    value = chance.choice(
        (0, 1, (1 << (8 * width)) - 1, 1 << (8 * width - 1), chance.randrange(300))
    )
    at = chance.randrange(len(content) - width)
    return _replaced(content, slice(at, at + width), value.to_bytes(width, "little"))


_BYTES = (_flip, _flip, _flip, _cut, _dig, _zero, _insert, _copy)


# XML


def _one(pattern: re.Pattern[bytes], content: bytes, chance: Random) -> slice | None:
    found = [match.span() for match in pattern.finditer(content)]
    return slice(*chance.choice(found)) if found else None


def _without(pattern: re.Pattern[bytes]) -> Callable[[bytes, Random], bytes]:
    def call(content: bytes, chance: Random) -> bytes:
        where = _one(pattern, content, chance)
        return _replaced(content, where, b"") if where else content

    return call


def _moved(pattern: re.Pattern[bytes]) -> Callable[[bytes, Random], bytes]:
    """一个再抄一遍，抄在另一个前面，或把另一个盖掉。"""

    def call(content: bytes, chance: Random) -> bytes:
        one, other = _one(pattern, content, chance), _one(pattern, content, chance)
        if one is None or other is None:
            return content
        target = other if chance.random() < 0.5 else slice(other.start, other.start)
        return _replaced(content, target, content[one])

    return call


def _other_value(content: bytes, chance: Random) -> bytes:
    where = _one(_QUOTED, content, chance)
    return _replaced(content, where, b'"' + chance.choice(_NASTY) + b'"') if where else content


def _other_digits(content: bytes, chance: Random) -> bytes:
    where = _one(_DIGITS, content, chance)
    if where is None:
        return content
    near = str(chance.randrange(60)).encode()
    return _replaced(content, where, chance.choice((near, near, *_NASTY)))


def _word(content: bytes, chance: Random) -> bytes:
    where = _one(_TAG, content, chance)
    at = where.stop if where else 0
    return content[:at] + chance.choice(_WORDS) + content[at:]


_MARKUP = (
    _without(_TAG), _without(_CELL), _without(_ROW), _moved(_TAG), _moved(_CELL), _moved(_ROW),
    _other_value, _other_value, _other_digits, _other_digits, _word,
)  # fmt: skip
