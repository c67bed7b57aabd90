"""装载计划：YAML → 检查 → 计划。检查过、没有改动的，直接用记下的一份。"""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ipmeasures.errors import PlanInvalid
from ipmeasures.plan.build import build_plan
from ipmeasures.plan.model import Plan
from ipmeasures.plan.stamp import read_stamp, write_stamp
from ipmeasures.workspace import Workspace

if TYPE_CHECKING:
    from ipmeasures.plan.source import PlanProblem, Source
    from ipmeasures.plan.tree import Sources


def load_plan(workspace: Workspace) -> Plan:
    """读出计划；YAML 与上次检查时一样的，只装载不检查。

    Raises:
        PlanInvalid: 文件不在，或有错；每条错误有文件和行号。
    """
    measures, targets = plan_sources(workspace)
    stamp = read_stamp(workspace.plan_stamp, measures, targets)
    if stamp is not None:
        # 记录被人改过、造不成计划的：照没有检查过办
        with suppress(LookupError, ValueError, TypeError, AttributeError, ArithmeticError):
            return build_plan(stamp["trees"][0], stamp["trees"][1], stamp["digest"])
    return _checked(workspace, measures, targets)


def load_kept_plan(sources: Mapping[str, bytes], digest: str) -> Plan:
    """由台账存下的原文造出当时的计划；当时检查过，现在不再按新的要求检查。

    Raises:
        PlanInvalid: 原文不全，或本程序已读不通。
    """
    from ipmeasures.plan.source import read_source  # noqa: PLC0415 - 看旧计划才用 yaml

    trees = []
    for name in ("measures.yaml", "targets.yaml"):
        source, problems = read_source(f"当时的 {name}", sources.get(name, b""))
        if problems:
            raise PlanInvalid("台账里存下的计划读不通", tuple(map(str, problems)))
        trees.append(source.tree)
    try:
        return build_plan(trees[0], trees[1], digest)
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        raise PlanInvalid(
            f"台账里存下的计划（校验码 {digest[:12]}）本程序读不通，请用当时的程序版本看"
        ) from error


def plan_sources(workspace: Workspace) -> tuple[bytes, bytes]:
    """两个 YAML 文件的原文：先措施后目标。"""
    return _read(workspace.measures), _read(workspace.targets)


def plan_digest(measures: bytes, targets: bytes) -> str:
    """计划内容的 SHA-256；换行写法不同不算改动。"""
    import hashlib  # noqa: PLC0415 - 只在内容变了时用，不让每条命令都等 OpenSSL

    plain = (measures.replace(b"\r\n", b"\n"), targets.replace(b"\r\n", b"\n"))
    return hashlib.sha256(b"\0".join(plain)).hexdigest()


def check_plan(measures: bytes, targets: bytes) -> "tuple[Plan, Sources]":
    """检查两个 YAML 文件的内容，造出计划；也交出两棵树。什么也不记。

    Raises:
        PlanInvalid: 有错；每条错误有文件和行号。
    """
    from ipmeasures.plan.source import read_source  # noqa: PLC0415 - yaml 只在内容变了时用
    from ipmeasures.plan.tree import Sources  # noqa: PLC0415 - 同上

    first, problems = read_source("data/measures.yaml", measures)
    second, more = read_source("data/targets.yaml", targets)
    problems = [*problems, *more, *_problems(first, second)]
    if problems:
        ordered = sorted(set(problems), key=lambda p: (p.file, p.line, p.message))
        raise PlanInvalid(
            f"计划文件有 {len(ordered)} 处错误，请改正后再试（ipm check 可反复检查）",
            tuple(str(problem) for problem in ordered),
        )
    digest = plan_digest(measures, targets)
    return build_plan(first.tree, second.tree, digest), Sources(first, second)


def _checked(workspace: Workspace, measures: bytes, targets: bytes) -> Plan:
    plan, sources = check_plan(measures, targets)
    trees = (sources.measures.tree, sources.targets.tree)
    write_stamp(workspace.plan_stamp, measures, targets, trees, plan.digest)
    return plan


def _problems(measures: "Source", targets: "Source") -> "list[PlanProblem]":
    # 只在内容变了时才付 pydantic 的启动时间
    from ipmeasures.plan.check import check_sources  # noqa: PLC0415
    from ipmeasures.plan.schema import MeasuresFile, TargetsFile, shape_problems  # noqa: PLC0415
    from ipmeasures.plan.tree import Sources  # noqa: PLC0415

    found: list[PlanProblem] = []
    for source, model in ((measures, MeasuresFile), (targets, TargetsFile)):
        if source.tree:
            found += shape_problems(source, model)
        elif source.tree is not None:
            found.append(source.problem((), "没有内容", "请找回备份，或用 ipm init 另建一份对照"))
    # 缺了一份，两边互相提到的就全都对不上，说出来只会盖住真正的错
    if all(source.tree and isinstance(source.tree, dict) for source in (measures, targets)):
        found += check_sources(Sources(measures, targets))
    return found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise PlanInvalid(f"读不到 {path}，请确认文件在、有权限打开") from None
