"""工作文件夹怎么找。"""

from pathlib import Path

import pytest

from ipmeasures.errors import UsageError
from ipmeasures.workspace import Workspace, find_workspace


def make(folder: Path) -> Path:
    """一个工作文件夹。"""
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "measures.yaml").write_text("", "utf-8")
    return folder


def test_home_comes_first_then_environment_then_upward(tmp_path: Path) -> None:
    """先 ``--home``，再 ``IPM_HOME``，再从当前文件夹往上找最近的一个。"""
    named, set_, here = (make(tmp_path / name) for name in ("甲", "乙", "丙"))
    deep = here / "a" / "b"
    deep.mkdir(parents=True)
    environ = {"IPM_HOME": str(set_)}
    assert find_workspace(named, environ, deep).root == named
    assert find_workspace(None, environ, deep).root == set_
    assert find_workspace(None, {}, deep).root == here
    assert find_workspace(None, {"IPM_HOME": ""}, deep).root == here
    inner = make(here / "a")
    assert find_workspace(None, {}, deep).root == inner


@pytest.mark.parametrize("how", ["home", "environ"])
def test_named_folder_must_be_a_workspace(how: str, tmp_path: Path) -> None:
    """点名的文件夹不是工作文件夹就说，不悄悄换成别的。"""
    here = make(tmp_path / "here")
    home = tmp_path / "空" if how == "home" else None
    environ = {"IPM_HOME": str(tmp_path / "空")} if how == "environ" else {}
    with pytest.raises(UsageError, match=r"空 不是工作文件夹（缺 data/measures.yaml）.*ipm init"):
        find_workspace(home, environ, here)


def test_nowhere(tmp_path: Path) -> None:
    """哪里都没有，说怎么办。"""
    with pytest.raises(UsageError, match=r"请进入工作文件夹，或用 ipm init 新建一个"):
        find_workspace(None, {}, tmp_path)


def test_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``~`` 展开。"""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    make(tmp_path / "w")
    assert find_workspace(Path("~/w"), {}, tmp_path).root == tmp_path / "w"


def test_where_things_are() -> None:
    """各在哪里，照约定 §1。"""
    place = Workspace(Path("w"))
    names = ("measures", "targets", "plan_stamp", "ledger", "templates", "forms", "reports")
    assert [getattr(place, name).as_posix() for name in names] == [
        "w/data/measures.yaml", "w/data/targets.yaml", "w/data/.plan-checked", "w/data/ledger.db",
        "w/templates", "w/forms", "w/reports",
    ]  # fmt: skip
