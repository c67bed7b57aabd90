"""八个人同时收表：四百份全部入库，或者干净地说台账正忙；同一份八个人一起收，只存一次。

用法：``python tools/concurrent.py [--processes 8] [--files 50] [--rounds 5] [--hold 32] [--seeded-bad 名称]``。

1. 新的工作文件夹里，八个真的 ``ipm ingest 文件夹`` 同时起，各收五十份：退出码是 0，或者是 4 而且说“台账正忙”；
   印出的回执都在台账里；说忙的再收一遍，四百份全部入库，``verify`` 完好。
2. 同一份文件八个人一起收，没有台账时一遍、已有台账时一遍，各若干轮：恰好一张回执，一个说入库，其余说重复。
3. 有人占着台账不放（``--hold`` 秒，比等的时间长），这时收表：退出码 4，说“台账正忙”，什么也没有存；放开后照常。
"""

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ledger_bad import BAD
from ledger_state import RECEIPT, read_state
from samples import filled_returns

from ipmeasures.commands.start import lay_out

_IPM = (str(Path(sys.executable).with_name("ipm")),)
_AGENCIES = 20
_BUSY = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """一个人收表的结果。"""

    status: int
    out: str
    err: str

    @property
    def clean(self) -> bool:
        """做完了，或者干净地说忙。"""
        said = [line for line in self.err.splitlines() if not line.startswith("工作文件夹")]
        if self.status == _BUSY:
            return len(said) == 1 and said[0].startswith("台账正忙")
        return self.status == 0 and not said


def main() -> int:
    """三样各试，打印失败的和总数。"""
    asked = argparse.ArgumentParser(description="几个人同时收表")
    asked.add_argument("--processes", type=int, default=8)
    asked.add_argument("--files", type=int, default=50, help="每人几份")
    asked.add_argument("--rounds", type=int, default=5, help="同一份文件一起收几轮")
    asked.add_argument("--hold", type=float, default=32, help="占着台账几秒，0 为不试")
    asked.add_argument("--seeded-bad", choices=sorted(BAD["concurrent"]), default="")
    chosen = asked.parse_args()
    ipm: tuple[str, ...] = _IPM
    if chosen.seeded_bad:
        bad = str(Path(__file__).with_name("ledger_bad.py"))
        ipm = (sys.executable, bad, chosen.seeded_bad)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder  # 意外的日志不写到别处
        root = Path(folder)
        lay_out(root / "empty")
        trials = [
            _all_at_once(root, ipm, chosen.processes, chosen.files),
            *_same_file(root, ipm, chosen.processes, chosen.rounds),
            *([_held(root, ipm, chosen.hold)] if chosen.hold else ()),
        ]
    for name, faults in trials:
        for fault in faults:
            print(f"{name}：{fault}")
    failed = sum(bool(faults) for _, faults in trials)
    print(f"{len(trials) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _all_at_once(
    root: Path, ipm: Sequence[str], processes: int, files: int
) -> tuple[str, list[str]]:
    """每人一个文件夹，同时收；两个人合用几个季度。"""
    home = _fresh(root, "all")
    batches = []
    for number in range(processes):
        batch = root / f"batch-{number}"
        batch.mkdir()
        for name, content in _batch(home, number, files):
            (batch / f"{number}-{name}").write_bytes(content)
        batches.append(batch)
    began = time.monotonic()
    answers = _together(ipm, home, batches)
    seconds = time.monotonic() - began
    faults = _unclean(answers)
    found = read_state(home / "data" / "ledger.db")
    promised = {receipt for answer in answers for receipt in RECEIPT.findall(answer.out)}
    if lost := sorted(promised - set(found.receipts)):
        faults.append(f"丢了已答复的 {'、'.join(lost)}")
    busy = [b for a, b in zip(answers, batches, strict=True) if a.status == _BUSY]
    faults += _unclean([_waited(_started(_IPM, home, batch)) for batch in busy])
    found = read_state(home / "data" / "ledger.db")
    if len(found.files) != processes * files or found.wrong:
        faults.append(f"应有 {processes * files} 份，有 {len(found.files)} 份；{found.wrong[:1]}")
    print(
        f"{processes} 人各收 {files} 份：入库 {len(found.files)} 份，"
        f"说台账正忙的 {len(busy)} 人，用了 {seconds:.1f} 秒"
    )
    return "各收各的", faults


