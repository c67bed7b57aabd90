"""Word 文档的版式：读回来照 GB/T 9704-2012 的数逐项核对。"""

# ruff: noqa: ANN401, SLF001 - 版式要看 python-docx 没有公开的 XML
import io
import zipfile
from functools import cache
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from ipmeasures.report.docx import COLOURS, render_docx
from tests.report.samples import TEMPLATES, corrected, usual

FONTS = {
    "Normal": ("仿宋_GB2312", 16), "Title": ("方正小标宋简体", 22),
    "Heading 1": ("黑体", 16), "Heading 2": ("楷体_GB2312", 16),
    "Heading 3": ("仿宋_GB2312", 16), "附件": ("黑体", 16), "附件标题": ("方正小标宋简体", 22),
    "表头": ("黑体", 10.5), "表格文字": ("仿宋_GB2312", 10.5),
    "表格居中": ("仿宋_GB2312", 10.5), "Footer": ("宋体", 14),
}  # fmt: skip


@cache
def content() -> bytes:
    return render_docx(usual().view("2023Q2"), TEMPLATES)


@pytest.fixture
def document() -> Any:
    return Document(io.BytesIO(content()))


def attribute(element: Any, name: str) -> str | None:
    value: str | None = element.get(qn(name))
    return value


def test_page_is_a4_with_the_margins_of_the_standard(document: Any) -> None:
    for section in document.sections:
        landscape = section.orientation == WD_ORIENT.LANDSCAPE
        size = (round(section.page_width.mm), round(section.page_height.mm))
        sides = (section.top_margin, section.right_margin, section.bottom_margin)
        margins = tuple(round(side.mm) for side in (*sides, section.left_margin))
        assert size == ((297, 210) if landscape else (210, 297))
        assert margins == ((28, 37, 26, 35) if landscape else (37, 26, 35, 28))


def test_wide_tables_stand_in_a_landscape_section(document: Any) -> None:
    turned = [s.orientation == WD_ORIENT.LANDSCAPE for s in document.sections]
    assert turned == [False, True, False]


@pytest.mark.parametrize("name", FONTS)
def test_fonts_in_all_four_slots_and_sizes(document: Any, name: str) -> None:
    font, size = FONTS[name]
    style = document.styles[name]
    fonts = style.element.rPr.find(qn("w:rFonts"))
    slots = [attribute(fonts, f"w:{slot}") for slot in ("ascii", "hAnsi", "eastAsia", "cs")]
    assert slots == [font] * 4
    assert style.font.size.pt == size


def test_every_style_names_four_fonts_and_simplified_chinese(document: Any) -> None:
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.LIST:
            continue
        fonts = style.element.rPr.find(qn("w:rFonts"))
        assert len(fonts.attrib) == 4, style.name
        assert attribute(style.element.rPr.find(qn("w:lang")), "w:eastAsia") == "zh-CN"
    default = next(document.styles.element.iter(qn("w:rPrDefault")))
    assert attribute(next(default.iter(qn("w:lang"))), "w:val") == "zh-CN"


def test_body_pitch_indent_and_spacing(document: Any) -> None:
    properties = document.styles["Normal"].element
    pitch = properties.pPr.find(qn("w:spacing"))
    indent = properties.pPr.find(qn("w:ind"))
    assert attribute(pitch, "w:line") == "579"
    assert attribute(pitch, "w:lineRule") == "exact"
    assert attribute(indent, "w:firstLineChars") == "200"
    assert attribute(indent, "w:firstLine") == "640"
    assert attribute(properties.rPr.find(qn("w:spacing")), "w:val") == "-5"


def test_a_full_page_is_22_lines_of_28_characters(document: Any) -> None:
    """版心 156×225 毫米：固定行距 22 行、字距收紧 28 字，正好放下。"""
    section, style = document.sections[0], document.styles["Normal"]
    width = section.page_width.mm - section.left_margin.mm - section.right_margin.mm
    height = section.page_height.mm - section.top_margin.mm - section.bottom_margin.mm
    assert (round(width), round(height)) == (156, 225)
    properties = style.element
    pitch = int(str(attribute(properties.pPr.find(qn("w:spacing")), "w:line"))) / 20
    squeeze = int(str(attribute(properties.rPr.find(qn("w:spacing")), "w:val"))) / 20
    point = 25.4 / 72
    assert 22 * pitch * point <= height < 23 * pitch * point
    assert 28 * (style.font.size.pt + squeeze) * point <= width < 29 * style.font.size.pt * point


