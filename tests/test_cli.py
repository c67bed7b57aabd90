"""命令行的边界：怎么敲错都说中文，没有 traceback，退出码照约定。"""

import subprocess
import sys
from pathlib import Path

import pytest

import ipmeasures.commands.gaps as gaps_command
from ipmeasures.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gapz"], "没有命令 gapz，是否为 gaps"),
        (["gaps", "--quater", "2023Q2"], "没有选项 --quater"),
        (["gaps", "--quarter"], "选项 --quarter 后面缺少内容"),
        (["gaps", "--format", "pdf"], "--format 的值不对，可填 table、json、csv、xlsx"),
        (["explain", "I01", "M01"], "多了参数 M01"),
        (["explain"], "缺少 "),
        (["gaps", "多余"], "多了参数"),
        (["send-back", "2023Q2-0001"], "缺少 --why"),
        (["report", "--year", "二三"], "--year 的值不对"),
    ],
)
def test_usage_mistakes_are_told_in_chinese(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """命令敲错：退出码 2，一句中文，指到帮助。"""
    assert main(words) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert "--help" in told.err
    assert "Error" not in told.err


def test_help_is_chinese_and_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """总帮助列出全部命令，没有英文的套话。"""
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    assert all(name in text for name in COMMANDS)
    assert main([]) == 0
    assert capsys.readouterr().out == text
    for english in ("Usage", "Options", "Commands", "Show this message"):
        assert english not in text


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """每条命令都有中文帮助。"""
    assert main([command, "--help"]) == 0
    text = capsys.readouterr().out
    assert "用法：" in text
    for english in ("Usage", "Options:", "Arguments:", "Show this message", "default:"):
        assert english not in text


def test_every_command_stands_in_the_readme() -> None:
    """README 里每条命令都有。"""
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"ipm {name}" not in readme] == []


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """--version 只说版本。"""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("ipm ")


def test_home_may_stand_before_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--home 写在命令前后都一样。"""
    assert main(["--home", str(tmp_path), "gaps"]) == 2
    before = capsys.readouterr().err
    assert main([f"--home={tmp_path}", "gaps"]) == 2
    assert capsys.readouterr().err == before


class _Panic(BaseException):
    """有的库抛出的不是 Exception。"""


@pytest.mark.parametrize("bug", [ZeroDivisionError("x"), _Panic(), RecursionError()])
def test_a_bug_becomes_one_line_and_a_log(
    bug: BaseException,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """程序的意外：一句中文和日志的路径，退出码 70。"""

    def broken(*_: object, **__: object) -> None:
        raise bug

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(gaps_command, "open_desk", broken)
    assert main(["gaps"]) == 70
    said = capsys.readouterr().err
    assert "Traceback" not in said
    (log,) = (tmp_path / ".ipm").iterdir()
    assert str(log) in said
    assert type(bug).__name__ in log.read_text("utf-8")


def test_interrupted(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """按了 Ctrl+C：退出码 130。"""

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(gaps_command, "open_desk", stopped)
    assert main(["gaps"]) == 130
    assert "已中断" in capsys.readouterr().err


def _loaded(home: Path, *words: str) -> set[str]:
    code = (
        "import sys; from ipmeasures.cli import main; "
        f"main({[*words, '--home', str(home)]!r}); print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True, encoding="utf-8"
    )
    return set(done.stderr.split())


@pytest.mark.slow
def test_gaps_loads_only_its_own_stage(tmp_path: Path) -> None:
    """Gaps 不装载 pydantic、openpyxl、docxtpl、yaml、rich，也不装载写报告的：启动要快。"""
    main(["init", str(tmp_path / "w")])
    _loaded(tmp_path / "w", "check")
    modules = _loaded(tmp_path / "w", "gaps", "--quarter", "2023Q2")
    heavy = {"pydantic", "openpyxl", "docxtpl", "docx", "xlrd", "yaml", "jinja2", "rich", "lxml"}
    others = {
        f"ipmeasures.report.{name}" for name in ("rows", "parts", "amounts", "drafts", "view")
    }
    assert modules & (heavy | others) == set()


@pytest.mark.slow
def test_a_gbk_console_never_stops_the_program(tmp_path: Path) -> None:
    """控制台是 GBK 时照样打印。"""
    main(["init", str(tmp_path / "w")])
    command = [sys.executable, "-m", "ipmeasures", "plan", "--home", str(tmp_path / "w")]
    done = subprocess.run(
        command, capture_output=True, check=False, env={"PYTHONIOENCODING": "gbk", "PATH": ""}
    )
    assert done.returncode == 0, done.stderr
    assert "主要指标" in done.stdout.decode("gbk")


@pytest.mark.slow
def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    """接到 head 一类的命令，对方先关了，也不出 traceback。"""
    main(["init", str(tmp_path / "w")])
    line = f"{sys.executable} -m ipmeasures plan --home {tmp_path / 'w'} | head -1"
    done = subprocess.run(["bash", "-c", line], capture_output=True, check=False, text=True)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
