"""zip 包和上限：说谎的、撑爆的、残缺的，都要有答复。"""

import contextlib
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipmeasures.returns.workbook import FileRefused, limits, read_workbook

from .parts import MAIN, book, cells, parts, refusal, sheet, strings, styles, zipped

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"


def patched(content: bytes, name: str, offset: int, value: bytes, *, local: int | None) -> bytes:
    """改一个部件在目录里的几个字节；``local`` 是本地头里的位置，不改为 ``None``。"""
    changed = bytearray(content)
    central = content.index(b"PK\x01\x02")
    while content[central + 46 : central + 46 + len(name)] != name.encode():
        central = content.index(b"PK\x01\x02", central + 4)
    changed[central + offset : central + offset + len(value)] = value
    if local is not None:
        (start,) = struct.unpack_from("<I", content, central + 42)
        changed[start + local : start + local + len(value)] = value
    return bytes(changed)


def test_a_sound_file_is_read_stored_or_deflated() -> None:
    """不压缩的包也是 .xlsx。"""
    assert cells(zipped(parts(sheet(ONE)), zipfile.ZIP_STORED)) == cells(book(ONE))


def test_an_encrypted_entry_is_refused_as_such() -> None:
    """部件加了密码（zip 的加密标志）。"""
    content = patched(book(ONE), SHEET, 8, b"\x01\x00", local=6)
    assert refusal(content)[0] == "file_encrypted"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_compressions_are_damage(method: int) -> None:
    """.xlsx 只用 deflate；别的解压库不限输出，不交给它。"""
    assert refusal(zipped(parts(sheet(ONE)), method))[0] == "file_damaged"


@pytest.mark.parametrize(
    ("offset", "value"),
    [
        (16, b"\x00\x00\x00\x00"),
        (24, struct.pack("<I", 10)),
        (24, struct.pack("<I", 10_000)),
        (20, struct.pack("<I", 5)),
        (42, struct.pack("<I", 3)),
        (46, b"y"),
        (10, b"\x63\x00"),
        (6, b"\xff\x00"),
    ],
    ids=["crc", "short", "long", "cut", "elsewhere", "renamed", "method", "version"],
)
def test_a_lying_directory_is_damage(offset: int, value: bytes) -> None:
    """目录里的校验和、长度、位置、名字与实际不符。"""
    content = patched(book(ONE), SHEET, offset, value, local=None)
    assert refusal(content)[0] == "file_damaged"


@pytest.mark.parametrize("position", [0, 30], ids=["mark", "name"])
def test_a_lying_local_header_is_damage(position: int) -> None:
    """目录指到的地方不是这个部件：标记不对、名字不同。"""
    content = bytearray(book(ONE))
    content[content.index(SHEET.encode()) - 30 + position] ^= 1
    assert refusal(bytes(content))[0] == "file_damaged"


@pytest.mark.parametrize("flags", [0x20, 0x40], ids=["patch", "strong"])
def test_flags_that_change_the_bytes_are_damage(flags: int) -> None:
    """补丁数据、强加密：照平常解出来的不是原来的字节。"""
    content = patched(book(ONE), SHEET, 8, bytes([flags, 0]), local=6)
    assert refusal(content)[0] == "file_damaged"


def test_the_size_in_the_directory_is_checked() -> None:
    """写大了的长度，解出来不够就是缺了一截。"""
    whole = zipped(parts(sheet(ONE)))
    size = len(sheet(ONE).encode())
    content = patched(whole, SHEET, 24, struct.pack("<I", size + 1), local=None)
    assert refusal(content) == ("file_damaged", f"文件损坏，读不完整：{SHEET} 的长度与目录不符")


def test_two_parts_of_one_name_are_damage() -> None:
    """同名的两个部件（只差大小写也算）：不知道该信哪个。"""
    made = parts(sheet(ONE))
    made["XL/Worksheets/Sheet1.xml"] = sheet("")
    assert refusal(zipped(made))[0] == "file_damaged"
    made = parts(sheet(ONE))
    made["xl/worksheets/sheet2.xml"] = sheet("")
    content = zipped(made).replace(b"xl/worksheets/sheet2.xml", SHEET.encode())
    assert refusal(content)[0] == "file_damaged"


def test_folders_in_the_package_are_no_parts() -> None:
    """有的压缩软件把文件夹也写进目录。"""
    assert len(cells(zipped({"xl/": "", **parts(sheet(ONE))}))) == 1


def test_too_many_parts_are_refused_before_unpacking() -> None:
    """5,000 个部件：目录还没读就拒收。"""
    made = {**parts(sheet(ONE)), **{f"a/{index}": "" for index in range(5_000)}}
    assert refusal(zipped(made, zipfile.ZIP_STORED))[0] == "file_too_large"


def test_a_large_file_is_refused_at_once() -> None:
    """超过 30 MiB 的不打开。"""
    assert refusal(b"PK\x03\x04" + bytes(limits.MAX_FILE))[0] == "file_too_large"


