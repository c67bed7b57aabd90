"""几种文书各有哪些话，全是写好的，模板照印。

各类的 ``Attributes`` 就是给办公室看的模板说明（``ipm template vars``），每个名字一句。
"""

from dataclasses import dataclass
from enum import StrEnum

from ipmeasures.report.parts import Text


class Kind(StrEnum):
    """文书的种类；代码写进台账和命令行，``label`` 是叫法。"""

    CALL = "call"
    REMINDER = "reminder"
    SUPERVISION = "supervision"

    @property
    def label(self) -> str:
        """叫法，也是文件名的一部分。"""
        return {"call": "报送通知", "reminder": "提醒函", "supervision": "督办单"}[self.value]

    @property
    def template(self) -> str:
        """模板的文件名。"""
        return f"notice-{self.value}.docx"


@dataclass(frozen=True, slots=True)
class AskRow:
    """一项要办的事；没有内容的格是“—”。

    Attributes:
        number: 序号。
        name: 事项和目前的状态。
        basis: 依据公文哪一条。
        due: 时限。
        actual: 目前的数，带计量单位。
        planned: 到这个季度应达的数。
        gap: 差几个百分点。
        ask: 请办理什么。
        item: 事项编号；整张表没有报的为空。
    """

    number: str
    name: str
    basis: str
    due: str
    actual: str
    planned: str
    gap: str
    ask: str
    item: str


@dataclass(frozen=True, slots=True)
class Notice:
    """一份报送通知、提醒函或督办单。

    Attributes:
        number: 发文字号的占位；督办单是流水编号。
        title: 标题，一行一段。
        addressee: 主送单位，用现在的名称。
        opening: 开头的各段。
        rows: 要办理的事项，一项一行；报送通知没有。
        asks: 要求，各一段；报送通知写在开头里。
        before: 此前为这个季度发过什么，各一段。
        reply_by: 请何时前报来或回复。
        contact: 联系人和电话。
        attachment: 附件（报送通知随附的空表），没有的为空。
        replies: 督办单里由承办单位填写的各栏。
        signature: 署名的占位。
        dated: 成文日期的占位。
        quarter: 哪个季度。
        agency: 单位在公文里的名称。
    """

    number: str
    title: Text
    addressee: str
    opening: Text
    rows: tuple[AskRow, ...]
    asks: Text
    before: Text
    reply_by: str
    contact: str
    attachment: str
    replies: Text
    signature: str
    dated: str
    quarter: str
    agency: str

    @property
    def items(self) -> tuple[str, ...]:
        """涉及的事项编号。"""
        return tuple(row.item for row in self.rows if row.item)
