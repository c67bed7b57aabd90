"""写报告有多快：一份文档、一条命令、一整年，和台账大到五年时怎样。

用法：``python tools/bench_report.py [--rounds 5]``。在临时文件夹里造一本 20 家单位、若干季度的台账，然后

1. 在进程里（库已装载）写一份 DOCX，取最快的一次：每 20 页不超过 0.35 秒；
2. ``ipm report`` 写一个季度（默认的格式），与只装载它所用的库的 ``python -c import …`` 交替跑，挨着的两次之比的中位数不超过 3；
3. 四个季度、现有的各种格式写一年，台账一年与五年各量一次：五倍的数据，时间不超过 2 倍。

有一项超过时以 1 退出。页数由 LibreOffice 数，没有的按字数估。
"""

import argparse
import datetime as dt
import hashlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from samples import filled_returns

from ipmeasures import __version__
from ipmeasures.commands.report import FORMATS
from ipmeasures.commands.start import lay_out
from ipmeasures.ledger.entry import Posting
from ipmeasures.ledger.store import Ledger
from ipmeasures.plan.load import load_plan
from ipmeasures.plan.model import Plan
from ipmeasures.progress.gaps import find_gaps
from ipmeasures.quarter import Quarter
from ipmeasures.report.docx import render_docx
from ipmeasures.report.view import Made, ReportView, view
from ipmeasures.returns.filing import to_filing
from ipmeasures.returns.read import read_return
from ipmeasures.workspace import Workspace

YEAR = 2025
AGENCIES = 20
SECONDS, PAGES = 0.35, 20
TIMES, GROWTH = 3.0, 2.0
# 写默认两种格式要装的第三方库；有了别的格式，它们的库也在其中
LIBRARIES = "import typer, jinja2, docxtpl, openpyxl"
_CHARACTERS = 500  # 一页大约几个字


def main() -> int:
    """造台账，量三样，打印比值。"""
    arguments = argparse.ArgumentParser(description="写报告的快慢")
    arguments.add_argument("--rounds", type=int, default=5)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        one, five = Path(folder) / "一年", Path(folder) / "五年"
        small, large = _fill(one, [YEAR]), _fill(five, range(YEAR - 4, YEAR + 1))
        print(f"台账：一年 {small} 份报表，五年 {large} 份报表；格式 {'、'.join(FORMATS)}")
        passed = [
            _one_document(one, chosen.rounds),
            _one_command(one, chosen.rounds),
            _one_year(one, five, chosen.rounds),
        ]
    print(f"{sum(passed)} passed, {len(passed) - sum(passed)} failed")
    return 0 if all(passed) else 1


def _one_document(root: Path, rounds: int) -> bool:
    shown, templates = _view(root), Workspace(root).templates
    content = render_docx(shown, templates)
    taken = min(_seconds(lambda: render_docx(shown, templates)) for _ in range(rounds))
    pages = _pages(content, root)
    each = taken / pages * PAGES
    print(f"一份 DOCX（{pages} 页）：{taken:.3f} 秒，每 {PAGES} 页 {each:.3f} 秒，上限 {SECONDS}")
    return each <= SECONDS


def _one_command(root: Path, rounds: int) -> bool:
    ours = [*_report(root), "--quarter", "4"]
    bare = [sys.executable, "-c", LIBRARIES]
    taken = _alternate([ours, bare], max(rounds, 9))
    # 先后挨着的两次一比，机器忽忙忽闲都差不多
    ratio: float = statistics.median(one / other for one, other in zip(*taken, strict=True))
    one, other = (statistics.median(times) * 1000 for times in taken)
    print(f"ipm report 一个季度：{one:.0f} ms，只装载库：{other:.0f} ms")
    print(f"比值 {ratio:.2f}，上限 {TIMES:g}")
    return ratio <= TIMES


def _one_year(one: Path, five: Path, rounds: int) -> bool:
    every = ("--format", ",".join(FORMATS))
    taken = _alternate([[*_report(one), *every], [*_report(five), *every]], rounds)
    small, large = map(statistics.median, taken)
    growth = large / small
    print(f"写一年四个季度：台账一年 {small * 1000:.0f} ms，五年 {large * 1000:.0f} ms")
    print(f"五倍的数据，{growth:.2f} 倍的时间，上限 {GROWTH:g}")
    return growth <= GROWTH


def _fill(root: Path, years: Iterable[int]) -> int:
    """一本台账：每年四个季度，每季 20 家；返回几份报表。"""
    lay_out(root)
    plan, count = load_plan(Workspace(root)), 0
    with Ledger.create(Workspace(root).ledger) as ledger:
        for quarter in (Quarter(year, n) for year in years for n in range(1, 5)):
            for name, content in filled_returns(root, str(quarter), AGENCIES, Decimal("0.97")):
                ledger.post(_posting(plan, quarter, name, content))
                count += 1
    return count


def _posting(plan: Plan, quarter: Quarter, name: str, content: bytes) -> Posting:
    found = read_return(content, plan).returns
    day = quarter.last_day + dt.timedelta(days=5)
    return Posting(
        file=name,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        filings=tuple(map(to_filing, found)),
        received_on=day,
        now=dt.datetime.combine(day, dt.time(9), dt.UTC),
        by="样例",
        plan_digest=plan.digest,
        plan_sources=(),
    )


def _view(root: Path) -> ReportView:
    plan, quarter = load_plan(Workspace(root)), Quarter(YEAR, 4)
    with Ledger.open(Workspace(root).ledger, read_only=True) as ledger:
        entries, receipts = ledger.entries(), ledger.receipts()
    day = quarter.last_day + dt.timedelta(days=20)
    gaps = find_gaps(plan, entries, receipts, quarter, day)
    made = Made(day, receipts[-1].receipt, receipts[-1].head, __version__)
    return view(plan, gaps, entries, receipts, (), made)


def _report(root: Path) -> list[str]:
    ipm = str(Path(sys.executable).with_name("ipm"))
    return [ipm, "report", "--year", str(YEAR), "--home", str(root)]


def _alternate(commands: list[list[str]], rounds: int) -> list[list[float]]:
    """几条命令轮流跑，各次用了多久；头一轮是预热。"""
    taken: list[list[float]] = [[] for _ in commands]
    for number in range(rounds + 1):
        for place, command in enumerate(commands):
            seconds = _seconds(partial(_quiet, command))
            if number:
                taken[place].append(seconds)
    return taken


def _quiet(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _pages(content: bytes, root: Path) -> int:
    office, counter = shutil.which("soffice"), shutil.which("pdfinfo")
    path = root / "页数.docx"
    path.write_bytes(content)
    if not (office and counter):
        from ipmeasures.report.docx import template_paragraphs  # noqa: PLC0415

        return max(1, sum(map(len, template_paragraphs(path))) // _CHARACTERS)
    home = f"-env:UserInstallation={(root / 'office').as_uri()}"
    _quiet([office, home, "--headless", "--convert-to", "pdf", "--outdir", str(root), str(path)])
    told = subprocess.run(
        [counter, path.with_suffix(".pdf")], check=True, capture_output=True, text=True
    ).stdout
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pages"))


if __name__ == "__main__":
    sys.exit(main())
