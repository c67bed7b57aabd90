"""几家共同负责的：相加的数各家多少，措施先说牵头单位的。"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from ipmeasures.plan.model import Measure
from ipmeasures.progress.gaps import Part
from ipmeasures.report.wording import marked

LEAD = "牵头"
NOBODY = "无人填报"


def parts_text(
    parts: Sequence[Part],
    said: Callable[[Decimal], str],
    named: Callable[[str], str] = str,
) -> str:
    """其中各家多少：其中威海海关2次、荣成海关未报；没有分家报的为空。"""
    if not parts:
        return ""
    told = [f"{named(part.agency)}{_part(part, said)}" for part in parts]
    return f"其中{'、'.join(told)}"


def lead_first(measure: Measure, agencies: Iterable[str]) -> tuple[str, ...]:
    """牵头单位（办公室设定）在前，其余照原来的次序。"""
    return tuple(sorted(agencies, key=lambda name: name != measure.lead))


def standing(measure: Measure, agency: str, shown: str, state: str) -> str:
    """几家一起的措施，单位名称后面注明牵头和它填的进展状态：市司法局（牵头，推进中）。"""
    marks = [LEAD] if agency == measure.lead else []
    marks += [state] if state else []
    return marked(shown, "，".join(marks)) if marks else shown


def _part(part: Part, said: Callable[[Decimal], str]) -> str:
    if part.value is not None:
        return said(part.value)
    return "不适用" if part.not_applicable else "未报"
