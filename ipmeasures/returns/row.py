"""表的一行 → 报了什么：认事项、读各格、交给 pydantic 验。"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from ipmeasures.forms.layout import CASES, Column, Layout
from ipmeasures.plan.model import Commitment, FigureItem, Indicator, Item, Milestone, Plan
from ipmeasures.plan.names import find_item, is_named, name_of, same_name, similar_items
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.returns.figure import FigureCell, read_figure, unsure
from ipmeasures.returns.line import State
from ipmeasures.returns.model import CaseRow, FigureRow, MeasureRow, MilestoneRow, Row, validated
from ipmeasures.returns.printed import PrintedCell, printed_cells, written_over
from ipmeasures.returns.tables import TableRow
from ipmeasures.returns.text import read_date, read_text, stripped
from ipmeasures.returns.workbook.cells import Cell, CellType

# 一张表印好的格不过百来个；一行抄上几万遍的，说这么多就够了
_MOST_PRINTED = 2000
# “其中：”“（其中）”开头的，是人自己加的一行
_PART = re.compile(r"[\s（(#＃\d.、]*其中")
_SERIAL = re.compile(r"[\d一二三四五六七八九十百.、()（）]+")
_DATES = ("data_at", "completed_on")
_MANNER = ("manner", "reference")
_PRINTED = (*_MANNER, "value")
_NOT_TEXT = {"item", "state", "value"}
_TEXTS = {
    model: frozenset(model.model_fields) - _NOT_TEXT
    for model in (FigureRow, MeasureRow, MilestoneRow, CaseRow)
}
# 汇总表里“数据来源”一列，里程碑写的是佐证
_MILESTONE_FIELDS = {"source": "evidence"}


@dataclass(frozen=True, slots=True)
class RowRead:
    """读出的一行：内容、填了的各格原样的字、在表里的哪一行，和各格在哪一列。"""

    row: Row
    raws: Mapping[str, str]
    line: TableRow
    columns: Mapping[str, str]

    @property
    def item(self) -> str:
        """事项编号；案例是 ``case:标题``。"""
        return self.row.item

    def place(self, key: str) -> Place:
        """一格的位置；这张表里没有这一格的，是编号（没有编号列的，名称）的位置。"""
        named = (self.columns.get(key), "id", "name")
        return self.line.place(next((k for k in named if k in self.line.columns), ""))

    def nearest(self, *keys: str) -> Place:
        """这张表里有的第一格的位置。"""
        found = (key for key in keys if self.columns.get(key) in self.line.columns)
        return self.place(next(found, keys[-1]))

    @property
    def filled(self) -> tuple[Place, ...]:
        """填了东西的各格，本期值在前。"""
        return tuple(self.place(key) for key, raw in self.raws.items() if raw)


class _Filled(NamedTuple):
    """填了东西的一行，和填了哪几列。"""

    row: TableRow
    layout: Layout
    keys: list[str]


@dataclass(slots=True)
class RowReader:
    """逐行读；问题和填了数的格数一路累计。"""

    plan: Plan
    epoch_1904: bool = False
    recalculated: bool = False
    problems: list[Problem] = field(default_factory=list)
    figures: int = 0
    blanks: dict[str, Place] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    printed: list[PrintedCell] = field(default_factory=list)

    def read(self, row: TableRow, layout: Layout) -> RowRead | None:
        """读一行；没有填、或有错读不成的，是 ``None``。"""
        self._note_printed(row, layout)
        keys = [column.key for column in filled_columns(layout) if is_filled(row, column)]
        has_figure = "value" in keys
        if not has_figure and "value" in layout.keys:
            self._note_blank(row)
        # 只写了报送方式的，没有报什么
        if all(key in _MANNER for key in keys):
            return None
        filled = _Filled(row, layout, keys)
        if layout is CASES:
            return self._case(filled)
        self.figures += has_figure
        item = self._identify(filled)
        if item is None:
            return None
        self.listed.add(item.id)
        if isinstance(item, (Indicator, Commitment)):
            return self._figure(filled, item)
        return self._words(filled, item)

    def _note_blank(self, row: TableRow) -> None:
        """没有填数的一行；整列都没有的，缺列已经说了，不再一行一行说没有填。"""
        item = find_item(self.plan, row.text("id")) or find_item(self.plan, row.text("name"))
        if "value" in row.columns:
            self.blanks[item.id if item else ""] = row.place("value")
            self.note_blank_formula(row)
        elif item:
            self.listed.add(item.id)

    def note_blank_formula(self, row: TableRow) -> None:
        """旧格式看不出公式怎么写的：结果是空的，分不清是没有数还是没有算过，说一声。"""
        cell = row.cell("value")
        item = identified(self.plan, row) if cell and cell.formula == "" else None
        if item:
            said = problem("formula_not_calculated.blank", row.place("value"), item=item.id)
            self.problems.append(said)

    def _note_printed(self, row: TableRow, layout: Layout) -> None:
        """印好供对照的格里写着什么；没有填数的行也记，数也许就填在那里。"""
        if len(self.printed) < _MOST_PRINTED and written_over(row):
            item = identified(self.plan, row)
            if isinstance(item, (Indicator, Commitment)):
                self.printed += printed_cells(row, layout, item)

    def _identify(self, filled: _Filled) -> Item | None:
        row = filled.row
        written, name = row.text("id"), row.text("name")
        item = identified(self.plan, row)
        if item is None:
            by_name = not written or _is_serial(written)
            self._unknown(filled, *(("name", name or written) if by_name else ("id", written)))
            return None
        if name and not is_named(item, name):
            place, expected = row.place("name"), name_of(item)
            self.problems.append(
                problem("item_mismatch", place, item=item.id, value=name, expected=expected)
            )
        return item

    def _unknown(self, filled: _Filled, key: str, written: str) -> None:
        """认不出是哪一项的一行；要清空的是整行，只清编号、名称，下次还是认不出。"""
        row = filled.row
        near: tuple[str, ...] = ()
        kind = "item_unknown.part" if _PART.match(written) else "item_unknown"
        if not written:
            kind, key = "item_unknown.blank", filled.keys[0]
        elif kind == "item_unknown":
            near = similar_items(self.plan, written)
        hint = f"，是否为：{'；'.join(near)}？" if near else ""
        also = [row.place(k) for k in ("id", "name", *filled.keys) if row.text(k)]
        said = problem(kind, row.place(key), value=written, also=also, hint=hint)
        self.problems.append(said)

    def _figure(self, filled: _Filled, item: FigureItem) -> RowRead | None:
        cell = filled.row.cell("value") if "value" in filled.keys else None
        found = self._value(filled.row, item, cell) if cell else FigureCell()
        self._check_unit(filled.row, item)
        self.problems += found.problems
        start = {"item": item.id, "state": found.state, "value": found.value}
        return self._validated(FigureRow, filled, start, found.raw)

    def _value(self, row: TableRow, item: FigureItem, cell: Cell) -> FigureCell:
        place, area = row.place("value"), row.merge("value")
        if cell.hidden or row.sheet.hidden:
            said = problem("hidden_value", place, item=item.id, value=cell.raw)
            self.problems.append(said)
        if area:
            said = problem("merged_value", place, item=item.id, value=cell.raw, area=area)
            return FigureCell(None, None, cell.raw, (said,))
        found = read_figure(cell, item, place, epoch_1904=self.epoch_1904)
        stale = self.recalculated and cell.formula is not None
        return unsure(found, item, place) if stale else found

    def _check_unit(self, row: TableRow, item: FigureItem) -> None:
        written, unit = row.text("unit"), item.how.unit
        if written == unit:
            return
        half = same_name(written).replace("％", "%")
        if written and half not in (same_name(unit), f"({same_name(unit)})"):
            place = row.place("unit")
            self.problems.append(
                problem("unit_mismatch", place, item=item.id, value=written, unit=unit)
            )

    def _words(self, filled: _Filled, item: Item) -> RowRead | None:
        if "value" in filled.keys:
            inner = [c.id for c in self.plan.commitments if c.measure == item.id]
            hint = f"（{'、'.join(inner)}）" if inner else ""
            place, value = filled.row.place("value"), filled.row.text("value")
            self.problems.append(problem("no_figure", place, item=item.id, value=value, hint=hint))
        model = MilestoneRow if isinstance(item, Milestone) else MeasureRow
        return self._validated(model, filled, {"item": item.id})

    def _case(self, filled: _Filled) -> RowRead | None:
        place = filled.row.place("title")
        title = read_text(filled.row.cell("title"), place, epoch_1904=self.epoch_1904)
        if not title.text:
            self.problems += title.problems or (problem("case_untitled", place),)
            return None
        return self._validated(CaseRow, filled, {"item": f"case:{title.text}"})

    def _validated(
        self, model: type[Row], filled: _Filled, values: dict[str, Any], raw_value: str = ""
    ) -> RowRead | None:
        row, layout, keys = filled
        raws, places = {"value": raw_value}, {}
        columns, item = _columns(layout, model), str(values["item"])
        for key in keys:
            if key in _PRINTED:
                continue
            name, place = _field_name(key, model), row.place(key)
            if name in columns:
                places[name] = place
                values[name], raws[name] = self._text(row, key, place, item)
            elif row.text(key):  # 这种行没有这一格，填了的提醒，不悄悄丢掉
                header = layout.column(key).header
                self.problems.append(problem("cell_ignored", place, item=item, header=header))
        found, problems = validated(model, values, places)
        self.problems += problems
        return RowRead(found, raws, row, columns) if found else None

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
    found = find_item(plan, written)
    if found is None and name and (not written or _is_serial(written)):
        return find_item(plan, name)
    return found


def is_reported(read: RowRead) -> bool:
    """这一行报了东西（数字格或任一文字格不空）。"""
    row = read.row
    if isinstance(row, FigureRow) and row.state is not None:
        return True
    return any(getattr(row, name) for name in _TEXTS[type(row)])


def state_of(read: RowRead) -> State | None:
    """数字格的状态；不是报数的行、没有填的，为 ``None``。"""
    return read.row.state if isinstance(read.row, FigureRow) else None


@cache
def filled_columns(layout: Layout) -> tuple[Column, ...]:
    """由单位填写的各列。"""
    return tuple(column for column in layout.columns if column.filled)


@cache
def _columns(layout: Layout, model: type[Row]) -> dict[str, str]:
    """一种行的各格在哪一列：格 → 列。"""
    columns = {"item": "id", "value": "value"}
    for column in filled_columns(layout):
        name = _field_name(column.key, model)
        if column.key not in _PRINTED and name in _TEXTS[model]:
            columns[name] = column.key
    return columns


def is_filled(row: TableRow, column: Column) -> bool:
    """这一格填了：有字，或有没算过的公式；只有空白的、公式算出来是空串的，是空格。"""
    cell = row.cell(column.key)
    return cell is not None and (bool(stripped(cell.raw)) or cell.type is CellType.EMPTY)


def _field_name(key: str, model: type[Row]) -> str:
    return _MILESTONE_FIELDS.get(key, key) if model is MilestoneRow else key


def _is_serial(written: str) -> bool:
    """“序号”列里的 1、2、3，不是编号。"""
    return _SERIAL.fullmatch(written) is not None
