"""表和核对需要知道的过去与序时：每个事项一份，由 ``progress`` 算好交进来。"""

from dataclasses import dataclass
from decimal import Decimal

from ipmeasures.quarter import Quarter


@dataclass(frozen=True, slots=True)
class Expected:
    """一个事项在某季度、某单位应有的样子；没有的都是 ``None``。

    ``last``、``year_ago`` 是该单位上期、上年同期的数，``planned`` 是序时应达（未取整的在
    ``planned_exact``），``lagging_below`` 以下要写滞后原因；``on_record`` 表示本季度已有数在案；
    ``history`` 是该单位此前各季的数（旧在前），``later`` 是以后各季已在案的数。
    """

    item: str
    last: Decimal | None = None
    last_quarter: Quarter | None = None
    year_ago: Decimal | None = None
    planned: Decimal | None = None
    planned_exact: Decimal | None = None
    lagging_below: Decimal | None = None
    on_record: bool = False
    history: tuple[tuple[Quarter, Decimal], ...] = ()
    later: tuple[tuple[Quarter, Decimal], ...] = ()
