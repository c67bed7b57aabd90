"""合计、小计行：不入库，只与上面各行对一对；看得出合的是哪些行才对，看不出的不说。"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal

from ipmeasures.plan.model import Commitment, FigureItem, Indicator, Item, Plan
from ipmeasures.plan.names import find_agency, find_item
from ipmeasures.problem import Problem, problem
from ipmeasures.quarter import Quarter
from ipmeasures.returns.asides import is_total_word, labels
from ipmeasures.returns.line import State
from ipmeasures.returns.model import FigureRow
from ipmeasures.returns.number import Number, plain, read_number, stored_number
from ipmeasures.returns.row import RowRead, identified
from ipmeasures.returns.tables import TableRow, total_label
from ipmeasures.returns.workbook.cells import Cell, CellType

# 占比、得分相加没有意义
_NOT_ADDED = {"%", "％", "分"}
# 一张表一共加到这么多行为止：几千行合计、每行加几千行的，不让它算下去
_MOST_ADDED = 2_000_000
# 够写下任何双精度数和 64 位手填的数，加起来、取整都不丢位
_EXACT = Context(prec=700, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class _Added:
    """合计行上面的一行；``value`` 读不出的为 ``None``，对不了。"""

    item: FigureItem
    agency: str
    quarter: Quarter | None
    value: Decimal | None
    read: RowRead

    @property
    def cell(self) -> str:
        """数在哪一格。"""
        return self.read.place("value").cell


@dataclass(slots=True)
class Sums:
    """一行一行记下来，遇到合计行就对。"""

    plan: Plan
    every: list[_Added] = field(default_factory=list)
    block: list[_Added] = field(default_factory=list)
    seen: set[tuple[str, Quarter | None]] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    budget: int = _MOST_ADDED

    def add(self, read: RowRead, agency: str = "", quarter: Quarter | None = None) -> None:
        """合计行上面的一行；没有填数的不算。一个单位的表只有一家、一个季度，不必说是谁的。"""
        row, item = read.row, self.plan.items[read.item]
        if not isinstance(row, FigureRow) or not isinstance(item, (Indicator, Commitment)):
            return
        if row.state is None and not read.raws["value"]:
            return
        gone = row.state in (State.NOT_APPLICABLE, State.WITHDRAWN)
        value = Decimal(0) if gone else row.value
        one = _Added(item, agency, quarter, value, read)
        self.every.append(one)
        self.block.append(one)
        self.seen |= {(item.id, quarter), (item.id, None)}

    def skip(self, row: TableRow) -> None:
        """填了数、却读不成的一行：合计里可能有它。"""
        item = identified(self.plan, row) if row.cell("value") else None
        if item and not total_label(row):
            self.unread.add(item.id)

    def told(self, row: TableRow) -> list[Problem]:
        """一行合计要说的：不入库；与上面各行对不对。不是合计行，什么也不说。"""
        label = total_label(row)
        if not label or not self.adds_up(row):
            return []
        return [problem("total_row", row.place("id"), label=label), *self._check(row, label)]

    def adds_up(self, row: TableRow) -> bool:
        """叫合计的一行真是合计：写着哪一项的，上面要有这一项可加，又不是哪一家自己的数。

        不然就照一行数读（认不出的单位、名称会说），数才不会悄悄丢掉。
        """
        item = _named(self.plan, row)
        if item is None:
            return all(cell.column == row.columns.get("agency") for cell in _labels(row))
        if find_agency(self.plan, row.text("agency")):
            return False
        return item.id in self.unread or (item.id, _quarter(row)) in self.seen

    def _above(self, row: TableRow, item: Item) -> list[_Added]:
        """上面这一项的各行；合计写了季度的，只算那个季度。"""
        when = _quarter(row)
        return [o for o in self.every if o.item is item and when in (None, o.quarter)]

    def _check(self, row: TableRow, label: str) -> list[Problem]:
        """一行合计与上面各行对不对；一行对完，下一块从头记。"""
        block, self.block = self.block, []
        self.budget -= len(self.every)
        if self.budget < 0:
            return []
        written, item = _written(row), _named(self.plan, row)
        if item is not None:
            tried = [self._above(row, item)]
        else:  # 合的是这一块，还是上面全部，都有可能
            tried = [block, self.every] if "小计" in label else [self.every, block]
        clear = [rows for rows in map(_once, tried) if _clear(rows)]
        if written is None or not clear or any(_agree(written, rows) for rows in clear):
            return []
        first, last, own = clear[0][0], clear[0][-1], plain(_sum(clear[0]))
        cells = first.cell if first is last else f"{first.cell}—{last.cell}"
        place, value = row.place("value"), plain(written)
        return [problem("total_mismatch", place, value=value, label=label, own=own, cells=cells)]


def _labels(row: TableRow) -> list[Cell]:
    return labels(row.cells.values(), row.columns)


def _named(plan: Plan, row: TableRow) -> Item | None:
    """合计的是哪一项；“合计”占了编号格的，看名称。"""
    found = identified(plan, row)
    if found is None and is_total_word(row.text("id")):
        return find_item(plan, row.text("name"))
    return found


def _quarter(row: TableRow) -> Quarter | None:
    cell = row.shared_cell("quarter")
    try:
        return Quarter.parse(cell.raw) if cell else None
    except ValueError:
        return None


def _once(rows: Sequence[_Added]) -> list[_Added]:
    """同样的一行填了两次，只算一次。"""
    seen = {(one.item.id, one.agency, one.quarter, one.value): one for one in reversed(rows)}
    return list(reversed(seen.values()))


def _sum(rows: Sequence[_Added]) -> Decimal:
    total = Decimal(0)
    for one in rows:
        total = _EXACT.add(total, one.value or Decimal(0))
    return total


def _agree(written: Decimal, rows: Sequence[_Added]) -> bool:
    """相等，或合计只是少写了几位小数。"""
    total = _sum(rows)
    places = Decimal(1).scaleb(_exponent(written), _EXACT)
    return written in (total, _EXACT.quantize(total, places))


def _clear(rows: Sequence[_Added]) -> bool:
    """合的是哪些行一看便知：同一季度、同一单位的量，而且同是一项或同是一家。"""
    alike = len({one.item.id for one in rows}) == 1 or len({one.agency for one in rows}) == 1
    units = {one.item.how.unit for one in rows}
    same = len(units) == 1 and len({one.quarter for one in rows}) == 1
    return alike and same and not units & _NOT_ADDED and all(r.value is not None for r in rows)


def _written(row: TableRow) -> Decimal | None:
    """合计行写的数；不是数的为 ``None``。"""
    cell = row.cell("value")
    if cell is None:
        return None
    if cell.type is CellType.NUMBER:
        return stored_number(cell.raw)
    read = read_number(cell.raw) if cell.type is CellType.TEXT else None
    return read.value if isinstance(read, Number) else None


def _exponent(value: Decimal) -> int:
    """写到小数点后第几位（负数）；整数是 0。"""
    exponent = value.as_tuple().exponent
    return min(exponent, 0) if isinstance(exponent, int) else 0
