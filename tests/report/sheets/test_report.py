"""报告的工作簿：表是真的表，数是真的数，显示出来与报告印的一样，每个数有来源，字只是字。"""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from ipmeasures.forms.style import lines_needed
from ipmeasures.report.material import Material
from ipmeasures.report.parts import BLANK
from ipmeasures.report.sheets.report import report_xlsx
from ipmeasures.report.sources import figure_sources
from ipmeasures.report.wording import lines, one_line
from ipmeasures.returns.workbook import read_workbook
from tests.report.pages import CORRECTION, EVERY, MATERIALS, example, material, shown, xlsx
from tests.report.samples import Book
from tests.report.test_hostile import HOSTILE
from tests.report.test_html import told

OFFICE = shutil.which("soffice")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def opened(name: str) -> Workbook:
    return load_workbook(io.BytesIO(xlsx(example(name))))


def table(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    """一张工作表里那张表的各行：表头 → 格子；公文没有那类事项的，没有这张。"""
    if sheet not in book.sheetnames:
        return []
    page = book[sheet]
    (made,) = page.tables.values()
    left, top, right, bottom = range_boundaries(made.ref)
    heads = [page.cell(top, c).value for c in range(left, right + 1)]
    return [
        dict(zip(heads, [page.cell(r, c) for c in range(left, right + 1)], strict=True))
        for r in range(top + 1, bottom + 1)
    ]


def printed(cell: Any) -> str:  # noqa: ANN401 - openpyxl 的格子
    """照数字格式显示出来的样子（只认本程序用的几种）。"""
    if cell.value is None:
        return ""
    if isinstance(cell.value, str):
        return cell.value
    value, form = Decimal(repr(cell.value)), cell.number_format
    parts = form.split(";")
    if len(parts) == 3:
        form = parts[0] if value > 0 else parts[1] if value < 0 else parts[2]
        value = abs(value)
    found = re.fullmatch(r'(?:"([^"]*)")?([+-]?)0(?:\.(0*)(#*))?(%?)(?:"([^"]*)")?', form)
    assert found, form
    before, sign, zeros, more, percent, after = found.groups(default="")
    value = value * 100 if percent else value
    places = len(zeros) + len(more)
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:f}"
    for _ in more:
        text = text.removesuffix("0")
    return f"{before}{sign}{text.removesuffix('.')}{percent}{after}"


def test_the_display_is_understood() -> None:
    """上面的显示照 Excel 的写法。"""
    sheet = Workbook().active
    assert isinstance(sheet, Worksheet)
    for value, form, text in (
        (0.4394, "0.0%", "43.9%"),
        (0.5, "0%", "50%"),
        (-6.06, "+0.0;-0.0;0.0", "-6.1"),
        (0.0, "+0.0;-0.0;0.0", "0.0"),
        (0.209, "0.00##", "0.209"),
        (7.2, "0.00", "7.20"),
        (0.03, '+0.00"个百分点";-0.00"个百分点";0.00"个百分点"', "+0.03个百分点"),
        (1.005, '0.0%"（年度）"', "100.5%（年度）"),
    ):
        cell = sheet["A1"]
        cell.value, cell.number_format = value, form
        assert printed(cell) == text


