"""报表的版式：有哪些工作表、每张表有哪些列。写表和读表都只看这里。"""

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

FORM_VERSION = "1"
IDENTITY_SHEET = "_标识"
LISTS_SHEET = "_选项"
NOTES_SHEET = "填报说明"
ERRORS_SHEET = "错误清单"

MANNERS = ("正常", "零报告", "办公室代录", "补录")
MEASURE_STATES = ("未启动", "推进中", "已完成", "长期坚持", "拟调整")
MILESTONE_STATES = ("未启动", "推进中", "已完成", "不再实施")
PUBLIC_CHOICES = ("可公开", "不公开")

NOT_APPLICABLE, NOT_UPDATED, WITHDRAWN = "不适用", "未更新", "撤回"


@dataclass(frozen=True, slots=True)
class Column:
    """一列：程序里的名字、表头、宽度（字符）；``filled`` 由单位填写；``aliases`` 是习惯写法。"""

    key: str
    header: str
    width: int
    filled: bool = False
    needed: bool = True
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """一张工作表：名称、各列，和一行至少多高（磅；留出手写和长文字的地方）。"""

    sheet: str
    columns: tuple[Column, ...]
    row_height: int = 24

    def __hash__(self) -> int:
        """名称就够分；逐列去算太慢，而每读一张表都要按版式查几次。"""
        return hash(self.sheet)

    def column(self, key: str) -> Column:
        """按程序里的名字找一列。"""
        return next(column for column in self.columns if column.key == key)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """各列在程序里的名字。"""
        return tuple(column.key for column in self.columns)

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """各列的表头。"""
        return tuple(column.header for column in self.columns)


_FIGURE_CELLS = (
    Column("value", "本期值", 11, filled=True),
    Column("data_at", "数据时点", 12, filled=True),
    Column("source", "数据来源", 16, filled=True),
    Column("reason", "滞后原因", 18, filled=True),
    Column("next_step", "下一步措施", 18, filled=True),
    Column("note", "说明", 16, filled=True),
)

INDICATORS = Layout(
    "指标数据",
    (
        Column("id", "编号", 6),
        Column("name", "指标名称", 18),
        Column("unit", "计量单位", 9, needed=False),
        Column("prompt", "口径", 28, needed=False),
        Column("baseline", "2020年基期值", 13, needed=False),
        Column("target", "2025年目标值", 13, needed=False),
        Column("planned", "序时应达", 10, needed=False),
        Column("year_ago", "上年同期", 9, needed=False),
        Column("last", "上期值", 9, needed=False),
        *_FIGURE_CELLS,
    ),
)

COMMITMENTS = Layout(
    "量化任务",
    (
        Column("id", "编号", 7),
        Column("measure", "所属措施", 18, needed=False),
        Column("name", "任务", 16),
        Column("wording", "要求", 16, needed=False),
        Column("unit", "计量单位", 9, needed=False),
        Column("prompt", "口径", 26, needed=False),
        Column("planned", "序时应达", 10, needed=False),
        Column("year_ago", "上年同期", 9, needed=False),
        Column("last", "上期值", 9, needed=False),
        *_FIGURE_CELLS,
    ),
)

MEASURES = Layout(
    "措施进展",
    (
        Column("id", "编号", 7),
        Column("name", "措施名称", 20),
        Column("tasks", "任务要点", 46, needed=False),
        Column("status", "进展状态", 11, filled=True, choices=MEASURE_STATES),
        Column("progress", "本季度进展", 40, filled=True),
        Column("problems", "存在问题", 22, filled=True),
        Column("reason", "滞后原因", 22, filled=True),
        Column("next_step", "下一步措施", 24, filled=True),
    ),
    row_height=60,
)

MILESTONES = Layout(
    "里程碑",
    (
        Column("id", "编号", 7),
        Column("measure", "所属措施", 24, needed=False),
        Column("name", "事项", 36),
        Column("due", "办结时限", 24, needed=False),
        Column("status", "完成情况", 11, filled=True, choices=MILESTONE_STATES),
        Column("completed_on", "完成日期", 13, filled=True),
        Column("evidence", "佐证材料", 32, filled=True),
        Column("next_step", "下一步措施", 28, filled=True),
    ),
    row_height=30,
)

