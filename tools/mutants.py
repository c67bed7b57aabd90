"""变异：把一个源文件里的一处改坏，一次一处；供 ``mutate.py`` 用。"""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip
_NAMED = {
    "min": "max", "max": "min", "any": "all", "all": "any",
    "ROUND_FLOOR": "ROUND_CEILING", "ROUND_CEILING": "ROUND_FLOOR", "ROUND_HALF_UP": "ROUND_DOWN",
}  # fmt: skip

_SHORTEST, _LONGEST = 24, 100  # 说一处改动，式子说多少字

Change = Callable[[ast.AST], ast.AST]


@dataclass(frozen=True, slots=True)
class Mutant:
    """一处改动。

    ``place`` 是第几个节点、第几种改法；``function`` 是所在的顶层函数或方法（不在里面的为空），
    ``line`` 是它的起行；``said`` 是“原来 → 改成”。
    """

    file: str
    place: tuple[int, int]
    line: int
    function: str
    starts: int
    said: str

    @property
    def key(self) -> tuple[str, str, str]:
        """行号变了也认得的名字。"""
        return (self.file, self.function, self.said)

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.function or '（模块）'}：{self.said}"


def mutants_of(path: Path, name: str) -> list[Mutant]:
    """一个源文件的全部变异，照出现的次序；``name`` 是它怎么称呼。"""
    tree = ast.parse(path.read_text("utf-8"))
    skipped, homes, around = _skipped(tree), _homes(tree), _around(tree)
    found = []
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in skipped:
            continue
        for way, change in enumerate(_changes(node)):
            home, starts = homes.get(id(node), ("", 0))
            whole = around[id(node)]
            changed = copy.deepcopy(whole, {id(node): change(copy.deepcopy(node))})
            line = next(n.lineno for n in ast.walk(node) if isinstance(n, ast.expr))
            said = f"{_short(ast.unparse(whole))} → {_short(ast.unparse(changed))}"
            found.append(Mutant(name, (number, way), line, home, starts, said))
    return sorted(found, key=lambda m: (m.line, m.place))


def mutated(path: Path, mutant: Mutant) -> ast.Module:
    """改坏了一处的语法树；行号不变。"""
    tree = ast.parse(path.read_text("utf-8"))
    number, way = mutant.place
    target = list(ast.walk(tree))[number]
    changed = list(_changes(target))[way](copy.deepcopy(target))
    new = _Swap(target, changed).visit(tree)
    assert isinstance(new, ast.Module)  # noqa: S101 - 换的从来不是整个模块
    return ast.fix_missing_locations(new)


class _Swap(ast.NodeTransformer):
    """把一个节点换成另一个。"""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self.old:
            return ast.copy_location(self.new, node)
        found: ast.AST = self.generic_visit(node)
        return found


def _skipped(tree: ast.Module) -> set[int]:
    """不动的：类型标注、装饰器、文字和格式、只给类型检查用的导入。"""
    found: set[int] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            parts += node.decorator_list
        if isinstance(node, ast.FunctionDef):
            parts.append(node.returns)
        if isinstance(node, (ast.AnnAssign, ast.arg)):
            parts.append(node.annotation)
        if isinstance(node, ast.FormattedValue):
            parts.append(node.format_spec)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            parts.append(node)
        for part in parts:
            found |= {id(inner) for inner in ast.walk(part)} if part is not None else set()
    return found


def _homes(tree: ast.Module) -> dict[int, tuple[str, int]]:
    """节点在哪个顶层函数或方法的身体里；参数的默认值不算在里面，它在定义时就算好了。"""
    found: dict[int, tuple[str, int]] = {}
    for name, function in _functions(tree):
        starts = min([function.lineno, *(d.lineno for d in function.decorator_list)])
        for statement in function.body:
            for node in ast.walk(statement):
                found[id(node)] = (name, starts)
    return found


def _around(tree: ast.Module) -> dict[int, ast.AST]:
    """短得看不出是哪一处的（一个数、一个名字），连它外面的式子一起说；外面太长的不算。"""
    outer = {id(inner): node for node in ast.walk(tree) for inner in ast.iter_child_nodes(node)}
    found: dict[int, ast.AST] = {}
    for node in ast.walk(tree):
        whole = node
        while len(ast.unparse(whole)) < _SHORTEST and id(whole) in outer:
            around = outer[id(whole)]
            if isinstance(around, ast.If) or len(ast.unparse(around)) > _LONGEST:
                break
            whole = around
        found[id(node)] = whole
    return found


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield f"{node.name}.{inner.name}", inner


def _changes(node: ast.AST) -> Iterator[Change]:
    """一个节点的各种改法；收到的是它的副本。"""
    match node:
        case ast.Compare():
            yield from (_compared(n, _COMPARED[type(op)]) for n, op in enumerate(node.ops))
        case ast.BoolOp():
            yield _joined
            yield from map(_dropped, range(len(node.values)))
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield _only("operand")
        case ast.BinOp() if type(node.op) in _COUNTED:
            yield _counted
        case ast.IfExp():
            yield _only("body")
            yield _only("orelse")
        case ast.comprehension() if node.ifs:
            yield _unfiltered
        case ast.Name(ctx=ast.Load()) if node.id in _NAMED:
            yield _renamed
        case ast.Constant() if type(node.value) in (int, bool):
            yield _valued


def _only(part: str) -> Change:
    """只留下一个部分。"""

    def change(node: ast.AST) -> ast.AST:
        found: ast.AST = getattr(node, part)
        return found

    return change


def _compared(place: int, operator: type[ast.cmpop]) -> Change:
    def change(node: ast.AST) -> ast.AST:
        node.ops[place] = operator()  # type: ignore[attr-defined]
        return node

    return change


def _dropped(place: int) -> Change:
    def change(node: ast.AST) -> ast.AST:
        values: list[ast.expr] = node.values  # type: ignore[attr-defined]
        del values[place]
        return values[0] if len(values) == 1 else node

    return change


def _joined(node: ast.AST) -> ast.AST:
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()  # type: ignore[attr-defined]
    return node


def _counted(node: ast.AST) -> ast.AST:
    node.op = _COUNTED[type(node.op)]()  # type: ignore[attr-defined]
    return node


def _unfiltered(node: ast.AST) -> ast.AST:
    node.ifs = []  # type: ignore[attr-defined]
    return node


def _renamed(node: ast.AST) -> ast.AST:
    node.id = _NAMED[node.id]  # type: ignore[attr-defined]
    return node


def _valued(node: ast.AST) -> ast.AST:
    value = node.value  # type: ignore[attr-defined]
    node.value = not value if isinstance(value, bool) else value + 1  # type: ignore[attr-defined]
    return node


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "…"
