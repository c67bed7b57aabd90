"""``ipm archive``：一个季度成卷归档。"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from ipmeasures.commands.desk import Desk, need_quarter, open_desk
from ipmeasures.commands.options import Home, QuarterOption
from ipmeasures.errors import CannotWrite, UsageError
from ipmeasures.ledger.decision import DecisionKind
from ipmeasures.ledger.entry import Receipt
from ipmeasures.ledger.log import About
from ipmeasures.ledger.store import Ledger
from ipmeasures.quarter import Quarter
from ipmeasures.report.archive import LISTING, SUMS, Document, write_archive
from ipmeasures.report.json_view import printed
from ipmeasures.report.terminal.log import log_json, log_text
from ipmeasures.report.view import report_name

FORMS, RETURNS, REPORTS, ISSUED, RECORD = (
    "1-下发的表", "2-收到的原件", "3-进展报告", "4-印发的版本", "5-台账",
)  # fmt: skip


def run(
    quarter: QuarterOption = None,
    out: Annotated[
        Path | None, typer.Option(metavar="文件夹", help="放在哪里，默认工作文件夹里的 archive")
    ] = None,
    home: Home = None,
) -> None:
    """把一个季度的空表、原件和附件、报告、印发的版本、历史放进一个文件夹，附卷内目录和摘要清单。"""
    desk = open_desk(home)
    desk.need_sound()
    if not Ledger.exists(desk.workspace.ledger):
        raise UsageError("尚无入库记录，没有可归档的，请先用 ipm ingest 收一份报表")
    with Ledger.open(desk.workspace.ledger, read_only=True) as ledger:
        when = need_quarter(quarter, ledger.latest_quarter(), desk.today)
        documents = list(_documents(desk, ledger, when))
    folder = (out or desk.workspace.root / "archive") / f"{when}-归档"
    written = write_archive(folder, documents)
    counts = [
        f"{name.partition('-')[2]} {sum(d.group == name for d in documents)}" for name in _ALL
    ]
    print(f"{when.label}归档：{folder}")
    print(f"  共 {len(written)} 份：{'，'.join(counts)}")
    print(f"  目录见 {LISTING}；摘要见 {SUMS}，以后可用 sha256sum -c {SUMS} 核对")


_ALL = (FORMS, RETURNS, REPORTS, ISSUED, RECORD)


def _documents(desk: Desk, ledger: Ledger, when: Quarter) -> Iterator[Document]:
    yield from _files(FORMS, desk.workspace.forms / str(when), "*.xlsx")
    for receipt in ledger.receipts(quarter=when):
        yield from _originals(ledger, receipt)
    yield from _files(REPORTS, desk.workspace.reports, f"{report_name(when)}*")
    for decision in ledger.decisions(DecisionKind.ISSUE):
        if decision.detail["quarter"] == str(when):
            content = ledger.content(decision.detail["sha256"])
            number = decision.detail["number"] or "没有写文号"
            note = f"{number}，{decision.detail['date']} 印发"
            yield Document(ISSUED, decision.subject, content, note)
    acts = ledger.log(About(quarter=when))
    history = f"{log_text(acts, len(acts))}\n"
    head = ledger.head
    note = f"台账到第 {head.sequence} 号，校验码 {head.hash}"
    yield Document(RECORD, "历史.txt", history.encode(), note)
    yield Document(RECORD, "历史.json", f"{printed(log_json(acts))}\n".encode(), note)
    kept = ledger.plan_at(head.sequence)
    for name, content in (kept[1] if kept else {}).items():
        yield Document(RECORD, name, content, "最近一次写台账时的计划")


def _originals(ledger: Ledger, receipt: Receipt) -> Iterator[Document]:
    name = f"{receipt.receipt}-{receipt.file}"
    note = f"{receipt.agency}，第{receipt.revision}次，{receipt.received_on.isoformat()} 收到"
    yield Document(RETURNS, name, ledger.content(receipt.sha256), note)
    for file, sha256 in ledger.attachments(receipt.receipt):
        named = f"{receipt.receipt}-附件-{file}"
        yield Document(RETURNS, named, ledger.content(sha256), f"回执 {receipt.receipt} 的附件")


def _files(group: str, folder: Path, pattern: str) -> Iterator[Document]:
    """文件夹里的文件；以点和波浪开头的是程序和办公软件的临时文件，不要。"""
    for path in sorted(folder.glob(pattern)) if folder.is_dir() else ():
        if path.is_file() and not path.name.startswith((".", "~")):
            try:
                content = path.read_bytes()
            except OSError:
                raise CannotWrite(
                    f"读不到 {path}，没有归档；请关闭正在打开它的程序后再试"
                ) from None
            yield Document(group, path.name, content)
