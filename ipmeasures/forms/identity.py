"""表的身份：版本、单位、季度和各行的指纹，写在隐藏的工作表里，收回时核对。"""

import hashlib
from dataclasses import dataclass

from ipmeasures.forms.layout import FORM_VERSION
from ipmeasures.plan.model import Commitment, Indicator, Item
from ipmeasures.plan.owed import Owed
from ipmeasures.quarter import Quarter

CONSOLIDATED_AGENCY = "*"
IDENTITY_KEYS = ("表单版本", "责任单位", "报送期", "指纹", "文号")
MENDS_KEY = "退自"


@dataclass(frozen=True, slots=True)
class Identity:
    """一张表自己带的身份；``agency`` 为 ``*`` 的是办公室汇总表。

    ``mends`` 只有退回表有：它退的是哪一份，原件的 SHA-256。
    """

    version: str
    agency: str
    quarter: str
    fingerprint: str
    document: str
    mends: str = ""

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """写进表里的各行：名目和内容。"""
        values = (self.version, self.agency, self.quarter, self.fingerprint, self.document)
        mends = ((MENDS_KEY, self.mends),) if self.mends else ()
        return (*zip(IDENTITY_KEYS, values, strict=True), *mends)

    @classmethod
    def from_pairs(cls, pairs: dict[str, str]) -> "Identity | None":
        """从表里读到的各行；缺一项就不算。"""
        if not all(key in pairs for key in IDENTITY_KEYS):
            return None
        version, agency, quarter, fingerprint, document = (pairs[key] for key in IDENTITY_KEYS)
        return cls(version, agency, quarter, fingerprint, document, pairs.get(MENDS_KEY, ""))


def identity_of(owed: Owed, quarter: Quarter, document: str) -> Identity:
    """发给一个单位的表的身份。"""
    return Identity(FORM_VERSION, owed.agency, str(quarter), fingerprint(owed), document)


def fingerprint(owed: Owed) -> str:
    """各行编号、计量单位和数的性质的指纹；名称、口径、设定变了不影响。"""
    rows: tuple[Item, ...] = (
        *owed.indicators, *owed.commitments, *owed.measures, *owed.milestones
    )  # fmt: skip
    lines = sorted("|".join((row.id, *_kind(row))) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _kind(row: Item) -> tuple[str, ...]:
    if isinstance(row, (Indicator, Commitment)):
        return row.how.unit, row.how.nature.value
    return ()
