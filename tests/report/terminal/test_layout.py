"""终端版面：80 列以内，中文占两列，什么也不丢。"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.report.terminal.layout import WIDTH, clip, pad, table, width, wrap

CLOSING = "，。；：、？！）》”’％"
TEXTS = st.text(max_size=300)
MIXED = st.lists(
    st.one_of(
        st.sampled_from([*"的数，。；：、？！）》”％（《“ \n\t", "ipm", "2023Q2", "12.50%", "a,b"]),
        st.from_regex(r"[A-Za-z0-9._/-]{1,40}", fullmatch=True),
        st.text("知识产权", min_size=1, max_size=5),
    ),
    max_size=80,
).map("".join)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("知识", 4),
        ("“—…", 6),
        ("Ａ１", 4),
        ("e\u0301", 1),
        ("ｱ", 1),
        ("😀", 2),
    ],
)
def test_width_of_chinese(text: str, columns: int) -> None:
    """中文、全角和宽窄不定的标点占两列，西文一列，叠加的符号不占。"""
    assert width(text) == columns


@given(TEXTS, st.integers(2, 40))
def test_clip_never_exceeds(text: str, columns: int) -> None:
    """截短的不超过几列，以省略号结尾；放得下的照写。"""
    cut = clip(text, columns)
    assert width(cut) <= columns
    plain = " ".join(text.split())
    assert cut == plain or (cut.endswith("…") and plain.startswith(cut[:-1]))


@given(TEXTS, st.integers(2, 40), st.booleans())
def test_pad_is_exactly_that_wide(text: str, columns: int, right: bool) -> None:  # noqa: FBT001
    """补齐的正好几列。"""
    assert width(pad(text, columns, right=right)) == columns


def test_pad_sides() -> None:
    assert (pad("数", 4), pad("数", 4, right=True)) == ("数  ", "  数")


@given(
    st.one_of(TEXTS, MIXED), st.sampled_from(["", "  原因：", "    [错误] "]), st.integers(20, 80)
)
def test_no_line_is_wider_and_nothing_is_lost(text: str, first: str, columns: int) -> None:
    """什么文字都不超过这样宽，除了空白什么都不丢，次序不变。"""
    indent = " " * width(first)
    lines = wrap(text, columns, first=first, indent=indent)
    assert all(width(line) <= columns for line in lines)
    assert lines[0].startswith(first.rstrip())
    kept = "".join("".join(lines).split())
    assert kept == "".join((first + text).split())
    assert all(line.startswith(indent) and line.strip() for line in lines[1:])
    assert all(line == line.rstrip() for line in lines)


def test_the_default_is_80_columns() -> None:
    assert {width(line) for line in wrap("知" * 100)} == {80, 40}
    assert WIDTH == 80


@given(MIXED)
def test_words_and_numbers_stay_whole(text: str) -> None:
    """西文的词和数不拆开，除非连着的比一行还长。"""
    whole = re.findall(r"[!-~]+", " ".join(wrap(text)))
    for word in re.findall(r"[!-~]+", text):
        assert word in whole or len(word) > WIDTH - 10


def test_only_longer_than_a_line_is_broken() -> None:
    """比一行还长的（路径）才拆。"""
    assert wrap("见 " + "a" * 79, 80) == ["见", "a" * 79]
    assert wrap("/home/" + "x" * 90, 80) == ["/home/" + "x" * 74, "x" * 16]
    assert wrap("a" * 30, 20, first="原因：") == ["原因：" + "a" * 14, "a" * 16]
    assert wrap("a" * 18, 20, first="原因：") == ["原因：", "a" * 18]


@given(MIXED)
def test_no_line_begins_with_punctuation(text: str) -> None:
    """标点不放在行首（标点连着比一行还长的除外）。"""
    for line in wrap(text)[1:]:
        assert line[0] not in CLOSING or re.search(rf"([{CLOSING}]\s*){{20}}", text)


@pytest.mark.parametrize("mark", [*CLOSING, "…", ",", ".", ")", ";", "%", "<1", "=2"])
def test_a_mark_goes_with_the_word_before(mark: str) -> None:
    """放不下标点时，连前一个字一起移到下一行。"""
    assert wrap("一二三四五" + mark + "六", 10)[1].startswith("五" + mark)


@pytest.mark.parametrize("mark", "（《“")
def test_an_opening_mark_goes_with_the_word_after(mark: str) -> None:
    """左括号不放在行尾。"""
    assert wrap("一二三四" + mark + "五", 10) == ["一二三四", mark + "五"]


def test_white_space_is_one_kind() -> None:
    """换行、制表、全角空格都作空格；行首的不留，行中的照留。"""
    assert wrap(" 一\n二\t三\u3000四") == ["一 二 三 四"]
    assert wrap("a  b") == ["a  b"]
    assert wrap("", first="  下一步：") == ["  下一步："]
    assert wrap("") == [""]


def test_table_lines() -> None:
    """各列对齐，靠右的靠右，放不下的截短，行尾没有空格。"""
    lines = table(("名", "数"), [("知识产权局", "1"), ("甲", "")], (6, 4), " r")
    assert lines == ["名       数", "-----------", "知识…    1", "甲"]
