"""检查模板：用了没有的名字、写错的标记，各指出所在的那一段；不必等到写报告才知道。"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from ipmeasures.errors import IpmError, UsageError
from ipmeasures.report.template_errors import PAIRS, missing
from ipmeasures.report.template_names import element, members, sample, view_of

_WORD_ONLY: Mapping[str, Any] = {"colours": Mapping}
_LOOP = {"index", "index0", "first", "last", "length", "revindex", "revindex0", "cycle", "depth"}
_FILTERS = {"cell"}
_TAG = re.compile(r"\{[{%].*?[%}]\}")
# 排版工具自己的记号，换成普通的标记再看
_MARKS = (
    (re.compile(r"\{%\s*(?:p|tr|tc|r)\s+"), "{% "),
    (re.compile(r"\{\{\s*r\s+"), "{{ "),
    (re.compile(r"\{%\s*(?:cellbg|colspan)\s+(.*?)%\}"), r"{{ \1 }}"),
    (re.compile(r"\{%\s*(?:hm|vm)\s*%\}"), ""),
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """一处毛病：说什么，在哪一段。"""

    says: str
    paragraph: str


def check_template(path: Path) -> tuple[Mistake, ...]:
    """一份模板的全部毛病，照文中的次序；没有的为空。

    Raises:
        UsageError: 模板不在，或打不开。
    """
    word = path.suffix == ".docx"
    paragraphs = _paragraphs(path, word=word)
    lines = [_plain(line) if word else line for line in paragraphs]
    environment = Environment(autoescape=False)  # noqa: S701 - 只看写法，不写东西
    try:
        tree = environment.parse("\n".join(lines))
    except TemplateSyntaxError as wrong:
        return (_syntax(wrong, paragraphs),)
    known = {**members(view_of(path.name)), **(_WORD_ONLY if word else {})}
    filters = {*environment.filters, *(() if word else _FILTERS)}
    walker = _Walker(environment, filters, known)
    found = [Mistake(says, paragraphs[line - 1].strip()) for says, line in walker.mistakes(tree)]
    return tuple(dict.fromkeys(found)) or _trial(path, word=word)


def names_used(path: Path) -> frozenset[str]:
    """一份模板印了哪些名字，写成 ``indicators.rows[].number`` 的样子；有毛病的不算。"""
    word = path.suffix == ".docx"
    lines = [_plain(line) if word else line for line in _paragraphs(path, word=word)]
    environment = Environment(autoescape=False)  # noqa: S701 - 同上
    walker = _Walker(environment, {*environment.filters, *_FILTERS}, members(view_of(path.name)))
    try:
        list(walker.mistakes(environment.parse("\n".join(lines))))
    except TemplateSyntaxError:
        return frozenset()
    return frozenset(walker.used)


def _paragraphs(path: Path, *, word: bool) -> list[str]:
    if not path.is_file():
        raise missing(path)
    if word:
        from ipmeasures.report.docx import open_template, template_paragraphs  # noqa: PLC0415

        open_template(path)
        return template_paragraphs(path)
    try:
        return path.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        raise UsageError(f"{path.name} 不是 UTF-8 编码，请用 UTF-8 另存") from None


def _plain(line: str) -> str:
    """一段 Word 文字：弯引号是自动更正改的，排版工具的记号换掉。"""
    line = _TAG.sub(lambda tag: tag[0].translate(_QUOTES), line.replace("\n", " "))
    for mark, written in _MARKS:
        line = mark.sub(written, line)
    return line


_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


def _syntax(wrong: TemplateSyntaxError, paragraphs: list[str]) -> Mistake:
    """标记没有写完的，解析器往往到文末才知道；自己也不成对的那一段才是毛病所在。"""
    unpaired = (p for p in paragraphs if p.count("{%") + p.count("{{") != _closed(p))
    line = next(unpaired, paragraphs[wrong.lineno - 1] if wrong.lineno <= len(paragraphs) else "")
    return Mistake(f"标记写错了：{PAIRS}", line.strip())


def _closed(text: str) -> int:
    return text.count("%}") + text.count("}}")


def _trial(path: Path, *, word: bool) -> tuple[Mistake, ...]:
    """名字都对的，再试写一份，看别的毛病。"""
    try:
        if word:
            from ipmeasures.report.docx import render_docx  # noqa: PLC0415

            render_docx(sample(view_of(path.name)), path.parent, path.name)
        else:
            from ipmeasures.report.markdown import render_markdown  # noqa: PLC0415

            render_markdown(sample(view_of(path.name)), path.parent, template=path.name)
    except IpmError as wrong:
        return (Mistake(str(wrong), ""),)
    return ()


_Scope = Mapping[str, Any]


class _Walker:
    """走一遍模板，记下没有的名字和它的行号；``used`` 是用到的名字。"""

    def __init__(self, environment: Environment, filters: set[str], known: _Scope) -> None:
        self.environment, self.filters, self.known = environment, filters, known
        self.used: set[str] = set()
        self._found: list[tuple[str, int]] = []

    def mistakes(self, tree: nodes.Template) -> Iterator[tuple[str, int]]:
        scope = {name: (kind, name) for name, kind in self.known.items()}
        self._walk(tree.body, scope)
        yield from sorted(self._found, key=lambda one: one[1])

    def _walk(self, body: Iterable[nodes.Node], scope: dict[str, Any]) -> None:
        for node in body:
            if isinstance(node, nodes.For):
                self._loop(node, scope)
            elif isinstance(node, nodes.Assign):
                self._type(node.node, scope)
                self._bind(node.target, (None, ""), scope)
            elif isinstance(node, nodes.Expr):
                self._type(node, scope)
            else:
                self._walk(node.iter_child_nodes(), scope)

    def _loop(self, node: nodes.For, scope: dict[str, Any]) -> None:
        kind, path = self._type(node.iter, scope)
        inside = dict(scope)
        self._bind(node.target, (element(kind), f"{path}[]"), inside)
        inside["loop"] = ("loop", "")
        self._walk(node.body, inside)
        self._walk(node.else_, scope)

    def _bind(self, target: nodes.Node, value: Any, scope: dict[str, Any]) -> None:  # noqa: ANN401
        for name in target.find_all(nodes.Name) if not isinstance(target, nodes.Name) else [target]:
            scope[name.name] = value

    def _type(self, node: nodes.Node, scope: dict[str, Any]) -> tuple[Any, str]:
        """一个式子的类型和路径；看不出类型的为 ``None``，不再往里查。"""
        if isinstance(node, nodes.Name):
            if node.name not in scope:
                self._unknown(node.name, scope, node.lineno)
                return None, ""
            kind, path = scope[node.name]
            self._use(path)
            return kind, path
        if isinstance(node, nodes.Getattr):
            return self._member(node, scope)
        if isinstance(node, nodes.Filter) and node.name not in self.filters:
            self._unknown(node.name, self.filters, node.lineno)
        for child in node.iter_child_nodes():
            self._type(child, scope)
        return None, ""

    def _member(self, node: nodes.Getattr, scope: dict[str, Any]) -> tuple[Any, str]:
        kind, path = self._type(node.node, scope)
        if kind is None:
            return None, ""
        known = _LOOP if kind == "loop" else members(kind)
        if node.attr not in known:
            self._unknown(node.attr, known, node.lineno)
            return None, ""
        here = f"{path}.{node.attr}" if path else ""
        self._use(here)
        return (None if kind == "loop" else members(kind)[node.attr]), here

    def _use(self, path: str) -> None:
        if path:
            self.used.add(path.removesuffix("[]"))

    def _unknown(self, name: str, known: Iterable[str], line: int) -> None:
        near = get_close_matches(name, list(known), 1)
        hint = f"，是否为 {near[0]}" if near else ""
        self._found.append((f"用了没有的名字“{name}”{hint}", line))
