"""写台账的唯一入口：写以前看看放在哪里、钟对不对，当天第一次写以前自动备份一份。"""

import datetime as dt
import sys
from collections.abc import Iterator

from ipmeasures.commands.desk import Desk
from ipmeasures.commands.place import risk_of
from ipmeasures.errors import CannotWrite
from ipmeasures.ledger.backup import back_up_first
from ipmeasures.ledger.decision import Decision, Ruling
from ipmeasures.ledger.entry import Posting
from ipmeasures.ledger.posted import Posted
from ipmeasures.ledger.store import Ledger

# 每次写以前核对链上最近这么多环：二十个单位按季报，够五年；更早的，当天第一次写以前核对过
_LINKS = 10_000
# 几个人同时用，先开始的可能后写完；差这么点不是钟的毛病
_SLACK = dt.timedelta(minutes=10)


def post(desk: Desk, ledger: Ledger, posting: Posting) -> Posted:
    """入库一份文件；同 ``Ledger.post``。"""
    _prepare(desk, ledger)
    return ledger.post(posting)


def decide(desk: Desk, ledger: Ledger, ruling: Ruling) -> tuple[Decision, ...]:
    """记下一个决定；同 ``Ledger.decide``。"""
    _prepare(desk, ledger)
    return ledger.decide(ruling)


def _prepare(desk: Desk, ledger: Ledger) -> None:
    """一条命令只核对一次、只说一次、只备份一次。"""
    if desk.is_first("写台账"):
        ledger.require_sound(_LINKS)
        for line in (*_cautions(desk, ledger), *_backed_up(desk, ledger)):
            print(line, file=sys.stderr)


def _cautions(desk: Desk, ledger: Ledger) -> Iterator[str]:
    risk = risk_of(ledger.path)
    if risk:
        yield f"请注意：台账 {ledger.path} {risk}"
    last = ledger.last_moment
    if last is not None and desk.now + _SLACK < last:
        yield (
            f"请注意：本机的时间（{desk.now:%Y-%m-%d %H:%M}）早于台账上一次写入的时间"
            f"（{last.astimezone(desk.now.tzinfo):%Y-%m-%d %H:%M}），请校准时钟；先后仍按写入的次序算"
        )


def _backed_up(desk: Desk, ledger: Ledger) -> Iterator[str]:
    """备份不成不挡着收表：台账自己一次一次写得完整，到期收不了表才是大事；整条链还是要核对。"""
    try:
        back_up_first(ledger.path, desk.today)
    except CannotWrite as failed:
        ledger.require_sound()
        yield f"请注意：自动{failed}；仍接着写入"
