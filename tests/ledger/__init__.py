"""台账的测试；这里是造报表和入库材料的几个小函数。"""

import datetime as dt
import hashlib
from decimal import Decimal

from ipmeasures.ledger.entry import Posting
from ipmeasures.quarter import Quarter
from ipmeasures.returns.line import Filing, Line, State

Q1, Q2, Q3 = (Quarter(2023, n) for n in (1, 2, 3))
NOON = dt.datetime(2023, 7, 5, 12, 0, 0, 123456, dt.timezone(dt.timedelta(hours=8)))
SIGNED = (("filled_by", "张三"), ("phone", "0631-0000000"))


def figure(item: str, value: str, *, field: str = "value", data_at: Quarter | None = None) -> Line:
    return Line(
        item, field, State.FIGURE, value, "指标数据", "J3", value=Decimal(value), data_at=data_at
    )


def text(item: str, words: str, *, field: str = "reason") -> Line:
    return Line(item, field, State.TEXT, words, "指标数据", "M3", text=words)


def withdrawn(item: str, *, field: str = "value") -> Line:
    return Line(item, field, State.WITHDRAWN, "撤回", "指标数据", "J3")


def filing(
    *lines: Line,
    agency: str = "市市场监管局",
    quarter: Quarter = Q2,
    manner: str = "正常",
    signed: tuple[tuple[str, str], ...] = SIGNED,
) -> Filing:
    return Filing(agency, f"{agency}（章）", quarter, manner, lines, signed)


def posting(
    *filings: Filing,
    content: bytes = b"bytes",
    file: str = "报表.xlsx",
    now: dt.datetime = NOON,
    confirmations: tuple[tuple[str, str], ...] = (),
    attachments: tuple[tuple[str, bytes], ...] = (),
    plan: bytes = b"measures",
) -> Posting:
    return Posting(
        file=file,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        filings=filings,
        received_on=dt.date(2023, 7, 4),
        now=now,
        by="李四",
        plan_digest=hashlib.sha256(plan).hexdigest(),
        plan_sources=(("measures.yaml", plan), ("targets.yaml", b"targets")),
        warnings=2,
        confirmations=confirmations,
        attachments=attachments,
    )
