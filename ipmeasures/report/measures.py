"""四、七、八和附件2：各单位自己的话，写明是谁说的；没有报的说没有报。"""

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import Measure
from ipmeasures.plan.names import find_item, name_of
from ipmeasures.progress.assessment import Status
from ipmeasures.report.joint import NOBODY, lead_first, standing
from ipmeasures.report.lagging import told_there
from ipmeasures.report.material import Material
from ipmeasures.report.parts import BLANK, NONE, LedgerRow, SectionPart, Text, Titled
from ipmeasures.report.wording import (
    chinese,
    lines,
    one_line,
    said_by,
    shorten,
    spans,
    stopped,
    unstopped,
)

_CASE = "case:"
_FIELDS = ("status", "progress", "problems", "reason", "next_step")


def sections(material: Material) -> tuple[SectionPart, ...]:
    """四：按公文的七个部分，各条措施。"""
    return tuple(
        SectionPart(
            f"（{chinese(section.number)}）{section.title}",
            tuple(
                _measure(material, measure)
                for measure in material.plan.measures
                if measure.section == section.number
            ),
        )
        for section in material.plan.sections
    )


def ledger(material: Material) -> tuple[LedgerRow, ...]:
    """附件2：一条措施、一个单位一行，文字照录；没有一家报的也列一行。"""
    rows = []
    for measure in material.plan.measures:
        heard = _heard(material, measure)
        rows += [_ledger_row(material, measure, name) for name in lead_first(measure, heard)]
        if not heard:
            missing = (f"{material.this_quarter}未收到进展材料。",)
            everyone = f"全部责任单位（{len(material.plan.responsible(measure))}家）"
            rows.append(LedgerRow(_title(measure), everyone, NOBODY, missing, NONE, NONE, NONE))
    return tuple(rows)


def cases(material: Material) -> tuple[Titled, ...]:
    """七：标明可公开的典型案例，一条措施取最新的一件；年度报告看全年。"""
    newest: dict[str, tuple[Entry, ...]] = {}
    told: dict[tuple[str, str, str], dict[str, Entry]] = {}
    for entry in sorted(material.entries, key=lambda e: e.number):
        quarter = material.quarter
        counts = entry.quarter == quarter or (
            material.is_annual and entry.quarter.year == quarter.year
        )
        if entry.item.startswith(_CASE) and counts:
            key = (entry.agency, str(entry.quarter), entry.item)
            told.setdefault(key, {})[entry.field] = entry
    for fields in sorted(told.values(), key=lambda f: max(e.number for e in f.values())):
        if fields.get("public") and one_line(fields["public"].text) == "可公开":
            measure = fields.get("measure")
            newest[one_line(measure.text) if measure else ""] = tuple(fields.values())
    return tuple(_case(material, n, newest[key]) for n, key in enumerate(sorted(newest), 1))


def next_steps(material: Material) -> Text:
    """八：只从差距和各单位自己的下一步来。"""
    paragraphs = []
    asked = {item.id for item in material.plan.asked_items}
    behind = [
        gap.name
        for gap in material.gaps.lagging
        if gap.id in asked and gap.status is not Status.NOT_REPORTED
    ]
    if behind:
        over = material.quarter.year >= material.plan.document.target_year and material.is_annual
        head = "计划期已满，尚未实现的事项有" if over else "加快推进未达序时的事项："
        paragraphs.append(f"{head}{'、'.join(behind)}；填报单位所报的措施见第五部分。")
    silent = material.names(material.gaps.reporting.silent, "")
    if silent:
        paragraphs.append(f"收齐尚未报送的材料，涉及{silent}。")
    for agency in material.plan.agencies:
        steps = _steps(material, agency.name)
        if steps:
            paragraphs.append(f"{material.name(agency.name)}：{'；'.join(steps)}")
    none = f"{material.this_quarter}各单位未报送下一步措施。"
    return tuple(map(stopped, paragraphs)) or (none,)


def _steps(material: Material, agency: str) -> list[str]:
    """一个单位的下一步，归在一段里；说的一样的只说一遍，第五部分已经说了的不再说。"""
    under: dict[str, list[str]] = {}
    for measure in material.plan.measures:
        words = material.said(measure.id, "next_step").get(agency)
        if words:
            text = unstopped("".join(shorten(words, 80)))
            under.setdefault(text, []).append(str(measure.number))
    told = [f"{text}（措施{spans(map(int, numbers))}）" for text, numbers in under.items()]
    there, plan = told_there(material), material.plan
    for item in (*plan.asked_items, *plan.milestones):
        words = material.said(item.id, "next_step").get(agency)
        if words and item.id not in there:
            told.append(f"{unstopped(''.join(words))}（{name_of(item)}）")
    return told


def _measure(material: Material, measure: Measure) -> Titled:
    told: list[str] = []
    heard, said = _heard(material, measure), material.said(measure.id, "progress")
    states = material.said(measure.id, "status")
    joint = len(material.plan.responsible(measure)) > 1
    for agency in sorted(heard, key=lambda name: (name != measure.lead, name not in said)):
        name, state = material.name(agency), "".join(states.get(agency, ()))
        if agency in said:
            shown = standing(measure, agency, name, state) if joint else name
            told += said_by(shown, shorten(said[agency]))
        else:
            shown = standing(measure, agency, name, "") if joint else name
            told.append(f"{shown}：{f'进展状态为{state}' if state else '只报了问题或措施'}")
    zero = [a for a in material.zero_reports if a in material.plan.responsible(measure)]
    heard = (*heard, *(a for a in zero if a not in heard)) if heard else heard
    owing = _owing(material, measure, heard)
    if not heard:
        told.append(f"{material.this_quarter}未收到进展材料。责任单位：{owing}。")
    elif owing:
        told.append(f"未报送本项进展的单位：{owing}。")
    return Titled(f"{measure.number}.{measure.title}", tuple(map(stopped, told)))


def _heard(material: Material, measure: Measure) -> tuple[str, ...]:
    found = [agency for field in _FIELDS for agency in material.said(measure.id, field)]
    order = [a.name for a in material.plan.agencies]
    return tuple(sorted(set(found), key=lambda a: order.index(a) if a in order else len(order)))


def _owing(material: Material, measure: Measure, heard: tuple[str, ...]) -> str:
    responsible = material.plan.responsible(measure)
    if measure.collective and not heard:
        return f"{material.plan.document.collective}（{len(responsible)}家）"
    return material.names((a for a in responsible if a not in heard), "")


def _title(measure: Measure) -> str:
    return f"{measure.number}.{measure.title}"


def _ledger_row(material: Material, measure: Measure, agency: str) -> LedgerRow:
    words = {field: material.said(measure.id, field).get(agency, NONE) for field in _FIELDS}
    return LedgerRow(
        measure=_title(measure),
        agency=material.name(agency),
        status="".join(words["status"]) or BLANK,
        progress=words["progress"],
        problems=words["problems"],
        reason=words["reason"],
        next_step=words["next_step"],
    )


def _case(material: Material, place: int, told: tuple[Entry, ...]) -> Titled:
    words = {entry.field: entry for entry in told}
    title = one_line(told[0].item.removeprefix(_CASE))
    summary = lines(words["summary"].text) if "summary" in words else ()
    measure = words.get("measure")
    found = find_item(material.plan, one_line(measure.text)) if measure else None
    said = one_line(measure.text) if measure else ""
    known = f"措施{found.number}" if isinstance(found, Measure) else said
    under = f"（{known}）" if known else ""
    told_by = said_by(material.name(told[0].agency), summary or ("未附摘要",))
    return Titled(f"{place}.{title}{under}", told_by)
