"""更正的余波：以后各季哪些灯变了。"""

import datetime as dt
from dataclasses import replace

from ipmeasures.ledger.decision import Decision, DecisionKind, SentBack
from ipmeasures.ledger.entry import Entry
from ipmeasures.progress.aftermath import changed_lights
from ipmeasures.quarter import Quarter
from tests.progress.books import A, milestone, word_plan, wrote
from tests.progress.plans import AGENCY, commitment, entry, how, indicator, plan, q

TODAY = dt.date(2023, 10, 10)


def lights(
    before: list[Entry], after: list[Entry], *quarters: str, items: tuple[str, ...] = ("I01",)
) -> list[tuple[str, str, str]]:
    found = changed_lights(
        plan(indicator("0", "20")),
        before,
        after,
        items=items,
        quarters=[q(text) for text in quarters],
        today=TODAY,
    )
    return [(str(one.quarter), one.old.status_text, one.new.status_text) for one in found]


def test_a_correction_changes_later_lights() -> None:
    """一季度的数改小，二季度没有新数、照一季度的判：灯跟着变；三季度有自己的数，不变。"""
    first, third = entry("I01", "2023Q1", "10"), entry("I01", "2023Q3", "12", number=2)
    corrected = replace(first, value=first.value and first.value / 4, number=3)
    told = lights([first, third], [corrected, third], "2023Q3", "2023Q2")
    assert told == [("2023Q2", "超序时", "未达序时（差距较大）")]


def test_nothing_changes_nothing_said() -> None:
    """没有变动就没有话；不在所问事项里的不看。"""
    old, new = [entry("I01", "2023Q1", "10")], [entry("I01", "2023Q1", "1")]
    assert lights(old, old, "2023Q2") == []
    assert lights(old, new, "2023Q2", items=("I02",)) == []


def test_milestones_carry_on_measures_do_not() -> None:
    """里程碑沿用以前填的，改了以前的，以后的灯也变；措施只看本季度的话。"""
    known = word_plan(milestones=(milestone(A),))
    done, undone = (
        [wrote(A, "2023Q1", text, item="M01-1"), wrote(A, "2023Q1", text)]
        for text in ("已完成", "未启动")
    )
    (found,) = changed_lights(
        known, done, undone, items=("M01-1", "M01"), quarters=[Quarter(2023, 2)], today=TODAY
    )
    assert (found.item, found.name) == ("M01-1", "出台办法")
    assert (found.old.status_text, found.new.status_text) == ("已完成", "未启动")


def test_the_twin_of_a_corrected_figure_changes_too() -> None:
    """与指标同一个数的任务一起变；别的任务不看。"""
    twin = commitment(20, cadence="by_end", id="M10-1", same_as="I01", reporting=how())
    own = plan(indicator("0", "20"), twin, commitment(6))
    old, new = [entry("I01", "2023Q1", "10")], [entry("I01", "2023Q1", "1")]
    found = changed_lights(own, old, new, items=("I01",), quarters=[Quarter(2023, 1)], today=TODAY)
    assert [one.item for one in found] == ["I01", "M10-1"]


def _sent_back(agency: str, item: str) -> tuple[SentBack, ...]:
    """二季度的一项退回了，等重报。"""
    now = dt.datetime(2023, 7, 10, tzinfo=dt.UTC)
    why = Decision(1, DecisionKind.SEND_BACK, "2023Q2-0001", None, "数不对", {}, now, "办公室")
    return (SentBack(why, agency, q("2023Q2"), (item,), (item,), unanswered=False),)


def test_a_figure_sent_back_does_not_light_by_the_earlier_one() -> None:
    """二季度的数退回了：灯变成已退回，不拿一季度的数亮灯；先退回的、后来重报了，就变回来。"""
    first, second = entry("I01", "2023Q1", "10"), entry("I01", "2023Q2", "11", number=2)
    own, back = plan(indicator("0", "20")), _sent_back(AGENCY, "I01")
    asked = {"items": ("I01",), "quarters": [q("2023Q2")], "today": TODAY}
    [gone] = changed_lights(own, [first, second], [first], sent_back=((), back), **asked)  # type: ignore[arg-type]
    assert (gone.old.status_text, gone.new.status_text) == ("超序时", "已退回")
    [come] = changed_lights(own, [first], [first, second], sent_back=(back, ()), **asked)  # type: ignore[arg-type]
    assert (come.old.status_text, come.new.status_text) == ("已退回", "超序时")


def test_another_items_words_do_not_stand_for_it() -> None:
    """一项里程碑退回了，同一季度别的里程碑报着的不能替它：以前填的不顶上来。"""
    own = word_plan(milestones=(milestone(A), milestone(A, id="M01-2")))
    earlier = wrote(A, "2023Q1", "推进中", item="M01-1")
    other = wrote(A, "2023Q2", "推进中", item="M01-2", number=2)
    gone = wrote(A, "2023Q2", "推进中", item="M01-1", number=3)
    [found] = changed_lights(
        own,
        [earlier, other, gone],
        [earlier, other],
        items=("M01-1",),
        quarters=[q("2023Q2")],
        today=TODAY,
        sent_back=((), _sent_back(A, "M01-1")),
    )
    assert (found.old.status_text, found.new.status_text) == ("推进中", "已退回")
