"""写台账以后，本季和以后各季的灯有没有跟着变。"""

from collections.abc import Iterable

from ipmeasures.commands.desk import Desk
from ipmeasures.ledger.posted import Posted
from ipmeasures.ledger.store import Ledger
from ipmeasures.progress.aftermath import LightChange, changed_lights
from ipmeasures.quarter import Quarter
from ipmeasures.returns.line import State


def lights_after_posting(
    desk: Desk, ledger: Ledger, before: int, posted: Posted
) -> tuple[LightChange, ...]:
    """收下一份文件以后变了的灯：以后各季的，和本季更正了的事项的；``before`` 是收以前的顺序号。"""
    found: list[LightChange] = []
    for filed in posted.filings:
        quarter = filed.filing.quarter
        items = {change.item for change in filed.changes}
        corrected = {
            change.item
            for change in filed.changes
            if change.old is not None or change.new.state is State.WITHDRAWN
        }
        found += later_lights(desk, ledger, before, quarter, items)
        found += _lights(desk, ledger, before, corrected, [quarter])
    return tuple(dict.fromkeys(sorted(found, key=lambda c: (c.quarter, c.item))))


def lights_after_sending_back(
    desk: Desk, ledger: Ledger, before: int, quarter: Quarter, items: Iterable[str]
) -> tuple[LightChange, ...]:
    """退回以后变了的灯：本季的，和以后各季的。"""
    taken = set(items)
    now = _lights(desk, ledger, before, taken, [quarter])
    return (*now, *later_lights(desk, ledger, before, quarter, taken))


def later_lights(
    desk: Desk, ledger: Ledger, before: int, quarter: Quarter, items: Iterable[str]
) -> tuple[LightChange, ...]:
    """``quarter`` 以后有报表的各季，这几个事项变了的灯。"""
    return _lights(desk, ledger, before, items, ledger.quarters_after(quarter))


def _lights(
    desk: Desk, ledger: Ledger, before: int, items: Iterable[str], quarters: Iterable[Quarter]
) -> tuple[LightChange, ...]:
    named, which = sorted(set(items)), tuple(quarters)
    if not named or not which:
        return ()
    fields = ("value", "data_at", "status", "progress")
    return changed_lights(
        desk.plan,
        ledger.entries(before, items=named, fields=fields),
        ledger.entries(items=named, fields=fields),
        items=named,
        quarters=which,
        today=desk.today,
        sent_back=(ledger.sent_back(before), ledger.sent_back()),
    )
