"""数在公文里怎么说：多少件、比上年末增加多少、同比增长多少、何时的数。"""

from decimal import Decimal

from ipmeasures.plan.model import Commitment, FigureItem, Indicator
from ipmeasures.plan.terms import Cadence, Direction, Nature, Rule
from ipmeasures.progress.rounding import half_up, percent
from ipmeasures.quarter import Quarter
from ipmeasures.report.numbers import figure, points, share
from ipmeasures.report.parts import BLANK
from ipmeasures.report.wording import years_long

_RATES = ("%", "％")
_SCORES = (*_RATES, "分")
Month = tuple[int, int]
_FEW = 20  # 件数少的，说增减几件，不说百分之几


def plain(value: Decimal | None) -> str:
    """公文里写的数，照原样：4.99、33、5.5。"""
    if value is None:
        return BLANK
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(item: FigureItem, value: Decimal | None) -> str:
    """表里的数，不带计量单位。"""
    return figure(value, item.how.decimals, BLANK)


def amount(item: FigureItem, value: Decimal) -> str:
    """句子里的数，带计量单位：7.20件、4.31%。"""
    return f"{figure(value, item.how.decimals)}{item.how.unit}"


def margin(item: FigureItem) -> str:
    """容许误差：1分、0.05个百分点。"""
    return f"{plain(item.how.tolerance)}{_gap_unit(item)}"


def rate(value: Decimal | None) -> str:
    """百分数，一位小数。"""
    return share(value, blank=BLANK)


def due_rate(value: Decimal | None) -> str:
    """序时的百分数；整数的不写“.0”：50%。"""
    return rate(value).replace(".0%", "%")


def demand(item: FigureItem) -> str:
    """公文的要求：≥90、500、突破8、2—3。"""
    if not isinstance(item, Commitment):
        return aim(item, item.target)
    figures = [plain(value) for value in item.figures]
    if item.rule is Rule.RANGE:
        return "—".join(figures)
    return f"突破{figures[0]}" if item.rule is Rule.MORE_THAN else figures[0]


def aim(item: Indicator, target: Decimal | None) -> str:
    """指标的目标，照公文写的带符号；没有目标的是“—”。"""
    return BLANK if item.target is None else f"{item.sign}{plain(target)}"


def amended(item: Indicator) -> str:
    """中途调整过的目标：12（2023-07-01起，原10.02）；调整过几次的，依次写。没有调整的为空。"""
    told, before = [], item.target
    for change in sorted(item.amendments, key=lambda each: each.since):
        now, old = aim(item, change.target), aim(item, before)
        told.append(f"{now}（{change.since.isoformat()}起，原{old}）")
        before = change.target
    return "；".join(told)


def when(item: FigureItem, at: Quarter, month: Month | None = None) -> str:
    """句子开头的时间：截至2023年6月底、2023年上半年、2022年；单位写明别的月份的，照它写。"""
    if item.how.nature is Nature.ANNUAL:
        return f"{at.year}年"
    if month is None or month == (at.year, at.number * 3):
        return at.through if _is_flow(item) else at.by_end
    return _own_month(item, month) if _is_flow(item) else f"截至{_own_month(item, month)}"


def when_cell(item: FigureItem, at: Quarter | None, month: Month | None = None) -> str:
    """表里的数据时点：2023年6月底、2023年1—6月、2022年；单位写明别的月份的，照它写。"""
    if at is None:
        return BLANK
    if item.how.nature is Nature.ANNUAL:
        return f"{at.year}年"
    end = (at.year, at.number * 3)
    own = _own_month(item, month or end)
    return own if _is_flow(item) or month not in (None, end) else f"{own}底"


def _own_month(item: FigureItem, month: Month) -> str:
    year, last = month
    if _is_flow(item) and last == 12:
        return f"{year}年全年"
    return f"{year}年1—{last}月" if _is_flow(item) and last > 1 else f"{year}年{last}月"


def _is_flow(item: FigureItem) -> bool:
    return item.how.nature in (Nature.YEAR_TO_DATE, Nature.ACCUMULATED)


def step(item: FigureItem, value: Decimal, before: Decimal, since: str) -> str:
    """比某时增减多少：比上年末增加0.85件；百分数说百分点。"""
    places = item.how.decimals
    moved = half_up(value - before, places)
    if not moved:
        return f"与{since}持平"
    up, down = ("提高", "下降") if item.how.unit in _SCORES else ("增加", "减少")
    return f"比{since}{up if moved > 0 else down}{figure(abs(moved), places)}{_gap_unit(item)}"


def growth(item: FigureItem, value: Decimal | None, before: Decimal | None) -> str:
    """同比的说法；没有上年同期的为空，比率和得分说增减多少。"""
    if value is None or before is None:
        return ""
    if item.how.unit in _SCORES:
        return step(item, value, before, "上年" if item.how.nature is Nature.ANNUAL else "上年同期")
    if before <= 0 or (item.how.decimals == 0 and before < _FEW):
        return step(item, value, before, "上年同期")
    moved = percent((value - before) / before, 1)
    if not moved:
        return "同比持平"
    return f"同比{'增长' if moved > 0 else '下降'}{abs(moved):f}%"


def growth_cell(item: FigureItem, value: Decimal | None, before: Decimal | None) -> str:
    """表里的同比：+12.0%；比率的是百分点，得分的是分。"""
    if value is None or before is None:
        return BLANK
    if item.how.unit in _SCORES:
        return f"{points(value - before, item.how.decimals)}{_gap_unit(item)}"
    return BLANK if before <= 0 else f"{points((value - before) / before * 100)}%"


def pace(item: FigureItem, needed: Decimal | None, years: int, quarter: Quarter) -> str:
    """如期完成今后需要的速度；没有的为空。``years`` 是计划期的年数，``quarter`` 是哪个季度的报告。"""
    if needed is None or needed <= 0:
        return ""
    size = f"{_per_quarter(needed, item.how.decimals)}{_gap_unit(item)}"
    if isinstance(item, Commitment) and item.cadence is Cadence.AVERAGE:
        return f"如期完成{years_long(years)}合计任务，余下各年年均需达到{size}"
    if is_yearly(item):
        left = "第四季度" if quarter.number == 3 else "年内余下每季度"
        return f"如期完成年度任务，{left}需完成{size}"
    up = "提高" if item.how.unit in _SCORES else "增加"
    return f"如期完成目标，今后每季度需{up}{size}"


def _per_quarter(needed: Decimal, decimals: int) -> str:
    """每季（每年）的量：整数的事项除不尽的多写一位，除得尽的不写“.0”。"""
    text = figure(needed, max(decimals, 1))
    return text if decimals else text.removesuffix(".0")


def is_yearly(item: FigureItem) -> bool:
    """按当年的要求判的：每年的量化任务，和本年累计的指标。"""
    if isinstance(item, Commitment):
        return item.cadence is Cadence.YEARLY
    return item.how.nature is Nature.YEAR_TO_DATE


def is_cap(item: FigureItem) -> bool:
    """一年的上限：本年累计、越少越好的指标；数是用了多少，不是完成多少。"""
    falling = isinstance(item, Indicator) and item.direction is Direction.FALLING
    return falling and item.how.nature is Nature.YEAR_TO_DATE


def is_average(item: FigureItem) -> bool:
    """年均的量化任务。"""
    return isinstance(item, Commitment) and item.cadence is Cadence.AVERAGE


def _gap_unit(item: FigureItem) -> str:
    return "个百分点" if item.how.unit in _RATES else item.how.unit
