"""附件3 口径说明：办公室设定、判定规则、各项口径、确认事项、公文自身的口径。"""

from dataclasses import replace

from ipmeasures.ledger.entry import Receipt
from ipmeasures.plan.model import Commitment, FigureItem, Indicator
from ipmeasures.plan.names import name_of
from ipmeasures.report.amounts import amended, amount, margin
from ipmeasures.report.lagging import told_there
from ipmeasures.report.material import Material
from ipmeasures.report.parts import BLANK, Scope, ScopeRow, Text, Titled
from ipmeasures.report.rules import binding_text, legend_text, rule_text
from ipmeasures.report.wording import chinese, day, flat, one_line, said_by, stopped

_UNSAID = (
    "以下各项公文未作规定，由办公室设定：报送时限和首个应报季度、{}填报单位、"
    "数的性质、序时路径、发布周期、容许误差和判定界线。"
)
_STALE = (
    "按季发布的数本季度未更新的，照最近一次的数判断并注明滞后几季，滞后超过{}季的作未报送；"
    "按批次、按年发布的沿用上一次的数并注明年份。"
)


def scope(material: Material) -> Scope:
    """全部口径。"""
    parts = (
        ("确认事项", _confirmed(material)),
        ("填报单位的说明", _remarks(material)),
        ("公文口径说明", _flaws(material)),
        ("单位更名", _renamed(material)),
        ("目标调整", _amended(material)),
    )
    others = [(head, told) for head, told in parts if told]
    rows = tuple(_row(material, item) for item in material.plan.asked_items)
    then = 3 if rows else 2
    return Scope(
        Titled("一、办公室设定", _settings(material)),
        "二、各项数的口径",
        rows,
        tuple(Titled(f"{chinese(n)}、{head}", told) for n, (head, told) in enumerate(others, then)),
    )


def made_line(material: Material) -> str:
    """报告依据什么做成：日期和最后一号回执。"""
    made = material.made
    if made.receipt is None:
        return f"本报告生成于{day(made.day)}，其时尚无入库记录；程序版本{made.version}。"
    return (
        f"本报告依据{day(made.day)}的台账生成，截至回执{made.receipt}（台账校验码{made.head}）；"
        f"程序版本{made.version}。"
    )


def _settings(material: Material) -> Text:
    plan, reporting = material.plan, material.gaps.reporting
    settings, limits = plan.settings, plan.settings.thresholds
    first, everyone = settings.first_quarter.label, plan.document.collective
    members = f"{everyone}公文未列名单，暂按{len(settings.members)}家计：{material.names(settings.members)}。"
    collective = any(measure.collective for measure in plan.measures)
    bound = any(item.binding for item in plan.indicators)
    return (
        _UNSAID.format(f"{everyone}、" if collective else ""),
        f"报送时限为季后第{settings.due_days}日（本季度为{day(reporting.due_on)}），首个应报季度为{first}。",
        *((members,) if collective else ()),
        stopped(rule_text(limits)),
        *((f"约束性指标从严：{binding_text(settings.limits(binding=True))}。",) if bound else ()),
        legend_text(),
        _STALE.format(limits.stale_quarters),
        "主要指标的属性照公文所列；目标完成率只作参考，不据以判断。",
    )


def _row(material: Material, item: FigureItem) -> ScopeRow:
    how = item.how
    summed = "（相加）" if how.combine == "sum" else ""
    return ScopeRow(
        id=item.id,
        name=item.name,
        unit=how.unit,
        nature=how.nature.label,
        path=how.path.label,
        release=how.release.label,
        reporters=f"{material.names(how.reporters)}{summed}",
        tolerance=margin(item) if how.tolerance else BLANK,
        prompt=one_line(how.prompt) or BLANK,
    )


def _confirmed(material: Material) -> Text:
    """各单位、办公室对存疑的数的确认和理由；一个单位、一个事项、同样的理由，几个季度的并作一句。"""
    known = {r.receipt: r for r in material.receipts if r.quarter <= material.quarter}
    told: dict[tuple[str, str, str], list[Receipt]] = {}
    for confirmation in material.confirmations:
        receipt = known.get(confirmation.receipt)
        if receipt is not None:
            reason = stopped(one_line(confirmation.reason))
            told.setdefault((receipt.agency, confirmation.item, reason), []).append(receipt)
    return tuple(_confirmation(material, *key, given) for key, given in told.items())


def _confirmation(
    material: Material, agency: str, number: str, reason: str, given: list[Receipt]
) -> str:
    item = material.plan.items.get(number)
    who, what = material.name(agency), name_of(item) if item else number
    figures = [_confirmed_figure(material, receipt, number) for receipt in given]
    if len(given) == 1:
        said = (
            "当时经确认照录（此数后来已更正或撤回）"
            if figures[0] is None
            else f"{figures[0]}经确认照录"
        )
        return f"{given[0].quarter.label}，{who}所报{what}{said}，理由：{reason}"
    each = "、".join(
        f"{receipt.quarter.label}{'的数，后来已更正或撤回' if told is None else told}"
        for receipt, told in zip(given, figures, strict=True)
    )
    return f"{who}所报{what}（{each}）经确认照录，理由：{reason}"


def _confirmed_figure(material: Material, receipt: Receipt, number: str) -> str | None:
    """确认的是哪个数；后来又有更正的是 ``None``，免得当成现在的数；不是数的为空。"""
    item = material.plan.items.get(number)
    if not isinstance(item, (Indicator, Commitment)):
        return ""
    standing = next(
        (
            e
            for e in material.by_item.get(number, ())
            if (e.agency, e.quarter, e.field) == (receipt.agency, receipt.quarter, "value")
        ),
        None,
    )
    if standing is None or standing.receipt != receipt.receipt or standing.value is None:
        return None
    return amount(item, standing.value)


def _remarks(material: Material) -> Text:
    """各单位随数写的说明，照录；不在第五部分的滞后原因也列在这里，一字不丢。"""
    told: list[str] = []
    there = told_there(material)
    for item in material.plan.asked_items:
        for field, label in (("note", ""), ("reason", "所报滞后原因")):
            if field == "reason" and item.id in there:
                continue
            for agency, words in material.said(item.id, field).items():
                told += said_by(f"{item.name}（{material.name(agency)}）{label}", words)
    return tuple(told)


def _flaws(material: Material) -> Text:
    return tuple(stopped(one_line(flaw.text)) for flaw in material.plan.flaws)


def _amended(material: Material) -> Text:
    """到这个季度已经起效的中途调整，一项一行，写明依据；以后才起效的不说。"""
    last, told = material.quarter.last_day, []
    for item in material.plan.indicators:
        done = tuple(change for change in item.amendments if change.since <= last)
        if done:
            bases = [stopped(one_line(c.basis)).rstrip("。") for c in done if c.basis]
            basis = f"，依据：{'；'.join(bases)}" if bases else "，没有写明依据"
            told.append(
                f"{item.name}（{item.how.unit}）目标调整为"
                f"{amended(replace(item, amendments=done))}{basis}；"
                "起效以前的仍照原目标判，序时从起效时的原序时值走向新目标。"
            )
    return tuple(told)


def _renamed(material: Material) -> Text:
    last = material.quarter.last_day
    return tuple(
        f"{agency.name}自{day(renaming.since)}起为{renaming.name}（办公室设定"
        f"{f'，{flat(renaming.note)}' if renaming.note else ''}），以前报的数接续计算。"
        for agency in material.plan.agencies
        for renaming in agency.renamed
        if renaming.since <= last
    )
