"""报送情况在终端上怎么显示。"""

import datetime as dt
from collections.abc import Sequence

from ipmeasures.progress.punctuality import punctuality
from ipmeasures.progress.reporting import AgencyReport, Reporting, ReportState
from ipmeasures.report.json_view import Json, share_number
from ipmeasures.report.numbers import share
from ipmeasures.report.terminal.gaps import reporting_lines
from ipmeasures.report.terminal.layout import table

_HEADS = ("责任单位", "状态", "方式", "收到日期", "回执", "次数", "提醒")
_WIDTHS = (24, 10, 10, 10, 11, 4, 4)


def returns_text(reporting: Reporting, day: dt.date) -> str:
    """一个季度各单位的报送情况。"""
    rows = [
        (
            agency.name,
            agency.state.label + ("（迟）" if agency.late else ""),
            agency.manner or "",
            agency.received_on.isoformat() if agency.received_on else "",
            agency.receipt or "",
            str(agency.revision or ""),
            str(agency.warnings) if agency.receipt else "",
        )
        for agency in reporting.agencies
    ]
    title = f"{reporting.quarter.label}报送情况  判断日期 {day.isoformat()}"
    lines = [title, "", *table(_HEADS, rows, _WIDTHS, "     rr"), ""]
    return "\n".join([*lines, *reporting_lines(reporting)])


def year_text(year: int, reportings: Sequence[Reporting], day: dt.date) -> str:
    """一年各季各单位的报送情况；不排名次。"""
    heads = ("责任单位", *(f"{r.quarter.number}季度" for r in reportings), "完整率", "及时率")
    widths = (22, *[10] * len(reportings), 6, 6)
    rows = [
        (
            record.agency,
            *map(_word, record.quarters),
            share(record.completeness, blank="—"),
            share(record.timeliness, blank="—"),
        )
        for record in punctuality(reportings)
    ]
    for label, rates in (
        ("完整率", [r.completeness for r in reportings]),
        ("及时率", [r.timeliness for r in reportings]),
    ):
        rows.append((label, *(share(rate, blank="—") for rate in rates), "", ""))
    lines = [f"{year}年报送情况  判断日期 {day.isoformat()}", ""]
    lines += table(heads, rows, widths, f" {' ' * len(reportings)}rr")
    return "\n".join(
        [*lines, "", "完整率＝已报÷应报，及时率＝按时报的÷应报；补录的不算迟也不算及时。"]
    )


def _word(report: AgencyReport | None) -> str:
    """一格一个词，各种情形都分得清。"""
    if report is None:
        return "不用报"
    if report.state is not ReportState.RECEIVED:
        return report.state.label
    manner = report.manner if report.manner in ("零报告", "补录") else ""
    if report.late:
        return f"{manner or '已报'}（迟）"
    return manner or "已报"


def year_json(reportings: Sequence[Reporting]) -> Json:
    """同上，给程序用。"""
    return {
        "quarters": [
            {
                "quarter": str(r.quarter),
                "completeness": share_number(r.completeness),
                "timeliness": share_number(r.timeliness),
            }
            for r in reportings
        ],
        "agencies": [
            {
                "name": record.agency,
                "quarters": [
                    None
                    if one is None
                    else {"state": one.state.value, "late": one.late, "manner": one.manner}
                    for one in record.quarters
                ],
                "completeness": share_number(record.completeness),
                "timeliness": share_number(record.timeliness),
            }
            for record in punctuality(reportings)
        ],
    }
