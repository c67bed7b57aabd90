"""报告测试的材料：真的计划，样例的数；数都是编的。"""

import datetime as dt
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from ipmeasures.ledger.entry import Confirmation, Entry, Receipt
from ipmeasures.plan.load import load_plan
from ipmeasures.plan.model import Plan
from ipmeasures.progress.gaps import find_gaps
from ipmeasures.quarter import Quarter
from ipmeasures.report.parts import CorrectionRow
from ipmeasures.report.view import Made, ReportView, view
from ipmeasures.returns.line import State
from ipmeasures.workspace import Workspace

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
MARKET, CULTURE = "市市场监管局", "市文化和旅游局"


@cache
def real_plan() -> Plan:
    return load_plan(Workspace(ROOT))


@dataclass
class Book:
    """一本样例台账：往里记数、记文字、记回执，再写成视图。"""

    entries: list[Entry] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    confirmations: list[Confirmation] = field(default_factory=list)
    corrections: tuple[CorrectionRow, ...] = ()

    def figure(
        self, item: str, quarter: str, value: str, agency: str = MARKET, at: str = ""
    ) -> None:
        blank = {"未更新": State.NOT_UPDATED, "不适用": State.NOT_APPLICABLE}
        number = None if value in blank else Decimal(value)
        state = blank.get(value) or (State.FIGURE if number else State.ZERO)
        self._add(item, quarter, "value", agency, state, value=number, at=at)

    def text(self, item: str, quarter: str, field_: str, text: str, agency: str = MARKET) -> None:
        self._add(item, quarter, field_, agency, State.TEXT, text=text)

    def receipt(self, agency: str, quarter: str, *, on: str = "", manner: str = "正常") -> Receipt:
        q = Quarter.parse(quarter)
        day = dt.date.fromisoformat(on) if on else q.last_day + dt.timedelta(days=5)
        number = f"R{q}-{len(self.receipts) + 1:04d}"
        made = Receipt(
            number, agency, agency, q, 1, manner, "样例.xlsx", "0" * 64, day,
            dt.datetime.combine(day, dt.time(9), dt.UTC), "样例", 1, 1, 0, "0" * 64,
        )  # fmt: skip
        self.receipts.append(made)
        self.entries = [
            replace(e, receipt=number) if (e.agency, e.quarter) == (agency, q) else e
            for e in self.entries
        ]
        return made

    def view(self, quarter: str, today: str = "") -> ReportView:
        q = Quarter.parse(quarter)
        day = dt.date.fromisoformat(today) if today else q.last_day + dt.timedelta(days=20)
        gaps = find_gaps(real_plan(), self.entries, self.receipts, q, day)
        last = self.receipts[-1].receipt if self.receipts else None
        made = Made(day, last, "3f9a1c2b" if last else "", "0.1.0")
        return view(
            real_plan(), gaps, self.entries, self.receipts, self.confirmations, made,
            self.corrections,
        )  # fmt: skip

    def _add(
        self,
        item: str,
        quarter: str,
        field_: str,
        agency: str,
        state: State,
        *,
        value: Decimal | None = None,
        text: str | None = None,
        at: str = "",
    ) -> None:
        q = Quarter.parse(quarter)
        day = q.last_day + dt.timedelta(days=5)
        self.entries.append(
            Entry(
                number=len(self.entries) + 1,
                receipt="R",
                agency=agency,
                quarter=q,
                item=item,
                field=field_,
                state=state,
                value=value,
                text=text,
                data_at=Quarter.parse(at) if at else None,
                raw=text or str(value),
                file="样例.xlsx",
                sha256="0" * 64,
                sheet="样例",
                cell="A1",
                revision=1,
                received_on=day,
                recorded_at=dt.datetime.combine(day, dt.time(9), dt.UTC),
            )
        )


