"""各部分、各状态有几项。"""

from collections import Counter
from collections.abc import Iterable

from ipmeasures.plan.model import Commitment, Measure, Milestone
from ipmeasures.progress.assessment import Status
from ipmeasures.progress.gaps import Gap
from ipmeasures.report.material import Material
from ipmeasures.report.review.parts import CountRow
from ipmeasures.report.wording import chinese

ACHIEVED, AHEAD, ON_TRACK, BEHIND, IN_PROGRESS, SILENT = (
    "已达到", "超序时", "达序时", "未达序时", "推进中", "未报送或未发布",
)  # fmt: skip
_GROUPS = {
    Status.ACHIEVED: ACHIEVED,
    Status.AHEAD: AHEAD,
    Status.ON_TRACK: ON_TRACK,
    Status.IN_PROGRESS: IN_PROGRESS,
    Status.NOT_REPORTED: SILENT,
    Status.NOT_DUE: SILENT,
    Status.NOT_APPLICABLE: SILENT,
}
GROUPS = (ACHIEVED, AHEAD, ON_TRACK, BEHIND, IN_PROGRESS, SILENT)


def group_of(gap: Gap) -> str:
    """一个事项归在哪一类。"""
    return _GROUPS.get(gap.status, BEHIND)


def count_rows(material: Material) -> tuple[CountRow, ...]:
    """主要指标一行，公文的七个部分各一行（量化任务、里程碑、措施合在一起数），末了合计。"""
    rows = [_row("主要指标", material.gaps.of_kind("indicator"))]
    for section in material.plan.sections:
        mine = [gap for gap in material.gaps.items if _section(material, gap) == section.number]
        rows.append(_row(f"{chinese(section.number)}、{section.title}", mine))
    return (*rows, _row("合计", material.gaps.items))


def _section(material: Material, gap: Gap) -> int | None:
    item = material.plan.items[gap.id]
    if isinstance(item, Measure):
        return item.section
    if isinstance(item, (Commitment, Milestone)):
        return material.plan.measure_by_id[item.measure].section
    return None


def _row(name: str, gaps: Iterable[Gap]) -> CountRow:
    count = Counter(group_of(gap) for gap in gaps)
    return CountRow(name, str(count.total()), *(str(count[group]) for group in GROUPS))
