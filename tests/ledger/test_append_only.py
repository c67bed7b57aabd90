"""只增不改：改、删、顶替都被数据库自己拒绝；绕过去的，核对时看得出来。"""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ipmeasures.errors import IpmError, LedgerBusy
from ipmeasures.ledger import verify
from ipmeasures.ledger.chain import KINDS, Head, Pen
from ipmeasures.ledger.connect import settle
from ipmeasures.ledger.store import Ledger
from ipmeasures.ledger.verify import find_damage

from . import NOON, Q2, figure, filing, posting, text

TABLES = ("link", *KINDS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """每张表里都有一行的台账。"""
    path = tmp_path / "ledger.db"
    with Ledger.create(path) as ledger:
        ledger.post(
            posting(
                filing(figure("I01", "1"), text("I01", "进度慢于计划")),
                confirmations=(("I01", "属实"),),
                attachments=(("证明.pdf", b"pdf-pdf-pdf"),),
            )
        )
        pen = Pen(ledger._connection)  # noqa: SLF001
        act = pen.append("act", kind="decide", recorded_at="9", recorded_by="李四", program="x")
        pen.append("decision", act=act, kind="lock", subject="2023Q2", why="季报已印发")
    return path


@pytest.fixture
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        settle(connection, 1)
        yield connection


def problems(path: Path) -> tuple[str, ...]:
    with Ledger.open(path, read_only=True) as ledger:
        return ledger.verify()


@pytest.mark.parametrize("table", TABLES)
def test_database_refuses_change(raw: sqlite3.Connection, table: str) -> None:
    """每张表都拒绝 UPDATE、DELETE、INSERT OR REPLACE 和 UPSERT。"""
    before = list(raw.iterdump())
    row = dict(raw.execute(f"SELECT * FROM {table} LIMIT 1").fetchone())  # noqa: S608
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    for statement in (
        f"UPDATE {table} SET number = number",  # noqa: S608
        f"UPDATE OR REPLACE {table} SET number = number + 1",  # noqa: S608
        f"DELETE FROM {table}",  # noqa: S608
        f"REPLACE INTO {table} ({names}) VALUES ({marks})",  # noqa: S608
        f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT DO UPDATE SET number = 1",  # noqa: S608
    ):
        with pytest.raises(sqlite3.IntegrityError, match="台账"):
            raw.execute(statement, row)
    assert list(raw.iterdump()) == before


@pytest.mark.parametrize(
    ("table", "kept"),
    [
        ("plan", ["digest"]),
        ("plan_source", ["plan", "name"]),
        ("file", ["sha256"]),
        ("receipt", ["receipt"]),
        ("receipt", ["ordinal"]),
        ("receipt", ["agency", "quarter", "revision"]),
        ("entry", ["agency", "quarter", "item", "field"]),
    ],
)
def test_no_row_takes_anothers_place(raw: sqlite3.Connection, table: str, kept: list[str]) -> None:
    """换个顺序号、占同一个键，也顶替不了旧行。"""
    row = dict(raw.execute(f"SELECT * FROM {table} LIMIT 1").fetchone())  # noqa: S608
    pen = Pen(raw)
    fresh = {"plan": "x", "digest": "x", "name": "x", "sha256": "0" * 64, "receipt": "x"}
    changed = {
        name: value if name in kept else {"ordinal": 99, "revision": 99, **fresh}.get(name, value)
        for name, value in row.items()
        if name != "number"
    }
    if table == "entry":
        changed["receipt"] = row["receipt"]
    raw.execute(
        "INSERT INTO link VALUES (?, ?, ?, ?)",
        (pen.head.sequence + 1, table, pen.head.hash, "f" * 64),
    )
    changed["number"] = pen.head.sequence + 1
    names, marks = ", ".join(changed), ", ".join(f":{name}" for name in changed)
    with pytest.raises(sqlite3.IntegrityError, match=f"台账只增不改：{table}"):
        raw.execute(f"REPLACE INTO {table} ({names}) VALUES ({marks})", changed)  # noqa: S608


def test_chain_takes_only_the_next_link(raw: sqlite3.Connection) -> None:
    """链上不能跳号，也不能接在别处。"""
    head = Pen(raw).head
    for number, previous in ((head.sequence + 2, head.hash), (head.sequence + 1, "0" * 64)):
        with pytest.raises(sqlite3.IntegrityError, match="链尾"):
            raw.execute("INSERT INTO link VALUES (?, 'act', ?, ?)", (number, previous, "0" * 64))


def test_entry_supersedes_its_own_cell_only(raw: sqlite3.Connection) -> None:
    """一笔只能取代同一格的上一笔。"""
    row = dict(raw.execute("SELECT * FROM entry WHERE field = 'value'").fetchone())
    supersedes = row.pop("number")
    with pytest.raises(sqlite3.IntegrityError, match="同一格"):
        Pen(raw).append("entry", **row | {"item": "I02", "supersedes": supersedes})


def test_strict_types(raw: sqlite3.Connection) -> None:
    """数字栏里写不进文字。"""
    with pytest.raises(sqlite3.IntegrityError, match="TEXT"):
        Pen(raw).append("decision", act="那次", kind="lock", subject="2023Q2", why="x")


def test_sound_ledger_has_no_problem(path: Path) -> None:
    """完好的台账核对无话。"""
    assert problems(path) == ()


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        ("进度慢于计划", "进度快于计划"),
        ("市市场监管局（章）", "市市场监管局（假）"),
        ("pdf-pdf-pdf", "pdf-pdf-pdg"),
        ("季报已印发", "季报未印发"),
    ],
)
def test_changed_bytes_are_found(path: Path, found: str, wrong: str) -> None:
    """绕过数据库改了文件里的字节，核对时指出是哪一笔。"""
    path.write_bytes(path.read_bytes().replace(found.encode(), wrong.encode()))
    assert any("与链上的摘要不符" in problem for problem in problems(path))


