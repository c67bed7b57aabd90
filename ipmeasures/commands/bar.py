"""进度条：活儿长、又在终端上才有；画在标准错误上，不与结果混在一起。"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer


@contextmanager
def bar(label: str, length: int, *, least: int) -> Iterator[Callable[[int], None]]:
    """交出“又做完了几份”的函数；不到 ``least`` 份的、不在终端上的，什么也不画。"""
    if length < least or not sys.stderr.isatty():
        yield lambda _: None
        return
    with typer.progressbar(length=length, label=label, file=sys.stderr) as drawn:
        yield drawn.update
        drawn.update(length - drawn.pos)  # 估多了的，做完也画到头
