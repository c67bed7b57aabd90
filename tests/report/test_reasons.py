"""判定表各条为什么成立、为什么不成立：写出来的数与写出来的话对得上。"""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.plan.model import FigureItem, Thresholds
from ipmeasures.progress.assess import assess, case_of
from ipmeasures.progress.goal import goal_of
from ipmeasures.progress.status import judge
from ipmeasures.quarter import Quarter
from ipmeasures.report.reasons import Checked, Outcome, checked, reasons
from tests.progress.plans import POINTS, commitment, d, how, indicator, plan, q, said
from tests.report.terminal.test_explain import ITEMS

I01 = indicator("4.99", "10.02")


def looked_at(
    item: FigureItem, at: str, *told: str, thresholds: Thresholds | None = None
) -> dict[str, Checked]:
    own = plan(item, thresholds=thresholds)
    case = case_of(own, item, said(*told), q(at))
    goal = goal_of(item, own)
    limits = own.settings.limits(binding=goal.binding)
    return {c.step.name: c for c in checked(item, goal, case, limits, judge(case, limits))}


def because(item: FigureItem, at: str, rule: str, *told: str) -> str:
    return looked_at(item, at, *told)[rule].because


def test_every_rule_before_the_one_that_fired_says_its_numbers() -> None:
    """I01＝7.20：达到、低于基期、超序时、达序时、差距较大都不成立，各有各的数。"""
    found = looked_at(I01, "2023Q2", "2023Q2 7.20")
    failed = {n: c.because for n, c in found.items() if c.outcome is Outcome.FAILED}
    assert failed == {
        "not_applicable": "没有填“不适用”",
        "no_figure": "有数，数据时点 2023Q2",
        "nothing_this_quarter": "有数，数据时点 2023Q2",
        "stale": "有数，数据时点 2023Q2",
        "not_released": "有数，数据时点 2023Q2",
        "had_reached": "此前没有达到过 10.02件",
        "reached": "7.20件，没有达到 10.02件",
        "below_baseline": "增量完成率 43.94%，不低于 0",
        "ended_far_behind": "期限为2025年底，未到",
        "ended": "期限为2025年底，未到",
        "ahead": "偏差 -6.06 不大于 2；指数 0.879 低于 1.05",
        "index": "指数 0.879 低于 0.95",
        "gap": "偏差 -6.06 低于 -2",
        "far_behind": "指数 0.879 不低于 0.60；偏差 -6.06 不低于 -20",
    }
    assert found["behind"].outcome is Outcome.FIRED
    assert found["tolerance"].outcome is Outcome.UNUSED


def test_the_rules_after_the_one_that_fired_are_not_looked_at() -> None:
    """第一条成立的为准：以后的不再看。"""
    found = looked_at(I01, "2023Q2", "2023Q2 10.1")
    assert found["reached"].outcome is Outcome.FIRED
    assert found["reached"].because == "10.10件，达到 10.02件"
    assert found["ahead"].outcome is found["behind"].outcome is Outcome.UNSEEN
    assert found["ahead"].because == ""


def test_points_have_their_own_table() -> None:
    """只看偏差的：不说指数。"""
    found = looked_at(I01, "2023Q2", "2023Q2 7.20", thresholds=POINTS)
    assert found["ahead"].because == "偏差 -6.06 不大于 2"
    assert found["points_green"].because == "偏差 -6.06 低于 0"
    assert found["points_red"].because == "偏差 -6.06 不低于 -10"
    assert "index" not in found
    ended = looked_at(I01, "2025Q4", "2025Q4 9.9", thresholds=POINTS)
    assert ended["ended_far_behind"].because == "期限已到；偏差 -2.39 不低于 -10"


