"""每年的任务：一年一个要求，评估期里逐年看；末年达到了，不等于年年达到。"""

from collections.abc import Sequence
from dataclasses import dataclass

from ipmeasures.plan.model import Commitment
from ipmeasures.plan.terms import Cadence
from ipmeasures.progress.figures import Figure, of_year
from ipmeasures.progress.goal import Goal, goal_of
from ipmeasures.progress.path import year_demand
from ipmeasures.report.amounts import amount
from ipmeasures.report.material import Material
from ipmeasures.report.parts import Text
from ipmeasures.report.wording import listed


@dataclass(frozen=True, slots=True)
class Tally:
    """一项每年的任务历年达到没有：达到的年份、没有达到的（年份和数）、没有全年数的年份。"""

    item: Commitment
    met: Text
    short: Text
    unknown: Text

    @property
    def always(self) -> bool:
        """年年达到。"""
        return not self.short and not self.unknown

    @property
    def words(self) -> str:
        """授权发明专利3年中1年达到（2023年），未达到的为2021年0件、2022年480件。"""
        count = len(self.met) + len(self.short) + len(self.unknown)
        told = [f"{self.item.name}{count}年中{len(self.met)}年达到"]
        told[0] += f"（{listed(self.met)}）" if self.met else ""
        told += [f"未达到的为{listed(self.short)}"] if self.short else []
        told += [f"缺{listed(self.unknown)}的全年数"] if self.unknown else []
        return "，".join(told)


def tallies(material: Material, years: Sequence[int]) -> tuple[Tally, ...]:
    """评估期里每年的任务，逐年看；没有的为空。"""
    plan = material.plan
    yearly = [item for item in plan.commitments if item.cadence is Cadence.YEARLY]
    return tuple(
        _tally(item, goal_of(item, plan), material.figures(item), years) for item in yearly
    )


def _tally(item: Commitment, goal: Goal, known: Sequence[Figure], years: Sequence[int]) -> Tally:
    met, short, unknown = [], [], []
    for year in years:
        figure, demand = of_year(known, year), year_demand(goal, year)
        whole = figure is not None and (figure.settles_year or figure.date.number == 4)
        if figure is None or demand is None or not whole:
            unknown.append(f"{year}年")
        elif goal.met(figure.value, demand):
            met.append(f"{year}年")
        else:
            short.append(f"{year}年{amount(item, figure.value)}")
    return Tally(item, tuple(met), tuple(short), tuple(unknown))
