"""谁该报什么：从计划推出每个责任单位的一份清单。"""

from dataclasses import dataclass

from ipmeasures.plan.model import Commitment, Indicator, Item, Measure, Milestone, Plan


@dataclass(frozen=True, slots=True)
class Owed:
    """一个责任单位该报的全部事项，按计划的顺序。"""

    agency: str
    indicators: tuple[Indicator, ...]
    commitments: tuple[Commitment, ...]
    measures: tuple[Measure, ...]
    milestones: tuple[Milestone, ...]

    @property
    def ids(self) -> frozenset[str]:
        """全部事项的编号。"""
        rows: tuple[Item, ...] = (
            *self.indicators, *self.commitments, *self.measures, *self.milestones
        )  # fmt: skip
        return frozenset(row.id for row in rows)


def owed_by(plan: Plan, agency: str) -> Owed:
    """``agency``（公文里的名称）每季该报的事项；与指标同一个数的量化任务不再问。"""
    return Owed(
        agency,
        tuple(i for i in plan.indicators if agency in i.how.reporters),
        tuple(c for c in plan.commitments if not c.same_as and agency in c.how.reporters),
        tuple(m for m in plan.measures if agency in plan.responsible(m)),
        tuple(m for m in plan.milestones if agency in m.reporters),
    )


def agencies_owing(plan: Plan) -> tuple[str, ...]:
    """有事项该报的责任单位，按计划的顺序。"""
    return tuple(a.name for a in plan.agencies if owed_by(plan, a.name).ids)
