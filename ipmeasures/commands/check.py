"""``ipm check``：检查计划。"""

from pathlib import Path
from typing import Annotated

import typer

from ipmeasures.commands.desk import open_desk
from ipmeasures.commands.options import Home
from ipmeasures.errors import FileUnreadable
from ipmeasures.plan.coverage import coverage
from ipmeasures.report.terminal.check import check_text, coverage_text


def run(
    source: Annotated[
        Path | None, typer.Option(metavar="文件", help="公文原文（文本），核对计划与原文")
    ] = None,
    home: Home = None,
) -> int:
    """检查计划文件：错误逐条带行号；列出公文自身的矛盾、还缺的设定。"""
    plan = open_desk(home).plan
    print(check_text(plan))
    if source is None:
        return 0
    found = coverage(plan, _text(source))
    print(coverage_text(found))
    return 2 if found.missing or found.loose else 0


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError:
        raise FileUnreadable(f"读不到 {path}，请确认文件在、有权限打开") from None
    except UnicodeDecodeError:
        raise FileUnreadable(f"{path} 不是 UTF-8 文本，请用记事本另存为 UTF-8") from None
