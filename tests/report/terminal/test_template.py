"""模板的名字和毛病在终端上：80 列以内，一个名字一行。"""

from ipmeasures.report.template_check import Mistake
from ipmeasures.report.template_names import names
from ipmeasures.report.terminal.layout import width
from ipmeasures.report.terminal.template import check_text, vars_text


def test_every_name_has_a_line_within_eighty_columns() -> None:
    lines = vars_text().splitlines()
    assert max(map(width, lines)) <= 80
    for name in names():
        written = f"{'  ' * name.depth}{name.name}{'[]' if name.many else ''} "
        assert any(line.startswith(written) and name.meaning[:6] in line for line in lines), name


def test_mistakes_one_by_one_with_their_paragraph() -> None:
    told = check_text(
        "report.docx", [Mistake("用了没有的名字“x”", "甲{{ x }}"), Mistake("乙", "")], ()
    )
    assert told.splitlines() == [
        "report.docx：2 处毛病",
        "  用了没有的名字“x”",
        "    在这一段：甲{{ x }}",
        "  乙",
    ]


def test_a_clean_template_says_what_it_does_not_print() -> None:
    every = {name.path.removesuffix("[]") for name in names()}
    assert check_text("r", (), every) == f"r：没有毛病，用了 {len(every)} 个名字"
    told = check_text("r", (), every - {"made", "name", "details[].light"})
    assert told.endswith("；没有印的：made")
