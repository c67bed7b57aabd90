"""表的一行 → 报了什么：认事项、读各格、交给 pydantic 验。"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ipmeasures.forms.layout import CASES, CONSOLIDATED, Column, Layout
from ipmeasures.plan.model import Commitment, FigureItem, Indicator, Item, Milestone, Plan
from ipmeasures.plan.names import find_item, is_named, name_of, same_name, similar_items
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.returns.figure import FigureCell, read_figure
from ipmeasures.returns.line import State
from ipmeasures.returns.model import CaseRow, FigureRow, MeasureRow, MilestoneRow, Row, validated
from ipmeasures.returns.tables import TableRow
from ipmeasures.returns.text import read_date, read_text, stripped
from ipmeasures.returns.workbook.cells import CellType

# 事项的名称、编号不会比这长；更长的不必去比，一格一百万字时比一次要零点几秒
_LONGEST_NAME = 200
_SERIAL = re.compile(r"[\d一二三四五六七八九十百.、()（）]+")
_DATES = ("data_at", "completed_on")
_MANNER = ("manner", "reference")
_PRINTED = (*_MANNER, "value")
_VALUE = CONSOLIDATED.column("value")
_FIELDS = {
    model: frozenset(model.model_fields) for model in (FigureRow, MeasureRow, MilestoneRow, CaseRow)
}
_NOT_TEXT = {"item", "state", "value"}
# 汇总表里“数据来源”一列，里程碑写的是佐证
_MILESTONE_FIELDS = {"source": "evidence"}


@dataclass(frozen=True, slots=True)
class RowRead:
    """读出的一行：内容、各格的位置和原样的字。"""

    row: Row
    places: Mapping[str, Place]
    raws: Mapping[str, str]

    @property
    def item(self) -> str:
        """事项编号；案例是 ``case:标题``。"""
        return self.row.item

    def place(self, key: str) -> Place:
        """一格的位置；这张表里没有这一格的，是编号的位置。"""
        return self.places.get(key, self.places["item"])


@dataclass(slots=True)
class RowReader:
    """逐行读；问题和填了数的格数一路累计。"""

    plan: Plan
    epoch_1904: bool = False
    problems: list[Problem] = field(default_factory=list)
    figures: int = 0
    blanks: dict[str, Place] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)

    def read(self, row: TableRow, layout: Layout) -> RowRead | None:
        """读一行；没有填、或有错读不成的，是 ``None``。"""
        if layout is CASES:
            return self._case(row) if _is_written(row, layout) else None
        if "value" in row.columns and not _has_figure(row):
            blank = _find(self.plan, row.text("id")) or _find(self.plan, row.text("name"))
            self.blanks[blank.id if blank else ""] = row.place("value")
        if not _is_written(row, layout):
            return None
        self.figures += _has_figure(row)
        item = self._identify(row)
        if item is None:
            return None
        self.listed.add(item.id)
        if isinstance(item, (Indicator, Commitment)):
            return self._figure(row, item, layout)
        return self._words(row, item, layout)

    def _identify(self, row: TableRow) -> Item | None:
        written, name = row.text("id"), row.text("name")
        item = identified(self.plan, row)
        if item is None:
            by_name = not written or _is_serial(written)
            self._unknown(row, *(("name", name or written) if by_name else ("id", written)))
            return None
        if name and not is_named(item, name):
            place, expected = row.place("name"), name_of(item)
            self.problems.append(
                problem("item_mismatch", place, item=item.id, value=name, expected=expected)
            )
        return item

    def _unknown(self, row: TableRow, key: str, written: str) -> None:
        near = similar_items(self.plan, written) if len(written) <= _LONGEST_NAME else ()
        hint = f"，是否为：{'；'.join(near)}？" if near else ""
        self.problems.append(problem("item_unknown", row.place(key), value=written, hint=hint))

    def _figure(self, row: TableRow, item: FigureItem, layout: Layout) -> RowRead | None:
        found = self._value(row, item)
        self._check_unit(row, item)
        self.problems += found.problems
        start = {"item": item.id, "state": found.state, "value": found.value}
        return self._validated(FigureRow, row, layout, start, found.raw)

    def _value(self, row: TableRow, item: FigureItem) -> FigureCell:
        place, cell, area = row.place("value"), row.cell("value"), row.merge("value")
        if cell is None or not _has_figure(row):
            return FigureCell()
        if cell.hidden or row.sheet.hidden:
            said = problem("hidden_value", place, item=item.id, value=cell.raw)
            self.problems.append(said)
        if area:
            said = problem("merged_value", place, item=item.id, value=cell.raw, area=area)
            return FigureCell(None, None, cell.raw, (said,))
        return read_figure(cell, item, place)

    def _check_unit(self, row: TableRow, item: FigureItem) -> None:
        written, unit = row.text("unit"), item.how.unit
        half = same_name(written).replace("％", "%")
        if written and half not in (same_name(unit), f"({same_name(unit)})"):
            place = row.place("unit")
            self.problems.append(
                problem("unit_mismatch", place, item=item.id, value=written, unit=unit)
            )

    def _words(self, row: TableRow, item: Item, layout: Layout) -> RowRead | None:
        if _has_figure(row):
            inner = [c.id for c in self.plan.commitments if c.measure == item.id]
            hint = f"（{'、'.join(inner)}）" if inner else ""
            place, value = row.place("value"), row.text("value")
            self.problems.append(problem("no_figure", place, item=item.id, value=value, hint=hint))
        model = MilestoneRow if isinstance(item, Milestone) else MeasureRow
        return self._validated(model, row, layout, {"item": item.id})

    def _case(self, row: TableRow) -> RowRead | None:
        place = row.place("title")
        title = read_text(row.cell("title"), place, epoch_1904=self.epoch_1904)
        if not title.text:
            self.problems += title.problems or (problem("case_untitled", place),)
            return None
        return self._validated(CaseRow, row, CASES, {"item": f"case:{title.text}"})

    def _validated(
        self,
        model: type[Row],
        row: TableRow,
        layout: Layout,
        values: dict[str, Any],
        raw_value: str = "",
    ) -> RowRead | None:
        places = {"item": row.place("id"), "value": row.place("value")}
        raws = {"value": raw_value}
        for column in filled_columns(layout):
            name = _field_name(column.key, model)
            if column.key in _PRINTED or not self._fits(row, column, name, model, values):
                continue
            places[name] = place = row.place(column.key)
            values[name], raws[name] = self._text(row, column.key, place, str(values["item"]))
        found, problems = validated(model, values, places)
        self.problems += problems
        return RowRead(found, places, raws) if found else None

    def _fits(
        self,
        row: TableRow,
        column: Column,
        name: str,
        model: type[Row],
        values: Mapping[str, Any],
    ) -> bool:
        """这种行有没有这一格；没有而填了的，提醒，不悄悄丢掉。"""
        if name in _FIELDS[model]:
            return True
        if row.text(column.key):
            place, item = row.place(column.key), str(values["item"])
            self.problems.append(problem("cell_ignored", place, item=item, header=column.header))
        return False

    def _text(self, row: TableRow, key: str, place: Place, item: str) -> tuple[str, str]:
        cell = row.cell(key)
        if key in _DATES:
            text = read_date(cell, place, item, epoch_1904=self.epoch_1904)
        else:
            text = read_text(cell, place, epoch_1904=self.epoch_1904)
        self.problems += text.problems
        area = row.merge(key) if text.text else None
        if area:
            said = problem("merged_value.text", place, item=item, value=text.text, area=area)
            self.problems.append(said)
        return text.text, text.raw


def identified(plan: Plan, row: TableRow) -> Item | None:
    """一行报的是哪个事项：按编号；没有编号，或“编号”只是序号的，按名称。"""
    written, name = row.text("id"), row.text("name")
    found = _find(plan, written)
    if found is None and name and (not written or _is_serial(written)):
        return _find(plan, name)
    return found


def _find(plan: Plan, written: str) -> Item | None:
    return find_item(plan, written) if 0 < len(written) <= _LONGEST_NAME else None


def is_reported(read: RowRead) -> bool:
    """这一行报了东西（数字格或任一文字格不空）。"""
    row = read.row
    if isinstance(row, FigureRow) and row.state is not None:
        return True
    return any(getattr(row, name) for name in _FIELDS[type(row)] - _NOT_TEXT)


def state_of(read: RowRead) -> State | None:
    """数字格的状态；不是报数的行、没有填的，为 ``None``。"""
    return read.row.state if isinstance(read.row, FigureRow) else None


@cache
def filled_columns(layout: Layout) -> tuple[Column, ...]:
    """由单位填写的各列。"""
    return tuple(column for column in layout.columns if column.filled)


def is_filled(row: TableRow, column: Column) -> bool:
    """这一格填了：有字，或有公式。"""
    cell = row.cell(column.key)
    return cell is not None and (bool(stripped(cell.raw)) or cell.type is CellType.EMPTY)


def _has_figure(row: TableRow) -> bool:
    """数字格填了；只有空白的、公式算出来是空串的，是空格。"""
    return "value" in row.columns and is_filled(row, _VALUE)


def _is_written(row: TableRow, layout: Layout) -> bool:
    """这一行报了事项的内容；只写了报送方式的不算。"""
    return any(
        is_filled(row, column) for column in filled_columns(layout) if column.key not in _MANNER
    )


def _field_name(key: str, model: type[Row]) -> str:
    return _MILESTONE_FIELDS.get(key, key) if model is MilestoneRow else key


def _is_serial(written: str) -> bool:
    """“序号”列里的 1、2、3，不是编号。"""
    return _SERIAL.fullmatch(written) is not None
