"""收表以前先看办公室的决定：退回过的原件不再收，锁定的季度不再收。"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ipmeasures.ledger.decision import Decision, SentBack
from ipmeasures.ledger.store import Ledger
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.quarter import Quarter
from ipmeasures.returns.reading import Return
from ipmeasures.returns.row import state_of


@dataclass(frozen=True, slots=True)
class Rulings:
    """收一批表以前，与它们有关的决定。

    ``locks`` 是锁着的季度；``sent_back`` 是退回过的原件（内容的摘要 → 退回）；``figures`` 是退回了、
    还等着重报的数（单位、季度、事项 → 数和退回）。
    """

    locks: Mapping[str, Decision] = field(default_factory=dict)
    sent_back: Mapping[str, SentBack] = field(default_factory=dict)
    figures: Mapping[tuple[str, Quarter, str], tuple[Decimal | None, SentBack]] = field(
        default_factory=dict
    )


def rulings_in(ledger: Ledger) -> Rulings:
    """台账里的决定。"""
    back = {one.decision.subject: one for one in ledger.sent_back()}
    files = {r.receipt: r.sha256 for r in ledger.receipts(named=[*back])}
    return Rulings(
        ledger.locks(),
        {sha256: back[receipt] for receipt, sha256 in files.items()},
        {
            (e.agency, e.quarter, e.item): (e.value, back[e.receipt])
            for e in (ledger.awaiting() if back else ())
            if e.field == "value"
        },
    )


def barred(rulings: Rulings, sha256: str, returns: Iterable[Return]) -> list[Problem]:
    """因为先前的决定而不收、或要说一声的。"""
    if back := rulings.sent_back.get(sha256):
        return [problem("same_as_sent_back", Place(), **_words(back.decision))]
    found = tuple(returns)
    # 还有没锁的季度，去掉锁着的各行，其余的收得下
    partly = any(str(one.quarter) not in rulings.locks for one in found)
    problems: list[Problem] = []
    for one in found:
        if lock := rulings.locks.get(str(one.quarter)):
            problems.append(
                problem(
                    "quarter_locked.partly" if partly else "quarter_locked",
                    one.quarter_place,
                    value=str(one.quarter),
                    quarter=one.quarter,
                    who=lock.recorded_by,
                    day=lock.day,
                    why=lock.why,
                )
            )
        problems += _unchanged(rulings, one)
    return problems


def _unchanged(rulings: Rulings, one: Return) -> list[Problem]:
    """退回了又报来的同一个数：照收，说一声。"""
    found = []
    for row in one.rows:
        known = rulings.figures.get((one.agency, one.quarter, row.item))
        if known and state_of(row) is not None and getattr(row.row, "value", None) == known[0]:
            words, place = _words(known[1].decision), row.place("value")
            found.append(problem("same_as_sent_back.figure", place, item=row.item, **words))
    return found


def _words(decision: Decision) -> dict[str, Any]:
    return {"receipt": decision.subject, "day": decision.day, "why": decision.why}
