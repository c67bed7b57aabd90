"""台账大了慢多少：20、400、20000 份报表时，``gaps``、``report``、``trace``、``ingest`` 各要多久。

用法：``python tools/bench_ledger.py [--sizes 20,400,20000] [--runs 7] [--limit 1.5]``。三本台账里要看的那个季度
一样，都是真的 ``ipm ingest`` 收的二十个单位各一份；其余的份数摊在以前的各季（四百份是十九季各一份，两万份是
三十九季各二十五次左右），由 ``Ledger.post`` 写进去：第一次是填满的一份，以后各次更正其中一两格，原件都是真的工作簿。
量的是真的命令从启动到结束，取中位数；``gaps`` 与二十份时之比超过上限时以 1 退出。
"""

import argparse
import datetime as dt
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from samples import filled_returns

from ipmeasures.commands.start import lay_out
from ipmeasures.ledger.entry import Posting
from ipmeasures.ledger.posted import sha256_of
from ipmeasures.ledger.store import Ledger
from ipmeasures.plan.load import load_plan, plan_sources
from ipmeasures.plan.model import Plan
from ipmeasures.quarter import Quarter
from ipmeasures.returns.filing import to_filing
from ipmeasures.returns.line import Filing, Line
from ipmeasures.returns.read import read_return
from ipmeasures.workspace import Workspace

_QUARTER = Quarter(2025, 4)
_AGENCIES = 20
_MOST_QUARTERS = 39
_IPM = str(Path(sys.executable).with_name("ipm"))


@dataclass(frozen=True, slots=True)
class Sample:
    """一个单位填满的一份：原件和读出来的。"""

    content: bytes
    filing: Filing


