"""存文件：要么是完整的新文件，要么还是原来的；旁边不留半截。"""

import errno
from pathlib import Path

import pytest

from ipmeasures.errors import CannotWrite
from ipmeasures.report.save import save, staged


def left(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_a_new_file_in_a_new_folder(tmp_path: Path) -> None:
    """文件夹没有就建；返回它的路径；旁边不留临时文件。"""
    path = tmp_path / "甲" / "乙" / "报告.md"
    assert save(path, b"abc") == path
    assert path.read_bytes() == b"abc"
    assert left(path.parent) == ["报告.md"]


def test_replacing_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    save(path, b"old")
    save(path, b"")
    assert (path.read_bytes(), left(tmp_path)) == (b"", ["a.md"])


def test_a_name_as_long_as_allowed(tmp_path: Path) -> None:
    """名字长到头的文件也存得下：临时文件的名字不更长。"""
    path = tmp_path / ("a" * 250 + ".md")
    assert save(path, b"x").exists()


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "文件正被打开或文件夹只读"),
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
        (OSError(errno.EROFS, "Read-only file system"), "磁盘是只读的"),
        (OSError(errno.ENAMETOOLONG, "File name too long"), "文件名太长"),
        (OSError(errno.EIO, "Input/output error"), f"系统拒绝（错误号 {errno.EIO}）"),
        (OSError("strange"), "系统拒绝"),
    ],
)
def test_a_failure_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: OSError, said: str
) -> None:
    """写不进：一行中文说为什么、怎么办；原来的文件不动，不留临时文件。"""
    path = tmp_path / "报告.md"
    path.write_bytes(b"old")
    real = Path.write_bytes

    def fail(self: Path, content: object) -> int:
        if step == "write_bytes":
            real(self, b"half")
        del content
        raise error

    monkeypatch.setattr(Path, step, fail)
    with pytest.raises(CannotWrite, match=said) as caught:
        save(path, b"new")
    monkeypatch.undo()
    assert (path.read_bytes(), left(tmp_path)) == (b"old", ["报告.md"])
    assert str(path) in str(caught.value)
    assert str(error.strerror) not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    """路上有同名的文件，或那里是文件夹，说的也是中文。"""
    (tmp_path / "甲").write_bytes(b"")
    for path in (tmp_path / "甲" / "a.md", tmp_path / "甲" / "乙" / "a.md"):
        with pytest.raises(CannotWrite, match="同名的文件或文件夹"):
            save(path, b"x")
    (tmp_path / "a.md").mkdir()
    with pytest.raises(CannotWrite, match="同名的文件或文件夹"):
        save(tmp_path / "a.md", b"x")
    assert left(tmp_path) == ["a.md", "甲"]


def test_interrupted_halfway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """写到一半被中断，也不留半截。"""

    def stop(*_: object) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        save(tmp_path / "a.md", b"x")
    assert left(tmp_path) == []


def test_what_cannot_be_cleaned_is_no_second_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """连临时文件都删不掉的，报的还是原来的错。"""

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "replace", denied)
    monkeypatch.setattr(Path, "unlink", denied)
    with pytest.raises(CannotWrite, match="文件夹只读"):
        save(tmp_path / "a.md", b"x")


def test_several_files_together(tmp_path: Path) -> None:
    """几个文件一起写：叫它换名才换；不叫的、中途出错的，原来的都在，旁边什么也不留。"""
    one, two = tmp_path / "一", tmp_path / "夹" / "二"
    save(one, b"old")
    with staged({one: b"1", two: b"2"}):
        assert one.read_bytes() == b"old"
    assert (one.read_bytes(), left(tmp_path), left(two.parent)) == (b"old", ["一", "夹"], [])
    with staged({one: b"1", two: b"2"}) as put:
        put()
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")
    assert (left(tmp_path), left(two.parent)) == (["一", "夹"], ["二"])
    (tmp_path / "三").write_bytes(b"")
    with pytest.raises(CannotWrite, match="同名"), staged({one: b"x", tmp_path / "三" / "四": b""}):
        pass
    assert (one.read_bytes(), left(tmp_path)) == (b"1", ["一", "三", "夹"])
