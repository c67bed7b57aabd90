"""名叫 .xlsx 的可以是任何东西：说得出是什么，才知道怎么办。"""

import io
import zipfile

import pytest

from ipmeasures.returns.workbook import FileRefused, read_workbook
from ipmeasures.returns.workbook.sniff import is_legacy

from .parts import parts, refusal, relations, sheet, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def stream(*names: str) -> bytes:
    """一个只有目录项的 OLE2 复合文件。"""
    return OLE + b"".join(name.encode("utf-16-le").ljust(64, b"\0") for name in names)


def package(main: str, **others: str) -> bytes:
    return zipped({"_rels/.rels": relations(("officeDocument", main)), **others})


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x09\x08\x08\x00\x00\x05\x05\x00", "很早的 .xls 表格（Excel 4.0 及更早）"),
        (stream("Root Entry", "WordDocument"), "旧格式的 Word 文档（.doc 或 .wps）"),
        (stream("PowerPoint Document"), "旧格式的演示文稿（.ppt 或 .dps）"),
        (stream("Root Entry"), "旧格式的 Office 文件"),
        (b"%PDF-1.7\n", "PDF 文件"),
        (b"Rar!\x1a\x07\x00", "RAR 压缩包"),
        (b"7z\xbc\xaf\x27\x1c\x00", "7z 压缩包"),
        (b"\x1f\x8b\x08\x00", "gzip 压缩文件"),
        (b"\x89PNG\r\n\x1a\n", "图片（PNG）"),
        (b"\xff\xd8\xff\xe0", "图片（JPEG）"),
        (b"GIF89a", "图片（GIF）"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页（HTML）"),
        ("\ufeff<!DOCTYPE html><body>表</body>".encode(), "网页（HTML）"),
        ("<meta charset=gbk><table>表</table>".encode("gbk"), "网页（HTML）"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "Excel 2003 XML 表格",
        ),
        (b'<?xml version="1.0"?><a/>', "XML 文件"),
        ("单位,本期值\n甲,1".encode("gbk"), "CSV 文本"),
        ("单位\t本期值\n甲\t1".encode("utf-16"), "CSV 文本"),
        ("本季度没有进展".encode(), "文本文件"),
        (b"\x00\x01\x02\x03\x04", "无法识别的文件"),
        (b"\xff\xff\xff\xff", "无法识别的文件"),
        (package("word/document.xml"), "Word 文档（.docx）"),
        (package("ppt/presentation.xml"), "演示文稿（.pptx）"),
        (package("visio/document.xml"), "Visio 图（.vsdx）"),
        (package("xl/workbook.bin"), "二进制工作簿（.xlsb）"),
        (
            zipped(
                {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}
            ),
            "OpenDocument 表格（.ods）",
        ),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "OpenDocument 文档"),
        (zipped({"OFD.xml": ""}), "OFD 版式文件"),
        (zipped({"表.xlsx": "PK"}), "普通的 zip 压缩包"),
    ],
)
def test_other_types_are_named(content: bytes, what: str) -> None:
    """只看内容，说出是什么，请另存为 .xlsx。"""
    code, message = refusal(content)
    assert (code, message) == ("file_type", f"这不是 .xlsx 表格，而是{what}")


@pytest.mark.parametrize(
    "content", [zipped({"表.xlsx": "PK"}), b"Rar!\x1a\x07", b"\x1f\x8b\x08", b"7z\xbc\xaf\x27\x1c"]
)
def test_what_is_packed_is_to_be_unpacked_first(content: bytes) -> None:
    """压缩包：先解压，再把里面的表另存为 .xlsx；别的文件只说另存。"""
    with pytest.raises(FileRefused) as refused:
        read_workbook(content)
    assert refused.value.problem.fix.startswith("请先解压")
    assert "另存为 .xlsx" in refused.value.problem.fix
    with pytest.raises(FileRefused) as other:
        read_workbook(b"%PDF-1.7")
    assert "解压" not in other.value.problem.fix


def test_long_text_cut_inside_a_character_is_still_text() -> None:
    """只看开头一段，断在一个字中间也认得是文字。"""
    assert "CSV" in refusal(("a" + "单位,值，" * 20_000).encode())[1]


@pytest.mark.parametrize("content", [b"", bytes(100)])
def test_an_empty_file_is_damage(content: bytes) -> None:
    """空文件、全是零字节（断电、同步没完成）。"""
    assert refusal(content)[0] == "file_damaged"


def test_a_damaged_start_is_damage_not_another_type() -> None:
    """开头几个字节坏了的 .xlsx 仍是 .xlsx。"""
    content = zipped(parts(sheet("")))
    assert refusal(b"XX" + content[2:])[0] == "file_damaged"


def test_an_old_file_cut_before_its_directory_is_damage() -> None:
    """OLE2 的目录常在末尾：截断了就不知道是什么，但一定是坏了。"""
    assert refusal(OLE)[0] == "file_damaged"


def test_a_password_is_told_from_an_old_format() -> None:
    """有打开密码的 .xlsx 是 OLE2 文件，不是旧格式。"""
    locked = stream("Root Entry", "EncryptionInfo", "EncryptedPackage")
    assert refusal(locked)[0] == "file_encrypted"
    assert not is_legacy(locked)
    assert is_legacy(stream("Root Entry", "Workbook"))
    assert not is_legacy(b"PK\x03\x04")


def test_a_macro_workbook_is_read_as_a_workbook() -> None:
    """.xlsm 多一个宏部件，别的一样；宏不读。"""
    buffer = io.BytesIO(zipped(parts(sheet(""))))
    with zipfile.ZipFile(buffer, "a") as package_:
        package_.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    with pytest.raises(AssertionError, match="应当拒收"):
        refusal(buffer.getvalue())
