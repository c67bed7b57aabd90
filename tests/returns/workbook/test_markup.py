"""XML 怎么写都行，但只有真写在格里的才是数；写法不合规矩的整份拒收。"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipmeasures.returns.workbook import FileRefused, package, read_workbook
from ipmeasures.returns.workbook.cells import Cell

from .parts import book, cells, parts, refusal, sheet, strings, styles, zipped

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SHEET = "xl/worksheets/sheet1.xml"
BLANK, CELL = '<c r="A1"/>', '<c r="A1"><v>1</v></c>'
ONE = f'<row r="1">{CELL}</row>'
CELLS = [
    "",
    '<c r="A{0}"/>',
    '<c r="A{0}" s="0" t="s"><v>1</v></c>',
    '<c r="B{0}" s="1" />',
    '<c r="C{0}"><v>1.5</v></c>',
    '<c r="D{0}" t="str"><f>A1&amp;"x"</f><v>x</v></c>',
    '<c r="E{0}"><f>A1</f><v>3</v></c>',
    '<c r="F{0}" t="inlineStr"><is><t>&#25991;字 &lt;</t></is></c>',
]
PIECES = [
    *('<row r="1">', '<row r="2" hidden="1">', '<row r="3" r="3">', "<row>", "</row>"),
    *('<row r="4"/>', '<row r="5" x14ac:dyDescent="0.2">', '<row r="6" xmlns="u">'),
    *('<c r="A1">', '<c r="B2">', "<c>", "</c>", "<v>", "</v>", "1", "NaN", "<f>", "</f>"),
    *("<is><t>", "</t></is>", "&amp;", "&#49;", "&#0;", "&bad;", "]]>", " ", "\r\n", "\u0001"),
    *("<x>", "</x>", "<!-- ", " -->", "<![CDATA[", "<?p ?>", "</sheetData>", "<sheetData>"),
    *(cell.format(1) for cell in CELLS),
    *(f'<row r="{row}">{cell.format(row)}</row>' for row in (1, 2, 7) for cell in CELLS),
]


def outcome(content: bytes, chunk: int) -> tuple[Cell, ...] | str:
    """读出的格，或拒收的代码；``chunk`` 是一次解压多少字节。"""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package, "_CHUNK", chunk)
        try:
            return read_workbook(content).sheets[0].cells
        except FileRefused as refused:
            return refused.problem.code


def made(data: str) -> bytes:
    return book(data, shared=strings("<t>甲</t>", "<t>乙</t>"), styled=styles("0", "10"))


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from([1, 90, 400]))
def test_where_the_bytes_are_cut_does_not_matter(pieces: list[str], chunk: int) -> None:
    """标签、文字、注释随意拼：在哪里断开，都同样读出，或同样拒收。"""
    content = made("".join(pieces))
    assert outcome(content, chunk) == outcome(content, 65_536)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 40), st.lists(st.sampled_from(CELLS), max_size=6))))
def test_rows_of_every_order_read_like_sorted_ones(rows: list[tuple[int, list[str]]]) -> None:
    """行的次序打乱，读出来与排好的一样；有重复的同样拒收。"""
    texts = [(r, f'<row r="{r}">{"".join(row).format(r)}</row>') for r, row in rows]
    ordered = sorted(texts, key=lambda pair: pair[0])
    one, other = (made("".join(text for _, text in found)) for found in (texts, ordered))
    assert outcome(one, 65_536) == outcome(other, 65_536)


@pytest.mark.parametrize(
    "data",
    [
        '<!-- <row r="1"><c r="A1"><v>9</v></c></row> --><row r="2"/>',
        '<row r="1"/><!-- </row><row r="2"><c r="A2"><v>9</v></c></row> -->',
        '<row r="1"><c r="A1" t="str"><v><![CDATA[</v></c></row>]]></v></c></row>',
        '<e xmlns="u"><row r="1"></row><row r="2"><c r="A2"><v>9</v></c></row></e>',
        '<?p <row r="1"><c r="A1"><v>9</v></c></row>?><row r="2"/>',
        '<row r="1"><e xmlns="u"><row></row></e></row><row r="2"><c r="A2"><v>8</v></c></row>',
        '<row r="1"><c r="A1"><e xmlns="u"><v>9</v></e><v>8</v></c></row>',
        '<row r="1"><c r="A1"><ext><v>9</v></ext></c></row>',
        '<row r="1"><t>9</t><c r="A1"><t>9</t><r><t>9</t></r></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><r><r><t>9</t></r></r></is></c></row>',
        '<row r="1"><c r="A1"><is><r><t>8</t><r><t>9</t></r></r></is></c></row>',
    ],
)
def test_figures_that_only_look_like_figures_are_not_read(data: str) -> None:
    """注释、CDATA、处理指令、扩展和别的命名空间里写着的不是数。"""
    assert not any("9" in cell.raw for cell in cells(made(data)))


def transparent(inside: str, choice: str = "") -> str:
    return (
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x">{choice}</mc:Choice>'
        f"<mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent>"
    )


@pytest.mark.parametrize(
    "data",
    [
        transparent(ONE, ONE),
        f'<row r="1">{transparent(CELL, BLANK)}</row>',
        f'<row r="1"><c r="A1">{transparent("<v>1</v>", "<v>9</v>")}</c></row>',
        f'<row r="1"><c r="A1" t="inlineStr"><is>{transparent("<t>1</t>")}</is></c></row>',
        transparent(transparent(ONE)),
        ONE + transparent("<x><row/></x>"),
        transparent("") * 100 + ONE,
    ],
)
def test_alternatives_are_read_by_their_fallback_at_every_level(data: str) -> None:
    """通用的写法写在哪一层都读，只读一遍。"""
    assert [(cell.address, cell.raw) for cell in cells(made(data))] == [("A1", "1")]


@pytest.mark.parametrize(
    "data",
    [
        transparent(CELL),
        f'<row r="1">{transparent(ONE)}</row>',
        transparent(ONE) + transparent(ONE),
        f'<row r="1"><c r="A1"><v>1</v>{transparent("<v>1</v>")}</c></row>',
    ],
)
def test_a_fallback_keeps_the_rules_around_it(data: str) -> None:
    """包在通用写法里也一样：写错了地方、写了两遍，拒收。"""
    assert refusal(made(data))[0] == "file_damaged"


@pytest.mark.parametrize(
    ("opening", "times"),
    [("<x>", 100_000), (f'<a:AlternateContent xmlns:a="{MC}">', 1_000), ("<row><x>", 100_000)],
)
def test_depth_inside_the_data_is_limited(opening: str, times: int) -> None:
    """数据里面嵌套得再深也早早拒收。"""
    assert refusal(book(opening * times))[0] == "file_too_large"


@pytest.mark.parametrize("space", ["x14ac", "other"])
def test_a_prefix_has_to_be_declared(space: str) -> None:
    """前缀没有声明就是不合语法；Excel 声明了的照读。"""
    content = sheet('<row r="1" x14ac:dyDescent="0.2"><c r="A1"><v>1</v></c></row>')
    declared = content.replace("<worksheet ", f'<worksheet xmlns:{space}="u" ')
    found = outcome(zipped(parts(declared)), 65_536)
    assert found == "file_damaged" if space == "other" else len(found) == 1


@pytest.mark.parametrize("reference", ["&bad;", "&#0;", "&", "&#x110000;"])
def test_a_reference_that_cannot_be_is_damage(reference: str) -> None:
    """不合法的实体。"""
    row = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{reference}</t></is></c></row>'
    assert refusal(made(row))[0] == "file_damaged"


def test_bytes_that_are_not_utf_8_are_damage() -> None:
    """行里有不是 UTF-8 的字节。"""
    row = sheet('<row r="1"><c r="A1" t="str"><v>\u00ff</v></c></row>').encode("latin-1")
    assert refusal(zipped({**parts(sheet("")), SHEET: row}))[0] == "file_damaged"


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
    row = sheet(ONE).partition("?>")[2]
    assert [cell.raw for cell in cells(zipped(parts(head + row)))] == ["1"]
