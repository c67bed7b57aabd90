"""小词和数的说法：数目、节录、同比、速度。"""

from dataclasses import replace
from decimal import Decimal

import pytest

from ipmeasures.plan.model import Indicator
from ipmeasures.quarter import Quarter
from ipmeasures.report.amounts import due_rate, growth, growth_cell, pace, plain, step
from ipmeasures.report.wording import (
    chinese,
    finished,
    flat,
    marked,
    one_line,
    said_by,
    shorten,
    spans,
    stopped,
    unstopped,
)
from tests.report.samples import real_plan

SUMMER, AUTUMN = Quarter(2023, 2), Quarter(2023, 3)
AVERAGE = "如期完成五年合计任务，余下各年年均需达到80项"


def item(number: str) -> Indicator:
    return next(i for i in real_plan().indicators if i.id == number)


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (23, "二十三")]
)
def test_numbers_in_chinese(number: int, text: str) -> None:
    assert chinese(number) == text


def test_shortened_only_at_a_sentence_end() -> None:
    assert shorten(("甲。乙。",), 10) == ("甲。乙。",)
    assert shorten(("甲甲甲。乙乙乙。",), 5) == ("甲甲甲。（全文见附件2）",)
    assert shorten(("甲甲甲甲甲甲甲。乙。",), 3) == ("甲甲甲甲甲甲甲。（全文见附件2）",)
    assert shorten(("没有句号的一长段文字",), 3) == ("没有句号的一长段文字",)
    assert shorten(("甲。", "乙乙乙乙乙乙。"), 4) == ("甲。（全文见附件2）",)
    assert shorten(("甲甲。", "乙。丙丙丙。"), 5) == ("甲甲。", "乙。（全文见附件2）")
    assert shorten(("甲甲。" * 3, "末段"), 9) == ("甲甲。甲甲。甲甲。（全文见附件2）",)
    assert shorten(("“好。”丙丙丙丙。",), 5) == ("“好。”（全文见附件2）",)


def test_who_said_it_stands_before_the_first_line() -> None:
    assert said_by("市公安局", ("一", "二")) == ("市公安局：一。", "二。")
    assert said_by("市公安局", ()) == ()
    assert one_line("一\n二") == "一 二"
    assert stopped("已办（见附件）") == "已办（见附件）。"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("授权周期较长，", "授权周期较长。"),
        ("授权周期较长、", "授权周期较长。"),
        ("授权周期较长。。", "授权周期较长。"),
        ("授权周期较长，。", "授权周期较长。"),
        ("授权周期较长", "授权周期较长。"),
        ("授权周期较长！。", "授权周期较长！"),
        ("正在办理……", "正在办理……"),
        ("一是开展检查；", "一是开展检查；"),
        ("他说“好。”", "他说“好。”"),
        ("，", "，"),
        ("甲甲。（全文见附件2）", "甲甲。（全文见附件2）"),
    ],
)
def test_a_sentence_never_ends_in_two_marks_or_a_comma(text: str, told: str) -> None:
    assert stopped(text) == told


def test_only_the_last_paragraph_may_not_end_in_a_semicolon() -> None:
    """“一是……；”后面还有“二是”的，分号照旧；后面没有话了，改成句号。"""
    assert finished(("一是甲；", "二是乙；")) == ("一是甲；", "二是乙。")
    assert finished(("做了以下工作：",)) == ("做了以下工作。",)
    assert said_by("市公安局", ("一是甲；", "二是乙，")) == ("市公安局：一是甲；", "二是乙。")
    assert shorten(("一是甲；", "二是乙乙乙乙。"), 5) == ("一是甲。（全文见附件2）",)


def test_one_bracket_holds_both_remarks() -> None:
    assert marked("市公安局", "推进中") == "市公安局（推进中）"
    assert flat("未达序时（差距较大）") == "未达序时，差距较大"
    assert marked("某分局（原某局）", "推进中") == "某分局（原某局；推进中）"


def test_numbers_in_a_row_are_told_by_their_ends() -> None:
    assert spans([2]) == "2"
    assert spans([1, 2]) == "1、2"
    assert spans([2, 4, 5, 6, 9, 10]) == "2、4至6、9、10"
    assert spans([]) == ""


def test_a_stop_is_taken_off_but_never_the_whole() -> None:
    assert unstopped("办理。") == "办理"
    assert unstopped("办理；。") == "办理"
    assert unstopped("推进落实，") == "推进落实"
    assert unstopped("。") == "。"


def test_steps_and_growth() -> None:
    patents, share, score = item("I01"), item("I07"), item("I10")
    assert step(patents, Decimal(5), Decimal("5.001"), "上年末") == "与上年末持平"
    assert growth(patents, Decimal(30), Decimal(40)) == "同比下降25.0%"
    assert growth(patents, Decimal(3), Decimal(0)) == "比上年同期增加3.00件"
    assert growth(patents, None, Decimal(1)) == ""
    assert growth(share, Decimal("4.2"), Decimal("4.3")) == "比上年下降0.10个百分点"
    assert growth_cell(score, Decimal(82), Decimal(81)) == "+1.00分"
    assert growth_cell(patents, Decimal(3), Decimal(0)) == "—"


def test_pace_is_conditional_and_absent_when_nothing_is_left() -> None:
    assert pace(item("I01"), Decimal("0.282"), 5, SUMMER) == "如期完成目标，今后每季度需增加0.28件"
    assert (
        pace(item("I07"), Decimal("0.02"), 5, SUMMER)
        == "如期完成目标，今后每季度需提高0.02个百分点"
    )
    assert pace(item("I08"), Decimal("0.05"), 5, SUMMER).startswith(
        "如期完成年度任务，年内余下每季度需完成"
    )
    averages = [c for c in real_plan().commitments if c.id == "M15-1"]
    assert pace(averages[0], Decimal(80), 5, SUMMER) == AVERAGE
    assert pace(item("I01"), Decimal(0), 5, SUMMER) == ""
    assert pace(item("I01"), None, 5, SUMMER) == ""


def test_pace_of_the_last_quarter_names_it_and_whole_numbers_stay_whole() -> None:
    (granted,) = [c for c in real_plan().commitments if c.id == "M07-1"]
    assert pace(granted, Decimal(183), 5, AUTUMN) == "如期完成年度任务，第四季度需完成183件"
    assert pace(granted, Decimal("91.5"), 5, SUMMER).endswith("年内余下每季度需完成91.5件")


def test_figures_of_the_document_stand_as_written() -> None:
    assert [plain(Decimal(n)) for n in ("33", "5.5", "10.02", "170")] == [
        "33",
        "5.5",
        "10.02",
        "170",
    ]
    assert plain(None) == "—"
    assert due_rate(Decimal("0.5")) == "50%"
    assert due_rate(Decimal("0.3888")) == "38.9%"


def test_renamed_unit_of_measure_changes_the_words() -> None:
    scored = replace(item("I10"), how=replace(item("I10").how, unit="％"))
    assert step(scored, Decimal(81), Decimal(80), "上年") == "比上年提高1.00个百分点"