@pytest.mark.parametrize(
    ("item", "at", "rule", "told", "words"),
    [
        (I01, "2023Q2", "had_reached", ("2023Q1 10.5", "2023Q2 9"), "此前达到过 10.02件"),
        (I01, "2023Q2", "below_baseline", ("2023Q2 4",), "增量完成率 -19.68%，低于 0"),
        (I01, "2023Q4", "stale", ("2023Q1 7",), "最近的数滞后过久"),
        (I01, "2023Q4", "no_figure", (), "从未报过数"),
        (I01, "2023Q4", "not_applicable", ("2023Q4 不适用",), "报了不适用"),
        (commitment(500), "2024Q1", "no_figure", ("2023Q4 600",), "以前报过"),
        (commitment(500), "2024Q1", "nothing_this_quarter", ("2023Q4 600",), "本季没有报数"),
        (commitment(500), "2023Q2", "ended", ("2023Q2 200",), "期限为2023年底，未到"),
        (commitment(500), "2023Q4", "ended", ("2023Q4 480",), "期限为2023年底，已到"),
        (
            commitment(500), "2023Q4", "ended_far_behind", ("2023Q4 480",),
            "期限已到；指数 0.960 不低于 0.60；偏差 -4.00 不低于 -20",
        ),
        (
            commitment(500), "2023Q4", "ended_far_behind", ("2023Q4 250",),
            "期限已到；指数 0.500 低于 0.60；偏差 -50.00 低于 -20",
        ),
        (
            commitment(9, cadence="by_end", rule="more_than", reporting=how()), "2023Q2",
            "reached", ("2023Q2 9",), "9.00件，没有达到 9.00件（须超过）",
        ),
        (
            commitment(9, cadence="by_end", reporting=how()), "2025Q4", "ended_far_behind",
            ("2025Q4 8",), "期限已到；没有份额可比",
        ),
        (
            indicator(33, 85, how("accumulated")), "2023Q2", "missing_years",
            ("2023Q2 5",), "缺2021年、2022年全年数",
        ),
        (
            commitment(80, cadence="average"), "2021Q2", "missing_years", ("2021Q2 50",),
            "已结束各年的全年数都有",
        ),
        (indicator(None, 8), "2023Q2", "no_baseline", ("2023Q2 5",), "没有基期值，算不出份额"),
        (
            commitment(2, reporting=how("year_to_date", path="year_end", decimals=0)), "2023Q2",
            "year_end", ("2023Q2 1",), "还没有到年底",
        ),
        (
            commitment(2, reporting=how("year_to_date", path="year_end", decimals=0)), "2023Q4",
            "year_end", ("2023Q4 1",), "已到年底",
        ),
        (
            indicator(14, 10, how("year_to_date"), falling=True), "2023Q2", "cap",
            ("2023Q2 4",), "期限未满",
        ),
        (
            indicator(14, 10, how("year_to_date"), falling=True), "2023Q2", "reached",
            ("2023Q2 4",), "上限要求，期满才算达到",
        ),
        (
            indicator(14, 10, how("year_to_date"), falling=True), "2023Q4", "cap",
            ("2023Q4 12",), "期限已满",
        ),
        (indicator(9, 9), "2023Q2", "kept", ("2023Q2 9",), "目标 9.00件 未超出基期水平，与应达持平"),
        (
            indicator(9, 9), "2023Q2", "not_kept", ("2023Q2 8",),
            "目标 9.00件 未超出基期水平，比应达差 1.00件",
        ),
        (
            indicator(9, 9, how(tolerance=Decimal(2))), "2023Q2", "kept", ("2023Q2 8",),
            "目标 9.00件 未超出基期水平；比应达差 1.00件，在容差 2.00件 以内",
        ),
        (
            indicator("0.16", "0.24", how("year_to_date", decimals=4)), "2023Q2", "year_met",
            ("2023Q2 0.21",), "0.21件，已到本年年底的序时值 0.208件",
        ),
        (
            indicator("0.16", "0.24", how("year_to_date", decimals=4)), "2023Q2", "year_met",
            ("2023Q2 0.12",), "0.12件，没有到本年年底的序时值 0.208件",
        ),
        (
            indicator(10, 18, how(decimals=0)), "2021Q2", "nothing_planned", ("2021Q2 10",),
            "此时尚无应达；偏差 0.00 不低于 0",
        ),
        (
            indicator(10, 18, how(decimals=0)), "2021Q2", "ahead", ("2021Q2 12",),
            "偏差 25.00 大于 2；指数不限",
        ),
        (
            indicator(80, 85, how(tolerance=Decimal(1))), "2023Q2", "tolerance",
            ("2023Q2 81",), "比应达差 1.50件，在容差 1.00件 以外",
        ),
        (I01, "2023Q2", "far_behind", ("2023Q2 5",), "指数 0.004 低于 0.60；偏差 -49.80 低于 -20"),
    ],
)  # fmt: skip
def test_each_rule_names_what_decided_it(
    item: FigureItem, at: str, rule: str, told: tuple[str, ...], words: str
) -> None:
    """每一条都有自己的话。"""
    assert because(item, at, rule, *told) == words


