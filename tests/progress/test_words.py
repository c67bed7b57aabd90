"""没有数字的事项照文字判：措施看本季填的，里程碑看最近一次和时限。"""

import datetime as dt

import pytest

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import Milestone, Thresholds
from ipmeasures.progress.assessment import Assessment, Status
from ipmeasures.progress.words import assess_measure, assess_milestone
from tests.progress.books import A, B, C, measure, milestone, word_plan, wrote
from tests.progress.plans import entry, q

TODAY = dt.date(2023, 7, 15)


def judged(
    *entries: Entry, agencies: tuple[str, ...] = (A, B, C), before: bool = True
) -> Assessment:
    item = measure(*agencies)
    return assess_measure(word_plan(item), item, entries, q("2023Q2"), before=before)


def stone(
    item: Milestone, *entries: Entry, at: str = "2023Q2", today: dt.date = TODAY
) -> Assessment:
    found = assess_milestone(item, entries, q(at), today, Thresholds())
    assert found.item == item.id
    return found


def test_all_not_started() -> None:
    """都说未启动的，是未启动。"""
    found = judged(*(wrote(name, "2023Q2", "未启动") for name in (A, B, C)))
    assert (found.status, found.status_text, found.note) == (Status.NOT_STARTED, "未启动", "")
    assert found.data_at == q("2023Q2")


def test_not_started_with_silent_agencies_names_them() -> None:
    """报了的都说未启动，没报的列名。"""
    found = judged(wrote(A, "2023Q2", "未启动"))
    assert (found.status, found.note) == (Status.NOT_STARTED, f"未报：{B}、{C}")


def test_progress_without_a_state_is_progress() -> None:
    """有单位只写了进展、没选状态的，不能说都未启动或都已完成。"""
    wrote_only = wrote(B, "2023Q2", "召开会议", field="progress")
    for word in ("未启动", "已完成"):
        for silent in (wrote_only, wrote(B, "2023Q2", "")):
            found = judged(wrote(A, "2023Q2", word), silent, agencies=(A, B))
            assert (found.status, found.status_text) == (Status.IN_PROGRESS, "推进中")
            assert found.note == ""


def test_mixed_words_are_in_progress_and_each_is_quoted() -> None:
    """说得不一样的是推进中，各说各的列出来。"""
    found = judged(
        wrote(A, "2023Q2", "推进中"), wrote(B, "2023Q2", "未启动"), wrote(C, "2023Q2", "推进中")
    )
    assert (found.status, found.status_text) == (Status.IN_PROGRESS, "推进中")
    assert found.note == f"推进中：{A}、{C}；未启动：{B}"


def test_done_only_when_all_say_so() -> None:
    """全部责任单位都说已完成才是已完成；有没报的，是推进中。"""
    everyone = [wrote(name, "2023Q2", "已完成") for name in (A, B, C)]
    assert judged(*everyone).status is Status.ACHIEVED
    assert judged(*everyone).status_text == "已完成"
    partly = judged(*everyone[:2])
    assert (partly.status, partly.status_text) == (Status.IN_PROGRESS, "推进中")
    assert partly.note == f"未报：{C}"


@pytest.mark.parametrize("word", ["长期坚持", "拟调整", "推进中"])
def test_the_common_word_is_used(word: str) -> None:
    """都用一个词的，表上用那个词；灯按推进中。"""
    found = judged(wrote(A, "2023Q2", word), wrote(B, "2023Q2", word), agencies=(A, B))
    assert (found.status, found.status_text, found.light) == (Status.IN_PROGRESS, word, "none")


def test_nobody_wrote() -> None:
    """没有一家写进展的是未报送；上季度也没有的，说连续两个季度；上季度没有报表的不这样说。"""
    silent = judged()
    assert (silent.status, silent.note) == (Status.NOT_REPORTED, "连续两个季度无人填报")
    assert judged(before=False).note == "本季度无人填报"
    assert judged(wrote(A, "2023Q1", "推进中")).note == "本季度无人填报"
    twice = judged(wrote(A, "2022Q4", "推进中"))
    assert twice.note == "连续两个季度无人填报"
    plainly = assess_measure(word_plan(measure(A)), measure(A), (), q("2023Q2"))
    assert (plainly.note, plainly.stale_quarters) == (twice.note, 0)


def test_only_state_and_progress_are_progress() -> None:
    """原因、下一步不算进展；别的措施的话不算。"""
    found = judged(
        wrote(A, "2023Q2", "人手不足", field="reason"), wrote(B, "2023Q2", "推进中", item="M02")
    )
    assert found.status is Status.NOT_REPORTED


def test_long_lists_are_cut_with_the_number() -> None:
    """多于五家的，说前三家和总数；正好五家的全列。"""
    names = tuple(f"单位{n}" for n in range(1, 8))
    six = judged(wrote(names[0], "2023Q2", "推进中"), agencies=names)
    assert six.note == "未报：单位2、单位3、单位4等6家"
    five = judged(wrote(names[0], "2023Q2", "推进中"), agencies=names[:6])
    assert five.note == "未报：单位2、单位3、单位4、单位5、单位6"


def test_a_collective_measure_asks_the_members() -> None:
    """写“专项小组成员”的，责任单位是办公室设定的成员。"""
    found = judged(wrote(A, "2023Q2", "推进中"), agencies=())
    assert found.note == f"未报：{B}、{C}"


