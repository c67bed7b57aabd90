"""``ipm settings``：像办公室的人那样导出、改、试算、导入。"""

import io
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ipmeasures.commands import kept_plans, settings_import
from ipmeasures.errors import PlanInvalid
from ipmeasures.ledger.decision import DecisionKind
from ipmeasures.ledger.store import Ledger
from ipmeasures.plan.load import load_plan, plan_digest, plan_sources
from ipmeasures.report import save
from ipmeasures.workspace import Workspace

from .conftest import Fill, Run, figures

HEAD = 3
DUE = ("报送安排", "报送时限", "内容")
SOON = ("报送安排", "里程碑提前提示", "内容")
CONTACT = ("成员单位", "市法院", "联系人")


def filled(path: Path, *puts: tuple[tuple[str, str, str], Any], to: str = "") -> Path:
    """在表格软件里改几格，保存。"""
    book = load_workbook(path)
    for (sheet, row, header), value in puts:
        page = book[sheet]
        column = next(cell.column for cell in page[HEAD] if cell.value == header)
        number = next(n for n in range(HEAD + 1, page.max_row + 1) if page.cell(n, 1).value == row)
        page.cell(number, column).value = value
    target = path.with_name(to) if to else path
    book.save(target)
    return target


@pytest.fixture
def sheet(ipm: Run, home: Path) -> Path:
    """刚导出的设定表。"""
    assert ipm("settings", "export").status == 0
    return home / "办公室设定.xlsx"


def texts(home: Path) -> tuple[bytes, bytes]:
    """两个计划文件。"""
    return plan_sources(Workspace(home))


def test_the_whole_way(ipm: Run, home: Path, sheet: Path) -> None:
    """导出 → 改两格 → 试算不写 → 导入写回 → 计划里就是新的 → 再导入没有要改的。"""
    before = texts(home)
    filled(sheet, (DUE, 15), (CONTACT, "张三"))
    trial = ipm("settings", "import", sheet, "--dry-run")
    assert trial.status == 0
    assert trial.out.splitlines() == [
        "办公室设定.xlsx：改 2 处",
        "  报送安排!B5 报送时限：10 -> 15",
        "  成员单位!E4 市法院 联系人：（空） -> 张三",
        "这是试算，什么也没有写",
    ]
    assert texts(home) == before
    told = ipm("settings", "import", sheet, "--why", "年度调整")
    assert told.status == 0
    backup = next((home / "data" / "backup").iterdir())
    assert told.out.splitlines()[3:] == [
        f"已写回 {home / 'data' / 'measures.yaml'}",
        f"已写回 {home / 'data' / 'targets.yaml'}",
        f"原来的计划文件留在 {backup}",
        "还没有台账，这次改动没有记录，只改了计划文件",
    ]
    assert ((backup / "measures.yaml").read_bytes(), (backup / "targets.yaml").read_bytes()) == before  # fmt: skip
    plan = load_plan(Workspace(home))
    assert (plan.settings.due_days, plan.agencies[0].contact) == (15, "张三")
    again = ipm("settings", "import", sheet)
    assert (again.status, again.out) == (0, "办公室设定.xlsx：与现在的设定相同，没有要改的\n")


def test_export_says_where_and_never_overwrites_work(ipm: Run, home: Path, sheet: Path) -> None:
    """再导出：没有人改过的重写；改过的留着，另存一份；--out 指文件或文件夹。"""
    assert ipm("settings", "export").out.startswith(f"{sheet}\n只改黄色格")
    filled(sheet, (DUE, 15))
    work = sheet.read_bytes()
    told = ipm("settings", "export")
    assert f"没有覆盖 {sheet}" in told.out
    assert f"{home / '办公室设定-第2稿.xlsx'}" in told.out
    assert sheet.read_bytes() == work
    (home / "发").mkdir()
    assert ipm("settings", "export", "--out", home / "发").out.startswith(f"{home / '发' / '办公室设定.xlsx'}\n")  # fmt: skip
    assert (home / "发" / "办公室设定.xlsx").is_file()
    assert ipm("settings", "export", "--out", home / "甲" / "乙.xlsx").status == 0
    assert (home / "甲" / "乙.xlsx").is_file()


def test_mistakes_change_nothing(ipm: Run, home: Path, sheet: Path) -> None:
    """有错：逐处说哪张表哪一格、怎么改，退出码 1，文件、备份、台账都不动。"""
    before = texts(home)
    filled(sheet, (DUE, "十五天"), (("口径", "I01", "2025年目标值或要求"), 12), (CONTACT, "张三"))
    told = ipm("settings", "import", sheet)
    assert told.status == 1
    assert told.out.replace("\n           ", "").splitlines() == [
        "[退回] 办公室设定.xlsx：有错，没有导入，计划文件没有动",
        "  口径：",
        "    [错误] E4 I01 “2025年目标值或要求”不能在这里改：原来是“10.02”，现在是“12”。请改回原来的样子。",
        "  报送安排：",
        "    [错误] B5 报送时限 “十五天”不是数字，是否为 15？请只填一个数，不带单位和文字。",
    ]
    assert all(len(line.encode("gbk")) <= 80 for line in told.out.splitlines())
    assert texts(home) == before
    assert len(list((home / "data" / "backup").iterdir())) == 1  # 只有导出时留的


