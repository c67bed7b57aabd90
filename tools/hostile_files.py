"""文件一层的刁难：大、坏、假、怪；该读的读对，不该读的说清。"""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from hostile_case import ONE, Case, Make, stored, unread
from hostile_parts import (
    CULTURE,
    DATA,
    GOOD,
    HEAD,
    MAIN,
    MARKET,
    SHEET,
    STRICT_MAIN,
    Parts,
    Raw,
    Row,
    book,
    cell,
    merged,
    parts,
    row,
    rows,
    sheet,
    styles,
    table,
    text,
    zipped,
)
from hostile_run import base_return

MIB = 1 << 20
_WORKBOOK = "xl/workbook.xml"
_RELS = "xl/_rels/workbook.xml.rels"


def file_cases() -> Iterator[Case]:
    """全部文件一层的。"""
    yield from _large()
    yield from _too_many()
    yield from _unsafe()
    yield from _damaged()
    yield from _odd()
    yield Case("同样的字节，换个名字", base_return, outcome="duplicate", file="另一个名字.xlsx")


def good() -> bytes:
    """好好的一份。"""
    return book(DATA)


def with_parts(made: Parts | None = None, **changed: str | bytes) -> Parts:
    """好好的一份，换掉或添上几个部件；名称里的双下划线是斜线，单下划线是点。"""
    base = made or parts({"汇总表": sheet(DATA)})
    return base | {k.replace("__", "/").replace("_", "."): v for k, v in changed.items()}


def _large() -> Iterator[Case]:
    makes: dict[str, Make] = {
        "压缩炸弹：一张表 130 MiB 空白": lambda: zipped(with_parts() | {SHEET: sheet(DATA + " " * (130 * MIB))}),
        "512 MiB 空白，分在四个部件": _blanks,
        "300 MiB 的一段文字": partial(_streamed, "<sst xmlns='" + MAIN + "'><si><t>", "a", 300),
        "300 MiB 的注释": partial(_streamed, f"<sst xmlns='{MAIN}'><!--", "a", 300),
        "100 MiB 的行内文字": lambda: _inline(100),
        "40 MiB 的属性": lambda: book(f'<row r="{"1" * (40 * MIB)}"/>'),
        "四百万个字符引用": lambda: book(f"<row><c><v>{'&#49;' * (4 << 20)}</v></c></row>"),
        "百万层嵌套": lambda: book(DATA, before="<a>" * 1_000_000),
        "十万个元素名": lambda: book(DATA, "".join(f"<a{i}/>" for i in range(100_000))),
        "十万个命名空间": lambda: book(DATA, "".join(f'<a xmlns:p{i}="u"/>' for i in range(100_000))),
        "五万零一处合并": lambda: book(DATA, after=merged(*["A9:B9"] * 50_001)),
        "一千段隐藏的整行列": lambda: book(
            DATA, "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 1_000 + "</cols>"
        ),
        "两百万种样式": lambda: zipped(
            with_parts(xl__styles_xml=styles(more="<xf/>" * 2_000_000))
        ),
        "两百万个带样式的空格": lambda: book(DATA + '<row r="9">' + '<c s="1"/>' * 16_000 + "</row>"
            + "".join(f'<row r="{r}">' + '<c s="1"/>' * 16_000 + "</row>" for r in range(10, 140))),
        "一百万个空行又一百万": lambda: zipped(
            parts({"汇总表": sheet(DATA + "<row/>" * 1_048_000), "乙": sheet("<row/>" * 1_048_000)})
        ),
        "三十万零一格有内容": lambda: book(DATA + ("<row>" + "<c><v>1</v></c>" * 1000 + "</row>") * 301),
        "百万条共享文字": lambda: zipped(
            parts({"汇总表": sheet(DATA)}, shared=f'<sst xmlns="{MAIN}">' + "<si/>" * 1_000_001 + "</sst>")
        ),
        "5,000 个部件": lambda: zipped(with_parts() | {f"a/{n}": "" for n in range(5_000)}),
        "六万个部件": lambda: zipped(with_parts() | {f"a/{n}": "" for n in range(60_000)}),
        "31 MiB 的文件": lambda: good() + bytes(31 * MIB),
        "600 万个标记": lambda: book(DATA, after="<a/>" * 6_100_000),
        "一万条关系": _many_relations,
        "夸大的合并：整张表十次": lambda: book(DATA, after=merged(*["A1:XFD1048576"] * 50_001)),
    }  # fmt: skip
    yield from (unread(name, make, "file_too_large") for name, make in makes.items())


