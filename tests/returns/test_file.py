"""收到的文件：文件夹里取表格，读不到的说清为什么，一个也不悄悄漏掉。"""

import os
from pathlib import Path

import pytest

from ipmeasures.problem import Problem
from ipmeasures.returns import file
from ipmeasures.returns.file import find_files, read_file
from ipmeasures.returns.workbook.limits import MAX_FILE

CODES = {"file_unreadable", "file_busy", "file_too_large"}


def refusal(path: Path) -> Problem:
    """读不到的问题。"""
    found = read_file(path)
    assert isinstance(found, Problem)
    assert found.fix
    return found


def put(folder: Path, *names: str) -> None:
    """在文件夹里放几个文件。"""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_a_folder_gives_its_tables_in_order(tmp_path: Path) -> None:
    """一层一层往下取表格，按名称排；各种后缀、大小写都算。"""
    put(tmp_path, "乙.xlsx", "甲.XLSX", "下/丙.xls", "下/再下/丁.et", "戊.csv", "己.xlsm")
    found, said = find_files([tmp_path])
    assert {path.name for path in found} == {"乙.xlsx", "甲.XLSX", "丙.xls", "丁.et", "戊.csv", "己.xlsm"}  # fmt: skip
    assert found == sorted(found)
    assert said == []


def test_temporary_and_other_files_are_skipped_by_name(tmp_path: Path) -> None:
    """打开时留下的临时文件、不是表格的文件：跳过，用一行话点名。"""
    put(tmp_path, "甲.xlsx", "~$甲.xlsx", ".~lock.甲.xlsx#", ".~甲.xlsx", "说明.docx")
    found, (skipped,) = find_files([tmp_path])
    said = skipped.line
    assert [path.name for path in found] == ["甲.xlsx"]
    assert said.startswith("[跳过] ")
    assert (skipped.files, "4 个" in said) == (4, True)
    assert all(name in said for name in ("~$甲.xlsx", ".~lock.甲.xlsx#", ".~甲.xlsx", "说明.docx"))
    assert "等" not in said


def test_a_long_list_of_skipped_files_is_cut(tmp_path: Path) -> None:
    """跳过的多了，点五个名，说一共几个。"""
    put(tmp_path, "甲.xlsx", *(f"{n}.docx" for n in range(7)))
    (said,) = find_files([tmp_path])[1]
    assert "7 个" in said.line
    assert "4.docx等" in said.line


def test_a_folder_of_none_says_so(tmp_path: Path) -> None:
    """文件夹里没有表格：说一声。"""
    found, (said,) = find_files([tmp_path])
    assert (found, said.files) == ([], 0)
    assert said.line == f"{tmp_path}：文件夹里没有表格"


def test_named_files_are_taken_once_whatever_their_name(tmp_path: Path) -> None:
    """点名给的文件不看后缀；同一个文件只收一次；没有的也留着，读时再说。"""
    put(tmp_path, "甲.xlsx", "乙.dat")
    given = [tmp_path / "乙.dat", tmp_path, tmp_path / "甲.xlsx", tmp_path / "无.xlsx"]
    found, _ = find_files(given)
    assert [path.name for path in found] == ["乙.dat", "甲.xlsx", "无.xlsx"]


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    """读到的就是文件的字节。"""
    put(tmp_path, "甲.xlsx")
    assert read_file(tmp_path / "甲.xlsx") == b"x"


@pytest.mark.parametrize("name", ["无.xlsx", "长" * 200 + ".xlsx", "a\0b.xlsx"])
def test_a_path_to_nothing_is_unreadable(tmp_path: Path, name: str) -> None:
    """没有的、名称过长的、不成立的路径：都有答复，不出错。"""
    found, said = find_files([tmp_path / name])
    assert (len(found), said) == (1, [])
    problem = refusal(found[0])
    assert problem.code == "file_unreadable"
    assert ("没有这个文件" in problem.message) == (name == "无.xlsx")


def test_a_pipe_or_a_folder_is_not_opened(tmp_path: Path) -> None:
    """管道不去读（一读就永远等着），文件夹也不是文件。"""
    os.mkfifo(tmp_path / "管道.xlsx")
    for path in (tmp_path / "管道.xlsx", tmp_path):
        assert "普通文件" in refusal(path).message


def test_a_large_file_is_refused_unopened(tmp_path: Path) -> None:
    """超过上限的不打开；说的大小进一位，不会说“30 MB 超过 30 MB”。"""
    path = tmp_path / "大.xlsx"
    with path.open("wb") as out:
        out.truncate(MAX_FILE + 1)
    found = refusal(path)
    assert (found.code, "31 MB，超过 30 MB" in found.message) == ("file_too_large", True)
    os.truncate(path, 5)
    assert read_file(path) == b"\0" * 5


@pytest.mark.parametrize(("readable", "code"), [(True, "file_busy"), (False, "file_unreadable")])
def test_no_access_is_busy_or_forbidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, *, readable: bool
) -> None:
    """有权限而打不开是正被 Excel 占用；没有权限是另一回事，改法不同。"""
    put(tmp_path, "甲.xlsx")

    def denied(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", denied)
    monkeypatch.setattr(file.os, "access", lambda *_: readable)
    assert refusal(tmp_path / "甲.xlsx").code == code


def test_a_failing_disk_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """磁盘读错。"""
    put(tmp_path, "甲.xlsx")

    def broken(_: Path) -> bytes:
        raise OSError(5, "I/O error")

    monkeypatch.setattr(Path, "read_bytes", broken)
    assert "打不开" in refusal(tmp_path / "甲.xlsx").message


def test_a_file_changing_under_the_reader_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """读的时候还在变（正在保存、正在复制）：不收半份。"""
    path = tmp_path / "甲.xlsx"
    put(tmp_path, path.name)
    read = Path.read_bytes

    def growing(self: Path) -> bytes:
        content = read(self)
        with self.open("ab") as out:
            out.write(b"more")
        return content

    monkeypatch.setattr(Path, "read_bytes", growing)
    assert refusal(path).code == "file_busy"
