"""读表测试的共同材料：真的计划、几种现成的表、从结果里挑出要看的。"""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from ipmeasures.forms.identity import Identity, identity_of
from ipmeasures.plan.expected import Expected
from ipmeasures.plan.load import load_plan
from ipmeasures.plan.model import FigureItem, Plan
from ipmeasures.plan.owed import owed_by
from ipmeasures.problem import Problem
from ipmeasures.quarter import Quarter
from ipmeasures.returns.checks import check_return
from ipmeasures.returns.circumstances import Circumstances
from ipmeasures.returns.filing import to_filing
from ipmeasures.returns.line import Line
from ipmeasures.returns.read import read_return
from ipmeasures.returns.reading import Reading
from ipmeasures.workspace import Workspace

from .markdown import Md, workbook

ROOT = Path(__file__).parents[2]
MARKET, CULTURE, COURT = "市市场监管局", "市文化和旅游局", "市法院"
CUSTOMS, OTHER_CUSTOMS = "威海海关", "荣成海关"
TODAY = dt.date(2023, 7, 5)
Q2 = Quarter(2023, 2)


@cache
def plan() -> Plan:
    """仓库里的计划。"""
    return load_plan(Workspace(ROOT))


def item(key: str) -> FigureItem:
    """计划里的一个数。"""
    return next(found for found in plan().figure_items if found.id == key)


def expected(key: str, **known: object) -> Mapping[str, Expected]:
    """一个事项的过去和序时；``history`` 写成 ``"2022Q1 3, 2022Q2 5"``。"""
    text = str(known.pop("history", ""))
    points = [part.split() for part in text.split(",") if part]
    past = tuple((Quarter.parse(when), Decimal(value)) for when, value in points)
    numbers = {k: Decimal(v) if isinstance(v, str) else v for k, v in known.items()}
    last = past[-1][1] if past else None
    return {key: Expected(key, **{"last": last, **numbers}, history=past)}  # type: ignore[arg-type]


# 表


def consolidated(*lines: str, head: str = "", **sheet: object) -> bytes:
    """汇总表；``lines`` 是各行，默认的表头见下。"""
    titles = head or "| 责任单位 | 报送期 | 编号 | 本期值 | 说明 | 数据时点 | 数据来源 |"
    return workbook(Md("汇总表", "\n".join((titles, *lines)), **sheet))  # type: ignore[arg-type]


def figure(
    value: str, key: str = "I01", note: str = "", agency: str = "", **sheet: object
) -> bytes:
    """只报一个数的汇总表；数在 D2。"""
    who = agency or item(key).how.reporters[0]
    return consolidated(f"| {who} | 2023Q2 | {key} | {value} | {note} |", **sheet)


INDICATORS = "| 编号 | 指标名称 | 本期值 | 数据时点 | 数据来源 | 滞后原因 | 下一步措施 | 说明 |"
COMMITMENTS = "| 编号 | 任务 | 本期值 | 数据时点 | 数据来源 | 滞后原因 | 下一步措施 | 说明 |"
MEASURES = "| 编号 | 措施名称 | 进展状态 | 本季度进展 | 存在问题 | 滞后原因 | 下一步措施 |"
MILESTONES = "| 编号 | 事项 | 完成情况 | 完成日期 | 佐证材料 | 下一步措施 |"
CASES = "| 标题 | 对应措施 | 内容摘要 | 可否公开 |"
HEADS = {
    "指标数据": INDICATORS,
    "量化任务": COMMITMENTS,
    "措施进展": MEASURES,
    "里程碑": MILESTONES,
    "典型案例": CASES,
}


def info(agency: str = CULTURE, quarter: str = "2023Q2", *lines: str) -> Md:
    """“报送信息”；单位在 B2，报送期在 B3。"""
    given = ("| 项目 | 内容 |", f"| 报送单位 | {agency} |", f"| 报送期 | {quarter} |", *lines)
    return Md("报送信息", "\n".join(given))


def sheets(agency: str, **tables: str) -> list[Md]:
    """该单位应有的各张表；``tables`` 是表名 → 表头以下的各行。"""
    owed = owed_by(plan(), agency)
    counts = {
        "指标数据": owed.indicators,
        "量化任务": owed.commitments,
        "措施进展": owed.measures,
        "里程碑": owed.milestones,
    }
    names = [name for name in HEADS if counts.get(name) or name in tables]
    return [Md(name, f"{HEADS[name]}\n{tables.get(name, '')}") for name in names]


def form(agency: str = CULTURE, quarter: str = "2023Q2", *lines: str, **tables: str) -> bytes:
    """一个单位的表，没有身份页；``lines`` 是“报送信息”多出的行。"""
    return workbook(info(agency, quarter, *lines), *sheets(agency, **tables))


def identity(agency: str = CULTURE, **changed: str) -> Md:
    """隐藏的身份页；``changed`` 是改掉的几项。"""
    own = identity_of(owed_by(plan(), agency), Q2, plan().document.number)
    fields = {name: getattr(own, name) for name in own.__slots__} | changed
    pairs = Identity(**fields).pairs()
    return Md("_标识", "\n".join(f"| {name} | '{value} |" for name, value in pairs), hidden=True)


# 结果


def read(content: bytes) -> Reading:
    """读一份表。"""
    return read_return(content, plan())


def checked(
    content: bytes,
    known: Mapping[str, Expected] | None = None,
    confirmed: Mapping[str, str] | None = None,
    today: dt.date = TODAY,
) -> tuple[Problem, ...]:
    """读和核对的全部问题。"""
    reading = read(content)
    circumstances = Circumstances(plan(), today, known or {}, confirmed or {})
    found = [check_return(one, circumstances) for one in reading.returns]
    return (*reading.problems, *(problem for problems in found for problem in problems))


def codes(problems: Iterable[Problem]) -> list[str]:
    """各问题的代码。"""
    return [problem.code for problem in problems]


def of(problems: Iterable[Problem], code: str) -> list[Problem]:
    """一种代码的问题。"""
    return [problem for problem in problems if problem.code == code]


def the(problems: Iterable[Problem], code: str) -> Problem:
    """这种代码的问题，恰好一个。"""
    (found,) = of(problems, code)
    return found


def lines(content: bytes) -> list[Line]:
    """入库的各行，不分单位。"""
    return [line for one in read(content).returns for line in to_filing(one).lines]


def told(content: bytes) -> dict[tuple[str, str], str]:
    """（事项，哪一格）→ 内容；数用标准写法。"""
    return {
        (x.item, x.field): str(x.value if x.value is not None else x.text or x.state.label)
        for x in lines(content)
    }
