"""导出以后计划又改过的：改过的格子只要没有撞上别人改的，照样算数。"""

from collections.abc import Iterable
from dataclasses import replace

from ipmeasures.forms.settings.slot import Page, Slot
from ipmeasures.problem import Place, Problem
from ipmeasures.returns.settings.read import Answer, quoted
from ipmeasures.returns.settings.sayings import wrong

_Key = tuple[str, str, str]


def answers_now(
    answers: Iterable[Answer], then: Iterable[Page], now: Iterable[Page]
) -> tuple[tuple[Answer, ...], tuple[Problem, ...]]:
    """照现在的计划看读到的各格。

    Args:
        answers: 照导出时的计划读到的各格。
        then: 导出时的各张表。
        now: 现在的计划的各张表。

    Returns:
        现在的每一格：表上改了的是改成的，别的是现在的，没有读准的不在其中；和撞上的问题。
    """
    read = {(one.sheet, one.row, one.column): one for one in answers}
    slots, unread = _slots(now), _slots(then).keys() - read.keys()
    found, problems = [], []
    for key, (header, slot) in slots.items():
        if key in unread:
            continue
        answer = read.get(key)
        clash = _clash(answer, slot) if answer else None
        if clash:
            problems.append(clash)
        if answer and answer.is_changed and not clash:
            found.append(replace(answer, slot=slot))
        else:
            place = answer.place if answer else Place(key[0])
            found.append(Answer(*key, header, slot, slot.value, place))
    problems += [
        wrong("setting_gone", one.place, item=one.row, header=one.header)
        for key, one in read.items()
        if one.is_changed and key not in slots
    ]
    return tuple(found), tuple(problems)


def _clash(answer: Answer, slot: Slot) -> Problem | None:
    """两边都改了，又改得不一样。"""
    if not answer.is_changed or slot.value in (answer.slot.value, answer.value):
        return None
    current = replace(answer, slot=slot, value=slot.value)
    return wrong(
        "setting_conflict",
        answer.place,
        item=answer.row,
        value=answer.new,
        header=answer.header,
        old=quoted(answer.old).removeprefix("是"),
        now=quoted(current.new).removeprefix("是"),
        new=quoted(answer.new),
    )


def _slots(pages: Iterable[Page]) -> dict[_Key, tuple[str, Slot]]:
    return {
        (page.layout.sheet, row.key, column.key): (column.header, slot)
        for page in pages
        for row in page.rows
        for column in page.layout.columns
        if isinstance(slot := row.cells[column.key], Slot)
    }
