"""不论什么数都成立的规则。"""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from ipmeasures.plan.model import (
    Amendment,
    Commitment,
    FigureItem,
    Indicator,
    Reporting,
    Thresholds,
)
from ipmeasures.progress.assess import assess
from ipmeasures.progress.assessment import Assessment, Reported, Status
from ipmeasures.progress.gaps import find_gaps
from ipmeasures.progress.outlook import Outlook
from ipmeasures.quarter import Quarter
from tests.progress.books import A, B
from tests.progress.plans import (
    AGENCY,
    POINTS,
    amended,
    commitment,
    entry,
    how,
    indicator,
    plan,
)

PRESETS = st.sampled_from([None, POINTS])
NUMBERS = st.decimals("-50", "250", places=2)
NATURALS = st.integers(0, 700)
QUARTERS = st.integers(1, 24).map(lambda t: Quarter(2020, 4) + t)
HOWS_ = [
    how(),
    how(decimals=0),
    how("running_total"),
    how("annual", tolerance=Decimal(1)),
    how(path="steps", release="batch", decimals=0),
    how("accumulated"),
    how("accumulated", path="steps"),
    how("year_to_date"),
    how("year_to_date", path="year_end"),
    how("year_to_date", release="batch", decimals=0),
    how("annual", path="milestones", waypoints=((2022, Decimal(20)), (2024, Decimal(60)))),
    how("level", tolerance=Decimal("0.5"), maximum=Decimal(100)),
]
HOWS = st.sampled_from(HOWS_)


def _commitments() -> list[Commitment]:
    """各种期限、规则、性质、路径和发布的量化任务，凡是配得上的都有。"""
    natures = {
        "yearly": ("year_to_date", "accumulated", "level", "annual"),
        "average": ("year_to_date", "accumulated", "annual"),
        "by_end": ("level", "running_total", "accumulated", "annual", "year_to_date"),
    }
    figures: dict[str, tuple[int, ...]] = {
        "at_least": (6,), "more_than": (80,), "range": (2, 3),
    }  # fmt: skip
    return [
        commitment(*figures[rule], cadence=cadence, rule=rule, reporting=reporting)
        for cadence, kinds in natures.items()
        for nature in kinds
        for rule in figures
        for reporting in (
            how(nature),
            how(nature, decimals=0),
            how(nature, path="year_end" if cadence == "yearly" else "steps", release="batch"),
        )
    ]


YEARLY = st.sampled_from(
    [
        commitment(6),
        commitment(500),
        commitment(80, cadence="average"),
        commitment(2, 3, rule="range"),
        commitment(8, rule="more_than"),
        commitment(2, reporting=how("year_to_date", path="year_end", decimals=0)),
    ]
)
COMMITMENTS = st.sampled_from(_commitments())
UNROUNDED_COMMITMENTS = st.sampled_from([item for item in _commitments() if item.how.decimals])


@dataclass(frozen=True, slots=True)
class Scene:
    """一个指标和它逐季报的数，末一个在 ``quarter``。"""

    baseline: Decimal
    target: Decimal
    reporting: Reporting
    quarter: Quarter
    values: list[Decimal]
    thresholds: Thresholds | None

    def item(self, *changes: Amendment, falling: bool = False) -> Indicator:
        return indicator(
            self.baseline, self.target, self.reporting, falling=falling, amendments=changes
        )

    def assessed(self, item: Indicator | None = None) -> Assessment:
        item = item or self.item()
        figures = told(self.values, self.quarter)
        return assess(plan(item, thresholds=self.thresholds), item, figures, self.quarter)


def scenes(hows: st.SearchStrategy[Reporting]) -> st.SearchStrategy[Scene]:
    """按所给填报方式的场景。"""
    values = st.lists(NUMBERS, min_size=1, max_size=6)
    return st.builds(Scene, NUMBERS, NUMBERS, hows, QUARTERS, values, PRESETS)


SCENES = scenes(HOWS)
# 取整与计量单位有关；逐期相加的没有镜像
UNROUNDED = scenes(st.sampled_from([how for how in HOWS_ if how.decimals]))
STANDING = scenes(
    st.sampled_from([how for how in HOWS_ if how.nature not in ("accumulated", "year_to_date")])
)


def assessed(item: FigureItem, values: list[Decimal], last: Quarter) -> Assessment:
    """逐季报了 ``values`` 的判断。"""
    return assess(plan(item), item, told(values, last), last)


def told(values: list[Decimal], last: Quarter) -> tuple[Reported, ...]:
    """到 ``last`` 为止逐季的数。"""
    first = last + (1 - len(values))
    return tuple(Reported(first + i, first + i, "figure", value) for i, value in enumerate(values))


def rank(found: Assessment) -> int:
    """次序就是“最差在前”。"""
    return list(Status).index(found.status)


@settings(max_examples=300)
@given(SCENES, st.decimals(0, 100, places=2))
def test_status_never_worsens_when_a_rising_figure_rises(scene: Scene, more: Decimal) -> None:
    """上升的数升了，状态不会变差。"""
    higher = replace(scene, values=[*scene.values[:-1], scene.values[-1] + more])
    assert rank(higher.assessed()) >= rank(scene.assessed())


