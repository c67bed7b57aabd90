"""命令里写的日期：2023-07-05、2023/7/5、2023.7.5、2023年7月5日、20230705 都认。"""

import datetime as dt
import re
import sys

from ipmeasures.errors import UsageError
from ipmeasures.plan.model import Plan
from ipmeasures.quarter import Quarter

_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))", re.ASCII)


def parse_day(text: str) -> dt.date | None:
    """认得的日期；不是日期的为 ``None``。"""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    year, *rest = (int(part) for part in found.groups() if part)
    try:
        return dt.date(year, *rest)
    except ValueError:
        return None


def need_day(option: str, text: str) -> dt.date:
    """选项里写的日期。

    Raises:
        UsageError: 认不出。
    """
    day = parse_day(text)
    if day is None:
        raise UsageError(f"{option} 的“{text}”不是日期，请写成 2023-07-10")
    return day


def outside(plan: Plan, quarter: Quarter) -> str:
    """不在应报的季度之内的，说是哪几季；在的为空。"""
    first, last = plan.settings.first_quarter, Quarter(plan.document.target_year, 4)
    return "" if first <= quarter <= last else f"{quarter} 不在应报的 {first} 到 {last} 之内"


def tell_outside(plan: Plan, quarter: Quarter) -> None:
    """计划期以外的季度照办，但提醒一声：多半是年份敲错了。"""
    if said := outside(plan, quarter):
        print(f"请核对：{said}", file=sys.stderr)
