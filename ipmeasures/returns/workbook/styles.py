"""样式表：只要每种样式的数字格式。"""

from collections.abc import Iterable, Mapping

from ipmeasures.returns.number.format import BUILT_IN
from ipmeasures.returns.workbook import limits
from ipmeasures.returns.workbook.markup import Attributes, Element, Markup
from ipmeasures.returns.workbook.refusal import damaged, too_large
from ipmeasures.returns.workbook.repeated import once

GENERAL = "General"
_LONGEST = 1_000


@once
def read_number_formats(part: str, chunks: Iterable[bytes]) -> Mapping[str, str]:
    """样式编号（单元格 ``s`` 属性的原文）→ 数字格式代码。"""
    custom: dict[str, str] = {}
    used: list[str] = []

    def number_format(attributes: Attributes) -> None:
        code = attributes.get("formatCode", GENERAL)
        if len(code) > _LONGEST:
            raise damaged(f"{part} 里有超长的数字格式")
        custom[attributes.get("numFmtId", "")] = code
        _check(len(custom))

    def cell_format(attributes: Attributes) -> None:
        used.append(attributes.get("numFmtId", "0"))
        _check(len(used))

    root = Element(
        children={
            "x:numFmts": Element(children={"x:numFmt": Element(number_format)}),
            "x:cellXfs": Element(children={"x:xf": Element(cell_format)}),
        }
    )
    Markup(part).read(chunks, {"x:styleSheet": root})
    # 自定义的在后：有的软件用内置的编号写自己的格式。
    codes = {**BUILT_IN, **custom}
    return {str(index): codes.get(name, GENERAL) for index, name in enumerate(used)}


def _check(styles: int) -> None:
    if styles > limits.MAX_STYLES:
        raise too_large(f"样式超过 {limits.MAX_STYLES} 种")
