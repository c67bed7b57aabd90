"""退回、锁定、解锁、历史，和以何时为准。"""

from pathlib import Path

import pytest

from ipmeasures.report.terminal.layout import width
from tests.commands.conftest import Fill, Run, figures
from tests.returns.markdown import Md, workbook

BUREAU = "市市场监管局"
WHY = ("--why", "样例：口径不对")


@pytest.fixture
def reported(ipm: Run, filled: Fill) -> Run:
    """两个季度各一份报表在案。"""
    for quarter, values in (
        ("2023Q2", {"I01": "7.20", "I09": "6.8"}),
        ("2023Q3", {"I09": "7.0"}),
    ):
        path = filled(BUREAU, quarter, figures(**values))
        assert ipm("ingest", path, "--received", "2023-07-05").status == 0
    return ipm


def item(told: Run, key: str, *words: str) -> dict[str, object]:
    items = told("gaps", "--format", "json", *words).json["items"]
    found: dict[str, object] = next(i for i in items if i["id"] == key)
    return found


def test_sending_back_one_figure(reported: Run, home: Path) -> None:
    """退回一项：说清不再作数的和变了的灯；gaps 里是已退回，别的项不动，回执仍算报了。"""
    told = reported("send-back", "2023q2-0001", "--item", "I01", *WHY, "--by", "样例")
    assert told.status == 0, told.err
    assert "回执 2023Q2-0001（市市场监管局 2023Q2）：I01" in told.out
    assert "不再作数：1 个数、1 段文字（I01）" in told.out
    assert "2023Q3 I01 每万人口高价值发明专利拥有量：未达序时 -> 未报送" in told.out
    assert max(map(width, told.out.splitlines())) <= 80
    gone = item(reported, "I01", "--quarter", "2023Q2")
    assert (gone["status"], gone["status_text"], gone["value"]) == ("not_reported", "已退回", None)
    assert item(reported, "I09", "--quarter", "2023Q2")["value"] == "6.8"
    agencies = reported("returns", "--quarter", "2023Q2", "--format", "json").json["agencies"]
    assert next(a for a in agencies if a["name"] == BUREAU)["state"] == "received"
    assert "（已退回）" in reported("trace", "I01", "--quarter", "2023Q2").out
    for command in ("returns", "gaps"):
        assert (
            "单项退回、等重报：市市场监管局（I01）" in reported(command, "--quarter", "2023Q2").out
        )
    reported("report", "--year", "2023", "--quarter", "2", "--format", "md")
    text = (home / "reports" / "2023Q2-进展报告.md").read_text("utf-8")
    assert "单项退回、尚待重报：市市场监管局（每万人口高价值发明专利拥有量）。" in text


def test_sending_back_the_whole_return(reported: Run, home: Path) -> None:
    """整张退回：returns、gaps、报告都显示已退回；完整率里不算；同样的文件不再收；重报以后恢复。"""
    told = reported("send-back", "2023Q2-0001", *WHY)
    assert "：整张" in told.out
    document = reported("returns", "--quarter", "2023Q2", "--format", "json").json
    state = next(a for a in document["agencies"] if a["name"] == BUREAU)
    assert state["state"] == "sent_back"
    assert document["completeness"] == 0
    told = reported("gaps", "--quarter", "2023Q2").out
    assert "已退回：市市场监管局" in told
    assert "单项退回" not in told
    assert reported("report", "--year", "2023", "--quarter", "2").status == 0
    text = (home / "reports" / "2023Q2-进展报告.md").read_text("utf-8")
    assert "已退回（1家）：市市场监管局。" in text


