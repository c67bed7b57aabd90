"""收表有多快：读加核对，与 pandas[openpyxl]+pandera、python-calamine 在同一次运行里比。

用法：``pip install -r requirements/bench.txt``，再 ``python tools/bench_ingest.py [--count 200]``。
同样的文件轮流交给三家，几轮里各取最快的一轮，打印每秒份数和比值：本程序至少是第一家的 5 倍、第二家的
0.15 倍，否则以 1 退出。对手不做我们做的核对：calamine 只读格子，pandera 只查列的类型和范围。
"""

import argparse
import datetime as dt
import io
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import pandas as pd
import pandera.pandas as pandera
import python_calamine
from samples import filled_returns

from ipmeasures.commands.start import lay_out
from ipmeasures.plan.load import load_plan
from ipmeasures.plan.model import Plan
from ipmeasures.returns.checks import check_return
from ipmeasures.returns.circumstances import Circumstances
from ipmeasures.returns.read import read_return
from ipmeasures.workspace import Workspace

TODAY = dt.date(2023, 7, 5)
SHEETS = ("指标数据", "量化任务", "措施进展", "里程碑", "典型案例")


def main() -> int:
    """造报表，三家各读几轮，打印比值。"""
    arguments = argparse.ArgumentParser(description="收表速度之比")
    arguments.add_argument("--count", type=int, default=200)
    arguments.add_argument("--rounds", type=int, default=3)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "w"
        lay_out(root)
        plan = load_plan(Workspace(root))
        files = [
            content for _, content in filled_returns(root, "2023Q2", chosen.count, Decimal("1.02"))
        ]
    contenders: dict[str, Callable[[bytes], None]] = {
        "ipm（读＋核对）": lambda content: ours(content, plan),
        "pandas[openpyxl]+pandera": with_pandera,
        "python-calamine（只读）": with_calamine,
    }
    best = dict.fromkeys(contenders, float("inf"))
    for _ in range(chosen.rounds):
        for name, read in contenders.items():
            best[name] = min(best[name], _seconds(read, files))
    speeds = {name: len(files) / taken for name, taken in best.items()}
    for name, speed in speeds.items():
        print(f"{name}：每秒 {speed:.1f} 份")
    own, slow, fast = speeds.values()
    print(f"是 pandas[openpyxl]+pandera 的 {own / slow:.1f} 倍（至少 5）")
    print(f"是 python-calamine 的 {own / fast:.2f} 倍（至少 0.15）")
    passed = (own / slow >= 5) + (own / fast >= 0.15)
    print(f"{passed} passed, {2 - passed} failed")
    return 0 if passed == 2 else 1


def ours(content: bytes, plan: Plan) -> None:
    """本程序：读、解释、核对，不入库。"""
    reading = read_return(content, plan)
    known = Circumstances(plan, TODAY)
    problems = [p for found in reading.returns for p in check_return(found, known)]
    if not reading.returns or any(p.severity == "error" for p in problems):
        raise AssertionError(problems)


_TEXT = pandera.Column(str, nullable=True, coerce=True, required=False)
_SCHEMA = pandera.DataFrameSchema(
    {
        "编号": pandera.Column(str, pandera.Check.str_matches(r"^[IM]\d\d"), nullable=True),
        "本期值": pandera.Column(
            float, pandera.Check.ge(0), nullable=True, coerce=True, required=False
        ),
        "数据来源": _TEXT,
        "滞后原因": _TEXT,
        "下一步措施": _TEXT,
        "本季度进展": _TEXT,
    }
)


def with_pandera(content: bytes) -> None:
    """通行的做法：pandas 读各表，pandera 查列。"""
    with pd.ExcelFile(io.BytesIO(content), engine="openpyxl") as book:
        for name in book.sheet_names:
            if name in SHEETS[:4]:
                _SCHEMA.validate(pd.read_excel(book, sheet_name=name, header=2))


def with_calamine(content: bytes) -> None:
    """最快的读法：只把格子读出来。"""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def _seconds(read: Callable[[bytes], None], files: list[bytes]) -> float:
    start = time.perf_counter()
    for content in files:
        read(content)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
