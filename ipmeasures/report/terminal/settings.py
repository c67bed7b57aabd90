"""导入设定表的答复：改了哪些，原来和现在，写到了哪里；有错的逐处说。"""

from collections.abc import Sequence
from pathlib import Path

from ipmeasures.forms.settings.layout import MEMBERS, REPORTERS, TERMS
from ipmeasures.ledger.decision import Decision
from ipmeasures.problem import Problem
from ipmeasures.report.terminal.intake import problem_lines
from ipmeasures.report.terminal.layout import clip, wrap
from ipmeasures.returns.settings.changes import Change

_LONGEST = 100
# 这些设定决定表上有哪些行、问什么
_ASKING = {(REPORTERS.sheet, None), (TERMS.sheet, "数的性质"), (MEMBERS.sheet, "是否成员")}


def refusal_lines(name: str, problems: Sequence[Problem]) -> list[str]:
    """没有导入：逐处的问题。"""
    head = wrap(f"{name}：有错，没有导入，计划文件没有动", first="[退回] ", indent=" " * 7)
    return [*head, *problem_lines(problems, notes=True)]


def change_lines(name: str, changes: Sequence[Change], problems: Sequence[Problem]) -> list[str]:
    """要改的各处，原来的和现在的。"""
    if not changes:
        return [
            *wrap(f"{name}：与现在的设定相同，没有要改的"),
            *problem_lines(problems, notes=True),
        ]
    lines = wrap(f"{name}：改 {len(changes)} 处")
    for change in changes:
        lines += wrap(change_text(change), first="  ", indent="    ")
    return [*lines, *problem_lines(problems, notes=True)]


def change_text(change: Change) -> str:
    """一处改动的一句话。"""
    return f"{change.place} {change.what}：{_shown(change.old)} -> {_shown(change.new)}"


def stored_lines(
    files: Sequence[Path],
    backup: Path,
    decision: Decision | None,
    changes: Sequence[Change],
    *,
    was_recorded: bool,
) -> list[str]:
    """写到了哪里；路径不折行，便于复制。"""
    lines = [f"已写回 {path}" for path in files]
    lines.append(f"原来的计划文件留在 {backup}")
    if decision is None:
        lines.append("还没有台账，这次改动没有记录，只改了计划文件")
    elif was_recorded:
        lines += wrap(
            f"上次已记入台账而没有写完（{decision.recorded_by}，{decision.day}），现在写完了"
        )
    else:
        lines += wrap(f"已记入台账：{decision.recorded_by}，理由：{decision.why}（ipm log 可看）")
    if any(_changes_forms(change) for change in changes):
        lines += wrap("填报的分工或数的性质改了：已发出、还没有收回的空表，请用 ipm form 重新生成")
    return lines


def _changes_forms(change: Change) -> bool:
    sheet = change.place.sheet
    return bool({(sheet, None), (sheet, change.header)} & _ASKING)


def _shown(text: str) -> str:
    return clip(text, _LONGEST) or "（空）"
