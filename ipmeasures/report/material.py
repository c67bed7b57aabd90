"""写一份报告的材料：计划、差距、在案的各笔，和从中取东西的几个问法。"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ipmeasures.ledger.entry import Confirmation, Entry, Receipt
from ipmeasures.plan.model import FigureItem, Plan
from ipmeasures.plan.names import shown_name
from ipmeasures.progress.assess import assess_all
from ipmeasures.progress.assessment import Assessment
from ipmeasures.progress.figures import Figure, figures
from ipmeasures.progress.gaps import Gap, Gaps
from ipmeasures.progress.goal import goal_of, source_of
from ipmeasures.progress.series import series
from ipmeasures.quarter import Quarter, parse_month
from ipmeasures.report.wording import lines, listed


@dataclass(frozen=True, slots=True)
class Made:
    """报告是何时、依据什么做成的。

    ``receipt`` 是台账最后一号回执（没有入库记录的为 ``None``），``head`` 是台账校验码，
    ``version`` 是程序版本。
    """

    day: dt.date
    receipt: str | None
    head: str
    version: str


@dataclass(frozen=True)
class Material:
    """一份报告的全部材料；``entries`` 是有效的各笔，只含本季度及以前的。"""

    plan: Plan
    gaps: Gaps
    entries: tuple[Entry, ...]
    receipts: tuple[Receipt, ...]
    confirmations: tuple[Confirmation, ...]
    made: Made

    @property
    def quarter(self) -> Quarter:
        """报告的季度。"""
        return self.gaps.quarter

    @property
    def is_annual(self) -> bool:
        """第四季度的是年度报告。"""
        return self.quarter.number == 4

    @property
    def this_quarter(self) -> str:
        """正文里怎么称这个季度：年度报告说“第四季度”，免得与本年相混。"""
        return "第四季度" if self.is_annual else "本季度"

    @property
    def years(self) -> int:
        """计划期的年数。"""
        return self.plan.document.years

    @cached_property
    def gap_by_id(self) -> Mapping[str, Gap]:
        """按编号找判断。"""
        return {gap.id: gap for gap in self.gaps.items}

    @cached_property
    def receipt_by_number(self) -> Mapping[str, Receipt]:
        """按回执号找回执。"""
        return {receipt.receipt: receipt for receipt in self.receipts}

    @cached_property
    def by_item(self) -> Mapping[str, tuple[Entry, ...]]:
        """按事项分好的各笔，按台账次序。"""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in sorted(self.entries, key=lambda e: e.number):
            found[entry.item].append(entry)
        return {item: tuple(entries) for item, entries in found.items()}

    @cached_property
    def before(self) -> Mapping[str, Assessment]:
        """上季度的判断；上季度没有单位报过的为空。"""
        last = self.quarter + -1
        known = [e for e in self.entries if e.quarter <= last]
        if not any(e.quarter == last for e in known):
            return {}
        return {found.item: found for found in assess_all(self.plan, known, last)}

    def name(self, agency: str) -> str:
        """责任单位在季末的名称；更过名的写“新名（原旧名）”。"""
        known = self.plan.agency_by_name.get(agency)
        return shown_name(known, self.quarter.last_day) if known else agency

    def names(self, agencies: Iterable[str], blank: str = "无") -> str:
        """几个单位的名称，以顿号相连。"""
        return listed((self.name(agency) for agency in agencies), blank)

    def said(self, item: str, field: str) -> dict[str, tuple[str, ...]]:
        """本季度各单位对一个事项写的一种文字，按单位，一行一段。"""
        return self._said.get((item, field), {})

    @cached_property
    def _said(self) -> Mapping[tuple[str, str], dict[str, tuple[str, ...]]]:
        """本季度的全部文字：事项和栏目 → 单位（照计划的次序）→ 各段；一份报告要问上千次。"""
        order = {agency.name: place for place, agency in enumerate(self.plan.agencies)}
        found: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
        now = (e for e in self.entries if e.text and e.quarter == self.quarter)
        for entry in sorted(now, key=lambda e: (order.get(e.agency, len(order)), e.number)):
            told = lines(entry.text)
            if told:
                found.setdefault((entry.item, entry.field), {})[entry.agency] = told
        return found

    def figures(self, item: FigureItem) -> tuple[Figure, ...]:
        """一个事项到本季度为止报过的数，旧在前。"""
        entries = self.by_item.get(source_of(self.plan, item).id, ())
        reported = series(self.plan, item, entries)
        return figures(goal_of(item, self.plan), reported, self.quarter)

    def month(self, item: FigureItem) -> tuple[int, int] | None:
        """判断所依据的那个数，填报单位自己写明的年月；没有写到月的、几家相加的，为 ``None``。

        只到季度的说法会把“1—8月”的数说成前三季度的，所以有月份的照月份说。
        """
        source = source_of(self.plan, item)
        at = self.gap_by_id[item.id].assessment.data_at
        if at is None or len(source.how.reporters) > 1:
            return None
        entries = self.by_item.get(source.id, ())
        dated = {e.quarter for e in entries if e.field == "value" and (e.data_at or at) >= at}
        texts = [e.text for e in entries if e.field == "data_at" and e.quarter in dated and e.text]
        return parse_month(texts[-1]) if texts else None

    @property
    def zero_reports(self) -> tuple[str, ...]:
        """本季度报零报告的单位：报了，只是没有进展。"""
        return tuple(a.name for a in self.gaps.reporting.agencies if a.manner == "零报告")

    @property
    def has_samples(self) -> bool:
        """所用的数和文字里有没有标“样例”的。"""
        return any("样例" in (entry.text or "") for entry in self.entries)

    def silent(self, item: FigureItem) -> tuple[str, ...]:
        """本季度没有报这个数的填报单位。"""
        source = source_of(self.plan, item)
        heard = {
            e.agency
            for e in self.by_item.get(source.id, ())
            if e.quarter == self.quarter and e.field == "value"
        }
        return tuple(name for name in source.how.reporters if name not in heard)