@pytest.mark.parametrize("name", EVERY)
def test_the_same_figures_as_in_the_report(name: str) -> None:
    """主要指标、量化任务两张表，逐格显示出来与报告印的一样；数是数，不是字。"""
    book, said = opened(name), shown(example(name))
    columns = {
        "主要指标": {
            "指标": "name", "计量单位": "unit", "基期": "baseline", "目标": "target",
            "数据时点": "data_at", "同比": "change", "目标完成率": "target_rate",
            "增量完成率": "done", "序时": "planned", "偏差（百分点）": "gap", "状态": "status",
        },
        "量化任务": {
            "任务": "name", "计量单位": "unit", "要求": "demand", "数据时点": "data_at",
            "同比": "change", "完成率": "done", "序时": "planned", "偏差（百分点）": "gap",
            "状态": "status",
        },
    }  # fmt: skip
    numeric = {"基期", "目标", "本期", "累计", "同比", "目标完成率", "增量完成率", "完成率", "序时",
               "偏差（百分点）", "上年同期", "序时应达", "序号"}  # fmt: skip
    for sheet, rows in (("主要指标", said.indicators.rows), ("量化任务", said.commitments.rows)):
        written = table(book, sheet)
        assert len(written) == len(rows)
        for cells, row in zip(written, rows, strict=True):
            for head, key in columns[sheet].items():
                wanted = getattr(row, key)
                assert printed(cells[head]) == ("" if wanted == BLANK else wanted), (row.name, head)
            value, total = printed(cells["本期"]), printed(cells["累计"])
            assert (f"{value}（累计{total}）" if total else value or BLANK) == row.value, row.name
            for head in numeric & set(cells):
                assert not isinstance(cells[head].value, str), (row.name, head)


@pytest.mark.parametrize("name", EVERY)
def test_details_are_there_too(name: str) -> None:
    """上年同期、序时应达、填报单位、备注与附件1 的一样。"""
    book, said = opened(name), shown(example(name))
    written = [*table(book, "主要指标"), *table(book, "量化任务")]
    details = {row.id: row for row in said.details}
    assert {cells["编号"].value for cells in written} == set(details)
    for cells in written:
        row = details[cells["编号"].value]
        for head, key in (("上年同期", "year_ago"), ("序时应达", "planned"), ("填报单位", "agencies"),
                          ("备注", "note"), ("编号", "id")):  # fmt: skip
            wanted = getattr(row, key)
            assert printed(cells[head]) == ("" if wanted == BLANK else wanted), (row.id, head)


def test_shares_keep_their_precision() -> None:
    """完成率存的是没有取整的数，接着算不差。"""
    row = next(r for r in table(opened("年中"), "主要指标") if r["编号"].value == "I01")
    assert row["增量完成率"].value == pytest.approx((7.20 - 4.99) / (10.02 - 4.99))
    found = example("年中").gap_by_id["I01"].assessment
    assert found.done_share is not None
    assert Decimal(repr(row["增量完成率"].value)) == round(found.done_share, 8)


@pytest.mark.parametrize("name", MATERIALS)
def test_years_of_the_annual_report(name: str) -> None:
    """年度报告有分年度情况，数与报告印的一样；别的季度没有这张表。"""
    book, years = opened(name), shown(example(name)).commitments.years
    assert ("分年度情况" in book.sheetnames) == (years is not None)
    if years is None:
        return
    for cells, row in zip(table(book, "分年度情况"), years.rows, strict=True):
        told_ = [printed(cells[head]) for head in years.heads]
        assert told_ == ["" if text == BLANK else text for text in row.years]
        assert not any(isinstance(cells[head].value, str) for head in years.heads)


@pytest.mark.parametrize("name", EVERY)
def test_every_figure_has_its_source(name: str) -> None:
    """数据来源：在案的每个数一行，回执、文件、SHA-256、表、格、单位、日子一样不少。"""
    told_, book = example(name), opened(name)
    wanted = [s for item in told_.plan.asked_items for s in figure_sources(told_, item)]
    rows = table(book, "数据来源")
    if not wanted:
        assert [c.value for c in rows[0].values() if c.value is not None] == []
        return
    for cells, source in zip(rows, wanted, strict=True):
        entry = source.entry
        facts = [cells[head].value for head in (
            "编号", "报送期", "报送单位", "回执", "文件", "SHA-256", "工作表", "单元格", "用于",
        )]  # fmt: skip
        assert facts == [
            source.item, str(entry.quarter), source.agency, entry.receipt, entry.file,
            entry.sha256, entry.sheet, entry.cell, source.use or None,
        ]  # fmt: skip
        assert cells["收到日期"].value.date() == entry.received_on
        assert cells["第几次"].value == entry.revision
        if entry.value is None:
            assert (cells["数"].value, cells["说明"].value) == (None, entry.state.label)
        else:
            assert Decimal(repr(cells["数"].value)) == entry.value


