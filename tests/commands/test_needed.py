"""只读要用到的，与全部读来判的一样。"""

import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook

from ipmeasures.commands import report
from ipmeasures.commands.desk import Desk, Record
from ipmeasures.commands.needed import agency_entries
from ipmeasures.commands.report import report_view
from ipmeasures.ledger.decision import DecisionKind
from ipmeasures.ledger.entry import Posting
from ipmeasures.ledger.store import Ledger
from ipmeasures.plan.model import Plan
from ipmeasures.plan.owed import owed_by
from ipmeasures.progress.expected import expected_of
from ipmeasures.quarter import Quarter
from ipmeasures.report.board import board
from ipmeasures.report.sheets.report import report_xlsx
from ipmeasures.returns.line import Filing, Line, State
from ipmeasures.workspace import Workspace

AGENCIES = ("市市场监管局", "市文化和旅游局", "威海海关", "市公安局")
QUARTERS = tuple(Quarter(2021, 1) + n for n in range(10))
NOW = dt.datetime(2023, 8, 1, 9, tzinfo=dt.UTC)
FIGURE_TEXTS = ("reason", "next_step", "source", "note", "data_at")


def figures(plan: Plan, agency: str, quarter: Quarter, random: Random) -> Iterator[Line]:
    owed = owed_by(plan, agency)
    for item in (*owed.indicators, *owed.commitments):
        state = random.choice([State.FIGURE] * 6 + [State.NOT_UPDATED, State.WITHDRAWN])
        value = Decimal(random.randint(1, 900)) / 10 if state is State.FIGURE else None
        yield Line(item.id, "value", state, str(value), "表", "J3", value=value)
        for field in FIGURE_TEXTS:
            if random.random() < 0.3:
                at = quarter + -random.randint(0, 2)
                said = str(at) if field == "data_at" else f"{quarter}{field}样例"
                yield Line(item.id, field, State.TEXT, said, "表", "M3", text=said)


def texts(plan: Plan, agency: str, quarter: Quarter, random: Random) -> Iterator[Line]:
    owed = owed_by(plan, agency)
    words = [
        *((m.id, "status", ["未启动", "推进中", "已完成"]) for m in owed.measures),
        *((m.id, "progress", [f"{quarter}推进"]) for m in owed.measures),
        *((m.id, "status", ["未启动", "推进中", "已完成", "不再实施"]) for m in owed.milestones),
        *((f"case:{quarter}", field, [said]) for field, said in (
            ("measure", "M01"), ("summary", "做法"), ("public", "可公开"))),
    ]  # fmt: skip
    for item, field, choices in words:
        if random.random() < 0.4:
            said = random.choice(choices)
            yield Line(item, field, State.TEXT, said, "表", "D3", text=said)


def reported(desk: Desk, random: Random) -> None:
    """十季、四家，有更正、撤回、零报告、确认和退回，有的没有报。"""
    with Ledger.open_or_create(desk.workspace.ledger) as ledger:
        for number in range(110):
            agency, quarter = random.choice(AGENCIES), random.choice(QUARTERS)
            zero = random.random() < 0.15
            lines = () if zero else (
                *figures(desk.plan, agency, quarter, random),
                *texts(desk.plan, agency, quarter, random),
            )  # fmt: skip
            filing = Filing(agency, agency, quarter, "零报告" if zero else "正常", lines)
            content = b"%d" % number
            posting = Posting(
                "表.xlsx", content, sha256(content).hexdigest(), (filing,), NOW.date(), NOW, "甲",
                desk.plan.digest, desk.plan_texts,
                confirmations=(("I01", "属实"),) if random.random() < 0.1 else (),
            )  # fmt: skip
            ledger.post(posting)
        for receipt in random.sample(ledger.receipts(), 6):
            items = ("I01",) if random.random() < 0.5 else ()
            ruling = desk.ruling(DecisionKind.SEND_BACK, receipt.receipt, "不对", "甲", items)
            ledger.decide(ruling)


@pytest.fixture(scope="module", params=[1, 2])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    from ipmeasures.commands.start import lay_out  # noqa: PLC0415 - 与命令一样，用到才装载

    home = tmp_path_factory.mktemp("needed") / "w"
    lay_out(home)
    desk = Desk(Workspace(home), NOW)
    reported(desk, Random(request.param))  # noqa: S311 - 要的是重复得出来
    return desk


@pytest.mark.parametrize(
    "quarter", [QUARTERS[0], QUARTERS[3], QUARTERS[8], Quarter(2024, 2)], ids=str
)
def test_needed_is_enough(desk: Desk, quarter: Quarter) -> None:
    """差距、报告、表上的过去，只读要用到的与全部读来的一字不差。"""
    everything, needed = desk.record(), desk.record(None, quarter)
    assert len(needed.entries) < len(everything.entries)
    assert needed.gaps(quarter) == everything.gaps(quarter)
    with Ledger.open(desk.workspace.ledger, read_only=True) as ledger:
        of_agency = {a: agency_entries(ledger, desk.plan, a, quarter) for a in AGENCIES}
    for agency, own in of_agency.items():
        wanted = expected_of(desk.plan, agency, everything.entries, quarter)
        assert expected_of(desk.plan, agency, needed.entries, quarter) == wanted
        assert expected_of(desk.plan, agency, own, quarter) == wanted
    assert reported_in(desk.record(None, quarter, report=True), quarter) == reported_in(
        everything, quarter
    )


def reported_in(record: Record, quarter: Quarter) -> tuple[object, ...]:
    """报告里的话、网页和表格里的各行。"""
    shown, material = report_view(record, quarter), report._gathered(record, quarter)  # noqa: SLF001
    book = load_workbook(io.BytesIO(report_xlsx(material, shown)))
    cells = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    return shown, board(material, shown), cells


def test_only_zero_returns_before(home: Path) -> None:
    """上一季只有零报告：算有报表，措施没有进展的不说“连续两个季度”。"""
    desk = Desk(Workspace(home), NOW)
    with Ledger.create(desk.workspace.ledger) as ledger:
        for number, quarter in enumerate((QUARTERS[7], QUARTERS[8])):
            content = b"%d" % number
            ledger.post(
                Posting(
                    "表.xlsx", content, sha256(content).hexdigest(),
                    (Filing(AGENCIES[0], AGENCIES[0], quarter, "零报告", ()),),
                    NOW.date(), NOW, "甲", desk.plan.digest, desk.plan_texts,
                )
            )  # fmt: skip
    everything, needed = desk.record(), desk.record(None, QUARTERS[8])
    assert needed.gaps(QUARTERS[8]) == everything.gaps(QUARTERS[8])
    assert [r.quarter for r in needed.receipts] == [QUARTERS[7], QUARTERS[8]]


def test_nothing_on_record_yet(home: Path) -> None:
    """空台账也判得了。"""
    desk = Desk(Workspace(home), NOW)
    Ledger.create(desk.workspace.ledger).close()
    needed = desk.record(None, QUARTERS[0])
    assert (needed.entries, needed.receipts, needed.last_receipt) == ((), (), None)
