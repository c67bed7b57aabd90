"""设定表的版式：有哪些工作表、每张有哪些列。写表和读表都只看这里。"""

from ipmeasures.forms.layout import Column, Layout

VERSION = "1"
FILE_NAME = "办公室设定.xlsx"
MARK_SHEET = "_设定标识"
GUIDE_SHEET = "设定说明"
RENAMED_SHEET = "单位更名"
EVERYONE = "全体成员"
YES, NO = "是", "否"
TOGETHER = "相加"
ONCE, YEARLY = "一次", "每年重复"
LIST_MARK = "、"

AGENDA = Layout(
    "报送安排",
    (
        Column("name", "设定", 22),
        Column("setting", "内容", 16, filled=True),
        Column("unit", "计量", 9, needed=False),
        Column("meaning", "含义", 62, needed=False),
        Column("default", "空着时", 16, needed=False),
    ),
)

MEMBERS = Layout(
    "成员单位",
    (
        Column("name", "单位名称", 24),
        Column("full_name", "全称", 34, filled=True),
        Column("aliases", "简称和别名", 38, filled=True),
        Column("member", "是否成员", 10, filled=True),
        Column("contact", "联系人", 14, filled=True),
        Column("phone", "电话", 20, filled=True),
        Column("courtesy", "行文用商请", 11, filled=True),
    ),
)

LEADS = Layout(
    "措施牵头",
    (
        Column("id", "编号", 8),
        Column("name", "措施名称", 34, needed=False),
        Column("agencies", "责任单位", 62, needed=False),
        Column("lead", "牵头单位", 24, filled=True),
    ),
)

REPORTERS = Layout(
    "填报单位",
    (
        Column("id", "编号", 8),
        Column("kind", "类别", 10, needed=False),
        Column("name", "事项", 40, needed=False),
        Column("agencies", "责任单位", 34, needed=False),
        Column("reporters", "填报单位", 40, filled=True),
        Column("combine", "几家的数", 10, filled=True),
    ),
)

TERMS = Layout(
    "口径",
    (
        Column("id", "编号", 8),
        Column("name", "事项", 24, needed=False),
        Column("unit", "计量单位", 9, needed=False),
        Column("baseline", "2020年基期值", 13, needed=False),
        Column("target", "2025年目标值或要求", 18, needed=False),
        Column("nature", "数的性质", 17, filled=True),
        Column("path", "序时路径", 11, filled=True),
        Column("waypoints", "分年节点", 16, filled=True),
        Column("release", "发布", 9, filled=True),
        Column("decimals", "小数位", 7, filled=True),
        Column("tolerance", "容差", 7, filled=True),
        Column("maximum", "最大可能值", 8, filled=True),
        Column("prompt", "口径提示", 42, filled=True),
        Column("verify", "会核", 22, filled=True),
    ),
)

DUES = Layout(
    "里程碑时限",
    (
        Column("id", "编号", 8),
        Column("measure", "所属措施", 28, needed=False),
        Column("name", "事项", 46, needed=False),
        Column("wording", "原文怎么说", 22, needed=False),
        Column("recurring", "类别", 10, needed=False),
        Column("due", "办结时限", 14, filled=True),
    ),
)


def renamed_layout(times: int) -> Layout:
    """“单位更名”：一家一行，可记 ``times`` 次更名。"""
    columns = [Column("name", "单位名称", 24)]
    for n in range(1, times + 1):
        columns += [
            Column(f"name{n}", f"第{n}次更名后名称", 30, filled=True),
            Column(f"since{n}", f"第{n}次起用日期", 15, filled=True),
            Column(f"note{n}", f"第{n}次备注", 26, filled=True),
        ]
    return Layout(RENAMED_SHEET, tuple(columns))


HINTS = {
    "报送安排": "只改黄色格。空着的按“空着时”一列算。改了界线，以后判出的灯会变；已写好的报告不会变。",
    "成员单位": "只改黄色格。单位名称照公文，不能改；简称和别名几个的用顿号隔开，收表时按它们认单位；是否成员决定完整率的分母；不隶属市政府的（法院、检察院、海关、中央驻地方的单位）行文用商请。",
    "单位更名": "只改黄色格。更名要写新名称和从哪天起用；以前报的数接着算。公文里的名称不变。",
    "措施牵头": "只改黄色格。公文没有写牵头单位，由办公室定；空着是没有定。",
    "填报单位": "只改黄色格。一家的从下拉框选；几家的用顿号隔开，各成员都报的写“全体成员”；几家报同一个数的，“几家的数”选“相加”。",
    "口径": "只改黄色格，灰色格是公文写的。性质、路径、发布从下拉框选；分年节点形如 2022=6；2023=8；容差、最大可能值与本项同单位，可以空着。",
    "里程碑时限": "只改黄色格。公文没有时限，由办公室定；空着是不限。每年重复的，各年都看同月同日。日期可写 2025-06-30、2025年6月30日、2025年6月底。",
}

GUIDE = (
    "办公室设定",
    "一、公文没有规定、由办公室自己定的都在这份表里：{sheets}。",
    "二、只改黄色格。灰色格是公文写的或程序认行用的，改了会退回。行、列可以移动、隐藏，不要删行、加行。工作表没有密码，可随时撤销保护。",
    "三、把黄色格清空，是取消这一项设定；不能取消的会说。",
    "四、改好保存为 .xlsx，先试算：ipm settings import 文件 --dry-run。看清改了哪些，再导入：ipm settings import 文件 --why 理由。",
    "五、有一处不对，整份不导入，逐处说明在哪一格、怎么改。没有改的项，计划文件里一个字也不动。",
    "六、导入以前的计划文件自动留一份在 data/backup 里；改了什么、谁改的、为什么，记在台账里。",
    "七、导出以后，计划文件又被改过的（别人导入过，或用记事本改过），这份表作废，要重新导出。",
    "八、填报单位、数的性质改了的，已经发出、还没有收回的空表要重新生成：ipm form --quarter 季度。",
    "九、中途调整目标、名称相近的数、同源的数，不在这份表里，写法见 docs/settings.md。",
)
