"""滞后清单的一行一行：终端、CSV 和 XLSX 用同一份。"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ipmeasures.plan.model import BINDING, Commitment, Indicator, Plan
from ipmeasures.plan.terms import Cadence
from ipmeasures.progress.gaps import Gap, Gaps
from ipmeasures.progress.rounding import half_up
from ipmeasures.report.numbers import figure, index, points, share
from ipmeasures.report.outlook import remark
from ipmeasures.report.rules import LIGHTS

if TYPE_CHECKING:  # 只有 --catch-up 才用，不让每次 gaps 都装载
    from ipmeasures.progress.catch_up import CatchUp, Uncatchable

HEADS = (
    "编号", "类别", "事项", "计量单位", "状态", "灯", "本期值", "数据时点", "序时应达", "目标",
    "目标完成率", "增量完成率", "序时", "偏差（百分点）", "序时指数", "每季还需", "填报单位",
    "滞后原因", "下一步措施", "备注", "预测",
)  # fmt: skip
CATCH_UP_HEADS = ("赶上序时：报哪季", "赶上序时：需报", "年底应达")
KINDS = {"indicator": "指标", "commitment": "量化任务", "milestone": "里程碑", "measure": "措施"}


@dataclass(frozen=True, slots=True)
class Amount:
    """一格数：``text`` 是印出来的字；``value`` 和 ``format`` 是表格软件里的数和数字格式。"""

    text: str
    value: Decimal
    format: str


Cell = str | Amount
CaughtUp = Mapping[str, "CatchUp | Uncatchable"]


def heads(caught: CaughtUp | None = None) -> tuple[str, ...]:
    """各列的表头；要赶上序时的数的，后面多几列。"""
    return HEADS if caught is None else (*HEADS, *CATCH_UP_HEADS)


def gap_cells(
    plan: Plan, gaps: Sequence[Gap], caught: CaughtUp | None = None
) -> Iterator[tuple[Cell, ...]]:
    """每个事项一行，与 ``heads`` 各列对应；没有的是空串。"""
    for gap in gaps:
        found = gap.assessment
        decimals = decimals_of(plan, gap.id)
        yield (
            gap.id,
            f"{BINDING}{KINDS[gap.kind]}" if is_binding(plan, gap) else KINDS[gap.kind],
            gap.name,
            gap.unit or "",
            found.status_text,
            LIGHTS[found.light],
            _figure(found.value, decimals),
            str(found.data_at or ""),
            _figure(found.planned, decimals),
            _figure(found.goal, decimals),
            _share(found.target_rate),
            _share(found.done_share),
            _share(found.planned_share),
            _amount(points(found.gap_points), found.gap_points, "+0.0;-0.0;0.0"),
            _amount(index(found.schedule_index), found.schedule_index, "0.000"),
            _figure(found.pace_needed, decimals + 2),
            "、".join(gap.agencies),
            gap.reason or "",
            gap.next_step or "",
            _remark(plan, gap),
            remark(plan, gap.assessment),
            *(() if caught is None else _catch_up(caught.get(gap.id), decimals)),
        )


def _catch_up(found: "CatchUp | Uncatchable | None", decimals: int) -> tuple[Cell, Cell, Cell]:
    from ipmeasures.progress.catch_up import Uncatchable  # noqa: PLC0415 - 用到才装载

    if found is None:
        return "", "", ""
    if isinstance(found, Uncatchable):
        return f"无从推算：{found.label}", "", ""
    most = f"{found.at}（不超过）" if found.at_most else str(found.at)
    more = 2 if found.figure % 1 else 0
    return most, _figure(found.figure, decimals + more), _figure(found.due, decimals)


def gap_rows(
    plan: Plan, gaps: Sequence[Gap], caught: CaughtUp | None = None
) -> Iterator[tuple[str, ...]]:
    """同上，数都印成字。"""
    for cells in gap_cells(plan, gaps, caught):
        yield tuple(cell.text if isinstance(cell, Amount) else cell for cell in cells)


def shown_gaps(gaps: Gaps, *, everything: bool, agency: str | None) -> tuple[Gap, ...]:
    """要列的事项：只列滞后的或全部，可只看一个单位的；假设了数的总列出来。"""
    return tuple(
        gap
        for gap in gaps.items
        if (everything or gap.lags or gap.supposed) and (agency is None or agency in gap.agencies)
    )


def decimals_of(plan: Plan, item: str) -> int:
    """一个事项显示几位小数。"""
    found = plan.items[item]
    return found.how.decimals if isinstance(found, (Indicator, Commitment)) else 0


def is_binding(plan: Plan, gap: Gap) -> bool:
    """是不是约束性指标：单列。"""
    item = plan.items[gap.id]
    return isinstance(item, Indicator) and item.binding


def _figure(value: Decimal | None, decimals: int) -> Cell:
    """数字格式与 ``figure`` 的写法一致：至多几位、至少两位小数。"""
    places = "." + "0" * min(decimals, 2) + "#" * (decimals - 2) if decimals else ""
    return _amount(figure(value, decimals), value, f"0{places}")


def _share(value: Decimal | None) -> Cell:
    return _amount(share(value), value, "0.0%")


def as_shown(text: str, value: Decimal, form: str) -> Amount:
    """存到八位小数，表格软件再按格式舍入，显示的与印出来的一样；小到印成零的存零，免得显示成“+0.0”。"""
    shows_zero = not any(digit in text for digit in "123456789")
    return Amount(text, Decimal(0) if shows_zero else half_up(value, 8), form)


def _amount(text: str, value: Decimal | None, form: str) -> Cell:
    return "" if value is None else as_shown(text, value, form)


def _remark(plan: Plan, gap: Gap) -> str:
    """备注；年均的任务，“还需”是余下每年的。"""
    item, found = plan.items[gap.id], gap.assessment
    average = isinstance(item, Commitment) and item.cadence is Cadence.AVERAGE
    yearly = "“还需”为余下每年需要的量" if average and found.pace_needed is not None else ""
    supposed = "照假设的数判" if gap.supposed else ""
    return "；".join(part for part in (supposed, found.note, yearly) if part)
