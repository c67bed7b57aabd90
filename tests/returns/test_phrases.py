"""什么话等于没有说：一处定，理由、空话都照它。"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.problem import Severity
from ipmeasures.returns.phrases import is_empty_phrase, is_reason

from .plans import checked, codes, consolidated, expected, figure, of, the

NO_REASONS = (
    "", "/", "／", "-", "——", "无", "没有", "不适用", "未更新", "撤回", "n/a", "N/A", "*", "...", "……", "1",
    "。", "无。", "（无）", "正在推进", "同上", "略", "无说明",
)  # fmt: skip
REASONS = (
    "登记改由省里统一办理",
    "一季度重复计了 10 件",
    "报错了",
    "无此项业务",
    "撤回重报",
    "更正",
    "不适用于本市",
)


@pytest.mark.parametrize("text", NO_REASONS)
def test_what_is_no_reason(text: str) -> None:
    """符号、状态词、空话都不是理由。"""
    assert not is_reason(text)


@pytest.mark.parametrize("text", REASONS)
def test_what_is_a_reason(text: str) -> None:
    """说了一点什么的都算，不替人判断够不够。"""
    assert is_reason(text)


@given(text=st.sampled_from((*NO_REASONS, *REASONS)), around=st.text("，。；：、！ ", max_size=3))
def test_punctuation_changes_nothing(text: str, around: str) -> None:
    """前后加标点、空格，是不是理由不变；空话都不是理由。"""
    assert is_reason(around + text + around) == is_reason(text)
    assert not (is_empty_phrase(text) and is_reason(text))


@pytest.mark.parametrize("note", [text for text in NO_REASONS if text])
@pytest.mark.parametrize("state", ["不适用", "撤回"])
def test_a_state_needs_a_real_reason(state: str, note: str) -> None:
    """不适用、撤回的说明只写“/”“撤回”一类的，等于没有写；话里引它写的，指到说明一格。"""
    head = "| 责任单位 | 报送期 | 编号 | 本期值 | 说明 |"
    found = checked(consolidated(f"| 市市场监管局 | 2023Q2 | I11 | {state} | '{note} |", head=head))
    one = the(found, "reason_missing")
    assert (one.place.cell, one.severity) == ("E2", Severity.ERROR)
    assert f"“{note}”不是理由" in one.message


@pytest.mark.parametrize("note", ["撤回", "/", "无", "同上"])
def test_a_total_that_fell_needs_a_real_reason(note: str) -> None:
    """累计数变小，说明里没有写原因的，不说“写了原因”。"""
    (found,) = of(
        checked(figure("150", "I06", note), expected("I06", history="2023Q1 160")), "total_fell"
    )
    assert found.severity is Severity.ERROR


def test_a_lag_needs_a_real_reason() -> None:
    """滞后原因写“/”的，照样提醒；“存在问题”写“无”是一句话，不提醒。"""
    head = "| 责任单位 | 报送期 | 编号 | 本期值 | 滞后原因 | 存在问题 |"
    rows = consolidated("| 市市场监管局 | 2023Q2 | I11 | 12 | / | 无 |", head=head)
    assert codes(checked(rows, expected("I11", lagging_below="14"))).count("reason_missing") == 1
    assert "empty_phrase" not in codes(checked(rows))
