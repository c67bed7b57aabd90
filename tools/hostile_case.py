"""一份刁难的表，和它该得到的答复。"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hostile_run import Bounds, Told, broken

Make = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Case:
    """一份表。

    Attributes:
        name: 是什么样的表；不重复。
        make: 造它。
        codes: 拒收的，错误代码恰好是这些；收下的，这些提醒和说明都要有。
        outcome: 该得的结果。
        figures: 收下的，入库的数恰好是这些（``单位 季度 事项`` → 值）；不写不比。
        file: 文件名。
    """

    name: str
    make: Make
    codes: tuple[str, ...] = ()
    outcome: str = "rejected"
    figures: Mapping[str, str] = field(default_factory=dict)
    file: str = "表.xlsx"


ONE = {"市市场监管局 2023Q2 I01": "6.5"}


def unread(name: str, make: Make, code: str, file: str = "表.xlsx") -> Case:
    """读不了的文件。"""
    return Case(name, make, (code,), "unreadable", file=file)


def stored(
    name: str,
    make: Make,
    *codes: str,
    figures: Mapping[str, str] | None = None,
    file: str = "表.xlsx",
) -> Case:
    """该收下的文件。"""
    return Case(name, make, codes, "accepted", ONE if figures is None else figures, file)


def faults(case: Case, told: Told, bounds: Bounds) -> list[str]:
    """一个结果错在哪里；没有错是空的。"""
    found = broken(told, bounds)
    if found:
        return found
    if told.outcome != case.outcome:
        said = "、".join(sorted(told.codes()))
        return [f"结果是 {told.outcome}（{said}），应为 {case.outcome}（{'、'.join(case.codes)}）"]
    if case.outcome in ("rejected", "unreadable"):
        errors, wanted = told.codes("error"), set(case.codes)
        return [f"错误是 {sorted(errors)}，应为 {sorted(wanted)}"] if errors != wanted else []
    missing = set(case.codes) - told.codes()
    if missing:
        found.append(f"没有说 {sorted(missing)}，说的是 {sorted(told.codes())}")
    if case.figures and dict(told.figures) != dict(case.figures):
        found.append(f"入库的数是 {told.figures}，应为 {dict(case.figures)}")
    return found