def test_bytes_that_are_no_text_are_found(path: Path) -> None:
    """坏得不成文字的，也指出是哪一笔，不半途而废。"""
    path.write_bytes(path.read_bytes().replace("进度慢于计划".encode(), b"\xff" * 18))
    (problem,) = problems(path)
    assert problem.startswith("第 9 笔（entry）与链上的摘要不符")


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (["DROP TRIGGER entry_no_delete"], ["台账的结构被改动过：entry_no_delete"]),
        (
            ["DROP TRIGGER entry_no_delete", "DELETE FROM entry WHERE field = 'reason'"],
            ["结构被改动过", "第 9 笔（entry）不见了"],
        ),
        (
            ["DROP TRIGGER link_no_delete", "DELETE FROM link WHERE number BETWEEN 8 AND 9"],
            ["链上缺第 8 环到第 9 环", "引用的 link 不存在"],
        ),
        (
            [
                "DROP TRIGGER link_no_update",
                "UPDATE link SET hash = replace(hash, 'a', 'b') WHERE number = 8",
            ],
            ["第 8 笔（entry）与链上的摘要不符", "链在第 9 环断开"],
        ),
        (
            ["DROP TRIGGER link_no_update", "UPDATE link SET kind = 'x' WHERE number = 8"],
            ["第 8 环登记的表（'x'）不存在"],
        ),
        (
            ["DROP TRIGGER file_no_update", "UPDATE file SET content = x'00', size = 1"],
            ["原件（'\\u62a5\\u8868.xlsx'）的内容与它的 SHA-256 不符"],
        ),
    ],
)
def test_tampering_is_found(path: Path, statements: list[str], words: list[str]) -> None:
    """去掉触发器、抽掉一行、改链、换原件：逐样看得出来。"""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    told = "\n".join(problems(path))
    for word in words:
        assert word in told


def test_damaged_pages_are_told_not_raised(path: Path) -> None:
    """整页坏掉：核对照样做完，说出来。"""
    with closing(sqlite3.connect(path)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'entry'"
        page = connection.execute(query).fetchone()[0]
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : (page - 1) * size + 100] = b"\xee" * 100
    path.write_bytes(content)
    told = problems(path)
    assert any(problem.startswith("台账的数据库损坏") for problem in told)


