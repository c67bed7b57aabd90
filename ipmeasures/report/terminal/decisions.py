"""办公室的决定和它的余波在终端上怎么说。"""

from collections.abc import Sequence

from ipmeasures.ledger.entry import Entry, Receipt
from ipmeasures.progress.aftermath import LightChange
from ipmeasures.report.fields import item_label
from ipmeasures.report.json_view import Json
from ipmeasures.report.terminal.layout import wrap


def sent_back_lines(
    receipt: Receipt, items: Sequence[str], taken: Sequence[Entry], why: str
) -> list[str]:
    """退回了什么、还要做什么；``taken`` 是不再作数的各格。"""
    whole = "、".join(items) if items else "整张"
    head = f"[退回] 回执 {receipt.receipt}（{receipt.agency} {receipt.quarter}）：{whole}"
    figures = sum(entry.field == "value" for entry in taken)
    named = dict.fromkeys(item_label(entry.item) for entry in taken)
    gone = f"不再作数：{figures} 个数、{len(taken) - figures} 段文字"
    if named:
        gone += f"（{'、'.join(named)}）"
    lines = wrap(head, indent=" " * 7)
    for text in (f"理由：{why}", gone, "请把理由告知该单位，改好的表收下以后自动顶上"):
        lines += wrap(text, first=" " * 7, indent=" " * 9)
    return lines


def light_lines(changes: Sequence[LightChange]) -> list[str]:
    """因此变了的灯，一盏一行。"""
    if not changes:
        return []
    lines = ["       因此变了的灯（各单位报的数没有重算）："]
    for one in changes:
        lights = f"{one.old.status_text} -> {one.new.status_text}"
        lines += wrap(
            f"{one.quarter} {one.item} {one.name}：{lights}", first=" " * 9, indent=" " * 11
        )
    return lines


def lights_json(changes: Sequence[LightChange]) -> list[Json]:
    """同上，给程序用；``old``、``new`` 是状态的代码。"""
    return [
        {
            "quarter": str(one.quarter),
            "item": one.item,
            "old": one.old.status.value,
            "new": one.new.status.value,
            "old_text": one.old.status_text,
            "new_text": one.new.status_text,
        }
        for one in changes
    ]
