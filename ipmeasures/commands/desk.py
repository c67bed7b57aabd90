"""一次命令要用的东西：工作文件夹、计划、台账上的记录、今天。时钟和环境只从这里进来。"""

import datetime as dt
import os
import re
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ipmeasures.commands.dates import parse_day
from ipmeasures.commands.needed import to_judge, to_report
from ipmeasures.errors import UsageError
from ipmeasures.ledger.decision import Decision, DecisionKind, Ruling, SentBack
from ipmeasures.ledger.entry import Confirmation, Entry, Receipt
from ipmeasures.ledger.store import Ledger
from ipmeasures.plan.load import load_kept_plan, load_plan, plan_sources
from ipmeasures.plan.model import Plan
from ipmeasures.plan.names import find_agency, find_item, similar_agencies, similar_items
from ipmeasures.progress.gaps import Gaps, find_gaps
from ipmeasures.progress.suppose import Supposed
from ipmeasures.quarter import Quarter
from ipmeasures.workspace import Workspace, find_workspace

_RECEIPT = re.compile(r"\d{4}Q[1-4]-\d+", re.ASCII | re.IGNORECASE)
NO_RECORD = "尚无入库记录"


def no_record(ledger: Path) -> tuple[str, ...]:
    """没有台账时要说的；旁边有备份的，是台账不见了。"""
    from ipmeasures.ledger.rescue import folder_of, is_lost  # noqa: PLC0415 - 没有台账才看

    if not is_lost(ledger):
        return (NO_RECORD,)
    lost = f"台账 {ledger} 不见了，而 {folder_of(ledger)} 里有它的备份，请先放回去（ipm ingest 会说怎么放）"
    return (NO_RECORD, lost)