def test_figures_lead_to_their_source() -> None:
    """指标和任务的编号点过去，就是它在“数据来源”里的第一行。"""
    book = opened("年中")
    sources = book["数据来源"]
    for sheet in ("主要指标", "量化任务"):
        for cells in table(book, sheet):
            link = cells["编号"].hyperlink
            assert link is not None
            where = re.fullmatch(r"'数据来源'!A(\d+)", link.location)
            assert where is not None
            twin = {"M08-1": "I06", "M10-1": "I09"}.get(cells["编号"].value, cells["编号"].value)
            assert sources.cell(int(where[1]), 1).value == twin
            assert sources.cell(int(where[1]) - 1, 1).value != twin


def parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        for entry in archive.infolist():
            yield entry.filename, archive.read(entry)


@pytest.mark.parametrize("name", EVERY)
def test_nothing_to_repair(name: str) -> None:
    """部件都是好的 XML；表头与表的列名一致、不重复，表名不重复、不盖住别的格子，没有公式。"""
    content = xlsx(example(name))
    names, ids = [], []
    for part, text in parts(content):
        root = ET.fromstring(text)  # noqa: S314 - 自己写的
        assert not list(root.iter(f"{MAIN}f")), part
        if part.startswith("xl/tables/"):
            names.append(root.attrib["displayName"])
            ids.append(root.attrib["id"])
    assert len(set(names)) == len(names) >= (9 if name in MATERIALS else 5)
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[^\W\d]\w*", one) for one in names)
    book = load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        assert sheet.auto_filter.ref is None
        for made in sheet.tables.values():
            left, top, right, bottom = range_boundaries(made.ref)
            heads = [sheet.cell(top, c).value for c in range(left, right + 1)]
            assert [column.name for column in made.tableColumns] == heads
            assert len({str(h).lower() for h in heads}) == len(heads)
            assert bottom > top
            assert made.autoFilter.ref == made.ref
            for merged in sheet.merged_cells.ranges:
                assert merged.max_row < top or merged.min_row > bottom, (sheet.title, merged.coord)


@pytest.mark.parametrize("name", MATERIALS)
def test_ready_to_read_and_to_print(name: str) -> None:
    """表头冻结，A4 一页宽，每页重印表头，有页码；灯和负的偏差有条件格式，完成率有数据条。"""
    book = opened(name)
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
        if sheet.title not in ("图表", "口径说明"):
            assert sheet.freeze_panes
            assert sheet.print_title_rows
    rules = {
        sheet.title: [r.type for one in sheet.conditional_formatting for r in one.rules]
        for sheet in book.worksheets
    }
    for title in ("主要指标", "量化任务"):
        assert rules[title].count("dataBar") == 1
        assert rules[title].count("expression") == 8
    for title in ("总体情况", "未达序时事项", "里程碑", "措施进展"):
        assert rules[title].count("expression") >= 7


def test_no_head_is_cut_off() -> None:
    """窄列的表头要折行，表头那一行就有几行高。"""
    for sheet in opened("各种状态").worksheets:
        for table in sheet.tables.values():
            head = sheet[table.ref][0]
            for cell in head:
                width = int(sheet.column_dimensions[cell.column_letter].width)
                needed = 15 * lines_needed(str(cell.value), width) + 5  # 上下留一点边
                assert sheet.row_dimensions[cell.row].height >= needed, (sheet.title, cell.value)


def test_the_overview_says_whose_parts_its_words_mean() -> None:
    """“见第六部分”“附件4”是 Word 报告的：标题照那里编号，并写明。"""
    sheet = opened("各种状态")["总体情况"]
    words = [row[0] for row in sheet.iter_rows(values_only=True) if row[0]]
    assert {"一、总体情况", "六、报送情况", "八、下一步工作"} <= set(words)
    assert "文中说的第几部分、附件几，是 Word 报告的。" in str(words[1])


