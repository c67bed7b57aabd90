"""核对台账的结果：终端和 JSON。"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from ipmeasures.ledger.chain import Head
from ipmeasures.ledger.originals import Verdict
from ipmeasures.ledger.recheck import Doubt, Recheck
from ipmeasures.report.fields import field_label, item_label
from ipmeasures.report.json_view import Json
from ipmeasures.report.terminal.layout import wrap

_LISTED = 20


@dataclass(frozen=True, slots=True)
class Verified:
    """一次核对：到哪个链头，数据库和链有什么毛病，重读原件的结果（台账读不通的为 ``None``）。"""

    head: Head
    damage: tuple[str, ...]
    reread: Recheck | None

    @property
    def differing(self) -> tuple[Doubt, ...]:
        """与原件不符的。"""
        return self._of(Verdict.DIFFERS)

    @property
    def unread(self) -> tuple[Doubt, ...]:
        """没能重读、但不算损坏的。"""
        return self._of(Verdict.UNREAD)

    @property
    def is_sound(self) -> bool:
        """完好。"""
        return self.reread is not None and not self.damage and not self.differing

    def _of(self, verdict: Verdict) -> tuple[Doubt, ...]:
        doubts = self.reread.doubts if self.reread else ()
        return tuple(doubt for doubt in doubts if doubt.verdict is verdict)


def verified_json(path: Path, found: Verified | None) -> Json:
    """``ipm verify --format json``；没有台账的，各项为 0。"""
    reread = found.reread if found else None
    return {
        "ledger": str(path),
        "exists": found is not None,
        "sound": found is None or found.is_sound,
        "head": {"sequence": found.head.sequence, "hash": found.head.hash} if found else None,
        "files": reread.files if reread else 0,
        "receipts": reread.receipts if reread else 0,
        "entries": reread.entries if reread else 0,
        "agreeing": reread.agreeing if reread else 0,
        "damage": list(found.damage) if found else [],
        "differing": [_doubt_json(doubt) for doubt in found.differing] if found else [],
        "unread": [_doubt_json(doubt) for doubt in found.unread] if found else [],
    }


def verified_text(path: Path, found: Verified) -> str:
    """完好的说核对了什么；不完好的逐条列出。"""
    troubles = [*found.damage, *map(_doubt_text, found.differing)]
    state = "完好" if found.is_sound else f"损坏，{len(troubles)} 处不对"
    lines = [f"台账{state}：{path}", *_listed(troubles), *_counts(found)]
    if found.unread:
        lines.append(f"没能按现在的读法重读的 {len(found.unread)} 处，不算损坏：")
        lines += _listed(map(_doubt_text, found.unread))
    return "\n".join(lines)


def _counts(found: Verified) -> Iterator[str]:
    head, reread = found.head, found.reread
    yield f"  链 {head.sequence} 环{'' if found.damage else '，环环相接，引用都在'}"
    if reread is None:
        yield "  台账读不通，没有再拿原件核对"
    else:
        rest = reread.entries - reread.agreeing
        said = f"其中 {reread.agreeing} 笔一致，{rest} 笔不一致或没能重读" if rest else "全部一致"
        yield f"  原件 {reread.files} 份，回执 {reread.receipts} 张"
        yield f"  入库 {reread.entries} 笔，逐笔从原件重新读出，{said}"
    yield f"  台账校验码 {head.short}"


def _listed(texts: Iterable[str]) -> list[str]:
    every = list(texts)
    lines = [line for text in every[:_LISTED] for line in wrap(text, first="  - ", indent="    ")]
    more = len(every) - _LISTED
    return [*lines, f"  还有 {more} 处，用 --format json 全部列出"] if more > 0 else lines


def _doubt_text(doubt: Doubt) -> str:
    if not doubt.item:
        return f"回执 {doubt.receipt}（{doubt.agency}，{doubt.file}）：{doubt.why}"
    return (
        f"回执 {doubt.receipt} {doubt.agency} {item_label(doubt.item)} {field_label(doubt.field)}"
        f"（{doubt.file} {doubt.sheet}!{doubt.cell}）：{doubt.why}"
    )


def _doubt_json(doubt: Doubt) -> Json:
    return {**asdict(doubt), "verdict": doubt.verdict.value}
