"""入库的行：一格一行，带着出处；空格没有行。"""

from decimal import Decimal

import pytest

from ipmeasures.quarter import Quarter
from ipmeasures.returns.filing import to_filing
from ipmeasures.returns.line import Line, State

from .plans import (
    COURT,
    CULTURE,
    MARKET,
    Q2,
    checked,
    codes,
    consolidated,
    figure,
    form,
    lines,
    read,
)


def test_a_figure_becomes_a_line_with_its_place() -> None:
    """数、状态、原样的字、工作表、单元格、数据时点都在。"""
    content = consolidated(f"| {MARKET} | 2023Q2 | I01 | '６.50 | | 2023年3月 | 年报 |")
    assert lines(content) == [
        Line("I01", "value", State.FIGURE, "６.50", "汇总表", "D2", Decimal("6.50"), None, Quarter(2023, 1)),
        Line("I01", "data_at", State.TEXT, "2023年3月", "汇总表", "F2", None, "2023年3月"),
        Line("I01", "source", State.TEXT, "年报", "汇总表", "G2", None, "年报"),
    ]  # fmt: skip


STATES = [
    ("6.5", State.FIGURE, "6.5"),
    ("0", State.ZERO, "0"),
    ("不适用", State.NOT_APPLICABLE, None),
    ("未更新", State.NOT_UPDATED, None),
    ("撤回", State.WITHDRAWN, None),
]


@pytest.mark.parametrize(("value", "state", "number"), STATES)
def test_each_state_has_its_own_line(value: str, state: State, number: str | None) -> None:
    """零是数，不适用、未更新、撤回没有数；未报没有行。"""
    line, *_ = lines(figure(value, "I09" if number else "I04", "说明"))
    assert (line.state, line.value) == (state, None if number is None else Decimal(number))
    assert state.label


def test_a_blank_has_no_line() -> None:
    """没有填数只写了说明的，只有说明一行。"""
    assert [(line.field, line.text) for line in lines(figure("", note="月底报"))] == [
        ("note", "月底报")
    ]


def test_a_withdrawn_text_has_no_words() -> None:
    """文字格写“撤回”，就是撤回这一段；前后有空白也是。"""
    content = form(COURT, 措施进展="| M01 || 撤回 | \u3000撤回 | 撤回机制不全 |")
    found = {line.field: (line.state, line.text) for line in lines(content)}
    assert found == {
        "status": (State.WITHDRAWN, None),
        "progress": (State.WITHDRAWN, None),
        "problems": (State.TEXT, "撤回机制不全"),
    }


def test_only_a_figure_has_a_date() -> None:
    """撤回、未更新的数没有时点。"""
    content = consolidated(f"| {MARKET} | 2023Q2 | I04 | 未更新 | | 2022 |")
    value, data_at = lines(content)
    assert (value.data_at, data_at.text) == (None, "2022")


HOSTILE = [
    "{{ 7*7 }}", "{% for x in y %}", "'=cmd\\|'/c calc'!A1", "'=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(A1)",
    "<script>alert(1)</script>", "\\| # * [x](javascript:)", "a & b < c > d \"e\" 'f'", "😀👩‍👩‍👧‍👦",
    "_x0041_", "&amp;lt;", "${jndi:ldap}", "%s %d {0}", "字" * 2000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str) -> None:
    """像公式、模板、标记的文字，入库的就是这些字：不执行，不丢，不改。"""
    content = form(COURT, 措施进展=f"| M01 || 推进中 | {text} |")
    (progress,) = [line for line in lines(content) if line.field == "progress"]
    assert progress.text == text.replace("\\|", "|").removeprefix("'" if text[1:2] == "=" else "")
    assert (progress.raw, progress.sheet, progress.cell) == (progress.text, "措施进展", "D2")
    assert checked(content) == ()


def test_equal_rows_are_filed_once() -> None:
    """相同的两行只入一次，出处是第一次。"""
    row = f"| {MARKET} | 2023Q2 | I01 | 6.5 | |"
    (line,) = lines(consolidated(row, row))
    assert line.cell == "D2"


def test_a_filing_says_who_when_and_how() -> None:
    """单位记文件里的名称，表上写的也留着；报送方式、填报人在内。"""
    content = form(
        "文旅局",
        "2023年上半年",
        "| 报送方式 | 补录 |",
        "| 填报人 | 甲 |",
        指标数据="| I08 || 0.1 |",
    )
    (found,) = map(to_filing, read(content).returns)
    assert (found.agency, found.agency_as_written, found.quarter) == (CULTURE, "文旅局", Q2)
    assert (found.manner, found.signed) == ("补录", (("filled_by", "甲"),))


def test_cases_are_filed_under_their_titles() -> None:
    """典型案例以标题为事项，一格一行。"""
    content = form(COURT, 典型案例="| 护航展会 | M05 | 现场维权 | 可公开 |")
    found = {(line.item, line.field): line.text for line in lines(content)}
    assert found == {
        ("case:护航展会", "title"): "护航展会", ("case:护航展会", "measure"): "M05",
        ("case:护航展会", "summary"): "现场维权", ("case:护航展会", "public"): "可公开",
    }  # fmt: skip
    assert codes(checked(content)) == []
