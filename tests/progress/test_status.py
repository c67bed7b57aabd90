"""判定表：界线、次序、两种设定。"""

from dataclasses import replace

import pytest

from ipmeasures.plan.model import Binding, Indicator, Thresholds
from ipmeasures.progress.assess import assess
from ipmeasures.progress.assessment import Conclusion, Reported, Status
from ipmeasures.progress.case import Absence, Case
from ipmeasures.progress.shares import Shares, shares
from ipmeasures.progress.status import judge, steps
from tests.progress.plans import POINTS, d, how, indicator, judged, plan, q

RATIOS = Thresholds()


def at(done: str, due: str) -> Case:
    """完成 ``done``%、应达 ``due``% 的事实。"""
    return Case(
        goal=d(100), planned=d(due), value=d(done), shares=shares(d(done), d(0), d(due), d(100))
    )


@pytest.mark.parametrize(
    ("done", "due", "status", "rule"),
    [
        ("53", "50", Status.AHEAD, "ahead"),
        ("52", "50", Status.ON_TRACK, "index"),
        ("52.5", "50.4", Status.ON_TRACK, "index"),
        ("5", "0", Status.AHEAD, "ahead"),
        ("2", "0", Status.ON_TRACK, "nothing_planned"),
        ("0", "0", Status.ON_TRACK, "nothing_planned"),
        ("47.5", "50", Status.ON_TRACK, "index"),
        ("47.48", "50", Status.BEHIND, "behind"),
        ("76", "80", Status.ON_TRACK, "index"),
        ("75.968", "80", Status.BEHIND, "behind"),
        ("8", "10", Status.ON_TRACK, "gap"),
        ("7.9", "10", Status.BEHIND, "behind"),
        ("30", "50", Status.BEHIND, "behind"),
        ("29.9", "50", Status.FAR_BEHIND, "far_behind"),
        ("10", "29", Status.BEHIND, "behind"),
        ("48", "80", Status.BEHIND, "behind"),
        ("60", "90", Status.BEHIND, "behind"),
        ("-0.1", "50", Status.REGRESSED, "below_baseline"),
    ],
)
def test_ratios(done: str, due: str, status: Status, rule: str) -> None:
    """超序时 g>2 且 SPI≥1.05；达序时 SPI≥0.95 或 g≥−2；差距较大 SPI<0.60 且 g<−20。"""
    verdict = judge(at(done, due), RATIOS)
    assert (verdict.status, verdict.rule) == (status, rule)


def test_94_96_is_not_95() -> None:
    """比的是没有取整的数：94.96% 不是 95%。"""
    assert judge(at("94.96", "100"), RATIOS).status is Status.BEHIND
    assert judge(at("95", "100"), RATIOS).status is Status.ON_TRACK


def test_what_a_case_does_not_say() -> None:
    """事实里没有写的：不容许误差，没有期满，越大越好。"""
    case = at("40", "50")
    assert judge(replace(case, shortfall=d(1)), RATIOS).status is Status.BEHIND
    assert judge(case, RATIOS).text == "未达序时"
    assert judge(replace(at("50", "50"), partial=True), RATIOS).status is Status.ON_TRACK


@pytest.mark.parametrize(
    ("done", "due", "status", "rule"),
    [
        ("92.73", "75", Status.AHEAD, "ahead"),
        ("77", "75", Status.ON_TRACK, "points_green"),
        ("75", "75", Status.ON_TRACK, "points_green"),
        ("74.99", "75", Status.BEHIND, "behind"),
        ("65", "75", Status.BEHIND, "behind"),
        ("64.99", "75", Status.FAR_BEHIND, "points_red"),
        ("62.6", "75", Status.FAR_BEHIND, "points_red"),
        ("0", "0", Status.ON_TRACK, "points_green"),
    ],
)
def test_points(done: str, due: str, status: Status, rule: str) -> None:
    """按百分点：g≥0 绿，−10≤g<0 黄，再低红。"""
    verdict = judge(at(done, due), POINTS)
    assert (verdict.status, verdict.rule) == (status, rule)
    lights = {Status.BEHIND: "yellow", Status.FAR_BEHIND: "red"}
    assert verdict.status.light == lights.get(status, "green")


