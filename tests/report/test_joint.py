"""几家共同负责的：相加的数各家多少，牵头单位在前。"""

from dataclasses import replace
from decimal import Decimal

from ipmeasures.progress.gaps import Part
from ipmeasures.report.joint import lead_first, parts_text, standing
from tests.progress.books import A, B, C, measure


def test_the_parts_of_a_sum_are_shown_whoever_is_silent() -> None:
    """各家的数、零、不适用、未报，各是各的；不相加的没有话。"""
    parts = (
        Part("甲", Decimal(2)),
        Part("乙", Decimal(0)),
        Part("丙", None, not_applicable=True),
        Part("丁", None),
    )
    assert parts_text(parts, lambda n: f"{n}次") == "其中甲2次、乙0次、丙不适用、丁未报"
    assert parts_text((), str) == ""
    assert parts_text(parts[:1], str, lambda name: f"市{name}局") == "其中市甲局2"


def test_the_lead_stands_first_and_is_named() -> None:
    """有牵头单位的，它在前并注明；没有设的照原来的次序。"""
    led = replace(measure(A, B, C), lead=C)
    assert lead_first(led, (A, B, C)) == (C, A, B)
    assert lead_first(measure(A, B), (B, A)) == (B, A)
    assert standing(led, C, "丙局", "推进中") == "丙局（牵头，推进中）"
    assert standing(led, C, "丙局", "") == "丙局（牵头）"
    assert standing(led, A, "甲局", "已完成") == "甲局（已完成）"
    assert standing(led, A, "甲局", "") == "甲局"
