"""真的报表入真的库：填好的表、真的计划，和绕过程序改台账的办法。"""

import datetime as dt
import sqlite3
from contextlib import closing
from decimal import Decimal
from functools import cache
from pathlib import Path

from ipmeasures.commands.start import bundled
from ipmeasures.forms.fill import Answers, fill_form
from ipmeasures.forms.write import write_form
from ipmeasures.ledger.chain import START, link_hash
from ipmeasures.ledger.entry import Posting
from ipmeasures.ledger.posted import sha256_of
from ipmeasures.plan.load import load_plan, plan_sources
from ipmeasures.plan.model import Plan
from ipmeasures.plan.owed import owed_by
from ipmeasures.quarter import Quarter
from ipmeasures.returns.filing import to_filing
from ipmeasures.returns.line import Filing
from ipmeasures.returns.read import read_return
from ipmeasures.workspace import Workspace

from . import NOON, Q2

BUREAU = "市市场监管局"
REASON = "受理量下降，审查周期延长。" * 8
ANSWERS: Answers = {
    "指标数据": {
        "I01": {
            "本期值": Decimal("7.2"),
            "数据时点": "2023-05",
            "滞后原因": REASON,
        },
        "I04": {"本期值": "未更新"},
    },
    "量化任务": {"M07-1": {"本期值": Decimal(0)}},
}
INFO = {"填报人": "张三", "联系电话": "0631-0000000"}


@cache
def plan() -> Plan:
    return load_plan(Workspace(bundled()))


def filled(answers: Answers = ANSWERS, agency: str = BUREAU, quarter: Quarter = Q2) -> bytes:
    """填好的一份表。"""
    blank = write_form(plan(), owed_by(plan(), agency), quarter, "", {})
    return fill_form(blank, answers, INFO)


def read(content: bytes) -> tuple[Filing, ...]:
    return tuple(map(to_filing, read_return(content, plan()).returns))


def real_posting(
    content: bytes,
    filings: tuple[Filing, ...] | None = None,
    *,
    now: dt.datetime = NOON,
    targets: bytes | None = None,
) -> Posting:
    """这些字节入库；``filings`` 可以不是从它读出来的，``targets`` 可以是坏了的计划。"""
    sources = plan_sources(Workspace(bundled()))
    digest = plan().digest if targets is None else sha256_of(targets)
    return Posting(
        file="2023Q2.xlsx",
        content=content,
        sha256=sha256_of(content),
        filings=read(content) if filings is None else filings,
        received_on=dt.date(2023, 7, 4),
        now=now,
        by="李四",
        plan_digest=digest,
        plan_sources=(
            ("measures.yaml", sources[0]),
            ("targets.yaml", sources[1] if targets is None else targets),
        ),
    )


def forge(path: Path, *statements: str) -> None:
    """改台账，再把整条链重算得接得上：数据库和链都看不出来。"""
    with closing(sqlite3.connect(path)) as raw:
        raw.row_factory = sqlite3.Row
        query = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        triggers = raw.execute(query).fetchall()
        for name, _ in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert raw.execute(statement).rowcount > 0
        previous = START.hash
        for number, kind in raw.execute("SELECT number, kind FROM link ORDER BY 1").fetchall():
            query = f"SELECT * FROM {kind} WHERE number = ?"  # noqa: S608
            row = dict(raw.execute(query, (number,)).fetchone())
            link = (previous, link_hash(previous, kind, row), number)
            raw.execute("UPDATE link SET previous = ?, hash = ? WHERE number = ?", link)
            previous = link[1]
        for _, sql in triggers:
            raw.execute(sql)
        raw.commit()