def test_titles_are_centred_and_annex_marks_flush_left(document: Any) -> None:
    for name in ("Title", "附件标题"):
        assert document.styles[name].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    mark = document.styles["附件"]
    assert mark.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.LEFT
    assert attribute(mark.element.pPr.ind, "w:firstLine") == "0"
    for name in ("Heading 1", "Heading 2", "Heading 3"):
        assert attribute(document.styles[name].element.pPr.ind, "w:firstLineChars") == "200"
        assert document.styles[name].paragraph_format.keep_with_next


def test_placeholders_are_shown_as_such(document: Any) -> None:
    """发文字号、主送机关、署名、成文日期都由办公室填，样子一看便知。"""
    by_text = {p.text: p.style.name for p in document.paragraphs}
    assert by_text["发文字号：〔待填〕"] == "发文字号"
    assert by_text["〔主送机关待填〕："] == "主送机关"
    assert by_text["〔署名待填〕"] == by_text["〔成文日期待填〕"] == "落款"
    assert attribute(document.styles["主送机关"].element.pPr.ind, "w:firstLine") == "0"


def test_the_date_is_never_alone_on_a_page(document: Any) -> None:
    """附件说明、署名、成文日期连在一起，不分页。"""
    last = [p for p in document.paragraphs if p.style.name in ("附件说明", "落款")]
    assert [p.text.strip("　") for p in last] == [
        "", "附件：1.指标和量化任务明细表", "2.措施进展台账", "3.口径说明", "", "〔署名待填〕",
        "〔成文日期待填〕",
    ]  # fmt: skip
    assert all(p.style.paragraph_format.keep_with_next for p in last)


def test_nothing_in_the_text_overrides_the_styles(document: Any) -> None:
    """字体、字号只在样式里：办公室改样式，全文跟着变；没有主题字体混进来。"""
    for run in document.element.body.iter(qn("w:rPr")):
        assert run.find(qn("w:rFonts")) is None
        assert run.find(qn("w:sz")) is None
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        assert not any("heme" in name for name in fonts.attrib)


def test_fonts_have_other_names_where_they_are_not_installed() -> None:
    """公文字体不随文档发，字体表里写着别名，没有装的机器找得到相近的。"""
    with zipfile.ZipFile(io.BytesIO(content())) as package:
        table = package.read("word/fontTable.xml").decode()
    for font in ("仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"):
        assert f'w:name="{font}"><w:altName w:val="' in table
    assert "ＭＳ" not in table


def test_corrections_stand_in_an_annex_of_their_own() -> None:
    document = Document(io.BytesIO(render_docx(corrected().view("2023Q2"), TEMPLATES)))
    marks = [p.text for p in document.paragraphs if p.style.name == "附件"]
    assert marks == ["附件1", "附件2", "附件3", "附件4"]
    table = document.tables[-1]
    heads = [cell.text for cell in table.rows[0].cells]
    assert heads == ["编号", "已印发的报告", "事项", "单位", "原", "现", "更正原因", "填报单位"]
    assert [cell.text for cell in table.rows[1].cells][4:6] == ["159", "158"]
    assert sum(column.width.mm for column in table.columns) <= 156
    assert document.paragraphs[-1].text.startswith("本报告依据")


def test_tables_are_in_the_small_sizes_with_black_heads(document: Any) -> None:
    for name, font in (("表头", "黑体"), ("表格文字", "仿宋_GB2312"), ("表格居中", "仿宋_GB2312")):
        style = document.styles[name]
        assert style.font.size.pt in (10.5, 12)  # 五号或小四
        assert attribute(style.element.rPr.find(qn("w:rFonts")), "w:eastAsia") == font
    captions = [p.text for p in document.paragraphs if p.style.name == "表题"]
    assert captions == ["表1　主要指标进展情况", "表2　量化任务进展情况", "里程碑事项一览"]


