"""``ipm proof``：改过的报告和台账逐数对。"""

import datetime as dt
import re
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ipmeasures.commands.desk import Desk, open_desk, parse_quarter, tell_notes
from ipmeasures.commands.options import AsOf, Home, QuarterOption
from ipmeasures.commands.report import report_view
from ipmeasures.errors import UsageError
from ipmeasures.plan.names import name_of
from ipmeasures.quarter import Quarter
from ipmeasures.report.json_view import printed
from ipmeasures.report.proof.compare import Proof, compare
from ipmeasures.report.proof.document import Words, read_document, words_of
from ipmeasures.report.terminal.proof import proof_json, proof_text

_PERIOD = re.compile(r"(\d{4}年(?:第[一二三四]季度|度))进展情况报告")
_MADE = re.compile(r"^本报告(?:依据|生成于)(\d{4})年(\d{1,2})月(\d{1,2})日", re.MULTILINE)


class Format(StrEnum):
    """输出的形式。"""

    TEXT = "text"
    JSON = "json"


def run(
    file: Annotated[Path, typer.Argument(metavar="报告.docx", help="改过的报告")],
    quarter: QuarterOption = None,
    output: Annotated[Format, typer.Option("--format", help="text 或 json")] = Format.TEXT,
    as_of: AsOf = None,
    home: Home = None,
) -> int:
    """说出文中每个与台账不同的数（表格里的也算）；只改了字的地方不说。有不同的，退出码为 1。"""
    desk = open_desk(home)
    desk.need_sound()
    edited = read_document(file)
    when = parse_quarter(quarter) or quarter_of(edited, file)
    proof = proofread(desk, edited, when, as_of)
    if output is Format.JSON:
        print(printed(proof_json(file.name, when, proof)))
    else:
        print(proof_text(file.name, when, proof))
    return 1 if proof.differences else 0


def proofread(desk: Desk, edited: Words, when: Quarter, as_of: str | None = None) -> Proof:
    """照现在的台账和模板写一份，与改过的对；报告生成的日子照原来的，迟不迟、到没到期才不跟着变。"""
    from ipmeasures.report.docx import render_docx  # noqa: PLC0415 - 排版的库用到才装载

    record = desk.record(as_of, when, report=True)
    tell_notes(record.until)
    made = _MADE.search(edited.text)
    if made and as_of is None:
        day = dt.date(*map(int, made.groups()))
        record = replace(record, until=replace(record.until, day=day))
    shown = render_docx(report_view(record, when), desk.workspace.templates)
    names = {name_of(item): item.id for item in record.plan.figure_items}
    return compare(edited, words_of(shown, when.label), names)


def quarter_of(words: Words, file: Path) -> Quarter:
    """报告是哪个季度的，看标题。

    Raises:
        UsageError: 标题里认不出。
    """
    found = _PERIOD.search(words.text.replace("\n", ""))
    if found is None:
        raise UsageError(f"{file.name} 的标题里认不出是哪个季度的报告，请加 --quarter，如 2023Q2")
    return Quarter.parse(found[1])
