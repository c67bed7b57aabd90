"""断电：收表收到一半断电三千次，看已经答复过的回执在不在，台账坏没坏。

用法：``python tools/power.py [--n 3000] [--seed 1] [--seeded-bad 名称]``。真的 ``ipm ingest`` 在本进程里跑（新建台账、
收一批、带一个大附件的更正、再收一批），记下它对台账做的每一步写、截、同步、新建、删除，和每一句答复；再任取一个
时刻断电，没有同步的写入照 ``power_disk`` 说的丢掉、写一半或留下，用真的台账打开：已经印出的回执一张不少，
链头恰好是某一份文件收完时的样子（没有半份），``verify`` 完好。``--seeded-bad`` 必须报出失败来。
"""

import argparse
import io
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import ClassVar

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ledger_bad import BAD, seed_bad
from os_shim import watched_os
from power_disk import Disk
from samples import filled_returns
from sqlite_shim import Fault, Shim, ShimUnavailable, Step

from ipmeasures.cli import main as ipm
from ipmeasures.commands.start import lay_out
from ipmeasures.errors import IpmError
from ipmeasures.ledger.chain import START
from ipmeasures.ledger.store import Ledger

RECEIPT = re.compile(r"\d{4}Q[1-4]-\d{4}")
_TURNING = {"sync", "truncate", "sync_folder", "delete", "link", "said"}
_MOST_TRIES = 8
_LARGE = 3 << 20  # 比 SQLite 的缓存大，没提交的页也会先写进台账


@dataclass(frozen=True, slots=True)
class Tape:
    """记下的步骤；``heads`` 是每一份文件收完时的链头，``path`` 是台账。"""

    path: str
    steps: tuple[Step, ...]
    heads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cut:
    """断一次电：毛病（没有为空）、样子的摘要、此前答复过几张回执。"""

    number: int
    fault: str
    image: str
    promised: int


class Recorder:
    """记下台账所在文件夹里的每一步；自动备份在下面的文件夹里，不记。"""

    def __init__(self, path: Path) -> None:
        self._folder = str(path.parent)
        self.steps: list[Step] = []

    def before(self, _: Step) -> Fault | None:
        """都让做成。"""
        return None

    def after(self, step: Step) -> None:
        """改了磁盘的才记。"""
        if step.kind != "read" and os.path.dirname(step.path) == self._folder:  # noqa: PTH120 - 文字就够
            self.steps.append(step)


class Said(io.StringIO):
    """屏幕：每一句答复也记进步骤里。"""

    recorder: ClassVar[Recorder]

    def write(self, text: str) -> int:
        """说一句。"""
        self.recorder.steps.append(Step("said", "", content=text.encode()))
        return len(text)


