"""作决定的共同前提：写了理由，季度没有锁。"""

from ipmeasures.errors import UsageError
from ipmeasures.ledger.store import Ledger
from ipmeasures.quarter import Quarter


def need_reason(why: str) -> str:
    """理由，去掉首尾空白。

    Raises:
        UsageError: 空的。
    """
    if not why.strip():
        raise UsageError("--why 后面没有写理由，请写明，理由要记入台账")
    return why.strip()


def need_unlocked(ledger: Ledger, quarter: Quarter) -> None:
    """季度没有锁定。

    Raises:
        UsageError: 锁着；说清谁、何时、为什么。
    """
    lock = ledger.locks().get(str(quarter))
    if lock:
        raise UsageError(
            f"{quarter} 已由 {lock.recorded_by} 于 {lock.day.isoformat()} 锁定"
            f"（{lock.why}），确要改动的请先用 ipm unlock {quarter} --why 理由 解锁"
        )
