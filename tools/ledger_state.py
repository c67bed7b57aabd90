"""台账此刻的样子，好与从头到尾没有出过事的那一本比：有没有半份，有没有丢的。"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from ipmeasures.errors import IpmError
from ipmeasures.ledger.rescue import folder_of
from ipmeasures.ledger.store import Ledger

RECEIPT = re.compile(r"\d{4}Q[1-4]-\d{4}")
"""答复里印的回执号。"""
_ROWS = """
SELECT r.file, e.agency, e.quarter, e.item, e.field, e.state, e.value, e.text, e.data_at, e.raw, e.sheet, e.cell
FROM entry AS e JOIN receipt AS r ON r.number = e.receipt
UNION ALL
SELECT r.file, r.agency, r.quarter, r.file_name, r.manner, r.signed, r.figures, r.texts, '', '', '', ''
FROM receipt AS r
UNION ALL
SELECT r.file, t.file, t.name, '', '', '', '', '', '', '', '', ''
FROM attachment AS t JOIN receipt AS r ON r.number = t.receipt
"""


@dataclass(frozen=True, slots=True)
class State:
    """一本台账：回执号、各原件入了什么（按摘要）、一共几环、``verify`` 说的毛病。"""

    receipts: tuple[str, ...] = ()
    files: Mapping[str, frozenset[tuple[object, ...]]] = field(default_factory=dict)
    links: int = 0
    wrong: tuple[str, ...] = ()


def read_state(path: Path) -> State:
    """用真的台账打开（打断了的由它恢复），再读。"""
    if not Ledger.exists(path):
        return State()
    try:
        with Ledger.open(path, read_only=True) as ledger:
            receipts, wrong = tuple(r.receipt for r in ledger.receipts()), ledger.verify()
    except IpmError as error:
        return State(wrong=(f"打不开：{error}",))
    except Exception as error:  # noqa: BLE001 - 坏得说不清的也是坏
        return State(wrong=(repr(error),))
    files: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    with closing(sqlite3.connect(path)) as connection:
        for sha256, *row in connection.execute(_ROWS):
            files[sha256].add(tuple(row))
        links = connection.execute("SELECT count(*) FROM link").fetchone()[0]
    wrong = (*wrong, *_bad_copies(path))
    return State(receipts, {name: frozenset(rows) for name, rows in files.items()}, links, wrong)


def _bad_copies(path: Path) -> Iterator[str]:
    """自动的备份要么没有，要么是好的。"""
    for copy in folder_of(path).glob("*.db"):
        try:
            with Ledger.open(copy, read_only=True) as ledger:
                wrong = ledger.verify()
        except Exception as error:  # noqa: BLE001 - 打不开的就是坏的
            wrong = (repr(error),)
        yield from (f"备份 {copy.name} 坏了：{one}" for one in wrong[:1])


def boundaries(path: Path) -> frozenset[int]:
    """每一份文件收完时一共几环；还没有台账、还是空的时是 0。"""
    with closing(sqlite3.connect(path)) as connection:
        acts = [row[0] for row in connection.execute("SELECT number FROM act ORDER BY number")]
        last = connection.execute("SELECT count(*) FROM link").fetchone()[0]
    return frozenset({0, last, *(act - 1 for act in acts)})


def faults_in(
    found: State, whole: State, ends: Iterable[int], promised: Iterable[str]
) -> list[str]:
    """与没有出过事的一本比：坏了的、半份的、答复过而丢了的。"""
    told = [f"坏了：{found.wrong[0]}"] if found.wrong else []
    if lost := sorted(set(promised) - set(found.receipts)):
        told.append(f"丢了已答复的 {'、'.join(lost)}")
    if found.links not in ends and not found.wrong:
        told.append(f"有半份文件：共 {found.links} 环")
    for sha256, rows in found.files.items():
        if rows != whole.files.get(sha256):
            told.append(f"有半份文件：{sha256[:12]} 入库的与应有的不同")
    return told
