"""正文里的每个数都是表里的数，或照表里的数、在案的数重算得出；改一个字就看得出来。"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal

import pytest

from ipmeasures.plan.model import Commitment, FigureItem
from ipmeasures.plan.terms import Cadence
from ipmeasures.progress.rounding import half_up
from ipmeasures.quarter import Quarter
from ipmeasures.report.joint import NOBODY
from ipmeasures.report.view import ReportView
from tests.report.samples import (
    Book,
    corrected,
    ended,
    first,
    opening_quarter,
    real_plan,
    usual,
)

REPORTS = {
    "2021Q4": first,
    "2023Q1": opening_quarter,
    "2023Q2": usual,
    "2023Q3": lambda: usual("2023Q3"),
    "2023Q4": lambda: usual("2023Q4"),
    "2025Q4": ended,
    "2024Q1": Book,
}
# 不是数据的数：日期、序号、文号、五年
_NOT_DATA = re.compile(
    r"\d{4}年(?:\d+月)?(?:\d+日|底|末)?|\d+—\d+月|[表图]\d+|附件\d|措施[\d至、]+|〔\d+〕\d+号"
    r"|第\d+日|共\d+条，名称"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def numbers(text: str) -> list[Decimal]:
    """一段话里的数，去掉日期、序号这些。"""
    return [Decimal(found) for found in _NUMBER.findall(_NOT_DATA.sub("，", text))]


def cells(row: object) -> Iterator[Decimal]:
    """表的一行里的数。"""
    for field in fields(row):  # type: ignore[arg-type]
        value = getattr(row, field.name)
        if isinstance(value, str) and field.name not in ("id", "number", "name", "data_at", "note"):
            yield from numbers(value)


def recomputed(book: Book, item: FigureItem, quarter: Quarter) -> set[Decimal]:
    """照在案的数重算：比上年末、比基年、同比、五年合计、年底序时值、今后每季需要多少。"""
    values = on_record(book, item, quarter)
    source = getattr(item, "same_as", None) or item.id
    base = next((i.baseline for i in real_plan().indicators if i.id == source), None)
    return steps(values, base, item) | asked(values, base, item, Quarter(2025, 4) - quarter)


def on_record(book: Book, item: FigureItem, quarter: Quarter) -> dict[Quarter, Decimal]:
    """在案的数，按报送期；几家的相加。"""
    source = getattr(item, "same_as", None) or item.id
    values: dict[Quarter, Decimal] = {}
    for entry in book.entries:
        if entry.item == source and entry.field == "value" and entry.quarter <= quarter:
            told = entry.value or Decimal(0)
            before = values.get(entry.quarter, Decimal(0))
            values[entry.quarter] = before + told if item.how.combine == "sum" else told
    return values


def steps(values: dict[Quarter, Decimal], base: Decimal | None, item: FigureItem) -> set[Decimal]:
    """任意两期之间增减多少、增减百分之几。"""
    before = [*values.values(), *([] if base is None else [base]), Decimal(0)]
    pairs = [(x, y) for x in values.values() for y in before]
    moved = {half_up(abs(x - y), item.how.decimals) for x, y in pairs}
    return moved | {half_up(abs(x - y) / y * 100, 1) for x, y in pairs if y}


def asked(
    values: dict[Quarter, Decimal], base: Decimal | None, item: FigureItem, left: int
) -> set[Decimal]:
    """公文要求的、年底序时的、今后每季（年均的为每年）还要多少。"""
    places = max(item.how.decimals, 1)
    starts = {*values.values(), sum_of(values, base)}
    if not isinstance(item, Commitment):
        due = set() if base is None else {base + (item.target - base) * n / 5 for n in range(1, 6)}
        need = {(item.target - start) / left for start in starts} if left else set()
        return {half_up(n, item.how.decimals) for n in due} | {half_up(n, places) for n in need}
    target = item.figures[0]
    need = {(target - start) / left for start in starts} if left else set()
    if item.cadence is Cadence.AVERAGE and left:
        need.add((target * 5 - sum_of(values, None)) * 4 / left)
    whole = {figure * 5 for figure in item.figures} | set(item.figures)
    return whole | {half_up(n, places) for n in need}


def sum_of(values: dict[Quarter, Decimal], base: Decimal | None) -> Decimal:
    """各年最后一个数相加，连同基期。"""
    years = {q.year: values[q] for q in sorted(values)}
    return (base or Decimal(0)) + sum(years.values(), Decimal(0))


def unknown(told: str, allowed: set[Decimal]) -> list[Decimal]:
    """一段话里来路不明的数。"""
    return [number for number in numbers(told) if number not in allowed]


def allowed_for(book: Book, shown: ReportView, item: FigureItem, quarter: Quarter) -> set[Decimal]:
    """说这个事项的话里可以有的数。"""
    detail = next(row for row in shown.details if row.id == item.id)
    rows = [
        row for row in (*shown.indicators.rows, *shown.commitments.rows) if row.name == item.name
    ]
    known = {number for row in (detail, *rows) for number in cells(row)} | {item.how.tolerance}
    return known | recomputed(book, item, quarter) | set(numbers(detail.note))


def sentences(shown: ReportView) -> dict[str, str]:
    """每个事项的一句话。"""
    plan = real_plan()
    told = dict(zip((i.id for i in plan.indicators), shown.indicators.sentences, strict=True))
    lines = [line for group in shown.commitments.groups for line in group.paragraphs]
    order = [c for cadence in Cadence for c in plan.commitments if c.cadence is cadence]
    return told | {c.id: line for c, line in zip(order, lines, strict=True)}


@pytest.mark.parametrize("quarter", REPORTS)
def test_every_figure_of_every_sentence_is_in_the_tables_or_recomputed(quarter: str) -> None:
    book, when = REPORTS[quarter](), Quarter.parse(quarter)
    shown = book.view(quarter)
    for key, told in sentences(shown).items():
        item = real_plan().items[key]
        assert isinstance(item, FigureItem)
        assert item.name in told
        bare = told.replace(item.name, "")
        assert unknown(bare, allowed_for(book, shown, item, when)) == [], told


def test_a_changed_digit_is_noticed() -> None:
    """核对本身会响：任何一句里改一个数，都认得出。"""
    book, quarter = usual(), Quarter(2023, 2)
    shown = book.view("2023Q2")
    told = sentences(shown)["I01"]
    allowed = allowed_for(book, shown, real_plan().indicators[0], quarter)
    for number in ("7.20", "0.85", "2.21", "43.9", "6.1"):
        digit = str((int(number[-1]) + 3) % 10)
        assert unknown(told.replace(number, number[:-1] + digit), allowed), number


@pytest.mark.parametrize("quarter", REPORTS)
def test_every_figure_of_the_overview_is_counted_again(quarter: str) -> None:
    book, when = REPORTS[quarter](), Quarter.parse(quarter)
    shown, before = book.view(quarter), book.view(str(when + -1))
    counts = [
        Counter(row.status for row in rows)
        for rows in (shown.indicators.rows, shown.commitments.rows)
    ]
    for told, count in zip(shown.overview, counts, strict=False):
        for status, number in re.findall(r"[，：中]([^，：]+?)(\d+)项", told):
            assert count[status] == int(number), told
        assert sum(int(n) for n in re.findall(r"(\d+)项[，。]", told)) == count.total()
    received = sum(1 for r in {r.agency for r in book.receipts if r.quarter == when})
    late = sum(1 for line in shown.returned if line.startswith("迟报"))
    heard = len({row.measure for row in shown.ledger if row.status != NOBODY})
    rows = (
        *shown.indicators.rows,
        *shown.commitments.rows,
        *before.indicators.rows,
        *before.commitments.rows,
    )
    allowed = {number for row in rows for number in cells(row)}
    allowed |= {Decimal(n) for n in (20, 23, received, 20 - received, heard, 23 - heard)}
    allowed |= {half_up(Decimal(n) / 20 * 100, 1) for n in (received, received - late)}
    for told in shown.overview[2:]:
        assert unknown(told, allowed) == [], told


@pytest.mark.parametrize("quarter", REPORTS)
def test_every_figure_of_what_lags_is_in_the_tables_or_recomputed(quarter: str) -> None:
    book, when = REPORTS[quarter](), Quarter.parse(quarter)
    shown = book.view(quarter)
    for part in shown.lagging:
        name = re.sub(r"^\d+\.|（[^（]*）$|（[^（）]*（[^）]*）+$", "", part.heading)
        item = next((i for i in real_plan().figure_items if i.name == name), None)
        if item is not None:
            distance = part.paragraphs[0]
            assert unknown(distance, allowed_for(book, shown, item, when)) == [], distance
    total, *kinds = map(int, re.findall(r"(\d+)项", shown.lagging_lead))
    assert total == sum(kinds)


def test_a_correction_changes_the_figure_and_is_told() -> None:
    """更正以后，正文、表和台账都是新数；原来印过的数只在附件4。"""
    shown = corrected().view("2023Q2")
    assert shown.corrections[0].old == "159"
    assert shown.overview[-1] == "以前印发的报告中有1个数已经更正，见附件4。"
    assert shown.annexes[-1] == "4.数据更正说明"
    assert corrected().view("2023Q1").indicators.rows[5].value == "158"
    assert usual().view("2023Q2").annexes[-1] == "3.口径说明"