def test_a_sent_back_file_is_refused_until_it_differs(
    reported: Run, filled: Fill, tmp_path: Path
) -> None:
    """退回过的原件再来，说清何时、为什么；改好的照收，状态恢复。"""
    reported("send-back", "2023Q2-0001", *WHY)
    told = reported("ingest", tmp_path / f"2023Q2-{BUREAU}.xlsx", "--format", "json")
    assert told.status == 1
    (problem,) = told.json["files"][0]["problems"]
    assert problem["code"] == "same_as_sent_back"
    assert "口径不对" in problem["message"]
    assert told.json["files"][0]["feedback"] is None
    said = reported("ingest", tmp_path / f"2023Q2-{BUREAU}.xlsx")
    assert "没有写退回表：原件退回过，没有改动" in said.out
    mended = filled(BUREAU, "2023Q2", figures(I01="7.25", I09="6.8"), name="改好.xlsx")
    assert reported("ingest", mended).status == 0
    document = reported("returns", "--quarter", "2023Q2", "--format", "json").json
    assert next(a for a in document["agencies"] if a["name"] == BUREAU)["state"] == "received"
    assert item(reported, "I01", "--quarter", "2023Q2")["value"] == "7.25"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2023Q2-0009",), "没有回执 2023Q2-0009"),
        (("2023Q2-0001", "--item", "I05"), "没有还作数的 I05"),
        (("2023Q2-0001", "--item", "I99"), "I99"),
    ],
)
def test_what_cannot_be_sent_back(reported: Run, words: tuple[str, ...], said: str) -> None:
    """没有的回执、没有的项、认不出的编号，说清楚，什么也不记。"""
    told = reported("send-back", *words, *WHY)
    assert told.status == 2
    assert said in told.err
    assert "退回" not in reported("log").out


def test_sending_back_needs_a_reason_and_a_standing_figure(reported: Run, filled: Fill) -> None:
    """没有理由的、退过的、已被取代的，不退。"""
    assert "理由" in reported("send-back", "2023Q2-0001", "--why", " ").err
    same = figures(I01="7.3", I09="6.9")
    for sheet in same.values():
        for row in sheet.values():
            row["数据来源"] = "样例二"
    reported("ingest", filled(BUREAU, "2023Q2", same, name="新.xlsx"))
    told = reported("send-back", "2023Q2-0001", *WHY)
    assert (told.status, "已被后来的报表取代" in told.err) == (2, True)
    assert reported("send-back", "2023Q2-0003", *WHY).status == 0
    assert "已经整张退回" in reported("send-back", "2023Q2-0003", *WHY).err


def test_a_shared_figure_is_sent_back_under_either_name(reported: Run) -> None:
    """M10-1 与 I09 同一个数：退哪个都一样，两处都显示已退回。"""
    assert reported("send-back", "2023Q2-0001", "--item", "M10-1", *WHY).status == 0
    assert "退回 2023Q2-0001 I09" in reported("log").out
    for key in ("I09", "M10-1"):
        assert item(reported, key, "--quarter", "2023Q2")["status_text"] == "已退回"


def test_an_older_figure_stands_in_and_says_so(reported: Run) -> None:
    """退回以后还有上季度的数可判的，照它判，附上一句“本季所报已退回”。"""
    reported("send-back", "2023Q3-0002", *WHY)
    found = item(reported, "I09", "--quarter", "2023Q3")
    assert (found["value"], found["stale_quarters"]) == ("6.8", 1)
    assert "市市场监管局本季所报已退回，等重报" in str(found["note"])


def test_a_file_over_a_locked_and_an_open_quarter(reported: Run, tmp_path: Path) -> None:
    """一份文件里只锁着一个季度：去掉它的各行就收得下，照说，退回表也写。"""
    reported("lock", "2023Q2", "--why", "样例：报告已印发")
    head = "| 责任单位 | 报送期 | 编号 | 本期值 |"
    rows = [f"| {BUREAU} | {quarter} | I11 | 15 |" for quarter in ("2023Q2", "2023Q3")]
    path = tmp_path / "两季.xlsx"
    path.write_bytes(workbook(Md("汇总表", "\n".join((head, *rows)))))
    told = reported("ingest", path, "--format", "json")
    (file,) = told.json["files"]
    (problem,) = (p for p in file["problems"] if p["severity"] == "error")
    assert (told.status, problem["code"], problem["cell"]) == (1, "quarter_locked", "B2")
    assert "别的季度照收" in problem["fix"]
    assert file["feedback"] is not None
    assert "怎么改也收不下" not in reported("ingest", path).out
    path.write_bytes(workbook(Md("汇总表", "\n".join((head, rows[1])))))
    assert reported("ingest", path).status == 0


