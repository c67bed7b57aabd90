"""两个战役的小样：现在的程序全过，故意改坏的每一种都报得出失败。"""

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
