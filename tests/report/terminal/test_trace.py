"""一个数的来路：回执、文件、摘要、格，每一次修改都在。"""

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from ipmeasures.forms.layout import RETURN_LAYOUTS
from ipmeasures.ledger.entry import Entry, Receipt
from ipmeasures.ledger.originals import Proof, Verdict
from ipmeasures.plan.model import FigureItem, Plan
from ipmeasures.report.fields import field_label
from ipmeasures.report.terminal.layout import width
from ipmeasures.report.terminal.trace import Trail, trace_json, trace_text
from ipmeasures.returns.line import State
from tests.progress.books import A, B, wrote
from tests.progress.plans import AGENCY, commitment, entry, how, indicator, plan, q
from tests.report.samples import real_plan

FACTS = [
    "value", "receipt", "revision", "file", "sha256", "sheet", "cell", "agency", "received_on",
    "recorded_at", "filled_by", "recorded_by", "proof",
]  # fmt: skip
FIRST = replace(entry("I01", "2023Q2", "7.2", number=1), receipt="2023Q2-0001", raw="7.20")
SECOND = replace(
    entry("I01", "2023Q2", "7.35", number=5),
    receipt="2023Q2-0009", revision=2, raw="７．３５件", cell="K7", supersedes=1, sha256="b" * 64,
)  # fmt: skip
OWN = plan(indicator("4.99", "10.02"))


def as_json(own: Plan, *facts: Any) -> dict[str, Any]:  # noqa: ANN401 - 照 Trail 的次序
    return trace_json(own, Trail(*facts))


def as_text(own: Plan, *facts: Any) -> str:  # noqa: ANN401 - 同上
    return trace_text(own, Trail(*facts))


def summed() -> FigureItem:
    return commitment(
        6, reporting=how("year_to_date", decimals=0, reporters=(A, B), combine="sum"), id="M05-1"
    )


def text_of(*history: Entry, entries: tuple[Entry, ...] = (), item: str = "I01") -> str:
    return as_text(OWN, item, q("2023Q2"), entries or history[-1:], history)


def test_keys_and_every_revision() -> None:
    """键名照约定；现行的一笔在外面，历次修改旧在前，都带出处。"""
    found = as_json(OWN, "I01", q("2023Q2"), (SECOND,), (FIRST, SECOND))
    assert list(found) == ["item", "quarter", *FACTS, "history"]
    assert all(list(past) == FACTS for past in found["history"])
    assert [past["value"] for past in found["history"]] == ["7.2", "7.35"]
    del found["history"]
    assert found == {
        "item": "I01", "quarter": "2023Q2", "value": "7.35", "receipt": "2023Q2-0009",
        "revision": 2, "file": "a.xlsx", "sha256": "b" * 64, "sheet": "指标数据", "cell": "K7",
        "agency": AGENCY, "received_on": "2023-07-05", "recorded_at": "2023-07-05T00:00:00+00:00",
        "filled_by": None, "recorded_by": None, "proof": None,
    }  # fmt: skip


def test_nothing_on_record_is_null() -> None:
    """这个季度没有的，键都在，值是 null，历史是空的。"""
    found = as_json(OWN, "I01", q("2023Q2"), (), ())
    assert found == dict.fromkeys(FACTS) | {"item": "I01", "quarter": "2023Q2", "history": []}
    other = as_json(OWN, "I01", q("2023Q3"), (SECOND,), ())
    assert other["value"] is None


def test_a_summed_item_lists_its_parts() -> None:
    """多家相加的：合计在外面，各家的出处在 ``parts``；只有一家报了也这样写。"""
    a, b = (
        entry("M05-1", "2023Q2", v, number=n, agency=who)
        for n, v, who in ((1, "2", A), (2, "1", B))
    )
    own = plan(summed())
    both = as_json(own, "M05-1", q("2023Q2"), (a, b), (a, b))
    assert (both["value"], both["receipt"]) == ("3", None)
    assert [(p["agency"], p["value"]) for p in both["parts"]] == [(A, "2"), (B, "1")]
    one = as_json(own, "M05-1", q("2023Q2"), (a,), (a,))
    assert (one["value"], one["receipt"], len(one["parts"])) == ("2", None, 1)
    blank = replace(entry("M05-1", "2023Q2", None, agency=A), state=State.NOT_APPLICABLE)
    assert as_json(own, "M05-1", q("2023Q2"), (blank,), ())["value"] is None
    assert "parts" not in as_json(own, "M05-1", q("2023Q2"), (), ())


