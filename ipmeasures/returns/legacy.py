"""收来的 .xls、.et：字节 → 工作簿。另起一个进程去读，它出什么事都只是这一份文件读不了。"""

import os
import sys
from contextlib import suppress
from subprocess import DEVNULL, PIPE, Popen
from threading import Event, Thread, Timer
from typing import IO, Annotated, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from ipmeasures.returns.number.format import BUILT_IN
from ipmeasures.returns.workbook.cells import Area, Cell, CellType, Sheet, Workbook
from ipmeasures.returns.workbook.limits import MAX_FILE, MAX_FILLED, MAX_MERGES, MIB, Budget
from ipmeasures.returns.workbook.refusal import (
    FileRefused,
    damaged,
    encrypted,
    too_large,
    unreadable,
)
from ipmeasures.returns.workbook.sniff import not_a_package
from ipmeasures.returns.workbook.styles import GENERAL

# 任何文件都要在 10 秒内有答复，留两秒给别的事。
SECONDS = 8
MEMORY = 512 * MIB
# 一格的答复约 20 字节，文字不会比文件长多少：正常的文件到不了这么长。
MAX_ANSWER = 64 * MIB

_KINDS = (CellType.NUMBER, CellType.TEXT, CellType.BOOLEAN, CellType.ERROR)

_Row = Annotated[int, Field(ge=1, le=65_536)]
_Column = Annotated[int, Field(ge=1, le=256)]
_Index = Annotated[int, Field(ge=0)]
_Kind = Annotated[int, Field(ge=0, lt=len(_KINDS))]


