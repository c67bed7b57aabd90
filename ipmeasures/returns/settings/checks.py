"""各格合起来看：名称有没有撞、界线的次序、几家的数怎么合、更名写没写全。"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ipmeasures.forms.settings.agenda import NAMES, default_of
from ipmeasures.forms.settings.layout import AGENDA, MEMBERS, RENAMED_SHEET, REPORTERS, TERMS
from ipmeasures.forms.settings.pages import RENAMING_KEYS
from ipmeasures.forms.settings.slot import EVERYONE_WORD, Kind, Value
from ipmeasures.plan.names import same_name
from ipmeasures.plan.terms import Path
from ipmeasures.problem import Problem
from ipmeasures.returns.settings.read import Answer
from ipmeasures.returns.settings.sayings import wrong

_ORDERED = (
    ("ahead_index", "on_track_index", "far_behind_index"),
    ("ahead_gap", "on_track_gap", "far_behind_gap"),
)


@dataclass(frozen=True, slots=True)
class Answers:
    """读到的各格，按（工作表，行，列）找。"""

    by_place: Mapping[tuple[str, str, str], Answer]

    @classmethod
    def of(cls, answers: tuple[Answer, ...]) -> "Answers":
        """由读到的各格。"""
        return cls({(a.sheet, a.row, a.column): a for a in answers})

    def at(self, sheet: str, row: str, column: str) -> Answer | None:
        """一格；没有读准的没有。"""
        return self.by_place.get((sheet, row, column))

    def of_sheet(self, sheet: str) -> dict[str, dict[str, Answer]]:
        """一张表：行 → 列 → 格。"""
        found: dict[str, dict[str, Answer]] = {}
        for (name, row, column), answer in self.by_place.items():
            if name == sheet:
                found.setdefault(row, {})[column] = answer
        return found


def check_answers(answers: tuple[Answer, ...]) -> list[Problem]:
    """全部检查，按检查的先后。"""
    found = Answers.of(answers)
    return [problem for check in CHECKS for problem in check(found)]


def names_once(answers: Answers) -> Iterator[Problem]:
    """名称、全称、简称、更名后的名称，各单位之间不能相同。"""
    owners = {same_name(row): [row] for row in answers.of_sheet(MEMBERS.sheet)}
    spoken = [(word, answer) for answer in answers.by_place.values() for word in _names(answer)]
    for word, answer in spoken:
        owners.setdefault(same_name(word), []).append(answer.row)
    for word, answer in spoken:
        others = [row for row in owners[same_name(word)] if row != answer.row]
        if others and answer.is_changed and word not in _old_names(answer):
            yield wrong(
                "setting_name_taken", answer.place, item=answer.row, value=word, owner=others[0]
            )


def _names(answer: Answer) -> tuple[str, ...]:
    return _as_names(answer, answer.value)


def _old_names(answer: Answer) -> tuple[str, ...]:
    return _as_names(answer, answer.slot.value)


def _as_names(answer: Answer, value: Value) -> tuple[str, ...]:
    if answer.slot.kind is Kind.NAME and isinstance(value, str):
        return (value,)
    if answer.slot.kind is Kind.NAMES and isinstance(value, tuple):
        return value
    return ()


def renamings_whole(answers: Answers) -> Iterator[Problem]:
    """一次更名要有新名称和起用日期；只写了备注的也不行。"""
    for row, cells in answers.of_sheet(RENAMED_SHEET).items():
        for time in range(1, len(cells) // len(RENAMING_KEYS) + 1):
            parts = [cells.get(f"{key}{time}") for key in RENAMING_KEYS]
            name, since, _ = parts
            if name is None or since is None or not any(p and p.value for p in parts):
                continue
            for part in (name, since):
                if not part.value:
                    yield wrong("setting_renaming", part.place, item=row, time=time)


def thresholds_in_order(answers: Answers) -> Iterator[Problem]:
    """界线由高到低：超序时、达序时、差距较大；空着的按默认的数看。"""
    for keys in _ORDERED:
        found = [answers.at(AGENDA.sheet, NAMES[key], "setting") for key in keys]
        known = [(key, one) for key, one in zip(keys, found, strict=True) if one]
        for (one, high), (other, low) in pairwise(known):
            above, below = _number(one, high), _number(other, low)
            if above < below and (high.is_changed or low.is_changed):
                blamed = high if high.is_changed else low
                yield wrong(
                    "setting_order",
                    blamed.place,
                    item=blamed.row,
                    one=NAMES[one],
                    high=above,
                    other=NAMES[other],
                    low=below,
                )


def _number(key: str, answer: Answer) -> Decimal:
    value = answer.value
    return Decimal(value if isinstance(value, str) else default_of(key))


def several_combined(answers: Answers) -> Iterator[Problem]:
    """几家报一个数的，写明相加；百分数不能相加。"""
    for row, cells in answers.of_sheet(REPORTERS.sheet).items():
        reporters, combine = cells.get("reporters"), cells.get("combine")
        if reporters is None or combine is None:
            continue
        several = reporters.value == EVERYONE_WORD or len(reporters.value or ()) > 1
        if several and not combine.value:
            yield wrong("setting_combine", combine.place, item=row)
        elif combine.value and combine.slot.unit == "%":
            yield wrong("setting_percent", combine.place, item=row)


def waypoints_given(answers: Answers) -> Iterator[Problem]:
    """按分年节点走的，写出各年年底的值。"""
    for row, cells in answers.of_sheet(TERMS.sheet).items():
        path, points = cells.get("path"), cells.get("waypoints")
        if path and points and path.value == Path.MILESTONES and not points.value:
            yield wrong("setting_no_waypoints", points.place, item=row)


def some_members(answers: Answers) -> Iterator[Problem]:
    """至少一家成员。"""
    members = [cells.get("member") for cells in answers.of_sheet(MEMBERS.sheet).values()]
    if members and all(member and member.value == "no" for member in members):
        first = next(member for member in members if member)
        yield wrong("setting_no_members", first.place)


CHECKS: tuple[Callable[[Answers], Iterator[Problem]], ...] = (
    names_once,
    renamings_whole,
    thresholds_in_order,
    several_combined,
    waypoints_given,
    some_members,
)
