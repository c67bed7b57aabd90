"""意外的日志：版本和完整的调用栈，供维护人员看。"""

import datetime as dt
import os
import platform
import sys
import tempfile
import traceback
from pathlib import Path

from ipmeasures import __version__


def write_log(bug: BaseException) -> Path | str:
    """写日志，返回它的路径；哪里都写不进去时返回一句话。"""
    now = dt.datetime.now().astimezone()
    text = "\n".join((
        f"ipm {__version__} · Python {platform.python_version()} · {platform.platform()}",
        f"{now.isoformat(timespec='seconds')} · {' '.join(sys.argv)}",
        "".join(traceback.format_exception(bug)),
    ))  # fmt: skip
    name = f"ipm-{now:%Y%m%d-%H%M%S}-{os.getpid()}.log"
    for folder in (Path.home() / ".ipm", Path(tempfile.gettempdir())):
        try:
            folder.mkdir(exist_ok=True)
            path = folder / name
            path.write_text(text, "utf-8")
        except (OSError, RuntimeError):
            continue
        return path
    return "（日志写不进磁盘）"
