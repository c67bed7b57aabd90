"""写台账以前：当天先自动备份，放得不稳当、钟不对的说一声；只说一次，不挡着写。"""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from ipmeasures.commands import recording
from ipmeasures.ledger.decision import DecisionKind, Ruling
from ipmeasures.ledger.store import Ledger
from tests.commands.conftest import Fill, Run, figures

ROOT = Path(__file__).resolve().parents[2]
BUREAU = "市市场监管局"


def copies(home: Path) -> list[str]:
    folder = home / "data" / "backup"
    return sorted(p.name for p in folder.iterdir()) if folder.exists() else []


def test_a_copy_before_the_first_write_of_the_day(ipm: Run, filled: Fill, home: Path) -> None:
    """有了记录以后，当天第一次写以前备份一份；试算、退回、看东西的不备份，当天再写不重做。"""
    ipm("ingest", filled(BUREAU, "2023Q1", figures(I01="7.0")))
    assert copies(home) == []  # 还没有可备份的
    path = filled(BUREAU, "2023Q2", figures(I01="7.2"))
    assert ipm("ingest", path, "--dry-run").status == 0
    assert ipm("ingest", filled(BUREAU, "2023Q3", figures(I01="约8"))).status == 1
    ipm("gaps")
    assert copies(home) == []
    assert "请注意" not in ipm("ingest", path).err
    (name,) = copies(home)
    assert re.fullmatch(r"ledger-\d{8}-auto\.db", name)
    with Ledger.open(home / "data" / "backup" / name) as copy:
        assert len(copy.receipts()) == 1
    ipm("lock", "2023Q1", "--why", "季报已印发")
    assert copies(home) == [name]


def test_a_decision_is_a_write_too(ipm: Run, filled: Fill, home: Path) -> None:
    """锁定、退回以前也备份。"""
    ipm("ingest", filled(BUREAU, "2023Q1", figures(I01="7.0")))
    assert ipm("lock", "2023Q1", "--why", "季报已印发").status == 0
    assert len(copies(home)) == 1


def test_a_copy_that_fails_holds_up_nothing(ipm: Run, filled: Fill, home: Path) -> None:
    """备份做不成：一行提醒，表照收，退出码 0，JSON 不受影响；几份表也只说一次。"""
    ipm("ingest", filled(BUREAU, "2023Q1", figures(I01="7.0")))
    (home / "data" / "backup").write_bytes(b"")
    paths = [
        filled(BUREAU, "2023Q2", figures(I01="7.2")),
        filled("威海海关", "2023Q2", figures(M05_1="2")),
    ]
    told = ipm("ingest", *paths, "--format", "json")
    assert told.status == 0
    assert [file["outcome"] for file in json.loads(told.out)["files"]] == ["accepted"] * 2
    assert told.err.count("请注意：自动备份没有做成") == 1
    assert told.err.count("\n") == 2
    assert "仍接着写入" in told.err


def test_a_damaged_ledger_is_not_written(ipm: Run, filled: Fill, home: Path) -> None:
    """备份时发现台账坏了：不再写，退出码 5，说最近一份好的备份。"""
    ipm("ingest", filled(BUREAU, "2023Q1", figures(I01="7.0")))
    assert ipm("backup").status == 0
    path = home / "data" / "ledger.db"
    content = path.read_bytes()
    assert "样例".encode() in content
    path.write_bytes(content.replace("样例".encode(), "样品".encode()))
    before = path.read_bytes()
    told = ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.2")))
    assert told.status == 5
    assert re.search(r"有内容不对.*最近一份好的备份是 .*ledger-\d{8}-\d{6}\.db", told.err)
    assert path.read_bytes() == before


@pytest.mark.parametrize("folder", ["OneDrive - 某局", "我的坚果云"])
def test_a_synced_folder_is_warned_about_once(
    ipm: Run, filled: Fill, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """放在同步文件夹里：写的时候说一次，看的时候不说，都不拦。"""
    home = tmp_path / folder / "w"
    assert ipm("init", home).status == 0
    monkeypatch.setenv("IPM_HOME", str(home))
    paths = [filled(BUREAU, quarter, figures(I01="7.2")) for quarter in ("2023Q2", "2023Q3")]
    told = ipm("ingest", *paths)
    assert told.status == 0
    assert told.err.count("请注意") == 1
    assert "的同步文件夹里" in told.err
    assert "移到本机的普通文件夹" in told.err
    assert "请注意" not in ipm("gaps").err


@pytest.mark.parametrize(
    ("ahead", "warned"), [(dt.timedelta(days=400), True), (dt.timedelta(minutes=5), False)]
)
def test_a_clock_set_back_is_warned_about(
    ipm: Run, filled: Fill, home: Path, ahead: dt.timedelta, *, warned: bool
) -> None:
    """上一次写在“将来”：提醒校准，照收；差几分钟的是几个人同时用，不说。"""
    ipm("ingest", filled(BUREAU, "2023Q1", figures(I01="7.0")))
    now = dt.datetime.now(dt.UTC) + ahead
    with Ledger.open(home / "data" / "ledger.db") as ledger:
        plan = ledger.plan_at(ledger.head.sequence)
        assert plan is not None
        ledger.decide(Ruling(DecisionKind.NOTICE, "2023Q1", "x", now, "李四", plan[0], ()))
    told = ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.2")))
    assert told.status == 0
    assert ("早于台账上一次写入的时间" in told.err) is warned
    assert ("请校准时钟；先后仍按写入的次序算" in told.err) is warned
    last = ipm("log", "--format", "json").json["acts"][-1]
    assert "2023Q2-0002" in str(last)


def test_every_write_goes_through_one_door() -> None:
    """命令里写台账的，都从这里走：不然备份和提醒就漏了。"""
    for path in (ROOT / "ipmeasures" / "commands").glob("*.py"):
        direct = re.search(r"\bledger\.(post|decide)\(", path.read_text("utf-8"))
        assert (direct is None) is (path.name != Path(recording.__file__).name), path.name
