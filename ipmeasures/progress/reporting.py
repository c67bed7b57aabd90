"""报送情况：谁报了、何时报的、谁没有报；完整率和及时率。"""

import datetime as dt
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from ipmeasures.ledger.decision import SentBack
from ipmeasures.ledger.entry import Receipt
from ipmeasures.plan.model import Plan
from ipmeasures.plan.owed import agencies_owing
from ipmeasures.quarter import Quarter

_BACKFILLED = "补录"
_ZERO = "零报告"


class ReportState(StrEnum):
    """一个单位一个季度的报送状态。"""

    RECEIVED = "received"
    PENDING = "pending"
    MISSING = "missing"
    SENT_BACK = "sent_back"

    @property
    def label(self) -> str:
        """表上的叫法。"""
        return {
            "received": "已报",
            "pending": "未到期",
            "missing": "未报",
            "sent_back": "已退回",
        }[self.value]


@dataclass(frozen=True, slots=True)
class AgencyReport:
    """一个单位的报送情况；没有报的，回执等为 ``None``。

    ``member`` 是不是成员单位：不是的，有事项要报就照样列出，不计入完整率、及时率。
    """

    name: str
    state: ReportState
    late: bool = False
    manner: str | None = None
    receipt: str | None = None
    received_on: dt.date | None = None
    revision: int | None = None
    warnings: int = 0
    member: bool = True


@dataclass(frozen=True, slots=True)
class Reporting:
    """一个季度的报送情况；完整率、及时率是份额，没有应报的成员单位时为 ``None``。"""

    quarter: Quarter
    due_on: dt.date
    agencies: tuple[AgencyReport, ...]
    completeness: Decimal | None
    timeliness: Decimal | None
    waiting: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """单项退回了、等重报的：单位和事项编号；整张退回的见各单位的状态。"""

    def named(self, *states: ReportState) -> tuple[str, ...]:
        """某些状态的单位名称。"""
        return tuple(a.name for a in self.agencies if a.state in states)

    @property
    def counted(self) -> tuple[AgencyReport, ...]:
        """计入完整率、及时率的：应报的成员单位。"""
        return tuple(a for a in self.agencies if a.member)

    @property
    def received(self) -> tuple[AgencyReport, ...]:
        """其中已报的。"""
        return tuple(a for a in self.counted if a.state is ReportState.RECEIVED)

    @property
    def outsiders(self) -> tuple[str, ...]:
        """不是成员、而有事项要报的单位。"""
        return tuple(a.name for a in self.agencies if not a.member)

    @property
    def silent(self) -> tuple[str, ...]:
        """没有报的单位：未报，和到期前还没有报的。"""
        return self.named(ReportState.MISSING, ReportState.PENDING)


def due_date(plan: Plan, quarter: Quarter) -> dt.date:
    """一个季度的报送时限（办公室设定：季后第几天）。"""
    return quarter.last_day + dt.timedelta(days=plan.settings.due_days)


def due_words(plan: Plan, quarter: Quarter) -> str:
    """报送时限，写进表里的一句话。"""
    day = due_date(plan, quarter)
    return f"请于{day.year}年{day.month}月{day.day}日前报送。"


def reporting_of(
    plan: Plan,
    receipts: Iterable[Receipt],
    quarter: Quarter,
    today: dt.date,
    sent_back: Iterable[SentBack] = (),
) -> Reporting:
    """各应报单位在 ``quarter`` 的报送情况。

    及时看第一次收到的日期；补录的既不算迟也不算及时。首个应报季度以前谁都不用报，只列补报了的。
    整张退回、还没有再报的，是已退回，不算报了。完整率、及时率只算成员单位。
    """
    due = due_date(plan, quarter)
    mine = sorted((r for r in receipts if r.quarter == quarter), key=lambda r: r.revision)
    owed = quarter >= plan.settings.first_quarter
    sent = {r.agency for r in mine}
    back = [one for one in sent_back if one.quarter == quarter]
    unanswered = {one.agency for one in back if one.unanswered}
    agencies = tuple(
        _agency_report(
            name, [r for r in mine if r.agency == name], due, today, unanswered=name in unanswered
        )
        for name in agencies_owing(plan)
        if owed or name in sent
    )
    members = set(plan.settings.members)
    agencies = tuple(replace(a, member=a.name in members) for a in agencies)
    counted = [a for a in agencies if a.member]
    received = [a for a in counted if a.state is ReportState.RECEIVED]
    timely = [a for a in received if not a.late and a.manner != _BACKFILLED]
    count = Decimal(len(counted) if owed else 0)
    return Reporting(
        quarter,
        due,
        agencies,
        len(received) / count if count else None,
        len(timely) / count if count else None,
        _waiting(back, unanswered),
    )


def _waiting(
    back: Iterable[SentBack], answering: Container[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, set[str]] = {}
    for one in back:
        if one.waiting and one.agency not in answering:
            found.setdefault(one.agency, set()).update(one.waiting)
    return tuple((agency, tuple(sorted(items))) for agency, items in found.items())


def _agency_report(
    name: str, receipts: list[Receipt], due: dt.date, today: dt.date, *, unanswered: bool
) -> AgencyReport:
    if not receipts:
        return AgencyReport(name, ReportState.PENDING if today <= due else ReportState.MISSING)
    first, last = receipts[0], receipts[-1]
    # 报送方式看最后一次；报过内容的，后来再补录、再报零报告，都不改它是报过的
    substantial = [r.manner for r in receipts if r.manner not in (_BACKFILLED, _ZERO)]
    later = [r.manner for r in receipts if r.manner != _BACKFILLED]
    manner = (substantial or later or [_BACKFILLED])[-1]
    if first.manner == _BACKFILLED:
        manner = _BACKFILLED
    return AgencyReport(
        name,
        ReportState.SENT_BACK if unanswered else ReportState.RECEIVED,
        first.received_on > due and manner != _BACKFILLED,
        manner,
        last.receipt,
        first.received_on,
        last.revision,
        last.warnings,
    )
