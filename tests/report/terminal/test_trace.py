"""一个数的来路：回执、文件、摘要、格，每一次修改都在。"""

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from ipmeasures.forms.layout import RETURN_LAYOUTS
from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import FigureItem
from ipmeasures.report.fields import field_label
from ipmeasures.report.terminal.layout import width
from ipmeasures.report.terminal.trace import trace_json, trace_text
from ipmeasures.returns.line import State
from tests.progress.books import A, B, wrote
from tests.progress.plans import AGENCY, commitment, entry, how, indicator, plan, q
from tests.report.samples import real_plan

FACTS = [
    "value", "receipt", "revision", "file", "sha256", "sheet", "cell", "agency", "received_on",
    "recorded_at",
]  # fmt: skip
FIRST = replace(entry("I01", "2023Q2", "7.2", number=1), receipt="2023Q2-0001", raw="7.20")
SECOND = replace(
    entry("I01", "2023Q2", "7.35", number=5),
    receipt="2023Q2-0009", revision=2, raw="７．３５件", cell="K7", supersedes=1, sha256="b" * 64,
)  # fmt: skip
OWN = plan(indicator("4.99", "10.02"))


def summed() -> FigureItem:
    return commitment(
        6, reporting=how("year_to_date", decimals=0, reporters=(A, B), combine="sum"), id="M05-1"
    )


def text_of(*history: Entry, entries: tuple[Entry, ...] = (), item: str = "I01") -> str:
    return trace_text(OWN, item, q("2023Q2"), entries or history[-1:], history)


def test_keys_and_every_revision() -> None:
    """键名照约定；现行的一笔在外面，历次修改旧在前，都带出处。"""
    found = trace_json(OWN, "I01", q("2023Q2"), (SECOND,), (FIRST, SECOND))
    assert list(found) == ["item", "quarter", *FACTS, "history"]
    assert all(list(past) == FACTS for past in found["history"])
    assert [past["value"] for past in found["history"]] == ["7.2", "7.35"]
    del found["history"]
    assert found == {
        "item": "I01", "quarter": "2023Q2", "value": "7.35", "receipt": "2023Q2-0009",
        "revision": 2, "file": "a.xlsx", "sha256": "b" * 64, "sheet": "指标数据", "cell": "K7",
        "agency": AGENCY, "received_on": "2023-07-05", "recorded_at": "2023-07-05T00:00:00+00:00",
    }  # fmt: skip


def test_nothing_on_record_is_null() -> None:
    """这个季度没有的，键都在，值是 null，历史是空的。"""
    found = trace_json(OWN, "I01", q("2023Q2"), (), ())
    assert found == dict.fromkeys(FACTS) | {"item": "I01", "quarter": "2023Q2", "history": []}
    other = trace_json(OWN, "I01", q("2023Q3"), (SECOND,), ())
    assert other["value"] is None


def test_a_summed_item_lists_its_parts() -> None:
    """多家相加的：合计在外面，各家的出处在 ``parts``；只有一家报了也这样写。"""
    a, b = (
        entry("M05-1", "2023Q2", v, number=n, agency=who)
        for n, v, who in ((1, "2", A), (2, "1", B))
    )
    own = plan(summed())
    both = trace_json(own, "M05-1", q("2023Q2"), (a, b), (a, b))
    assert (both["value"], both["receipt"]) == ("3", None)
    assert [(p["agency"], p["value"]) for p in both["parts"]] == [(A, "2"), (B, "1")]
    one = trace_json(own, "M05-1", q("2023Q2"), (a,), (a,))
    assert (one["value"], one["receipt"], len(one["parts"])) == ("2", None, 1)
    blank = replace(entry("M05-1", "2023Q2", None, agency=A), state=State.NOT_APPLICABLE)
    assert trace_json(own, "M05-1", q("2023Q2"), (blank,), ())["value"] is None
    assert "parts" not in trace_json(own, "M05-1", q("2023Q2"), (), ())


def test_the_same_figure_is_traced_to_its_indicator() -> None:
    """与指标同一个数的量化任务，来路是那个指标的数。"""
    twin = commitment(8, cadence="by_end", id="M10-1", same_as="I01")
    own = plan(indicator(5, 8), twin)
    assert trace_json(own, "M10-1", q("2023Q2"), (SECOND,), (SECOND,))["value"] == "7.35"
    assert "与 I01 同一个数" in trace_text(own, "M10-1", q("2023Q2"), (SECOND,), (SECOND,))


def test_zero_and_states_are_told_apart() -> None:
    """零是 "0"，未更新、不适用是那几个字。"""
    zero = entry("I01", "2023Q2", "0")
    blank = replace(zero, value=None, state=State.NOT_UPDATED, raw="未更新")
    found = [trace_json(OWN, "I01", q("2023Q2"), (e,), (e,))["value"] for e in (zero, blank)]
    assert found == ["0", "未更新"]


def test_words_are_traced_too() -> None:
    """措施的主要一格是本季度进展，没有写的是状态；几家都写的在 ``parts`` 里。"""
    own = real_plan()
    state, progress = wrote(A, "2023Q2", "推进中"), wrote(A, "2023Q2", "开会", field="progress")
    found = trace_json(own, "M01", q("2023Q2"), (state, progress), (state, progress))
    assert (found["value"], len(found["history"])) == ("开会", 1)
    assert trace_json(own, "M01", q("2023Q2"), (state,), (state,))["value"] == "推进中"
    two = (progress, wrote(B, "2023Q2", "印发", field="progress"))
    both = trace_json(own, "M01", q("2023Q2"), two, two)
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
    text = trace_text(OWN, "I01", q("2023Q2"), (), (FIRST, gone))
    assert "本期值：7.2（已被取代）\n" in text
    assert "本期值：撤回\n" in text


def test_text_with_nothing_on_record() -> None:
    assert trace_text(OWN, "I01", q("2023Q2"), (), ()).endswith("这个季度没有在案的数或文字。")


def test_time_has_a_zone() -> None:
    """入库时间带时区。"""
    found = trace_json(OWN, "I01", q("2023Q2"), (FIRST,), (FIRST,))
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
