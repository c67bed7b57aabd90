"""改 YAML 的原文：只换要改的几段字，别的一个字节不动。

ruamel.yaml 说出每一项在原文里的位置，也由它写出新的值（该加引号的加引号）。不用它整篇重写：试过，
增删一项时，旁边的注释会挪到别的项下面去。
"""

import difflib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString

from ipmeasures.plan.edit import Edit, Pairs, Value
from ipmeasures.plan.source import Step, Trail, read_source


class Unspliceable(Exception):
    """这一处的写法改不了；``line`` 是行号，1 起。"""

    def __init__(self, line: int) -> None:
        super().__init__(f"第 {line} 行")
        self.line = line


@dataclass(frozen=True, slots=True)
class _Piece:
    """原文里的一段换成什么；``start`` 等于 ``end`` 的是插入。"""

    start: int
    end: int
    new: str = ""


class _AllText(VersionedResolver):
    """什么都当文字：``0.60``、``2024-01-01``、``no`` 照原样。"""

    @property
    def versioned_resolver(self) -> dict[Any, Any]:
        return {}


def spliced(text: str, edits: Iterable[Edit]) -> str:
    """改好的原文。

    Raises:
        Unspliceable: 有一处的写法改不了。
        ruamel.yaml.error.YAMLError: 原文读不通。
    """
    edits = tuple(edits)
    splicer = _Splicer(text, frozenset(edit.trail for edit in edits if edit.value is None))
    # 加在同一处的，里层的在前
    inner_first = sorted(edits, key=lambda edit: -len(edit.trail))
    pieces = [piece for edit in inner_first for piece in splicer.pieces(edit)]
    ordered = sorted(pieces, key=lambda piece: (piece.start, piece.end))
    kept, at = [], 0
    for piece in ordered:
        if piece.start < at:
            raise Unspliceable(text.count("\n", 0, piece.start) + 1)
        kept += [text[at : piece.start], piece.new]
        at = piece.end
    return "".join((*kept, text[at:]))


