"""测试用的小计划：一两个事项，只写与规则有关的字段。"""

import datetime as dt
from decimal import Decimal

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import (
    Agency,
    Amendment,
    Commitment,
    Document,
    FigureItem,
    Indicator,
    Plan,
    Reporting,
    Settings,
    Thresholds,
)
from ipmeasures.plan.terms import Cadence, Direction, Nature, Path, Release, Rule
from ipmeasures.progress.assess import assess
from ipmeasures.progress.assessment import Assessment, Reported
from ipmeasures.quarter import Quarter
from ipmeasures.returns.line import State

AGENCY = "市市场监管局"
POINTS = Thresholds(preset="points")


def q(text: str) -> Quarter:
    return Quarter.parse(text)


def d(text: str | int | Decimal) -> Decimal:
    return Decimal(text)


def how(nature: str = "level", **fields: object) -> Reporting:
    """填报方式；年度数默认按年发布，其余按季。"""
    given: dict[str, object] = {
        "unit": "件",
        "nature": Nature(nature),
        "path": Path(str(fields.pop("path", "linear"))),
        "release": Release(
            str(fields.pop("release", "yearly" if nature == "annual" else "quarterly"))
        ),
        "decimals": 2,
        "reporters": (AGENCY,),
        **fields,
    }
    return Reporting(**given)  # type: ignore[arg-type]


def indicator(
    baseline: str | int | None,
    target: str | int,
    reporting: Reporting | None = None,
    *,
    id: str = "I01",  # noqa: A002
    falling: bool = False,
    attribute: str = "预期性",
    amendments: tuple[Amendment, ...] = (),
) -> Indicator:
    return Indicator(
        id=id,
        name=f"指标{id}",
        baseline=None if baseline is None else d(baseline),
        target=d(target),
        attribute=attribute,
        how=reporting or how(),
        direction=Direction.FALLING if falling else Direction.RISING,
        amendments=amendments,
    )


def amended(since: str, target: str | int) -> Amendment:
    return Amendment(dt.date.fromisoformat(since), d(target))


def commitment(
    *figures: str | int,
    cadence: str = "yearly",
    rule: str = "at_least",
    reporting: Reporting | None = None,
    id: str = "M07-1",  # noqa: A002
    same_as: str | None = None,
) -> Commitment:
    return Commitment(
        id=id,
        measure=id[:3],
        subject=f"任务{id}",
        wording="",
        rule=Rule(rule),
        figures=tuple(d(f) for f in figures),
        cadence=Cadence(cadence),
        how=reporting or how("year_to_date", decimals=0),
        same_as=same_as,
    )


def plan(
    *items: FigureItem, thresholds: Thresholds | None = None, years: str = "2020-2025"
) -> Plan:
    base, target = (int(year) for year in years.split("-"))
    return Plan(
        document=Document("若干措施", "〔2021〕2号", dt.date(2021, 11, 9), base, target),
        sections=(),
        agencies=(Agency("a1", AGENCY, AGENCY),),
        measures=(),
        indicators=tuple(i for i in items if isinstance(i, Indicator)),
        commitments=tuple(i for i in items if isinstance(i, Commitment)),
        milestones=(),
        settings=Settings(q("2021Q4"), 10, (AGENCY,), thresholds or Thresholds()),
    )


def said(*told: str) -> tuple[Reported, ...]:
    """报过的数：``2023Q2 7.20``、``2023Q2 7.20 @2023Q1``、``2023Q2 未更新``、``2023Q2 不适用``。"""
    found = []
    for line in told:
        quarter, what, *rest = line.split()
        at = q(rest[0].removeprefix("@")) if rest and rest[0] != "partial" else q(quarter)
        if what in ("未更新", "不适用"):
            state = "not_updated" if what == "未更新" else "not_applicable"
            found.append(Reported(q(quarter), q(quarter), state))
        else:
            state = "figure" if d(what) else "zero"
            complete = "partial" not in rest
            found.append(Reported(q(quarter), at, state, d(what), complete))
    return tuple(found)


def judged(
    item: FigureItem,
    at: str,
    *told: str,
    thresholds: Thresholds | None = None,
    years: str = "2020-2025",
    beside: tuple[FigureItem, ...] = (),
) -> Assessment:
    """``item`` 在 ``at`` 的判断，此前报过 ``told``。"""
    own = plan(item, *beside, thresholds=thresholds, years=years)
    return assess(own, item, said(*told), q(at))


def entry(
    item: str,
    quarter: str,
    value: str | None,
    *,
    number: int = 1,
    agency: str = AGENCY,
    at: str | None = None,
    state: State | None = None,
    field: str = "value",
) -> Entry:
    """台账里的一笔；只有 ``series`` 看的字段有意义。"""
    number_state = State.FIGURE if value and d(value) else State.ZERO
    return Entry(
        number=number,
        receipt="R1",
        agency=agency,
        quarter=q(quarter),
        item=item,
        field=field,
        state=state or number_state,
        value=None if value is None else d(value),
        text=None,
        data_at=q(at) if at else None,
        raw=value or "",
        file="a.xlsx",
        sha256="0",
        sheet="指标数据",
        cell="J2",
        revision=1,
        received_on=dt.date(2023, 7, 5),
        recorded_at=dt.datetime(2023, 7, 5, tzinfo=dt.UTC),
    )
