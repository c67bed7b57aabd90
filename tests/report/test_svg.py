"""Markdown 旁边的 SVG：数都在、黑白分得清、没有外来的东西，写出来总是一样。"""

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from ipmeasures.report.markdown import pictures, render_markdown
from ipmeasures.report.parts import Chart, Series
from ipmeasures.report.svg import svg
from tests.report.samples import TEMPLATES, usual

NS = "{http://www.w3.org/2000/svg}"


def charts() -> list[Chart]:
    shown = usual().view("2023Q2")
    return [*shown.indicators.charts, *(c for part in shown.lagging for c in part.charts)]


def texts(picture: str) -> list[str]:
    root = ET.fromstring(picture)  # noqa: S314 - 自己写的
    return [node.text or "" for node in root.iter(f"{NS}text")]


@pytest.mark.parametrize("chart", charts(), ids=lambda c: str(c.number))
def test_every_figure_and_name_is_in_the_picture(chart: Chart) -> None:
    told = texts(svg(chart))
    labelled = chart.series if chart.kind == "bars" else chart.series[:1]
    for one in labelled:
        assert all(f"{v:.{chart.decimals}f}" in told for v in one.values if v is not None)
    assert all(one.name in told for one in chart.series)
    assert all(name in told for category in chart.categories for name in category if name)


def test_pictures_are_the_same_every_time_and_bring_nothing_from_outside() -> None:
    for chart in charts():
        picture = svg(chart)
        assert picture == svg(chart)
        assert not re.search(r"<script|href=|url\((?!#)|@import|<image|foreignObject", picture)
        assert chart.alt in picture
        assert "stroke-dasharray" in picture
        assert 'id="stripes"' in picture


def test_everything_stays_inside_the_picture() -> None:
    for chart in charts():
        root = ET.fromstring(svg(chart))  # noqa: S314 - 自己写的
        width, height = map(float, root.attrib["viewBox"].split()[2:])
        for node in root:  # 图例在组里，另有位移
            for key, limit in (("x", width), ("cx", width), ("y", height), ("cy", height)):
                assert 0 <= float(node.get(key, 0)) <= limit


def test_bars_below_zero_go_to_the_left() -> None:
    chart = replace(
        charts()[0],
        categories=(("低于基期",),),
        series=(Series("增量完成率", (Decimal("-9.7"),)), Series("序时进度", (Decimal(50),))),
    )
    root = ET.fromstring(svg(chart))  # noqa: S314 - 自己写的
    bars = [n for n in root.iter(f"{NS}rect") if n.get("class") in ("look0", "look1")][2:]
    assert float(bars[0].attrib["x"]) < float(bars[1].attrib["x"])


def test_names_are_text_and_never_markup() -> None:
    chart = replace(charts()[0], categories=(("<b>&甲</b>",), *charts()[0].categories[1:]))
    assert "<b>&甲</b>" in texts(svg(chart))


def test_markdown_points_to_the_pictures_that_are_written() -> None:
    shown = usual().view("2023Q2")
    for name in ("", "2023Q2-进展报告-第2稿"):
        text = render_markdown(shown, TEMPLATES, name)
        files = pictures(shown, name)
        assert len(files) == 3
        assert re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text) == list(files)
        assert all(file.startswith(name or shown.name) for file in files)
