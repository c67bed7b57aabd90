"""冒名的文件：别的格式叫 .xlsx，旧格式叫什么名字的都有，有密码的，读不到的。"""

import io
import random
import struct
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

import xlwt  # type: ignore[import-untyped]
from hostile_case import Case, stored, unread
from hostile_files import good
from hostile_parts import GOOD, HEAD, MARKET, relations, zipped

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CSV = "责任单位,报送期,编号,本期值\n市市场监管局,2023Q2,I01,6.5\n"
_HTML = "<html><body><table><tr><td>责任单位</td></tr></table></body></html>"
_XML_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
)
_TYPES = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"


def type_cases() -> Iterator[Case]:
    """全部冒名的。"""
    for name, content in _others().items():
        for file in ("表.xlsx", "表.xls", "表.et") if name in _TRIED_TWICE else ("表.xlsx",):
            yield unread(f"{name}，名叫 {file}", partial(bytes, content), "file_type", file)
    locked = {
        "有密码的 .xlsx": _compound("EncryptionInfo", "EncryptedPackage"),
        "有密码，又有 Workbook 流": _compound("Workbook", "EncryptedPackage"),
    }
    for name, content in locked.items():
        for file in ("表.xlsx", "表.xls"):
            yield unread(f"{name}，名叫 {file}", partial(bytes, content), "file_encrypted", file)
    yield unread("有密码的部件（zip 的标志）", _locked_part, "file_encrypted")
    yield from _legacy()


_TRIED_TWICE = ("CSV（UTF-8）", "网页", "PDF", "Excel 2003 XML", "普通 zip")


def _others() -> dict[str, bytes]:
    """叫 .xlsx 而不是的。"""
    package = {"[Content_Types].xml": _TYPES}
    main = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsb": "xl/workbook.bin"}
    office = {
        kind: zipped({**package, "_rels/.rels": relations(("officeDocument", part)), part: "<a/>"})
        for kind, part in main.items()
    }
    ods = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}
    odt = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}
    return office | {
        "ods": zipped(ods),
        "odt": zipped(odt),
        "OFD": zipped({"OFD.xml": "<a/>"}),
        "普通 zip": zipped({"说明.txt": "甲"}),
        "zip 里有一份 .xlsx": zipped({"表.xlsx": good()}),
        "文本": "本季度没有数据".encode(),
        "文本（GBK）": "本季度没有数据".encode("gb18030"),
        "CSV（UTF-8）": _CSV.encode(),
        "CSV（带 BOM）": _CSV.encode("utf-8-sig"),
        "CSV（GBK）": _CSV.encode("gb18030"),
        "CSV（UTF-16）": _CSV.encode("utf-16"),
        "制表符分隔": _CSV.replace(",", "\t").encode(),
        "网页": _HTML.encode(),
        "网页（GBK）": _HTML.encode("gb18030"),
        "Excel 2003 XML": _XML_2003.encode(),
        "别的 XML": b'<?xml version="1.0"?><a/>',
        "JSON": b'{"a": 1}',
        "RTF": b"{\\rtf1 a}",
        "PDF": b"%PDF-1.7\n" + bytes(200),
        "RAR": b"Rar!\x1a\x07\x01\0" + bytes(200),
        "7z": b"7z\xbc\xaf\x27\x1c" + bytes(200),
        "gzip": b"\x1f\x8b\x08" + bytes(200),
        "PNG": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "JPEG": b"\xff\xd8\xff\xe0" + bytes(200),
        "GIF": b"GIF89a" + bytes(200),
        "BMP": b"BM" + bytes(200),
        "TIFF": b"II*\0" + bytes(200),
        "很早的 .xls": b"\x09\x08\x06\0" + bytes(200),
        "乱字节": random.Random(7).randbytes(4000),  # noqa: S311 - 只要重复得出来
        "旧格式的 Word": _compound("WordDocument"),
        "旧格式的演示文稿": _compound("PowerPoint Document"),
        "别的 OLE2 文件": _compound("Contents"),
    }


def _compound(*streams: str) -> bytes:
    """只有目录项名称的 OLE2 文件。"""
    entries = "".join(f"{stream}\0" for stream in ("Root Entry", *streams))
    return _OLE + bytes(500) + entries.encode("utf-16-le") + bytes(2000)


