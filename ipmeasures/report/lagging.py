"""五、未达序时事项：最差在前，差多少、要多快，原因和下一步照单位自己写的。"""

from ipmeasures.plan.model import Commitment, FigureItem, Indicator
from ipmeasures.progress.assessment import Status
from ipmeasures.progress.gaps import Gap
from ipmeasures.progress.goal import source_of
from ipmeasures.report.amounts import pace
from ipmeasures.report.charts import course_chart
from ipmeasures.report.material import Material
from ipmeasures.report.outlook import outlook_words
from ipmeasures.report.parts import Chart, Lag, Text
from ipmeasures.report.sentences import gap_words
from ipmeasures.report.wording import flat, said_by, spans

_NO_REASON = "未说明原因。"
_NO_STEP = "未报送。"
_MANY = 3  # 措施多于这些，只列序号


def lagging(material: Material, place: int) -> tuple[Lag, ...]:
    """各项；未报送的归在一处，按单位和措施列名。图从 ``place`` 号编起。"""
    found: list[Lag] = []
    silent = [gap for gap in material.gaps.lagging if gap.status is Status.NOT_REPORTED]
    for gap in material.gaps.lagging:
        number = len(found) + 1
        if gap.status is not Status.NOT_REPORTED:
            chart = course_chart(material, gap, place)
            place += chart is not None
            head = f"{number}.{lag_head(gap)}"
            found.append(Lag(head, _one(material, gap, chart), (chart,) if chart else ()))
        elif gap is silent[0]:
            found.append(Lag(f"{number}.未报送的事项", _silent(material, silent)))
    return tuple(found)


def told_there(material: Material) -> frozenset[str]:
    """在这一部分逐项说了、引了单位原话的事项；数随指标的，记指标的编号。"""
    told = [gap.id for gap in material.gaps.lagging if gap.status is not Status.NOT_REPORTED]
    items = material.plan.items
    return frozenset(
        source_of(material.plan, item).id if isinstance(item, (Indicator, Commitment)) else key
        for key in told
        for item in (items[key],)
    )


def lag_head(gap: Gap) -> str:
    """一项的标题：名称和状态。"""
    return f"{gap.name}（{flat(gap.assessment.status_text)}）"


def _one(material: Material, gap: Gap, chart: Chart | None) -> Text:
    item = material.plan.items[gap.id]
    if not isinstance(item, (Indicator, Commitment)):
        return (f"责任单位：{material.names(gap.agencies)}。", *_words(material, gap.id))
    source = source_of(material.plan, item)
    if source is not item and material.gap_by_id[source.id].lags:
        same = f"与主要指标“{source.name}”为同一个数，原因和下一步措施见该项。"
        return (_distance(material, item, gap), *_foreseen(material, gap), same)
    owner = f"填报单位：{material.names(gap.agencies)}。"
    seen = f"各期走势见图{chart.number}。" if chart else ""
    distance = f"{owner}{_distance(material, item, gap)}{seen}"
    return (distance, *_foreseen(material, gap), *_words(material, source.id))


def _distance(material: Material, item: FigureItem, gap: Gap) -> str:
    """差几个百分点；如期完成今后要多快。"""
    found = gap.assessment
    needed = pace(item, found.pace_needed, material.years, material.quarter)
    parts = [part for part in (gap_words(found), needed) if part]
    return f"{'；'.join(parts)}。" if parts else f"{found.status_text}。"


def _foreseen(material: Material, gap: Gap) -> Text:
    foreseen = outlook_words(material.plan, gap.assessment)
    return (f"{foreseen}。",) if foreseen else ()


def _words(material: Material, item: str) -> Text:
    return (
        *_given(material, item, "reason", "滞后原因", _NO_REASON),
        *_given(material, item, "next_step", "下一步措施", _NO_STEP),
    )


def _given(material: Material, item: str, field: str, label: str, blank: str) -> Text:
    """单位自己写的；没有写的照说没有。"""
    paragraphs: list[str] = []
    for agency, words in material.said(item, field).items():
        paragraphs += said_by(f"{label}（{material.name(agency)}）", words)
    return tuple(paragraphs) or (f"{label}：{blank}",)


def _silent(material: Material, gaps: list[Gap]) -> Text:
    figures = [g for g in gaps if g.kind in ("indicator", "commitment")]
    measures = [g for g in gaps if g.kind == "measure"]
    told = []
    if figures:
        names = [f"{g.name}（{material.names(g.agencies)}）" for g in figures]
        told.append(f"没有可用数据的指标和任务：{'、'.join(names)}。")
    for words, twice in (("连续两个季度", True), (material.this_quarter, False)):
        silent = [g for g in measures if _twice(material, g) is twice]
        if silent:
            told.append(f"{words}未收到进展材料的措施：{_measures(silent)}。")
    return tuple(told)


def _measures(gaps: list[Gap]) -> str:
    """措施的序号和名称；多的只列序号，连号的写起止，名称在第四部分。"""
    numbers = sorted(int(gap.id[1:]) for gap in gaps)
    if len(gaps) <= _MANY:
        names = {int(gap.id[1:]): gap.name for gap in gaps}
        return "、".join(f"措施{n}“{names[n]}”" for n in numbers)
    return f"措施{spans(numbers)}，共{len(gaps)}条，名称见第四部分"


def _twice(material: Material, gap: Gap) -> bool:
    """连着两个季度没有材料；首个应报季度以前的不算。"""
    owed_before = material.quarter > material.plan.settings.first_quarter
    return owed_before and gap.assessment.note.startswith("连续两个季度")
