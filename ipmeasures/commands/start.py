"""``ipm init``：新建工作文件夹。"""

import shutil
from pathlib import Path
from typing import Annotated

import typer

import ipmeasures
from ipmeasures.errors import CannotWrite, UsageError
from ipmeasures.report.save import why_refused


def run(
    folder: Annotated[Path, typer.Argument(metavar="文件夹")] = Path(),
) -> None:
    """新建工作文件夹，带上计划和模板。"""
    root = folder.expanduser().resolve()
    lay_out(root)
    print(f"工作文件夹建好了：{root}")
    print(
        "下一步：进入这个文件夹，运行 ipm check 检查计划，再运行 ipm form --quarter 季度 生成空表。"
    )


def lay_out(root: Path) -> None:
    """在 ``root`` 里放好计划和模板。

    Raises:
        UsageError: 那里已经有计划。
        CannotWrite: 写不进去。
    """
    if (root / "data" / "measures.yaml").exists():
        raise UsageError(f"{root} 已经是工作文件夹，没有改动；要新建请换一个文件夹")
    source = bundled()
    try:
        for name in ("data/measures.yaml", "data/targets.yaml"):
            (root / "data").mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, root / name)
        shutil.copytree(source / "templates", root / "templates", dirs_exist_ok=True)
        for name in ("forms", "reports"):
            (root / name).mkdir(exist_ok=True)
    except OSError as failed:
        raise CannotWrite(f"写不进 {root}：{why_refused(failed)}") from None


def bundled() -> Path:
    """随程序带的计划、模板和样例在哪里：安装包里，或源代码的根。"""
    package = Path(ipmeasures.__file__).resolve().parent
    inside = package / "bundled"
    return inside if inside.is_dir() else package.parent
