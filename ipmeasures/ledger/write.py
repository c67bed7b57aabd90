"""把收下的报表和办公室的决定写进台账；调用的人已经开了写事务。"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from ipmeasures import __version__
from ipmeasures.ledger.chain import Pen
from ipmeasures.ledger.compare import Change
from ipmeasures.ledger.decision import Decision, Ruling
from ipmeasures.ledger.entry import Entry, Posting
from ipmeasures.ledger.posted import Filed, Posted, sha256_of
from ipmeasures.ledger.rows import (
    DECISIONS,
    RECEIPTS,
    decimal_text,
    decision_from,
    moment_text,
    receipt_from,
)
from ipmeasures.quarter import Quarter
from ipmeasures.returns.line import Filing


def store(
    connection: sqlite3.Connection, posting: Posting, posted: Posted, last: Iterable[Entry]
) -> Posted:
    """写下一份文件里收下的各份报表，返回带回执的结果。

    ``last`` 是有关单位、季度每一格的最后一笔，撤回的也在内：新的一笔接在它后面。
    """
    pen = Pen(connection)
    act = _begin(pen, "post", posting)
    _keep_file(pen, posting.file, posting.content)
    for name, content in posting.attachments:
        _keep_file(pen, name, content)
    ends = {entry.key: entry.number for entry in last}
    numbers = [
        _keep_filing(pen, act, posting, filed, ends) if filed.outcome == "accepted" else None
        for filed in posted.filings
    ]
    _keep_confirmations(pen, posting, posted, numbers)
    return Posted(
        tuple(
            filed if number is None else _with_receipt(connection, filed, number)
            for filed, number in zip(posted.filings, numbers, strict=True)
        )
    )


def store_ruling(connection: sqlite3.Connection, ruling: Ruling) -> tuple[Decision, ...]:
    """写下一个决定：涉及几项的，一项一笔。"""
    pen = Pen(connection)
    act = _begin(pen, "decide", ruling)
    for name, content in ruling.files:
        _keep_file(pen, name, content)
    detail = json.dumps(dict(ruling.detail), ensure_ascii=False) if ruling.detail else None
    numbers = [
        pen.append(
            "decision",
            act=act,
            kind=ruling.kind.value,
            subject=ruling.subject,
            item=item,
            why=ruling.why,
            detail=detail,
        )
        for item in ruling.items or (None,)
    ]
    rows = connection.execute(f"{DECISIONS} WHERE d.number >= ?", numbers[:1]).fetchall()
    return tuple(map(decision_from, rows))


def _begin(pen: Pen, kind: str, work: Posting | Ruling) -> int:
    """一次写入的开头：何时、何人、哪个程序，和当时的计划。"""
    act = pen.append(
        "act",
        kind=kind,
        recorded_at=moment_text(work.now),
        recorded_by=work.by,
        program=f"ipmeasures {__version__}",
        plan=work.plan_digest,
    )
    query = "SELECT 1 FROM plan WHERE digest = ?"
    if not pen.connection.execute(query, (work.plan_digest,)).fetchone():
        pen.append("plan", digest=work.plan_digest)
        for name, content in work.plan_sources:
            pen.append("plan_source", plan=work.plan_digest, name=name, content=content)
    return act


def _keep_file(pen: Pen, name: str, content: bytes) -> None:
    sha256 = sha256_of(content)
    if not pen.connection.execute("SELECT 1 FROM file WHERE sha256 = ?", (sha256,)).fetchone():
        pen.append("file", sha256=sha256, name=_name(name), size=len(content), content=content)


def _keep_filing(
    pen: Pen,
    act: int,
    posting: Posting,
    filed: Filed,
    ends: dict[tuple[str, Quarter, str, str], int],
) -> int:
    filing = filed.filing
    ordinal = _next(pen, "SELECT max(ordinal) FROM receipt")
    receipt = pen.append(
        "receipt",
        receipt=f"{filing.quarter}-{ordinal:04d}",
        ordinal=ordinal,
        act=act,
        file=posting.sha256,
        file_name=_name(posting.file),
        agency=filing.agency,
        agency_as_written=filing.agency_as_written,
        quarter=str(filing.quarter),
        revision=_next(
            pen,
            "SELECT max(revision) FROM receipt WHERE agency = ? AND quarter = ?",
            filing.agency,
            str(filing.quarter),
        ),
        manner=filing.manner,
        signed=json.dumps(filing.signed, ensure_ascii=False),
        received_on=posting.received_on.isoformat(),
        figures=filed.stored_figures,
        texts=filed.stored_texts,
        warnings=posting.warnings,
    )
    for change in filed.changes:
        end = ends.get((filing.agency, filing.quarter, change.item, change.field))
        _keep_change(pen, receipt, filing, change, end)
    for name, content in posting.attachments:
        pen.append("attachment", receipt=receipt, file=sha256_of(content), name=_name(name))
    return receipt


def _keep_change(
    pen: Pen, receipt: int, filing: Filing, change: Change, supersedes: int | None
) -> None:
    line = change.new
    pen.append(
        "entry",
        receipt=receipt,
        agency=filing.agency,
        quarter=str(filing.quarter),
        item=line.item,
        field=line.field,
        state=line.state.value,
        value=None if line.value is None else decimal_text(line.value),
        text=line.text,
        data_at=None if line.data_at is None else str(line.data_at),
        raw=line.raw,
        sheet=line.sheet,
        cell=line.cell,
        supersedes=supersedes,
    )


def _keep_confirmations(
    pen: Pen, posting: Posting, posted: Posted, numbers: list[int | None]
) -> None:
    """确认记在写了该事项的回执上；都没有写的，记在第一张上，不丢。"""
    accepted = [
        (number, {line.item for line in filed.filing.lines})
        for filed, number in zip(posted.filings, numbers, strict=True)
        if number is not None
    ]
    for item, reason in posting.confirmations:
        about = [number for number, items in accepted if item in items]
        for number in about or [accepted[0][0]]:
            pen.append("confirmation", receipt=number, item=item, reason=reason)


def _with_receipt(connection: sqlite3.Connection, filed: Filed, number: int) -> Filed:
    row = connection.execute(f"{RECEIPTS} WHERE r.number = ?", (number,)).fetchone()
    return replace(filed, receipt=receipt_from(row))


def _next(pen: Pen, query: str, *arguments: str) -> int:
    last: int | None = pen.connection.execute(query, arguments).fetchone()[0]
    return (last or 0) + 1


def _name(name: str) -> str:
    """文件名可能不是合法的文字（外来压缩包里的 GBK 名），写成转义，好过存不进。"""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