class _Told(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class _Refusal(_Told):
    """子进程的答复：读不了，为什么。"""

    refused: Literal["encrypted", "no_workbook", "crowded", "repeated", "memory", "long", "damaged"]


class _ToldSheet(_Told):
    """一张表；单元格按列存：各格的行、列、类型、第几条文字、第几种样式、是不是公式，一样长。"""

    name: str
    hidden: bool
    rows: list[_Row]
    columns: list[_Column]
    kinds: list[_Kind]
    texts: list[_Index]
    styles: list[_Index]
    formulas: list[bool]
    merges: list[tuple[_Row, _Column, _Row, _Column]]
    hidden_rows: list[int]
    hidden_columns: list[int]


class _ToldBook(_Told):
    """子进程的答复：读到的；``formats`` 是各种样式的格式代码，内置的是其编号。"""

    epoch_1904: bool
    texts: list[str]
    formats: list[str]
    sheets: list[_ToldSheet]


_ANSWER: TypeAdapter[_Refusal | _ToldBook] = TypeAdapter(_Refusal | _ToldBook)


def read_legacy(content: bytes) -> Workbook:
    """读一份旧格式（OLE2）的表格，只看内容，不看文件名。

    看得出哪一格是公式，看不出公式怎么写的，所以公式格的 ``formula`` 是空串；结果是空的，``raw`` 也是空串。

    Raises:
        FileRefused: 文件损坏、有密码、过大，里面不是表格，或读它的进程没有给出答复。
    """
    if len(content) > MAX_FILE:
        raise too_large(f"文件超过 {MAX_FILE // MIB} MiB")
    try:
        told = _ANSWER.validate_json(_ask(content))
        if isinstance(told, _Refusal):
            raise _refusal(told.refused, content)
        return _workbook(told)
    except (ValueError, IndexError) as lie:  # pydantic 的也是 ValueError
        raise unreadable("读旧格式的程序答复不成立") from lie


def command() -> list[str]:
    """启动子进程的命令；上限写在后面。"""
    limits = (SECONDS, MEMORY, MAX_FILLED, MAX_ANSWER)
    # -P：当前文件夹里碰巧同名的文件不作数；警告不许变成错误。
    start = [sys.executable, "-P", "-W", "ignore", "-m", "ipmeasures.returns.legacy_child"]
    return [*start, *map(str, limits)]


def _environment() -> dict[str, str]:
    """父进程从哪里找到的模块，子进程也从哪里找：装好的、源码里的都一样。"""
    found = {"PYTHONPATH": os.pathsep.join(sys.path)}
    if sys.dont_write_bytecode:
        found["PYTHONDONTWRITEBYTECODE"] = "1"
    return {**os.environ, **found}


def _ask(content: bytes) -> bytes:
    """子进程的答复；到时候没有答复、中途停了、说个没完的，都是读不出来。"""
    overdue = Event()
    try:
        child = Popen(  # noqa: S603 - 命令是我们自己的
            command(), stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=_environment()
        )
    except OSError as failed:
        raise unreadable("读旧格式的程序启动不了") from failed

    def stop() -> None:
        overdue.set()
        child.kill()

    watchdog = Timer(SECONDS, stop)
    feeder = Thread(target=_feed, args=(cast("IO[bytes]", child.stdin), content))
    with child:
        try:
            watchdog.start()
            feeder.start()
            answer = cast("IO[bytes]", child.stdout).read(MAX_ANSWER + 1)
            if len(answer) <= MAX_ANSWER:
                child.wait()
        finally:
            watchdog.cancel()
            child.kill()
            feeder.join()
    if overdue.is_set():
        raise unreadable(f"旧格式（.xls/.et）读了 {SECONDS} 秒还没有读完")
    if len(answer) > MAX_ANSWER:
        raise unreadable("读旧格式的程序答复过长")
    if child.returncode:
        raise unreadable("读旧格式的程序中途停了")
    return answer


def _feed(target: IO[bytes], content: bytes) -> None:
    """子进程没读完就停了的，由它的退出码去说。"""
    with suppress(OSError), target:
        target.write(content)


def _refusal(code: str, content: bytes) -> FileRefused:
    if code == "encrypted":
        return encrypted()
    if code == "no_workbook":
        return not_a_package(content)
    large = {
        "crowded": f"有内容的单元格超过 {MAX_FILLED} 个",
        "memory": f"读它需要的内存超过 {MEMORY // MIB} MiB",
        "long": f"内容超过 {MAX_ANSWER // MIB} MiB",
    }
    if code in large:
        return too_large(large[code])
    return damaged("有两格写在同一个地址" if code == "repeated" else "旧格式表格的内部结构不对")


def _workbook(told: _ToldBook) -> Workbook:
    names = [sheet.name.casefold() for sheet in told.sheets]
    if "" in names:
        raise damaged("工作表的名称不成立")
    if len(set(names)) < len(names):
        raise damaged("有两张同名的工作表")
    if sum(len(sheet.merges) for sheet in told.sheets) > MAX_MERGES:
        raise too_large(f"合并区域超过 {MAX_MERGES} 处")
    filled = sum(len(sheet.rows) for sheet in told.sheets)
    Budget(characters=sum(map(len, told.texts))).check(filled=filled)
    texts = [text.replace("\r\n", "\n") for text in told.texts]
    formats = [BUILT_IN.get(code, GENERAL if code.isdigit() else code) for code in told.formats]
    return Workbook(tuple(_sheet(s, texts, formats) for s in told.sheets), told.epoch_1904)


def _sheet(told: _ToldSheet, texts: list[str], formats: list[str]) -> Sheet:
    hidden_rows, hidden_columns = set(told.hidden_rows), set(told.hidden_columns)
    cells: list[Cell] = []
    last = (0, 0)
    every = zip(
        told.rows, told.columns, told.kinds, told.texts, told.styles, told.formulas, strict=True
    )
    for row, column, kind, text, style, is_formula in every:
        if (row, column) <= last:
            raise ValueError("次序不对")
        last = (row, column)
        hidden = row in hidden_rows or column in hidden_columns
        formula = "" if is_formula else None
        cells.append(Cell(row, column, texts[text], _KINDS[kind], formula, formats[style], hidden))
    return Sheet(told.name, tuple(cells), tuple(Area(*m) for m in told.merges), told.hidden)
