"""报回来的内容：一格一格原样的，和它们的问题各落在哪一格。退回表照此填回去。"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ipmeasures.problem import Problem
from ipmeasures.quarter import Quarter


class Kind(StrEnum):
    """一格里是什么；``FORMULA`` 是还没有算出结果的公式，算好的是它的结果。"""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    ERROR = "error"
    DATE = "date"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Given:
    """一格原来的内容；``raw`` 是文件里的原文，``number_format`` 是数字格式代码。

    ``seen`` 是屏幕上的日期、百分数（别的为空）；``as_seen`` 的，退回表里写成看见的那几个字，格式回到
    下发时的样子：留着日期、百分比格式，再填一个数还是错的。
    """

    raw: str
    kind: Kind = Kind.TEXT
    number_format: str = "General"
    seen: str = ""
    as_seen: bool = False

    @property
    def told(self) -> str:
        """说给人听：看见的是什么，与存的不同的，存的也说。"""
        return f"{self.seen}（存的是 {self.raw}）" if self.seen else self.raw


@dataclass(frozen=True, slots=True)
class GivenRow:
    """一行：事项编号（认不出的、案例为空串）和各格，键是列在程序里的名字。"""

    item: str
    cells: Mapping[str, Given]


@dataclass(frozen=True, slots=True)
class Spot:
    """退回表里的一处：哪张表、报来的第几行（0 起）、哪一列；``row`` 为空的是表头。"""

    sheet: str
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """一个问题和它在退回表里的位置；退回表里没有那一处的，``spot`` 为空。

    ``also`` 与 ``problem.also`` 一一对应。
    """

    problem: Problem
    spot: Spot | None = None
    also: tuple[Spot | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Submitted:
    """一份退回的报表。

    ``agency`` 是公文里的名称，办公室汇总表为 ``*``；``rows`` 按工作表的正名列出各行；``sha256``
    是原件的摘要；``epoch_1904`` 是原件的日期起点。
    """

    agency: str
    quarter: Quarter
    rows: Mapping[str, tuple[GivenRow, ...]]
    marks: tuple[Marked, ...]
    sha256: str = ""
    epoch_1904: bool = False

    def at(self, spot: Spot | None) -> Given | None:
        """一处原来的内容；空格、表头为 ``None``。"""
        if spot is None or spot.row is None:
            return None
        return self.rows[spot.sheet][spot.row].cells.get(spot.column)
