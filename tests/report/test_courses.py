"""走势：各季实际到哪里、该到哪里；与判断用的是同一个数。"""

import pytest

from ipmeasures.progress.assessment import Status
from ipmeasures.quarter import Quarter
from ipmeasures.report.courses import Course, course, stages
from ipmeasures.report.material import Material
from tests.report.pages import EVERY, example, material
from tests.report.samples import CUSTOMS, MARKET, Book, real_plan

LAST = Quarter(2025, 4)


def way(told: Material, item: str) -> Course:
    return course(told, next(i for i in told.plan.figure_items if i.id == item))


def drawn(spots: tuple[object, ...]) -> list[str]:
    return [f"{s.quarter} {s.text}" for s in spots]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", EVERY)
def test_the_last_point_is_the_one_judged(name: str) -> None:
    """有判断的事项，最后一点就是判断所用的数，那一季的应达就是判断所用的应达。"""
    told = example(name)
    for item in told.plan.figure_items:
        found, course_ = told.gap_by_id[item.id].assessment, way(told, item.id)
        if found.status in (Status.NOT_REPORTED, Status.NOT_DUE, Status.NOT_APPLICABLE):
            continue
        if found.missing_years:
            continue
        assert course_.actual[-1].value == found.value, item.id
        if found.planned is not None:
            due = {s.quarter: s.value for s in course_.planned}
            assert due[course_.actual[-1].quarter] == found.planned, item.id


def test_a_level_goes_from_the_baseline_to_the_target() -> None:
    """期末数：从公文基期起，逐季应达走到目标。"""
    book = Book()
    book.figure("I01", "2022Q4", "6.35")
    book.figure("I01", "2023Q2", "7.20")
    one = way(material(book, "2023Q2"), "I01")
    assert one.start is not None
    assert (one.start.quarter, one.start.text) == (Quarter(2020, 4), "4.99")
    assert drawn(one.actual) == ["2022Q4 6.35", "2023Q2 7.20"]
    assert len(one.planned) == len(one.path) == 21
    assert (one.planned[0].text, one.planned[-1].text) == ("4.99", "10.02")
    assert one.goal is not None
    assert (one.goal.quarter, one.goal.text) == (LAST, "10.02")


def test_later_quarters_are_not_told() -> None:
    """写二季度的报告，看不到三季度报的数。"""
    book = Book()
    book.figure("I01", "2023Q2", "7.20")
    book.figure("I01", "2023Q3", "7.60")
    assert drawn(way(material(book, "2023Q2"), "I01").actual) == ["2023Q2 7.20"]


def test_whole_numbers_are_owed_whole_but_drawn_straight() -> None:
    """整数项的应达向基期取整；画线用没有取整的路径。"""
    one = way(material(Book(), "2023Q2"), "I11")
    assert one.planned[1].text == "10"
    assert str(one.path[1].value) == "10.4"


def test_accumulated_figures_are_added_up() -> None:
    """工具累加的：基期、以前各年和本年至今相加；缺着以前年份的没有这一点。"""
    book = Book()
    book.figure("I03", "2022Q2", "5.00")
    book.figure("I03", "2022Q4", "11.60")
    assert drawn(way(material(book, "2022Q4"), "I03").actual) == []
    book.figure("I03", "2021Q4", "9.80")
    told = drawn(way(material(book, "2022Q4"), "I03").actual)
    assert told == ["2021Q4 42.80", "2022Q2 47.80", "2022Q4 54.40"]


def test_average_commitments_count_from_zero() -> None:
    """年均的：各年相加，没有基期。"""
    book = Book()
    book.figure("M15-1", "2021Q4", "76")
    book.figure("M15-1", "2022Q2", "41")
    one = way(material(book, "2022Q2"), "M15-1")
    assert one.start is None
    assert drawn(one.actual) == ["2021Q4 76", "2022Q2 117"]
    assert [s.text for s in one.planned[:5]] == ["0", "20", "40", "60", "80"]


def test_yearly_commitments_start_again_each_year() -> None:
    """每年的：应达逐季走到要求，次年从头来。"""
    book = Book()
    book.figure("M07-1", "2022Q4", "560")
    book.figure("M07-1", "2023Q1", "118")
    one = way(material(book, "2023Q1"), "M07-1")
    assert one.yearly
    assert [s.text for s in one.planned[1:6]] == ["125", "250", "375", "500", "125"]
    assert drawn(one.actual) == ["2022Q4 560", "2023Q1 118"]


def test_without_a_baseline_only_the_figures_are_drawn() -> None:
    """马德里商标没有基期：没有应达，只有报的数和目标。"""
    book = Book()
    book.figure("M10-2", "2022Q4", "135")
    one = way(material(book, "2023Q2"), "M10-2")
    assert (one.start, one.planned, one.path) == (None, (), ())
    assert one.goal is not None
    assert (drawn(one.actual), one.goal.text) == (["2022Q4 135"], "170")


def test_a_twin_is_drawn_from_its_indicator() -> None:
    """与指标同一个数的任务，用指标报的数。"""
    book = Book()
    book.figure("I09", "2023Q2", "7.13")
    told = material(book, "2023Q2")
    assert way(told, "M10-1").actual == way(told, "I09").actual


def test_a_partial_sum_is_marked() -> None:
    """几家相加而有单位没有报的，那一点注明不全。"""
    book = Book()
    book.figure("M05-1", "2023Q1", "1", next(iter(CUSTOMS)))
    assert [s.partial for s in way(material(book, "2023Q1"), "M05-1").actual] == [True]


def test_figures_after_the_plan_ends() -> None:
    """期末以后报的期末数照画，横轴跟着长；每年的任务到期为止。"""
    book = Book()
    book.figure("I01", "2026Q2", "10.50")
    book.figure("M07-1", "2026Q2", "300")
    told = material(book, "2026Q2")
    assert way(told, "I01").last == Quarter(2026, 2)
    assert way(told, "M07-1").actual == ()


def test_stages_of_a_measure() -> None:
    """措施：从首个应报季度起各季的状态，本季度的就是判断。"""
    book = Book()
    book.text("M01", "2022Q1", "status", "未启动")
    book.text("M01", "2022Q2", "status", "推进中")
    told = material(book, "2022Q2")
    found = [(str(s.quarter), s.text, s.light) for s in stages(told, told.gap_by_id["M01"])]
    assert found == [
        ("2021Q4", "未报送", "grey"),
        ("2022Q1", "未启动", "yellow"),
        ("2022Q2", "推进中", "none"),
    ]


def test_stages_of_a_milestone() -> None:
    """里程碑：报过完成的，以后各季都是完成。"""
    book = Book()
    book.text("M05-2", "2022Q1", "status", "已完成", MARKET)
    told = material(book, "2022Q3")
    found = [s.text for s in stages(told, told.gap_by_id["M05-2"])]
    assert found == ["未报送", "已完成", "已完成", "已完成"]


def test_figures_have_no_stages() -> None:
    told = material(Book(), "2022Q1")
    with pytest.raises(TypeError):
        stages(told, told.gap_by_id["I01"])


def test_the_plan_is_the_real_one() -> None:
    assert len(real_plan().figure_items) == 21
