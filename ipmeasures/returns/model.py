"""一行报了什么：pydantic 管形状（长度、字符、可选项），错误翻成问题代码。"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from ipmeasures.forms.layout import (
    MANNERS,
    MEASURE_STATES,
    MILESTONE_STATES,
    PUBLIC_CHOICES,
    WITHDRAWN,
)
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.returns.line import State

MAX_TEXT = 2000
# 控制字符（Unicode 的 Cc，换行和制表除外），和改变文字方向的
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _clean(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise PydanticCustomError("text_too_long", "too long", {"length": len(text)})
    if found := _CONTROL.search(text):
        code = f"U+{ord(found[0]):04X}"
        raise PydanticCustomError("control_character", "control", {"code": code})
    return text


def _one_of(*choices: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text and text != WITHDRAWN and text not in choices:
            raise PydanticCustomError(
                "choice_unknown", "choice", {"choices": "、".join(choices), "raw": text}
            )
        return text

    return check


Text = Annotated[str, AfterValidator(_clean)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FigureRow(_Row):
    """“指标数据”“量化任务”的一行：``state`` 空是未报。"""

    item: str
    state: State | None = None
    value: Decimal | None = None
    data_at: Text = ""
    source: Text = ""
    reason: Text = ""
    next_step: Text = ""
    note: Text = ""
    progress: Text = ""
    problems: Text = ""

    @property
    def dated(self) -> str:
        """写明的数据时点；没有写、撤回了的，为空。"""
        return "" if self.data_at == WITHDRAWN else self.data_at


class MeasureRow(_Row):
    """“措施进展”的一行。"""

    item: str
    status: Annotated[str, AfterValidator(_one_of(*MEASURE_STATES))] = ""
    progress: Text = ""
    problems: Text = ""
    reason: Text = ""
    next_step: Text = ""
    source: Text = ""
    note: Text = ""


class MilestoneRow(_Row):
    """“里程碑”的一行。"""

    item: str
    status: Annotated[str, AfterValidator(_one_of(*MILESTONE_STATES))] = ""
    completed_on: Text = ""
    evidence: Text = ""
    next_step: Text = ""
    progress: Text = ""
    problems: Text = ""
    reason: Text = ""
    note: Text = ""


class CaseRow(_Row):
    """“典型案例”的一行；``item`` 是 ``case:标题``。"""

    item: str
    title: Text
    measure: Text = ""
    summary: Text = ""
    public: Annotated[str, AfterValidator(_one_of(*PUBLIC_CHOICES))] = ""


class InfoRow(_Row):
    """“报送信息”。"""

    manner: Annotated[str, AfterValidator(_one_of(*MANNERS))] = ""
    reference: Text = ""
    filled_by: Text = ""
    phone: Text = ""
    reviewer: Text = ""
    leader: Text = ""
    filled_on: Text = ""


Row = FigureRow | MeasureRow | MilestoneRow | CaseRow
_Model = TypeVar("_Model", bound=_Row)


def validated(
    model: type[_Model], values: Mapping[str, Any], places: Mapping[str, Place]
) -> tuple[_Model | None, list[Problem]]:
    """验一行；不合的逐格成为问题。"""
    try:
        return model(**values), []
    except ValidationError as bad:
        item = str(values.get("item", ""))
        return None, [_problem(dict(error), item, places) for error in bad.errors()]


def _problem(error: dict[str, Any], item: str, places: Mapping[str, Place]) -> Problem:
    key = str(error["loc"][0])
    words = {k: v for k, v in error.get("ctx", {}).items() if k != "raw"}
    shown = _short(str(error["input"]))
    return problem(error["type"], places.get(key, Place()), item=_short(item), value=shown, **words)


def _short(text: str) -> str:
    """说问题时引用的字：不太长，看不见的字符换成 □，不扰乱终端。"""
    visible = "".join(char if char.isprintable() else "□" for char in text[:40])
    return visible + "…" * (len(text) > 40)
