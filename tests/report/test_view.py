"""视图说的话：每个数一句，有什么说什么；不该说的从不说。"""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import pytest

from ipmeasures.ledger.entry import Confirmation
from ipmeasures.plan.model import Thresholds
from ipmeasures.progress.gaps import find_gaps
from ipmeasures.quarter import Quarter
from ipmeasures.report.view import Made, ReportView, report_name, view
from tests.report.samples import (
    CULTURE,
    MARKET,
    Book,
    corrected,
    ended,
    first,
    opening_quarter,
    real_plan,
    usual,
)

NEVER = (
    "重视不够",
    "工作不力",
    "未完成任务",
    "问责",
    "严重滞后",
    "排名",
    "第一名",
    "全省",
    "确保完成",
)


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif is_dataclass(value):
        for part in fields(value):
            yield from texts(getattr(value, part.name))


def sentence(book: Book, name: str, quarter: str = "2023Q2") -> str:
    """视图里说 ``name`` 的那句。"""
    shown = book.view(quarter)
    groups = [line for group in shown.commitments.groups for line in group.paragraphs]
    every = (*shown.indicators.sentences, *groups)
    return next(line for line in every if name in line and "同一个数" not in line)


def test_worked_sentence_is_the_official_one() -> None:
    """report.md 的例句，一字不差。"""
    book = Book()
    book.figure("I01", "2022Q4", "6.35")
    book.figure("I01", "2023Q2", "7.20")
    assert sentence(book, "高价值发明专利") == (
        "截至2023年6月底，每万人口高价值发明专利拥有量7.20件，比上年末增加0.85件，"
        "比2020年增加2.21件，完成五年增量任务的43.9%，低于序时进度（50%）6.1个百分点，需加快推进。"
    )


@pytest.mark.parametrize(
    ("told", "name", "words"),
    [
        (["I01 2023Q2 7.20"], "高价值", "比2020年增加2.21件"),
        (["I01 2024Q3 12.12"], "高价值", "已提前完成2025年目标（目标完成率121.0%）。"),
        (["I01 2023Q1 7.20"], "高价值", "（数据滞后1季）"),
        (["I01 2022Q2 7.20"], "高价值", "数据滞后4季"),
        (["I01 2022Q4 10.5", "I01 2023Q2 9.9"], "高价值", "回落至目标以下，需加快推进"),
        (["I01 2023Q2 4.5"], "高价值", "比2020年减少0.49件，低于序时进度"),
        (["I01 2023Q2 5.1"], "高价值", "差距较大，需加快推进"),
        (["I01 2023Q2 4.99"], "高价值", "与2020年持平"),
        ([], "高价值", "本季度未报送（填报单位：市市场监管局），此前也没有可用的数"),
        ([], "海外发明", "数据按年发布，目前尚无可用数据，暂不判断进度"),
        ([], "优势企业", "数据按批次公布"),
        (["I02 2023Q2 130 2022Q4"], "海外发明", "2022年，海外发明专利授权量130件"),
        (["I02 2023Q2 130 2022Q4"], "海外发明", "（沿用2022年数）"),
        (["I10 2023Q2 81.4 2022Q4"], "满意度", "容许误差1分以内"),
        (["I03 2023Q2 8.5"], "质押融资", "缺2021年、2022年全年数，累计至少如此"),
        (["I08 2022Q2 0.08", "I08 2023Q2 0.1"], "著作权", "同比增长25.0%，年度完成率48.1%"),
        (["I08 2022Q2 0.1", "I08 2023Q2 0.1"], "著作权", "同比持平"),
        (["M07-1 2023Q2 263"], "授权发明专利263", "完成年度任务（500件）的52.6%"),
        (["M07-1 2023Q4 480"], "授权发明专利480", "的96.0%，未达到年度要求。"),
        (["M07-1 2023Q1 100", "M01-1 2023Q2 0"], "授权发明专利本", "最近一次报送为"),
        (["M03-1 2023Q2 1"], "专题培训", "已提前完成年度任务"),
        (["M16-2 2023Q2 4"], "导航领域", "（超出计划区间）"),
        (["M10-2 2023Q2 120"], "马德里", "目标完成率70.6%，正在推进（无基期值"),
        (["M05-1 2023Q2 2"], "蓝网", "未报送，合计不完整，暂不判断进度"),
        (["M15-1 2023Q2 400"], "质押登记", "已提前完成五年合计任务"),
        (["I01 2025Q4 10.02"], "高价值", "2025年目标已实现（目标完成率100.0%）"),
        (["I01 2025Q4 9.9"], "高价值", "基本实现2025年目标（目标完成率98.8%）"),
        (["I01 2025Q4 8"], "高价值", "未达到2025年目标的预期（目标完成率79.8%）"),
        (["I01 2023Q2 不适用"], "高价值", "本季度填报“不适用”。"),
        (["I08 2023Q2 0.101"], "著作权", "低于序时进度（50%）1.4个百分点，仍在达序时范围内。"),
        (["M03-1 2023Q2 0"], "专题培训", "培训0次，年度任务（1次）年底前完成即可。"),
        (
            ["M16-2 2023Q2 1"],
            "导航领域",
            "完成年度任务（2—3个，按下限2个计）的50.0%，年底前完成即可。",
        ),
        (
            ["M16-2 2023Q2 3"],
            "导航领域",
            "已提前完成年度任务（2—3个，按下限2个计），完成率150.0%。",
        ),
        (["M10-2 2025Q4 150"], "马德里", "总量150件，未达到2025年目标的预期（目标完成率88.2%）。"),
    ],
)
def test_each_kind_of_figure_has_its_words(told: list[str], name: str, words: str) -> None:
    book, quarter = Book(), "2023Q2"
    for line in told:
        item, quarter, value, *at = line.split()
        agency = {"I08": CULTURE, "M05-1": "威海海关"}.get(item, MARKET)
        book.figure(item, quarter, value, agency, *at)
    judged = max(Quarter.parse("2023Q2"), Quarter.parse(quarter))
    assert words in sentence(book, name, str(judged))