CASES = Layout(
    "典型案例",
    (
        Column("title", "标题", 30, filled=True),
        Column("measure", "对应措施", 12, filled=True),
        Column("summary", "内容摘要", 80, filled=True),
        Column("public", "可否公开", 11, filled=True, choices=PUBLIC_CHOICES),
    ),
    row_height=60,
)

CONSOLIDATED = Layout(
    "汇总表",
    (
        Column(
            "agency",
            "责任单位",
            18,
            aliases=("填报单位", "报送单位", "牵头单位", "部门", "责任部门", "单位名称"),
        ),
        Column(
            "quarter",
            "报送期",
            10,
            aliases=("季度", "报告期", "期别", "时间", "所属期", "统计期"),
        ),
        Column("id", "编号", 8, needed=False, aliases=("序号",)),
        Column(
            "name",
            "指标名称",
            28,
            needed=False,
            aliases=("指标", "主要指标", "任务", "工作任务", "量化任务", "考核指标", "项目"),
        ),
        Column("unit", "计量单位", 8, needed=False),
        Column(
            "value",
            "本期值",
            12,
            filled=True,
            aliases=(
                "完成值",
                "完成数",
                "完成情况",
                "实际完成",
                "累计完成",
                "截至本季度末累计",
                "本期数",
                "当前值",
                "进展数据",
            ),
        ),
        Column(
            "data_at",
            "数据时点",
            12,
            filled=True,
            needed=False,
            aliases=("截止时间", "截至时间", "数据截止日期", "统计时点", "时点"),
        ),
        Column(
            "source",
            "数据来源",
            18,
            filled=True,
            needed=False,
            aliases=("来源", "依据", "数据出处", "佐证"),
        ),
        Column("note", "说明", 20, filled=True, needed=False, aliases=("备注", "情况说明")),
        Column("status", "进展状态", 11, filled=True, needed=False, choices=MEASURE_STATES),
        Column(
            "progress",
            "本季度进展",
            34,
            filled=True,
            needed=False,
            aliases=("进展情况", "工作进展", "推进情况", "落实情况"),
        ),
        Column("problems", "存在问题", 22, filled=True, needed=False, aliases=("问题及困难",)),
        Column("reason", "滞后原因", 22, filled=True, needed=False, aliases=("原因",)),
        Column(
            "next_step",
            "下一步措施",
            24,
            filled=True,
            needed=False,
            aliases=("下步打算", "下一步工作安排"),
        ),
        Column("manner", "报送方式", 11, filled=True, needed=False, choices=MANNERS),
        Column("reference", "来文字号", 16, filled=True, needed=False),
    ),
)

INFO_SHEET = "报送信息"
INFO_HEADERS = ("项目", "内容")
INFO = Layout(INFO_SHEET, (Column("label", "项目", 18), Column("content", "内容", 52, filled=True)))
INFO_FIELDS = (
    ("agency", "报送单位"),
    ("quarter", "报送期"),
    ("manner", "报送方式"),
    ("reference", "来文字号"),
    ("filled_by", "填报人"),
    ("phone", "联系电话"),
    ("reviewer", "审核人"),
    ("leader", "分管负责人"),
    ("filled_on", "填报日期"),
)

RETURN_LAYOUTS = (INDICATORS, COMMITMENTS, MEASURES, MILESTONES, CASES)


def home_of(item: str) -> Layout:
    """一个数（指标、量化任务）报在哪张表。"""
    return INDICATORS if item.startswith("I") else COMMITMENTS


TEXT_KEYS = (
    "source", "reason", "next_step", "note", "status", "progress", "problems",
    "completed_on", "evidence",
)  # fmt: skip

_SPACES = re.compile(r"[\s\u00ad\u180e\u200b-\u200d\u2060\ufeff]+")
_YEARED = re.compile(r"^[0-9]{4}年(?=基期值|目标值)")


@lru_cache(maxsize=1024)
def same_header(text: str) -> str:
    """表头归一：去掉空白和换行，括号不分全角半角；基期值、目标值是哪一年的不分。"""
    bare = _SPACES.sub("", text).replace("（", "(").replace("）", ")")
    return _YEARED.sub("", bare)


def with_years(layout: Layout, base: int, target: int) -> Layout:
    """基期值、目标值的表头写上计划自己的年份。"""
    years = {"baseline": base, "target": target}
    columns = tuple(
        replace(column, header=_YEARED.sub(f"{years[column.key]}年", column.header))
        if column.key in years
        else column
        for column in layout.columns
    )
    return layout if columns == layout.columns else replace(layout, columns=columns)