def _too_many() -> Iterator[Case]:
    """格数、字数都不超，填的行、说得出的问题太多；和刚好不超的。"""
    quarters = [f"{year}Q{n}" for year in range(2000, 2100) for n in range(1, 5)]
    each: dict[str, Callable[[], bytes]] = {
        "二十九万九千行只有说明": lambda: table(*[(*[None] * 4, "说")] * 299_000),
        "七万行同一项": lambda: table(*[GOOD] * 70_000),
        "二十九万九千个合计行": lambda: table(*[("合计",)] * 299_000),
        "十四万个附注行": lambda: table(*[("注：", None, None, 3)] * 140_000),
        "三万行各格都有控制字符": lambda: table(*[(*GOOD[:3], *["_x000B_坏"] * 4)] * 30_000),
        "两千四百个单位和季度": lambda: table(*_pairs(_SIX, quarters)),
    }
    yield from (unread(name, make, "file_too_large") for name, make in each.items())
    yield stored("两万行同一项", lambda: table(*[GOOD] * 20_000), "duplicate_row")
    yield Case(
        "两千个单位和季度",
        lambda: table(*_pairs(_SIX[:5], quarters)),
        ("not_owed", "quarter_future"),
    )
    yield Case(
        "六千行认不出", lambda: table(*[("某局", "不知", "X9", 1)] * 6_000),
        ("agency_unknown", "item_unknown", "quarter_invalid"),
    )  # fmt: skip


_SIX = (MARKET, CULTURE, "市财政局", "市林业局", "市科技局", "市公安局")


def _pairs(agencies: Sequence[str], quarters: Sequence[str]) -> list[Row]:
    return [(agency, quarter, *GOOD[2:]) for agency in agencies for quarter in quarters]


def _blanks() -> bytes:
    blank = sheet(DATA + " " * (127 * MIB))
    made = parts({f"表{n}": "" for n in range(4)})
    return zipped(made | {f"xl/worksheets/sheet{n}.xml": blank for n in range(1, 5)})


def _streamed(head: str, unit: str, mib: int) -> bytes:
    """很大的文字表，边造边压。"""
    made = parts({"汇总表": sheet(DATA)}, shared="x")
    del made["xl/sharedStrings.xml"]
    buffer = io.BytesIO(zipped(made))
    with (
        zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/sharedStrings.xml", "w") as part,
    ):
        part.write(head.encode())
        for _ in range(mib):
            part.write(unit.encode() * MIB)
    return buffer.getvalue()


