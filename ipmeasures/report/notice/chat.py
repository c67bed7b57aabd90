"""贴到工作群里的几行：谁还没有报、谁的要改；落后多少不在群里说。"""

from ipmeasures.plan.names import current_name
from ipmeasures.progress.reporting import ReportState, due_date
from ipmeasures.report.notice.view import Occasion, pending
from ipmeasures.report.wording import day


def chat_text(occasion: Occasion) -> str:
    """群里发的话；都报齐了的，说报齐了。"""
    plan, quarter = occasion.plan, occasion.quarter
    due = due_date(plan, quarter)
    late = occasion.day > due
    head = f"【{quarter.label}进展情况报送】报送时限{day(due)}" + ("（已过）。" if late else "。")
    lines = [head]
    groups = (
        ("还没有收到", (ReportState.MISSING, ReportState.PENDING)),
        ("已退回、请改正后重报", (ReportState.SENT_BACK,)),
    )
    for said, states in groups:
        names = [
            current_name(plan.agency_by_name[a.name], occasion.day)
            for a in pending(occasion, states)
        ]
        if names:
            lines.append(f"{said}（{len(names)}家）：{'、'.join(names)}。")
    for agency, items in occasion.gaps.reporting.waiting:
        name = current_name(plan.agency_by_name[agency], occasion.day)
        lines.append(f"有几项请改正后重报：{name}（{'、'.join(items)}）。")
    if len(lines) == 1:
        return f"{head}\n各单位都已报齐，谢谢。"
    please = f"请于{day(occasion.reply_by)}前报来" if late else "请按时报来"
    lines.append(f"{please}；确无进展的报零报告，已报的不必再报。谢谢。")
    return "\n".join(lines)
