"""备份：别人照常入库的时候抄一份完整的，核对过、落了盘才放上；当天第一次写以前自动抄一份。"""

import datetime as dt
import os
import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import NoReturn

from ipmeasures.errors import CannotWrite, IpmError, UsageError
from ipmeasures.ledger.chain import START, Head, read_head
from ipmeasures.ledger.connect import connect, damaged, snapshot, transaction, translated
from ipmeasures.ledger.create import discard, draft_of, new_file, put, sync, why_not
from ipmeasures.ledger.rescue import folder_of
from ipmeasures.ledger.verify import Advance, find_damage

KEPT = 30
"""自动的备份留最近几份。"""
_AUTOMATIC = re.compile(r"ledger-\d{8}-auto\.db")
_LEFT_BEHIND = ".ledger-*-auto.db.*.new*"
_FULL = "磁盘已满，请腾出空间后再试"
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def back_up(ledger: Path, target: Path, advance: Advance = lambda _: None) -> Head:
    """抄一份到 ``target``，逐环核对过才放上；返回链头。

    那里已有的，只有是这本台账早先的好备份才换掉。

    Raises:
        UsageError: ``target`` 就是台账自己。
        CannotWrite: 写不进去，或那里有别的文件。
        LedgerDamaged: 台账损坏，不备份。
    """
    exists = os.path.lexists(target)
    if exists:
        _refuse_others(ledger, target)
    return _make(ledger, target, advance, replace=exists)


def back_up_first(ledger: Path, day: dt.date) -> None:
    """当天（``day``）第一次写以前备份一份，只留最近的几份；当天有了的、还没有记录的，什么也不做。

    拿着台账的写锁做：几个进程同时来也只做一份，做完别人才写得进来。

    Raises:
        CannotWrite: 没有备份成；台账自己不受影响。
        LedgerDamaged: 台账的数据库损坏，不要再写。
        LedgerBusy: 别人正在写。
    """
    target = folder_of(ledger) / f"ledger-{day:%Y%m%d}-auto.db"
    if os.path.lexists(target):
        return
    with (
        closing(connect(ledger, read_only=False)) as connection,
        translated(ledger, writing=True),
        transaction(connection),
    ):
        if read_head(connection) != START and not os.path.lexists(target):
            _make_daily(ledger, target)


def _make_daily(ledger: Path, target: Path) -> None:
    folder = target.parent
    for debris in folder.glob(_LEFT_BEHIND):  # 抄到一半被杀留下的
        discard(debris)
    # 逐环核对过才放上：不让坏了的一天天顶掉好的
    _make(ledger, target, lambda _: None, replace=False)
    _prune(target)


def _prune(newest: Path) -> None:
    """只留最近几份自动的；刚做的这份总留着（钟可能被拨回去了）。清不掉的下次再清。"""
    with suppress(OSError):
        every = [path for path in newest.parent.iterdir() if _AUTOMATIC.fullmatch(path.name)]
        for old in sorted(path for path in every if path != newest)[: -(KEPT - 1)]:
            discard(old)


def _make(ledger: Path, target: Path, advance: Advance, *, replace: bool) -> Head:
    draft = draft_of(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        new_file(draft)
        head = _copy(ledger, draft, target)
        with translated(draft), closing(connect(draft, read_only=True)) as copy:
            if read_head(copy) != head:
                raise CannotWrite(_failed(target, "抄得不完整，请换一个磁盘再试"))
            if next(find_damage(copy, head, advance), None):
                _blame(ledger, target)
        sync(draft)
        if replace:
            draft.replace(target)
            sync(target.parent)
        elif not put(draft, target):
            raise CannotWrite(_failed(target, "那里刚刚有了同名的文件，请换一个名称"))
    except OSError as error:
        raise CannotWrite(_failed(target, why_not(error))) from error
    finally:
        discard(draft)
    return head


def _blame(ledger: Path, target: Path) -> NoReturn:
    """抄来的核对不过：台账自己也核对不过的，是台账坏了；不然是没有抄好，再抄就是。"""
    with closing(connect(ledger, read_only=True)) as source, translated(ledger):
        found = [*find_damage(source, read_head(source))]
    if found:
        raise damaged(ledger, f"有内容不对（{found[0]}），没有备份")
    raise CannotWrite(_failed(target, "抄来的与台账不一样，请检查磁盘"))


def _copy(ledger: Path, draft: Path, target: Path) -> Head:
    """抄一份；先占住读锁再抄，不然 Python 遇忙会一直等下去。"""
    with (
        closing(connect(ledger, read_only=True)) as source,
        translated(ledger),
        snapshot(source),
        closing(sqlite3.connect(draft, isolation_level=None)) as copy,
    ):
        head = read_head(source)
        # 草稿坏了重来就是，不必边抄边落盘；抄完一次落盘
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        try:
            source.backup(copy)
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in _DAMAGED:
                raise
            words = _FULL if code == sqlite3.SQLITE_FULL else "请检查文件夹的权限和磁盘"
            raise CannotWrite(_failed(target, words)) from error
    return head


def _refuse_others(ledger: Path, target: Path) -> None:
    """那里的文件，不是这本台账早先的好备份就不碰：别人的、改过的、比台账还多几笔的。"""
    if target.exists() and target.samefile(ledger):
        raise UsageError(f"{target} 就是台账自己，请换一个名称")
    try:
        with closing(connect(target, read_only=True)) as copy, translated(target):
            head = read_head(copy)
            sound = next(find_damage(copy, head), None) is None
    except (IpmError, RuntimeError):
        sound = False
    if not (sound and _is_ours(ledger, head)):
        raise CannotWrite(_failed(target, "那里已有别的文件，没有覆盖，请换一个名称"))


def _is_ours(ledger: Path, head: Head) -> bool:
    query = "SELECT 1 FROM link WHERE number = ? AND hash = ?"
    with closing(connect(ledger, read_only=True)) as source, translated(ledger):
        return head == START or source.execute(query, head).fetchone() is not None


def _failed(target: Path, words: str) -> str:
    return f"备份没有做成：{target}：{words}"