def test_a_row_that_borrows_a_link_is_found(path: Path) -> None:
    """借别的表的环塞进来的一行，自己没有上链：引用都在，也看得出来。"""
    with closing(sqlite3.connect(path)) as raw:
        sql = "SELECT sql FROM sqlite_schema WHERE name = 'entry_no_replace'"
        (trigger,) = raw.execute(sql).fetchone()
        raw.execute("DROP TRIGGER entry_no_replace")
        raw.execute(
            "INSERT INTO entry SELECT 1, receipt, agency, quarter, 'I02', field, state, value, text,"
            " data_at, raw, sheet, cell, NULL FROM entry LIMIT 1"
        )
        raw.execute(trigger)
        raw.commit()
    assert problems(path) == ("第 1 笔（entry）没有上链：不是本程序写的",)


def test_a_tree_that_goes_round_in_circles(path: Path) -> None:
    """链的次序坏了：不转着圈读，停下来说。"""
    with closing(sqlite3.connect(path)) as raw:
        (root,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'link'").fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    content, page = bytearray(path.read_bytes()), (root - 1) * size
    assert content[page] == 13  # 一页的叶
    one, other = page + 8 + 2 * 5, page + 8 + 2 * 7  # 第 6 环和第 8 环对调
    content[one : one + 2], content[other : other + 2] = (
        content[other : other + 2],
        content[one : one + 2],
    )
    path.write_bytes(content)
    assert any("次序乱了" in said for said in problems(path))


def test_a_chain_that_ends_early(path: Path, raw: sqlite3.Connection) -> None:
    """读到的尽头不是链头：说断在哪里。"""
    assert path.exists()
    last = Pen(raw).head.sequence
    (said,) = find_damage(raw, Head(99, "f" * 64))
    assert said == f"链读到第 {last} 环就断了，链头应是第 99 环"


def test_verifying_keeps_nobody_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """核对到一半，别人照样入库；核对的是开始时的那些。"""
    path = tmp_path / "busy.db"
    with Ledger.create(path) as ledger:
        ledger.post(posting(filing(figure("I01", "1"), text("I01", "进度慢于计划"))))
    monkeypatch.setattr(verify, "_STEP", 3)
    done: list[int] = []

    def write(step: int) -> None:
        done.append(step)
        with Ledger.open(path, wait=0.05) as other:
            sent = posting(filing(figure("I02", str(len(done)))), content=b"%d" % len(done))
            assert other.post(sent).outcome == "accepted"

    with Ledger.open(path, read_only=True) as ledger:
        length = ledger.head.sequence
        assert ledger.verify(write) == ()
        assert sum(done) == length
        assert len(done) > 2
        assert ledger.verify() == ()


def test_busy_is_not_damage(path: Path) -> None:
    """别人占着不放：说正忙，不说损坏。"""
    with (
        Ledger.open(path, read_only=True, wait=0.05) as ledger,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        head = ledger.head
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerBusy):
            ledger.verify()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            list(find_damage(ledger._connection, head))  # noqa: SLF001


def _answers(ledger: Ledger) -> object:
    return (
        ledger.entries(),
        ledger.entries(NOON, quarter=Q2),
        ledger.history("I01"),
        ledger.receipts(),
        ledger.confirmations(),
        ledger.head,
        ledger.latest_quarter(),
        [ledger.content(receipt.sha256) for receipt in ledger.receipts()],
    )


def test_flipped_bits_never_pass_unnoticed(path: Path) -> None:
    """随便哪一位坏了：或拒绝，或答得与先前一样，或核对看得出来；不冒出别的异常。"""
    sound = path.read_bytes()
    with Ledger.open(path, read_only=True) as ledger:
        answers = _answers(ledger)
    chance = random.Random(20230705)  # noqa: S311 不是用来保密的
    places = [*range(100), *chance.choices(range(len(sound)), k=300)]
    for place in places:
        rotten = bytearray(sound)
        rotten[place] ^= 1 << chance.randrange(8)
        path.write_bytes(rotten)
        try:
            with Ledger.open(path, read_only=True) as ledger:
                found = ledger.verify()
                assert found or _answers(ledger) == answers, place
        except IpmError:
            continue
