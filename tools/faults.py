"""磁盘满、读写出错：收表、写报告的每一步都出一次错，看是不是要么照旧、要么全新。

用法：``python tools/faults.py [--n 0] [--seeded-bad 名称]``。先好好跑一遍真的 ``ipm``，数出它对台账和报告做的每一步；
再一步一步让它出错：磁盘满（写了一半，从此一直满，或只满一次）、读写出错（一次，或从此一直），各跑一遍。每一遍：
退出码是 6（读不出来的是 3，只是自动备份没有做成的是 0），话是中文，不出 traceback；台账打得开、``verify`` 完好、恰好收完了几份，印出的
回执都在；报告要么是原来的，要么是新的。然后好好地再跑一遍，与没有出过错的一样。大附件连着写的几百步，隔二十步试一步。``--n`` 只试隔开的这么多次。
"""

import argparse
import io
import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ledger_bad import BAD, seed_bad
from ledger_state import RECEIPT, State, boundaries, faults_in, read_state
from os_shim import watched_os
from samples import filled_returns
from sqlite_shim import Fault, Shim, ShimUnavailable, Step

from ipmeasures.cli import main as ipm
from ipmeasures.commands.start import lay_out

# 磁盘满时做不成的，其余照常。
_TAKES_ROOM = {"write", "link", "rename", "save"}
_NAMES = re.compile(r"[\w./-]*[./][\w./-]*|ipm \w+", re.ASCII)  # 路径和命令不算英文
_LARGE = 17 << 17  # 比 SQLite 的缓存大，没提交的页也会先写进台账
_LARGE_SCENE, _EVERY = "收带大附件的", 20


@dataclass(frozen=True, slots=True)
class Trial:
    """出一次错：哪一件事、第几步、是满还是坏、以后是不是一直这样。"""

    scene: str
    step: int
    kind: str
    takes_room: bool
    full: bool
    lasting: bool

    def __str__(self) -> str:
        how = ("磁盘满" if self.full else "读写出错") + ("，从此一直" if self.lasting else "")
        return f"{self.scene}，第 {self.step} 步（{self.kind}）{how}"


