"""装载计划：YAML → 检查 → 计划。检查过的内容记下摘要，没有改动就不再检查。"""

import hashlib
import os
from pathlib import Path

from ipmeasures import __version__
from ipmeasures.errors import PlanInvalid
from ipmeasures.plan.build import build_plan
from ipmeasures.plan.model import Plan
from ipmeasures.plan.source import PlanProblem, Source, read_source
from ipmeasures.workspace import Workspace


def load_plan(workspace: Workspace) -> Plan:
    """读出计划；YAML 与上次检查时一样的，只装载不检查。

    Raises:
        PlanInvalid: 文件不在，或有错；每条错误有文件和行号。
    """
    measures, targets = plan_sources(workspace)
    digest = plan_digest(measures, targets)
    first, problems = read_source("data/measures.yaml", measures)
    second, more = read_source("data/targets.yaml", targets)
    problems += more
    if not problems and _stamp(digest) == _read_stamp(workspace.plan_stamp):
        try:
            return build_plan(first.tree, second.tree, digest)
        except (KeyError, ValueError, TypeError):
            pass  # 摘要被人改过：照没有检查过办
    problems += _check(first, second)
    if problems:
        ordered = sorted(set(problems), key=lambda p: (p.file, p.line, p.message))
        raise PlanInvalid(
            f"计划文件有 {len(ordered)} 处错误，请改正后再试（ipm check 可反复检查）",
            tuple(str(problem) for problem in ordered),
        )
    _write_stamp(workspace.plan_stamp, _stamp(digest))
    return build_plan(first.tree, second.tree, digest)


def plan_sources(workspace: Workspace) -> tuple[bytes, bytes]:
    """两个 YAML 文件的原文：先措施后目标。"""
    return _read(workspace.measures), _read(workspace.targets)


def plan_digest(measures: bytes, targets: bytes) -> str:
    """计划内容的 SHA-256；换行写法不同不算改动。"""
    plain = (measures.replace(b"\r\n", b"\n"), targets.replace(b"\r\n", b"\n"))
    return hashlib.sha256(b"\0".join(plain)).hexdigest()


def _check(measures: Source, targets: Source) -> list[PlanProblem]:
    # 只在内容变了时才付 pydantic 的启动时间
    from ipmeasures.plan.check import Sources, check_sources  # noqa: PLC0415
    from ipmeasures.plan.schema import MeasuresFile, TargetsFile, shape_problems  # noqa: PLC0415

    found: list[PlanProblem] = []
    if measures.tree:
        found += shape_problems(measures, MeasuresFile)
    if targets.tree:
        found += shape_problems(targets, TargetsFile)
    found += check_sources(Sources(measures, targets))
    if not measures.tree or not targets.tree:
        found += [
            PlanProblem(source.file, 0, "没有内容或读不出来")
            for source in (measures, targets)
            if not source.tree
        ]
    return found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise PlanInvalid(f"读不到 {path}，请确认文件在、有权限打开") from None


def _stamp(digest: str) -> str:
    return f"{__version__} {digest}"


def _read_stamp(path: Path) -> str:
    try:
        return path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _write_stamp(path: Path, stamp: str) -> None:
    """记下摘要；写不进去（只读的文件夹）不要紧，下次再检查一遍。"""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        beside.write_text(stamp, "ascii")
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
