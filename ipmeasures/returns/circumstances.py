"""核对时知道的情况。"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ipmeasures.plan.expected import Expected
from ipmeasures.plan.model import Commitment, FigureItem, Indicator, Plan
from ipmeasures.problem import Problem
from ipmeasures.quarter import Quarter
from ipmeasures.returns.model import FigureRow
from ipmeasures.returns.reading import Return
from ipmeasures.returns.row import RowRead


@dataclass(frozen=True, slots=True)
class Recorded:
    """在案的一个数：哪个季度报的、``at`` 是数据时点所在的季度、``where`` 是哪份文件哪一格。"""

    item: str
    quarter: Quarter
    at: Quarter
    value: Decimal
    where: str


@dataclass(frozen=True, slots=True)
class Circumstances:
    """核对时知道的情况：计划、今天、该单位各事项应有的样子、已确认的事项和理由。

    ``last_texts``、``texts`` 是该单位上季度、本季度已在案的文字（数也在内，原样），按（事项，栏目）；
    ``recorded`` 是该单位在案的全部数；``received_on`` 是收到日期；
    ``once`` 是各事项以前各季曾在案的数（改过、退过的也在内），只有印好的格里有别的数的事项才有。
    """

    plan: Plan
    today: dt.date
    expected: Mapping[str, Expected] = field(default_factory=dict)
    confirmed: Mapping[str, str] = field(default_factory=dict)
    last_texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    recorded: tuple[Recorded, ...] = ()
    received_on: dt.date | None = None
    once: Mapping[tuple[str, Quarter], frozenset[Decimal]] = field(default_factory=dict)

    def standing(self, quarter: Quarter) -> dict[str, Recorded]:
        """一个季度在案的数，按编号。"""
        return {one.item: one for one in self.recorded if one.quarter == quarter}


Check = Callable[[Return, Circumstances], Iterator[Problem]]


def figure_rows(found: Return, plan: Plan) -> Iterator[tuple[RowRead, FigureRow, FigureItem]]:
    """报了数字格的各行，和它们的事项。"""
    for read, row in found.figures:
        item = plan.items[row.item]
        if isinstance(item, (Indicator, Commitment)):
            yield read, row, item