def test_what_is_no_settings_workbook(ipm: Run, home: Path, filled: Fill) -> None:
    """报表、没有的文件：说是什么，退出码照旧。设定表拿去收表，也说清楚。"""
    form = filled("市法院", "2023Q2", {})
    told = ipm("settings", "import", form)
    assert (told.status, "这不是导出的办公室设定表" in told.out) == (1, True)
    assert ipm("settings", "import", home / "没有.xlsx").status == 3
    assert ipm("settings", "import", home / "data" / "targets.yaml").status == 3
    ipm("settings", "export")
    told = ipm("ingest", home / "办公室设定.xlsx")
    assert (told.status, "这是办公室设定表，不是报表" in told.out) == (1, True)


@pytest.fixture
def ledger(ipm: Run, filled: Fill, home: Path) -> Path:
    """已有一份报表的台账。"""
    path = filled("市市场监管局", "2023Q2", figures(I01="7.2"))
    assert ipm("ingest", path, "--received", "2023-07-05").status == 0
    return home / "data" / "ledger.db"


def test_the_change_is_in_the_log(ipm: Run, home: Path, sheet: Path, ledger: Path) -> None:
    """有台账的：谁、何时、为什么、每一处原来和现在，都记下；设定表和改好的计划也存下。"""
    old = plan_digest(*texts(home))
    filled(sheet, (DUE, 15), (CONTACT, "张三"))
    told = ipm("settings", "import", sheet, "--why", "年度调整", "--by", "李四")
    assert "已记入台账：李四，理由：年度调整（ipm log 可看）" in told.out
    with Ledger.open(ledger, read_only=True) as opened:
        (decision,) = opened.decisions(DecisionKind.SETTINGS)
        kept = opened.plan_at(opened.head.sequence)
        assert opened.verify() == ()
        assert opened.content(_sha256(sheet)) == sheet.read_bytes()
    assert (decision.subject, decision.why, decision.recorded_by) == ("settings", "年度调整", "李四")  # fmt: skip
    assert decision.detail["previous"] == old
    assert decision.detail["plan"] == plan_digest(*texts(home))
    assert decision.detail["changes"][0] == {
        "sheet": "报送安排",
        "cell": "B5",
        "setting": "报送时限",
        "old": "10",
        "new": "15",
    }
    assert kept is not None
    assert tuple(kept[1][name] for name in ("measures.yaml", "targets.yaml")) == texts(home)
    log = ipm("log", "--last", "1").out
    assert "改设定 办公室设定.xlsx，理由：年度调整" in log
    assert "报送安排：报送时限：10 -> 15" in log
    assert "成员单位：市法院 联系人：（空） -> 张三" in log
    found = json.loads(ipm("log", "--last", "1", "--format", "json").out)
    assert found["acts"][0]["decisions"][0]["detail"]["changes"][1]["new"] == "张三"


def _sha256(path: Path) -> str:
    import hashlib  # noqa: PLC0415 - 只这里用

    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_without_a_reason(ipm: Run, sheet: Path, ledger: Path) -> None:
    """没有写理由的照样导入，台账里写明没有写。"""
    filled(sheet, (DUE, 15))
    assert "理由：未写理由" in ipm("settings", "import", sheet, "--why", " ").out
    with Ledger.open(ledger, read_only=True) as opened:
        assert opened.decisions(DecisionKind.SETTINGS)[0].why == "未写理由"


def test_forms_to_be_issued_again(ipm: Run, sheet: Path) -> None:
    """填报的分工、数的性质、成员变了，提醒重发空表；别的不提醒。"""
    for put in (
        (("填报单位", "I07", "填报单位"), "市市场监管局"),
        (("口径", "I03", "数的性质"), "历年累计"),
        (("成员单位", "市法院", "是否成员"), "否"),
    ):
        told = ipm("settings", "import", filled(sheet, put))
        assert "请用 ipm form 重新生成" in told.out.replace("\n", "")
    assert "ipm form" not in ipm("settings", "import", filled(sheet, (CONTACT, "王五"))).out