def test_the_same_figure_is_traced_to_its_indicator() -> None:
    """与指标同一个数的量化任务，来路是那个指标的数。"""
    twin = commitment(8, cadence="by_end", id="M10-1", same_as="I01")
    own = plan(indicator(5, 8), twin)
    assert as_json(own, "M10-1", q("2023Q2"), (SECOND,), (SECOND,))["value"] == "7.35"
    assert "与 I01 同一个数" in as_text(own, "M10-1", q("2023Q2"), (SECOND,), (SECOND,))


def test_zero_and_states_are_told_apart() -> None:
    """零是 "0"，未更新、不适用是那几个字。"""
    zero = entry("I01", "2023Q2", "0")
    blank = replace(zero, value=None, state=State.NOT_UPDATED, raw="未更新")
    found = [as_json(OWN, "I01", q("2023Q2"), (e,), (e,))["value"] for e in (zero, blank)]
    assert found == ["0", "未更新"]


def test_words_are_traced_too() -> None:
    """措施的主要一格是本季度进展，没有写的是状态；几家都写的在 ``parts`` 里。"""
    own = real_plan()
    state, progress = wrote(A, "2023Q2", "推进中"), wrote(A, "2023Q2", "开会", field="progress")
    found = as_json(own, "M01", q("2023Q2"), (state, progress), (state, progress))
    assert (found["value"], len(found["history"])) == ("开会", 1)
    assert as_json(own, "M01", q("2023Q2"), (state,), (state,))["value"] == "推进中"
    two = (progress, wrote(B, "2023Q2", "印发", field="progress"))
    both = as_json(own, "M01", q("2023Q2"), two, two)
    assert (both["value"], [p["value"] for p in both["parts"]]) == (None, ["开会", "印发"])


def test_text_shows_every_revision() -> None:
    """每一笔：值、现行与否、回执、第几次、收到和入库的时间、文件、格、SHA-256。"""
    text = text_of(FIRST, SECOND)
    lines = text.split("\n")
    assert lines[0] == "I01 指标I01（2023年第二季度）"
    assert "本期值：7.2（已被取代）" in lines
    assert "本期值：7.35（现行）" in lines
    assert f"  {AGENCY}，回执 2023Q2-0001（第1次），收到 2023-07-05，入库" in text
    assert re.search(r"入库\s+2023-07-0[45]\s+\d\d:\d\d:\d\d", text)
    assert "  a.xlsx 指标数据!J2" in lines
    assert f"  SHA-256 {'b' * 64}" in lines
    assert max(map(width, lines)) <= 80


def test_what_was_typed_is_shown_when_it_was_read_differently() -> None:
    """格里的字与读出的不同，写出原样；相同的不重复。"""
    assert "  a.xlsx 指标数据!K7，原样“７．３５件”" in text_of(SECOND)
    assert "原样" not in text_of(FIRST)
    stored = replace(FIRST, value=Decimal("0.285"), raw="0.28499999999999998")
    assert "原样" not in text_of(stored)
    words = replace(
        FIRST, value=None, text="推进中", raw=" 推进中 ", state=State.TEXT, field="status"
    )
    assert "原样" not in text_of(words)
    changed = replace(words, raw="正在推进")
    assert "原样“正在推进”" in text_of(changed)


def test_a_withdrawal_is_neither_current_nor_replaced() -> None:
    """撤回的一笔只写撤回；被它撤回的是已被取代。"""
    gone = replace(SECOND, value=None, state=State.WITHDRAWN, raw="撤回")
    text = as_text(OWN, "I01", q("2023Q2"), (), (FIRST, gone))
    assert "本期值：7.2（已被取代）\n" in text
    assert "本期值：撤回\n" in text


def test_text_with_nothing_on_record() -> None:
    assert as_text(OWN, "I01", q("2023Q2"), (), ()).endswith("这个季度没有在案的数或文字。")


