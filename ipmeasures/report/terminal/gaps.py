"""滞后清单在终端上怎么显示：最差在前，带原因和下一步，再说谁没有报。"""

from collections.abc import Container, Sequence

from ipmeasures.plan.model import Commitment, Plan
from ipmeasures.progress.assessment import Status
from ipmeasures.progress.gaps import Gap, Gaps
from ipmeasures.progress.reporting import Reporting, ReportState
from ipmeasures.report.gap_table import decimals_of, is_binding
from ipmeasures.report.joint import parts_text
from ipmeasures.report.numbers import figure, points, share
from ipmeasures.report.outlook import disagrees, outlook_words
from ipmeasures.report.rules import binding_text, legend_text, rule_text
from ipmeasures.report.terminal.layout import clip, pad, table, width, wrap

_WIDTHS = (20, 6, 26, 14, 10)
_HEADS = ("状态", "编号", "事项", "本期/序时应达", "偏差(点)")


def gap_text(
    plan: Plan,
    gaps: Gaps,
    shown: Sequence[Gap],
    agency: str | None,
    beside: Sequence[str] = (),
) -> str:
    """一个季度的滞后清单；``beside`` 是题目下面另加的几行（假设、赶上序时）。"""
    who = f"（{agency}）" if agency else ""
    who += "【假设】" if gaps.supposed else ""
    judged = f"判断日期 {gaps.as_of.isoformat()}"
    lines = [f"{gaps.quarter.label}进展差距{who}  {judged}", "", *beside]
    figures = [gap for gap in shown if gap.kind in ("indicator", "commitment")]
    lines += _grouped(plan, figures)
    lines += _unlisted(plan, gaps.items, {gap.id for gap in shown}, agency)
    lines += _milestones([gap for gap in shown if gap.kind == "milestone"])
    lines += _measures([gap for gap in shown if gap.kind == "measure"])
    lines += ["", *(_own(gaps.reporting, agency) if agency else reporting_lines(gaps.reporting))]
    said = (
        rule_text(plan.settings.thresholds),
        legend_text(),
        "填报单位、界线和时限为办公室设定。",
    )
    lines += ["", *(line for text in said for line in wrap(text))]
    return "\n".join(lines)


def _own(reporting: Reporting, agency: str) -> list[str]:
    """只看一家的：它自己报了没有。"""
    found = next((a for a in reporting.agencies if a.name == agency), None)
    if found is None:
        return ["报送：本季没有要报的。"]
    said = found.state.label + ("（迟）" if found.late else "")
    if found.receipt:
        said += f"，回执 {found.receipt}"
    if found.received_on:
        said += f"，收到 {found.received_on.isoformat()}"
    return [f"报送：{said}；时限 {reporting.due_on.isoformat()}（办公室设定）。"]


def _grouped(plan: Plan, gaps: Sequence[Gap]) -> list[str]:
    """约束性指标单列在前；计划里没有的，只有一张表。"""
    if not any(i.binding for i in plan.indicators):
        return _figures(plan, gaps)
    limits = plan.settings.limits(binding=True)
    bound = [gap for gap in gaps if is_binding(plan, gap)]
    others = [gap for gap in gaps if gap not in bound]
    lines = ["约束性指标：" + ("" if bound else "没有滞后的。")]
    lines += _table(plan, bound) if bound else []
    lines += wrap(f"从严：{binding_text(limits)}。", first="  ", indent="  ")
    return [*lines, "", "其他指标和量化任务：" + ("" if others else "没有滞后的。")] + (
        _table(plan, others) if others else []
    )


def _figures(plan: Plan, gaps: Sequence[Gap]) -> list[str]:
    return _table(plan, gaps) if gaps else ["指标和量化任务：没有滞后的。"]


def _table(plan: Plan, gaps: Sequence[Gap]) -> list[str]:
    head, rule = table(_HEADS, (), _WIDTHS, "   rr")
    lines = [head, rule]
    listed = {gap.id for gap in gaps}
    for gap in gaps:
        lines += _figure(plan, gap, listed)
    return lines


