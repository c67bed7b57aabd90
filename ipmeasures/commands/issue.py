"""``ipm issue``：登记印发了的报告。"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from ipmeasures.commands.dates import need_day
from ipmeasures.commands.desk import Record, open_desk, parse_quarter, user_name
from ipmeasures.commands.options import By, Home, QuarterOption
from ipmeasures.commands.proof import proofread, quarter_of
from ipmeasures.commands.recording import decide
from ipmeasures.commands.report import corrections_in
from ipmeasures.errors import FileUnreadable, UsageError
from ipmeasures.ledger.decision import DecisionKind
from ipmeasures.ledger.store import Ledger
from ipmeasures.quarter import Quarter
from ipmeasures.report.issued import printed_figures
from ipmeasures.report.proof.document import words_of
from ipmeasures.report.terminal.proof import issued_lines, proof_text


def run(  # noqa: PLR0913, PLR0917 - 命令的选项
    file: Annotated[Path, typer.Argument(metavar="报告.docx", help="印发的那一份")],
    number: Annotated[
        str, typer.Option(metavar="文号", help="发文字号，如 威知战发〔2023〕15号")
    ] = "",
    date: Annotated[str | None, typer.Option(metavar="日期", help="印发日期，默认今天")] = None,
    quarter: QuarterOption = None,
    by: By = None,
    home: Home = None,
) -> None:
    """登记印发的版本：文件、文号、日期和印了的数；以后数有更正，下一份报告附数据更正说明。"""
    desk = open_desk(home)
    desk.need_sound()
    content = _read(file)
    words = words_of(content, file.name)
    when = parse_quarter(quarter) or quarter_of(words, file)
    day = need_day("--date", date) if date else desk.today
    record = desk.record()
    sha256 = hashlib.sha256(content).hexdigest()
    _refuse_twice(record, sha256, file)
    proof = proofread(desk, words, when)
    figures = printed_figures(words, record.plan.figure_items)
    missing = [item.id for item in record.plan.figure_items if item.id not in figures]
    detail: Mapping[str, Any] = {
        "quarter": str(when),
        "number": number.strip() or None,
        "date": day.isoformat(),
        "sha256": sha256,
        "figures": figures,
        "corrected": _corrected(record, when),
        "differences": len(proof.differences),
    }
    ruling = desk.ruling(DecisionKind.ISSUE, file.name, number.strip() or "印发", by or user_name())
    with Ledger.open(desk.workspace.ledger) as ledger:
        decide(desk, ledger, replace(ruling, detail=detail, files=((file.name, content),)))
    print("\n".join(issued_lines(file.name, when, detail, missing)))
    if proof.differences:
        print(f"\n请留意，印发的版本里有与台账不同的数：\n{proof_text(file.name, when, proof)}")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise FileUnreadable(
            f"读不到 {file}，请确认文件在、没有被别的程序占用、有权限打开"
        ) from None


def _refuse_twice(record: Record, sha256: str, file: Path) -> None:
    if not record.exists:
        raise UsageError(
            "尚无入库记录，没有可登记的报告，请先用 ipm ingest 收表、ipm report 写报告"
        )
    for known in record.issued:
        if known.detail.get("sha256") == sha256:
            raise UsageError(
                f"{file.name} 已于 {known.day.isoformat()} 登记过（{known.subject}），不必再登记"
            )


def _corrected(record: Record, when: Quarter) -> dict[str, dict[str, str]]:
    """这一份里说明了更正的数：以后照更正后的比，不再重复说明。"""
    found: dict[str, dict[str, str]] = {}
    for row in corrections_in(record, when):
        found.setdefault(str(row.quarter), {})[row.id] = row.new
    return found
