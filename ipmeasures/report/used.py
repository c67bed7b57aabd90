"""解释里用到的数：每一个起什么作用，是在案的哪一笔、哪一格。"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import Commitment, FigureItem, Indicator, Milestone, Plan
from ipmeasures.plan.terms import Cadence, Nature
from ipmeasures.progress.assessment import Assessment, Status
from ipmeasures.progress.case import Case
from ipmeasures.progress.figures import Figure, figures, of_year
from ipmeasures.progress.goal import Goal, goal_of, source_of
from ipmeasures.progress.outlook import Outlook
from ipmeasures.progress.series import is_summed, series
from ipmeasures.progress.track import track_of
from ipmeasures.progress.words import latest_status
from ipmeasures.quarter import Quarter

NOW = "本期"


@dataclass(frozen=True, slots=True)
class Used:
    """一个用到的数：``role`` 是起什么作用（没有用上、只是最近一次答复的为空）。"""

    role: str
    entry: Entry


def used_figures(  # noqa: PLR0913, PLR0917 - 一个解释的六样材料
    source: FigureItem,
    goal: Goal,
    case: Case,
    known: Sequence[Figure],
    entries: Sequence[Entry],
    outlook: Outlook | None = None,
) -> tuple[Used, ...]:
    """判断和预测用到的每一笔，本期的在前；最近一次答复（如“未更新”）没有用上的也列出来。

    Args:
        source: 数在哪个事项名下报。
        goal: 判断依据。
        case: 判断所看的事实。
        known: 到这个季度为止报过的数。
        entries: 到这个季度为止在案的各笔。
        outlook: 预测，没有的为 ``None``。
    """
    mine = [e for e in entries if e.item == source.id and e.field == "value"]
    roles: dict[Figure, list[str]] = {}
    for figure, role in _roles(goal, case, known, outlook):
        if role not in roles.setdefault(figure, []):
            roles[figure].append(role)
    found = [
        Used("、".join(roles[figure]), entry)
        for figure in roles
        for entry in mine
        if entry.quarter == figure.quarter and _gave(source, entry, figure)
    ]
    listed = {used.entry.number for used in found}
    latest = max((e.quarter for e in mine), default=None)
    answers = [e for e in mine if e.quarter == latest and e.number not in listed]
    return (*found, *(Used("", entry) for entry in answers))


def carried(
    plan: Plan, found: Assessment, entries: Sequence[Entry], quarter: Quarter
) -> tuple[Entry, ...]:
    """``quarter`` 的报告印的是以前哪几笔：没有新数而沿用的数，还算数的完成情况；没有沿用的为空。

    Args:
        plan: 计划。
        found: 那个事项那个季度的判断。
        entries: 到那个季度为止在案的各笔。
        quarter: 哪个季度。
    """
    item = plan.items[found.item]
    if isinstance(item, (Indicator, Commitment)):
        source = source_of(plan, item)
        mine = [e for e in entries if e.item == source.id and e.field == "value"]
        known = figures(goal_of(item, plan), series(plan, item, mine), quarter)
        last = next((f for f in reversed(known) if f.date == found.data_at), None)
        if last is None or last.quarter == quarter or found.status is Status.NOT_REPORTED:
            return ()
        return tuple(e for e in mine if e.quarter == last.quarter and _gave(source, e, last))
    if not isinstance(item, Milestone):
        return ()
    told = latest_status(item, entries, quarter)
    return tuple(entry for entry in told if entry.quarter != quarter)


def _roles(
    goal: Goal, case: Case, known: Sequence[Figure], outlook: Outlook | None
) -> Iterator[tuple[Figure, str]]:
    """用到的数和各起什么作用。"""
    last = case.figure
    if last is None:
        return
    yield last, NOW
    summed = goal.cadence is Cadence.AVERAGE or (
        goal.nature is Nature.ACCUMULATED and goal.cadence is Cadence.BY_END
    )
    if summed:
        for year in range(goal.base.year + 1, last.date.year):
            if whole := of_year(known, year):
                yield whole, f"{year}年"
    if case.had_reached and case.goal is not None:
        target = case.goal
        yield next(f for f in known if goal.met(f.value, target)), "曾达到目标"
    if outlook is not None:
        for figure in _foreseen(goal, known, last, outlook):
            yield figure, "预测用"


def _foreseen(
    goal: Goal, known: Sequence[Figure], last: Figure, outlook: Outlook
) -> Iterator[Figure]:
    """预测用到的数：推算的起点，和近四季的起点。"""
    wanted = {outlook.at} | ({outlook.recent.since} if outlook.recent else set())
    for point in track_of(goal, known, last).points:
        if point.date in wanted:
            for term in point.terms:
                if term.figure is not None and term.figure != last:
                    yield term.figure


def _gave(source: FigureItem, entry: Entry, figure: Figure) -> bool:
    """这一笔给了这个数：几家相加的都算，其余要数相同（换过填报单位的只算用了的一家）。"""
    return is_summed(source) or (entry.value or Decimal(0)) == figure.value