def test_lights_follow_the_word() -> None:
    """条件格式照“灯”那一列的字，各灯一条，盖住状态和灯两列。"""
    sheet = opened("年中")["主要指标"]
    heads = {c.value: c.column_letter for c in sheet[3]}
    asked = f'${heads["灯"]}4="黄"'
    ((area, rule),) = [
        (str(one.sqref), rule)
        for one in sheet.conditional_formatting
        for rule in one.rules
        if rule.formula == [asked]
    ]
    assert area.startswith(f"{heads['状态']}4:{heads['灯']}")
    assert rule.dxf.fill.bgColor.rgb == "FFFFE699"


def test_charts_are_native_and_point_at_the_tables() -> None:
    """两张进度图、每个滞后而有数的事项一张走势图；每条线指着表里该指的那一列。"""
    told_, book = example("各种状态"), opened("各种状态")
    charts = book["图表"]._charts  # noqa: SLF001 - 没有公开的取法
    lagging = [g.id for g in told_.gaps.lagging if g.kind in ("indicator", "commitment")]
    figured = [i for i in lagging if i not in ("M08-1", "M10-1") and _has_figure(told_, i)]
    assert len(charts) == 2 + len(figured)
    for one, sheet, heads in (
        (charts[0], "主要指标", ("指标", "增量完成率", "序时")),
        (charts[1], "量化任务", ("任务", "完成率", "序时")),
    ):
        letters = {c.value: c.column_letter for c in book[sheet][3]}
        last = 3 + len(table(book, sheet))
        for series, head in zip(one.series, heads[1:], strict=True):
            assert series.val.numRef.f == f"'{sheet}'!${letters[head]}$4:${letters[head]}${last}"
            name = letters[heads[0]]
            assert series.cat.strRef.f == f"'{sheet}'!${name}$4:${name}${last}"
    letters = {c.value: c.column_letter for c in book["分季走势"][4]}
    for one, item in zip(charts[2:], figured, strict=True):
        columns = [letters[f"{item} 应达"], letters[f"{item} 实际"]]
        for series, letter in zip(one.series, columns, strict=True):
            assert series.val.numRef.f == f"'分季走势'!${letter}$5:${letter}$25"


def _has_figure(told_: Material, item: str) -> bool:
    found = told_.gap_by_id[item].assessment
    return found.reported is not None and not found.missing_years


def test_course_over_the_quarters() -> None:
    """分季走势：从基期到期末，一季一行；实际是判断所用的数。"""
    rows = table(opened("年中"), "分季走势")
    by_quarter = {row["季度"].value: row for row in rows}
    assert len(rows) == 21
    assert by_quarter["2020Q4"]["I01 实际"].value == 4.99
    assert by_quarter["2023Q2"]["I06 实际"].value == 166
    assert by_quarter["2023Q2"]["I01 应达"].value == 7.505
    assert by_quarter["2025Q4"]["I01 应达"].value == 10.02
    assert by_quarter["2025Q4"]["I01 实际"].value is None


def test_lagging_items_by_agency() -> None:
    """未达序时事项：一个事项一个单位一行，原因和下一步各归各的；没有说的照说没有。"""
    book = Book()
    for agency in ("威海海关", "荣成海关"):
        book.figure("M05-1", "2023Q4", "1", agency)
        book.text("M05-1", "2023Q4", "reason", f"{agency}的原因", agency)
    book.figure("I01", "2023Q4", "6.20")
    written = load_workbook(io.BytesIO(xlsx(material(book, "2023Q4"))))
    rows = table(written, "未达序时事项")
    found = [
        (r["编号"].value, r["单位"].value, r["滞后原因"].value, r["下一步措施"].value)
        for r in rows
        if r["编号"].value in ("M05-1", "I01")
    ]
    assert sorted(found) == [
        ("I01", "市市场监管局", "未说明原因", "未报送"),
        ("M05-1", "威海海关", "威海海关的原因", None),
        ("M05-1", "荣成海关", "荣成海关的原因", None),
    ]
    collective = next(r for r in rows if r["编号"].value == "M01")
    assert collective["单位"].value == "专项小组成员（20家）"