def test_others_changed_the_plan_meanwhile(ipm: Run, home: Path, sheet: Path) -> None:
    """同一份表接着改、别人改了别的，照样导入；同一项撞上的退回；两边都留着。"""
    assert ipm("settings", "import", filled(sheet, (DUE, 15))).status == 0
    told = ipm("settings", "import", filled(sheet, (SOON, 45)))
    assert told.out.splitlines()[:2] == ["办公室设定.xlsx：改 1 处", "  报送安排!B15 里程碑提前提示：30 -> 45"]  # fmt: skip
    other = filled(sheet, (DUE, 20), to="另一份.xlsx")
    told = ipm("settings", "import", other)
    assert told.status == 1
    assert "已由“10”改成“15”；这里写的是“20”" in told.out.replace("\n           ", "")
    plan = load_plan(Workspace(home))
    assert (plan.settings.due_days, plan.settings.thresholds.due_soon_days) == (15, 45)


def test_nothing_to_tell_what_was_changed(ipm: Run, home: Path, sheet: Path) -> None:
    """计划改过、又没有留下导出时的样子：请重新导出，什么也不写。"""
    filled(sheet, (SOON, 45))
    targets = home / "data" / "targets.yaml"
    targets.write_text(targets.read_text("utf-8").replace("due_days: 10", "due_days: 12"), "utf-8")
    backups = home / "data" / "backup"
    (kept,) = backups.iterdir()
    (kept / "targets.yaml").write_bytes(b"x")
    for spoil in (kept.exists, (kept / "measures.yaml").unlink, lambda: shutil.rmtree(kept)):
        spoil()  # 改过的、缺一个的、整个没有了的
        told = ipm("settings", "import", sheet)
        assert told.status == 2
        assert "请用 ipm settings export 重新导出" in told.err


def test_a_broken_plan_is_told_first(ipm: Run, home: Path, sheet: Path) -> None:
    """现在的计划文件有错：先说它的错。"""
    targets = home / "data" / "targets.yaml"
    targets.write_text(targets.read_text("utf-8").replace("due_days: 10", "due_days: x"), "utf-8")
    told = ipm("settings", "import", sheet)
    assert (told.status, "“due_days”应是整数" in told.err) == (2, True)
    assert ipm("settings", "export").status == 2


