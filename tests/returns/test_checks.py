"""业务核对：该谁报、报了几次、说没说明、累计有没有变小、缺什么。"""

import datetime as dt
from decimal import Decimal

import pytest

from ipmeasures.plan.expected import Expected
from ipmeasures.problem import CATALOGUE, Severity, refused
from ipmeasures.quarter import Quarter
from ipmeasures.returns.checks import mostly_rewritten, received_in_time
from ipmeasures.returns.circumstances import Circumstances, Recorded

from . import (
    test_consolidated,
    test_dating,
    test_figure,
    test_file,
    test_file_name,
    test_form,
    test_row,
    test_suspicion,
    test_tables,
    test_text,
    test_told,
    test_wording,
)
from .markdown import Md, workbook
from .plans import (
    COURT,
    CULTURE,
    CUSTOMS,
    MARKET,
    Q2,
    TODAY,
    checked,
    codes,
    consolidated,
    expected,
    figure,
    form,
    info,
    of,
    plan,
    read,
    sheets,
    the,
    told,
)

# 读表和核对还产生不了的代码，和为什么
ELSEWHERE = {
    "file_encrypted": "读字节时产生，见 tests/returns/workbook/test_sniff.py",
    "file_unsafe": "读字节时产生，见 tests/returns/workbook/",
    "legacy_format": "要有 .xls，见 tests/returns/test_legacy.py",
    "conflict_in_batch": "一批文件之间的事，由 ipm ingest 说",
    "same_values": "要看台账，由 ipm ingest 说",
    "received_before": "要看台账，由 ipm ingest 说",
    "same_as_sent_back": "要看台账，由 ipm ingest 说",
    "quarter_locked": "要看台账，由 ipm ingest 说",
    "total_mismatch": "见 tests/cases/sheet/合计.md",
    "manner_differs": "见 tests/cases/business/报送方式两种.md",
}


def test_every_code_has_a_case() -> None:
    """目录里的每个代码，不是这里有用例，就写明为什么没有。"""
    modules = (
        test_consolidated, test_figure, test_file, test_form, test_row, test_suspicion, test_tables,
        test_text, test_wording, test_dating, test_file_name, test_told,
    )  # fmt: skip
    covered = set().union(CODES, *(module.CODES for module in modules)) - {""}
    catalogue = {key.partition(".")[0] for key in CATALOGUE}
    assert not covered - catalogue
    assert not covered & set(ELSEWHERE)
    assert covered | set(ELSEWHERE) == catalogue


QUARTERS = [
    # 报送期、报送方式、今天、代码
    ("2023Q2", "正常", dt.date(2023, 4, 1), ""),
    ("2023Q2", "正常", dt.date(2023, 3, 31), "quarter_future"),
    ("2024Q1", "正常", dt.date(2023, 7, 5), "quarter_future"),
    ("2021Q4", "正常", dt.date(2023, 7, 5), ""),
    ("2021Q3", "正常", dt.date(2023, 7, 5), "quarter_early"),
    ("2021Q3", "补录", dt.date(2023, 7, 5), ""),
]


@pytest.mark.parametrize(("quarter", "manner", "today", "code"), QUARTERS)
def test_the_quarter_must_have_begun(quarter: str, manner: str, today: dt.date, code: str) -> None:
    """还没开始的季度不收；早于首个应报季度的提醒，写明补录就不提醒。"""
    line = f"| 报送方式 | {manner} |"
    content = form(COURT, quarter, line, 措施进展="| M01 || 推进中 | 建库 |")
    found = checked(content, today=today)
    assert codes(found) == [code] * bool(code)
    assert all(str(problem.place) == "报送信息!B3" for problem in found)


RENAMED = [
    ("威海银保监分局", "2023Q2", ""),
    ("威海银保监分局", "2023Q3", "agency_renamed"),
    ("国家金融监督管理总局威海监管分局", "2023Q3", ""),
    ("国家金融监督管理总局威海监管分局", "2023Q2", ""),
]


@pytest.mark.parametrize(("written", "quarter", "code"), RENAMED)
def test_an_old_name_is_noted_after_the_renaming(written: str, quarter: str, code: str) -> None:
    """更名以后还写旧名的，说一声，按同一单位记。"""
    content = form(written, quarter, 措施进展="| M15 || 推进中 | 建库 |", 里程碑="", 典型案例="")
    found = of(checked(content, today=dt.date(2024, 1, 1)), "agency_renamed")
    assert codes(found) == [code] * bool(code)


OWED = [
    # 单位、编号、值、话里要有的字
    (CULTURE, "I01", "6.5", "由市市场监管局报送"),
    (MARKET, "M08-1", "150", "I06"),
    (MARKET, "M10-1", "6.5", "I09"),
    (MARKET, "I08", "0.1", "由市文化和旅游局报送"),
    (MARKET, "M05-1", "3", "威海海关、荣成海关"),
    (COURT, "M05-1", "3", "威海海关、荣成海关"),
]