def test_nothing_of_the_never_list_and_no_gaps_in_the_text() -> None:
    for shown in (
        usual("2023Q2").view("2023Q2"), usual("2023Q4").view("2023Q4"),
        first().view("2021Q4"), Book().view("2024Q1"), ended().view("2025Q4"),
        opening_quarter().view("2023Q1"), corrected().view("2023Q2"),
    ):  # fmt: skip
        for text in texts(shown):
            assert not any(word in text for word in NEVER), text
            assert not re.search(r"None|nan|NaN|  |：$|：。|（）|，，|。。|；。", text), text


def test_every_figure_in_prose_equals_the_table() -> None:
    shown = usual().view("2023Q2")
    for row, line in zip(shown.indicators.rows, shown.indicators.sentences, strict=True):
        done = row.done.removesuffix("（年度）")
        assert row.value.split("（")[0] in line
        assert done in line
        assert row.planned in line
        gap = row.gap.lstrip("+-")
        assert f"{gap}个百分点" in line or "持平" in line


def test_thirteen_columns_and_counts() -> None:
    shown = usual().view("2023Q2")
    assert len(fields(shown.indicators.rows[0])) == 14  # 13 栏和灯
    assert len(shown.indicators.rows) == 11
    assert len(shown.commitments.rows) == 10
    assert len(shown.details) == 21
    assert len(shown.milestones) == 57
    assert [len(part.measures) for part in shown.sections] == [2, 4, 6, 4, 3, 2, 2]


def test_agencies_speak_in_their_own_words_under_their_names() -> None:
    shown = usual().view("2023Q2")
    measure = shown.sections[0].measures[0]
    assert measure.heading == "1.优化创新激励扶持政策"
    assert measure.paragraphs[0].startswith("市市场监管局（推进中）：起草")
    assert measure.paragraphs[1] == "召开企业座谈会3场。"
    assert measure.paragraphs[2].startswith("市财政局（推进中）：")
    assert measure.paragraphs[3].startswith("未报送本项进展的单位：市法院")


def test_body_is_shortened_at_a_sentence_end_and_whole_in_the_annex() -> None:
    shown = usual().view("2023Q2")
    body = shown.sections[1].measures[0].paragraphs[0]
    assert body.endswith("320户次。（全文见附件2）")
    whole = next(row for row in shown.ledger if row.measure.startswith("3."))
    assert whole.progress[0].count("户次") == 8