def test_a_carried_figure_says_where_it_was_reported() -> None:
    """报告印的是以前报的数：那一笔的季度、回执、文件和格也列出来；没有沿用的，不多这一样。"""
    blank = replace(
        entry("I01", "2023Q3", None, number=9), value=None, state=State.NOT_UPDATED, raw="未更新"
    )
    trail = Trail("I01", q("2023Q3"), (SECOND, blank), (blank,), carried=(SECOND,))
    found = trace_json(OWN, trail)
    assert found["value"] == "未更新"
    (kept,) = found["carried"]
    assert list(kept) == ["quarter", *FACTS]
    assert (kept["quarter"], kept["value"], kept["receipt"]) == ("2023Q2", "7.35", "2023Q2-0009")
    text = trace_text(OWN, trail)
    assert "这个季度的报告沿用以前报的：\n本期值：7.35（2023年第二季度报）\n" in text
    assert text.index("未更新（现行）") < text.index("沿用以前报的") < text.index("K7")
    alone = trace_text(OWN, replace(trail, history=()))
    assert "这个季度没有在案的数或文字。\n\n这个季度的报告沿用" in alone
    assert "carried" not in as_json(OWN, "I01", q("2023Q2"), (SECOND,), (SECOND,))


RECEIPT = Receipt(
    "2023Q2-0001", AGENCY, AGENCY, q("2023Q2"), 1, "正常", "a.xlsx", "a" * 64,
    dt.date(2023, 7, 5), FIRST.recorded_at, "李四", 1, 0, 0, "f" * 12, (("filled_by", "张三"),),
)  # fmt: skip


def proved(proof: Proof) -> tuple[dict[str, Any], str]:
    trail = Trail(
        "I01", q("2023Q2"), (FIRST,), (FIRST,), {RECEIPT.receipt: RECEIPT}, {FIRST.number: proof}
    )
    return trace_json(OWN, trail), trace_text(OWN, trail)


def test_who_filled_it_and_who_recorded_it() -> None:
    """谁填的、谁入库的，都写明。"""
    found, text = proved(Proof(Verdict.AGREES, "7.20"))
    assert (found["filled_by"], found["recorded_by"]) == ("张三", "李四")
    assert f"{AGENCY}（张三填报）" in text
    assert "（李四）" in text


def test_the_original_is_read_again() -> None:
    """从原件重读：一致的说读出什么；不符的说哪里不同、怎么办；没能重读的不说成不符。"""
    found, text = proved(Proof(Verdict.AGREES, "7.20"))
    assert found["proof"] == {"raw": "7.20", "agrees": True, "why": None}
    assert found["history"][0]["proof"] == found["proof"]
    assert text.endswith("  已从原件重新读出：7.20，与入库一致")
    found, text = proved(Proof(Verdict.DIFFERS, "7.3", "台账记“7.2”，原件这一格是“7.3”"))
    assert found["proof"] == {
        "raw": "7.3", "agrees": False, "why": "台账记“7.2”，原件这一格是“7.3”",
    }  # fmt: skip
    assert "与原件不符：台账记“7.2”，原件这一格是“7.3”。请运行 ipm verify" in text
    found, text = proved(Proof(Verdict.UNREAD, None, "文件过大"))
    assert found["proof"]["agrees"] is None
    assert "没能从原件重新读出：文件过大" in text
    assert "不符" not in text


def test_a_long_cell_is_cut_in_its_proof() -> None:
    """几百字的一格，重读的那一行只引开头，不折成一大段。"""
    _, text = proved(Proof(Verdict.AGREES, "字" * 300))
    assert max(map(width, text.split("\n"))) <= 80
    assert "…，与入库一致" in text


def test_time_has_a_zone() -> None:
    """入库时间带时区。"""
    found = as_json(OWN, "I01", q("2023Q2"), (FIRST,), (FIRST,))
    assert dt.datetime.fromisoformat(found["recorded_at"]).tzinfo is not None


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("value", "本期值"), ("status", "状态"), ("progress", "本季度进展"), ("problems", "存在问题"),
        ("reason", "滞后原因"), ("next_step", "下一步措施"), ("evidence", "佐证材料"),
        ("summary", "内容摘要"), ("没有这一栏", "没有这一栏"),
    ],
)  # fmt: skip
def test_fields_are_named_as_on_the_form(field: str, label: str) -> None:
    """台账里的每一栏，叫法与表头一致；不认识的照写。"""
    assert field_label(field) == label


def test_every_filled_column_has_a_name() -> None:
    """表上要填的每一列都有叫法。"""
    for layout in RETURN_LAYOUTS:
        for column in layout.columns:
            assert field_label(column.key)
