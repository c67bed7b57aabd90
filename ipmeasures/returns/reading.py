"""读一份文件得到的：各单位各季度报了什么，和有什么问题。"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ipmeasures.problem import Place, Problem
from ipmeasures.quarter import Quarter
from ipmeasures.returns.model import FigureRow
from ipmeasures.returns.printed import PrintedCell
from ipmeasures.returns.row import RowRead


@dataclass(frozen=True)
class Return:
    """一个单位一个季度报来的内容。

    ``rows`` 只含报了东西的行；``place``、``quarter_place``、``manner_place`` 是单位、报送期和报送方式
    写在哪一格；``blanks`` 是没有填数的行在哪一格，``listed`` 是填了点什么的事项，和在缺“本期值”一列的表里的。
    ``printed`` 是印好供对照的各格里写着什么。
    报送单位写错、而各行明明是发给的那个单位的，``agency`` 是发给的那个单位（另有错误，不会入库）。
    """

    agency: str
    agency_as_written: str
    quarter: Quarter
    manner: str
    signed: tuple[tuple[str, str], ...]
    rows: tuple[RowRead, ...]
    place: Place
    quarter_place: Place
    manner_place: Place
    blanks: Mapping[str, Place] = field(default_factory=dict)
    listed: frozenset[str] = frozenset()
    printed: tuple[PrintedCell, ...] = ()

    @cached_property
    def figures(self) -> tuple[tuple[RowRead, FigureRow], ...]:
        """报数字的各行，和行里的内容。"""
        rows = ((read, read.row) for read in self.rows)
        return tuple((read, row) for read, row in rows if isinstance(row, FigureRow))


@dataclass(frozen=True, slots=True)
class Reading:
    """读一份文件的结果：各单位的报表和发现的问题。

    ``figures`` 是文件里填了数的格数；``mends`` 只有改好发回来的退回表有：原件的 SHA-256。
    """

    returns: tuple[Return, ...]
    problems: tuple[Problem, ...]
    figures: int = 0
    mends: str = ""
