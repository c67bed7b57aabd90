"""预测的算式：从哪个数推到何时、照什么速度，代入数字；等号两边都能照着再算一遍。"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ipmeasures.plan.model import FigureItem
from ipmeasures.progress.assessment import Assessment
from ipmeasures.progress.case import Case
from ipmeasures.progress.figures import Figure
from ipmeasures.progress.goal import Goal
from ipmeasures.progress.outlook import ENOUGH, Outlook, Pace, Unforeseen
from ipmeasures.progress.track import Point, track_of
from ipmeasures.quarter import Quarter
from ipmeasures.report.formulas import put
from ipmeasures.report.numbers import figure
from ipmeasures.report.outlook import LABEL, about, at_end, by_pace, disagreement, enough


def foresight(
    item: FigureItem, goal: Goal, case: Case, known: Sequence[Figure], found: Assessment
) -> Iterator[str]:
    """一个事项的预测，一行一个；推算不了的说为什么。"""
    outlook = found.outlook
    if isinstance(outlook, Unforeseen):
        few = f"（报来的数少于{ENOUGH}个，或没有可比的数）" if outlook is Unforeseen.TOO_FEW else ""
        if outlook is not Unforeseen.NOTHING:
            yield f"{LABEL}：{outlook.label}{few}"
    elif outlook is not None and case.figure is not None:
        points = {p.date: p for p in track_of(goal, known, case.figure).points}
        yield from _Sums(item, outlook, points).lines()
        if said := disagreement(item, found):
            yield f"{said}。"


class _Sums:
    """一个预测的各式；``points`` 是推算所依据的一列数。"""

    def __init__(self, item: FigureItem, outlook: Outlook, points: dict[Quarter, Point]) -> None:
        self.item, self.outlook, self.points = item, outlook, points
        self.unit, self.decimals = item.how.unit, item.how.decimals

    def lines(self) -> Iterator[str]:
        """从哪里推起，照两种速度推到何时，还要多快。"""
        outlook = self.outlook
        when = f"{outlook.at}的 {self.put(outlook.value)}{self.unit} 推到{outlook.ends.year}年底"
        yield f"{LABEL}：只作参考，不定灯；依据{outlook.points}个数，从{when}"
        if outlook.rolling:
            yield from self._rolled("近四季合计", outlook.at)
        for pace in self._paces():
            yield from self._pace(pace)
        if outlook.reached_since:
            yield f"{LABEL}：{outlook.reached_since.label}起已达到"
        if outlook.needed is not None:
            shown = f"{figure(outlook.needed, self.decimals + 2)}{self.unit}"
            yield f"{LABEL}·如期每季需＝{self._needed()}＝{shown}"
        if outlook.speed_up is not None and outlook.recent is not None:
            times = f"({self._needed()})/({self._moved(outlook.recent)}/{outlook.recent.quarters})"
            yield f"{LABEL}·提速倍数＝{times}＝{figure(outlook.speed_up, 2)}"

    def put(self, value: Decimal) -> str:
        """代入算式的数。"""
        return put(value, self.decimals)

    def _paces(self) -> Iterator[Pace]:
        if self.outlook.overall is not None:
            yield self.outlook.overall
        if self.outlook.recent is not None and self.outlook.recent != self.outlook.overall:
            yield self.outlook.recent

    def _pace(self, pace: Pace) -> Iterator[str]:
        outlook = self.outlook
        name = by_pace(outlook, pace)
        yield from self._rolled(f"{pace.since}{self._composed(pace)}", pace.since)
        shown = f"{figure(pace.per_quarter, self.decimals + 2)}{self.unit}"
        yield f"{LABEL}·{name}每季＝{self._moved(pace)}/{pace.quarters}＝{shown}"
        left = outlook.ends - outlook.at
        reached = f"，照此在{pace.reached_in.label}达到" if pace.reached_in else ""
        sums = f"{self.put(outlook.value)}+{self._moved(pace)}×{left}/{pace.quarters}"
        told = f"{about(self.item, outlook, pace)}，{enough(self.item, outlook, pace)}{reached}"
        if pace.capped:
            yield f"{LABEL}：照此{at_end(self.item, outlook)}超出可能的范围，按{told}"
        else:
            yield f"{LABEL}·照此{at_end(self.item, outlook)}＝{sums}＝{told}"

    def _composed(self, pace: Pace) -> str:
        """合成的一点叫什么；每年的任务，上年的数折成比全年少多少。"""
        if self.outlook.rolling:
            return "近四季合计"
        return "累计" if pace.start >= 0 else f"比{pace.since.year}年全年"

    def _rolled(self, name: str, at: Quarter) -> Iterator[str]:
        """由几个数合成的一点，写出怎么合成；当期的累计上面已经写过。"""
        point = self.points.get(at)
        current = at == self.outlook.at and not self.outlook.rolling
        if point is None or len(point.terms) < 2 or current:
            return
        text = "".join(
            f"{'-' if term.value < 0 else '+' if n else ''}{self.put(abs(term.value))}"
            for n, term in enumerate(point.terms)
        )
        shown = figure(point.value, self.decimals)
        yield f"{LABEL}·{name}＝{text}＝{shown}{self.unit}"

    def _moved(self, pace: Pace) -> str:
        return f"({self.put(self.outlook.value)}-{self.put(pace.start)})"

    def _needed(self) -> str:
        outlook = self.outlook
        left = outlook.ends - outlook.at
        return f"({self.put(outlook.goal)}-{self.put(outlook.value)})/{left}"
