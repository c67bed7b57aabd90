"""导入设定表：读、核对、照它改计划文件；台账记下改了什么，旧的计划文件留一份。"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ipmeasures.commands import recording
from ipmeasures.commands.desk import Desk
from ipmeasures.commands.kept_plans import Texts, keep_plan, kept_plan
from ipmeasures.errors import PlanInvalid, UsageError
from ipmeasures.forms.settings.pages import settings_pages
from ipmeasures.forms.settings.slot import Page
from ipmeasures.ledger.decision import Decision, DecisionKind
from ipmeasures.ledger.store import Ledger
from ipmeasures.plan.edit import Edit, rewritten
from ipmeasures.plan.load import check_plan, plan_digest, plan_sources
from ipmeasures.problem import Problem, refused
from ipmeasures.report.save import staged
from ipmeasures.returns.settings.changes import Change, changes_of, edits_of
from ipmeasures.returns.settings.checks import check_answers
from ipmeasures.returns.settings.now import answers_now
from ipmeasures.returns.settings.read import Answer, SettingsBook, open_settings, read_settings

SUBJECT = "settings"
_FILES = ("measures", "targets")


@dataclass(frozen=True, slots=True)
class Proposal:
    """一份设定表读完、核对完：有什么问题，改了什么，改好的计划文件是什么样。

    ``old``、``new`` 是两个 YAML 文件现在的和改好的原文；有错误的，``new`` 就是 ``old``。
    """

    old: Texts
    new: Texts
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """写回去的结果：哪些文件、旧的留在哪里、台账里的决定（没有台账为 ``None``）。"""

    files: tuple[Path, ...]
    backup: Path
    decision: Decision | None = None
    was_recorded: bool = False


def propose(desk: Desk, content: bytes) -> Proposal:
    """看一份设定表要改什么；什么也不写。

    Raises:
        UsageError: 导出以后计划改过、又没有留下导出时的样子；或有一处程序改不了。
        PlanInvalid: 现在的计划文件有错，或改好的通不过检查。
    """
    now = plan_sources(desk.workspace)
    plan, sources = check_plan(*now)
    book = open_settings(content, plan)
    if isinstance(book, Problem):
        return Proposal(now, now, problems=(book,))
    then = now if book.digest == plan.digest else kept_plan(desk.workspace, book.digest)
    if then is None:
        raise UsageError(
            "导出这份设定表以后，计划文件改过了，又没有留下导出时的样子，分不清哪些是你改的；"
            "请用 ipm settings export 重新导出，把要改的抄到新表里"
        )
    current, problems = _answers(book, then, settings_pages(plan, sources))
    if refused(problems):
        return Proposal(now, now, problems=problems)
    new = _rewritten(now, edits_of(current, sources))
    return Proposal(now, new, changes_of(current), problems)


def _answers(
    book: SettingsBook, then: Texts, pages: tuple[Page, ...]
) -> tuple[tuple[Answer, ...], tuple[Problem, ...]]:
    """照导出时的计划读，再照现在的看：现在的每一格，和全部问题。"""
    plan, sources = check_plan(*then)
    exported = settings_pages(plan, sources)
    reading = read_settings(book.book, exported, plan)
    current, clashes = answers_now(reading.answers, exported, pages)
    return current, (*reading.problems, *clashes, *check_answers(current))


def _rewritten(old: Texts, edits: Sequence[Edit]) -> Texts:
    """改好的两个文件；写以前整个检查一遍。"""
    measures, targets = (
        rewritten(f"data/{name}.yaml", text, [edit for edit in edits if edit.file == name])
        for name, text in zip(_FILES, old, strict=True)
    )
    try:
        check_plan(measures, targets)
    except PlanInvalid as bad:
        raise PlanInvalid(
            "照这份设定表改好的计划文件通不过检查，什么也没有写；请核对下面说的几处，改设定表里相应的格",
            bad.problems,
        ) from None
    return measures, targets


def store(desk: Desk, proposal: Proposal, source: tuple[str, bytes], why: str, by: str) -> Stored:
    """写回计划文件，记入台账。

    先记台账，后换文件：两步之间断了电，台账里有这一次改动（改好的原文也在里面），文件还是旧的，再导入一次
    就接着写完；反过来先换文件，断在中间，设定就悄悄变了，谁改的、为什么，哪里也没有。要写的内容在记台账
    以前已经在旁边写好、落到盘上，所以记了台账而写不成，只剩换名那一步。

    Raises:
        CannotWrite, LedgerBusy, LedgerDamaged: 写不进去，台账正忙或损坏；计划文件没有动。
        UsageError: 读了以后，计划文件又被别人改了。
    """
    backup = keep_plan(desk.workspace, proposal.old, desk.now)
    paths = (desk.workspace.measures.resolve(), desk.workspace.targets.resolve())
    every = zip(paths, proposal.old, proposal.new, strict=True)
    files = {path: new for path, old, new in every if new != old}
    with staged(files) as put:
        if plan_sources(desk.workspace) != proposal.old:
            raise UsageError("计划文件刚刚被别人改了，什么也没有写；请再导入一次")
        decision, known = _recorded(desk, proposal, source, why, by)
        put()
    return Stored(tuple(files), backup, decision, known)


def _recorded(
    desk: Desk, proposal: Proposal, source: tuple[str, bytes], why: str, by: str
) -> tuple[Decision | None, bool]:
    """记入台账；上次记了而没有写完的，不再记。返回决定，和是不是上次记的。"""
    if not Ledger.exists(desk.workspace.ledger):
        return None, False
    old, new = plan_digest(*proposal.old), plan_digest(*proposal.new)
    with Ledger.open(desk.workspace.ledger) as ledger:
        last = next(reversed(ledger.decisions(DecisionKind.SETTINGS)), None)
        in_force = ledger.plan_at(ledger.head.sequence)
        if last and last.detail.get("plan") == new and in_force and in_force[0] == new:
            return last, True
        names = ("measures.yaml", "targets.yaml")
        ruling = replace(
            desk.ruling(DecisionKind.SETTINGS, SUBJECT, why, by),
            plan_digest=new,
            plan_sources=tuple(zip(names, proposal.new, strict=True)),
            detail={"previous": old, "plan": new, "file": source[0], "changes": _told(proposal)},
            files=(source,),
        )
        return recording.decide(desk, ledger, ruling)[0], False


def _told(proposal: Proposal) -> list[dict[str, str]]:
    return [
        {
            "sheet": change.place.sheet,
            "cell": change.place.cell,
            "setting": change.what,
            "old": change.old,
            "new": change.new,
        }
        for change in proposal.changes
    ]
