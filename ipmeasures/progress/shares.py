"""份额、缺口和指数：走了多少、该走多少、差多少。"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Shares:
    """一次比较的四个数，都未取整；没有意义的是 ``None``。

    ``done`` 是完成份额 p，``due`` 是序时份额 s*，``gap`` 是缺口 g（百分点），``index`` 是进度指数
    SPI；``index`` 为 ``None`` 而 ``done`` 有值时，是尚无应达、指数不限。
    """

    done: Decimal | None = None
    due: Decimal | None = None
    gap: Decimal | None = None
    index: Decimal | None = None


NO_SHARES = Shares()


def shares(value: Decimal, start: Decimal, due: Decimal, target: Decimal) -> Shares:
    """``value`` 从 ``start`` 走向 ``target``，此时应到 ``due``；上升、下降同一式。

    p=(x−b)/(T−b)，s*=(x*−b)/(T−b)，g=100·(p−s*)，SPI=p/s*。g 和 SPI 直接由 x、x* 算，只除一次，
    以免两次舍入把恰在界线上的判错。

    出处：序时进度和缺口按督查通报的算法（完成率减时间进度，单位百分点）；p 即联合国亚太经社会
    Current Status Index（除以 10）；界线依 Eurostat 的方法（Open SDG progress-methodology）。
    """
    whole = target - start
    if not whole:
        return NO_SHARES
    ahead = due - start
    return Shares(
        done=(value - start) / whole,
        due=ahead / whole,
        gap=100 * (value - due) / whole,
        index=(value - start) / ahead if ahead * whole > 0 else None,
    )


def target_rate(value: Decimal, target: Decimal | None, *, falling: bool) -> Decimal | None:
    """目标完成率 x/T；下降指标为 T/x，使越接近目标越大。分母为零、没有目标或目标为零的没有。"""
    if not target or not value:
        return Decimal(0) if target and not falling else None
    return target / value if falling else value / target
