"""中期评估报告的视图：照期末的判断说到哪一步，照历年的数说怎么走过来，照近来的速度说会到哪里。"""

from collections.abc import Sequence
from dataclasses import dataclass

from ipmeasures.plan.model import Commitment, FigureItem
from ipmeasures.progress.figures import of_year
from ipmeasures.progress.gaps import Gap
from ipmeasures.progress.outlook import Outlook
from ipmeasures.progress.reporting import Reporting
from ipmeasures.quarter import Quarter
from ipmeasures.report.items import TARGET_MARK, details
from ipmeasures.report.material import Material
from ipmeasures.report.numbers import share
from ipmeasures.report.outlook import outlook_words, remark
from ipmeasures.report.parts import BLANK, DetailRow, Text, Titled
from ipmeasures.report.review.causes import causes
from ipmeasures.report.review.counts import BEHIND, GROUPS, count_rows, group_of
from ipmeasures.report.review.parts import ReviewRow, ReviewView
from ipmeasures.report.review.yearly import tallies
from ipmeasures.report.rules import legend_text, rule_text
from ipmeasures.report.scope import made_line
from ipmeasures.report.sentences import sentence
from ipmeasures.report.view import halved
from ipmeasures.report.wording import chinese, listed, stopped
from ipmeasures.report.years import year_row


@dataclass(frozen=True, slots=True)
class Span:
    """评估期：从哪年到哪年；``reportings`` 是其中各季的报送情况，先后为序。"""

    first: int
    last: int
    reportings: Sequence[Reporting]

    @property
    def years(self) -> tuple[int, ...]:
        """各年。"""
        return tuple(range(self.first, self.last + 1))

    @property
    def label(self) -> str:
        """2021—2023年；只有一年的，2021年。"""
        if self.first == self.last:
            return f"{self.first}年"
        return f"{self.first}—{self.last}年"


def review(material: Material, span: Span) -> ReviewView:
    """一份中期评估；``material`` 是评估期最后一个季度的材料。"""
    plan = material.plan
    rows = tuple(year_row(material, item, span.years) for item in plan.asked_items)
    return ReviewView(
        name=f"{span.first}-{span.last}-{_kind(material)}评估",
        title=_title(material, span),
        number="发文字号：〔待填〕",
        addressee="〔主送机关待填〕",
        opening=_opening(material, span),
        overview=_overview(material, span),
        counts=count_rows(material),
        rows=_rows(material),
        notes=(
            *_notes(material, span),
            rule_text(plan.settings.thresholds),
            legend_text(),
            _ABOUT_OUTLOOK,
        ),
        groups=_groups(material),
        year_heads=(
            f"{plan.document.base_year}年",
            *(f"{year}年" for year in span.years),
            f"{span.last}年同比",
        ),
        years=rows,
        year_notes=("“—”为没有该年年底（全年）的数，或没有可比的上年数，不作零计。",),
        causes=causes(material, Quarter(span.first, 1)),
        outlook=_outlook(material),
        reporting=_reporting(span.reportings),
        missing=_missing(material, span),
        signature="〔署名待填〕",
        dated="〔成文日期待填〕",
        made=made_line(material),
    )


_ABOUT_OUTLOOK = "“预测”是照近四季（没有的照基期以来）的速度推算，只供参考，不影响状态。"


def _notes(material: Material, span: Span) -> Text:
    """每年的任务在表里是哪一年的判断；没有这样的任务为空。"""
    if not tallies(material, span.years):
        return ()
    return (f"每年的任务按{span.last}年的数判断，历年达到没有见“总体情况”。",)


def _kind(material: Material) -> str:
    """期满以后的是终期评估；没有满、或末年还没有报表的是中期评估。"""
    return "终期" if material.quarter >= Quarter(material.plan.document.target_year, 4) else "中期"


def _title(material: Material, span: Span) -> Text:
    document = material.plan.document
    name = f"{document.place}《{document.title}》"
    sample = ("（含样例数据，仅供演示）",) if material.has_samples else ()
    kind = _kind(material)
    return (*halved(name), f"{span.label}实施情况{kind}评估报告", *sample)


def _opening(material: Material, span: Span) -> str:
    document = material.plan.document
    return (
        f"{document.cited}实施以来，各责任单位按季报送进展情况。"
        f"现根据各单位所报，对{span.label}（截至{material.quarter.last_day.year}年"
        f"{material.quarter.last_day.month}月底）的实施情况评估如下。"
    )


