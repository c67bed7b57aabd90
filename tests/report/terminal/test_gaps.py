"""滞后清单在终端上：80 列以内，最差在前，原因和下一步照单位写的。"""

from dataclasses import replace
from pathlib import Path

import pytest

from ipmeasures.plan.model import Settings
from ipmeasures.progress.gaps import Gaps, find_gaps
from ipmeasures.progress.reporting import reporting_of
from ipmeasures.quarter import Quarter
from ipmeasures.report.gap_table import shown_gaps
from ipmeasures.report.terminal.gaps import gap_text, reporting_lines
from ipmeasures.report.terminal.layout import width
from ipmeasures.report.terminal.returns import returns_text
from tests.report.quarters import BANK, QUARTER, TODAY, varied, varied_book, varied_plan
from tests.report.samples import CULTURE, MARKET, Book, real_plan, usual

GOLDEN = Path(__file__).parents[2] / "golden"


def shown(*, everything: bool = True, agency: str | None = None, gaps: Gaps | None = None) -> str:
    gaps = gaps or varied()
    return gap_text(
        varied_plan(), gaps, shown_gaps(gaps, everything=everything, agency=agency), agency
    )


@pytest.mark.parametrize("name", ["全部", "滞后"])
def test_gaps_read_as_agreed(name: str, request: pytest.FixtureRequest) -> None:
    """各种状态都有的一个季度，全文与样本一致。"""
    text = shown(everything=name == "全部") + "\n"
    path = GOLDEN / f"gaps-2023Q3-{name}.txt"
    if request.config.getoption("--update-golden"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("quarter", ["2021Q4", "2022Q4", "2023Q1", "2023Q4"])
def test_no_line_is_wider_than_80(quarter: str) -> None:
    """真的计划、各种季度，全部列出，没有一行超过 80 列，都印得出来（GBK）。"""
    book, at = usual("2023Q4"), Quarter.parse(quarter)
    gaps = find_gaps(varied_plan(), book.entries, book.receipts, at, at.last_day)
    for text in (shown(gaps=gaps), shown(), shown(agency=BANK)):
        assert max(map(width, text.split("\n"))) <= 80
        text.encode("gbk")


def test_every_status_is_there() -> None:
    """样本里各种状态都有，免得漏了哪一种没有看过。"""
    found = {gap.status.value for gap in varied().items}
    assert found >= {
        "fallen_back", "regressed", "overdue", "far_behind", "behind", "not_reported", "due_soon",
        "not_started", "in_progress", "not_due", "on_track", "ahead", "achieved", "not_applicable",
    }  # fmt: skip


def test_only_one_agency() -> None:
    """只看一家的：只列它报的，不列各单位报送情况，题目写明。"""
    text = shown(everything=False, agency=CULTURE)
    assert text.startswith(f"2023年第三季度进展差距（{CULTURE}）  判断日期 2023-10-20")
    assert "I08" in text
    assert "I01" not in text
    assert "完整率" not in text


def test_nothing_lags() -> None:
    """没有滞后的，说没有。"""
    gaps = replace(varied(), items=())
    assert "指标和量化任务：没有滞后的。" in shown(gaps=gaps)


def test_reason_and_next_step_or_that_there_is_none() -> None:
    """原因照单位写的；没有写的说未说明原因，不代写。"""
    text = shown(everything=False)
    assert "  原因：部分企业处于专利布局调整期" in text
    assert "  原因：未说明原因\n  下一步：未填" in text


def test_a_twin_points_to_its_indicator_only_when_that_is_listed() -> None:
    """与指标同一个数的任务：指标也列着，才说原因见指标；指标没列，就写出原因。"""
    book = Book()
    book.figure("I09", "2025Q4", "8")
    book.text("I09", "2025Q4", "reason", "年底集中注销")
    at = Quarter(2025, 4)
    gaps = find_gaps(real_plan(), book.entries, (), at, at.last_day)
    lagging = shown(everything=False, gaps=gaps)
    assert "I09" not in lagging
    assert "  原因：年底集中注销" in lagging
    assert "与 I09 同一个数" in shown(gaps=gaps)


def test_a_long_figure_is_never_cut() -> None:
    """列宽放不下的数写到下一行，不截短。"""
    book = Book()
    book.figure("M07-1", "2023Q2", "123456789012")
    at = Quarter(2023, 2)
    gaps = find_gaps(real_plan(), book.entries, (), at, at.last_day)
    assert "本期/序时应达 123456789012/250" in shown(gaps=gaps)


def test_measures_are_indented() -> None:
    """措施一栏每行都缩进，第一行也是。"""
    lines = shown().split("\n")
    start = lines.index("措施：")
    below = lines[start + 1 : lines.index("", start)]
    assert all(line.startswith("  ") for line in below)


def test_reporting_lists_each_kind_apart() -> None:
    """未报、迟报、零报告、补录各列一行。"""
    lines = reporting_lines(varied().reporting)
    assert lines[0].startswith(
        "报送：应报 20 家，已报 15 家；完整率 75.0%，及时率 65.0%；时限 2023-10-10"
    )
    assert {"  迟报：市司法局", "  零报告：市林业局", "  补录：市公安局"} <= set(lines)
    pending = reporting_of(real_plan(), (), Quarter(2023, 4), TODAY)
    assert any(line.startswith("  未到期、还没有报：市法院") for line in reporting_lines(pending))


def test_nobody_owes() -> None:
    """没有应报单位的，不写空的比率。"""
    late = Settings(Quarter(2024, 1), 10, ())
    plan = replace(real_plan(), settings=late)
    found = reporting_of(plan, varied_book().receipts[:2], QUARTER, TODAY)
    assert reporting_lines(found)[0] == "报送：这个季度没有应报的单位，补报了的 2 家。"
    nothing = reporting_of(plan, (), QUARTER, TODAY)
    assert reporting_lines(nothing) == ["报送：这个季度没有应报的单位。"]


def test_returns_table() -> None:
    """报送情况表：状态、方式、收到日期、回执；迟的写明；没有报的空着。"""
    text = returns_text(varied().reporting, TODAY)
    assert max(map(width, text.split("\n"))) <= 80
    row = {line.split()[0]: line.split() for line in text.split("\n") if line.strip()}
    assert row["市司法局"][1:4] == ["已报（迟）", "正常", "2023-10-15"]
    assert row["市林业局"][2] == "零报告"
    assert row[MARKET][4:] == ["R2023Q3-0…", "1", "0"]
    assert row[BANK] == [BANK, "未报"]
    assert text.startswith("2023年第三季度报送情况  判断日期 2023-10-20\n")
