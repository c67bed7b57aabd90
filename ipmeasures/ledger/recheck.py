"""拿存下的原件把整本台账重读一遍：每张回执、每一笔，是不是原件说的，有没有少了的。"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ipmeasures.errors import PlanInvalid
from ipmeasures.ledger.connect import connect, sensible, translated
from ipmeasures.ledger.originals import PROGRAM, Original, Proof, Row, Verdict
from ipmeasures.ledger.posted import sha256_of
from ipmeasures.ledger.reads import IN_FORCE
from ipmeasures.ledger.rows import decimal_text
from ipmeasures.ledger.verify import Advance, tolerant
from ipmeasures.plan.load import load_kept_plan
from ipmeasures.plan.model import Plan
from ipmeasures.returns.again import read_again
from ipmeasures.returns.line import Line, State

_RECEIPTS = """
SELECT r.*, a.plan, a.program FROM receipt AS r JOIN act AS a ON a.number = r.act
WHERE r.number <= :upto ORDER BY r.file, a.plan, r.number
"""
_ENTRIES = """
SELECT e.*, r.file, a.plan, a.program
FROM entry AS e JOIN receipt AS r ON r.number = e.receipt JOIN act AS a ON a.number = r.act
"""
_IN_FORCE = f"""
SELECT e.state, e.value, e.text, e.data_at
FROM entry AS e JOIN receipt AS r ON r.number = e.receipt
WHERE e.agency = :agency AND e.quarter = :quarter AND e.item = :item AND e.field = :field
  AND {IN_FORCE}
