"""夹在 SQLite 和磁盘之间的一层：台账每读写一次都先问、后告诉一个 ``Watcher``。

不编译任何东西：用 ctypes 取 Python 的 ``_sqlite3`` 正在用的那个库，照抄它默认的存取层（VFS），换掉其中的
开、读、写、截、同步、删，登记成默认的；用完换回来。文件夹的同步在存取层上看不见，另从它的系统调用表上看。
静态连接而不露符号的库换不了，``ShimUnavailable`` 说明原因，各战役照说、跳过。
"""

import _sqlite3
import ctypes
import os
from collections.abc import Callable
from ctypes import POINTER, byref, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass
from typing import Any, Protocol, Self, TypeAlias

OK, IO_ERROR, FULL, CANNOT_OPEN = 0, 10, 13, 14
# 读写出错的扩展错误码，与 SQLite 自己的存取层给的一样。
_CODES = {
    "open": CANNOT_OPEN,
    "read": IO_ERROR | 1 << 8,
    "write": IO_ERROR | 3 << 8,
    "sync": IO_ERROR | 4 << 8,
    "truncate": IO_ERROR | 6 << 8,
    "delete": IO_ERROR | 10 << 8,
}
Method: TypeAlias = Callable[..., int]


@dataclass(frozen=True, slots=True)
class Step:
    """对一个文件做的一步。

    ``kind`` 是 open、read、write、truncate、sync、delete、sync_folder；``os_shim`` 还有 link、rename
    （``other`` 是原来的名称）和 save。``offset`` 是读写的位置或截成的长度；``content`` 是写的字节；
    ``created`` 指打开时新建了文件。
    """

    kind: str
    path: str
    offset: int = 0
    content: bytes = b""
    created: bool = False
    other: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """这一步不让做成：磁盘满，或（``full`` 为假）读写出错；写的先写进 ``written`` 个字节再出错。"""

    full: bool
    written: int = 0


class Watcher(Protocol):
    """看着每一步的人。"""

    def before(self, step: Step) -> Fault | None:
        """要做了；不让做成的给出 ``Fault``。"""

    def after(self, step: Step) -> None:
        """做成了。"""


class ShimUnavailable(Exception):
    """这个 Python 的 SQLite 换不了存取层。"""


# 名称只能原样传指针：存取层一直留着它，后面还跟着打开的参数
_XOpen = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_XDelete = ctypes.CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_XSetCall = ctypes.CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p)
_XGetCall = ctypes.CFUNCTYPE(c_void_p, c_void_p, c_char_p)
_XClose = ctypes.CFUNCTYPE(c_int, c_void_p)
_XTransfer = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_XTruncate = ctypes.CFUNCTYPE(c_int, c_void_p, c_int64)
_XSync = ctypes.CFUNCTYPE(c_int, c_void_p, c_int)
_OpenFolder = ctypes.CFUNCTYPE(c_int, c_char_p, POINTER(c_int))


class _Vfs(ctypes.Structure):
    """``sqlite3_vfs`` 第 3 版；不换的成员只占位。"""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("own", c_void_p),
        ("open", _XOpen),
        ("delete", _XDelete),
        ("rest", c_void_p * 11),
        ("set_call", _XSetCall),
        ("get_call", _XGetCall),
        ("next_call", c_void_p),
    )


class _Methods(ctypes.Structure):
    """``sqlite3_io_methods`` 第 3 版。"""

    _fields_ = (
        ("version", c_int),
        ("close", _XClose),
        ("read", _XTransfer),
        ("write", _XTransfer),
        ("truncate", _XTruncate),
        ("sync", _XSync),
        ("rest", c_void_p * 13),
    )


