"""每个写文件的命令：在旁边写好再换名，写不进去原来的不动；人改过的从不覆盖。"""

import errno
from pathlib import Path

import pytest

from tests.commands.conftest import Fill, Run, figures

BUREAU = "市市场监管局"
WRITERS = {
    "空表": (("form", "--quarter", "2023Q3", "--agency", BUREAU), "forms/2023Q3/2023Q3-市市场监管局.xlsx"),
    "汇总表": (("form", "--quarter", "2023Q3", "--consolidated"), "forms/2023Q3/2023Q3-汇总表.xlsx"),
    "分解表": (("plan", "--format", "xlsx"), "reports/任务分解表.xlsx"),
    "清单": (("gaps", "--format", "xlsx"), "reports/2023Q2-滞后清单.xlsx"),
    "逗号表": (("gaps", "--format", "csv", "--out", "{home}/差距.csv"), "差距.csv"),
    "报告": (("report", "--year", "2023", "--format", "md"), "reports/2023Q2-进展报告.md"),
    "公文": (("report", "--year", "2023", "--format", "docx"), "reports/2023Q2-进展报告.docx"),
    "设定": (("settings", "export"), "办公室设定.xlsx"),
    "网页": (("report", "--year", "2023", "--format", "html"), "reports/2023Q2-进展报告.html"),
    "报告表": (("report", "--year", "2023", "--format", "xlsx"), "reports/2023Q2-进展报告.xlsx"),
}  # fmt: skip
writers = pytest.mark.parametrize(("words", "name"), WRITERS.values(), ids=WRITERS)
TROUBLES = {
    "磁盘满": (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
    "只读的文件夹": (PermissionError(errno.EACCES, "Permission denied"), "文件夹只读"),
    "只读的磁盘": (OSError(errno.EROFS, "Read-only file system"), "磁盘是只读的"),
}
troubles = pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
Trouble = tuple[OSError, str]


@pytest.fixture
def reported(ipm: Run, filled: Fill) -> Run:
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20")))
    return ipm


def at(home: Path, words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.format(home=home) for word in words)


def everything(folder: Path) -> dict[Path, bytes]:
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def no_room(monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    """写文件写到一半出错；台账不走这里，照常。"""
    real = Path.write_bytes

    def fail(self: Path, content: bytes) -> int:
        if not self.name.startswith(".plan"):
            real(self, content[:10])
            raise error
        return real(self, content)

    monkeypatch.setattr(Path, "write_bytes", fail)


@writers
@troubles
def test_no_room_keeps_the_old_file(  # noqa: PLR0917 - 两张表的列
    reported: Run,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    name: str,
    trouble: Trouble,
) -> None:
    """写不进去：退出码 6，一行说哪个文件、为什么；旧的不动，不留半截。"""
    assert reported(*at(home, words)).status == 0
    before = everything(home)
    assert home / name in before
    no_room(monkeypatch, trouble[0])
    told = reported(*at(home, words))
    monkeypatch.undo()
    assert told.status == 6
    # Markdown 先存它的图，所以说的可能是图
    assert f"写不进 {(home / name).with_suffix('')}" in told.err
    assert trouble[1] in told.err
    assert told.err.count("\n") == 1
    assert everything(home) == before


@writers
def test_nothing_over_what_a_person_changed(
    reported: Run, home: Path, words: tuple[str, ...], name: str
) -> None:
    """人改过的、人自己放在那里的：一个字节不动；空表说没有覆盖，别的写成第2稿。"""
    path = home / name
    for theirs in (b"theirs from the start", b"edited later"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(theirs)
        told = reported(*at(home, words))
        assert told.status == 0
        assert path.read_bytes() == theirs
        second = path.with_name(f"{path.stem}-第2稿{path.suffix}")
        assert "没有覆盖" in told.out
        assert second.exists() is (words[0] != "form")
        path.unlink()
        assert reported(*at(home, words)).status == 0
        assert path.read_bytes() != theirs


@troubles
def test_no_room_for_the_answer(
    ipm: Run,
    filled: Fill,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Trouble,
) -> None:
    """退回表、回执写不进 --out：说没有写出答复、为什么，退出码 6；收没收下照实说，不留半截。"""
    bad = filled(BUREAU, "2023Q2", figures(I01="约8"))
    good = filled(BUREAU, "2023Q3", figures(I01="7.2"))
    no_room(monkeypatch, trouble[0])
    for path, outcome, kind in ((bad, "退回", "反馈"), (good, "入库", "回执")):
        told = ipm("ingest", path, "--out", tmp_path / "答复")
        assert told.status == 6
        assert told.out.startswith(f"[{outcome}] ")
        assert f"没有写出答复：写不进 {tmp_path / '答复'}" in told.err
        assert trouble[1] in told.err
        assert kind in told.err
    monkeypatch.undo()
    assert everything(tmp_path / "答复") == {}


def test_init_over_somebodys_files(ipm: Run, tmp_path: Path) -> None:
    """新建的文件夹里已有改过的计划或模板：一个也不放，点名；一样的不碍事，补齐就是。"""
    root = tmp_path / "新"
    assert ipm("init", root).status == 0
    (root / "data" / "measures.yaml").unlink()
    (root / "templates" / "report.md.j2").write_text("办公室改过", "utf-8")
    (root / "data" / "targets.yaml").write_text("settings:", "utf-8")
    before = everything(root)
    told = ipm("init", root)
    assert told.status == 2
    assert "targets.yaml" in told.err
    assert "report.md.j2" in told.err
    assert "report.docx" not in told.err
    assert everything(root) == before
    for name in ("templates/report.md.j2", "data/targets.yaml"):
        (root / name).unlink()
    assert ipm("init", root).status == 0
    assert ipm("check", "--home", root).status == 0


def test_init_where_something_is_in_the_way(ipm: Run, tmp_path: Path) -> None:
    """那里是同名的文件夹：不动它，说出来。"""
    (tmp_path / "data" / "targets.yaml").mkdir(parents=True)
    told = ipm("init", tmp_path)
    assert told.status == 2
    assert "targets.yaml" in told.err
    assert not (tmp_path / "data" / "measures.yaml").exists()


def test_init_where_a_file_has_the_name_of_a_folder(ipm: Run, tmp_path: Path) -> None:
    """该建文件夹的地方有个同名的文件：不动它，一句中文，退出码 6。"""
    (tmp_path / "forms").write_text("别的", "utf-8")
    told = ipm("init", tmp_path)
    assert told.status == 6
    assert "同名的文件或文件夹" in told.err
    assert (tmp_path / "forms").read_text("utf-8") == "别的"


@troubles
def test_no_room_for_a_workspace(
    ipm: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Trouble
) -> None:
    """建到一半写不进去：说为什么；计划最后才放，腾出地方再来一次就好。"""
    root = tmp_path / "新"
    no_room(monkeypatch, trouble[0])
    told = ipm("init", root)
    monkeypatch.undo()
    assert told.status == 6
    assert trouble[1] in told.err
    assert not (root / "data" / "measures.yaml").exists()
    assert ipm("init", root).status == 0
