"""把写好的内容存成文件：先写在旁边再换名，写到一半不会留下坏文件。"""

import errno
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ipmeasures.errors import CannotWrite


def save(path: Path, content: bytes) -> Path:
    """存一个文件，返回它的路径。

    Raises:
        CannotWrite: 文件夹只读、磁盘满、文件正被打开。
    """
    beside = path.with_name(f".ipm-{os.getpid()}.tmp")
    try:
        with _said_in_chinese(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(content)
            _sync(beside)
            beside.replace(path)
    finally:
        _drop(beside)
    return path


@contextmanager
def staged(files: Mapping[Path, bytes]) -> Iterator[Callable[[], None]]:
    """几个文件一起写：进来时全部写在旁边、落到盘上；调用交出的函数才逐个换名，不调用的不留痕迹。

    Raises:
        CannotWrite: 写不进去；换名以前的，哪个文件也没有动。
    """
    besides = {
        path: path.with_name(f".ipm-{os.getpid()}-{number}.tmp")
        for number, path in enumerate(files)
    }

    def put() -> None:
        for path, beside in besides.items():
            with _said_in_chinese(path):
                beside.replace(path)
                _sync(path.parent)

    try:
        for path, beside in besides.items():
            with _said_in_chinese(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                beside.write_bytes(files[path])
                _sync(beside)
        yield put
    finally:
        for beside in besides.values():
            _drop(beside)


def why_refused(failed: OSError) -> str:
    """系统为什么不让写、怎么办；都说中文。"""
    number = f"（错误号 {failed.errno}）" if failed.errno else ""
    return _WHY.get(failed.errno or 0, f"系统拒绝{number}，请换一个文件夹再试")


@contextmanager
def _said_in_chinese(path: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError:
        raise CannotWrite(
            f"写不进 {path}：文件正被打开或文件夹只读，请关闭后再试，或换一个文件夹"
        ) from None
    except OSError as failed:
        raise CannotWrite(f"写不进 {path}：{why_refused(failed)}") from None


def _sync(path: Path) -> None:
    """落到盘上；Windows 不能同步文件夹，也不需要。"""
    if os.name == "nt" and path.is_dir():  # pragma: no cover
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_IN_THE_WAY = "那里有同名的文件或文件夹，请改名，或换一个文件夹"
_WHY = {
    errno.ENOSPC: "磁盘已满，请腾出空间后再试",
    getattr(errno, "EDQUOT", -1): "磁盘配额已满，请腾出空间后再试",
    errno.EROFS: "磁盘是只读的，请换一个文件夹",
    errno.ENAMETOOLONG: "文件名太长，请改短",
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EEXIST: _IN_THE_WAY,
    errno.EISDIR: _IN_THE_WAY,
}


def _drop(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
