"""报告工作簿各表的行：字用视图里写好的，数用判断里没有取整的。"""

import datetime as dt
from collections.abc import Iterator

from ipmeasures.plan.model import Commitment, FigureItem, Indicator, Measure
from ipmeasures.plan.names import name_of
from ipmeasures.progress.assessment import Assessment
from ipmeasures.progress.gaps import Gap
from ipmeasures.progress.goal import source_of
from ipmeasures.report.amounts import is_yearly
from ipmeasures.report.gap_table import KINDS
from ipmeasures.report.material import Material
from ipmeasures.report.outlook import remark
from ipmeasures.report.parts import BLANK, CommitmentRow, DetailRow, IndicatorRow
from ipmeasures.report.rules import LIGHTS
from ipmeasures.report.sentences import sentence
from ipmeasures.report.sheets.cells import as_written, count, figure, gap, growth, percent, typed
from ipmeasures.report.sheets.tables import Row, Value
from ipmeasures.report.sources import BEIJING, Source, figure_sources, text_sources
from ipmeasures.report.view import ReportView


def indicator_rows(material: Material, shown: ReportView) -> Iterator[Row]:
    """主要指标。"""
    details = {detail.id: detail for detail in shown.details}
    for item, row in zip(material.plan.indicators, shown.indicators.rows, strict=True):
        found = material.gap_by_id[item.id].assessment
        yield (
            count(int(row.number)),
            item.id,
            item.name,
            item.attribute,
            item.how.unit,
            typed(row.baseline),
            typed(row.target),
            *_values(item, found, row),
            percent(found.target_rate),
            _done(item, found, row),
            *_judged(found, row),
            *_more(material, item, details[item.id]),
        )


def commitment_rows(material: Material, shown: ReportView) -> Iterator[Row]:
    """量化任务。"""
    details = {detail.id: detail for detail in shown.details}
    for item, row in zip(material.plan.commitments, shown.commitments.rows, strict=True):
        found = material.gap_by_id[item.id].assessment
        yield (
            count(int(row.number)),
            item.id,
            item.name,
            _measure(material, item.measure),
            item.how.unit,
            row.demand,
            *_values(item, found, row),
            _done(item, found, row),
            *_judged(found, row),
            *_more(material, item, details[item.id]),
        )


def lagging_rows(material: Material) -> Iterator[Row]:
    """未达序时事项，最差在前；一个事项一个单位一行，没有说的也列。"""
    for lag in material.gaps.lagging:
        item, found = material.plan.items[lag.id], lag.assessment
        numbers: tuple[Value, ...] = (None, None, None, None)
        key = lag.id
        if isinstance(item, (Indicator, Commitment)):
            key = source_of(material.plan, item).id
            numbers = (
                figure(item, found.value),
                figure(item, found.planned),
                as_written(found.goal),
                gap(found.gap_points),
            )
        head = (lag.id, KINDS[lag.kind], lag.name, lag.unit or "", *_light(lag))
        for agency, reason, step in _words(material, key, lag):
            foreseen = remark(material.plan, found)
            yield (*head, *numbers, agency, reason, step, found.note, foreseen)


def milestone_rows(material: Material, shown: ReportView) -> Iterator[Row]:
    """里程碑事项。"""
    measures = {m.id: m.measure for m in material.plan.milestones}
    for row in shown.milestones:
        yield (
            row.id,
            _measure(material, measures[row.id]),
            row.name,
            row.kind,
            row.due,
            row.agencies,
            row.status,
            LIGHTS[row.light],
            "" if row.completed == BLANK else row.completed,
            _joined(row.evidence),
        )


def measure_rows(material: Material, shown: ReportView) -> Iterator[Row]:
    """措施进展：一条措施一个单位一行，文字照录。"""
    titles = {f"{m.number}.{m.title}": m for m in material.plan.measures}
    sections = {s.number: s.title for s in material.plan.sections}
    for row in shown.ledger:
        measure = titles[row.measure]
        yield (
            sections[measure.section],
            row.measure,
            *_light(material.gap_by_id[measure.id]),
            row.agency,
            "" if row.status == BLANK else row.status,
            *map(_joined, (row.progress, row.problems, row.reason, row.next_step)),
        )


def return_rows(material: Material) -> Iterator[Row]:
    """报送情况：一张回执一行，没有报的单位也列一行。"""
    for agency in material.gaps.reporting.agencies:
        name = material.name(agency.name)
        late = "迟报" if agency.late else ""
        mine = sorted(
            (
                r
                for r in material.receipts
                if r.agency == agency.name and r.quarter == material.quarter
            ),
            key=lambda r: r.revision,
        )
        if not mine:
            yield (name, agency.state.label, *[None] * 10)
        for r in mine:
            yield (
                name,
                agency.state.label,
                r.manner,
                late,
                r.received_on,
                r.receipt,
                count(r.revision),
                r.file,
                r.sha256,
                _beijing(r.recorded_at),
                r.recorded_by,
                dict(r.signed).get("filled_by", ""),
            )


