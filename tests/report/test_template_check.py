"""检查模板：每个没有的名字都说，说在哪一段；没有走到的分支里的也说。"""

import shutil
from pathlib import Path

import pytest
from docx import Document

from ipmeasures.errors import UsageError
from ipmeasures.report.template_check import Mistake, check_template, names_used
from tests.report.samples import TEMPLATES


@pytest.fixture
def word(tmp_path: Path) -> Path:
    return Path(shutil.copy(TEMPLATES / "report.docx", tmp_path))


@pytest.fixture
def markdown(tmp_path: Path) -> Path:
    return Path(shutil.copy(TEMPLATES / "report.md.j2", tmp_path))


def add(path: Path, *texts: str) -> None:
    document = Document(str(path))
    for text in texts:
        document.add_paragraph(text)
    document.save(str(path))


def says(path: Path) -> list[str]:
    return [mistake.says for mistake in check_template(path)]


@pytest.mark.parametrize("name", ["report.docx", "report.md.j2"])
def test_our_own_templates_are_clean(name: str) -> None:
    assert check_template(TEMPLATES / name) == ()


def test_both_templates_print_the_same_names() -> None:
    """两份模板说同样的事；只有底色是 Word 才有的。"""
    word, markdown = (names_used(TEMPLATES / n) for n in ("report.docx", "report.md.j2"))
    assert {n for n in word ^ markdown if not n.endswith((".light", "colours"))} == set()


def test_every_unknown_name_is_told_with_its_paragraph(word: Path) -> None:
    text = "本季度的{{ tital }}如下，{{ indicators.leed }}。"
    add(word, text)
    assert check_template(word) == (
        Mistake("用了没有的名字“tital”，是否为 title", text),
        Mistake("用了没有的名字“leed”，是否为 lead", text),
    )


def test_names_in_tables_loops_and_unused_branches_are_seen(word: Path) -> None:
    document = Document(str(word))
    document.tables[0].rows[2].cells[1].paragraphs[0].text = "{{ row.nam }}"
    document.save(str(word))
    add(word, "{%p if commitments.years %}", "{{ commitments.years.headin }}", "{%p endif %}")
    add(word, "{%p for one in lagging %}", "{{ one.reason }}", "{{ loop.indx }}", "{%p endfor %}")
    assert says(word) == [
        "用了没有的名字“nam”，是否为 name",
        "用了没有的名字“headin”，是否为 heading",
        "用了没有的名字“reason”",
        "用了没有的名字“indx”，是否为 index",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{{ number|shout }}", "shout"),
        ("{{ line }}", "line"),
        ("{{ title.first }}", "first"),
        ("{{ opening.upper() }}", "upper"),
        ("{{ '%s' % nmber }}", "nmber"),
        ("{% if not casess %}甲{% endif %}", "casess"),
        ("{% for a, b in titel %}{{ a }}{% endfor %}", "titel"),
        ("{% set x = nothing %}{{ x }}", "nothing"),
    ],
)
def test_each_way_of_naming(markdown: Path, text: str, name: str) -> None:
    markdown.write_text(f"第一行\n{text}\n", "utf-8")
    (mistake,) = check_template(markdown)
    assert f"“{name}”" in mistake.says
    assert mistake.paragraph == text


def test_values_set_in_the_template_are_known(markdown: Path) -> None:
    markdown.write_text("{% set x = number %}{{ x.y }}{{ loop }}", "utf-8")
    assert says(markdown) == ["用了没有的名字“loop”"]


def test_smart_quotes_and_word_marks_are_understood(word: Path) -> None:
    """自动更正成的弯引号、排版工具的记号都不算错。"""
    add(word, "{{ “、”.join(annexes) }}", "{%p if cases %}", "{{ annexes[0] }}", "{%p endif %}")
    assert check_template(word) == ()


@pytest.mark.parametrize("text", ["{{ number 坏", "{% if %}", "{%p for x in title %}没有完"])
def test_broken_marks_are_told_in_chinese(word: Path, text: str) -> None:
    add(word, text)
    (mistake,) = check_template(word)
    assert mistake.says.startswith("标记写错了：")
    assert not any("a" <= c <= "z" for c in mistake.says.replace("endfor", "").replace("endif", "")
                   .replace("for", "").replace("if", ""))  # fmt: skip
    if "%}" not in text:
        assert mistake.paragraph == text
    assert names_used(word) == frozenset()


def test_what_only_shows_when_written_is_found_too(markdown: Path) -> None:
    markdown.write_text("{{ title + 1 }}", "utf-8")
    (mistake,) = check_template(markdown)
    assert "算不出来" in mistake.says
    word = "{{ number.__class__ }}"
    markdown.write_text(word, "utf-8")
    assert "“__class__”" in check_template(markdown)[0].says


def test_missing_and_damaged_templates(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="读不到模板"):
        check_template(tmp_path / "report.docx")
    (tmp_path / "report.docx").write_bytes(b"PK")
    with pytest.raises(UsageError, match="打不开"):
        check_template(tmp_path / "report.docx")
    (tmp_path / "a.md.j2").write_bytes("标题".encode("gbk"))
    with pytest.raises(UsageError, match="UTF-8"):
        check_template(tmp_path / "a.md.j2")
