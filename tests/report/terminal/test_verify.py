"""核对的结果怎么说：完好、损坏、没能重读三样分清；多了不刷屏，JSON 里全有。"""

from dataclasses import replace
from pathlib import Path

from ipmeasures.ledger.chain import Head
from ipmeasures.ledger.originals import Verdict
from ipmeasures.ledger.recheck import Doubt, Recheck
from ipmeasures.report.terminal.layout import width
from ipmeasures.report.terminal.verify import Verified, verified_json, verified_text

PATH = Path("data/ledger.db")
HEAD = Head(40, "abcdef012345" + "6" * 52)
SOUND = Verified(HEAD, (), Recheck(2, 3, 30, 30, ()))
DOUBT = Doubt(
    Verdict.DIFFERS,
    "2023Q2-0007",
    "市市场监管局",
    "2023Q2-市市场监管局.xlsx",
    "台账记“9.2”，原件这一格是“7.2”",
    "I01",
    "value",
    "指标数据",
    "J4",
)


def with_doubts(*doubts: Doubt, agreeing: int = 29) -> Verified:
    return replace(SOUND, reread=Recheck(2, 3, 30, agreeing, doubts))


def test_unread_is_no_damage() -> None:
    """没能重读的另列，说明不算损坏；台账仍是完好的。"""
    found = with_doubts(replace(DOUBT, verdict=Verdict.UNREAD, why="文件过大"))
    assert found.is_sound
    text = verified_text(PATH, found)
    assert text.startswith("台账完好：data/ledger.db\n")
    assert "没能按现在的读法重读的 1 处，不算损坏：" in text
    assert "文件过大" in text
    assert "其中 29 笔一致，1 笔不一致或没能重读" in text
    document = verified_json(PATH, found)
    assert (document["sound"], document["differing"]) == (True, [])
    assert [one["why"] for one in document["unread"]] == ["文件过大"]


def test_each_place_is_named() -> None:
    """一笔说回执、单位、事项、栏目、文件和格；案例用它的标题；回执自己的，说回执。"""
    case = replace(DOUBT, item="case:知识产权“一件事”", field="summary", cell="C9")
    whole = replace(DOUBT, item="", field="", sheet="", cell="", why="报送方式台账记“补录”")
    text = "".join(verified_text(PATH, with_doubts(DOUBT, case, whole)).split())
    assert "台账损坏，3处不对" in text
    assert "I01本期值（2023Q2-市市场监管局.xlsx指标数据!J4）：台账记“9.2”" in text
    assert "案例《知识产权“一件事”》内容摘要" in text
    assert "回执2023Q2-0007（市市场监管局，2023Q2-市市场监管局.xlsx）：报送方式" in text


def test_many_are_cut_but_counted() -> None:
    """几百处不刷屏：列二十处，其余说个数；JSON 全列。"""
    found = with_doubts(*[DOUBT] * 150, agreeing=0)
    lines = verified_text(PATH, found).splitlines()
    assert "  还有 130 处，用 --format json 全部列出" in lines
    assert sum(line.startswith("  - ") for line in lines) == 20
    assert all(width(line) <= 80 for line in lines)
    assert len(verified_json(PATH, found)["differing"]) == 150


def test_damage_and_no_reading() -> None:
    """数据库的毛病在前；坏得读不了原件的，说没有核对。"""
    found = replace(SOUND, damage=("第 9 笔（entry）不见了",), reread=None)
    assert not found.is_sound
    text = verified_text(PATH, found)
    assert text.splitlines()[:3] == [
        "台账损坏，1 处不对：data/ledger.db",
        "  - 第 9 笔（entry）不见了",
        "  链 40 环",
    ]
    assert "台账读不通，没有再拿原件核对" in text
    assert (verified_json(PATH, found)["entries"], verified_json(PATH, found)["sound"]) == (
        0,
        False,
    )
