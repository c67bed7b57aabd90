"""一个数一句话：多少、比以前怎样、完成几成、与序时差多少、结论。有什么数才说什么。"""

from dataclasses import dataclass
from decimal import Decimal

from ipmeasures.plan.model import Commitment, FigureItem, Indicator
from ipmeasures.plan.terms import Nature, Rule
from ipmeasures.progress.assessment import Assessment, Conclusion, Status
from ipmeasures.progress.figures import Figure, of_year
from ipmeasures.progress.goal import goal_of, source_of
from ipmeasures.progress.path import year_demand
from ipmeasures.progress.remarks import EARLIER
from ipmeasures.progress.rounding import half_up
from ipmeasures.quarter import Quarter
from ipmeasures.report.amounts import (
    amount,
    demand,
    due_rate,
    growth,
    is_average,
    is_cap,
    is_yearly,
    margin,
    plain,
    rate,
    step,
    when,
)
from ipmeasures.report.joint import parts_text
from ipmeasures.report.material import Material
from ipmeasures.report.numbers import figure
from ipmeasures.report.wording import unstopped, years_long

_VERDICTS = {
    Status.FALLEN_BACK: "此前曾达到目标，目前回落至目标以下，需加快推进",
    Status.REGRESSED: "低于基期水平，需加快推进",
    Status.FAR_BEHIND: "差距较大，需加快推进",
    Status.BEHIND: "需加快推进",
    Status.IN_PROGRESS: "正在推进",
    Status.ON_TRACK: "达到序时要求",
    Status.AHEAD: "超过序时要求",
}
_YEAR_MISSED = "本年要求未达到"
_YEAR_END = "年底前完成即可"
_WITHIN = "仍在达序时范围内"


@dataclass(frozen=True, slots=True)
class _Told:
    """写一句话要看的：事项、判断、材料，和报过的数。"""

    item: FigureItem
    found: Assessment
    material: Material
    known: tuple[Figure, ...]

    @property
    def binding(self) -> bool:
        return isinstance(self.item, Indicator) and self.item.binding

    @property
    def flow(self) -> bool:
        return self.item.how.nature in (Nature.YEAR_TO_DATE, Nature.ACCUMULATED)

    @property
    def twin(self) -> bool:
        """与指标同一个数：多少、比以前怎样，指标那句已经说了。"""
        return source_of(self.material.plan, self.item) is not self.item


def sentence(material: Material, item: FigureItem) -> str:
    """``item`` 的一句话。"""
    found = material.gap_by_id[item.id].assessment
    told = _Told(item, found, material, material.figures(item))
    name = subject(material, item)
    if found.status is Status.NOT_APPLICABLE:
        return f"{name}{material.this_quarter}填报“不适用”{_why_not(material, item)}。"
    if found.status is Status.NOT_DUE:
        basis = "按年发布" if item.how.release.value == "yearly" else "按批次公布"
        return f"{name}数据{basis}，目前尚无可用数据，暂不判断进度。"
    if found.status is Status.NOT_REPORTED or found.value is None or found.data_at is None:
        return _not_reported(told, name)
    clauses = (_level(told, name), *_steps(told), *_progress(told), *_verdict(told))
    return f"{'，'.join(c for c in clauses if c)}{_aside(told)}。"


def subject(material: Material, item: FigureItem) -> str:
    """事项的名称；与指标同一个数的注明，后面接着说那个数。"""
    source = source_of(material.plan, item)
    if source is item:
        return item.name
    asked = f"要求{demand(item)}{item.how.unit}"
    return f"{item.name}（{asked}）与主要指标“{source.name}”为同一个数，"


def gap_words(found: Assessment) -> str:
    """与序时的差距：低于序时进度（50%）6.1个百分点。"""
    if found.gap_points is None or not found.planned_share:
        return ""
    size = half_up(found.gap_points, 1)
    due = f"序时进度（{due_rate(found.planned_share)}）"
    if not size:
        return f"与{due}持平"
    return f"{'低于' if size < 0 else '高于'}{due}{abs(size):f}个百分点"


def _not_reported(told: _Told, name: str) -> str:
    found, item = told.found, told.item
    owing = told.material.names(told.material.silent(item), "")
    now = told.material.this_quarter
    if found.rule == "partial_sum" and found.value is not None:
        return (
            f"{name}已报部分合计{amount(item, found.value)}，{owing or '有填报单位'}未报送，"
            "合计不完整，暂不判断进度。"
        )
    by = f"（填报单位：{owing}）" if owing else ""
    if found.value is None or found.data_at is None:
        return f"{name}{now}未报送{by}，{_told_before(told)}。"
    own = found.reported if told.flow and found.reported is not None else found.value
    month = told.material.month(item)
    last = f"{when(item, found.data_at, month)}{amount(item, own)}"
    notes = [note for note in found.note.split("；") if note and not note.startswith(EARLIER)]
    aside = f"（{'；'.join(notes)}）" if notes else ""
    return f"{name}{now}未报送{by}，最近一次报送为{last}{aside}，不据以判断进度。"


