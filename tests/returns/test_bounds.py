"""填得太多的表：不一处一处说下去，也不吃光内存；刚好不超的照常读。"""

import pytest

from ipmeasures.plan.owed import agencies_owing, owed_by
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.returns import bounds
from ipmeasures.returns.workbook import FileRefused

from .plans import MARKET, codes, consolidated, form, plan, read, the

LINE = f"| {MARKET} | 2023Q2 | I01 | 6.5 |"
_NONSENSE = "| 某局 | 2023Q2 | I01 | 6.5 |"


def _problems(count: int) -> list[Problem]:
    return [problem("quarter_invalid", Place("汇总表", f"B{n}"), value="？") for n in range(count)]


@pytest.mark.parametrize(
    ("lines", "returns", "count"),
    [(bounds.MAX_LINES, 1, 0), (0, bounds.MAX_RETURNS, 0), (0, 0, bounds.MAX_PROBLEMS)],
)
def test_the_limit_itself_is_read(lines: int, returns: int, count: int) -> None:
    """刚到上限的收，多一个就不收。"""
    bounds.check_bounds(lines, returns, _problems(count), [])
    more = (lines + (lines > 0), returns + (returns > 0), [], _problems(count + (count > 0)))
    with pytest.raises(FileRefused):
        bounds.check_bounds(*more)


@pytest.mark.parametrize(
    ("limit", "lines", "says"),
    [
        ("MAX_LINES", [LINE] * 3, "填了内容的行超过 2 行"),
        ("MAX_RETURNS", [LINE.replace("Q2", f"Q{n}") for n in (1, 2, 3)], "单位和季度的组合超过 2 个"),
        ("MAX_PROBLEMS", [_NONSENSE] * 3, "头一处 汇总表!A2：“某局”不是本措施的责任单位"),
        ("MAX_PROBLEMS", ["| 合计 |"] * 3, "问题超过 2 处"),
        ("MAX_PROBLEMS", [LINE, *["| 注： | | | 3 |"] * 3], "附注一行里的 3"),
    ],
)  # fmt: skip
def test_a_consolidated_sheet_with_too_much(
    monkeypatch: pytest.MonkeyPatch, limit: str, lines: list[str], says: str
) -> None:
    """汇总表：行、单位和季度、问题，哪一样太多都整份不读，只有一句话。"""
    assert "file_too_large" not in codes(read(consolidated(*lines)).problems)
    monkeypatch.setattr(bounds, limit, 2)
    reading = read(consolidated(*lines))
    found = the(reading.problems, "file_too_large")
    assert says in found.message
    assert (reading.returns, len(reading.problems)) == ((), 1)


@pytest.mark.parametrize("limit", ["MAX_LINES", "MAX_PROBLEMS"])
def test_a_form_with_too_much(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """一个单位的表同样。"""
    key = "I01" if limit == "MAX_LINES" else "I99"
    monkeypatch.setattr(bounds, limit, 2)
    row = f"| {key} | 每万人口高价值发明专利拥有量 | 6.5 |"
    reading = read(form(MARKET, 指标数据="\n".join([row] * 3)))
    assert codes(reading.problems) == ["file_too_large"]


def test_the_whole_history_is_far_below() -> None:
    """全部单位、计划期内全部季度的全部事项，也不到上限的四分之一。"""
    own = plan()
    rows = sum(len(owed_by(own, agency).ids) for agency in agencies_owing(own))
    quarters = 4 * own.document.years
    assert 0 < rows * quarters * 4 < bounds.MAX_LINES
    assert 0 < len(agencies_owing(own)) * quarters * 4 < bounds.MAX_RETURNS
