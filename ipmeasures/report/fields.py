"""台账里的每一栏叫什么：与表上的表头一致。"""

from ipmeasures.forms.layout import RETURN_LAYOUTS

_CASE = "case:"
_OWN = {"status": "状态", "progress": "本季度进展", "problems": "存在问题"}


def field_label(field: str) -> str:
    """一栏的名称。"""
    if field in _OWN:
        return _OWN[field]
    for layout in RETURN_LAYOUTS:
        for column in layout.columns:
            if column.key == field:
                return column.header
    return field


def item_label(item: str) -> str:
    """事项怎么称呼：编号；案例是“案例《标题》”。"""
    return f"案例《{item.removeprefix(_CASE)}》" if item.startswith(_CASE) else item
