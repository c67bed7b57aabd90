"""台账里的一笔：一个数或一段文字，和它从哪里来。"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ipmeasures.quarter import Quarter
from ipmeasures.returns.line import Filing, State


@dataclass(frozen=True, slots=True)
class Entry:
    """在案的一格：前半是报的内容（含义同 ``returns.line.Line``），后半是出处。

    ``number`` 是台账里的顺序号，``supersedes`` 是它取代的那一笔的顺序号；``revision`` 是该单位该季度
    第几次报送（1 起）；``recorded_at`` 是带时区的入库时间。
    """

    number: int
    receipt: str
    agency: str
    quarter: Quarter
    item: str
    field: str
    state: State
    value: Decimal | None
    text: str | None
    data_at: Quarter | None
    raw: str
    file: str
    sha256: str
    sheet: str
    cell: str
    revision: int
    received_on: dt.date
    recorded_at: dt.datetime
    supersedes: int | None = None

    @property
    def key(self) -> tuple[str, Quarter, str, str]:
        """同一个键上后来的取代先前的。"""
        return (self.agency, self.quarter, self.item, self.field)


@dataclass(frozen=True, slots=True)
class Receipt:
    """一份入库的报表（一个单位一个季度）的回执。

    ``figures``、``texts`` 是这次入库的数和文字的个数；``warnings`` 是提醒的条数。
    """

    receipt: str
    agency: str
    agency_as_written: str
    quarter: Quarter
    revision: int
    manner: str
    file: str
    sha256: str
    received_on: dt.date
    recorded_at: dt.datetime
    recorded_by: str
    figures: int
    texts: int
    warnings: int
    head: str
    signed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """对存疑的数的确认：事项和理由，随回执在案。"""

    receipt: str
    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class Posting:
    """要入库的一份文件：原件、其中各单位的报表，和入库时的情况。

    ``plan_digest`` 是当时计划的摘要，``plan_sources`` 是计划两个 YAML 的原文（按摘要只存一次）；
    ``received_on`` 是收到日期；``now`` 是入库时间（带时区）；``attachments`` 是附件的名称和内容。
    """

    file: str
    content: bytes
    sha256: str
    filings: tuple[Filing, ...]
    received_on: dt.date
    now: dt.datetime
    by: str
    plan_digest: str
    plan_sources: tuple[tuple[str, bytes], ...]
    warnings: int = 0
    confirmations: tuple[tuple[str, str], ...] = ()
    attachments: tuple[tuple[str, bytes], ...] = ()
