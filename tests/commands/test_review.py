"""几年的中期评估：各项走到哪里、为什么慢、会怎样；缺的历史点名，不作零计。"""

import re
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT

from ipmeasures.report.template_check import names_used
from tests.commands.conftest import Fill, Run, figures
from tests.report.samples import TEMPLATES

BUREAU = "市市场监管局"


@pytest.fixture
def history(ipm: Run, filled: Fill) -> Run:
    """三年年底的数；I11 一直慢，历次写了原因；I03 缺 2022 年。"""
    for year, i01, i03, i11, why in (
        (2021, "6.0", "40", "10", "样例：资质审批慢"),
        (2022, "7.2", "", "11", "样例：资质审批慢"),
        (2023, "8.5", "45", "11", "样例：人才不足"),
    ):
        answers = figures(I01=i01, I11=i11, M10_2="139", **({"I03": i03} if i03 else {}))
        answers["指标数据"]["I11"] |= {"滞后原因": why, "下一步措施": f"样例：{year}年加快培育"}
        path = filled(BUREAU, f"{year}Q4", answers)
        told = ipm("ingest", path, "--received", f"{year + 1}-01-05")
        assert told.status == 0, told.out
    return ipm


@pytest.fixture
def text(history: Run, home: Path) -> str:
    told = history("report", "--from", "2021", "--to", "2023")
    assert told.status == 0, told.err
    return (home / "reports" / "2021-2023-中期评估.md").read_text("utf-8")


def test_items_and_sections_are_counted(text: str) -> None:
    """按事项、按公文的七个部分数；合计对得上。"""
    assert "2021—2023年实施情况中期评估报告" in text
    assert "截至2023年12月底" in text
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in text.split("表1")[1].split("表2", maxsplit=1)[0].splitlines()
        if line.startswith("|")
    ][2:]
    numbers = [[int(cell) for cell in row[1:]] for row in rows]
    assert all(sum(row[1:]) == row[0] for row in numbers)
    assert [sum(column) for column in zip(*numbers[:-1], strict=True)] == numbers[-1]
    assert numbers[-1][0] == 11 + 10 + 57 + 23


def test_by_hand(text: str) -> None:
    """I01：(8.5-4.99)/(10.02-4.99)=69.8%，序时 12/20=60%，超序时；I11 只走了 1/8=12.5%。"""
    assert (
        "| 每万人口高价值发明专利拥有量 | 件 | 10.02 | 2023年12月底 | 8.50 | 69.8% | 60% | +9.8 | 超序时 |"
        in text
    )
    assert "12.5%" in text
    assert "| 每万人口高价值发明专利拥有量 | 件 | 4.99 | 6.00 | 7.20 | 8.50 | +18.1% |" in text


def test_causes_are_those_the_agencies_gave(text: str) -> None:
    """主要原因照历次所报，新的在前，说过的不重复；措施只列最近的；没有人写的说没有。"""
    cause = text.split("专利代理服务机构（")[1].split("###", maxsplit=1)[0]
    assert cause.index("人才不足") < cause.index("资质审批慢")
    assert cause.count("资质审批慢") == 1
    assert "（2023年第四季度，市市场监管局）：样例：2023年加快培育" in cause
    assert "2021年加快培育" not in cause


def test_missing_history_is_named_never_zero(text: str) -> None:
    """缺的年份点名，表里是“—”；缺一年的累计不判进度。"""
    gap = text.split("## 六")[1]
    assert "知识产权质押融资金额（2022年）" in gap
    assert "海外发明专利授权量（2021年、2022年、2023年）" in gap
    assert "每万人口高价值发明专利拥有量（" not in gap
    assert "| 知识产权质押融资金额 | 亿元 | 33 | 40.00 | — | 45.00 |" in text


def test_it_reads_as_sent_to_the_city(text: str) -> None:
    """措施论条；没有办公室自己用的话；没有基期值的，完成率注明是目标完成率。"""
    assert re.search(r"\n23条措施中，.*条。\n", text)
    assert "补录表" not in text
    assert re.search(r"马德里商标国际注册总量.*\d%（目标） \| — \|", text)


def test_outlook_is_labelled_and_no_verdict(text: str) -> None:
    """预测标明预测，不作结论；不打分，不排名次，没有责备。"""
    outlook = text.split("## 五、预测")[1].split("## 六", maxsplit=1)[0]
    assert "只供参考，不作为评估结论" in outlook
    assert "专利代理服务机构预测：" in outlook
    for word in ("排名", "不力", "重视不够", "问责", "得分为", "总体评价"):
        assert word not in text


