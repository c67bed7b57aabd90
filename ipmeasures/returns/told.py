"""里程碑的日期、案例的措施：写了的要说得通。都只提醒。"""

import re
import unicodedata
from collections.abc import Iterator

from ipmeasures.forms.layout import WITHDRAWN
from ipmeasures.plan.model import Measure, Plan
from ipmeasures.plan.names import find_item
from ipmeasures.problem import Problem, problem
from ipmeasures.quarter import Quarter, parse_data_at
from ipmeasures.returns.circumstances import Check, Circumstances
from ipmeasures.returns.model import CaseRow, MilestoneRow
from ipmeasures.returns.reading import Return

_YEAR_ONLY = re.compile(r"\d{4}年?")
_MEASURE = re.compile(r"(?:M|措施)(\d{1,3})")


def completed_plausibly(found: Return, known: Circumstances) -> Iterator[Problem]:
    """完成日期不晚于报送期，也不早于计划期；只写年份的，这一年里哪天都可能。"""
    first = Quarter(known.plan.document.base_year + 1, 1)
    for read in found.rows:
        row = read.row
        if not isinstance(row, MilestoneRow) or row.completed_on in {"", WITHDRAWN}:
            continue
        at, written = parse_data_at(row.completed_on), row.completed_on
        if _YEAR_ONLY.fullmatch(written) and at.year == found.quarter.year:
            at = found.quarter
        place = read.place("completed_on")
        if at > found.quarter:
            quarter = found.quarter
            yield problem("completed_later", place, item=row.item, value=written, quarter=quarter)
        elif at < first:
            year = first.year
            yield problem("completed_early", place, item=row.item, value=written, year=year)


def cases_measured(found: Return, known: Circumstances) -> Iterator[Problem]:
    """案例的对应措施是计划里的措施：写编号、名称都行，可以写几条。"""
    for read in found.rows:
        row = read.row
        if isinstance(row, CaseRow) and row.measure not in {"", WITHDRAWN}:
            if _is_measure(known.plan, row.measure):
                continue
            place = read.place("measure")
            yield problem("item_unknown.measure", place, item=row.item, value=row.measure)


def _is_measure(plan: Plan, written: str) -> bool:
    if isinstance(find_item(plan, written), Measure):
        return True
    plain = unicodedata.normalize("NFKC", "".join(written.split())).upper()
    numbers = [int(number) for number in _MEASURE.findall(plain)]
    known = {measure.number for measure in plan.measures}
    return bool(numbers) and known.issuperset(numbers)


TOLD: tuple[Check, ...] = (completed_plausibly, cases_measured)
