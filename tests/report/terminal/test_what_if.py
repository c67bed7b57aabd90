"""假设和赶上序时的两段：累计的说明哪个是累计，上限说不超过，没有的说没有。"""

from ipmeasures.plan.model import FigureItem
from ipmeasures.progress.assess import assess
from ipmeasures.progress.catch_up import catch_ups
from ipmeasures.report.terminal.layout import width
from ipmeasures.report.terminal.what_if import catch_up_lines
from tests.progress.plans import how, indicator, plan, q, said


def needed(item: FigureItem, at: str, *told: str) -> list[str]:
    own = plan(item)
    found = assess(own, item, said(*told), q(at))
    lines = catch_up_lines(own, catch_ups(own, [found], q(at)), {item.id: found}, q(at))
    assert max(map(width, lines)) <= 80
    return lines


def test_an_accumulated_figure_says_which_is_the_sum() -> None:
    """工具累加：现值、年底应达是累计，须报的是当年的。"""
    item = indicator(33, 85, how("accumulated", unit="亿元"))
    lines = needed(item, "2023Q2", "2021Q4 9.8", "2022Q4 8", "2023Q2 3")
    assert lines[3].split() == ["I01", "指标I01", "53.80", "8.20", "64.20亿元"]
    assert lines[4] == ("  由工具累加的，“现值”“年底应达”是累计，“须报”是表上要填的当年数。")


def test_a_cap_is_not_to_be_exceeded() -> None:
    """越小越好：前面写 ≤。"""
    lines = needed(indicator(20, 10, falling=True), "2023Q2", "2023Q2 18")
    assert lines[3].split() == ["I01", "指标I01", "18.00", "≤16.00", "14.00件"]
    assert len(lines) == 5


def test_nothing_to_catch_up() -> None:
    """没有滞后的，说没有。"""
    lines = needed(indicator(0, 10), "2023Q2", "2023Q2 9")
    assert lines[1:] == ["  没有推算得出的滞后事项。", ""]
