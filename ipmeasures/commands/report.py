"""``ipm report``：写进展报告。"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ipmeasures import __version__
from ipmeasures.commands.desk import Desk, Record, open_desk, parse_quarter, tell_notes
from ipmeasures.commands.options import AsOf, Home
from ipmeasures.errors import FileUnreadable, UsageError
from ipmeasures.ledger.entry import Confirmation, Entry, Receipt
from ipmeasures.plan.model import Plan
from ipmeasures.progress.gaps import Gaps
from ipmeasures.quarter import Quarter
from ipmeasures.report.drafts import Kept, next_draft, save_draft, save_written, standing
from ipmeasures.report.material import Material
from ipmeasures.report.parts import CorrectionRow
from ipmeasures.report.view import Made, ReportView, report_name, view

FORMATS = ("md", "docx", "xlsx", "html")


def run(  # noqa: PLR0913, PLR0917 - 命令的选项
    year: Annotated[
        int | None, typer.Option("--year", metavar="年份", help="写这一年的进展报告，如 2023")
    ] = None,
    quarter: Annotated[
        str | None, typer.Option("--quarter", metavar="季度", help="1 到 4，不写是有报表的各季")
    ] = None,
    formats: Annotated[
        str, typer.Option("--format", metavar="格式", help="md、docx、xlsx、html，可用逗号连写")
    ] = "md,docx",
    first: Annotated[
        int | None, typer.Option("--from", metavar="年份", help="与 --to 合用，写几年的中期评估")
    ] = None,
    last: Annotated[int | None, typer.Option("--to", metavar="年份", help="评估到哪年")] = None,
    out: Annotated[Path | None, typer.Option(metavar="文件夹", help="写到哪里")] = None,
    as_of: AsOf = None,
    home: Home = None,
) -> None:
    """一年里每个有报表入库的季度写一份进展报告；第四季度的是年度报告。"""
    desk = open_desk(home)
    desk.need_sound()
    wanted = _wanted(formats)
    until = desk.until(as_of)
    folder = out or desk.reports(until)
    if first is not None or last is not None:
        tell_notes(until)
        _review(desk, desk.record(until), (first, last, year, quarter), wanted, folder)
        return
    if year is None:
        raise UsageError("请写明年份，如 --year 2023；几年的中期评估写 --from 2021 --to 2023")
    year = year + 2000 if year < 100 else year
    named = parse_quarter(quarter, year)
    quarters = [q for q in ([named] if named else desk.quarters(until)) if q.year == year]
    tell_notes(until)
    if not quarters:
        print(f"{year}年没有入库的报表，没有写报告；要写空报告请加 --quarter", file=sys.stderr)
    for when in quarters:
        record = desk.record(until, when, report=True)
        shown = report_view(record, when)
        # 各种格式全写好了才存：模板坏了，原来的报告一份也不动
        rendered = {form: _render(desk, record, shown, when, form) for form in wanted}
        for form, content in rendered.items():
            path = folder / f"{report_name(when)}.{form}"
            print(_save(desk, record.plan, shown, path, content))


def _review(
    desk: Desk,
    record: Record,
    asked: tuple[int | None, int | None, int | None, str | None],
    wanted: list[str],
    folder: Path,
) -> None:
    first, last, year, quarter = asked
    if first is None or last is None or year is not None or quarter is not None:
        raise UsageError(
            "--from 和 --to 要一起写，不与 --year、--quarter 合用，如 --from 2021 --to 2023"
        )
    from ipmeasures.commands.review import write_review  # noqa: PLC0415 - 用到才装载

    for path in write_review(desk, record, (first, last), wanted, folder):
        print(path)


def _wanted(formats: str) -> list[str]:
    wanted = [
        part.strip().lower() for part in formats.replace("，", ",").split(",") if part.strip()
    ]
    unknown = [part for part in wanted if part not in FORMATS]
    if unknown or not wanted:
        raise UsageError(f"--format 的“{formats}”里有不认识的格式，可用：{'、'.join(FORMATS)}")
    return list(dict.fromkeys(wanted))


def report_view(record: Record, when: Quarter) -> ReportView:
    """一个季度的报告。"""
    return view(*_material(record, when), corrections_in(record, when))


def corrections_in(record: Record, when: Quarter) -> tuple[CorrectionRow, ...]:
    """印发了的报告里，与现在不同的数。"""
    if not record.issued:
        return ()
    # 有印发过的才用得到
    from ipmeasures.report.issued import Printed, corrections  # noqa: PLC0415
    from ipmeasures.report.items import details  # noqa: PLC0415

    def current(quarter: Quarter) -> Printed:
        return {row.id: row.value for row in details(_gathered(record, quarter))}

    return corrections(record.plan, record.entries, record.sent_back, record.issued, when, current)


def _material(
    record: Record, when: Quarter
) -> tuple[Plan, Gaps, list[Entry], tuple[Receipt, ...], tuple[Confirmation, ...], Made]:
    last = record.last_receipt
    made = Made(record.day, last.receipt if last else None, record.head, __version__)
    known = [e for e in record.entries if e.quarter <= when]
    return record.plan, record.gaps(when), known, record.receipts, record.confirmations, made


def _gathered(record: Record, when: Quarter) -> Material:
    plan, gaps, known, receipts, confirmations, made = _material(record, when)
    return Material(plan, gaps, tuple(known), receipts, confirmations, made)


def _save(desk: Desk, plan: Plan, shown: ReportView, path: Path, content: bytes) -> str:
    edited = standing(path, content) is Kept.EDITED
    saved = next_draft(path) if edited else path
    if path.suffix == ".md":
        content = _from_template(desk, shown, "md", saved.stem) if edited else content
    save_written(saved, content)
    if path.suffix == ".md":
        _save_pictures(shown, saved)
    if saved == path:
        return str(saved)
    listed = _differences(plan, path, saved, content)
    return f"{saved}（{path.name} 已有人改过，没有覆盖{listed}）"


def _differences(plan: Plan, edited: Path, saved: Path, content: bytes) -> str:
    """下一稿旁边附一份清单：它和改过的那一稿有哪些数不同；读不了的稿不比。"""
    if saved.suffix not in (".docx", ".md"):
        return ""
    # 有人改过才比
    from ipmeasures.plan.names import name_of  # noqa: PLC0415
    from ipmeasures.report.proof.compare import compare  # noqa: PLC0415
    from ipmeasures.report.proof.document import read_words, words_in  # noqa: PLC0415
    from ipmeasures.report.terminal.proof import drafts_text  # noqa: PLC0415

    try:
        before = read_words(edited)
    except FileUnreadable:
        return ""
    names = {name_of(item): item.id for item in plan.figure_items}
    proof = compare(before, words_in(content, saved.name), names)
    text = drafts_text(edited.name, saved.name, proof)
    listing = save_draft(saved.with_name(f"{saved.stem}-差异.txt"), text.encode("utf-8"))
    return f"；两稿有 {len(proof.differences)} 个数不同，见 {listing.name}"


def _save_pictures(shown: ReportView, beside: Path) -> None:
    """Markdown 报告的图，放在它旁边，名字跟着它：第2稿有第2稿的图。"""
    from ipmeasures.report.markdown import pictures  # noqa: PLC0415

    for name, svg in pictures(shown, beside.stem).items():
        save_draft(beside.with_name(name), svg.encode("utf-8"))


# 几种渲染的库都不小，用到才装载
def _render(desk: Desk, record: Record, shown: ReportView, when: Quarter, form: str) -> bytes:
    """一种格式的全文；网页和表格还印各笔的出处、各季的走势，所以要材料本身。"""
    if form == "html":
        from ipmeasures.report.board import board  # noqa: PLC0415
        from ipmeasures.report.html import render_html  # noqa: PLC0415

        return render_html(board(_gathered(record, when), shown)).encode("utf-8")
    if form == "xlsx":
        from ipmeasures.report.sheets.report import report_xlsx  # noqa: PLC0415

        return report_xlsx(_gathered(record, when), shown)
    return _from_template(desk, shown, form)


def _from_template(desk: Desk, shown: ReportView, form: str, name: str = "") -> bytes:
    if form == "md":
        from ipmeasures.report.markdown import render_markdown  # noqa: PLC0415

        return render_markdown(shown, desk.workspace.templates, name).encode("utf-8")
    from ipmeasures.report.docx import render_docx  # noqa: PLC0415

    return render_docx(shown, desk.workspace.templates)