BOMBS = {
    "blanks": sheet(" " * (40 << 20)),
    "text": sheet(f'<row><c t="inlineStr"><is><t>{"a" * (40 << 20)}</t></is></c></row>'),
    "attribute": sheet(f'<row r="{"1" * (40 << 20)}"/>'),
    "comment": sheet(f"<!--{'a' * (40 << 20)}-->"),
    "references": sheet(f"<row><c><v>{'&#49;' * (4 << 20)}</v></c></row>"),
    "depth": sheet("", before="<a>" * 1_000_000),
    "names": sheet("", before="".join(f"<a{i}/>" for i in range(100_000))),
    "prefixes": sheet("", before="".join(f'<a xmlns:p{i}="u"/>' for i in range(100_000))),
    "merges": sheet("", after="<mergeCells>" + '<mergeCell ref="A1"/>' * 50_001 + "</mergeCells>"),
    "columns": sheet("", "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 1_000 + "</cols>"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_are_refused_early(bomb: str) -> None:
    """一处内容、嵌套、名称、合并、隐藏列过多：边解压边停，不等解完。"""
    assert refusal(zipped(parts(BOMBS[bomb])))[0] == "file_too_large"


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("MAX_PART", 1_000),
        ("MAX_UNPACKED", 3_000),
        ("MAX_MARKUP", 200),
        ("MAX_PLACES", 50),
        ("MAX_FILLED", 50),
        ("MAX_STRINGS", 50),
        ("MAX_CHARACTERS", 50),
        ("MAX_STYLES", 50),
    ],
)
def test_every_limit_is_kept(monkeypatch: pytest.MonkeyPatch, name: str, limit: int) -> None:
    """上限按真正解出来的算；同一份文件，不碰上限就读得进来。"""
    row = '<c r="A{0}" t="inlineStr"><is><t>甲乙</t></is></c><c r="B{0}" s="0"/>'
    data = "".join(f'<row r="{r}">{row.format(r)}</row>' for r in range(1, 101))
    shared, styled = strings(*["<t>甲</t>"] * 100), styles(*["0"] * 100)
    assert len(cells(book(data, shared=shared, styled=styled))) == 100
    monkeypatch.setattr(limits, name, limit)
    # 加一个注释，样式表就是没有读过的；读过的记着，不再数一遍。
    styled += f"<!-- {name} -->"
    assert refusal(book(data, shared=shared, styled=styled))[0] == "file_too_large"


def test_custom_formats_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """自定义格式也算样式。"""
    monkeypatch.setattr(limits, "MAX_STYLES", 50)
    codes = "".join(f'<numFmt numFmtId="{i}" formatCode="0"/>' for i in range(100))
    styled = f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts></styleSheet>'
    assert refusal(book(ONE, styled=styled))[0] == "file_too_large"


def test_relations_are_limited() -> None:
    """一个部件上万条关系：不是表格。"""
    made = parts(sheet(ONE))
    rels = str(made["xl/_rels/workbook.xml.rels"])
    more = "".join(f'<Relationship Id="x{index}"/>' for index in range(10_001))
    made["xl/_rels/workbook.xml.rels"] = rels.replace("</", more + "</")
    assert refusal(zipped(made))[0] == "file_too_large"


SOUND = book(
    "".join(
        f'<row r="{r}"><c r="A{r}" t="s"><v>{r % 3}</v></c><c r="B{r}" s="1"><v>{r}.5</v></c>'
        f'<c r="C{r}" t="inlineStr"><is><t>文&#23383;{r}</t></is></c></row>'
        for r in range(1, 60)
    ),
    shared=strings("<t>甲</t>", "<t>乙</t>", "<r><t>丙</t></r>"),
    styled=styles("0", "10"),
)


def survives(content: bytes) -> None:
    """要么读完，要么拒收；别的什么也不许抛出来。"""
    with contextlib.suppress(FileRefused):
        read_workbook(content)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), max_size=8))
def test_flipped_bytes_never_raise_anything_else(flips: list[tuple[int, int]]) -> None:
    """改几个字节：读完或拒收，没有第三种。"""
    content = bytearray(SOUND)
    for position, value in flips:
        content[position] = value
    survives(bytes(content))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(SOUND)), st.integers(0, len(SOUND)))
def test_cut_files_never_raise_anything_else(start: int, end: int) -> None:
    """掐头、去尾、挖掉一段。"""
    survives(SOUND[start:end])
    survives(SOUND[:start] + SOUND[end:])


INSIDE = sheet(ONE * 3, before='<cols><col min="1" max="2" hidden="1"/></cols>').encode()


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(INSIDE) - 1), st.integers(0, 255)), max_size=6))
def test_flipped_markup_never_raises_anything_else(flips: list[tuple[int, int]]) -> None:
    """部件里的 XML 坏了而校验和是对的（软件写坏的）：同样。"""
    content = bytearray(INSIDE)
    for position, value in flips:
        content[position] = value
    survives(zipped({**parts(sheet(ONE)), SHEET: bytes(content)}))
