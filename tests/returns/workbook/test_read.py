"""部件怎样连成工作簿：关系、次序、名称、两种命名空间。"""

import pytest

from ipmeasures.returns.workbook import read_workbook
from ipmeasures.returns.workbook.cells import CellType

from .parts import (
    MAIN,
    RELATIONS,
    Parts,
    cells,
    parts,
    refusal,
    relations,
    sheet,
    strings,
    styles,
    zipped,
)

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def changed(made: Parts, **texts: str) -> bytes:
    """换掉几个部件；键里的 ``__`` 是 ``/``。"""
    named = {key.replace("__", "/").replace("_dot_", "."): text for key, text in texts.items()}
    return zipped({**made, **named})


def listed(sheets: str, properties: str = "") -> str:
    """工作簿部件；``sheets`` 是列出的表。"""
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}'
        f"<sheets>{sheets}</sheets></workbook>"
    )


def with_workbook(workbook: str, made: Parts | None = None) -> bytes:
    return zipped({**(made or parts(sheet(ONE), sheet(ONE))), "xl/workbook.xml": workbook})


def test_strict_reads_like_transitional() -> None:
    """Strict Open XML 换了命名空间，读出来应当一样；有的库读成空表。"""
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    data = '<row r="1"><c r="A1" s="0" t="s"><v>0</v></c><c r="B1"><v>2</v></c></row>'
    shared, styled = strings("<t>甲</t>", main=strict), styles("10", main=strict)
    found = cells(
        zipped(parts(sheet(data, main=strict), shared=shared, styled=styled, strict=True))
    )
    assert [(c.raw, c.number_format) for c in found] == [("甲", "0.00%"), ("2", "0.00%")]


def test_prefixed_elements_are_read() -> None:
    """命名空间写成前缀的（Open XML SDK 的写法）也一样。"""
    content = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    assert [cell.raw for cell in cells(zipped(parts(content)))] == ["7"]


def test_alternate_content_is_read_by_its_fallback() -> None:
    """各家扩展的写法不认，读通用的写法；两边都写着数，只读一遍。"""
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    data = (
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="x14">'
        '<row r="1"><c r="A1"><v>9</v></c></row></mc:Choice>'
        f"<mc:Fallback>{ONE}</mc:Fallback></mc:AlternateContent>"
    )
    assert [cell.raw for cell in cells(zipped(parts(sheet(data))))] == ["1"]


def test_sheets_keep_order_names_and_visibility() -> None:
    """次序照工作簿，不照文件名；隐藏、深度隐藏都是隐藏；名称里的转义解开。"""
    workbook = listed(
        '<sheet name="丙 &amp; 丁" sheetId="9" r:id="rId2"/>'
        '<sheet name="甲_x000A_乙" sheetId="3" state="veryHidden" r:id="rId1"/>'
    )
    found = read_workbook(with_workbook(workbook)).sheets
    assert [(s.name, s.hidden) for s in found] == [("丙 & 丁", False), ("甲\n乙", True)]


@pytest.mark.parametrize(
    ("properties", "expected"),
    [("", False), ("<workbookPr/>", False)]
    + [(f'<workbookPr date1904="{yes}"/>', yes in {"1", "true"}) for yes in ("1", "true", "0")],
)
def test_the_epoch_is_told(properties: str, expected: bool) -> None:  # noqa: FBT001 - 参数表的列
    """日期从 1904 年起的工作簿要说出来，否则日期差四年。"""
    content = zipped(parts(sheet(ONE), properties=properties))
    assert read_workbook(content).epoch_1904 is expected


def test_chart_sheets_are_skipped() -> None:
    """图表页、对话框页不是数据；别的照读。"""
    made = parts(sheet(ONE), sheet(ONE))
    rels = relations(
        ("chartsheet", "chartsheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml")
    )
    found = read_workbook(zipped({**made, "xl/_rels/workbook.xml.rels": rels})).sheets
    assert [s.name for s in found] == ["表2"]


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("/xl/worksheets/a.xml", "xl/worksheets/a.xml"),
        ("worksheets/../worksheets/./a.xml", "xl/worksheets/a.xml"),
        ("worksheets\\a.xml", "xl\\worksheets\\a.xml"),
        ("WorkSheets/A.XML", "xl/worksheets/a.xml"),
        ("worksheets/%E8%A1%A8%201.xml", "xl/worksheets/表 1.xml"),
        ("worksheets/a%20b.xml", "xl/worksheets/a%20b.xml"),
    ],
)
def test_parts_are_found_however_they_are_named(target: str, name: str) -> None:
    """相对、绝对、反斜线、大小写、百分号编码，各家写法不同，指的是同一个部件。"""
    made = parts(sheet(ONE))
    del made["xl/worksheets/sheet1.xml"]
    made["xl/_rels/workbook.xml.rels"] = relations(("worksheet", target))
    made[name] = sheet(ONE)
    assert [cell.raw for cell in cells(zipped(made))] == ["1"]