def test_a_milestone_done_once_stays_done() -> None:
    """一次性的：完成了就一直是完成；时点是填的那个季度。"""
    done = wrote(A, "2022Q3", "已完成", item="M01-1")
    found = stone(milestone(due="2022-12-31"), done)
    assert (found.status, found.status_text, found.data_at) == (
        Status.ACHIEVED, "已完成", q("2022Q3"),
    )  # fmt: skip


def test_a_recurring_milestone_starts_anew_each_january() -> None:
    """每年重复的：只看当年填的。"""
    done = wrote(A, "2022Q4", "已完成", item="M01-1")
    every = milestone(recurring=True)
    assert stone(every, done, at="2022Q4").status is Status.ACHIEVED
    assert stone(every, done, at="2023Q1").status is Status.NOT_REPORTED


def test_later_quarters_are_not_looked_at() -> None:
    """判断季度以后填的不看；同一季度以后一笔为准。"""
    item = milestone()
    later = wrote(A, "2023Q3", "已完成", item="M01-1")
    first = wrote(A, "2023Q1", "未启动", item="M01-1")
    again = wrote(A, "2023Q1", "推进中", item="M01-1", number=2)
    assert stone(item, later, first).status is Status.NOT_STARTED
    assert stone(item, again, first).status is Status.IN_PROGRESS
    other = (
        entry("I01", "2023Q2", "1"),
        wrote(A, "2023Q2", "证书", field="evidence", item="M01-1"),
        wrote(A, "2023Q2", "已完成", item="M01-2"),
    )
    assert stone(item, *other).status is Status.NOT_REPORTED


@pytest.mark.parametrize(
    ("today", "status"),
    [
        ("2023-05-31", Status.IN_PROGRESS),
        ("2023-06-01", Status.DUE_SOON),
        ("2023-07-01", Status.DUE_SOON),
        ("2023-07-02", Status.OVERDUE),
    ],
)
def test_due_soon_and_overdue(today: str, status: Status) -> None:
    """三十天以内是临近，时限当天还不逾期，过了是逾期。"""
    item, going = milestone(due="2023-07-01"), wrote(A, "2023Q1", "推进中", item="M01-1")
    found = stone(item, going, today=dt.date.fromisoformat(today))
    assert (found.status, found.status_text) == (status, status.label)


def test_nothing_said_and_overdue() -> None:
    """什么都没有填的也会逾期；没有时限的只是未报送。"""
    late = stone(milestone(A, B, due="2023-07-01"))
    assert (late.status, late.note) == (Status.OVERDUE, "")
    # 一次性的，过了几年还是逾期
    assert stone(milestone(due="2021-12-31")).status is Status.OVERDUE
    silent = stone(milestone())
    assert (silent.status, silent.note, silent.data_at) == (Status.NOT_REPORTED, "", None)


@pytest.mark.parametrize(
    ("at", "today", "status"),
    [
        ("2022Q3", "2022-10-15", Status.IN_PROGRESS),
        ("2022Q4", "2023-01-15", Status.OVERDUE),
        ("2022Q4", "2022-12-31", Status.DUE_SOON),
        ("2023Q1", "2023-04-15", Status.IN_PROGRESS),
        ("2023Q4", "2023-12-15", Status.DUE_SOON),
        ("2020Q4", "2020-12-15", Status.IN_PROGRESS),
    ],
)
def test_the_deadline_of_a_recurring_one_moves_on(at: str, today: str, status: Status) -> None:
    """每年重复的，时限逐年顺延到同一天，不会一直逾期下去；头一个时限以前的年份不提前。"""
    item = milestone(due="2021-12-31", recurring=True)
    going = wrote(A, at, "推进中", item="M01-1")
    assert stone(item, going, at=at, today=dt.date.fromisoformat(today)).status is status


def test_a_leap_day_moves_to_the_28th() -> None:
    """2月29日为时限的，平年是28日。"""
    item = milestone(due="2024-02-29", recurring=True)
    this = wrote(A, "2024Q1", "推进中", item="M01-1")
    assert stone(item, this, at="2024Q1", today=dt.date(2024, 2, 29)).status is Status.DUE_SOON
    going = wrote(A, "2025Q1", "推进中", item="M01-1")
    assert stone(item, going, at="2025Q1", today=dt.date(2025, 2, 28)).status is Status.DUE_SOON
    assert stone(item, going, at="2025Q1", today=dt.date(2025, 3, 1)).status is Status.OVERDUE


def test_dropped() -> None:
    """都说不再实施的，是不涉及，表上写不再实施，不逾期。"""
    found = stone(milestone(due="2022-01-01"), wrote(A, "2023Q1", "不再实施", item="M01-1"))
    assert (found.status, found.status_text) == (Status.NOT_APPLICABLE, "不再实施")


def test_several_reporters() -> None:
    """几家填报的：都完成（或有的不再实施）才算完成；没填的列名；外人填的顶不了数。"""
    item = milestone(A, B)
    a = wrote(A, "2023Q1", "已完成", item="M01-1")
    partly = stone(item, a)
    assert (partly.status, partly.note) == (Status.IN_PROGRESS, f"未报：{B}")
    both = stone(item, a, wrote(B, "2023Q2", "不再实施", item="M01-1"))
    assert (both.status, both.data_at) == (Status.ACHIEVED, q("2023Q2"))
    assert stone(item, a, wrote(B, "2023Q2", "推进中", item="M01-1")).status is Status.IN_PROGRESS
    assert stone(item, a, wrote(C, "2023Q2", "已完成", item="M01-1")).status is Status.IN_PROGRESS
    late = stone(milestone(A, B, due="2023-07-01"), a)
    assert (late.status, late.note) == (Status.OVERDUE, f"未报：{B}")
