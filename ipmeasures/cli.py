"""命令清单（用到才装载）和唯一的出错边界；不懂业务。"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from importlib import import_module
from typing import TextIO

import typer
from typer._click.core import Command, Context
from typer._click.exceptions import ClickException
from typer._click.formatting import HelpFormatter
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info
from typer.models import CommandInfo

from ipmeasures import __version__
from ipmeasures.errors import IpmError

Listed = Mapping[str, tuple[str | Callable[..., object], str]]

COMMANDS: Listed = {
    "init": ("start", "新建工作文件夹，带上计划和模板"),
    "demo": ("demo", "在一个新文件夹里把整套工作演示一遍"),
    "check": ("check", "检查计划文件，列出公文自身的矛盾"),
    "plan": ("plan", "看计划：指标、措施、任务、里程碑、分工"),
    "form": ("form", "生成发给各责任单位的空表"),
    "ingest": ("ingest", "收表：核对，入库"),
    "returns": ("returns", "看谁报了、谁没有报"),
    "send-back": ("send_back", "退回一张回执或其中几项，等单位重报"),
    "lock": ("lock", "锁定一个季度，不再收表"),
    "unlock": ("unlock", "给锁定的季度解锁"),
    "gaps": ("gaps", "看什么滞后、谁没有报"),
    "report": ("report", "写进展报告（Markdown 和 DOCX）"),
    "template": ("template", "报告模板里可用的名字；检查模板"),
    "notice": ("notice", "报送通知、提醒函、督办单，和群里的话"),
    "proof": ("proof", "核稿：改过的报告里哪些数不是台账的"),
    "issue": ("issue", "登记印发了的报告，以后更正有据可查"),
    "archive": ("archive", "一个季度成卷归档"),
    "explain": ("explain", "一个事项的状态是怎么判出来的"),
    "trace": ("trace", "一个数从哪个文件哪一格来"),
    "log": ("log", "台账的历史：谁、何时、改了什么、为什么"),
    "settings": ("settings", "办公室设定：导出成表，改好再导入"),
    "verify": ("verify", "核对台账：改动过没有，每一笔是不是原件说的"),
    "backup": ("backup", "备份台账"),
}

_INTERRUPTED = 130
_SAID = {
    "Usage:": "用法：",
    "Options": "选项",
    "Arguments": "参数",
    "Commands": "命令",
    "Show this message and exit.": "显示这段说明。",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]",
    "[default: ": "[默认：",
    "[required]": "[必填]",
}


def run() -> None:
    """``ipm`` 的入口。"""
    sys.exit(main(sys.argv[1:]))


def guarded(work: Callable[[Sequence[str]], int]) -> Callable[[Sequence[str]], int]:
    """出错边界：已知的错说一句中文，意外的错记日志；什么都变成退出码，不出 traceback。"""

    @wraps(work)
    def call(arguments: Sequence[str]) -> int:
        try:
            return work(arguments)
        except IpmError as wrong:
            return _say(str(wrong), wrong.exit_status)
        except ClickException as wrong:
            return _say(_usage(wrong), wrong.exit_code)
        except (KeyboardInterrupt, typer.Abort):
            return _say("已中断；没有写完的都没有入库", _INTERRUPTED)
        except (BrokenPipeError, SystemExit):
            # 接的是 head 一类，对方先关了：不是错，只是不必再写
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
            return 0
        except BaseException as bug:  # noqa: BLE001 - 有的库抛出的不是 Exception
            return _say(_bug(bug), 70)

    return call


@guarded
def main(arguments: Sequence[str]) -> int:
    """跑一条命令，返回退出码。"""
    for stream in (sys.stdout, sys.stderr):
        _never_raise(stream)
    arguments = _home_last(list(arguments))
    if arguments in (["--version"], ["-V"]):
        print(f"ipm {__version__}")  # noqa: T201 - 版本就是结果
        return 0
    result = COMMAND_GROUP.main(arguments, prog_name="ipm", standalone_mode=False)
    sys.stdout.flush()
    if result == _INTERRUPTED:  # 命令行库自己接住了 Ctrl+C
        raise KeyboardInterrupt
    return result if isinstance(result, int) else 0


class _Command(TyperCommand):
    """一条命令；帮助用中文说。"""

    def get_help(self, ctx: Context) -> str:
        return _in_chinese(super().get_help(ctx))


class _Commands(TyperGroup):
    """一组命令；一条命令用到时才装载它的模块，模块里有 ``ACTIONS`` 的又是一组。"""

    def __init__(self, listed: Listed, name: str, said: str, epilog: str | None = None) -> None:
        super().__init__(name=name, help=said, epilog=epilog, rich_markup_mode=None)
        self.listed = listed

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, args or ["--help"])

    def list_commands(self, ctx: Context) -> list[str]:
        del ctx
        return list(self.listed)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        del ctx
        if cmd_name not in self.listed:
            return None
        work, said = self.listed[cmd_name]
        if isinstance(work, str):
            module = import_module(f"ipmeasures.commands.{work}")
            if hasattr(module, "ACTIONS"):
                return _Commands(module.ACTIONS, cmd_name, f"{said}。")
            work = module.run
        info = CommandInfo(cmd_name, callback=work, cls=_Command, no_args_is_help=False)
        return get_command_from_info(info, pretty_exceptions_short=True, rich_markup_mode=None)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in self.listed.items()])

    def get_help(self, ctx: Context) -> str:
        return _in_chinese(super().get_help(ctx))


COMMAND_GROUP = _Commands(
    COMMANDS,
    "ipm",
    "《关于促进知识产权高质量发展的若干措施》：按季发表、收表、判进度、出报告。",
    "ipm 命令 --help 看一条命令的用法；ipm --version 看版本。",
)


def _home_last(arguments: list[str]) -> list[str]:
    """``ipm --home DIR gaps`` 与 ``ipm gaps --home DIR`` 一样。"""
    if len(arguments) > 2 and arguments[0] == "--home":
        return [*arguments[2:], *arguments[:2]]
    if len(arguments) > 1 and arguments[0].startswith("--home="):
        return [*arguments[1:], arguments[0]]
    return arguments


def _in_chinese(text: str) -> str:
    for english, chinese in _SAID.items():
        text = text.replace(english, chinese)
    return text


def _usage(wrong: ClickException) -> str:
    """把命令行库的英文错误换成中文。"""
    context = getattr(wrong, "ctx", None)
    helped = f"{context.command_path} --help" if context else "ipm --help"
    return f"{_what(wrong)}。用法请看 {helped}"


def _what(wrong: ClickException) -> str:
    kind, message = type(wrong).__name__, wrong.format_message()
    option = str(getattr(wrong, "option_name", ""))
    sayings = {
        "NoSuchOption": f"没有选项 {option}{_near_options(wrong)}",
        "MissingParameter": f"缺少 {_parameter_name(wrong)}",
        "BadParameter": f"{_parameter_name(wrong)} 的值不对{_choices(wrong)}",
        "BadOptionUsage": f"选项 {option} 后面缺少内容",
    }
    if kind in sayings:
        return sayings[kind]
    if "No such command" in message:
        typed = message.split("'")[1] if "'" in message else ""
        return f"没有命令 {typed}{_near_command(typed, wrong)}"
    if "unexpected extra argument" in message:
        return f"多了参数 {message[message.rfind('(') + 1 : message.rfind(')')]}"
    return "命令写得不对"


def _choices(wrong: ClickException) -> str:
    kind = getattr(getattr(wrong, "param", None), "type", None)
    choices = [getattr(choice, "value", choice) for choice in getattr(kind, "choices", ())]
    return f"，可填 {'、'.join(map(str, choices))}" if choices else ""


def _parameter_name(wrong: ClickException) -> str:
    parameter = getattr(wrong, "param", None)
    if parameter is None:
        return "参数"
    first = str(parameter.opts[0])
    return first if first.startswith("-") else str(parameter.human_readable_name)


def _near_options(wrong: ClickException) -> str:
    near = getattr(wrong, "possibilities", None)
    return f"，是否为 {'、'.join(sorted(near))}" if near else ""


def _near_command(typed: str, wrong: ClickException) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - 只在写错时用

    group = getattr(getattr(wrong, "ctx", None), "command", None)
    near = get_close_matches(typed, getattr(group, "listed", COMMANDS), 2)
    return f"，是否为 {'、'.join(near)}" if near else ""


def _bug(bug: BaseException) -> str:
    from ipmeasures.crash import write_log  # noqa: PLC0415 - 只在出意外时用

    return f"程序出了意外，没有做完，已入库的不受影响。请把这份日志发给维护人员：{write_log(bug)}"


def _say(message: str, status: int) -> int:
    print(message, file=sys.stderr)  # noqa: T201 - 给人看的话
    return status


def _never_raise(stream: TextIO) -> None:
    """控制台（如 GBK）写不出的字用问号代替，不因此出错。"""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace")
