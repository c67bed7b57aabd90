"""一个各种状态都有的季度：真的计划，编的数；终端、CSV、XLSX、JSON 的测试共用。"""

import datetime as dt
from dataclasses import replace
from functools import cache

from ipmeasures.plan.model import Plan
from ipmeasures.progress.gaps import Gaps, find_gaps
from ipmeasures.quarter import Quarter
from tests.report.samples import CULTURE, CUSTOMS, MARKET, Book, real_plan

QUARTER = Quarter(2023, 3)
TODAY = dt.date(2023, 10, 20)
BANK = "人民银行威海市中心支行"
DUE = {"M02-1": "2023-09-30", "M05-2": "2023-11-01", "M01-1": "2024-12-31", "M06-1": "2023-10-01"}


@cache
def varied_plan() -> Plan:
    """真的计划，给几项里程碑定上时限。"""
    plan = real_plan()
    stones = tuple(
        replace(m, due=dt.date.fromisoformat(DUE[m.id])) if m.id in DUE else m
        for m in plan.milestones
    )
    return replace(plan, milestones=stones)


def varied_book() -> Book:
    """2023年第三季度：回落、低于基期、差距较大、沿用、滞后、未报、不适用、超序时、达到都有。"""
    book = Book()
    for item, quarter, value in (
        ("I01", "2023Q3", "7.20"),
        ("I02", "2022Q4", "117"),
        ("I02", "2023Q3", "未更新"),
        ("I03", "2021Q4", "9.8"),
        ("I03", "2022Q4", "15.25"),
        ("I04", "2022Q4", "46"),
        ("I04", "2023Q3", "未更新"),
        ("I05", "2023Q3", "未更新"),
        ("I06", "2023Q3", "125"),
        ("I09", "2023Q1", "8.1021"),
        ("I09", "2023Q3", "7.9876"),
        ("I11", "2023Q3", "9"),
        ("M03-1", "2023Q3", "0"),
        ("M07-1", "2023Q1", "130"),
        ("M10-2", "2022Q4", "135"),
        ("M10-2", "2023Q3", "未更新"),
        ("M15-1", "2022Q4", "88"),
        ("M15-1", "2023Q3", "60"),
        ("M15-2", "2021Q4", "9.2"),
        ("M15-2", "2022Q4", "10.8"),
        ("M15-2", "2023Q3", "6"),
        ("M16-1", "2023Q3", "不适用"),
        ("M16-2", "2023Q3", "4"),
    ):
        book.figure(item, quarter, value)
    book.figure("I07", "2022Q4", "4.31", CULTURE)
    book.figure("I07", "2023Q3", "未更新", CULTURE)
    book.figure("I08", "2023Q3", "0.1234", CULTURE)
    book.figure("M05-1", "2023Q3", "5", next(iter(CUSTOMS)))
    _words(book)
    for agency in varied_plan().agencies[:15]:
        late = {"市司法局": "2023-10-15", "市公安局": "2023-10-16"}.get(agency.name, "")
        manner = {"市林业局": "零报告", "市公安局": "补录"}.get(agency.name, "正常")
        book.receipt(agency.name, "2023Q3", on=late, manner=manner)
    return book


@cache
def varied() -> Gaps:
    """上面那个季度的差距。"""
    book = varied_book()
    return find_gaps(varied_plan(), book.entries, book.receipts, QUARTER, TODAY)


def _words(book: Book) -> None:
    text = book.text
    text("I01", "2023Q3", "reason", "部分企业处于专利布局调整期，授权周期较长，年内授权量偏少。")
    text("I01", "2023Q3", "next_step", "对重点企业开展高价值专利培育辅导。")
    text("I06", "2023Q3", "reason", "=国家标准GB/T29490-2013换版，认证机构暂停受理（样例）")
    text("I11", "2023Q3", "reason", "-1家注销，\n另1家迁出。")
    text("M01", "2023Q3", "status", "推进中")
    text("M01", "2023Q3", "status", "未启动", BANK)
    text("M03", "2023Q3", "status", "长期坚持")
    text("M05", "2023Q3", "status", "已完成")
    text("M08", "2023Q3", "status", "已完成")
    text("M13", "2023Q3", "status", "未启动")
    text("M05-2", "2023Q3", "status", "推进中")
    text("M13-2", "2023Q3", "status", "不再实施")
    text("M07-2", "2023Q3", "status", "已完成", MARKET)
