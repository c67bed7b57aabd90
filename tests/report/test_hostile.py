"""任何文字都只作文字：不求值、不排版、不丢失，两种格式都是。"""

import html
import io
import re
from collections.abc import Iterator

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipmeasures.ledger.entry import Confirmation
from ipmeasures.report.docx import render_docx
from ipmeasures.report.markdown import escape, render_markdown
from ipmeasures.report.view import ReportView
from ipmeasures.report.wording import lines, one_line, stopped
from tests.report.samples import TEMPLATES, Book

HOSTILE = [
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{_{ name }_} {_% x %_}",
    "{# 注释 #}",
    "<script>alert(1)</script>",
    "<w:p>&amp;</w:p> a & b < c > d",
    "| 表 | 格 |",
    "# 标题",
    "* 星 *强调* _下划_ ~~删~~ `码`",
    "[x](javascript:alert(1)) ![图](http://a.b/c.png)",
    "http://example.com www.example.com a@b.cn",
    "1. 一\n2) 二\n- 三\n+ 四\n> 五\n---\n===",
    "第一行\n\n　　第二行\r\n第三行",
    "=cmd|' /C calc'!A0",
    "表情😀👨‍👩‍👧 生僻字𠮷",
    "制表\t符 换页\x0c符 响铃\x07符",
    "\\{反斜\\线\\|",
    "$x$ ^a^ :smile: 1 \\* 2",
    "&lt;b&gt; &#64; &copy;",
]


def paragraphs(content: bytes) -> Iterator[str]:
    root = Document(io.BytesIO(content)).element.body
    for paragraph in root.iter(qn("w:p")):
        yield "".join(node.text or "" for node in paragraph.iter(qn("w:t")))


def unescaped(markdown: str) -> list[str]:
    """Markdown 显示出来的各行：反斜线转义和字符引用还原，<br> 是换行。"""
    plain = re.sub(r"\\([!-/:-@\[-`{-~])", lambda m: f"&#{ord(m[1])};", markdown)
    return [html.unescape(line) for line in re.split(r"<br>|\n", plain)]


# 报表上每一栏能写文字的，都写上；哪些事项滞后、哪些没有，走的地方不同
FIELDS = (
    *(("I01", field) for field in ("reason", "next_step", "note")),  # 未达序时
    *(("I09", field) for field in ("reason", "next_step", "note")),  # 超序时
    *(("I06", field) for field in ("reason", "next_step", "note")),  # 没有报数
    *(("M01", field) for field in ("progress", "problems", "reason", "next_step")),
    *(("M13", field) for field in ("reason", "next_step")),  # 未启动
    *(("M05-2", field) for field in ("evidence", "completed_on", "next_step")),
    *(("M16-1", field) for field in ("note",)),  # 不适用
)


def mark(item: str, field: str) -> str:
    """写在文末，认得出是哪一栏的。"""
    return f"〔{item}{field}〕"


def told(text: str) -> ReportView:
    book = Book()
    book.figure("I01", "2023Q2", "7.20")
    book.figure("I09", "2023Q2", "7.13")
    book.figure("M16-1", "2023Q2", "不适用")
    for item, field in FIELDS:
        book.text(item, "2023Q2", field, text + mark(item, field))
    book.text("M13", "2023Q2", "status", "未启动")
    book.text("M05-2", "2023Q2", "status", "已完成")
    title = one_line(text)[:40]
    for field in ("measure", "summary"):
        book.text(f"case:{title}", "2023Q2", field, text + mark("案例", field))
    book.text(f"case:{title}", "2023Q2", "public", "可公开")
    receipt = book.receipt("市市场监管局", "2023Q2")
    book.confirmations.append(Confirmation(receipt.receipt, "I01", text + mark("确认", "")))
    return book.view("2023Q2")


def assert_found(text: str) -> None:
    shown = told(text)
    ledger = next(row for row in shown.ledger if row.agency == "市市场监管局")
    assert ledger.progress == lines(text + mark("M01", "progress"))
    word = list(paragraphs(render_docx(shown, TEMPLATES)))
    markdown = unescaped(render_markdown(shown, TEMPLATES))
    every = (*FIELDS, ("案例", "measure"), ("案例", "summary"), ("确认", ""))
    for written in (word, markdown):
        for item, field in every:
            *before, last = lines(text + mark(item, field))
            assert any(last in one for one in written), (item, field)
            for line in before:
                assert any(line in one for one in written), line
    for line in lines(text)[:-1]:
        assert word.count(line) >= 4, line  # 附件2 各格照录，一行一段
    for line in shown.cases[0].paragraphs if shown.cases else ():
        assert line in word
        assert line in markdown


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(text: str) -> None:
    assert_found(text)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.text(
        st.one_of(st.characters(), st.sampled_from("{}%#_|*<>&\\[]()`~\n\t -+=1.")), max_size=60
    )
)
def test_any_text_survives_into_both_formats(text: str) -> None:
    assert_found(text)


@given(st.text(st.sampled_from("{}%#_|*<>&\\[]()`~ -+=1.a:/@$!w"), max_size=30))
def test_escaped_text_is_the_text_again(text: str) -> None:
    assert unescaped(escape(text)) == [text]


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_readers_see_only_text(text: str) -> None:
    """另一家的 Markdown 解析器：段落里除文字外什么都没有。"""
    markdown_it = pytest.importorskip("markdown_it", reason="没有 markdown-it-py，跳过对照")
    reader = markdown_it.MarkdownIt("gfm-like", {"linkify": False})
    for line in lines(text):
        tokens = reader.parse(escape(line))
        assert [t.type for t in tokens] == ["paragraph_open", "inline", "paragraph_close"]
        inside = tokens[1].children or []
        assert {t.type for t in inside} <= {"text", "text_special"}
        assert "".join(t.content for t in inside) == line


def test_lines_and_stops() -> None:
    assert lines(None) == ()
    assert lines(" 一 \n\n\x00二\ufffe") == ("一", "二")
    assert stopped("好") == "好。"
    assert stopped("好！") == "好！"
