"""``ipm backup``：备份台账。"""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from ipmeasures.commands.bar import bar
from ipmeasures.commands.desk import open_desk
from ipmeasures.commands.options import Home
from ipmeasures.ledger.backup import back_up
from ipmeasures.ledger.rescue import folder_of
from ipmeasures.ledger.store import Ledger

_LONG = 5000


def run(
    target: Annotated[
        Path | None,
        typer.Argument(metavar="[文件或文件夹]", help="备份到哪里，默认 data/backup/"),
    ] = None,
    home: Home = None,
) -> None:
    """抄一份完整的台账（连同全部原件），核对过才放上；别人可以照常入库。"""
    desk = open_desk(home)
    path = desk.workspace.ledger
    with Ledger.open(path, read_only=True) as ledger:
        length = ledger.head.sequence
    place = _place(target, path, desk.now)
    with bar("正在核对备份", length, least=_LONG) as advance:
        head = back_up(path, place, advance)
    print(f"备份好了，已逐环核对：{place}")
    print(f"台账校验码 {head.short}，链 {head.sequence} 环")


def _place(target: Path | None, ledger: Path, now: dt.datetime) -> Path:
    """没有写文件名的（没有后缀的算文件夹），按日期和时间起名。"""
    place = folder_of(ledger) if target is None else target.expanduser()
    if target is None or place.is_dir() or not place.suffix:
        return place / f"ledger-{now:%Y%m%d-%H%M%S}.db"
    return place
