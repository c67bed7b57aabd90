"""一份报表核对过以后留下的东西：一格一行，带着出处。"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ipmeasures.quarter import Quarter


class State(StrEnum):
    """一格里写了什么；“未报”（空格）没有行，所以不在这里。"""

    FIGURE = "figure"
    ZERO = "zero"
    NOT_APPLICABLE = "not_applicable"
    NOT_UPDATED = "not_updated"
    TEXT = "text"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """表上的叫法。"""
        return {
            "figure": "数值",
            "zero": "零",
            "not_applicable": "不适用",
            "not_updated": "未更新",
            "text": "文字",
            "withdrawn": "撤回",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Line:
    """一个单位一个季度一个事项的一格。

    ``field`` 是 ``value``（本期值）或一种文字：``source``、``reason``、``next_step``、``note``、
    ``status``、``progress``、``problems``、``completed_on``、``evidence``、``measure``、``summary``、
    ``public``。典型案例的 ``item`` 是 ``case:标题``。``value`` 只有数有，``text`` 只有文字有；
    ``raw`` 是格里原样的字；``data_at`` 是数的时点。
    """

    item: str
    field: str
    state: State
    raw: str
    sheet: str
    cell: str
    value: Decimal | None = None
    text: str | None = None
    data_at: Quarter | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """一份文件里一个单位一个季度的全部行，和报送信息。

    ``manner`` 是报送方式（正常、零报告、办公室代录、补录）；``signed`` 是填报人等报送信息，
    键为 ``filled_by``、``phone``、``reviewer``、``leader``、``filled_on``、``reference``。
    ``agency`` 是公文里的名称，``agency_as_written`` 是表上写的。
    """

    agency: str
    agency_as_written: str
    quarter: Quarter
    manner: str
    lines: tuple[Line, ...]
    signed: tuple[tuple[str, str], ...] = ()