class Shim:
    """换上存取层，``with`` 块完了换回来；只看有名称的文件，SQLite 自己的临时文件不看。"""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._library = _library()
        self._paths: dict[int, str] = {}
        self._methods: dict[int, _Methods] = {}
        self._syncing = ""
        self._trouble: BaseException | None = None

    def __enter__(self) -> Self:
        address = self._library.sqlite3_vfs_find(None)
        self._plain = _Vfs.from_address(address)
        if self._plain.version < 3:
            raise ShimUnavailable("存取层太旧")
        self._vfs = _Vfs.from_buffer_copy(self._plain)
        self._vfs.name, self._vfs.next = b"ipm-watched", None
        self._vfs.open = _XOpen(self._kept(self._open))
        self._vfs.delete = _XDelete(self._kept(self._delete))
        self._library.sqlite3_vfs_register(byref(self._vfs), 1)
        # 存取层不告诉我们它同步了文件夹，只好看它打开文件夹
        self._open_folder = _OpenFolder(self._plain.get_call(address, b"openDirectory"))
        self._own_open_folder = _OpenFolder(self._kept(self._folder))
        pointer = ctypes.cast(self._own_open_folder, c_void_p)
        self._plain.set_call(address, b"openDirectory", pointer)
        self._address = address
        return self

    def __exit__(self, *_: object) -> None:
        self._plain.set_call(self._address, b"openDirectory", None)
        self._library.sqlite3_vfs_unregister(byref(self._vfs))
        self._library.sqlite3_vfs_register(byref(self._plain), 1)
        if self._paths:
            _ENDED.append(self)
        if self._trouble:
            raise self._trouble

    def _kept(self, work: Method) -> Method:
        """回调里出的错传不出去：记下来，对 SQLite 说是读写错误，完了再抛。"""

        def call(*given: Any) -> int:  # noqa: ANN401 - 各回调的参数不一样
            try:
                return work(*given)
            except BaseException as error:  # noqa: BLE001 - 见上
                self._trouble = self._trouble or error
                return IO_ERROR

        return call

    def _open(self, _: int, name: int | None, file: int, flags: int, out: int) -> int:
        if name is None:
            return int(self._plain.open(self._address, name, file, flags, out))
        path = os.fsdecode(ctypes.string_at(name))
        step = Step("open", path, created=not os.path.exists(path))  # noqa: PTH110 - 文字就够
        if fault := self._watcher.before(step):
            c_void_p.from_address(file).value = None
            return _code(step, fault)
        status = int(self._plain.open(self._address, name, file, flags, out))
        if status == OK:
            self._paths[file] = path
            original = c_void_p.from_address(file).value or 0
            if original not in self._methods:
                self._methods[original] = self._wrapped(_Methods.from_address(original))
            c_void_p.from_address(file).value = ctypes.addressof(self._methods[original])
            self._watcher.after(step)
        return status

    def _delete(self, _: int, name: bytes, sync_folder: int) -> int:
        step = Step("delete", os.fsdecode(name))
        if not os.path.exists(step.path):  # noqa: PTH110 - 文字就够
            return int(self._plain.delete(self._address, name, sync_folder))
        # 先删后同步文件夹：记的次序要与做的次序一样
        return self._asked(step, lambda: self._plain.delete(self._address, name, 0)) or (
            int(self._sync_folder(step.path)) if sync_folder else OK
        )

    def _sync_folder(self, path: str) -> int:
        handle = os.open(os.path.dirname(path), os.O_RDONLY)  # noqa: PTH120 - 文字就够
        os.fsync(handle)
        os.close(handle)
        self._watcher.after(Step("sync_folder", path))
        return OK

    def _folder(self, name: bytes, handle: Any) -> int:  # noqa: ANN401 - ctypes 的指针没有类型
        """SQLite 同步新日志时，随后同步它的文件夹。"""
        if self._syncing:
            self._watcher.after(Step("sync", self._syncing))
            self._watcher.after(Step("sync_folder", self._syncing))
        return int(self._open_folder(name, handle))

    def _wrapped(self, original: _Methods) -> _Methods:
        methods = _Methods.from_buffer_copy(original)

        def close(file: int) -> int:
            self._paths.pop(file, None)
            return int(original.close(file))

        def read(file: int, buffer: int, amount: int, offset: int) -> int:
            step = Step("read", self._paths[file], offset)
            return self._asked(step, lambda: original.read(file, buffer, amount, offset))

        def write(file: int, buffer: int, amount: int, offset: int) -> int:
            step = Step("write", self._paths[file], offset, ctypes.string_at(buffer, amount))
            fault = self._watcher.before(step)
            if fault:
                original.write(file, buffer, min(fault.written, amount), offset)
                return _code(step, fault)
            return self._told(step, original.write(file, buffer, amount, offset))

        def truncate(file: int, size: int) -> int:
            step = Step("truncate", self._paths[file], size)
            return self._asked(step, lambda: original.truncate(file, size))

        def sync(file: int, flags: int) -> int:
            self._syncing = self._paths[file]
            try:
                return self._asked(Step("sync", self._syncing), lambda: original.sync(file, flags))
            finally:
                self._syncing = ""

        methods.close = _XClose(self._kept(close))
        methods.read = _XTransfer(self._kept(read))
        methods.write = _XTransfer(self._kept(write))
        methods.truncate = _XTruncate(self._kept(truncate))
        methods.sync = _XSync(self._kept(sync))
        return methods

    def _asked(self, step: Step, work: Callable[[], Any]) -> int:
        fault = self._watcher.before(step)
        return _code(step, fault) if fault else self._told(step, work())

    def _told(self, step: Step, status: int) -> int:
        if status == OK:
            self._watcher.after(step)
        return int(status)


_ENDED: list[Shim] = []
"""换回去时还有文件开着的：以后关的时候还要用，不能放掉。"""


def _code(step: Step, fault: Fault) -> int:
    return FULL if fault.full and step.kind == "write" else _CODES[step.kind]


def _library() -> Any:  # noqa: ANN401 - ctypes 的库没有类型
    """Python 的 ``_sqlite3`` 所用的那个 SQLite，不是别的同名库。"""
    library = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
    try:
        find = library.sqlite3_vfs_find
    except AttributeError:
        raise ShimUnavailable("这个 Python 的 SQLite 是静态连接的，换不了存取层") from None
    find.restype, find.argtypes = c_void_p, [c_char_p]
    library.sqlite3_vfs_register.argtypes = [c_void_p, c_int]
    library.sqlite3_vfs_unregister.argtypes = [c_void_p]
    return library
