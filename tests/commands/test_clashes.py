"""同一批里的相争：谁与谁争、说什么；反正要退回的不连累别的。"""

from collections.abc import Sequence
from pathlib import Path

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