def test_a_figure_that_counts_is_not_called_sent_back(
    reported: Run, filled: Fill, home: Path
) -> None:
    """先前的回执整张退回，I09 后来更正过、仍作数：哪里都不说它已退回；这家也不算退回。"""
    reported("ingest", filled(BUREAU, "2023Q2", figures(I09="6.9"), name="更正.xlsx"))
    assert reported("send-back", "2023Q2-0001", *WHY).status == 0
    found = item(reported, "I09", "--quarter", "2023Q2")
    assert (found["value"], found["note"]) == ("6.9", None)
    assert item(reported, "I01", "--quarter", "2023Q2")["status_text"] == "已退回"
    document = reported("returns", "--quarter", "2023Q2", "--format", "json").json
    state = next(a for a in document["agencies"] if a["name"] == BUREAU)
    assert (state["state"], state["receipt"]) == ("received", "2023Q2-0003")
    assert document["waiting"] == [{"agency": BUREAU, "items": ["I01"]}]
    reported("report", "--year", "2023", "--quarter", "2", "--format", "md")
    text = (home / "reports" / "2023Q2-进展报告.md").read_text("utf-8")
    assert "单项退回、尚待重报：市市场监管局（每万人口高价值发明专利拥有量）。" in text


def test_the_answer_names_the_lights_of_the_same_quarter(reported: Run) -> None:
    """三季度的 I09 退回：本季的灯变成已退回，答复里点名；解释里说明依据，不拿二季度的数亮灯。"""
    told = reported("send-back", "2023Q3-0002", *WHY)
    assert "2023Q3 I09 有效注册商标量：超序时 -> 已退回" in told.out
    found = item(reported, "I09", "--quarter", "2023Q3")
    assert (found["status"], found["status_text"], found["light"]) == (
        "not_reported",
        "已退回",
        "grey",
    )
    text = reported("explain", "I09", "--quarter", "2023Q3").out
    assert "依据：本季所报的数已退回，还没有重报" in text
    assert "此前报的数＝6.8" in text


def test_a_locked_quarter_refuses_files_and_decisions(reported: Run, filled: Fill) -> None:
    """锁定以后来的表不收，说清谁、何时、为什么；重复的照旧是重复；解锁以后照收。"""
    told = reported("lock", "2023年二季度", "--why", "样例：报告已印发", "--by", "张三")
    assert told.status == 0
    assert "2023Q2 已锁定" in told.out
    path = filled(BUREAU, "2023Q2", figures(I01="7.5"), name="迟来.xlsx")
    refused = reported("ingest", path, "--format", "json")
    (problem,) = (p for p in refused.json["files"][0]["problems"] if p["severity"] == "error")
    assert (refused.status, problem["code"]) == (1, "quarter_locked")
    assert "张三" in problem["message"]
    assert "报告已印发" in problem["message"]
    assert (problem["sheet"], problem["cell"]) == ("报送信息", "B5")
    assert "ipm unlock 2023Q2 --why 理由" in problem["fix"]
    assert refused.json["files"][0]["feedback"] is None
    said = reported("ingest", path)
    assert "没有写退回表：季度锁着，单位怎么改也收不下" in said.out
    assert "改好标出的格子" not in said.out
    assert not list(path.parent.glob("迟来-反馈*"))
    assert reported("send-back", "2023Q2-0001", *WHY).status == 2
    assert "已由 张三" in reported("lock", "2023Q2", *WHY).err
    assert reported("unlock", "2023Q2", "--why", "样例：有更正").status == 0
    assert reported("ingest", path).status == 0
    assert "没有锁定" in reported("unlock", "2023Q2", *WHY).err


def test_what_cannot_be_locked(reported: Run) -> None:
    """没有开始的季度、认不出的季度不锁。"""
    assert "还没有开始" in reported("lock", "2099Q1", *WHY).err
    assert reported("lock", "二季度", *WHY).status == 2


@pytest.mark.parametrize(
    "words", [("send-back", "2023Q2-0001"), ("lock", "2023Q2"), ("unlock", "2023Q2")]
)
def test_decisions_need_a_ledger(ipm: Run, home: Path, words: tuple[str, ...]) -> None:
    """没有台账，无可决定，也不建台账。"""
    told = ipm(*words, *WHY)
    assert told.status == 2
    assert "尚无入库记录" in told.err
    assert not (home / "data" / "ledger.db").exists()


def test_a_correction_names_the_lights_it_changed(reported: Run, filled: Fill) -> None:
    """二季度更正以后，三季度沿用它的灯跟着变，逐一说出；三季度自己报的数不动。"""
    path = filled(BUREAU, "2023Q2", figures(I01="8.50"), name="更正.xlsx")
    told = reported("ingest", path, "--format", "json")
    lights = told.json["files"][0]["lights"]
    assert [(one["quarter"], one["item"]) for one in lights] == [
        ("2023Q2", "I01"),
        ("2023Q3", "I01"),
    ]
    assert (lights[0]["old"], lights[0]["new"]) == ("behind", "ahead")
    assert item(reported, "I09", "--quarter", "2023Q3")["value"] == "7"
    again = filled(BUREAU, "2023Q2", figures(I01="7.20"), name="再更正.xlsx")
    text = reported("ingest", again).out
    assert "因此变了的灯（各单位报的数没有重算）：" in text
    assert max(map(width, text.splitlines())) <= 80


