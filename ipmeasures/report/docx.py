"""写成 Word 文档：照模板 ``report.docx``；写完重新打开，逐句核对一个字不少。"""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from ipmeasures.errors import CannotWrite
from ipmeasures.report.notice.parts import Notice
from ipmeasures.report.package import without_clock
from ipmeasures.report.parts import Chart
from ipmeasures.report.review.parts import ReviewView
from ipmeasures.report.template_errors import damaged, missing, trouble
from ipmeasures.report.view import ReportView
from ipmeasures.report.word_charts import Drawings

Printed = ReportView | Notice | ReviewView
"""印得出来的几种视图。"""
TEMPLATE = "report.docx"
# 灯的底色：浅，黑字在上面看得清；颜色旁边总有文字
COLOURS = {
    "red": "F4B6B0",
    "yellow": "FFE699",
    "green": "C6E5B3",
    "blue": "BDD7EE",
    "grey": "D9D9D9",
    "star": "A9D08E",
    "none": "auto",
}
_BEFORE_SHADING = ("w:cnfStyle", "w:tcW", "w:gridSpan", "w:hMerge", "w:vMerge", "w:tcBorders")
_BROKEN = (
    OSError, KeyError, ValueError, AttributeError, zipfile.BadZipFile, zlib.error,
    PackageNotFoundError, etree.XMLSyntaxError,
)  # fmt: skip


def render_docx(view: Printed, templates: Path, name: str = TEMPLATE) -> bytes:
    """写出 Word 文档；同一视图的 ``word/document.xml`` 逐字节相同。

    Raises:
        UsageError: 模板不在、坏了，或用了没有的名字。
        CannotWrite: 写好的文档里少了字（不应发生）。
    """
    path = templates / name
    template = open_template(path)
    template.resolve_listing = _as_is  # 各段文字里没有换行、制表符，不必逐段再找
    printed: list[str] = []
    context: dict[str, Any] = {field.name: getattr(view, field.name) for field in fields(view)}
    context["colours"] = {light: Markup(colour) for light, colour in COLOURS.items()}  # noqa: S704 - 本模块的常量
    try:
        template.render(context, _environment(template, printed), autoescape=True)
    except (TemplateError, TypeError) as error:
        raise trouble(error, path.name, template_paragraphs(path)) from None
    except _BROKEN:
        raise damaged(path) from None
    _put_shading_in_order(template.docx.element)
    _set_properties(template.docx.core_properties, view)
    buffer = io.BytesIO()
    template.docx.save(buffer)
    content = without_clock(buffer.getvalue())
    _compare(content, printed)
    return content


def _as_is(xml: str) -> str:
    return xml


def template_paragraphs(path: Path) -> list[str]:
    """模板里各段的文字（表格、页眉页脚里的也算）。"""
    return list(_paragraphs(Document(str(path))))


def open_template(path: Path) -> DocxTemplate:
    """打开模板。

    Raises:
        UsageError: 模板不在，或坏了。
    """
    if not path.is_file():
        raise missing(path)
    try:
        template = DocxTemplate(io.BytesIO(path.read_bytes()))
        template.init_docx()
    except _BROKEN:
        raise damaged(path) from None
    return template


def _environment(template: DocxTemplate, printed: list[str]) -> SandboxedEnvironment:
    """每个值都转义后照印并记下；大括号写成字符引用，不让排版再认作标记。图画在它的位置上。"""
    drawings = Drawings()

    def written(value: object) -> Markup:
        if isinstance(value, Markup):
            return value
        if isinstance(value, Chart):
            return drawings.draw(template.current_rendering_part, value)
        text = str(value)
        printed.append(text)
        safe = str(escape(text)).replace("{", "&#123;").replace("}", "&#125;")
        return Markup(safe)  # noqa: S704 - 已转义

    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=written)


def _put_shading_in_order(root: Any) -> None:  # noqa: ANN401 - lxml 的元素
    """排版工具把底色放在格子属性的最前面，标准要求在宽度、边框之后。"""
    before = {qn(name) for name in _BEFORE_SHADING}
    for shading in list(root.iter(qn("w:shd"))):
        properties = shading.getparent()
        if properties.tag == qn("w:tcPr"):
            place = sum(1 for child in properties if child.tag in before)
            properties.remove(shading)
            properties.insert(place, shading)


def _set_properties(properties: Any, view: Printed) -> None:  # noqa: ANN401 - python-docx 的属性
    properties.title = "".join(view.title)
    properties.revision = 1


def _compare(content: bytes, printed: Sequence[str]) -> None:
    """模板印了的每句话都要在文档里，次序也对；页眉页脚的另找。"""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = "\n".join(_body(etree.fromstring(package.read("word/document.xml"))))
    place = 0
    missed = []
    for text in printed:
        found = body.find(text, place)
        if found >= 0:
            place = found + len(text)
        else:
            missed.append(text)
    margins = "\n".join(_margins(Document(io.BytesIO(content)))) if missed else ""
    for text in missed:
        if text not in margins:
            raise CannotWrite(f"写好的 Word 文档里少了这句话，没有保存：{text[:40]}")


def _paragraphs(document: Any) -> Iterator[str]:  # noqa: ANN401 - python-docx 的文档
    yield from _body(document.element.body)
    yield from _margins(document)


def _body(root: Any) -> Iterator[str]:  # noqa: ANN401 - lxml 的元素
    for paragraph in root.iter(qn("w:p")):
        yield "".join(node.text or "" for node in paragraph.iter(qn("w:t")))


def _margins(document: Any) -> Iterator[str]:  # noqa: ANN401 - python-docx 的文档
    for section in document.sections:
        for part in (
            section.header, section.even_page_header, section.footer, section.even_page_footer,
        ):  # fmt: skip
            yield from _body(part._element)  # noqa: SLF001 - 没有公开的取法
