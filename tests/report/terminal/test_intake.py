"""收表的答复：收下几个、退回为什么、错在哪一格，80 列以内。"""

import datetime as dt
from dataclasses import replace

import pytest

from ipmeasures.ledger.compare import Change
from ipmeasures.ledger.entry import Receipt
from ipmeasures.ledger.posted import Filed, Posted
from ipmeasures.problem import Place, Problem, Severity, problem
from ipmeasures.report.terminal.intake import (
    change_lines,
    correction_lines,
    count_lines,
    kept_lines,
    outcome_lines,
    problem_json,
    problem_lines,
    receipts_json,
)
from ipmeasures.report.terminal.layout import width
from ipmeasures.returns.line import Filing, Line, State
from tests.progress.plans import AGENCY, d, entry, q

BANK = "人民银行威海市中心支行"
OLD = entry("I01", "2023Q2", "7.2")
FIGURE = Line("I01", "value", State.FIGURE, "7.35", "指标数据", "J4", value=d("7.350"))
TEXT = Line("I01", "reason", State.TEXT, "周期长", "指标数据", "M4", text="周期长")
GONE = Line("I02", "value", State.WITHDRAWN, "撤回", "指标数据", "J5")
RECEIPT = Receipt(
    "2023Q2-0003", AGENCY, AGENCY, q("2023Q2"), 2, "正常", "a.xlsx", "0" * 64,
    dt.date(2023, 7, 5), dt.datetime(2023, 7, 5, tzinfo=dt.UTC), "张三", 1, 1, 0, "3f9a1c2b4d5e",
)  # fmt: skip


def filed(*lines: Line, agency: str = AGENCY, receipt: Receipt | None = RECEIPT) -> Filed:
    filing = Filing(agency, agency, q("2023Q2"), "正常", lines)
    changes = tuple(Change(OLD if line is FIGURE else None, line) for line in lines)
    return Filed(filing, "accepted", receipt, changes, (OLD,), 0)


def posted(*filings: Filed) -> Posted:
    return Posted(filings or (filed(FIGURE, TEXT, GONE),))


def found(
    code: str = "not_a_number", cell: str = "J4", item: str = "I01", **words: object
) -> Problem:
    place = Place("指标数据", cell)
    return problem(code, place, item=item, value="约七件", **({"hint": ""} | words))


def test_a_stored_file_gets_its_receipt() -> None:
    """入库的：单位、季度、第几次、回执、报送方式和链头。"""
    assert outcome_lines("a.xlsx", "accepted", posted(), dry_run=False) == [
        "[入库] a.xlsx：市市场监管局 2023Q2 第2次，回执 2023Q2-0003",
        "       报送方式 正常，台账校验码 3f9a1c2b4d5e",
    ]


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("rejected", ["[退回] a.xlsx：有错，整份没有入库"]),
        ("unreadable", ["[读不了] a.xlsx：读不了，没有入库"]),
    ],
)
def test_a_refused_file_says_so(outcome: str, said: list[str]) -> None:
    """退回的、读不了的：写明没有入库。"""
    assert outcome_lines("a.xlsx", outcome, None, dry_run=False) == said


def test_a_duplicate_names_the_receipt_on_record() -> None:
    """重复的：是同一份文件，还是内容相同，在案的回执是哪张。"""
    same = replace(filed(), outcome="duplicate")
    lines = outcome_lines("a.xlsx", "duplicate", posted(same), dry_run=False)
    assert lines == ["[重复] a.xlsx：市市场监管局 2023Q2，同一份文件已收过，回执 2023Q2-0003"]
    equal = replace(same, same_values=True)
    said = outcome_lines("a.xlsx", "duplicate", posted(equal), dry_run=False)
    assert "内容与在案的相同" in said[0]


def test_a_dry_run_stores_nothing_and_says_so() -> None:
    """试算：说可以入库，也说没有存，没有回执。"""
    lines = outcome_lines("a.xlsx", "accepted", posted(filed(FIGURE, receipt=None)), dry_run=True)
    assert lines == ["[试算] a.xlsx：市市场监管局 2023Q2，可以入库（没有存）"]


