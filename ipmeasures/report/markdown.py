"""写成 Markdown：照模板 ``report.md.j2``，任何文字都只作文字。"""

import re
from collections.abc import Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from ipmeasures.report.parts import Chart
from ipmeasures.report.review.parts import ReviewView
from ipmeasures.report.svg import svg
from ipmeasures.report.template_errors import markdown_trouble
from ipmeasures.report.view import ReportView

TEMPLATE = "report.md.j2"
_SPECIAL = re.compile(r"(?<!&)#|[\\`*_\[\]|~$]")
_AT_START = re.compile(r"^(?:>|[-+=](?=[\s\-+=]|$)|\d{1,9}(?=[.)](?:\s|$)))")
_LINKS = (("://", "&#58;//"), ("@", "&#64;"))
_WWW = re.compile(r"(?i)\b(www)\.")


def render_markdown(
    view: ReportView | ReviewView, templates: Path, name: str = "", template: str = TEMPLATE
) -> str:
    """写出 Markdown 全文；图在旁边的 SVG 文件里，见 ``pictures``。

    Args:
        view: 报告。
        templates: 模板所在的文件夹。
        name: 存成什么名字（不带扩展名），图的名字跟着它；不写是视图的 ``name``。
        template: 模板的文件名。

    Raises:
        UsageError: 模板不在、坏了，或用了没有的名字。
    """
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        autoescape=False,
        finalize=partial(_written, name or view.name),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["cell"] = _cell
    context = {field.name: getattr(view, field.name) for field in fields(view)}
    try:
        text = environment.get_template(template).render(context)
    except (TemplateError, UnicodeDecodeError, TypeError) as error:
        raise markdown_trouble(error, templates / template) from None
    return re.sub(r"\n{3,}", "\n\n", text)


def pictures(view: ReportView, name: str = "") -> dict[str, str]:
    """报告里各图的文件名和 SVG 全文。"""
    charts = (*view.indicators.charts, *(c for item in view.lagging for c in item.charts))
    return {_picture(name or view.name, chart): svg(chart) for chart in charts}


def escape(text: str) -> str:
    """让一行文字在 Markdown 的段落、标题和表格里都原样显示。"""
    plain = text.replace("&", "&amp;").replace("<", "&lt;")
    for link, written in _LINKS:
        plain = plain.replace(link, written)
    plain = _SPECIAL.sub(r"\\\g<0>", plain)
    plain = _WWW.sub(r"\1&#46;", plain)
    return _AT_START.sub(_start, plain)


def _start(found: re.Match[str]) -> str:
    text = found[0]
    return f"{text[:-1]}&#{ord(text[-1])};"


def _cell(paragraphs: Sequence[str]) -> Markup:
    """表格的一格：各段以换行相隔。"""
    return Markup("<br>".join(map(escape, paragraphs)))  # noqa: S704 - 各段已转义


def _picture(name: str, chart: Chart) -> str:
    return f"{name}-图{chart.number}.svg"


def _written(name: str, value: object) -> str:
    if isinstance(value, Chart):
        return f"![{escape(value.alt)}]({_picture(name, value)})"
    return value if isinstance(value, Markup) else escape(str(value))
