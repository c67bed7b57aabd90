"""图的刻度：几个整齐的数，盖住全部的数。"""

import math
from collections.abc import Sequence

from ipmeasures.report.parts import Series

_STEPS = 5


def ticks(series: Sequence[Series], *, from_zero: bool) -> list[float]:
    """从小到大的刻度，至少两个；``from_zero`` 的从零起（条形图的长短才能比）。"""
    values = [float(v) for one in series for v in one.values if v is not None]
    low, high = min(values), max(values)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    rough = (high - low or abs(high) or 1.0) / _STEPS
    scale = 10.0 ** math.floor(math.log10(rough))
    step = next(s * scale for s in (1, 2, 2.5, 5, 10) if s * scale >= rough)
    first = math.floor(low / step)
    last = max(math.ceil(high / step), first + 1)
    return [round(n * step, 10) for n in range(first, last + 1)]
