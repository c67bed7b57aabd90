"""成卷归档：一个季度的文件放进一个文件夹，附卷内目录和摘要清单，以后谁都能核对。"""

import csv
import hashlib
import io
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ipmeasures.errors import CannotWrite
from ipmeasures.report.save import why_refused

LISTING = "卷内目录.csv"
SUMS = "SHA256SUMS"
_HEADS = ("序号", "类别", "文件", "字节", "SHA-256", "说明")
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"/\\|?*', "_"))
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Document:
    """卷内的一份文件：类别（也是子文件夹名）、名称、内容、说明。"""

    group: str
    name: str
    content: bytes
    note: str = ""

    @property
    def path(self) -> str:
        """卷内的路径；各种系统都存得下的名称。"""
        plain = "".join(char for char in self.name.translate(_FORBIDDEN) if char.isprintable())
        stem, dot, suffix = plain.rpartition(".")
        short = f"{stem[:_LONGEST]}{dot}{suffix[:20]}" if stem else plain[:_LONGEST]
        return f"{self.group}/{short.strip(' .') or '_'}"

    @property
    def sha256(self) -> str:
        """内容的 SHA-256。"""
        return hashlib.sha256(self.content).hexdigest()


def write_archive(folder: Path, documents: Iterable[Document]) -> tuple[str, ...]:
    """写一卷：先写在旁边，写全了再换名；已有同名的卷不动。

    Returns:
        卷内各文件的路径，先后照卷内目录。

    Raises:
        CannotWrite: 已有这一卷，或写不进去。
    """
    if folder.exists():
        raise CannotWrite(f"已经有这一卷：{folder}，没有改动；要另做一卷，请先把它移走，或用 --out")
    named = _named(documents)
    beside = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        for path, document in named.items():
            target = beside / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(document.content)
        (beside / LISTING).write_bytes(_listing(named))
        (beside / SUMS).write_text(_sums(named), "utf-8", newline="\n")
        beside.replace(folder)
    except OSError as failed:
        raise CannotWrite(f"写不进 {folder}：{why_refused(failed)}") from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return tuple(named)


def _named(documents: Iterable[Document]) -> dict[str, Document]:
    """同名而内容不同的，后面的加序号；大小写不同也算同名，有的系统分不清。"""
    named: dict[str, Document] = {}
    taken: set[str] = set()
    for document in documents:
        path, n = Path(document.path), 1
        wanted = path
        while str(wanted).lower() in taken:
            n += 1
            wanted = path.with_name(f"{path.stem}-{n}{path.suffix}")
        taken.add(str(wanted).lower())
        named[wanted.as_posix()] = document
    return named


def _listing(named: dict[str, Document]) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(_HEADS)
    for n, (path, document) in enumerate(named.items(), 1):
        size = len(document.content)
        writer.writerow([n, document.group, path, size, document.sha256, _safe(document.note)])
    return target.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    """以 = + - @ 开头的字在 Excel 里会当公式算，前面加一撇。"""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _sums(named: dict[str, Document]) -> str:
    return "".join(f"{document.sha256}  {path}\n" for path, document in named.items())
