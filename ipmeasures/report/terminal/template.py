"""模板的名字和毛病在终端上怎么说。"""

from collections.abc import Iterable, Sequence

from ipmeasures.report.template_check import Mistake
from ipmeasures.report.template_names import VIEWS, Name, names, view_of
from ipmeasures.report.terminal.layout import wrap

_COLUMN = 24
_HEAD = (
    "一个的直接写，如 {{ opening }}；里面的用点连，如 {{ indicators.lead }}。",
    "带 [] 的是一列，逐个写：{%p for line in title %}、{{ line }}、{%p endfor %} 各占一段。",
    "表格的行用 {%tr for row in indicators.rows %}，行里写 {{ row.name }}。",
    "在 Markdown 模板里不写 p 和 tr。图写图本身，如 {{ chart }}。",
)
_FOOT = "底色只在 Word 模板里用：{% cellbg colours[row.light] %}。"


def vars_text() -> str:
    """全部名字和意思，一行一个；里面的缩进。"""
    lines = [line for text in _HEAD for line in wrap(text)]
    for title, of in VIEWS:
        lines += ["", *wrap(f"{title}："), *(line for name in names(of) for line in _name(name))]
    return "\n".join([*lines, "", _FOOT])


def _name(name: Name) -> list[str]:
    written = f"{'  ' * name.depth}{name.name}{'[]' if name.many else ''}"
    return wrap(name.meaning, first=f"{written:<{_COLUMN}}", indent=" " * _COLUMN)


def check_text(file: str, mistakes: Sequence[Mistake], used: Iterable[str]) -> str:
    """一份模板的毛病，一处一段；没有毛病的说没有印哪些。"""
    if mistakes:
        lines = [f"{file}：{len(mistakes)} 处毛病"]
        for one in mistakes:
            lines += wrap(one.says, first="  ", indent="  ")
            if one.paragraph:
                lines += wrap(f"在这一段：{one.paragraph}", first="    ", indent="    ")
        return "\n".join(lines)
    printed = set(used)
    left = [
        n.path
        for n in names(view_of(file))
        if n.path.removesuffix("[]") not in printed and _shown(n)
    ]
    said = f"{file}：没有毛病，用了 {len(printed)} 个名字"
    return "\n".join(wrap(f"{said}；没有印的：{'、'.join(left)}" if left else said))


def _shown(name: Name) -> bool:
    """文件名和灯的颜色不是印的内容。"""
    return name.path != "name" and name.name != "light"
