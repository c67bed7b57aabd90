"""图上的坐标：都在框里，刻度整齐，不拿颜色当唯一的区别。"""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.quarter import Quarter
from ipmeasures.report.courses import Course, Spot, Stage, course
from ipmeasures.report.drawing import HEIGHT, WIDTH, Chart, bar, chart, strip
from tests.report.pages import EVERY, example, material
from tests.report.samples import CUSTOMS, Book

FIRST, LAST = Quarter(2020, 4), Quarter(2025, 4)


def points(lines: tuple[str, ...]) -> list[list[tuple[float, float]]]:
    return [[tuple(map(float, p.split(","))) for p in line.split()] for line in lines]  # type: ignore[misc]


def drawn(name: str, item: str) -> Chart:
    told = example(name)
    return chart(course(told, next(i for i in told.plan.figure_items if i.id == item)))


def sample(values: list[Decimal], *, start: Decimal | None, goal: Decimal, whole: bool) -> Course:
    spots = tuple(Spot(FIRST + n + 1, v, str(n), str(v)) for n, v in enumerate(values))
    begin = None if start is None else Spot(FIRST, start, "2020年", str(start))
    return Course(
        "I01", "名", "件", FIRST, LAST, FIRST + 3, begin, spots, (), (),
        Spot(LAST, goal, "2025年", str(goal)), yearly=False, stepped=False, whole=whole,
    )  # fmt: skip


@pytest.mark.parametrize("name", EVERY)
def test_everything_is_inside_the_frame(name: str) -> None:
    """每张图的每条线、每个点、每个刻度都在框里。"""
    told = example(name)
    for item in told.plan.figure_items:
        one = chart(course(told, item))
        spots = [p for line in points((*one.planned, *one.actual)) for p in line]
        spots += [(float(d.x), float(d.y)) for d in one.dots]
        spots += [(float(m.x), float(m.y)) for m in (*one.levels, one.goal) if m]
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in spots), item.id


numbers = st.decimals(-99999, 99999, places=3)


@given(
    values=st.lists(numbers, max_size=20),
    start=st.one_of(st.none(), numbers),
    goal=numbers,
    whole=st.booleans(),
)
def test_any_figures_can_be_drawn(
    values: list[Decimal], start: Decimal | None, goal: Decimal, *, whole: bool
) -> None:
    """什么数都画得下；刻度等距、由低到高、不多于八个；整数项没有小数的刻度。"""
    one = chart(sample(values, start=start, goal=goal, whole=whole))
    heights = [float(m.y) for m in one.levels]
    assert 2 <= len(heights) <= 8
    steps = [a - b for a, b in pairwise(heights)]
    assert all(step > 0 and abs(step - steps[0]) < 0.3 for step in steps)
    assert all(16 <= float(d.y) <= 162 for d in one.dots)
    if whole:
        assert all("." not in m.text for m in one.levels)
    told = [Decimal(m.text) for m in one.levels]
    assert min(told) <= min([goal, *values])
    assert max([goal, *values]) <= max(told)


def test_a_higher_figure_stands_higher() -> None:
    one = chart(sample([Decimal(5), Decimal(7)], start=Decimal(4), goal=Decimal(10), whole=True))
    low, high = (float(d.y) for d in one.dots[1:])
    assert high < low


def test_years_are_named_once() -> None:
    one = drawn("年中", "I01")
    assert [m.text for m in one.years] == ["2021", "2022", "2023", "2024", "2025"]
    assert len(one.borders) == 6


def test_a_stepped_path_goes_up_upright() -> None:
    """只在年底移动的，到年底竖着上去，不画成斜线。"""
    (line,) = points(drawn("年中", "I04").planned)
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(line))


def test_yearly_figures_are_not_joined_across_years() -> None:
    """每年重起的，各年的应达从零起，各是一段；一年只有一个数的只有点。"""
    one = drawn("全年", "M07-1")
    assert len(one.planned) == 5
    bottom = max(p[1] for line in points(one.planned) for p in line)
    assert all(line[0][1] == bottom for line in points(one.planned))
    assert len(one.actual) == 2  # 2022 年有上半年和全年，2023 年四个季度
    assert len(one.dots) == 7


def test_dots_tell_their_figure() -> None:
    """点上写明何时、多少；基期说明是公文的，不全的画空心。"""
    labels = [d.label for d in drawn("年中", "I01").dots]
    assert labels[0] == "2020年：4.99件（公文基期）"
    assert labels[-1] == "2023年6月底：7.20件"
    book = Book()
    book.figure("M05-1", "2023Q1", "1", next(iter(CUSTOMS)))
    told = material(book, "2023Q1")
    item = next(i for i in told.plan.figure_items if i.id == "M05-1")
    (dot,) = chart(course(told, item)).dots
    assert dot.hollow
    assert "部分单位未报" in dot.label


def test_a_chart_without_figures_says_so() -> None:
    one = drawn("没有报送", "M10-2")
    assert (one.dots, one.actual, one.planned, one.last) == ((), (), (), None)
    assert one.label == "马德里商标国际注册总量走势（件）：尚无数据；目标170"


def test_a_label_keeps_clear_of_the_target() -> None:
    """最新的数挨着目标时，字写到点的下面。"""
    far = chart(sample([Decimal(5)], start=Decimal(4), goal=Decimal(10), whole=True)).last
    values = [Decimal(5)] * 18 + [Decimal(10)]
    one = chart(sample(values, start=Decimal(4), goal=Decimal(10), whole=True))
    assert far is not None
    assert one.last is not None
    assert float(one.last.y) > float(one.dots[-1].y)
    assert one.anchor == "end"


def test_one_level_and_no_target() -> None:
    """只有一个数、没有目标的，刻度也有上下两条。"""
    flat = replace(sample([Decimal(4)], start=Decimal(4), goal=Decimal(4), whole=True), goal=None)
    one = chart(flat)
    assert (one.goal, [m.text for m in one.levels]) == (None, ["4", "5"])
    assert one.last is not None
    assert "目标" not in one.label


def test_a_falling_target_is_named_below() -> None:
    falls = sample([Decimal(5)], start=Decimal(9), goal=Decimal(1), whole=True)
    rises = sample([Decimal(5)], start=Decimal(1), goal=Decimal(9), whole=True)
    assert (chart(falls).goal_dy, chart(rises).goal_dy) == ("14", "-5")


@pytest.mark.parametrize(
    ("done", "due", "told"),
    [
        ("0.5", "0.6", ("83.3", "100", False)),
        ("1.2", None, ("200", None, False)),
        ("3", "1", ("200", "166.7", True)),
        ("-0.4", "0", ("0", "0", False)),
    ],
)
def test_bars(done: str, due: str | None, told: tuple[str, str | None, bool]) -> None:
    """进度条画到 120% 为止；负的不画；百分之百处有线。"""
    one = bar(Decimal(done), None if due is None else Decimal(due))
    assert one is not None
    assert (one.done, one.due, one.over) == told
    assert one.whole == "166.7"


def test_no_share_no_bar() -> None:
    assert bar(None, Decimal(1)) is None


def test_strips() -> None:
    """一季一格，鼠标停上去有字；挨得太近的年份只写后一个。"""
    told = [Stage(Quarter(2021, 4) + n, "推进中", "none") for n in range(6)]
    one = strip(told)
    assert len(one.boxes) == 6
    assert one.boxes[0].label == "2021年第四季度：推进中"
    assert [m.text for m in one.years] == ["2022", "2023"]
    assert one.label.count("；") == 5