@pytest.mark.parametrize(("agency", "key", "value", "owner"), OWED)
def test_only_owed_figures_are_taken(agency: str, key: str, value: str, owner: str) -> None:
    """不该这个单位报的数不收，说清该谁报；与指标同一个数的，说报在哪一行。"""
    found = the(checked(figure(value, key, agency=agency)), "not_owed")
    assert owner in found.message
    assert (found.place.cell, found.item, found.value) == ("D2", key, value)


@pytest.mark.parametrize(
    ("key", "owner"), [("M12", "市文化和旅游局"), ("M12-1", "由市文化和旅游局报送")]
)
def test_only_owed_texts_are_taken(key: str, owner: str) -> None:
    """措施、里程碑也一样；案例不限。"""
    head = "| 责任单位 | 报送期 | 编号 | 本期值 | 本季度进展 |"
    found = the(
        checked(consolidated(f"| {CUSTOMS} | 2023Q2 | {key} || 建库 |", head=head)), "not_owed"
    )
    assert owner in found.message
    assert found.place.cell == "C2"
    content = form(CUSTOMS, 量化任务="| M05-1 || 3 |", 典型案例="| 护航展会 | M12 | 摘要 | |")
    assert checked(content) == ()


TWICE = [
    ("6.5", "6.5", "duplicate_row", Severity.WARNING),
    ("6.5", "6.50", "duplicate_row", Severity.WARNING),
    ("6.5", "6.6", "duplicate_row", Severity.ERROR),
    ("6.5", "撤回", "duplicate_row", Severity.ERROR),
]


@pytest.mark.parametrize(("one", "two", "code", "severity"), TWICE)
def test_a_row_stands_once(one: str, two: str, code: str, severity: Severity) -> None:
    """同一事项两行：相同的提醒、只入一次，不同的不收；两处都说。"""
    rows = (f"| {MARKET} | 2023Q2 | I01 | {value} | |" for value in (one, two))
    content = consolidated(*rows)
    found = the(checked(content), code)
    assert (found.severity, found.place.cell) == (severity, "D3")
    assert "汇总表!D2" in found.message
    assert [place.cell for place in found.also] == ["D2"]
    if severity is Severity.WARNING:
        assert told(content) == {("I01", "value"): "6.5"}


REASONS = [
    ("不适用", "", "reason_missing"),
    ("撤回", "", "reason_missing"),
    ("不适用", "没有这项业务", ""),
    ("撤回", "报错了", ""),
    ("未更新", "", ""),
]


@pytest.mark.parametrize(("value", "note", "code"), REASONS)
def test_states_without_a_figure_need_a_word(value: str, note: str, code: str) -> None:
    """不适用、撤回要写说明，指到要写的那一格；未更新不用。"""
    found = checked(figure(value, "I04", note))
    assert codes(found) == [code] * bool(code)
    assert all((p.place.cell, p.item) == ("E2", "I04") for p in found)
    assert all([place.cell for place in p.also] == ["D2"] for p in found)


def test_without_a_column_for_words_the_figure_is_pointed_at() -> None:
    """没有“说明”一列的汇总表，指到填了不适用的那一格。"""
    head = "| 责任单位 | 报送期 | 编号 | 本期值 |"
    content = consolidated(f"| {MARKET} | 2023Q2 | I04 | 不适用 |", head=head)
    found = the(checked(content), "reason_missing")
    assert (found.place.cell, found.also) == ("D2", ())


DATED = [("2023Q2", ""), ("2023年6月30日", ""), ("2022", ""), ("2023Q3", "data_at_later"), ("2023", "data_at_later")]  # fmt: skip


@pytest.mark.parametrize(("written", "code"), DATED)
def test_data_is_not_of_the_future(written: str, code: str) -> None:
    """数据时点不晚于报送期；晚了按报送期计，提醒。"""
    content = consolidated(f"| {MARKET} | 2023Q2 | I01 | 6.5 | | '{written} |")
    found = checked(content)
    assert codes(found) == [code] * bool(code)
    assert all(problem.place.cell == "F2" for problem in found)


def test_what_is_left_blank_is_pointed_at() -> None:
    """该报的数空着：提醒，指到空着的那一格；整行没有的，指到它该在的那张表，话里说没有这一行。"""
    blank = form(CULTURE, 指标数据="| I07 || |\n| I08 || 0.1 |")
    assert str(the(checked(blank), "missing").place) == "指标数据!C2"
    by_name = form(CULTURE, 指标数据="| | 版权产业的行业增加值占 GDP 比重 | ' |\n| I08 || 0.1 |")
    assert str(the(checked(by_name), "missing").place) == "指标数据!C2"
    absent = form(CULTURE, 指标数据="| I08 || 0.1 |")
    found = the(checked(absent), "missing")
    assert (str(found.place), found.item) == ("指标数据", "I07")
    assert found.message == "表上没有这一行，没有填本期值"


