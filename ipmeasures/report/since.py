"""与上季度相比：完成率变化最大的、新达到要求的、新转为未达序时的；都是照两季的判断算的。"""

from collections.abc import Callable
from decimal import Decimal

from ipmeasures.plan.model import FigureItem
from ipmeasures.progress.assessment import Assessment, Status
from ipmeasures.report.amounts import is_yearly, rate
from ipmeasures.report.material import Material

BEHIND = (Status.FALLEN_BACK, Status.REGRESSED, Status.FAR_BEHIND, Status.BEHIND)
_Pair = tuple[FigureItem, Assessment, Assessment]


def since_last(material: Material) -> str:
    """一段话；上季度没有报表的、没有变化的，为空。"""
    told = [*_moves(material), *_turns(material)]
    return f"与上季度相比，{'；'.join(told)}。" if told else ""


def _pairs(material: Material) -> list[_Pair]:
    """上季度和本季度都判了的事项；一季度另起一年，按当年要求判的不与上年四季度比。"""
    if not material.before:
        return []
    return [
        (item, material.before[item.id], material.gap_by_id[item.id].assessment)
        for item in material.plan.asked_items
        if not (is_yearly(item) and material.quarter.number == 1)
    ]


def _moves(material: Material) -> list[str]:
    """完成率提高最多的、下降最多的各一项；没有新数的、按当年要求算的不比。"""
    moved = [
        (move, item.name, old, new)
        for item, old, new in _pairs(material)
        if (move := _move(item, old, new)) and rate(old.done_share) != rate(new.done_share)
    ]
    told = []
    for words, to, ones in (
        ("提高", "提高到", [m for m in moved if m[0] > 0]),
        ("下降", "下降到", [m for m in moved if m[0] < 0]),
    ):
        if ones:
            _, name, old, new = max(ones, key=lambda one: abs(one[0]))
            change = f"由{rate(old.done_share)}{to}{rate(new.done_share)}"
            told.append(f"完成率{words}最多的是{name}，{change}")
    return told


def _move(item: FigureItem, old: Assessment, new: Assessment) -> Decimal:
    if is_yearly(item) or old.data_at == new.data_at:
        return Decimal(0)
    if old.done_share is None or new.done_share is None:
        return Decimal(0)
    return new.done_share - old.done_share


def _turns(material: Material) -> list[str]:
    turned: tuple[tuple[str, Callable[[Status, Status], bool]], ...] = (
        ("新完成的", lambda old, new: new is Status.ACHIEVED and old is not Status.ACHIEVED),
        ("新转为未达序时的", lambda old, new: new in BEHIND and old not in BEHIND),
        (
            "由未达序时转为达到或超过序时的",
            lambda old, new: new in (Status.ON_TRACK, Status.AHEAD) and old in BEHIND,
        ),
    )
    told = []
    for words, holds in turned:
        names = [i.name for i, old, new in _pairs(material) if holds(old.status, new.status)]
        if names:
            several = len(names) > 1 and not names[0].startswith("有")
            told.append(f"{words}{'有' if several else '是'}{'、'.join(names)}")
    return told
