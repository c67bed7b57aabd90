"""一张工作表里的每种写法，读出来该是什么。"""

import pytest

from ipmeasures.returns.workbook import package, read_workbook
from ipmeasures.returns.workbook.cells import Area, Cell, CellType

from .parts import book, cells, parts, refusal, sheet, strings, styles, zipped


@pytest.fixture(params=[65_536, 1], ids=["whole", "bytewise"], autouse=True)
def _chunk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """每条规则都守两遍：一整块读，和一个字节一个字节读（标签、文字、实体都从中间断开）。"""
    monkeypatch.setattr(package, "_CHUNK", request.param)


def only(data: str, shared: str | None = None, styled: str | None = None) -> Cell:
    (cell,) = cells(book(data, shared=shared, styled=styled))
    return cell


@pytest.mark.parametrize(
    ("written", "raw", "kind"),
    [
        ("<v>12</v>", "12", CellType.NUMBER),
        ("<v> 0.285 </v>", "0.285", CellType.NUMBER),
        ("<v>0.28499999999999998</v>", "0.28499999999999998", CellType.NUMBER),
        ("<v>-1.5E-7</v>", "-1.5E-7", CellType.NUMBER),
        ("<v>12345678901234567890</v>", "12345678901234567890", CellType.NUMBER),
        (' t="b"><v>1</v>', "TRUE", CellType.BOOLEAN),
        (' t="b"><v>0</v>', "FALSE", CellType.BOOLEAN),
        (' t="e"><v>#DIV/0!</v>', "#DIV/0!", CellType.ERROR),
        (' t="d"><v>2023-06-30T00:00:00</v>', "2023-06-30T00:00:00", CellType.DATE),
        (' t="str"><v>字</v>', "字", CellType.TEXT),
        (' t="s"><v>1</v>', "乙", CellType.TEXT),
        (' t="inlineStr"><is><t>字</t></is>', "字", CellType.TEXT),
        (' t="inlineStr"><is><t xml:space="preserve"> 字 </t></is>', " 字 ", CellType.TEXT),
        (' t="inlineStr"><is><t>&#25991;&amp;&lt;b&gt;]</t></is>', "文&<b>]", CellType.TEXT),
        (' t="inlineStr"><v>字</v>', "字", CellType.TEXT),
        ("<is><t>字</t></is>", "字", CellType.TEXT),
        (' t="str"><v>甲_x000D_\n乙_x005F_x0041_</v>', "甲\n乙_x0041_", CellType.TEXT),
    ],
)
def test_values_keep_the_text_in_the_file(written: str, raw: str, kind: CellType) -> None:
    """原文原样留下：数字不经过浮点数，文字解开转义，类型照文件里写的。"""
    cell = written if written.startswith(" ") else f">{written}"
    found = only(f'<row r="1"><c r="A1"{cell}</c></row>', strings("<t>甲</t>", "<t>乙</t>"))
    assert (found.raw, found.type) == (raw, kind)


@pytest.mark.parametrize(
    "written",
    [
        "/>",
        "></c>",
        "><v/></c>",
        "><v></v></c>",
        "><v> </v></c>",
        ' t="s"><v>0</v></c>',
        ' t="inlineStr"><is><t/></is></c>',
        ' t="inlineStr"><is></is></c>',
        ' t="str"><v></v></c>',
    ],
)
def test_blanks_leave_nothing(written: str) -> None:
    """空格、空串都等于没有填；带格式的空格不占地方。"""
    data = f'<row r="1"><c r="A1" s="0"{written}</row>'
    assert cells(book(data, shared=strings("<t></t>"))) == ()


