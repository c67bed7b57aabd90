"""改了什么：一处一条，原来和现在；变成对计划文件的改动。"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ipmeasures.forms.settings.layout import AGENDA, MEMBERS, RENAMED_SHEET
from ipmeasures.forms.settings.pages import RENAMING_KEYS
from ipmeasures.forms.settings.slot import Kind, Value
from ipmeasures.plan.edit import Edit
from ipmeasures.plan.source import Trail
from ipmeasures.plan.tree import Sources, names_in
from ipmeasures.problem import Place
from ipmeasures.returns.settings.read import Answer

_MEMBERS: Trail = ("settings", "members")
_PARTS = len(RENAMING_KEYS)


@dataclass(frozen=True, slots=True)
class Change:
    """一处改动：在设定表的哪里、哪一行的哪一项，原来和现在（没有设是空串）。"""

    place: Place
    row: str
    header: str
    old: str
    new: str

    @property
    def what(self) -> str:
        """改的是什么：“市公安局 联系人”；“报送安排”一行就是一项。"""
        return self.row if self.place.sheet == AGENDA.sheet else f"{self.row} {self.header}"


def changes_of(answers: Iterable[Answer]) -> tuple[Change, ...]:
    """改过的各格，按表上的次序。"""
    return tuple(
        Change(one.place, one.row, one.header, one.old, one.new)
        for one in answers
        if one.is_changed
    )


def edits_of(answers: tuple[Answer, ...], sources: Sources) -> tuple[Edit, ...]:
    """改过的各格对两个文件的改动。"""
    changed = [answer for answer in answers if answer.is_changed]
    single = [a for a in changed if a.sheet != RENAMED_SHEET and a.column != "member"]
    return (
        *(edit for answer in single for edit in _edits(answer, sources)),
        *_renamings(answers, sources),
        *_members(answers, sources),
    )


def _edits(answer: Answer, sources: Sources) -> Iterator[Edit]:
    slot, value = answer.slot, answer.value
    if slot.kind is Kind.AGENCY:
        yield _lead(slot.trail, value, sources)
    elif slot.kind is Kind.WAYPOINTS:
        yield from _waypoints(answer)
    else:
        yield Edit(slot.file, slot.trail, value, slot.after)


def _lead(trail: Trail, value: Value, sources: Sources) -> Edit:
    """牵头单位是措施的办公室设定里唯一的一项：没有了，整个去掉。"""
    office = trail[:-1]
    if value is None:
        return Edit("measures", office, None)
    if "office" in sources.measures.tree["measures"][trail[1]]:
        return Edit("measures", trail, value)
    return Edit("measures", office, {"lead": str(value)}, after="agencies")


def _waypoints(answer: Answer) -> Iterator[Edit]:
    """一年一项：没有变的年份不动。"""
    slot, old, new = answer.slot, _points(answer.slot.value), _points(answer.value)
    if not old or not new:
        yield Edit(slot.file, slot.trail, new or None, slot.after)
        return
    for year in sorted(old.keys() | new.keys()):
        if old.get(year) != new.get(year):
            yield Edit(slot.file, (*slot.trail, year), new.get(year))


def _points(value: Value) -> dict[str, str]:
    """“2022=6” → 年份和值。"""
    return dict(point.split("=", 1) for point in value or ())


def _renamings(answers: Iterable[Answer], sources: Sources) -> Iterator[Edit]:
    """一家的更名：照先后排紧，一次一次对着改；多的去掉，少的添上。"""
    by_row: dict[str, list[Answer]] = {}
    for answer in answers:
        if answer.sheet == RENAMED_SHEET:
            by_row.setdefault(answer.row, []).append(answer)
    for found in by_row.values():
        above = found[0].slot.trail[:-2]
        yield from _renaming(above, _times(found, new=False), _times(found, new=True), sources)


def _times(found: list[Answer], *, new: bool) -> list[dict[str, str]]:
    values = [answer.value if new else answer.slot.value for answer in found]
    times = [values[n : n + _PARTS] for n in range(0, len(values), _PARTS)]
    return [
        {key: str(value) for key, value in zip(RENAMING_KEYS, one, strict=True) if value}
        for one in times
        if any(one)
    ]


def _renaming(
    above: Trail, old: list[dict[str, str]], new: list[dict[str, str]], sources: Sources
) -> Iterator[Edit]:
    if old == new:
        return
    if not new or "renamed" not in sources.measures.tree["agencies"][above[1]]["office"]:
        yield Edit("measures", above, tuple(new) or None)
        return
    for n, (before, after) in enumerate(zip(old, new, strict=False)):
        for key in RENAMING_KEYS:
            if before.get(key) != after.get(key):
                yield Edit("measures", (*above, n, key), after.get(key))
    for n in range(len(new), len(old)):
        yield Edit("measures", (*above, n), None)
    for n in range(len(old), len(new)):
        yield Edit("measures", (*above, n), new[n])


def _members(answers: Iterable[Answer], sources: Sources) -> Iterator[Edit]:
    """成员名单：留下的照原来的次序，新加的接在后面。"""
    found = [a for a in answers if a.sheet == MEMBERS.sheet and a.column == "member"]
    if not any(answer.is_changed for answer in found):
        return
    now = [answer.row for answer in found if answer.value == "yes"]
    listed = names_in(sources.targets.tree["settings"]["members"], "named")
    kept = [name for name in listed if name in now]
    yield Edit("targets", _MEMBERS, (*kept, *(name for name in now if name not in kept)))
