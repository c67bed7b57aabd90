"""设定表的问题：一种一个代码，一句话说是什么，一句话说怎么改。都是错误：有一处就整份不导入。"""

from typing import Any

from ipmeasures.problem import Kind, Place, Problem, Severity, told


def _error(says: str, fix: str) -> Kind:
    return Kind(Severity.ERROR, says, fix)


SETTINGS_CATALOGUE: dict[str, Kind] = {
    # 表
    "setting_file": _error("{why}", "请用 ipm settings export 导出一份，在里面改"),
    "setting_sheet_missing": _error("没有“{wanted}”工作表", "请从原来的表补回，或重新导出"),
    "setting_row_missing": _error("少了“{row}”一行", "请补回这一行，或重新导出；要取消设定请清空黄色格，不要删行"),
    "setting_row_unknown": _error("“{raw}”不是这张表里的一行{hint}", "请改回原来的字；多加的行请删去"),
    "setting_row_twice": _error("“{raw}”有两行（另一处 {other}）", "请只留一行"),
    "setting_fixed": _error("“{header}”不能在这里改：原来{old}，现在{now}", "请改回原来的样子"),
    # 格
    "setting_needed": _error("“{header}”不能空着", "请填上；原来是“{old}”"),
    "setting_merged": _error("这一格在合并单元格里（{area}），分不清属于哪一格", "请取消合并，各格分别填写"),
    "setting_choice": _error("“{raw}”不在可选项内", "请从下拉框选：{choices}"),
    "setting_number": _error("“{raw}”不是数字{hint}", "请只填一个数，不带单位和文字"),
    "setting_whole": _error("这里应是整数，现在是 {raw}", "请填整数"),
    "setting_range": _error("{raw} 不在可能的范围内（{range}）", "请核对后改正"),
    "setting_date": _error("{why}", "请写到日，如 2025-06-30；月底可写 2025年6月底"),
    "setting_quarter": _error("“{raw}”不是季度", "请写成 2021Q4 或 2021年第四季度"),
    "setting_agency": _error("“{raw}”不是责任单位{hint}", "请写单位名称；几家的用顿号隔开"),
    "setting_lead": _error("“{raw}”不是这条措施的责任单位", "请从下拉框选：{choices}"),
    "setting_twice": _error("“{raw}”写了两次", "请只留一处"),
    "setting_waypoints": _error("“{raw}”看不出哪一年是多少", "请写成 2022=6；2023=8 这样"),
    "setting_too_long": _error("文字有 {length} 个字，超过 {most} 字", "请删减"),
    "setting_control": _error("文字里有看不见的字符或不该有的换行（{code}）", "请删去后重新输入这一段"),
    "setting_conflict": _error("导出以后，“{header}”已由{old}改成{now}；这里写的{new}", "请重新导出，在新表里改"),
    "setting_gone": _error("导出以后，计划里已经没有“{header}”这一格了", "请重新导出，在新表里改"),
    # 合起来看
    "setting_name_taken": _error("“{raw}”已是{owner}的名称", "请换一个，或先从{owner}那里去掉"),
    "setting_renaming": _error("第{time}次更名没有写全", "新名称和起用日期都要写；要取消这次更名，三格都清空"),
    "setting_order": _error("“{one}”（{high}）比“{other}”（{low}）还低", "界线由高到低是超序时、达序时、差距较大，请核对"),
    "setting_combine": _error("有几家填报单位，没有写怎么合成一个数", "请把“几家的数”选为“相加”，或只留一家"),
    "setting_percent": _error("这一项是百分数，几家的不能相加", "请只留一家，并清空“几家的数”"),
    "setting_no_waypoints": _error("按分年节点走，却没有写各年年底的值", "请在“分年节点”写上，如 2022=6；2023=8，或改选别的路径"),
    "setting_no_members": _error("没有一家成员", "请至少留一家，选“是”"),
}  # fmt: skip


def wrong(
    code: str,
    place: Place,
    /,
    *,
    item: str = "",
    value: object = "",
    **words: Any,  # noqa: ANN401 - 填进句子的词，什么类型都写得出来
) -> Problem:
    """按目录造一个问题。"""
    return told(SETTINGS_CATALOGUE[code], code, place, item=item, value=value, **words)
