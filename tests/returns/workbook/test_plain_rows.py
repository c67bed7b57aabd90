"""近路与逐个元素读必须处处一样：读出来一样，拒收也一样。"""

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipmeasures.returns.workbook import FileRefused, package, plain_rows, read_workbook
from ipmeasures.returns.workbook import sheet as reading
from ipmeasures.returns.workbook.cells import Cell

from .parts import book, cells, parts, sheet, strings, styles, zipped

PLAIN_CELLS = [
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
    *(cell.format(1) for cell in PLAIN_CELLS),
    *(f'<row r="{row}">{cell.format(row)}</row>' for row in (1, 2, 7) for cell in PLAIN_CELLS),
]


def straight(chunks: Iterable[bytes], taker: plain_rows.RowTaker) -> Iterator[bytes]:
    """不走近路。"""
    del taker
    yield from chunks


def outcome(content: bytes) -> tuple[Cell, ...] | str:
    try:
        return read_workbook(content).sheets[0].cells
    except FileRefused as refused:
        return refused.problem.code


def both(content: bytes, chunk: int = 65_536) -> list[tuple[Cell, ...] | str]:
    """走近路和不走近路的结果；``chunk`` 是一次解压多少。"""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package, "_CHUNK", chunk)
        shortcut = outcome(content)
        patch.setattr(reading, "beyond_plain_rows", straight)
        return [shortcut, outcome(content)]


def made(data: str) -> bytes:
    shared = strings("<t>甲</t>", "<t>乙</t>")
    return book(data, shared=shared, styled=styles("0", "10"))


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from([90, 400, 65_536]))
def test_any_jumble_reads_the_same(pieces: list[str], chunk: int) -> None:
    """标签、文字、注释随意拼：两条路同样读出，或同样拒收。"""
    shortcut, slow = both(made("".join(pieces)), chunk)
    assert shortcut == slow


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 40), st.lists(st.sampled_from(PLAIN_CELLS), max_size=6))),
    st.sampled_from([90, 400, 65_536]),
)
def test_rows_of_every_order_read_the_same(rows: list[tuple[int, list[str]]], chunk: int) -> None:
    """平常的行，次序打乱、有重复的：同样读出，或同样拒收。"""
    data = "".join(f'<row r="{r}">{"".join(row).format(r)}</row>' for r, row in rows)
    shortcut, slow = both(made(data), chunk)
    assert shortcut == slow


@pytest.mark.parametrize(
    "data",
    [
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
    assert isinstance(shortcut, str) or "9" not in [cell.raw for cell in shortcut]


@pytest.mark.parametrize("space", ["x14ac", "other"])
def test_an_undeclared_prefix_is_left_to_the_parser(space: str) -> None:
    """前缀没有声明就是不合语法；Excel 声明了的照走近路。"""
    content = sheet('<row r="1" x14ac:dyDescent="0.2"><c r="A1"><v>1</v></c></row>')
    declared = content.replace("<worksheet ", f'<worksheet xmlns:{space}="u" ')
    shortcut, slow = both(zipped(parts(declared)))
    assert shortcut == slow
    assert isinstance(shortcut, str) is (space == "other")


@pytest.mark.parametrize("reference", ["&bad;", "&#0;", "&", "&#x110000;"])
def test_a_reference_that_cannot_be_is_damage(reference: str) -> None:
    """平常的行里有不合法的实体。"""
    row = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{reference}</t></is></c></row>'
    assert both(made(row)) == ["file_damaged", "file_damaged"]


def test_bytes_that_are_not_utf_8_are_damage() -> None:
    """平常的行里有不是 UTF-8 的字节。"""
    row = sheet('<row r="1"><c r="A1" t="str"><v>\u00ff</v></c></row>').encode("latin-1")
    assert both(zipped({**parts(sheet("")), "xl/worksheets/sheet1.xml": row})) == [
        "file_damaged",
        "file_damaged",
    ]


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
    assert [cell.raw for cell in cells(zipped(parts(head + row)))] == ["1"]


def test_most_rows_take_the_shortcut(monkeypatch: pytest.MonkeyPatch) -> None:
    """近路真有人走：平常的表里，没有一行惊动解析器。"""
    seen: list[bytes] = []

    def watched(chunks: Iterable[bytes], taker: plain_rows.RowTaker) -> Iterator[bytes]:
        for chunk in plain_rows.beyond_plain_rows(chunks, taker):
            seen.append(chunk)
            yield chunk

    monkeypatch.setattr(reading, "beyond_plain_rows", watched)
    usual = [cell for cell in PLAIN_CELLS[2:] if "&amp;" not in cell]
    data = "".join(f'<row r="{r}">{"".join(usual).format(r)}</row>' for r in range(1, 9))
    assert len(cells(made(data))) == 8 * 4
    assert b"<row" not in b"".join(seen)