def test_word_says_the_same(history: Run, home: Path) -> None:
    """Word 版与 Markdown 版说同样的话，再写一次一字不差。"""
    history("report", "--from", "2021", "--to", "2023")
    path = home / "reports" / "2021-2023-中期评估.docx"
    first = path.read_bytes()
    document = Document(str(path))
    words = "\n".join(p.text for p in document.paragraphs)
    assert "四、未达序时事项和主要原因" in words
    assert "历次所报原因（2023年第四季度，市市场监管局）：样例：人才不足。" in words
    assert len(document.tables) == 3
    assert len(document.tables[2].columns) == 7
    turned = [s.orientation == WD_ORIENT.LANDSCAPE for s in document.sections]
    assert turned == [False, True, False]  # 表2 栏多，横排
    for table, room in zip(document.tables, (156, 225, 156), strict=True):
        assert sum(column.width.mm for column in table.columns) <= room + 1
    history("report", "--from", "2021", "--to", "2023")
    assert path.read_bytes() == first


def test_both_templates_name_the_same_facts() -> None:
    """两种模板印的名字相同；灯的颜色只在 Word 里用。"""
    word, plain = (names_used(TEMPLATES / f"review.{kind}") for kind in ("docx", "md.j2"))
    assert word - {"rows[].light"} == plain


def test_a_year_without_returns_yet_ends_earlier(history: Run, home: Path) -> None:
    """末年还没有报表的，评估到有报表的最近一个季度，照实写明。"""
    history("report", "--from", "2021", "--to", "2025", "--format", "md")
    text = (home / "reports" / "2021-2025-中期评估.md").read_text("utf-8")
    assert "截至2023年12月底" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "2021"), "要一起写"),
        (("--from", "2021", "--to", "2023", "--year", "2023"), "要一起写"),
        (("--from", "2020", "--to", "2023"), "不在计划期"),
        (("--from", "2023", "--to", "2021"), "不在计划期"),
        (("--from", "2021", "--to", "2023", "--format", "md,xlsx"), "xlsx"),
        ((), "请写明年份"),
    ],
)
def test_what_cannot_be_asked(ipm: Run, words: tuple[str, ...], said: str) -> None:
    """写不全、写不对的，说清怎么写。"""
    told = ipm("report", *words)
    assert told.status == 2
    assert said in told.err


def test_nothing_behind_nothing_foreseen(ipm: Run, home: Path) -> None:
    """什么都没有报的：照样写得出，照实说没有。"""
    assert ipm("report", "--from", "2021", "--to", "2023", "--format", "md").status == 0
    text = (home / "reports" / "2021-2023-中期评估.md").read_text("utf-8")
    assert "没有未达序时的事项。" in text
    assert "还缺历史数的有19项" in text


@pytest.fixture
def patents(ipm: Run, filled: Fill) -> Run:
    """授权发明专利（每年 500 件以上）：2021 年缺，2022 年 480 件，2023 年 510 件。"""
    for year, count in ((2022, "480"), (2023, "510")):
        answers = figures(M07_1=count)
        told = ipm(
            "ingest", filled(BUREAU, f"{year}Q4", answers), "--received", f"{year + 1}-01-05"
        )
        assert told.status == 0, told.out
    return ipm


def test_a_yearly_commitment_is_told_year_by_year(patents: Run, home: Path) -> None:
    """末年达到了不等于已经达到目标：历年达到没有，逐年说。"""
    assert patents("report", "--from", "2021", "--to", "2023").status == 0
    text = (home / "reports" / "2021-2023-中期评估.md").read_text("utf-8")
    overview = text.split("## 二")[0]
    assert "授权发明专利3年中1年达到（2023年），未达到的为2022年480件，缺2021年的全年数" in overview
    assert "已经达到目标的有：授权发明专利" not in overview
    assert "每年的任务按2023年的数判断" in text
    assert patents("report", "--from", "2023", "--to", "2023").status == 0
    text = (home / "reports" / "2023-2023-中期评估.md").read_text("utf-8")
    assert "已经达到目标的有：授权发明专利" in text.split("## 二")[0]


def test_the_whole_plan_is_no_mid_term(ipm: Run, filled: Fill, home: Path) -> None:
    """评到计划期末的，不叫中期评估。"""
    path = filled(BUREAU, "2025Q4", figures(I01="10.1"))
    assert ipm("ingest", path, "--received", "2026-01-05").status == 0
    assert ipm("report", "--from", "2021", "--to", "2025").status == 0
    text = (home / "reports" / "2021-2025-终期评估.md").read_text("utf-8")
    assert "实施情况终期评估报告" in text
    assert "中期" not in text
