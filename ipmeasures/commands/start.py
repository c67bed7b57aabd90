"""``ipm init``：新建工作文件夹。"""

from pathlib import Path
from typing import Annotated

import typer

import ipmeasures
from ipmeasures.errors import CannotWrite, UsageError
from ipmeasures.report.save import save, why_refused

_PLAN = (Path("data/measures.yaml"), Path("data/targets.yaml"))


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
    """在 ``root`` 里放好计划和模板；已经有的同名文件，一样的不动，不一样的一个也不放。

    Raises:
        UsageError: 那里已经有计划，或有同名而不同的文件。
        CannotWrite: 写不进去。
    """
    if (root / "data" / "measures.yaml").exists():
        raise UsageError(f"{root} 已经是工作文件夹，没有改动；要新建请换一个文件夹")
    source = bundled()
    names = [*_PLAN, *(path.relative_to(source) for path in _templates(source))]
    contents = {root / name: (source / name).read_bytes() for name in names}
    others = [path.name for path, content in contents.items() if _is_other(path, content)]
    if others:
        raise UsageError(
            f"{root} 里已有与要放的不同的 {'、'.join(others)}，没有改动；请先移走，或换一个文件夹"
        )
    # 计划最后放：放到一半断了，还可以再来一次
    for path, content in reversed(contents.items()):
        save(path, content)
    try:
        for name in ("forms", "reports"):
            (root / name).mkdir(exist_ok=True)
    except OSError as failed:
        raise CannotWrite(f"写不进 {root}：{why_refused(failed)}") from None


def _templates(source: Path) -> list[Path]:
    return sorted(path for path in (source / "templates").rglob("*") if path.is_file())


def _is_other(path: Path, content: bytes) -> bool:
    try:
        return path.exists() and path.read_bytes() != content
    except OSError:
        return True


def bundled() -> Path:
    """随程序带的计划、模板和样例在哪里：安装包里，或源代码的根。"""
    package = Path(ipmeasures.__file__).resolve().parent
    inside = package / "bundled"
    return inside if inside.is_dir() else package.parent