LEVELS = {
    "I01": ("5.60", "6.35", "7.20"), "I06": ("134", "152", "166"),
    "I09": ("5.92", "6.61", "7.13"), "I11": ("11", "13", "14"),
}  # fmt: skip
YEARLY = {"I02": ("115", "124"), "I07": ("4.28", "4.31"), "I10": ("81.2", "82.0")}
BATCH = {"I04": ("40", "44"), "I05": ("7", "8"), "M10-2": ("118", "135")}
FLOWS = {
    "I03": ("9.80", "11.60", ("2.10", "5.40", "8.20", "11.90")),
    "I08": ("0.1702", "0.1910", ("0.0480", "0.1010", "0.1530", "0.2090")),
    "M07-1": ("512", "560", ("118", "263", "402", "545")),
    "M15-1": ("76", "88", ("18", "41", "60", "84")),
    "M15-2": ("9.20", "10.80", ("1.90", "4.70", "7.60", "10.60")),
    "M03-1": ("1", "2", ("0", "1", "1", "2")),
    "M16-1": ("2", "2", ("未更新", "未更新", "2", "2")),
    "M16-2": ("2", "3", ("未更新", "1", "2", "3")),
}  # fmt: skip
CUSTOMS = {"威海海关": ("1", "2", "3", "4"), "荣成海关": ("0", "1", "2", "3")}


def first() -> Book:
    """头一个应报季度：还没有以前的数，两家单位报了。"""
    book = Book()
    for source in (LEVELS, FLOWS):
        for item, values in source.items():
            book.figure(item, "2021Q4", str(values[0]), _reporter(item))
    book.text("M01", "2021Q4", "progress", "印发若干措施，部署任务分工。")
    for agency in (MARKET, CULTURE):
        book.receipt(agency, "2021Q4")
    return book


def usual(upto: str = "2023Q2") -> Book:
    """从 2021Q4 到 ``upto`` 的一本平常的台账，样例。"""
    book, last = Book(), Quarter.parse(upto)
    for year, place in ((2021, 0), (2022, 1)):
        for source in (LEVELS, YEARLY, BATCH, FLOWS):
            for item, values in source.items():
                book.figure(item, f"{year}Q4", str(values[place]), _reporter(item))
        for agency in CUSTOMS:
            book.figure("M05-1", f"{year}Q4", "3", agency)
    for item, values in FLOWS.items():
        half = str(values[2][1])
        if half != "未更新" and last.year == 2023:
            value = Decimal(half) * Decimal("0.9")
            whole = "." not in half
            book.figure(item, "2022Q2", str(int(value) if whole else value), _reporter(item))
    for number in range(1, last.number + 1):
        _quarter(book, f"{last.year}Q{number}", number)
    _words(book, upto)
    return book


def _reporter(item: str) -> str:
    return CULTURE if item in ("I07", "I08") else MARKET


def _quarter(book: Book, quarter: str, number: int) -> None:
    for item, values in LEVELS.items():
        start, end = Decimal(values[1]), Decimal(values[2])
        step = (end - start) / 2 * number
        places = -int(start.as_tuple().exponent)
        book.figure(item, quarter, f"{start + step:.{places}f}", _reporter(item))
    for item, told in FLOWS.items():
        book.figure(item, quarter, str(told[2][number - 1]), _reporter(item))
    for item in (*YEARLY, *BATCH):
        book.figure(item, quarter, "未更新", _reporter(item))
    for agency, told in CUSTOMS.items():
        book.figure("M05-1", quarter, told[number - 1], agency)