def _inline(mib: int) -> bytes:
    return book(rows(HEAD, (*GOOD, "字" * (mib * MIB // 3))))


def _many_relations() -> bytes:
    made = with_parts()
    more = "".join(f'<Relationship Id="x{n}" Type="t" Target="y"/>' for n in range(10_001))
    return zipped(made | {_RELS: str(made[_RELS]).replace("</", more + "</")})


def _unsafe() -> Iterator[Case]:
    doctypes = {
        "DTD": "<!DOCTYPE worksheet>",
        "内部实体": '<!DOCTYPE worksheet [<!ENTITY a "6.5">]>',
        "十亿次大笑": '<!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>',
        "外部实体": '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        "外部 DTD": '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">',
        "参数实体": '<!DOCTYPE w [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;]>',
    }
    for name, doctype in doctypes.items():
        for where in (SHEET, _WORKBOOK, _RELS, "xl/styles.xml"):
            make = partial(_with_doctype, where, doctype)
            yield unread(f"{name}，在 {where}", make, "file_unsafe")


def _with_doctype(where: str, doctype: str) -> bytes:
    made = with_parts()
    content = str(made[where])
    declared, mark, rest = content.partition("?>") if "?>" in content else ("", "", content)
    return zipped(made | {where: f"{declared}{mark}{doctype}{rest}"})


def _damaged() -> Iterator[Case]:
    yield unread("空文件", lambda: b"", "file_damaged")
    yield unread("全是零", lambda: bytes(5000), "file_damaged")
    for share in (0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        yield unread(f"截到 {share:.0%}", partial(_cut, share), "file_damaged")
    yield unread("掐掉开头两个字节", lambda: b"XX" + good()[2:], "file_damaged")
    for share in (0.15, 0.4, 0.6):
        yield unread(f"中间挖掉一段（{share:.0%}）", partial(_dug, share), "file_damaged")
    for name in (SHEET, _WORKBOOK, _RELS, "xl/styles.xml"):
        yield unread(f"压缩的 {name} 翻了几位", partial(_flipped, name), "file_damaged")
    for name in (SHEET, _WORKBOOK, _RELS, "_rels/.rels", "[Content_Types].xml"):
        yield unread(f"缺 {name}", partial(_without, name), "file_damaged")
    directory = {
        "校验和不对": (16, b"\0\0\0\0"), "长度写小": (24, struct.pack("<I", 10)),
        "长度写大": (24, struct.pack("<I", 1 << 30)), "压缩长度写小": (20, struct.pack("<I", 5)),
        "位置不对": (42, struct.pack("<I", 3)), "位置在文件之外": (42, struct.pack("<I", 1 << 31)),
        "名称不对": (46, b"y"), "压缩方式认不出": (10, b"\x63\0"), "要很新的版本": (6, b"\xff\0"),
    }  # fmt: skip
    for name, (offset, value) in directory.items():
        yield unread(f"目录说谎：{name}", partial(_lying, offset, value), "file_damaged")
    cells = {
        "两格一个地址": row(2, GOOD).replace("</row>", '<c r="D2"><v>7</v></c></row>'),
        "两行一个行号": row(2, GOOD) + row(2, GOOD),
        "地址不成立": row(2, GOOD).replace('r="D2"', 'r="D0"'),
        "地址在表格之外": row(2, GOOD).replace('r="D2"', 'r="XFE2"'),
        "行号与地址不一致": row(2, GOOD).replace('r="D2"', 'r="D9"'),
        "行号 1048577": row(2, GOOD).replace('row r="2"', 'row r="1048577"'),
        "数字里是 NaN": row(2, (*GOOD[:3], Raw("<v>NaN</v>"))),
        "数字里是 1e400": row(2, (*GOOD[:3], Raw("<v>1e400</v>"))),
        "数字里是 Infinity": row(2, (*GOOD[:3], Raw("<v>Infinity</v>"))),
        "数字里是 1_234": row(2, (*GOOD[:3], Raw("<v>1_234</v>"))),
        "数字里是 ²": row(2, (*GOOD[:3], Raw("<v>²</v>"))),
        "没有这条共享文字": row(2, (*GOOD[:3], Raw("<v>7</v>", "s"))),
        "没有这种样式": row(2, (*GOOD[:3], Raw("<v>7</v>", style=999))),
        "行内文字，类型认不出": row(2, GOOD).replace("inlineStr", "zz", 1),
        "行内文字，类型说是日期": row(2, GOOD).replace("inlineStr", "d", 1),
        "类型认不出": row(2, (*GOOD[:3], Raw("<v>7</v>", "zz"))),
        "一格两个值": row(2, (*GOOD[:3], Raw("<v>7</v><v>8</v>"))),
        "元素没有关上": row(2, GOOD).removesuffix("</row>"),
        "格里又有格": row(2, (*GOOD[:3], Raw("<c><v>7</v></c>"))),
    }
    for name, second in cells.items():
        yield unread(name, partial(book, row(1, HEAD) + second), "file_damaged")
    yield unread("XML 写成 UTF-7", partial(_encoded, "utf-7"), "file_damaged")
    yield unread("XML 里有坏字节", partial(_encoded, ""), "file_damaged")
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        yield unread(f"压缩方式 {method}", partial(zipped, with_parts(), method), "file_damaged")


def _cut(share: float) -> bytes:
    content = good()
    return content[: int(len(content) * share)]


def _dug(share: float) -> bytes:
    content = good()
    start = int(len(content) * share)
    return content[:start] + content[start + 60 :]


def _flipped(name: str) -> bytes:
    content = bytearray(good())
    start = content.index(name.encode()) + len(name) + 20
    content[start] ^= 0x55
    content[start + 3] ^= 0xFF
    return bytes(content)


def _without(name: str) -> bytes:
    return zipped({k: v for k, v in with_parts().items() if k != name})


def _lying(offset: int, value: bytes) -> bytes:
    """改目录里这张表的几个字节。"""
    content = bytearray(good())
    at = content.index(b"PK\x01\x02")
    while content[at + 46 : at + 46 + len(SHEET)] != SHEET.encode():
        at = content.index(b"PK\x01\x02", at + 4)
    content[at + offset : at + offset + len(value)] = value
    return bytes(content)


def _encoded(name: str) -> bytes:
    written = sheet(DATA)
    if name:
        return zipped(with_parts() | {SHEET: written.replace("UTF-8", name)})
    return zipped(with_parts() | {SHEET: written.encode().replace(b"2023Q2", b"\xff\xfe23Q2")})


def _odd() -> Iterator[Case]:
    """怪而合规的，都要读对。"""
    bare = row(1, HEAD, addressed=False) + row(2, GOOD, addressed=False)
    far = DATA + '<row r="1048576">' + cell(1, "XFD1048576") + "</row>"
    makes = {
        "平常的": DATA,
        "XFD1048576 有一个数": far,
        "打乱的行": row(2, GOOD) + row(1, HEAD),
        "没有地址": bare,
        "打乱的格": row(1, HEAD) + _backwards(),
        "几千个空行之后": row(1, HEAD) + row(60_000, GOOD),
    }
    yield from (stored(name, partial(book, data)) for name, data in makes.items())
    dimensions = ("A1", "A1:XFD1048576", "Z9:Z9", "乱写")
    for dimension in dimensions:
        lying = f'<dimension ref="{dimension}"/>'
        yield stored(f"说谎的 dimension：{dimension}", partial(book, DATA, lying))
    strict = parts({"汇总表": sheet(DATA, main=STRICT_MAIN)}, strict=True)
    yield stored("Strict Open XML", partial(zipped, strict))
    yield stored("不压缩的包", partial(zipped, with_parts(), zipfile.ZIP_STORED))
    yield stored("共享文字", _shared)
    utf16 = sheet(DATA).replace("UTF-8", "UTF-16").encode("utf-16")
    yield stored("UTF-16 的 XML", lambda: zipped(with_parts() | {SHEET: utf16}))
    prefixed = sheet(DATA).replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
    prefixed = prefixed.replace("xmlns=", "xmlns:x=")
    yield stored("元素带前缀", lambda: zipped(with_parts() | {SHEET: prefixed}))
    loud = {k.upper() if k.startswith("xl/w") else k: v for k, v in with_parts().items()}
    yield stored("部件名大写", partial(zipped, loud))
    yield stored("带宏的（.xlsm）", lambda: zipped(with_parts() | {"xl/vbaProject.bin": b"\0"}))
    yield stored(
        "一百万种带样式的空格",
        lambda: book(DATA + ("<row>" + '<c s="1"/>' * 1000 + "</row>") * 1000),
    )
    for name in ("表.xls", "表.XLSX", "表.et", "表.dat", "表", "=cmd|'!A1.xlsx", "表 空 格.xlsx"):
        yield stored(f"名叫 {name}", good, file=name)
    twice = ONE | {f"{MARKET} 2023Q2 M07-1": "260"}
    lines = rows(HEAD, GOOD, (MARKET, "2023Q2", "M07-1", 260))
    yield stored("两个数", partial(book, lines), figures=twice)


def _backwards() -> str:
    written = [cell(value, f"{chr(65 + n)}2") for n, value in enumerate(GOOD)]
    return f'<row r="2">{"".join(reversed(written))}</row>'


def _shared() -> bytes:
    words = list(dict.fromkeys(v for v in (*HEAD, *GOOD) if isinstance(v, str)))
    numbered = [
        [Raw(f"<v>{words.index(v)}</v>", "s") if isinstance(v, str) else v for v in line]
        for line in (HEAD, GOOD)
    ]
    items = "".join(f"<si>{text(word).inside[4:-5]}</si>" for word in words)
    shared = f'<sst xmlns="{MAIN}">{items}</sst>'
    return zipped(parts({"汇总表": sheet(rows(*numbered))}, shared=shared))