def _batch(home: Path, number: int, files: int) -> Iterator[tuple[str, bytes]]:
    """一个人的几份：一季二十个单位各一份，不够再下一季，一批里不相争；两个人的文字不同。"""
    for place in range(0, files, _AGENCIES):
        quarter = f"{2021 + number // 2 % 5}Q{place // _AGENCIES + 1}"
        made = filled_returns(home, quarter, _AGENCIES * (number % 2 + 1), Decimal("1.02"))
        for name, content in list(made)[-_AGENCIES:][: files - place]:
            yield f"{quarter}_{name}", content


def _same_file(
    root: Path, ipm: Sequence[str], processes: int, rounds: int
) -> Iterator[tuple[str, list[str]]]:
    """同一份文件一起收。"""
    first, second = root / "first", root / "second"
    made = list(filled_returns(root / "empty", "2023Q2", 7, Decimal("1.02")))[5:]
    for batch, (name, content) in zip((first, second), made, strict=True):
        batch.mkdir()
        (batch / name).write_bytes(content)
    said: Counter[str] = Counter()
    for number in range(rounds):
        home = _fresh(root, f"same-{number}")
        for name, batch, receipts in (("没有台账时", first, 1), ("已有台账时", second, 2)):
            answers = _together(ipm, home, [batch] * processes)
            faults, told = _unclean(answers), Counter(_outcome(a) for a in answers)
            said += told
            found = read_state(home / "data" / "ledger.db")
            if len(found.receipts) != receipts or found.wrong:
                faults.append(
                    f"应有 {receipts} 张回执，有 {len(found.receipts)} 张；{found.wrong[:1]}"
                )
            if told["入库"] != 1:
                faults.append(f"应有一人入库：{dict(told)}")
            yield f"同一份第 {number} 轮，{name}", faults
    counts = "，".join(f"{name} {count} 次" for name, count in said.most_common())
    print(f"同一份 {processes} 人一起收，{2 * rounds} 轮：{counts}")


def _held(root: Path, ipm: Sequence[str], seconds: float) -> tuple[str, list[str]]:
    """有人占着台账不放。"""
    home = _fresh(root, "held")
    _waited(_started(_IPM, home, root / "first"))
    path = home / "data" / "ledger.db"
    before = read_state(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        process = _started(ipm, home, root / "second")
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        other.execute("ROLLBACK")
    answer = _waited(process)
    faults = _unclean([answer])
    if answer.status != _BUSY or read_state(path) != before:
        faults.append(f"退出码 {answer.status}：{answer.err.strip()[-200:]}")
    again = _waited(_started(_IPM, home, root / "second"))
    if _outcome(again) != "入库":
        faults.append(f"放开以后：{again.err.strip()[-200:]}")
    print(f"有人占着台账 {seconds:g} 秒：退出码 {answer.status}，{answer.err.splitlines()[-1][:4]}")
    return "有人占着", faults


def _fresh(root: Path, name: str) -> Path:
    home = root / name
    shutil.copytree(root / "empty", home)
    return home


def _together(ipm: Sequence[str], home: Path, batches: Sequence[Path]) -> list[Answer]:
    running = [_started(ipm, home, batch) for batch in batches]
    return [_waited(process) for process in running]


def _started(ipm: Sequence[str], home: Path, batch: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*ipm, "ingest", str(batch), "--home", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def _waited(process: subprocess.Popen[str]) -> Answer:
    out, err = process.communicate()
    return Answer(process.returncode, out, err)


def _unclean(answers: Sequence[Answer]) -> list[str]:
    return [f"退出码 {a.status}：{a.err.strip()[-200:]}" for a in answers if not a.clean]


def _outcome(answer: Answer) -> str:
    """第一份的结果：入库、重复，或没有收。"""
    found = answer.out.partition("[")[2].partition("]")[0]
    return found or f"退出码 {answer.status}"


if __name__ == "__main__":
    sys.exit(main())