@dataclass(frozen=True, slots=True)
class Until:
    """看台账看到何时为止。

    ``day`` 是判断所用的日子；``plan`` 是那时的计划；``exists`` 是有没有台账；``upto`` 是到第几号为止；
    ``notes`` 是看的人要知道的话（没有记录、用的是当时的计划）；``back_to`` 是 ``--as-of`` 看的哪一天、
    哪张回执，看现在的为空。
    """

    day: dt.date
    plan: Plan
    exists: bool
    upto: int = 0
    notes: tuple[str, ...] = ()
    back_to: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """台账在某一刻的样子；``day``、``plan``、``exists`` 同 ``Until``。"""

    until: Until
    entries: tuple[Entry, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    sent_back: tuple[SentBack, ...] = ()
    issued: tuple[Decision, ...] = ()
    noticed: tuple[Decision, ...] = ()

    @property
    def day(self) -> dt.date:
        """判断所用的日子。"""
        return self.until.day

    @property
    def plan(self) -> Plan:
        """那时的计划。"""
        return self.until.plan

    @property
    def exists(self) -> bool:
        """有没有台账。"""
        return self.until.exists

    @property
    def last_receipt(self) -> Receipt | None:
        """最后一张回执。"""
        return self.receipts[-1] if self.receipts else None

    @property
    def head(self) -> str:
        """最后一张回执上印的链头。"""
        return self.receipts[-1].head if self.receipts else ""

    def gaps(self, quarter: Quarter, supposed: Supposed | None = None) -> Gaps:
        """一个季度的差距；``supposed`` 是假设的数。"""
        known = (self.plan, self.entries, self.receipts, quarter, self.day, self.sent_back)
        return find_gaps(*known, supposed)


@dataclass(frozen=True)
class Desk:
    """一次命令的工作台。"""

    workspace: Workspace
    now: dt.datetime
    _done: set[str] = field(default_factory=set, compare=False, repr=False)

    def is_first(self, what: str) -> bool:
        """这条命令里第一次做这件事。"""
        if what in self._done:
            return False
        self._done.add(what)
        return True

    @cached_property
    def plan(self) -> Plan:
        """计划；第一次用到时装载。"""
        return load_plan(self.workspace)

    @property
    def today(self) -> dt.date:
        """今天。"""
        return self.now.date()

    @cached_property
    def plan_texts(self) -> tuple[tuple[str, bytes], ...]:
        """计划的原文，随每次写台账存下。"""
        measures, targets = plan_sources(self.workspace)
        return (("measures.yaml", measures), ("targets.yaml", targets))

    def ruling(
        self, kind: DecisionKind, subject: str, why: str, by: str, items: tuple[str, ...] = ()
    ) -> Ruling:
        """此时此地的一个决定。"""
        return Ruling(kind, subject, why, self.now, by, self.plan.digest, self.plan_texts, items)

    def until(self, as_of: str | None = None) -> Until:
        """看到何时为止；``as_of`` 是日期或回执号，不写的是现在。

        Raises:
            UsageError: ``as_of`` 两样都不是，或没有这个回执。
        """
        day, moment = self._moment(as_of)
        path = self.workspace.ledger
        if not Ledger.exists(path):
            back_to = "" if as_of is None else day.isoformat()
            return Until(day, self.plan, exists=False, notes=no_record(path), back_to=back_to)
        with Ledger.open(path, read_only=True) as ledger:
            if moment is None:
                return Until(day, self.plan, exists=True, upto=ledger.head.sequence)
            if isinstance(moment, str):
                found = ledger.receipts(named=[moment])
                if not found:
                    raise UsageError(f"台账里没有回执 {moment}，请核对（ipm returns 可看回执号）")
                day = found[0].recorded_at.astimezone().date()
                moment = found[0].receipt
            upto = ledger.moment(moment, self.now)
            plan = self._plan_at(ledger, upto)
            changed = f"按当时的计划（校验码 {plan.digest[:12]}）看，它与现在的不同"
            notes = (changed,) if plan.digest != self.plan.digest else ()
            back_to = moment if isinstance(moment, str) else day.isoformat()
            return Until(day, plan, exists=True, upto=upto, notes=notes, back_to=back_to)

    def reports(self, until: Until) -> Path:
        """报告写到哪个文件夹；看以前某一刻的另放一处，不与现在的混在一起，更不顶掉它。"""
        folder = self.workspace.reports
        return folder / f"截至{until.back_to}" if until.back_to else folder

    def need_sound(self) -> None:
        """要印出去、要作依据的，先核对整条链；没有台账的不必。

        Raises:
            LedgerDamaged: 台账被改动过或损坏。
        """
        if Ledger.exists(self.workspace.ledger):
            with Ledger.open(self.workspace.ledger, read_only=True) as ledger:
                ledger.require_sound()

    def quarter(self, written: str | None, until: Until) -> Quarter:
        """命令要看的季度；没有指定的，是有报表入库的最近一个。"""
        latest = None
        if until.exists:
            with Ledger.open(self.workspace.ledger, read_only=True) as ledger:
                latest = ledger.latest_quarter(until.upto)
        return need_quarter(written, latest, until.day)

    def quarters(self, until: Until) -> tuple[Quarter, ...]:
        """有报表入库的各季，先后为序。"""
        if not until.exists:
            return ()
        with Ledger.open(self.workspace.ledger, read_only=True) as ledger:
            return ledger.quarters(until.upto)

    def record(
        self,
        until: Until | str | None = None,
        quarter: Quarter | None = None,
        *,
        report: bool = False,
    ) -> Record:
        """台账上的记录；``until`` 也可以写成 ``as_of``。

        说明了 ``quarter`` 的，只读判这个季度（``report`` 是写它的报告）要用到的：台账再大也一样快。
        有印发了的报告，要与各季现在的数比，写报告就全部读来。
        """
        until = until if isinstance(until, Until) else self.until(until)
        if not until.exists:
            return Record(until)
        upto = until.upto
        with Ledger.open(self.workspace.ledger, read_only=True) as ledger:
            issued = ledger.decisions(DecisionKind.ISSUE, as_of=upto)
            if quarter is None or (report and issued):
                entries, receipts = ledger.entries(as_of=upto), ledger.receipts(as_of=upto)
            elif report:
                entries, receipts = to_report(ledger, quarter, upto)
            else:
                entries, receipts = to_judge(ledger, until.plan, quarter, upto)
            return Record(
                until,
                entries=entries,
                receipts=receipts,
                confirmations=ledger.confirmations(as_of=upto),
                sent_back=ledger.sent_back(as_of=upto),
                issued=issued,
                noticed=ledger.decisions(DecisionKind.NOTICE, as_of=upto),
            )

    def _plan_at(self, ledger: Ledger, upto: int) -> Plan:
        """那时的计划：每次写台账都存下了计划，取最后一次的；与现在一样的不必再读。"""
        kept = ledger.plan_at(upto)
        if kept is None or kept[0] == self.plan.digest:
            return self.plan
        return load_kept_plan(kept[1], kept[0])

    def _moment(self, as_of: str | None) -> tuple[dt.date, dt.datetime | str | None]:
        if as_of is None:
            return self.today, None
        day = parse_day(as_of)
        if day is None:
            if _RECEIPT.fullmatch(as_of.strip()):
                return self.today, as_of.strip().upper()
            raise UsageError(
                f"--as-of 的“{as_of}”不是日期也不是回执号，请写成 2023-07-10 或 2023Q2-0007"
            )
        end = dt.datetime.combine(day, dt.time.max, self.now.tzinfo)
        return day, end


def open_desk(home: Path | None) -> Desk:
    """按命令行、环境变量和当前文件夹摆好工作台。"""
    return Desk(find_workspace(home, os.environ, Path.cwd()), dt.datetime.now().astimezone())


def tell_notes(until: Until) -> None:
    """看的人要知道的话，说在结果之外。"""
    for note in until.notes:
        print(note, file=sys.stderr)


def user_name() -> str:
    """经办人：当前登录的用户名。"""
    import getpass  # noqa: PLC0415 - 收表才用

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "办公室"


def parse_quarter(text: str | None, year: int | None = None) -> Quarter | None:
    """``--quarter``，可与 ``--year`` 合用（``--year 2023 --quarter 2``）。

    Raises:
        UsageError: 认不出。
    """
    if text is None:
        return None
    plain = text.strip()
    if year is not None and plain in ("1", "2", "3", "4"):
        return Quarter(year, int(plain))
    if plain in ("1", "2", "3", "4"):
        raise UsageError(f"--quarter {plain} 缺少年份，请写成 2023Q{plain}，或加 --year 2023")
    try:
        quarter = Quarter.parse(plain)
    except ValueError as wrong:
        raise UsageError(str(wrong)) from None
    if year is not None and quarter.year != year:
        raise UsageError(f"--quarter {quarter} 不在 --year {year} 里，请改成一致的")
    return quarter


def need_named_quarter(text: str) -> Quarter:
    """命令里必须写明的季度。

    Raises:
        UsageError: 认不出，或缺少年份。
    """
    quarter = parse_quarter(text)
    assert quarter is not None  # noqa: S101 - 写了就有
    return quarter


def need_quarter(text: str | None, latest: Quarter | None, today: dt.date) -> Quarter:
    """命令要看的季度：没有指定的，是有报表入库的最近一个；都没有的，是最近结束的一个。"""
    return parse_quarter(text) or latest or Quarter.of(today) + -1


def need_agency(plan: Plan, written: str) -> str:
    """单位在公文里的名称。

    Raises:
        UsageError: 认不出，附相近的名称。
    """
    named = find_agency(plan, written)
    if named is None:
        near = similar_agencies(plan, written) or tuple(a.name for a in plan.agencies[:3])
        raise UsageError(f"没有责任单位“{written}”，是否为：{'、'.join(near)}")
    return named.agency.name


def need_item(plan: Plan, written: str) -> str:
    """事项编号。

    Raises:
        UsageError: 认不出，附相近的事项。
    """
    item = find_item(plan, written)
    if item is None:
        near = similar_items(plan, written)
        hint = f"，是否为：{'；'.join(near)}" if near else "；编号可用 ipm plan 查看"
        raise UsageError(f"没有事项“{written}”{hint}")
    return item.id
