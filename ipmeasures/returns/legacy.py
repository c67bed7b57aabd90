"""收来的 .xls、.et：字节 → 工作簿。另起一个进程去读，它出什么事都只是这一份文件读不了。"""

import os
import sys
from contextlib import suppress
from subprocess import DEVNULL, PIPE, Popen
from threading import Event, Thread, Timer
from typing import IO, Annotated, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

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
from ipmeasures.returns.workbook.sniff import not_a_legacy_workbook

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
    """一张表；单元格依次是行、列、类型、第几条文字、第几种样式。"""

    name: Annotated[str, Field(min_length=1, max_length=255)]
    hidden: bool
    cells: list[tuple[_Row, _Column, _Kind, _Index, _Index]]
    merges: list[tuple[_Row, _Column, _Row, _Column]]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]


class _ToldBook(_Told):
    """子进程的答复：读到的；``formats`` 是各种样式的格式代码，内置的是其编号。"""

    epoch_1904: bool
    texts: list[str]
    formats: list[str]
    sheets: list[_ToldSheet]


class _Answer(_Told):
    """子进程的答复，两样里的一样。"""

    book: _ToldBook | None = None


def read_legacy(content: bytes) -> Workbook:
    """读一份旧格式（OLE2）的表格，只看内容，不看文件名。

    xlrd 看不出公式，所以每格的 ``formula`` 都是 ``None``，只有存下的结果。

    Raises:
        FileRefused: 文件损坏、有密码、过大，里面不是表格，或读它的进程没有给出答复。
    """
    if len(content) > MAX_FILE:
        raise too_large(f"文件超过 {MAX_FILE // MIB} MiB")
