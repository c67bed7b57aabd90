"""计划怎么看：终端的表、JSON 的键、发出去的任务分解表。"""

import datetime as dt
import io
import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from ipmeasures.forms.style import lines_needed
from ipmeasures.plan.model import Amendment
from ipmeasures.report.json_view import Json, printed
from ipmeasures.report.plan_json import plan_json
from ipmeasures.report.sheets.plan import plan_xlsx
from ipmeasures.report.terminal.layout import width
from ipmeasures.report.terminal.plan import plan_text
from tests.report.quarters import varied_plan
from tests.report.samples import real_plan


@pytest.fixture(scope="module")
def document() -> Json:
    return json.loads(printed(plan_json(real_plan())))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(io.BytesIO(plan_xlsx(varied_plan())))


def test_json_keys(document: Json) -> None:
    """键名照约定（contract.md 第 5 节），一个不多一个不少。"""
    assert {name: list(part[0]) for name, part in document.items() if isinstance(part, list)} == {
        "sections": ["number", "title"],
        "agencies": ["id", "name", "aliases"],
        "measures": ["id", "section", "title", "agencies", "lead", "tasks"],
        "indicators": [
            "id", "name", "unit", "baseline", "target", "attribute", "nature", "path", "release",
            "tolerance", "decimals", "reporters", "combine",
        ],
        "commitments": [
            "id", "measure", "subject", "unit", "rule", "figures", "cadence", "same_as", "nature",
            "path", "release", "decimals", "reporters", "combine",
        ],
        "milestones": ["id", "measure", "subject", "recurring", "due", "reporters"],
    }  # fmt: skip
    assert document["document"] == {
        "title": real_plan().document.title, "number": "威知战发〔2021〕2号",
        "issued_on": "2021-11-09", "base_year": 2020, "target_year": 2025,
    }  # fmt: skip


def test_json_counts(document: Json) -> None:
    """7 个部分、20 家、23 条、11 个指标、10 项任务，一个不少。"""
    assert [len(document[k]) for k in ("sections", "agencies", "measures", "indicators", "commitments")] == [
        7, 20, 23, 11, 10,
    ]  # fmt: skip


def test_json_values(document: Json) -> None:
    """数是十进制文字；专项小组成员是 *；没有的是 null；区间两个数。"""
    first = document["indicators"][0]
    assert (first["baseline"], first["target"], first["tolerance"]) == ("4.99", "10.02", "0")
    assert [m["agencies"] for m in document["measures"] if m["agencies"] == ["*"]] == [["*"]] * 3
    by_id = {c["id"]: c for c in document["commitments"]}
    assert (by_id["M16-2"]["rule"], by_id["M16-2"]["figures"]) == ("range", ["2", "3"])
    assert (by_id["M10-1"]["same_as"], by_id["M05-1"]["combine"]) == ("I09", "sum")
    assert by_id["M07-1"]["same_as"] is None
    assert {m["lead"] for m in document["measures"]} == {None}
    without = plan_json(
        replace(real_plan(), indicators=(replace(real_plan().indicators[0], baseline=None),))
    )
    assert without["indicators"][0]["baseline"] is None
    due = {m["id"]: m["due"] for m in plan_json(varied_plan())["milestones"]}
    assert (due["M02-1"], due["M13-2"]) == ("2023-09-30", None)


def test_text_is_whole_and_narrow() -> None:
    """终端的表不超过 80 列；措施、任务、里程碑、单位都在。"""
    plan = varied_plan()
    text = plan_text(plan)
    assert max(map(width, text.split("\n"))) <= 80
    plain = "".join(text.split())
    for measure in plan.measures:
        assert measure.id in text
        assert all("".join(task.split()) in plain for task in measure.tasks)
    assert all(m.id in text for m in (*plan.milestones, *plan.commitments, *plan.indicators))
    assert all(a.name in text for a in plan.agencies)
    assert "威海海关、荣成海关" in text


def test_text_says_settings_and_deadlines() -> None:
    """牵头单位、时限是办公室设定，照写；年份随公文。"""
    plan = varied_plan()
    led = replace(plan.measures[0], lead="市市场监管局")
    document = replace(plan.document, base_year=2021, target_year=2026)
    text = plan_text(replace(plan, measures=(led, *plan.measures[1:]), document=document))
    assert "牵头（办公室设定）：市市场监管局" in "".join(text.split("\n    "))
    assert "2023-09-30 前" in text
    assert " 2021   2026" in text


