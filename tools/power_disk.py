"""断电时的磁盘：没有同步的写入可能在、可能不在、可能只有几个扇区，新建和删除也一样。

文件的内容和文件夹里的名称分开算：内容到同步文件为止落到盘上，名称到同步文件夹为止。同一个文件两次同步之间的
写入可以缺任何几笔（等于可以乱序），写了一半的以 512 字节的扇区为界；伸长的部分没有写到的，是零或乱码。
一次写入不会弄坏它旁边没有写的字节，SQLite 也这样假定。
"""

from collections import defaultdict
from dataclasses import dataclass, field
from random import Random

from sqlite_shim import Step

SECTOR = 512
_MODES = ("none", "all", "some", "some", "some", "one", "prefix", "prefix", "prefix")


@dataclass(slots=True)
class _File:
    """``durable`` 是一定在盘上的内容，``pending`` 是还没有同步的写入和截短。"""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Step] = field(default_factory=list)


class Disk:
    """把记下的步骤一步步做到这里；``image`` 给出此刻断电后可能的一种样子。"""

    def __init__(self) -> None:
        self._files: list[_File] = []
        self._now: dict[str, int] = {}
        self._durable: dict[str, int] = {}
        self._pending: dict[str, list[int | None]] = defaultdict(list)

    def take(self, step: Step) -> None:
        """做一步。"""
        if step.kind == "open" and step.created and step.path not in self._now:
            self._files.append(_File())
            self._name(step.path, len(self._files) - 1)
        elif step.kind in ("write", "truncate"):
            self._files[self._now[step.path]].pending.append(step)
        elif step.kind == "sync":
            self._sync(self._files[self._now[step.path]])
        elif step.kind in ("link", "rename"):
            self._name(step.path, self._now[step.other])
            if step.kind == "rename":
                self._name(step.other, None)
        elif step.kind == "delete":
            self._name(step.path, None)
        elif step.kind == "sync_folder":
            self._durable = dict(self._now)
            self._pending.clear()

    def image(self, random: Random) -> dict[str, bytes]:
        """断电后的文件：名称 → 内容。"""
        names: dict[str, int | None] = dict(self._durable)
        mode = random.choice(_MODES)
        for path, changes in self._pending.items():
            kept = _kept(len(changes), mode, random)
            if kept:  # 同一个名称后来的变动盖住先前的
                names[path] = changes[kept[-1]]
        contents: dict[int, bytes] = {}
        for number in names.values():
            if number is not None and number not in contents:
                contents[number] = _after(self._files[number], random)
        return {path: contents[n] for path, n in names.items() if n is not None}

    def now(self, path: str) -> bytes:
        """没有断电时文件的内容。"""
        file = self._files[self._now[path]]
        content = bytearray(file.durable)
        for step in file.pending:
            _put(content, step)
        return bytes(content)

    def _name(self, path: str, number: int | None) -> None:
        self._pending[path].append(number)
        if number is None:
            del self._now[path]
        else:
            self._now[path] = number

    def _sync(self, file: _File) -> None:
        for step in file.pending:
            _put(file.durable, step)
        file.pending.clear()


def _after(file: _File, random: Random) -> bytes:
    content, sure = bytearray(file.durable), len(file.durable)
    torn = random.random() < 0.5
    kept = _kept(len(file.pending), random.choice(_MODES), random)
    last = kept[-1] if kept else -1
    for number in kept:
        step = file.pending[number]
        if step.kind == "write" and torn and (number == last or random.random() < 0.2):
            _tear(content, step, sure, random)
        else:
            _put(content, step)
    return bytes(content)


def _kept(count: int, mode: str, random: Random) -> list[int]:
    """没有同步的几笔里，哪几笔还是到了盘上。"""
    if mode == "none" or not count:
        return []
    if mode == "prefix":
        return list(range(random.randint(0, count)))
    if mode == "one":  # 只缺一笔
        lost = random.randrange(count)
        return [n for n in range(count) if n != lost]
    share = 1.0 if mode == "all" else random.random()
    return [n for n in range(count) if random.random() < share]


def _put(content: bytearray, step: Step) -> None:
    if step.kind == "truncate":
        del content[step.offset :]
        content.extend(bytes(step.offset - len(content)))
        return
    content.extend(bytes(max(0, step.offset - len(content))))
    content[step.offset : step.offset + len(step.content)] = step.content


def _tear(content: bytearray, step: Step, sure: int, random: Random) -> None:
    """写了一半：有的扇区是新的，有的还是旧的；原来没有的，是零或乱码。"""
    end = step.offset + len(step.content)
    content.extend(bytes(max(0, end - len(content))))
    garbage, share = random.random() < 0.3, random.random()
    start = step.offset
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        if random.random() < share:
            content[start:stop] = step.content[start - step.offset : stop - step.offset]
        elif garbage and start >= sure:
            content[start:stop] = random.randbytes(stop - start)
        start = stop
