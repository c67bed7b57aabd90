"""网页和工作簿的测试材料：样例台账写成的报告，和读网页的办法。"""

import datetime as dt
from dataclasses import fields, is_dataclass
from functools import cache
from html.parser import HTMLParser
from typing import Any

from ipmeasures.plan.load import check_plan
from ipmeasures.plan.model import Plan
from ipmeasures.progress.gaps import find_gaps
from ipmeasures.quarter import Quarter
from ipmeasures.report.board import board
from ipmeasures.report.html import render_html
from ipmeasures.report.material import Made, Material
from ipmeasures.report.parts import Chart, CorrectionRow
from ipmeasures.report.sheets.report import report_xlsx
from ipmeasures.report.view import ReportView, view
from tests.report.quarters import varied_book, varied_plan
from tests.report.samples import ROOT, Book, first, real_plan, usual

_VOID = {"meta", "link", "input", "br", "hr", "img"}
_HIDDEN = {"style", "script", "title", "symbol"}


def material(book: Book, quarter: str, plan: Plan | None = None, today: str = "") -> Material:
    plan, when = plan or real_plan(), Quarter.parse(quarter)
    day = dt.date.fromisoformat(today) if today else when.last_day + dt.timedelta(days=20)
    gaps = find_gaps(plan, book.entries, book.receipts, when, day)
    last = book.receipts[-1].receipt if book.receipts else None
    made = Made(day, last, "3f9a1c2b" if last else "", "0.1.0")
    known = tuple(e for e in book.entries if e.quarter <= when)
    return Material(plan, gaps, known, tuple(book.receipts), tuple(book.confirmations), made)


def shown(told: Material) -> ReportView:
    return view(told.plan, told.gaps, told.entries, told.receipts, told.confirmations, told.made)


def html(told: Material) -> str:
    return render_html(board(told, shown(told)))


def xlsx(told: Material) -> bytes:
    return report_xlsx(told, shown(told))


MATERIALS = {
    "头一季": lambda: material(first(), "2021Q4"),
    "年中": lambda: material(usual("2023Q2"), "2023Q2"),
    "全年": lambda: material(usual("2023Q4"), "2023Q4"),
    "没有报送": lambda: material(Book(), "2024Q1"),
    "各种状态": lambda: material(varied_book(), "2023Q3", varied_plan(), "2023-10-20"),
}


SHAPES = sorted(path.name for path in (ROOT / "tests" / "plans").iterdir())


@cache
def shaped(name: str) -> Material:
    """别的样子的计划（没有指标、没有量化任务、只有文字、约束性的、带符号的），每个数都报上。"""
    folder, book = ROOT / "tests" / "plans" / name, Book()
    sources = [(folder / one).read_bytes() for one in ("measures.yaml", "targets.yaml")]
    plan, _ = check_plan(*sources)
    first = plan.settings.first_quarter
    for step in (0, 1):
        for item in plan.asked_items:
            for agency in item.how.reporters:
                book.figure(item.id, str(first + step), str(7 + step), agency)
        for measure in plan.measures:
            for agency in plan.responsible(measure):
                book.text(measure.id, str(first + step), "progress", "做了。", agency)
    for agency in plan.agencies:
        book.receipt(agency.name, str(first + 1))
    return material(book, str(first + 1), plan)


EVERY = [*MATERIALS, *SHAPES]


@cache
def example(name: str) -> Material:
    return MATERIALS[name]() if name in MATERIALS else shaped(name)


CORRECTION = CorrectionRow(
    Quarter(2022, 4), "I01", "《2022年度报告》（样例1号）", "每万人口高价值发明专利拥有量", "件",
    "6.35", "6.25（样例）", "补报两件。", "市市场监管局",
)  # fmt: skip


def words_of(value: Any) -> list[str]:  # noqa: ANN401 - 视图里的什么都可能
    """一个值里全部的字，深入到每一层。"""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Chart):  # 画法各格式不同，图题和图下的话一样
        return [value.caption, value.note]
    if is_dataclass(value):
        return [w for field in fields(value) for w in words_of(getattr(value, field.name))]
    return [w for one in value for w in words_of(one)] if isinstance(value, tuple) else []


class Page(HTMLParser):
    """读回来的网页：每个元素的标签、属性和里面的字；标签不成对就是错。"""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.raw: dict[str, str] = {}
        self._open: list[str] = []
        self._fresh = True
        self.feed(text)
        self.close()
        assert self._open == [], self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        self._fresh = True
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, tag
        assert self._open.pop() == tag, tag
        self._fresh = True

    def handle_data(self, data: str) -> None:
        inside = self._open[-1] if self._open else ""
        if inside in _HIDDEN:
            self.raw[inside] = self.raw.get(inside, "") + data
        elif self._fresh:
            self.texts.append(data)
        else:
            self.texts[-1] += data
        self._fresh = False

    def attributes(self, name: str) -> list[str]:
        """一种属性的全部值。"""
        return [attrs[name] for _, attrs in self.elements if name in attrs]
