"""看着（也可以不让做成）程序自己对文件做的事：新建、链接、改名、删除、同步、整个写出。

SQLite 的读写由 ``sqlite_shim`` 看；这里看台账新建时、报告存盘时 Python 做的那些。
"""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlite_shim import Step, Watcher


class _WatchedOs:
    """替换 ``os`` 里的几样：先问 ``watcher``，再照原来的做，做成了告诉它。"""

    def __init__(self, watcher: Watcher, folder: Path) -> None:
        self._watcher = watcher
        self._inside = f"{folder}{os.sep}"
        self._handles: dict[int, str] = {}

    def asked(self, step: Step, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - 原来给什么就给什么
        """不让做成的，按错误码抛 ``OSError``；不在文件夹里的不管。"""
        if not step.path.startswith(self._inside):
            return work()
        if fault := self._watcher.before(step):
            code = errno.ENOSPC if fault.full else errno.EIO
            raise OSError(code, os.strerror(code), step.path)
        done = work()
        self._watcher.after(step)
        return done

    def open(self, path: Any, flags: int, *rest: Any, **named: Any) -> int:  # noqa: ANN401 - 照原来的
        """要新建的才算一步；记着句柄是谁的，同步时好认。"""
        step = Step("open", os.fspath(path), created=True)

        def work() -> int:
            return _OPEN(path, flags, *rest, **named)

        handle = int(self.asked(step, work) if flags & os.O_CREAT else work())
        self._handles[handle] = step.path
        return handle

    def fsync(self, handle: int) -> None:
        """同步文件，或文件夹。"""
        path = Path(self._handles.get(handle, ""))
        step = Step("sync_folder", f"{path}{os.sep}") if path.is_dir() else Step("sync", str(path))
        self.asked(step, lambda: _FSYNC(handle))

    def put(self, kind: str, original: Callable[..., None]) -> Callable[..., None]:
        """链接或改名。"""

        def call(source: Any, target: Any, **named: Any) -> None:  # noqa: ANN401 - 照原来的
            step = Step(kind, os.fspath(target), other=os.fspath(source))
            self.asked(step, lambda: original(source, target, **named))

        return call

    def unlink(self, path: Any, **named: Any) -> None:  # noqa: ANN401 - 照原来的
        """本来就没有的不算一步。"""

        def work() -> None:
            _UNLINK(path, **named)

        if os.path.lexists(path):
            self.asked(Step("delete", os.fspath(path)), work)
        else:
            work()

    def save(self, path: Path, content: bytes) -> int:
        """整个写出；满了的磁盘，前一半写得进去。"""
        try:
            return int(self.asked(Step("save", str(path)), lambda: _WRITE(path, content)))
        except OSError as error:
            if error.errno == errno.ENOSPC:
                _WRITE(path, content[: len(content) // 2])
            raise


@contextmanager
def watched_os(watcher: Watcher, folder: Path) -> Iterator[None]:
    """块里对 ``folder`` 里的文件做的事，都先问、后告诉 ``watcher``。"""
    watched = _WatchedOs(watcher, folder)

    def written(path: Path, content: bytes) -> int:
        return watched.save(path, content)

    changes = {
        "open": watched.open,
        "fsync": watched.fsync,
        "unlink": watched.unlink,
        "link": watched.put("link", os.link),
        "replace": watched.put("rename", os.replace),
        "rename": watched.put("rename", os.rename),
    }
    with ExitStack() as stack:
        for name, work in changes.items():
            stack.enter_context(patch.object(os, name, work))
        stack.enter_context(patch.object(Path, "write_bytes", written))
        yield


_OPEN, _FSYNC, _UNLINK, _WRITE = os.open, os.fsync, os.unlink, Path.write_bytes
