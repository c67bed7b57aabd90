"""收到的文件：路径 → 字节。读不到的说清为什么。"""

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ipmeasures.problem import Place, Problem, problem
from ipmeasures.returns.workbook.limits import MAX_FILE, MIB

_TABLES = {".xlsx", ".xlsm", ".xls", ".et", ".xlsb", ".csv", ".xltx", ".ods"}
# 本程序记账用的文件
_OURS = ".ipm-"
_LEFT_OPEN = ("~$", ".~lock", ".~")


class Skipped(NamedTuple):
    """没有收的：说的话，和有几个文件。"""

    text: str
    files: int = 1

    @property
    def line(self) -> str:
        """终端上的一行。"""
        return f"[跳过] {self.text}" if self.files else self.text


def find_files(paths: Iterable[Path]) -> tuple[list[Path], list[Skipped]]:
    """要收的文件：文件夹里只取表格，一层一层往下；打开时留下的临时文件跳过。

    Returns:
        文件（不重复，按名称排），和跳过了什么。
    """
    found: dict[Path, None] = {}
    said: list[Skipped] = []
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir() 遇到过长、没有权限的路径会抛出
            found[path] = None
            continue
        every = (p for p in path.rglob("*") if not p.name.startswith(_OURS))
        inside = sorted(p for p in every if p.is_file())
        tables = [p for p in inside if _is_table(p)]
        skipped = [p.name for p in inside if p not in tables]
        found.update(dict.fromkeys(tables))
        if skipped:
            names = "、".join(skipped[:5]) + "等" * (len(skipped) > 5)
            text = f"{path}：不是报表的文件 {len(skipped)} 个（{names}）"
            said.append(Skipped(text, len(skipped)))
        if not tables:
            said.append(Skipped(f"{path}：文件夹里没有表格", 0))
    return list(found), said


def read_file(path: Path) -> bytes | Problem:
    """一个文件的字节；被占用、正在改动、读不到、过大的，是一个问题。"""
    try:
        before = path.stat()
        if not stat.S_ISREG(before.st_mode):
            return problem("file_unreadable", Place(), why="这不是普通文件")
        if before.st_size > MAX_FILE:
            why = f"有 {-(-before.st_size // MIB)} MB，超过 {MAX_FILE // MIB} MB"
            return problem("file_too_large", Place(), why=why)
        content = path.read_bytes()
        after = path.stat()
    except PermissionError:
        if os.access(path, os.R_OK):  # 有权限而打不开：Windows 上正被 Excel 占用
            return problem("file_busy", Place())
        return problem("file_unreadable", Place(), why="没有读取权限")
    except (OSError, ValueError) as failed:
        missing = isinstance(failed, FileNotFoundError)
        why = "没有这个文件" if missing else "系统打不开它"
        return problem("file_unreadable", Place(), why=why)
    changed = (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)
    return problem("file_busy", Place()) if changed else content


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in _TABLES and not path.name.startswith(_LEFT_OPEN)
