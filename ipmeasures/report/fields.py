"""台账里的每一栏叫什么：与表上的表头一致。"""

from ipmeasures.forms.layout import RETURN_LAYOUTS

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