def test_formula_never_calculated_is_told_from_a_blank() -> None:
    """公式没有结果：类型为空而公式还在；算出空串的是有结果的。"""
    data = (
        '<row r="1"><c r="A1"><f>B1+1</f></c><c r="B1"><f>1+1</f><v/></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><f>1+1</f><v>2</v></c>'
        '<c r="E1"><f t="shared" si="0"/><v>3</v></c><c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    found = [(cell.raw, cell.type, cell.formula) for cell in cells(book(data))]
    assert found == [
        ("", CellType.EMPTY, "B1+1"),
        ("", CellType.EMPTY, "1+1"),
        ("", CellType.TEXT, '""'),
        ("2", CellType.NUMBER, "1+1"),
        ("3", CellType.NUMBER, ""),
        ("#DIV/0!", CellType.ERROR, "1/0"),
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "<v>NaN</v>",
        "<v>INF</v>",
        "<v>1e400</v>",
        "<v>1_000</v>",
        "<v>１２</v>",
        "<v>\u00a012</v>",
        f"<v>{'1' * 500}</v>",
        "<v>1</v><v>2</v>",
        "<f>1</f><f>2</f><v>2</v>",
        "<is><t>甲</t></is><is><t>乙</t></is>",
        "<is><t>甲</t></is><v>1</v>",
    ],
)
def test_a_value_that_cannot_be_is_damage(cell: str) -> None:
    """数字单元格里不是有限的数、一格写了两个值：文件坏了，不猜。"""
    assert refusal(book(f'<row r="1"><c r="A1">{cell}</c></row>'))[0] == "file_damaged"


@pytest.mark.parametrize("kind", ["d", "e", "b", "s", "zz", ""])
def test_inline_text_of_another_type_is_damage(kind: str) -> None:
    """写的是行内文字，类型却说是别的（变异测试找到的）：不知道该信哪个，不当文字读。"""
    content = book(f'<row r="1"><c r="A1" t="{kind}"><is><t>甲</t></is></c></row>')
    assert refusal(content)[0] == "file_damaged"


@pytest.mark.parametrize(
    "cell",
    [
        't="s"><v>2</v>',
        't="s"><v>-1</v>',
        't="s"><v>x</v>',
        't="s"><v>99999999</v>',
        't="b"><v>2</v>',
        't="x"><v>2</v>',
        's="9"><v>2</v>',
        's="x"><v>2</v>',
    ],
)
def test_a_reference_to_nothing_is_damage(cell: str) -> None:
    """共享串、样式的编号指到外面，类型认不出：文件坏了。"""
    content = book(f'<row r="1"><c r="A1" {cell}</c></row>', shared=strings("<t>甲</t>"))
    assert refusal(content)[0] == "file_damaged"


@pytest.mark.parametrize(
    "data",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="A"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="AAAA1"><v>1</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="x"/>',
        '<row r="1048576"/><row><c><v>1</v></c></row>',
        '<row><c r="XFD1"/><c><v>1</v></c></row>',
        '<c r="A1"><v>1</v></c>',
        '<row r="1"/><c r="A1"><v>1</v></c>',
        '<row r="1"><c r="A1"><c r="B1"><v>1</v></c></c></row>',
        '<row r="1"><v>1</v></row>',
        '<row r="1"><c r="A1"><row/></c></row>',
    ],
)
def test_contradictory_addresses_are_damage(data: str) -> None:
    """两格同址、地址与行不符或在表外、写在不该在的地方：不知道该信哪个。"""
    assert refusal(book(data))[0] == "file_damaged"


def test_cells_without_addresses_are_counted() -> None:
    """没有地址的按次序数：行接着上一行，格接着上一格；行号也可以由格的地址说明。"""
    data = (
        '<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c>'
        "<c><v>4</v></c></row><row><c><v>5</v></c></row>"
        '<row><c r="$B$9"><v>6</v></c><c r="c9"><v>7</v></c></row>'
    )
    found = {cell.address: cell.raw for cell in cells(book(data))}
    expected = {"A1": "1", "B1": "2", "C5": "3", "D5": "4", "A6": "5", "B9": "6", "C9": "7"}
    assert found == expected


