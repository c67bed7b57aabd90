"""退回了、还等着重报的：状态是“已退回”，以前的数不悄悄顶上来。"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from ipmeasures.ledger.decision import SentBack
from ipmeasures.ledger.entry import Entry
from ipmeasures.progress.assessment import Assessment, Reported, Status
from ipmeasures.progress.status import SENT_BACK_LABEL
from ipmeasures.quarter import Quarter

SENT_BACK = "sent_back"
"""``Reported.state``：本季报了、退回了。"""
Awaited: TypeAlias = Mapping[str, Sequence[str]]
"""本季退回了、还等着重报的事项和单位。"""
_CONTENT = ("value", "status", "progress")
_PRESSING = (Status.OVERDUE, Status.DUE_SOON)


def awaited_in(sent_back: Iterable[SentBack], quarter: Quarter) -> Awaited:
    """``quarter`` 退回了、还等着重报的事项和单位。"""
    found: dict[str, list[str]] = defaultdict(list)
    for one in sent_back:
        if one.quarter == quarter:
            for item in one.waiting:
                found[item].append(one.agency)
    return {item: tuple(dict.fromkeys(agencies)) for item, agencies in found.items()}


def with_sent_back(told: Sequence[Reported], quarter: Quarter) -> tuple[Reported, ...]:
    """报过的数，加上一笔“本季的退回了”；本季还有别家报的（几家相加的），照那些判。"""
    if any(r.quarter == quarter for r in told):
        return tuple(told)
    return (*told, Reported(quarter, quarter, SENT_BACK))


def stands(entries: Iterable[Entry], quarter: Quarter) -> bool:
    """一个事项在 ``quarter`` 还有作数的内容（几家报的，退回了其中一家）。"""
    return any(e.quarter == quarter and e.field in _CONTENT for e in entries)


def tell_sent_back(found: Assessment, agencies: Sequence[str], *, standing: bool) -> Assessment:
    """说清谁的退回了。

    Args:
        found: 照还作数的判出来的。
        agencies: 哪些单位的退回了；空的照原样。
        standing: 见 ``stands``；还有的，状态照它判，只附一句。
    """
    if not agencies:
        return found
    said = "、".join(agencies) + "{}所报已退回，等重报"
    if found.status is Status.NOT_REPORTED and found.value is None:
        return replace(found, status_text=SENT_BACK_LABEL, note=said.format(""))
    note = "；".join(part for part in (found.note, said.format("本季")) if part)
    if found.status is Status.NOT_REPORTED:
        return replace(found, status_text=SENT_BACK_LABEL, note=note)
    # 里程碑沿用以前填的：退回了的，以前的不顶上来；过了时限的还是逾期
    if not standing and found.status not in _PRESSING:
        return Assessment(
            found.item, Status.NOT_REPORTED, SENT_BACK_LABEL, data_at=found.data_at, note=note
        )
    return replace(found, note=note)


def tell_skipped(
    found: Assessment, source: str, sent_back: Iterable[SentBack], quarter: Quarter
) -> Assessment:
    """照更早的数判的，其间报过、退回了、没有重报的季度要说：不然看着像一直没有报。

    Args:
        found: ``quarter`` 的判断。
        source: 报在哪一项。
        sent_back: 退回了的。
        quarter: 判哪个季度。
    """
    since = found.data_at
    skipped = sorted(
        {
            one.quarter
            for one in sent_back
            if source in one.waiting and (since is None or one.quarter > since)
            if one.quarter < quarter
        }
    )
    if not skipped:
        return found
    said = "、".join(map(str, skipped)) + "所报已退回、没有重报"
    return replace(found, note="；".join(part for part in (found.note, said) if part))
