"""测试用的措施、里程碑、文字和回执：只写与规则有关的字段。"""

import datetime as dt
from dataclasses import replace

from ipmeasures.ledger.entry import Entry, Receipt
from ipmeasures.plan.model import Agency, Measure, Milestone, Plan, Settings
from ipmeasures.returns.line import State
from tests.progress.plans import entry, plan, q

A, B, C = "市公安局", "市司法局", "市林业局"


def measure(*agencies: str) -> Measure:
    """一条措施；没有写单位的是“专项小组成员”。"""
    return Measure("M01", 1, "优化政策", agencies, not agencies, ("任务一",))


def milestone(
    *reporters: str,
    due: str = "",
    recurring: bool = False,
    id: str = "M01-1",  # noqa: A002
) -> Milestone:
    day = dt.date.fromisoformat(due) if due else None
    return Milestone(id, "M01", "出台办法", "出台", recurring, reporters or (A,), day)


def word_plan(*measures: Measure, milestones: tuple[Milestone, ...] = ()) -> Plan:
    """三家单位、没有数字的计划；成员是三家，首个应报季度 2021Q4，季后第 10 天为限。"""
    return replace(
        plan(),
        agencies=tuple(Agency(f"a{n}", name, name) for n, name in enumerate((A, B, C))),
        measures=measures or (measure(A, B, C),),
        milestones=milestones,
        settings=Settings(q("2021Q4"), 10, (A, B, C)),
    )


def wrote(
    agency: str,
    quarter: str,
    text: str,
    *,
    field: str = "status",
    item: str = "M01",
    number: int = 1,
) -> Entry:
    """一家单位填的一格文字。"""
    made = entry(item, quarter, None, number=number, agency=agency, field=field, state=State.TEXT)
    return replace(made, text=text, raw=text)


def receipt(
    agency: str,
    quarter: str,
    on: str,
    *,
    manner: str = "正常",
    revision: int = 1,
    warnings: int = 0,
) -> Receipt:
    day = dt.date.fromisoformat(on)
    return Receipt(
        f"{quarter}-{revision:04d}", agency, agency, q(quarter), revision, manner, "a.xlsx",
        "0" * 64, day, dt.datetime.combine(day, dt.time(9), dt.UTC), "办公室", 1, 1, warnings,
        "0" * 12,
    )  # fmt: skip
