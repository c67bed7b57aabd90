"""``--if 事项=数``：认出事项和数；数的认法与收表一样，认不出的用同样的话说。"""

from collections.abc import Sequence
from decimal import Decimal

from ipmeasures.commands.desk import Record, need_item
from ipmeasures.errors import UsageError
from ipmeasures.plan.model import Commitment, FigureItem, Indicator
from ipmeasures.problem import Place, Severity
from ipmeasures.progress.expected import expected_of
from ipmeasures.progress.goal import source_of
from ipmeasures.progress.suppose import Supposed, suppose
from ipmeasures.quarter import Quarter, parse_data_at
from ipmeasures.returns.figure import read_figure
from ipmeasures.returns.number import plain
from ipmeasures.returns.suspicion import comparators, is_far
from ipmeasures.returns.workbook.cells import Cell, CellType


def need_supposed(
    record: Record, written: Sequence[str], quarter: Quarter
) -> tuple[Supposed, tuple[str, ...]]:
    """``--if`` 的各项，按数所在的事项编号；另有看的人要知道的话。

    Raises:
        UsageError: 写法不对，没有那个事项、那不是报数的事项，或者数不对。
    """
    found, notes = {}, []
    for text in written:
        item, number, at = _parted(record, text)
        source = source_of(record.plan, item)
        if source.id in found:
            raise UsageError(f"--if 里 {source.id} 写了两次，请只留一个")
        figure = read_figure(Cell(1, 1, number, CellType.TEXT), source, Place())
        wrong = [p for p in figure.problems if p.severity is Severity.ERROR]
        if wrong or figure.value is None:
            why = wrong[0].message if wrong else f"“{number}”不是数字，只能假设一个数"
            raise UsageError(f"--if 的 {item.id} {item.name}（{source.how.unit}）：{why}")
        if source is not item:
            notes.append(f"{item.id} 与 {source.id} 同一个数，按 {source.id} 假设")
        if at is not None and at > quarter:
            notes.append(f"{item.id} 的数据时点 {at} 晚于 {quarter}，按 {quarter} 计")
        notes += _far(record, source, figure.value, quarter)
        found[source.id] = suppose(source, figure.value, quarter, at)
    return found, tuple(notes)


def _parted(record: Record, text: str) -> tuple[FigureItem, str, Quarter | None]:
    """“I02=150@2024”：事项、数，和写在 @ 后面的数据时点。"""
    name, sign, rest = text.replace("＝", "=").partition("=")
    if not sign or not rest.strip():
        raise UsageError(f"--if 的“{text}”请写成 事项=数，如 --if I01=9.5")
    item = record.plan.items[need_item(record.plan, name.strip())]
    if not isinstance(item, (Indicator, Commitment)):
        raise UsageError(f"--if 的 {item.id} 不是报数的事项；有数的事项可用 ipm plan 查看")
    number, sign, at = rest.partition("@")
    if not sign:
        return item, number, None
    try:
        return item, number, parse_data_at(at)
    except ValueError as wrong:
        raise UsageError(f"--if {item.id} 的数据时点{wrong}") from None


def _far(record: Record, item: FigureItem, value: Decimal, quarter: Quarter) -> list[str]:
    """与已知的数相差悬殊的，提醒看看计量单位；收表时这样的数会被退回。"""
    known = expected_of(record.plan, item.how.reporters[0], record.entries, quarter)
    near = comparators(item, known.get(item.id)) if len(item.how.reporters) == 1 else []
    if not is_far(value, near):
        return []
    compared = "、".join(plain(each) for each in near)
    return [
        f"请核对：{item.id} 的计量单位是{item.how.unit}，假设的 {plain(value)} 与已知的数（{compared}）相差悬殊"
    ]