def test_thresholds_are_settings() -> None:
    """界线是设定，改了就照新的判。"""
    wide = Thresholds(on_track_index=d("0.8"), on_track_gap=d(-15))
    assert judge(at("40", "50"), RATIOS).status is Status.BEHIND
    assert judge(at("40", "50"), wide).status is Status.ON_TRACK
    # 达序时要超出序时的：没有容许误差，恰好到序时也不算
    above = Thresholds(on_track_index=d("1.2"), on_track_gap=d(5))
    fifty = ("2023Q2", "2023Q2 50")
    assert judged(indicator(0, 100), *fifty, thresholds=above).status is Status.BEHIND
    within = indicator(0, 100, how(tolerance=d(1)))
    assert judged(within, *fifty, thresholds=above).rule == "tolerance"
    told = ("2023Q4", "2023Q2 5")
    short = Thresholds(stale_quarters=1)
    assert judged(indicator(0, 10), *told).status is not Status.NOT_REPORTED
    assert judged(indicator(0, 10), *told, thresholds=short).status is Status.NOT_REPORTED


def test_points_preset_in_an_assessment() -> None:
    """整个判断也照设定的表：差 8 个百分点，比率判未达序时，百分点也是黄灯；差 12 就是红灯。"""
    item = indicator(0, 100)
    assert judged(item, "2023Q2", "2023Q2 42", thresholds=POINTS).light == "yellow"
    assert judged(item, "2023Q2", "2023Q2 38", thresholds=POINTS).light == "red"
    assert judged(item, "2023Q2", "2023Q2 38").light == "yellow"
    assert judged(item, "2025Q4", "2025Q4 89", thresholds=POINTS).status is Status.FAR_BEHIND


def test_binding_indicators_have_their_own_limits_and_words() -> None:
    """约束性：没有设定的不留余量；设定了的照设定，界线和说法都是。"""
    loose, strict = indicator(0, 100), indicator(0, 100, attribute="约束性")
    told = ("2023Q2", "2023Q2 49.9")
    assert judged(loose, *told).status is Status.ON_TRACK
    assert judged(strict, *told).status is Status.BEHIND
    assert judged(strict, "2023Q2", "2023Q2 50").status is Status.ON_TRACK
    limits = replace(Thresholds(), on_track_index=d("0.99"), far_behind_index=d("0.9"))
    own = plan(strict, loose)
    words = (("behind", "未完成进度要求"), ("missed", "未完成"))
    own = replace(own, settings=replace(own.settings, binding=Binding(limits, words)))

    def said(item: Indicator, at: str, value: str) -> tuple[Status, str]:
        figures = (Reported(q(at), q(at), "figure", d(value)),)
        found = assess(own, item, figures, q(at))
        return found.status, found.status_text

    assert said(strict, "2023Q2", "49.9") == (Status.ON_TRACK, "达序时")
    assert said(strict, "2023Q2", "47") == (Status.BEHIND, "未完成进度要求")
    assert said(loose, "2023Q2", "47") == (Status.BEHIND, "未达序时")
    assert said(strict, "2025Q4", "80") == (Status.BEHIND, "未完成")
    assert said(strict, "2025Q4", "96") == (Status.BEHIND, "基本实现")
    assert said(loose, "2025Q4", "80") == (Status.BEHIND, "未达到预期")


def test_the_conclusion_is_kept_beside_the_words() -> None:
    """期满的结论另有代码，话怎么改都认得；没有期满的没有结论。"""
    item = indicator(0, 100)
    found = {
        value: judged(item, "2025Q4", f"2025Q4 {value}").conclusion
        for value in ("100", "95", "94.99")
    }
    assert found == {
        "100": Conclusion.REALISED,
        "95": Conclusion.NEARLY,
        "94.99": Conclusion.MISSED,
    }
    assert judged(item, "2025Q3", "2025Q3 100").conclusion is None


def test_first_match_wins() -> None:
    """次序：不涉及、未报送、未发布、回落、达到，都在份额之前。"""
    everything = Case(
        goal=d(1), planned=None, absence=Absence.NOT_APPLICABLE, reached=True, had_reached=True
    )
    assert judge(everything, RATIOS).status is Status.NOT_APPLICABLE
    reached = Case(goal=d(1), planned=None, reached=True, shares=Shares(d(-1), d(0), d(-100)))
    assert judge(reached, RATIOS).status is Status.ACHIEVED


def test_every_step_has_a_name_and_words() -> None:
    """每条规则有名有话，解释时用；同一张表里不重名。"""
    for table in (steps(RATIOS), steps(POINTS)):
        names = [step.name for step in table]
        assert len(names) == len(set(names))
        assert all(step.words for step in table)
        assert table[-1].holds(at("0", "50"), RATIOS)


def test_words_never_blame() -> None:
    """用语是未达序时、需加快，从不说未完成任务、问责、严重。"""
    words = "".join(step.words for step in (*steps(RATIOS), *steps(POINTS)))
    assert not any(bad in words for bad in ("未完成", "问责", "严重", "不力"))
