"""报告模板的版面：样式、字体、页面、页脚（GB/T 9704-2012）。"""

from dataclasses import dataclass
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.shared import Emu, Mm, Pt

FANGSONG, HEITI, KAITI = "仿宋_GB2312", "黑体", "楷体_GB2312"
XIAOBIAOSONG, SONGTI = "方正小标宋简体", "宋体"
_FALLBACKS = (
    (FANGSONG, "仿宋,FangSong", "modern"),
    (KAITI, "楷体,KaiTi", "modern"),
    (HEITI, "SimHei", "swiss"),
    (SONGTI, "SimSun", "roman"),
    (XIAOBIAOSONG, "FZXiaoBiaoSong-B05S,宋体", "roman"),
)
PITCH = 579  # 正文行距 28.95 磅，单位二十分之一磅
SPACING = -5  # 字距 -0.25 磅
_KEPT = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Table Grid", "Header"}
_KEPT |= {"Footer", "Title", "Heading 1", "Heading 2", "Heading 3"}


@dataclass(frozen=True, slots=True)
class Style:
    """一个段落样式；字号以磅计，``chars`` 是首行缩进几个字。

    ``pitch`` 是固定行距（二十分之一磅），0 是单倍行距：图在固定行距里会被切掉；``scale`` 是字宽的
    百分数，表里的数窄一些，一行放得下；``whole`` 的一段不分在两页。
    """

    name: str
    font: str
    size: float
    pitch: int = PITCH
    chars: int = 0
    align: ALIGN = ALIGN.JUSTIFY
    keep: bool = False
    page: bool = False
    spacing: int = SPACING
    scale: int = 100
    whole: bool = False


STYLES = (
    Style("Normal", FANGSONG, 16, chars=2),
    Style("Title", XIAOBIAOSONG, 22, pitch=660, align=ALIGN.CENTER, keep=True, spacing=0),
    Style("Heading 1", HEITI, 16, chars=2, align=ALIGN.LEFT, keep=True),
    Style("Heading 2", KAITI, 16, chars=2, align=ALIGN.LEFT, keep=True),
    Style("Heading 3", FANGSONG, 16, chars=2, align=ALIGN.LEFT, keep=True),
    Style("发文字号", FANGSONG, 16, align=ALIGN.CENTER),
    # 附件说明、署名、成文日期不分在两页：单独一个日期占一页，不合规矩
    Style("附件说明", FANGSONG, 16, chars=2, keep=True),
    Style("落款", FANGSONG, 16, align=ALIGN.RIGHT, keep=True),
    Style("附件", HEITI, 16, align=ALIGN.LEFT, keep=True, page=True),
    Style("附件标题", XIAOBIAOSONG, 22, pitch=660, align=ALIGN.CENTER, keep=True, spacing=0),
    Style("主送机关", FANGSONG, 16, align=ALIGN.LEFT),
    Style("表题", HEITI, 12, pitch=440, align=ALIGN.CENTER, keep=True, spacing=0),
    Style("图", FANGSONG, 10.5, pitch=0, align=ALIGN.CENTER, keep=True, spacing=0),
    Style("图题", HEITI, 12, pitch=440, align=ALIGN.CENTER, spacing=0),
    Style("表头", HEITI, 10.5, pitch=280, align=ALIGN.CENTER, spacing=0, scale=90),
    Style("表格文字", FANGSONG, 10.5, pitch=280, align=ALIGN.LEFT, spacing=0),
    Style("表格居中", FANGSONG, 10.5, pitch=280, align=ALIGN.CENTER, spacing=0, scale=90),
    Style("表注", FANGSONG, 10.5, pitch=320, chars=2, spacing=0, whole=True),
    Style("Header", FANGSONG, 10.5, pitch=280, align=ALIGN.CENTER, spacing=0),
    Style("Footer", SONGTI, 14, pitch=320, align=ALIGN.RIGHT, spacing=0),
)


def set_page(section: Any, *, landscape: bool) -> None:  # noqa: ANN401
    """A4；横排是竖排的版心转过来，装订边在上。"""
    short, long = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    sides = (28, 37, 26, 35) if landscape else (37, 26, 35, 28)
    section.top_margin, section.right_margin = Mm(sides[0]), Mm(sides[1])
    section.bottom_margin, section.left_margin = Mm(sides[2]), Mm(sides[3])
    section.header_distance = Mm(15)
    # 页码的一行（16 磅）上缘在版心下 7 毫米
    section.footer_distance = Emu(section.bottom_margin - Mm(7) - Pt(16))
    grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001
    if grid is not None:
        grid.set(qn("w:linePitch"), str(PITCH))


