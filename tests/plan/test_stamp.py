"""检查过的计划记一份：快，但绝不因此用错计划。"""

import json
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest

from ipmeasures.errors import PlanInvalid
from ipmeasures.plan import stamp
from ipmeasures.plan.load import load_plan, plan_digest, plan_sources
from ipmeasures.workspace import Workspace
from tests.plan import MEASURES, TARGETS, once, real_plan, workspace

HEAVY = ("pydantic", "yaml", "openpyxl", "ipmeasures.plan.check", "ipmeasures.plan.schema")
LOAD = f"""
import sys
from pathlib import Path
from ipmeasures.plan.load import load_plan
from ipmeasures.workspace import Workspace
load_plan(Workspace(Path(sys.argv[1])))
print([name for name in {HEAVY!r} if name in sys.modules])
"""


def _forge(place: Workspace, body: bytes) -> None:
    place.plan_stamp.write_bytes(b"%d\n%s" % (zlib.crc32(body), body))


def _stamped(place: Workspace) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(place.plan_stamp.read_bytes().partition(b"\n")[2])
    return body


@pytest.mark.slow
def test_second_load_imports_nothing_heavy(tmp_path: Path) -> None:
    """没有改动的计划，第二次装载不付 pydantic 和 yaml 的启动时间。"""
    workspace(tmp_path)
    said = [
        subprocess.run(
            [sys.executable, "-c", LOAD, str(tmp_path)], check=True, capture_output=True, text=True
        ).stdout.strip()
        for _ in range(2)
    ]
    assert "pydantic" in said[0]
    assert said[1] == "[]"


def test_same_plan_from_the_stamp(tmp_path: Path) -> None:
    """记下的一份造出的计划，与当场检查造出的相同。"""
    place = workspace(tmp_path)
    first = load_plan(place)
    assert place.plan_stamp.is_file()
    assert load_plan(place) == first == real_plan()


def test_stale_stamp_does_not_hide_a_mistake(tmp_path: Path) -> None:
    """改过的文件当场重查：错了要说，对了用新的。"""
    place = workspace(tmp_path)
    load_plan(place)
    workspace(tmp_path, targets=once(TARGETS, "target: 10.02", "target: 1"))
    with pytest.raises(PlanInvalid):
        load_plan(place)
    workspace(tmp_path, targets=once(TARGETS, "target: 10.02", "target: 11"))
    assert str(load_plan(place).indicators[0].target) == "11"


def test_stamp_of_another_version_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """程序换了版本，检查也许更严了：重查一遍。"""
    place = workspace(tmp_path)
    monkeypatch.setattr(stamp, "__version__", "0.0.1")
    load_plan(place)
    monkeypatch.undo()
    assert stamp.read_stamp(place.plan_stamp, *plan_sources(place)) is None
    assert load_plan(place) == real_plan()


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"abc", b"12\n{}", b"1" * 5000 + b"\n", b"0\n", b"2745614147\n{}"]
)
def test_damaged_stamp_is_harmless(content: bytes, tmp_path: Path) -> None:
    """记录坏了、不是这个格式：照没有检查过办，并写好新的一份。"""
    place = workspace(tmp_path)
    place.plan_stamp.write_bytes(content)
    assert load_plan(place) == real_plan()
    assert place.plan_stamp.read_bytes() != content


def test_one_flipped_bit_is_noticed(tmp_path: Path) -> None:
    """坏了一位的记录不用：10.02 不会变成 11.02。"""
    place = workspace(tmp_path)
    load_plan(place)
    content = place.plan_stamp.read_bytes()
    place.plan_stamp.write_bytes(content.replace(b'"10.02"', b'"11.02"'))
    assert load_plan(place) == real_plan()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("trees", []),
        ("trees", ["x", "y"]),
        ("trees", [{}, {}]),
        ("trees", None),
        ("document", "x"),
        ("indicators", [{"id": "I01", "office": "x"}]),
        ("baseline", "x"),
        ("digest", None),
    ],
)
def test_forged_stamp_of_the_wrong_shape_is_harmless(
    key: str, value: object, tmp_path: Path
) -> None:
    """校验对而形状不对的记录：照没有检查过办，不崩溃。"""
    place = workspace(tmp_path)
    load_plan(place)
    stamped = _stamped(place)
    if key == "document":
        stamped["trees"][0]["document"] = value
    elif key == "indicators":
        stamped["trees"][1]["indicators"] = value
    elif key == "baseline":
        stamped["trees"][1]["indicators"][0]["baseline"] = value
    elif value is None:
        del stamped[key]
    else:
        stamped[key] = value
    _forge(place, json.dumps(stamped).encode())
    assert load_plan(place) == real_plan()


def test_forged_stamp_nested_too_deep_is_harmless(tmp_path: Path) -> None:
    """套得耗尽调用栈的记录也只是不用。"""
    place = workspace(tmp_path)
    _forge(place, b"[" * 100_000)
    assert load_plan(place) == real_plan()


def test_unwritable_folder_is_harmless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """记不下来（只读的文件夹）不要紧，下次再检查一遍；不留下半个文件。"""
    place = workspace(tmp_path)
    place.plan_stamp.mkdir()
    assert load_plan(place) == load_plan(place) == real_plan()
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == [
        ".plan-checked", "measures.yaml", "targets.yaml",
    ]  # fmt: skip

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "write_bytes", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    assert load_plan(place) == real_plan()


def test_digest_tells_the_files_apart() -> None:
    """摘要认得内容和次序，不认换行的写法。"""
    measures, targets = MEASURES.encode(), TARGETS.encode()
    digest = plan_digest(measures, targets)
    assert digest == plan_digest(measures.replace(b"\n", b"\r\n"), targets)
    assert digest != plan_digest(targets, measures)
    assert digest != plan_digest(measures + targets, b"")
