"""表格文件的外壳：一个 zip 包，里面是一个个部件。"""

import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ipmeasures.returns.workbook import limits
from ipmeasures.returns.workbook.limits import MIB, Budget
from ipmeasures.returns.workbook.refusal import damaged, encrypted, too_large
from ipmeasures.returns.workbook.sniff import not_a_package

_CHUNK = 64 * 1024
# 标志：补丁数据、强加密。
_UNUSUAL = 0x20 | 0x40
_START, _ENTRY = b"PK\x03\x04", b"PK\x01\x02"
# 本地头：标记、……、名称和附加部分各多长。
_LOCAL = struct.Struct("<4s22x2H")
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
# 坏字节能让 zipfile 抛出的种种；每一种都由变异测试抛出过或见于其源码。
_BROKEN = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    UnicodeDecodeError,
    ValueError,
)


class Package:
    """一个打开的包；按名字取部件，名字不分大小写。

    ``budget`` 记着到现在解出了多少。
    """

    def __init__(self, content: bytes) -> None:
        if len(content) > limits.MAX_FILE:
            raise too_large(f"文件超过 {limits.MAX_FILE // MIB} MiB")
        if not content.startswith(_START):
            raise not_a_package(content)
        # 目录项先数后读：zipfile 每项建一个对象，几十万项就撑爆内存。
        if content.count(_ENTRY) >= limits.MAX_PARTS:
            raise too_large(f"部件超过 {limits.MAX_PARTS} 个")
        self.budget = Budget()
        self._content = content
        try:
            entries = ZipFile(BytesIO(content)).infolist()
        except _BROKEN as error:
            raise damaged("压缩包不完整") from error
        self._entries = _by_name(entries)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    @property
    def names(self) -> frozenset[str]:
        """全部部件的名字（小写）。"""
        return frozenset(self._entries)

    def find(self, source: str, target: str) -> str:
        """``source`` 里写的 ``target`` 指哪个部件：相对、绝对、反斜线、百分号编码都认。"""
        target = target.replace("\\", "/")
        folder = [] if target.startswith("/") else source.split("/")[:-1]
        for step in target.split("/"):
            if step == "..":
                folder = folder[:-1]
            elif step not in {"", "."}:
                folder.append(step)
        name = "/".join(folder)
        return name if name in self else _decoded(name)

    def chunks(self, name: str) -> Iterator[bytes]:
        """逐块解出一个部件；读完时核对长度和校验和。"""
        entry = self._entries.get(name.lower())
        if entry is None:
            raise damaged(f"缺少 {name}")
        if entry.flag_bits & 0x1:
            raise encrypted()
        if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED} or entry.flag_bits & _UNUSUAL:
            raise damaged(f"{name} 的压缩方式不是 .xlsx 所用的")
        size = checksum = 0
        for chunk in self._unpacked(entry, name):
            size += len(chunk)
            if size > limits.MAX_PART:
                raise too_large(f"{name} 解压后超过 {limits.MAX_PART // MIB} MiB")
            self.budget.unpack(chunk)
            checksum = zlib.crc32(chunk, checksum)
            yield chunk
        if size != entry.file_size:
            raise damaged(f"{name} 的长度与目录不符")
        if checksum != entry.CRC:
            raise damaged(f"{name} 的校验和不对")

    def _unpacked(self, entry: ZipInfo, name: str) -> Iterator[bytes]:
        """逐块解压，一块不超过 ``_CHUNK``；``zipfile`` 自己的读法层层转手，小部件要慢三分之一。"""
        packed = self._packed(entry)
        if packed is None:
            raise damaged(f"{name} 不在目录所写的地方")
        starts = range(0, len(packed), _CHUNK)
        if entry.compress_type == ZIP_STORED:
            yield from (bytes(packed[start : start + _CHUNK]) for start in starts)
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for start in starts:
                chunk = inflater.decompress(packed[start : start + _CHUNK], _CHUNK)
                # 一块装满了，里面可能还有没给完的。
                while len(chunk) == _CHUNK:
                    yield chunk
                    chunk = inflater.decompress(inflater.unconsumed_tail, _CHUNK)
                if chunk:
                    yield chunk
        except zlib.error as error:
            raise damaged(f"{name} 解不开") from error

    def _packed(self, entry: ZipInfo) -> memoryview | None:
        """一个部件压缩了的字节；本地头不成立、与目录不是一回事的，是 ``None``。"""
        start = entry.header_offset
        header = self._content[max(start, 0) : max(start, 0) + _LOCAL.size]
        if start < 0 or len(header) < _LOCAL.size:
            return None
        signature, name_size, extra_size = _LOCAL.unpack(header)
        start += _LOCAL.size
        name = self._content[start : start + name_size]
        # 目录里的名称是这样解出来的（zip 规范：第 11 位说明是不是 UTF-8）。
        encoding = "utf-8" if entry.flag_bits & 0x800 else "cp437"
        if signature != _START or name.decode(encoding, "replace") != entry.orig_filename:
            return None
        start += name_size + extra_size
        return memoryview(self._content)[start : start + entry.compress_size]


def _by_name(entries: list[ZipInfo]) -> dict[str, ZipInfo]:
    """按名字排好；两个部件同名，就不知道该信哪个。"""
    found: dict[str, ZipInfo] = {}
    for entry in entries:
        name = entry.filename.replace("\\", "/").lstrip("/").lower()
        if name in found:
            raise damaged(f"包里有两个 {name}")
        if not name.endswith("/"):
            found[name] = entry
    return found


def _decoded(name: str) -> str:
    """解开 ``%20`` 这样的编码。"""
    plain = _PERCENT.sub(lambda found: bytes([int(found[1], 16)]), name.encode())
    return plain.decode(errors="replace")
