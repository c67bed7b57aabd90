"""收表收到一半被杀二百次：印出的回执都在，没有半份，再收一遍说重复。

用法：``python tools/kill.py [--n 200] [--seed 1] [--seeded-bad 名称]``。起真的 ``ipm ingest 文件夹``，屏幕是终端，
任取一个时刻 SIGKILL；一半在新的工作文件夹里（连新建台账一起），一半在已有台账的里。然后：屏幕上印出的回执都在
台账里；``verify`` 完好；恰好收完了几份，每一份入的与没有被杀的一样；再收一遍，收过的说重复，其余入库，结果与
没有被杀的一样。``--seeded-bad`` 必须报出失败来。要有伪终端的系统（Linux、macOS）。
"""

import argparse
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ledger_bad import BAD
from ledger_state import RECEIPT, State, boundaries, faults_in, read_state
from samples import filled_returns

from ipmeasures.commands.start import lay_out

_IPM = str(Path(sys.executable).with_name("ipm"))


@dataclass(frozen=True, slots=True)
class Scene:
    """收一批表：从哪个工作文件夹开始，没有被杀的是什么样子，多久印出第一张回执，其后多久一张。"""

    home: Path
    batch: Path
    whole: State
    ends: frozenset[int]
    first: float
    each: float


@dataclass(frozen=True, slots=True)
class Killed:
    """杀一次的结果；``when`` 是杀在什么时候。"""

    faults: tuple[str, ...]
    when: str


def main() -> int:
    """杀，看，再收；打印失败的和总数。"""
    asked = argparse.ArgumentParser(description="收到一半被杀")
    asked.add_argument("--n", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--files", type=int, default=12, help="一批几份")
    asked.add_argument("--seeded-bad", choices=sorted(BAD["kill"]), default="")
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    chosen = asked.parse_args()
    ipm = [_IPM]
    if chosen.seeded_bad:
        bad = Path(__file__).with_name("ledger_bad.py")
        ipm = [sys.executable, str(bad), chosen.seeded_bad]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder  # 意外的日志不写到别处
        scenes = _scenes(Path(folder), chosen.files)
        one = partial(_killed, ipm, scenes, Path(folder), chosen.seed)
        with ThreadPoolExecutor(chosen.jobs) as pool:
            results = list(pool.map(one, range(chosen.n)))
    for number, result in enumerate(results):
        for fault in result.faults:
            print(f"第 {number} 次（{result.when}）：{fault}")
    points = Counter(result.when for result in results).most_common()
    print("杀在：" + "，".join(f"{when} {count} 次" for when, count in points))
    faults = [fault for result in results for fault in result.faults]
    lost, half = (sum(word in fault for fault in faults) for word in ("丢了", "半份"))
    print(f"丢了印出的回执 {lost} 次，有半份 {half} 次，其他 {len(faults) - lost - half} 次")
    failed = sum(bool(result.faults) for result in results)
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _scenes(root: Path, files: int) -> tuple[Scene, Scene]:
    empty, begun, batch, earlier = (root / name for name in ("empty", "begun", "in", "earlier"))
    lay_out(empty)
    for folder, quarter, count in ((earlier, "2023Q1", 5), (batch, "2023Q2", files)):
        folder.mkdir()
        for name, content in filled_returns(empty, quarter, count, Decimal("1.02")):
            (folder / name).write_bytes(content)
    shutil.copytree(empty, begun)
    _ingest([_IPM], begun, earlier)
    return _rehearsed(empty, batch, root), _rehearsed(begun, batch, root)


def _rehearsed(home: Path, batch: Path, root: Path) -> Scene:
    """好好收一遍，量时间。"""
    copied = root / "rehearsal"
    shutil.rmtree(copied, ignore_errors=True)
    shutil.copytree(home, copied)
    began = time.monotonic()
    process, screen = _started([_IPM], copied, batch)
    _read(screen, 1)
    first = time.monotonic() - began
    _read(screen)
    if process.wait():
        raise RuntimeError("没有被杀的一遍也没有成")
    each = (time.monotonic() - began - first) / len(list(batch.iterdir()))
    ledger = copied / "data" / "ledger.db"
    return Scene(home, batch, read_state(ledger), boundaries(ledger), first, each)


def _started(ipm: Sequence[str], home: Path, batch: Path) -> tuple[subprocess.Popen[bytes], int]:
    """起 ``ipm ingest``；屏幕是终端，印一行就看得见一行。"""
    screen, terminal = pty.openpty()
    process = subprocess.Popen(
        [*ipm, "ingest", str(batch), "--home", str(home)],
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=subprocess.DEVNULL,
    )
    os.close(terminal)
    return process, screen


def _read(screen: int, receipts: int = -1) -> str:
    """屏幕上的字，到印出这么多张回执为止；不说几张的，到另一头关了为止。"""
    found = ""
    decode = getincrementaldecoder("utf-8")("replace").decode
    with suppress(OSError):  # Linux 上另一头关了就是这样
        while len(RECEIPT.findall(found)) != receipts:
            found += (more := decode(os.read(screen, 256)))
            if not more:
                break
    return found


def _killed(
    ipm: Sequence[str], scenes: Sequence[Scene], root: Path, seed: int, number: int
) -> Killed:
    random = Random(f"{seed}-{number}")  # noqa: S311 - 要的是重复得出来
    scene, home = scenes[number % 2], root / f"home-{number}"
    shutil.copytree(scene.home, home)
    # 印出几张回执以后，再过任意一会儿；还没有印的，从启动算起
    printed = random.randrange(len(list(scene.batch.iterdir())))
    process, screen = _started(ipm, home, scene.batch)
    said = _read(screen, printed) if printed else ""
    time.sleep(random.uniform(0, scene.each if printed else scene.first))
    process.send_signal(signal.SIGKILL)
    finished = process.wait() != -signal.SIGKILL
    promised = RECEIPT.findall(said + _read(screen))
    os.close(screen)
    ledger = home / "data" / "ledger.db"
    when = _when(ledger, finished=finished)
    found = read_state(ledger)
    faults = faults_in(found, scene.whole, scene.ends, promised)
    faults += _again(home, scene, found)
    shutil.rmtree(home)
    return Killed(tuple(faults), when)


def _when(ledger: Path, *, finished: bool) -> str:
    """杀在什么时候：日志里有东西，就是正在写。"""
    journal = ledger.with_name(f"{ledger.name}-journal")
    if finished:
        return "收完以后"
    if not ledger.exists():
        return "还没有台账时"
    return "一份写到一半时" if journal.exists() and journal.stat().st_size else "两份之间"


def _again(home: Path, scene: Scene, found: State) -> list[str]:
    """再收一遍：收过的说重复，其余入库，结果与没有被杀的一样。"""
    done = _ingest([_IPM], home, scene.batch)
    if done.returncode:
        return [f"再收一遍退出码 {done.returncode}：{done.stderr.strip()[-200:]}"]
    told = json.loads(done.stdout)["files"]
    wrong = [
        f"再收一遍，{one['file']} 说 {one['outcome']}"
        for one in told
        if one["outcome"] != ("duplicate" if one["sha256"] in found.files else "accepted")
    ]
    now = read_state(home / "data" / "ledger.db")
    if now.files != scene.whole.files or now.wrong:
        wrong.append("再收一遍，与没有被杀的不一样")
    return wrong


def _ingest(ipm: Sequence[str], home: Path, batch: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*ipm, "ingest", str(batch), "--home", str(home), "--format", "json"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


if __name__ == "__main__":
    sys.exit(main())