def test_the_new_plan_is_checked_as_a_whole(
    ipm: Run, home: Path, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """逐格都对、合起来通不过 ipm check 的：什么也不写，说是哪几处。"""
    before = texts(home)
    real = settings_import.check_plan

    def strict(measures: bytes, targets: bytes) -> Any:  # noqa: ANN401 - 照转
        if b"due_days: 15" in targets:
            raise PlanInvalid("有错", ("data/targets.yaml:4 太晚",))
        return real(measures, targets)

    monkeypatch.setattr(settings_import, "check_plan", strict)
    told = ipm("settings", "import", filled(sheet, (DUE, 15)))
    assert told.status == 2
    assert "通不过检查，什么也没有写" in told.err
    assert "data/targets.yaml:4 太晚" in told.err
    assert texts(home) == before


# 写到一半


def _interrupted(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """换到这个文件时断电：已换好的留着，后面的没有换。"""
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if Path(target).name == name:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)


@pytest.mark.parametrize("name", ["measures.yaml", "targets.yaml"])
def test_interrupted_between_the_ledger_and_the_files(
    name: str, ipm: Run, sheet: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """记了台账、文件没有换完就断了：改动在台账里看得到；再导入一次就写完，不重记。"""
    home = sheet.parent
    before = texts(home)
    filled(sheet, (DUE, 15), (CONTACT, "张三"))
    with monkeypatch.context() as patch:
        _interrupted(patch, name)
        assert ipm("settings", "import", sheet, "--why", "调整").status == 130
    halfway = texts(home)
    assert halfway[1] == before[1]
    assert (halfway[0] == before[0]) is (name == "measures.yaml")
    assert not [p for p in (home / "data").iterdir() if p.name.startswith(".ipm-")]
    assert "报送安排：报送时限：10 -> 15" in ipm("log").out
    told = ipm("settings", "import", sheet)
    assert told.status == 0
    assert "上次已记入台账而没有写完" in told.out
    plan = load_plan(Workspace(home))
    assert (plan.settings.due_days, plan.agencies[0].contact) == (15, "张三")
    with Ledger.open(ledger, read_only=True) as opened:
        assert len(opened.decisions(DecisionKind.SETTINGS)) == 1


def test_the_same_change_a_second_time_is_recorded_again(
    ipm: Run, home: Path, sheet: Path, ledger: Path, filled_later: Path
) -> None:
    """改过去、有人照旧的计划收过表、再改过去：是又一次改动，又记一笔。"""
    before = texts(home)
    filled(sheet, (DUE, 15))
    assert ipm("settings", "import", sheet).status == 0
    (home / "data" / "targets.yaml").write_bytes(before[1])
    assert ipm("ingest", filled_later).status == 0
    assert "已记入台账" in ipm("settings", "import", sheet).out
    with Ledger.open(ledger, read_only=True) as opened:
        assert len(opened.decisions(DecisionKind.SETTINGS)) == 2


@pytest.fixture
def filled_later(filled: Fill) -> Path:
    """后来收的一份报表。"""
    return filled("市市场监管局", "2023Q3", figures(I01="7.5"), name="后来.xlsx")


def test_a_ledger_that_cannot_be_written_stops_all(
    ipm: Run, home: Path, sheet: Path, ledger: Path
) -> None:
    """台账写不了，计划文件也不动。"""
    before = texts(home)
    ledger.write_bytes(b"")
    filled(sheet, (DUE, 15))
    assert ipm("settings", "import", sheet).status == 5
    assert texts(home) == before
    assert not [p for p in (home / "data").iterdir() if p.name.startswith(".ipm-")]


def test_changed_by_another_at_the_last_moment(
    ipm: Run, home: Path, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """核对以后、写以前，文件又被改了：不盖掉它，请再导入一次。"""
    targets = home / "data" / "targets.yaml"
    real = kept_plans.keep_plan

    def keep(*words: Any) -> Path:  # noqa: ANN401 - 照转
        targets.write_bytes(targets.read_bytes() + b"# x\n")
        return real(*words)

    monkeypatch.setattr(settings_import, "keep_plan", keep)
    told = ipm("settings", "import", filled(sheet, (DUE, 15)))
    assert (told.status, "刚刚被别人改了" in told.err) == (2, True)
    assert targets.read_bytes().endswith(b"# x\n")
    assert b"due_days: 10" in targets.read_bytes()


def test_a_full_disk_changes_nothing(
    ipm: Run, home: Path, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """旁边写不下：一个文件也不换。"""
    before = texts(home)
    filled(sheet, (DUE, 15), (CONTACT, "张三"))

    def full(path: Path) -> None:
        if path.name.endswith("-1.tmp") and path.parent.name == "data":
            raise OSError(28, "no space")

    monkeypatch.setattr(save, "_sync", full)
    told = ipm("settings", "import", sheet)
    assert (told.status, "磁盘已满" in told.err) == (6, True)
    assert texts(home) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows 没有这样的链接")
def test_linked_plan_files_stay_links(ipm: Run, home: Path, sheet: Path) -> None:
    """计划文件是链接的（放在共享盘上），写的是它指的那个文件，链接还在。"""
    targets, shared = home / "data" / "targets.yaml", home / "共享.yaml"
    targets.rename(shared)
    targets.symlink_to(shared)
    assert ipm("settings", "import", filled(sheet, (DUE, 15))).status == 0
    assert targets.is_symlink()
    assert b"due_days: 15" in shared.read_bytes()


def test_export_without_room_for_a_copy(ipm: Run, home: Path) -> None:
    """导出时留不下一份计划，照样导出；计划没有再改过的，照样导入。"""
    (home / "data" / "backup").write_text("占着")
    assert ipm("settings", "export").status == 0
    path = home / "办公室设定.xlsx"
    assert ipm("settings", "import", path).status == 0
    told = ipm("settings", "import", filled(path, (DUE, 15)))
    assert (told.status, "同名的文件" in told.err) == (6, True)
    assert b"due_days: 10" in texts(home)[1]


def test_help_of_the_group(ipm: Run) -> None:
    """不带参数就是说明；敲错了说有哪些。"""
    told = ipm("settings")
    assert told.status == 0
    assert "export" in told.out
    assert "import" in told.out
    assert ipm("settings", "--help").out == told.out
    wrong = ipm("settings", "exprot")
    assert (wrong.status, "没有命令 exprot，是否为 export" in wrong.err) == (2, True)
    for action in ("export", "import"):
        said = ipm("settings", action, "--help").out
        assert said.startswith(f"用法： ipm settings {action}")
        assert all(len(line.encode("gbk")) <= 80 for line in said.splitlines())
    told = ipm("settings", "import")
    assert (told.status, "缺少 文件" in told.err) == (2, True)


def test_an_old_format_is_read_too(ipm: Run, sheet: Path, home: Path) -> None:
    """另存成旧格式的也读得出。"""
    import xlwt  # noqa: PLC0415 - 只这里用

    source, old = load_workbook(io.BytesIO(sheet.read_bytes())), xlwt.Workbook()
    for page in source.worksheets:
        made = old.add_sheet(page.title)
        for row in page.iter_rows():
            for cell in row:
                if cell.value is not None:
                    made.write(cell.row - 1, cell.column - 1, cell.value)
    path = home / "旧.xls"
    old.save(str(path))
    told = ipm("settings", "import", path)
    assert (told.status, told.out) == (0, "旧.xls：与现在的设定相同，没有要改的\n")