def test_no_line_is_wider_than_80() -> None:
    """文件名、单位名再长，也不超过 80 列；折行缩进。"""
    name = f"2023Q2-{BANK}（第二次修改）（领导已审）.xlsx"
    one = filed(FIGURE, agency=BANK)
    for outcome, what, dry in (
        ("accepted", posted(one), False), ("accepted", posted(one), True),
        ("duplicate", posted(replace(one, outcome="duplicate")), False),
        ("rejected", None, False), ("unreadable", None, False),
    ):  # fmt: skip
        lines = outcome_lines(name * 2, outcome, what, dry_run=dry)
        assert max(map(width, lines)) <= 80
        assert all(line.startswith(("[", "       ")) for line in lines)


def test_figures_in_are_figures_out() -> None:
    """读到的＝入库的＋撤回的＋不变的＋拒收的，入库的里新增、更正各几个；文字不算数，一行写不下另起一行。"""
    assert count_lines(5, posted()) == [
        "       读到 5 个数＝入库 1（新增 0、更正 1）＋撤回 1＋不变 3＋拒收 0",
        "       入库文字 1 段",
    ]
    gone = Line("I03", "note", State.WITHDRAWN, "撤回", "指标数据", "O6")
    rewritten = replace(filed(), changes=(Change(OLD, TEXT), Change(OLD, gone)))
    assert count_lines(1, posted(rewritten)) == [
        "       读到 1 个数＝入库 0＋不变 1＋拒收 0；入库文字 1 段（更正 1），撤回 1 段"
    ]
    assert count_lines(5, None) == ["       读到 5 个数＝入库 0＋不变 0＋拒收 5；入库文字 0 段"]
    assert count_lines(0, posted(filed(TEXT))) == ["       没有填数；入库文字 1 段"]


def test_problems_by_sheet_worst_first_then_by_row() -> None:
    """按工作表归拢；错误在前，同样轻重的按行；整个文件的问题在最前。"""
    problems = [
        found(cell="J12"),
        found("missing", "J2", "I02", what="本期值"),
        found(cell="J4"),
        problem("legacy_format", Place()),
        problem("case_untitled", Place("典型案例", "A4")),
    ]
    lines = problem_lines(problems, notes=True)
    heads = [line for line in lines if line.endswith("：")]
    assert heads == ["  整个文件：", "  典型案例：", "  指标数据："]
    text = "".join(line.strip() for line in lines)
    assert text.index("[错误] J4 I01、J12 I01") < text.index("[提醒] J2 I02")


def test_the_same_problem_in_many_cells_is_said_once() -> None:
    """只是格子不同的同一句话，并成一条，格子全部列出。"""
    lines = problem_lines([found(cell=f"J{n}", item=f"I0{n}") for n in range(4, 9)], notes=True)
    assert sum("[错误]" in line for line in lines) == 1
    assert all(f"J{n} I0{n}" in " ".join(lines) for n in range(4, 9))


def test_place_and_item_are_named_once() -> None:
    """话里已有编号的，前面只写格；整个文件的问题不写位置。"""
    one = found("not_owed", agency=AGENCY, owner="由市商务局报送")
    assert "[错误] J4 I01 不由" in problem_lines([one], notes=True)[1]
    assert "[错误] J4 I01 “约七件”不是数字" in problem_lines([found()], notes=True)[1]
    whole = problem("empty_return", Place())
    assert "[错误] 表里什么也没有填" in problem_lines([whole], notes=True)[1]
    bare = found("not_owed", cell="", agency=AGENCY, owner="由市商务局报送")
    assert "[错误] I01 不由" in problem_lines([bare], notes=True)[1]


