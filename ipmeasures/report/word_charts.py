"""把图画进 Word 文档：真的图，随带工作簿，在 Word 里右键可以编辑数据。"""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Mm
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from ipmeasures.report.package import STAMP
from ipmeasures.report.parts import Chart
from ipmeasures.report.scale import ticks

FONT = "仿宋_GB2312"
_SHEET, _SHEET_PART = "数据", "xl/worksheets/sheet1.xml"
_WIDTH = 150
_ROW, _FRAME, _LINES = 7, 20, 62  # 横条每项、图框，和折线图的高，毫米
_DAY = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - 固定的时间，与时区无关
# 实际、序时、上年同期：粗细、虚实和点形都不同，黑白打印分得清
_LOOKS = (
    {"width": 28575, "colour": "000000", "dash": "solid", "marker": "circle", "fill": "000000"},
    {"width": 19050, "colour": "595959", "dash": "dash", "marker": "none", "fill": "FFFFFF"},
    {"width": 15875, "colour": "595959", "dash": "sysDot", "marker": "square", "fill": "FFFFFF"},
)


class Drawings:
    """一份文档里的图；部件的名字不与模板自带的相同，同一幅图放两处也各是各的。"""

    def __init__(self) -> None:
        self._drawn = 0

    def draw(self, part: Any, chart: Chart) -> Markup:  # noqa: ANN401 - python-docx 的部件
        """把图和它的工作簿加进 ``part`` 所在的文档，返回放在文字中间的那一段。"""
        self._drawn += 1
        picture = _picture(part.package, chart, f"report{self._drawn}")
        bars = chart.kind == "bars"
        height = _FRAME + _ROW * len(chart.categories) if bars else _LINES
        inside = _template("drawing.xml.j2").render(
            width=Mm(_WIDTH),
            height=Mm(height),
            number=chart.number,
            name=f"图{chart.number}",
            alt=chart.alt,
            relation=part.relate_to(picture, RELATIONSHIP_TYPE.CHART),
        )
        # 文字中间断开，放进图，再接着
        whole = f'</w:t></w:r><w:r>{inside}</w:r><w:r><w:t xml:space="preserve">'
        return Markup(whole)  # noqa: S704 - 模板自动转义


def _picture(package: Any, chart: Chart, name: str) -> Part:  # noqa: ANN401 - python-docx 的文档
    book = PackURI(f"/word/embeddings/{name}.xlsx")
    workbook = Part(book, CONTENT_TYPE.SML_SHEET, _workbook(chart), package)
    uri = PackURI(f"/word/charts/{name}.xml")
    picture = Part(uri, CONTENT_TYPE.DML_CHART, _chart_xml(chart).encode(), package)
    picture.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)  # 头一个关系，编号必是 rId1
    return picture


def _chart_xml(chart: Chart) -> str:
    levels = len(chart.categories[0])
    last = len(chart.categories) + 1
    written: str = _template("chart.xml.j2").render(
        kind=chart.kind,
        labels_below=chart.labels_below,
        ticks=ticks(chart.series, from_zero=chart.kind == "bars"),
        font=FONT,
        format=f"0.{'0' * chart.decimals}" if chart.decimals else "0",
        workbook="rId1",
        levels=[_level(chart.categories, n) for n in range(levels)],
        categories_at=_area(1, levels, last),
        series=[
            {
                "name": one.name,
                "figures": one.values,
                "look": look,
                "name_at": f"{_SHEET}!${get_column_letter(column)}$1",
                "values_at": _area(column, column, last),
            }
            for column, (one, look) in enumerate(
                zip(chart.series, _LOOKS, strict=False), levels + 1
            )
        ],
    )
    return written


def _level(categories: Sequence[Sequence[str]], level: int) -> list[str]:
    """一层横轴文字，里层在前；外层接连相同的只写头一个。"""
    names = [category[level] for category in categories]
    if not level:
        return names
    return [n if not i or n != names[i - 1] else "" for i, n in enumerate(names)]


def _area(first: int, last: int, rows: int) -> str:
    start, stop = get_column_letter(first), get_column_letter(last)
    return f"{_SHEET}!${start}$2:${stop}${rows}"


def _workbook(chart: Chart) -> bytes:
    """图的工作簿：左边是横轴文字（外层在前），右边一组数一栏。"""
    levels = range(len(chart.categories[0]))
    texts = [_level(chart.categories, n) for n in reversed(levels)]
    heads = [*("" for _ in levels), *(one.name for one in chart.series)]
    rows = [heads, *zip(*texts, *(one.values for one in chart.series), strict=True)]
    sheet = _template("sheet.xml.j2").render(rows=[_cells(n, row) for n, row in enumerate(rows, 1)])
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _blank().items():
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, sheet if name == _SHEET_PART else content)
    return target.getvalue()


_Cell = tuple[str, str | Decimal]


def _cells(row: int, values: Iterable[str | Decimal | None]) -> list[_Cell]:
    """一行里有内容的格：地址和内容。"""
    return [
        (f"{get_column_letter(column)}{row}", value)
        for column, value in enumerate(values, 1)
        if value is not None and value != ""
    ]


@cache
def _blank() -> dict[str, bytes]:
    """一本空工作簿的各部件；各图只换里面那张表，省得每幅图从头写一本。"""
    book = Workbook()
    book.properties.creator = "ipm"
    book.properties.created = book.properties.modified = _DAY
    book.worksheets[0].title = _SHEET
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        ExcelWriter(book, archive).write_data()
    with zipfile.ZipFile(written) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def _template(name: str) -> Any:  # noqa: ANN401 - Jinja 的模板
    folder = Path(__file__).parent / "drawings"
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template(name)
