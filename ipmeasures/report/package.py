"""Office 文件是一个压缩包：去掉里面的钟，同样的内容得同样的字节。"""

import io
import zipfile

_STAMP = (1980, 1, 1, 0, 0, 0)


def without_clock(content: bytes) -> bytes:
    """重新打包，条目的时间固定。"""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return target.getvalue()
