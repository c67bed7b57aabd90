"""收一批文件：先全部读完，再按季度、单位、内容排好，一份一份核对入库。"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from ipmeasures.commands.aftermath import lights_after_posting
from ipmeasures.commands.arrived import Arrived, arrive, not_mended
from ipmeasures.commands.clashes import clashes_in
from ipmeasures.commands.desk import Desk
from ipmeasures.commands.known import known_about
from ipmeasures.commands.recording import post
from ipmeasures.commands.rulings import Rulings, barred, rulings_in
from ipmeasures.ledger.entry import Posting, Receipt
from ipmeasures.ledger.posted import Filed, Past, Posted, judge
from ipmeasures.ledger.store import Ledger
from ipmeasures.problem import Place, Problem, Severity, problem, refused
from ipmeasures.progress.aftermath import LightChange
from ipmeasures.returns.checks import check_return
from ipmeasures.returns.file import Skipped
from ipmeasures.returns.filing import to_filing
from ipmeasures.returns.reading import Reading, Return


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


def take_in(
    desk: Desk,
    paths: Sequence[Path],
    terms: Terms,
    watch: Callable[[Sequence[Path]], Iterable[Path]] = iter,
    tell: Callable[[Skipped], None] = lambda _: None,
) -> Iterator[Intake]:
    """一批文件逐个给出结果；次序与文件的先后无关。

    ``watch`` 看着读到第几个（进度条）；跳过了什么，说给 ``tell``。
    """
    arrived = sorted((arrive(path, desk) for path in watch(paths)), key=lambda a: a.order)
    arrived = not_mended(arrived, tell)
    recorded, rulings = _standing(desk, arrived)

    def examine(one: Arrived) -> Sequence[Problem]:
        stopped = barred(rulings, one.sha256, one.reading.returns)
        return _examined(desk, one, [*one.reading.problems, *stopped], terms).problems

    # 整个文件夹再收一遍时，收过的原件不与后来的更正相争，也不把更正改回去
    clashes = clashes_in([one for one in arrived if one.sha256 not in recorded], examine)
    alone = len(arrived) == 1
    for one in arrived:
        said = clashes.found.get(one.path, ())
        stopped = barred(rulings, one.sha256, one.reading.returns)
        before = recorded.get(one.sha256, ())
        if one.sha256 in rulings.sent_back:
            yield _intake(one, stopped)
        elif one.path in clashes.refused:
            yield _intake(one, [*clashes.refused[one.path], *said])
        else:
            yield _known_before(desk, one, terms, before, alone=alone) or _take(
                desk, one, [*said, *stopped], terms, before
            )


def _known_before(
    desk: Desk, one: Arrived, terms: Terms, before: tuple[Receipt, ...], *, alone: bool
) -> Intake | None:
    """收过的文件：内容都还有效的是重复；其后有更正的，只有单独收才改回去，返回 ``None`` 照常收。"""
    again = _again(desk, one, terms) if before else None
    if again and again.outcome == "duplicate":
        return _intake(one, one.reading.problems, again)
    if again and not alone and _changes(again):
        return _kept(one, again, before)
    return None


def _standing(
    desk: Desk, arrived: Iterable[Arrived]
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


def _again(desk: Desk, one: Arrived, terms: Terms) -> Posted | None:
    """收过的文件再收会怎样；内容都还有效的就是重复，不再核对（当时可能确认过）。"""
    if not one.reading.returns or refused(one.reading.problems):
        return None
    with Ledger.open(desk.workspace.ledger, read_only=True) as ledger:
        return ledger.preview(_posting(desk, one, [], terms))


def _kept(one: Arrived, again: Posted, receipts: tuple[Receipt, ...]) -> Intake:
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


def _intake(one: Arrived, problems: Iterable[Problem], posted: Posted | None = None) -> Intake:
    return Intake(one.path, one.sha256, one.reading, tuple(problems), posted, one.content)


def _take(
    desk: Desk,
    one: Arrived,
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


def _examined(desk: Desk, one: Arrived, problems: list[Problem], terms: Terms) -> Intake:
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
    return [
        found
        for one in returns
        for found in check_return(
            one, known_about(desk, one, ledger, terms.confirmed, terms.received_on)
        )
    ]


def _posting(desk: Desk, one: Arrived, problems: list[Problem], terms: Terms) -> Posting:
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


def _is_error(found: Problem) -> bool:
    return found.severity is Severity.ERROR
