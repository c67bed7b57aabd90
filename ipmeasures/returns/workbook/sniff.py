"""不是 .xlsx 的，到底是什么：只看内容，不看文件名。"""

import re
from collections.abc import Collection

from ipmeasures.returns.workbook.refusal import (
    FileRefused,
    damaged,
    encrypted,
    other_type,
    packed,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ANCIENT = "很早的 .xls 表格（Excel 4.0 及更早）"

# 开头几个字节 → 是什么。
_MAGIC = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片（PNG）"),
    (b"\xff\xd8\xff", "图片（JPEG）"),
    (b"GIF8", "图片（GIF）"),
    (b"BM", "图片（BMP）"),
    (b"II*\x00", "图片（TIFF）"),
    (b"MM\x00*", "图片（TIFF）"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x09\x08", _ANCIENT),
    (b"\x09\x04", _ANCIENT),
    (b"\x09\x02", _ANCIENT),
)

_PACKED = (
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩文件"),
)

# OLE2 里的流名 → 是什么；加密的流名先看，因为它里面还可能有别的。旧格式的表格另有读法，不在其中。
_STREAMS = (
    ("WordDocument", "旧格式的 Word 文档（.doc 或 .wps）"),
    ("PowerPoint Document", "旧格式的演示文稿（.ppt 或 .dps）"),
)

# 主部件所在的文件夹 → 是什么。
_OFFICE = (
    ("word/", "Word 文档（.docx）"),
    ("ppt/", "演示文稿（.pptx）"),
    ("visio/", "Visio 图（.vsdx）"),
)

_XML = re.compile(r"\s*<\?xml|\s*<[A-Za-z]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_TAG = re.compile(r"<(!doctype html|html|head|body|table|meta|style|script)\b", re.IGNORECASE)
_EXCEL_2003 = "urn:schemas-microsoft-com:office:spreadsheet"


def not_a_package(content: bytes) -> FileRefused:
    """不是 zip 包的内容，该怎么答复。"""
    if not content.strip(b"\x00"):
        return damaged("文件是空的")
    if content.startswith(_OLE):
        return _compound(content)
    for magic, what in _MAGIC:
        if content.startswith(magic):
            return other_type(what)
    for magic, what in _PACKED:
        if content.startswith(magic):
            return packed(what)
    if b"[Content_Types].xml" in content or b"PK\x05\x06" in content[-65_557:]:
        return damaged("压缩包开头的字节不对")
    return other_type(_kind_of_text(content[:65_536]))


def is_legacy(content: bytes) -> bool:
    """是不是旧格式（.xls、.et）的表格。"""
    return content.startswith(_OLE) and _has(content, "Workbook", "Book") and not _locked(content)


def no_workbook(names: Collection[str], mimetype: bytes) -> FileRefused:
    """包里没有主部件的关系，该怎么答复；``names`` 是小写的部件名。"""
    if mimetype.startswith(b"application/vnd.oasis.opendocument."):
        sheet = mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet")
        return other_type("OpenDocument 表格（.ods）" if sheet else "OpenDocument 文档")
    if "ofd.xml" in names:
        return other_type("OFD 版式文件")
    if "[content_types].xml" in names or any(name.startswith("xl/") for name in names):
        return damaged("缺少 _rels/.rels")
    return packed("普通的 zip 压缩包")


def not_a_workbook(main: str) -> FileRefused | None:
    """主部件不是工作簿的，该怎么答复；像工作簿的返回 ``None``。"""
    if main.lower().endswith(".bin"):
        return other_type("二进制工作簿（.xlsb）")
    for folder, what in _OFFICE:
        if main.lower().startswith(folder):
            return other_type(what)
    return None


def _compound(content: bytes) -> FileRefused:
    """OLE2 复合文件，但不是旧格式的表格：加了密码的 .xlsx，或别的。"""
    if _locked(content):
        return encrypted()
    for stream, what in _STREAMS:
        if _has(content, stream):
            return other_type(what)
    # 目录常在文件末尾，截断了就没有了。
    if not _has(content, "Root Entry"):
        return damaged("文件不完整，里面的目录不在了")
    return other_type("旧格式的 Office 文件")


def _locked(content: bytes) -> bool:
    return _has(content, "EncryptedPackage")


def _has(content: bytes, *streams: str) -> bool:
    """有没有叫这个名字的流：目录项从名字开始，以两个零字节结束。"""
    return any(f"{stream}\0".encode("utf-16-le") in content for stream in streams)


def _kind_of_text(content: bytes) -> str:
    text = _decoded(content)
    if text is None or _CONTROL.search(text):
        return "无法识别的文件"
    if _EXCEL_2003 in text:
        return "Excel 2003 XML 表格"
    if _TAG.search(text):
        return "网页（HTML）"
    if _XML.match(text):
        return "XML 文件"
    first = text.lstrip().split("\n", 1)[0]
    return "CSV 文本" if any(mark in first for mark in ",\t;") else "文本文件"


def _decoded(content: bytes) -> str | None:
    """按常见编码读成文字；都不是返回 ``None``。"""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        # 内容可能在一个字的中间截断，末尾几个字节不算。
        for end in range(len(content), max(len(content) - 4, 0), -1):
            try:
                return content[:end].decode(encoding)
            except UnicodeDecodeError:
                continue
    return None
