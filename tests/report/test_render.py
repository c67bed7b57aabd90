"""用 LibreOffice 排出来看：页数够、没有空白页、没有缺字的方框。"""

import shutil
import subprocess
from pathlib import Path

import pytest

from ipmeasures.report.docx import render_docx
from tests.report.samples import TEMPLATES, Book, real_plan, usual

OFFICE, READER = shutil.which("soffice"), shutil.which("pdftotext")


@pytest.mark.slow
@pytest.mark.skipif(not (OFFICE and READER), reason="没有 soffice 或 pdftotext，不能排版核对")
@pytest.mark.parametrize("quarter", ["2023Q2", "2023Q4", "2024Q1"])
def test_rendered_pages_are_never_blank(quarter: str, tmp_path: Path) -> None:
    book = Book() if quarter == "2024Q1" else usual(quarter)
    book.text("M03", quarter, "progress", "开展专项整治行动，查办案件若干起（样例）。" * 90)
    text = _printed(render_docx(book.view(quarter), TEMPLATES), tmp_path)
    pages = text.split("\f")[:-1]
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        words = [line for line in page.splitlines() if line.strip()]
        assert len(words) >= 2, f"第{number}页只有页码"
        assert words[-1].replace(" ", "") == f"—{number}—"
    assert "\ufffd" not in text
    # 表头与下页同在、行不拆开撞在一起时，LibreOffice 会整段丢行：每项里程碑都要印出来
    plan = real_plan()
    assert [m.id for m in plan.milestones if m.id not in text] == []


@pytest.mark.slow
@pytest.mark.skipif(not (OFFICE and READER), reason="没有 soffice 或 pdftotext，不能排版核对")
@pytest.mark.parametrize("words", range(0, 40, 8))
def test_no_row_is_lost_wherever_the_table_falls(words: int, tmp_path: Path) -> None:
    """前面的字多几行少几行，里程碑表落在页上的位置不同，都不丢行。"""
    book = usual("2023Q2")
    for measure in range(1, 1 + words // 8):
        book.text(f"M{measure:02d}", "2023Q2", "progress", "走访企业（样例）。" * words)
    text = _printed(render_docx(book.view("2023Q2"), TEMPLATES), tmp_path)
    assert [m.id for m in real_plan().milestones if m.id not in text] == []


def _printed(content: bytes, folder: Path) -> str:
    """排成 PDF 以后印出来的字。"""
    path = folder / "report.docx"
    path.write_bytes(content)
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    subprocess.run(
        [str(OFFICE), home, "--headless", "--convert-to", "pdf", "--outdir", folder, path],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return subprocess.run(
        [str(READER), "-layout", folder / "report.pdf", "-"],
        check=True, capture_output=True, timeout=60,
    ).stdout.decode()  # fmt: skip
