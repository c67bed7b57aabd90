"""台账的历史在终端上怎么显示：一次写入一段，改动逐格列原来的和现在的。"""

from collections.abc import Mapping, Sequence

from ipmeasures.ledger.decision import Decision, DecisionKind
from ipmeasures.ledger.entry import Entry
from ipmeasures.ledger.log import Act, Correction, Filed
from ipmeasures.report.fields import field_label, item_label
from ipmeasures.report.json_view import Json, decimal_text
from ipmeasures.report.terminal.layout import clip, wrap

_LONGEST = 60


def log_text(acts: Sequence[Act], total: int) -> str:
    """先后为序；``total`` 是不限次数时共有几次。"""
    if not acts:
        return "没有符合的记录。"
    lines: list[str] = []
    for act in acts:
        head = f"{act.recorded_at.astimezone():%Y-%m-%d %H:%M:%S}  {act.recorded_by}"
        lines += [head, *_body(act), ""]
    shown = f"共 {total} 次写入" + (f"，列出最近 {len(acts)} 次" if len(acts) < total else "")
    return "\n".join([*lines, shown])


def _body(act: Act) -> list[str]:
    lines = [line for filed in act.filed for line in _filed(filed)]
    if act.decisions:
        lines += wrap(_decision(act.decisions), first="  ", indent="    ")
        for change in act.decisions[0].detail.get("changes", ()):
            lines += wrap(_setting(change), first="    ", indent="      ")
    return lines


def _filed(filed: Filed) -> list[str]:
    one = filed.receipt
    said = (
        f"入库 {one.receipt} {one.agency} {one.quarter} 第{one.revision}次（{one.file}，{one.manner}）："
        f"{one.figures} 个数，{one.texts} 段文字"
    )
    lines = wrap(said, first="  ", indent="    ")
    for correction in filed.corrections:
        lines += wrap(_correction(correction), first="    ", indent="      ")
    for confirmed in filed.confirmations:
        text = f"确认 {confirmed.item} 照原样入库，理由：{confirmed.reason}"
        lines += wrap(text, first="    ", indent="      ")
    lines += [f"    附件 {name}" for name in filed.attachments]
    return lines


def _correction(one: Correction) -> str:
    label = f"{item_label(one.new.item)} {field_label(one.new.field)}"
    why = f"（说明：{clip(one.why, _LONGEST)}）" if one.why and one.new.field == "value" else ""
    back = "（原来的已退回）" if one.old_sent_back else ""
    return f"{label}：{_said(one.old)}{back} -> {_said(one.new)}{why}"


def _said(entry: Entry | None) -> str:
    if entry is None:
        return "（无）"
    return decimal_text(entry.value) or clip(entry.text or entry.state.label, _LONGEST)


def _decision(decisions: Sequence[Decision]) -> str:
    first = decisions[0]
    items = "、".join(d.item for d in decisions if d.item)
    subject = first.detail.get("file", first.subject)
    about = f"{subject} {items}" if items else subject
    if first.kind is DecisionKind.ISSUE:
        detail = first.detail
        number = detail["number"] or "没有写文号"
        return f"印发 {about}（{detail['quarter']} 的报告，{number}，{detail['date']}）"
    return f"{first.kind.label} {about}，理由：{first.why}"


def _setting(change: Mapping[str, str]) -> str:
    """改设定时的一处：哪一项，原来的和现在的。"""
    old, new = (clip(change[key], _LONGEST) or "（空）" for key in ("old", "new"))
    return f"{change['sheet']}：{change['setting']}：{old} -> {new}"


def log_json(acts: Sequence[Act]) -> Json:
    """同上，给程序用；文字不截短。"""
    return {
        "acts": [
            {
                "recorded_at": act.recorded_at.isoformat(),
                "recorded_by": act.recorded_by,
                "receipts": [_filed_json(filed) for filed in act.filed],
                "decisions": [_decision_json(decision) for decision in act.decisions],
            }
            for act in acts
        ]
    }


def _filed_json(filed: Filed) -> Json:
    one = filed.receipt
    return {
        "receipt": one.receipt,
        "agency": one.agency,
        "quarter": str(one.quarter),
        "revision": one.revision,
        "manner": one.manner,
        "file": one.file,
        "sha256": one.sha256,
        "received_on": one.received_on.isoformat(),
        "figures": one.figures,
        "texts": one.texts,
        "changes": [
            {
                "item": c.new.item,
                "field": c.new.field,
                "old": _whole(c.old) if c.old else None,
                "new": _whole(c.new),
                "why": c.why,
                **({"old_sent_back": True} if c.old_sent_back else {}),
            }
            for c in filed.corrections
        ],
        "confirmations": [{"item": c.item, "reason": c.reason} for c in filed.confirmations],
        "attachments": list(filed.attachments),
    }


def _decision_json(decision: Decision) -> Json:
    return {
        "kind": decision.kind.value,
        "subject": decision.subject,
        "item": decision.item,
        "why": decision.why,
        "detail": dict(decision.detail),
    }


def _whole(entry: Entry) -> str:
    return decimal_text(entry.value) or entry.text or entry.state.label
