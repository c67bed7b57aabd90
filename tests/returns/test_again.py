"""再读一遍原件：打不开的说为什么；不问计划，一格自己说的是什么。"""

from decimal import Decimal

import pytest

from ipmeasures.returns.again import Again, plain_figure, read_again
from ipmeasures.returns.line import State
from ipmeasures.returns.workbook.cells import Cell, CellType, Sheet, Workbook


def cell(raw: str, kind: CellType = CellType.TEXT, number_format: str = "General") -> Cell:
    return Cell(2, 3, raw, kind, None, number_format)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (cell("7.2", CellType.NUMBER), Decimal("7.2")),
        (cell("0.28499999999999998", CellType.NUMBER), Decimal("0.285")),
        (cell("0.0423", CellType.NUMBER, "0.00%"), Decimal("4.23")),
        (cell("1，234"), Decimal(1234)),
        (cell("4.23％"), Decimal("4.23")),
        (cell("'8"), Decimal(8)),
        (cell(" 不适用 "), State.NOT_APPLICABLE),
        (cell("未更新"), State.NOT_UPDATED),
        (cell("'撤回"), State.WITHDRAWN),
        (cell("约80"), None),
        (cell("TRUE", CellType.BOOLEAN), None),
        (cell("2023-06-30", CellType.DATE), None),
        (cell("#REF!", CellType.ERROR), None),
    ],
)
def test_what_a_cell_says_by_itself(found: Cell, said: Decimal | State | None) -> None:
    """数、百分数、手写的数和三种状态；别的都不是数。"""
    assert plain_figure(found) == said


def test_finding_a_cell() -> None:
    """按工作表和地址找；没有的表、空格、不是地址的，都没有。"""
    again = Again(Workbook((Sheet("甲", (cell("x"),)),)))
    assert again.cell("甲", "C2") == cell("x")
    assert [again.cell("乙", "C2"), again.cell("甲", "C3"), again.cell("甲", "甲2")] == [None] * 3
    assert Again(None).cell("甲", "C2") is None


@pytest.mark.parametrize(("epoch_1904", "day"), [(False, "2023-06-30"), (True, "2027-07-01")])
def test_words_and_dates(*, epoch_1904: bool, day: str) -> None:
    """文字去掉两头的空白，日期照工作簿的起点。"""
    again = Again(Workbook((), epoch_1904))
    assert again.text(cell(" 推进中 ")) == "推进中"
    assert again.text(cell("45107", CellType.NUMBER, "yyyy/m/d")) == day


def test_what_does_not_open() -> None:
    """打不开的：没有工作簿，有一句为什么；不是这一次的事。"""
    again = read_again(b"x", None)
    assert (again.book, again.filings, again.is_passing) == (None, (), False)
    assert again.refusal is not None
    assert again.refusal.code.startswith("file_")
    assert not Again(Workbook(())).is_passing
