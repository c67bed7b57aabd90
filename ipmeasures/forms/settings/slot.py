"""设定表的一格：是哪种内容，写在计划文件的哪里，现在是什么。"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ipmeasures.forms.layout import Layout
from ipmeasures.forms.settings.layout import EVERYONE, LIST_MARK
from ipmeasures.plan.source import Trail

EVERYONE_WORD = "members"

Value = str | tuple[str, ...] | None
"""一项设定的值，照计划文件的写法；一串名称、一串节点（“2022=6”）是元组；没有设是 ``None``。"""


class Kind(StrEnum):
    """一格里写什么。"""

    TEXT = "text"
    NAME = "name"
    NAMES = "names"
    NUMBER = "number"
    WHOLE = "whole"
    DATE = "date"
    QUARTER = "quarter"
    CHOICE = "choice"
    AGENCY = "agency"
    AGENCIES = "agencies"
    WAYPOINTS = "waypoints"


@dataclass(frozen=True, slots=True)
class Slot:
    """一格设定。

    ``file`` 是 ``measures`` 或 ``targets``，``trail`` 是在那个文件里的路径，``after`` 是原来没有时加在哪一项之后；
    ``needed`` 的不能空着；``choices`` 是可选的词和表上的叫法（单位两样相同）；``unit`` 是计量单位；
    ``least``、``most`` 是数、年份的上下限。
    """

    kind: Kind
    file: str
    trail: Trail
    value: Value
    needed: bool = False
    after: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None

    @property
    def shown(self) -> str | Decimal | None:
        """表上写的样子。"""
        return self.show(self.value)

    def show(self, value: Value) -> str | Decimal | None:
        """一个值在表上写的样子：数是数，别的是文字，没有设为 ``None``。"""
        if value is None:
            return None
        if isinstance(value, str):
            if self.kind in (Kind.NUMBER, Kind.WHOLE):
                return Decimal(value)
            if self.kind is Kind.AGENCIES and value == EVERYONE_WORD:
                return EVERYONE
            return dict(self.choices).get(value, value)
        return ("；" if self.kind is Kind.WAYPOINTS else LIST_MARK).join(value)


Printed = str | Decimal | None


@dataclass(frozen=True, slots=True)
class SettingRow:
    """一行：认行用的字，和各列的内容；不是 ``Slot`` 的是印好的，不能改。"""

    key: str
    cells: Mapping[str, Slot | Printed]

    def slots(self) -> dict[str, Slot]:
        """这一行的各格设定。"""
        return {key: cell for key, cell in self.cells.items() if isinstance(cell, Slot)}


@dataclass(frozen=True, slots=True)
class Page:
    """一张工作表；``layout`` 的第一列是认行用的。"""

    layout: Layout
    rows: tuple[SettingRow, ...]

    @property
    def key(self) -> str:
        """认行用的那一列。"""
        return self.layout.columns[0].key
