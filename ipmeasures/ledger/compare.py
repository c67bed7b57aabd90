"""一份报表和在案的比：换掉什么、保留什么、一样的有多少。"""

from collections.abc import Iterable
from dataclasses import dataclass

from ipmeasures.ledger.entry import Entry
from ipmeasures.returns.line import Filing, Line, State


@dataclass(frozen=True, slots=True)
class Change:
    """一格的变动：在案的（没有则为空）和新报的（可能是撤回）。"""

    old: Entry | None
    new: Line

    @property
    def item(self) -> str:
        """事项编号。"""
        return self.new.item

    @property
    def field(self) -> str:
        """本期值或哪一种文字。"""
        return self.new.field

    @property
    def is_figure(self) -> bool:
        """入库的是“本期值”一栏（数、零、不适用、未更新），撤回不算。"""
        return self.field == "value" and self.new.state is not State.WITHDRAWN

    @property
    def is_text(self) -> bool:
        """入库的是文字，撤回不算。"""
        return self.field != "value" and self.new.state is not State.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Comparison:
    """比的结果；``kept`` 是在案而这份报表没有写的各格，``same`` 是没有变动的行数。"""

    changes: tuple[Change, ...]
    kept: tuple[Entry, ...]
    same: int


def compare(
    filing: Filing, in_force: Iterable[Entry], sent_back: Iterable[Entry] = ()
) -> Comparison:
    """后报的只取代它写了的格；一样的不再存，空着的保留。

    规则见 contract.md 第 4 节末段。``in_force`` 和 ``sent_back``（退回了、还没有新的顶上的）可以多给，
    只看同一单位同一季度的。
    """
    current = _by_cell(filing, in_force)
    awaited = _by_cell(filing, sent_back).keys()
    changes = tuple(
        Change(old, line)
        for line in filing.lines
        if _differs(line, old := current.get((line.item, line.field)))
        or (line.state is State.WITHDRAWN and (line.item, line.field) in awaited)
    )
    written = {(line.item, line.field) for line in filing.lines}
    return Comparison(
        changes=changes,
        kept=tuple(entry for key, entry in current.items() if key not in written),
        same=len(filing.lines) - len(changes),
    )


def _by_cell(filing: Filing, entries: Iterable[Entry]) -> dict[tuple[str, str], Entry]:
    return {
        (entry.item, entry.field): entry
        for entry in entries
        if (entry.agency, entry.quarter) == (filing.agency, filing.quarter)
    }


def _differs(line: Line, old: Entry | None) -> bool:
    """撤回本来就没有的，不算变动（退回了的除外：撤回以后不再等它）；没有写数据时点的，时点照旧，也不算。"""
    if old is None:
        return line.state is not State.WITHDRAWN
    redated = line.data_at is not None and line.data_at != old.data_at
    return redated or (line.state, line.value, line.text) != (old.state, old.value, old.text)
