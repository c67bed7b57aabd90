"""一个数的来路：终端和 JSON。"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ipmeasures.ledger.entry import Entry, Receipt
from ipmeasures.ledger.originals import Proof, Verdict
from ipmeasures.plan.model import Commitment, Indicator, Plan
from ipmeasures.plan.names import name_of
from ipmeasures.progress.series import is_summed
from ipmeasures.quarter import Quarter
from ipmeasures.report.fields import field_label
from ipmeasures.report.json_view import Json, decimal_text
from ipmeasures.report.terminal.layout import clip, wrap
from ipmeasures.returns.line import State
from ipmeasures.returns.number import stored_number


@dataclass(frozen=True, slots=True)
class Trail:
    """一个事项一个季度的来路：有效的各笔、历次的每一笔、它们的回执（按回执号）和凭据（按顺序号）。

    ``carried`` 是这个季度的报告沿用的以前各笔。
    ``as_of`` 是看到何时为止（日期或回执号），现在的为空。
    """

    item: str
    quarter: Quarter
    entries: Sequence[Entry]
    history: Sequence[Entry]
    receipts: Mapping[str, Receipt] = field(default_factory=dict)
    proofs: Mapping[int, Proof] = field(default_factory=dict)
    carried: Sequence[Entry] = ()
    as_of: str = ""


def trace_json(plan: Plan, trail: Trail) -> Json:
    """``ipm trace --format json``；几家相加的数在 ``parts`` 里、沿用以前的在 ``carried`` 里分开列。"""
    current = _current(plan, trail)
    several = len(current) > 1 or bool(current and _is_sum(plan, trail.item))
    alone = current[0] if current and not several else None
    facts = _facts(alone, trail) if alone else dict.fromkeys(_KEYS)
    document: Json = {"item": trail.item, "quarter": str(trail.quarter), **facts}
    main = _main_field(trail.history)
    document["history"] = [_facts(e, trail) for e in trail.history if e.field == main]
    if several:
        document["value"] = _sum_text(current)
        document["parts"] = [_facts(entry, trail) for entry in current]
    if trail.carried:
        document["carried"] = [
            {"quarter": str(e.quarter), **_facts(e, trail)} for e in trail.carried
        ]
    return document


def trace_text(plan: Plan, trail: Trail) -> str:
    """一个事项一个季度的全部来路，先后为序；每一笔都说从原件重读的结果。"""
    lines = [f"{trail.item} {name_of(plan.items[trail.item])}（{trail.quarter.label}）"]
    source = _source(plan, trail.item)
    lines += [] if source == trail.item else [f"与 {source} 同一个数"]
    lines += [f"截至 {trail.as_of} 在案的；其后的更正、退回没有算在内"] if trail.as_of else []
    lines.append("")
    if not trail.history:
        lines.append("这个季度没有在案的数或文字。")
    valid = {entry.number for entry in trail.entries}
    for entry in trail.history:
        lines += _one(entry, trail, _mark(entry, valid, trail.history))
    if trail.carried:
        lines += ["", "这个季度的报告沿用以前报的："]
    for entry in trail.carried:
        lines += _one(entry, trail, f"（{entry.quarter.label}报）")
    return "\n".join(lines)


def _one(entry: Entry, trail: Trail, mark: str) -> Iterator[str]:
    """一笔：说了什么，谁、何时，哪个文件哪一格，摘要，从原件重读的结果。"""
    said = decimal_text(entry.value) or entry.text or entry.state.label
    yield from wrap(f"{field_label(entry.field)}：{said}{mark}", indent="  ")
    place = f"{entry.file} {entry.sheet}!{entry.cell}{_as_written(entry)}"
    for fact in (_who_and_when(entry, trail), place):
        yield from wrap(fact, first="  ", indent="  ")
    yield f"  SHA-256 {entry.sha256}"
    if proof := trail.proofs.get(entry.number):
        yield from wrap(_proved(proof), first="  ", indent="  ")


def _who_and_when(entry: Entry, trail: Trail) -> str:
    receipt = trail.receipts.get(entry.receipt)
    filled_by, recorded_by = _people(receipt)
    return (
        f"{entry.agency}{f'（{filled_by}填报）' if filled_by else ''}，"
        f"回执 {entry.receipt}（第{entry.revision}次），"
        f"收到 {entry.received_on.isoformat()}，"
        f"入库 {entry.recorded_at.astimezone():%Y-%m-%d %H:%M:%S}"
        f"{f'（{recorded_by}）' if recorded_by else ''}"
    )


def _people(receipt: Receipt | None) -> tuple[str | None, str | None]:
    """填报人和经办人。"""
    if receipt is None:
        return None, None
    return dict(receipt.signed).get("filled_by"), receipt.recorded_by


def _proved(proof: Proof) -> str:
    if proof.verdict is Verdict.AGREES:
        return f"已从原件重新读出：{clip(proof.raw or '', 40)}，与入库一致"
    if proof.verdict is Verdict.DIFFERS:
        return f"与原件不符：{proof.why}。请运行 ipm verify 核对整本台账"
    return f"没能从原件重新读出：{proof.why}"


def _mark(entry: Entry, valid: set[int], history: Sequence[Entry]) -> str:
    """这一笔现在怎样；没有被取代而又不作数的，是退回了的。"""
    if entry.number in valid:
        return "（现行）"
    if entry.state is State.WITHDRAWN:
        return ""
    replaced = any(later.supersedes == entry.number for later in history)
    return "（已被取代）" if replaced else "（已退回）"


_KEYS = (
    "value", "receipt", "revision", "file", "sha256", "sheet", "cell", "agency", "received_on",
    "recorded_at", "filled_by", "recorded_by", "proof",
)  # fmt: skip


def _facts(entry: Entry, trail: Trail) -> Json:
    filled_by, recorded_by = _people(trail.receipts.get(entry.receipt))
    value = decimal_text(entry.value) or entry.text or entry.state.label
    return {
        "value": value,
        "receipt": entry.receipt,
        "revision": entry.revision,
        "file": entry.file,
        "sha256": entry.sha256,
        "sheet": entry.sheet,
        "cell": entry.cell,
        "agency": entry.agency,
        "received_on": entry.received_on.isoformat(),
        "recorded_at": entry.recorded_at.isoformat(),
        "filled_by": filled_by,
        "recorded_by": recorded_by,
        "proof": _proof_json(trail.proofs.get(entry.number)),
    }


def _proof_json(proof: Proof | None) -> Json | None:
    """凭据：``agrees`` 为 ``null`` 是没能重读，不等于不符。"""
    if proof is None:
        return None
    agrees = {Verdict.AGREES: True, Verdict.DIFFERS: False, Verdict.UNREAD: None}
    return {"raw": proof.raw, "agrees": agrees[proof.verdict], "why": proof.why or None}


def _current(plan: Plan, trail: Trail) -> list[Entry]:
    source = _source(plan, trail.item)
    mine = [e for e in trail.entries if e.item == source and e.quarter == trail.quarter]
    main = _main_field(mine)
    return [entry for entry in mine if entry.field == main]


def _source(plan: Plan, item: str) -> str:
    """数在哪个事项名下报。"""
    found = plan.items[item]
    return found.same_as if isinstance(found, Commitment) and found.same_as else item


def _is_sum(plan: Plan, item: str) -> bool:
    found = plan.items[_source(plan, item)]
    return isinstance(found, (Indicator, Commitment)) and is_summed(found)


def _as_written(entry: Entry) -> str:
    """格里的字与读出的不同时，把原样也写出来。"""
    if entry.value is not None:
        try:
            same = stored_number(entry.raw) == entry.value
        except (ValueError, ArithmeticError):
            same = False
    else:
        same = entry.raw.strip() == (entry.text or entry.state.label)
    return "" if same else f"，原样“{entry.raw}”"


def _main_field(entries: Sequence[Entry]) -> str:
    """一个事项的主要一格：数是本期值，措施是本季度进展，没有写的是状态。"""
    fields = {entry.field for entry in entries}
    wanted = ("value", "progress", "status", "evidence")
    return next((field for field in wanted if field in fields), "value")


def _sum_text(current: Sequence[Entry]) -> str | None:
    values = [entry.value for entry in current if entry.value is not None]
    return decimal_text(sum(values[1:], values[0])) if values else None
