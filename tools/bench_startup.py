"""启动有多快：``ipm gaps`` 与 ``python -c pass`` 并排跑，比墙上时间。

用法：``python tools/bench_startup.py [--runs 10] [--limit 12]``。先在临时文件夹里收 20 份样例报表，再交替
各跑若干次，取中位数之比；超过上限时以 1 退出。
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from samples import filled_returns

QUARTER = "2023Q2"


def main() -> int:
    """建台账，量时间，打印中位数和比。"""
    arguments = argparse.ArgumentParser(description="启动时间之比")
    arguments.add_argument("--runs", type=int, default=10)
    arguments.add_argument("--limit", type=float, default=12.0)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _prepare(root)
        ipm = [str(Path(sys.executable).with_name("ipm")), "gaps", "--quarter", QUARTER]
        ours, bare = _measure(
            [*ipm, "--home", str(root)], [sys.executable, "-c", "pass"], chosen.runs
        )
    ratio = ours / bare
    print(f"ipm gaps（台账 20 份报表）：中位数 {ours * 1000:.1f} ms")
    print(f"python -c pass：中位数 {bare * 1000:.1f} ms")
    passed = ratio <= chosen.limit
    print(f"比值 {ratio:.2f}，上限 {chosen.limit:g}")
    print(f"{int(passed)} passed, {int(not passed)} failed")
    return 0 if passed else 1


def _prepare(root: Path) -> None:
    ipm = str(Path(sys.executable).with_name("ipm"))
    _quiet([ipm, "init", str(root)])
    _quiet([ipm, "form", "--quarter", QUARTER, "--home", str(root)])
    for name, content in filled_returns(root, QUARTER, 20, Decimal("1.02")):
        (root / name).write_bytes(content)
    _quiet([ipm, "ingest", *map(str, sorted(root.glob("*.xlsx"))), "--home", str(root)])


def _measure(ours: list[str], bare: list[str], runs: int) -> tuple[float, float]:
    taken: dict[int, list[float]] = {0: [], 1: []}
    for run in range(runs + 1):
        for which, command in enumerate((ours, bare)):
            start = time.perf_counter()
            _quiet(command)
            if run:  # 第一次是预热
                taken[which].append(time.perf_counter() - start)
    return statistics.median(taken[0]), statistics.median(taken[1])


def _quiet(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
