"""导出以后计划又改过：没有撞上的照样导入，撞上的说清楚。"""

from ipmeasures.problem import Problem
from ipmeasures.returns.settings.changes import changes_of, edits_of
from ipmeasures.returns.settings.now import answers_now
from ipmeasures.returns.settings.read import Answer, read_settings
from tests.plan import MEASURES, TARGETS, once

from . import Put, book_of, changed, pages_of, plan_of

LATER = once(TARGETS, "  due_days: 10\n", "  due_days: 12\n")


def now(
    *puts: Put, measures: str = MEASURES, targets: str = LATER
) -> tuple[tuple[Answer, ...], tuple[Problem, ...]]:
    """原来导出的表改几格，照改过的计划看。"""
    plan, _ = plan_of()
    reading = read_settings(changed(book_of(), *puts), pages_of(), plan)
    return answers_now(reading.answers, pages_of(), pages_of(measures, targets))


def test_other_settings_changed_meanwhile() -> None:
    """别人改了别的：表上改的照算，别人改的不退回去。"""
    answers, problems = now(Put("报送安排", "里程碑提前提示", "内容", "45"))
    assert problems == ()
    assert [(c.what, c.old, c.new) for c in changes_of(answers)] == [("里程碑提前提示", "30", "45")]
    _, sources = plan_of(MEASURES, LATER)
    assert [(e.trail[-1], e.value) for e in edits_of(answers, sources)] == [("due_soon_days", "45")]


def test_the_same_setting_changed_otherwise() -> None:
    """同一项两边改得不一样：说原来是什么、现在是什么、表上是什么。"""
    _, (found,) = now(Put("报送安排", "报送时限", "内容", "15"))
    assert found.code == "setting_conflict"
    assert found.message == "导出以后，“内容”已由“10”改成“12”；这里写的是“15”"
    assert str(found.place) == "报送安排!B5"
    _, (found,) = now(
        Put("成员单位", "市法院", "简称和别名", None),
        measures=once(MEASURES, "[市中院, 市中级人民法院, 法院]", "[市中院]"),
    )
    assert (
        found.message
        == "导出以后，“简称和别名”已由“市中院、市中级人民法院、法院”改成“市中院”；这里写的空着"
    )


def test_the_same_setting_changed_alike() -> None:
    """两边改得一样：没有要改的。"""
    answers, problems = now(Put("报送安排", "报送时限", "内容", "12"))
    assert problems == ()
    assert changes_of(answers) == ()


def test_the_row_is_gone() -> None:
    """计划里已经没有的一行：改了的要说，没改的不管。"""
    gone = once(
        MEASURES,
        "      - id: M12-1\n        subject: 创建国家级、省级版权示范单位、示范园区\n"
        "        wording: 积极创建\n        recurring: false\n        office:\n"
        "          reporters: [市文化和旅游局]\n",
        "      - id: M12-2\n        subject: 另一件事\n"
        "        wording: 积极创建\n        recurring: false\n        office:\n"
        "          reporters: [市文化和旅游局]\n",
    )
    answers, problems = now(measures=gone)
    assert problems == ()
    assert "M12-2" in {answer.row for answer in answers}
    assert "M12-1" not in {answer.row for answer in answers}
    _, (found,) = now(Put("里程碑时限", "M12-1", "办结时限", "2025-06-30"), measures=gone)
    assert (found.code, found.message) == (
        "setting_gone",
        "导出以后，计划里已经没有“办结时限”这一格了",
    )


def test_what_could_not_be_read_stays_out() -> None:
    """没有读准的格子不拿现在的设定顶替，免得又引出别的错。"""
    answers, _ = now(Put("报送安排", "报送时限", "内容", "十五天"))
    assert "报送时限" not in {answer.row for answer in answers}
