"""改计划的 YAML：照改动改原文，改完重读一遍，读到的恰好是想要的才算。"""

import codecs
import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ipmeasures.errors import UsageError
from ipmeasures.plan.source import Trail, read_source

Pairs = dict[str, str]
Value = str | tuple[str, ...] | tuple[Pairs, ...] | Pairs


@dataclass(frozen=True, slots=True)
class Edit:
    """一处改动。

    ``file`` 是 ``measures`` 或 ``targets``；``trail`` 是改哪一项，列表里等于长度的下标是添一项；``value`` 是
    新的值，``None`` 是去掉这一项；原来没有的项加在 ``after`` 之后，没有写的加在最后。
    """

    file: str
    trail: Trail
    value: Value | None
    after: str = ""


def rewritten(file: str, content: bytes, edits: Sequence[Edit]) -> bytes:
    """改好的文件；没有改到的行一个字节不变。

    Args:
        file: 说错时用的文件名。
        content: 原来的内容，是检查过的计划文件。
        edits: 对这个文件的改动。

    Raises:
        UsageError: 有一处的写法改不了，要请人在文件里改。
    """
    if not edits:
        return content
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415 - 写回设定才用

    from ipmeasures.plan.splice import Unspliceable, spliced  # noqa: PLC0415 - 同上

    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    try:
        text = spliced(content.decode("utf-8-sig"), edits)
    except Unspliceable as bad:
        raise _by_hand(f"{file}:{bad.line}") from None
    except YAMLError:
        raise _by_hand(file) from None
    new = mark + text.encode()
    before, after = read_source(file, content)[0], read_source(file, new)
    if after[1] or after[0].tree != edited_tree(before.tree, edits):
        raise _by_hand(file)
    return new


def edited_tree(tree: Any, edits: Iterable[Edit]) -> Any:  # noqa: ANN401 - YAML 的树什么都可能是
    """改好以后应当读到的树。"""
    tree = copy.deepcopy(tree)
    gone: list[Trail] = []
    for edit in edits:
        if edit.value is None:
            gone.append(edit.trail)
            continue
        parent, last = _above(tree, edit.trail), edit.trail[-1]
        if isinstance(parent, list) and last == len(parent):
            parent.append(_plain(edit.value))
        else:
            parent[last] = _plain(edit.value)
    # 从后往前删，前面的下标才不变
    for trail in sorted(gone, key=_deepest_last, reverse=True):
        del _above(tree, trail)[trail[-1]]
    return tree


def _above(tree: Any, trail: Trail) -> Any:  # noqa: ANN401 - 同上
    for step in trail[:-1]:
        tree = tree[step]
    return tree


def _deepest_last(trail: Trail) -> list[tuple[int, str]]:
    return [(step, "") if isinstance(step, int) else (0, step) for step in trail]


def _plain(value: Value) -> Any:  # noqa: ANN401 - 同上
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return dict(value) if isinstance(value, dict) else value


def _by_hand(where: str) -> UsageError:
    return UsageError(
        f"{where} 的写法特别，程序改不了，什么也没有写；请用记事本照设定表改这一处，再运行 ipm check"
    )
