"""网页在真的浏览器里：筛选、键盘、打印、窄屏、不连网、看得清，没有脚本也看得全。"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ipmeasures.report.tally import KINDS
from tests.report.browser import Browser, browser, need_chromium
from tests.report.pages import example, html, shown
from tests.report.test_html import told
from tests.report.test_lights import contrast

pytestmark = [pytest.mark.slow, need_chromium]

VISIBLE = "[...document.querySelectorAll('.one')].filter(n => n.offsetParent || n.offsetHeight)"
WORDS = "Wordofnospaceatall" * 12
EVIL = "<script>window.hit=1</script><img src=x onerror=window.hit=2>{{ 7*7 }}"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as one:
        yield one


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "2023Q3-进展报告.html"
    path.write_text(html(example("各种状态")), "utf-8")
    return path


@pytest.fixture
def page(chromium: Browser, report: Path) -> Browser:
    chromium.open(report)
    return chromium


def choose(page: Browser, box: str, value: str) -> None:
    page.run(
        f"(b => {{ b.value = {value!r}; b.dispatchEvent(new Event('change', {{bubbles: true}})); }})"
        f"(document.getElementById({box!r}))"
    )
    assert page.run(f"document.getElementById({box!r}).value") == value


def listed(page: Browser) -> list[str]:
    found: list[str] = page.run(f"{VISIBLE}.map(n => n.id)")
    return found


def said(page: Browser) -> str:
    text: str = page.run("document.getElementById('count').textContent")
    return text


def test_nothing_leaves_the_page(page: Browser, report: Path) -> None:
    """只要了这一个文件；没有脚本出错，没有违反安全策略的。"""
    page.run("new Promise(done => setTimeout(done, 300))")
    assert page.requested == [report.as_uri()]
    assert page.complaints == []


def test_the_policy_is_in_force(page: Browser) -> None:
    """就是有人往页里塞了图片和脚本，也出不去、跑不了。"""
    page.run(
        "(() => { const i = new Image(); i.src = 'http://192.0.2.1/x.png'; document.body.append(i);"
        " const s = document.createElement('script'); s.textContent = 'window.hit=1';"
        " document.body.append(s); })()"
    )
    page.run("new Promise(done => setTimeout(done, 300))")
    assert page.run("window.hit") is None
    assert len(page.complaints) == 2
    assert all("Content Security Policy" in one for one in page.complaints)


@pytest.mark.parametrize(
    ("box", "value", "holds"),
    [
        ("by-kind", "indicator", lambda i: i.startswith("I")),
        ("by-section", "0", lambda i: i.startswith("I")),
        ("by-status", "逾期", lambda i: i in ("M02-1", "M06-1")),
    ],
)
def test_one_filter(page: Browser, box: str, value: str, holds: object) -> None:
    """照类别、部分、状态、单位各筛一遍：剩下的都是，去掉的都不是。"""
    everything = listed(page)
    assert len(everything) == 101
    choose(page, box, value)
    assert [i for i in everything if holds(i)] == listed(page)  # type: ignore[operator]
    assert said(page) == f"符合{len(listed(page))}项，共101项"


def test_filters_agree_with_the_plan(page: Browser) -> None:
    """每个单位筛出来的，就是计划里归它报、归它管的。"""
    told_ = example("各种状态")
    for agency in told_.plan.agencies:
        choose(page, "by-agency", agency.id)
        mine = sorted(g.id for g in told_.gaps.items if agency.name in g.agencies)
        assert sorted(listed(page)) == mine, agency.name


def test_filters_work_together(page: Browser) -> None:
    """几样一起筛，是都要符合；文字筛选看整张卡片；清除以后全回来。"""
    choose(page, "by-kind", "indicator")
    choose(page, "by-status", "未达序时")
    assert listed(page) == ["I01", "I08"]
    page.run("document.getElementById('by-text').focus()")
    page.type("布局调整期")
    assert listed(page) == []
    page.run("document.getElementById('by-text').select()")
    page.type("专利")
    assert listed(page) == ["I01"]
    assert "未达序时、含“专利”" in page.run("document.getElementById('filtered').textContent")
    page.run("document.querySelector('button[type=reset]').click()")
    page.run("new Promise(done => setTimeout(done, 50))")
    assert len(listed(page)) == 101
    assert page.run("document.getElementById('filtered').hidden")


def test_filtered_out_is_out_everywhere(page: Browser) -> None:
    """一览、表、卡片、五里的，一起筛；空了的组连标题一起收起。"""
    choose(page, "by-kind", "commitment")
    left = page.run(
        "[...document.querySelectorAll('[data-kind]')].filter(n => !n.hidden)"
        ".map(n => n.dataset.kind)"
    )
    assert set(left) == {"commitment", "agency"}
    assert page.run("document.querySelector('#s4 .group:not([hidden])')") is None
    assert page.run("document.querySelector('#s2 table.main').hidden")


def test_keyboard_alone(page: Browser) -> None:
    """只用键盘：跳到正文、选筛选、打开来源；停在哪里看得见。"""
    page.press("Tab")
    assert page.run("document.activeElement.className") == "skip"
    assert page.run("document.activeElement.getBoundingClientRect().left") >= 0
    seen = []
    for _ in range(20):
        page.press("Tab")
        seen.append(page.run("document.activeElement.id"))
        if seen[-1] == "by-kind":
            break
    assert seen[-1] == "by-kind"
    assert page.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.press("ArrowDown")
    assert page.run("document.activeElement.value") == next(iter(KINDS))
    assert len(listed(page)) == 11
    page.run("document.querySelector('#I01-src summary').focus()")
    assert not page.run("document.getElementById('I01-src').open")
    page.press("Enter")
    assert page.run("document.getElementById('I01-src').open")
    page.press(" ")
    assert not page.run("document.getElementById('I01-src').open")


def test_everything_clickable_is_reached_by_tab(page: Browser) -> None:
    """能点的都能用 Tab 走到：没有只认鼠标的。"""
    odd = page.run("[...document.querySelectorAll('[tabindex],[onclick],[role=button]')].length")
    assert odd == 0


def test_a_figure_opens_its_source(page: Browser) -> None:
    """点“本期”的数，来源打开并滚到眼前；筛掉了的先放回来。"""
    choose(page, "by-kind", "measure")
    page.run("location.hash = '#I01-src'")
    page.run("new Promise(done => setTimeout(done, 100))")
    assert page.run("document.getElementById('I01-src').open")
    assert "I01" in listed(page)
    top = page.run("document.getElementById('I01-src').getBoundingClientRect().top")
    assert 0 <= top < 300
    page.run("document.getElementById('I01-src').open = false")
    page.run("document.querySelector('#I01 a[href=\"#I01-src\"]').click()")
    assert page.run("document.getElementById('I01-src').open")


def test_all_sources_at_once(page: Browser) -> None:
    folds = "document.querySelectorAll('details.fold[open]').length"
    assert page.run(folds) == 0
    page.run("document.getElementById('fold').click()")
    assert page.run(folds) == page.run("document.querySelectorAll('details.fold').length")
    assert page.run("document.getElementById('fold').textContent") == "收起全部来源"


@pytest.mark.parametrize("width", [360, 414, 768, 1024])
def test_narrow_screens(chromium: Browser, tmp_path: Path, width: int) -> None:
    """窄屏不用左右拖，连没有空格的长串、打开的来源也不撑破。"""
    path = tmp_path / "窄.html"
    path.write_text(html(told(WORDS)), "utf-8")
    chromium.open(path, width=width, height=740)
    chromium.run("document.getElementById('fold').click()")
    assert chromium.run("document.documentElement.scrollWidth") <= width
    wide = chromium.run(
        f"[...document.querySelectorAll('main *')].filter(n => n.getBoundingClientRect().right > {width}"
        " && getComputedStyle(n).position !== 'absolute').map(n => n.outerHTML.slice(0, 80))"
    )
    assert wide == []


def test_without_script_everything_is_there(chromium: Browser, report: Path) -> None:
    """没有脚本：筛选不露面，来源全打开，一项不少。"""
    chromium.open(report, script=False)
    assert len(listed(chromium)) == 101
    assert chromium.run("document.getElementById('filter').offsetParent") is None
    assert chromium.run("document.querySelectorAll('details:not([open])').length") == 0
    text = chromium.run("document.body.innerText")
    for entry in (e for e in example("各种状态").entries if e.field == "value"):
        assert entry.sha256 in text
        assert f"{entry.sheet}!{entry.cell}" in text


def test_hostile_text_does_nothing(chromium: Browser, tmp_path: Path) -> None:
    """脚本、图片、标记写在文字里，就是那几个字。"""
    path = tmp_path / "恶.html"
    path.write_text(html(told(EVIL)), "utf-8")
    chromium.open(path)
    chromium.run("document.getElementById('fold').click()")
    assert chromium.run("window.hit") is None
    assert chromium.requested == [path.as_uri()]
    assert EVIL in chromium.run("document.body.innerText")
    assert chromium.complaints == []


def test_words_can_be_read(page: Browser) -> None:
    """每一处文字与它底色的对比不低于 4.5（大字 3）。"""
    page.run("document.getElementById('fold').click()")
    pairs = page.run(
        """(() => {
          const seen = new Map();
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const node = walk.currentNode.parentElement;
            if (!walk.currentNode.data.trim() || node.closest('script,style,title')) continue;
            const look = getComputedStyle(node);
            const ink = node.closest('svg') ? look.fill : look.color;
            let back = node;
            while (back && getComputedStyle(back).backgroundColor === 'rgba(0, 0, 0, 0)')
              back = back.parentElement;
            const paper = back ? getComputedStyle(back).backgroundColor : 'rgb(255, 255, 255)';
            const big = parseFloat(look.fontSize) >= 24;
            seen.set(ink + paper + big, [ink, paper, big, walk.currentNode.data.trim().slice(0, 20)]);
          }
          return [...seen.values()];
        })()"""
    )
    assert len(pairs) > 15
    for ink, paper, big, text in pairs:
        assert contrast(hexed(ink), hexed(paper)) >= (3 if big else 4.5), (text, ink, paper)


def hexed(colour: str) -> str:
    parts = colour.removeprefix("rgb(").removesuffix(")").split(", ")
    return "".join(f"{int(part):02X}" for part in parts)


def printed(page: Browser, folder: Path) -> tuple[list[str], str]:
    """打成 PDF 以后各页的字，和文件信息。"""
    path = folder / "页.pdf"
    path.write_bytes(page.pdf())
    info = subprocess.run(["pdfinfo", path], capture_output=True, check=True, text=True).stdout
    text = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True
    ).stdout
    return text.split("\f")[:-1], info


need_reader = pytest.mark.skipif(
    not (shutil.which("pdftotext") and shutil.which("pdfinfo")),
    reason="没有 pdftotext，不能核对打印",
)


@need_reader
def test_printed_on_a4(page: Browser, tmp_path: Path) -> None:
    """打印：A4，没有筛选框和按钮，表头每页重印，每页有页码，没有空白页。"""
    pages, info = printed(page, tmp_path)
    assert "A4" in info
    assert 15 < len(pages) < 40
    whole = "\n".join(pages)
    for gone in ("清除筛选", "展开全部来源", "跳到正文", "名称、原因、措施", "数据来源和判断过程"):
        assert gone not in whole
    for number, text in enumerate(pages, 1):
        last = [line for line in text.splitlines() if line.strip()]
        assert last[-1].replace(" ", "") == f"—{number}—"
        assert len(last) > 3, number
    stones = [text for text in pages if "各季状态和依据" in text]
    rows = [text for text in pages if "M01-1 " in text or "M23-2 " in text]
    assert len(stones) >= 3
    assert rows[0] in stones
    assert rows[-1] in stones
    assert len(shown(example("各种状态")).milestones) == sum(
        f"{m.id} " in whole for m in example("各种状态").plan.milestones
    )


@need_reader
def test_a_table_head_is_never_alone_at_the_foot_of_a_page(page: Browser, tmp_path: Path) -> None:
    """前面的话长一点短一点，表题、表头和第一行总在同一页。"""
    page.run(
        """(() => {
          const spare = document.createElement('div');
          spare.id = 'spare';
          document.body.replaceChildren(spare, document.querySelector('table.main'));
        })()"""
    )
    starts = set()
    for height in range(840, 980, 10):
        page.run(f"document.getElementById('spare').style.height = '{height}px'")
        pages, _ = printed(page, tmp_path)
        (start,) = [n for n, text in enumerate(pages) if "表1" in text]
        assert "4.99" in pages[start], height
        starts.add(start)
    assert starts == {0, 1}  # 两种情形都试到了


@need_reader
def test_only_what_is_open_or_chosen_is_printed(page: Browser, tmp_path: Path) -> None:
    """打开的来源打出来；筛选过的只打筛出的，并写明筛的是什么。"""
    ids = {a.name: a.id for a in example("各种状态").plan.agencies}
    choose(page, "by-agency", ids["市文化和旅游局"])
    page.run("location.hash = '#I08-src'")
    page.run("new Promise(done => setTimeout(done, 100))")
    pages, _ = printed(page, tmp_path)
    whole = "\n".join(pages).replace(" ", "")
    assert "以下只列筛选出的事项（市文化和旅游局）" in whole
    assert "SHA-256" in whole
    assert "有效注册商标量" not in "\n".join(pages[1:3])
