"""报告工作簿的图：表格软件自己的图，照着表里的数画，改了数图就跟着变。"""

from collections.abc import Sequence
from typing import TypeVar

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.axis import ChartLines, TextAxis
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.utils import quote_sheetname

from ipmeasures.report.lights import ACTUAL, PLANNED
from ipmeasures.report.sheets.tables import Spread

_Chart = TypeVar("_Chart", BarChart, LineChart)
_DUE = "B9C2CA"  # 序时的条：比实际的浅，黑白打印也分得出
_INK = "1C2733"


def progress_chart(title: str, spread: Spread, heads: Sequence[str]) -> BarChart:
    """完成率与序时对照：横条，一项两条；``heads`` 是名称、完成率、序时三列的表头。"""
    name, *told = heads
    made = BarChart()
    made.type, made.grouping, made.gapWidth, made.overlap = "bar", "clustered", 55, -5
    made.width, made.height = 17, 1.0 * (spread.last - spread.first + 1) + 3.4
    for number, (head, colour) in enumerate(zip(told, (ACTUAL, _DUE), strict=True)):
        series = _series(number, spread, name, head)
        series.spPr = GraphicalProperties(solidFill=colour)
        series.invertIfNegative = False
        made.series.append(series)
    made.x_axis.scaling.orientation = "maxMin"
    made.y_axis.crosses = "max"
    made.y_axis.numFmt, made.y_axis.scaling.min = "0%", 0
    return _finished(made, title)


def course_chart(title: str, spread: Spread, heads: Sequence[str], *, joined: bool) -> LineChart:
    """走势：应达是虚线，实际是实线带点；``joined`` 的没有数的季度连过去，每年重起的不连。"""
    name, *told = heads
    made = LineChart()
    made.width, made.height = 17, 8.2
    for number, head in enumerate(told):
        series, due = _series(number, spread, name, head), number == 0
        line = LineProperties(solidFill=PLANNED if due else ACTUAL, w=15875 if due else 28575)
        line.prstDash = "dash" if due else "solid"
        series.spPr, series.smooth = GraphicalProperties(ln=line), False
        series.marker = Marker(symbol="none") if due else _dot()
        made.series.append(series)
    made.display_blanks = "span" if joined else "gap"
    made.x_axis = TextAxis(tickLblSkip=4, tickMarkSkip=4)
    return _finished(made, title)


def _series(number: int, spread: Spread, name: str, head: str) -> Series:
    made = Series(idx=number, order=number)
    made.tx = SeriesLabel(strRef=StrRef(_place(spread, head, spread.first - 1, spread.first - 1)))
    made.cat = AxDataSource(strRef=StrRef(_place(spread, name, spread.first, spread.last)))
    made.val = NumDataSource(numRef=NumRef(_place(spread, head, spread.first, spread.last)))
    return made


def _place(spread: Spread, head: str, first: int, last: int) -> str:
    letter, sheet = spread.letter(head), quote_sheetname(spread.sheet.title)
    return f"{sheet}!${letter}${first}:${letter}${last}"


def _dot() -> Marker:
    filled = GraphicalProperties(solidFill=ACTUAL)
    filled.line = LineProperties(solidFill=ACTUAL)
    return Marker(symbol="circle", size=6, spPr=filled)


def _finished(made: _Chart, title: str) -> _Chart:
    """标题、图例、坐标轴和字。"""
    words = _words(1200, bold=True)
    run = RegularTextRun(rPr=words, t=title)
    rich = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=words), r=[run])])
    made.title = Title(tx=Text(rich=rich), overlay=False)
    made.legend = Legend(legendPos="b")
    for axis in (made.x_axis, made.y_axis):
        axis.delete = False  # 不写的话，新版 Excel 不画坐标轴
        axis.txPr = RichText(
            p=[Paragraph(pPr=ParagraphProperties(defRPr=_words(900)), endParaRPr=_words(900))]
        )
    grid = GraphicalProperties(ln=LineProperties(solidFill="DDE3E8"))
    made.y_axis.majorGridlines = ChartLines(spPr=grid)
    return made


def _words(size: int, *, bold: bool = False) -> CharacterProperties:
    font = Font(typeface="宋体")
    return CharacterProperties(sz=size, b=bold, solidFill=_INK, latin=font, ea=font)
