"""收一批文件：先全部读完，再按季度、单位、内容排好，一份一份核对入库。"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from ipmeasures.commands.aftermath import lights_after_posting
from ipmeasures.commands.desk import Desk
from ipmeasures.commands.needed import agency_entries
from ipmeasures.commands.recording import post
from ipmeasures.commands.rulings import Rulings, barred, rulings_in
from ipmeasures.ledger.entry import Posting, Receipt
from ipmeasures.ledger.posted import Filed, Past, Posted, judge, sha256_of
from ipmeasures.ledger.store import Ledger
from ipmeasures.problem import Place, Problem, Severity, problem, refused
from ipmeasures.progress.aftermath import LightChange
from ipmeasures.progress.expected import expected_of
from ipmeasures.returns.checks import check_return
from ipmeasures.returns.circumstances import Circumstances
from ipmeasures.returns.file import read_file
from ipmeasures.returns.filing import to_filing
from ipmeasures.returns.read import read_return
from ipmeasures.returns.reading import Reading, Return
from ipmeasures.returns.row import state_of


@dataclass(frozen=True, slots=True)
class Terms:
    """这一批怎么收：收到日期、经办人、确认、附件、是不是试算。"""

    received_on: dt.date
    by: str
    confirmed: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[tuple[str, bytes], ...] = ()
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Intake:
    """一个文件收下来的结果。

    ``posted`` 只有收下或重复的才有，``content`` 是文件的内容，``lights`` 是因此变了的灯。
    """

    path: Path
    sha256: str
    reading: Reading
    problems: tuple[Problem, ...]
    posted: Posted | None = None
    content: bytes = b""
    lights: tuple[LightChange, ...] = ()

    @property
    def outcome(self) -> str:
        """``accepted``、``duplicate``、``rejected`` 或 ``unreadable``。"""
        if self.posted is not None:
            return self.posted.outcome
        unread = any(p.code.startswith("file_") for p in self.problems if _is_error(p))
        return "unreadable" if unread else "rejected"

    @property
    def exit_status(self) -> int:
        """这个文件的退出码。"""
        return {"accepted": 0, "duplicate": 0, "rejected": 1, "unreadable": 3}[self.outcome]


@dataclass(frozen=True, slots=True)
class _Arrived:
    path: Path
    content: bytes
    sha256: str
    reading: Reading

    @property
    def order(self) -> tuple[str, ...]:
        keys = sorted(f"{r.quarter} {r.agency}" for r in self.reading.returns)
        return (*keys[:1], self.sha256, self.path.name)


def take_in(
    desk: Desk,
    paths: Sequence[Path],
    terms: Terms,
    watch: Callable[[Sequence[Path]], Iterable[Path]] = iter,
    tell: Callable[[str], None] = lambda _: None,
) -> Iterator[Intake]:
    """一批文件逐个给出结果；次序与文件的先后无关。

    ``watch`` 看着读到第几个（进度条）；跳过了什么，说给 ``tell``。
    """
    arrived = sorted((_arrive(path, desk) for path in watch(paths)), key=lambda a: a.order)
    arrived = _not_mended(arrived, tell)
    recorded, rulings = _standing(desk, arrived)
    known = [one for one in arrived if one.sha256 in recorded]
    # 整个文件夹再收一遍时，收过的原件不与后来的更正相争，也不把更正改回去
    clashes = _conflicts([one for one in arrived if one not in known])
    for one in arrived:
        before = recorded.get(one.sha256, ())
        stopped = barred(rulings, one.sha256, one.reading.returns)
        if one.sha256 in rulings.sent_back:
            yield _intake(one, stopped)
            continue
        again = _again(desk, one, terms) if before else None
        if again and again.outcome == "duplicate":
            yield _intake(one, one.reading.problems, again)
        elif again and len(arrived) > 1 and _changes(again):
            yield _kept(one, again, before)
        else:
            yield _take(desk, one, [*clashes[one.path], *stopped], terms, before)


def _standing(
    desk: Desk, arrived: Iterable[_Arrived]
) -> tuple[dict[str, tuple[Receipt, ...]], Rulings]:
    """来的文件里收过的（内容的摘要 → 当时的回执），和办公室的决定。"""
    path = desk.workspace.ledger
    if not Ledger.exists(path):
        return {}, Rulings()
    found: dict[str, tuple[Receipt, ...]] = {}
    with Ledger.open(path, read_only=True) as ledger:
        for receipt in ledger.receipts(files=[one.sha256 for one in arrived]):
            found[receipt.sha256] = (*found.get(receipt.sha256, ()), receipt)
        return found, rulings_in(ledger)


def _again(desk: Desk, one: _Arrived, terms: Terms) -> Posted | None:
    """收过的文件再收会怎样；内容都还有效的就是重复，不再核对（当时可能确认过）。"""
    if not one.reading.returns or refused(one.reading.problems):
        return None
    with Ledger.open(desk.workspace.ledger, read_only=True) as ledger:
        return ledger.preview(_posting(desk, one, [], terms))


def _kept(one: _Arrived, again: Posted, receipts: tuple[Receipt, ...]) -> Intake:
    """一批里收过的文件，其后有更正：不改回去，算重复，说一声。"""
    by_pair = {(r.agency, r.quarter): r for r in receipts}
    filed = tuple(
        Filed(
            f.filing,
            "duplicate",
            by_pair.get((f.filing.agency, f.filing.quarter), receipts[-1]),
            (),
            (),
            len(f.filing.lines),
        )
        for f in again.filings
    )
    said = problem("received_before.kept", Place(), receipt=receipts[-1].receipt)
    return _intake(one, (said,), Posted(filed))


def _changes(posted: Posted) -> bool:
    return any(filed.changes for filed in posted.filings)


def _intake(one: _Arrived, problems: Iterable[Problem], posted: Posted | None = None) -> Intake:
    return Intake(one.path, one.sha256, one.reading, tuple(problems), posted, one.content)


def _arrive(path: Path, desk: Desk) -> _Arrived:
    content = read_file(path)
    if isinstance(content, Problem):
        return _Arrived(path, b"", "", Reading((), (content,)))
    reading = read_return(content, desk.plan)
    if not reading.returns and not refused(reading.problems):
        reading = replace(reading, problems=(*reading.problems, problem("empty_return", Place())))
    return _Arrived(path, content, sha256_of(content), reading)


def _take(
    desk: Desk,
    one: _Arrived,
    met: list[Problem],
    terms: Terms,
    before: tuple[Receipt, ...],
) -> Intake:
    problems = [*one.reading.problems, *met]
    if any(p.code.startswith("file_") for p in problems if _is_error(p)):
        return _intake(one, problems)
    path = desk.workspace.ledger
    if terms.dry_run or refused(tuple(problems)):
        return _examined(desk, one, problems, terms)
    if not Ledger.exists(path):
        # 收不下的文件不该留下一本空台账
        examined = _examined(desk, one, problems, terms)
        if examined.posted is None:
            return examined
    with Ledger.open_or_create(path) as ledger:
        problems += _checked(desk, one.reading.returns, ledger, terms)
        if refused(tuple(problems)):
            return _intake(one, problems)
        if before and _changes(ledger.preview(_posting(desk, one, problems, terms))):
            problems.append(problem("received_before", Place(), receipt=before[-1].receipt))
        recorded = ledger.head.sequence
        posted = post(desk, ledger, _posting(desk, one, problems, terms))
        lights = lights_after_posting(desk, ledger, recorded, posted)
    if posted.same_values:
        problems.append(problem("same_values", Place(), receipt=posted.receipts[0].receipt))
    return replace(_intake(one, problems, posted), lights=lights)


def _examined(desk: Desk, one: _Arrived, problems: list[Problem], terms: Terms) -> Intake:
    """核对而不入库：试算，或本来就有错。"""
    path = desk.workspace.ledger
    opened = Ledger.open(path, read_only=True) if Ledger.exists(path) else nullcontext()
    with opened as ledger:
        problems = [*problems, *_checked(desk, one.reading.returns, ledger, terms)]
        if refused(tuple(problems)):
            return _intake(one, problems)
        posting = _posting(desk, one, problems, terms)
        posted = ledger.preview(posting) if ledger else judge(posting, Past())
        return _intake(one, problems, posted)


def _checked(
    desk: Desk, returns: Iterable[Return], ledger: Ledger | None, terms: Terms
) -> list[Problem]:
    found: list[Problem] = []
    for one in returns:
        entries = agency_entries(ledger, desk.plan, one.agency, one.quarter) if ledger else ()
        expected = expected_of(desk.plan, one.agency, entries, one.quarter)
        before = one.quarter + -1
        texts = {(e.item, e.field): e.text for e in entries if e.quarter == before and e.text}
        now = {(e.item, e.field): e.raw for e in entries if e.quarter == one.quarter}
        known = Circumstances(desk.plan, desk.today, expected, terms.confirmed, texts, now)
        found += check_return(one, known)
    return found


def _posting(desk: Desk, one: _Arrived, problems: list[Problem], terms: Terms) -> Posting:
    items = {row.item for found in one.reading.returns for row in found.rows}
    return Posting(
        file=one.path.name,
        content=one.content,
        sha256=one.sha256,
        filings=tuple(to_filing(found) for found in one.reading.returns),
        received_on=terms.received_on,
        now=desk.now,
        by=terms.by,
        plan_digest=desk.plan.digest,
        plan_sources=desk.plan_texts,
        warnings=sum(p.severity is Severity.WARNING for p in problems),
        confirmations=tuple((k, v) for k, v in terms.confirmed.items() if k in items),
        attachments=terms.attachments,
    )


def _not_mended(arrived: Sequence[_Arrived], tell: Callable[[str], None]) -> list[_Arrived]:
    """退过的原件，和改好的退回表一起来的，只收改好的。"""
    mended = {one.reading.mends: one.path.name for one in arrived if one.reading.mends}
    kept = []
    for one in arrived:
        if one.sha256 in mended:
            tell(f"{one.path}：跳过，已有改好的退回表 {mended[one.sha256]}")
        else:
            kept.append(one)
    return kept


def _conflicts(arrived: Sequence[_Arrived]) -> dict[Path, list[Problem]]:
    """同一批里对同一个数说法不同的文件。"""
    told: dict[tuple[str, str, str], list[tuple[_Arrived, Place, object]]] = defaultdict(list)
    for one in arrived:
        for found in one.reading.returns:
            for row in found.rows:
                if state_of(row) is not None:
                    key = (found.agency, str(found.quarter), row.item)
                    said = (state_of(row), getattr(row.row, "value", None))
                    told[key].append((one, row.place("value"), said))
    clashes: dict[Path, list[Problem]] = defaultdict(list)
    for (_, _, item), tellings in told.items():
        if len({said for _, _, said in tellings}) < 2:
            continue
        for one, place, _ in tellings:
            others = [f"{o.path.name} {p}" for o, p, _ in tellings if o is not one]
            if others:
                clashes[one.path].append(
                    problem("conflict_in_batch", place, item=item, other="、".join(others))
                )
    return clashes


def _is_error(found: Problem) -> bool:
    return found.severity is Severity.ERROR
