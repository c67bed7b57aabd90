"""成卷归档：一个季度的文件一份不少，摘要对得上，已有的卷不动。"""

import csv
import hashlib
from pathlib import Path

import pytest

from ipmeasures.errors import CannotWrite
from ipmeasures.report.archive import LISTING, SUMS, Document, write_archive
from tests.commands.conftest import Fill, Run, figures

BUREAU = "市市场监管局"


@pytest.fixture
def quarter(ipm: Run, filled: Fill, home: Path, tmp_path: Path) -> Run:
    """一个季度做完：发表、收表（带附件）、报告、印发；另一个季度也有报表。"""
    ipm("form", "--quarter", "2023Q2", "--agency", BUREAU)
    scan = tmp_path / "来文.pdf"
    scan.write_bytes(b"%PDF-1.7")
    path = filled(BUREAU, "2023Q2", figures(I01="7.20"))
    assert ipm("ingest", path, "--attach", scan).status == 0
    ipm("ingest", filled(BUREAU, "2023Q3", figures(I01="7.9")))
    ipm("report", "--year", "2023", "--quarter", "2")
    report = home / "reports" / "2023Q2-进展报告.docx"
    assert ipm("issue", report, "--number", "威知〔2023〕1号").status == 0
    return ipm


def test_everything_of_the_quarter_is_there(quarter: Run, home: Path, tmp_path: Path) -> None:
    """空表、原件、附件、报告、印发的版本、历史、计划都在；别的季度的不在；摘要对得上。"""
    told = quarter("archive", "--quarter", "2023Q2")
    assert told.status == 0, told.err
    # 进展报告：md、docx，和 md 的两幅图
    assert "下发的表 1，收到的原件 2，进展报告 4，印发的版本 1，台账 4" in told.out
    folder = home / "archive" / "2023Q2-归档"
    original = folder / "2-收到的原件" / f"2023Q2-0001-2023Q2-{BUREAU}.xlsx"
    assert original.read_bytes() == (tmp_path / f"2023Q2-{BUREAU}.xlsx").read_bytes()
    assert (folder / "2-收到的原件" / "2023Q2-0001-附件-来文.pdf").read_bytes() == b"%PDF-1.7"
    for line in (folder / SUMS).read_text("utf-8").splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    rows = list(csv.DictReader((folder / LISTING).read_text("utf-8-sig").splitlines()))
    present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert {row["文件"] for row in rows} == present - {LISTING, SUMS}
    assert not any("2023Q3" in name for name in present)
    assert "威知〔2023〕1号" in next(r["说明"] for r in rows if r["类别"] == "4-印发的版本")
    assert "2023Q2-0001" in (folder / "5-台账" / "历史.txt").read_text("utf-8")


def test_an_archive_is_never_touched_again(quarter: Run, tmp_path: Path) -> None:
    """已有的卷不动；--out 另放一处，内容相同。"""
    quarter("archive", "--quarter", "2023Q2")
    told = quarter("archive", "--quarter", "2023Q2")
    assert (told.status, "已经有这一卷" in told.err) == (6, True)
    assert quarter("archive", "--quarter", "2023Q2", "--out", tmp_path / "别处").status == 0
    assert (tmp_path / "别处" / "2023Q2-归档" / SUMS).is_file()


def test_without_a_ledger(ipm: Run) -> None:
    """没有台账，没有可归档的。"""
    told = ipm("archive", "--quarter", "2023Q2")
    assert (told.status, "尚无入库记录" in told.err) == (2, True)


def test_names_every_system_can_keep(tmp_path: Path) -> None:
    """外来的名称：路径、通配、控制字符、过长、同名，都存得下，不出文件夹。"""
    names = ["../../逃.xlsx", "a:b?.xlsx", "A.xlsx", "a.xlsx", "x" * 300 + ".xlsx", "..", "甲\n乙"]
    written = write_archive(
        tmp_path / "卷", [Document("组", name, name.encode(), "=1+1") for name in names]
    )
    assert len(written) == len(names)
    assert all((tmp_path / "卷" / path).is_file() for path in written)
    assert {p.name for p in tmp_path.iterdir()} == {"卷"}
    assert "'=1+1" in (tmp_path / "卷" / LISTING).read_text("utf-8-sig")
    assert "组/a-2.xlsx" in written


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """写不进去：说清楚，不留半卷。"""
    (tmp_path / "挡").write_bytes(b"")
    with pytest.raises(CannotWrite, match="写不进"):
        write_archive(tmp_path / "挡" / "卷", [Document("组", "a", b"")])
    assert [p.name for p in tmp_path.iterdir()] == ["挡"]


def test_a_report_that_cannot_be_read(quarter: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """报告正被占用：整卷不做，说是哪个文件。"""
    read = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self.name == "2023Q2-进展报告.docx":
            raise PermissionError
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    told = quarter("archive", "--quarter", "2023Q2")
    assert (told.status, "进展报告.docx" in told.err) == (6, True)
