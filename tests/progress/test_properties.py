"""不论什么数都成立的规则。"""

from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ipmeasures.plan.model import Amendment, Commitment, Indicator, Reporting, Thresholds
from ipmeasures.progress.assess import assess
from ipmeasures.progress.assessment import Assessment, Reported, Status
from ipmeasures.quarter import Quarter
from tests.progress.plans import POINTS, amended, commitment, how, indicator, plan

PRESETS = st.sampled_from([None, POINTS])
NUMBERS = st.decimals("-50", "250", places=2)
QUARTERS = st.integers(1, 24).map(lambda t: Quarter(2020, 4) + t)
HOWS = st.sampled_from(
    [
        how(),
        how(decimals=0),
        how("running_total"),
        how("annual", tolerance=Decimal(1)),
        how(path="steps", release="batch", decimals=0),
        how("accumulated"),
        how("year_to_date"),
    ]
)
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


SCENES = st.builds(
    Scene, NUMBERS, NUMBERS, HOWS, QUARTERS, st.lists(NUMBERS, min_size=1, max_size=6), PRESETS
)


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


@given(YEARLY, QUARTERS, st.integers(0, 700), st.integers(0, 300))
def test_commitments_never_worsen_either(
    item: Commitment, quarter: Quarter, value: int, more: int
) -> None:
    """量化任务同样。"""
    own = plan(item)
    worse, better = (
        assess(own, item, told([Decimal(x)], quarter), quarter) for x in (value, value + more)
    )
    assert rank(better) >= rank(worse)


def shape(found: Assessment) -> tuple[object, ...]:
    return (
        found.status, found.rule, found.done_share, found.planned_share,
        found.gap_points, found.schedule_index, found.note,
    )  # fmt: skip


@given(SCENES, st.sampled_from([Decimal(10000), Decimal(10), Decimal("0.0001")]))
def test_shares_are_invariant_under_a_change_of_unit(scene: Scene, factor: Decimal) -> None:
    """万件改成件，份额、缺口、指数、状态都不变（整数项的取整与单位有关，除外）。"""
    assume(scene.reporting.decimals)
    scaled = replace(
        scene,
        baseline=scene.baseline * factor,
        target=scene.target * factor,
        reporting=replace(scene.reporting, tolerance=scene.reporting.tolerance * factor),
        values=[value * factor for value in scene.values],
    )
    assert shape(scaled.assessed()) == shape(scene.assessed())


@given(SCENES, st.none() | NUMBERS)
def test_mirrored_plan_gives_the_mirrored_result(scene: Scene, changed: Decimal | None) -> None:
    """把每个数映成 100 减它、上升换成下降，判断不变，序时值也是映出来的。"""
    assume(scene.reporting.nature not in ("accumulated", "year_to_date"))
    mirrored = replace(
        scene,
        baseline=100 - scene.baseline,
        target=100 - scene.target,
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


@given(SCENES, st.randoms())
def test_order_of_figures_is_without_effect(scene: Scene, random: Random) -> None:
    """报来的先后不影响判断。"""
    item = scene.item()
    figures = list(told(scene.values, scene.quarter))
    random.shuffle(figures)
    assert assess(plan(item, thresholds=scene.thresholds), item, figures, scene.quarter) == (
        scene.assessed()
    )


@given(SCENES, st.booleans(), st.booleans())
def test_always_an_answer(scene: Scene, falling: bool, based: bool) -> None:  # noqa: FBT001
    """什么计划、什么数都有判断，不出错，有话有规则。"""
    item = scene.item(falling=falling)
    found = scene.assessed(item if based else replace(item, baseline=None))
    assert found.status_text
    assert found.rule
