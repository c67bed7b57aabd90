"""台账文件里翻一位，试一千次：凡是答复变了的，``ipm verify`` 都说得出来，或者台账不让打开。

用法：``python tools/bitrot.py [--n 1000] [--seed 1] [--seeded-bad 名称]``。台账里有两个季度的报表、更正、确认和附件；
每次在它的一份拷贝里翻一位（一半任取，一半取在放表和索引的页上、不空的字节），先核对；没有说出毛病的，跑遍看台账的命令
（``gaps``、``returns``、``report``、``explain``、``trace``、``log``，各事项的历史和原件直接从台账读），必须与原来一字不差。说得出毛病的，看台账的命令也不许出
意外（退出码 70）。什么都没有变的（空闲的字节）可以不说。``--seeded-bad`` 必须报出失败来。
"""

import argparse
import contextlib
import io
import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ledger_bad import BAD, seed_bad
from samples import filled_returns

from ipmeasures.cli import main as ipm
from ipmeasures.commands.start import lay_out
from ipmeasures.errors import LedgerDamaged
from ipmeasures.ledger.store import Ledger
from ipmeasures.plan.load import load_plan
from ipmeasures.workspace import Workspace

_QUARTERS = ("2023Q1", "2023Q2")
_ITEMS = ("I01", "I08", "M07-1", "M01")
_TREE = {2, 5, 10, 13}
"""放表和索引的页的第一个字节；其余的是大块内容的续页。"""
_SECONDS, _CRASHED = 60, 70


@dataclass(frozen=True, slots=True)
class Flip:
    """翻一位的结果：``refused``、``found``、``unchanged``，或毛病。"""

    byte: int
    bit: int
    outcome: str
    fault: str = ""


