"""问题目录：每种问题的两句话。"""

import re
from string import Formatter

import pytest

from ipmeasures.problem import CATALOGUE, Place, Severity, for_agency, problem, refused, sentence

# 句子里可以出现的外文：文件格式、本程序的命令和编号
KNOWN = {
    "xlsx", "xls", "et", "Excel", "WPS", "ipm", "form", "consolidated", "confirm", "settings", "import",
    "unlock", "send", "back", "why",
}  # fmt: skip


def words_of(code: str) -> set[str]:
    """两句话里要填的词。"""
    kind = CATALOGUE[code]
    parts = (*Formatter().parse(kind.says), *Formatter().parse(kind.fix))
    return {name for _, name, _, _ in parts if name}


@pytest.mark.parametrize("code", CATALOGUE)
def test_both_sentences_are_chinese(code: str) -> None:
    """一句是什么，一句怎么改；都是中文，Windows 的中文控制台（GBK）印得出，句末不带句号。"""
    kind = CATALOGUE[code]
    for text in (kind.says, kind.fix):
        plain = re.sub(r"\{\w+\}", "", text)
        assert set(re.findall(r"[A-Za-z]{2,}", plain)) <= KNOWN, text
        assert not text.endswith(("。", "！", "."))
        text.encode("gbk")
    assert re.fullmatch(r"[a-z_]+(\.[a-z_]+)?", code)
    assert kind.fix


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_sentence_can_be_filled(code: str) -> None:
    """填好词的句子里没有剩下的花括号；代码、轻重、位置、事项、值都带着。"""
    words = dict.fromkeys(words_of(code) - {"item", "raw", "value"}, "甲")
    found = problem(code, Place("指标数据", "J4"), item="I01", value=7.2, **words)
    assert not re.search(r"[{}]", found.message + found.fix)
    assert found.code == code.partition(".")[0]
    assert (found.severity, found.item) == (CATALOGUE[code].severity, "I01")
    assert (str(found.place), found.value) == ("指标数据!J4", "7.2")


def test_words_with_braces_are_not_filled_again() -> None:
    """单位填的内容里有花括号，照样印出来，不当成要填的词。"""
    found = problem("not_a_number", Place(), value="{item}", hint="")
    assert "“{item}”不是数字" in found.message


def test_only_errors_refuse_a_file() -> None:
    """有一个错误整份不收；提醒和说明不拦；轻重只由目录定。"""
    note = problem("legacy_format", Place())
    warning = problem("looks_like_date", Place())
    error = problem("case_untitled", Place())
    assert not refused(())
    assert not refused((note, warning))
    assert refused((note, warning, error))


def test_the_other_cells_are_not_the_first_again() -> None:
    """要一起看的格里，不再说一遍问题所在的那一格。"""
    here, there = Place("指标数据", "J4"), Place("指标数据", "L4")
    found = problem("duplicate_row", here, item="I01", also=(here, there), other=there)
    assert found.also == (there,)


def test_an_agency_has_no_commands() -> None:
    """说给单位的话里没有 ipm 命令；要确认的，请单位写明理由。"""
    words = dict.fromkeys(words_of("magnitude_suspect"), "甲")
    suspect = problem("magnitude_suspect", Place(), **words | {"item": "I09"})
    assert for_agency(suspect.fix) == "请按甲填写；若确实无误，请在“说明”列写明理由，由办公室确认"
    changed = problem("many_changed", Place(), quarter="2023Q3", total=7)
    assert "ipm" in changed.fix
    assert for_agency(changed.fix).endswith("并请办公室退回这一张、把 2023Q3 原来的表再收一次")


@pytest.mark.parametrize("code", CATALOGUE)
def test_no_problem_tells_an_agency_a_command(code: str) -> None:
    """退回表、回执是给单位的：哪一种问题的哪一句，都没有办公室的命令和选项。"""
    kind = CATALOGUE[code]
    for told in (kind.says, for_agency(kind.fix)):
        assert "ipm" not in told
        assert "--" not in told


@pytest.mark.parametrize(
    ("text", "said"), [("请核对", "请核对。"), ("是否为 44？", "是否为 44？"), ("好。", "好。")]
)
def test_a_sentence_ends_once(text: str, said: str) -> None:
    """句末没有标点的补句号，有的不再加。"""
    assert sentence(text) == said


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("指标数据", "J4"), "指标数据!J4"),
        (Place("指标数据"), "指标数据"),
        (Place("", "J4"), "J4"),
        (Place(), ""),
    ],
)
def test_place(place: Place, said: str) -> None:
    """有表有格写“表!格”，有一样写一样，整个文件的不写。"""
    assert str(place) == said


def test_severity_labels() -> None:
    """三种轻重的叫法。"""
    assert [s.label for s in Severity] == ["错误", "提醒", "说明"]