def test_the_log_tells_who_when_what_and_why(reported: Run, filled: Fill) -> None:
    """历史：一次一段，改动有原来的和现在的、说明，决定有理由；每行不超过 80 列。"""
    answers = figures(I01="7.50")
    answers["指标数据"]["I01"]["说明"] = "样例：统计口径更正"
    reported("ingest", filled(BUREAU, "2023Q2", answers, name="更正.xlsx"), "--by", "李四")
    reported("send-back", "2023Q2-0003", "--item", "I01", *WHY)
    told = reported("log")
    assert "I01 本期值：7.2 -> 7.5（说明：样例：统计口径更正）" in told.out
    assert "李四" in told.out
    assert "退回 2023Q2-0003 I01，理由：样例：口径不对" in told.out
    assert max(map(width, told.out.splitlines())) <= 80
    assert "共 4 次写入" in told.out
    assert "列出最近 1 次" in reported("log", "--last", "1").out
    assert reported("log", "--item", "I05").out.strip() == "没有符合的记录。"


def test_the_log_as_json(reported: Run) -> None:
    """JSON：各次写入的回执、改动和决定。"""
    reported("lock", "2023Q3", *WHY)
    acts = reported("log", "--format", "json", "--quarter", "2023Q3").json["acts"]
    assert [a["receipts"][0]["receipt"] for a in acts[:1]] == ["2023Q3-0002"]
    assert acts[1]["decisions"] == [
        {"kind": "lock", "subject": "2023Q3", "item": None, "why": WHY[1], "detail": {}}
    ]
    one = reported("log", "--format", "json", "--item", "M10-1", "--agency", BUREAU).json["acts"]
    changes = [c for act in one for r in act["receipts"] for c in r["changes"]]
    assert {(c["old"], c["new"]) for c in changes if c["field"] == "value"} == {
        (None, "6.8"), (None, "7"),
    }  # fmt: skip


def test_what_is_made_as_of_then_stands_apart(ipm: Run, filled: Fill, home: Path) -> None:
    """看以前某一刻写出的报告和表，另放一个文件夹，名称不变：现在的一份也不动。"""
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20")))
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.90"), name="二.xlsx"))
    ipm("report", "--year", "2023", "--format", "md")
    now = home / "reports" / "2023Q2-进展报告.md"
    kept = now.read_bytes()
    back = ("--as-of", "2023Q2-0001")
    ipm("report", "--year", "2023", "--format", "md", *back)
    ipm("gaps", "--format", "xlsx", *back)
    ipm("plan", "--format", "xlsx", *back)
    ipm("report", "--from", "2021", "--to", "2023", "--format", "md", "--as-of", "2099-01-01")
    assert now.read_bytes() == kept
    assert "7.20件" in (now.parent / "截至2023Q2-0001" / now.name).read_text("utf-8")
    made = {str(p.relative_to(now.parent)) for p in now.parent.rglob("*") if p.suffix != ".svg"}
    assert made - {f"截至{when}/.ipm-written.json" for when in ("2023Q2-0001", "2099-01-01")} == {
        "2023Q2-进展报告.md", ".ipm-written.json", "截至2023Q2-0001", "截至2099-01-01",
        "截至2023Q2-0001/2023Q2-进展报告.md", "截至2023Q2-0001/2023Q2-滞后清单.xlsx",
        "截至2023Q2-0001/任务分解表.xlsx", "截至2099-01-01/2021-2023-中期评估.md",
    }  # fmt: skip


def test_as_of_without_a_ledger_names_a_day(ipm: Run, home: Path) -> None:
    """还没有台账的，照日子放；写的字不当路径用。"""
    written = ("report", "--year", "2023", "--quarter", "1", "--format", "md", "--as-of")
    assert ipm(*written, "2023-05-01").status == 0
    assert (home / "reports" / "截至2023-05-01" / "2023Q1-进展报告.md").exists()
    ipm(*written, "../../1")
    assert not list(home.parent.glob("1*"))