def test_shuffled_rows_come_back_in_order() -> None:
    """行、格打乱了照样读，按行、列排好；最后一格也读得到，而且不按地址占内存。"""
    data = (
        '<row r="1048576"><c r="XFD1048576"><v>9</v></c></row>'
        '<row r="2"><c r="B2"><v>4</v></c><c r="A2"><v>3</v></c></row>'
        '<row r="1"><c r="A1"><v>1</v></c></row>'
    )
    content = zipped(parts(sheet(data, before='<dimension ref="A1"/>')))
    assert [cell.address for cell in cells(content)] == ["A1", "A2", "B2", "XFD1048576"]


def test_rich_text_is_joined_without_phonetics() -> None:
    """分段的文字连起来，注音不是文字；标签之间的换行也不是。"""
    rich = "<r><rPr><b/></rPr><t>专</t></r>\n<rPh sb='0'><t>zhuan</t></rPh>\n<r><t>利</t></r>"
    data = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c>'
        f'<c r="B1" t="inlineStr"><is>{rich}<phoneticPr/></is></c></row>'
    )
    assert [cell.raw for cell in cells(book(data, shared=strings(rich)))] == ["专利", "专利"]


def test_escapes_that_are_not_characters_stay() -> None:
    """成对的代理解成一个字，单独半个不是字，留着原样。"""
    shared = strings("<t>_xD83D__xDE00_</t>", "<t>_xD83D_</t>", "<t>_x00e9_ _xyz_</t>")
    data = "".join(f'<c t="s"><v>{index}</v></c>' for index in range(3))
    found = [cell.raw for cell in cells(book(f"<row>{data}</row>", shared=shared))]
    assert found == ["😀", "_xD83D_", "é _xyz_"]


def test_number_formats_come_from_the_styles() -> None:
    """样式编号 → 格式代码：内置的、自定义的、没写样式的，和认不出的内置编号。"""
    styled = styles("0", "10", "0.0%", "57", "38888")
    cells_ = "".join(f'<c r="{letter}1" s="{i}"><v>1</v></c>' for i, letter in enumerate("ABCDE"))
    data = f'<row r="1">{cells_}<c r="F1"><v>1</v></c></row>'
    found = [cell.number_format for cell in cells(book(data, styled=styled))]
    assert found == ["General", "0.00%", "0.0%", 'yyyy"年"m"月"', "General", "General"]


def test_hidden_rows_and_columns_are_told() -> None:
    """隐藏的行、列，高度、宽度设成零的行、列，里面的格都标出来。"""
    columns = (
        '<cols><col min="2" max="3" hidden="1"/><col min="4" max="4" width="0" customWidth="1"/>'
        '<col min="5" max="5" width="x" customWidth="1"/></cols>'
    )
    row = "".join(f'<c r="{letter}1"><v>1</v></c>' for letter in "ABCDE")
    data = (
        f'<row r="1" ht="15" customHeight="1">{row}</row>'
        '<row r="2" hidden="1"><c r="A2"><v>1</v></c></row>'
        '<row r="3" ht="0" customHeight="1"><c r="A3"><v>1</v></c></row>'
        '<row r="4" ht="0"><c r="A4"><v>1</v></c></row>'
    )
    found = cells(zipped(parts(sheet(data, before=columns))))
    hidden = [cell.address for cell in found if cell.hidden]
    assert hidden == ["B1", "C1", "D1", "A2", "A3"]


def test_merges_are_kept() -> None:
    """合并区域照记，两角的先后不论；区域不成立是文件坏了。"""
    after = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="D4:C3"/><mergeCell ref="E5"/></mergeCells>'
    (read,) = read_workbook(zipped(parts(sheet("", after=after)))).sheets
    assert read.merges == (Area(1, 1, 2, 2), Area(3, 3, 4, 4), Area(5, 5, 5, 5))
    bad = sheet("", after='<mergeCells><mergeCell ref="A:B"/></mergeCells>')
    assert refusal(zipped(parts(bad)))[0] == "file_damaged"