def correction_rows(shown: ReportView) -> Iterator[Row]:
    """数据更正说明：印过的数和现在的数。"""
    for row in shown.corrections:
        old, new = typed(row.old), typed(row.new)
        yield (row.report, row.id, row.name, row.unit, old, new, row.reason, row.agencies)


def source_rows(material: Material) -> Iterator[Row]:
    """数据来源：在案的每一个数；与指标同一个数的任务不重复列。"""
    for item in material.plan.asked_items:
        for source in figure_sources(material, item):
            entry = source.entry
            told = None if entry.value is not None else entry.state.label
            yield (
                source.item,
                source.name,
                source.unit,
                str(entry.quarter),
                source.agency,
                figure(item, entry.value),
                told,
                source.data_at,
                source.use,
                *_placed(source),
            )


def text_rows(material: Material) -> Iterator[Row]:
    """文字来源：本季度报的每一段文字；文件的摘要、收到的日子等，按回执看报送情况。"""
    for source in text_sources(material):
        entry = source.entry
        yield (
            source.item,
            source.name,
            str(entry.quarter),
            source.agency,
            source.field,
            source.value,
            entry.receipt,
            entry.file,
            entry.sheet,
            entry.cell,
            source.raw,
        )


def _values(
    item: FigureItem, found: Assessment, row: IndicatorRow | CommitmentRow
) -> tuple[Value, ...]:
    """数据时点、本期、累计（与本期不同的）、同比。"""
    added = found.reported is not None and found.reported != found.value
    return (
        "" if row.data_at == BLANK else row.data_at,
        figure(item, found.reported if added else found.value),
        figure(item, found.value) if added else None,
        growth(item, found.reported, found.year_ago),
    )


def _done(item: FigureItem, found: Assessment, row: IndicatorRow | CommitmentRow) -> Value:
    """完成率照报告里的那一栏：按年判的是年度完成率，没有增量可算的任务是目标完成率。"""
    if row.done == BLANK:
        return None
    if is_yearly(item) and (isinstance(item, Commitment) or found.year_rate is not None):
        return percent(found.year_rate, text=row.done)
    if isinstance(item, Commitment) and found.done_share is None:
        return percent(found.target_rate, text=row.done)
    return percent(found.done_share, text=row.done)


def _judged(found: Assessment, row: IndicatorRow | CommitmentRow) -> tuple[Value, ...]:
    return (
        percent(found.planned_share, text=row.planned),
        gap(found.gap_points),
        row.status,
        LIGHTS[row.light],
    )


def _more(material: Material, item: FigureItem, detail: DetailRow) -> tuple[Value, ...]:
    found = material.gap_by_id[item.id].assessment
    return (
        "" if detail.note == BLANK else detail.note,
        remark(material.plan, found),
        figure(item, found.year_ago),
        figure(item, found.planned),
        detail.agencies,
        sentence(material, item),
    )


def _light(one: Gap) -> tuple[str, str]:
    return one.assessment.status_text, LIGHTS[one.assessment.light]


def _measure(material: Material, key: str) -> str:
    measure = material.plan.measure_by_id[key]
    return f"{measure.number}.{name_of(measure)}"


def _words(material: Material, key: str, lag: Gap) -> Iterator[tuple[str, str, str]]:
    """各单位的原因和下一步；谁也没有说的，列填报单位一行。"""
    reasons, steps = material.said(key, "reason"), material.said(key, "next_step")
    for agency in dict.fromkeys((*reasons, *steps)):
        told = _joined(reasons.get(agency, ())), _joined(steps.get(agency, ()))
        yield (material.name(agency), *told)
    if not reasons and not steps:
        item = material.plan.items[lag.id]
        who = material.names(lag.agencies)
        if isinstance(item, Measure) and item.collective:
            who = f"{material.plan.document.collective}（{len(lag.agencies)}家）"
        yield (who, "未说明原因", "未报送")


def _joined(paragraphs: tuple[str, ...]) -> str:
    """一格里的各段，一段一行；“—”是没有。"""
    return "" if paragraphs == (BLANK,) else "\n".join(paragraphs)


def _placed(source: Source) -> tuple[Value, ...]:
    entry = source.entry
    return (
        entry.receipt,
        count(entry.revision),
        entry.file,
        entry.sha256,
        entry.sheet,
        entry.cell,
        entry.raw,
        entry.received_on,
        _beijing(entry.recorded_at),
        source.by,
        source.who,
    )


def _beijing(at: dt.datetime) -> dt.datetime:
    """表格软件里的时间不带时区；写到秒。"""
    return at.astimezone(BEIJING).replace(tzinfo=None, microsecond=0)
