"""计划的 YAML 原文：读成只有字典、列表和文字的树，每一处都记得行号。"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

Step = str | int
Trail = tuple[Step, ...]

_WIDE_COLON = re.compile(r"^(\s*(?:- +)?[A-Za-z_]+)：\s*", re.MULTILINE)
_PLAIN_TAGS = {
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "null", "bool", "int", "float", "timestamp", "map", "seq", "merge", "value")
}
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """计划文件里的一个问题：文件、行（1 起，不知道为 0）、是什么、怎么改。"""

    file: str
    line: int
    message: str
    fix: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where} {self.message}" + (f"。{self.fix}" if self.fix else "")


@dataclass(frozen=True, slots=True)
class Source:
    """一个 YAML 文件：``tree`` 里的标量全是文字；``lines`` 按路径给出行号。"""

    file: str
    tree: Any
    lines: dict[Trail, int]

    def line(self, trail: Trail) -> int:
        """路径所在的行；没有这一处时是最近的上级所在的行。"""
        while trail and trail not in self.lines:
            trail = trail[:-1]
        return self.lines.get(trail, 0)

    def problem(self, trail: Trail, message: str, fix: str = "") -> PlanProblem:
        """在某一处的问题。"""
        return PlanProblem(self.file, self.line(trail), message, fix)


def read_source(file: str, content: bytes) -> tuple[Source, list[PlanProblem]]:
    """读一个 YAML 文件；有问题也尽量读下去，好把问题一次说全。

    Args:
        file: 显示用的文件名。
        content: 文件内容。

    Returns:
        读到的树（读不出时是空字典）和发现的问题。
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        line = content[: bad.start].count(b"\n") + 1
        found = PlanProblem(file, line, "不是 UTF-8 编码", "请用记事本另存为 UTF-8")
        return Source(file, {}, {}), [found]
    problems = [
        PlanProblem(
            file,
            text.count("\n", 0, hit.start(1)) + 1,
            f"“{hit[1].strip()}”后面是全角冒号",
            "请改成半角冒号加一个空格",
        )
        for hit in _WIDE_COLON.finditer(text)
    ]
    text = _WIDE_COLON.sub(r"\1: ", text)
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as bad:
        return Source(file, {}, {}), [*problems, _syntax(file, bad)]
    builder = _Builder(file)
    tree = builder.build(root, ()) if root is not None else {}
    return Source(file, tree, builder.lines), [*problems, *builder.problems]


def _syntax(file: str, bad: yaml.YAMLError) -> PlanProblem:
    mark = getattr(bad, "problem_mark", None)
    line = mark.line + 1 if mark else 0
    return PlanProblem(
        file,
        line,
        "写法不合 YAML 规则",
        "请检查这一行和上一行的缩进、冒号后的空格、引号和短横是否成对",
    )


class _Builder:
    """把节点变成树；同时记行号，拒绝重复的键、别名和标签。"""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Trail, int] = {}
        self.problems: list[PlanProblem] = []
        self._seen: set[int] = set()

    def build(self, node: Any, trail: Trail) -> Any:  # noqa: ANN401 - YAML 的树什么都可能是
        line = node.start_mark.line + 1
        self.lines.setdefault(trail, line)
        if id(node) in self._seen:
            self._refuse(line, "用了别名（*）", "请把内容写全")
            return ""
        self._seen.add(id(node))
        if node.tag not in _PLAIN_TAGS:
            self._refuse(line, f"用了标签 {node.tag}", "请去掉")
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, trail))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*trail, i)) for i, child in enumerate(node.value)]
        return "" if node.tag.endswith(":null") and node.value in ("~", "null") else node.value

    def _pairs(self, node: yaml.MappingNode, trail: Trail) -> Iterator[tuple[str, Any]]:
        keys: dict[str, int] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in keys:
                self._refuse(line, f"“{key}”写了两次（第 {keys[key]} 行已有）", "请只留一处")
                continue
            keys[key] = line
            self.lines[*trail, key] = line
            yield key, self.build(value_node, (*trail, key))

    def _refuse(self, line: int, message: str, fix: str) -> None:
        self.problems.append(PlanProblem(self.file, line, message, fix))
