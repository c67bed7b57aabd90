"""解释的 JSON：依据、界线、每个数的出处、成立与不成立的规则、预测；各行的字与终端的一样。"""

import json
from decimal import Decimal

from ipmeasures.progress.gaps import find_gaps
from ipmeasures.report.explain_json import explain_json
from ipmeasures.report.json_view import Json, printed
from ipmeasures.report.terminal.explain import explain_lines
from tests.progress.plans import entry, how, indicator, plan, q
from tests.report.quarters import QUARTER, TODAY, varied, varied_book, varied_plan

KEYS = [
    "item", "name", "kind", "unit", "quarter", "as_of", "status", "status_text", "light", "rule",
    "note",
]  # fmt: skip
FIGURE_KEYS = [
    "demand", "settings", "thresholds", "data", "figures", "formulas", "rules", "outlook",
    "outlook_missing",
]  # fmt: skip


def document(item: str) -> Json:
    gap = next(g for g in varied().items if g.id == item)
    found = explain_json(varied_plan(), gap, varied_book().entries, QUARTER, TODAY)
    return json.loads(printed(found))  # type: ignore[no-any-return]


def test_one_indicator() -> None:
    """I01：界线、数据新旧、数的出处、算式、规则都在。"""
    found = document("I01")
    assert list(found) == [*KEYS, *FIGURE_KEYS, "lines"]
    assert (found["item"], found["quarter"], found["as_of"]) == ("I01", "2023Q3", "2023-10-20")
    assert (found["status"], found["rule"], found["light"]) == ("behind", "behind", "yellow")
    assert found["settings"] == {
        "nature": "level", "path": "linear", "release": "quarterly", "tolerance": "0",
        "reporters": ["市市场监管局"], "combine": None, "binding": False,
    }  # fmt: skip
    assert found["thresholds"]["on_track_index"] == "0.95"
    assert found["thresholds"]["preset"] == "ratios"
    assert found["thresholds"]["stale_quarters"] == 2
    assert found["data"] == {
        "data_at": "2023Q3", "quarters_old": 0, "stale_quarters": 0, "carried_year": None,
        "received_on": "2023-10-05",
    }  # fmt: skip
    (figure,) = found["figures"]
    assert (figure["role"], figure["value"], figure["cell"]) == ("本期", "7.2", "A1")
    assert {
        "name": "指数", "expression": "(7.20-4.99)/(7.7565-4.99)", "result": "0.799",
    } in found["formulas"]  # fmt: skip
    assert {
        "rule": "index", "status": "on_track", "words": "指数达到达序时的界线",
        "outcome": "failed", "because": "指数 0.799 低于 0.95",
    } in found["rules"]  # fmt: skip
    assert (found["outlook"], found["outlook_missing"]) == (None, "数据不足")


def test_a_carried_figure_and_an_outlook() -> None:
    """沿用往年数的说是哪年；有预测的给出预测。"""
    carried = document("I02")
    assert carried["data"]["carried_year"] == 2022
    assert [f["state"] for f in carried["figures"]] == ["figure", "not_updated"]
    foreseen = document("M15-2")
    assert foreseen["outlook"]["last_four_quarters"]["value_at_end"] == "47.6"
    assert foreseen["outlook_missing"] is None
    assert {f["role"] for f in foreseen["figures"]} == {"本期", "2021年、预测用", "2022年、预测用"}


def test_without_a_figure() -> None:
    """没有报过数的：没有新旧；填的“未更新”照列，没有用上；规则照列。"""
    found = document("I05")
    assert found["data"] is None
    assert [(f["role"], f["state"], f["value"]) for f in found["figures"]] == [
        (None, "not_updated", None)
    ]
    assert next(r for r in found["rules"] if r["outcome"] == "fired")["rule"] == "not_released"


def test_words_only() -> None:
    """措施和里程碑：没有算式，只有各行的字。"""
    for item in ("M01", "M02-1"):
        found = document(item)
        assert list(found) == [*KEYS, "lines"]
        assert any(line.startswith("规则：") for line in found["lines"])


def test_lines_are_those_of_the_terminal() -> None:
    """各行的字与终端的一样，不折行；数都是十进制文字。"""
    for gap in varied().items:
        found = document(gap.id)
        entries = varied_book().entries
        lines = explain_lines(varied_plan(), gap, entries, QUARTER, TODAY)
        assert found["lines"] == list(lines)
        for figure in found.get("figures", ()):
            assert figure["value"] is None or str(Decimal(figure["value"])) == figure["value"]


def test_the_date_the_agency_wrote() -> None:
    """填报单位写了数据时点的，出处里也有。"""
    own = plan(indicator(80, 85, how("annual")))
    entries = (entry("I01", "2023Q1", "82", at="2022Q4"),)
    gaps = find_gaps(own, entries, (), q("2023Q2"), TODAY)
    found = explain_json(own, gaps.items[0], entries, q("2023Q2"), TODAY)
    assert (found["figures"][0]["quarter"], found["figures"][0]["data_at"]) == ("2023Q1", "2022Q4")
