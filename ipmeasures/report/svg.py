"""把图写成 SVG，放在 Markdown 报告旁边；坐标在这里算好，样子在模板里。"""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ipmeasures.report.parts import Chart
from ipmeasures.report.scale import ticks

_WIDTH, _TOP, _FOOT = 900.0, 46.0, 44.0
_NAMES, _RIGHT = 330.0, 70.0  # 横条图左边的名称、右边的余地
_ITEM, _BAR = 42.0, 15.0
_LEFT, _PLOT = 70.0, 250.0  # 折线图左边的刻度、图高


def svg(chart: Chart) -> str:
    """一幅图的全文；同一幅图写出来总是一样。"""
    drawn = _bars(chart) if chart.kind == "bars" else _lines(chart)
    text: str = _template().render(chart=chart, **drawn)
    return text


def _bars(chart: Chart) -> dict[str, Any]:
    """一项一行，每组数一条；低于零的向左画。"""
    marks = ticks(chart.series, from_zero=True)
    plot = _WIDTH - _NAMES - _RIGHT
    height = _TOP + _ITEM * len(chart.categories)

    def x(value: Decimal | float) -> float:
        share = (float(value) - marks[0]) / (marks[-1] - marks[0])
        return round(_NAMES + share * plot, 1)

    rows = []
    for n, category in enumerate(chart.categories):
        top = _TOP + _ITEM * n + (_ITEM - _BAR * len(chart.series)) / 2
        bars = [
            {
                "x": min(x(0), x(value)),
                "y": top + _BAR * place,
                "width": round(abs(x(value) - x(0)), 1),
                "end": max(x(0), x(value)) + 4,
                "look": place,
                "text": _shown(value, chart),
            }
            for place, one in enumerate(chart.series)
            if (value := one.values[n]) is not None
        ]
        rows.append({"name": category[0], "y": _TOP + _ITEM * n + _ITEM / 2, "bars": bars})
    return {
        "width": _WIDTH,
        "height": height + _FOOT,
        "plot": {"left": _NAMES, "right": _WIDTH - _RIGHT, "top": _TOP, "bottom": height},
        "bar": _BAR,
        "rows": rows,
        "zero": x(0),
        "ticks": [{"at": x(tick), "text": f"{tick:g}"} for tick in marks],
    }


def _lines(chart: Chart) -> dict[str, Any]:
    """横轴一项一格，纵轴从数的范围取整；中间没有数的，前后相连。"""
    marks = ticks(chart.series, from_zero=False)
    step = (_WIDTH - _LEFT - _RIGHT) / len(chart.categories)
    bottom = _TOP + _PLOT

    def y(value: Decimal | float) -> float:
        share = (float(value) - marks[0]) / (marks[-1] - marks[0])
        return round(bottom - share * _PLOT, 1)

    lines = [
        {
            "look": place,
            "points": [
                {"x": round(_LEFT + step * (n + 0.5), 1), "y": y(v), "text": _shown(v, chart)}
                for n, v in enumerate(one.values)
                if v is not None
            ],
        }
        for place, one in enumerate(chart.series)
    ]
    return {
        "width": _WIDTH,
        "height": bottom + _FOOT,
        "plot": {"left": _LEFT, "right": _WIDTH - _RIGHT, "top": _TOP, "bottom": bottom},
        "lines": lines,
        "ticks": [{"at": y(tick), "text": f"{tick:g}"} for tick in marks],
        "names": _names(chart, step),
        "groups": _groups(chart, step),
    }


def _names(chart: Chart, step: float) -> list[dict[str, Any]]:
    return [
        {"x": round(_LEFT + step * (n + 0.5), 1), "text": category[0]}
        for n, category in enumerate(chart.categories)
    ]


def _groups(chart: Chart, step: float) -> list[dict[str, Any]]:
    """外层文字（年份）：写在它那几格的中间。"""
    found: dict[str, list[int]] = {}
    for n, category in enumerate(chart.categories):
        for name in category[1:]:
            found.setdefault(name, []).append(n)
    return [
        {"x": round(_LEFT + step * (sum(cells) / len(cells) + 0.5), 1), "text": name}
        for name, cells in found.items()
    ]


def _shown(value: Decimal, chart: Chart) -> str:
    return f"{value:.{chart.decimals}f}"


@cache
def _template() -> Any:  # noqa: ANN401 - Jinja 的模板
    folder = Path(__file__).parent / "drawings"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("chart.svg.j2")
