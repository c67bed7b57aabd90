"""预测：照已有的速度走下去，期末约到多少、何时达到目标、还要快几倍。只作参考，从不定灯。

出处：“照基期以来的速度”是联合国亚太经社会 Asia and the Pacific SDG Progress Report 的
Anticipated Progress（由基期值和现值外推到目标年）；“需要的速度÷实际的速度”是 Eurostat 监测可持续
发展目标所用 actual / required growth rate 之比的倒数（Open SDG ``docs/progress-methodology.md``）。
两处都按年复合增长，这里按季等量外推，与序时进度的直线一致，减少和归零的指标也算得出。
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ipmeasures.plan.terms import Cadence, Path
from ipmeasures.progress.assessment import Status
from ipmeasures.progress.case import Case
from ipmeasures.progress.figures import Figure
from ipmeasures.progress.goal import Goal
from ipmeasures.progress.track import Point, Track, track_of
from ipmeasures.quarter import Quarter

ENOUGH = 3  # 少于三个数，谈不上趋势
_YEAR = 4
_HORIZON = 40  # 期末以后十年还达不到的，不再往后推
_GOOD = (Status.ON_TRACK, Status.AHEAD, Status.ACHIEVED)
_BAD = (Status.FALLEN_BACK, Status.REGRESSED, Status.FAR_BEHIND, Status.BEHIND)


class Unforeseen(StrEnum):
    """为什么没有预测。"""

    NOTHING = "nothing"
    PARTIAL = "partial"
    MISSING_YEARS = "missing_years"
    ENDED = "ended"
    AT_ONCE = "at_once"
    TOO_FEW = "too_few"

    @property
    def label(self) -> str:
        """表上的话。"""
        return {
            "nothing": "没有可用的数",
            "partial": "合计不完整",
            "missing_years": "缺以前年份的全年数",
            "ended": "期限已到",
            "at_once": "年底前一次完成，不按速度推算",
            "too_few": "数据不足",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Pace:
    """一种速度和照它推算的结果；数都以事项自己的计量单位计，未取整。

    ``since``、``start`` 是从哪个季度的什么数算起，``quarters`` 是隔了几季，``per_quarter`` 是每季变动
    多少；``at_end`` 是到期末约多少，``capped`` 是推算超出可能的范围而截在边上，``enough`` 是那时够不够
    目标，``surplus`` 是超出区间；``reached_in`` 是照此达到目标的季度，已经达到的、期末以后十年仍达不到
    的没有。
    """

    since: Quarter
    start: Decimal
    quarters: int
    per_quarter: Decimal
    at_end: Decimal
    capped: bool
    enough: bool
    surplus: bool
    reached_in: Quarter | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """一个事项的预测；数未取整。

    ``at``、``value`` 是从哪个季度的什么数推起，``ends`` 是推到哪个季度，``goal`` 是那时要达到的数，
    ``points`` 是依据几个数；``overall`` 是基期（每年的任务是年初）以来的速度，``recent`` 是近四季的。
    ``needed`` 是从 ``at`` 起每季需要的增量，已达到的没有；``speed_up`` 是提速倍数（``needed`` ÷ 近四季
    的速度），近四季没有朝目标走的没有。``reached_since`` 是达到目标以来的头一个季度。``disagrees``
    是照近四季的速度推算，与灯说的相反。``rolling`` 是以连着四个季度的合计推算。
    """

    at: Quarter
    value: Decimal
    ends: Quarter
    goal: Decimal
    points: int
    overall: Pace | None
    recent: Pace | None
    needed: Decimal | None
    speed_up: Decimal | None
    reached_since: Quarter | None
    disagrees: bool
    rolling: bool


def outlook_of(  # noqa: PLR0913 - 判断的几样结果，各有其名
    goal: Goal,
    known: Sequence[Figure],
    case: Case,
    status: Status,
    quarter: Quarter,
    *,
    maximum: Decimal | None = None,
) -> Outlook | Unforeseen:
    """``case`` 的预测；推算不了的，说为什么。

    Args:
        goal: 判断依据。
        known: 到 ``quarter`` 为止报过的数，旧在前。
        case: 判断所看的事实。
        status: 判成什么，用来看预测与灯是否相反。
        quarter: 判哪个季度。
        maximum: 可能的最大值（满意度 100），推算不越过它，也不越过零。
    """
    figure, target = case.figure, case.goal
    if case.absence is not None or figure is None or target is None:
        return Unforeseen.NOTHING
    if unforeseen := _unforeseen(goal, case, quarter):
        return unforeseen
    track = track_of(goal, known, figure)
    if figure.date >= track.ends:
        return Unforeseen.ENDED
    if len(track.points) < ENOUGH or track.points[-1].date != figure.date:
        return Unforeseen.TOO_FEW
    run = _Run(goal, track, target, maximum, reached=case.reached)
    return run.outlook(status)


def _unforeseen(goal: Goal, case: Case, quarter: Quarter) -> Unforeseen | None:
    if quarter > goal.end:
        return Unforeseen.ENDED
    if case.partial:
        return Unforeseen.PARTIAL
    if case.missing_years:
        return Unforeseen.MISSING_YEARS
    at_once = goal.cadence is Cadence.YEARLY and goal.path is Path.YEAR_END
    return Unforeseen.AT_ONCE if at_once else None


@dataclass(frozen=True, slots=True)
class _Run:
    """一列数向前推：数、目标、上限，和是否已经达到。"""

    goal: Goal
    track: Track
    target: Decimal
    maximum: Decimal | None
    reached: bool

    def outlook(self, status: Status) -> Outlook:
        last, recent = self.track.points[-1], self._recent()
        at, value = last.date, last.value
        needed = None if self.reached else (self.target - value) / (self.track.ends - at)
        return Outlook(
            at=at,
            value=value,
            ends=self.track.ends,
            goal=self.target,
            points=len(self.track.points),
            overall=self._pace(self.track.start) if self.track.start else None,
            recent=recent,
            needed=needed,
            speed_up=None if self._capping else _speed_up(needed, recent),
            reached_since=self._reached_since() if self.reached else None,
            disagrees=recent is not None and self._disagrees(status, recent),
            rolling=self.track.yearly and not self.goal.yearly_release,
        )

    @property
    def _capping(self) -> bool:
        """上限要求（越少越好的合计）：剩下的是余量，谈不上达到和提速。"""
        return self.goal.falling and self.goal.cadence is Cadence.AVERAGE

    def _recent(self) -> Pace | None:
        """近四季的速度：从四个季度以前的数算起；那一季没有数的，往前找，不超过七季。"""
        known, start = self.track.points, self.track.start
        if start:
            known = (start, *known)
        at = known[-1].date
        earlier = [point for point in known if _YEAR <= at - point.date < 2 * _YEAR]
        return self._pace(earlier[-1]) if earlier else None

    def _pace(self, since: Point) -> Pace:
        last = self.track.points[-1]
        value, quarters = last.value, last.date - since.date
        moved = value - since.value
        exact = value + moved * (self.track.ends - last.date) / quarters
        at_end = self._possible(exact, value)
        reached = None if self.reached or self._capping else self._reached_in(moved, quarters)
        return Pace(
            since=since.date,
            start=since.value,
            quarters=quarters,
            per_quarter=moved / quarters,
            at_end=at_end,
            capped=at_end != exact,
            enough=self.goal.met(at_end, self.target),
            surplus=self._surplus(at_end),
            reached_in=reached,
        )

    def _surplus(self, at_end: Decimal) -> bool:
        upper, average = self.goal.upper, self.goal.cadence is Cadence.AVERAGE
        most = None if upper is None else upper * (self.goal.years if average else 1)
        return most is not None and self.goal.shortfall(at_end, most) < 0

    def _possible(self, exact: Decimal, value: Decimal) -> Decimal:
        """推算不越过零和可能的最大值；数本来就在外面的，不管。"""
        if value >= 0:
            exact = max(exact, Decimal(0))
        if self.maximum is not None and value <= self.maximum:
            exact = min(exact, self.maximum)
        return exact

    def _reached_in(self, moved: Decimal, quarters: int) -> Quarter | None:
        """照此头一个达到目标的季度；全年数只落在年底，每年的任务不过本年。"""
        at, value = self.track.points[-1].date, self.track.points[-1].value
        last = self.track.ends - at
        if self.goal.cadence is not Cadence.YEARLY:
            last += _HORIZON
        for step in range(1, last + 1):
            late = self.track.yearly and (at + step).number != _YEAR
            if not late and self.goal.met(value + moved * step / quarters, self.target):
                return at + step
        return None

    def _reached_since(self) -> Quarter:
        """从最新的数往回，一直达到着的头一个季度。"""
        since = self.track.points[-1].date
        for point in reversed(self.track.points):
            if not self.goal.met(point.value, self.target):
                break
            since = point.date
        return since

    def _disagrees(self, status: Status, pace: Pace) -> bool:
        """灯是好的而推算到期末差出容差以外，或灯是差的而推算到期末达到。"""
        if status in _GOOD:
            short = self.goal.shortfall(pace.at_end, self.target)
            return short > self.goal.tolerance
        return status in _BAD and pace.enough


def _speed_up(needed: Decimal | None, recent: Pace | None) -> Decimal | None:
    if needed is None or recent is None or needed * recent.per_quarter <= 0:
        return None
    return needed / recent.per_quarter
