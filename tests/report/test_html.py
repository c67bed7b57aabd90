"""网页：报告里的话一句不少，每个数带着来源，什么文字都只作文字，不连到任何地方。"""

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipmeasures.report.board import board
from ipmeasures.report.html import render_html
from ipmeasures.report.material import Material
from ipmeasures.report.wording import lines, one_line
from tests.report.pages import (
    CORRECTION,
    EVERY,
    MATERIALS,
    Page,
    example,
    html,
    material,
    shown,
    words_of,
)
from tests.report.samples import MARKET, Book
from tests.report.test_hostile import HOSTILE

# 网页不是正式行文：这些是 Word 文档才要的
_DOCUMENT_ONLY = {"name", "title", "number", "addressee", "annexes", "signature", "dated"}


def normal(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def page_texts(told: Material) -> list[str]:
    return [normal(text) for text in Page(html(told)).texts]


@pytest.mark.parametrize("name", EVERY)
def test_every_word_of_the_report_stands_in_the_page(name: str) -> None:
    """视图里的每句话、每个数都在网页上；各种格式是同一份报告。"""
    told = example(name)
    said = shown(told)
    texts = page_texts(told)
    whole = "\n".join(texts)
    lights = {row.light for row in said.details} | {row.light for row in said.milestones}
    for key in said.__dataclass_fields__:
        if key in _DOCUMENT_ONLY:
            continue
        for word in words_of(getattr(said, key)):
            assert normal(word) in whole or word in lights, (key, word)
    assert normal("".join(said.title)) in normal("".join(Page(html(told)).texts))


@pytest.mark.parametrize("name", EVERY)
def test_every_figure_has_its_source_behind_it(name: str) -> None:
    """每个在案的数：回执、文件、SHA-256、工作表和格、报送单位、收到的日子，都在它那张卡片里。"""
    told = example(name)
    text = html(told)
    for item in told.plan.asked_items:
        card = text.split(f'<details class="fold" id="{item.id}-src"', 1)[1].split("</details>")[0]
        told_there = "\n".join(Page(f"<p>{card.split('>', 1)[1]}</p>").texts)
        for entry in (e for e in told.entries if (e.item, e.field) == (item.id, "value")):
            place = f"{entry.sheet}!{entry.cell}"
            for fact in (
                entry.receipt, entry.file, entry.sha256, place, told.name(entry.agency),
                entry.received_on.isoformat(), str(entry.quarter),
            ):  # fmt: skip
                assert fact in told_there, (item.id, fact)
        assert "依据：" in told_there


@pytest.mark.parametrize("name", EVERY)
def test_the_page_is_one_file(name: str) -> None:
    """没有外面的地址，没有写在元素上的样式和脚本；安全策略只认本文件的样式和脚本。"""
    page = Page(html(example(name)))
    for key in ("href", "src", "action", "data", "poster", "srcset"):
        for value in page.attributes(key):
            assert value.startswith("#") or value == "data:,", value
    names = {key for _, attrs in page.elements for key in attrs}
    assert not [key for key in names if key == "style" or key.startswith("on")]
    (policy,) = (a["content"] for _, a in page.elements if "Policy" in a.get("http-equiv", ""))
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        digest = hashlib.sha256(page.raw[tag].encode()).digest()
        assert f"{tag}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
        assert "url(" not in page.raw[tag]
        assert "@import" not in page.raw[tag]


@pytest.mark.parametrize("name", EVERY)
def test_links_and_filters_lead_somewhere(name: str) -> None:
    """编号不重复，每个跳转都有去处；筛选框里的每一项都筛得出东西。"""
    page = Page(html(example(name)))
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    assert {h[1:] for h in page.attributes("href") if h.startswith("#")} <= set(ids)
    facets = [a for _, a in page.elements if "data-kind" in a]
    known = {
        value
        for a in facets
        for key in ("data-kind", "data-section", "data-agency", "data-status")
        for value in (a[key], *a[key].split(" "))
    }
    options = [a["value"] for tag, a in page.elements if tag == "option" if a["value"]]
    assert len(options) > (30 if name in MATERIALS else 4)
    assert set(options) <= known


def test_corrections_are_annex_four() -> None:
    """有更正的，附件4 逐项列出原来印的和现在的；没有的没有这一节。"""
    told_ = example("年中")
    assert "数据更正说明" not in html(told_)
    said = replace(shown(told_), corrections=(CORRECTION,))
    texts = Page(render_html(board(told_, said))).texts
    assert "附件4　数据更正说明" in texts
    assert [w for w in words_of(CORRECTION) if w not in texts and w != CORRECTION.id] == []


def test_a_forecast_is_called_one() -> None:
    """卡片上有一句预测，写明是预测；报告里引到的走势图有图题。"""
    texts = page_texts(example("年中"))
    foreseen = [text for text in texts if text.startswith("预测：")]
    assert len(foreseen) > 10
    captions = [one.caption for lag in shown(example("年中")).lagging for one in lag.charts]
    assert captions
    assert [caption for caption in captions if normal(caption) not in texts] == []


def test_light_has_a_word_and_a_shape() -> None:
    """颜色旁边总有形状和字。"""
    text = html(example("各种状态"))
    badges = re.findall(r'<span class="badge (\w+)">(.*?)</span></span>', text)
    assert len(badges) > 60
    for light, inside in badges:
        assert f'href="#lamp-{light}"' in inside
        assert re.search(r"<span>[^<]+$", inside)


def test_the_same_report_is_the_same_page() -> None:
    told = example("年中")
    assert html(told) == html(material_again())


def material_again() -> Material:
    return MATERIALS["年中"]()


def told(text: str) -> Material:
    """每一种文字栏里都写上 ``text``。"""
    book = Book()
    for field in ("progress", "problems", "reason", "next_step"):
        book.text("M01", "2023Q2", field, text)
    book.text("M13", "2023Q2", "status", "未启动")
    book.text("M13", "2023Q2", "reason", text)
    book.text("M05-2", "2023Q2", "status", "已完成")
    book.text("M05-2", "2023Q2", "completed_on", text)
    book.text("M05-2", "2023Q2", "evidence", text)
    book.figure("I01", "2023Q2", "6.20")
    for field in ("source", "reason", "next_step", "note"):
        book.text("I01", "2023Q2", field, text)
    book.text("case:案例", "2023Q2", "measure", "M06")
    book.text("case:案例", "2023Q2", "summary", text)
    book.text("case:案例", "2023Q2", "public", "可公开")
    receipt = book.receipt(MARKET, "2023Q2")
    line = one_line(text)[:60]
    signed = (("filled_by", line), ("reviewer", line), ("leader", line))
    book.receipts[0] = replace(receipt, file=f"{line}.xlsx", recorded_by=line, signed=signed)
    book.entries = [
        replace(e, receipt=receipt.receipt, file=f"{line}.xlsx", sheet=line or "表", raw=text)
        for e in book.entries
    ]
    return material(book, "2023Q2")


def assert_kept(text: str) -> None:
    written = html(told(text))
    page = Page(written)
    plain = Page(html(told("平常的话")))
    for line in lines(text):
        # 附件2 四格、佐证、案例，五里两处；文件名、填报人等在别处
        assert sum(line in one for one in page.texts) >= 7, line
    line = one_line(text)[:60]
    assert any(f"{line}.xlsx" in one for one in page.texts)
    assert any(line in one for one in page.texts)
    # 没有多出一个元素、一个属性
    assert {tag for tag, _ in page.elements} == {tag for tag, _ in plain.elements}
    assert {k for _, a in page.elements for k in a} == {k for _, a in plain.elements for k in a}
    assert page.raw == plain.raw


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(text: str) -> None:
    assert_kept(text)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.text(
        st.one_of(st.characters(), st.sampled_from("{}%#<>&\"'/=-!;[]()`\n\t 样例")), max_size=60
    )
)
def test_any_text_survives(text: str) -> None:
    assert_kept(text)
