"""台账里的每一笔，与重读原件得到的比：是不是原件那一格说的。

重读用的是入库当时的计划（台账里存着）和现在的读法。照此读出了这一格的，必须一字不差；没有读出的，
再看那一格本身：字和数都还对得上、又是别的版本的程序入的库，是读法后来变了，不算损坏；其余都是不符。
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ipmeasures import __version__
from ipmeasures.ledger.rows import decimal_text
from ipmeasures.returns.again import Again, plain_figure
from ipmeasures.returns.line import Filing, Line, State
from ipmeasures.returns.workbook.cells import Cell

PROGRAM = f"ipmeasures {__version__}"
"""写进台账的程序名和版本。"""
Row = Mapping[str, Any]
"""台账里的一行；可能已经坏了，所以只比、不解释。"""
_Key = tuple[str, str, str, str]
_SHOWN = 60


class Verdict(StrEnum):
    """重读的结果。"""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNREAD = "unread"

    @property
    def label(self) -> str:
        """给人看的叫法。"""
        return {"agrees": "一致", "differs": "不符", "unread": "没能重读"}[self.value]


@dataclass(frozen=True, slots=True)
class Proof:
    """一笔的凭据：结果、这次从原件读出的原样（读不出为 ``None``）、不一致的说为什么。"""

    verdict: Verdict
    raw: str | None = None
    why: str = ""


class Original:
    """重读过的一份原件，回答台账里的一笔是不是它说的。"""

    def __init__(self, again: Again) -> None:
        self.again = again
        pairs = [(filing, line) for filing in again.filings for line in filing.lines]
        self.lines: dict[_Key, Line] = {_key(filing, line): line for filing, line in pairs}
        self._owners = {(line.sheet, line.cell): _key(filing, line) for filing, line in pairs}

    def prove(self, row: Row) -> Proof:
        """台账里的一笔（连同入库的程序 ``program``）与原件比。"""
        line = self.lines.get((row["agency"], row["quarter"], row["item"], row["field"]))
        if line is not None:
            why = _difference(row, line)
            return Proof(Verdict.DIFFERS if why else Verdict.AGREES, line.raw, why)
        cell = self.again.cell(str(row["sheet"]), str(row["cell"]))
        raw = cell.raw if cell else None
        if self.again.refusal is not None:
            return self.unread(row["program"], raw)
        why = self._contradiction(row, cell)
        return Proof(Verdict.DIFFERS, raw, why) if why else self.unread(row["program"], raw)

    def receipt(self, row: Row) -> Proof:
        """一张回执（单位、季度、报送方式、填报人）与原件比。"""
        pair = (row["agency"], row["quarter"])
        found = next((f for f in self.again.filings if (f.agency, str(f.quarter)) == pair), None)
        if found is None:
            others = "、".join(f"{f.agency} {f.quarter}" for f in self.again.filings[:3])
            if not others:
                return self.unread(row["program"])
            return Proof(Verdict.DIFFERS, why=f"原件里没有{' '.join(pair)}的报表，只有{others}")
        why = _different_head(row, found)
        return Proof(Verdict.DIFFERS if why else Verdict.AGREES, why=why)

    def unread(self, program: str, raw: str | None = None) -> Proof:
        """没能照原来的读法读出：别的版本的程序入的库，是读法变了；同一版本的不该读不出。"""
        refusal = self.again.refusal
        why = refusal.message if refusal else "现在的读法不读这一格，格里的字与入库时一样"
        if program != PROGRAM:
            return Proof(Verdict.UNREAD, raw, f"{why}（当时由 {program} 入库）")
        if self.again.is_passing:
            return Proof(Verdict.UNREAD, raw, why)
        return Proof(Verdict.DIFFERS, raw, f"{why}；入库的就是这一版程序，当时却读得出")

    def _contradiction(self, row: Row, cell: Cell | None) -> str:
        """这一格本身与台账相违的地方；字和数都还对得上，为空。"""
        owner = self._owners.get((row["sheet"], row["cell"]))
        if owner is not None:
            return f"原件这一格是{' '.join(owner[:3])}的"
        if cell is None:
            return "原件里没有这一格"
        if cell.raw != row["raw"]:
            return f"台账记的原样是“{_cut(str(row['raw']))}”，原件这一格是“{_cut(cell.raw)}”"
        said = _said_by(cell, self.again, is_figure=row["field"] == "value")
        recorded = _recorded(row)
        return "" if said == recorded else _differs(recorded, said)


def _key(filing: Filing, line: Line) -> _Key:
    return (filing.agency, str(filing.quarter), line.item, line.field)


def _difference(row: Row, line: Line) -> str:
    """台账与重读的一格第一处不同；无一不同为空。"""
    value = None if line.value is None else decimal_text(line.value)
    if (row["value"], row["text"]) != (value, line.text):
        return _differs(_recorded(row), value or line.text or line.state.label)
    if row["state"] != line.state:
        return _differs(_label(row), line.state.label)
    place, real = f"{row['sheet']}!{row['cell']}", f"{line.sheet}!{line.cell}"
    data_at = str(line.data_at) if line.data_at else None
    facts = (
        ("数据时点", row["data_at"], data_at),
        ("位置", place, real),
        ("原样", row["raw"], line.raw),
    )
    return _first_difference(facts)


def _different_head(row: Row, filing: Filing) -> str:
    signed = json.dumps(filing.signed, ensure_ascii=False)
    facts = (
        ("报送方式", row["manner"], filing.manner),
        ("单位写作", row["agency_as_written"], filing.agency_as_written),
        ("报送信息", row["signed"], signed),
    )
    return _first_difference(facts)


def _first_difference(facts: tuple[tuple[str, str | None, str | None], ...]) -> str:
    told: Iterator[str] = (
        f"{name}台账记“{_cut(mine or '空')}”，原件是“{_cut(theirs or '空')}”"
        for name, mine, theirs in facts
        if mine != theirs
    )
    return next(told, "")


def _differs(recorded: str, said: str) -> str:
    """两处的字；长的从不同的地方看起。"""
    start = 0
    if max(len(recorded), len(said)) > _SHOWN:
        pairs = enumerate(zip(recorded, said, strict=False))
        same = next((at for at, (one, other) in pairs if one != other), None)
        start = max((min(len(recorded), len(said)) if same is None else same) - 10, 0)
    lead = "…" if start else ""
    mine, theirs = lead + recorded[start:], lead + said[start:]
    return f"台账记“{_cut(mine)}”，原件这一格是“{_cut(theirs)}”"


def _recorded(row: Row) -> str:
    """台账记了什么：数、文字，或状态的叫法。"""
    if row["value"] is not None or row["text"] is not None:
        return str(row["text"] if row["value"] is None else row["value"])
    return _label(row)


def _label(row: Row) -> str:
    try:
        return State(row["state"]).label
    except ValueError:
        return str(row["state"])


def _said_by(cell: Cell, again: Again, *, is_figure: bool) -> str:
    """一格自己说的，写法同 ``_recorded``。"""
    if not is_figure:
        return again.text(cell)
    found = plain_figure(cell)
    if isinstance(found, Decimal):
        return decimal_text(found)
    return found.label if found else cell.raw


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN] + "…"
