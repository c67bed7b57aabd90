"""收表的答复：终端上一个文件一段，问题按工作表归拢。"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from ipmeasures.ledger.posted import Filed, Posted
from ipmeasures.problem import Problem, Severity, sentence
from ipmeasures.report.fields import field_label, item_label
from ipmeasures.report.json_view import Json
from ipmeasures.report.taken import cell_text, corrections, kept_cells, old_and_new
from ipmeasures.report.terminal.layout import WIDTH, width, wrap
from ipmeasures.returns.line import State

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def outcome_lines(name: str, outcome: str, posted: Posted | None, *, dry_run: bool) -> list[str]:
    """一个文件收得怎样：收下的每个单位一行回执。"""
    if posted is None:
        said = "读不了，没有入库" if outcome == "unreadable" else "有错，整份没有入库"
        head = "[读不了] " if outcome == "unreadable" else "[退回] "
        return wrap(f"{name}：{said}", first=head, indent=" " * 7)
    lines: list[str] = []
    for filed in posted.filings:
        lines += _filed_lines(name, filed, dry_run=dry_run)
    return lines


def _filed_lines(name: str, filed: Filed, *, dry_run: bool) -> list[str]:
    who = f"{filed.filing.agency} {filed.filing.quarter}"
    receipt = filed.receipt
    if filed.outcome == "duplicate" and receipt:
        why = "内容与在案的相同" if filed.same_values else "同一份文件已收过"
        return _filed(f"[重复] {name}：{who}，{why}，回执 {receipt.receipt}")
    if dry_run or receipt is None:
        return _filed(f"[试算] {name}：{who}，可以入库（没有存）")
    return [
        *_filed(f"[入库] {name}：{who} 第{receipt.revision}次，回执 {receipt.receipt}"),
        f"       报送方式 {filed.filing.manner}，台账校验码 {receipt.head}",
    ]


def _filed(said: str) -> list[str]:
    return wrap(said, indent=" " * 7)


def count_lines(figures: int, posted: Posted | None) -> list[str]:
    """数进数出：读到的＝入库的＋撤回的＋与在案相同的＋拒收的；入库的里新增、更正各几个。"""
    stored = sum(f.stored_figures for f in posted.filings) if posted else 0
    kept = figures - stored if posted else 0
    refused = 0 if posted else figures
    gone = _withdrawn(posted, figures=True)
    taken = f"＋撤回 {gone}" if gone else ""
    counted = f"读到 {figures} 个数＝入库 {stored}{_renewed(posted)}{taken}＋不变 {kept - gone}＋拒收 {refused}"
    counted = counted if figures else "没有填数"
    spoken = _spoken(posted)
    whole = f"       {counted}；{spoken}"
    return [whole] if width(whole) <= WIDTH else [f"       {counted}", f"       {spoken}"]


def _spoken(posted: Posted | None) -> str:
    """文字只报段数。"""
    changes = [c for f in posted.filings for c in f.changes if c.is_text] if posted else []
    renewed = sum(change.old is not None for change in changes)
    said = f"入库文字 {len(changes)} 段" + (f"（更正 {renewed}）" if renewed else "")
    withdrawn = _withdrawn(posted, figures=False)
    return f"{said}，撤回 {withdrawn} 段" if withdrawn else said


def _renewed(posted: Posted | None) -> str:
    """入库的里有更正的，新增、更正各几个。"""
    taken = [c for f in posted.filings for c in f.changes if c.is_figure] if posted else []
    renewed = sum(change.old is not None for change in taken)
    return f"（新增 {len(taken) - renewed}、更正 {renewed}）" if renewed else ""


def _withdrawn(posted: Posted | None, *, figures: bool) -> int:
    changes = [c for f in posted.filings for c in f.changes] if posted else []
    return sum(c.new.state is State.WITHDRAWN and (c.field == "value") is figures for c in changes)


def problem_lines(problems: Sequence[Problem], *, notes: bool) -> list[str]:
    """问题清单，按工作表归拢；``notes`` 为假时“说明”只报条数。"""
    chosen = [p for p in problems if notes or p.severity is not Severity.NOTE]
    lines: list[str] = []
    for sheet, found in groupby(sorted(chosen, key=_by_place), key=lambda p: p.place.sheet):
        lines.append(f"  {sheet or '整个文件'}：")
        for one, same in _alike(found):
            text = f"{_where(one, same)}{sentence(one.message)}{sentence(one.fix)}{_also(same)}"
            lines += wrap(text, first=f"    [{one.severity.label}] ", indent=" " * 11)
    hidden = len(problems) - len(chosen)
    if hidden:
        lines.append(f"  另有 {hidden} 条说明（--notes 全部列出）")
    return lines


def _alike(problems: Iterable[Problem]) -> list[tuple[Problem, list[Problem]]]:
    """只是事项不同的几个问题并成一条说。"""
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for one in problems:
        groups.setdefault((one.code, one.message, one.fix), []).append(one)
    return [(same[0], same) for same in groups.values()]


def _also(same: Sequence[Problem]) -> str:
    """要一起看、一起改的别的格；同一张表的只写格子。"""
    here = same[0].place.sheet
    places = dict.fromkeys(
        place.cell if place.sheet == here else str(place) for p in same for place in p.also
    )
    return f"有关的格：{'、'.join(places)}。" if places else ""


def _where(one: Problem, same: list[Problem]) -> str:
    """在哪一格、哪一项；并成一条的全部列出。"""
    places = [" ".join(part for part in (p.place.cell, p.item) if part) for p in same]
    said = "、".join(place for place in places if place)
    return (
        f"{said} "
        if said and (len(same) > 1 or one.item not in one.message)
        else (f"{one.place.cell} " if one.place.cell else "")
    )


def kept_lines(posted: Posted | None) -> list[str]:
    """这次没有写、照旧保留的事项。"""
    if posted is None:
        return []
    kept = [
        f"{f.filing.agency} {'、'.join(item_label(i) + cells for i, cells in kept_cells(f).items())}"
        for f in posted.filings
        if f.kept
    ]
    return wrap("；".join(kept), first="       保留在案的：", indent=" " * 9) if kept else []


def correction_lines(posted: Posted | None) -> list[str]:
    """更正和撤回了的数，一个一行；文字只计段数，不在这里列。"""
    lines: list[str] = []
    filings = posted.filings if posted else ()
    for filed in filings:
        who = f"{filed.filing.agency} " if len(filings) > 1 else ""
        for text in corrections(filed):
            lines += wrap(f"{who}{text}", first=" " * 9, indent=" " * 11)
    return ["       更正的数（原来的 -> 现在的）：", *lines] if lines else []


def change_lines(posted: Posted | None) -> list[str]:
    """试算时逐格说：新报的，和 原→现；与在案相同的数列出事项。"""
    lines: list[str] = []
    filings = posted.filings if posted else ()
    for filed in filings:
        who = f"{filed.filing.agency} " if len(filings) > 1 else ""
        for change in filed.changes:
            what = f"{item_label(change.item)} {field_label(change.field)}"
            old, new = change.old, change.new
            both = old_and_new(old, new) if old else f"（无） -> {cell_text(new)}"
            text = f"{who}{what}：{both}"
            lines += wrap(text, first="       ", indent=" " * 9)
        same = _same_items(filed)
        if same:
            text = f"{who}与在案相同 {len(same)} 个：{'、'.join(map(item_label, same))}"
            lines += wrap(text, first="       ", indent=" " * 9)
    return lines


def _same_items(filed: Filed) -> list[str]:
    """报了数、与在案的没有两样的事项。"""
    changed = {change.item for change in filed.changes if change.field == "value"}
    told = [line for line in filed.filing.lines if line.field == "value"]
    return [x.item for x in told if x.item not in changed and x.state is not State.WITHDRAWN]


def problem_json(found: Problem) -> Json:
    """一个问题。"""
    return {
        "code": found.code,
        "severity": found.severity.value,
        "sheet": found.place.sheet or None,
        "cell": found.place.cell or None,
        "item": found.item or None,
        "value": found.value or None,
        "message": found.message,
        "fix": found.fix,
    }


def receipts_json(posted: Posted | None) -> list[Json]:
    """一个文件里各单位的回执。"""
    return [
        {
            "receipt": filed.receipt.receipt if filed.receipt else None,
            "agency": filed.filing.agency,
            "quarter": str(filed.filing.quarter),
            "revision": filed.receipt.revision if filed.receipt else None,
            "figures": filed.stored_figures,
            "texts": filed.stored_texts,
            "kept": list(filed.kept),
            "changes": [
                {
                    "item": change.item,
                    "field": change.field,
                    "old": cell_text(change.old) if change.old else None,
                    "new": cell_text(change.new),
                }
                for change in filed.changes
            ],
        }
        for filed in (posted.filings if posted else ())
    ]


def _by_place(found: Problem) -> tuple[str, int, int, str]:
    digits = "".join(c for c in found.place.cell if c.isdigit())
    return (
        found.place.sheet,
        _ORDER[found.severity],
        int(digits or 0),
        found.place.cell,
    )
