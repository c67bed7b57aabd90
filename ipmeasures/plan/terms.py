"""计划里的术语：数的性质、发布、路径、规则、期限和方向，各有几种、表上怎么叫。"""

from enum import StrEnum


class Nature(StrEnum):
    """一个数是哪种数；决定表上问什么、怎么和计划比。"""

    LEVEL = "level"
    RUNNING_TOTAL = "running_total"
    ACCUMULATED = "accumulated"
    YEAR_TO_DATE = "year_to_date"
    ANNUAL = "annual"

    @property
    def label(self) -> str:
        """表上的叫法。"""
        return {
            "level": "期末数",
            "running_total": "历年累计",
            "accumulated": "本年累计，由办公室累加",
            "year_to_date": "本年累计",
            "annual": "年度数",
        }[self.value]


class Release(StrEnum):
    """多久才可能有一个新数。"""

    QUARTERLY = "quarterly"
    BATCH = "batch"
    YEARLY = "yearly"

    @property
    def label(self) -> str:
        """表上的叫法。"""
        return {"quarterly": "按季", "batch": "按批次", "yearly": "按年"}[self.value]


class Path(StrEnum):
    """序时值怎么走。"""

    LINEAR = "linear"
    MILESTONES = "milestones"
    STEPS = "steps"
    YEAR_END = "year_end"

    @property
    def label(self) -> str:
        """表上的叫法。"""
        return {
            "linear": "逐季均匀",
            "milestones": "分年节点",
            "steps": "年底一步",
            "year_end": "年底前完成",
        }[self.value]


class Rule(StrEnum):
    """公文对数字的要求。"""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    RANGE = "range"


class Cadence(StrEnum):
    """按什么期限算。"""

    YEARLY = "yearly"
    AVERAGE = "average"
    BY_END = "by_end"

    @property
    def label(self) -> str:
        """表上的叫法。"""
        return {"yearly": "每年", "average": "年均", "by_end": "到期末"}[self.value]


class Direction(StrEnum):
    """越大越好还是越小越好。"""

    RISING = "rising"
    FALLING = "falling"
