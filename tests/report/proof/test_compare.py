"""改过的报告和台账的对：只改了字的不响，改了数的逐个说。"""

import pytest

from ipmeasures.report.proof.compare import Difference, compare
from ipmeasures.report.proof.document import Paragraph, Table, Words

NAMES = {"优势企业": "I04", "专利代理机构": "I11", "授权发明专利": "M07-1"}
FIRST = (
    "1.截至2024年9月底，优势企业46家，比2020年增加8家，完成五年增量任务的66.7%，"
    "高于序时进度（58.3%）8.3个百分点，超过序时要求。"
)
SECOND = (
    "2.截至2024年9月底，专利代理机构13家，比2020年增加3家，完成五年增量任务的37.5%，"
    "低于序时进度（75%）37.5个百分点，差距较大，需加快推进。"
)
COUNTS = "11项主要指标中，提前完成2项，超序时3项，未达序时6项。"
HEADS = ("序号", "指标", "本期", "偏差（百分点）")
ROWS = (("1", "优势企业", "46", "+8.3"), ("2", "专利代理机构", "13", "-37.5"))


def words(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ROWS) -> Words:
    told = tuple(Paragraph(n, text) for n, text in enumerate(paragraphs, 1))
    return Words(told, (Table(1, (HEADS, *rows)),))


LEDGER = words(COUNTS, FIRST, SECOND)


def differences(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ROWS) -> list[Difference]:
    return list(compare(words(*paragraphs, rows=rows), LEDGER, NAMES).differences)


def told(found: list[Difference]) -> list[tuple[str, str, str]]:
    return [(one.item, one.written, one.ledger) for one in found]


def test_nothing_changed() -> None:
    """一字未改：每个数都核对了，没有不同。"""
    proof = compare(LEDGER, LEDGER, NAMES)
    assert proof.differences == ()
    assert proof.figures == 4 + 8 + 8 + 4


@pytest.mark.parametrize(
    "text",
    [
        SECOND.replace("差距较大，需加快推进", "要采取有力措施加快推进"),
        SECOND.replace("截至2024年9月底，", "到三季度末，我市"),
        SECOND.replace("37.5%", "３７．５％").replace("13家", "13 家"),
        "专利代理机构较2020年净增3家，总数13家；增量任务完成37.5%，比序时（75%）慢37.5个百分点。",
        "专利代理机构工作要再加力。",
        "",
    ],
)
def test_only_words_changed(text: str) -> None:
    """换了说法、调了次序、删了数、全角半角，都不响。"""
    assert differences(COUNTS, FIRST, text) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("13家", "31家", ("I11", "31", "13")),
        ("37.5%", "73.5%", ("I11", "73.5%", "37.5%")),
        ("37.5个百分点", "37.5%", ("I11", "37.5%", "37.5百分点")),
        ("13家", "13万家", ("I11", "13万", "13")),
        ("9月底", "8月底", ("I11", "8", "9")),
        ("增加3家", "增加8家", ("I11", "8", "3")),
    ],
)
def test_one_figure_changed(old: str, new: str, expected: tuple[str, str, str]) -> None:
    """改了一个数（大小、单位、时点，哪怕改成别处有的数）：说出写的和台账的。"""
    assert told(differences(COUNTS, FIRST, SECOND.replace(old, new))) == [expected]


def test_a_figure_changed_inside_a_rewritten_sentence() -> None:
    """整句重写、里面的数也改了：照事项认，台账里没有的说出来；别的事项的数拿来也不行。"""
    text = "专利代理机构较快发展，总量跃升至46家，净增3家。"
    assert told(differences(COUNTS, FIRST, text)) == [("I11", "46", "")]


def test_a_sentence_of_the_leader_s_own() -> None:
    """新写的句子：里面的数台账里没有，说出来；日期不说。"""
    found = differences(COUNTS, FIRST, SECOND, "2024年10月召开推进会128次。")
    assert told(found) == [("", "128", "")]
    assert found[0].place == "正文第4段"


def test_counts_of_the_overview() -> None:
    """综述里的个数也核。"""
    assert told(differences(COUNTS.replace("6项", "5项"), FIRST, SECOND)) == [("", "5", "6")]


def test_swapped_paragraphs_are_quiet() -> None:
    """段落换了位置，没有毛病。"""
    assert differences(SECOND, COUNTS, FIRST) == []


def test_a_cell_of_a_table() -> None:
    """表里的数：说出表、行、栏。"""
    rows = (("1", "优势企业", "46", "+8.3"), ("2", "专利代理机构", "15", "-37.5"))
    (found,) = differences(COUNTS, FIRST, SECOND, rows=rows)
    assert (found.item, found.written, found.ledger) == ("I11", "15", "13")
    assert found.place == "第1张表“专利代理机构”行“本期”栏"


def test_rows_and_columns_may_move() -> None:
    """删行、换行、删列都不响；行名改了的照事项认。"""
    assert differences(COUNTS, FIRST, SECOND, rows=ROWS[::-1]) == []
    assert differences(COUNTS, FIRST, SECOND, rows=ROWS[:1]) == []
    renamed = (("1", "优势企业（国家级）", "46", "8.3"), ("2", "专利代理机构", "13", ""))
    assert differences(COUNTS, FIRST, SECOND, rows=renamed) == []
    wrong = (("1", "优势企业（国家级）", "13", "8.3"),)
    assert told(differences(COUNTS, FIRST, SECOND, rows=wrong)) == [("I04", "13", "")]


def test_more_figures_than_the_ledger_s_in_a_cell() -> None:
    """一格里多写了数：多出来的、台账那一格里没有的说出来。"""
    rows = (ROWS[0], ("2", "专利代理机构", "13（含新设4）", "-37.5"))
    assert told(differences(COUNTS, FIRST, SECOND, rows=rows)) == [("I11", "4", "13")]


def test_what_the_office_fills_in() -> None:
    """发文字号、成文日期、报告依据一段由办公室和程序填，不核。"""
    filled = (
        "发文字号：威知战发〔2024〕15号",
        "2024年10月20日",
        "本报告依据2024年1月1日的台账生成",
    )
    assert differences(COUNTS, FIRST, SECOND, *filled) == []


def test_empty_tables_and_documents() -> None:
    """空的文档、空的表，没有数可核。"""
    empty = Words((), (Table(1, ()),))
    assert compare(empty, empty, NAMES).figures == 0
    assert compare(empty, LEDGER, NAMES).differences == ()
