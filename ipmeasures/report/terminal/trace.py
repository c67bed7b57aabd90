"""一个数的来路：终端和 JSON。"""

from collections.abc import Sequence

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import Commitment, Indicator, Plan
from ipmeasures.plan.names import name_of
from ipmeasures.progress.series import is_summed
from ipmeasures.quarter import Quarter
from ipmeasures.report.fields import field_label
from ipmeasures.report.json_view import Json, decimal_text
from ipmeasures.report.terminal.layout import wrap
from ipmeasures.returns.line import State
from ipmeasures.returns.number import stored_number


def trace_json(
    plan: Plan, item: str, quarter: Quarter, entries: Sequence[Entry], history: Sequence[Entry]
) -> Json:
    """``ipm trace --format json``；几家相加的数在 ``parts`` 里分开列。"""
    current = _current(item, plan, quarter, entries)
    several = len(current) > 1 or bool(current and _is_sum(plan, item))
    alone = current[0] if current and not several else None
    facts = _facts(alone) if alone else dict.fromkeys(_KEYS)
    document: Json = {"item": item, "quarter": str(quarter), **facts}
    main = _main_field(history)
    document["history"] = [_facts(entry) for entry in history if entry.field == main]
    if several:
        document["value"] = _sum_text(current)
        document["parts"] = [_facts(entry) for entry in current]
    return document


def trace_text(
    plan: Plan, item: str, quarter: Quarter, entries: Sequence[Entry], history: Sequence[Entry]
) -> str:
    """一个事项一个季度的全部来路，先后为序。"""
    lines = [f"{item} {name_of(plan.items[item])}（{quarter.label}）"]
    source = _source(plan, item)
    lines += [] if source == item else [f"与 {source} 同一个数"]
    lines.append("")
    if not history:
        return "\n".join([*lines, "这个季度没有在案的数或文字。"])
    valid = {entry.number for entry in entries}
    for entry in history:
        mark = _mark(entry, valid, history)
        label = field_label(entry.field)
        said = decimal_text(entry.value) or entry.text or entry.state.label
        lines += wrap(f"{label}：{said}{mark}", indent="  ")
        lines += wrap(
            f"{entry.agency}，回执 {entry.receipt}（第{entry.revision}次），"
            f"收到 {entry.received_on.isoformat()}，"
            f"入库 {entry.recorded_at.astimezone():%Y-%m-%d %H:%M:%S}",
            first="  ",
            indent="  ",
        )
        place = f"{entry.sheet}!{entry.cell}{_as_written(entry)}"
        lines += wrap(f"{entry.file} {place}", first="  ", indent="  ")
        lines.append(f"  SHA-256 {entry.sha256}")
    return "\n".join(lines)


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
    "recorded_at",
)  # fmt: skip


def _facts(entry: Entry) -> Json:
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
    }


def _current(item: str, plan: Plan, quarter: Quarter, entries: Sequence[Entry]) -> list[Entry]:
    source = _source(plan, item)
    mine = [e for e in entries if e.item == source and e.quarter == quarter]
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
