"""灯的颜色：看得清，和 Word 文档的一样，不只靠颜色。"""

import pytest

from ipmeasures.report.docx import COLOURS
from ipmeasures.report.lights import ACTUAL, GOAL, LAMPS, PLANNED
from ipmeasures.report.rules import LIGHTS


def luminance(colour: str) -> float:
    """WCAG 的相对亮度。"""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("light", LIGHTS)
def test_words_on_lamps_can_be_read(light: str) -> None:
    """字与底色、形状与白纸的对比都不低于 4.5（WCAG AA）。"""
    lamp = LAMPS[light]
    assert contrast(lamp.ink, lamp.fill) >= 4.5
    assert contrast(lamp.ink, "FFFFFF") >= 4.5


def test_lines_on_charts_can_be_seen() -> None:
    """图上的线与白底的对比不低于 3（WCAG 图形）。"""
    assert all(contrast(colour, "FFFFFF") >= 3 for colour in (ACTUAL, PLANNED, GOAL))


def test_colour_never_stands_alone() -> None:
    """每种灯有自己的形状和字。"""
    assert len({lamp.path for lamp in LAMPS.values()}) == len(LAMPS)
    assert {name: lamp.word for name, lamp in LAMPS.items()} == LIGHTS


def test_every_format_has_the_same_colours() -> None:
    """Word 文档里的底色与这里的一样。"""
    named = {name: lamp.fill for name, lamp in LAMPS.items() if name != "none"}
    assert named == {name: colour for name, colour in COLOURS.items() if name != "none"}