def main() -> int:
    """建三本台账，量，打印，看 ``gaps`` 超没超。"""
    asked = argparse.ArgumentParser(description="台账大了慢多少")
    asked.add_argument("--sizes", default="20,400,20000")
    asked.add_argument("--runs", type=int, default=7)
    asked.add_argument("--limit", type=float, default=1.5)
    chosen = asked.parse_args()
    sizes = [int(size) for size in chosen.sizes.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        homes = [Path(folder) / str(size) for size in sizes]
        for home, size in zip(homes, sizes, strict=True):
            began = time.monotonic()
            entries = _fill(home, size)
            megabytes = (home / "data" / "ledger.db").stat().st_size / 1e6
            said = f"{size} 份：{entries} 笔，{megabytes:.0f} MB"
            print(f"{said}（建了 {time.monotonic() - began:.0f} 秒）", flush=True)
        taken = _measured(homes, chosen.runs)
    ratios = []
    for name, seconds in taken.items():
        shown = "，".join(
            f"{size} 份 {one * 1000:.0f} ms" for size, one in zip(sizes, seconds, strict=True)
        )
        worst = max(seconds) / seconds[0]
        print(f"{name}：{shown}；最大是第一个的 {worst:.2f} 倍")
        ratios += [worst] if name == "gaps" else []
    passed = max(ratios) <= chosen.limit
    print(f"gaps 之比 {max(ratios):.2f}，上限 {chosen.limit:g}")
    print(f"{int(passed)} passed, {int(not passed)} failed")
    return 0 if passed else 1


def _fill(home: Path, size: int) -> int:
    """建一本台账；返回一共几笔。"""
    lay_out(home)
    plan, batch = load_plan(Workspace(home)), home / "in"
    batch.mkdir()
    samples = []
    for name, content in filled_returns(home, str(_QUARTER), _AGENCIES, Decimal("1.02")):
        (batch / name).write_bytes(content)
        [found] = read_return(content, plan).returns
        samples.append(Sample(content, to_filing(found)))
    ledger = home / "data" / "ledger.db"
    with Ledger.create(ledger) as opened:
        # 填的时候断电就从头再来，不必每份都等它落到盘上
        opened._connection.execute("PRAGMA synchronous = OFF")  # noqa: SLF001 - 只为填得快
        for posting in islice(_postings(home, plan, samples, size), size - _AGENCIES):
            if opened.post(posting).outcome != "accepted":
                raise RuntimeError(f"{posting.file} 没有收下")
    began_ingest = time.monotonic()
    _quiet([_IPM, "ingest", str(batch), "--home", str(home)])
    print(
        f"  收要看的那季二十份（当天第一次，连同自动备份）{time.monotonic() - began_ingest:.1f} 秒"
    )
    with Ledger.open(ledger, read_only=True) as opened:
        return opened.head.sequence


def _postings(home: Path, plan: Plan, samples: Sequence[Sample], size: int) -> Iterator[Posting]:
    """以前各季的报表：一季一季各单位一份，转完一圈再来就是更正。"""
    quarters = min(_MOST_QUARTERS, max(1, size // _AGENCIES - 1))
    measures, targets = plan_sources(Workspace(home))
    sources = (("measures.yaml", measures), ("targets.yaml", targets))
    began = dt.datetime(2026, 1, 5, 1, tzinfo=dt.UTC)
    for number in count():
        revision, place = divmod(number, quarters * len(samples))
        back, agency = divmod(place, len(samples))
        quarter, sample = _QUARTER + -(back + 1), samples[agency]
        filing = replace(sample.filing, quarter=quarter)
        if revision:
            filing = replace(filing, lines=_corrected(filing.lines, revision))
        # 压缩文件末尾的注释不算内容，原件就各不相同
        note = f"{number:08}".encode()
        content = sample.content[:-2] + len(note).to_bytes(2, "little") + note
        yield Posting(
            file=f"{quarter}-{filing.agency}-{revision}.xlsx",
            content=content,
            sha256=sha256_of(content),
            filings=(filing,),
            received_on=began.date(),
            now=began + dt.timedelta(seconds=number),
            by="样例",
            plan_digest=plan.digest,
            plan_sources=sources,
        )


def _corrected(lines: tuple[Line, ...], revision: int) -> tuple[Line, ...]:
    """第几次更正：改一个数（有数的）和一段文字，其余空着。"""
    figures = [line for line in lines if line.value is not None]
    texts = [line for line in lines if line.field == "progress"]
    figure, text = ([of[revision % len(of)]] if of else [] for of in (figures, texts))
    return (
        *(replace(line, value=_less(line.value or Decimal(0), revision)) for line in figure),
        *(replace(line, text=f"{line.text}（第{revision}次更正）") for line in text),
    )


def _less(value: Decimal, revision: int) -> Decimal:
    """少千分之几：以前各季的数比要看的那季小，才收得下。"""
    return (value * (1000 - revision) / 1000).quantize(value)


def _measured(homes: Sequence[Path], runs: int) -> dict[str, list[float]]:
    """各命令在各本台账上的中位数；几本轮着跑，机器忙闲对谁都一样。"""
    commands = {
        "gaps": ["gaps", "--quarter", str(_QUARTER)],
        "report": ["report", "--year", "2025", "--quarter", "4", "--format", "md"],
        "trace": ["trace", "I01", "--quarter", str(_QUARTER)],
        "ingest": ["ingest"],
    }
    corrections = _corrections(homes[0], runs)
    taken: dict[str, list[float]] = {}
    for name, words in commands.items():
        seconds: list[list[float]] = [[] for _ in homes]
        for run in range(runs + 1):  # 第一次是预热
            for home, known in zip(homes, seconds, strict=True):
                more = [str(corrections[run])] if name == "ingest" else []
                began = time.perf_counter()
                _quiet([_IPM, *words, *more, "--home", str(home)])
                known.append(time.perf_counter() - began)
        taken[name] = [statistics.median(known[1:]) for known in seconds]
    return taken


def _corrections(home: Path, runs: int) -> list[Path]:
    """没有收过的几份：同一个单位、同一季，文字改了。"""
    made = list(filled_returns(home, str(_QUARTER), (runs + 2) * _AGENCIES, Decimal("1.02")))
    paths = []
    for name, content in made[_AGENCIES + 5 :: _AGENCIES]:
        paths.append(home / name)
        paths[-1].write_bytes(content)
    return paths


def _quiet(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
