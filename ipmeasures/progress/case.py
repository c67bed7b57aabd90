"""判断一个事项要看的全部事实，已经算好，只等照表判。"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ipmeasures.progress.figures import Figure
from ipmeasures.progress.shares import NO_SHARES, Shares


class Absence(StrEnum):
    """为什么没有可判的数。"""

    NOT_APPLICABLE = "not_applicable"
    NO_FIGURE = "no_figure"
    NOTHING_THIS_QUARTER = "nothing_this_quarter"
    STALE = "stale"
    SENT_BACK = "sent_back"
    NOT_RELEASED = "not_released"


class Unjudged(StrEnum):
    """有数而不能判份额的原因。"""

    MISSING_YEARS = "missing_years"
    NO_BASELINE = "no_baseline"
    YEAR_END = "year_end"
    CAP = "cap"
    NO_TARGET = "no_target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """一个事项在一个季度的事实；各数的含义同 ``Assessment``。

    ``figure`` 是所依据的报来的数，``value`` 是用来比的数（累加的已累加）；``shortfall`` 是比序时值差
    多少（正数是差）。``reached`` 达到目标，``had_reached`` 曾经达到，``ended`` 期限已到，``final`` 整个
    计划已到期，``steady`` 目标与基期相同，``year_met`` 达到本年年底的序时值，``surplus`` 超出区间，
    ``late`` 期末以后才达到，``partial`` 多家相加而有单位未报。
    """

    goal: Decimal | None
    planned: Decimal | None
    absence: Absence | None = None
    unjudged: Unjudged | None = None
    figure: Figure | None = None
    value: Decimal | None = None
    shares: Shares = NO_SHARES
    shortfall: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    target_rate: Decimal | None = None
    pace_needed: Decimal | None = None
    year_rate: Decimal | None = None
    missing_years: tuple[int, ...] = ()
    stale_quarters: int = 0
    carried_year: int | None = None
    reached: bool = False
    had_reached: bool = False
    ended: bool = False
    final: bool = False
    steady: bool = False
    year_met: bool = False
    surplus: bool = False
    late: bool = False
    partial: bool = False
    falling: bool = False