def test_silent_measure_names_who_is_silent() -> None:
    shown = Book().view("2024Q1")
    assert shown.sections[1].measures[2].paragraphs == (
        "本季度未收到进展材料。责任单位：市市场监管局、威海海关、荣成海关。",
    )


def test_lagging_items_come_worst_first_with_reason_and_step_as_given() -> None:
    shown = usual().view("2023Q2")
    first_item, second = shown.lagging[:2]
    assert first_item.heading == "1.海外发明专利授权量（未达序时）"
    assert "滞后原因（市市场监管局）：海外授权审查周期长。" in first_item.paragraphs
    assert "下一步措施：未报送。" in first_item.paragraphs
    assert "今后每季度需增加0.28件" in second.paragraphs[0]


def test_missing_reason_is_said_and_never_invented() -> None:
    book = Book()
    book.figure("I01", "2023Q2", "7.20")
    shown = book.view("2023Q2")
    lag = next(part for part in shown.lagging if "高价值" in part.heading)
    assert "滞后原因：未说明原因。" in lag.paragraphs


def test_one_figure_under_two_names_is_explained_once() -> None:
    """I06 与 M08-1 是同一个数：原因只写一处。"""
    book = Book()
    book.figure("I06", "2023Q2", "130")
    book.text("I06", "2023Q2", "reason", "认证机构排期较满")
    lags = book.view("2023Q2").lagging
    twin = next(part for part in lags if "初次认证" in part.heading)
    assert twin.paragraphs[1].startswith("与主要指标“贯彻《企业知识产权管理规范》国家标准的企业”")
    source = next(part for part in lags if "国家标准的企业" in part.heading)
    assert "滞后原因（市市场监管局）：认证机构排期较满。" in source.paragraphs


def test_quarter_without_any_return_says_so_at_once() -> None:
    opening = Book().view("2024Q1").opening
    assert opening.endswith("截至目前未收到各责任单位本季度的报送材料。")
    silent = Book().view("2021Q4").lagging[0].paragraphs[1]
    assert silent == "第四季度未收到进展材料的措施：措施1至23，共23条，名称见第四部分。"


def test_nothing_lags_is_said() -> None:
    shown = usual().view("2023Q2")
    assert "共21项，其中主要指标2项、措施19项" in shown.lagging_lead
    assert shown.cases_lead == ""


def test_returns_by_name_and_never_a_ranking() -> None:
    told = usual().view("2023Q2").returned
    assert "迟报（1家）：市司法局（2023年7月14日收到）。" in told
    assert "零报告（1家）：市林业局。" in told
    assert told[-1].startswith("未报（4家）：市地方金融监管局")


def test_returns_before_the_deadline_are_not_missing() -> None:
    told = Book().view("2024Q1", "2024-04-05").returned
    assert told[-1].startswith("尚未到期、还没有报（20家）")


def test_late_entry_counts_neither_as_late_nor_on_time() -> None:
    book = Book()
    book.receipt(MARKET, "2023Q2", on="2023-12-01", manner="补录")
    book.receipt(CULTURE, "2023Q2", manner="办公室代录")
    told = "".join(book.view("2023Q2", "2023-12-05").returned)
    assert "补录（1家）：市市场监管局" in told
    assert "办公室代录（1家）：市文化和旅游局" in told
    assert "迟报" not in told


def test_only_public_cases_and_the_newest_per_measure() -> None:
    book = usual()
    book.text("case:新案例（样例）", "2023Q2", "measure", "M06")
    book.text("case:新案例（样例）", "2023Q2", "public", "可公开")
    shown = book.view("2023Q2")
    assert [case.heading for case in shown.cases] == ["1.新案例（样例）（措施6）"]
    assert shown.cases[0].paragraphs == ("市市场监管局：未附摘要。",)
    assert Book().view("2023Q2").cases_lead == "本季度未收到标明可公开的典型案例。"


def test_annual_report_counts_cases_of_the_whole_year() -> None:
    book = usual("2023Q4")
    book.text("case:春季案例（样例）", "2023Q1", "measure", "M07")
    book.text("case:春季案例（样例）", "2023Q1", "public", "可公开")
    assert len(book.view("2023Q4").cases) == 2


