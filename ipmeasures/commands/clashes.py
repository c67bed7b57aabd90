"""同一批里对同一个数、同一格文字说法不同的文件：都不收；另有错误、反正要退回的那份，不连累别的。"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from ipmeasures.commands.arrived import Arrived
from ipmeasures.forms.layout import CASES, CONSOLIDATED, INDICATORS, MEASURES, MILESTONES
from ipmeasures.problem import Place, Problem, problem, refused
from ipmeasures.quarter import parse_data_at, parse_day
from ipmeasures.returns.model import CaseRow, FigureRow, MeasureRow, MilestoneRow
from ipmeasures.returns.number import plain
from ipmeasures.returns.row import RowRead, state_of

_NOT_TEXT = ("item", "state", "value")
_LAYOUTS = {
    FigureRow: INDICATORS, MeasureRow: MEASURES, MilestoneRow: MILESTONES, CaseRow: CASES,
}  # fmt: skip
# 引用的文字太长就看不出哪里不同了
_LONGEST, _LEAD = 30, 5
# 是文字、两份都收得下 → 怎么说
_KINDS = {
    (False, True): "conflict_in_batch",
    (False, False): "conflict_in_batch.refused",
    (True, True): "conflict_in_batch.text",
    (True, False): "conflict_in_batch.text_refused",
}


class _Told(NamedTuple):
    """一行里的一格：哪一栏、内容（一样的不算相争）、怎么引用。"""

    field: str
    content: Hashable
    said: str


class _Telling(NamedTuple):
    """一份文件里的一格；``header`` 是列名，本期值的为空。"""

    one: Arrived
    item: str
    header: str
    place: Place
    content: Hashable
    said: str

    def quoted(self, start: int) -> str:
        """“是”字后面怎么引用：数照写，空一格；文字引 ``start`` 起的一段，不同的地方要看得见。"""
        if not self.header:
            return f" {self.said}"
        text = self.said[start : start + _LONGEST]
        before = "……" if start else ""
        after = "……" if start + _LONGEST < len(self.said) else ""
        return f"“{before}{text}{after}”"

    @property
    def whose(self) -> str:
        """哪一项；案例说标题。"""
        title = self.item.removeprefix("case:")
        return title if title == self.item else f"案例“{title}”"


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
    told: dict[tuple[str, ...], list[_Telling]] = defaultdict(list)
    for one in arrived:
        for found in one.reading.returns:
            for row in found.rows:
                for field_name, content, said in _told(row):
                    key = (found.agency, str(found.quarter), row.item, field_name)
                    place, header = row.place(field_name), _header(row, field_name)
                    told[key].append(_Telling(one, row.item, header, place, content, said))
    for tellings in told.values():
        if len({t.content for t in tellings}) > 1 and len({t.one.path for t in tellings}) > 1:
            yield tellings


def _told(read: RowRead) -> Iterator[_Told]:
    """一行报了的各格。"""
    state, row = state_of(read), read.row
    if state is not None:
        value = getattr(row, "value", None)
        yield _Told("value", (state, value), state.label if value is None else plain(value))
    for key in type(row).model_fields:
        text = getattr(row, key)
        if key not in _NOT_TEXT and text:
            yield _Told(key, _meant(key, text), text)


def _meant(key: str, text: str) -> Hashable:
    """一段文字说的是什么：日期只是写法不同的、文字只是空白不同的，算一样。"""
    dates = {"data_at": (parse_data_at,), "completed_on": (parse_day, parse_data_at)}
    for read_date in dates.get(key, ()):
        try:
            return read_date(text)
        except ValueError:
            continue
    return "".join(text.split())


def _header(read: RowRead, key: str) -> str:
    """一栏的列名；本期值的为空。"""
    if key == "value":
        return ""
    layouts = (_LAYOUTS[type(read.row)], CONSOLIDATED)
    return next(one.column(key).header for one in layouts if key in one.keys)


def _said_of(
    telling: _Telling, dispute: Sequence[_Telling], bad: Collection[Path]
) -> Iterator[Problem]:
    """与一处不同的别的各处；报的一样的不提。"""
    others = [
        other
        for other in dispute
        if other.one.path != telling.one.path and other.content != telling.content
    ]
    rivals = [] if telling.one.path in bad else [o for o in others if o.one.path not in bad]
    named = rivals or others
    if named:
        start = _first_difference([telling, *named])
        yield problem(
            _KINDS[bool(telling.header), bool(rivals)],
            telling.place,
            item=telling.item,
            value=telling.said,
            header=telling.header,
            whose=telling.whose,
            own=telling.quoted(start),
            other="，".join(f"{o.one.path.name} {o.place} 是{o.quoted(start)}" for o in named),
        )


def _first_difference(tellings: Sequence[_Telling]) -> int:
    """长文字从哪里引起：开头几十个字相同的，从不同的地方前面一点。"""
    columns = zip(*(one.said for one in tellings), strict=False)
    shared = sum(1 for _ in takewhile(lambda letters: len(set(letters)) == 1, columns))
    return max(0, shared - _LEAD) if shared > _LONGEST - _LEAD else 0
