"""把写好的内容存成文件：先写在旁边再换名，写到一半不会留下坏文件。"""

import os
from pathlib import Path

from ipmeasures.errors import CannotWrite


def save(path: Path, content: bytes) -> Path:
    """存一个文件，返回它的路径。

    Raises:
        CannotWrite: 文件夹只读、磁盘满、文件正被打开。
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(path)
    except PermissionError:
        beside.unlink(missing_ok=True)
        raise CannotWrite(
            f"写不进 {path}：文件正被打开或文件夹只读，请关闭后再试，或换一个文件夹"
        ) from None
    except OSError as failed:
        _drop(beside)
        why = failed.strerror or "系统拒绝"
        raise CannotWrite(f"写不进 {path}：{_WHY.get(failed.errno or 0, why)}") from None
    return path


_WHY = {28: "磁盘已满，请腾出空间后再试", 30: "磁盘是只读的，请换一个文件夹", 36: "文件名太长"}


def _drop(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
