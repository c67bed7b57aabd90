"""印发以后更正的数，下一份报告附“数据更正说明”；没有印发的草稿不算。"""

from pathlib import Path

from tests.commands.conftest import Answers, Fill, Run, figures

BUREAU = "市市场监管局"


def corrected() -> Answers:
    answers = figures(I01="7.05")
    answers["指标数据"]["I01"]["说明"] = "核减重复统计的专利。"
    return answers


def test_a_correction_after_issue_is_told_in_the_next_report(
    ipm: Run, filled: Fill, home: Path
) -> None:
    ipm("ingest", filled(BUREAU, "2023Q1", figures(I01="7.00")))
    ipm("report", "--year", "2023", "--quarter", "1")
    report = home / "reports" / "2023Q1-进展报告.docx"
    assert ipm("issue", report, "--number", "威知办〔2023〕1号", "--date", "2023-04-20").status == 0
    ipm("ingest", filled(BUREAU, "2023Q1", corrected(), name="更正.xlsx"))
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20")))
    assert ipm("report", "--year", "2023", "--quarter", "2").status == 0
    text = (home / "reports" / "2023Q2-进展报告.md").read_text("utf-8")
    assert "以前印发的报告中有1个数已经更正，见附件4。" in text
    row = next(line for line in text.splitlines() if line.startswith("| I01 | 2023年第一季度报告"))
    assert "| 7.00 | 7.05 |" in row
    assert "核减重复统计的专利。" in row
    assert (home / "reports" / "2023Q2-进展报告.docx").exists()


def test_a_draft_that_was_never_issued_is_no_correction(ipm: Run, filled: Fill, home: Path) -> None:
    ipm("ingest", filled(BUREAU, "2023Q1", figures(I01="7.00")))
    ipm("report", "--year", "2023", "--quarter", "1")
    ipm("ingest", filled(BUREAU, "2023Q1", corrected(), name="更正.xlsx"))
    ipm("report", "--year", "2023", "--quarter", "1", "--format", "md")
    text = (home / "reports" / "2023Q1-进展报告.md").read_text("utf-8")
    assert "7.05件" in text
    assert "附件4" not in text
