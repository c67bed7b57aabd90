"""在测试里用字拼出 .xlsx：要多怪有多怪，不留二进制文件。"""

import io
import zipfile
from collections.abc import Mapping

from ipmeasures.returns.workbook import FileRefused, read_workbook
from ipmeasures.returns.workbook.cells import Cell

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

Parts = dict[str, str | bytes]


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """按次序装进一个 zip 包。"""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def relations(*targets: tuple[str, str], uri: str = RELATIONS) -> str:
    """一份关系：依次是 rId1、rId2……，各为（类型，指向）。"""
    listed = "".join(
        f'<Relationship Id="rId{index}" Type="{uri}/{kind}" Target="{target}"/>'
        for index, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'


def sheet(data: str, before: str = "", after: str = "", main: str = MAIN) -> str:
    """一张工作表；``data`` 是 ``sheetData`` 里的内容。"""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{main}">{before}'
        f"<sheetData>{data}</sheetData>{after}</worksheet>"
    )


def strings(*items: str, main: str = MAIN) -> str:
    """共享串表；每项是 ``si`` 里的内容。"""
    return f'<sst xmlns="{main}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def styles(*number_formats: str, main: str = MAIN) -> str:
    """样式表；每种样式只有数字格式，数字是内置编号，别的是格式代码。"""
    custom = [code for code in number_formats if not code.isdigit()]
    known = "".join(
        f'<numFmt numFmtId="{164 + index}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for index, code in enumerate(custom)
    )
    used = "".join(
        f'<xf numFmtId="{code if code.isdigit() else 164 + custom.index(code)}"/>'
        for code in number_formats
    )
    return (
        f'<styleSheet xmlns="{main}"><numFmts>{known}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>{used}</cellXfs></styleSheet>'
    )


def parts(
    *sheets: str,
    shared: str | None = None,
    styled: str | None = None,
    properties: str = "",
    strict: bool = False,
) -> Parts:
    """一个工作簿的全部部件；``sheets`` 是各张工作表的整份 XML。"""
    main, uri = (STRICT_MAIN, STRICT_RELATIONS) if strict else (MAIN, RELATIONS)
    listed = "".join(
        f'<sheet name="表{index}" sheetId="{index}" r:id="rId{index}"/>'
        for index in range(1, len(sheets) + 1)
    )
    targets = [("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]
    made: Parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml"), uri=uri),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{uri}">{properties}'
            f"<sheets>{listed}</sheets></workbook>"
        ),
    }
    for index, content in enumerate(sheets, 1):
        made[f"xl/worksheets/sheet{index}.xml"] = content
    if shared is not None:
        targets.append(("sharedStrings", "sharedStrings.xml"))
        made["xl/sharedStrings.xml"] = shared
    if styled is not None:
        targets.append(("styles", "styles.xml"))
        made["xl/styles.xml"] = styled
    made["xl/_rels/workbook.xml.rels"] = relations(*targets, uri=uri)
    return made


def book(data: str, *, shared: str | None = None, styled: str | None = None) -> bytes:
    """只有一张表的工作簿；``data`` 是 ``sheetData`` 里的内容。"""
    return zipped(parts(sheet(data), shared=shared, styled=styled))


def cells(content: bytes) -> tuple[Cell, ...]:
    """第一张表的单元格。"""
    return read_workbook(content).sheets[0].cells


def refusal(content: bytes) -> tuple[str, str]:
    """拒收的代码和话；没有拒收就是测试失败。"""
    try:
        read_workbook(content)
    except FileRefused as refused:
        return refused.problem.code, refused.problem.message
    raise AssertionError("应当拒收")