"""  # noqa: S608 - 拼的都是本包里写好的 SQL


@dataclass(frozen=True, slots=True)
class Doubt:
    """与原件对不上、或没能重读的一处；回执自己的（单位、报送方式、笔数），事项和格为空。"""

    verdict: Verdict
    receipt: str
    agency: str
    file: str
    why: str
    item: str = ""
    field: str = ""
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Recheck:
    """重读的结果：几份原件、几张回执、几笔，其中几笔一致；``doubts`` 是其余的。"""

    files: int
    receipts: int
    entries: int
    agreeing: int
    doubts: tuple[Doubt, ...]


class Originals:
    """存下的原件，要哪份读哪份；同一份接着要的不再读。"""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._plans: dict[str, Plan | None] = {}
        self._last: tuple[tuple[str, str], Original | None] | None = None

    def of(self, row: Row) -> Original | None:
        """一笔或一张回执的原件；存的字节已经坏了的为 ``None``。"""
        key = (row["file"], row["plan"])
        if self._last is None or self._last[0] != key:
            self._last = (key, self._read(*key))
        return self._last[1]

    def prove(self, row: Row) -> Proof:
        """一笔的凭据。"""
        original = self.of(row)
        if original is None:
            return Proof(Verdict.DIFFERS, why="存的原件已与它的 SHA-256 不符")
        return original.prove(row)

    def rows(self, query: str, **values: str | int) -> list[Row]:
        """查询的全部行；读完就放手，核对得再久也不挡别人入库。"""
        return [dict(row) for row in self._connection.execute(query, values)]

    def _read(self, sha256: str, plan: str) -> Original | None:
        rows = self.rows("SELECT content FROM file WHERE sha256 = :sha256", sha256=sha256)
        content = rows[0]["content"] if rows else None
        if not isinstance(content, bytes) or sha256_of(content) != sha256:
            return None
        return Original(read_again(content, self._plan(plan)))

    def _plan(self, digest: str) -> Plan | None:
        if digest not in self._plans:
            query = "SELECT name, content FROM plan_source WHERE plan = :digest"
            sources = {row["name"]: row["content"] for row in self.rows(query, digest=digest)}
            try:
                self._plans[digest] = load_kept_plan(sources, digest)
            except PlanInvalid:
                self._plans[digest] = None
        return self._plans[digest]


def prove(ledger: Path, numbers: Iterable[int]) -> dict[int, Proof]:
    """这几笔的凭据，按顺序号。

    Raises:
        IpmError: 台账打不开、正忙或损坏。
    """
    with (
        closing(connect(ledger, read_only=True)) as connection,
        translated(ledger),
        sensible(ledger),
    ):
        originals = Originals(connection)
        rows = (
            row
            for number in numbers
            for row in originals.rows(f"{_ENTRIES} WHERE e.number = :number", number=number)
        )
        ordered = sorted(rows, key=lambda row: (row["file"], row["plan"]))
        return {row["number"]: originals.prove(row) for row in ordered}


def recheck(ledger: Path, upto: int, advance: Advance = lambda _: None) -> Recheck:
    """到顺序号 ``upto`` 为止的每张回执、每一笔，都与原件比；``advance`` 报又做完了几张、几笔。

    Raises:
        IpmError: 台账打不开、正忙，或坏得读不下去。
    """
    with (
        closing(connect(ledger, read_only=True)) as connection,
        translated(ledger),
        tolerant(connection),
    ):
        return _recheck(Originals(connection), upto, advance)


def _recheck(originals: Originals, upto: int, advance: Advance) -> Recheck:
    receipts = originals.rows(_RECEIPTS, upto=upto)
    doubts: list[Doubt] = []
    entries = agreeing = 0
    for receipt in receipts:
        mine = originals.rows(
            f"{_ENTRIES} WHERE e.receipt = :receipt ORDER BY e.number", receipt=receipt["number"]
        )
        proofs = [(row, originals.prove(row)) for row in mine]
        entries += len(mine)
        agreeing += sum(proof.verdict is Verdict.AGREES for _, proof in proofs)
        doubts += [_doubt(receipt, proof, row) for row, proof in proofs]
        doubts += _about(originals, receipt, mine)
        advance(len(mine) + 1)
    files = len({receipt["file"] for receipt in receipts})
    told = tuple(doubt for doubt in doubts if doubt.verdict is not Verdict.AGREES)
    return Recheck(files, len(receipts), entries, agreeing, told)


def _about(originals: Originals, receipt: Row, entries: list[Row]) -> Iterator[Doubt]:
    """一张回执自己：单位、报送方式，笔数，和原件里有而台账没有的。"""
    original = originals.of(receipt)
    if original is None:
        return
    yield _doubt(receipt, original.receipt(receipt))
    counts = (receipt["figures"], receipt["texts"])
    stored = [row["field"] == "value" for row in entries if row["state"] != State.WITHDRAWN]
    if counts != (stored.count(True), stored.count(False)):
        why = f"回执记入库数 {counts[0]}、文字 {counts[1]}，台账里是 {stored.count(True)}、{stored.count(False)}"
        yield _doubt(receipt, Proof(Verdict.DIFFERS, why=why))
    known = {(row["agency"], row["quarter"], row["item"], row["field"]) for row in entries}
    for key, line in original.lines.items():
        if key[:2] == (receipt["agency"], receipt["quarter"]) and key not in known:
            yield from _missing(originals, receipt, key, line)


def _missing(
    originals: Originals, receipt: Row, key: tuple[str, str, str, str], line: Line
) -> Iterator[Doubt]:
    """原件里有、这张回执没有入库的一格：只有与那时在案的一样，才不必再入；没有写时点的，时点照旧。"""
    agency, quarter, item, field = key
    known = {"agency": agency, "quarter": quarter, "item": item, "field": field}
    found = originals.rows(_IN_FORCE, **known, upto=receipt["number"])
    value = None if line.value is None else decimal_text(line.value)
    data_at = str(line.data_at) if line.data_at else None
    gone = line.state is State.WITHDRAWN
    standing = [(*list(row.values())[:3], row["data_at"] if data_at else None) for row in found]
    if standing == ([] if gone else [(line.state.value, value, line.text, data_at)]):
        return
    # 别的版本的程序，收文字的栏目可能少几样；数从来都收
    excused = field != "value" and receipt["program"] != PROGRAM
    verdict = Verdict.UNREAD if excused else Verdict.DIFFERS
    said = value or line.text or line.state.label
    proof = Proof(verdict, line.raw, f"原件这一格是“{said}”，台账里没有这一笔")
    row = {"item": item, "field": field, "sheet": line.sheet, "cell": line.cell}
    yield _doubt(receipt, proof, row)


def _doubt(receipt: Row, proof: Proof, row: Row | None = None) -> Doubt:
    place = {name: str(row[name]) for name in ("item", "field", "sheet", "cell")} if row else {}
    return Doubt(
        proof.verdict,
        receipt["receipt"],
        receipt["agency"],
        receipt["file_name"],
        proof.why,
        **place,
    )
