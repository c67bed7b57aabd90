"""网页的内容：报告的视图，加上一眼看全的灯、各事项的卡片、筛选的选项和报送的明细。"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ipmeasures.ledger.entry import Receipt
from ipmeasures.progress.assessment import Status
from ipmeasures.progress.gaps import Gap
from ipmeasures.progress.reporting import AgencyReport
from ipmeasures.report.cards import (
    NO_SECTION,
    Card,
    Facets,
    MeasureCard,
    Stone,
    card,
    facets,
    measure_card,
    stone,
)
from ipmeasures.report.lagging import lag_head
from ipmeasures.report.material import Material
from ipmeasures.report.numbers import share
from ipmeasures.report.parts import BLANK, Lag, LedgerRow, Text, Titled
from ipmeasures.report.sources import moment
from ipmeasures.report.tally import KINDS, Tally, tallies
from ipmeasures.report.view import ReportView
from ipmeasures.report.wording import day, one_line

_SIGNED = (("filled_by", "填报人"), ("reviewer", "审核人"), ("leader", "分管负责人"))


@dataclass(frozen=True, slots=True)
class Lagging:
    """五里的一项；是哪个事项的带编号，可以跳过去，也随它筛选。"""

    told: Lag
    id: str
    facets: Facets | None


@dataclass(frozen=True, slots=True)
class Filing:
    """一张回执：文件、摘要、何时收到、何时入库、谁填的、谁经办。"""

    receipt: str
    revision: str
    manner: str
    file: str
    sha256: str
    received_on: str
    recorded_at: str
    who: str


@dataclass(frozen=True, slots=True)
class Filed:
    """六里的一行：一个单位报送的情况和它本季度的各张回执。"""

    agency: str
    facets: Facets
    state: str
    filings: tuple[Filing, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """网页要用的全部；``view`` 是各种格式共用的话和数，``heading`` 是标题的各行（屏幕宽，名称不拆行）。

    ``present``、``sections``、``agencies``、``statuses`` 是筛选的选项，都筛得出东西。
    """

    view: ReportView
    heading: Text
    rates: tuple[tuple[str, str], ...]
    tallies: tuple[Tally, ...]
    present: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, str], ...]
    agencies: tuple[tuple[str, str], ...]
    statuses: Text
    indicators: tuple[Card, ...]
    commitments: tuple[Card, ...]
    groups: tuple[tuple[str, tuple[Card, ...]], ...]
    measures: tuple[tuple[str, tuple[MeasureCard, ...]], ...]
    stones: tuple[Stone, ...]
    lags: tuple[Lagging, ...]
    filed: tuple[Filed, ...]


def board(material: Material, shown: ReportView) -> Board:
    """``shown`` 这份报告的网页；同样的材料得同样的网页。"""
    plan = material.plan
    lags = tuple(_lag(material, told) for told in shown.lagging)
    cards = _cards(material, shown, lags)
    return Board(
        view=shown,
        heading=_heading(shown.title),
        rates=tuple(_rates(material)),
        tallies=tallies(material.gaps.items),
        present=tuple((k, label) for k, label in KINDS.items() if material.gaps.of_kind(k)),
        sections=tuple(_sections(material)),
        agencies=tuple(_agencies(material)),
        statuses=_statuses(material.gaps.items),
        indicators=tuple(cards[item.id] for item in plan.indicators),
        commitments=tuple(cards[item.id] for item in plan.commitments),
        groups=tuple(_groups(shown.commitments.groups, cards.values())),
        measures=tuple(_measures(material, shown)),
        stones=tuple(stone(material, row) for row in shown.milestones),
        lags=lags,
        filed=tuple(_filed(material, agency) for agency in material.gaps.reporting.agencies),
    )


def _cards(material: Material, shown: ReportView, lags: Iterable[Lagging]) -> dict[str, Card]:
    """每个有数字的事项一张；编号 → 卡片。"""
    plan = material.plan
    captions = {lag.id: chart.caption for lag in lags for chart in lag.told.charts}
    changes = {
        item.id: row.change
        for item, row in zip(plan.indicators, shown.indicators.rows, strict=True)
    }
    changes |= {
        item.id: row.change
        for item, row in zip(plan.commitments, shown.commitments.rows, strict=True)
    }
    return {
        item.id: card(material, item, row, changes[item.id], captions.get(item.id, ""))
        for item, row in zip(plan.figure_items, shown.details, strict=True)
    }


def _sections(material: Material) -> Iterator[tuple[str, str]]:
    """筛选用的各部分；指标不在哪一部分里，单算一类。"""
    used = {key for gap in material.gaps.items for key in facets(material, gap).sections.split()}
    every = [(NO_SECTION, KINDS["indicator"])]
    every += [(str(section.number), section.title) for section in material.plan.sections]
    yield from ((key, title) for key, title in every if key in used)


def _agencies(material: Material) -> Iterator[tuple[str, str]]:
    """筛选用的单位：有事项的，和列在报送情况里的。"""
    used = {name for gap in material.gaps.items for name in gap.agencies}
    used |= {agency.name for agency in material.gaps.reporting.agencies}
    for agency in material.plan.agencies:
        if agency.name in used:
            yield agency.id, material.name(agency.name)


def _heading(title: Text) -> Text:
    """公文名称在纸上分成两行的，合回一行。"""
    ends = next((n for n, line in enumerate(title, 1) if line.endswith("》")), 1)
    return ("".join(title[:ends]), *title[ends:])


def _rates(material: Material) -> Iterator[tuple[str, str]]:
    reporting = material.gaps.reporting
    yield "应报单位", f"{len(reporting.counted)}家"
    yield "已报", f"{len(reporting.received)}家"
    yield "完整率", share(reporting.completeness, blank="不适用")
    yield "及时率", share(reporting.timeliness, blank="不适用")


def _statuses(gaps: Sequence[Gap]) -> Text:
    """出现了的各种状态，最差在前。"""
    place = {status: number for number, status in enumerate(Status)}
    present = {gap.assessment.status_text: place[gap.status] for gap in gaps}
    return tuple(sorted(present, key=lambda text: (present[text], text)))


def _groups(
    told: Iterable[Titled], cards: Iterable[Card]
) -> Iterator[tuple[str, tuple[Card, ...]]]:
    """量化任务按报告里的分类；哪一句说的是哪一项，照那句话认。"""
    cards = tuple(cards)
    for group in told:
        yield group.heading, tuple(c for c in cards if c.sentence in group.paragraphs)


def _measures(
    material: Material, shown: ReportView
) -> Iterator[tuple[str, tuple[MeasureCard, ...]]]:
    rows: dict[str, list[LedgerRow]] = defaultdict(list)
    for row in shown.ledger:
        rows[row.measure].append(row)
    for section, part in zip(material.plan.sections, shown.sections, strict=True):
        mine = [m for m in material.plan.measures if m.section == section.number]
        pairs = zip(mine, part.measures, strict=True)
        yield (
            part.heading,
            tuple(
                measure_card(material, measure, told, tuple(rows[told.heading]))
                for measure, told in pairs
            ),
        )


def _lag(material: Material, told: Lag) -> Lagging:
    _, _, head = told.heading.partition(".")
    for gap in material.gaps.lagging:
        if head == lag_head(gap):
            return Lagging(told, gap.id, facets(material, gap))
    return Lagging(told, "", None)


def _filed(material: Material, agency: AgencyReport) -> Filed:
    known = material.plan.agency_by_name.get(agency.name)
    mine = [
        receipt
        for receipt in material.receipts
        if receipt.agency == agency.name and receipt.quarter == material.quarter
    ]
    late = "（迟报）" if agency.late else ""
    manner = f"（{agency.manner}）" if agency.manner not in (None, "正常") else ""
    return Filed(
        agency=material.name(agency.name),
        facets=Facets("agency", "", known.id if known else "", agency.state.label, ""),
        state=f"{agency.state.label}{late}{manner}",
        filings=tuple(_filing(receipt) for receipt in sorted(mine, key=lambda r: r.revision)),
    )


def _filing(receipt: Receipt) -> Filing:
    signed = dict(receipt.signed)
    who = [f"{label}{one_line(signed[key])}" for key, label in _SIGNED if signed.get(key)]
    return Filing(
        receipt=receipt.receipt,
        revision=f"第{receipt.revision}次",
        manner=receipt.manner,
        file=one_line(receipt.file),
        sha256=receipt.sha256,
        received_on=day(receipt.received_on),
        recorded_at=moment(receipt.recorded_at),
        who="，".join([*who, f"经办{one_line(receipt.recorded_by)}"]) or BLANK,
    )
