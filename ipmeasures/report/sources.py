"""出处：一个数、一段文字是哪份回执、哪个文件、哪张表、哪一格，谁报的，何时收到、何时入库。"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import Commitment, FigureItem
from ipmeasures.plan.names import name_of
from ipmeasures.plan.terms import Nature
from ipmeasures.progress.figures import Figure, of_year
from ipmeasures.progress.goal import source_of
from ipmeasures.progress.series import is_summed
from ipmeasures.quarter import Quarter
from ipmeasures.report.amounts import number, plain
from ipmeasures.report.basis import Basis, basis_of
from ipmeasures.report.fields import field_label, item_label
from ipmeasures.report.material import Material
from ipmeasures.report.wording import day, one_line
from ipmeasures.returns.number import stored_number

# 入库时间写北京时间：同一本台账在哪台机器上写出来都一样
BEIJING = dt.timezone(dt.timedelta(hours=8))
_YEAR_AGO = "上年同期"
_YEAR = 4  # 季度


@dataclass(frozen=True, slots=True)
class Source:
    """一格的出处，除 ``entry`` 外都是写好的字。

    ``value`` 是报的数、“未更新”等，或文字；``use`` 是本期怎么用它（没有用的为空）；``data_at`` 是填报
    单位写的数据时点；``who`` 是填报人，``by`` 是经办入库的人；``raw`` 是格里原样的字，与读出的数一样的
    为空。
    """

    entry: Entry
    item: str
    name: str
    unit: str
    field: str
    value: str
    use: str
    agency: str
    data_at: str
    who: str
    by: str
    received_on: str
    recorded_at: str
    raw: str


def figure_sources(material: Material, item: FigureItem) -> tuple[Source, ...]:
    """``item`` 在案的每一个数，新在前；与指标同一个数的，是那个指标的。"""
    source = source_of(material.plan, item)
    entries = material.by_item.get(source.id, ())
    dates = {(e.agency, e.quarter): one_line(e.text) for e in entries if e.field == "data_at"}
    uses = _uses(material, item)
    mine = sorted((e for e in entries if e.field == "value"), key=_newest_first)
    return tuple(
        _source(
            material,
            entry,
            (source.id, source.name, source.how.unit),
            number(source, entry.value) if entry.value is not None else entry.state.label,
            use=uses.get(entry.number, ""),
            data_at=dates.get((entry.agency, entry.quarter)) or str(entry.data_at or ""),
        )
        for entry in mine
    )


def text_sources(material: Material) -> tuple[Source, ...]:
    """本季度报的每一段文字，按台账次序。"""
    told = [e for e in material.entries if e.quarter == material.quarter and e.field != "value"]
    return tuple(
        _source(material, entry, _owner(material, entry), entry.text or entry.state.label)
        for entry in sorted(told, key=lambda e: e.number)
    )


def origin(material: Material, item: FigureItem) -> str:
    """基期和目标、任务的要求从公文哪里来；中途调整的说依据。"""
    document = material.plan.document
    title = f"《{document.title}》（{document.number}）"
    if isinstance(item, Commitment):
        measure = material.plan.measure_by_id[item.measure]
        return f"要求出自{title}措施{measure.number}“{measure.title}”：“{item.wording}”。"
    where = material.plan.indicators.index(item) + 1
    changed = "".join(
        f"{day(change.since)}起目标调整为{plain(change.target)}"
        f"{f'（{one_line(change.basis)}）' if change.basis else ''}。"
        for change in item.amendments
    )
    return f"基期、目标出自{title}主要指标第{where}项。{changed}"


def moment(at: dt.datetime) -> str:
    """入库时间：2023-07-05 09:12:33（北京时间）。"""
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"


def _newest_first(entry: Entry) -> tuple[int, int]:
    return (-(entry.quarter - Quarter(0, 1)), entry.number)


def _uses(material: Material, item: FigureItem) -> Mapping[int, str]:
    """本期用到的各笔：台账里的顺序号 → 怎么用。"""
    entries = material.by_item.get(source_of(material.plan, item).id, ())
    gap = material.gap_by_id[item.id]
    basis = basis_of(material.plan, item, gap, entries, material.quarter)
    roles = {used.entry.number: [used.role] for used in basis.used if used.role}
    before = _year_ago(basis)
    for entry in entries:
        given = before and entry.field == "value" and entry.quarter == before.quarter
        if before and given and (is_summed(basis.source) or entry.value == before.value):
            roles.setdefault(entry.number, []).append(_YEAR_AGO)
    return {number: "、".join(told) for number, told in roles.items()}


def _year_ago(basis: Basis) -> Figure | None:
    """同比用的上年同期数；年度数是上一年的。"""
    last = basis.case.figure
    if last is None:
        return None
    if basis.goal.nature is Nature.ANNUAL:
        return of_year(basis.known, last.date.year - 1)
    return next((f for f in basis.known if f.date == last.date + -_YEAR), None)


def _same(entry: Entry) -> bool:
    """格里的字就是读出的数或文字。"""
    if entry.value is None:
        return entry.raw.strip() == (entry.text or entry.state.label)
    try:
        return stored_number(entry.raw) == entry.value
    except (ValueError, ArithmeticError):
        return False


def _owner(material: Material, entry: Entry) -> tuple[str, str, str]:
    item = material.plan.items.get(entry.item)
    return (
        ("", one_line(item_label(entry.item)), "") if item is None else (item.id, name_of(item), "")
    )


def _source(  # noqa: PLR0913 - 后两样只有数才有
    material: Material,
    entry: Entry,
    owner: tuple[str, str, str],
    value: str,
    *,
    use: str = "",
    data_at: str = "",
) -> Source:
    receipt = material.receipt_by_number.get(entry.receipt)
    signed = dict(receipt.signed) if receipt else {}
    item, name, unit = owner
    return Source(
        entry=entry,
        item=item,
        name=name,
        unit=unit,
        field=field_label(entry.field),
        value=value,
        use=use,
        agency=material.name(entry.agency),
        data_at=data_at,
        who=one_line(signed.get("filled_by")),
        by=one_line(receipt.recorded_by) if receipt else "",
        received_on=entry.received_on.isoformat(),
        recorded_at=moment(entry.recorded_at),
        raw="" if _same(entry) else one_line(entry.raw),
    )
