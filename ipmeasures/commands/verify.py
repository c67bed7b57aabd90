"""``ipm verify``：核对台账。"""

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ipmeasures.commands.bar import bar
from ipmeasures.commands.desk import no_record, open_desk
from ipmeasures.commands.options import Home
from ipmeasures.errors import IpmError, LedgerDamaged, UsageError
from ipmeasures.ledger.recheck import Recheck, recheck
from ipmeasures.ledger.rescue import rescue
from ipmeasures.ledger.store import Ledger
from ipmeasures.report.json_view import printed
from ipmeasures.report.terminal.verify import Verified, verified_json, verified_text

_LONG = 5000
# 链已经说坏了的，坏处读出什么都有：该是文字的没有了，或不成文字
_UNREADABLE = (ValueError, TypeError, AttributeError, ArithmeticError, LookupError)
_HEAD = re.compile(r"[0-9a-f]{8,64}")


class Format(StrEnum):
    """输出的形式。"""

    TEXT = "text"
    JSON = "json"


def run(
    heads: Annotated[
        list[str] | None,
        typer.Option("--head", metavar="校验码", help="回执、报告上印的台账校验码，看还对不对"),
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="text 或 json")] = Format.TEXT,
    home: Home = None,
) -> int:
    """核对链和引用，把每一笔从存下的原件重新读一遍；损坏的退出码是 5。"""
    path = open_desk(home).workspace.ledger
    wanted = [_head(text) for text in heads or ()]
    if not Ledger.exists(path):
        print("\n".join(no_record(path)), file=sys.stderr)
        if output is Format.JSON:
            print(printed(verified_json(path, None)))
        return 0
    with Ledger.open(path, read_only=True) as ledger:
        found = _verified(ledger, wanted)
    if output is Format.JSON:
        print(printed(verified_json(path, found)))
    else:
        print(verified_text(path, found))
    if found.is_sound:
        return 0
    print(rescue(path, _is_good), file=sys.stderr)
    return LedgerDamaged.exit_status


def _head(text: str) -> str:
    short = text.strip().lower()
    if not _HEAD.fullmatch(short):
        raise UsageError(
            f"--head 的“{text}”不是台账校验码，请照回执或报告上印的写，如 1a2b3c4d5e6f"
        )
    return short


def _verified(ledger: Ledger, heads: list[str]) -> Verified:
    head = ledger.head
    with bar("正在核对链", head.sequence, least=_LONG) as advance:
        damage = [*ledger.verify(advance)]
    damage += [
        f"校验码 {short} 不在链上：印它的时候在案的记录，后来被截掉或改过"
        for short in heads
        if ledger.link_of(short) is None
    ]
    with bar("正在重读原件", head.sequence, least=_LONG) as advance:
        try:
            reread: Recheck | None = recheck(ledger.path, head.sequence, advance)
        except (LedgerDamaged, *_UNREADABLE):
            if not damage:
                raise
            reread = None
    return Verified(head, tuple(damage), reread)


def _is_good(copy: Path) -> bool:
    """一份备份自己也核对得过：不拿同样坏了的去换。"""
    try:
        with Ledger.open(copy, read_only=True) as ledger:
            return _verified(ledger, []).is_sound
    except IpmError:
        return False