def main() -> int:
    """录一遍，断电许多次，打印失败的和总数。"""
    asked = argparse.ArgumentParser(description="断电")
    asked.add_argument("--n", type=int, default=3000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--seeded-bad", choices=sorted(BAD["power"]), default="")
    asked.add_argument("--large", type=int, default=_LARGE, help="附件的字节数")
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        seed_bad(chosen.seeded_bad)
        try:
            tape = record(root / "w", chosen.large)
        except ShimUnavailable as why:
            print(f"跳过：{why}\n0 passed, 0 failed")
            return 0
        cuts, tried = _different(partial(_cut, tape, root, chosen.seed), chosen.n, chosen.jobs)
    kinds = Counter(step.kind for step in tape.steps)
    print("录下的步骤：" + "，".join(f"{name} {count}" for name, count in kinds.most_common()))
    faults = [cut for cut in cuts if cut.fault]
    for cut in faults[:20]:
        print(f"第 {cut.number} 次：{cut.fault}")
    answered = sum(cut.promised > 0 for cut in cuts)
    print(f"断电 {tried} 次，互不相同的样子 {len(cuts)} 种，其中 {answered} 种断电前已有答复")
    lost = sum("丢了" in cut.fault for cut in faults)
    print(f"丢了已答复的回执 {lost} 种，台账坏了或只有半份 {len(faults) - lost} 种")
    print(f"{len(cuts) - len(faults)} passed, {len(faults)} failed")
    return 1 if faults else 0


def _different(cut: Callable[[int], Cut], wanted: int, jobs: int) -> tuple[list[Cut], int]:
    """断电到有了 ``wanted`` 种互不相同的样子（答复过的回执也算在内）为止；和一共断了几次。"""
    found: dict[str, Cut] = {}
    tried = 0
    with ProcessPoolExecutor(jobs, get_context("fork")) as pool:
        while len(found) < wanted and tried < _MOST_TRIES * wanted:
            more = range(tried, tried + max(20, wanted - len(found)))
            for result in pool.map(cut, more, chunksize=10):
                found.setdefault(result.image, result)
            tried = more.stop
    return list(found.values())[:wanted], tried


def record(home: Path, large: int) -> Tape:
    """在 ``home`` 里收几批表，记下每一步。"""
    lay_out(home)
    batches = [home / "in" / name for name in ("1", "2", "3")]
    for batch in batches:
        batch.mkdir(parents=True)
    for number, (name, content) in enumerate(filled_returns(home, "2023Q2", 9, Decimal("1.02"))):
        (batches[2 * (number >= 6)] / name).write_bytes(content)
    for name, content in list(filled_returns(home, "2023Q2", 7, Decimal("1.05")))[5:]:
        (batches[1] / name).write_bytes(content)
    (home / "large.pdf").write_bytes(Random(0).randbytes(large))  # noqa: S311 - 随便什么字节
    ledger = home / "data" / "ledger.db"
    Said.recorder = Recorder(ledger)
    with Shim(Said.recorder), watched_os(Said.recorder, ledger.parent), _spoken():
        for batch in batches:
            attached = ["--attach", str(home / "large.pdf")] if batch is batches[1] else []
            status = ipm(["ingest", str(batch), *attached, "--home", str(home)])
            if status:
                raise RuntimeError(f"录制时收表没有成：{status}")
    steps = tuple(Said.recorder.steps)
    _check_complete(steps, ledger)
    return Tape(str(ledger), steps, _heads(ledger))


@contextmanager
def _spoken() -> Iterator[None]:
    """答复记进步骤里，不上屏幕。"""
    with redirect_stdout(Said()), redirect_stderr(io.StringIO()):
        yield


def _check_complete(steps: Iterable[Step], ledger: Path) -> None:
    """照录下的重做一遍，与真的文件一字节不差，才算录全了。"""
    disk = Disk()
    for step in steps:
        disk.take(step)
    if disk.now(str(ledger)) != ledger.read_bytes():
        raise RuntimeError("录下的步骤不全")


def _heads(ledger: Path) -> frozenset[str]:
    """每一份文件收完时的链头。"""
    with Ledger.open(ledger, read_only=True) as opened:
        heads = {receipt.head for receipt in opened.receipts()}
    return frozenset({START.short, *heads})


def _cut(tape: Tape, root: Path, seed: int, number: int) -> Cut:
    random = Random(f"{seed}-{number}")  # noqa: S311 - 要的是重复得出来
    when = _moment(tape, random)
    disk, said = Disk(), ""
    for step in tape.steps[:when]:
        if step.kind == "said":
            said += step.content.decode()
        else:
            disk.take(step)
    folder = root / f"{os.getpid()}"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    image = disk.image(random)
    for path, content in image.items():
        (folder / Path(path).name).write_bytes(content)
    promised = frozenset(RECEIPT.findall(said))
    files = sorted((path, sha256(content).hexdigest()) for path, content in image.items())
    fault = _judged(folder / Path(tape.path).name, promised, tape.heads)
    return Cut(number, fault, repr((files, sorted(promised))), len(promised))


def _moment(tape: Tape, random: Random) -> int:
    """断电的时刻：一半任取，一半在同步、截短、答复的前后几步。"""
    if random.random() < 0.5:
        return random.randint(0, len(tape.steps))
    turning = [n for n, step in enumerate(tape.steps) if step.kind in _TURNING]
    return max(0, min(len(tape.steps), random.choice(turning) + random.randint(-2, 4)))


def _judged(path: Path, promised: frozenset[str], heads: frozenset[str]) -> str:
    if not Ledger.exists(path):
        return f"丢了整本台账，答复过 {len(promised)} 张回执" if promised else ""
    try:
        with Ledger.open(path, read_only=True) as ledger:
            kept = {receipt.receipt for receipt in ledger.receipts()}
            head, wrong = ledger.head.short, ledger.verify()
    except IpmError as error:
        return f"打不开：{error}"
    except Exception as error:  # noqa: BLE001 - 坏得说不清的也算坏，接着断下一次
        return f"坏了：{error!r}"
    if wrong:
        return f"坏了：{wrong[0]}"
    if promised - kept:
        return f"丢了已答复的 {'、'.join(sorted(promised - kept))}"
    return "" if head in heads else "有半份文件"


if __name__ == "__main__":
    sys.exit(main())
