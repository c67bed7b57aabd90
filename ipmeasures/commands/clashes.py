"""同一批里对同一个数说法不同的文件：都不收；另有错误、反正要退回的那份，不连累别的。"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from ipmeasures.commands.arrived import Arrived
from ipmeasures.problem import Place, Problem, problem, refused
from ipmeasures.returns.line import State
from ipmeasures.returns.number import plain
from ipmeasures.returns.row import state_of


class _Telling(NamedTuple):
    one: Arrived
    item: str
    place: Place
    state: State
    value: Decimal | None

    @property
    def said(self) -> str:
        """报的是什么。"""
        return self.state.label if self.value is None else plain(self.value)


@dataclass(frozen=True, slots=True)
class Clashes:
    """``found`` 是各文件因相争要说的；``refused`` 是相争的文件里反正要退回的，和它们的问题。"""

    found: Mapping[Path, Sequence[Problem]] = field(default_factory=dict)
    refused: Mapping[Path, Sequence[Problem]] = field(default_factory=dict)


def clashes_in(
    arrived: Sequence[Arrived], examine: Callable[[Arrived], Sequence[Problem]]
) -> Clashes:
    """一批里相争的文件。

    Args:
        arrived: 这一批的文件，收过的原件不在内。
        examine: 一份文件单独看的全部问题，照收这一批以前的台账；所以文件的先后没有影响。

    Returns:
        两份都收得下的，都因相争不收；有一份反正要退回的，别的照收，两边都说一声。
    """
    disputes = list(_disputes(arrived))
    involved = {telling.one.path: telling.one for dispute in disputes for telling in dispute}
    examined = {path: examine(one) for path, one in involved.items()}
    bad = {path: problems for path, problems in examined.items() if refused(tuple(problems))}
    found: dict[Path, list[Problem]] = defaultdict(list)
    for dispute in disputes:
        for telling in dispute:
            found[telling.one.path] += _said_of(telling, dispute, bad)
    return Clashes(dict(found), bad)


def _disputes(arrived: Sequence[Arrived]) -> Iterator[list[_Telling]]:
    told: dict[tuple[str, str, str], list[_Telling]] = defaultdict(list)
    for one in arrived:
        for found in one.reading.returns:
            for row in found.rows:
                state = state_of(row)
                if state is not None:
                    value, place = getattr(row.row, "value", None), row.place("value")
                    key = (found.agency, str(found.quarter), row.item)
                    told[key].append(_Telling(one, row.item, place, state, value))
    for tellings in told.values():
        if (
            len({(t.state, t.value) for t in tellings}) > 1
            and len({t.one.path for t in tellings}) > 1
        ):
            yield tellings


def _said_of(
    telling: _Telling, dispute: Sequence[_Telling], bad: Collection[Path]
) -> Iterator[Problem]:
    """与一处不同的别的各处；报的一样的不提。"""
    others = [
        other
        for other in dispute
        if other.one.path != telling.one.path
        and (other.state, other.value) != (telling.state, telling.value)
    ]
    rivals = [] if telling.one.path in bad else [o for o in others if o.one.path not in bad]
    named = rivals or others
    if named:
        yield problem(
            "conflict_in_batch" if rivals else "conflict_in_batch.refused",
            telling.place,
            item=telling.item,
            value=telling.said,
            other="，".join(f"{o.one.path.name} {o.place} 是 {o.said}" for o in named),
        )
