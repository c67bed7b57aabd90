"""写文书：对一个单位，照它欠的、落后的，说清依据、时限、目前、差距、请做什么、何时前、找谁。

不说重视不够一类的话，不替单位写原因；对不隶属市政府的单位用“商请”。
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ipmeasures.ledger.decision import Decision
from ipmeasures.plan.model import Agency, FigureItem, Plan
from ipmeasures.plan.names import current_name
from ipmeasures.plan.owed import owed_by
from ipmeasures.progress.gaps import Gaps
from ipmeasures.progress.reporting import AgencyReport, ReportState, due_date
from ipmeasures.quarter import Quarter
from ipmeasures.report.notice.parts import AskRow, Kind, Notice
from ipmeasures.report.notice.rows import ask_rows
from ipmeasures.report.parts import Text
from ipmeasures.report.wording import day

_REPLIES = (
    "办理情况",
    "未办结的原因",
    "下一步措施和完成时限",
    "承办人和联系电话",
    "单位负责人意见",
)
_PLEASE = {True: "现商请贵单位", False: "请你单位"}
_HOW = (
    "三、填报要求。随附的表只填黄色格：没有发生填0，不涉及填“不适用”并写明理由，按批次、按年发布而没有新数的"
    "填“未更新”，空着算未报；数字不带单位。低于序时进度的，请写明原因和下一步措施。本季度确无进展的，"
    "报送方式选“零报告”。"
)
_YOU = {True: "贵单位", False: "你单位"}


@dataclass(frozen=True, slots=True)
class Occasion:
    """写文书的由头：计划、差距、以前发过的、哪一天写、请何时前回复、督办单从第几号编起。"""

    plan: Plan
    gaps: Gaps
    before: tuple[Decision, ...]
    day: dt.date
    reply_by: dt.date
    next_number: int = 1

    @property
    def quarter(self) -> Quarter:
        """哪个季度的。"""
        return self.gaps.quarter


def notices(occasion: Occasion, kind: Kind, agencies: Sequence[str]) -> tuple[Notice, ...]:
    """给各单位的文书；没有什么可说的单位不写（报送通知人人有份）。"""
    made: list[Notice] = []
    for name in agencies:
        rows = () if kind is Kind.CALL else ask_rows(occasion.plan, occasion.gaps, name)
        if rows or kind is Kind.CALL:
            number = occasion.next_number + len(made)
            made.append(_notice(occasion, kind, name, rows, number))
    return tuple(made)


def _notice(
    occasion: Occasion, kind: Kind, name: str, rows: tuple[AskRow, ...], number: int
) -> Notice:
    agency = occasion.plan.agency_by_name[name]
    return Notice(
        title=_title(occasion, kind, agency),
        number=_number(occasion, kind, number),
        addressee=current_name(agency, occasion.day),
        opening=_opening(occasion, kind, agency),
        rows=rows,
        asks=_asks(occasion, kind, agency),
        before=_before(occasion, name),
        reply_by=day(_deadline(occasion, kind)),
        contact=occasion.plan.settings.contact or "〔联系人、电话待填〕",
        attachment=f"{occasion.quarter}-{name}.xlsx" if kind is Kind.CALL else "",
        replies=_REPLIES if kind is Kind.SUPERVISION else (),
        signature="〔署名待填〕",
        dated="〔成文日期待填〕",
        quarter=occasion.quarter.label,
        agency=name,
    )


def _title(occasion: Occasion, kind: Kind, agency: Agency) -> Text:
    period = occasion.quarter.label
    if kind is Kind.SUPERVISION:
        return ("督　办　单",)
    document = f"《{occasion.plan.document.title}》"
    verb = "报送" if kind is Kind.CALL else "补报和推进"
    form = _form(agency) if kind is Kind.CALL else "提醒函"
    first = f"关于商请{verb}" if agency.courtesy else f"关于{verb}"
    return (first, document, f"{period}进展情况的{form}")


def _form(agency: Agency) -> str:
    return "函" if agency.courtesy else "通知"


def _number(occasion: Occasion, kind: Kind, number: int) -> str:
    """督办单自编流水号，好销号；发文字号由办公室填。"""
    if kind is Kind.SUPERVISION:
        return f"编号：{occasion.quarter}-督办-{number:02d}"
    return "发文字号：〔待填〕"


def _opening(occasion: Occasion, kind: Kind, agency: Agency) -> Text:
    document = occasion.plan.document
    basis = f"按照{document.cited}{document.duty or '的要求'}"
    if kind is Kind.CALL:
        return _call(occasion, agency, basis)
    due = day(due_date(occasion.plan, occasion.quarter))
    said = (
        f"{basis}，{occasion.quarter.label}进展情况应于{due}前报送。"
        f"截至{day(occasion.day)}，{_YOU[agency.courtesy]}尚有下表所列事项需补报或推进。"
    )
    return (said,)


def _call(occasion: Occasion, agency: Agency, basis: str) -> Text:
    please = _PLEASE[agency.courtesy]
    due = day(due_date(occasion.plan, occasion.quarter))
    return (
        f"{basis}，{please}报送{occasion.quarter.label}进展情况。有关事项如下：",
        f"一、报送内容。{_owed(occasion.plan, agency)}",
        f"二、报送时限。{due}前（办公室设定）。",
        _HOW,
    )


def _owed(plan: Plan, agency: Agency) -> str:
    """要报什么：几项指标、几项任务、哪几条措施、几项里程碑。"""
    owed = owed_by(plan, agency.name)
    counts = (
        (len(owed.indicators), "项指标"),
        (len(owed.commitments), "项量化任务"),
        (len(owed.measures), "条措施"),
        (len(owed.milestones), "项里程碑事项"),
    )
    told = [f"共{'、'.join(f'{count}{what}' for count, what in counts if count)}。"]
    figures: tuple[FigureItem, ...] = (*owed.indicators, *owed.commitments)
    if figures:
        told.append(f"指标和任务为：{'、'.join(item.name for item in figures)}。")
    if owed.measures:
        told.append(f"措施为第{_spans([measure.number for measure in owed.measures])}条。")
    return "".join(told)


def _spans(numbers: Sequence[int]) -> str:
    """连号的并起来：1—4、6、22—23。"""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return "、".join(f"{s[0]}—{s[-1]}" if len(s) > 1 else str(s[0]) for s in spans)


def _asks(occasion: Occasion, kind: Kind, agency: Agency) -> Text:
    if kind is Kind.CALL:
        return ()
    please, until = _PLEASE[agency.courtesy], day(occasion.reply_by)
    if kind is Kind.SUPERVISION:
        return (f"{please}于{until}前将办理情况填入下表，盖章后报回。",)
    counts = Counter(bool(row.item) for row in ask_rows(occasion.plan, occasion.gaps, agency.name))
    wanted = "补报进展情况" if counts[False] else "按上表所列逐项办理"
    return (
        f"{please}于{until}前{wanted}；数有出入的，报正确的数并在“说明”栏写明，后报的自动取代先报的。",
    )


def _deadline(occasion: Occasion, kind: Kind) -> dt.date:
    return due_date(occasion.plan, occasion.quarter) if kind is Kind.CALL else occasion.reply_by


def _before(occasion: Occasion, name: str) -> Text:
    """此前为这个季度发过什么，照登记的说。"""
    told = [
        f"此前已于{day(d.day)}发{Kind(d.detail['kind']).label}。"
        for d in occasion.before
        if d.subject == name and d.detail["quarter"] == str(occasion.quarter)
    ]
    return tuple(told)


def pending(occasion: Occasion, states: Sequence[ReportState]) -> tuple[AgencyReport, ...]:
    """某些报送状态的单位。"""
    return tuple(a for a in occasion.gaps.reporting.agencies if a.state in states)
