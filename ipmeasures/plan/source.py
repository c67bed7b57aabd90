"""计划的 YAML 原文：读成只有字典、列表和文字的树，每一处都记得行号。"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

Step = str | int
Trail = tuple[Step, ...]

_WIDE_COLON = re.compile(r"^([ \t]*(?:- +)*)([a-z_]+)[ \t]*：[ \t]*", re.MULTILINE)
_DEEPEST = 30
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
    """一个 YAML 文件：``tree`` 里的标量全是文字（读不出的文件是 ``None``）；``lines`` 按路径给出行号。"""

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
        读到的树（读不出的是 ``None``，空文件是空字典）和发现的问题。
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        line = content[: bad.start].count(b"\n") + 1
        found = PlanProblem(file, line, "不是 UTF-8 编码", "请用记事本另存为 UTF-8")
        return Source(file, None, {}), [found]
    if hidden := yaml.reader.Reader.NON_PRINTABLE.search(text):
        line, code = text.count("\n", 0, hidden.start()) + 1, ord(hidden[0])
        found = PlanProblem(
            file, line, f"有看不见的控制字符（U+{code:04X}）", "请删去后重新输入这一段"
        )
        return Source(file, None, {}), [found]
    problems = [
        PlanProblem(
            file,
            text.count("\n", 0, hit.start(2)) + 1,
            f"“{hit[2]}”后面是全角冒号",
            "请改成半角冒号加一个空格",
        )
        for hit in _WIDE_COLON.finditer(text)
    ]
    builder = _Builder(file, _WIDE_COLON.sub(r"\1\2: ", text))
    try:
        tree = builder.document()
    except yaml.YAMLError as bad:
        return Source(file, None, {}), [*problems, *builder.problems, _syntax(file, bad)]
    except _TooDeep as bad:
        deep = PlanProblem(file, bad.line, f"套了 {_DEEPEST} 层以上", "请照原来的层次写")
        return Source(file, None, {}), [*problems, *builder.problems, deep]
    return Source(file, tree, builder.lines), [*problems, *builder.problems]


def _syntax(file: str, bad: yaml.YAMLError) -> PlanProblem:
    # 引号不成对的，说引号从哪里起，而不是读到哪里为止
    quoted = "quoted" in (getattr(bad, "context", None) or "")
    mark = getattr(bad, "context_mark" if quoted else "problem_mark", None)
    line = mark.line + 1 if mark else 0
    return PlanProblem(
        file,
        line,
        "写法不合 YAML 规则",
        "请检查这一行和上一行的缩进（用空格，不用制表符）、冒号后的空格、引号和短横是否成对",
    )


class _TooDeep(Exception):
    """套得太深：再读下去会耗尽调用栈。"""

    def __init__(self, line: int) -> None:
        self.line = line


class _Builder:
    """把 YAML 的事件变成树；同时记行号，拒绝重复的项、锚点、别名和标签。"""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines: dict[Trail, int] = {}
        self.problems: list[PlanProblem] = []
        self._events: Iterator[Any] = yaml.parse(text, Loader=_Loader)

    def document(self) -> Any:  # noqa: ANN401 - YAML 的树什么都可能是
        """整个文件的树；空文件是空字典。"""
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return {}
        tree = self._build(next(self._events), ())
        next(self._events)
        more = next(self._events)
        if not isinstance(more, yaml.StreamEndEvent):
            self._refuse(more, "起又是一份内容（---）", "一个文件只写一份，请去掉这一行")
        return tree

    def _build(self, event: Any, trail: Trail) -> Any:  # noqa: ANN401 - 同上
        self.lines.setdefault(trail, event.start_mark.line + 1)
        if self._is_alias(event):
            return ""
        if isinstance(event, yaml.ScalarEvent):
            return "" if event.implicit[0] and event.value in ("~", "null") else event.value
        if len(trail) >= _DEEPEST:
            raise _TooDeep(event.start_mark.line + 1)
        if isinstance(event, yaml.MappingStartEvent):
            return dict(self._pairs(trail))
        return [self._build(child, (*trail, i)) for i, child in enumerate(self._children())]

    def _children(self) -> Iterator[Any]:
        ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        while not isinstance(event := next(self._events), ends):
            yield event

    def _pairs(self, trail: Trail) -> Iterator[tuple[str, Any]]:
        keys: dict[str, int] = {}
        for event in self._children():
            key, line = self._key(event, trail), event.start_mark.line + 1
            if key in keys:
                self._refuse(event, f"“{key}”写了两次（第 {keys[key]} 行已有）", "请只留一处")
                self._build(next(self._events), (*trail, key, "又一次"))
                continue
            keys[key] = line
            self.lines[*trail, key] = line
            yield key, self._build(next(self._events), (*trail, key))

    def _key(self, event: Any, trail: Trail) -> str:  # noqa: ANN401 - 同上
        if isinstance(event, yaml.ScalarEvent):
            self._is_alias(event)
            return str(event.value)
        self._build(event, (*trail, "名称"))
        self._refuse(event, "项的名称不是文字", "请写成“项: 值”")
        return ""

    def _is_alias(self, event: Any) -> bool:  # noqa: ANN401 - 同上
        """是不是别名；顺带拒绝锚点和标签。"""
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"用了别名 *{event.anchor}", "请把内容写全")
            return True
        if event.anchor:
            self._refuse(event, f"用了锚点 &{event.anchor}", "请去掉；文字以 & 开头的请加引号")
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(event, f"用了标签 {tag}", "请去掉；文字以 ! 开头的请加引号")
        return False

    def _refuse(self, event: Any, message: str, fix: str) -> None:  # noqa: ANN401 - 同上
        mark = event.start_mark
        said = f"第 {mark.column + 1} 列{message}"
        self.problems.append(PlanProblem(self.file, mark.line + 1, said, fix))