def test_next_steps_only_from_gaps_and_agencies() -> None:
    steps = usual().view("2023Q2").next_steps
    assert steps[0].startswith("加快推进未达序时的事项：海外发明专利授权量、")
    assert steps[1].startswith("收齐尚未报送的材料，涉及市地方金融监管局、")
    assert "市市场监管局：三季度完成审议并印发（措施1）。" in steps


def test_no_steps_at_all_is_said() -> None:
    book = Book()
    for agency in real_plan().agencies:
        book.receipt(agency.name, "2023Q2")
    assert book.view("2023Q2").next_steps == ("本季度各单位未报送下一步措施。",)


def test_renamed_agencies_show_new_and_old_name() -> None:
    book = usual("2023Q4")
    shown = book.view("2023Q4")
    assert any("中国人民银行威海市分行（原人民银行威海市中心支行）" in t for t in texts(shown))
    renamed = next(part for part in shown.scope.others if "更名" in part.heading)
    assert len(renamed.paragraphs) == 2
    early = usual("2023Q2").view("2023Q2")
    assert not any("更名" in part.heading for part in early.scope.others)


def test_scope_says_settings_confirmations_and_flaws() -> None:
    shown = usual().view("2023Q2")
    assert "办公室设定" in shown.scope.settings.heading
    confirmed, flaws = shown.scope.others[:2]
    assert "市文化和旅游局所报著作权作品登记数量0.101万件经确认照录" in confirmed.paragraphs[0]
    assert len(flaws.paragraphs) == len(real_plan().flaws)
    assert "回执R2023Q2-0016（台账校验码3f9a1c2b）" in shown.made
    assert "尚无入库记录" in Book().view("2023Q2").made


def test_confirmations_of_later_quarters_are_left_out() -> None:
    book = usual("2023Q4")
    assert not any("确认" in part.heading for part in book.view("2023Q2").scope.others)


def test_milestones_completed_overdue_and_due_soon() -> None:
    told = usual().view("2023Q2").commitments.milestones.paragraphs
    assert (
        told[1]
        == "本季度报送完成的有：出台《展会维权援助指引》（市市场监管局，2023年5月12日完成）。"
    )


def test_milestone_with_a_date_of_the_office_is_said() -> None:
    plan = real_plan()
    dated = tuple(
        replace(m, due=Quarter(2023, 2).first_day) if m.id == "M13-2" else m
        for m in plan.milestones
    )
    changed = replace(plan, milestones=dated)
    quarter = Quarter(2023, 2)
    gaps = find_gaps(changed, (), (), quarter, quarter.last_day)
    shown = view(changed, gaps, (), (), (), Made(quarter.last_day, None, "", "0"))
    told = shown.commitments.milestones.paragraphs
    assert "开办“专利超市”（市市场监管局）：逾期，时限2023年4月1日（办公室设定）。" in told
    assert shown.lagging[0].heading == "1.开办“专利超市”（逾期）"


def test_first_quarter_has_no_comparison_with_the_one_before() -> None:
    shown = first().view("2021Q4")
    assert not any("与上季度相比" in line for line in shown.overview)
    assert shown.title[-1] == "2021年度进展情况报告"


def test_change_since_the_last_quarter() -> None:
    book = Book()
    book.figure("I01", "2023Q1", "7.30")
    book.figure("I01", "2023Q2", "7.20")
    book.figure("I09", "2023Q1", "7.0")
    book.figure("I09", "2023Q2", "8.1")
    book.figure("I11", "2023Q1", "12")
    book.figure("I11", "2023Q2", "14")
    told = book.view("2023Q2").overview[-1]
    assert told == (
        "与上季度相比，完成率提高最多的是有效注册商标量，由60.0%提高到104.0%；"
        "完成率下降最多的是每万人口高价值发明专利拥有量，由45.9%下降到43.9%；"
        "新完成的是有效注册商标量；新转为未达序时的是每万人口高价值发明专利拥有量；"
        "由未达序时转为达到或超过序时的是专利代理服务机构。"
    )


