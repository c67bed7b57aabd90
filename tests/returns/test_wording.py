"""文字的疑点：只提醒，从不改字。"""

import datetime as dt
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.problem import Problem, Severity
from ipmeasures.returns.circumstances import Circumstances
from ipmeasures.returns.read import read_return
from ipmeasures.returns.wording import WORDING

from .plans import CUSTOMS, MARKET, consolidated, plan

HEAD = "| 责任单位 | 报送期 | 编号 | 本期值 | 说明 | 本季度进展 | 下一步措施 |"
LONG = "联合三家单位开展集中整治，检查市场主体120家次，立案8件，办结6件，组织培训两场。"


def said(*lines: str, last: Mapping[tuple[str, str], str] | None = None) -> list[Problem]:
    """各行（单位、季度以后的部分）引出的文字疑点。"""
    content = consolidated(*(f"| {MARKET} | 2023Q2 {line}" for line in lines), head=HEAD)
    reading = read_return(content, plan())
    known = Circumstances(plan(), dt.date(2023, 7, 5), last_texts=last or {})
    return [p for found in reading.returns for check in WORDING for p in check(found, known)]


@pytest.mark.parametrize("text", ["正在推进", "正在推进。", " 按计划推进 ！", "同上", "（略）"])
def test_a_phrase_that_says_nothing(text: str) -> None:
    """只有一句空话的，提醒写具体；指到那一格。"""
    (found,) = said(f"| M01 | | | {text} | |")
    assert (found.code, found.severity, found.place.cell) == (
        "empty_phrase", Severity.WARNING, "F2",
    )  # fmt: skip


def test_a_phrase_inside_a_sentence_is_fine() -> None:
    """句子里有“正在推进”不算空话。"""
    assert said("| M01 | | | 正在推进政策修订，已征求三家单位意见。 | |") == []


@pytest.mark.parametrize(
    ("before", "code"),
    [(LONG, "copied_text"), (LONG.replace("8件", "9件"), "copied_text"), ("全新的内容" * 5, "")],
)
def test_a_copied_text(before: str, code: str) -> None:
    """与上季度九成以上相同的，提醒；很短的、别的栏目的不比。"""
    found = said(f"| M01 | | | {LONG} | |", last={("M01", "progress"): before})
    assert [p.code for p in found] == [code] * bool(code)
    assert said("| M01 | | | 开会一次 | |", last={("M01", "progress"): "开会一次"}) == []
    assert said(f"| M01 | | | | {LONG} |", last={("M01", "next_step"): LONG}) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("上半年授权发明专利250件，同比增长。", "text_figure_differs"),
        ("上半年授权发明专利共250件。", "text_figure_differs"),
        ("上半年授权发明专利260件。", ""),
        ("上半年授权发明专利1,250件，同比增长。", "text_figure_differs"),
        ("上半年授权发明专利 1,250,250 件。", "text_figure_differs"),
        ("授权发明专利1,25件。", ""),
        ("上半年授权发明专利260.0件。", ""),
        ("另有实用新型 250件。", ""),
        ("授权发明专利，涉及企业 25 家、250件产品。", ""),
    ],
)
def test_a_text_that_contradicts_its_figure(text: str, code: str) -> None:
    """文字里紧跟事项名称的数与表上的不同，提醒。"""
    found = said("| M07-1 | 260 | | | |", f"| M07 | | | {text} | |")
    assert [p.code for p in found] == [code] * bool(code)
    for one in found:
        assert (one.item, one.place.cell) == ("M07-1", "F3")
        assert "250" in one.message
        assert "260" in one.message


@given(value=st.integers(0, 10**9), comma=st.sampled_from(["", ","]))
def test_thousands_may_be_grouped(value: int, comma: str) -> None:
    """文字里的数分不分千分位，说的都是同一个数。"""
    text = f"授权发明专利{value:{comma}}件"
    assert said(f"| M07-1 | {value} | | | |", f"| M07 | | | {text} | |") == []
    (found,) = said(f"| M07-1 | {value + 1} | | | |", f"| M07 | | | {text} | |")
    assert found.code == "text_figure_differs"


@pytest.mark.parametrize(
    ("one", "two", "note", "code"),
    [
        ("5", "6", "", "figures_differ"),
        ("5", "5", "", ""),
        ("5", "6", "口径不同：I03 含商标", ""),
        ("5", "", "", ""),
    ],
)
def test_two_figures_of_one_source(one: str, two: str, note: str, code: str) -> None:
    """同源的两个数不等又没有说明，提醒；写了说明、缺一个的不提。"""
    found = said(f"| I03 | {one} | {note} | | |", f"| M15-2 | {two} | | | |")
    assert [p.code for p in found] == [code] * bool(code)


def test_cases_and_other_agencies_are_left_alone() -> None:
    """没有可比的数、没有文字的单位，什么也不说。"""
    content = consolidated(f"| {CUSTOMS} | 2023Q2 | M05-1 | 2 | | | |", head=HEAD)
    reading = read_return(content, plan())
    known = Circumstances(plan(), dt.date(2023, 7, 5))
    assert [p for found in reading.returns for check in WORDING for p in check(found, known)] == []


CODES = {"empty_phrase", "copied_text", "text_figure_differs", "figures_differ"}
