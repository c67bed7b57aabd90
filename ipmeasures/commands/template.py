"""``ipm template``：报告模板里能写哪些名字；模板有没有写错。"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ipmeasures.commands.desk import open_desk
from ipmeasures.commands.options import Home
from ipmeasures.errors import UsageError

_TEMPLATES = (
    "report.docx",
    "report.md.j2",
    "review.docx",
    "review.md.j2",
    "notice-call.docx",
    "notice-reminder.docx",
    "notice-supervision.docx",
)
_WRONG = 2


class What(StrEnum):
    """做什么。"""

    VARS = "vars"
    CHECK = "check"


def run(
    what: Annotated[What, typer.Argument(metavar="vars|check", help="列出名字，或检查模板")],
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="模板", help="要检查的，不写是 templates 里的")
    ] = None,
    home: Home = None,
) -> int:
    """列出模板里可用的名字和意思（vars）；指出写错的名字在哪一段（check）。"""
    if what is What.VARS:
        from ipmeasures.report.terminal.template import vars_text  # noqa: PLC0415 - 用到才装载

        print(vars_text())
        return 0
    return _check(files or [open_desk(home).workspace.templates / name for name in _TEMPLATES])


def _check(files: list[Path]) -> int:
    from ipmeasures.report.template_check import check_template, names_used  # noqa: PLC0415
    from ipmeasures.report.terminal.template import check_text  # noqa: PLC0415

    wrong = False
    for path in files:
        if not path.name.endswith((".docx", ".md.j2")):
            raise UsageError(f"{path.name} 不是报告模板，模板是 .docx 或 .md.j2 文件")
        mistakes = check_template(path)
        wrong = wrong or bool(mistakes)
        print(check_text(path.name, mistakes, names_used(path)))
    return _WRONG if wrong else 0
