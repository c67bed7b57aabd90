"""共享串表的近路与逐个元素读必须处处一样：读出来一样，拒收也一样。"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipmeasures.returns.workbook import FileRefused, package, read_workbook
from ipmeasures.returns.workbook import strings as reading

from .parts import MAIN, parts, sheet, strings, zipped

ITEMS = [
    "<si><t>甲</t></si>",
    "<si><t>乙 &lt;&#25991;&gt;</t></si>",
    '<si><t xml:space="preserve"> 丙\r\n丁 </t></si>',
    "<si><t>_x0041__x000D_</t></si>",
    "<si><t></t></si>",
    "<si><t/></si>",
    "<si/>",
    "<si><r><t>富</t></r><r><t>文本</t></r></si>",
    "<si><t>注音</t><rPh><t>zhù</t></rPh></si>",
]
PIECES = [
    *ITEMS,
    *("<si>", "</si>", "<t>", "</t>", "文", "&amp;", "&bad;", "&#0;", "]]>", " ", "\u0001"),
    *("<!-- ", " -->", "<![CDATA[", "<?p ?>", "</sst>", "<sst>", "<x/>", '<si xmlns="u">'),
]
NUMBERS = "".join(f'<c r="{column}1" t="s"><v>{n}</v></c>' for n, column in enumerate("ABCD"))


def outcome(content: bytes) -> list[str] | str:
    try:
        return [cell.raw for cell in read_workbook(content).sheets[0].cells]
    except FileRefused as refused:
        return refused.problem.code


def both(shared: str | bytes, chunk: int = 65_536) -> list[list[str] | str]:
    """走近路和不走近路的结果；``shared`` 是整份共享串表。"""
    made = parts(sheet(f'<row r="1">{NUMBERS}</row>'), shared="")
    content = zipped({**made, "xl/sharedStrings.xml": shared})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package, "_CHUNK", chunk)
        shortcut = outcome(content)
        patch.setattr(reading, "_read_plain", lambda _: None)
        return [shortcut, outcome(content)]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from([*ITEMS * 4, *PIECES]), max_size=8), st.sampled_from([200, 65_536]))
def test_any_jumble_reads_the_same(pieces: list[str], chunk: int) -> None:
    """各条文字、标签、注释随意拼：两条路同样读出，或同样拒收。"""
    filler = "<si><t>一</t></si>" * 4
    shortcut, slow = both(f'<sst xmlns="{MAIN}">{"".join(pieces)}{filler}</sst>', chunk)
    assert shortcut == slow


FOUR = "<si><t>九</t></si>" * 4


@pytest.mark.parametrize(
    "shared",
    [
        f'<sst xmlns="{MAIN}"><!-- {FOUR}</sst> --></sst>',
        f'<sst xmlns="{MAIN}"><!-- {FOUR}</sst> --></sst >',
        f'<sst xmlns="{MAIN}"><![CDATA[{FOUR}</sst>]]></sst >',
        f'<sst xmlns="{MAIN}"><?p {FOUR}</sst>?></sst >',
        f'<sst xmlns="{MAIN}"><e>{FOUR}</e></sst>',
        f'<sst xmlns="u">{FOUR}</sst>',
        f'<x:sst xmlns:x="{MAIN}">{FOUR}</x:sst>',
        f'<x:sst xmlns:x="{MAIN}"><sst>{FOUR}</sst></x:sst>',
        f'<!DOCTYPE sst><sst xmlns="{MAIN}">{FOUR}</sst>',
        f'<sst xmlns="{MAIN}">{FOUR}</sst><e/>',
        f'<sst xmlns="{MAIN}" count="4" uniqueCount="4">\n{FOUR}</sst>\n',
        f'<?xml version="1.0" encoding="us-ascii"?><sst xmlns="{MAIN}">{FOUR}</sst>',
        f'<sst xmlns="{MAIN}">{FOUR}</sst>'.encode("utf-16"),
        f'<sst xmlns="{MAIN}">{FOUR}</sst>'.encode("gb18030"),
        f'<sst xmlns="{MAIN}"/>',
    ],
)
def test_what_only_looks_like_texts_is_not_read(shared: str | bytes) -> None:
    """注释、CDATA、别的命名空间里的，不是这份表的文字；不合语法的、别的编码的，两条路一样。"""
    shortcut, slow = both(shared)
    assert shortcut == slow


def test_bytes_that_read_otherwise_in_utf_16_are_not_texts() -> None:
    """UTF-16 里的汉字，字节恰好像几条文字，也不是文字。"""
    disguised = f"sst!{FOUR}</sst>".encode()
    assert len(disguised) % 2 == 0
    odd = f"<e a='{disguised.decode('utf-16-le')}'/>"
    assert both(f'<sst xmlns="{MAIN}">{odd}</sst>'.encode("utf-16")) == ["file_damaged"] * 2


@pytest.mark.parametrize("text", ["sst", "]]&gt;", "字" * 20_000])
def test_unusual_texts_are_read_whole(text: str) -> None:
    """文字里有近路拿不准的，也一字不少。"""
    shortcut, slow = both(strings(*[f"<t>{text}</t>"] * 4))
    assert shortcut == slow == [text.replace("&gt;", ">")] * 4


def test_ordinary_texts_take_the_shortcut(monkeypatch: pytest.MonkeyPatch) -> None:
    """近路真有人走：Excel、WPS 平常写的，不必逐个元素读。"""
    monkeypatch.setattr(reading, "_read_elements", lambda *_: pytest.fail("没有走近路"))
    shared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n' + strings(
        *("<t>甲</t>", '<t xml:space="preserve"> 乙</t>', "<t>&amp;</t>", "<t>_x0041_</t>")
    )
    content = zipped(parts(sheet(f'<row r="1">{NUMBERS}</row>'), shared=shared))
    assert outcome(content) == ["甲", " 乙", "&", "A"]
