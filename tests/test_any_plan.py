"""别的计划只写 YAML 就能走完全程：装载、发表、填报、入库、差距、报告。

``tests/plans/`` 下一个文件夹一个小计划；数都是编的，判断是手算的。
"""

import io
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from ipmeasures.cli import main
from ipmeasures.commands.start import lay_out
from ipmeasures.forms.fill import Answers, fill_form
from ipmeasures.plan.load import load_plan
from ipmeasures.plan.model import Commitment, Indicator, Measure, Milestone, Plan
from ipmeasures.plan.schema import _Words
from ipmeasures.progress.assessment import Conclusion, Status
from ipmeasures.report.terminal.layout import width
from ipmeasures.workspace import Workspace

PLANS = Path(__file__).parent / "plans"
# 只属于威海那份公文的话，别的计划里一句也不该有
FOREIGN = ("威海", "知识产权", "专项小组", "2025年底", "2025年目标", "以下简称《措施》")
SHEETS = {Indicator: "指标数据", Commitment: "量化任务", Measure: "措施进展", Milestone: "里程碑"}
HEADS = {Measure: "进展状态", Milestone: "完成情况"}


@dataclass
class Office:
    """一个办公室：工作文件夹和像用户一样敲的命令。"""

    home: Path
    capture: pytest.CaptureFixture[str]

    @property
    def plan(self) -> Plan:
        return load_plan(Workspace(self.home))

    def __call__(self, *words: str) -> str:
        """敲一条命令，要做成；返回打印的字。"""
        self.capture.readouterr()
        status = main(list(words))
        said = self.capture.readouterr()
        assert status == 0, (words, said.err)
        return said.out

    def json(self, *words: str) -> Any:  # noqa: ANN401 - JSON 什么都可能是
        return json.loads(self(*words, "--format", "json"))

    def items(self, quarter: str) -> dict[str, Any]:
        return {i["id"]: i for i in self.json("gaps", "--quarter", quarter)["items"]}

    def report(self, quarter: str) -> tuple[str, str]:
        """写报告；返回 Markdown 的字，和 Word 里的字（段落和表格）。"""
        self("report", "--year", quarter[:4], "--quarter", quarter[-1])
        md = (self.home / "reports" / f"{quarter}-进展报告.md").read_text("utf-8")
        document = Document(str(self.home / "reports" / f"{quarter}-进展报告.docx"))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return md, "\n".join([*(p.text for p in document.paragraphs), *cells])

    def collect(self, quarter: str, told: Mapping[str, str]) -> None:
        """发表，各单位照 ``told``（编号 → 数或状态）填好发回，入库；几家报的写“编号@单位”。"""
        self("form", "--quarter", quarter)
        blanks = sorted((self.home / "forms" / quarter).glob("*.xlsx"))
        assert len(blanks) == len(self.plan.agencies)
        folder = self.home / "收到" / quarter
        folder.mkdir(parents=True, exist_ok=True)
        for blank in blanks:
            name = next(a.name for a in self.plan.agencies if a.name in blank.name)
            answers = self._answers(name, told)
            if answers:
                filled = fill_form(blank.read_bytes(), answers)
                (folder / f"{name}.xlsx").write_bytes(filled)
        self("ingest", str(folder), "--received", f"{int(quarter[:4]) + 1}-01-02")

    def _answers(self, agency: str, told: Mapping[str, str]) -> Answers:
        answers: dict[str, dict[str, dict[str, str | Decimal]]] = {}
        for key, text in told.items():
            number, _, only = key.partition("@")
            item = self.plan.items[number]
            owing = (
                self.plan.responsible(item)
                if isinstance(item, Measure)
                else item.reporters
                if isinstance(item, Milestone)
                else item.how.reporters
            )
            if agency in owing and only in ("", agency):
                kind = type(item)
                head = HEADS.get(kind, "本期值")
                cell: str | Decimal = text if kind in HEADS else Decimal(text)
                answers.setdefault(SHEETS[kind], {})[number] = {head: cell}
        return answers


