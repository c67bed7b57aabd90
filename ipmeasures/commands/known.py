"""核对一份报表以前要知道的：台账里该单位的过去，变成核对认得的样子。"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from ipmeasures.commands.desk import Desk
from ipmeasures.commands.needed import agency_entries
from ipmeasures.ledger.entry import Entry
from ipmeasures.ledger.store import Ledger
from ipmeasures.progress.expected import expected_of
from ipmeasures.quarter import Quarter, parse_data_at
from ipmeasures.returns.circumstances import Circumstances, Recorded
from ipmeasures.returns.printed import PAST_KEYS
from ipmeasures.returns.reading import Return


def known_about(
    desk: Desk,
    one: Return,
    ledger: Ledger | None,
    confirmed: Mapping[str, str],
    received_on: dt.date,
) -> Circumstances:
    """核对 ``one`` 时知道的情况；还没有台账的 ``ledger`` 为 ``None``。"""
    entries = agency_entries(ledger, desk.plan, one.agency, one.quarter) if ledger else ()
    before = one.quarter + -1
    return Circumstances(
        desk.plan,
        desk.today,
        expected_of(desk.plan, one.agency, entries, one.quarter),
        confirmed,
        last_texts={(e.item, e.field): e.text for e in entries if e.quarter == before and e.text},
        texts={(e.item, e.field): e.text or e.raw for e in entries if e.quarter == one.quarter},
        recorded=tuple(_recorded(entries)),
        received_on=received_on,
        once=_once(ledger, one, entries) if ledger else {},
    )


def _once(
    ledger: Ledger, one: Return, entries: Iterable[Entry]
) -> Mapping[tuple[str, Quarter], frozenset[Decimal]]:
    """印好的格里有现在不在案的数的各项，以前各季曾在案的数；没有这样的格，不必去查。"""
    standing = {(e.item, e.value) for e in entries if e.quarter < one.quarter}
    items = {
        cell.item.id
        for cell in one.printed
        if cell.key in PAST_KEYS and (cell.item.id, cell.value) not in standing
    }
    told = defaultdict[tuple[str, Quarter], set[Decimal]](set)
    for entry in (entry for item in sorted(items) for entry in ledger.history(item)):
        mine = entry.agency == one.agency and entry.quarter < one.quarter
        if mine and entry.field == "value" and entry.value is not None:
            told[entry.item, entry.quarter].add(entry.value)
    return {key: frozenset(values) for key, values in told.items()}


def _recorded(entries: Iterable[Entry]) -> Iterator[Recorded]:
    """在案的各个数；数据时点单独在案，只更正数、没有重写时点的，时点照旧。"""
    written = {(e.item, e.quarter): e.text for e in entries if e.field == "data_at" and e.text}
    for one in entries:
        if one.field == "value" and one.value is not None:
            text = written.get((one.item, one.quarter))
            at = parse_data_at(text) if text else one.data_at or one.quarter
            where = f"{one.file} {one.sheet}!{one.cell}"
            yield Recorded(one.item, one.quarter, min(at, one.quarter), one.value, where)