@pytest.mark.parametrize(
    ("changed", "total", "told"), [(5, 10, True), (5, 5, True), (4, 4, False), (5, 11, False)]
)
def test_most_figures_rewritten_at_once(changed: int, total: int, told: bool) -> None:  # noqa: FBT001 - 一行一个情形
    """一次改掉五个以上、又占在案的一半以上：多半是拿错了表；不到的是平常的更正。"""
    keys = [one.id for one in plan().asked_items if one.how.reporters == (MARKET,)][:total]
    recorded = tuple(Recorded(key, Q2, Q2, Decimal(7), "一.xlsx 汇总表!D2") for key in keys)
    values = ["8"] * changed + ["7"] * (total - changed)
    rows = (f"| {MARKET} | 2023Q2 | {k} | {v} |" for k, v in zip(keys, values, strict=True))
    known = Circumstances(plan(), TODAY, recorded=recorded)
    (one,) = read(consolidated(*rows)).returns
    found = list(mostly_rewritten(one, known))
    assert len(keys) == total
    assert [p.message for p in found] == (
        [f"改动了 2023Q2 在案 {total} 个数里的 {changed} 个"] if told else []
    )
    assert all("send-back" in p.fix and p.place.cell == "B2" for p in found)


def test_figures_of_another_quarter_are_not_rewritten() -> None:
    """别的季度在案的数，与这一张无关。"""
    keys = [one.id for one in plan().asked_items if one.how.reporters == (MARKET,)][:6]
    recorded = tuple(
        Recorded(key, Quarter(2023, 1), Quarter(2023, 1), Decimal(7), "一.xlsx") for key in keys
    )
    rows = (f"| {MARKET} | 2023Q2 | {key} | 8 |" for key in keys)
    (one,) = read(consolidated(*rows)).returns
    assert not list(mostly_rewritten(one, Circumstances(plan(), TODAY, recorded=recorded)))


@pytest.mark.parametrize(
    ("received", "told"),
    [(dt.date(2023, 3, 31), True), (dt.date(2023, 4, 1), False), (None, False)],
)
def test_received_before_the_quarter_began(received: dt.date | None, told: bool) -> None:  # noqa: FBT001 - 一行一个情形
    """收到日期早于这个季度的第一天，提醒；季度还没开始的另有错误，不重复说。"""
    (one,) = read(figure("7.6")).returns
    known = Circumstances(plan(), TODAY, received_on=received)
    assert codes(received_in_time(one, known)) == ["received_early"] * told
    early = Circumstances(plan(), dt.date(2023, 3, 1), received_on=dt.date(2023, 2, 1))
    assert not list(received_in_time(one, early))


def test_a_missing_column_is_said_once() -> None:
    """“本期值”整列没有的，说缺列；不再一项一项说没有填，更不指到报送信息。"""
    content = workbook(
        info(CULTURE),
        Md("指标数据", "| 编号 | 指标名称 | 数据来源 |\n| I07 || |\n| I08 || 样例 |"),
        *sheets(CULTURE)[1:],
    )
    found = checked(content)
    assert {p.code for p in found} >= {"column_missing"}
    assert not of(found, "missing")


def test_the_manner_is_where_it_is_chosen() -> None:
    """空表、零报告有数：指到报送方式那一格，改的就是它。"""
    empty = form(COURT, "2023Q2", "| 报送方式 | 正常 |")
    assert str(the(checked(empty), "empty_return").place) == "报送信息!B4"
    zero = form(CULTURE, "2023Q2", "| 报送方式 | 零报告 |", 指标数据="| I08 || 0.1 |")
    assert str(the(checked(zero), "zero_with_figures").place) == "报送信息!B4"


def test_a_row_to_be_cleared_names_every_cell_of_it() -> None:
    """不该报的、报了两次的：只清数字，来源还在，下次还是不收；填了的各格都说。"""
    head = "| 责任单位 | 报送期 | 编号 | 本期值 | 数据来源 | 说明 |"
    content = consolidated(f"| {CULTURE} | 2023Q2 | I01 | 7.6 | 样例 | 公布 |", head=head)
    found = the(checked(content), "not_owed")
    assert [p.cell for p in (found.place, *found.also)] == ["D2", "E2", "F2"]
    assert "全部清空" in found.fix