def _told_before(told: _Told) -> str:
    """本年没有数的：往年报过的说到何时为止，从来没有的说没有。"""
    if not told.known:
        return "此前也没有可用的数"
    last = told.known[-1]
    value = f"{when(told.item, last.date)}{amount(told.item, last.value)}"
    return f"最近一次报送为{value}，不据以判断本年进度"


def _why_not(material: Material, item: FigureItem) -> str:
    """报“不适用”的理由，照填报单位在说明里写的。"""
    words = material.said(source_of(material.plan, item).id, "note")
    told = "；".join(unstopped("".join(lines)) for lines in words.values())
    return f"，理由：{told}" if told else ""


def _level(told: _Told, name: str) -> str:
    """头一小句：何时、什么、多少。"""
    item, found = told.item, told.found
    at = found.data_at or told.material.quarter
    own = found.reported if told.flow else found.value
    value = amount(item, own if own is not None else Decimal(0))
    parts = told.material.gap_by_id[item.id].parts
    shares = parts_text(parts, lambda part: amount(item, part), told.material.name)
    value += f"（{shares}）" if shares else ""
    date = when(item, at, told.material.month(item))
    if told.twin:
        return f"{name}{date}为{value}"
    new = "新增" if item.how.nature is Nature.ACCUMULATED else ""
    return f"{date}，{name}{new}{value}"


def _steps(told: _Told) -> tuple[str, ...]:
    """比以前怎样：上年末、2020年，或同比；累加的说明累计多少。"""
    item, found, base = told.item, told.found, told.material.plan.document.base_year
    if told.twin:
        return ()
    if told.flow:
        return (growth(item, found.reported, found.year_ago), *_accumulated(told))
    if found.value is None or found.data_at is None:
        return ()
    last = _last_year(told, found.data_at)
    since = _since(told, found.data_at.year)
    baseline = goal_of(item, told.material.plan).baseline
    repeated = found.data_at.year - 1 == base and last is not None
    return (
        step(item, found.value, last.value, since) if last else "",
        "" if baseline is None or repeated else step(item, found.value, baseline, f"{base}年"),
    )


def _since(told: _Told, year: int) -> str:
    """数所在年份的上一年怎么称；沿用往年的数写明年份。"""
    if told.item.how.nature is Nature.ANNUAL:
        return f"{year - 1}年"
    return "上年末" if year == told.material.quarter.year else f"{year - 1}年末"


def _last_year(told: _Told, at: Quarter) -> Figure | None:
    if told.item.how.nature is Nature.ANNUAL:
        return of_year(told.known, at.year - 1)
    return next((f for f in told.known if f.date == Quarter(at.year - 1, 4)), None)


def _accumulated(told: _Told) -> tuple[str, ...]:
    item, found, plan = told.item, told.found, told.material.plan
    if found.value is None:
        return ()
    base = plan.document.base_year
    first = found.data_at is not None and found.data_at.year == base + 1
    if is_average(item):
        return () if first else (f"{base + 1}年以来累计{amount(item, found.value)}",)
    if item.how.nature is Nature.ACCUMULATED:
        years = "" if first else "和以前各年"
        return (f"连同{base}年基期值{years}累计{amount(item, found.value)}",)
    return ()


def _progress(told: _Told) -> tuple[str, ...]:
    """完成几成、与序时差多少；达到目标的只说前者。"""
    item, found = told.item, told.found
    if found.status is Status.ACHIEVED and isinstance(item, Commitment) and _whole_task(told):
        return ()
    done = "" if _YEAR_END in found.note and not found.value else _done(told)
    yearly_over = is_yearly(item) and found.data_at is not None and found.data_at.number == 4
    if found.conclusion and found.done_share is None:
        return ()
    settled = found.status is Status.ACHIEVED or found.conclusion is not None
    if settled or _YEAR_MISSED in found.note:
        return (done,)
    if yearly_over and not isinstance(item, Commitment):
        return (done, gap_words(found).replace("序时进度", "年度序时值"))
    return (done, gap_words(found))


def _done(told: _Told) -> str:
    item, found = told.item, told.found
    years = years_long(told.material.years)
    if is_yearly(item) and found.data_at is not None and found.year_rate is not None:
        return _year_done(told, found.data_at.year, found.year_rate)
    if found.done_share is None:
        reached = found.target_rate is not None and found.status is not Status.ACHIEVED
        return f"目标完成率{rate(found.target_rate)}" if reached and not is_average(item) else ""
    if is_average(item):
        whole = f"{figure(found.goal, 0)}{item.how.unit}"
        return f"完成{years}合计任务（{whole}）的{rate(found.done_share)}"
    if found.done_share < 0:
        return ""
    return f"完成{years}增量任务的{rate(found.done_share)}"


