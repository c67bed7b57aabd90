"""核对一份报表以前要知道的：台账里该单位的过去，变成核对认得的样子。"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from ipmeasures.commands.desk import Desk
from ipmeasures.commands.needed import agency_entries
from ipmeasures.ledger.entry import Entry
from ipmeasures.ledger.store import Ledger
from ipmeasures.progress.expected import expected_of
from ipmeasures.quarter import parse_data_at
from ipmeasures.returns.circumstances import Circumstances, Recorded
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
    )


def _recorded(entries: Iterable[Entry]) -> Iterator[Recorded]:
    """在案的各个数；数据时点单独在案，只更正数、没有重写时点的，时点照旧。"""
    written = {(e.item, e.quarter): e.text for e in entries if e.field == "data_at" and e.text}
    for one in entries:
        if one.field == "value" and one.value is not None:
            text = written.get((one.item, one.quarter))
            at = parse_data_at(text) if text else one.data_at or one.quarter
            where = f"{one.file} {one.sheet}!{one.cell}"
            yield Recorded(one.item, one.quarter, min(at, one.quarter), one.value, where)
