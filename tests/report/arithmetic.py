"""把印出来的算式再算一遍：等号左边的式子，与右边的数四舍五入后一样。"""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

_SUM = re.compile(r"[\d.+\-×/()]+")
_RESULT = re.compile(r"\(?([+-]?\d+(?:\.\d+)?)")


def sums(text: str) -> Iterator[tuple[str, str, Fraction, Decimal]]:
    """每个“名＝式＝数”：名、式、照式算得的、印着的。"""
    lines = re.sub(r"\n +", "", text).split("\n")
    for line in (one for one in lines if not one.startswith("判定规则")):
        name, *parts = line.split("＝")
        for sum_, shown in pairwise(parts):
            found = _RESULT.match(shown)
            assert _SUM.fullmatch(sum_), line
            assert found, line
            scale = 100 if name == "序时" or "率" in name else 1
            yield name, sum_, _value(sum_) * scale, Decimal(found[1])


def right(computed: Fraction, shown: Decimal) -> bool:
    """照印着的位数四舍五入，一样。"""
    places = -int(shown.as_tuple().exponent)
    scaled = abs(computed) * 10**places
    rounded = int(scaled + Fraction(1, 2))
    return rounded == abs(shown).scaleb(places) and (not rounded or (computed < 0) == (shown < 0))


def _value(sum_: str) -> Fraction:
    code = re.sub(r"\d+(?:\.\d+)?", lambda n: f"Fraction('{n[0]}')", sum_.replace("×", "*"))
    return Fraction(eval(code, {"__builtins__": {}, "Fraction": Fraction}))  # noqa: S307 - 只有数和运算符
