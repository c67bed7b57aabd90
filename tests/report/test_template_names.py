"""模板的名字和说明从视图来：一个不少，一句不空。"""

import inspect
from dataclasses import fields, is_dataclass

import pytest

from ipmeasures.report import parts
from ipmeasures.report.docx import render_docx
from ipmeasures.report.markdown import render_markdown
from ipmeasures.report.notice.parts import AskRow, Kind, Notice
from ipmeasures.report.parts import Chart
from ipmeasures.report.template_check import check_template, names_used
from ipmeasures.report.template_names import (
    element,
    meanings,
    members,
    names,
    plain,
    sample,
    view_of,
)
from ipmeasures.report.view import ReportView
from tests.report.samples import TEMPLATES

OURS = [c for _, c in inspect.getmembers(parts, is_dataclass)]
CLASSES = [ReportView, *OURS, Notice, AskRow]


@pytest.mark.parametrize("of", CLASSES, ids=lambda c: c.__name__)
def test_every_field_has_its_meaning(of: type) -> None:
    """说明里的名字与字段一一对应，次序也一样，每个一句整话。"""
    told = meanings(of)
    assert list(told) == [field.name for field in fields(of)]  # type: ignore[arg-type]
    assert all(text.endswith("。") for text in told.values())


def test_every_name_the_view_has_is_listed() -> None:
    paths = [name.path for name in names()]
    assert len(paths) == len(set(paths))
    assert {"title[]", "opening", "indicators.rows[].value", "commitments.years.rows[].years[]",
            "sections[].measures[].paragraphs[]", "lagging[].charts[].caption",
            "corrections[].old", "scope.settings.heading"} <= set(paths)  # fmt: skip
    top = {path.removesuffix("[]") for path in paths if "." not in path}
    assert top == {field.name for field in fields(ReportView)}


def test_types_are_seen_through() -> None:
    kinds = members(ReportView)
    assert element(kinds["opening"]) is None
    assert element(kinds["title"]) is str
    years = members(kinds["commitments"])["years"]
    assert plain(years) is parts.Years
    assert members(str) == {}
    assert members(Chart)["series"]


def test_the_sample_fills_every_part_of_both_templates() -> None:
    shown = sample(ReportView)
    assert shown.commitments.years is not None
    assert len(shown.indicators.charts) == 1
    assert render_docx(shown, TEMPLATES)
    assert render_markdown(shown, TEMPLATES).count("样例") > 100


@pytest.mark.parametrize("kind", list(Kind))
def test_the_sample_fills_every_notice(kind: Kind) -> None:
    """每种文书的模板都写得出来，用的名字都在清单里。"""
    assert view_of(kind.template) is Notice
    assert render_docx(sample(Notice), TEMPLATES, kind.template)
    assert check_template(TEMPLATES / kind.template) == ()
    listed = {name.path.removesuffix("[]") for name in names(Notice)}
    assert {"title", "addressee", "contact"} <= names_used(TEMPLATES / kind.template) <= listed
