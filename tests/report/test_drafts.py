"""人改过的文件从不覆盖；没有改过的可以重写。"""

import json
from pathlib import Path

import pytest

from ipmeasures.errors import CannotWrite
from ipmeasures.report.drafts import Kept, drafted, next_draft, save_written, standing

LIST = ".ipm-written.json"


def test_how_a_place_stands(tmp_path: Path) -> None:
    """没有文件、内容相同、本程序写的、人改过：四种情形分清。"""
    path = tmp_path / "报告.docx"
    assert standing(path, b"1") is Kept.NEW
    save_written(path, b"1")
    assert standing(path, b"1") is Kept.SAME
    assert standing(path, b"2") is Kept.REPLACED
    path.write_bytes(b"edited")
    assert standing(path, b"2") is Kept.EDITED
    assert standing(path, b"edited") is Kept.SAME


def test_what_we_did_not_write_is_somebodys(tmp_path: Path) -> None:
    """不是本程序写的、记不清的、读不出的，都当人改过的。"""
    path = tmp_path / "a.md"
    path.write_bytes(b"theirs")
    assert standing(path, b"1") is Kept.EDITED
    folder = tmp_path / "b.md"
    folder.mkdir()
    assert standing(folder, b"1") is Kept.EDITED
    save_written(tmp_path / "c.md", b"1")
    for broken in ("{", "[]", "null", '{"c.md": 1}'):
        (tmp_path / LIST).write_text(broken, "utf-8")
        assert standing(tmp_path / "c.md", b"2") is Kept.EDITED


def test_one_list_for_all_files_of_a_folder(tmp_path: Path) -> None:
    """一个文件夹一份记录，先写的不丢；中文名照写。"""
    save_written(tmp_path / "甲.md", b"1")
    save_written(tmp_path / "乙.md", b"2")
    assert sorted(json.loads((tmp_path / LIST).read_text("utf-8"))) == ["乙.md", "甲.md"]
    assert standing(tmp_path / "甲.md", b"3") is Kept.REPLACED


def test_the_next_draft_is_never_an_edited_one(tmp_path: Path) -> None:
    """人改过的旁边写第2稿；第2稿也改过的写第3稿；没有改过的那一稿接着用。"""
    path = tmp_path / "2023Q2-进展报告.docx"
    path.write_bytes(b"edited")
    second = next_draft(path)
    assert second.name == "2023Q2-进展报告-第2稿.docx"
    save_written(second, b"draft")
    assert next_draft(path) == second
    second.write_bytes(b"edited too")
    assert next_draft(path).name == "2023Q2-进展报告-第3稿.docx"
    assert (path.read_bytes(), second.read_bytes()) == (b"edited", b"edited too")


def test_writing_again_and_again_keeps_every_edit(tmp_path: Path) -> None:
    """照报告命令的做法反复写、反复改，改过的一个都不丢。"""
    path, edits = tmp_path / "a.md", []
    for n in range(6):
        content = f"ours {n}".encode()
        place = next_draft(path) if standing(path, content) is Kept.EDITED else path
        save_written(place, content)
        if n % 2:
            place.write_bytes(f"edit {n}".encode())
            edits.append((place, f"edit {n}".encode()))
    assert len(edits) == 3
    assert all(place.read_bytes() == content for place, content in edits)


def test_where_it_was_written_is_said(tmp_path: Path) -> None:
    """存在哪里；人改过的没有覆盖，也说。"""
    path = tmp_path / "清单.xlsx"
    assert drafted(path, b"1") == str(path)
    path.write_bytes(b"edited")
    second = tmp_path / "清单-第2稿.xlsx"
    assert drafted(path, b"2") == f"{second}（清单.xlsx 已有人改过，没有覆盖）"
    assert (path.read_bytes(), second.read_bytes()) == (b"edited", b"2")


def test_no_room_is_said_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "甲").write_bytes(b"")
    with pytest.raises(CannotWrite, match="写不进"):
        save_written(tmp_path / "甲" / "a.md", b"1")
