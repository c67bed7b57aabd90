"""模板里可用的名字：从视图的类型和说明里取，名字、意思和类型都只写一处，不会走样。"""

import inspect
import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from ipmeasures.quarter import Quarter
from ipmeasures.report.notice.parts import Notice
from ipmeasures.report.parts import Chart
from ipmeasures.report.review.parts import ReviewView
from ipmeasures.report.view import ReportView

_FIELD = re.compile(r"^ {4}(\w+): (.+)$")
_CHOICES = {"light": "none", "kind": "bars"}  # 只认这几个词的名字，试写时用一个认得的

Printed = ReportView | Notice | ReviewView
"""印得出来的几种视图。"""
VIEWS: tuple[tuple[str, type[Printed]], ...] = (
    ("报告（report.docx、report.md.j2）", ReportView),
    (
        "文书（notice-call.docx 报送通知、notice-reminder.docx 提醒函、notice-supervision.docx 督办单）",
        Notice,
    ),
    ("中期评估（review.docx、review.md.j2）", ReviewView),
)
"""各种模板印哪种视图。"""


@dataclass(frozen=True, slots=True)
class Name:
    """一个名字。``depth`` 是套在几层里；``many`` 的要用 for 逐个写；``of`` 是它的类型。"""

    path: str
    name: str
    depth: int
    meaning: str
    many: bool
    of: Any


def view_of(file: str) -> type[Printed]:
    """一个模板印哪种视图，看文件名：``notice-`` 开头的是文书，``review`` 是中期评估，其余是报告。"""
    if file.startswith("review."):
        return ReviewView
    return Notice if file.startswith("notice-") else ReportView


def names(of: type[Printed] = ReportView) -> tuple[Name, ...]:
    """一种视图的全部名字，照说明里的次序；套在里面的紧跟在外面的后面。"""
    return tuple(_under(of, "", 0))


def members(of: Any) -> Mapping[str, Any]:  # noqa: ANN401 - 类型也是值
    """一个类型里有哪些名字、各是什么类型；没有的为空。"""
    kind = plain(of)
    return get_type_hints(kind) if isinstance(kind, type) and is_dataclass(kind) else {}


def element(of: Any) -> Any:  # noqa: ANN401 - 类型也是值
    """逐个写时，每个是什么类型；不能逐个写的为 ``None``。"""
    kind = plain(of)
    return get_args(kind)[0] if get_origin(kind) is tuple else None


def plain(of: Any) -> Any:  # noqa: ANN401 - 类型也是值
    """“可能没有”的类型，去掉“没有”。"""
    if get_origin(of) is types.UnionType:
        return next(part for part in get_args(of) if part is not type(None))
    return of


def sample(of: type[Printed] = ReportView) -> Any:  # noqa: ANN401 - 看 of
    """一份试写用的视图：每样都有一个，写模板时试得到每一段。"""
    return _sample(of, "")


@cache
def meanings(of: type) -> Mapping[str, str]:
    """一个类型的各名字是什么意思，取自它的说明里的 Attributes。"""
    text = inspect.cleandoc(of.__doc__ or "")
    listed = text.partition("Attributes:\n")[2].splitlines()
    return {found[1]: found[2] for line in listed if (found := _FIELD.match(line))}


def _under(of: type, path: str, depth: int) -> Iterator[Name]:
    told = meanings(of)
    for name, kind in members(of).items():
        inside = element(kind)
        many = inside is not None
        here = f"{path}{name}{'[]' if many else ''}"
        yield Name(here, name, depth, told[name], many, kind)
        deeper = plain(inside if many else kind)
        if isinstance(deeper, type) and deeper is not Chart and meanings(deeper):
            yield from _under(deeper, f"{here}.", depth + 1)
        elif deeper is Chart:
            yield from _chart(here, depth + 1)


def _chart(path: str, depth: int) -> Iterator[Name]:
    """图写图本身，另有图题和图下的话；其余是画图用的。"""
    told, kinds = meanings(Chart), members(Chart)
    for name in ("caption", "note"):
        yield Name(f"{path}.{name}", name, depth, told[name], many=False, of=kinds[name])


def _sample(of: Any, name: str) -> Any:  # noqa: ANN401 - 各种类型
    kind = plain(of)
    inside = element(kind)
    if inside is not None:
        count = 2 if name == "series" else 1  # 图里总有实际和序时两组数
        return tuple(_sample(inside, name) for _ in range(count))
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{f.name: _sample(hints[f.name], f.name) for f in fields(kind)})
    if kind is Quarter:
        return Quarter(2023, 2)
    if kind is Decimal:
        return Decimal(1)
    return 1 if kind is int else _CHOICES.get(name, "样例")
