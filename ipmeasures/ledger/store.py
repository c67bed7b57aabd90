"""台账：入库、查在案的、核对。只增不改，整份文件要么全进，要么全不进。"""

import datetime as dt
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeAlias

from ipmeasures.errors import CannotWrite, LedgerBusy, UsageError
from ipmeasures.ledger.chain import Head, read_head
from ipmeasures.ledger.connect import (
    WAIT,
    connect,
    damaged,
    sensible,
    snapshot,
    transaction,
    translated,
)
from ipmeasures.ledger.decision import Decision, DecisionKind, Ruling, SentBack, locks_of
from ipmeasures.ledger.entry import Confirmation, Entry, Posting, Receipt
from ipmeasures.ledger.reads import AWAITING, EVER, IN_FORCE, Reader, narrowed
from ipmeasures.ledger.rows import moment_text, quarter_from
from ipmeasures.quarter import Quarter

if TYPE_CHECKING:
    from ipmeasures.ledger.log import About, Act
    from ipmeasures.ledger.posted import Posted
    from ipmeasures.ledger.verify import Advance

When: TypeAlias = dt.datetime | str | int
"""以何时为准：入库时间（带时区）、回执号，或顺序号（``moment``、``head.sequence``）。"""


class Ledger:
    """打开着的台账；用完要 ``close``，或用 ``with``。

    写、建、核对的模块用到才装载：看台账的命令天天跑，不必等它们。

    各方法都可能抛出 ``LedgerBusy``（别人正在写）、``LedgerDamaged``（损坏）和 ``FileUnreadable``；
    sqlite3 的异常不出这里。台账只增不改，所以几次查询要看同一个状态时，先取 ``head.sequence``，
    再把它作 ``as_of`` 传给每一次。
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._reader = Reader(path, connection)

    @staticmethod
    def exists(path: Path) -> bool:
        """那里有没有文件；是不是好的台账，打开才知道。"""
        return path.exists()

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, wait: float = WAIT) -> Self:
        """打开已有的台账；``wait`` 是别人正在写时最多等几秒。

        Raises:
            UsageError: 没有台账。
            LedgerDamaged: 空文件、别的文件、损坏，或比本程序新。
            LedgerBusy: 别人正在写。
        """
        return cls(path, connect(path, read_only=read_only, wait=wait))

    @classmethod
    def create(cls, path: Path, *, wait: float = WAIT) -> Self:
        """新建一本空台账。

        Raises:
            CannotWrite: 那里已经有文件，或写不进去。
        """
        from ipmeasures.ledger.create import lay_down  # noqa: PLC0415

        if not lay_down(path):
            raise CannotWrite(f"台账已经有了：{path}，不再新建，请直接使用")
        return cls.open(path, wait=wait)

    @classmethod
    def open_or_create(cls, path: Path, *, wait: float = WAIT) -> Self:
        """打开台账，没有就新建；别人抢先建好的，用别人的。

        Raises:
            CannotWrite: 写不进去。
            LedgerDamaged: 那里的文件不是好的台账，或台账丢了、旁边却有它的备份。
        """
        if not cls.exists(path):
            from ipmeasures.ledger.create import lay_down  # noqa: PLC0415
            from ipmeasures.ledger.rescue import refuse_lost  # noqa: PLC0415

            refuse_lost(path)
            lay_down(path)
        return cls.open(path, wait=wait)

    def close(self) -> None:
        """关上；可以关两次。"""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def post(self, posting: Posting) -> "Posted":
        """一份文件入库：全进或全不进；提交到盘上才返回。

        与在案的无一不同的报表不再存，返回在案的回执。

        Raises:
            LedgerBusy: 别人正在写，或核对以后刚刚锁定了这个季度。
            CannotWrite: 只读、磁盘满。
            ValueError: 文件自相矛盾，或时间不带时区，是程序的毛病。
            RuntimeError: 违反台账的约束，是程序的毛病。
        """
        from ipmeasures.ledger.posted import judge  # noqa: PLC0415
        from ipmeasures.ledger.write import store  # noqa: PLC0415

        moment_text(posting.now)  # 不带时区的，没动台账就拒绝
        with translated(self.path, writing=True), transaction(self._connection):
            self._refuse_locked(posting)
            last = self._reader.last(posting)
            posted = judge(posting, self._reader.past(posting, last))
            if posted.outcome == "accepted":
                posted = store(self._connection, posting, posted, last)
        return posted

    def preview(self, posting: Posting) -> "Posted":
        """试算：与 ``post`` 同样的比较，什么也不存。没有台账时用 ``judge(posting, Past())``。"""
        from ipmeasures.ledger.posted import judge  # noqa: PLC0415

        with translated(self.path), snapshot(self._connection):
            return judge(posting, self._reader.past(posting, self._reader.last(posting)))

    def decide(self, ruling: Ruling) -> tuple[Decision, ...]:
        """记下办公室的一个决定；提交到盘上才返回。

        Raises:
            CannotWrite: 只读、磁盘满。
            ValueError: 时间不带时区，是程序的毛病。
        """
        from ipmeasures.ledger.write import store_ruling  # noqa: PLC0415

        moment_text(ruling.now)
        with translated(self.path, writing=True), transaction(self._connection):
            return store_ruling(self._connection, ruling)

    @property
    def head(self) -> Head:
        """现在的链头：顺序号和摘要。"""
        with translated(self.path):
            return read_head(self._connection)

    def moment(self, when: When, now: dt.datetime | None = None) -> int:
        """到那时为止的最后一个顺序号；回执指它那份文件全部入库之后，什么都还没有为 0。

        按入库的先后：第一次晚于那时的写入以前的，都算；钟被拨回去以后写的，仍在它后面。钟快了写下的将来
        的时间（晚于 ``now``）不作准。

        Raises:
            UsageError: 没有这个回执。
            ValueError: 时间不带时区。
        """
        if isinstance(when, int):
            return when
        if isinstance(when, dt.datetime):
            query = "SELECT min(number) FROM act WHERE recorded_at > :when"
            query += " AND recorded_at <= :now" if now else ""
            values = {"when": moment_text(when), "now": moment_text(now or when)}
            following = self._one(query, **values)
        else:
            query = "SELECT min(number) FROM act WHERE number > :act"
            following = self._one(query, act=self._act_of(when))
        return self.head.sequence if following is None else int(following) - 1

    def entries(  # noqa: PLR0913 - 每样都是一个可省的条件
        self,
        as_of: When | None = None,
        *,
        quarter: Quarter | None = None,
        since: Quarter | None = None,
        until: Quarter | None = None,
        agency: str | None = None,
        items: Sequence[str] | None = None,
        fields: Sequence[str] | None = None,
    ) -> tuple[Entry, ...]:
        """有效的各格（没有被取代、撤回、退回），按顺序号。

        可只要一个季度、从某季度起、到某季度为止的，一个单位的，几个事项的，几种格的。
        """
        where, values = narrowed(
            "e", IN_FORCE, quarter=quarter, since=since, until=until, agency=agency,
            item=items, field=fields,
        )  # fmt: skip
        upto = self._upto(as_of)
        return self._reader.undated(self._reader.entries(where, upto=upto, **values), upto)

    def latest(
        self, field: str, items: Sequence[str], until: Quarter, as_of: When | None = None
    ) -> tuple[Entry, ...]:
        """各事项各单位到 ``until`` 为止最近一季填的这一种格，按顺序号。"""
        return self._reader.latest(field, items, str(until), self._upto(as_of))

    def history(self, item: str, quarter: Quarter | None = None) -> tuple[Entry, ...]:
        """一个事项的每一笔，先后为序，被取代的和撤回的都在内。"""
        where = "e.item = :item"
        if quarter is not None:
            where += " AND e.quarter = :quarter"
        return self._reader.entries(where, item=item, quarter=str(quarter))

    def log(self, about: "About", as_of: When | None = None) -> "tuple[Act, ...]":
        """一次次的写入，先后为序：何时、何人、收了什么、改了什么、决定了什么。"""
        from ipmeasures.ledger.log import acts  # noqa: PLC0415

        return acts(self._reader, about, self._upto(as_of))

    def receipts(  # noqa: PLR0913 - 每样都是一个可省的条件
        self,
        quarter: Quarter | None = None,
        as_of: When | None = None,
        *,
        since: Quarter | None = None,
        until: Quarter | None = None,
        named: Sequence[str] | None = None,
        files: Sequence[str] | None = None,
    ) -> tuple[Receipt, ...]:
        """回执，先后为序；可只要一个季度、一段时间的，几个号的，几份原件（摘要）的。"""
        where, values = narrowed(
            "r", "+r.number <= :upto", quarter=quarter, since=since, until=until,
            receipt=named, file=files,
        )  # fmt: skip
        return self._reader.receipts(where, upto=self._upto(as_of), **values)

    def last_receipt(self, as_of: When | None = None) -> Receipt | None:
        """最后一张回执。"""
        last = "r.number = (SELECT max(number) FROM receipt WHERE number <= :upto)"
        return next(iter(self._reader.receipts(last, upto=self._upto(as_of))), None)

    def confirmations(self, as_of: When | None = None) -> tuple[Confirmation, ...]:
        """对存疑的数的确认，先后为序。"""
        return self._reader.confirmations("c.number <= :upto", upto=self._upto(as_of))

    def decisions(self, *kinds: DecisionKind, as_of: When | None = None) -> tuple[Decision, ...]:
        """办公室的决定，先后为序；可只要几种。"""
        found = self._reader.decisions("d.number <= :upto", upto=self._upto(as_of))
        return tuple(d for d in found if not kinds or d.kind in kinds)

    def sent_back(self, as_of: When | None = None) -> tuple[SentBack, ...]:
        """退回了的回执和还等着重报的，先后为序。"""
        return self._reader.sent_back(self._upto(as_of))

    def awaiting(self) -> tuple[Entry, ...]:
        """退回了、还没有新数顶上的各格。"""
        return self._reader.entries(AWAITING, upto=EVER)

    def locks(self, as_of: When | None = None) -> Mapping[str, Decision]:
        """锁着的季度（写法如 2023Q2）和锁定它的决定。"""
        return locks_of(self.decisions(DecisionKind.LOCK, DecisionKind.UNLOCK, as_of=as_of))

    def plan_at(self, as_of: When) -> tuple[str, Mapping[str, bytes]] | None:
        """那时所用的计划：摘要和各个 YAML 的原文；那时什么都还没有为 ``None``。"""
        query = "SELECT plan FROM act WHERE number <= :upto ORDER BY number DESC LIMIT 1"
        digest = self._one(query, upto=self._upto(as_of))
        if digest is None:
            return None
        query = "SELECT name, content FROM plan_source WHERE plan = :digest"
        rows = self._reader.rows(query, digest=str(digest))
        return str(digest), {row["name"]: row["content"] for row in rows}

    def latest_quarter(self, as_of: When | None = None) -> Quarter | None:
        """有报表入库的最近一个季度。"""
        query = "SELECT max(quarter) FROM receipt WHERE number <= :upto"
        latest = self._one(query, upto=self._upto(as_of))
        with sensible(self.path):
            return None if latest is None else quarter_from(str(latest))

    def quarters(self, as_of: When | None = None) -> tuple[Quarter, ...]:
        """有报表入库的各季，先后为序。"""
        query = "SELECT DISTINCT quarter FROM receipt WHERE number <= :upto ORDER BY quarter"
        rows = self._reader.rows(query, upto=self._upto(as_of))
        with sensible(self.path):
            return tuple(quarter_from(row["quarter"]) for row in rows)

    def quarters_after(self, quarter: Quarter) -> tuple[Quarter, ...]:
        """其后有报表入库的各季，先后为序。"""
        query = "SELECT DISTINCT quarter FROM receipt WHERE quarter > :quarter ORDER BY quarter"
        rows = self._reader.rows(query, quarter=str(quarter))
        with sensible(self.path):
            return tuple(quarter_from(row["quarter"]) for row in rows)

    def attachments(self, receipt: str) -> tuple[tuple[str, str], ...]:
        """一张回执的附件：名称和内容的 SHA-256。"""
        query = """
        SELECT t.name, t.file FROM attachment AS t JOIN receipt AS r ON r.number = t.receipt
        WHERE r.receipt = :receipt ORDER BY t.number
        """
        rows = self._reader.rows(query, receipt=receipt)
        return tuple((row["name"], row["file"]) for row in rows)

    def content(self, sha256: str) -> bytes:
        """一份原件或附件的字节。

        Raises:
            UsageError: 没有这份原件。
            LedgerDamaged: 存下的字节与摘要不符。
        """
        from ipmeasures.ledger.posted import sha256_of  # noqa: PLC0415

        content = self._one("SELECT content FROM file WHERE sha256 = :sha256", sha256=sha256)
        if not isinstance(content, bytes):
            raise UsageError(f"台账 {self.path} 里没有摘要为 {sha256} 的原件，请核对摘要")
        if sha256_of(content) != sha256:
            raise damaged(self.path, f"有内容不对（摘要为 {sha256} 的原件与它的摘要不符）")
        return content

    def require_sound(self, links: int | None = None) -> None:
        """快核对：结构、链（最后 ``links`` 环，不写的是整条）和没有上链的行；不读原件的内容。

        Raises:
            LedgerDamaged: 被改动过或损坏；附用哪份备份、怎么换。
        """
        from ipmeasures.ledger.verify import find_tampering  # noqa: PLC0415

        with translated(self.path), snapshot(self._connection):
            found = next(find_tampering(self._connection, read_head(self._connection), links), None)
        if found:
            raise damaged(self.path, f"有内容不对（{found}）")

    def verify(self, advance: "Advance" = lambda _: None) -> tuple[str, ...]:
        """核对链、引用、数据库和原件的摘要；每处毛病一句中文，完好为空。

        ``advance`` 每核对完一段报一次做了几环；共有 ``head.sequence`` 环。
        """
        from ipmeasures.ledger.verify import find_damage  # noqa: PLC0415

        with translated(self.path):
            return tuple(find_damage(self._connection, read_head(self._connection), advance))

    def link_of(self, short: str) -> int | None:
        """印在回执、报告上的链头（十六进制的前几位）是第几环；链上没有为 ``None``。"""
        query = "SELECT number FROM link WHERE substr(hash, 1, length(:short)) = :short"
        number = self._one(query, short=short)
        return None if number is None else int(number)

    @property
    def last_moment(self) -> dt.datetime | None:
        """最后一次写台账的时间；还没有写过为 ``None``。"""
        last = self._one("SELECT recorded_at FROM act ORDER BY number DESC LIMIT 1")
        with sensible(self.path):
            return None if last is None else dt.datetime.fromisoformat(str(last))

    def _refuse_locked(self, posting: Posting) -> None:
        """核对时还没有锁、写的时候锁了的：不写，请人再来一次，那时就说得出谁为什么锁的。"""
        locked = self.locks().keys() & {str(filing.quarter) for filing in posting.filings}
        if locked:
            raise LedgerBusy(
                f"台账正忙：{min(locked)} 刚刚锁定，{posting.file} 没有入库，请再试一次"
            )

    def _upto(self, as_of: When | None) -> int:
        return EVER if as_of is None else self.moment(as_of)

    def _act_of(self, receipt: str) -> int:
        act = self._one("SELECT act FROM receipt WHERE receipt = :receipt", receipt=receipt)
        if act is None:
            raise UsageError(
                f"台账 {self.path} 里没有回执 {receipt}，回执号见 ipm returns 或 ipm log"
            )
        return int(act)

    def _one(self, query: str, **values: str | int) -> str | int | bytes | None:
        """第一行第一列；没有行为空。"""
        rows = self._reader.rows(query, **values)
        found: str | int | bytes | None = rows[0][0] if rows else None
        return found
