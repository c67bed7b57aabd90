"""给程序读的 JSON：键名和类型照约定（contract.md 第 5 节），一个不多一个不少。"""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.progress.reporting import reporting_of
from ipmeasures.quarter import Quarter
from ipmeasures.report.json_view import (
    Json,
    decimal_text,
    gaps_json,
    points_number,
    printed,
    returns_json,
    share_number,
)
from ipmeasures.report.rules import rule_text
from tests.report.quarters import BANK, QUARTER, TODAY, varied, varied_book, varied_plan
from tests.report.samples import real_plan

ITEM_KEYS = [
    "id", "name", "kind", "unit", "status", "status_text", "light", "value", "data_at",
    "stale_quarters", "planned", "target", "target_rate", "done_share", "planned_share",
    "gap_points", "schedule_index", "pace_needed", "outlook", "agencies", "reason", "next_step",
    "note", "parts",
]  # fmt: skip
AGENCY_KEYS = ["name", "state", "late", "manner", "receipt", "received_on"]


@pytest.fixture(scope="module")
def document() -> Json:
    limits = varied_plan().settings.thresholds
    return json.loads(printed(gaps_json(varied_plan(), varied(), limits)))  # type: ignore[no-any-return]


def item(document: Json, number: str) -> Json:
    return next(i for i in document["items"] if i["id"] == number)


def test_gaps_keys(document: Json) -> None:
    """键名照约定，次序也照约定。"""
    assert list(document) == [
        "quarter", "as_of", "rule", "items", "agencies", "completeness", "timeliness",
    ]  # fmt: skip
    assert all(list(found) == ITEM_KEYS for found in document["items"])
    assert all(list(found) == AGENCY_KEYS for found in document["agencies"])
    assert (document["quarter"], document["as_of"]) == ("2023Q3", "2023-10-20")
    assert document["rule"] == rule_text(varied_plan().settings.thresholds)


def test_every_item_is_there_worst_first(document: Json) -> None:
    """全部事项都在：指标、量化任务、里程碑、措施，最差在前。"""
    assert {i["id"] for i in document["items"]} == set(real_plan().items)
    assert [i["id"] for i in document["items"]] == [g.id for g in varied().items]


def test_types(document: Json) -> None:
    """数是十进制文字；份额、百分点、指数是数；没有的是 null；名单是数组。"""
    for found in document["items"]:
        for key in ("value", "planned", "target", "pace_needed"):
            assert found[key] is None or str(Decimal(found[key])) == found[key]
        for key in ("target_rate", "done_share", "planned_share", "gap_points"):
            assert found[key] is None or round(found[key], 2) == found[key]
        assert found["status"] in {g.status.value for g in varied().items}
        assert isinstance(found["stale_quarters"], int)
        assert isinstance(found["agencies"], list)


def test_one_indicator(document: Json) -> None:
    """I01：两位小数，百分数不是小数。"""
    found = item(document, "I01")
    del found["reason"], found["next_step"]
    assert found == {
        "id": "I01", "name": "每万人口高价值发明专利拥有量", "kind": "indicator", "unit": "件",
        "status": "behind", "status_text": "未达序时", "light": "yellow", "value": "7.2",
        "data_at": "2023Q3", "stale_quarters": 0, "planned": "7.7565", "target": "10.02",
        "target_rate": 71.86, "done_share": 43.94, "planned_share": 55.0, "gap_points": -11.06,
        "schedule_index": 0.799, "pace_needed": "0.3133", "outlook": None,
        "agencies": ["市市场监管局"], "note": None, "parts": [],
    }  # fmt: skip


