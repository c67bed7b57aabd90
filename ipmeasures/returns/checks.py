"""业务核对：这个单位该不该报、报得合不合理。一项核对一个函数，清单在 ``CHECKS``。"""

from collections.abc import Iterator

from ipmeasures.forms.layout import home_of
from ipmeasures.plan.model import Commitment, FigureItem, Indicator, Milestone, Plan
from ipmeasures.plan.names import current_name, find_agency
from ipmeasures.plan.owed import owed_by
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.returns.circumstances import Check, Circumstances, figure_rows
from ipmeasures.returns.dating import DATING
from ipmeasures.returns.line import State
from ipmeasures.returns.model import FigureRow, MeasureRow, MilestoneRow
from ipmeasures.returns.overwritten import OVERWRITTEN
from ipmeasures.returns.phrases import is_reason
from ipmeasures.returns.reading import Return
from ipmeasures.returns.row import RowRead, state_of
from ipmeasures.returns.suspicion import SUSPICIONS
from ipmeasures.returns.told import TOLD
from ipmeasures.returns.totals import TOTALS
from ipmeasures.returns.wording import WORDING

# 改了这么多个、又占在案的一半以上，才提醒
_MANY = 5


def check_return(found: Return, known: Circumstances) -> tuple[Problem, ...]:
    """对一个单位一个季度的报表做全部核对。"""
    return tuple(
        p
        for check in (*CHECKS, *DATING, *TOTALS, *SUSPICIONS, *WORDING, *OVERWRITTEN, *TOLD)
        for p in check(found, known)
    )


def quarter_plausible(found: Return, known: Circumstances) -> Iterator[Problem]:
    """报送期不能还没开始；早于首个应报季度的，要写明是补录。"""
    first = known.plan.settings.first_quarter
    if found.quarter.first_day > known.today:
        place, said = found.quarter_place, found.quarter
        yield problem("quarter_future", place, value=said, quarter=said)
    elif found.quarter < first and found.manner != "补录":
        place, said = found.quarter_place, found.quarter
        yield problem("quarter_early", place, value=said, quarter=said, first=first)


def agency_current(found: Return, known: Circumstances) -> Iterator[Problem]:
    """用了更名前的名称，说一声。"""
    day = found.quarter.last_day
    named = find_agency(known.plan, found.agency_as_written, day)
    if named and named.outdated:
        name = current_name(named.agency, day)
        yield problem("agency_renamed", found.place, value=found.agency_as_written, name=name)


def only_owed(found: Return, known: Circumstances) -> Iterator[Problem]:
    """只收该单位该报的事项；案例不限。"""
    owed = owed_by(known.plan, found.agency).ids
    for read in found.rows:
        if read.item in owed or read.item.startswith("case:"):
            continue
        key = "value" if isinstance(read.row, FigureRow) else "item"
        yield problem(
            "not_owed",
            read.place(key),
            item=read.item,
            value=read.raws.get("value", ""),
            also=read.filled,
            agency=found.agency,
            owner=_owner(known.plan, read.item),
        )


def _owner(plan: Plan, key: str) -> str:
    item = plan.items[key]
    if isinstance(item, Commitment) and item.same_as:
        twin = plan.items[item.same_as]
        return f"它与 {item.same_as} 是同一个数，报在 {twin.id} 一行"
    if isinstance(item, (Indicator, Commitment)):
        return f"由{'、'.join(item.how.reporters)}报送"
    if isinstance(item, Milestone):
        return f"由{'、'.join(item.reporters)}报送"
    return f"责任单位是{'、'.join(plan.responsible(item))}"


def once_each(found: Return, known: Circumstances) -> Iterator[Problem]:
    """同一事项不能报两行。"""
    del known
    seen: dict[str, RowRead] = {}
    for read in found.rows:
        before = seen.setdefault(read.item, read)
        if before is read:
            continue
        code = "duplicate_row.equal" if before.row == read.row else "duplicate_row"
        (place, *rest), (other, *more) = read.filled, before.filled
        also = (*rest, other, *more)
        yield problem(code, place, item=read.item, also=also, other=other)


def explained(found: Return, known: Circumstances) -> Iterator[Problem]:
    """不适用、撤回要写说明；说明里只写“/”“撤回”的，等于没有写。"""
    for read, row, item in figure_rows(found, known.plan):
        if row.state in (State.NOT_APPLICABLE, State.WITHDRAWN) and not is_reason(row.note):
            label, also = row.state.label, (read.place("value"),)
            yield problem(
                "reason_missing.wordless" if row.note else "reason_missing",
                read.nearest("note", "value"),
                item=item.id,
                value=row.note or label,
                also=also,
                state=label,
            )


def received_in_time(found: Return, known: Circumstances) -> Iterator[Problem]:
    """收到日期不会早于这个季度。"""
    day = known.received_on
    if day and day < found.quarter.first_day <= known.today:
        yield problem("received_early", found.quarter_place, value=day, quarter=found.quarter)


def mostly_rewritten(found: Return, known: Circumstances) -> Iterator[Problem]:
    """一次改掉在案的大半：多半是拿这个季度的旧表填了别的季度的数。"""
    standing = known.standing(found.quarter)
    changed = [
        row.item
        for _, row, _ in figure_rows(found, known.plan)
        if row.item in standing and row.value not in (None, standing[row.item].value)
    ]
    if len(changed) >= _MANY and len(changed) * 2 >= len(standing):
        place, total = found.quarter_place, len(standing)
        yield problem("many_changed", place, value=len(changed), quarter=found.quarter, total=total)


def complete(found: Return, known: Circumstances) -> Iterator[Problem]:
    """该报的数、该写的进展没有填，提醒；什么都没填又不是零报告，不收。"""
    if not found.rows:
        if found.manner != "零报告" and not found.listed:
            yield problem("empty_return", found.manner_place)
        if found.manner == "零报告" and known.texts:
            yield problem("zero_with_figures.recorded", found.manner_place)
        return
    if found.manner == "零报告":
        yield problem("zero_with_figures", found.manner_place, count=len(found.rows))
        return
    owed = owed_by(known.plan, found.agency)
    told = {read.item for read in found.rows if state_of(read) is not None}
    figures: tuple[FigureItem, ...] = (*owed.indicators, *owed.commitments)
    for item in figures:
        waiting = known.expected.get(item.id)
        empty = item.id in found.blanks or item.id not in found.listed
        if empty and item.id not in told and not (waiting and waiting.on_record):
            place, home = found.blanks.get(item.id), Place(home_of(item.id).sheet)
            kind = "missing" if place else "missing.row"
            yield problem(kind, place or home, item=item.id, what="本期值")


def evidenced(found: Return, known: Circumstances) -> Iterator[Problem]:
    """里程碑填已完成的，要有佐证。"""
    del known
    for read in found.rows:
        row = read.row
        if isinstance(row, MilestoneRow) and row.status == "已完成" and not row.evidence:
            yield problem("evidence_missing", read.place("evidence"), item=read.item)


def progress_written(found: Return, known: Circumstances) -> Iterator[Problem]:
    """措施选了状态，也要写本季度进展。"""
    del known
    for read in found.rows:
        row = read.row
        if isinstance(row, MeasureRow) and row.status and not row.progress:
            yield problem("missing", read.place("progress"), item=read.item, what="本季度进展")


CHECKS: tuple[Check, ...] = (
    quarter_plausible,
    agency_current,
    only_owed,
    once_each,
    explained,
    received_in_time,
    mostly_rewritten,
    complete,
    evidenced,
    progress_written,
)