def _figure(plan: Plan, gap: Gap, listed: Container[str]) -> list[str]:
    found, decimals = gap.assessment, decimals_of(plan, gap.id)
    if found.value is None and not found.note:
        name = (found.status_text, gap.id, gap.name)
        line = table(_HEADS[:3], [name], _WIDTHS[:3])[2]
        return [f"{line} {clip('、'.join(gap.agencies), 24)}"]
    compared = ""
    if found.value is not None:
        compared = figure(found.value, decimals)
        if found.planned is not None:
            compared += f"/{figure(found.planned, decimals)}"
    wide = width(compared) > _WIDTHS[3]  # 截短的数会被看错，放不下的写在下一行
    gap_points = points(found.gap_points) if found.planned_share else ""
    row = (found.status_text, gap.id, gap.name, "" if wide else compared, gap_points)
    lines = table(_HEADS, [row], _WIDTHS, "   rr")[2:]
    facts = [
        gap.supposed and "照假设的数判",
        wide and f"{_HEADS[3]} {compared}",
        gap.unit and f"计量单位{gap.unit}",
        found.data_at and f"数据时点{found.data_at}",
        found.done_share is not None
        and found.planned_share
        and f"增量完成{share(found.done_share)}、序时{share(found.planned_share)}",
        found.rule == "tolerance" and "与序时之差在容差以内",
        parts_text(gap.parts, lambda value: figure(value, decimals)),
        found.note,
    ]
    said = "；".join(str(fact) for fact in facts if fact)
    owner = f"{'、'.join(gap.agencies)}。{said}"
    lines += wrap(owner, first="  ", indent="  ")
    item = plan.items[gap.id]
    if (gap.lags or disagrees(found)) and (foreseen := outlook_words(plan, found)):
        lines += wrap(foreseen, first="  ", indent="        ")
    if isinstance(item, Commitment) and item.same_as in listed:
        return [*lines, f"  与 {item.same_as} 同一个数，原因和下一步见 {item.same_as}"]
    if gap.lags and found.status is not Status.NOT_REPORTED:
        lines += wrap(gap.reason or "未说明原因", first="  原因：", indent="        ")
        lines += wrap(gap.next_step or "未填", first="  下一步：", indent="          ")
    return lines


def _unlisted(
    plan: Plan, gaps: Sequence[Gap], listed: Container[str], agency: str | None
) -> list[str]:
    """没有列在上面（不滞后）、预测却与灯相反的：提前看得见。"""
    found = [
        gap
        for gap in gaps
        if gap.id not in listed
        and disagrees(gap.assessment)
        and (agency is None or agency in gap.agencies)
    ]
    lines = ["", "没有滞后，但按近四季速度到期末达不到的："] if found else []
    for gap in found:
        words = f"{gap.id} {gap.name}。{outlook_words(plan, gap.assessment)}"
        lines += wrap(words, first="  ", indent="        ")
    return lines


def _milestones(gaps: Sequence[Gap]) -> list[str]:
    if not gaps:
        return []
    lines = ["", "里程碑："]
    for gap in gaps:
        text = f"{gap.id} {gap.name}（{'、'.join(gap.agencies)}）"
        lines += wrap(text, first=f"  {pad(gap.assessment.status_text, 10)}", indent=" " * 12)
    return lines


def _measures(gaps: Sequence[Gap]) -> list[str]:
    """状态和缘由相同的措施列在一起。"""
    if not gaps:
        return []
    groups: dict[tuple[str, str], list[str]] = {}
    for gap in gaps:
        found = gap.assessment
        groups.setdefault((found.status_text, found.note), []).append(f"{gap.id} {gap.name}")
    lines = ["", "措施："]
    for (status, note), names in groups.items():
        head = status + (f"（{note}）" if note else "")
        lines += wrap(f"{head}：{'；'.join(names)}", first="  ", indent="    ")
    return lines


def reporting_lines(reporting: Reporting) -> list[str]:
    """报送情况的几行：应报、已报、迟报、未报，完整率和及时率。"""
    received, total = reporting.received, len(reporting.counted)
    if reporting.completeness is None:
        told = reporting.named(ReportState.RECEIVED)
        also = f"，补报了的 {len(told)} 家" if told else ""
        lines = [f"报送：这个季度没有应报的单位{also}。"]
    else:
        rates = f"完整率 {share(reporting.completeness)}，及时率 {share(reporting.timeliness)}"
        lines = wrap(
            f"报送：应报 {total} 家，已报 {len(received)} 家；{rates}；"
            f"时限 {reporting.due_on.isoformat()}（办公室设定）。"
        )
    groups = (
        ("未报", reporting.named(ReportState.MISSING)),
        ("未到期、还没有报", reporting.named(ReportState.PENDING)),
        ("已退回", reporting.named(ReportState.SENT_BACK)),
        ("单项退回、等重报", tuple(f"{a}（{'、'.join(items)}）" for a, items in reporting.waiting)),
        ("迟报", tuple(a.name for a in reporting.agencies if a.late)),
        ("零报告", tuple(a.name for a in reporting.agencies if a.manner == "零报告")),
        ("补录", tuple(a.name for a in reporting.agencies if a.manner == "补录")),
        ("不是成员、不计入完整率", reporting.outsiders),
    )
    for label, names in groups:
        if names:
            lines += wrap("、".join(names), first=f"  {label}：", indent="    ")
    return lines
