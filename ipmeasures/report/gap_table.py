"""滞后清单的一行一行：终端、CSV 和 XLSX 用同一份。"""

from collections.abc import Iterator, Sequence

from ipmeasures.plan.model import Commitment, Indicator, Plan
from ipmeasures.progress.gaps import Gap, Gaps
from ipmeasures.report.numbers import figure, index, points, share
from ipmeasures.report.rules import LIGHTS

HEADS = (
    "编号", "类别", "事项", "计量单位", "状态", "灯", "本期值", "数据时点", "序时应达", "目标",
    "目标完成率", "增量完成率", "序时", "偏差（百分点）", "序时指数", "每季还需", "填报单位",
    "滞后原因", "下一步措施", "备注",
)  # fmt: skip
KINDS = {"indicator": "指标", "commitment": "量化任务", "milestone": "里程碑", "measure": "措施"}


def gap_rows(plan: Plan, gaps: Sequence[Gap]) -> Iterator[tuple[str, ...]]:
    """每个事项一行，与 ``HEADS`` 各列对应；没有的是空串。"""
    for gap in gaps:
        found = gap.assessment
        decimals = decimals_of(plan, gap.id)
        yield (
            gap.id,
            KINDS[gap.kind],
            gap.name,
            gap.unit or "",
            found.status_text,
            LIGHTS[found.light],
            figure(found.value, decimals),
            str(found.data_at or ""),
            figure(found.planned, decimals),
            figure(found.goal, decimals),
            share(found.target_rate),
            share(found.done_share),
            share(found.planned_share),
            points(found.gap_points),
            index(found.schedule_index),
            figure(found.pace_needed, decimals + 2),
            "、".join(gap.agencies),
            gap.reason or "",
            gap.next_step or "",
            found.note,
        )


def shown_gaps(gaps: Gaps, *, everything: bool, agency: str | None) -> tuple[Gap, ...]:
    """要列的事项：只列滞后的或全部，可只看一个单位的。"""
    chosen = gaps.items if everything else gaps.lagging
    return tuple(gap for gap in chosen if agency is None or agency in gap.agencies)


def decimals_of(plan: Plan, item: str) -> int:
    """一个事项显示几位小数。"""
    found = plan.items[item]
    return found.how.decimals if isinstance(found, (Indicator, Commitment)) else 0