def set_footers(section: Any) -> None:  # noqa: ANN401
    """页码：— 1 —，单页居右空一字，双页居左空一字。"""
    for footer, align, side in (
        (section.footer, ALIGN.RIGHT, "right"),
        (section.even_page_footer, ALIGN.LEFT, "left"),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.style = "Footer"
        paragraph.alignment = align
        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001
        indent.set(qn(f"w:{side}Chars"), "100")
        indent.set(qn(f"w:{side}"), "280")
        paragraph.add_run("— ")
        _page_field(paragraph)
        paragraph.add_run(" —")


def _page_field(paragraph: Any) -> None:  # noqa: ANN401
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run(text if kind == "text" else "")
        if kind == "text":
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)  # noqa: SLF001


def set_settings(document: Any) -> None:  # noqa: ANN401
    """单双页页脚不同。"""
    document.settings.odd_and_even_pages_header_footer = True


def set_fonts(document: Any) -> None:  # noqa: ANN401
    """字体表：没有装公文字体的机器，Word 照别名找系统自带的仿宋、楷体。"""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="auto"/></w:font>'
        for name, others, family in _FALLBACKS
    )
    table = next(
        p for p in document.part.package.iter_parts() if p.partname == "/word/fontTable.xml"
    )
    table._blob = (  # noqa: SLF001 - 没有公开的改法
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:fonts xmlns:w="{nsmap["w"]}">{fonts}</w:fonts>'
    ).encode()


def set_styles(document: Any) -> None:  # noqa: ANN401
    """只留用到的样式；每个样式的四种字体都写明。"""
    for style in list(document.styles):
        if style.name not in _KEPT:
            style.delete()
    for how in STYLES:
        known = how.name in [style.name for style in document.styles]
        style = (
            document.styles[how.name]
            if known
            else document.styles.add_style(how.name, WD_STYLE_TYPE.PARAGRAPH)
        )
        _restyle(style, how)
    for style in document.styles:
        if style.type in (WD_STYLE_TYPE.CHARACTER, WD_STYLE_TYPE.TABLE):
            _fonts(style.element.get_or_add_rPr(), FANGSONG)
    for default in document.styles.element.iter(qn("w:rPrDefault")):
        _fonts(default.find(qn("w:rPr")), FANGSONG, latin="zh-CN")


def _restyle(style: Any, how: Style) -> None:  # noqa: ANN401
    element = style.element
    for name in ("w:rPr", "w:pPr"):
        old = element.find(qn(name))
        if old is not None:
            element.remove(old)
    if how.name != "Normal":
        style.base_style = None
        style.next_paragraph_style = style
    style.quick_style, style.hidden = True, False
    style.font.size = Pt(how.size)
    run = element.get_or_add_rPr()
    _fonts(run, how.font)
    if how.spacing:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(how.spacing))
        run.find(qn("w:sz")).addprevious(spacing)
    if how.scale != 100:
        scale = OxmlElement("w:w")
        scale.set(qn("w:val"), str(how.scale))
        run.find(qn("w:sz")).addprevious(scale)
    paragraph = style.paragraph_format
    paragraph.alignment = how.align
    paragraph.keep_with_next = True if how.keep else None
    paragraph.keep_together = True if how.whole else None
    paragraph.page_break_before = True if how.page else None
    paragraph.widow_control = False
    paragraph.space_before = paragraph.space_after = Pt(0)
    properties = element.get_or_add_pPr()
    pitch = properties.get_or_add_spacing()
    pitch.set(qn("w:line"), str(how.pitch or 240))
    pitch.set(qn("w:lineRule"), "exact" if how.pitch else "auto")
    _indent(properties.get_or_add_ind(), how)
    if style.name.startswith("Heading"):
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(int(style.name[-1]) - 1))
        properties.append(level)


def _indent(indent: Any, how: Style) -> None:  # noqa: ANN401
    indent.set(qn("w:firstLineChars"), str(how.chars * 100))
    indent.set(qn("w:firstLine"), str(round(how.chars * how.size * 20)))
    if how.name == "落款":
        indent.set(qn("w:rightChars"), "400")
        indent.set(qn("w:right"), "1280")


def _fonts(run: Any, font: str, latin: str = "en-US") -> None:  # noqa: ANN401
    """四种字体都写明，去掉主题字体；语言是简体中文。

    样式里的西文标为英文：LibreOffice 见数字标作中文，会把一个数拆在两行。
    """
    fonts = run.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        run.insert(0, fonts)
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{slot}"), font)
    language = run.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        run.append(language)
    language.set(qn("w:val"), latin)
    language.set(qn("w:eastAsia"), "zh-CN")