def _words(book: Book, quarter: str) -> None:
    book.text("I01", quarter, "reason", "部分企业处于专利布局调整期，授权周期较长。")
    book.text(
        "I01", quarter, "next_step", "对重点企业开展高价值专利培育辅导，力争下半年新增一批授权。"
    )
    book.text("I02", quarter, "reason", "海外授权审查周期长。")
    for agency, status, progress in (
        (
            MARKET,
            "推进中",
            "起草《知识产权高质量发展激励办法》，已征求12家成员单位意见。\n召开企业座谈会3场。",
        ),
        ("市财政局", "推进中", "安排专利专项资金，支持高价值专利培育。"),
    ):
        book.text("M01", quarter, "status", status, agency)
        book.text("M01", quarter, "progress", progress, agency)
    book.text("M01", quarter, "next_step", "三季度完成审议并印发。")
    long = "组织“铁拳”行动，检查市场主体320户次。" * 8
    book.text("M03", quarter, "status", "长期坚持")
    book.text("M03", quarter, "progress", long)
    book.text("M03", quarter, "problems", "农村市场点多面广。")
    book.text("M03", quarter, "status", "长期坚持", "威海海关")
    book.text("M03", quarter, "progress", "查扣涉嫌侵权货物15批次。", "威海海关")
    book.text("M10", quarter, "progress", "组织外贸企业参加商标国际注册培训。", "市商务局")
    book.text("M10", quarter, "next_step", "继续开展马德里商标注册辅导。", "市商务局")
    book.text("M15", quarter, "progress", "推动银行机构开展质押融资。", "人民银行威海市中心支行")
    book.text("M13", quarter, "status", "未启动")
    book.text("M13", quarter, "reason", "平台建设方案尚待论证。")
    book.text("M05-2", quarter, "status", "已完成")
    book.text("M05-2", quarter, "completed_on", "2023-05-12")
    book.text("M05-2", quarter, "evidence", "威市监发〔2023〕×号（样例）")
    book.text("case:打造“一站式”维权服务（样例）", quarter, "measure", "M06")
    book.text(
        "case:打造“一站式”维权服务（样例）",
        quarter,
        "summary",
        "设立维权工作站，受理咨询120件。\n企业反映良好。",
    )
    book.text("case:打造“一站式”维权服务（样例）", quarter, "public", "可公开")
    book.text("case:内部案例（样例）", quarter, "public", "不公开")
    for agency in real_plan().agencies[:16]:
        manner = "零报告" if agency.id == "forestry" else "正常"
        late = str(Quarter.parse(quarter).last_day + dt.timedelta(days=14))
        on = late if agency.id == "justice" else ""
        book.receipt(agency.name, quarter, on=on, manner=manner)
    by_agency = {r.agency: r.receipt for r in book.receipts}
    book.confirmations.append(Confirmation(by_agency[CULTURE], "I08", "集中登记，已与登记平台核对"))


def opening_quarter() -> Book:
    """一个一季度：有上年末，也有上年同期。"""
    book = usual("2023Q1")
    for item, values in FLOWS.items():
        now = str(values[2][0])
        if now != "未更新":
            whole = "." not in now
            value = Decimal(now) * Decimal("0.8")
            book.figure(item, "2022Q1", str(int(value) if whole else value), _reporter(item))
    for item, value in (("I01", "5.85"), ("I06", "140")):
        book.figure(item, "2022Q1", value)
    return book


def ended() -> Book:
    """计划期末：达到的、差一点的、差得多的都有；样例。"""
    book = usual("2023Q4")
    for year, share in ((2024, Decimal("1.05")), (2025, Decimal("1.1"))):
        for item, values in FLOWS.items():
            last = str(values[2][3])
            value = Decimal(last) * share
            places = max(0, -int(Decimal(last).as_tuple().exponent))
            book.figure(item, f"{year}Q4", f"{value:.{places}f}", _reporter(item))
        for agency in CUSTOMS:
            book.figure("M05-1", f"{year}Q4", "3", agency)
    for item, value in (
        ("I01", "10.02"), ("I02", "150"), ("I04", "48"), ("I05", "11"), ("I06", "199"),
        ("I07", "4.5"), ("I09", "8.0"), ("I10", "86.1"), ("I11", "16"), ("M10-2", "150"),
    ):  # fmt: skip
        book.figure(item, "2025Q4", value, _reporter(item))
    book.text("I02", "2025Q4", "reason", "海外授权周期长，部分申请尚在审查。")
    book.text("M01", "2025Q4", "progress", "各项政策落实到位。")
    for agency in (MARKET, CULTURE, *CUSTOMS):
        book.receipt(agency, "2025Q4")
    return book


def corrected() -> Book:
    """一季度的一个数在印发以后更正了，二季度随数写了说明。"""
    book = usual("2023Q2")
    book.figure("I06", "2023Q1", "158")
    book.text("I03", "2023Q2", "note", "专利、商标质押都含，不含版权质押。")
    book.text("I06", "2023Q2", "reason", "一季度两家企业重复统计，已核减。")
    book.text("I06", "2023Q2", "next_step", "逐户核对名录。")
    book.corrections = (
        CorrectionRow(
            Quarter(2023, 1), "I06", "2023年第一季度报告", "贯彻《企业知识产权管理规范》国家标准的企业", "家", "159",
            "158", "两家企业重复统计，核减1家。", MARKET,
        ),
    )  # fmt: skip
    return book
