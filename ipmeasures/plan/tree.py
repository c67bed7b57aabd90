"""两个 YAML 文件的树：检查时怎么取各行各项；形状不对的地方跳过，由形状检查去说。"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from ipmeasures.plan.source import Source, Trail

Row = tuple[Trail, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Sources:
    """一起检查的两个 YAML 文件。"""

    measures: Source
    targets: Source

    def figure_rows(self) -> Iterator[Row]:
        """指标和量化任务。"""
        yield from rows(self.targets, "indicators")
        yield from rows(self.targets, "commitments")

    def milestone_rows(self) -> Iterator[Row]:
        """各措施下的里程碑。"""
        for trail, measure in rows(self.measures, "measures"):
            for i, milestone in enumerate(as_list(measure.get("milestones"))):
                if isinstance(milestone, dict):
                    yield (*trail, "milestones", i), milestone

    def agency_names(self) -> set[str]:
        """公文里的责任单位名称。"""
        return {text_of(row.get("name")) for _, row in rows(self.measures, "agencies")}

    def measure_ids(self) -> set[str]:
        """措施编号。"""
        return {text_of(row.get("id")) for _, row in rows(self.measures, "measures")}


def rows(source: Source, key: str) -> Iterator[Row]:
    """树里一个列表的各行；形状不对的行跳过（由形状检查去说）。"""
    tree = source.tree if isinstance(source.tree, dict) else {}
    for i, row in enumerate(as_list(tree.get(key))):
        if isinstance(row, dict):
            yield (key, i), row


def as_list(value: object) -> list[Any]:
    """列表；不是列表的当作空的。"""
    return value if isinstance(value, list) else []


def office_of(row: dict[str, Any]) -> dict[str, Any]:
    """一行里的办公室设定；没有的当作空的。"""
    office = row.get("office")
    return office if isinstance(office, dict) else {}


def names_in(value: object, *words: str) -> list[str]:
    """写的单位；``words`` 是代表一批单位的词，只能单独写。"""
    written = [value] if isinstance(value, str) else as_list(value)
    if len(written) == 1 and written[0] in words:
        return []
    return [name for name in written if isinstance(name, str) and name]


def text_of(value: object) -> str:
    """文字；不是文字的当作空串。"""
    return value if isinstance(value, str) else ""


def id_of(row: dict[str, Any]) -> str:
    """一行的编号，说问题时用。"""
    return text_of(row.get("id")) or "这一项"


def decimal_of(value: object) -> Decimal | None:
    """数；不是数的为 ``None``。"""
    try:
        figure = Decimal(text_of(value))
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None
