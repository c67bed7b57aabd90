"""量时间用的报表：照真实的空表填上样例数和文字。"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from ipmeasures.forms.fill import Answers, fill_form
from ipmeasures.forms.write import write_form
from ipmeasures.plan.load import load_plan
from ipmeasures.plan.model import FigureItem, Plan
from ipmeasures.plan.owed import Owed, agencies_owing, owed_by
from ipmeasures.progress.expected import asked_plan
from ipmeasures.progress.goal import goal_of
from ipmeasures.quarter import Quarter
from ipmeasures.workspace import Workspace

_TEXT = "（样例）本季度召开会议一次，走访企业若干家，组织培训并形成工作台账，各项任务按计划推进。"


def filled_returns(
    root: Path, quarter: str, count: int, factor: Decimal
) -> Iterator[tuple[str, bytes]]:
    """若干份填好的报表：各单位轮流，数按序时值乘 ``factor``，文字各不相同。"""
    plan, when = load_plan(Workspace(root)), Quarter.parse(quarter)
    names = agencies_owing(plan)
    blanks: dict[str, bytes] = {}
    for number in range(count):
        name = names[number % len(names)]
        if name not in blanks:
            blanks[name] = write_form(plan, owed_by(plan, name), when, "", {})
        answers = _answers(plan, owed_by(plan, name), when, factor, number)
        yield f"{number:04d}-{name}.xlsx", fill_form(blanks[name], answers, {"填报人": "样例"})


def _answers(plan: Plan, owed: Owed, when: Quarter, factor: Decimal, number: int) -> Answers:
    figures: dict[str, dict[str, dict[str, str | Decimal]]] = {"指标数据": {}, "量化任务": {}}
    for sheet, items in (("指标数据", owed.indicators), ("量化任务", owed.commitments)):
        for item in items:
            value = _value(plan, item, when, factor)
            figures[sheet][item.id] = {"本期值": value, "数据来源": "样例（虚构）"}
    return {
        **figures,
        "措施进展": {
            measure.id: {"进展状态": "推进中", "本季度进展": f"{_TEXT}第{number}份。"}
            for measure in owed.measures
        },
        "里程碑": {m.id: {"完成情况": "推进中"} for m in owed.milestones},
    }


def _value(plan: Plan, item: FigureItem, when: Quarter, factor: Decimal) -> Decimal:
    due = asked_plan(goal_of(item, plan), when) or Decimal(100)
    places = Decimal(1).scaleb(-item.how.decimals)
    return (due * factor).quantize(places)
