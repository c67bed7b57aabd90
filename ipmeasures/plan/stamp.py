"""检查过的计划记一份：原文没有变，就不再解析、不再检查。

比的是原文本身而不是摘要，连摘要库也不必装载；记的树带校验，坏了一位也不用它。
"""

import json
import os
import zlib
from pathlib import Path
from typing import Any

from ipmeasures import __version__


def read_stamp(path: Path, measures: bytes, targets: bytes) -> dict[str, Any] | None:
    """上次检查时记下的树和摘要；原文变了、程序换了、记录坏了，都是 ``None``。"""
    try:
        check, _, body = path.read_bytes().partition(b"\n")
        if int(check) != zlib.crc32(body):
            return None
        stamp = json.loads(body)
    except (OSError, ValueError, RecursionError):
        return None
    same = isinstance(stamp, dict) and stamp.get("key") == _key(measures, targets)
    return stamp if same else None


def write_stamp(
    path: Path, measures: bytes, targets: bytes, trees: tuple[Any, Any], digest: str
) -> None:
    """记下检查过的内容；写不进去（只读的文件夹）不要紧，下次再检查一遍。"""
    stamp = {"key": _key(measures, targets), "digest": digest, "trees": trees}
    body = json.dumps(stamp, ensure_ascii=False).encode()
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(b"%d\n%s" % (zlib.crc32(body), body))
        beside.replace(path)
    except OSError:
        _drop(beside)


def _key(measures: bytes, targets: bytes) -> list[str]:
    return [__version__, measures.decode("utf-8", "replace"), targets.decode("utf-8", "replace")]


def _drop(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