def _year_done(told: _Told, year: int, done: Decimal) -> str:
    """当年的要求完成几成；一年的上限，说用了几成。"""
    item = told.item
    if isinstance(item, Commitment):
        return f"完成年度任务（{_year_size(item)}）的{rate(done)}"
    asked = year_demand(goal_of(item, told.material.plan), year)
    size = f"{figure(asked, item.how.decimals)}{item.how.unit}"
    if is_cap(item) and asked and told.found.value is not None:
        return f"为本年上限（{size}）的{rate(told.found.value / asked)}"
    return f"年度完成率{rate(done)}（年底序时值{size}）"


def _verdict(told: _Told) -> tuple[str, ...]:
    found = told.found
    goal = f"{told.material.plan.document.target_year}年目标"
    if found.conclusion is not None:
        return _final(told, goal, found.conclusion)
    if found.status is Status.ACHIEVED:
        task = _whole_task(told)
        return (f"{_already(found.status_text)}{task or goal}{_rate_of(told, task)}",)
    if _YEAR_MISSED in found.note:
        return ("未达到年度要求",)
    if _YEAR_END in found.note:
        return (_YEAR_END if found.value else f"{_whole_task(told)}{_YEAR_END}",)
    if found.status is Status.ON_TRACK and half_up(found.gap_points or Decimal(0), 1) < 0:
        return (_WITHIN,)
    return _spoken(told)


def _spoken(told: _Told) -> tuple[str, ...]:
    """照状态说；约束性指标办公室另有说法的，照那个说法。"""
    found = told.found
    if told.binding and found.status_text != found.status.label:
        return (found.status_text, "需加快推进" if found.status.is_gap else "")
    return (_VERDICTS.get(found.status, ""),)


def _final(told: _Told, goal: str, conclusion: Conclusion) -> tuple[str, ...]:
    """计划期满的结论；约束性指标办公室另有说法的，照那个说法。"""
    found, task = told.found, _whole_task(told)
    achieved = found.status is Status.ACHIEVED
    if task:
        done = f"已实现{task}{_rate_of(told, task)}"
        return (done if achieved else found.status_text,)
    words = {
        Conclusion.REALISED: f"{goal}已实现",
        Conclusion.NEARLY: f"基本实现{goal}",
        Conclusion.MISSED: f"未达到{goal}的预期",
    }
    own = found.status_text != conclusion.label
    said = f"{goal}{found.status_text}" if own else words[conclusion]
    return (*_not_past(told), f"{said}{_target_rate(found)}")


def _not_past(told: _Told) -> tuple[str, ...]:
    """要求“突破”而正好等于的，说清为什么没有算达到。"""
    item, found = told.item, told.found
    strict = isinstance(item, Commitment) and item.rule is Rule.MORE_THAN
    if strict and found.status is not Status.ACHIEVED and found.value == found.goal:
        return (f"尚未{demand(item)}{item.how.unit}",)
    return ()


def _whole_task(told: _Told) -> str:
    """达到的是年度任务，还是五年合计任务；到期末的目标为空。"""
    item = told.item
    if isinstance(item, Commitment) and is_yearly(item):
        return f"年度任务（{_year_size(item)}）"
    if is_average(item):
        whole = f"{figure(told.found.goal, 0)}{item.how.unit}"
        return f"{years_long(told.material.years)}合计任务（{whole}）"
    return ""


def _rate_of(told: _Told, task: str) -> str:
    """完成的任务完成了几成；到期末的目标说目标完成率。"""
    if not task:
        return _target_rate(told.found)
    done = told.found.year_rate if is_yearly(told.item) else told.found.done_share
    return "" if done is None else f"，完成率{rate(done)}"


def _year_size(item: Commitment) -> str:
    """年度任务要求多少；区间的，完成率按下限算。"""
    unit = item.how.unit
    low = f"，按下限{plain(min(item.figures))}{unit}计" if item.rule is Rule.RANGE else ""
    return f"{demand(item)}{unit}{low}"


def _already(text: str) -> str:
    return text if text.startswith("已") else f"已{text}"


def _target_rate(found: Assessment) -> str:
    return "" if found.target_rate is None else f"（目标完成率{rate(found.target_rate)}）"


def _aside(told: _Told) -> str:
    """句末的括注：沿用哪年的数、滞后几季、容许误差。"""
    said = ("", _YEAR_MISSED, _YEAR_END)
    notes = [n for n in told.found.note.split("；") if n not in said]
    if told.found.rule == "tolerance":
        notes.append(f"与序时值之差在容许误差{margin(told.item)}以内")
    return f"（{'；'.join(notes)}）" if notes else ""
