"""计划与原文对照：计划的数都在原文里，原文的数都有着落。原文是这里自编的。"""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from ipmeasures.plan.coverage import coverage, find_clauses
from ipmeasures.plan.model import (
    Commitment,
    Document,
    Indicator,
    Measure,
    Plan,
    Reporting,
    Section,
    Settings,
    Waiver,
)
from ipmeasures.plan.terms import Cadence, Nature, Path, Release, Rule
from ipmeasures.quarter import Quarter

TEXT = """# **海滨植树办法**
**海绿发〔2020〕7号**
2020年3月5日
| 指标 | 2019 年 | 2024 年 | 属性 |
海堤绿化长度（公里）	12.5	20	预期性
成活率 （%）	90%	95%	约束性
## （一）种好树
1.多种海棠。每年举办一次以上植树活动，到 2024 年种
植海棠 300 株。（责任单位：市园林局、市林场）
11.管好苗圃。全市苗圃 4 处，推广“五个一”做法。（责任单位 : 专项小组成员 )
附注：本办法由第 9 科解释。
"""


def _how(unit: str) -> Reporting:
    return Reporting(unit, Nature.LEVEL, Path.LINEAR, Release.QUARTERLY, 0, ("市园林局",))


def _commitment(key: str, figure: int, subject: str = "植树") -> Commitment:
    return Commitment(
        key, key[:3], subject, "", Rule.AT_LEAST, (Decimal(figure),), Cadence.YEARLY, _how("株")
    )


PLAN = Plan(
    Document(
        "海滨植树办法",
        "海绿发〔2020〕7号",
        dt.date(2020, 3, 5),
        2019,
        2024,
        collective="专项小组成员",
    ),
    (Section(1, "种好树"),),
    (),
    (
        Measure("M01", 1, "多种海棠", ("市林场", "市园林局"), False, ("种树",)),  # noqa: FBT003
        Measure("M11", 1, "管好苗圃", (), True, ("管苗",)),  # noqa: FBT003
    ),
    (
        Indicator("I01", "海堤绿化长度", Decimal("12.5"), Decimal(20), "预期性", _how("公里")),
        Indicator("I02", "成活率", Decimal(90), Decimal(95), "约束性", _how("%")),
    ),
    (_commitment("M01-1", 1), _commitment("M01-2", 300)),
    (),
    Settings(Quarter(2020, 1), 10, ()),
    waivers=(Waiver("M01", "到2024年", "期限"), Waiver("M11", "苗圃4处", "现状")),
)


def test_everything_has_its_place() -> None:
    """换行、空格、全角半角、表格里的 % 都不影响；一次以上就是 1。"""
    found = coverage(PLAN, TEXT)
    assert (found.missing, found.loose) == ((), ())
    # 标题、文号、日期、1 个部分；2 个指标；每条措施标题和责任单位；2 个量化任务
    assert found.checked == 4 + 2 + 4 + 2
    # 措施里的阿拉伯数字：2024、300、4
    assert found.figures == 3


def test_clause_ends_where_the_next_begins() -> None:
    """一条到下一条为止，最后一条到它的责任单位为止：附注里的 9 不算。"""
    clauses = find_clauses(
        PLAN,
        TEXT.replace("\n", "")
        .replace(" ", "")
        .replace("（", "(")
        .replace("）", ")")
        .replace("：", ":"),
    )
    assert clauses["M01"].startswith("1.多种海棠")
    assert clauses["M01"].endswith("市林场)")
    assert clauses["M11"].endswith("专项小组成员)")


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ("12.5	20", "12.5	21", "I01 海堤绿化长度（12.5→20）"),
        ("12.5	20", "1215	20", "I01 海堤绿化长度（12.5→20）"),
        ("约束性", "预期性", "I02 成活率（90→95）"),
        ("成活率", "存活率", "I02 成活率（90→95）"),
        ("市园林局、市林场", "市园林局", "M01 责任单位"),
        ("专项小组成员", "各单位", "M11 责任单位是专项小组成员"),
        ("一次以上", "多次", "M01-1 植树的 1"),
        ("300 株", "三百株", "M01-2 植树的 300"),
        ("300 株", "1300 株", "M01-2 植树的 300"),
        ("7号", "8号", "文号 海绿发〔2020〕7号"),
        ("3月5日", "3月6日", "日期 2020-03-05"),
        ("海滨植树办法", "海滨办法", "标题“海滨植树办法”"),
        ("种好树", "管好树", "第1部分“种好树”"),
    ],
)
def test_what_the_text_lacks(old: str, new: str, missing: str) -> None:
    """计划有、原文那一处没有的，逐处说。"""
    assert old in TEXT
    assert missing in coverage(PLAN, TEXT.replace(old, new)).missing


def test_measure_absent_from_the_text() -> None:
    """标题找不到的一条，标题、责任单位和数都算没有。"""
    found = coverage(PLAN, TEXT.replace("多种海棠", "多种月季"))
    assert {"M01 多种海棠", "M01 责任单位", "M01-2 植树的 300"} <= set(found.missing)
    assert coverage(PLAN, "").figures == 0
    assert find_clauses(PLAN, "") == {}


def test_loose_figure() -> None:
    """原文措施里的数，没有编成量化任务、也没有写明理由的，说出来。"""
    found = coverage(PLAN, TEXT.replace("推广", "建设 6 座，推广"))
    assert found.loose == ("M11 原文的 6 没有着落",)


def test_a_figure_twice_needs_two_places() -> None:
    """同一个数出现两次，只编了一处的，另一处仍没有着落。"""
    assert coverage(PLAN, TEXT.replace("300 株", "300 株、月季 300 株")).loose == (
        "M01 原文的 300 没有着落",
    )


def test_waived_figure() -> None:
    """写明理由的不算；去掉理由就没有着落了；理由说的话出现几次算几次。"""
    assert coverage(replace(PLAN, waivers=()), TEXT).loose == (
        "M01 原文的 2024 没有着落",
        "M11 原文的 4 没有着落",
    )
    assert coverage(PLAN, TEXT.replace("推广", "苗圃 4 处，推广")).loose == ()


def test_indicator_without_baseline() -> None:
    """没有基期值的指标只核目标值，话里写无基期值。"""
    bare = replace(PLAN, indicators=(replace(PLAN.indicators[0], baseline=None),))
    assert coverage(bare, TEXT.replace("12.5	20", "20")).missing == ()
    assert coverage(bare, TEXT).missing == ("I01 海堤绿化长度（无基期值→20）",)


def test_text_without_owners_at_the_end() -> None:
    """最后一条没有责任单位的，一直到文末。"""
    cut = TEXT[: TEXT.index("（责任单位 :")]
    assert "M11 责任单位是专项小组成员" in coverage(PLAN, cut).missing