class Breaker:
    """数步数；到了那一步让它出错。没有 ``trial`` 的只数。"""

    def __init__(self, trial: Trial | None = None) -> None:
        self._trial = trial
        self.steps: list[tuple[str, bool]] = []
        self.struck = False

    def before(self, step: Step) -> Fault | None:
        """到了没有。"""
        self.steps.append((step.kind, step.kind in _TAKES_ROOM or step.created))
        trial, here = self._trial, len(self.steps) - 1
        if trial is None or here < trial.step or (here > trial.step and not trial.lasting):
            return None
        if trial.full and not self.steps[-1][1]:
            return None
        self.struck = True
        return Fault(trial.full, len(step.content) // 2 if trial.lasting else 0)

    def after(self, _: Step) -> None:
        """做成的不必记。"""


@dataclass(frozen=True, slots=True)
class Scene:
    """一件事：在哪个工作文件夹里、跑什么命令、好好跑完是什么样子。"""

    home: Path
    words: tuple[str, ...]
    whole: State
    ends: frozenset[int]
    reports: Mapping[str, bytes]
    steps: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """跑一遍的结果。"""

    status: int
    out: str
    err: str
    breaker: Breaker


def main() -> int:
    """一步一步试，打印失败的和总数。"""
    asked = argparse.ArgumentParser(description="磁盘满、读写出错")
    asked.add_argument("--n", type=int, default=0, help="只试隔开的这么多次")
    asked.add_argument("--seeded-bad", choices=sorted(BAD["faults"]), default="")
    asked.add_argument("--large", type=int, default=_LARGE, help="附件的字节数")
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        os.environ["HOME"] = str(root)  # 意外的日志不写到别处
        try:
            scenes = dict(_scenes(root, chosen.large))
        except ShimUnavailable as why:
            print(f"跳过：{why}\n0 passed, 0 failed")
            return 0
        trials = [trial for name in scenes for trial in _trials(name, scenes[name])]
        if 0 < chosen.n < len(trials):
            trials = [trials[n * len(trials) // chosen.n] for n in range(chosen.n)]
        seed_bad(chosen.seeded_bad)
        one = partial(_tried, root, scenes)
        with ProcessPoolExecutor(chosen.jobs, get_context("fork")) as pool:
            results = list(pool.map(one, trials, chunksize=4))
    failed = [(trial, said) for trial, (said, _) in zip(trials, results, strict=True) if said]
    for trial, said in failed[:20]:
        print(f"{trial}：{'；'.join(said)}")
    for name, scene in scenes.items():
        ended = Counter(
            status
            for trial, (_, status) in zip(trials, results, strict=True)
            if trial.scene == name
        )
        statuses = "，".join(f"退出码 {status} 的 {ended[status]} 次" for status in sorted(ended))
        print(f"{name}：共 {len(scene.steps)} 步，出错 {ended.total()} 次；{statuses}")
    print(f"{len(trials) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def _scenes(root: Path, large: int) -> Iterator[tuple[str, Scene]]:
    """四件事：新建台账收两份，往已有的台账里收两份，连同大附件收两份，有了更正重写报告。"""
    empty, begun = root / "empty", root / "begun"
    lay_out(empty)
    first, second = root / "1", root / "2"
    for batch, factor, start in ((first, "1.02", 5), (second, "1.05", 6)):
        batch.mkdir()
        for name, content in list(filled_returns(empty, "2023Q2", 8, Decimal(factor)))[start:][:2]:
            (batch / name).write_bytes(content)
    (root / "large.pdf").write_bytes(Random(0).randbytes(large))  # noqa: S311 - 随便什么字节
    shutil.copytree(empty, begun)
    _run(begun, ("ingest", str(first)))
    more = ("ingest", str(second))
    report = ("report", "--year", "2023", "--format", "md")
    yield "新建台账收表", _rehearsed(empty, ("ingest", str(first)), root)
    yield "往台账里收表", _rehearsed(begun, more, root)
    attached = (*more, "--attach", str(root / "large.pdf"))
    yield _LARGE_SCENE, _rehearsed(begun, attached, root)
    reported = root / "reported"
    shutil.copytree(begun, reported)
    _run(reported, report)
    _run(reported, more)
    yield "重写报告", _rehearsed(reported, report, root)


def _rehearsed(home: Path, words: tuple[str, ...], root: Path) -> Scene:
    """好好跑一遍，记下步骤和结果。"""
    copied = root / "rehearsal"
    shutil.rmtree(copied, ignore_errors=True)
    shutil.copytree(home, copied)
    told = _run(copied, words)
    if told.status:
        raise RuntimeError(f"没有出错的一遍也没有成：{told.err}")
    ledger = copied / "data" / "ledger.db"
    scene = Scene(home, words, read_state(ledger), boundaries(ledger), _reports(copied))
    return replace(scene, steps=tuple(told.breaker.steps))


def _trials(name: str, scene: Scene) -> Iterator[Trial]:
    for number, (kind, takes_room) in enumerate(scene.steps):
        around = {step for step, _ in scene.steps[max(0, number - 3) : number + 4]}
        if name == _LARGE_SCENE and around == {"write"} and number % _EVERY:
            continue
        for full in (False, True) if takes_room else (False,):
            for lasting in (False, True):
                yield Trial(name, number, kind, takes_room, full, lasting)


def _run(home: Path, words: tuple[str, ...], trial: Trial | None = None) -> Told:
    out, err, breaker = io.StringIO(), io.StringIO(), Breaker(trial)
    with redirect_stdout(out), redirect_stderr(err), Shim(breaker), watched_os(breaker, home):
        status = ipm([*words, "--home", str(home)])
    return Told(status, out.getvalue(), err.getvalue(), breaker)


def _tried(root: Path, scenes: dict[str, Scene], trial: Trial) -> tuple[list[str], int]:
    scene, home = scenes[trial.scene], root / f"{os.getpid()}"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(scene.home, home)
    before = _reports(home)
    told = _run(home, scene.words, trial)
    ledger = home / "data" / "ledger.db"
    found = read_state(ledger)
    faults = _said_wrong(trial, told)
    faults += faults_in(found, scene.whole, scene.ends, RECEIPT.findall(told.out))
    if told.status == 0 and found.links != scene.whole.links:
        faults.append("说收完了，却没有")
    after = _reports(home)
    if any(after.get(name) not in (old, scene.reports[name]) for name, old in before.items()):
        faults.append("报告只写了一半")
    if not faults:
        faults += _again(home, scene)
    return faults, told.status


def _said_wrong(trial: Trial, told: Told) -> list[str]:
    """退出码和话对不对。"""
    # 读写一直出错的，接下去先碰上的是读不出来
    reading = trial.kind == "read" or (trial.kind == "open" and not trial.takes_room)
    allowed = {0, 3, 6} if reading or (trial.lasting and not trial.full) else {0, 6}
    words = _NAMES.sub("", told.err)
    wrong = []
    if not told.breaker.struck:
        wrong.append("没有走到那一步")
    if told.status not in allowed:
        wrong.append(f"退出码 {told.status}：{told.err.strip()[-200:]}")
    if (told.status and not words.strip()) or re.search("[A-Za-z]{3,}", words):
        wrong.append(f"话不对：{words.strip()[-200:]}")
    return wrong


def _again(home: Path, scene: Scene) -> list[str]:
    """好了以后再跑一遍，与没有出过错的一样。"""
    told = _run(home, scene.words)
    found = read_state(home / "data" / "ledger.db")
    if told.status or found.files != scene.whole.files or found.wrong:
        return [f"再跑一遍没有成：{told.status} {told.err.strip()[-200:]}"]
    written = set(_reports(home).values())
    return [] if written.issuperset(scene.reports.values()) else ["再跑一遍没有写出报告"]


def _reports(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (home / "reports").glob("*.md")}


if __name__ == "__main__":
    sys.exit(main())