def test_the_workbook_may_stand_anywhere() -> None:
    """工作簿部件在哪里由关系说，不是固定的名字。"""
    made = parts(sheet(ONE))
    made["_rels/.rels"] = relations(("officeDocument", "/books/b.xml"))
    made["books/b.xml"] = made.pop("xl/workbook.xml")
    made["books/_rels/b.xml.rels"] = relations(("worksheet", "/xl/worksheets/sheet1.xml"))
    assert [cell.raw for cell in cells(zipped(made))] == ["1"]


@pytest.mark.parametrize(
    "missing",
    [
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
    ],
)
def test_a_missing_part_is_damage(missing: str) -> None:
    """缺哪个部件都不能当作空的来读。"""
    made = parts(sheet(ONE), shared=strings("<t>甲</t>"), styled=styles("0"))
    del made[missing]
    assert refusal(zipped(made))[0] == "file_damaged"


def test_styles_and_strings_may_be_absent() -> None:
    """本来就没有样式表、共享串的，是最简单的工作簿。"""
    (cell,) = cells(zipped(parts(sheet(ONE))))
    assert (cell.number_format, cell.type) == ("General", CellType.NUMBER)


@pytest.mark.parametrize(
    "sheets",
    [
        "",
        '<sheet name="" r:id="rId1"/>',
        f'<sheet name="{"长" * 300}" r:id="rId1"/>',
        '<sheet name="甲" r:id="rId9"/>',
        '<sheet name="甲"/>',
        '<sheet name="A" r:id="rId1"/><sheet name="a" r:id="rId2"/>',
        '<sheet name="甲" r:id="rId1"/><sheet name="乙" r:id="rId1"/>',
    ],
)
def test_a_list_of_sheets_that_cannot_be_is_damage(sheets: str) -> None:
    """没有表、没有名称、同名、指不到或指到同一个部件。"""
    assert refusal(with_workbook(listed(sheets)))[0] == "file_damaged"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("xl/workbook.xml", sheet(ONE)),
        ("xl/worksheets/sheet1.xml", strings()),
        ("xl/worksheets/sheet1.xml", "<worksheet/>"),
        ("xl/worksheets/sheet1.xml", sheet(ONE)[:-5]),
        ("xl/worksheets/sheet1.xml", ""),
        ("xl/worksheets/sheet1.xml", sheet(ONE).replace("UTF-8", "GBK")),
        ("_rels/.rels", relations(("theme", "xl/workbook.xml"))),
        ("_rels/.rels", relations(("officeDocument", "a.xml"), ("officeDocument", "b.xml"))),
        (
            "xl/styles.xml",
            f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="{"0" * 2000}"/></numFmts></styleSheet>',
        ),
    ],
)
def test_a_part_of_the_wrong_kind_is_damage(name: str, text: str) -> None:
    """根元素不对、不合语法、编码不该有：不当作空表。"""
    made = parts(sheet(ONE), styled=styles("0"))
    assert refusal(zipped({**made, name: text}))[0] == "file_damaged"


def test_an_external_relation_is_not_followed() -> None:
    """指到包外的关系不去读；工作表指到包外，就是找不到。"""
    made = parts(sheet(ONE))
    rels = str(made["xl/_rels/workbook.xml.rels"])
    made["xl/_rels/workbook.xml.rels"] = rels.replace("/>", ' TargetMode="External"/>')
    assert refusal(zipped(made))[0] == "file_damaged"


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE worksheet>",
        '<!DOCTYPE w [<!ENTITY a "1">]>',
        '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w [<!ENTITY a "xx"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
        '<!DOCTYPE w SYSTEM "http://example.com/w.dtd">',
    ],
)
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "_rels/.rels"])
def test_doctypes_and_entities_are_unsafe(name: str, doctype: str) -> None:
    """DTD、实体（外部的、层层展开的）正常表格里没有，见了就拒收。"""
    made = parts(sheet(ONE))
    text = str(made[name])
    declaration, rest = text.split("?>", 1) if "?>" in text else ("", text)
    made[name] = (f"{declaration}?>" if declaration else "") + doctype + rest
    assert refusal(zipped(made))[0] == "file_unsafe"


def test_utf_16_parts_are_read() -> None:
    """XML 可以是 UTF-16。"""
    made = parts(sheet("<row><c t='inlineStr'><is><t>甲</t></is></c></row>"))
    text = str(made["xl/worksheets/sheet1.xml"]).replace("UTF-8", "UTF-16")
    made["xl/worksheets/sheet1.xml"] = text.encode("utf-16")
    assert [cell.raw for cell in cells(zipped(made))] == ["甲"]