def test_page_numbers_odd_right_even_left_one_character_in(document: Any) -> None:
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side, align in (
        (section.footer, "right", 2), (section.even_page_footer, "left", 0),
    ):  # fmt: skip
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "— 1 —"
        assert paragraph.alignment == align
        assert attribute(paragraph._p.pPr.ind, f"w:{side}Chars") == "100"
        assert "PAGE" in paragraph._p.xml
    gap = section.bottom_margin.mm - section.footer_distance.mm - 16 * 25.4 / 72
    assert abs(gap - 7) < 0.1
    assert all(s.footer.is_linked_to_previous for s in list(document.sections)[1:])


def test_tables_repeat_their_heads_never_split_rows_and_fit_the_page(document: Any) -> None:
    widths = [156, 156, 225, 225, 225, 156]
    assert len(document.tables) == 6
    for table, width in zip(document.tables, widths, strict=True):
        rows = table._tbl.tr_lst
        assert rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        assert sum(column.width.mm for column in table.columns) <= width + 0.5
        assert {p.style.name for p in table.rows[0].cells[0].paragraphs} == {"表头"}


# 没有装仿宋的机器换成的西文字体里算宽的，各字占几分之一个字宽
EMS = {"%": 0.95, "+": 0.838, "-": 0.361, ".": 0.318} | dict.fromkeys("0123456789", 0.636)
WIDEST = {
    "目标完成率": "100.0%", "增量完成率": "100.0%", "完成率": "100.0%", "增量（年度）完成率": "100.0%",
    "序时": "66.7%", "目标": "10.02", "上年同期": "0.2194", "序时应达": "0.2194", "本期": "0.2194",
}  # fmt: skip
WIDEST_OF = ({"同比": "+14.3%", "偏差（百分点）": "+16.7"}, {"同比": "+100.0%"}, {})


@pytest.mark.parametrize("place", [0, 1, 2])
def test_no_number_is_broken_in_two(document: Any, place: int) -> None:
    """数在格里不折行：字体换了宽的也放得下。"""
    table = document.tables[place]
    scale = int(document.styles["表格居中"].element.rPr.find(qn("w:w")).get(qn("w:val"))) / 100
    asked = WIDEST | {"偏差（百分点）": "+100.0"} | WIDEST_OF[place]
    for cell, column in zip(table.rows[0].cells, table.columns, strict=True):
        ems = sum(EMS[char] for char in asked.get(cell.text, ""))
        needed = ems * 10.5 * scale * 25.4 / 72 + 2 * 20 / 20 * 25.4 / 72
        assert needed <= column.width.mm + 0.05, cell.text


def test_lights_are_a_colour_and_a_word(document: Any) -> None:
    row = document.tables[0].rows[1]
    shading = next(row._tr.iter(qn("w:shd")))
    assert attribute(shading, "w:fill") == COLOURS["yellow"]
    assert row.cells[-1].text == "未达序时"
    order = [child.tag for child in shading.getparent()]
    assert order.index(qn("w:tcW")) < order.index(qn("w:shd"))


def test_one_paragraph_per_line(document: Any) -> None:
    body = document.element.body
    assert not list(body.iter(qn("w:br")))
    words = [p.text for p in document.paragraphs]
    assert "召开企业座谈会3场。" in words


def test_annexes_start_new_pages(document: Any) -> None:
    marks = [p for p in document.paragraphs if p.style.name == "附件"]
    assert [p.text for p in marks] == ["附件1", "附件2", "附件3"]
    assert document.styles["附件"].paragraph_format.page_break_before


def test_headings_use_their_styles(document: Any) -> None:
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert [h[:2] for h in heads[:8]] == [f"{n}、" for n in "一二三四五六七八"]
    second = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    assert "（七）提升知识产权发展环境" in second


def test_same_view_gives_the_same_bytes() -> None:
    again = render_docx(usual().view("2023Q2"), TEMPLATES)
    assert again == content()
    with zipfile.ZipFile(io.BytesIO(again)) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}


def test_annual_table_has_a_column_for_each_year() -> None:
    document = Document(io.BytesIO(render_docx(usual("2023Q4").view("2023Q4"), TEMPLATES)))
    heads = [cell.text for cell in document.tables[2].rows[0].cells]
    assert heads == ["事项", "单位", "2020年", "2021年", "2022年", "2023年（初步数）", "2023年同比"]
    assert sum(c.width.mm for c in document.tables[2].columns) <= 157
