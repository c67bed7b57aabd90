"""同一批里的相争：谁与谁争、说什么；反正要退回的不连累别的。"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from ipmeasures.commands.arrived import Arrived
from ipmeasures.commands.clashes import Clashes, clashes_in
from ipmeasures.problem import Problem
from tests.returns.plans import MARKET, consolidated, read

NAMES = ("甲.xlsx", "乙.xlsx", "丙.xlsx")


def arrived(*rows: Sequence[tuple[str, str]]) -> list[Arrived]:
    """几份汇总表，各报几个数。"""
    made = []
    for name, told in zip(NAMES, rows, strict=False):
        lines = (f"| {MARKET} | 2023Q2 | {item} | {value} |" for item, value in told)
        content = consolidated(*lines)
        made.append(Arrived(Path(name), content, name, read(content)))
    return made


def clashes(*rows: Sequence[tuple[str, str]]) -> Clashes:
    def examine(one: Arrived) -> Sequence[Problem]:
        return one.reading.problems

    return clashes_in(arrived(*rows), examine)


def said(found: Clashes) -> dict[str, list[str]]:
    return {
        path.name: [f"{p.severity} {p.message}" for p in problems]
        for path, problems in found.found.items()
        if problems
    }


def test_nothing_to_say() -> None:
    """说法一样、各报各的、一份文件自己报了两次的，都不是相争；不相争的文件不必先看。"""
    same = arrived([("I01", "7.2")], [("I01", "7.20"), ("I04", "44")])
    twice = arrived([("I01", "7.2"), ("I01", "7.3")])

    def never(one: Arrived) -> Sequence[Problem]:
        raise AssertionError(one)

    assert clashes_in(same, never) == Clashes()
    assert clashes_in(twice, never) == Clashes()


def test_states_differ_too() -> None:
    """一份填数、一份填未更新，也是相争；说的是状态。"""
    found = said(clashes([("I04", "44")], [("I04", "未更新")]))
    assert found == {
        "甲.xlsx": ["error 同一批里 I04 给了不同的数：这里是 44，乙.xlsx 汇总表!D2 是 未更新"],
        "乙.xlsx": ["error 同一批里 I04 给了不同的数：这里是 未更新，甲.xlsx 汇总表!D2 是 44"],
    }


def test_a_file_with_two_of_its_own() -> None:
    """一份里填了两次、有一次与另一份相同：只说不同的那一处。"""
    found = said(clashes([("I04", "44"), ("I04", "45")], [("I04", "44")]))
    assert found == {
        "甲.xlsx": ["error 同一批里 I04 给了不同的数：这里是 45，乙.xlsx 汇总表!D2 是 44"],
        "乙.xlsx": ["error 同一批里 I04 给了不同的数：这里是 44，甲.xlsx 汇总表!D3 是 45"],
    }


def test_the_others_still_clash() -> None:
    """三份各说各的，一份另有错误：它只提醒；另两份还是相争，只点对方的名。"""
    found = clashes([("I04", "44"), ("I09", "8万")], [("I04", "45")], [("I04", "46")])
    assert set(found.refused) == {Path("甲.xlsx")}
    told = said(found)
    assert told["乙.xlsx"] == [
        "error 同一批里 I04 给了不同的数：这里是 45，丙.xlsx 汇总表!D2 是 46"
    ]
    assert told["丙.xlsx"] == [
        "error 同一批里 I04 给了不同的数：这里是 46，乙.xlsx 汇总表!D2 是 45"
    ]
    (warning,) = told["甲.xlsx"]
    assert warning.startswith("warning")
    assert "乙.xlsx 汇总表!D2 是 45，丙.xlsx 汇总表!D2 是 46" in warning


HEAD = "| 责任单位 | 报送期 | 编号 | 本期值 | 数据时点 | 数据来源 | 进展状态 | 本季度进展 |"


def texts(*rows: str) -> Clashes:
    """几份汇总表，各一行：编号起的各格。"""
    made = []
    for name, row in zip(NAMES, rows, strict=False):
        content = consolidated(f"| {MARKET} | 2023Q2 | {row} |", head=HEAD)
        made.append(Arrived(Path(name), content, name, read(content)))
    return clashes_in(made, lambda one: one.reading.problems)


TEXTS = [
    # 甲、乙各一行，说的是哪一栏
    ("M07 | | | | 未启动 |", "M07 | | | | 已完成 |", "进展状态"),
    ("M07 | | | | 推进中 | 遴选12家", "M07 | | | | 推进中 | 培训3场", "本季度进展"),
    ("M07 | | | | 推进中 | 遴选 12 家", "M07 | | | | 推进中 | 遴选12家", ""),
    ("M07 | | | | 推进中 |", "M07 | | | | | 培训3场", ""),
    ("M07 | | | | | 培训3场", "M07 | | | | | 撤回", "本季度进展"),
    ("M07-2 | | | 威市监〔2023〕9号 | |", "M07-2 | | | 威市监〔2023〕10号 | |", "佐证材料"),
    ("I10 | 82 | 2021 | | |", "I10 | 82 | 2022 | | |", "数据时点"),
    ("I10 | 82 | 2022 | | |", "I10 | 82 | 2022-12-31 | | |", ""),
    ("I10 | 82 | 2022 | | |", "I10 | 82 | | | |", ""),
    ("I10 | 82 | | 年报 | |", "I10 | 82 | | 通报 | |", "数据来源"),
]


@pytest.mark.parametrize(("one", "other", "header"), TEXTS)
def test_texts_clash_like_figures(one: str, other: str, header: str) -> None:
    """状态、文字、时点说法不同的也是相争，不然由内容的摘要定先后；写法不同、意思一样的不是。"""
    for rows in ((one, other), (other, one)):
        found = said(texts(*rows))
        assert set(found) == ({"甲.xlsx", "乙.xlsx"} if header else set())
        for messages in found.values():
            assert [f"的“{header}”给了不同的内容" in m for m in messages] == [True]
            assert [m.startswith("error") for m in messages] == [True]


def test_a_bad_file_does_not_hold_back_a_text() -> None:
    """有一份反正要退回：另一份照收，只提醒；长文字只引开头。"""
    long = "遴选培育中心" * 20
    found = texts("M07 | | | | 推进中呢 | 培训3场", f"M07 | | | | 推进中 | {long}")
    assert said(found) == {}  # 选项不对的那一行没有读成，没有可争的
    found = texts("I01 | 7.6万 | | 甲 | |", "I01 | 7.6 | | 乙 | |")
    (warning,) = said(found)["乙.xlsx"]
    assert warning.startswith("warning 同一批里 I01 的“数据来源”给了不同的内容：这里是“乙”")
    (error, _) = said(texts(f"M07 | | | | | {long}甲三家", f"M07 | | | | | {long}乙五家")).values()
    assert "这里是“……选培育中心甲三家”" in error[0]
    assert "是“……选培育中心乙五家”" in error[0]
    (error, _) = said(texts(f"M07 | | | | | {long}", "M07 | | | | | 培训3场")).values()
    assert len(error[0]) < 120
