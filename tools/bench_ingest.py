"""收表有多快：读加核对（不入库），与别的做法在同一次运行里并排比。

用法：``pip install -r requirements/run.txt -r requirements/bench.txt``，再
``python tools/bench_ingest.py [--count 200] [--rounds 10]``。

报表分成几轮，每轮的几份轮流交给各家，算出这一轮的比值，最后取各轮的中位数；量的是处理器时间，机器上别的
程序再忙，比值也不变。先拿一份填错的表试：除了只读不核对的一家，都要认得出来，不然比的就不是同一件事。
达不到下限以 1 退出。各家怎么写的，见 ``tools/bench_peers.py``。
"""

import argparse
import datetime as dt
import gc
import io
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent))

import openpyxl
from bench_peers import WithFrictionless, WithPandera, only_calamine
from samples import filled_returns

from ipmeasures.commands.start import lay_out
from ipmeasures.forms.layout import MEASURES
from ipmeasures.forms.write import HEAD_ROW
from ipmeasures.plan.load import load_plan
from ipmeasures.plan.model import Plan
from ipmeasures.problem import refused
from ipmeasures.report.terminal.layout import table
from ipmeasures.returns.checks import check_return
from ipmeasures.returns.circumstances import Circumstances
from ipmeasures.returns.read import read_return
from ipmeasures.workspace import Workspace

TODAY = dt.date(2023, 7, 5)
OWN = "ipm（读＋核对）"
CALAMINE = "python-calamine（只读，不核对）"
# 每秒份数至少是对手的几倍。
LIMITS = {
    "pandas[openpyxl]＋pandera": 8.0,
    "pandas[calamine]＋pandera": 4.0,
    "frictionless": 8.0,
    CALAMINE: 0.2,
}

Read = Callable[[bytes], None]


def main() -> int:
    """造报表，各家轮流读几轮，打印比值。"""
    arguments = argparse.ArgumentParser(description="收表速度之比")
    arguments.add_argument("--count", type=int, default=200)
    arguments.add_argument("--rounds", type=int, default=10)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "w"
        lay_out(root)
        plan = load_plan(Workspace(root))
        made = filled_returns(root, "2023Q2", chosen.count, Decimal("1.02"))
        files = [content for _, content in made]
    contenders: dict[str, Read] = {
        OWN: lambda content: ours(content, plan),
        "pandas[openpyxl]＋pandera": WithPandera(plan, "openpyxl"),
        "pandas[calamine]＋pandera": WithPandera(plan, "calamine"),
        "frictionless": WithFrictionless(plan),
        CALAMINE: only_calamine,
    }
    lenient = _lenient(contenders, files[0])
    if lenient != [CALAMINE]:
        print(f"没有认出填错的表：{'、'.join(lenient)}")
        return 1
    taken = _measure(contenders, files, chosen.rounds)
    return _told(taken, f"{len(files)} 份填好的报表，分 {chosen.rounds} 轮")


def ours(content: bytes, plan: Plan) -> None:
    """本程序：读、解释、核对，不入库。"""
    reading = read_return(content, plan)
    known = Circumstances(plan, TODAY)
    problems = [p for found in reading.returns for p in check_return(found, known)]
    if not reading.returns or refused((*reading.problems, *problems)):
        raise ValueError([*reading.problems, *problems])


def _lenient(contenders: dict[str, Read], content: bytes) -> list[str]:
    """填好的都收，填错的（进展状态不在选项里）也收的各家。"""
    book = openpyxl.load_workbook(io.BytesIO(content))
    place = MEASURES.keys.index("status") + 1
    book[MEASURES.sheet].cell(HEAD_ROW + 1, place).value = "差不多了"
    wrong = io.BytesIO()
    book.save(wrong)
    found = []
    for name, read in contenders.items():
        read(content)
        try:
            read(wrong.getvalue())
        except Exception:  # noqa: BLE001, S112 - 各家认出来的方式不同，抛出就是认出
            continue
        found.append(name)
    return found


def _measure(
    contenders: dict[str, Read], files: Sequence[bytes], rounds: int
) -> dict[str, list[float]]:
    """各家每轮每份用的处理器时间（毫秒）；每轮换一家先读。"""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    names = list(contenders)
    for turn in range(rounds):
        share = files[turn * len(files) // rounds : (turn + 1) * len(files) // rounds]
        for name in (*names[turn % len(names) :], *names[: turn % len(names)]):
            gc.collect()
            start = time.process_time()
            for content in share:
                contenders[name](content)
            taken[name].append((time.process_time() - start) / len(share) * 1000)
    return taken


def _told(taken: dict[str, list[float]], heading: str) -> int:
    """打印一张表；返回退出状态。"""
    own, rows, failed = taken[OWN], [(OWN, f"{median(taken[OWN]):.2f}", "", "")], 0
    for name, limit in LIMITS.items():
        times = median(theirs / mine for theirs, mine in zip(taken[name], own, strict=True))
        failed += times < limit
        rows.append((name, f"{median(taken[name]):.2f}", f"{times:.2f}", f"{limit:g}"))
    print(f"{heading}；处理器时间，比值取各轮的中位数")
    heads = ("做法", "每份毫秒", "ipm 快几倍", "至少")
    print("\n".join(table(heads, rows, (32, 9, 11, 5), " rrr")))
    print(f"{len(LIMITS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