def _overview(material: Material, span: Span) -> Text:
    told = []
    for kind, what in (
        ("indicator", "项主要指标"), ("commitment", "项量化任务"), ("measure", "条措施"),
    ):  # fmt: skip
        gaps = material.gaps.of_kind(kind)
        if gaps:
            counts = [(g, sum(group_of(x) == g for x in gaps)) for g in GROUPS]
            said = "，".join(f"{group}{n}{what[0]}" for group, n in counts if n)
            told.append(f"{len(gaps)}{what}中，{said}。")
    yearly = tallies(material, span.years)
    partly = {one.item.id for one in yearly if not one.always}
    done = [g.name for g in _figures(material) if group_of(g) == GROUPS[0] and g.id not in partly]
    slow = [g.name for g in _figures(material) if group_of(g) == BEHIND]
    if done:
        told.append(f"已经达到目标的有：{'、'.join(done)}。")
    if slow:
        told.append(f"未达序时的有：{'、'.join(slow)}。")
    if yearly:
        told.append(f"每年的任务逐年看：{'；'.join(one.words for one in yearly)}。")
    return (*told, *_missing(material, span)[:1])


def _figures(material: Material) -> list[Gap]:
    """有数字的事项；与指标同一个数的量化任务也在内，各照各的规则判。"""
    order = {item.id: n for n, item in enumerate(material.plan.figure_items)}
    return sorted((g for g in material.gaps.items if g.id in order), key=lambda g: order[g.id])


def _rows(material: Material) -> tuple[ReviewRow, ...]:
    found = []
    for n, row in enumerate(details(material), 1):
        assessment = material.gap_by_id[row.id].assessment
        found.append(
            ReviewRow(
                number=str(n),
                name=row.name,
                unit=row.unit,
                target=row.target,
                data_at=row.data_at,
                value=row.value,
                done=_done(row),
                planned=row.planned_share,
                gap=row.gap,
                status=row.status,
                light=row.light,
                outlook=remark(material.plan, assessment) or BLANK,
            )
        )
    return tuple(found)


def _done(row: DetailRow) -> str:
    """完成率；没有基期值、算不出的，列目标完成率并注明。"""
    if row.done != BLANK or row.target_rate == BLANK:
        return row.done
    return f"{row.target_rate}{TARGET_MARK}"


def _groups(material: Material) -> tuple[Titled, ...]:
    told = [(group, [g for g in _figures(material) if group_of(g) == group]) for group in GROUPS]
    present = [(group, gaps) for group, gaps in told if gaps]
    return tuple(
        Titled(
            f"（{chinese(n)}）{group}的（{len(gaps)}项）",
            tuple(sentence(material, _item(material, gap)) for gap in gaps),
        )
        for n, (group, gaps) in enumerate(present, 1)
    )


def _item(material: Material, gap: Gap) -> FigureItem:
    return next(item for item in material.plan.figure_items if item.id == gap.id)


def _outlook(material: Material) -> Text:
    """与灯相反的在前；不足以预测的点名。"""
    asked = [g for g in _figures(material) if not _twin(material, g)]
    open_ = [g for g in asked if group_of(g) != GROUPS[0]]
    words = [(g, outlook_words(material.plan, g.assessment)) for g in open_]
    clashing = [g for g, _ in words if getattr(g.assessment.outlook, "disagrees", False)]
    told = [f"{g.name}{text}" for g, text in words if text and g in clashing]
    told += [f"{g.name}{text}" for g, text in words if text and g not in clashing]
    short = [g.name for g, text in words if not text and not _is_outlook(g)]
    if short:
        told.append(f"数据不足、暂不预测的有：{'、'.join(short)}。")
    lead = "以下按近四季（没有的按基期以来）的速度推算，只供参考，不作为评估结论。"
    return (lead, *map(stopped, told)) if told else ()


def _is_outlook(gap: Gap) -> bool:
    return isinstance(gap.assessment.outlook, Outlook)


def _twin(material: Material, gap: Gap) -> bool:
    item = material.plan.items[gap.id]
    return isinstance(item, Commitment) and item.same_as is not None


def _reporting(reportings: Sequence[Reporting]) -> Text:
    rated = [r for r in reportings if r.completeness is not None]
    if not rated:
        return ("评估期内没有应报的季度。",)
    told = [f"{r.quarter.label}{share(r.completeness)}、{share(r.timeliness)}" for r in rated]
    return (f"各季的完整率、及时率为：{'；'.join(told)}。",)


def _missing(material: Material, span: Span) -> Text:
    """还缺哪几年年底（全年）的数，逐项点名；不缺的为空。"""
    told = []
    for item in material.plan.asked_items:
        known = material.figures(item)
        found = {year: of_year(known, year) for year in span.years}
        lacking = [
            f"{year}年"
            for year, figure in found.items()
            if figure is None or not (figure.settles_year or figure.date.number == 4)
        ]
        if lacking:
            told.append(f"{item.name}（{listed(lacking)}）")
    if not told:
        return ()
    head = f"还缺历史数的有{len(told)}项，缺的年份不作零计，涉及的累计数、年均数只按已报的数计算。"
    return (head, f"所缺为：{'、'.join(told)}，补报以后另行更新。")
