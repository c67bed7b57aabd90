"""随状态要说的话：数从哪一期来、缺什么、为什么不判。"""

from ipmeasures.progress.assessment import Status
from ipmeasures.progress.case import Absence, Case, Unjudged
from ipmeasures.progress.status import Verdict

EARLIER = "本季未报"

_PENDING: dict[Unjudged | None, str] = {
    Unjudged.NO_BASELINE: "无基期值，只看目标完成率",
    Unjudged.YEAR_END: "年底前完成即可",
    Unjudged.CAP: "上限要求，期满才能判",
    Unjudged.NO_TARGET: "没有目标值，只作监测",
}


def note_of(case: Case, verdict: Verdict) -> str:
    """一句话，各部分以分号相连；没有要说的为空。"""
    if case.absence is not None:
        return _on_absence(case)
    parts = (*_on_data(case), *_on_verdict(case, verdict))
    return "；".join(part for part in parts if part)


def _on_absence(case: Case) -> str:
    if case.absence in (Absence.STALE, Absence.SENT_BACK):
        return f"数据滞后{case.stale_quarters}季" if case.stale_quarters else ""
    if case.absence is not Absence.NOTHING_THIS_QUARTER:
        return ""
    return EARLIER if case.value is None else f"{EARLIER}，所列为此前报的数，至少如此"


def _on_data(case: Case) -> tuple[str, ...]:
    years = "、".join(f"{year}年" for year in case.missing_years)
    partly = "有填报单位未报，合计不完整" + ("" if case.falling else "，至少如此")
    return (
        f"沿用{case.carried_year}年数" if case.carried_year else "",
        f"数据滞后{case.stale_quarters}季" if case.stale_quarters else "",
        partly if case.partial else "",
        f"缺{years}全年数，累计至少如此" if years else "",
    )


def _on_verdict(case: Case, verdict: Verdict) -> tuple[str, ...]:
    status = verdict.status
    fell = status in (Status.FALLEN_BACK, Status.REGRESSED) and verdict.text != status.label
    year_missed = verdict.rule in ("ended", "ended_far_behind") and not case.final
    return (
        "超出计划区间" if case.surplus else "",
        "期末以后达到" if case.late else "",
        "目标未超出基期水平，保持即可" if case.steady else "",
        status.label if fell else "",
        "本年要求未达到" if year_missed else "",
        _PENDING.get(case.unjudged, "") if status is Status.IN_PROGRESS else "",
    )
