"""图里的数就是表里的数；只画未达序时而有数的。"""

from dataclasses import replace
from decimal import Decimal

from ipmeasures.plan.model import Plan
from ipmeasures.progress.gaps import find_gaps
from ipmeasures.quarter import Quarter
from ipmeasures.report.charts import course_chart
from ipmeasures.report.material import Made, Material
from ipmeasures.report.parts import Chart
from ipmeasures.report.view import ReportView
from tests.report.samples import Book, ended, real_plan, usual


def courses(shown: ReportView) -> dict[str, Chart]:
    return {part.heading: chart for part in shown.lagging for chart in part.charts}


def values(chart: Chart, place: int) -> list[str | None]:
    return [None if v is None else f"{v}" for v in chart.series[place].values]


def lag(book: Book, quarter: str, name: str) -> Chart:
    return next(c for head, c in courses(book.view(quarter)).items() if name in head)


def test_bars_are_the_figures_of_the_table() -> None:
    shown = usual().view("2023Q2")
    (chart,) = shown.indicators.charts
    assert chart.kind == "bars"
    for place, row in enumerate(shown.indicators.rows):
        assert chart.categories[place][0].removesuffix("（年度）") == row.name
        assert f"{chart.series[0].values[place]}%" == row.done.removesuffix("（年度）")
        assert f"{chart.series[1].values[place]}%" in (row.planned, row.planned.replace("%", ".0%"))
    assert chart.note == ""
    assert "每万人口高价值发明专利拥有量完成43.9%，序时50%" in chart.alt


def test_what_has_no_bar_is_named_under_the_chart() -> None:
    book = Book()
    book.figure("I01", "2023Q2", "7.20")
    (chart,) = book.view("2023Q2").indicators.charts
    assert [c[0] for c in chart.categories] == ["每万人口高价值发明专利拥有量"]
    assert chart.note.startswith("没有可比的数、未列入图1的：海外发明专利授权量、")
    assert Book().view("2023Q2").indicators.charts == ()
    assert "见图" not in Book().view("2023Q2").indicators.lead


def test_charts_are_numbered_in_the_order_of_the_text() -> None:
    shown = usual().view("2023Q2")
    assert [c.number for c in courses(shown).values()] == [2, 3]
    for part in shown.lagging:
        for chart in part.charts:
            assert f"各期走势见图{chart.number}。" in part.paragraphs[0]
    plain = Book()  # 没有指标完成率的图，从1编起
    plain.figure("M07-1", "2023Q2", "10")
    assert [c.number for c in courses(plain.view("2023Q2")).values()] == [1]


def test_course_of_a_level_goes_from_the_baseline_to_the_target() -> None:
    chart = lag(usual(), "2023Q2", "高价值")
    assert len(chart.categories) == 21
    assert chart.categories[0] == ("基期", "")
    assert chart.categories[10] == ("二", "2023年")
    assert values(chart, 0)[8:12] == ["6.35", "6.78", "7.20", None]
    assert values(chart, 1)[0] == "4.99"
    assert values(chart, 1)[10] == "7.51"
    assert values(chart, 1)[20] == "10.02"
    assert "2023年二季度，实际7.20件，序时应达7.51件" in chart.alt


def test_course_of_an_annual_figure_has_one_point_a_year() -> None:
    chart = lag(usual(), "2023Q2", "海外发明")
    assert [c[0] for c in chart.categories] == [f"{y}年" for y in range(2020, 2026)]
    assert values(chart, 0) == ["108", "115", "124", None, None, None]
    assert values(chart, 1) == ["108", "122", "136", "151", "165", "180"]


def test_course_within_the_year_beside_the_year_before() -> None:
    book = Book()
    for quarter, value in (("2022Q2", "240"), ("2023Q1", "90"), ("2023Q2", "150")):
        book.figure("M07-1", quarter, value)
    chart = lag(book, "2023Q2", "授权发明专利")
    assert [c[0] for c in chart.categories] == ["一季度", "上半年", "前三季度", "全年"]
    assert values(chart, 0) == ["90", "150", None, None]
    assert values(chart, 1) == ["125", "250", "375", "500"]
    assert values(chart, 2) == [None, "240", None, None]
    alone = Book()
    alone.figure("M07-1", "2023Q2", "150")
    assert len(lag(alone, "2023Q2", "授权发明专利").series) == 2


def test_course_of_what_the_tool_adds_up_is_the_sum() -> None:
    book = Book()
    for quarter, value in (("2021Q4", "2"), ("2022Q4", "3"), ("2023Q2", "1")):
        book.figure("I03", quarter, value)
    chart = lag(book, "2023Q2", "质押融资")
    assert values(chart, 0)[0] == "33.00"
    assert values(chart, 0)[4] == "35.00"
    assert values(chart, 0)[8] == "38.00"
    assert values(chart, 0)[10] == "39.00"
    assert "累计走势" in chart.caption


def test_course_of_an_average_starts_at_nothing() -> None:
    book = Book()
    for quarter, value in (("2021Q4", "40"), ("2022Q4", "30"), ("2023Q2", "10")):
        book.figure("M15-1", quarter, value)
    chart = lag(book, "2023Q2", "质押登记")
    assert values(chart, 0)[0] == "0"
    assert [values(chart, 0)[n] for n in (4, 8, 10)] == ["40", "70", "80"]
    assert values(chart, 1)[20] == "400"


def test_years_without_a_figure_are_no_points() -> None:
    """缺了一年的累计说不准，不画。"""
    book = ended()
    book.entries = [e for e in book.entries if (e.item, e.quarter.year) != ("M15-1", 2022)]
    shown = book.view("2025Q4")
    assert not any("质押登记" in head for head in courses(shown))
    chart = next(c for head, c in courses(ended().view("2025Q4")).items() if "马德里" in head)
    assert chart.series[1].name == "目标"  # 没有基期，没有序时线
    assert set(chart.series[1].values) == {Decimal(170)}


def test_no_chart_without_figures_or_for_the_same_figure_twice() -> None:
    book = Book()
    book.figure("I06", "2023Q2", "130")
    heads = list(courses(book.view("2023Q2")))
    assert len(heads) == 1
    assert "国家标准的企业" in heads[0]


def test_labels_stand_below_a_line_that_lags() -> None:
    assert lag(usual(), "2023Q2", "高价值").labels_below
    ahead = replace(
        (chart := lag(usual(), "2023Q2", "高价值")),
        series=(chart.series[1], chart.series[0]),
    )
    assert not ahead.labels_below


def test_accumulated_without_a_baseline_has_no_course() -> None:
    """没有基期而由工具累加的，没有可画的累计。"""
    plan = real_plan()
    bare = tuple(replace(i, baseline=None) if i.id == "I03" else i for i in plan.indicators)
    changed: Plan = replace(plan, indicators=bare)
    book, quarter = Book(), Quarter(2025, 4)
    book.figure("I03", "2025Q4", "2")
    gaps = find_gaps(changed, book.entries, (), quarter, quarter.last_day)
    made = Made(quarter.last_day, None, "", "0")
    material = Material(changed, gaps, tuple(book.entries), (), (), made)
    assert course_chart(material, material.gap_by_id["I03"], 1) is None