def test_corrections_have_a_sheet() -> None:
    """有更正的另有一张表；写得成数的是数，写不成的照写。"""
    told_ = example("年中")
    assert "数据更正" not in opened("年中").sheetnames
    said = replace(shown(told_), corrections=(CORRECTION,))
    (row,) = table(load_workbook(io.BytesIO(report_xlsx(told_, said))), "数据更正")
    assert [cell.value for cell in row.values()] == [
        CORRECTION.report, "I01", CORRECTION.name, "件", 6.35, 6.25, "补报两件。", "市市场监管局",
    ]  # fmt: skip
    assert printed(row["现"]) == "6.25（样例）"


def test_forecasts_are_called_so() -> None:
    """预测另成一列，不混在判断里。"""
    for sheet in ("主要指标", "量化任务", "未达序时事项"):
        assert any(row["预测"].value for row in table(opened("年中"), sheet))


def test_returns_by_receipt() -> None:
    """报送情况：一张回执一行，没有报的单位也有一行。"""
    rows = table(opened("各种状态"), "报送情况")
    assert [r["情况"].value for r in rows].count("未报") == 5
    late = [r["单位"].value for r in rows if r["迟报"].value]
    assert late == ["市司法局"]
    first = rows[0]
    assert (first["回执"].value, first["第几次"].value) == ("R2023Q3-0001", 1)
    assert len(first["SHA-256"].value) == 64


def test_the_same_report_is_the_same_file() -> None:
    """同样的材料逐字节相同；文件里没有写的时刻。"""
    assert xlsx(example("年中")) == xlsx(MATERIALS["年中"]())
    with zipfile.ZipFile(io.BytesIO(xlsx(example("年中")))) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 1)}


def assert_kept(text: str) -> None:
    """各张表里的字，读回来一字不差；没有一格成了公式。"""
    content = xlsx(told(text))
    cells = [
        cell.raw.replace("\r\n", "\n")
        for sheet in read_workbook(content).sheets
        for cell in sheet.at.values()
    ]
    joined = "\n".join(lines(text))
    if joined:
        assert sum(joined in one for one in cells) >= 6
        # 文字来源照原样，连空行和制表符都在；换行只有一种
        assert sum(text.replace("\r\n", "\n") in one for one in cells) >= 6
    assert any(f"{one_line(text)[:60]}.xlsx" in one for one in cells)
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(text: str) -> None:
    assert_kept(text)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_what_looks_like_a_formula_is_quoted(text: str) -> None:
    """像公式的字，带着“当文字”的记号，双击编辑也不变公式。"""
    book = load_workbook(io.BytesIO(xlsx(told(text))))
    found = [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row
             if c.value == text]  # fmt: skip
    assert len(found) >= 6
    assert all(c.data_type == "s" and c.quotePrefix for c in found)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.text(
        st.one_of(
            st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("=+-@{}%<>&\"'_x\n 样")
        ),
        max_size=60,
    )
)
def test_any_text_survives(text: str) -> None:
    assert_kept(text)


@pytest.mark.slow
@pytest.mark.skipif(not OFFICE, reason="没有 soffice，不能用另一种表格软件打开核对")
def test_opened_by_libreoffice(tmp_path: Path) -> None:
    """LibreOffice 打得开、存得出，各张表都在，数和字不变。"""
    path = tmp_path / "报告.xlsx"
    path.write_bytes(xlsx(example("各种状态")))
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    target = tmp_path / "再存"
    subprocess.run(
        [str(OFFICE), home, "--headless", "--convert-to", "xlsx", "--outdir", target, path],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    mine, theirs = (read_workbook(p.read_bytes()).sheets for p in (path, target / path.name))
    assert [sheet.name for sheet in mine] == [sheet.name for sheet in theirs]
    for one, other in zip(mine, theirs, strict=True):
        assert one.at.keys() <= other.at.keys()
        for place, cell in one.at.items():
            again = other.at[place].raw
            assert again == cell.raw or float(again) == pytest.approx(float(cell.raw)), place
    charts = [
        sum(part.startswith("xl/charts/chart") for part, _ in parts(p.read_bytes()))
        for p in (path, target / path.name)
    ]
    assert charts[0] == charts[1] > 8