def test_outlook_keys(document: Json) -> None:
    """预测：数是十进制文字（多两位小数），倍数是数；M15-2 手算：七季走 26-9.2，每季 2.4。"""
    found = item(document, "M15-2")["outlook"]
    assert found == {
        "label": "预测", "from": "2023Q3", "value": "26", "ends": "2025Q4", "goal": "50",
        "points": 3,
        "since_baseline": {
            "since": "2020Q4", "start": "0", "quarters": 11, "per_quarter": "2.3636",
            "value_at_end": "47.2727", "enough": False, "reached_in": "2026Q2",
        },
        "last_four_quarters": {
            "since": "2021Q4", "start": "9.2", "quarters": 7, "per_quarter": "2.4",
            "value_at_end": "47.6", "enough": False, "reached_in": "2026Q1",
        },
        "needed_per_quarter": "2.6667", "speed_up": 1.11, "reached_since": None,
        "disagreement": None,
    }  # fmt: skip


def test_without_enough_figures_there_is_no_outlook(document: Json) -> None:
    """少于三个数、没有数字的事项：没有预测。"""
    assert all(
        item(document, number)["outlook"] is None for number in ("I01", "I05", "M01", "M02-1")
    )


def test_absent_is_null(document: Json) -> None:
    """没有报的数是 null，不是 0 或空串；措施没有单位和数。"""
    assert item(document, "I05")["value"] is None
    assert item(document, "M02-1")["data_at"] is None
    found = item(document, "M02")
    assert {found[k] for k in ("unit", "value", "planned", "target", "reason")} == {None}
    assert item(document, "I03")["stale_quarters"] == 3


def test_agencies(document: Json) -> None:
    """没有报的单位：回执、方式、日期都是 null。"""
    found = next(a for a in document["agencies"] if a["name"] == BANK)
    assert found == dict.fromkeys(AGENCY_KEYS) | {"name": BANK, "state": "missing", "late": False}
    assert (document["completeness"], document["timeliness"]) == (75.0, 65.0)


def test_returns_keys() -> None:
    """报送情况：各单位比差距里的多第几次和提醒条数。"""
    found = returns_json(varied().reporting)
    assert list(found) == [
        "quarter", "due_on", "agencies", "completeness", "timeliness", "waiting",
    ]  # fmt: skip
    assert all(list(a) == [*AGENCY_KEYS, "revision", "warnings"] for a in found["agencies"])
    assert (found["quarter"], found["due_on"]) == ("2023Q3", "2023-10-10")
    late = next(a for a in found["agencies"] if a["late"])
    assert (late["name"], late["state"], late["received_on"]) == (
        "市司法局",
        "received",
        "2023-10-15",
    )
    assert (late["revision"], late["warnings"]) == (1, 0)


def test_rates_of_nobody_are_null() -> None:
    """没有应报单位的，比率是 null。"""
    found = returns_json(reporting_of(real_plan(), (), Quarter(2021, 3), TODAY))
    assert (found["agencies"], found["completeness"], found["timeliness"]) == ([], None, None)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("7.20", "7.2"),
        ("1E+3", "1000"),
        ("0.000", "0"),
        ("-0.0", "0"),
        ("-1.50", "-1.5"),
        ("100", "100"),
    ],
)
def test_a_figure_has_one_way_of_writing(value: str, text: str) -> None:
    """没有指数、没有多余的零、没有负零。"""
    assert decimal_text(Decimal(value)) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12))
def test_a_figure_is_the_same_number(value: Decimal) -> None:
    """写出来再读，还是那个数。"""
    text = decimal_text(value)
    assert text is not None
    assert Decimal(text) == value
    assert "E" not in text


def test_shares_are_rounded_half_up() -> None:
    """份额和百分点四舍五入到两位；没有的是 None。"""
    assert share_number(Decimal("0.439345")) == 43.93
    assert share_number(Decimal("0.43935")) == 43.94
    assert points_number(Decimal("-6.065")) == -6.07
    assert decimal_text(None) is share_number(None) is points_number(None) is None


def test_chinese_is_written_as_it_is() -> None:
    """中文照写，不转义；同样的输入得同样的字。"""
    text = printed(returns_json(varied().reporting))
    assert "市市场监管局" in text
    again = reporting_of(varied_plan(), varied_book().receipts, QUARTER, TODAY)
    assert printed(returns_json(again)) == text
