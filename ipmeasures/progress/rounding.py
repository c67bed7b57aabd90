"""显示用的取整：四舍五入（ROUND_HALF_UP）。比较从不用取整后的数。"""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal


def half_up(value: Decimal, places: int) -> Decimal:
    """四舍五入到 ``places`` 位小数；负数按绝对值舍入，不出“负零”。"""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded.is_zero() else rounded


def percent(share: Decimal, places: int = 2) -> Decimal:
    """份额化为百分数：0.43936 为 43.94。"""
    return half_up(share * 100, places)


def toward(value: Decimal, origin: Decimal) -> Decimal:
    """向 ``origin`` 一侧取整数，不越过 ``origin``：整数项的序时值不要求半个单位。"""
    if value >= origin:
        return max(origin, value.to_integral_value(ROUND_FLOOR))
    return min(origin, value.to_integral_value(ROUND_CEILING))
