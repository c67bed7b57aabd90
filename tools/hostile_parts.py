"""拼表的零件：用字拼出 .xlsx，要多怪有多怪；不经过任何写表的库。"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
MARKET, CULTURE = "市市场监管局", "市文化和旅游局"

Parts = dict[str, str | bytes]
# 样式编号 → 数字格式；零号是常规。
STYLES = ("0", "10", "14", "20", "49", "9", "yyyy&quot;年&quot;m&quot;月&quot;", "30")
PERCENT, DATE, TIME, TEXT, WHOLE_PERCENT, YEAR_MONTH = range(1, 7)


@dataclass(frozen=True, slots=True)
class Raw:
    """一格的里面照这样写；``type`` 是类型记号，``style`` 是样式编号。"""

    inside: str = ""
    type: str = ""
    style: int = 0


Given = str | int | float | Decimal | Raw | None
Row = Sequence[Given]


def text(value: str) -> Raw:
    """行内文字。"""
    return Raw(f'<is><t xml:space="preserve">{escape(value)}</t></is>', "inlineStr")


def cell(value: Given, address: str = "") -> str:
    """一格的 XML；没有内容的没有这一格。"""
    if value is None:
        return ""
    if isinstance(value, str):
        value = text(value)
    if not isinstance(value, Raw):
        value = Raw(f"<v>{value}</v>")
    marks = {"r": address, "t": value.type, "s": str(value.style or "")}
    written = "".join(f' {name}="{mark}"' for name, mark in marks.items() if mark)
    return f"<c{written}>{value.inside}</c>"


def row(number: int, values: Row, *, addressed: bool = True, extra: str = "") -> str:
    """一行的 XML；``extra`` 是多出的属性。"""
    cells = "".join(
        cell(value, f"{chr(65 + column)}{number}" if addressed else "")
        for column, value in enumerate(values)
    )
    return f'<row r="{number}"{extra}>{cells}</row>' if addressed else f"<row{extra}>{cells}</row>"


def rows(*values: Row, start: int = 1) -> str:
    """几行的 XML。"""
    return "".join(row(number, each) for number, each in enumerate(values, start))


def sheet(data: str, before: str = "", after: str = "", main: str = MAIN) -> str:
    """一张工作表；``data`` 是 ``sheetData`` 里的内容。"""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{main}">{before}'
        f"<sheetData>{data}</sheetData>{after}</worksheet>"
    )


def merged(*areas: str) -> str:
    """合并区域。"""
    listed = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return f"<mergeCells>{listed}</mergeCells>"


def relations(*targets: tuple[str, str], uri: str = RELATIONS) -> str:
    """一份关系：依次是 rId1、rId2……，各为（类型，指向）。"""
    listed = "".join(
        f'<Relationship Id="rId{index}" Type="{uri}/{kind}" Target="{target}"/>'
        for index, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'


def styles(main: str = MAIN, more: str = "") -> str:
    """样式表，各种样式见 ``STYLES``。"""
    used = "".join(f'<xf numFmtId="{c if c.isdigit() else 164}"/>' for c in STYLES)
    custom = f'<numFmt numFmtId="164" formatCode="{STYLES[YEAR_MONTH]}"/>'
    return (
        f'<styleSheet xmlns="{main}"><numFmts>{custom}</numFmts>'
        f"<cellXfs>{used}{more}</cellXfs></styleSheet>"
    )


def parts(
    sheets: Mapping[str, str],
    *,
    strict: bool = False,
    shared: str = "",
    properties: str = "",
    hidden: Sequence[str] = (),
) -> Parts:
    """一个工作簿的全部部件；``sheets`` 是工作表的名称 → 整份 XML。"""
    main, uri = (STRICT_MAIN, STRICT_RELATIONS) if strict else (MAIN, RELATIONS)
    hiding = dict.fromkeys(hidden, ' state="hidden"')
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"{hiding.get(name, "")}/>'
        for n, name in enumerate(sheets, 1)
    )
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    made: Parts = {
        "[Content_Types].xml": _content_types(len(sheets), shared=bool(shared)),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml"), uri=uri),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{uri}">{properties}'
            f"<sheets>{listed}</sheets></workbook>"
        ),
        "xl/styles.xml": styles(main),
    }
    made |= {f"xl/worksheets/sheet{n}.xml": content for n, content in enumerate(sheets.values(), 1)}
    targets.append(("styles", "styles.xml"))
    if shared:
        targets.append(("sharedStrings", "sharedStrings.xml"))
        made["xl/sharedStrings.xml"] = shared
    made["xl/_rels/workbook.xml.rels"] = relations(*targets, uri=uri)
    return made


def _content_types(count: int, *, shared: bool) -> str:
    """部件的类型；我们不看，openpyxl 要看。"""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    listed = {
        "/xl/workbook.xml": "sheet.main+xml",
        "/xl/styles.xml": "styles+xml",
        **{f"/xl/worksheets/sheet{n}.xml": "worksheet+xml" for n in range(1, count + 1)},
        **({"/xl/sharedStrings.xml": "sharedStrings+xml"} if shared else {}),
    }
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}.{what}"/>'
        for name, what in listed.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )


def zipped(made: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """按次序装进一个 zip 包。"""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as package:
        for name, content in made.items():
            package.writestr(name, content)
    return buffer.getvalue()


HEAD = ("责任单位", "报送期", "编号", "本期值", "说明", "数据时点", "数据来源")
GOOD: tuple[str | Decimal, ...] = (MARKET, "2023Q2", "I01", Decimal("6.5"))
DATA = rows(HEAD, GOOD)


def table(*lines: Row, head: Row = HEAD, before: str = "", after: str = "") -> bytes:
    """一张“汇总表”。"""
    return book(rows(head, *lines), before, after)


def book(data: str, before: str = "", after: str = "", name: str = "汇总表") -> bytes:
    """只有一张表的工作簿；``data`` 是 ``sheetData`` 里的内容。"""
    return zipped(parts({name: sheet(data, before, after)}))


def figure(value: Given, key: str = "I01", note: str = "", agency: str = "") -> bytes:
    """只报一个数的汇总表；数在 D2。"""
    return table((agency or REPORTERS.get(key, MARKET), "2023Q2", key, value, note or None))


REPORTERS = {"I07": CULTURE, "I08": CULTURE}
