"""一段时间里各单位报得怎样：每季一格，各单位的完整率、及时率；不排名次。"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ipmeasures.progress.reporting import AgencyReport, Reporting, ReportState

_BACKFILLED = "补录"


@dataclass(frozen=True, slots=True)
class Record:
    """一个单位各季的报送；不用报的季度为 ``None``。

    完整率＝已报的季度数÷应报的季度数；及时率＝其中按时的÷应报的；还没有到期的季度不算应报，
    没有应报的为 ``None``。定义同 ``reporting_of``，只是横过来按单位算。
    """

    agency: str
    quarters: tuple[AgencyReport | None, ...]
    completeness: Decimal | None
    timeliness: Decimal | None


def punctuality(reportings: Sequence[Reporting]) -> tuple[Record, ...]:
    """各单位在这几季的报送，照计划里的次序；``reportings`` 一季一份。"""
    names = dict.fromkeys(a.name for r in reportings for a in r.agencies)
    return tuple(_record(name, reportings) for name in names)


def _record(name: str, reportings: Sequence[Reporting]) -> Record:
    found = [next((a for a in r.agencies if a.name == name), None) for r in reportings]
    owed = [
        one
        for one, reporting in zip(found, reportings, strict=True)
        if one and reporting.completeness is not None and one.state is not ReportState.PENDING
    ]
    received = [one for one in owed if one.state is ReportState.RECEIVED]
    timely = [one for one in received if not one.late and one.manner != _BACKFILLED]
    count = Decimal(len(owed))
    return Record(
        name,
        tuple(found),
        len(received) / count if count else None,
        len(timely) / count if count else None,
    )