@settings(max_examples=300)
@given(COMMITMENTS, QUARTERS, st.lists(st.integers(0, 700), max_size=5), NATURALS, NATURALS)
def test_commitments_never_worsen_either(
    item: Commitment, quarter: Quarter, before: list[int], value: int, more: int
) -> None:
    """量化任务同样，不论什么期限、规则和性质。"""
    worse, better = (
        assessed(item, [*map(Decimal, before), Decimal(x)], quarter) for x in (value, value + more)
    )
    assert rank(better) >= rank(worse)


@given(SCENES, st.decimals(0, 100, places=2))
def test_status_never_worsens_when_a_falling_figure_falls(scene: Scene, more: Decimal) -> None:
    """越小越好的，数小了，状态不会变差；一年的上限也是。"""
    item = scene.item(falling=True)
    lower = replace(scene, values=[*scene.values[:-1], scene.values[-1] - more])
    assert rank(lower.assessed(item)) >= rank(scene.assessed(item))


@given(SCENES, st.decimals(0, 100, places=2))
def test_a_binding_indicator_is_judged_no_milder(scene: Scene, more: Decimal) -> None:
    """约束性指标从严：同样的数，状态不会比预期性的好；数升了也不会变差。"""
    binding = replace(scene.item(), attribute="约束性")
    assert rank(scene.assessed(binding)) <= rank(scene.assessed())
    higher = replace(scene, values=[*scene.values[:-1], scene.values[-1] + more])
    assert rank(higher.assessed(binding)) >= rank(scene.assessed(binding))


def shape(found: Assessment) -> tuple[object, ...]:
    return (
        found.status, found.rule, found.done_share, found.planned_share,
        found.gap_points, found.schedule_index, found.note,
    )  # fmt: skip


FACTORS = st.sampled_from([Decimal(10000), Decimal(10), Decimal("0.0001")])


def scaled(reporting: Reporting, factor: Decimal) -> Reporting:
    """换了计量单位的填报方式。"""
    return replace(
        reporting,
        tolerance=reporting.tolerance * factor,
        maximum=None if reporting.maximum is None else reporting.maximum * factor,
        waypoints=tuple((year, value * factor) for year, value in reporting.waypoints),
    )


@given(UNROUNDED, FACTORS, st.booleans())
def test_shares_are_invariant_under_a_change_of_unit(
    scene: Scene,
    factor: Decimal,
    falling: bool,  # noqa: FBT001
) -> None:
    """万件改成件，份额、缺口、指数、状态、预测都不变（整数项的取整与单位有关，除外）。"""
    other = replace(
        scene,
        baseline=scene.baseline * factor,
        target=scene.target * factor,
        reporting=scaled(scene.reporting, factor),
        values=[value * factor for value in scene.values],
    )
    one, two = (s.assessed(s.item(falling=falling)) for s in (scene, other))
    assert shape(one) == shape(two)
    assert foreseen(one) == foreseen(two)


@given(UNROUNDED_COMMITMENTS, QUARTERS, st.lists(NUMBERS, min_size=1, max_size=6), FACTORS)
def test_shares_of_commitments_too(
    item: Commitment, quarter: Quarter, values: list[Decimal], factor: Decimal
) -> None:
    """量化任务同样；每年的整数要求小于 8 时要取整，所以只看不取整的。"""
    other = replace(
        item,
        figures=tuple(figure * factor for figure in item.figures),
        how=scaled(item.how, factor),
    )
    one = assessed(item, values, quarter)
    two = assessed(other, [value * factor for value in values], quarter)
    assert shape(one) == shape(two)
    assert foreseen(one) == foreseen(two)


def foreseen(found: Assessment) -> tuple[object, ...]:
    """预测里与计量单位无关的：为什么没有，何时达到、够不够、快几倍、与灯相不相反。"""
    outlook = found.outlook
    if not isinstance(outlook, Outlook):
        return (outlook,)
    paces = [
        pace and (pace.since, pace.reached_in, pace.enough, pace.capped)
        for pace in (outlook.overall, outlook.recent)
    ]
    speed = outlook.speed_up and round(outlook.speed_up, 20)
    return (*paces, speed, outlook.disagrees, outlook.reached_since, outlook.points)


@given(STANDING, st.none() | NUMBERS)
def test_mirrored_plan_gives_the_mirrored_result(scene: Scene, changed: Decimal | None) -> None:
    """把每个数映成 100 减它、上升换成下降，判断不变，序时值也是映出来的。"""
    mirrored = replace(
        scene,
        baseline=100 - scene.baseline,
        target=100 - scene.target,
        reporting=replace(
            scene.reporting,
            waypoints=tuple((year, 100 - value) for year, value in scene.reporting.waypoints),
        ),
        values=[100 - value for value in scene.values],
    )
    up = () if changed is None else (amended("2023-05-01", changed),)
    down = () if changed is None else (amended("2023-05-01", 100 - changed),)
    rising = scene.assessed(scene.item(*up))
    falling = mirrored.assessed(mirrored.item(*down, falling=True))
    assert (shape(rising)[:2], rising.note) == (shape(falling)[:2], falling.note)
    for one, other in zip(shape(rising)[2:6], shape(falling)[2:6], strict=True):
        assert one == other or abs(one - other) < Decimal("1e-20")  # type: ignore[operator]
    assert rising.planned is not None
    assert falling.planned is not None
    assert abs(falling.planned - (100 - rising.planned)) < Decimal("1e-20")


