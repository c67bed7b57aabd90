"""台账坏了怎么办：找出最近一份好的备份，说清怎么换上。"""

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, TypeVar

from ipmeasures.errors import IpmError, LedgerDamaged
from ipmeasures.ledger.chain import read_head
from ipmeasures.ledger.connect import connect, translated
from ipmeasures.ledger.verify import find_damage

_LAST = """
SELECT r.receipt, a.recorded_at FROM receipt AS r JOIN act AS a ON a.number = r.act
ORDER BY r.number DESC LIMIT 1
"""
_Answer = TypeVar("_Answer")


class Copy(NamedTuple):
    """一份备份；顺序号在前，所以大的就是新的。"""

    sequence: int
    path: Path
    receipt: str
    moment: str


def folder_of(ledger: Path) -> Path:
    """备份放在哪里。"""
    return ledger.parent / "backup"


def rescue(ledger: Path, is_good: Callable[[Path], bool] | None = None) -> str:
    """台账 ``ledger`` 坏了以后的一句话：用哪份备份、怎么换；``is_good`` 同 ``newest_good``。"""
    copy = newest_good(ledger, is_good or _is_sound)
    name = ledger.name
    if copy is None:
        return (
            f"{folder_of(ledger)} 里没有好的备份：请找出另存的备份换下它；"
            "没有的，请在新的工作文件夹里把收到的表重新收一遍"
        )
    return (
        f"最近一份好的备份是 {copy.path}（到 {copy.moment} 的回执 {copy.receipt}）：请把 {name} 和旁边的 "
        f"{name}-journal（有的话）移到别处，再把备份复制过来、改名为 {name}，运行 ipm verify 核对，"
        "然后把其后收到的表再收一遍"
    )


def is_lost(ledger: Path) -> bool:
    """台账不在，旁边却有它的备份：是丢了、移走了，不是还没有入过库。"""
    return not ledger.exists() and bool(_copies(ledger))


def refuse_lost(ledger: Path) -> None:
    """丢了的台账不另起一本：新的从头编号，以前的记录就悄悄没有了。

    Raises:
        LedgerDamaged: 台账不在而有备份；附用哪份、怎么放回去。
    """
    if not is_lost(ledger):
        return
    copy, folder, name = newest_good(ledger, _is_sound), folder_of(ledger), ledger.name
    what = (
        f"最近一份好的备份是 {copy.path}（到 {copy.moment} 的回执 {copy.receipt}）：请把它复制到 "
        f"{ledger.parent}、改名为 {name}，运行 ipm verify 核对，再把其后收到的表收一遍"
        if copy
        else "其中没有完好的：请找回原来的台账，或另存的备份"
    )
    raise LedgerDamaged(
        f"台账不见了：{ledger} 不在，{folder} 里却有它的备份，所以没有另起一本。{what}；"
        f"确要另起一本的，请先把 {folder} 移到别处"
    )


def newest_good(ledger: Path, is_good: Callable[[Path], bool]) -> Copy | None:
    """最近一份打得开、而且 ``is_good``（链和引用都完好）的备份；没有为 ``None``。"""
    copies = sorted(filter(None, map(_opened, _copies(ledger))), reverse=True)
    return next((copy for copy in copies if is_good(copy.path)), None)


def _copies(ledger: Path) -> list[Path]:
    try:
        return sorted(folder_of(ledger).glob("*.db"))
    except OSError:
        return []


def _opened(path: Path) -> Copy | None:
    def described(copy: sqlite3.Connection) -> Copy:
        receipt, recorded_at = copy.execute(_LAST).fetchone() or ("", "")
        moment = dt.datetime.fromisoformat(recorded_at).astimezone()
        return Copy(read_head(copy).sequence, path, receipt, f"{moment:%Y-%m-%d %H:%M}")

    return _asked(path, described)


def _is_sound(path: Path) -> bool:
    return bool(_asked(path, lambda copy: next(find_damage(copy, read_head(copy)), None) is None))


def _asked(path: Path, question: Callable[[sqlite3.Connection], _Answer]) -> _Answer | None:
    """一份备份的回答；打不开、读不通的为 ``None``。"""
    try:
        with closing(connect(path, read_only=True)) as copy, translated(path):
            return question(copy)
    except (IpmError, RuntimeError, ValueError):
        return None
