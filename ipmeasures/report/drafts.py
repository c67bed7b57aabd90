"""写过的文件记着摘要：人改过的不覆盖。"""

import hashlib
import json
from enum import StrEnum
from pathlib import Path

from ipmeasures.errors import CannotWrite
from ipmeasures.report.save import save

_LIST = ".ipm-written.json"
_DRAFTS = 100


class Kept(StrEnum):
    """已有同名文件时怎样了。"""

    NEW = "new"
    REPLACED = "replaced"
    SAME = "same"
    EDITED = "edited"


def standing(path: Path, content: bytes) -> Kept:
    """要写的地方现在怎样：没有文件、是本程序写的、内容相同，或人改过。"""
    try:
        now = path.read_bytes()
    except FileNotFoundError:
        return Kept.NEW
    except OSError:
        return Kept.EDITED
    if now == content:
        return Kept.SAME
    return Kept.REPLACED if _written(path).get(path.name) == _digest(now) else Kept.EDITED


def save_written(path: Path, content: bytes) -> Path:
    """存一个文件，并记下它的摘要。

    Raises:
        CannotWrite: 写不进去。
    """
    save(path, content)
    known = _written(path) | {path.name: _digest(content)}
    listed = json.dumps(known, ensure_ascii=False, indent=0, sort_keys=True)
    save(path.parent / _LIST, listed.encode())
    return path


def save_draft(path: Path, content: bytes) -> Path:
    """存一个文件；人改过的不覆盖，存成旁边的下一稿。返回存在哪里。

    Raises:
        CannotWrite: 写不进去。
    """
    edited = standing(path, content) is Kept.EDITED
    return save_written(next_draft(path) if edited else path, content)


def drafted(path: Path, content: bytes) -> str:
    """存一个文件，说存在哪里；``path`` 已有人改过的，也说没有覆盖。

    Raises:
        CannotWrite: 写不进去。
    """
    saved = save_draft(path, content)
    return str(saved) if saved == path else f"{saved}（{path.name} 已有人改过，没有覆盖）"


def next_draft(path: Path) -> Path:
    """人改过的旁边的下一稿：…-第2稿.docx；已有而人没有改过的那一稿，接着用。

    Raises:
        CannotWrite: 稿子太多，或文件名太长。
    """
    drafts = (path.with_name(f"{path.stem}-第{n}稿{path.suffix}") for n in range(2, _DRAFTS))
    for draft in drafts:
        if standing(draft, b"") is not Kept.EDITED:
            return draft
    raise CannotWrite(f"{path.parent} 里写不下 {path.name} 的新稿，请整理旧稿、把文件名改短后再试")


def _written(path: Path) -> dict[str, str]:
    try:
        known = json.loads((path.parent / _LIST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
