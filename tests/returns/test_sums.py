"""合计行：真是合计的才不入库，对得上对不上说一声；再多也不让它没完没了地加。"""

import pytest

from ipmeasures.returns.consolidated import ConsolidatedReader
from ipmeasures.returns.workbook import read_workbook

from .plans import MARKET, checked, codes, consolidated, form, of, plan, told

HEAD = "| 责任单位 | 报送期 | 编号 | 指标名称 | 本期值 |"
TWO = ("| 威海海关 | 2023Q2 | M05-1 | | 3 |", "| 荣成海关 | 2023Q2 | M05-1 | | 4 |")
NAME = plan().items["M05-1"].name  # type: ignore[union-attr] - 量化任务有名称

LINES = [
    # 合计行；上面有这一项可加时、没有时的代码
    ("| 两海关合计 | 2023Q2 | M05-1 | | 7 |", "total_row", "agency_unknown"),
    ("| 合计 | | M05-1 | | 7 |", "total_row", "agency_unknown"),
    (f"| | | 合计 | {NAME} | 7 |", "total_row", "agency_unknown"),
    ("| 合计 | 2023Q1 | M05-1 | | 7 |", "agency_unknown", "agency_unknown"),
    ("| 合计 | 2023Q2 | M05-9 | | 7 |", "agency_unknown", "agency_unknown"),
    ("| 合计 | 2023Q2 | — | | 7 |", "total_row", "total_row"),
    ("| 市市场监管局 | 2023Q2 | M07-1 | 合计 | 7 |", "item_mismatch", "item_mismatch"),
    ("| 市市场监管局 | 2023Q2 | 小计 | | 7 |", "total_row", "total_row"),
]


@pytest.mark.parametrize(("line", "above", "alone"), LINES)
def test_a_total_of_nothing_is_a_row(line: str, above: str, alone: str) -> None:
    """写着哪一项的合计，上面要有这一项可加；不然它的数就悄悄丢了。"""
    assert above in codes(checked(consolidated(*TWO, line, head=HEAD)))
    found = codes(checked(consolidated(line, head=HEAD)))
    assert alone in found
    assert ("total_row" in found) is (alone == "total_row")


def test_a_row_not_read_may_be_in_the_total() -> None:
    """上面的一行读不成，合计仍是合计，不再说它不是责任单位。"""
    wrong = TWO[0].replace("2023Q2", "2023Q9")
    found = codes(checked(consolidated(wrong, "| 合计 | | M05-1 | | 7 |", head=HEAD)))
    assert found == ["quarter_invalid", "total_row"]


@pytest.mark.parametrize(("total", "wrong"), [("53", False), ("54", True)])
def test_totals_in_a_form_are_checked(total: str, wrong: bool) -> None:  # noqa: FBT001 - 一行一个情形
    """一个单位自己的表里，同样计量单位的各行加得起来，也要对。"""
    content = form(MARKET, 指标数据=f"| I04 || 44 |\n| I05 || 9 |\n| 合计 || {total} |")
    assert bool(of(checked(content), "total_mismatch")) is wrong
    assert told(content) == {("I04", "value"): "44", ("I05", "value"): "9"}


def test_totals_are_not_added_without_end() -> None:
    """几千行合计、每行加几千行的，加到一定数目就不再对；照样不入库。"""
    book = read_workbook(consolidated(*TWO, "| 合计 | | | | 9 |", head=HEAD))
    reader = ConsolidatedReader(book, plan())
    reader.sums.budget = 1
    assert codes(reader.read().problems) == ["total_row"]
    assert "total_mismatch" in codes(ConsolidatedReader(book, plan()).read().problems)
