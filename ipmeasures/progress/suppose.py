"""假设：如果某个数报的是这么多，会是什么灯。只换掉那一个数，什么也不入库。"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ipmeasures.plan.model import FigureItem, Plan
from ipmeasures.plan.terms import Nature
from ipmeasures.progress.assessment import Reported
from ipmeasures.progress.goal import source_of
from ipmeasures.quarter import Quarter

Supposed = Mapping[str, Reported]


def suppose(
    item: FigureItem, value: Decimal, quarter: Quarter, at: Quarter | None = None
) -> Reported:
    """``item`` 在 ``quarter`` 的报表里报 ``value``。

    Args:
        item: 事项。
        value: 假设的数（几家相加的是合计）。
        quarter: 报送期。
        at: 数据时点；不写的，年度数在年中是上一年的（与表上问的一致），其余就是报送期。晚于报送期
            的按报送期。
    """
    if at is None and item.how.nature is Nature.ANNUAL and quarter.number < 4:
        at = Quarter(quarter.year - 1, 4)
    return Reported(quarter, min(at or quarter, quarter), "figure" if value else "zero", value)


def with_supposed(
    plan: Plan, item: FigureItem, told: Sequence[Reported], supposed: Supposed
) -> tuple[Reported, ...]:
    """报过的数，换上假设的一个：同期同一时点的被它取代，同期的“不适用”“未更新”不算。"""
    own = supposed.get(source_of(plan, item).id)
    if own is None:
        return tuple(told)
    kept = [r for r in told if r.quarter != own.quarter or r.value is not None]
    return (*kept, own)