def test_notes_are_counted_unless_asked_for() -> None:
    """“说明”一类平时只报条数，--notes 才列出。"""
    problems = [found(), problem("legacy_format", Place())]
    short = problem_lines(problems, notes=False)
    assert short[-1] == "  另有 1 条说明（--notes 全部列出）"
    assert not any("旧格式" in line for line in short)
    assert any("旧格式" in line for line in problem_lines(problems, notes=True))
    assert problem_lines([], notes=False) == []


def test_long_problems_wrap() -> None:
    lines = problem_lines([found(hint="，" + "请核对" * 40)], notes=True)
    assert max(map(width, lines)) <= 80
    assert all(line.startswith(" " * 11) for line in lines[2:])


def test_what_was_kept() -> None:
    """这次没有写、照旧保留的，按单位列出：没有写的事项只说编号，写了一部分的说是哪几格；没有的不说。"""
    note = replace(entry("I01", "2023Q2", "7.2"), field="note")
    kept = (entry("I09", "2023Q2", "6.8"), note, replace(note, field="source"))
    one = replace(filed(FIGURE), kept_entries=kept)
    assert kept_lines(posted(one)) == [f"       保留在案的：{AGENCY} I01（说明、数据来源）、I09"]
    assert kept_lines(posted(replace(filed(), kept_entries=()))) == []
    assert kept_lines(None) == []


def test_corrected_figures_are_always_listed() -> None:
    """真的收下也说：更正、撤回了的数原来是多少、现在是多少；新报的数和文字只计数。"""
    dated = replace(FIGURE, value=d("7.2"), data_at=q("2023Q1"))
    more = (Change(OLD, dated), Change(OLD, replace(GONE, item="I01")), Change(OLD, TEXT))
    one = replace(filed(FIGURE, GONE), changes=(*filed(FIGURE, GONE).changes, *more))
    assert correction_lines(posted(one)) == [
        "       更正的数（原来的 -> 现在的）：",
        "         I01：7.2 -> 7.35",
        "         I01：7.2（2023Q2） -> 7.2（2023Q1）",
        "         I01：7.2 -> 撤回",
    ]
    assert correction_lines(posted(one, one))[1] == f"         {AGENCY} I01：7.2 -> 7.35"
    assert correction_lines(posted(filed(GONE, TEXT))) == []
    assert correction_lines(None) == []


def test_what_would_change() -> None:
    """试算逐格说：原来的和现在的；新报的写无。"""
    assert change_lines(posted()) == [
        "       I01 本期值：7.2 -> 7.35",
        "       I01 滞后原因：（无） -> 周期长",
        "       I02 本期值：（无） -> 撤回",
    ]
    assert change_lines(None) == []


def test_a_problem_in_json() -> None:
    """键名照约定；没有的是 null。"""
    assert problem_json(found()) == {
        "code": "not_a_number", "severity": "error", "sheet": "指标数据", "cell": "J4",
        "item": "I01", "value": "约七件", "message": "“约七件”不是数字",
        "fix": "请只填一个数字，不带单位和文字；说明请写在“说明”列",
    }  # fmt: skip
    whole = problem_json(problem("empty_return", Place()))
    assert [whole[k] for k in ("sheet", "cell", "item", "value")] == [None] * 4


def test_receipts_in_json() -> None:
    """各单位的回执：几个数、几段文字、保留的、改了什么；数是十进制文字。"""
    (one,) = receipts_json(posted())
    changes = one.pop("changes")
    assert one == {
        "receipt": "2023Q2-0003", "agency": AGENCY, "quarter": "2023Q2", "revision": 2,
        "figures": 1, "texts": 1, "kept": ["I01"],
    }  # fmt: skip
    assert [(c["item"], c["old"], c["new"]) for c in changes] == [
        ("I01", "7.2", "7.35"), ("I01", None, "周期长"), ("I02", None, "撤回"),
    ]  # fmt: skip
    (dry,) = receipts_json(posted(filed(FIGURE, receipt=None)))
    assert (dry["receipt"], dry["revision"]) == (None, None)
    assert receipts_json(None) == []


def test_severities_in_order() -> None:
    assert [s.label for s in Severity] == ["错误", "提醒", "说明"]