def test_what_is_on_record_or_told_elsewhere_is_not_missing() -> None:
    """已有在案的、在别的行里报了的、读不成的，不再说没有填。"""
    content = form(CULTURE, 指标数据="| I07 || |\n| I08 || 0.1 |")
    on_record = {"I07": Expected("I07", on_record=True)}
    assert checked(content, on_record) == ()
    twice = form(CULTURE, 指标数据="| I07 || |\n| I07 || 4.3 | 2022 |\n| I08 || 0.1 |")
    assert checked(twice) == ()
    wrong = form(CULTURE, 指标数据="| I07 || 四 |\n| I08 || 0.1 |")
    assert codes(checked(wrong)) == ["not_a_number"]


EMPTY = [
    # 报送方式、内容、代码
    ("正常", "", "empty_return"),
    ("零报告", "", ""),
    ("零报告", "| M01 || 推进中 | 建库 |", "zero_with_figures"),
    ("正常", "| M01 || 推进中 | 建库 |", ""),
    ("正常", "| M01 || 快了 | |", "choice_unknown"),
    ("正常", "| M01 ||| ' |", "empty_return"),
]


@pytest.mark.parametrize(("manner", "line", "code"), EMPTY)
def test_an_empty_return_is_a_zero_report_or_a_mistake(manner: str, line: str, code: str) -> None:
    """什么也没填又不是零报告的不收；零报告而有内容的提醒；填错了的不说成没有填。"""
    content = form(COURT, "2023Q2", f"| 报送方式 | {manner} |", 措施进展=line)
    assert codes(checked(content)) == [code] * bool(code)


EVIDENCE = [
    ("| M01-1 || 已完成 | 2023-06-30 | 威知〔2023〕1号 |", ""),
    ("| M01-1 || 已完成 | 2023-06-30 | |", "evidence_missing"),
    ("| M01-1 || 推进中 | | |", ""),
]


@pytest.mark.parametrize(("line", "code"), EVIDENCE)
def test_a_finished_milestone_shows_evidence(line: str, code: str) -> None:
    """填已完成的要有文号、批复或网址，提醒指到佐证一格。"""
    found = of(checked(form(MARKET, 里程碑=line)), "evidence_missing")
    assert codes(found) == [code] * bool(code)
    assert all(problem.place.cell == "E2" for problem in found)


def test_a_state_without_progress_is_asked_for() -> None:
    """措施选了状态没写进展：提醒，指到本季度进展一格。"""
    found = checked(form(COURT, 措施进展="| M01 || 推进中 | |"))
    assert [(p.code, p.place.cell, p.item) for p in found] == [("missing", "D2", "M01")]


FALLS = [
    # 事项、值、说明、此前、代码
    ("I06", "150", "", "2023Q1 160", "total_fell"),
    ("I06", "160", "", "2023Q1 160", ""),
    ("I06", "150", "核减重复", "2023Q1 160", "warning"),
    ("I06", "150", "", "2022Q4 160", "total_fell"),
    ("I06", "0", "", "2023Q1 160", "total_fell"),
    ("I06", "150", "", "2023Q3 160", ""),
    ("M07-1", "100", "", "2023Q1 120", "total_fell"),
    ("M07-1", "100", "", "2022Q4 480", ""),
    ("I03", "9", "", "2023Q1 10", "total_fell"),
    ("I01", "6", "", "2023Q1 7", ""),
    ("I06", "不适用", "说明", "2023Q1 160", ""),
]


@pytest.mark.parametrize(("key", "value", "note", "history", "code"), FALLS)
def test_a_total_does_not_fall(key: str, value: str, note: str, history: str, code: str) -> None:
    """历年累计比上一次小、本年累计比本年上一季小，是错；写了说明的作为更正收下，仍提醒。"""
    known = expected(key, history=history)
    found = of(checked(figure(value, key, note), known), "total_fell")
    assert len(found) == bool(code)
    for problem in found:
        assert problem.severity == ("warning" if code == "warning" else "error")
        assert history.split(maxsplit=1)[0] in problem.message
        assert problem.place.cell == "D2"


def test_a_confirmed_fall_is_taken() -> None:
    """--confirm 过的不再说。"""
    known = expected("I06", history="2023Q1 160")
    assert refused(checked(figure("150", "I06"), known))
    assert checked(figure("150", "I06"), known, {"I06": "核减"}) == ()


def test_the_agencies_of_the_plan_are_owed_what_they_answer_for() -> None:
    """每个要报的数，恰好由计划里写的单位报，报了就收。"""
    for item in plan().asked_items:
        for agency in item.how.reporters:
            value = str(item.how.maximum or 8)
            assert not of(checked(figure(value, item.id, agency=agency)), "not_owed")


CODES = {
    *(code for *_, code in (*QUARTERS, *RENAMED, *REASONS, *DATED, *EMPTY, *EVIDENCE)),
    *(code for _, _, code, _ in TWICE),
    "not_owed", "missing", "total_fell", "many_changed", "received_early",
}  # fmt: skip
