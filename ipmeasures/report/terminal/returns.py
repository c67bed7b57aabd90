"""报送情况在终端上怎么显示。"""

import datetime as dt

from ipmeasures.progress.reporting import Reporting
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
