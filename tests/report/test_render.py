"""用 LibreOffice 排出来看：每页都有字有页码、没有缺字的方框、表格不丢行、图画得出。"""

import io
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from ipmeasures.report.docx import render_docx
from ipmeasures.report.view import ReportView
from tests.report.samples import TEMPLATES, usual
from tests.report.test_golden import BOOKS

OFFICE, READER, FONTS = map(shutil.which, ("soffice", "pdftotext", "fc-list"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (OFFICE and READER), reason="没有 soffice 或 pdftotext，不能排版核对"),
]
# 前面多几行少几行，表格落在页上的位置就不同
SHIFTS = range(0, 22, 3)
ROWS = ("indicators.rows", "commitments.rows", "commitments.years.rows", "details", "milestones",
        "ledger", "scope.rows", "corrections")  # fmt: skip


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """全部样本一次排成 PDF，各自印出来的字。"""
    folder = tmp_path_factory.mktemp("print")
    for name, content in samples().items():
        (folder / f"{name}.docx").write_bytes(content)
    files = sorted(folder.glob("*.docx"))
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    subprocess.run(
        [str(OFFICE), home, "--headless", "--convert-to", "pdf", "--outdir", folder, *files],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return {path.stem: text_of(path.with_suffix(".pdf")) for path in files}


def text_of(path: Path) -> str:
    return subprocess.run(
        [str(READER), "-layout", path, "-"], check=True, capture_output=True, timeout=60
    ).stdout.decode()


def samples() -> dict[str, bytes]:
    found = {name: render_docx(make(), TEMPLATES) for name, make in BOOKS.items()}
    found |= {f"位置{n}": render_docx(shifted(n), TEMPLATES) for n in SHIFTS}
    found["长文字"] = render_docx(long_words(), TEMPLATES)
    return found


def marked(view: ReportView, path: str, letter: str) -> ReportView:
    """一张表的各行写上认得出的记号。"""
    rows = rows_of(view, path)
    named = tuple(
        replace(row, **{"measure" if hasattr(row, "measure") else "name": f"Z{letter}{n:02d}"})
        for n, row in enumerate(rows, 1)
    )
    changed: ReportView = put(view, path.split("."), named)
    return changed


def rows_of(view: object, path: str) -> tuple[Any, ...]:
    for name in path.split("."):
        view = getattr(view, name)
    assert isinstance(view, tuple)
    return view


def put(of: Any, path: list[str], value: object) -> Any:  # noqa: ANN401 - 各部分的类型不同
    name, *rest = path
    return replace(of, **{name: put(getattr(of, name), rest, value) if rest else value})


def shifted(lines: int) -> ReportView:
    """年度报告，各表的行都有记号，正文和口径说明多出几行。"""
    view = BOOKS["2023Q4-全年"]()
    view = replace(view, corrections=BOOKS["2023Q2-有更正"]().corrections)
    for letter, path in zip("abcdefgh", ROWS, strict=True):
        view = marked(view, path, letter)
    (group,) = view.indicators.groups
    rows = replace(view.indicators, groups=(replace(group, rows=view.indicators.rows),))
    view = replace(view, indicators=rows)
    settings = view.scope.settings
    more = replace(settings, paragraphs=settings.paragraphs + ("多一行。",) * lines)
    return replace(
        view,
        overview=view.overview + ("多一行。",) * lines,
        scope=replace(view.scope, settings=more),
    )


def long_words() -> ReportView:
    """一格里的字比一页还长。"""
    book = usual()
    for field, letter in zip(("progress", "problems", "reason", "next_step"), "PQRS", strict=True):
        text = "".join(f"{letter}{n:03d}样例文字。" for n in range(220))
        book.text("M03", "2023Q2", field, text)
    return book.view("2023Q2")


def boxes(used: set[str]) -> set[str]:
    """没有一种装着的字体画得出的字；没有 fc-list 的机器上看不出。"""
    if not FONTS or _fonts_with(used):
        return set()
    return {char for char in used if not _fonts_with({char})}


def _fonts_with(used: set[str]) -> bool:
    points = " ".join(f"{ord(char):x}" for char in sorted(used))
    told = subprocess.run(
        [str(FONTS), f":charset={points}", "family"], check=True, capture_output=True
    )
    return bool(told.stdout.strip())


def characters(content: bytes) -> set[str]:
    """文档里的字。"""
    root = Document(io.BytesIO(content)).element.body
    return {c for node in root.iter(qn("w:t")) for c in node.text or "" if not c.isspace()}


@pytest.mark.parametrize("name", BOOKS)
def test_every_page_has_words_and_its_number(printed: Mapping[str, str], name: str) -> None:
    pages = printed[name].split("\f")[:-1]
    assert 10 < len(pages) < 45
    for number, page in enumerate(pages, 1):
        words = [line for line in page.splitlines() if line.strip()]
        assert len(words) >= 2, f"第{number}页只有页码"
        assert words[-1].replace(" ", "") == f"—{number}—"


@pytest.mark.parametrize("name", BOOKS)
def test_no_character_is_missing_from_the_print(printed: Mapping[str, str], name: str) -> None:
    """每个字都在印出来的纸上，也都有字体画得出：画不出的印成方框。"""
    used = characters(render_docx(BOOKS[name](), TEMPLATES))
    assert used - set(printed[name]) == set()
    assert boxes(used) == set()


def test_a_box_would_be_noticed() -> None:
    """没有一种字体有的字（U+0378 没有编字），认得出。"""
    if not FONTS:
        pytest.skip("没有 fc-list")
    assert boxes({"正", "\u0378"}) == {"\u0378"}


@pytest.mark.parametrize("lines", SHIFTS)
def test_no_row_is_lost_wherever_the_tables_fall(printed: Mapping[str, str], lines: int) -> None:
    """表头与下页同在、行不拆开撞在一起时，LibreOffice 会整段丢行：每张表的每一行都要印出来。"""
    text = printed[f"位置{lines}"]
    view = shifted(lines)
    names = [
        f"Z{letter}{n:02d}"
        for letter, path in zip("abcdefgh", ROWS, strict=True)
        for n in range(1, len(rows_of(view, path)) + 1)
    ]
    assert len(names) > 150
    assert [name for name in names if name not in text] == []


def test_a_cell_longer_than_a_page_is_printed_whole(printed: Mapping[str, str]) -> None:
    text = "".join(printed["长文字"].split())
    lost = [f"{c}{n:03d}" for c in "PQRS" for n in range(220) if f"{c}{n:03d}" not in text]
    assert lost == []


def test_charts_are_drawn(printed: Mapping[str, str]) -> None:
    """图里的图例、坐标和数都印得出来。"""
    text = "".join(printed["2023Q2-年中"].split())
    bars = text.split("图1主要指标")[0].rsplit("年度之间不结转", 1)[1]
    assert all(word in bars for word in ("增量完成率", "序时进度", "43.9", "22.2", "65.2"))
    course = text.split("图3每万人口")[0].rsplit("下一步措施", 1)[1]
    assert all(word in course for word in ("实际", "序时应达", "2023年", "6.78", "7.20"))


def test_every_part_of_the_view_is_printed(printed: Mapping[str, str]) -> None:
    """视图里的每句话都在印出来的纸上（不看空格和换行）。"""
    view = BOOKS["2023Q2-年中"]()
    text = "".join(printed["2023Q2-年中"].split())
    for told in (*view.overview, *view.indicators.sentences, *view.returned, *view.next_steps):
        start = "".join(told.split())[:12]
        assert start in text
