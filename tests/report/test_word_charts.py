"""Word 里的图是真的图：数在缓存里，也在随带的工作簿里，两处一样；黑白打印分得清。"""

# ruff: noqa: ANN401 - 要看 XML
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from docx import Document
from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from ipmeasures.report.docx import render_docx
from ipmeasures.report.word_charts import FONT
from tests.report.samples import TEMPLATES, Book, opening_quarter, usual

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@cache
def package() -> dict[str, bytes]:
    return parts(render_docx(usual().view("2023Q2"), TEMPLATES))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


def charts() -> Iterator[tuple[int, Any]]:
    names = sorted(name for name in package() if re.fullmatch(r"word/charts/report\d+\.xml", name))
    assert len(names) == 3
    for number, name in enumerate(names, 1):
        yield number, etree.fromstring(package()[name])


def workbook(number: int) -> Any:
    content = package()[f"word/embeddings/report{number}.xlsx"]
    return load_workbook(io.BytesIO(content)).worksheets[0]


def cached(area: Any) -> list[tuple[str, str]]:
    """一处引用：写着哪个区域，缓存里的各点。"""
    return [(pt.get("idx"), pt.findtext(f"{C}v")) for pt in area.iter(f"{C}pt")]


def test_every_cache_says_what_the_workbook_says() -> None:
    for number, chart in charts():
        sheet = workbook(number)
        areas = [*chart.iter(f"{C}numRef"), *chart.iter(f"{C}strRef")]
        assert len(areas) >= 4
        for area in areas:
            name, _, cells = area.findtext(f"{C}f").partition("!")
            assert name == sheet.title
            left, top, right, bottom = range_boundaries(cells.replace("$", ""))
            assert left == right
            values = [sheet.cell(row, left).value for row in range(top, bottom + 1)]
            told = {int(n): text for n, text in cached(area)}
            assert area.find(f".//{C}ptCount").get("val") == str(len(values))
            for n, value in enumerate(values):
                same = told.get(n) == value or float(told.get(n, "nan")) == float(value or "nan")
                assert same or (value is None and n not in told)


def test_two_level_names_stand_in_two_columns() -> None:
    chart = dict(charts())[3]
    area = next(chart.iter(f"{C}multiLvlStrRef"))
    assert area.findtext(f"{C}f") == "数据!$A$2:$B$22"
    inner, outer = area.iter(f"{C}lvl")
    assert [text for _, text in cached(inner)][:6] == ["基期", "一", "二", "三", "四", "一"]
    assert cached(outer)[:2] == [("1", "2021年"), ("5", "2022年")]
    sheet = workbook(3)
    assert [sheet.cell(row, 1).value for row in (2, 3, 4, 7)] == [None, "2021年", None, "2022年"]
    assert [sheet.cell(1, n).value for n in range(1, 5)] == [None, None, "实际", "序时应达"]


def test_each_chart_brings_its_workbook_and_can_be_edited() -> None:
    for number, chart in charts():
        relation = chart.find(f"{C}externalData").get(f"{R}id")
        rels = etree.fromstring(package()[f"word/charts/_rels/report{number}.xml.rels"])
        (rel,) = [r for r in rels if r.get("Id") == relation]
        assert rel.get("Target") == f"../embeddings/report{number}.xlsx"
        assert rel.get("Type").endswith("/package")
    types = package()["[Content_Types].xml"].decode()
    assert types.count("drawingml.chart+xml") == 3
    assert "spreadsheetml.sheet" in types


def test_charts_read_in_black_and_white() -> None:
    """实际和序时：一条实心一条斜纹，一条实线带点一条虚线，不靠颜色。"""
    bars, *lines = (chart for _, chart in charts())
    assert [s.find(f"{C}spPr")[0].tag for s in bars.iter(f"{C}ser")] == [
        f"{A}solidFill", f"{A}pattFill",
    ]  # fmt: skip
    for chart in lines:
        dashes = [s.find(f".//{A}prstDash").get("val") for s in chart.iter(f"{C}ser")]
        marks = [s.find(f".//{C}symbol").get("val") for s in chart.iter(f"{C}ser")]
        assert dashes[:2] == ["solid", "dash"]
        assert marks[:2] == ["circle", "none"]


def test_fonts_are_named_and_chinese() -> None:
    for _, chart in charts():
        faces = {
            node.get("typeface") for tag in ("latin", "ea", "cs") for node in chart.iter(A + tag)
        }
        assert faces == {FONT}
        assert chart.find(f"{C}lang").get("val") == "zh-CN"


def test_charts_stand_in_the_text_with_caption_and_words_for_the_blind() -> None:
    document = Document(io.BytesIO(render_docx(usual().view("2023Q2"), TEMPLATES)))
    paragraphs = document.paragraphs
    places = [n for n, p in enumerate(paragraphs) if p._p.findall(f".//{WP}inline")]  # noqa: SLF001
    assert len(places) == 3
    for number, place in enumerate(places, 1):
        paragraph, caption = paragraphs[place], paragraphs[place + 1]
        told = paragraph._p.find(f".//{WP}docPr")  # noqa: SLF001
        assert told.get("descr").startswith(("条形图，", "折线图，"))
        assert paragraph.style.name == "图"
        assert paragraph.style.paragraph_format.line_spacing_rule is not None
        assert paragraph.style.paragraph_format.keep_with_next
        assert caption.style.name == "图题"
        assert caption.text.startswith(f"图{number}　")
        width = paragraph._p.find(f".//{WP}extent").get("cx")  # noqa: SLF001
        assert int(width) <= 156 * 36000


def test_lines_of_a_chart_are_never_cut_by_the_fixed_pitch() -> None:
    document = Document(io.BytesIO(render_docx(usual().view("2023Q2"), TEMPLATES)))
    spacing = document.styles["图"].element.pPr.find(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}spacing"
    )
    assert "auto" in spacing.values()
    assert "exact" not in spacing.values()


def test_the_same_view_gives_the_same_parts() -> None:
    again = parts(render_docx(usual().view("2023Q2"), TEMPLATES))
    assert again == package()


def test_third_line_for_the_year_before() -> None:
    book = opening_quarter()
    book.figure("M07-1", "2023Q1", "60")
    found = parts(render_docx(book.view("2023Q1"), TEMPLATES))
    lines = [etree.fromstring(x) for n, x in found.items() if re.match(r"word/charts/report\d", n)]
    names = [[s.findtext(f".//{C}v") for s in chart.iter(f"{C}ser")] for chart in lines]
    assert ["2023年实际", "序时应达", "上年同期"] in names


def test_the_same_chart_twice_in_a_template_is_two_charts(tmp_path: Path) -> None:
    """办公室在模板里把图放了两处，文档也不坏。"""
    shutil.copy(TEMPLATES / "report.docx", tmp_path)
    document = Document(str(tmp_path / "report.docx"))
    for text in ("{%p for chart in indicators.charts %}", "{{ chart }}", "{%p endfor %}"):
        document.add_paragraph(text, "图")
    document.save(str(tmp_path / "report.docx"))
    found = parts(render_docx(usual().view("2023Q2"), tmp_path))
    assert sum(name.startswith("word/charts/report") for name in found) == 4


def test_no_chart_no_parts() -> None:
    found = parts(render_docx(Book().view("2024Q1"), TEMPLATES))
    assert not any("chart" in name or "embeddings" in name for name in found)