def test_the_log_without_a_ledger(ipm: Run) -> None:
    """没有台账时说一声，不建台账。"""
    told = ipm("log")
    assert (told.status, "尚无入库记录" in told.err) == (0, True)


def test_a_withdrawn_figure_is_no_longer_awaited(reported: Run, filled: Fill) -> None:
    """退回了的填撤回：不再是已退回、等重报；变了的灯说出来；整本核对得过。"""
    reported("send-back", "2023Q2-0001", "--item", "I01", *WHY)
    answers = figures(I01="撤回")
    answers["指标数据"]["I01"]["说明"] = "样例：不再统计"
    told = reported("ingest", filled(BUREAU, "2023Q2", answers, name="撤回.xlsx"))
    assert told.status == 0, told.err
    assert "撤回 1" in told.out
    assert "2023Q2 I01 每万人口高价值发明专利拥有量：已退回 -> 未报送" in told.out
    assert reported("returns", "--quarter", "2023Q2", "--format", "json").json["waiting"] == []
    assert item(reported, "I01", "--quarter", "2023Q2")["status_text"] == "未报送"
    assert reported("verify").status == 0


def test_the_log_says_the_old_one_was_sent_back(reported: Run, filled: Fill) -> None:
    """退回以后重报的：历史里写明原来的已退回，不像是平常的更正。"""
    reported("send-back", "2023Q2-0001", "--item", "I01", *WHY)
    reported("ingest", filled(BUREAU, "2023Q2", figures(I01="7.3"), name="重报.xlsx"))
    reported("ingest", filled(BUREAU, "2023Q2", figures(I01="7.4"), name="更正.xlsx"))
    text = reported("log").out
    assert "I01 本期值：7.2（原来的已退回） -> 7.3" in text
    assert "I01 本期值：7.3 -> 7.4" in text
    acts = reported("log", "--format", "json").json["acts"]
    changes = [c for act in acts for r in act["receipts"] for c in r["changes"]]
    marked = [(c["old"], c.get("old_sent_back")) for c in changes if c["field"] == "value"]
    assert marked == [("7.2", True), ("7.3", None)]


def test_an_old_report_can_be_made_again_with_the_old_targets(
    ipm: Run, filled: Fill, home: Path
) -> None:
    """计划改了以后，以当时的回执为准，报告与当时的一字不差；gaps、plan 也用当时的计划，并说一声。"""
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.20")))
    ipm("report", "--year", "2023", "--format", "md")
    made = home / "reports" / "2023Q2-进展报告.md"
    first = made.read_text("utf-8")
    amend(home / "data" / "targets.yaml")
    ipm("ingest", filled(BUREAU, "2023Q2", figures(I01="7.90"), name="二.xlsx"))
    out = home / "out"
    told = ipm(
        "report", "--year", "2023", "--format", "md", "--as-of", "2023Q2-0001", "--out", str(out)
    )
    assert "按当时的计划" in told.err
    assert (out / "2023Q2-进展报告.md").read_text("utf-8") == first
    assert made.read_text("utf-8") == first  # 没有写到别处去
    now = ipm("returns", "--quarter", "2023Q2", "--format", "json").json
    then = ipm("returns", "--quarter", "2023Q2", "--format", "json", "--as-of", "2023Q2-0001").json
    assert (now["due_on"], then["due_on"]) == ("2023-07-20", "2023-07-10")
    assert item(ipm, "I01", "--quarter", "2023Q3")["target"] == "20"
    old = item(ipm, "I01", "--quarter", "2023Q3", "--as-of", "2023Q2-0001")
    assert (old["value"], old["target"]) == ("7.2", "10.02")
    assert "每万人口高价值专利" in ipm("plan").out
    assert "每万人口高价值专利" not in ipm("plan", "--as-of", "2023Q2-0001").out


def amend(targets: Path) -> None:
    """改时限、改名称，2023年7月起目标调到 20。"""
    text = targets.read_text("utf-8")
    for old, new in (
        ("due_days: 10", "due_days: 20"),
        ("    name: 每万人口高价值发明专利拥有量", "    name: 每万人口高价值专利拥有量"),
        (
            "    target: 10.02\n",
            (
                "    target: 10.02\n"
                "    amendments:\n      - {since: 2023-07-01, target: 20, basis: 样例}\n"
            ),
        ),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    targets.write_text(text, "utf-8")
