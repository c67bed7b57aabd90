"""六、报送情况：按时的、迟报的、零报告的、补录的、退回的、没有报的，列名，不排名次。"""

from collections.abc import Iterable

from ipmeasures.plan.names import name_of
from ipmeasures.progress.reporting import AgencyReport, ReportState
from ipmeasures.report.material import Material
from ipmeasures.report.numbers import share
from ipmeasures.report.parts import Text
from ipmeasures.report.wording import day, marked


def returned(material: Material) -> Text:
    """各段；没有的一类不写。"""
    reporting = material.gaps.reporting
    received = [a for a in reporting.agencies if a.state is ReportState.RECEIVED]
    head = (
        f"{material.this_quarter}应报单位{len(reporting.counted)}家，报送时限为{day(reporting.due_on)}"
        f"（办公室设定）。截至{day(material.made.day)}，已报{len(reporting.received)}家，"
        f"完整率{share(reporting.completeness, blank='不适用')}，"
        f"及时率{share(reporting.timeliness, blank='不适用')}。"
    )
    timely = [a for a in received if not a.late and a.manner != "补录"]
    groups: tuple[tuple[str, Iterable[AgencyReport]], ...] = (
        ("按时报送", timely),
        ("迟报", [a for a in received if a.late]),
        ("补录", [a for a in received if a.manner == "补录"]),
        ("零报告", [a for a in received if a.manner == "零报告"]),
        ("办公室代录", [a for a in received if a.manner == "办公室代录"]),
        ("已退回", _in(reporting.agencies, ReportState.SENT_BACK)),
        ("未报", _in(reporting.agencies, ReportState.MISSING)),
        ("尚未到期、还没有报", _in(reporting.agencies, ReportState.PENDING)),
    )
    told = [_group(material, label, list(members)) for label, members in groups]
    others = (_outsiders(material), _waiting(material))
    return (head, *(line for line in (*told, *others) if line))


def _outsiders(material: Material) -> str:
    """不是成员而有事项要报的：照常列在上面，率里不算。"""
    names = material.gaps.reporting.outsiders
    told = f"非成员单位{len(names)}家，有事项要报，不计入完整率和及时率：{material.names(names)}。"
    return told if names else ""


def _waiting(material: Material) -> str:
    """单项退回的：是谁的哪几项。"""
    names = {item.id: name_of(item) for item in material.plan.items.values()}
    told = [
        f"{material.name(agency)}（{'、'.join(names.get(item, item) for item in items)}）"
        for agency, items in material.gaps.reporting.waiting
    ]
    return f"单项退回、尚待重报：{'、'.join(told)}。" if told else ""


def _in(agencies: Iterable[AgencyReport], state: ReportState) -> list[AgencyReport]:
    return [a for a in agencies if a.state is state]


def _group(material: Material, label: str, members: list[AgencyReport]) -> str:
    if not members:
        return ""
    names = [_member(material, label, member) for member in members]
    return f"{label}（{len(members)}家）：{'、'.join(names)}。"


def _member(material: Material, label: str, member: AgencyReport) -> str:
    name = material.name(member.name)
    if label == "迟报" and member.received_on:
        return marked(name, f"{day(member.received_on)}收到")
    return name
