"""印好只供对照的格：改了的要说，没有改的不说；表也许在后来的更正以前就发了。"""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.problem import Problem, Severity
from ipmeasures.quarter import Quarter
from ipmeasures.returns.checks import check_return
from ipmeasures.returns.circumstances import Circumstances, Recorded

from .markdown import Md, workbook
from .plans import CULTURE, HEADS, Q2, TODAY, consolidated, info, of, plan, read

HEAD = "| 编号 | 2020年基期值 | 2025年目标值 | 序时应达 | 上年同期 | 上期值 | 本期值 |"
COLUMNS = {"基期值": "B", "目标值": "C", "序时应达": "D", "上年同期": "E", "上期值": "F"}
LAST, AGO = Quarter(2023, 1), Quarter(2022, 2)
CODES: set[str] = set()  # cell_ignored 的另几种说法，代码的用例在 test_row.py


def told(
    row: str,
    values: Mapping[Quarter, str] | None = None,
    once: Mapping[Quarter, set[str]] | None = None,
    merges: tuple[str, ...] = (),
    key: str = "I08",
) -> list[Problem]:
    """“指标数据”里的一行，说了印好的格什么；``values`` 是在案的，``once`` 是曾在案的。"""
    pages = [Md(name, HEADS[name]) for name in ("措施进展", "里程碑")]
    table = Md("指标数据", f"{HEAD}\n| {key} | {row} |", merges)
    (found,) = read(workbook(info(CULTURE), table, *pages)).returns
    recorded = tuple(
        Recorded(key, when, when, Decimal(value), "") for when, value in (values or {}).items()
    )
    before = {(key, w): frozenset(map(Decimal, v)) for w, v in (once or {}).items()}
    known = Circumstances(plan(), TODAY, recorded=recorded, once=before)
    return of(check_return(found, known), "cell_ignored")


ROWS = [
    # 一行、说的是哪一格、话里要有的字
    ("0.16 | 0.24 | 9 | 0.11 | 0.05 | 0.12", "", ""),
    ("| | | | | 0.12", "", ""),
    ("- | / | | — | 无 | 0.12", "", ""),
    ("0.16 | '0.24 | 9 | '0.11 | '0.05 | 0.12", "", ""),
    ("0.16 | ≥0.24 | | 0.1100 | 0.05000 | 0.12", "", ""),
    ("| | | | 0.06 | 0.12", "上期值", "“上期值”一格写着 0.06，与在案的 0.05 不同"),
    ("| | | | 0.06 |", "上期值", "与在案的 0.05 不同"),
    ("| | | | '0.06万件 | 0.12", "上期值", "写着 0.06万件"),
    ("| | | | 见附件 | 0.12", "上期值", "写着 见附件"),
    ("| | | 0.05 | | 0.12", "上年同期", "写着 0.05，与在案的 0.11 不同"),
    ("0.17 | | | | | 0.12", "基期值", "写着 0.17，计划是 0.16"),
    ("| 0.25 | | | | 0.12", "目标值", "写着 0.25，计划是 0.24"),
    ("| ≥0.25 | | | | 0.12", "目标值", "写着 0.25"),
]


@pytest.mark.parametrize(("row", "header", "words"), ROWS)
def test_what_is_typed_into_a_printed_cell_is_told(row: str, header: str, words: str) -> None:
    """与可能印着的不同的才说，指到那一格；空着的、划掉的、照印的不说，序时应达不比。"""
    found = told(row, {LAST: "0.05", AGO: "0.11"})
    assert [p.place.cell for p in found] == ([f"{COLUMNS[header]}2"] if header else [])
    for problem in found:
        assert words in problem.message
        assert (problem.severity, problem.item) == (Severity.WARNING, "I08")
        assert "本期值" in problem.fix


def test_nothing_on_record() -> None:
    """在案没有数，而印好的格里有数：话里这样说。"""
    (found,) = told("| | | | 0.06 |")
    assert "在案没有这个数" in found.message


def test_a_merge_with_the_figure() -> None:
    """与本期值横着合并的，数写在左上角：与在案的一样也说；只与别的列合并的照常。"""
    row = "| | | | 0.05 |"
    (found,) = told(row, {LAST: "0.05"}, merges=("F2:G2",))
    assert (found.place.cell, "合并" in found.message) == ("F2", True)
    (planned,) = told("| | 0.05 | | |", merges=("D2:G2",))
    assert (planned.place.cell, "“序时应达”一格写着 0.05" in planned.message) == ("D2", True)
    assert told("| | | 0.05 | | 0.1", {AGO: "0.05"}, merges=("E2:F2",)) == []


def test_a_form_may_be_older_than_a_correction() -> None:
    """表发出去以后更正、退回、补报了上期的，印着的是当时的数，不算改过。"""
    once = {LAST: {"0.04", "0.05"}, AGO: {"0.1"}}
    assert told("| | | 0.1 | 0.04 | 0.12", {LAST: "0.05", AGO: "0.11"}, once) == []
    assert told("| | | | 0.03 | 0.12", {LAST: "0.05", Quarter(2022, 4): "0.03"}) == []
    (later,) = told("| | | | 0.2 | 0.12", {LAST: "0.05", Q2: "0.2"})
    assert later.place.cell == "F2"


def test_a_table_without_these_columns() -> None:
    """手工表、汇总表没有这些列，没有什么可说。"""
    (found,) = read(consolidated(f"| {CULTURE} | 2023Q2 | I08 | 0.1 |")).returns
    assert found.printed == ()


FIGURES = st.decimals(0, 100, places=4)


@given(written=FIGURES, now=FIGURES, once=st.sets(FIGURES, max_size=3))
def test_only_what_was_never_on_record_is_told(
    written: Decimal, now: Decimal, once: set[Decimal]
) -> None:
    """上期值写着的数，当且仅当从没在案过才说。"""
    found = told(f"| | | | {written} | 1", {LAST: str(now)}, {LAST: set(map(str, once))})
    assert bool(found) == (written not in {now, *once})
