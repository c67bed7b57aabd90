"""改 YAML 原文：改到的行才变，注释、次序、引号、换行写法都留着。"""

import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipmeasures.errors import UsageError
from ipmeasures.plan.edit import Edit, Value, rewritten
from ipmeasures.plan.source import Trail, read_source
from tests.plan import MEASURES, TARGETS

TEXT = """\
# 开头的话
agencies:
  - id: a
    name: 甲
    office:
      full_name: '甲局'
      # 待核
      aliases: [甲一, "甲二"]   # 简称
      renamed:
        # 只知年份
        - {name: 乙, since: 2024-01-01, note: 待核}

  # 下一家
  - id: b
    name: 012
    office:
      full_name: yes
      aliases:
        - 丙一   # 常用
        # 少用
        - 丙二
        - 丙三
      phone: 010
      prompt: |
        一行
        两行

measures:
  - id: M02
    office: {lead: 甲, due: 2025-06-30}
    waypoints: {}
    tasks:
      - x
    milestones:
      - id: M02-2
        office:
          reporters: members
          due: 2025-06-30
      # 措施5有同一句
      - id: M02-3
        rate: 0.60
"""
A, B, M = ("agencies", 0, "office"), ("agencies", 1, "office"), ("measures", 0)


def edited(text: str, *edits: tuple[Trail, Value | None], after: str = "") -> str:
    """改好的原文。"""
    every = [Edit("measures", trail, value, after) for trail, value in edits]
    return rewritten("data/x.yaml", text.encode(), every).decode()


def changed(text: str, new: str) -> list[str]:
    """前后不同的行，前面是 - 或 +。"""
    lines = difflib.unified_diff(text.splitlines(), new.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:2] not in ("--", "++", "@@")]


