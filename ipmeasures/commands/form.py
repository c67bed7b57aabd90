"""``ipm form``：生成空表。"""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from ipmeasures.commands.dates import tell_outside
from ipmeasures.commands.desk import Desk, need_agency, open_desk, parse_quarter
from ipmeasures.commands.options import Home, QuarterOption
from ipmeasures.errors import UsageError
from ipmeasures.forms.consolidated import write_consolidated
from ipmeasures.forms.history import missing_rows, write_history
from ipmeasures.forms.write import write_form
from ipmeasures.plan.owed import agencies_owing, owed_by
from ipmeasures.progress.expected import expected_of
from ipmeasures.progress.reporting import due_date, due_words
from ipmeasures.quarter import Quarter
from ipmeasures.report.drafts import Kept, save_written, standing

_SAID = {Kept.NEW: "新发", Kept.REPLACED: "重发", Kept.SAME: "没有变化"}


def run(  # noqa: PLR0913, PLR0917 - 命令的选项
    quarter: QuarterOption = None,
    year: Annotated[
        int | None,
        typer.Option(metavar="年份", help="与 --consolidated 合用：这一年还缺的数，一张补录表"),
    ] = None,
    agency: Annotated[
        list[str] | None, typer.Option("--agency", metavar="单位", help="只发这一家，可写几次")
    ] = None,
    consolidated: Annotated[
        bool, typer.Option("--consolidated", help="只生成办公室自用的汇总空表")
    ] = False,
    out: Annotated[Path | None, typer.Option(metavar="文件夹", help="写到哪里")] = None,
    home: Home = None,
) -> None:
    """给每个有事项要报的单位生成一份空表，放在 forms/季度/ 下。"""
    desk = open_desk(home)
    when = parse_quarter(quarter, year)
    if when is None and year is not None and consolidated:
        _history(desk, year, out)
        return
    if when is None:
        raise UsageError(
            "请写明季度，如 --quarter 2023Q2；补以前一年的数，请写 --year 2021 --consolidated"
        )
    tell_outside(desk.plan, when)
    folder = out or desk.workspace.forms / str(when)
    names = [need_agency(desk.plan, name) for name in agency or ()]
    forms = _consolidated(desk, when) if consolidated else _forms(desk, when, names)
    counts: Counter[str] = Counter()
    for name, content in forms.items():
        counts[_place(folder / name, content)] += 1
    said = "，".join(f"{label} {count} 份" for label, count in counts.items())
    print(f"{when.label}空表：{said}，在 {folder}")
    print(f"报送时限：{due_date(desk.plan, when).isoformat()}（办公室设定）")


def _forms(desk: Desk, quarter: Quarter, names: list[str]) -> dict[str, bytes]:
    plan, record = desk.plan, desk.record(None, quarter)
    return {
        f"{quarter}-{name}.xlsx": write_form(
            plan,
            owed_by(plan, name),
            quarter,
            due_words(plan, quarter),
            expected_of(plan, name, record.entries, quarter),
        )
        for name in names or agencies_owing(plan)
    }


def _history(desk: Desk, year: int, out: Path | None) -> None:
    """一年还缺的数，一张补录表；不缺的说不缺。"""
    document, last = desk.plan.document, Quarter(year, 4)
    if not document.base_year < year <= document.target_year:
        span = f"{document.base_year + 1} 到 {document.target_year}"
        raise UsageError(f"--year {year} 不在计划期（{span}）里，请核对年份")
    if last.last_day >= desk.today:
        raise UsageError(f"{year}年还没有结束，没有要补录的，请照常按季报送")
    known = {
        (e.agency, e.item)
        for e in desk.record(None, last).entries
        if e.quarter == last and e.field == "value"
    }
    rows = missing_rows(desk.plan, year, known)
    if not rows:
        print(f"{year}年不缺数，没有写补录表")
        return
    path = (out or desk.workspace.forms / str(year)) / f"{year}-补录表.xlsx"
    said = _place(path, write_history(desk.plan, year, rows))
    print(f"{year}年还缺 {len(rows)} 个数，补录表{said}：{path}")
    print("查到的填上，查不到的空着，填好用 ipm ingest 收；再运行这条命令，只列还缺的")


def _consolidated(desk: Desk, quarter: Quarter) -> dict[str, bytes]:
    return {f"{quarter}-汇总表.xlsx": write_consolidated(desk.plan, quarter)}


def _place(path: Path, content: bytes) -> str:
    """存一份空表；已经有人填过的不动。"""
    now = standing(path, content)
    if now is Kept.EDITED:
        print(f"没有覆盖 {path}：它已被改动（填过），要重发请先移走")
        return "保留已填"
    save_written(path, content)
    return _SAID[now]