def test_xlsx_has_two_sheets_ready_to_send(book: Workbook) -> None:
    """任务分解表：两张表，题目有文号，表头冻结，可筛选。"""
    assert book.sheetnames == ["主要指标", "任务分解表"]
    for sheet in book.worksheets:
        assert "威知战发〔2021〕2号" in sheet["A1"].value
        assert sheet.freeze_panes == "C3"
        assert sheet.auto_filter.ref.endswith(str(sheet.max_row))


def test_xlsx_heads_are_not_cut_off(book: Workbook) -> None:
    """窄列的长表头要占几行，表头那一行就有几行高；各行也是。"""
    for sheet in book.worksheets:
        for row in sheet.iter_rows(2):
            needed = max(
                lines_needed(c.value, int(sheet.column_dimensions[c.column_letter].width))
                for c in row
                if isinstance(c.value, str)
            )
            assert sheet.row_dimensions[row[0].row].height >= min(15 * needed, 400), row[0]
    assert book["主要指标"].row_dimensions[2].height > 30


def test_xlsx_indicators_are_numbers(book: Workbook) -> None:
    """基期值、目标值是真的数，照公文的样子。"""
    rows = list(book["主要指标"].iter_rows(3, values_only=True))
    assert [row[0] for row in rows] == [i.id for i in real_plan().indicators]
    for row, item in zip(rows, real_plan().indicators, strict=True):
        assert (Decimal(str(row[3])), Decimal(str(row[4]))) == (item.baseline, item.target)


def test_xlsx_has_every_task_commitment_and_milestone(book: Workbook) -> None:
    """一行一件事：每条任务、每项量化任务、每个里程碑，责任单位齐全，同一个数的写明不重复报。"""
    plan = varied_plan()
    rows = list(book["任务分解表"].iter_rows(3, values_only=True))
    kinds = [row[3] for row in rows]
    assert kinds.count("任务") == sum(len(m.tasks) for m in plan.measures)
    assert kinds.count("量化任务") == len(plan.commitments)
    assert kinds.count("里程碑") == len(plan.milestones)
    by_id = {row[0]: row for row in rows if row[3] != "任务"}
    assert "与 I09 同一个数" in by_id["M10-1"][5]
    assert by_id["M02-1"][5] == "2023-09-30（办公室设定）"
    assert {row[6] for row in rows if row[0] == "M01"} == {"专项小组成员"}


def test_xlsx_of_an_empty_plan_opens() -> None:
    """没有指标的计划也写得出来。"""
    book = load_workbook(io.BytesIO(plan_xlsx(replace(real_plan(), indicators=()))))
    assert book["主要指标"].auto_filter.ref == "A2:I2"


def test_an_amended_target_shows_everywhere() -> None:
    """中途调整过的：表里是现行的，下一行说何时起、原来多少、依据；JSON、任务分解表也看得出。"""
    plan = real_plan()
    changes = (
        Amendment(dt.date(2024, 7, 1), Decimal(13)),
        Amendment(dt.date(2023, 7, 1), Decimal(12), "威知战发〔2023〕9号"),
    )
    first = replace(plan.indicators[0], amendments=changes)
    changed = replace(plan, indicators=(first, *plan.indicators[1:]))
    text = plan_text(changed)
    said = "12（2023-07-01起，原10.02）；13（2024-07-01起，原12）"
    assert f"I01 目标 {said}，依据：威知战发〔2023〕9号" in "".join(text.split("\n      "))
    assert re.search(r"^I01 .* 13 期末数", text, re.MULTILINE)
    [item, *others] = plan_json(changed)["indicators"]
    assert item["target"] == "10.02"
    assert item["amendments"] == [
        {"since": "2024-07-01", "target": "13", "basis": None},
        {"since": "2023-07-01", "target": "12", "basis": "威知战发〔2023〕9号"},
    ]
    assert not any("amendments" in other for other in others)
    sheet = load_workbook(io.BytesIO(plan_xlsx(changed)))["主要指标"]
    assert sheet["E3"].value == said
