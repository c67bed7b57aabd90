"""判定表：自上而下，第一条成立的为准；界线是办公室的设定。"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ipmeasures.plan.model import Thresholds
from ipmeasures.progress.assessment import Conclusion, Status
from ipmeasures.progress.case import Absence, Case, Unjudged

SENT_BACK_LABEL = "已退回"
_Test = Callable[[Case, Thresholds], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """判定表的一条；``name`` 是规则名，``words`` 是它的意思，供解释时用。"""

    name: str
    status: Status
    words: str
    holds: _Test


@dataclass(frozen=True, slots=True)
class Verdict:
    """判定：状态、表上的话、是哪一条规则；期满的另有结论。"""

    status: Status
    text: str
    rule: str
    conclusion: Conclusion | None = None


def judge(case: Case, limits: Thresholds, words: Mapping[str, str] | None = None) -> Verdict:
    """照表判 ``case``。

    多家相加而有单位未报的，合计只是“至少”：靠它判不出滞后，滞后的一律作未报送；下降的判不出好坏。

    Args:
        case: 判断所看的事实。
        limits: 所用的界线（约束性指标的从严）。
        words: 状态和结论另外的说法，按代码；没有的照通常。
    """
    step = next(s for s in steps(limits) if s.holds(case, limits))
    if case.partial and (case.falling or step.status in _DOUBTFUL):
        step = PARTIAL
    conclusion = _conclusion(step.status, case, limits)
    code = conclusion or step.status
    text = (words or {}).get(code.value) or _text(step.status, case, conclusion)
    return Verdict(step.status, text, step.name, conclusion)


def steps(thresholds: Thresholds) -> tuple[Step, ...]:
    """所用的判定表。"""
    return (*_FACTS, *(_POINTS if thresholds.preset == "points" else _RATIOS), _OTHERWISE)


def nearly(case: Case, thresholds: Thresholds) -> bool:
    """基本实现：x/T（没有的看完成份额）不低于设定的百分数，按未取整的数比。"""
    rate = case.shares.done if case.target_rate is None else case.target_rate
    return rate is not None and rate * 100 >= thresholds.nearly_percent


def _conclusion(status: Status, case: Case, limits: Thresholds) -> Conclusion | None:
    if not case.final or status not in _CONCLUDED:
        return None
    if status is Status.ACHIEVED:
        return Conclusion.REALISED
    return Conclusion.NEARLY if nearly(case, limits) else Conclusion.MISSED


def _text(status: Status, case: Case, conclusion: Conclusion | None) -> str:
    if conclusion is not None:
        return conclusion.label
    if case.absence is Absence.SENT_BACK:
        return SENT_BACK_LABEL
    return "已完成" if status is Status.ACHIEVED and case.ended else status.label


def _always(case: Case, limits: Thresholds) -> bool:
    del case, limits
    return True


def _absent(absence: Absence) -> _Test:
    return lambda case, _: case.absence is absence


def _unjudged(reason: Unjudged) -> _Test:
    return lambda case, _: case.unjudged is reason


def _index_at_least(case: Case, limit: Decimal) -> bool:
    """指数不低于 ``limit``；尚无应达时指数不限。"""
    if case.shares.done is None:
        return False
    return case.shares.index is None or case.shares.index >= limit


def _gap_at_least(case: Case, limit: Decimal) -> bool:
    return case.shares.gap is not None and case.shares.gap >= limit


def _gap_above(case: Case, limit: Decimal) -> bool:
    return case.shares.gap is not None and case.shares.gap > limit


def _within_tolerance(case: Case) -> bool:
    return case.shortfall is not None and case.shortfall <= case.tolerance


def _far(case: Case, t: Thresholds) -> bool:
    if case.shares.gap is None:
        return False
    if t.preset == "points":
        return case.shares.gap < t.points_yellow_gap
    return not _index_at_least(case, t.far_behind_index) and case.shares.gap < t.far_behind_gap


_DOUBTFUL = {Status.FALLEN_BACK, Status.REGRESSED, Status.FAR_BEHIND, Status.BEHIND}
_CONCLUDED = _DOUBTFUL | {Status.ACHIEVED}

PARTIAL = Step(
    "partial_sum",
    Status.NOT_REPORTED,
    "有填报单位未报，合计不完整，判不出是否滞后",
    _always,
)
_FACTS = (
    Step("not_applicable", Status.NOT_APPLICABLE, "报了不适用", _absent(Absence.NOT_APPLICABLE)),
    Step("no_figure", Status.NOT_REPORTED, "从未报过数", _absent(Absence.NO_FIGURE)),
    Step(
        "sent_back", Status.NOT_REPORTED, "本季所报的数已退回，还没有重报",
        _absent(Absence.SENT_BACK),
    ),
    Step(
        "nothing_this_quarter", Status.NOT_REPORTED, "本季没有报数",
        _absent(Absence.NOTHING_THIS_QUARTER),
    ),
    Step("stale", Status.NOT_REPORTED, "最近的数滞后过久", _absent(Absence.STALE)),
    Step("not_released", Status.NOT_DUE, "新数尚未发布", _absent(Absence.NOT_RELEASED)),
    Step(
        "had_reached", Status.FALLEN_BACK, "曾达到目标，现又不到",
        lambda case, _: case.had_reached and not case.reached,
    ),
    Step(
        "reached", Status.ACHIEVED, "达到目标",
        lambda case, _: case.reached and (case.ended or not case.steady),
    ),
    Step(
        "below_baseline", Status.REGRESSED, "比基期还差",
        lambda case, _: case.shares.done is not None and case.shares.done < 0,
    ),
    Step(
        "missing_years", Status.IN_PROGRESS, "有已结束的年份没有全年数",
        _unjudged(Unjudged.MISSING_YEARS),
    ),
    Step("no_baseline", Status.IN_PROGRESS, "没有基期值", _unjudged(Unjudged.NO_BASELINE)),
    Step(
        "no_target", Status.IN_PROGRESS, "没有目标值，只作监测", _unjudged(Unjudged.NO_TARGET)
    ),
    Step("year_end", Status.IN_PROGRESS, "年底前完成即可", _unjudged(Unjudged.YEAR_END)),
    Step("cap", Status.IN_PROGRESS, "上限要求，期满才能判", _unjudged(Unjudged.CAP)),
    Step(
        "ended_far_behind", Status.FAR_BEHIND, "期限已到而差距较大",
        lambda case, t: case.ended and _far(case, t),
    ),
    Step("ended", Status.BEHIND, "期限已到而未达到", lambda case, _: case.ended),
    Step(
        "kept", Status.ON_TRACK, "目标与基期相同，保持住了",
        lambda case, _: case.steady and _within_tolerance(case),
    ),
    Step(
        "not_kept", Status.BEHIND, "目标与基期相同，没有保持住", lambda case, _: case.steady
    ),
    Step("year_met", Status.AHEAD, "已达到本年年底的序时值", lambda case, _: case.year_met),
)  # fmt: skip
_TOLERATED = Step(
    "tolerance", Status.ON_TRACK, "与序时值之差在容许误差以内",
    lambda case, _: case.tolerance > 0 and _within_tolerance(case),
)  # fmt: skip
_RATIOS = (
    Step(
        "ahead", Status.AHEAD, "偏差和指数都超过超序时的界线",
        lambda case, t: _gap_above(case, t.ahead_gap) and _index_at_least(case, t.ahead_index),
    ),
    Step(
        "nothing_planned", Status.ON_TRACK, "此时尚无应达",
        lambda case, _: case.shares.due == 0,
    ),
    Step(
        "index", Status.ON_TRACK, "指数达到达序时的界线",
        lambda case, t: _index_at_least(case, t.on_track_index),
    ),
    Step(
        "gap", Status.ON_TRACK, "偏差在达序时的界线以内",
        lambda case, t: _gap_at_least(case, t.on_track_gap),
    ),
    _TOLERATED,
    Step("far_behind", Status.FAR_BEHIND, "指数和偏差都低于差距较大的界线", _far),
)  # fmt: skip
_POINTS = (
    Step(
        "ahead", Status.AHEAD, "偏差超过超序时的界线",
        lambda case, t: _gap_above(case, t.ahead_gap),
    ),
    Step(
        "points_green", Status.ON_TRACK, "不低于序时",
        lambda case, _: _gap_at_least(case, Decimal(0)),
    ),
    _TOLERATED,
    Step("points_red", Status.FAR_BEHIND, "偏差低于黄灯的界线", _far),
)  # fmt: skip
_OTHERWISE = Step("behind", Status.BEHIND, "以上都不成立", _always)
