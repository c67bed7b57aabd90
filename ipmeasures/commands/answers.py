"""答复的文件：退回的出一份标好的退回表，收下的出一张回执。"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import count, islice
from pathlib import Path

from ipmeasures.commands.desk import Desk
from ipmeasures.commands.intake import Intake
from ipmeasures.commands.needed import agency_entries
from ipmeasures.errors import CannotWrite
from ipmeasures.forms.identity import CONSOLIDATED_AGENCY
from ipmeasures.ledger.entry import Entry
from ipmeasures.ledger.store import Ledger
from ipmeasures.plan.names import name_of
from ipmeasures.problem import Problem, Severity
from ipmeasures.progress.expected import expected_of
from ipmeasures.progress.reporting import due_words
from ipmeasures.quarter import Quarter
from ipmeasures.report.drafts import Kept, save_written, standing
from ipmeasures.returns.file import Skipped
from ipmeasures.returns.read import read_submitted

FEEDBACK, RECEIPT = "反馈", "回执"
# 单位改不了的：改好标出的格子再发来，还是收不下
_OFFICE = {
    "quarter_locked": "季度锁着，单位怎么改也收不下；解锁以后再收一次",
    "same_as_sent_back": "原件退回过，没有改动；请单位照退回的理由改好再报",
}
_OURS = re.compile(rf"-(?:{FEEDBACK}|{RECEIPT})(?:-第\d+稿)?$")
_MOST_DRAFTS = 99
# 再多写起来就慢了（约四秒）；全部单位的汇总表加起来不到四百行
_MOST_LINES = 6000


@dataclass(frozen=True, slots=True)
class Answer:
    """一份文件的答复：退回表、回执写在哪里。

    没有写成的，``trouble`` 说为什么；不该写的（单位怎么改都收不下），``without`` 说为什么。
    """

    feedback: Path | None = None
    receipt: Path | None = None
    trouble: str = ""
    without: str = ""


def without_answers(
    paths: Iterable[Path], named: Iterable[Path]
) -> tuple[list[Path], list[Skipped]]:
    """文件夹里的退回表、回执，没有人改过的不是报表，跳过；``named`` 是用户点了名的，照收。

    Returns:
        要收的文件，和跳过了什么。
    """
    chosen = set(named)
    kept, said = [], []
    for path in paths:
        ours = _OURS.search(path.stem) and standing(path, b"") is Kept.REPLACED
        if ours and path not in chosen:
            said.append(Skipped(f"{path}：这是本程序写的答复，还没有人改过"))
        else:
            kept.append(path)
    return kept, said


def _only_by_office(intake: Intake) -> str:
    barred = [found for found in intake.problems if _is_barred(found)]
    locked = {found.value for found in barred if found.code == "quarter_locked"}
    if locked and any(str(one.quarter) not in locked for one in intake.reading.returns):
        return ""  # 还有没锁的季度：单位去掉锁着的各行，就收得下
    return next((_OFFICE[found.code] for found in barred), "")


def _is_barred(found: Problem) -> bool:
    return found.code in _OFFICE and found.severity is Severity.ERROR


@dataclass(slots=True)
class Answers:
    """一批文件的答复；``out`` 是写到哪个文件夹，空的写在原件旁边、不出回执。"""

    desk: Desk
    out: Path | None = None
    _used: set[Path] = field(default_factory=set)

    def to(self, intake: Intake) -> Answer:
        """给一份文件写答复；写不成不影响收表。"""
        try:
            if intake.outcome == "rejected":
                if without := _only_by_office(intake):
                    return Answer(without=without)
                content = self._feedback(intake)
                return Answer(feedback=self._save(intake, FEEDBACK, content) if content else None)
            if intake.outcome == "accepted" and self.out:
                return Answer(receipt=self._save(intake, RECEIPT, self._receipt(intake)))
        except CannotWrite as failed:
            return Answer(trouble=str(failed))
        return Answer()

    def _feedback(self, intake: Intake) -> bytes | None:
        from ipmeasures.forms.feedback import write_feedback  # noqa: PLC0415 - 退回时才写表

        plan = self.desk.plan
        found = read_submitted(intake.content, plan, intake.reading, intake.problems)
        if found is None:
            return None
        found = replace(found, sha256=intake.sha256)
        lines = sum(map(len, found.rows.values())) + len(found.marks)
        if lines > _MOST_LINES:
            raise CannotWrite(f"各表各行和问题共 {lines} 处，退回表写不下，请先照上面说的改")
        if found.agency == CONSOLIDATED_AGENCY:
            return write_feedback(plan, found)
        entries = self._entries(found.agency, found.quarter)
        expected = expected_of(plan, found.agency, entries, found.quarter)
        return write_feedback(plan, found, due_words(plan, found.quarter), expected)

    def _entries(self, agency: str, quarter: Quarter) -> Iterable[Entry]:
        path = self.desk.workspace.ledger
        if not Ledger.exists(path):
            return ()
        with Ledger.open(path, read_only=True) as ledger:
            return agency_entries(ledger, self.desk.plan, agency, quarter)

    def _receipt(self, intake: Intake) -> bytes:
        from ipmeasures.report.sheets.receipt import receipt_xlsx  # noqa: PLC0415 - 要回执才写表

        assert intake.posted is not None  # noqa: S101 - 收下的都有
        names = {item.id: name_of(item) for item in self.desk.plan.items.values()}
        return receipt_xlsx(intake.path.name, intake.posted, intake.problems, names)

    def _save(self, intake: Intake, kind: str, content: bytes) -> Path:
        """人改过的、这一批里已经写过的不覆盖，写成下一稿。"""
        folder = self.out or intake.path.parent
        if folder.is_file():
            raise CannotWrite(f"{folder} 是一个文件，不是文件夹，请换一个文件夹")
        stem = f"{_OURS.sub('', intake.path.stem)}-{kind}"
        names = (f"{stem}-第{n}稿.xlsx" if n > 1 else f"{stem}.xlsx" for n in count(1))
        for name in islice(names, _MOST_DRAFTS):
            path = folder / name
            if path not in self._used and standing(path, content) is not Kept.EDITED:
                self._used.add(path)
                return save_written(path, content)
        raise CannotWrite(
            f"写不进 {folder / stem}.xlsx：名称太长，或同名的文件太多，请换一个文件夹"
        )
