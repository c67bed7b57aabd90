"""用 LibreOffice 排出来看：页数够、没有空白页、没有缺字的方框。"""

import shutil
import subprocess
from pathlib import Path

import pytest

from ipmeasures.report.docx import render_docx
from tests.report.samples import TEMPLATES, Book, usual

OFFICE, READER = shutil.which("soffice"), shutil.which("pdftotext")


@pytest.mark.slow
@pytest.mark.skipif(not (OFFICE and READER), reason="没有 soffice 或 pdftotext，不能排版核对")
@pytest.mark.parametrize("quarter", ["2023Q2", "2023Q4", "2024Q1"])
def test_rendered_pages_are_never_blank(quarter: str, tmp_path: Path) -> None:
    book = Book() if quarter == "2024Q1" else usual(quarter)
    book.text("M03", quarter, "progress", "开展专项整治行动，查办案件若干起（样例）。" * 90)
    path = tmp_path / "report.docx"
    path.write_bytes(render_docx(book.view(quarter), TEMPLATES))
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    subprocess.run(
        [str(OFFICE), home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = subprocess.run(
        [str(READER), "-layout", tmp_path / "report.pdf", "-"],
        check=True, capture_output=True, timeout=60,
    ).stdout.decode()  # fmt: skip
    pages = text.split("\f")[:-1]
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        words = [line for line in page.splitlines() if line.strip()]
        assert len(words) >= 2, f"第{number}页只有页码"
        assert words[-1].replace(" ", "") == f"—{number}—"
    assert "\ufffd" not in text
