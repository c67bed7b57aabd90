"""各种季度各一份全文：头一季、一季度、年中、全年、一家没报、有更正、期末；用 --update-golden 更新。"""

from pathlib import Path

import pytest

from ipmeasures.report.markdown import render_markdown
from tests.report.samples import TEMPLATES, Book, corrected, ended, first, opening_quarter, usual

GOLDEN = Path(__file__).parents[1] / "golden"
BOOKS = {
    "2021Q4-第一季": lambda: first().view("2021Q4"),
    "2023Q1-一季度": lambda: opening_quarter().view("2023Q1"),
    "2023Q2-年中": lambda: usual("2023Q2").view("2023Q2"),
    "2023Q2-有更正": lambda: corrected().view("2023Q2"),
    "2023Q4-全年": lambda: usual("2023Q4").view("2023Q4"),
    "2024Q1-没有报送": lambda: Book().view("2024Q1"),
    "2025Q4-期末": lambda: ended().view("2025Q4"),
}


@pytest.mark.parametrize("name", BOOKS)
def test_report_reads_as_agreed(name: str, request: pytest.FixtureRequest) -> None:
    text = render_markdown(BOOKS[name](), TEMPLATES)
    path = GOLDEN / f"report-{name}.md"
    if request.config.getoption("--update-golden"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")
