"""``ipm ingest``：收表。"""

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ipmeasures.commands.answers import Answer, Answers, without_answers
from ipmeasures.commands.dates import need_day
from ipmeasures.commands.desk import Desk, need_item, open_desk, user_name
from ipmeasures.commands.intake import Intake, Terms, take_in
from ipmeasures.commands.options import Home
from ipmeasures.errors import CannotWrite, UsageError
from ipmeasures.ledger.rescue import refuse_lost
from ipmeasures.problem import Problem
from ipmeasures.report.json_view import printed
from ipmeasures.report.terminal.decisions import light_lines, lights_json
from ipmeasures.report.terminal.intake import (
    change_lines,
    correction_lines,
    count_lines,
    kept_lines,
    outcome_lines,
    problem_json,
    problem_lines,
    receipts_json,
)
from ipmeasures.report.terminal.layout import wrap
from ipmeasures.returns.file import Skipped, find_files, read_file


class Format(StrEnum):
    """答复的形式。"""

    TEXT = "text"
    JSON = "json"


def run(  # noqa: PLR0913, PLR0917 - 命令的选项
    files: Annotated[list[Path], typer.Argument(metavar="文件或文件夹")],
    received: Annotated[
        str | None, typer.Option(metavar="日期", help="收到日期，默认今天；判迟报用")
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="姓名", help="经办人，默认当前用户")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只核对，不入库")] = False,
    confirm: Annotated[
        list[str] | None, typer.Option(metavar="事项=理由", help="确认一个存疑的数，照原样入库")
    ] = None,
    attach: Annotated[
        list[Path] | None, typer.Option(metavar="文件", help="随附的来文扫描件等")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="文件夹", help="退回表写到这里（默认在原件旁边），收下的另出回执"),
    ] = None,
    notes: Annotated[bool, typer.Option("--notes", help="“说明”一类的问题也全部列出")] = False,
    output: Annotated[Format, typer.Option("--format", help="text 或 json")] = Format.TEXT,
    home: Home = None,
) -> int:
    """收表：读、核对、入库；一份文件要么全部入库，要么一个数也不入。"""
    desk = open_desk(home)
    refuse_lost(desk.workspace.ledger)  # 没有了以前的记录，核对也不作数
    terms = Terms(
        _received_on(desk, received),
        by or user_name(),
        dict(_confirmed(desk, text) for text in confirm or ()),
        tuple((path.name, _attachment(path)) for path in attach or ()),
        dry_run,
    )
    paths, said = find_files(files)
    paths, passed = without_answers(paths, files)
    skipped: list[Skipped] = []

    def skip(what: Skipped) -> None:
        skipped.append(what)
        _tell(what.line)

    for what in (*said, *passed):
        skip(what)
    if not paths:
        raise UsageError("没有可收的表格，请核对文件夹")
    _tell(f"工作文件夹：{desk.workspace.root}")  # 装在哪一本台账里，收错了最难查
    answers, results = Answers(desk, out), []
    for intake in take_in(desk, paths, terms, _watched, skip):
        answer = Answer() if dry_run else answers.to(intake)
        results.append((intake, answer))
        if output is Format.TEXT:
            print("\n".join(_text(intake, answer, terms, notes=notes)))
        if answer.trouble:
            _tell(f"{intake.path.name}：没有写出答复：{answer.trouble}")
    if output is Format.JSON:
        stored = not dry_run and any(r.outcome == "accepted" for r, _ in results)
        document = {"stored": stored, "files": [_json(*result) for result in results]}
        print(printed(document))
    elif len(results) > 1 or skipped:
        print(_summary((intake for intake, _ in results), skipped, dry_run=dry_run))
    return max(_status(intake, answer, out) for intake, answer in results)


def _status(intake: Intake, answer: Answer, out: Path | None) -> int:
    """一份文件的退出码；要写到 --out 的答复没有写成，是写不进去。"""
    unwritten = out is not None and bool(answer.trouble)
    return max(intake.exit_status, CannotWrite.exit_status if unwritten else 0)


def _received_on(desk: Desk, text: str | None) -> dt.date:
    day = need_day("--received", text) if text else desk.today
    if day > desk.today:
        raise UsageError(f"--received 的 {day} 还没有到，今天是 {desk.today}，请改成收到的那一天")
    return day


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


def _watched(paths: Sequence[Path]) -> Iterator[Path]:
    """读一批文件时的进度条；只在终端上、文件多时才有。"""
    if len(paths) < 5 or not sys.stderr.isatty():
        yield from paths
        return
    with typer.progressbar(paths, label="正在读", file=sys.stderr) as bar:
        yield from bar


def _text(intake: Intake, answer: Answer, terms: Terms, *, notes: bool) -> list[str]:
    name, posted = intake.path.name, intake.posted
    lines = outcome_lines(name, intake.outcome, posted, dry_run=terms.dry_run)
    if intake.outcome != "unreadable":
        lines += count_lines(intake.reading.figures, posted)
    lines += kept_lines(posted)
    lines += change_lines(posted) if terms.dry_run else correction_lines(posted)
    lines += light_lines(intake.lights)
    shown: Sequence[Problem] = intake.problems
    if intake.outcome == "duplicate":
        shown = [p for p in shown if p.code == "received_before"]
    return [*lines, *problem_lines(shown, notes=notes), *_answer_lines(answer)]


def _answer_lines(answer: Answer) -> list[str]:
    """答复的文件在哪里；路径不折行，便于复制。"""
    if answer.feedback:
        return [f"  退回表：{answer.feedback}（改好标出的格子再发来）"]
    if answer.without:
        return wrap(f"没有写退回表：{answer.without}", first="  ", indent="    ")
    return [f"  回执：{answer.receipt}"] if answer.receipt else []


def _json(intake: Intake, answer: Answer) -> dict[str, object]:
    return {
        "file": intake.path.name,
        "sha256": intake.sha256 or None,
        "outcome": intake.outcome,
        "receipts": receipts_json(intake.posted),
        "problems": [problem_json(found) for found in intake.problems],
        "lights": lights_json(intake.lights),
        "feedback": str(answer.feedback) if answer.feedback else None,
    }


def _summary(results: Iterable[Intake], skipped: Iterable[Skipped], *, dry_run: bool) -> str:
    outcomes = [intake.outcome for intake in results]
    counts = (
        ("可入库" if dry_run else "入库", "accepted"),
        ("重复", "duplicate"),
        ("退回", "rejected"),
        ("读不了", "unreadable"),
    )
    parts = "，".join(f"{label} {outcomes.count(code)}" for label, code in counts)
    passed = sum(one.files for one in skipped)
    parts += f"，跳过 {passed}" if passed else ""
    return f"共 {len(outcomes) + passed} 个文件：{parts}"


def _confirmed(desk: Desk, text: str) -> tuple[str, str]:
    item, _, reason = text.partition("=")
    if not reason.strip():
        raise UsageError(f"--confirm 的“{text}”缺少理由，请写成 --confirm I01=理由")
    return need_item(desk.plan, item), reason.strip()


def _attachment(path: Path) -> bytes:
    content = read_file(path)
    if isinstance(content, Problem):
        raise UsageError(f"附件 {path} 读不到：{content.message}")
    return content
