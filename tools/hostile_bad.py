"""故意改坏的程序：换上一种，战役就该报出失败来；报不出的战役等于没有打。

只在子进程里改，改的是内存里的模块，不动文件。
"""

import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from ipmeasures.commands import intake
from ipmeasures.returns import read
from ipmeasures.returns.filing import to_filing
from ipmeasures.returns.line import Filing
from ipmeasures.returns.workbook import limits
from ipmeasures.returns.workbook.cells import Workbook

# 名称 → 坏在哪里。
BAD = {
    "no-limits": "读表不看任何上限",
    "swallow": "有错也当没有，照样入库",
    "touch": "退回时也往台账里写",
    "slow": "读一份要比上限多一秒",
    "memory": "读一份要比上限多一百 MiB",
    "crash": "读一份就抛出意外的错",
    "exit": "读到一半进程就没了",
    "mend": "入库的数悄悄换了",
    "lose": "每张表的最后一格悄悄丢了",
}
# 变异出来的文件不大，错不错也没有定论：这两种坏法，变异看不出来。
ONLY_HOSTILE = {"no-limits", "swallow"}


def seed_bad(name: str, seconds: float, mib: int, ledger: Path) -> None:
    """换上叫这个名字的坏程序；空的不换。

    Args:
        name: 见 ``BAD``。
        seconds: 时间的上限。
        mib: 内存的上限。
        ledger: 台账。
    """
    if name == "no-limits":
        _no_limits()
    elif name == "swallow":
        _put(intake, "refused", lambda _: False)
    elif name == "touch":
        _before(intake, "_arrive", lambda: ledger.open("ab").write(b"\0"))
    elif name == "slow":
        _before(intake, "read_return", lambda: time.sleep(seconds + 1))
    elif name == "memory":
        _before(intake, "read_return", lambda: b"\1" * ((mib + 100) << 20))
    elif name == "crash":
        _before(intake, "read_return", lambda: int("意外"))
    elif name == "exit":
        _before(intake, "read_return", _exit)
    elif name == "mend":
        _put(intake, "to_filing", _mended)
    elif name == "lose":
        _lose()


def _exit() -> None:
    import os  # noqa: PLC0415 - 只有这一种坏法用
    import signal  # noqa: PLC0415

    os.kill(os.getpid(), signal.SIGSEGV)


def _put(module: object, name: str, value: object) -> None:
    setattr(module, name, value)


def _before(module: object, name: str, work: Callable[[], object]) -> None:
    """做原来的事以前，先做 ``work``。"""
    original = getattr(module, name)

    def call(*given: object) -> Any:  # noqa: ANN401 - 照原来的
        work()
        return original(*given)

    _put(module, name, call)


def _no_limits() -> None:
    for name in vars(limits):
        if name.startswith("MAX_"):
            _put(limits, name, 1 << 60)
    _put(limits.Budget, "unpack", lambda *_: None)
    _put(limits.Budget, "check", lambda *_, **__: None)


def _mended(found: Any) -> Filing:  # noqa: ANN401 - 就是 to_filing 的参数
    filing = to_filing(found)
    lines = (
        x if x.value is None else replace(x, value=x.value + Decimal("0.01")) for x in filing.lines
    )
    return replace(filing, lines=tuple(lines))


def _lose() -> None:
    for name in ("read_workbook", "read_legacy"):
        _put(read, name, _without_last(getattr(read, name)))


def _without_last(original: Callable[[bytes], Workbook]) -> Callable[[bytes], Workbook]:
    def call(content: bytes) -> Workbook:
        book = original(content)
        sheets = (replace(s, cells=_less(s.cells)) for s in book.sheets)
        return replace(book, sheets=tuple(sheets))

    return call


def _less(cells: tuple[Any, ...]) -> tuple[Any, ...]:
    """少了最后一个数。"""
    last = max((n for n, c in enumerate(cells) if c.type.name == "NUMBER"), default=-1)
    return tuple(c for n, c in enumerate(cells) if n != last)
