"""几个进程同时入库，半路被杀：一份不丢，半份不留。"""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from ipmeasures.errors import CannotWrite
from ipmeasures.ledger import connect
from ipmeasures.ledger.entry import Posting
from ipmeasures.ledger.store import Ledger

from . import figure, filing, posting, text

pytestmark = pytest.mark.slow

POST_ALL = """
import pickle, sys
from pathlib import Path
from ipmeasures.ledger.store import Ledger
path, postings = Path(sys.argv[1]), pickle.loads(Path(sys.argv[2]).read_bytes())
for posting in postings:
    with Ledger.open_or_create(path) as ledger:
        print(ledger.post(posting).outcome, flush=True)
"""

# 入到第 n 行时自己杀掉自己；缓存小，先前的页已经写进台账文件，留下要恢复的日志。
POST_AND_DIE = """
import os, pickle, signal, sys
from pathlib import Path
from ipmeasures.ledger.chain import Pen
from ipmeasures.ledger.store import Ledger
path, postings = Path(sys.argv[1]), pickle.loads(Path(sys.argv[2]).read_bytes())
last, append = int(sys.argv[3]), Pen.append
def dying(self, table, /, **row):
    if self.head.sequence >= last:
        os.kill(os.getpid(), signal.SIGKILL)
    return append(self, table, **row)
Pen.append = dying
with Ledger.open(path) as ledger:
    ledger._connection.execute("PRAGMA cache_size = 2")
    ledger.post(postings[0])
"""


def start(
    tmp_path: Path, script: str, name: str, postings: list[Posting], *arguments: str
) -> subprocess.Popen[str]:
    sent = tmp_path / f"{name}.pickle"
    sent.write_bytes(pickle.dumps(postings))
    return subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "ledger.db"), str(sent), *arguments],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_four_at_once(tmp_path: Path) -> None:
    """四个进程同时建台账、各入几份：全部在案，回执不重号，链完好；同一份只收一次。"""
    same = posting(filing(figure("I09", "9"), agency="共有"), content=b"same")
    running = []
    for n in range(4):
        mine = [
            posting(filing(figure("I01", str(k)), agency=f"单位{n}"), content=b"%d-%d" % (n, k))
            for k in range(5)
        ]
        running.append(start(tmp_path, POST_ALL, str(n), [same, *mine]))
    outcomes = []
    for process in running:
        answer, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        outcomes += answer.split()
    assert (outcomes.count("accepted"), outcomes.count("duplicate")) == (21, 3)
    with Ledger.open(tmp_path / "ledger.db", read_only=True) as ledger:
        receipts = ledger.receipts()
        assert [int(r.receipt[-4:]) for r in receipts] == list(range(1, 22))
        assert len(ledger.entries()) == 5
        assert ledger.verify() == ()


@pytest.mark.skipif(os.name == "nt", reason="没有 SIGKILL")
@pytest.mark.parametrize("rows", [1, 5, 30])
@pytest.mark.parametrize("read_only", [True, False])
def test_killed_half_way(tmp_path: Path, rows: int, *, read_only: bool) -> None:
    """入到半路被杀：台账是先前的样子，只读打开也能恢复；再入一次照常。"""
    path = tmp_path / "ledger.db"
    with Ledger.create(path) as ledger:
        ledger.post(posting(filing(figure("I01", "1"))))
        before = (ledger.head, ledger.entries())
    lines = [text(f"M{n:02}", "字" * 3000) for n in range(40)]
    big = posting(filing(*lines), content=b"x" * 200_000)
    process = start(tmp_path, POST_AND_DIE, "big", [big], str(before[0].sequence + rows))
    process.communicate(timeout=60)
    assert process.returncode == -9
    with Ledger.open(path, read_only=read_only) as ledger:
        assert (ledger.head, ledger.entries()) == before
        assert ledger.verify() == ()
    with Ledger.open(path) as ledger:
        assert ledger.post(big).outcome == "accepted"
        assert ledger.post(big).outcome == "duplicate"


@pytest.mark.skipif(os.name == "nt", reason="没有 SIGKILL")
def test_killed_half_way_and_cannot_recover(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """要恢复而没有写入权限：说由谁来做，不把写了一半的当数读出来。"""
    path = tmp_path / "ledger.db"
    with Ledger.create(path) as ledger:
        last = ledger.head.sequence + 5
    big = posting(filing(figure("I01", "1")), content=b"x" * 200_000)
    start(tmp_path, POST_AND_DIE, "big", [big], str(last)).communicate(timeout=60)
    real = connect._connected  # noqa: SLF001
    monkeypatch.setattr(connect, "_connected", lambda path, _, wait: real(path, "ro", wait))
    with pytest.raises(CannotWrite, match="有写入权限的人"):
        Ledger.open(path, read_only=True)
