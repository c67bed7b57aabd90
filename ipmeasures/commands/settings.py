"""``ipm settings``：办公室设定，导出成表，改好再导入。"""

from pathlib import Path
from typing import Annotated

import typer

from ipmeasures.commands.desk import open_desk, user_name
from ipmeasures.commands.options import By, Home
from ipmeasures.forms.settings.layout import FILE_NAME
from ipmeasures.problem import Problem, refused

NO_REASON = "未写理由"


def export(
    out: Annotated[
        Path | None,
        typer.Option(metavar="文件", help="写到哪里，默认工作文件夹里的办公室设定.xlsx"),
    ] = None,
    home: Home = None,
) -> None:
    """把时限、成员、填报单位、联系人、口径、界线等写成一份表，在 Excel 里改。"""
    from ipmeasures.commands.kept_plans import keep_for_import  # noqa: PLC0415 - 用到才装载
    from ipmeasures.forms.settings.pages import settings_pages  # noqa: PLC0415 - 同上
    from ipmeasures.forms.settings.write import write_settings  # noqa: PLC0415 - 同上
    from ipmeasures.plan.load import check_plan, plan_sources  # noqa: PLC0415 - 同上
    from ipmeasures.report.drafts import save_draft  # noqa: PLC0415 - 同上

    desk = open_desk(home)
    texts = plan_sources(desk.workspace)
    plan, sources = check_plan(*texts)
    path = out or desk.workspace.root / FILE_NAME
    if path.is_dir():
        path /= FILE_NAME
    written = save_draft(path, write_settings(plan, settings_pages(plan, sources)))
    keep_for_import(desk.workspace, texts, desk.now)
    if written != path:
        print(f"没有覆盖 {path}：有人改过它；新导出的另存为：")
    print(written)
    print("只改黄色格，保存后运行 ipm settings import 这个文件 --dry-run 看改了什么")


def import_(
    file: Annotated[Path, typer.Argument(metavar="文件", help="改好的设定表")],
    why: Annotated[str, typer.Option(metavar="理由", help="为什么改，记入台账")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只核对，说改了什么，不写")] = False,
    by: By = None,
    home: Home = None,
) -> int:
    """核对改好的设定表，写回计划文件；有一处不对就整份不导入。"""
    from ipmeasures.commands.settings_import import propose, store  # noqa: PLC0415 - 用到才装载
    from ipmeasures.report.terminal.settings import (  # noqa: PLC0415 - 同上
        change_lines,
        refusal_lines,
        stored_lines,
    )
    from ipmeasures.returns.file import read_file  # noqa: PLC0415 - 同上

    desk = open_desk(home)
    content = read_file(file)
    if isinstance(content, Problem):
        print("\n".join(refusal_lines(file.name, (content,))))
        return 3
    proposal = propose(desk, content)
    if refused(proposal.problems):
        print("\n".join(refusal_lines(file.name, proposal.problems)))
        return 3 if proposal.problems[0].code.startswith("file_") else 1
    print("\n".join(change_lines(file.name, proposal.changes, proposal.problems)))
    if dry_run and proposal.changes:
        print("这是试算，什么也没有写")
    elif proposal.changes:
        reason = why.strip() or NO_REASON
        stored = store(desk, proposal, (file.name, content), reason, by or user_name())
        print(
            "\n".join(
                stored_lines(
                    stored.files,
                    stored.backup,
                    stored.decision,
                    proposal.changes,
                    was_recorded=stored.was_recorded,
                )
            )
        )
    return 0


ACTIONS = {
    "export": (export, "把办公室设定写成一份 Excel 表"),
    "import": (import_, "核对改好的设定表，写回计划文件"),
}
