"""印发了的报告：印了哪些数；以后台账变了的，下一份报告附“数据更正说明”。"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from ipmeasures.ledger.decision import Decision, SentBack
from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import FigureItem, Plan
from ipmeasures.progress.goal import source_of
from ipmeasures.quarter import Quarter
from ipmeasures.report.parts import BLANK, CorrectionRow
from ipmeasures.report.proof.document import Words
from ipmeasures.report.proof.numbers import figures_in
from ipmeasures.report.wording import listed, one_line, stopped, unstopped

UNSAID = "未说明原因"
_VALUE = "本期"
Printed = Mapping[str, str]
"""事项编号 → 印的本期数（表里的样子，如 ``8.36（累计41.36）``）。"""


def printed_figures(words: Words, items: Iterable[FigureItem]) -> dict[str, str]:
    """一份报告的表里印的各事项的本期数；表里没有的事项不在其中。"""
    by_name = {name: item.id for item in items for name in (item.name, item.id)}
    found: dict[str, str] = {}
    for table in words.tables:
        heads = table.rows[0] if table.rows else ()
        if _VALUE not in heads:
            continue
        for row in table.rows[1:]:
            cells = dict(zip(heads, row, strict=False))
            item = next((by_name[cell] for cell in row if cell in by_name), None)
            if item and _VALUE in cells:
                found.setdefault(item, cells[_VALUE])
    return found


def corrections(  # noqa: PLR0913, PLR0917 - 计划、台账和印发记录
    plan: Plan,
    entries: Sequence[Entry],
    sent_back: Sequence[SentBack],
    issued: Iterable[Decision],
    quarter: Quarter,
    current: Callable[[Quarter], Printed],
) -> tuple[CorrectionRow, ...]:
    """到 ``quarter`` 为止印发了的报告里，与现在不同的数。

    后来的报告已经更正过的，以更正后的为准，不重复说；写法不同、大小相同的不算。

    Args:
        plan: 计划。
        entries: 有效的各笔。
        sent_back: 退回了的。
        issued: 印发的记录，先后为序。
        quarter: 写哪个季度的报告。
        current: 一个季度现在该印的数。

    Returns:
        按季度、按计划的次序。
    """
    published = _published(issued)
    rows = []
    for when in sorted({when for when, _ in published if when <= quarter}):
        now = current(when)
        for item in plan.asked_items:  # 同一个数的两项，说一次
            told = published.get((when, item.id))
            if told and _size(told[0]) != _size(now.get(item.id, BLANK)):
                new = now.get(item.id, BLANK)
                rows.append(_row(plan, item, when, told, new, entries, sent_back))
    return tuple(rows)


def _published(issued: Iterable[Decision]) -> dict[tuple[Quarter, str], tuple[str, Decision]]:
    """各季度各事项最近一次公开说的数，和是哪一次印发说的。"""
    found: dict[tuple[Quarter, str], tuple[str, Decision]] = {}
    for decision in issued:
        own = {decision.detail["quarter"]: decision.detail["figures"]}
        for quarter, figures in (*decision.detail["corrected"].items(), *own.items()):
            for item, text in figures.items():
                found[Quarter.parse(quarter), item] = (text, decision)
    return found


def _size(text: str) -> list[object]:
    """说的是多大；没有数的看字。"""
    return [figure.said for figure in figures_in(text)] or [text]


def _row(  # noqa: PLR0913, PLR0917 - 一行要的各样
    plan: Plan,
    item: FigureItem,
    quarter: Quarter,
    told: tuple[str, Decision],
    new: str,
    entries: Sequence[Entry],
    sent_back: Sequence[SentBack],
) -> CorrectionRow:
    old, decision = told
    source = source_of(plan, item).id
    since = [
        e
        for e in entries
        if e.item == source and e.quarter <= quarter and e.recorded_at > decision.recorded_at
    ]
    back = [
        s
        for s in sent_back
        if s.quarter == quarter and source in s.waiting and s.decision.number > decision.number
    ]
    reasons = [f"{e.agency}：{_said(e.text)}" for e in since if e.field == "note" and e.text]
    reasons += [f"{s.agency}所报已退回：{_said(s.decision.why)}" for s in back]
    agencies = [e.agency for e in since if e.field == "value"] + [s.agency for s in back]
    return CorrectionRow(
        quarter,
        item.id,
        _report(decision, quarter),
        item.name,
        item.how.unit,
        old,
        new,
        stopped("；".join(dict.fromkeys(reasons)) or UNSAID),
        listed(dict.fromkeys(agencies), BLANK),
    )


def _said(text: str) -> str:
    return unstopped(one_line(text))


def _report(decision: Decision, quarter: Quarter) -> str:
    number = decision.detail.get("number")
    period = f"{quarter.year}年度" if quarter.number == 4 else quarter.label
    return f"{period}报告" + (f"（{number}）" if number else "")