class _Splicer:
    """一份原文，和其中每一项的位置；``gone`` 是要去掉的各项。"""

    def __init__(self, text: str, gone: frozenset[Trail]) -> None:
        self._text, self._gone = text, gone
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._root: Node = _yaml().compose(text)

    def pieces(self, edit: Edit) -> Iterator[_Piece]:
        """一处改动要换的各段。"""
        *above, last = edit.trail
        parent = self._node(tuple(above))
        found = _child(parent, last)
        if found is None:
            yield self._added(parent, edit)
        elif edit.value is None:
            yield self._removed(parent, last, found)
        elif isinstance(found, SequenceNode) and isinstance(edit.value, tuple):
            yield from self._relisted(found, [str(item) for item in edit.value])
        else:
            yield self._replaced(parent, last, found, edit.value)

    def _node(self, trail: Trail) -> Node:
        node = self._root
        for step in trail:
            found = _child(node, step)
            if found is None:
                raise Unspliceable(node.start_mark.line + 1)
            node = found
        return node

    def _replaced(self, parent: Node, last: Step, found: Node, value: Value) -> _Piece:
        style = found.style if isinstance(found, ScalarNode) else ""
        new = _written(value, style or "")
        if _is_block(found) and isinstance(parent, MappingNode):
            # 一行一项的列表换成一个词：接在冒号后面写
            return _Piece(self._end(_key(parent, last)) + 1, self._end(found), f" {new}")
        return _Piece(found.start_mark.index, self._end(found), new)

    def _added(self, parent: Node, edit: Edit) -> _Piece:
        """原来没有的项：加在 ``after`` 那一项的下一行，或花括号、方括号里的最后。"""
        last, value = edit.trail[-1], edit.value
        if value is None or not isinstance(parent, (MappingNode, SequenceNode)):
            raise Unspliceable(parent.start_mark.line + 1)
        head = "" if isinstance(last, int) else f"{last}: "
        if not parent.value:
            at = parent.start_mark.index + 1
            return _Piece(at, at, head + _written(value))
        anchor = self._anchor(parent, edit)
        if not _is_block(parent):
            at = self._end(anchor)
            return _Piece(at, at, f", {head}{_written(value)}")
        column = parent.start_mark.column
        at = self._line_end(self._end(anchor))
        return _Piece(at, at, self._line(column, head, value))

    def _line(self, column: int, head: str, value: Value) -> str:
        start = self._newline + " " * column
        if not head:
            return f"{start}- {_written(value)}"
        if isinstance(value, tuple) and value and isinstance(value[0], dict):
            items = "".join(f"{start}  - {_written(item)}" for item in value)
            return f"{start}{head.rstrip()}{items}"
        return f"{start}{head}{_written(value)}"

    def _anchor(self, parent: Node, edit: Edit) -> Node:
        """新的一项加在谁的后面：指定的，或最后一个留下来的。"""
        pairs = (
            [(key.value, value) for key, value in parent.value]
            if isinstance(parent, MappingNode)
            else list(enumerate(parent.value))
        )
        kept = [(key, node) for key, node in pairs if (*edit.trail[:-1], key) not in self._gone]
        if not kept:
            raise Unspliceable(parent.start_mark.line + 1)
        found: Node = dict(kept).get(edit.after, kept[-1][1])
        return found

    def _removed(self, parent: Node, last: Step, found: Node) -> _Piece:
        first = _key(parent, last) if isinstance(parent, MappingNode) else found
        if not _is_block(parent):
            return self._cut(parent, first, found)
        start = self._line_start(first.start_mark.index)
        before = "" if isinstance(parent, MappingNode) else "-"
        if self._text[start : first.start_mark.index].strip(" ") != before:
            raise Unspliceable(first.start_mark.line + 1)
        end = self._line_end(self._end(found))
        return _Piece(start, min(end + len(self._newline), len(self._text)))

    def _cut(self, parent: Node, first: Node, found: Node) -> _Piece:
        """花括号、方括号里去掉一项，连同一个逗号。"""
        nodes = [pair if isinstance(pair, tuple) else (pair, pair) for pair in parent.value]
        place = next(i for i, (_, value) in enumerate(nodes) if value is found)
        if place:
            return _Piece(self._end(nodes[place - 1][1]), self._end(found))
        end = nodes[1][0].start_mark.index if len(nodes) > 1 else self._end(found)
        return _Piece(first.start_mark.index, end)

    def _relisted(self, found: SequenceNode, new: list[str]) -> Iterator[_Piece]:
        """一串名称：没有变的各项连同引号照旧。"""
        spans = {node.value: self._slice(node) for node in found.value}
        if found.flow_style:
            span = self._text[found.start_mark.index : self._end(found)]
            if "\n" in span and "#" in span:
                raise Unspliceable(found.start_mark.line + 1)
            items = ", ".join(spans.get(item) or _written(item) for item in new)
            yield _Piece(found.start_mark.index, self._end(found), f"[{items}]")
            return
        old = [node.value for node in found.value]
        for kind, low, high, first, last in difflib.SequenceMatcher(
            None, old, new, autojunk=False
        ).get_opcodes():
            if kind != "equal":
                yield from self._items_changed(found, (low, high), new[first:last])

    def _items_changed(
        self, found: SequenceNode, span: tuple[int, int], new: list[str]
    ) -> Iterator[_Piece]:
        low, high = span
        both = min(high - low, len(new))
        for node, item in zip(found.value[low:high], new, strict=False):
            yield _Piece(node.start_mark.index, self._end(node), _written(item, node.style or ""))
        for node in found.value[low + both : high]:
            yield self._removed(found, 0, node)
        start = " " * found.start_mark.column
        added = [f"{start}- {_written(item)}" for item in new[both:]]
        if not added:
            return
        if low + both:
            at = self._line_end(self._end(found.value[low + both - 1]))
            yield _Piece(at, at, "".join(f"{self._newline}{line}" for line in added))
        else:
            at = self._line_start(found.start_mark.index)
            yield _Piece(at, at, "".join(f"{line}{self._newline}" for line in added))

    def _slice(self, node: Node) -> str:
        return self._text[node.start_mark.index : self._end(node)]

    def _end(self, node: Node) -> int:
        """一项的最后一个字之后；后面的空行和注释不算它的。"""
        if _is_block(node) and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        end = int(node.end_mark.index)
        if isinstance(node, ScalarNode) and node.style in ("|", ">"):
            # 竖线起的多行文字，ruamel 把后面的空行也算在内
            return len(self._text[:end].rstrip())
        return end

    def _line_start(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        """这一行的末尾，不含换行。"""
        end = self._text.find("\n", at)
        if end < 0:
            return len(self._text)
        return end - 1 if self._text[end - 1] == "\r" else end


def _child(parent: Node, step: Step) -> Node | None:
    if isinstance(parent, MappingNode):
        return next((value for key, value in parent.value if key.value == step), None)
    if isinstance(parent, SequenceNode) and isinstance(step, int) and step < len(parent.value):
        return parent.value[step]  # type: ignore[no-any-return]
    return None


def _key(parent: MappingNode, step: Step) -> Node:
    found: Node = next(key for key, _ in parent.value if key.value == step)
    return found


def _is_block(node: Node) -> bool:
    return isinstance(node, (MappingNode, SequenceNode)) and not node.flow_style


def _written(value: Value | Pairs, style: str = "") -> str:
    """一个值在 YAML 里的写法，一行之内；``style`` 是原来的引号。"""
    stream = io.StringIO()
    _yaml().dump([_styled(value, style)], stream)
    return stream.getvalue().strip()[1:-1]


def _styled(value: Value | Pairs, style: str) -> Any:  # noqa: ANN401 - 交给 ruamel 的什么都可能是
    if isinstance(value, dict):
        return {key: _styled(text, style) for key, text in value.items()}
    if not isinstance(value, str):
        return [_styled(item, style) for item in value]
    if "\n" in value or style == '"':
        return DoubleQuotedScalarString(value)
    quoted = style == "'" or not _reads_plain(value)
    return SingleQuotedScalarString(value) if quoted else value


def _reads_plain(text: str) -> bool:
    """不加引号，读计划的那一种读法读出来还是这几个字；两种读法对括号里的冒号等看法不同。"""
    source, problems = read_source("", f"- {text}\n- [{text}]\n- {{a: {text}}}\n".encode())
    return not problems and source.tree == [text, [text], {"a": text}]


def _yaml() -> YAML:
    yaml = YAML()
    yaml.Resolver = _AllText
    yaml.default_flow_style = True
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.width = 1 << 30
    return yaml
