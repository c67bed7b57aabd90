"""变异测试：把判断的程序一处一处改坏，看测试发现不发现；发现不了的，不是少了测试，就要说明理由。

用法：``python tools/mutate.py [文件或文件夹…] [--only 字] [--sample 个数 --seed 数]``。不写文件的，是
``progress/``、``returns/number/`` 和 ``quarter.py`` 全部，约六分钟。每一处改动开一个子进程（fork），只跑用到
那个函数的测试，一有不过就算发现。活着的印出来；``docs/mutation.md`` 里说明过理由的不算。

``--seeded-bad blind`` 是故意改坏的样子：一个测试也不跑，什么都发现不了。
"""

import argparse
import contextlib
import io
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from mutants import Mutant, mutants_of, mutated

ROOT = Path(__file__).resolve().parents[1]
REASONS = ROOT / "docs" / "mutation.md"
# 哪些源文件由哪些测试管
TESTS = {
    "ipmeasures/progress": ("tests/progress",),
    "ipmeasures/returns/number": ("tests/returns/number", "tests/returns/test_figure.py"),
    "ipmeasures/quarter.py": ("tests/test_quarter.py",),
}
_ROW = re.compile(r"^\| `([^`]+)` \| `?([^`|]*)`? \| `(.+)` \| ")
_SECONDS = 60.0


def main() -> int:
    """跑一遍；有没有说明过理由的活着，退出码是 1。"""
    options = _options()
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT)]
    if options.one:
        return _one(options.one, options.files[0])
    groups = _grouped(options.files)
    chosen = [m for files, _ in groups for file in files for m in mutants_of(ROOT / file, file)]
    chosen = [m for m in chosen if not options.only or options.only in str(m)]
    if options.sample:
        picked = random.Random(options.seed).sample(chosen, min(options.sample, len(chosen)))  # noqa: S311 - 抽样不是密码
        chosen = sorted(picked, key=lambda m: (m.file, m.line, m.place))
    survivors: list[Mutant] = []
    for files, tests in groups:
        mine = [m for m in chosen if m.file in files]
        if mine:
            survivors += _survivors(mine, () if options.seeded_bad else tests)
    return _report(chosen, survivors)


def _options() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description="变异测试")
    arguments.add_argument("files", nargs="*", default=list(TESTS))
    arguments.add_argument("--only", default="", help="只跑说法里有这些字的")
    arguments.add_argument("--sample", type=int, default=0, help="只抽几个")
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--seeded-bad", choices=["blind"])
    arguments.add_argument("--one", help=argparse.SUPPRESS)
    return arguments.parse_args()


def _grouped(written: Iterable[str]) -> list[tuple[list[str], tuple[str, ...]]]:
    """要改的源文件，按管它们的测试分开。"""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for word in written:
        path = ROOT / word
        files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
        for file in files:
            name = file.relative_to(ROOT).as_posix()
            tests = next(tests for under, tests in TESTS.items() if name.startswith(under))
            found[tests].append(name)
    return [(files, tests) for tests, files in found.items()]


def _survivors(mutants: Sequence[Mutant], tests: tuple[str, ...]) -> list[Mutant]:
    """活着的。函数里的改动在装好一切的进程里 fork；模块里的、装模块时就用完了的，要从头装，各开一个进程。"""
    inside = [m for m in mutants if m.function]
    runner = _Runner(inside, blind=not tests)
    words = ["-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:terminal", "--capture=no"]
    status = pytest.main(
        [*words, *(tests or ("tests/test_quarter.py",))], plugins=[_Quick(), runner]
    )
    if status != pytest.ExitCode.OK:
        raise SystemExit(f"没有改动的程序，测试就不过（{status}）：{runner.broken}")
    outside = [*(m for m in mutants if not m.function), *runner.unused]
    return [*runner.survivors, *(m for m in outside if not (tests and _fresh(m, tests)))]