def test_annual_report_adds_years_and_verdicts() -> None:
    years = usual("2023Q4").view("2023Q4").commitments.years
    assert years is not None
    assert years.heads == ("2020年", "2021年", "2022年", "2023年（初步数）", "2023年同比")
    assert all(len(row.years) == len(years.heads) for row in years.rows)
    assert years.rows[0].years == ("4.99", "5.60", "6.35", "8.05", "+26.8%")
    assert years.verdicts[0].startswith("达到2023年度要求的有：著作权作品登记数量")
    assert usual().view("2023Q2").commitments.years is None


def test_annual_verdict_of_missed_and_unknown() -> None:
    book = Book()
    book.figure("M07-1", "2023Q4", "480")
    years = book.view("2023Q4").commitments.years
    assert years is not None
    assert "未达到2023年度要求的有：授权发明专利。" in years.verdicts
    assert any("没有2023年全年数、未作结论的有" in verdict for verdict in years.verdicts)


def test_title_and_name() -> None:
    shown = usual().view("2023Q2")
    assert "".join(shown.title) == (
        "威海市《关于促进知识产权高质量发展的若干措施》2023年第二季度进展情况报告"
        "（含样例数据，仅供演示）"
    )
    assert max(map(len, shown.title)) <= 20
    assert report_name(Quarter(2023, 2)) == "2023Q2-进展报告"
    assert "待填" in shown.number
    assert "待填" in shown.signature
    assert "待填" in shown.dated


@pytest.mark.parametrize("preset", ["ratios", "points"])
def test_rule_under_the_tables_follows_the_settings(preset: str) -> None:
    plan = real_plan()
    settings = replace(plan.settings, thresholds=Thresholds(preset=preset))
    changed = replace(plan, settings=settings)
    quarter = Quarter(2023, 2)
    gaps = find_gaps(changed, (), (), quarter, quarter.last_day)
    shown = view(changed, gaps, (), (), (), Made(quarter.last_day, None, "", "0"))
    assert ("指数" in shown.indicators.notes[0]) is (preset == "ratios")


def test_later_quarters_never_leak_into_an_earlier_report() -> None:
    book = usual("2023Q4")
    early = [e for e in book.entries if e.quarter <= Quarter(2023, 2)]
    made = Made(Quarter(2023, 2).last_day, None, "", "0")
    gaps = find_gaps(real_plan(), early, (), Quarter(2023, 2), made.day)
    with_later: ReportView = view(real_plan(), gaps, book.entries, (), (), made)
    assert with_later == view(real_plan(), gaps, early, (), (), made)


