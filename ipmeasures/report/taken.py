"""收下一份报表以后怎么说：保留了哪几格，更正了哪几个数。终端和回执同用。"""

from collections import defaultdict

from ipmeasures.ledger.entry import Entry
from ipmeasures.ledger.posted import Filed
from ipmeasures.report.fields import field_label
from ipmeasures.report.json_view import decimal_text
from ipmeasures.returns.line import Line


def kept_cells(filed: Filed) -> dict[str, str]:
    """照旧保留的事项 → 保留的是哪几格；这次一格也没有写的事项，不必说是哪几格，为空串。"""
    written = {line.item for line in filed.filing.lines}
    fields: dict[str, list[str]] = defaultdict(list)
    for entry in sorted(filed.kept_entries, key=lambda entry: entry.item):
        fields[entry.item].append(field_label(entry.field))
    return {
        item: f"（{'、'.join(labels)}）" if item in written else ""
        for item, labels in fields.items()
    }


def corrections(filed: Filed) -> list[str]:
    """更正和撤回了的数，一个一句：事项和原来的 -> 现在的；文字不列。"""
    return [
        f"{change.item}：{old_and_new(change.old, change.new)}"
        for change in filed.changes
        if change.field == "value" and change.old is not None
    ]


def cell_text(cell: Entry | Line) -> str:
    """一格写的是什么：数、文字，或状态。"""
    if cell.value is not None:
        return decimal_text(cell.value) or ""
    return cell.text or cell.state.label


def old_and_new(old: Entry, new: Line) -> str:
    """原来的 -> 现在的；数没有变、只改了数据时点的，写出时点。"""
    if old.value != new.value or new.data_at is None:
        return f"{cell_text(old)} -> {cell_text(new)}"
    return f"{cell_text(old)}（{old.data_at or old.quarter}） -> {cell_text(new)}（{new.data_at}）"