def test_a_number_beside_its_limit_never_looks_equal() -> None:
    """指数 0.9499…，三位小数是 0.950，却低于 0.95：多写几位。"""
    item = indicator(0, 100)
    # 2023Q2 应达 50，指数 0.94996
    found = because(item, "2023Q2", "index", "2023Q2 47.498")
    assert found == "指数 0.94996 低于 0.95"


def test_a_partial_sum_overrides_the_table() -> None:
    """合计不完整：照表本是未达序时，改判未报送；两条都说。"""
    found = looked_at(I01, "2023Q2", "2023Q2 6 partial")
    assert found["far_behind"].outcome is Outcome.FAILED
    assert found["far_behind"].because == (
        "指数 0.402 低于 0.60；偏差 -29.92 低于 -20；本应成立，因合计不完整改判"
    )
    assert found["partial_sum"].outcome is Outcome.FIRED
    told = tuple(found.values())
    assert list(reasons(told, "未报送"))[-2].startswith("√ 有填报单位未报，合计不完整")


def test_lines_for_a_reader() -> None:
    """没有数的几条归一行，用不着的、不再看的各归一行，得出状态的一条写明状态。"""
    lines = list(reasons(tuple(looked_at(I01, "2023Q2", "2023Q2 7.20").values()), "未达序时"))
    assert lines[0] == "判定：自上而下，第一条成立的为准（√ 成立，× 不成立）"
    assert lines[1] == (
        "× 报了不适用、从未报过数、本季没有报数、最近的数滞后过久、新数尚未发布：有数，数据时点 2023Q2"
    )
    assert "× 指数达到达序时的界线：指数 0.879 低于 0.95" in lines
    assert "√ 以上都不成立——未达序时" in lines
    assert lines[-1].startswith("用不着的：有已结束的年份没有全年数；")
    early = list(reasons(tuple(looked_at(I01, "2023Q2").values()), "未报送"))
    assert early[1:3] == ["× 报了不适用：没有填“不适用”", "√ 从未报过数——未报送"]
    assert early[-1].startswith("不再看的：本季没有报数；")


_COMPARED = re.compile(r"(?:偏差|指数) (-?[\d.]+) (低于|不低于|大于|不大于) (-?[\d.]+)")
_HOLDS = {
    "低于": lambda a, b: a < b,
    "不低于": lambda a, b: a >= b,
    "大于": lambda a, b: a > b,
    "不大于": lambda a, b: a <= b,
}


@given(
    ITEMS,
    st.dictionaries(st.integers(1, 22), st.decimals("0", "250", places=2), max_size=6),
    st.integers(1, 24),
    st.sampled_from([None, POINTS]),
)
def test_what_is_said_is_so(
    item: FigureItem, values: dict[int, Decimal], at: int, limits: Thresholds | None
) -> None:
    """什么事项、什么数：成立的恰是判断所用的一条，印出来的大小关系照印出来的数就成立。"""
    base, own = Quarter(2020, 4), plan(item, thresholds=limits)
    told = [f"{base + t} {v}" for t, v in sorted(values.items())]
    quarter = base + at
    found = looked_at(item, str(quarter), *told, thresholds=limits)
    fired = [name for name, c in found.items() if c.outcome is Outcome.FIRED]
    assert fired == [assess(own, item, said(*told), quarter).rule]
    for each in found.values():
        assert (each.because != "") == (each.outcome in (Outcome.FIRED, Outcome.FAILED))
        for left, side, right in _COMPARED.findall(each.because):
            assert _HOLDS[side](d(left), d(right)), each.because
