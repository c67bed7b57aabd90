"""近路与逐个元素读必须处处一样：读出来一样，拒收也一样。"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipmeasures.returns.workbook import FileRefused, package, read_workbook
from ipmeasures.returns.workbook import sheet as reading
from ipmeasures.returns.workbook.cells import Sheet

from .parts import book, cells, parts, sheet, strings, styles, zipped

PLAIN_CELLS = [
    "",
    '<c r="A{0}"/>',
    '<c r="A{0}" s="0" t="s"><v>1</v></c>',
    '<c r="B{0}" s="1" />',
    '<c r="B{0}" s="1" t="n"></c>',
    '<c r="C{0}"><v>1.5</v></c>',
    '<c r="D{0}" t="str"><f>A1</f><v>x</v></c>',
    '<c r="E{0}"><f>A1</f><v>3</v></c>',
    '<c r="F{0}" t="inlineStr"><is><t>&#25991;字 &lt;</t></is></c>',
    '<c r="G{0}" t="inlineStr"><is><t xml:space="preserve"> 甲\r\n乙</t></is></c>',
    '<c r="H{0}" t="inlineStr"><is><t>_x0041_</t></is></c>',
]
ODD_CELLS = [
    '<c r="A{0}" s="9"><v>1</v></c>',
    '<c r="A{0}" t="s"><v>7</v></c>',
    '<c r="B{0}" t="d"><is><t>x</t></is></c>',
    '<c r="B{0}" t="zz"><v>1</v></c>',
    '<c r="A07"><v>1</v></c>',
    '<c r="XFE{0}"><v>1</v></c>',
    '<c r="ZZZ1"><v>1</v></c>',
    "<c><v>1</v></c>",
    '<c r="A{0}" t="str"><f>A1&amp;"x"</f><v>x</v></c>',
    '<c r="A{0}"><f/></c>',
    '<c r="A{0}"><v></v></c>',
    '<c r="A{0}" t="inlineStr"><is><t></t></is></c>',
    '<c r="A{0}" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>',
    '<c r="A{0}" t="str"><v>_x0041_]]</v></c>',
    '<c r="A{0}" t="str"><v>甲]]></v></c>',
    '<c r="A{0}" t="str"><v>a]]></v></c>',
    '<c r="A{0}"><f>a]]></f><v>1</v></c>',
]
ROWS = [
    *('<row r="1">', '<row r="2" hidden="1">', '<row r="2" ht="0" customHeight="1">'),
    *('<row r="3" r="3">', "<row>", "</row>", '<row r="4"/>', '<row r="4" spans="1:8" />'),
    *('<row r="5" x14ac:dyDescent="0.2">', '<row r="6" xmlns="u">', '<row r="0">'),
    *('<row r="1048577">', '<row r="007">', '<row r="8" spans="1:3" spans="1:3">'),
]
PIECES = [
    *ROWS,
    *('<c r="A1">', '<c r="B2">', "<c>", "</c>", "<v>", "</v>", "1", "NaN", "<f>", "</f>"),
    *("<is><t>", "</t></is>", "&amp;", "&#49;", "&#0;", "&bad;", "]]>", " ", "\r\n", "\u0001"),
    *("<x>", "</x>", "<!-- ", " -->", "<![CDATA[", "<?p ?>", "</sheetData>", "<sheetData>"),
    *(cell.format(1) for cell in PLAIN_CELLS),
    *(f'<row r="{row}">{cell.format(row)}</row>' for row in (1, 2, 7) for cell in PLAIN_CELLS),
]


def outcome(content: bytes) -> Sheet | str:
    try:
        return read_workbook(content).sheets[0]
    except FileRefused as refused:
        return refused.problem.code


def both(content: bytes, chunk: int = 65_536) -> list[Sheet | str]:
    """走近路和不走近路的结果；``chunk`` 是一次解压多少。"""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package, "_CHUNK", chunk)
        shortcut = outcome(content)
        patch.setattr(reading, "_read_plain", lambda *_: None)
        return [shortcut, outcome(content)]


def made(data: str) -> bytes:
    shared = strings("<t>甲</t>", "<t>乙</t>")
    return book(data, shared=shared, styled=styles("0", "10"))


def written(content: str | bytes) -> bytes:
    """``content`` 是整张工作表的原文。"""
    return zipped({**parts(""), "xl/worksheets/sheet1.xml": content})


def taken(content: bytes) -> bool:
    """走的是不是近路。"""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_read_elements", lambda *_: pytest.fail("没有走近路"))
        try:
            read_workbook(content)
        except pytest.fail.Exception:
            return False
    return True


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from([400, 65_536]))
def test_any_jumble_reads_the_same(pieces: list[str], chunk: int) -> None:
    """标签、文字、注释随意拼：两条路同样读出，或同样拒收。"""
    shortcut, slow = both(made("".join(pieces)), chunk)
    assert shortcut == slow


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 40),
            st.lists(st.sampled_from([*PLAIN_CELLS * 4, *ODD_CELLS]), max_size=6),
        )
    )
)
def test_rows_of_every_order_read_the_same(rows: list[tuple[int, list[str]]]) -> None:
    """行和格的次序打乱、有重复的、有读不成的：同样读出，或同样拒收。"""
    data = "".join(f'<row r="{r}">{"".join(row).format(r)}</row>' for r, row in rows)
    shortcut, slow = both(made(data))
    assert shortcut == slow


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("cell", [*PLAIN_CELLS, *ODD_CELLS])
def test_every_row_with_every_cell_reads_the_same(row: str, cell: str) -> None:
    """各种行配各种格。"""
    filled = row if row.endswith("/>") else f"{row}{cell.format(1)}</row>"
    shortcut, slow = both(made(f'{filled}<row r="9"><c r="A9"><v>9</v></c></row>'))
    assert shortcut == slow


@pytest.mark.parametrize(
    "data",
    [
        '<row r="1"></row><c r="A1"><v>9</v></c></row>',
        '<row r="1"><c r="A1"><v>9</v></c></row></row>',
        '<row r="1"/><c r="A1"><v>9</v></c></row>',
        '<row r="1"><row r="2"><c r="A2"><v>9</v></c></row></row>',
        '<row r="1"><c r="A1"><v>9</v></c>',
        '<c r="A1"><v>9</v></c></row>',
        "</row>",
        '<!-- <row r="1"><c r="A1"><v>9</v></c></row> --><row r="2"/>',
        '<row r="1"/><!-- </row><row r="2"><c r="A2"><v>9</v></c></row> -->',
        '<row r="1"><c r="A1" t="str"><v><![CDATA[</v></c></row>]]></v></c></row>',
        '<e xmlns="u"><row r="1"></row><row r="2"><c r="A2"><v>9</v></c></row></e>',
        '<?p <row r="1"><c r="A1"><v>9</v></c></row>?><row r="2"/>',
        '<row r="1"><e xmlns="u"><row></row></e></row><row r="2"><c r="A2"><v>8</v></c></row>',
    ],
)
def test_figures_that_only_look_like_figures_are_not_read(data: str) -> None:
    """注释、CDATA、处理指令和别的命名空间里写着的行不是行。"""
    shortcut, slow = both(made(data))
    assert shortcut == slow
    assert isinstance(shortcut, str) or "9" not in [cell.raw for cell in shortcut.cells]


ROW = '<row r="1"><c r="A1"><v>90</v></c></row>'
NOT_ROWS = {
    "在注释里": f"<!-- <sheetData>{ROW}</sheetData> -->",
    "在 CDATA 里": f"<ext><![CDATA[<sheetData>{ROW}</sheetData>]]></ext>",
    "在处理指令里": f"<?p <sheetData>{ROW}</sheetData>?>",
    "在略过的元素里": f"<ext><sheetData>{ROW}</sheetData></ext>",
    "在别的命名空间里": f'<ext xmlns="u"><sheetData>{ROW}</sheetData></ext>',
    "在属性里": f"<ext a='{ROW.replace('<', '&lt;')}'/>",
}


@pytest.mark.parametrize("where", NOT_ROWS)
@pytest.mark.parametrize("real", ["", "<x:sheetData/>", "<sheetData />"])
def test_rows_elsewhere_in_the_part_are_not_read(where: str, real: str) -> None:
    """不在工作表该在的地方的行，不是这张表的行；真的那一处换一种写法也一样。"""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    content = f'<worksheet xmlns="{main}" xmlns:x="{main}">{NOT_ROWS[where]}{real}</worksheet>'
    shortcut, slow = both(written(content))
    assert shortcut == slow
    assert isinstance(shortcut, Sheet)
    assert shortcut.cells == ()


def test_bytes_that_read_otherwise_in_utf_16_are_not_rows() -> None:
    """UTF-16 里的汉字，字节恰好像一张表，也不是表。"""
    disguised = f"-<sheetData>{ROW}</sheetData>".encode()
    assert len(ROW) % 2 == len(disguised) % 2 == 0
    odd = f"<e a='{disguised.decode('utf-16-le')}'/><sheetData/></worksheet>"
    start = sheet("").partition("?>")[2].partition("<sheetData>")[0]
    shortcut, slow = both(written(f"{start}{odd}".encode("utf-16")))
    assert shortcut == slow
    assert isinstance(shortcut, Sheet)
    assert shortcut.cells == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<cols><col min="1" max="1" hidden="1"/></cols>', ""),
        ("", '<cols><col min="1" max="1" hidden="1"/></cols>'),
        ("", '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'),
        ("", '<mergeCells count="1"><mergeCell ref="A0"/></mergeCells>'),
        ("", '<row r="2"><c r="A2"><v>1</v></c></row>'),
        ("<a><b></a></b>", ""),
        ("<e>&bad;</e>", ""),
        ("", "<sheetData><row/></sheetData>"),
        ("", "<x:sheetData xmlns:x='u'/>"),
    ],
)
def test_what_stands_around_the_rows_counts_the_same(before: str, after: str) -> None:
    """隐藏的列、合并区域、写错了地方的、不合语法的：两条路一样。"""
    shortcut, slow = both(written(sheet(ROW, before, after)))
    assert shortcut == slow


@pytest.mark.parametrize("space", ["x14ac", "other"])
@pytest.mark.parametrize("where", ["<worksheet ", "<ext "])
def test_an_undeclared_prefix_is_left_to_the_parser(space: str, where: str) -> None:
    """前缀没有声明就是不合语法；Excel 声明了的照走近路。"""
    row = '<row r="1" x14ac:dyDescent="0.2"><c r="A1"><v>1</v></c></row>'
    content = sheet(row, '<ext a="1"/>').replace(where, f'{where}xmlns:{space}="u" ')
    shortcut, slow = both(written(content))
    assert shortcut == slow
    declared = space == "x14ac" and where == "<worksheet "
    assert isinstance(shortcut, Sheet) is declared
    assert not declared or taken(written(content))


@pytest.mark.parametrize("reference", ["&bad;", "&#0;", "&", "&#x110000;", "]]>", "\u0001"])
def test_a_reference_that_cannot_be_is_damage(reference: str) -> None:
    """平常的行里有不合法的实体、不合法的字。"""
    row = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{reference}</t></is></c></row>'
    assert both(made(row)) == ["file_damaged", "file_damaged"]


@pytest.mark.parametrize("encoding", ["utf-8", "us-ascii", "latin-1", "utf-16"])
def test_other_encodings_are_left_to_the_parser(encoding: str) -> None:
    """写明是别的编码、其实不是那种编码的：两条路一样。"""
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>\u00e9</t></is></c></row>'
    plain = sheet(row)
    for content in (
        plain.replace("UTF-8", encoding).encode(),
        plain.replace("UTF-8", encoding).encode(encoding, "ignore"),
        plain.partition("?>")[2].encode(encoding, "ignore"),
    ):
        shortcut, slow = both(written(content))
        assert shortcut == slow


@pytest.mark.parametrize(
    "head",
    [
        "",
        "<?xml version='1.0'?>",
        '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n',
        '<?xml version="1.0" encoding="us-ascii"?>',
        "\ufeff",
        "<!-- a -->",
        "<?p?>",
    ],
)
def test_every_usual_start_is_read(head: str) -> None:
    """各种写法的开头。"""
    row = sheet('<row r="1"><c r="A1"><v>1</v></c></row>').partition("?>")[2]
    assert [cell.raw for cell in cells(written(head + row))] == ["1"]


def test_a_long_text_is_read_whole() -> None:
    """一段文字长过解析器一次给的，也一字不少。"""
    long = "字" * 20_000
    row = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{long}</t></is></c></row>'
    assert [cell.raw for cell in cells(made(row))] == [long]


def test_ordinary_sheets_take_the_shortcut() -> None:
    """近路真有人走：平常的表里，没有一行惊动解析器。"""
    row = "".join(PLAIN_CELLS[2:]).replace('<c r="B{0}" s="1" />', "")
    data = "".join(f'<row r="{r}">{row.format(r)}</row>' for r in range(1, 9))
    assert taken(made(f'{data}<row r="9"/>'))
    assert not taken(made(f"{data} "))
