"""填报说明：写给填表人的几句话。"""

import re

from ipmeasures.forms.layout import NOTES_SHEET
from ipmeasures.plan.owed import Owed
from ipmeasures.quarter import Quarter

_RULES = (
    "二、只填黄色格。印好的编号、名称请不要改；行、列可以移动、隐藏、调宽，不影响读取。工作表没有密码，可随时撤销保护。",
    "三、数字只填数，不带单位和“约”“余”等字。0 表示没有发生；“不适用”表示本单位不涉及（请写说明）；“未更新”表示还没有发布新数（限按批次、按年发布的项目）；空着表示未报，已报过的数不变。",
    "四、以前报错的数，直接报正确的数并写说明；要把报过的数收回，填“撤回”并写说明。",
    "五、数据时点是这个数本身的日期，可写 2023-06-30、2023年6月、2023Q2；只写年份的按年底算。不填按本季度末算。",
    "六、低于序时进度的，请写滞后原因和下一步措施；报告里照您的原话引用，没有写的注明“未说明原因”。",
    "七、本季确无进展可报的，在“报送信息”里把报送方式选为“零报告”。几个科室可以分几次、分几张表报，后报的只更新它填了的内容。",
    "八、“序时应达”是按计划到本季末应报的数：本年累计的只算今年，几家相加的是几家合计；只供参考。",
    "九、填好后保存为 .xlsx 发回即可。有错的，会退回一份标出位置的表，改好标出的格子再发回来。",
)
_FIRST = re.compile(r"一、.{1,60}本季应报：.{1,60}。报送期：.{1,20}。(?:请于[0-9年月]+日前报送。)?")
_OURS = frozenset((NOTES_SHEET, *_RULES))


def guide_lines(owed: Owed, quarter: Quarter, due: str) -> list[str]:
    """“填报说明”页的各行；第一行是标题。"""
    figures = len(owed.indicators) + len(owed.commitments)
    share = [
        f"{figures} 个数" if figures else "",
        f"{len(owed.measures)} 条措施的进展" if owed.measures else "",
        f"{len(owed.milestones)} 项里程碑" if owed.milestones else "",
    ]
    return [
        NOTES_SHEET,
        f"一、{owed.agency}本季应报：{'、'.join(part for part in share if part)}。报送期：{quarter.label}。{due}",
        *_RULES,
    ]


def is_guide_line(text: str) -> bool:
    """是不是“填报说明”上印好的话；单位、季度、时限各表不同，只看样子。"""
    return text in _OURS or _FIRST.fullmatch(text) is not None