def main() -> int:
    """翻，核对，看；打印失败的和总数。"""
    asked = argparse.ArgumentParser(description="翻一位")
    asked.add_argument("--n", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--seeded-bad", choices=sorted(BAD["bitrot"]), default="")
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        os.environ["HOME"] = folder  # 意外的日志不写到别处
        _filled(root / "w")
        content = (root / "w" / "data" / "ledger.db").read_bytes()
        answers = _answers(root / "w")
        seed_bad(chosen.seeded_bad)
        one = partial(_flipped, root, content, answers, chosen.seed)
        with ProcessPoolExecutor(chosen.jobs, get_context("fork")) as pool:
            results = list(pool.map(one, range(chosen.n), chunksize=4))
    failed = [result for result in results if result.fault]
    for result in failed[:20]:
        print(f"第 {result.byte} 字节第 {result.bit} 位：{result.fault}")
    counts = Counter(result.outcome for result in results if not result.fault)
    words = {"found": "核对说出毛病", "refused": "台账不让打开", "unchanged": "什么都没有变"}
    said = "，".join(f"{words[name]} {count} 次" for name, count in counts.most_common())
    print(f"台账 {len(content)} 字节；{said}")
    print(f"{len(results) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def _filled(home: Path) -> None:
    """两个季度的报表、一份更正、确认和附件。"""
    lay_out(home)
    for number, (quarter, factor, start) in enumerate(
        ((_QUARTERS[0], "1.01", 4), (_QUARTERS[1], "1.02", 4), (_QUARTERS[1], "1.05", 6))
    ):
        batch = home / f"in-{number}"
        batch.mkdir()
        for name, content in list(filled_returns(home, quarter, 8, Decimal(factor)))[start:]:
            (batch / name).write_bytes(content)
        extra = ("--confirm", "I01=属实", "--attach", str(home / "data" / "targets.yaml"))
        status, said = _said(home, "ingest", str(batch), *(extra if number == 2 else ()))
        if status:
            raise RuntimeError(f"没有收成：{said}")
    shutil.rmtree(home / "data" / "backup")  # 坏了的时候，不必每次再核对备份


def _said(home: Path, *words: str) -> tuple[int, str]:
    """跑一条命令：退出码和屏幕上的。"""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        status = ipm([*words, "--home", str(home)])
    said = out.getvalue().replace(str(home), "")
    if status == _CRASHED and (logs := sorted(Path.home().rglob(".ipm/*.log"))):
        said += logs[-1].read_text("utf-8")[-500:]
    return status, said


def _answers(home: Path) -> dict[str, object]:
    """看台账的命令都说了什么；``trace`` 只跑几个事项，各事项的每一笔另从台账直接读。"""
    return dict(_asked(home)) | _read(home / "data" / "ledger.db")


def _asked(home: Path) -> Iterator[tuple[str, object]]:
    for words in (
        ("gaps", "--only", "all"),
        ("log",),
        *(("gaps", "--quarter", q, "--format", "json") for q in _QUARTERS),
        *(("returns", "--quarter", q, "--format", "json") for q in _QUARTERS),
        *(("explain", item, "--quarter", _QUARTERS[1]) for item in _ITEMS),
        *(("trace", item, "--quarter", q) for item in _ITEMS for q in _QUARTERS),
    ):
        yield " ".join(words), _said(home, *words)
    status, _ = _said(home, "report", "--year", "2023", "--format", "md")
    written = sorted((home / "reports").glob("*.md"))
    yield "report", (status, "".join(path.read_text("utf-8") for path in written))
    shutil.rmtree(home / "reports", ignore_errors=True)


def _read(path: Path) -> dict[str, object]:
    """台账各种读法读到的。"""
    items = load_plan(Workspace(path.parents[1])).items
    try:
        with Ledger.open(path, read_only=True) as ledger:
            receipts = ledger.receipts()
            return {
                "回执": receipts,
                "有效的": ledger.entries(),
                "确认": ledger.confirmations(),
                "决定": (ledger.decisions(), ledger.sent_back(), ledger.locks()),
                "每一笔": [ledger.history(item) for item in items],
                "各单位": [ledger.entries(agency=r.agency, quarter=r.quarter) for r in receipts],
                "原件": [ledger.content(r.sha256) for r in receipts],
            }
    except Exception as error:  # noqa: BLE001 - 读不出来也是一种答复，与原来的不同
        return {"回执": repr(error)}


def _flipped(
    root: Path, content: bytes, answers: dict[str, object], seed: int, number: int
) -> Flip:
    random = Random(f"{seed}-{number}")  # noqa: S311 - 要的是重复得出来
    byte, bit = _place(content, random), random.randrange(8)
    home = root / f"{os.getpid()}"
    if not home.exists():
        shutil.copytree(root / "w", home)
    changed = bytearray(content)
    changed[byte] ^= 1 << bit
    (home / "data" / "ledger.db").write_bytes(changed)
    (home / "data" / "ledger.db-journal").unlink(missing_ok=True)
    signal.alarm(_SECONDS)  # 坏掉的树也许绕不出来
    outcome, fault = _verified(home)
    if outcome == "unchanged":
        now = chain(_read(home / "data" / "ledger.db").items(), _asked(home))
        fault = next((f"{w} 变了，核对没有说" for w, said in now if answers[w] != said), "")
    else:
        for words in (("gaps", "--format", "json"), ("trace", "I01", "--quarter", _QUARTERS[1])):
            status, said = _said(home, *words)
            fault = fault or (f"{words[0]} 出了意外：{said}" if status == _CRASHED else "")
    signal.alarm(0)
    return Flip(byte, bit, outcome, fault)


def _place(content: bytes, random: Random) -> int:
    """哪个字节：一半任取；一半在放表和索引的页上，取不空的。"""
    if random.random() < 0.5:
        return random.randrange(len(content))
    size = int.from_bytes(content[16:18], "big")
    page = random.choice([0, *(n for n in range(0, len(content), size) if content[n] in _TREE)])
    return random.choice([n for n in range(page, page + size) if content[n]])


def _verified(home: Path) -> tuple[str, str]:
    """``ipm verify`` 怎么说：完好退出码是 0，说出毛病、不让打开的都是 5。"""
    status, said = _said(home, "verify", "--format", "json")
    if status == 0:
        return "unchanged", ""
    outcome = "found" if said.startswith("{") else "refused"
    return outcome, "" if status == LedgerDamaged.exit_status else f"退出码 {status}：{said}"


if __name__ == "__main__":
    sys.exit(main())
