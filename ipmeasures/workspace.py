"""工作文件夹：计划、模板、台账、表和报告各在哪里。"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ipmeasures.errors import UsageError


@dataclass(frozen=True, slots=True)
class Workspace:
    """一个工作文件夹；各成员都是其中的路径，不保证存在。"""

    root: Path

    @property
    def measures(self) -> Path:
        """措施、任务、里程碑和责任单位。"""
        return self.root / "data" / "measures.yaml"

    @property
    def targets(self) -> Path:
        """指标、量化任务和办公室设定。"""
        return self.root / "data" / "targets.yaml"

    @property
    def plan_stamp(self) -> Path:
        """计划文件最近一次通过检查时的摘要。"""
        return self.root / "data" / ".plan-checked"

    @property
    def ledger(self) -> Path:
        """台账数据库。"""
        return self.root / "data" / "ledger.db"

    @property
    def backups(self) -> Path:
        """程序自己留的备份。"""
        return self.root / "data" / "backup"

    @property
    def templates(self) -> Path:
        """报告模板。"""
        return self.root / "templates"

    @property
    def forms(self) -> Path:
        """发出去的空表。"""
        return self.root / "forms"

    @property
    def reports(self) -> Path:
        """写好的报告。"""
        return self.root / "reports"


def find_workspace(home: Path | None, environ: Mapping[str, str], cwd: Path) -> Workspace:
    """找工作文件夹：先看 ``--home``，再看 ``IPM_HOME``，再从当前文件夹往上找。

    Raises:
        UsageError: 哪里都没有 ``data/measures.yaml``。
    """
    named = home or (Path(environ["IPM_HOME"]) if environ.get("IPM_HOME") else None)
    if named is not None:
        workspace = Workspace(named.expanduser().resolve())
        if not workspace.measures.is_file():
            raise UsageError(
                f"{workspace.root} 不是工作文件夹（缺 data/measures.yaml），"
                "请用 ipm init 新建一个，或用 --home 指定另一个"
            )
        return workspace
    for folder in (cwd, *cwd.parents):
        if (folder / "data" / "measures.yaml").is_file():
            return Workspace(folder)
    raise UsageError(
        "当前文件夹和上级文件夹里都没有 data/measures.yaml，请进入工作文件夹，或用 ipm init 新建一个"
    )
