"""在台账里已有报表的工作文件夹里，逐个收表，量时间、内存，看台账动没动。

模块只装载一次；每个文件 ``fork`` 一个子进程，在里面跑真的 ``ipm ingest 文件 --format json``。
"""

import contextlib
import json
import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hostile_bad import seed_bad
from hostile_parts import CULTURE, MARKET, table

# 收表要用的模块先装载好，子进程里就不必再装。
import ipmeasures.commands.ingest
import ipmeasures.forms.feedback
import ipmeasures.plan.source  # noqa: F401
from ipmeasures.cli import main
from ipmeasures.commands.start import lay_out

MIB = 1 << 20
# 失控的子进程也不能拖垮机器；比要量的上限大，超了量得出来。
_HARD = 4096 * MIB
STATUS = {"accepted": 0, "duplicate": 0, "rejected": 1, "unreadable": 3}
BASE = (
    (MARKET, "2022Q4", "I01", "5.9"),
    (MARKET, "2023Q1", "I01", "6.2"),
    (MARKET, "2023Q1", "M07-1", "220"),
    (CULTURE, "2023Q1", "I08", "0.05"),
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """每个文件最多用多少秒、多少 MiB。"""

    seconds: float = 10
    mib: int = 512


@dataclass(frozen=True, slots=True)
class Told:
    """收一个文件的结果；``status`` 是退出码，被信号停掉的是负数。"""

    status: int
    out: str
    err: str
    seconds: float
    mib: float
    ledger_changed: bool
    log: str
    answer: Mapping[str, Any] = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        """答复里的结果；没有答复为空。"""
        return str(self.answer.get("outcome", ""))

    def codes(self, *severities: str) -> set[str]:
        """这几种轻重的问题代码。"""
        problems = self.answer.get("problems", ())
        return {p["code"] for p in problems if not severities or p["severity"] in severities}

    @property
    def figures(self) -> dict[str, str]:
        """入库的数：``单位 季度 事项`` → 值。"""
        return {
            f"{receipt['agency']} {receipt['quarter']} {change['item']}": change["new"]
            for receipt in self.answer.get("receipts", ())
            for change in receipt["changes"]
            if change["field"] == "value"
        }


class Office:
    """一个工作文件夹，台账里已有一份报表；每收一个文件，就恢复原样。"""

    def __init__(self, root: Path, bounds: Bounds, bad: str = "") -> None:
        self.root, self.bounds, self.bad = root, bounds, bad
        self.home, self.inbox, self.user = root / "w", root / "in", root / "user"
        lay_out(self.home)
        for folder in (self.inbox, self.user):
            folder.mkdir()
        self.ledger = self.home / "data" / "ledger.db"
        first = self.inbox / "first.xlsx"
        first.write_bytes(base_return())
        self.fork(lambda: _quietly(["ingest", str(first), "--home", str(self.home)]))
        self._kept = self.ledger.read_bytes()

    def ingest(self, name: str, make: Callable[[], bytes]) -> Told:
        """收一个文件；``make`` 也在子进程里造，大文件不占本进程的内存。"""
        path = self.inbox / name
        self.fork(lambda: path.write_bytes(make()))
        out, err = self.root / "out", self.root / "err"

        def work() -> int:
            os.environ["HOME"] = str(self.user)
            os.chdir(self.root)
            for number, target in ((1, out), (2, err)):
                os.dup2(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
            sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            resource.setrlimit(resource.RLIMIT_AS, (_HARD, _HARD))
            # 到时间由系统直接停掉，卡在 C 代码里的也停得下来。
            signal.setitimer(signal.ITIMER_REAL, self.bounds.seconds)
            seed_bad(self.bad, self.bounds.seconds, self.bounds.mib, self.ledger)
            status = main(["ingest", str(path), "--format", "json", "--home", str(self.home)])
            sys.stdout.flush()
            sys.stderr.flush()
            return status

        began = time.monotonic()
        status, mib = self.fork(work)
        seconds = time.monotonic() - began
        said = out.read_text("utf-8", "replace")
        told = Told(
            status,
            said,
            err.read_text("utf-8", "replace"),
            seconds,
            mib,
            self.ledger.read_bytes() != self._kept,
            _log(self.user),
            _answer(said),
        )
        self._restore()
        return told

    def fork(self, work: Callable[[], object]) -> tuple[int, float]:
        """在子进程里做一件事；返回退出码和它用过的最大内存（连它自己的子进程）。"""
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            status = 70
            try:
                result = work()
                status = result if isinstance(result, int) and 0 <= result < 256 else 0
            except BaseException:  # noqa: BLE001 - 子进程里什么也不许漏到上面去
                sys.excepthook(*sys.exc_info())
            finally:
                os._exit(status)
        _, ended, used = os.wait4(child, 0)
        unit = 1 if sys.platform == "darwin" else 1024
        return os.waitstatus_to_exitcode(ended), used.ru_maxrss * unit / MIB

    def _restore(self) -> None:
        for path in self.ledger.parent.glob("ledger.db?*"):
            path.unlink()
        if self.ledger.read_bytes() != self._kept:
            self.ledger.write_bytes(self._kept)
        for folder in (self.inbox, self.user):
            shutil.rmtree(folder)
            folder.mkdir()


def _quietly(words: list[str]) -> int:
    with (
        open(os.devnull, "w", encoding="utf-8") as nowhere,  # noqa: PTH123 - 没有路径可言
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        return main(words)


def base_return() -> bytes:
    """台账里已有的那份报表。"""
    return table(*((*line[:3], float(line[3])) for line in BASE))


def broken(told: Told, bounds: Bounds) -> list[str]:
    """任何文件都要守的：不出 traceback，不超时，不超内存，没收下的台账一个字节不变。"""
    found = []
    if told.status == 70 or told.log or "Traceback" in told.out + told.err:
        found.append(
            f"出了 traceback（退出码 {told.status}）：{(told.log or told.err).strip()[-300:]}"
        )
    if told.seconds > bounds.seconds:
        found.append(f"用了 {told.seconds:.1f} 秒，上限 {bounds.seconds:g} 秒")
    if told.mib > bounds.mib:
        found.append(f"用了 {told.mib:.0f} MiB，上限 {bounds.mib} MiB")
    if told.ledger_changed and told.outcome != "accepted":
        found.append("没有收下，台账却变了")
    if not found and told.status != STATUS.get(told.outcome):
        found.append(f"退出码 {told.status} 与结果“{told.outcome}”不符：{told.err.strip()[-300:]}")
    return found


def _log(folder: Path) -> str:
    """程序记下的意外，最后几行。"""
    logs = [path.read_text("utf-8", "replace") for path in folder.rglob("*.log")]
    return "".join(logs)[-300:]


def _answer(said: str) -> Mapping[str, Any]:
    with contextlib.suppress(ValueError, KeyError, IndexError, TypeError):
        found = json.loads(said)["files"][0]
        return found if isinstance(found, dict) else {}
    return {}
