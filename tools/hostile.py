"""刁难收表：二百多份怪表，一份一份交给真的 ``ipm ingest``，看答复对不对。

用法：``python tools/hostile.py [--quick N] [--only 字] [--seeded-bad 名称]``。台账里先有一份报表；每份怪表：
该拒收的，错误代码恰好是应有的，该收下的收下、数一个不差；任何一份都不出 traceback，不超过 10 秒、512 MiB，
没有收下的，台账一个字节不变。``--seeded-bad`` 换上故意改坏的程序，必须报出失败来。
"""

import argparse
import os
import shutil
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from hostile_bad import BAD
from hostile_case import Case, faults
from hostile_files import file_cases
from hostile_run import Bounds, Office
from hostile_sheets import sheet_cases
from hostile_types import type_cases

CASES = (*file_cases(), *type_cases(), *sheet_cases())


def main() -> int:
    """逐份收，打印失败的和总数。"""
    asked = argparse.ArgumentParser(description="刁难收表")
    asked.add_argument("--quick", type=int, default=0, help="只收隔开的这么多份")
    asked.add_argument("--only", default="", help="只收名称里有这几个字的")
    asked.add_argument("--seeded-bad", choices=sorted(BAD), default="", help="换上改坏的程序")
    asked.add_argument("--seconds", type=float, default=10)
    asked.add_argument("--mib", type=int, default=512)
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked.add_argument("--list", action="store_true", help="只列出名称")
    chosen = asked.parse_args()
    if len({case.name for case in CASES}) < len(CASES):
        raise ValueError("有两份同名的")
    cases = _chosen(chosen.quick, chosen.only)
    if chosen.list:
        print("\n".join(CASES[n].name for n in cases))
        return 0
    bounds = Bounds(chosen.seconds, chosen.mib)
    with tempfile.TemporaryDirectory() as root:
        given = ((root, n, bounds, chosen.seeded_bad) for n in cases)
        with ProcessPoolExecutor(chosen.jobs, get_context("fork")) as pool:
            results = list(pool.map(_ingested, *zip(*given, strict=True)))
    failed = 0
    for n, (found, _, _) in zip(cases, results, strict=True):
        failed += bool(found)
        for fault in found:
            print(f"{CASES[n].name}：{fault}")
    slowest, name = max((taken[1], CASES[n].name) for n, taken in zip(cases, results, strict=True))
    largest = max(mib for _, _, mib in results)
    print(
        f"最慢 {slowest:.1f} 秒（{name}；上限 {bounds.seconds:g}），最大 {largest:.0f} MiB（上限 {bounds.mib}）"
    )
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _chosen(quick: int, only: str) -> list[int]:
    found = [n for n, case in enumerate(CASES) if only in case.name]
    if not 0 < quick < len(found):
        return found
    return [found[n * len(found) // quick] for n in range(quick)]


_OFFICES: dict[int, Office] = {}


def _ingested(root: str, number: int, bounds: Bounds, bad: str) -> tuple[list[str], float, float]:
    """收一份；每个进程有自己的工作文件夹。"""
    if os.getpid() not in _OFFICES:
        folder = Path(root) / str(os.getpid())
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        _OFFICES[os.getpid()] = Office(folder, bounds, bad)
    case: Case = CASES[number]
    told = _OFFICES[os.getpid()].ingest(case.file, case.make)
    return faults(case, told, bounds), told.seconds, told.mib


if __name__ == "__main__":
    sys.exit(main())
