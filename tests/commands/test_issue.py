"""登记印发了的报告。"""

from pathlib import Path

import pytest

from ipmeasures.ledger.decision import DecisionKind
from ipmeasures.ledger.store import Ledger
from ipmeasures.report.terminal.layout import width
from tests.commands.conftest import Fill, Run, figures
from tests.commands.test_proof import edit

BUREAU = "市市场监管局"
NUMBER = ("--number", "威知战发〔2023〕15号")


@pytest.fixture
def report(ipm: Run, filled: Fill, home: Path) -> Path:
    """一份写好的报告。"""
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20", I09="6.8")))
    assert ipm("report", "--year", "2023", "--format", "docx").status == 0
    return home / "reports" / "2023Q2-进展报告.docx"


def test_the_issued_version_is_on_record(ipm: Run, report: Path, home: Path) -> None:
    """文件、摘要、文号、日期和印了的数都在案；文件也存在台账里；80 列以内。"""
    told = ipm("issue", report, *NUMBER, "--date", "2023/7/20", "--by", "张三")
    assert told.status == 0, told.err
    assert "已登记：2023年第二季度报告" in told.out
    assert "与台账不同" not in told.out
    assert max(map(width, told.out.splitlines())) <= 80
    with Ledger.open(home / "data" / "ledger.db", read_only=True) as ledger:
        (made,) = ledger.decisions(DecisionKind.ISSUE)
        assert ledger.content(made.detail["sha256"]) == report.read_bytes()
        assert ledger.verify() == ()
    assert made.detail["figures"]["I01"] == "7.20"
    assert (made.detail["quarter"], made.detail["date"]) == ("2023Q2", "2023-07-20")
    assert "印发 2023Q2-进展报告.docx（2023Q2 的报告，威知战发〔2023〕15号，2023-07-20）" in ipm(
        "log"
    ).out.replace("\n    ", "")


def test_not_twice(ipm: Run, report: Path) -> None:
    """同一份不登记两次。"""
    ipm("issue", report, *NUMBER)
    told = ipm("issue", report)
    assert (told.status, "登记过" in told.err) == (2, True)


def test_differences_are_said_and_counted(ipm: Run, report: Path, home: Path) -> None:
    """印发的版本里有与台账不同的数，照实登记，说清楚是哪些。"""
    edit(report, "7.20件", "7.30件")
    told = ipm("issue", report, *NUMBER)
    assert told.status == 0
    assert "请留意，印发的版本里有与台账不同的数" in told.out
    assert "写的 7.30，台账 7.20" in told.out
    with Ledger.open(home / "data" / "ledger.db", read_only=True) as ledger:
        assert ledger.decisions()[0].detail["differences"] == 1


def test_what_cannot_be_issued(ipm: Run, report: Path, tmp_path: Path) -> None:
    """没有的文件、写错的日期，说清楚，什么也不记。"""
    assert ipm("issue", tmp_path / "没有.docx").status == 3
    told = ipm("issue", report, "--date", "七月")
    assert (told.status, "不是日期" in told.err) == (2, True)
    assert "印发" not in ipm("log").out


def test_without_a_ledger(ipm: Run, report: Path, home: Path) -> None:
    """没有台账，没有可登记的。"""
    (home / "data" / "ledger.db").unlink()
    told = ipm("issue", report)
    assert (told.status, "尚无入库记录" in told.err) == (2, True)