CASES: list[tuple[str, list[tuple[Trail, Value | None]], list[str]]] = [
    ("换一个词", [((*M, "milestones", 1, "rate"), "0.7")], ["-        rate: 0.60", "+        rate: 0.7"]),
    ("单引号留着", [((*A, "full_name"), "新甲局")], ["-      full_name: '甲局'", "+      full_name: '新甲局'"]),
    ("要引号的加引号", [((*B, "phone"), "a: b")], ["-      phone: 010", "+      phone: 'a: b'"]),
    ("空字样加引号", [((*B, "phone"), "null")], ["-      phone: 010", "+      phone: 'null'"]),
    ("冒号开头的加引号", [((*A, "aliases"), ("甲一", ":甲"))], ['-      aliases: [甲一, "甲二"]   # 简称', "+      aliases: [甲一, ':甲']   # 简称"]),
    ("像项名的加引号", [((*B, "aliases"), ("丙一", "丙二", "abc：丙"))], ["-        - 丙三", "+        - 'abc：丙'"]),
    ("换行写成一行", [((*B, "phone"), "一\n二")], ["-      phone: 010", '+      phone: "一\\n二"']),
    ("多行的文字换成一行", [((*B, "prompt"), "一行")], ["-      prompt: |", "-        一行", "-        两行", "+      prompt: 一行"]),
    ("方括号里的名单，引号、行尾的注释留着", [((*A, "aliases"), ("甲二", "甲三"))], ['-      aliases: [甲一, "甲二"]   # 简称', '+      aliases: ["甲二", 甲三]   # 简称']),
    ("一行一项的名单，去一项", [((*B, "aliases"), ("丙一", "丙三"))], ["-        - 丙二"]),
    ("一行一项的名单，加在中间", [((*B, "aliases"), ("丙一", "新", "丙二", "丙三"))], ["+        - 新"]),
    ("一行一项的名单，加在最前", [((*B, "aliases"), ("新", "丙一", "丙二", "丙三"))], ["+        - 新"]),
    ("一行一项的名单，换两项、加一项", [((*B, "aliases"), ("丙一", "x", "y", "z"))], ["-        - 丙二", "-        - 丙三", "+        - x", "+        - y", "+        - z"]),
    ("词换成名单", [((*M, "milestones", 0, "office", "reporters"), ("甲", "乙"))], ["-          reporters: members", "+          reporters: [甲, 乙]"]),
    ("名单换成词", [((*A, "aliases"), "members")], ['-      aliases: [甲一, "甲二"]   # 简称', "+      aliases: members   # 简称"]),
    ("一行一项的名单换成词", [((*B, "aliases"), "members")], ["-      aliases:", "-        - 丙一   # 常用", "-        # 少用", "-        - 丙二", "-        - 丙三", "+      aliases: members"]),
    ("加两项，在最后，后面的空行注释不动", [((*A, "contact"), "张三"), ((*A, "phone"), "1")], ["+      contact: 张三", "+      phone: 1"]),
    ("去掉最后一项，后面的注释不动", [((*M, "milestones", 0, "office", "due"), None)], ["-          due: 2025-06-30"]),
    ("去掉一项，它上面的注释不动", [((*A, "aliases"), None)], ['-      aliases: [甲一, "甲二"]   # 简称']),
    ("去掉最后一项，同时加一项", [((*B, "prompt"), None), ((*B, "contact"), "李四")], ["+      contact: 李四", "-      prompt: |", "-        一行", "-        两行"]),
    ("花括号里加一项", [((*A, "renamed", 0, "x"), "y, z")], ["-        - {name: 乙, since: 2024-01-01, note: 待核}", "+        - {name: 乙, since: 2024-01-01, note: 待核, x: 'y, z'}"]),
    ("花括号里去掉最后一项", [((*A, "renamed", 0, "note"), None)], ["-        - {name: 乙, since: 2024-01-01, note: 待核}", "+        - {name: 乙, since: 2024-01-01}"]),
    ("花括号里去掉第一项", [((*M, "office", "lead"), None)], ["-    office: {lead: 甲, due: 2025-06-30}", "+    office: {due: 2025-06-30}"]),
    ("花括号里去一项、加一项", [((*M, "office", "due"), None), ((*M, "office", "x"), "1")], ["-    office: {lead: 甲, due: 2025-06-30}", "+    office: {lead: 甲, x: 1}"]),
    ("空花括号里加一项", [((*M, "waypoints", "2022"), "6")], ["-    waypoints: {}", "+    waypoints: {2022: 6}"]),
    ("一行一项的列表添一组项", [((*A, "renamed", 1), {"name": "丙", "since": "2025-01-01"})], ["+        - {name: 丙, since: 2025-01-01}"]),
    ("去掉整个列表，连同里面的注释", [((*A, "renamed"), None)], ["-      renamed:", "-        # 只知年份", "-        - {name: 乙, since: 2024-01-01, note: 待核}"]),
    ("没有的列表，加上", [((*B, "renamed"), ({"name": "丁", "since": "2025-01-01"},))], ["+      renamed:", "+        - {name: 丁, since: 2025-01-01}"]),
    ("一组项，加在指定的一项之后", [((*M, "milestones", 1, "office"), {"lead": "甲"})], ["+        office: {lead: 甲}"]),
]  # fmt: skip


