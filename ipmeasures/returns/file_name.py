"""文件名里写的季度、单位，与表里的对一对：拿上季度的表填本季度的数，往往只在文件名上看得出。"""

import re
import unicodedata

from ipmeasures.plan.model import Agency, Plan
from ipmeasures.plan.names import same_name
from ipmeasures.problem import Problem, problem
from ipmeasures.quarter import Quarter
from ipmeasures.returns.reading import Reading, Return

_QUARTER = re.compile(
    r"(?<!\d)(20\d{2}|\d{2}(?=年))年?[-_.\s]*(Q[1-4]|第?[一二三四1-4]季|上半年|前三季度)",
    re.IGNORECASE,
)


def named_otherwise(stem: str, reading: Reading, plan: Plan) -> tuple[Problem, ...]:
    """文件名写得清楚、与表里不同的，提醒。

    退回表照原件取名，不比；身份已经对不上的，另有错误，不再说。
    """
    wrong = any(found.code == "wrong_form" for found in reading.problems)
    if wrong or reading.mends or not reading.returns:
        return ()
    plain = unicodedata.normalize("NFKC", stem)
    return (*_quarter(plain, reading.returns), *_agency(plain, reading.returns, plan))


def _quarter(stem: str, returns: tuple[Return, ...]) -> list[Problem]:
    named = {Quarter.parse(f"{year}年{part}") for year, part in _QUARTER.findall(stem)}
    if len(named) != 1 or named & {one.quarter for one in returns}:
        return []
    [quarter], first = named, returns[0]
    place, own = first.quarter_place, first.quarter
    return [problem("name_differs", place, value=quarter, own=own)]


def _agency(stem: str, returns: tuple[Return, ...], plan: Plan) -> list[Problem]:
    """名称里恰好提到一个单位，又不是报的单位；汇总表有许多单位，不比。"""
    first, *others = returns
    named = {agency.name for agency in _mentioned(same_name(stem), plan)}
    if others or len(named) != 1 or first.agency in named:
        return []
    return [problem("name_differs.agency", first.place, value=named.pop(), own=first.agency)]


def _mentioned(stem: str, plan: Plan) -> list[Agency]:
    """提到的单位；一个名称含在另一个里的，只算长的。"""
    found = {}
    for agency in plan.agencies:
        renamed = (renaming.name for renaming in agency.renamed)
        for name in (agency.name, agency.full_name, *agency.aliases, *renamed):
            if (word := same_name(name)) in stem:
                found[word] = agency
    longest = [word for word in found if not any(word != w and word in w for w in found)]
    return [found[word] for word in longest]
