"""单位和事项叫什么名字：按全称和别名精确认，从不猜；认不出的给出相近的。"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ipmeasures.plan.model import Agency, Item, Measure, Milestone, Plan

# 网页、微信里粘来的字常带着看不见的：零宽空格、软连字符等
_SPACES = re.compile(r"[\s\u00ad\u180e\u200b-\u200d\u2060\ufeff]+")
# 名称、编号不会比这长；更长的不必去比，一格一百万字时比一次要零点几秒
_LONGEST = 200
_BRACKETS = str.maketrans({"（": "(", "）": ")", "：": ":", "　": " ", "“": '"', "”": '"'})


@dataclass(frozen=True, slots=True)
class Named:
    """认出的单位；``outdated`` 表示写的是更名前的名称。"""

    agency: Agency
    outdated: bool = False


def find_agency(plan: Plan, written: str, on: dt.date | None = None) -> Named | None:
    """按名称、全称、别名或更名后的名称找责任单位；``on`` 之前已更名的，旧名标 ``outdated``。"""
    word, exact = same_name(written), plan.agency_by_name.get(written)
    # 名称在单位之间不会相同，一字不差的就不必逐个去认
    for agency in (exact,) if exact else plan.agencies:
        old = (agency.name, agency.full_name, *agency.aliases)
        periods = [old, *((renaming.name,) for renaming in agency.renamed)]
        for times, names in enumerate(periods):
            if word in map(same_name, names):
                later = agency.renamed[times:]
                return Named(agency, any(on is not None and r.since <= on for r in later))
    return None


def current_name(agency: Agency, on: dt.date) -> str:
    """``on`` 那天的名称。"""
    return next((r.name for r in reversed(agency.renamed) if r.since <= on), agency.name)


def shown_name(agency: Agency, on: dt.date) -> str:
    """``on`` 那天的名称；更过名的写“新名（原旧名）”。"""
    current = current_name(agency, on)
    return agency.name if current == agency.name else f"{current}（原{agency.name}）"


def similar_agencies(plan: Plan, written: str) -> tuple[str, ...]:
    """最多三个相近的责任单位名称。"""
    spoken = {a.name: a.name for a in plan.agencies}
    spoken |= {a.full_name: a.name for a in plan.agencies}
    spoken |= {alias: a.name for a in plan.agencies for alias in a.aliases}
    near = _near(written, spoken, 5, 0.45)
    return tuple(dict.fromkeys(spoken[word] for word in near))[:3]


def find_item(plan: Plan, written: str) -> Item | None:
    """按编号，或按指标、任务、措施、里程碑的全称找事项；同名的不止一个时不认。"""
    if not 0 < len(written) <= _LONGEST:
        return None
    if written in plan.items:
        return plan.items[written]
    key = unicodedata.normalize("NFKC", same_name(written)).upper()
    if key in plan.items:
        return plan.items[key]
    named = [item for item in plan.items.values() if same_name(written) in _names_of(item)]
    return named[0] if len(named) == 1 else None


def similar_items(plan: Plan, written: str) -> tuple[str, ...]:
    """最多三个相近的事项，形如“I01 每万人口高价值发明专利拥有量”。"""
    spoken = {name_of(item): f"{item.id} {name_of(item)}" for item in plan.items.values()}
    spoken |= {item.id: f"{item.id} {name_of(item)}" for item in plan.items.values()}
    near = _near(written, spoken, 3, 0.5)
    return tuple(dict.fromkeys(spoken[word] for word in near))


def name_of(item: Item) -> str:
    """事项的名称：措施的标题、里程碑的事项、指标和任务的名称。"""
    if isinstance(item, Measure):
        return item.title
    return item.subject if isinstance(item, Milestone) else item.name


def is_named(item: Item, written: str) -> bool:
    """写的是不是这个事项的名称（带不带计量单位、措施序号都算）。"""
    return same_name(written) in _names_of(item)


@lru_cache(maxsize=1024)
def same_name(text: str) -> str:
    """同一个名称的不同写法归一：去空白（看不见的也算），括号、冒号不分全角半角。"""
    return _SPACES.sub("", text.translate(_BRACKETS))


def _names_of(item: Item) -> frozenset[str]:
    if isinstance(item, Measure):
        return _spellings(item.title, before=f"{item.number}.")
    if isinstance(item, Milestone):
        return _spellings(item.subject)
    return _spellings(item.name, after=f"({same_name(item.how.unit)})")


@lru_cache(maxsize=1024)
def _spellings(name: str, before: str = "", after: str = "") -> frozenset[str]:
    plain = same_name(name)
    return frozenset({plain, f"{before}{plain}{after}"})


def _near(written: str, spoken: Iterable[str], most: int, cutoff: float) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415 - 认不出时才用

    if len(written) > _LONGEST:
        return []
    return get_close_matches(written.strip(), list(spoken), most, cutoff)
