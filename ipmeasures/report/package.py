"""Office 文件是一个压缩包：去掉里面的钟，同样的内容得同样的字节。"""

import io
import struct
import zipfile

STAMP = (1980, 1, 1, 0, 0, 0)
_DOS = struct.pack("<HH", 0, 1 << 5 | 1)  # 同一时刻，压缩包里的写法
_LOCAL, _CENTRAL, _HEAD = 10, 12, 46  # 时间在两种条目头里的位置，和目录条目头的长


def without_clock(content: bytes) -> bytes:
    """各条目的时间都改成固定的；内容不重新压缩。"""
    changed = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entries, place = package.infolist(), package.start_dir
    for entry in entries:
        local = entry.header_offset + _LOCAL
        changed[local : local + 4] = _DOS
    for _ in entries:
        changed[place + _CENTRAL : place + _CENTRAL + 4] = _DOS
        lengths = struct.unpack_from("<HHH", changed, place + 28)  # 名称、附加、注释
        place += _HEAD + sum(lengths)
    return bytes(changed)