class _Quick:
    """pytest 插件：性质测试少试几个、次次一样。"""

    def pytest_configure(self) -> None:
        """装载 hypothesis 要等 pytest 装好自己的钩子。"""
        from hypothesis import HealthCheck, settings  # noqa: PLC0415 - 早了 pytest 会警告

        settings.register_profile(
            "mutate", max_examples=40, derandomize=True, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        settings.load_profile("mutate")


class _Runner:
    """pytest 插件：收集好测试以后，不照常跑，而是每个变异 fork 一次。"""

    def __init__(self, mutants: Sequence[Mutant], *, blind: bool) -> None:
        self.mutants, self.blind = mutants, blind
        self.survivors: list[Mutant] = []
        self.unused: list[Mutant] = []
        self.broken = ""
        self.users: dict[tuple[str, int], list[int]] = defaultdict(list)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """先照原样跑一遍，记下每个测试用到哪些函数；再逐个变异。"""
        if not self.blind and not self._baseline(session.items):
            return True
        for number, mutant in enumerate(self.mutants, 1):
            items = self._items(session.items, mutant)
            if not (items or self.blind):
                self.unused.append(mutant)
            elif self.blind or not _caught(mutant, items):
                self.survivors.append(mutant)
                print(f"活着 {mutant}", flush=True)
            if number % 50 == 0:
                print(f"…{number}/{len(self.mutants)}", file=sys.stderr, flush=True)
        return True

    def _baseline(self, items: Sequence[pytest.Item]) -> bool:
        wanted = {str(ROOT / m.file) for m in self.mutants}
        for place, item in enumerate(items):
            used: set[tuple[str, int]] = set()

            def note(frame: FrameType, event: str, _: object, used: Any = used) -> None:  # noqa: ANN401
                code = frame.f_code
                if event == "call" and code.co_filename in wanted:
                    used.add((code.co_filename, code.co_firstlineno))

            sys.setprofile(note)
            try:
                passed = _passes(item)
            finally:
                sys.setprofile(None)
            if not passed:
                self.broken = item.nodeid
                return False
            for each in used:
                self.users[each].append(place)
        return True

    def _items(self, items: Sequence[pytest.Item], mutant: Mutant) -> list[pytest.Item]:
        """用到那个函数的测试；同名的测试文件先跑，早一点发现。"""
        own = f"test_{Path(mutant.file).stem}.py"
        places = self.users.get((str(ROOT / mutant.file), mutant.starts), [])
        found = [items[place] for place in places]
        return sorted(found, key=lambda item: item.path.name != own)


def _passes(item: pytest.Item) -> bool:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return not any(report.failed for report in runtestprotocol(item, nextitem=None, log=False))


def _caught(mutant: Mutant, items: Sequence[pytest.Item]) -> bool:
    """在子进程里改坏、跑测试；不过、出错、超时都算发现。"""
    child = os.fork()
    if child == 0:
        os._exit(_in_child(mutant, items))
    deadline = time.monotonic() + _SECONDS + 2 * len(items)
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status != 0
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _in_child(mutant: Mutant, items: Sequence[pytest.Item]) -> int:
    try:
        _swap(mutant)
        return 0 if all(_passes(item) for item in items) else 1
    except BaseException:  # noqa: BLE001 - 改坏了的程序什么都会抛
        return 1


def _swap(mutant: Mutant) -> None:
    """把函数的代码换成改坏了的；别处拿着的是同一个函数，不用逐处去换。"""
    path = ROOT / mutant.file
    module = sys.modules[
        mutant.file.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    ]
    code = compile(mutated(path, mutant), str(path), "exec")
    holder: Any = module
    *classes, name = mutant.function.split(".")
    for each in classes:
        holder = vars(holder)[each]
    held = vars(holder)[name]
    if hasattr(held, "cache_clear"):
        held.cache_clear()  # 没有改坏时算好的不能留着
    function = _bare(held)
    function.__code__ = next(c for c in _codes(code) if c.co_qualname == function.__qualname__)


def _bare(held: Any) -> FunctionType:  # noqa: ANN401 - 函数、属性、带缓存的，样子各不相同
    for inner in ("fget", "__func__", "func", "__wrapped__"):
        held = getattr(held, inner, held)
    assert isinstance(held, FunctionType)  # noqa: S101 - 顶层的 def 只有这几样
    return held


def _codes(code: CodeType) -> Iterable[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _codes(inner)


def _fresh(mutant: Mutant, tests: tuple[str, ...]) -> bool:
    """模块里的改动：从头装的进程里跑；不过、出错、超时都算发现。"""
    place = ",".join(map(str, mutant.place))
    command = [sys.executable, __file__, mutant.file, "--one", f"{place}:{':'.join(tests)}"]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=10 * _SECONDS)
    except subprocess.TimeoutExpired:
        return True
    if done.returncode == 0:
        print(f"活着 {mutant}", flush=True)
    return done.returncode != 0


def _one(written: str, file: str) -> int:
    """从头装一个改坏了的模块，跑测试。"""
    place, *tests = written.split(":")
    mutant = next(
        m for m in mutants_of(ROOT / file, file) if m.place == tuple(map(int, place.split(",")))
    )
    sys.meta_path.insert(0, _Finder(mutant))
    return int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", *tests], plugins=[_Quick()]))


class _Finder:
    """装到要改的那个模块时，给改坏了的。"""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        name = mutant.file.removesuffix(".py").replace("/", ".")
        self.name = name.removesuffix(".__init__")

    def find_spec(self, name: str, path: object, target: object = None) -> Any:  # noqa: ANN401
        """导入机制的约定。"""
        from importlib.util import spec_from_file_location  # noqa: PLC0415 - 只有这里用

        del path, target
        if name != self.name:
            return None
        file = ROOT / self.mutant.file
        spec = spec_from_file_location(name, file)
        if spec is not None and spec.loader is not None:
            code = compile(mutated(file, self.mutant), str(file), "exec")
            spec.loader.get_code = lambda _: code  # type: ignore[attr-defined]
        return spec


def explained() -> set[tuple[str, str, str]]:
    """``docs/mutation.md`` 里说明过理由的。"""
    if not REASONS.exists():
        return set()
    rows = map(_ROW.match, REASONS.read_text("utf-8").splitlines())
    return {(row[1], row[2].strip(), row[3].replace("\\|", "|")) for row in rows if row}


def _report(chosen: Sequence[Mutant], survivors: Sequence[Mutant]) -> int:
    known = explained()
    loose = [m for m in survivors if m.key not in known]
    told = len(survivors) - len(loose)
    print(
        f"\n改了 {len(chosen)} 处：发现 {len(chosen) - len(survivors)}，活着 {len(survivors)}",
        end="",
    )
    print(f"（其中说明过理由的 {told}）")
    for mutant in loose:
        print(f"| `{mutant.file}` | `{mutant.function}` | `{mutant.said}` | ")
    print(f"{len(chosen) - len(loose)} passed, {len(loose)} failed")
    return 1 if loose else 0


if __name__ == "__main__":
    sys.exit(main())