@pytest.fixture
def office(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Office:
    return opened(request.param, tmp_path, capsys, monkeypatch)


def opened(
    name: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Office:
    """照 ``tests/plans/name`` 的两个 YAML 开一个办公室。"""
    home = tmp_path / name
    lay_out(home)
    for file in ("measures.yaml", "targets.yaml"):
        shutil.copy(PLANS / name / file, home / "data" / file)
    monkeypatch.setenv("IPM_HOME", str(home))
    return Office(home, capsys)


def texts_of(home: Path) -> Iterator[tuple[str, str]]:
    """工作文件夹里写出来的每个文件的字。"""
    for path in sorted(home.rglob("*")):
        if path.suffix in (".md", ".html", ".svg") and "reports" in path.parts:
            yield path.name, path.read_text("utf-8")
        elif path.suffix == ".xlsx":
            book = load_workbook(io.BytesIO(path.read_bytes()))
            for sheet in book.worksheets:
                for row in sheet.iter_rows(values_only=True):
                    yield path.name, " ".join(str(cell) for cell in row if cell is not None)
        elif path.suffix == ".docx" and "templates" not in path.parts:
            document = Document(str(path))
            cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
            yield path.name, "\n".join([*(p.text for p in document.paragraphs), *cells])


QUARTERS = {
    "binding": "2018Q2",
    "signs": "2023Q2",
    "words_only": "2024Q1",
    "no_commitments": "2022Q1",
    "no_indicators": "2024Q2",
}


def test_every_plan_here_is_walked() -> None:
    """文件夹里的每个计划都有人走。"""
    assert {path.name for path in PLANS.iterdir() if path.is_dir()} == set(QUARTERS)


@pytest.mark.slow
@pytest.mark.parametrize("office", QUARTERS, indirect=True)
def test_every_command_works_and_says_nothing_of_weihai(office: Office) -> None:
    """哪条命令都走得通，终端不超过 80 列；写出来的没有一句是威海那份公文的话。"""
    quarter = QUARTERS[office.home.name]
    office.collect(quarter, {m.id: "推进中" for m in office.plan.measures})
    said = [
        office("check"),
        office("plan"),
        office("returns", "--quarter", quarter),
        office("gaps", "--quarter", quarter, "--only", "all", "--catch-up"),
        *(office("explain", item, "--quarter", quarter) for item in office.plan.items),
    ]
    for text in said:
        assert max(map(width, text.split("\n"))) <= 80
        text.encode("gbk")
    office("plan", "--format", "xlsx")
    office("form", "--quarter", quarter, "--consolidated")
    office("gaps", "--quarter", quarter, "--format", "xlsx", "--catch-up")
    office("notice", "--quarter", quarter)
    office("settings", "export")
    wanted = ("--format", "md,docx,xlsx,html")
    office("report", "--year", quarter[:4], "--quarter", quarter[-1], *wanted)
    office("report", "--from", quarter[:4], "--to", quarter[:4])
    for name, text in (("终端", "\n".join(said)), *texts_of(office.home)):
        found = [word for word in FOREIGN if word in text]
        assert not found, (name, found, text[:200])


@pytest.mark.slow
@pytest.mark.parametrize("office", ["binding"], indirect=True)
def test_binding_indicators_are_apart_and_stricter(office: Office) -> None:
    """约束性：单列，界线和说法照 YAML；同样差一点，预期性的是达序时。"""
    office.collect(
        "2018Q2",
        {"I01": "53", "I02": "74", "I03": "6", "I04": "40.97", "M01-2": "55", "M01-1": "已完成",
         "M01": "推进中", "M02": "推进中"},
    )  # fmt: skip
    found = office.items("2018Q2")
    # I01：60→45，应达 52.5，完成 46.67%，差 3.33 点、指数 0.933：从严是未达序时
    assert (found["I01"]["planned"], found["I01"]["done_share"]) == ("52.5", 46.67)
    assert (found["I01"]["status"], found["I01"]["status_text"]) == ("behind", "未完成进度要求")
    # I02：70→90，应达 80，完成 20%：差 30 点、指数 0.4
    assert (found["I02"]["gap_points"], found["I02"]["schedule_index"]) == (-30, 0.4)
    assert found["I02"]["status_text"] == "未完成进度要求（差距较大）"
    # I03：一年的上限，年底才能判；I04：完成 48.5%，指数 0.97：预期性的是达序时
    assert (found["I03"]["status"], found["I03"]["value"]) == ("in_progress", "6")
    assert (found["I04"]["status"], found["I04"]["schedule_index"]) == ("on_track", 0.97)
    assert (found["M01-2"]["status"], found["M01-1"]["status_text"]) == ("ahead", "已完成")
    assert [i for i, each in found.items() if each.get("binding")] == ["I02", "I01"]
    assert [i for i in found if i.startswith("I")][:2] == ["I02", "I01"]  # 最差在前
    table = office("gaps", "--quarter", "2018Q2")
    first, second = table.index("约束性指标："), table.index("其他指标和量化任务：没有滞后的。")
    assert (
        first < table.index("I01") < table.index("指数不低于0.99或偏差不低于-0.5才为达序") < second
    )
    md, docx = office.report("2018Q2")
    for text in (md, docx):
        assert "蓝湾市《蓝湾市" in text.replace("\n", "")
        assert text.index("约束性指标") < text.index("预期性指标")
        assert "细颗粒物年均浓度" in text
        assert "≤45" in text
        assert "其中2项约束性指标中，未完成进度要求2项（其中差距较大1项）。" in text
        assert "未完成进度要求，需加快推进" in text
        assert "未完成进度要求（差距较大），需加快推进" in text
        # 一年的上限：6 起是 14 起的 42.9%，不叫完成率
        assert "一般以上安全事故起数6起，为本年上限（14起）的42.9%，正在推进" in text
    # 序号照公文：森林覆盖率列在第一，约束性的两项是 2、3
    rows = [line.split(" | ")[:2] for line in md.split("\n") if "2018年6月底 |" in line]
    assert [row[0].strip("| ") for row in rows[:3]] == ["2", "3", "1"]
    office("report", "--year", "2018", "--quarter", "2", "--format", "xlsx")
    sheet = load_workbook(office.home / "reports" / "2018Q2-进展报告.xlsx")["主要指标"]
    values = {row[1]: row for row in sheet.iter_rows(min_row=4, values_only=True) if row[1]}
    assert [53 in values["I01"], 74 in values["I02"], 40.97 in values["I04"]] == [True] * 3
    assert "约束性指标从严：指数不低于0.99" in office("explain", "I01", "--quarter", "2018Q2")


@pytest.mark.slow
@pytest.mark.parametrize("office", ["binding"], indirect=True)
def test_the_form_carries_the_plans_own_years_and_signs(office: Office) -> None:
    """空表的表头是 2015、2020 年，目标照写 ≤45；公文写明牵头和配合。"""
    office("form", "--quarter", "2018Q2")
    (path,) = (office.home / "forms" / "2018Q2").glob("*市环保局*")
    sheet = load_workbook(path)["指标数据"]
    heads = [cell.value for cell in sheet[3]]
    assert heads[4:6] == ["2015年基期值", "2020年目标值"]
    assert [[cell.value for cell in sheet[row]][4:6] for row in (4, 5)] == [[40, 42], [60, "≤45"]]
    assert "M01 压减燃煤（牵头：市环保局；配合：市水利局）" in office("plan")
    measure = office.json("plan")["measures"][0]
    assert (measure["lead"], measure["lead_named"]) == ("市环保局", True)
    indicator = next(i for i in office.json("plan")["indicators"] if i["id"] == "I01")
    assert (indicator["target"], indicator["sign"], indicator["direction"]) == (
        "45", "≤", "falling",
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("office", ["binding"], indirect=True)
def test_the_verdicts_when_that_plan_has_ended(office: Office) -> None:
    """2020 年底：I01 46（45/46＝97.8%）基本实现，I02 92 完成；85 是 94.4%，未完成。"""
    office.collect("2020Q4", {"I01": "46", "I02": "92", "I03": "9", "I04": "42", "M01-2": "100"})
    found = office.items("2020Q4")
    assert [found[i]["status_text"] for i in ("I01", "I02", "I03", "I04")] == [
        "基本实现", "完成", "已实现", "已实现",
    ]  # fmt: skip
    md, _ = office.report("2020Q4")
    assert "2020年目标完成（目标完成率102.2%）" in md
    office.collect("2020Q4", {"I02": "85"})
    assert office.items("2020Q4")["I02"]["status_text"] == "未完成"


@pytest.mark.slow
@pytest.mark.parametrize("office", ["signs"], indirect=True)
def test_signs_blanks_and_equal_targets(office: Office) -> None:
    """≥、<、“-”、等于基期、区间、没有基期：各按各的判；两年的计划，只看百分点。"""
    office.collect(
        "2023Q2",
        {"I01": "88", "I02": "7", "I03": "31", "I04": "95", "I05": "4", "M02-1": "40",
         "M01-1@县财政局": "1", "M01-1@县行政审批局": "2"},
    )  # fmt: skip
    found = office.items("2023Q2")
    # 八个季度走了两个：I01 应达 87，完成 50%，序时 25%
    assert (found["I01"]["planned"], found["I01"]["gap_points"]) == ("87", 25)
    assert (found["I01"]["status"], found["I02"]["gap_points"]) == ("ahead", 0)
    assert (found["I03"]["status"], found["I03"]["target"], found["I03"]["planned"]) == (
        "in_progress", None, None,
    )  # fmt: skip
    assert (found["I04"]["status"], found["I04"]["done_share"]) == ("on_track", None)
    assert (found["I05"]["status"], found["I05"]["target_rate"]) == ("in_progress", 33.33)
    assert (found["M02-1"]["gap_points"], found["M02-1"]["status"]) == (15, "ahead")
    # 年均超过 4 次，两年合计 8；上半年应达 2，报了 3
    assert (found["M01-1"]["value"], found["M01-1"]["target"]) == ("3", "8")
    assert found["M01-1"]["gap_points"] == 12.5
    text = office("explain", "I03", "--quarter", "2023Q2")
    assert "公文没有写目标值" in text
    assert "√ 没有目标值，只作监测" in text
    md, docx = office.report("2023Q2")
    for text in (md, docx):
        assert "≥90" in text
        assert "没有目标值，只作监测" in text
        assert "完成两年增量任务的50.0%" in text
        assert "（投诉件数）" not in text  # 没有目标值的，不说按年底的序时值算
    assert "《云州县政务服务提升行动方案》" in md
    assert "以下简称" not in md


@pytest.mark.slow
@pytest.mark.parametrize("office", ["signs"], indirect=True)
def test_strict_signs_and_ranges_at_the_end(office: Office) -> None:
    """“<4”等于 4 不算达到；区间超过上限是说明；“超过 4 次”两年恰好 8 次不算；保持的没有保持住。"""
    office.collect("2023Q4", {"M01-1@县财政局": "2", "M01-1@县行政审批局": "2", "M02-1": "80"})
    office.collect(
        "2024Q4",
        {"I01": "90", "I02": "4", "I04": "94", "I05": "12", "M02-1": "80",
         "M01-1@县财政局": "2", "M01-1@县行政审批局": "2"},
    )  # fmt: skip
    found = office.items("2024Q4")
    assert [found[i]["status_text"] for i in ("I01", "I02", "I04", "I05", "M01-1", "M02-1")] == [
        "已实现", "基本实现", "基本实现", "已实现", "基本实现", "已实现",
    ]  # fmt: skip
    assert "超出计划区间" in office("explain", "M02-1", "--quarter", "2024Q4")
    office.collect("2024Q4", {"I02": "3.9"})
    assert office.items("2024Q4")["I02"]["status_text"] == "已实现"


@pytest.mark.slow
@pytest.mark.parametrize("office", ["words_only"], indirect=True)
def test_a_plan_of_words(office: Office) -> None:
    """没有一个数：表里没有指标和任务的页，报告说没有，十一个部分都在。"""
    office.collect("2024Q1", {"M01": "推进中", "M02": "未启动", "M01-1": "已完成"})
    (path,) = (office.home / "forms" / "2024Q1").glob("*镇党政办*")
    assert "指标数据" not in load_workbook(path).sheetnames
    found = office.items("2024Q1")
    assert (found["M02"]["status"], found["M01-1"]["status"]) == ("not_started", "achieved")
    assert found["M01-2"]["status"] == "not_reported"
    md, docx = office.report("2024Q1")
    for text in (md, docx):
        assert "《松江镇文明村镇创建实施意见》没有列主要指标。" in text
        assert "《松江镇文明村镇创建实施意见》没有写明数字的任务。" in text
        assert "（十一）组织保障" in text
        assert "表1" not in text
        assert "表2" not in text
    assert "0项" not in md


@pytest.mark.slow
@pytest.mark.parametrize("office", ["no_commitments"], indirect=True)
def test_a_plan_without_commitments(office: Office) -> None:
    """三年的计划，分年节点：2022 年一季度应达 45+10/4＝47.5→47；没有任务和里程碑的说没有。"""
    office.collect("2022Q1", {"I01": "50"})
    found = office.items("2022Q1")["I01"]
    assert (found["planned"], found["done_share"], found["status"]) == ("47", 33.33, "ahead")
    md, docx = office.report("2022Q1")
    for text in (md, docx):
        assert "没有写明数字的任务。" in text
        assert "没有里程碑事项。" in text
        assert "完成三年增量任务的33.3%" in text
        assert "表2" not in text


@pytest.mark.slow
@pytest.mark.parametrize("office", ["no_indicators"], indirect=True)
def test_a_plan_without_indicators(office: Office) -> None:
    """一年的清单：半年应达 10，报了 9，差 5 点，未达序时；没有指标的说没有。"""
    office.collect("2024Q2", {"M01-1": "9"})
    found = office.items("2024Q2")["M01-1"]
    assert (found["planned"], found["gap_points"], found["status"]) == ("10", -5, "behind")
    caught = office.json("gaps", "--quarter", "2024Q2", "--catch-up")["items"]
    assert next(i for i in caught if i["id"] == "M01-1")["catch_up"]["figure"] == "15"
    md, docx = office.report("2024Q2")
    for text in (md, docx):
        assert "《河口街道为民办实事清单》没有列主要指标。" in text
        assert "表1" not in text
        assert "加装电梯" in text


def test_words_of_binding_indicators_are_the_codes() -> None:
    """YAML 里认的说法，恰是状态和结论的代码（没有数可判的状态不另说）。"""
    unsaid = {
        "overdue", "not_reported", "due_soon", "not_started", "in_progress", "not_due",
        "not_applicable",
    }  # fmt: skip
    codes = {s.value for s in Status} | {c.value for c in Conclusion}
    assert set(_Words.model_fields) == codes - unsaid