def _locked_part() -> bytes:
    content = bytearray(good())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def xls(*lines: Sequence[object], name: str = "汇总表", percent: str = "") -> bytes:
    """旧格式的表；``percent`` 是格式成百分数的列。"""
    made = xlwt.Workbook(encoding="utf-8")
    page = made.add_sheet(name)
    style = xlwt.easyxf(num_format_str="0.00%")
    for number, line in enumerate(lines):
        for column, value in enumerate(line):
            given = float(value) if isinstance(value, Decimal) else value
            shaped = (style,) if chr(65 + column) in percent and number else ()
            page.write(number, column, given, *shaped)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def good_xls() -> bytes:
    """好好的一份旧格式的表。"""
    return xls(HEAD, GOOD)


def _legacy() -> Iterator[Case]:
    for file in ("表.xls", "表.xlsx", "表.et", "表.XLS", "表.dat"):
        yield stored(f"旧格式，名叫 {file}", good_xls, "legacy_format", file=file)
    percent = xls(HEAD, ("市文化和旅游局", "2023Q2", "I07", 0.0423), percent="D")
    yield stored(
        "旧格式的百分数", partial(bytes, percent), "legacy_format", "percent_format",
        figures={"市文化和旅游局 2023Q2 I07": "4.23"},
    )  # fmt: skip
    words = xls(HEAD, (MARKET, "2023Q2", "I01", "8万"))
    yield Case("旧格式里写 8万", partial(bytes, words), ("not_a_number",), file="表.xls")
    error = xls(HEAD, (MARKET, "2023Q2", "I01", xlwt.Formula("1/0")))
    yield Case("旧格式里没有算过的公式", partial(bytes, error), ("empty_return",), file="表.xls")
    for share in (0.2, 0.5, 0.8, 0.95):
        yield unread(f"旧格式截到 {share:.0%}", partial(_cut, share), "file_damaged", "表.xls")
    yield unread("旧格式，NaN", partial(_with_number, float("nan")), "file_damaged", "表.xls")
    yield unread("旧格式，无穷大", partial(_with_number, float("inf")), "file_damaged", "表.xls")
    yield unread("旧格式，两格一个地址", _repeated, "file_damaged", "表.xls")
    yield unread("旧格式，记录断了", _broken_record, "file_damaged", "表.xls")
    yield unread("旧格式，文字表多说一条", _long_strings, "file_damaged", "表.xls")
    yield unread("旧格式，扇区链成圈", _looped, "file_damaged", "表.xls")
    yield unread("旧格式，31 MiB", lambda: good_xls() + bytes(31 << 20), "file_too_large", "表.xls")


def _cut(share: float) -> bytes:
    content = good_xls()
    return content[: int(len(content) * share)]


def _with_number(value: float) -> bytes:
    odd = 0.1234567890123
    content = xls(HEAD, (MARKET, "2023Q2", "I01", odd))
    return content.replace(struct.pack("<d", odd), struct.pack("<d", value))


def _repeated() -> bytes:
    head = b"\xfd\x00\x0a\x00"
    return good_xls().replace(head + struct.pack("<HH", 0, 1), head + struct.pack("<HH", 0, 0))


def _broken_record() -> bytes:
    content = good_xls()
    at = content.index(struct.pack("<HH", 0x0208, 16))
    return content[:at] + bytes(20) + content[at + 20 :]


def _long_strings() -> bytes:
    content = bytearray(good_xls())
    at = content.index(b"\xfc\x00", content.index(b"\x5c\x00\x70\x00") + 116)
    (count,) = struct.unpack_from("<i", content, at + 8)
    struct.pack_into("<i", content, at + 8, count + 1)
    return bytes(content)


def _looped() -> bytes:
    """扇区分配表里，每一个扇区的下一个都是它自己。"""
    content = bytearray(good_xls())
    (start,) = struct.unpack_from("<I", content, 76)
    at = 512 + start * 512
    for n in range(128):
        struct.pack_into("<I", content, at + 4 * n, n)
    return bytes(content)
