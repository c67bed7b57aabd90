"""假设一个数会是什么灯、要赶上序时须报多少：终端上的两段。"""

from ipmeasures.plan.model import FigureItem, Plan
from ipmeasures.plan.names import name_of
from ipmeasures.progress.assessment import Assessment
from ipmeasures.progress.catch_up import CatchUp, Uncatchable
from ipmeasures.progress.gaps import Gaps
from ipmeasures.progress.goal import source_of
from ipmeasures.progress.suppose import Supposed
from ipmeasures.quarter import Quarter
from ipmeasures.report.amounts import plain
from ipmeasures.report.gap_table import CaughtUp, decimals_of
from ipmeasures.report.numbers import figure, points
from ipmeasures.report.rules import LIGHTS
from ipmeasures.report.terminal.layout import table, wrap

_WIDTHS = (6, 24, 12, 14, 20)


def supposed_lines(plan: Plan, now: Gaps, then: Gaps, supposed: Supposed) -> list[str]:
    """每个假设的数：现在是什么灯，假设了是什么灯；同一个数的任务各说各的。"""
    before = {gap.id: gap.assessment for gap in now.items}
    after = {gap.id: gap.assessment for gap in then.items}
    lines = ["【假设】以下的数没有入库，只看会是什么灯："]
    for item in plan.figure_items:
        source = source_of(plan, item)
        if source.id not in supposed:
            continue
        own, unit = supposed[source.id], item.how.unit
        dated = "" if own.at == own.quarter else f"（数据时点 {own.at}）"
        twin = "" if source is item else f"（与 {source.id} 同一个数）"
        words = f"{item.id} {item.name}{twin}＝{plain(own.value)}{unit}{dated}"
        lines += wrap(words, first="  ", indent="    ")
        for word, found in (("现在", before[item.id]), ("假设", after[item.id])):
            lines += wrap(f"{word}：{_light(plan, found)}", first="    ", indent="          ")
    return [*lines, ""]


def catch_up_lines(
    plan: Plan, found: CaughtUp, by_item: dict[str, Assessment], quarter: Quarter
) -> list[str]:
    """滞后的各项要报多少才能在年底回到序时；推算不出的列名说为什么。"""
    ends = Quarter((quarter + 1).year, 4)
    lines = [
        f"赶上序时：要在{ends.year}年底回到序时，{(quarter + 1).label}须报到（推算，只作参考）"
    ]
    rows = [
        _row(item, each, by_item[item.id])
        for item in plan.figure_items
        if isinstance(each := found.get(item.id), CatchUp)
    ]
    if rows:
        heads = ("编号", "事项", "现值", "须报", "年底应达")
        lines += table(heads, rows, _WIDTHS, "  rrr")
        lines += _remarks(found)
    else:
        lines.append("  没有推算得出的滞后事项。")
    for reason in Uncatchable:
        names = [f"{i} {name_of(plan.items[i])}" for i, each in found.items() if each is reason]
        if names:
            lines += wrap(
                f"{'、'.join(names)}", first=f"  无从推算（{reason.label}）：", indent="    "
            )
    return [*lines, ""]


def _row(item: FigureItem, each: CatchUp, found: Assessment) -> tuple[str, ...]:
    places = item.how.decimals
    mark = ("*" if each.once else "") + ("≤" if each.at_most else "")
    told = figure(each.figure, places + 2 if each.figure % 1 else places)
    return (
        item.id,
        item.name,
        figure(found.value, places),
        f"{mark}{told}",
        f"{figure(each.due, places)}{item.how.unit}",
    )


def _remarks(found: CaughtUp) -> list[str]:
    caught = [each for each in found.values() if isinstance(each, CatchUp)]
    said = []
    if any(each.once for each in caught):
        said.append("带 * 的一年只有一个数、按批次才有数或年底前完成即可，是到年底的数。")
    if any(each.value != each.figure for each in caught):
        said.append("由工具累加的，“现值”“年底应达”是累计，“须报”是表上要填的当年数。")
    return [line for text in said for line in wrap(text, first="  ", indent="  ")]


def _light(plan: Plan, found: Assessment) -> str:
    places = decimals_of(plan, found.item)
    facts = [
        f"{found.status_text}（{LIGHTS[found.light]}）",
        found.value is not None and f"{figure(found.value, places)}",
        found.planned is not None and f"序时应达 {figure(found.planned, places)}",
        found.gap_points is not None and f"偏差 {points(found.gap_points)} 个百分点",
        found.note,
    ]
    return "，".join(str(fact) for fact in facts if fact)
