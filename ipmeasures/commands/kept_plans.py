"""计划文件的旧版：改设定以前各留一份，按摘要找得回来。"""

import datetime as dt
from contextlib import suppress
from pathlib import Path

from ipmeasures.errors import CannotWrite
from ipmeasures.plan.load import plan_digest
from ipmeasures.report.save import staged
from ipmeasures.workspace import Workspace

Texts = tuple[bytes, bytes]
"""两个 YAML 文件的原文：先措施后目标。"""

_NAMES = ("measures.yaml", "targets.yaml")


def keep_plan(workspace: Workspace, texts: Texts, now: dt.datetime) -> Path:
    """留一份计划文件，返回留在哪个文件夹；同样内容的已留过，就用那一份。

    Raises:
        CannotWrite: 写不进去。
    """
    digest = plan_digest(*texts)
    folder = _folder_of(workspace, digest)
    if folder is None:
        folder = workspace.backups / f"plan-{now:%Y%m%d-%H%M%S}-{digest[:12]}"
        files = dict(zip((folder / name for name in _NAMES), texts, strict=True))
        with staged(files) as put:
            put()
    return folder


def keep_for_import(workspace: Workspace, texts: Texts, now: dt.datetime) -> None:
    """导出时留一份，导入时才分得清谁改了什么；留不成不要紧，计划没有再改过就用不着它。"""
    with suppress(CannotWrite):
        keep_plan(workspace, texts, now)


def kept_plan(workspace: Workspace, digest: str) -> Texts | None:
    """留过的一份计划文件；没有的、被改过的，是 ``None``。"""
    folder = _folder_of(workspace, digest)
    return _read(folder) if folder else None


def _folder_of(workspace: Workspace, digest: str) -> Path | None:
    for folder in sorted(workspace.backups.glob(f"plan-*-{digest[:12]}")):
        texts = _read(folder)
        if texts and plan_digest(*texts) == digest:
            return folder
    return None


def _read(folder: Path) -> Texts | None:
    try:
        return (folder / _NAMES[0]).read_bytes(), (folder / _NAMES[1]).read_bytes()
    except OSError:
        return None
