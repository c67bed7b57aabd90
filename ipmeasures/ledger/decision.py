"""办公室的决定：退回、锁定、解锁、改设定、印发、发通知；和退回以后还等着重报的是什么。"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ipmeasures.quarter import Quarter


class DecisionKind(StrEnum):
    """决定的种类；代码写进台账，``label`` 是给人看的叫法。"""

    SEND_BACK = "send_back"
    LOCK = "lock"
    UNLOCK = "unlock"
    SETTINGS = "settings"
    ISSUE = "issue"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        """给人看的叫法。"""
        return {
            "send_back": "退回",
            "lock": "锁定",
            "unlock": "解锁",
            "settings": "改设定",
            "issue": "印发",
            "notice": "发通知",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Decision:
    """在案的一个决定。

    ``subject`` 是回执号（退回）、季度（锁定、解锁）或文件名；``item`` 是只退回其中一项时的编号；
    ``detail`` 是随种类而异的细节；``number`` 是台账里的顺序号。
    """

    number: int
    kind: DecisionKind
    subject: str
    item: str | None
    why: str
    detail: Mapping[str, Any]
    recorded_at: dt.datetime
    recorded_by: str

    @property
    def day(self) -> dt.date:
        """作出决定的日子（本地时间）。"""
        return self.recorded_at.astimezone().date()


@dataclass(frozen=True, slots=True)
class Ruling:
    """要记下的一个决定：``items`` 里每项记一笔，空的记一笔；``files`` 是要一并存下的文件。

    ``now`` 带时区；``plan_digest``、``plan_sources`` 同 ``Posting``。
    """

    kind: DecisionKind
    subject: str
    why: str
    now: dt.datetime
    by: str
    plan_digest: str
    plan_sources: tuple[tuple[str, bytes], ...]
    items: tuple[str, ...] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class SentBack:
    """退回了的一张回执（``items`` 为空指整张），以及还等着重报的。

    ``waiting`` 是其中到现在还没有内容顶上的事项：退回的是数（或进展、完成情况）本身，后来的回执也没有再
    说；只退回了旁边的来源、原因的不算。``unanswered`` 指整张退回了，该单位没有更晚的、作数的回执。
    """

    decision: Decision
    agency: str
    quarter: Quarter
    items: tuple[str, ...]
    waiting: tuple[str, ...]
    unanswered: bool


def locks_of(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """锁着的季度（写法如 2023Q2）和锁定它的决定；``decisions`` 先后为序。"""
    locked: dict[str, Decision] = {}
    for decision in decisions:
        if decision.kind is DecisionKind.LOCK:
            locked[decision.subject] = decision
        elif decision.kind is DecisionKind.UNLOCK:
            locked.pop(decision.subject, None)
    return locked
