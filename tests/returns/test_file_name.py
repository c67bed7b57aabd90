"""文件名写得清楚、与表里不同的，提醒；写得不清楚的不说。"""

from dataclasses import replace

import pytest

from ipmeasures.returns.file_name import named_otherwise

from .plans import CULTURE, consolidated, form, plan, read

FORM = form(CULTURE, "2023Q3", 指标数据="| I08 || 0.1 |")


def told(stem: str, content: bytes = FORM) -> list[str]:
    """要说的话。"""
    return [found.message for found in named_otherwise(stem, read(content), plan())]


@pytest.mark.parametrize(
    "stem",
    ["2023Q4-表", "2023年四季度", "2023年第4季度报表", "２０２３Ｑ４", "2023-Q4", "2023_q4", "23年四季度", "X2023Q4X"],
)  # fmt: skip
def test_another_quarter(stem: str) -> None:
    """文件名明写着另一个季度。"""
    assert told(stem) == ["文件名写的是 2023Q4，表里的报送期是 2023Q3"]


@pytest.mark.parametrize(
    ("stem", "quarter"), [("2023年上半年", "2023Q2"), ("2022年前三季度汇总", "2022Q3")]
)
def test_another_quarter_as_documents_say_it(stem: str, quarter: str) -> None:
    """公文的说法也认。"""
    assert told(stem) == [f"文件名写的是 {quarter}，表里的报送期是 2023Q3"]


@pytest.mark.parametrize(
    "stem",
    ["2023Q3", "2023年前三季度", "表", "20231008", "2023年度", "2023", "2023Q4（2023Q3补）", "12023Q4", "第四季度"],
)  # fmt: skip
def test_a_name_that_is_not_clear_says_nothing(stem: str) -> None:
    """就是这个季度、没写、写了两个、只写年份的，不说。"""
    assert told(stem) == []


@pytest.mark.parametrize("stem", ["市公安局", "2023Q3-公安局报表", "威海市公安局 三季度"])
def test_another_agency(stem: str) -> None:
    """文件名明写着另一个单位，全称简称都认。"""
    assert told(stem) == ["文件名写的是市公安局，表里的报送单位是市文化和旅游局"]


@pytest.mark.parametrize("stem", ["文旅局", "市文旅局（公安局转）", "公安局和司法局", "某某局"])
def test_an_agency_that_is_not_clear_says_nothing(stem: str) -> None:
    """就是这个单位、写了几个、认不出的，不说。"""
    assert told(stem) == []


def test_a_longer_name_holds_the_shorter() -> None:
    """“市市场监管局”里有“市场监管局”，是一个单位，不是两个。"""
    assert told("市市场监管局") == ["文件名写的是市市场监管局，表里的报送单位是市文化和旅游局"]


def test_many_agencies_or_quarters_in_one_file() -> None:
    """汇总表：有那个季度就不说；单位有许多，不比。"""
    rows = (f"| {CULTURE} | 2023Q3 | I08 | 0.1 |", "| 市市场监管局 | 2023Q2 | I01 | 7.6 |")
    assert told("2023Q2-市公安局", consolidated(*rows)) == []
    assert told("2023Q4-市公安局", consolidated(*rows)) == [
        "文件名写的是 2023Q4，表里的报送期是 2023Q2"
    ]


def test_an_answer_keeps_the_name_of_the_original() -> None:
    """改好的退回表照原件取名，不比；读不出的也不比。"""
    reading = replace(read(FORM), mends="a" * 64)
    assert named_otherwise("2023Q4-市公安局-反馈", reading, plan()) == ()
    assert named_otherwise("2023Q4", read(b""), plan()) == ()


CODES = {"name_differs"}