def test_view_does_not_import_the_renderers() -> None:
    """差距等命令用得到的只有视图以下；模板库只有写报告时才装入。"""
    code = (
        "import sys, ipmeasures.report.view;"
        "sys.exit(any(m in sys.modules for m in ('docx','docxtpl','jinja2','openpyxl','pydantic')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_month_an_agency_wrote_is_kept() -> None:
    """单位写明 8 月的数，不说成 9 月底的。"""
    book = Book()
    book.figure("I01", "2024Q3", "12.12")
    book.text("I01", "2024Q3", "data_at", "2024-08")
    book.figure("M07-1", "2024Q3", "1378")
    book.text("M07-1", "2024Q3", "data_at", "2024-08")
    shown = book.view("2024Q3")
    assert shown.indicators.rows[0].data_at == "2024年8月"
    assert shown.indicators.sentences[0].startswith("截至2024年8月，")
    assert "2024年1—8月，授权发明专利1378件" in str(shown.commitments)


def test_verdicts_of_the_averages_at_the_plans_end() -> None:
    """年均的任务，期满时说合计任务，不说2025年目标。"""
    book = Book()
    for year, value in ((2021, "80"), (2022, "80"), (2023, "80"), (2024, "80"), (2025, "108")):
        book.figure("M15-1", f"{year}Q4", value)
        book.figure("M15-2", f"{year}Q4", "9.6")
    assert sentence(book, "质押登记", "2025Q4").endswith(
        "2021年以来累计428项，已实现五年合计任务（400项），完成率107.0%。"
    )
    assert sentence(book, "质押担保金额", "2025Q4").endswith(
        "完成五年合计任务（50亿元）的96.0%，基本实现。"
    )


def test_reaching_eight_is_not_passing_eight() -> None:
    """突破8万件，正好8万件不算，说清楚。"""
    book = Book()
    book.figure("I09", "2025Q4", "8")
    groups = book.view("2025Q4").commitments.groups
    told = next(t for g in groups for t in g.paragraphs if t.startswith("注册商标总量"))
    assert told.endswith("尚未突破8万件，基本实现2025年目标（目标完成率100.0%）。")


def test_the_same_figure_is_told_once_in_full() -> None:
    """与指标同一个数的量化任务，不再重复比上年末、比基年。"""
    groups = usual().view("2023Q2").commitments.groups
    told = next(t for g in groups for t in g.paragraphs if t.startswith("通过贯标"))
    assert told == (
        "通过贯标初次认证的单位（要求200家）与主要指标“贯彻《企业知识产权管理规范》国家标准的企业”"
        "为同一个数，截至2023年6月底为166家，完成五年增量任务的57.5%，"
        "高于序时进度（50%）7.5个百分点，超过序时要求。"
    )


def test_a_reason_for_not_applicable_is_given_as_written() -> None:
    book = Book()
    book.figure("M16-1", "2023Q2", "不适用")
    book.text("M16-1", "2023Q2", "note", "省里今年不再组织申报。")
    assert sentence(book, "山东省专利导航") == (
        "山东省专利导航项目本季度填报“不适用”，理由：省里今年不再组织申报。"
    )


def test_states_are_counted_from_good_to_missing() -> None:
    told = usual("2023Q4").view("2023Q4").overview[1]
    assert told == "10项量化任务中，已完成5项，超序时2项，达序时2项，推进中1项。"


def test_a_confirmation_of_a_figure_corrected_since_says_so() -> None:
    """确认过的数后来更正了，不能还说那个数经确认照录。"""
    book = usual()
    book.entries = [e for e in book.entries if (e.item, str(e.quarter)) != ("I08", "2023Q2")]
    book.figure("I08", "2023Q2", "0.102", CULTURE)
    (told,) = book.view("2023Q2").scope.others[0].paragraphs
    assert "著作权作品登记数量当时经确认照录（此数后来已更正或撤回），理由：集中登记" in told


def test_confirmations_for_the_same_reason_are_told_together() -> None:
    """季季因同样的理由确认的，并作一句；理由不同的另说。"""
    book = usual("2023Q3")
    for quarter, value in (("2023Q1", "0.0480"), ("2023Q2", "0.1010"), ("2022Q4", "0.1910")):
        book.figure("I08", quarter, value, CULTURE)
        receipt = book.receipt(CULTURE, quarter).receipt
        reason = "另行核对" if quarter == "2022Q4" else "已与平台核对，"
        book.confirmations.append(Confirmation(receipt, "I08", reason))
    gone = [e for e in book.entries if (e.item, str(e.quarter)) == ("I08", "2023Q2")]
    book.entries = [e for e in book.entries if e not in gone]
    told = book.view("2023Q3").scope.others[0].paragraphs
    _, together, apart = told
    assert together == (
        "市文化和旅游局所报著作权作品登记数量（2023年第一季度0.048万件、"
        "2023年第二季度的数，后来已更正或撤回）经确认照录，理由：已与平台核对。"
    )
    assert apart.startswith("2022年第四季度，市文化和旅游局所报著作权作品登记数量0.191万件经确认")


def test_a_confirmation_of_what_is_no_figure() -> None:
    book = Book()
    receipt = book.receipt(MARKET, "2023Q2").receipt
    book.confirmations += [Confirmation(receipt, "M05-2", "甲"), Confirmation(receipt, "X9", "乙")]
    told = book.view("2023Q2").scope.others[0].paragraphs
    assert told[0].endswith("所报出台《展会维权援助指引》经确认照录，理由：甲。")
    assert told[1].endswith("所报X9经确认照录，理由：乙。")


def test_remarks_and_reasons_stand_in_the_annex() -> None:
    """随数写的说明、没有滞后的事项的原因，列在口径说明；第五部分引过的不重复。"""
    book = usual()
    book.text("I03", "2023Q2", "note", "专利、商标都含。\n不含版权。")
    book.text("I09", "2023Q2", "reason", "数据核减。")
    part = next(p for p in book.view("2023Q2").scope.others if "填报单位的说明" in p.heading)
    assert part.paragraphs == (
        "知识产权质押融资金额（市市场监管局）：专利、商标都含。",
        "不含版权。",
        "有效注册商标量（市市场监管局）所报滞后原因：数据核减。",
    )


def test_next_steps_of_figures_and_milestones_are_not_lost() -> None:
    book = usual()
    book.text("I09", "2023Q2", "next_step", "继续开展商标培训。")
    book.text("M05-2", "2023Q2", "next_step", "宣传《指引》。")
    (told,) = [t for t in book.view("2023Q2").next_steps if t.startswith("市市场监管局：")]
    assert told == (
        "市市场监管局：三季度完成审议并印发（措施1）；继续开展商标培训（有效注册商标量）；"
        "宣传《指引》（出台《展会维权援助指引》）。"
    )


def test_after_the_plan_nothing_is_to_be_sped_up() -> None:
    steps = ended().view("2025Q4").next_steps
    assert steps[0].startswith("计划期已满，尚未实现的事项有海外发明专利授权量、")


def test_annual_report_names_the_milestones_of_the_whole_year() -> None:
    book = usual("2023Q4")
    book.entries = [e for e in book.entries if e.item != "M05-2"]
    book.text("M05-2", "2023Q1", "status", "已完成")
    book.text("M05-2", "2023Q1", "completed_on", "3月初")
    told = book.view("2023Q4").commitments.milestones.paragraphs[1]
    assert told == "本年报送完成的有：出台《展会维权援助指引》（市市场监管局，3月初完成）。"


def test_a_year_with_nothing_yet_tells_what_was_reported_before() -> None:
    """往年报过而本年还没有报的：说最近一次是何时的什么数，不说“此前没有”；括注不重复说没有报。"""
    book = usual("2023Q4")
    shown = book.view("2024Q1")
    yearly, average = (group.paragraphs for group in shown.commitments.groups[:2])
    told = "授权发明专利本季度未报送（填报单位：市市场监管局），最近一次报送为2023年全年545件，不据以判断本年进度。"
    assert told in yearly
    assert average[0].endswith("最近一次报送为2023年全年84项，不据以判断进度。")
    assert "此前也没有" not in "".join((*yearly, *average, *shown.indicators.sentences))
    assert "高于序时进度最多的是有效注册商标量（数据滞后1季）" in "".join(shown.overview)


def test_milestones_all_alike_are_told_at_once() -> None:
    told = Book().view("2023Q2").commitments.milestones.paragraphs[0]
    assert told == "里程碑事项共57项（公文均未规定时限，列有时限的为办公室设定），均未报送。"


def test_a_milestone_reported_done_again_is_no_news() -> None:
    """上季度已报完成、这季度照样填着的，不再说“本季度报送完成”；每年重复的，今年再完成还是新的。"""
    book = usual("2023Q2")
    book.text("M05-2", "2023Q1", "status", "已完成")
    book.text("M22-2", "2022Q2", "status", "已完成")
    book.text("M22-2", "2023Q2", "status", "已完成")
    told = book.view("2023Q2").commitments.milestones.paragraphs[1]
    assert told == "本季度报送完成的有：组织“4.26”宣传周、专利周、品牌日宣传（市市场监管局）。"


def test_far_behind_is_counted_among_those_behind() -> None:
    """差距较大的也是未达序时：并作一句，读起来不是两种。"""
    book = usual("2023Q2")
    book.figure("I11", "2023Q2", "11")
    assert "未达序时3项（其中差距较大1项）。" in book.view("2023Q2").overview[0]
    heads = [lag.heading for lag in book.view("2023Q2").lagging]
    assert heads[0] == "1.专利代理服务机构（未达序时，差距较大）"


def test_a_case_under_no_measure_keeps_what_was_written() -> None:
    book = Book()
    book.text("case:甲", "2023Q2", "measure", "宣传方面")
    book.text("case:甲", "2023Q2", "public", "可公开")
    assert book.view("2023Q2").cases[0].heading == "1.甲（宣传方面）"
