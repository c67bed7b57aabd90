"""一份文件入库会怎样：哪些报表收下，哪些与在案的重复。纯函数，入库和试算共用。"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ipmeasures.ledger.compare import Change, Comparison, compare
from ipmeasures.ledger.entry import Confirmation, Entry, Posting, Receipt
from ipmeasures.returns.line import Filing

Outcome: TypeAlias = Literal["accepted", "duplicate"]


@dataclass(frozen=True, slots=True)
class Past:
    """与一份文件有关的在案情形；空的就是还没有台账。

    ``in_force`` 是有效的各格，``receipts`` 是这些单位这些季度的回执（先后为序），``confirmations``、
    ``attachments`` 是这些回执已有的确认和附件（SHA-256）；``sent_back`` 是退回了、还没有新的顶上的各格。
    """

    in_force: tuple[Entry, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    attachments: frozenset[str] = frozenset()
    sent_back: tuple[Entry, ...] = ()

    def of(self, filing: Filing) -> tuple[Receipt, ...]:
        """同一单位同一季度的回执，先后为序。"""
        return tuple(
            receipt
            for receipt in self.receipts
            if (receipt.agency, receipt.quarter) == (filing.agency, filing.quarter)
        )


@dataclass(frozen=True, slots=True)
class Filed:
    """一份报表（一个单位一个季度）的结果。

    收下的 ``receipt`` 是新回执（试算时没有）；重复的是在案的那一张，``same_values`` 指文件的字节
    不同而内容无一不同。``kept`` 是有格子在案而这次没写、照旧保留的事项，``kept_entries`` 是那些格。
    """

    filing: Filing
    outcome: Outcome
    receipt: Receipt | None
    changes: tuple[Change, ...]
    kept_entries: tuple[Entry, ...]
    same: int
    same_values: bool = False

    @property
    def kept(self) -> tuple[str, ...]:
        """保留的事项编号，不重复，按编号排。"""
        return tuple(sorted({entry.item for entry in self.kept_entries}))

    @property
    def stored_figures(self) -> int:
        """入库几个数（“本期值”一栏）。"""
        return sum(change.is_figure for change in self.changes)

    @property
    def stored_texts(self) -> int:
        """入库几段文字。"""
        return sum(change.is_text for change in self.changes)


@dataclass(frozen=True, slots=True)
class Posted:
    """一份文件的结果，各报表按文件里的次序。"""

    filings: tuple[Filed, ...]

    @property
    def outcome(self) -> Outcome:
        """有一份收下就是收下。"""
        return "accepted" if any(f.outcome == "accepted" for f in self.filings) else "duplicate"

    @property
    def same_values(self) -> bool:
        """重复，而且有报表是别的字节、同样的内容。"""
        return self.outcome == "duplicate" and any(f.same_values for f in self.filings)

    @property
    def receipts(self) -> tuple[Receipt, ...]:
        """各报表的回执：收下的是新的，重复的是在案的。"""
        return tuple(f.receipt for f in self.filings if f.receipt is not None)


def judge(posting: Posting, past: Past) -> Posted:
    """看一份文件入库会怎样，什么也不存。

    Raises:
        ValueError: 文件自相矛盾（没有报表、同一单位同一季度两份、摘要与内容不符），是程序的毛病。
    """
    _refuse_nonsense(posting)
    more = _brings_more(posting, past)
    return Posted(
        tuple(_judge_filing(posting, filing, past, more=more) for filing in posting.filings)
    )


def sha256_of(content: bytes) -> str:
    """内容的 SHA-256（十六进制）。"""
    import hashlib  # noqa: PLC0415 - 入库才用，看台账的命令不必等 OpenSSL

    return hashlib.sha256(content).hexdigest()


def _judge_filing(posting: Posting, filing: Filing, past: Past, *, more: bool) -> Filed:
    found = compare(filing, past.in_force, past.sent_back)
    old = None if more else _said_before(posting, filing, found, past.of(filing))
    return Filed(
        filing=filing,
        outcome="duplicate" if old else "accepted",
        receipt=old,
        changes=found.changes,
        kept_entries=found.kept,
        same=found.same,
        same_values=old is not None and old.sha256 != posting.sha256,
    )


def _said_before(
    posting: Posting, filing: Filing, found: Comparison, earlier: tuple[Receipt, ...]
) -> Receipt | None:
    """说过同样的话的那张回执：同样的字节，或报送信息也相同；零报告没有行，只与最近一张比。"""
    if found.changes:
        return None
    candidates = earlier[::-1] if filing.lines else earlier[-1:]
    return _first(r for r in candidates if r.sha256 == posting.sha256) or _first(
        r for r in candidates if (r.manner, r.signed) == (filing.manner, filing.signed)
    )


def _brings_more(posting: Posting, past: Past) -> bool:
    """带来了还没有在案的确认或附件：内容相同也要收下，不能悄悄丢掉。"""
    known = {(c.item, c.reason) for c in past.confirmations}
    sent = {sha256_of(content) for _, content in posting.attachments}
    return not (known.issuperset(posting.confirmations) and past.attachments >= sent)


def _refuse_nonsense(posting: Posting) -> None:
    pairs = {(filing.agency, filing.quarter) for filing in posting.filings}
    if not pairs or len(pairs) != len(posting.filings):
        raise ValueError(f"{posting.file} 里没有报表，或同一单位同一季度有两份")
    if sha256_of(posting.content) != posting.sha256:
        raise ValueError(f"{posting.file} 的摘要与内容不符")


def _first(receipts: Iterable[Receipt]) -> Receipt | None:
    return next(iter(receipts), None)
