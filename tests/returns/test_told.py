"""里程碑的完成日期、案例的对应措施：说不通的提醒，从不改。"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.plan.model import Measure
from ipmeasures.problem import Severity

from .plans import COURT, MARKET, checked, codes, form, of, plan

COMPLETED = [
    # 完成日期（报送期 2023Q2）、代码
    ("2023-05-01", ""),
    ("2023-06-30", ""),
    ("2023年6月底", ""),
    ("2023", ""),
    ("2023年", ""),
    ("2022", ""),
    ("2021-01-04", ""),
    ("撤回", ""),
    ("", ""),
    ("2023-07-01", "completed_later"),
    ("2033-05-01", "completed_later"),
    ("2024", "completed_later"),
    ("2020-12-31", "completed_early"),
    ("2003-05-01", "completed_early"),
]


@pytest.mark.parametrize(("written", "code"), COMPLETED)
def test_a_milestone_is_finished_within_the_plan(written: str, code: str) -> None:
    """完成日期晚于报送期、早于计划期的提醒，指到那一格；只写年份的不冤枉。"""
    content = form(MARKET, 里程碑=f"| M07-2 || 已完成 | {written} | 1号 |")
    found = [p for p in checked(content) if p.code.startswith("completed_")]
    assert codes(found) == [code] * bool(code)
    for problem in found:
        assert (problem.place.cell, problem.item) == ("D2", "M07-2")
        assert (problem.severity, problem.value) == (Severity.WARNING, written)


MEASURED = ["M05", "m05", "Ｍ05", "M05、M15", "M05 护航", "措施5", "措施 15", "撤回", ""]
UNKNOWN = ["M99", "M05、M99", "措施99", "I01", "M07-9999号、M99", "专利", "第二部分"]


@pytest.mark.parametrize("written", [*MEASURED, *UNKNOWN])
def test_a_case_belongs_to_a_measure(written: str) -> None:
    """对应措施写计划里的编号或名称；写了没有的提醒，案例照收。"""
    content = form(COURT, 典型案例=f"| 护航展会 | {written} | 现场维权 | 可公开 |")
    found = of(checked(content), "item_unknown")
    assert len(found) == (written in UNKNOWN)
    for problem in found:
        assert (problem.place.cell, problem.severity) == ("B2", Severity.WARNING)


@given(measure=st.sampled_from(plan().measures), number=st.integers(0, 999))
def test_every_measure_is_known_by_id_and_title(measure: Measure, number: int) -> None:
    """每条措施按编号、按标题都认；编号不在计划里的都提醒。"""
    for written in (measure.id, measure.title):
        content = form(COURT, 典型案例=f"| 某案 | {written} | 摘要 | |")
        assert of(checked(content), "item_unknown") == []
    known = number in {one.number for one in plan().measures}
    content = form(COURT, 典型案例=f"| 某案 | M{number:02d} | 摘要 | |")
    assert (of(checked(content), "item_unknown") == []) == known


CODES = {"completed_later", "completed_early"}
