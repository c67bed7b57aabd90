"""网页上的卡片：每个事项的灯、数、走势、判断过程和出处，和筛选用的归类。"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ipmeasures.plan.model import Commitment, FigureItem, Indicator, Measure, Milestone
from ipmeasures.progress.gaps import Gap
from ipmeasures.progress.goal import source_of
from ipmeasures.report import courses, drawing
from ipmeasures.report.amounts import is_yearly
from ipmeasures.report.material import Material
from ipmeasures.report.outlook import outlook_words
from ipmeasures.report.parts import BLANK, DetailRow, LedgerRow, MilestoneRow, Text, Titled
from ipmeasures.report.rules import rule_text
from ipmeasures.report.sentences import sentence
from ipmeasures.report.sources import Source, figure_sources, origin
from ipmeasures.report.terminal.explain import explain_lines
from ipmeasures.report.wording import one_line

NO_SECTION = "0"  # 指标不属于公文的哪一部分
_FACTS = (
    ("value", "本期"),
    ("data_at", "数据时点"),
    ("change", "同比"),
    ("year_ago", "上年同期"),
    ("baseline", "基期"),
    ("target", "目标"),
    ("planned", "序时应达"),
    ("year_rate", "年度完成率"),
    ("target_rate", "目标完成率"),
    ("done", "增量完成率"),
    ("planned_share", "序时"),
    ("gap", "偏差（百分点）"),
    ("agencies", "填报单位"),
    ("note", "备注"),
)


@dataclass(frozen=True, slots=True)
class Facets:
    """一个事项归在哪里；``sections``、``agencies`` 是以空格分开的代号。"""

    kind: str
    sections: str
    agencies: str
    status: str
    light: str


@dataclass(frozen=True, slots=True)
class Card:
    """一个有数字的事项。

    ``facts`` 是各个数的名目和写法；``outlook`` 是一句预测，没有的为空；``table`` 是各季的应达和实际。
    """

    id: str
    title: str
    unit: str
    facets: Facets
    facts: tuple[tuple[str, str], ...]
    sentence: str
    outlook: str
    caption: str
    bar: drawing.Bar | None
    chart: drawing.Chart
    table: tuple[tuple[str, str, str], ...]
    steps: Text
    origin: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Stone:
    """一项里程碑。"""

    row: MilestoneRow
    facets: Facets
    strip: drawing.Strip
    steps: Text


@dataclass(frozen=True, slots=True)
class Voice:
    """一条措施里一个单位的话，全文；``places`` 是出处。"""

    row: LedgerRow
    places: Text


@dataclass(frozen=True, slots=True)
class MeasureCard:
    """一条措施：正文里的话，和各单位的全文。"""

    id: str
    told: Titled
    facets: Facets
    strip: drawing.Strip
    voices: tuple[Voice, ...]
    steps: Text


def facets(material: Material, gap: Gap) -> Facets:
    """一个事项归在哪里。"""
    plan, item = material.plan, material.plan.items[gap.id]
    sections = {NO_SECTION}
    if not isinstance(item, Indicator):
        named = [item.id] if isinstance(item, Measure) else [item.measure]
        also = item.also_under if isinstance(item, Milestone) else ()
        sections = {str(plan.measure_by_id[m].section) for m in (*named, *also)}
    known = [plan.agency_by_name[a].id for a in gap.agencies if a in plan.agency_by_name]
    found = gap.assessment
    return Facets(
        gap.kind, " ".join(sorted(sections)), " ".join(known), found.status_text, found.light
    )


def card(material: Material, item: FigureItem, row: DetailRow, change: str, caption: str) -> Card:
    """一个有数字的事项。

    Args:
        material: 材料。
        item: 事项。
        row: 它在附件1 的那一行。
        change: 同比的写法。
        caption: 正文里引到它的走势图，图题；没有引的为空。
    """
    gap = material.gap_by_id[item.id]
    found, way = gap.assessment, courses.course(material, item)
    done = found.year_rate if is_yearly(item) and found.year_rate is not None else found.done_share
    said = {key: change if key == "change" else getattr(row, key) for key, _ in _FACTS}
    return Card(
        id=row.id,
        title=row.name,
        unit=row.unit,
        facets=facets(material, gap),
        facts=tuple((label, said[key]) for key, label in _FACTS if said[key] != BLANK),
        sentence=sentence(material, item),
        outlook=outlook_words(material.plan, found),
        caption=caption,
        bar=drawing.bar(done, found.planned_share),
        chart=drawing.chart(way),
        table=tuple(_quarters(way)),
        steps=_steps(material, gap),
        origin=origin(material, item),
        sources=figure_sources(material, item),
    )


def stone(material: Material, row: MilestoneRow) -> Stone:
    """一项里程碑。"""
    gap = material.gap_by_id[row.id]
    way = drawing.strip(courses.stages(material, gap))
    return Stone(row, facets(material, gap), way, _steps(material, gap))


def measure_card(
    material: Material, measure: Measure, told: Titled, rows: tuple[LedgerRow, ...]
) -> MeasureCard:
    """一条措施；``rows`` 是它在台账里的各行。"""
    gap, places = material.gap_by_id[measure.id], _places(material, measure.id)
    return MeasureCard(
        id=measure.id,
        told=told,
        facets=facets(material, gap),
        strip=drawing.strip(courses.stages(material, gap)),
        voices=tuple(Voice(row, places.get(row.agency, ())) for row in rows),
        steps=_steps(material, gap),
    )


def _quarters(way: courses.Course) -> Iterator[tuple[str, str, str]]:
    """各季的应达和实际，到本季度为止。"""
    due = {spot.quarter: spot.text for spot in way.planned}
    told = {spot.quarter: spot.text for spot in way.actual}
    if way.start:
        told.setdefault(way.start.quarter, way.start.text)
    for step in range(min(way.now, way.last) - way.first + 1):
        quarter = way.first + step
        if quarter in due or quarter in told:
            yield str(quarter), due.get(quarter, BLANK), told.get(quarter, BLANK)


def _steps(material: Material, gap: Gap) -> Text:
    """判断过程；规则在表下面印过，不逐项重复。"""
    item = material.plan.items[gap.id]
    source = source_of(material.plan, item) if isinstance(item, Commitment) else item
    mine = material.by_item.get(source.id, ())
    told = explain_lines(material.plan, gap, mine, material.quarter, material.made.day)
    rule = rule_text(material.plan.settings.thresholds)
    return tuple(one_line(line) for line in told if line != rule)


def _places(material: Material, item: str) -> Mapping[str, Text]:
    """各单位本季度在这个事项上的各格：回执、文件、表和格。"""
    found: dict[str, dict[tuple[str, str], list[str]]] = {}
    for entry in material.by_item.get(item, ()):
        if entry.quarter == material.quarter:
            files = found.setdefault(material.name(entry.agency), {})
            where = files.setdefault((entry.receipt, one_line(entry.file)), [])
            where.append(f"{one_line(entry.sheet)}!{entry.cell}")
    return {
        agency: tuple(
            f"回执{receipt}，{file} {'、'.join(cells)}" for (receipt, file), cells in files.items()
        )
        for agency, files in found.items()
    }
