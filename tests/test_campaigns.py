"""各战役的小样：现在的程序全过，故意改坏的每一种都报得出失败。"""

import importlib
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[1] / "tools"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="战役要用 fork 和 wait4，Windows 上没有"),
]

# 坏法 → 用哪几份怪表、变异几份来试。
HOSTILE = {
    "no-limits": ("--only", "300 MiB 的一段文字"),
    "swallow": ("--only", "业务：季度"),
    "touch": ("--only", "业务：季度"),
    "slow": ("--only", "业务：季度空", "--seconds", "0.5"),
    "memory": ("--only", "业务：季度空", "--mib", "100"),
    "crash": ("--only", "业务：季度空"),
    "exit": ("--only", "业务：季度空"),
    "mend": ("--only", "数：全角"),
    "lose": ("--only", "平常的"),
}
FUZZ = {"touch": "24", "mend": "8", "lose": "8"}

# 台账的五个战役：小样怎么跑，每一种坏法用多大的样来试。
LEDGER = {
    "kill": ("--n", "4", "--files", "4"),
    "power": ("--n", "60", "--large", "20000"),
    "concurrent": ("--processes", "3", "--files", "2", "--rounds", "1", "--hold", "0"),
    "faults": ("--n", "30", "--large", "1000"),
    "bitrot": ("--n", "12"),
}
LEDGER_BAD = {
    ("kill", "late"): LEDGER["kill"],
    ("kill", "halves"): LEDGER["kill"],
    ("power", "off"): LEDGER["power"],
    ("power", "normal"): LEDGER["power"],
    ("power", "python"): LEDGER["power"],
    ("power", "late"): LEDGER["power"],
    ("concurrent", "nolock"): ("--processes", "4", "--files", "6", "--rounds", "3", "--hold", "0"),
    ("concurrent", "overwrite"): LEDGER["concurrent"],
    ("concurrent", "hasty"): ("--processes", "1", "--files", "1", "--rounds", "1", "--hold", "2"),
    ("faults", "nojournal"): LEDGER["faults"],
    ("faults", "swallow"): LEDGER["faults"],
    ("faults", "raw"): LEDGER["faults"],
    ("bitrot", "nochain"): ("--n", "30"),
    ("bitrot", "nostorage"): ("--n", "60"),
}


def campaign(name: str, *words: str) -> tuple[int, str, int]:
    """跑一个战役：退出码、打印的、失败了几份。"""
    done = subprocess.run(
        [sys.executable, str(TOOLS / f"{name}.py"), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    said = re.search(r"^(\d+) passed, (\d+) failed$", done.stdout, re.MULTILINE)
    assert said, done.stdout + done.stderr
    return done.returncode, done.stdout, int(said[2])


def test_there_are_at_least_two_hundred_hostile_files() -> None:
    done = subprocess.run(
        [sys.executable, str(TOOLS / "hostile.py"), "--list"],
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    names = done.stdout.splitlines()
    assert len(names) == len(set(names)) >= 200


def test_hostile_files_get_the_right_answer() -> None:
    status, said, failed = campaign("hostile", "--quick", "40")
    assert (status, failed) == (0, 0), said


def test_mutated_files_never_break_it() -> None:
    status, said, failed = campaign("fuzz", "--n", "60", "--seed", "7")
    assert (status, failed) == (0, 0), said


@pytest.mark.parametrize("bad", HOSTILE)
def test_a_bad_program_fails_the_hostile_campaign(bad: str) -> None:
    """换上改坏的程序，每一份都报失败。"""
    words = ("--jobs", "1", "--seeded-bad", bad, *HOSTILE[bad])
    status, said, failed = campaign("hostile", *words)
    assert (status, failed >= 1, "\n0 passed" in said) == (1, True, True), said


@pytest.mark.parametrize("bad", FUZZ)
def test_a_bad_program_fails_the_fuzz_campaign(bad: str) -> None:
    """前八份是没有改过的原表，数换了、丢了都看得出。"""
    status, said, failed = campaign("fuzz", "--n", FUZZ[bad], "--seeded-bad", bad)
    assert (status, failed >= 1) == (1, True), said


@pytest.mark.parametrize("name", LEDGER)
def test_the_ledger_survives(name: str) -> None:
    """被杀、断电、几个人一起收、磁盘满、翻一位：不丢、不坏、没有半份。"""
    status, said, failed = campaign(name, *LEDGER[name])
    skip_if_said(said)
    assert (status, failed, "\n0 passed" in said) == (0, 0, False), said


@pytest.mark.parametrize(("name", "bad"), LEDGER_BAD)
def test_a_bad_ledger_fails_its_campaign(name: str, bad: str) -> None:
    """换上改坏的台账，战役报得出失败。"""
    status, said, failed = campaign(name, *LEDGER_BAD[name, bad], "--seeded-bad", bad)
    skip_if_said(said)
    assert (status, failed >= 1) == (1, True), said


def test_every_bad_ledger_is_tried() -> None:
    """``tools/ledger_bad.py`` 里的坏法都试到。"""
    spec = importlib.util.spec_from_file_location("ledger_bad", TOOLS / "ledger_bad.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    known = {(name, bad) for name, kinds in module.BAD.items() for bad in kinds}
    assert known == LEDGER_BAD.keys()


def test_gaps_does_not_grow_with_other_quarters() -> None:
    """别的季度多了，``gaps`` 慢不到一倍半；上限定得到不了，就报失败。"""
    status, said, failed = campaign(
        "bench_ledger", "--sizes", "20,200", "--runs", "2", "--limit", "2"
    )
    assert (status, failed) == (0, 0), said
    status, said, failed = campaign(
        "bench_ledger", "--sizes", "20", "--runs", "1", "--limit", "0.1"
    )
    assert (status, failed) == (1, 1), said


def skip_if_said(said: str) -> None:
    """换不了 SQLite 存取层的 Python（静态连接的），战役自己说跳过。"""
    if "\n跳过：" in f"\n{said}":
        pytest.skip(said)


ONE = ("ipmeasures/quarter.py", "--only", "Quarter.__sub__")


def test_a_changed_program_is_found_out() -> None:
    """季度相减改坏哪一处，它的测试都发现。"""
    status, said, failed = campaign("mutate", *ONE)
    assert (status, failed, "\n0 passed" in said) == (0, 0, False), said


def test_without_tests_every_change_survives() -> None:
    """一个测试也不跑，就什么都发现不了：变异测试报得出。"""
    status, said, failed = campaign("mutate", *ONE, "--seeded-bad", "blind")
    assert (status, failed >= 1, "\n0 passed" in said) == (1, True, True), said


def test_every_explained_survivor_is_still_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """``docs/mutation.md`` 里说明过理由的每一处，程序里都还有，表里不留过时的。"""
    monkeypatch.syspath_prepend(str(TOOLS))
    mutate, mutants = importlib.import_module("mutate"), importlib.import_module("mutants")
    explained = mutate.explained()
    files = {file for file, _, _ in explained}
    known = {m.key for file in files for m in mutants.mutants_of(TOOLS.parent / file, file)}
    assert explained
    assert explained <= known, explained - known