@pytest.mark.parametrize("break_", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(("name", "edits", "lines"), CASES, ids=[case[0] for case in CASES])
def test_only_the_lines_of_the_change_differ(
    name: str, edits: list[tuple[Trail, Value | None]], lines: list[str], break_: str, mark: str
) -> None:
    """改一处只变那几行；文件头的记号、换行的写法照旧。"""
    del name
    text = mark + TEXT.replace("\n", break_)
    new = edited(text, *edits)
    assert sorted(changed(text, new)) == sorted(lines)
    assert new.startswith(mark)
    assert new.count("\n") == new.count(break_)


def test_added_after_the_named_item() -> None:
    """指定了加在谁之后的，紧接在它下面。"""
    new = edited(TEXT, ((*M, "milestones", 1, "office"), {"lead": "甲"}), after="id")
    assert "      - id: M02-3\n        office: {lead: 甲}\n        rate: 0.60\n" in new


def test_a_file_without_a_last_line_break() -> None:
    """最后一行没有换行的，也加得上、去得掉。"""
    text = TEXT.rstrip("\n")
    assert edited(text, ((*M, "milestones", 1, "x"), "1")) == f"{text}\n        x: 1"
    assert edited(text, ((*M, "milestones", 1, "rate"), None)).endswith("- id: M02-3\n")


def test_nothing_to_change() -> None:
    """没有改动的，原样。"""
    assert rewritten("x", b"\xff not even text", ()) == b"\xff not even text"


REFUSED: list[tuple[str, str, Trail, Value | None]] = [
    ("多行的名单里有注释", "a: [甲, # 一\n  乙]\n", ("a",), ("丙",)),
    ("与短横同一行的第一项", "a:\n  - b: 1\n    c: 2\n", ("a", 0, "b"), None),
    ("上级不是一组项", "a: 1\n", ("a", "b"), "2"),
    ("去掉没有的一项", "a: {b: 1}\n", ("a", "c"), None),
    ("没有上级", "a: {b: 1}\n", ("x", "y"), "2"),
    ("去掉唯一的一项", "a:\n  b: 1\nc: 2\n", ("a", "b"), None),
    ("读不通", "a: [1\n", ("a",), "2"),
    ("写成锚点才读得通的", "a: 1\n---\nb: 2\n", ("a",), "2"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "trail", "value"), REFUSED, ids=[r[0] for r in REFUSED])
def test_what_cannot_be_changed_is_said(
    name: str, text: str, trail: Trail, value: Value | None
) -> None:
    """写法特别、改不准的，说是哪个文件，什么也不写。"""
    del name
    with pytest.raises(UsageError, match=r"data/x\.yaml.*写法特别，程序改不了，什么也没有写"):
        edited(text, (trail, value))


def test_everything_removed_beside_an_addition() -> None:
    """一组项全去掉又要加的、两处改动交叠的，改不准，不改。"""
    with pytest.raises(UsageError, match=r"x\.yaml:2 "):
        edited("a:\n  b: 1\n", (("a", "b"), None), (("a", "c"), "2"))
    with pytest.raises(UsageError, match=r"x\.yaml:"):
        edited(TEXT, (A, None), ((*A, "full_name"), "x"))


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).filter(lambda word: word == word.strip())  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(WORDS, st.lists(WORDS, min_size=1, max_size=4))
def test_any_text_is_written_so_that_it_is_read_back(word: str, names: list[str]) -> None:
    """什么字写进去，读出来还是什么字：引号、冒号、井号、短横、表情都不怕。"""
    edits: list[tuple[Trail, Value | None]] = [
        ((*A, "full_name"), word),
        ((*A, "contact"), word),
        ((*A, "aliases"), tuple(names)),
        ((*B, "aliases"), tuple(names)),
        ((*A, "renamed", 1), {"name": word}),
    ]
    new = edited(TEXT, *edits)
    tree = read_source("x", new.encode())[0].tree
    first, second = (agency["office"] for agency in tree["agencies"])
    assert (first["full_name"], first["contact"], first["renamed"][1]) == (word, word, {"name": word})  # fmt: skip
    assert first["aliases"] == second["aliases"] == names


@settings(deadline=None, max_examples=20)
@given(st.data())
def test_real_files_change_only_where_asked(data: st.DataObject) -> None:
    """真的计划文件：改任何一个词，只变那一行。"""
    text = data.draw(st.sampled_from((MEASURES, TARGETS)))
    trails = _scalars(read_source("x", text.encode())[0].tree)
    trail = data.draw(st.sampled_from(trails))
    new = edited(text, (trail, "新的字"))
    lines = changed(text, new)
    assert len(lines) <= 2
    assert all("新的字" in line for line in lines if line.startswith("+"))


def _scalars(tree: object, trail: Trail = ()) -> list[Trail]:
    if isinstance(tree, str):
        return [trail]
    items = tree.items() if isinstance(tree, dict) else enumerate(tree)  # type: ignore[arg-type]
    return [found for key, child in items for found in _scalars(child, (*trail, key))]
