"""计划的类型：公文里写了什么，办公室设定了什么。全是不可变的值，不依赖任何库。"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from ipmeasures.plan.terms import Cadence, Direction, Nature, Path, Release, Rule
from ipmeasures.quarter import Quarter

BINDING = "约束性"
COLLECTIVE = "成员单位"


@dataclass(frozen=True, slots=True)
class Document:
    """公文本身。

    ``place`` 是发文的地方，写在报告题目前面；``short_title`` 是正文里的简称；``duty`` 是公文里要求上报
    的话；``collective`` 是公文对全体成员单位的叫法。没有写的各用通常的说法。
    """

    title: str
    number: str
    issued_on: dt.date
    base_year: int
    target_year: int
    issuer: str = ""
    place: str = ""
    short_title: str = ""
    duty: str = ""
    collective: str = COLLECTIVE

    @property
    def years(self) -> int:
        """计划期的年数。"""
        return self.target_year - self.base_year

    @property
    def called(self) -> str:
        """正文里的称呼：有简称的用简称，如《措施》。"""
        return f"《{self.short_title or self.title}》"

    @property
    def cited(self) -> str:
        """头一次提到：题目、文号，和以下的简称。"""
        also = f"，以下简称{self.called}" if self.short_title else ""
        return f"《{self.title}》（{self.number}{also}）"


@dataclass(frozen=True, slots=True)
class Section:
    """重点任务的一个部分。"""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Renaming:
    """责任单位更名；``since`` 起用新名。"""

    name: str
    since: dt.date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """责任单位；``name`` 是公文里的叫法。

    ``contact``、``phone`` 是办公室记的联系人和电话，可以没有；``courtesy`` 是不隶属市政府、行文用“商请”的。
    """

    id: str
    name: str
    full_name: str
    aliases: tuple[str, ...] = ()
    renamed: tuple[Renaming, ...] = ()
    contact: str = ""
    phone: str = ""
    courtesy: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """一条措施；``collective`` 表示公文写的是全体成员（如“专项小组成员”）。

    ``lead`` 是牵头单位；``lead_named`` 表示公文自己写明了牵头，不是办公室设定。
    """

    id: str
    section: int
    title: str
    agencies: tuple[str, ...]
    collective: bool
    tasks: tuple[str, ...]
    lead: str | None = None
    lead_named: bool = False

    @property
    def number(self) -> int:
        """措施序号，1 起。"""
        return int(self.id[1:])


@dataclass(frozen=True, slots=True)
class Namesake:
    """名称相近、容易填错的另一个数，和它公布过的值。"""

    name: str
    values: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Reporting:
    """一个数怎么报、怎么判；除计量单位外都是办公室设定。

    ``tolerance`` 与本项同单位；``decimals`` 是显示的小数位，0 表示整数项；``maximum`` 是可能的
    最大值（满意度 100）；``agrees_with`` 是同源、应相等的另一个事项；``waypoints`` 是 ``milestones`` 路径上各年年底的值。
    """

    unit: str
    nature: Nature
    path: Path
    release: Release
    decimals: int
    reporters: tuple[str, ...]
    tolerance: Decimal = Decimal(0)
    combine: str | None = None
    prompt: str = ""
    verify: str = ""
    maximum: Decimal | None = None
    waypoints: tuple[tuple[int, Decimal], ...] = ()
    namesakes: tuple[Namesake, ...] = ()
    agrees_with: str | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """中途调整的目标值；``since`` 起按新目标走。"""

    since: dt.date
    target: Decimal
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """一个主要指标：从 ``baseline``（基年年底）到 ``target``（末年年底）。

    ``baseline``、``target`` 公文写“-”的为 ``None``：没有基期的只看目标完成率，没有目标的只作监测。
    ``sign`` 是公文写在目标前面的 ≥、≤、>、<。
    """

    id: str
    name: str
    baseline: Decimal | None
    target: Decimal | None
    attribute: str
    how: Reporting
    direction: Direction = Direction.RISING
    amendments: tuple[Amendment, ...] = ()
    sign: str = ""

    @property
    def binding(self) -> bool:
        """约束性指标：单列，从严。"""
        return self.attribute == BINDING

    def target_in(self, quarter: Quarter) -> Decimal | None:
        """``quarter`` 有效的目标值：中途调整自其日期所在的季度起有效。"""
        every = sorted(self.amendments, key=lambda change: change.since)
        inforce = [change for change in every if Quarter.of(change.since) <= quarter]
        return inforce[-1].target if inforce else self.target


@dataclass(frozen=True, slots=True)
class Commitment:
    """措施里写明的一个数（量化任务）；``figures`` 一个，区间时两个。

    ``same_as`` 指与之同一个数的指标：表上不再问，进展照它判。
    """

    id: str
    measure: str
    subject: str
    wording: str
    rule: Rule
    figures: tuple[Decimal, ...]
    cadence: Cadence
    how: Reporting
    same_as: str | None = None

    @property
    def name(self) -> str:
        """任务名称，与指标的 ``name`` 同用。"""
        return self.subject


@dataclass(frozen=True, slots=True)
class Milestone:
    """没有数字的交付事项；``recurring`` 的每年一月重新开始。``due`` 一定是办公室设定。"""

    id: str
    measure: str
    subject: str
    wording: str
    recurring: bool
    reporters: tuple[str, ...]
    due: dt.date | None = None
    also_under: tuple[str, ...] = ()
    timing: str = ""


@dataclass(frozen=True, slots=True)
class Flaw:
    """公文自身的矛盾或缺陷：照录、提示，从不改。``items`` 是涉及的编号。"""

    items: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """措施里出现、但不是量化任务的数字，和不作任务的理由。"""

    measure: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """判定界线（办公室设定）；缺口单位是百分点，指数是 SPI。"""

    preset: str = "ratios"
    ahead_gap: Decimal = Decimal(2)
    ahead_index: Decimal = Decimal("1.05")
    on_track_index: Decimal = Decimal("0.95")
    on_track_gap: Decimal = Decimal(-2)
    far_behind_index: Decimal = Decimal("0.60")
    far_behind_gap: Decimal = Decimal(-20)
    points_yellow_gap: Decimal = Decimal(-10)
    stale_quarters: int = 2
    due_soon_days: int = 30
    nearly_percent: Decimal = Decimal(95)


@dataclass(frozen=True, slots=True)
class Binding:
    """约束性指标的判定：从严的界线，和各种状态另外的说法（代码和话）。"""

    thresholds: Thresholds
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """办公室设定：公文没有规定、每个办公室自己定的。

    ``contact`` 是办公室自己的联系人和电话，可以没有；``binding`` 没有设定的，约束性指标不留余量：
    差一点也是未达序时。
    """

    first_quarter: Quarter
    due_days: int
    members: tuple[str, ...]
    thresholds: Thresholds = field(default_factory=Thresholds)
    contact: str = ""
    binding: Binding | None = None

    def limits(self, *, binding: bool) -> Thresholds:
        """判一个事项所用的界线。"""
        if not binding:
            return self.thresholds
        return self.binding.thresholds if self.binding else stricter(self.thresholds)

    def words(self, *, binding: bool) -> Mapping[str, str]:
        """一个事项的状态另外的说法，没有的照通常。"""
        return dict(self.binding.words) if binding and self.binding else {}


def stricter(thresholds: Thresholds) -> Thresholds:
    """约束性指标通常的界线：与一般的一样，只是不留余量。"""
    return replace(thresholds, on_track_index=Decimal(1), on_track_gap=Decimal(0))


FigureItem = Indicator | Commitment
Item = Indicator | Commitment | Milestone | Measure


@dataclass(frozen=True)
class Plan:
    """整个计划；``digest`` 是两个 YAML 文件内容的 SHA-256。"""

    document: Document
    sections: tuple[Section, ...]
    agencies: tuple[Agency, ...]
    measures: tuple[Measure, ...]
    indicators: tuple[Indicator, ...]
    commitments: tuple[Commitment, ...]
    milestones: tuple[Milestone, ...]
    settings: Settings
    flaws: tuple[Flaw, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    digest: str = ""

    @cached_property
    def figure_items(self) -> tuple[FigureItem, ...]:
        """全部有数字的事项：先指标后量化任务。"""
        return (*self.indicators, *self.commitments)

    @cached_property
    def asked_items(self) -> tuple[FigureItem, ...]:
        """表上要问的数：不含与指标同一个数的量化任务。"""
        return (*self.indicators, *(c for c in self.commitments if c.same_as is None))

    @cached_property
    def items(self) -> dict[str, Item]:
        """按编号找事项。"""
        every: tuple[Item, ...] = (
            *self.indicators, *self.commitments, *self.milestones, *self.measures
        )  # fmt: skip
        return {item.id: item for item in every}

    @cached_property
    def measure_by_id(self) -> dict[str, Measure]:
        """按编号找措施。"""
        return {m.id: m for m in self.measures}

    @cached_property
    def agency_by_name(self) -> dict[str, Agency]:
        """按公文里的名称找责任单位。"""
        return {a.name: a for a in self.agencies}

    def responsible(self, measure: Measure) -> tuple[str, ...]:
        """一条措施的责任单位；写全体成员的，是办公室设定的成员。"""
        return self.settings.members if measure.collective else measure.agencies
