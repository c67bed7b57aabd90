"""季度：怎么写、怎么认、怎么数。"""

import datetime as dt
import re
from dataclasses import dataclass

_WIDE = str.maketrans("０１２３４５６７８９Ｑｑq（）－—–―～~至／．", "0123456789QQQ()-------/.")
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_CHINESE_TEXT = "一二三四"
_YEAR = r"(?P<year>(?:19|20)?\d{2})"
# 都写成文字，用到才编译：多数命令只认 2023Q2 一种
_QUARTER_FORMS = (
    _YEAR + r"年?[-/.]?(?:Q(?P<q>[1-4])|第?(?P<c>[一二三四1-4])季度?)$",
    _YEAR + r"年?(?P<half>上半年|前三季度|全年|年度|度|年度\(全年\)|度\(全年\))$",
    _YEAR + r"年1月?-+(?P<month>\d{1,2})月(?:份|底|末)?$",
    _YEAR + r"年(?P<month>\d{1,2})月(?:份|底|末)?$",
)
_HALF = {"上半年": 2, "前三季度": 3}
_DATE_FORMS = (
    r"(?P<year>(?:19|20)\d{2})(?:年(?:底|末)?)?$",
    r"(?P<year>(?:19|20)\d{2})(?:年|[-/.])(?P<month>\d{1,2})(?:(?:月|[-/.])(?:(?P<day>\d{1,2})日?)?)?(?:份|底|末)?$",
)
_DAY_FORMS = (
    r"(?P<year>(?:19|20)\d{2})(?:年|[-/.])(?P<month>\d{1,2})(?:月|[-/.])(?P<day>\d{1,2})日?$",
    r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})$",
    r"(?P<year>(?:19|20)\d{2})年(?:(?P<month>\d{1,2})月|年)?[底末]$",
)


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """一个季度；可比较，可加减季度数。"""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """认出一个季度的各种写法（``2023Q2``、``2023年上半年``、``23年二季度`` ……）。

        Raises:
            ValueError: 认不出；消息是说给用户的中文。
        """
        plain = _plain(text)
        for form in _QUARTER_FORMS:
            if found := re.match(form, plain):
                number = _number(found.groupdict())
                if number:
                    return cls(_full_year(found["year"]), number)
        raise ValueError(f"“{text.strip()}”不是季度，请写成 2023Q2 或 2023年第二季度")

    @classmethod
    def of(cls, day: dt.date) -> "Quarter":
        """某一天所在的季度。"""
        return cls(day.year, (day.month + 2) // 3)

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    def __add__(self, quarters: int) -> "Quarter":
        year, index = divmod(self.year * 4 + self.number - 1 + quarters, 4)
        return Quarter(year, index + 1)

    def __sub__(self, other: "Quarter") -> int:
        return (self.year - other.year) * 4 + self.number - other.number

    @property
    def first_day(self) -> dt.date:
        """季度的第一天。"""
        return dt.date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> dt.date:
        """季度的最后一天。"""
        return (self + 1).first_day - dt.timedelta(days=1)

    @property
    def label(self) -> str:
        """公文写法：2023年第二季度。"""
        return f"{self.year}年第{_CHINESE_TEXT[self.number - 1]}季度"

    @property
    def through(self) -> str:
        """从年初起的说法：2023年第一季度、2023年上半年、2023年前三季度、2023年全年。"""
        return f"{self.year}年{('第一季度', '上半年', '前三季度', '全年')[self.number - 1]}"

    @property
    def by_end(self) -> str:
        """时点说法：截至2023年6月底。"""
        return f"截至{self.year}年{self.number * 3}月底"


def parse_data_at(text: str) -> Quarter:
    """数据时点所在的季度；只有年份的算第四季度。

    认 ``2022``、``2022-08``、``2022-12-31``、``2022年8月`` 和季度的各种写法。

    Raises:
        ValueError: 认不出，或没有那一天；消息是说给用户的中文，只说哪里不对。
    """
    plain = _plain(text)
    for form in _DATE_FORMS:
        if found := re.match(form, plain):
            parts = {k: int(v) for k, v in found.groupdict().items() if v}
            year, month, day = parts["year"], parts.get("month", 12), parts.get("day", 1)
            if not 1 <= month <= 12:
                raise ValueError(f"“{text.strip()}”：没有 {month} 月")
            try:
                return Quarter.of(dt.date(year, month, day))
            except ValueError:
                gone = f"{year} 年 {month} 月没有 {day} 日"
                raise ValueError(f"“{text.strip()}”：{gone}") from None
    if said := parse_month(text):
        return Quarter.of(dt.date(*said, 1))
    try:
        return Quarter.parse(text)
    except ValueError:
        raise ValueError(f"“{text.strip()}”不是日期") from None


def parse_month(text: str) -> tuple[int, int] | None:
    """写明的年和月；只写年份、季度，或认不出的，为 ``None``。"""
    plain = _plain(text)
    for form in (_DATE_FORMS[1], _QUARTER_FORMS[2]):
        if found := re.match(form, plain):
            month = int(found["month"])
            return (_full_year(found["year"]), month) if 1 <= month <= 12 else None
    return None


def parse_day(text: str) -> dt.date:
    """写到日的日期：``2025-06-30``、``2025年6月30日``、``20250630``；``2025年6月底``、``2025年底`` 是最后一天。

    Raises:
        ValueError: 认不出，或没有这一天；消息是说给用户的中文。
    """
    plain = _plain(text)
    for form in _DAY_FORMS:
        if found := re.match(form, plain):
            parts = {k: int(v) for k, v in found.groupdict().items() if v}
            year, month = parts["year"], parts.get("month", 12)
            # 十二月的退到上年的 12 月 31 日，日数一样
            last = (dt.date(year, month % 12 + 1, 1) - dt.timedelta(days=1)).day
            try:
                return dt.date(year, month, parts.get("day", last))
            except ValueError:
                raise ValueError(f"没有“{text.strip()}”这一天") from None
    raise ValueError(f"“{text.strip()}”不是写到日的日期，请写成 2025-06-30 或 2025年6月30日")


def _plain(text: str) -> str:
    text = text.translate(_WIDE)
    return "".join(text.split())


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _number(parts: dict[str, str]) -> int:
    if number := parts.get("q") or parts.get("c"):
        return _CHINESE[number]
    if half := parts.get("half"):
        return _HALF.get(half, 4)
    month = int(parts["month"])
    return month // 3 if month in (3, 6, 9, 12) else 0
