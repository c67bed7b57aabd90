"""计划的测试；这里是读真实计划、改一处再读的几个小函数。"""

import functools
import re
import tempfile
from pathlib import Path

import pytest

from ipmeasures.errors import PlanInvalid
from ipmeasures.plan.load import load_plan
from ipmeasures.plan.model import Plan
from ipmeasures.workspace import Workspace

DATA = Path(__file__).parents[2] / "data"
MEASURES = (DATA / "measures.yaml").read_text("utf-8")
TARGETS = (DATA / "targets.yaml").read_text("utf-8")


def workspace(
    folder: Path, measures: str | bytes = MEASURES, targets: str | bytes = TARGETS
) -> Workspace:
    """一个只有计划的工作文件夹。"""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for name, content in (("measures", measures), ("targets", targets)):
        raw = content.encode() if isinstance(content, str) else content
        (folder / "data" / f"{name}.yaml").write_bytes(raw)
    return Workspace(folder)


def plan_of(measures: str = MEASURES, targets: str = TARGETS) -> Plan:
    """改过的 YAML 造出的计划。"""
    with tempfile.TemporaryDirectory() as folder:
        return load_plan(workspace(Path(folder), measures, targets))


@functools.cache
def real_plan() -> Plan:
    """仓库里的计划。"""
    return plan_of()


def refused(
    folder: Path, measures: str | bytes = MEASURES, targets: str | bytes = TARGETS
) -> tuple[str, ...]:
    """这样的 YAML 应被拒绝；返回逐条的错误。"""
    with pytest.raises(PlanInvalid) as caught:
        load_plan(workspace(folder, measures, targets))
    return caught.value.problems


def once(text: str, old: str, new: str) -> str:
    """改一处；原文里必须正好有一处。"""
    assert text.count(old) == 1, f"{old!r} 在原文里有 {text.count(old)} 处"
    return text.replace(old, new)


def line_of(text: str, part: str) -> int:
    """一段文字在第几行，1 起。"""
    assert text.count(part) == 1, f"{part!r} 有 {text.count(part)} 处"
    return text.count("\n", 0, text.index(part)) + 1


def foreign_words(message: str, known: frozenset[str]) -> set[str]:
    """一句话里不该有的外文词：引号里的是用户自己写的，文件名、编号、已知的项不算。"""
    plain = re.sub(r"“[^”]*”|data/\w+\.yaml:?\d*|[IM]\d+(?:-\d+)?", "", message)
    return set(re.findall(r"[A-Za-z_]{2,}", plain)) - known
