"""乱改好好的表，看收表会不会出错、卡住、撑爆，或者把数收错。

用法：``python tools/fuzz.py [--n 2000] [--seed 1] [--keep 文件夹] [--seeded-bad 名称]``。改 zip 的字节、部件里的
XML（再压好）、旧格式的字节，一份一份交给真的 ``ipm ingest``：任何一份都不出 traceback，不超过 10 秒、512 MiB，
没有收下的台账一个字节不变；收下的，入库的数与 openpyxl、xlrd 直接读同样的字节读到的相同（它们读得出的）。
同样的 ``--seed`` 改出同样的文件；``--keep`` 留下有错的文件。``--seeded-bad`` 必须报出失败来。
"""

import argparse
import json
import os
import resource
import signal
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent))

from hostile_bad import BAD, ONLY_HOSTILE
from hostile_mutate import is_xls, mutated, seeds
from hostile_oracle import disagreement, other_reading
from hostile_run import MIB, Bounds, Office, Told, broken

from ipmeasures.commands.start import lay_out

_AGREED, _UNJUDGED = "相符", "另一种读法读不出"
# 这些说明已经说了有内容没有读，另一种读法不知道。
_SAID_UNREAD = {"sheet_ignored", "column_ignored", "row_ignored", "total_row", "cell_ignored"}


@dataclass(frozen=True, slots=True)
class Result:
    """一份的结果。"""

    kind: str
    outcome: str
    compared: str
    faults: tuple[str, ...]
    seconds: float
    mib: float


def main() -> int:
    """改，收，对；打印失败的和总数。"""
    asked = argparse.ArgumentParser(description="乱改好好的表")
    asked.add_argument("--n", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument(
        "--seeded-bad", choices=sorted(BAD.keys() - ONLY_HOSTILE), default="", help="换上改坏的程序"
    )
    asked.add_argument("--seconds", type=float, default=10)
    asked.add_argument("--mib", type=int, default=512)
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked.add_argument("--keep", type=Path, help="有错的文件留到这里")
    chosen = asked.parse_args()
    bounds = Bounds(chosen.seconds, chosen.mib)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        lay_out(root / "plan")
        for number, content in enumerate(seeds(root / "plan")):
            (root / f"seed-{number}").write_bytes(content)
        one = partial(_tried, root, chosen.seed, bounds, chosen.seeded_bad)
        with ProcessPoolExecutor(chosen.jobs, get_context("fork")) as pool:
            results = list(pool.map(one, range(chosen.n), chunksize=4))
        for number, result in enumerate(results):
            for fault in result.faults:
                print(f"第 {number} 份（{result.kind}）：{fault}")
            if result.faults and chosen.keep:
                chosen.keep.mkdir(parents=True, exist_ok=True)
                content = _content(root, chosen.seed, number)
                (chosen.keep / f"{chosen.seed}-{number}{result.kind}").write_bytes(content)
    failed = sum(bool(result.faults) for result in results)
    _print_totals(results, bounds)
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _print_totals(results: list[Result], bounds: Bounds) -> None:
    names = {"accepted": "收下", "duplicate": "重复", "rejected": "退回", "unreadable": "读不了"}
    for kind in (".xlsx", ".xls"):
        found = [result for result in results if result.kind == kind]
        outcomes = Counter(names.get(result.outcome, "没有答复") for result in found)
        said = "，".join(f"{name} {count}" for name, count in outcomes.most_common())
        compared = Counter(result.compared for result in found if result.compared)
        agreed = "，".join(f"{name} {count}" for name, count in compared.most_common())
        print(f"{kind}：{len(found)} 份，{said}；收下的与另一种读法：{agreed or '没有'}")
    slowest = max(result.seconds for result in results)
    largest = max(result.mib for result in results)
    print(
        f"最慢 {slowest:.1f} 秒（上限 {bounds.seconds:g}），最大 {largest:.0f} MiB（上限 {bounds.mib}）"
    )


def _content(root: Path, seed: int, number: int) -> bytes:
    """第 ``number`` 份；第一轮是原样的，看看原来是不是好的。"""
    paths = sorted(root.glob("seed-*"))
    content = paths[number % len(paths)].read_bytes()
    if number < len(paths):
        return content
    return mutated(content, Random(f"{seed}-{number}"))  # noqa: S311 - 要的是重复得出来


_OFFICES: dict[int, Office] = {}


def _tried(root: Path, seed: int, bounds: Bounds, bad: str, number: int) -> Result:
    if os.getpid() not in _OFFICES:
        folder = root / f"office-{os.getpid()}"
        folder.mkdir()
        _OFFICES[os.getpid()] = Office(folder, bounds, bad)
    office = _OFFICES[os.getpid()]
    content = _content(root, seed, number)
    kind = ".xls" if is_xls(content) or number % 8 in (3, 4) else ".xlsx"
    told = office.ingest(f"表{kind}", partial(bytes, content))
    faults = broken(told, bounds)
    compared = ""
    if not faults and told.outcome == "accepted":
        compared, said = _compared(office, content, told)
        faults += [said] * bool(said)
    return Result(kind, told.outcome, compared, tuple(faults), told.seconds, told.mib)


def _compared(office: Office, content: bytes, told: Told) -> tuple[str, str]:
    """与另一种读法对；它也在子进程里，出了什么事都只是对不了。"""
    answer = office.root / "other.json"
    answer.unlink(missing_ok=True)

    def work() -> None:
        signal.alarm(10)
        resource.setrlimit(resource.RLIMIT_AS, (2048 * MIB, 2048 * MIB))
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - 没有路径可言
        answer.write_text(json.dumps(other_reading(content)), "utf-8")

    office.fork(work)
    if not answer.exists():
        return _UNJUDGED, ""
    other = [(str(item), str(number)) for item, number in json.loads(answer.read_text("utf-8"))]
    if told.codes() & _SAID_UNREAD:
        other = [pair for pair in other if any(k.endswith(f" {pair[0]}") for k in told.figures)]
    said = disagreement(told.figures, other)
    return ("" if said else _AGREED), said


if __name__ == "__main__":
    sys.exit(main())
