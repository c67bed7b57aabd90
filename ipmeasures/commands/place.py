"""台账放的地方稳不稳当：自动同步的文件夹、网络盘，只提醒，不拦。"""

import ctypes
import os
import re
from collections.abc import Iterable
from pathlib import Path, PurePath

_SYNCED = {
    "onedrive": "OneDrive",
    "坚果云": "坚果云",
    "nutstore": "坚果云",
    "dropbox": "Dropbox",
    "百度网盘": "百度网盘",
    "百度云同步": "百度网盘",
    "baidusync": "百度网盘",
    "baidunetdiskworkspace": "百度网盘",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "wps云": "WPS 云盘",
    "wps网盘": "WPS 云盘",
    "wpsdrive": "WPS 云盘",
    "wps cloud": "WPS 云盘",
    "微云": "微云",
    "weiyun": "微云",
    "阿里云盘": "阿里云盘",
    "天翼云盘": "天翼云盘",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "synologydrive": "Synology Drive",
    "nextcloud": "Nextcloud",
    "seafile": "Seafile",
}
"""同步软件建的文件夹名里有的字（小写）→ 软件的名称。"""
_NETWORK = (
    "nfs", "cifs", "smb", "9p", "afs", "ceph", "lustre", "ncp", "davfs", "fuse.sshfs", "fuse.rclone",
    "fuse.davfs", "fuse.glusterfs", "fuse.gvfsd", "fuse.smb",
)  # fmt: skip
_REMOTE = 4  # Windows 的 DRIVE_REMOTE
_MOUNTS = Path("/proc/mounts")
_ESCAPE = re.compile(r"\\([0-7]{3})")  # 里面的空格写作 \040


def risk_of(path: Path) -> str:
    """放在这里有什么不稳当、怎么办；没有为空。"""
    try:
        real = path.resolve()
    except OSError:
        real = path
    if software := synced_by(real):
        return (
            f"放在{software}的同步文件夹里，同步软件可能写坏它、弄出两份，"
            "请把工作文件夹移到本机的普通文件夹"
        )
    if is_remote(real):
        return "放在网络盘上，断网、几个人同时用都可能出错，请把工作文件夹移到本机磁盘"
    return ""


def synced_by(path: PurePath) -> str:
    """路径在哪个同步软件的文件夹里；不在为空。"""
    for part in path.parts:
        lower = part.casefold()
        for mark, software in _SYNCED.items():
            if lower.startswith(mark) or (not mark.isascii() and mark in lower):
                return software
    return ""


def is_remote(path: PurePath) -> bool:
    """在不在网络盘上。"""
    if os.name == "nt":
        return str(path).startswith("\\\\") or _drive_type(path.anchor) == _REMOTE
    return file_system(path, _mounts()).startswith(_NETWORK)


def file_system(path: PurePath, mounts: Iterable[str]) -> str:
    """路径所在的文件系统；``mounts`` 是 ``/proc/mounts`` 的各行，后挂的盖住先挂的。"""
    found, longest = "", -1
    for line in mounts:
        fields = line.split()
        if len(fields) < 3:
            continue
        point = PurePath(_ESCAPE.sub(lambda code: chr(int(code[1], 8)), fields[1]))
        if len(point.parts) >= longest and path.is_relative_to(point):
            found, longest = fields[2], len(point.parts)
    return found


def _mounts() -> list[str]:
    """没有 ``/proc/mounts`` 的系统（macOS）看不出，当作本机磁盘。"""
    try:
        return _MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []


def _drive_type(anchor: str) -> int:
    """Windows 说的盘的种类；问不到为 0。"""
    kernel = getattr(getattr(ctypes, "windll", None), "kernel32", None)
    return int(kernel.GetDriveTypeW(anchor)) if kernel else 0