@given(STANDING)
def test_the_mirrored_outlook(scene: Scene) -> None:
    """预测也是映出来的：速度反号，何时达到、快几倍、够不够都一样（截在零和最大值上的除外）。"""
    plain_how = replace(scene.reporting, maximum=None)
    rising = replace(scene, reporting=plain_how)
    mirrored = replace(
        rising,
        baseline=100 - scene.baseline,
        target=100 - scene.target,
        reporting=replace(
            plain_how, waypoints=tuple((year, 100 - v) for year, v in plain_how.waypoints)
        ),
        values=[100 - value for value in scene.values],
    )
    one, two = rising.assessed().outlook, mirrored.assessed(mirrored.item(falling=True)).outlook
    if not isinstance(one, Outlook) or not isinstance(two, Outlook):
        assert one is two
        return
    near = Decimal("1e-20")
    assert one.needed == two.needed or abs((one.needed or 0) + (two.needed or 0)) < near
    assert one.reached_since == two.reached_since
    for left, right in ((one.overall, two.overall), (one.recent, two.recent)):
        assert (left is None) == (right is None)
        if left and right:
            assert abs(left.per_quarter + right.per_quarter) < near
            assert left.reached_in == right.reached_in
            if not left.capped and not right.capped:
                assert abs(left.at_end + right.at_end - 100) < near
                assert left.enough == right.enough


@given(SCENES)
def test_an_accumulated_plan_is_mirrored_by_its_negative(scene: Scene) -> None:
    """工具累加的从零加起，镜像是反号：基期、目标、各年的数都反号，上升换成下降，判断不变。"""
    summed = replace(scene, reporting=how("accumulated"))
    negative = replace(
        summed,
        baseline=-scene.baseline,
        target=-scene.target,
        values=[-value for value in scene.values],
    )
    one, two = summed.assessed(), negative.assessed(negative.item(falling=True))
    assert (shape(one), one.note) == (shape(two), two.note)
    assert one.value == (None if two.value is None else -two.value)


@given(SCENES, st.randoms(), st.booleans())
def test_order_of_figures_is_without_effect(scene: Scene, random: Random, falling: bool) -> None:  # noqa: FBT001
    """报来的先后不影响判断。"""
    item = scene.item(falling=falling)
    figures = list(told(scene.values, scene.quarter))
    random.shuffle(figures)
    own = plan(item, thresholds=scene.thresholds)
    assert assess(own, item, figures, scene.quarter) == scene.assessed(item)


@given(COMMITMENTS, QUARTERS, st.lists(NATURALS, min_size=1, max_size=6), st.randoms())
def test_order_of_commitments_too(
    item: Commitment, quarter: Quarter, values: list[int], random: Random
) -> None:
    """量化任务同样。"""
    figures = list(told([Decimal(v) for v in values], quarter))
    random.shuffle(figures)
    again = assess(plan(item), item, figures, quarter)
    assert again == assessed(item, [Decimal(v) for v in values], quarter)


@given(st.lists(st.tuples(st.integers(0, 7), NATURALS), max_size=24), st.randoms())
def test_order_of_returns_is_without_effect(given_: list[tuple[int, int]], random: Random) -> None:
    """各家各季的表不论哪份先入库，差距都一样：数、几家的合计、文字。"""
    items = (indicator(0, 100), commitment(500), commitment(80, cadence="average", id="M15-1"))
    shared = commitment(
        60, id="M05-1", reporting=how("year_to_date", reporters=(A, B), combine="sum")
    )
    own = plan(*items, shared)
    start, latest = Quarter(2021, 4), {}
    for n, (quarter, value) in enumerate(given_):
        item = (*items, shared)[n % 4]
        agency = (A, B)[n // 4 % 2] if item is shared else AGENCY
        latest[item.id, start + quarter, agency] = value
    made = [
        entry(item, str(quarter), str(value), agency=agency)
        for (item, quarter, agency), value in latest.items()
    ]
    shuffled = random.sample(made, len(made))
    one, two = (
        find_gaps(
            own,
            [replace(e, number=n) for n, e in enumerate(entries, 1)],
            (),
            start + 8,
            dt.date(2024, 1, 20),
        )
        for entries in (made, shuffled)
    )
    assert one == two


@given(SCENES, st.booleans(), st.booleans())
def test_always_an_answer(scene: Scene, falling: bool, based: bool) -> None:  # noqa: FBT001
    """什么计划、什么数都有判断，不出错，有话有规则。"""
    item = scene.item(falling=falling)
    found = scene.assessed(item if based else replace(item, baseline=None))
    assert found.status_text
    assert found.rule
