"""真实的 data/ 与公文逐项相符；事实打在 tests/plan/facts.py 里。"""

import datetime as dt
from decimal import Decimal

import pytest

from ipmeasures.plan.model import Thresholds
from ipmeasures.plan.names import find_agency
from ipmeasures.plan.owed import agencies_owing
from ipmeasures.quarter import Quarter
from tests.plan import facts, real_plan

PLAN = real_plan()


def test_the_document_itself() -> None:
    """标题、文号、日期、起止年照公文。"""
    document = PLAN.document
    assert (document.title, document.number) == (facts.TITLE, facts.NUMBER)
    assert document.issued_on == dt.date(2021, 11, 9)
    assert document.issuer == "威海市知识产权战略实施工作专项小组办公室"
    assert (document.base_year, document.target_year) == (2020, 2025)


def test_seven_sections() -> None:
    """七个部分，标题照公文。"""
    assert [(s.number, s.title) for s in PLAN.sections] == list(enumerate(facts.SECTIONS, 1))


def test_twenty_agencies() -> None:
    """公文点名的 20 家，全有事项要报；成员暂以它们为准。"""
    assert sorted(a.name for a in PLAN.agencies) == sorted(facts.AGENCIES)
    assert len(PLAN.agencies) == len({a.id for a in PLAN.agencies}) == 20
    assert set(agencies_owing(PLAN)) == set(PLAN.settings.members) == set(facts.AGENCIES)


def test_every_measure_is_there() -> None:
    """23 条，不多不少，按公文的次序。"""
    assert [m.id for m in PLAN.measures] == list(facts.MEASURES)


@pytest.mark.parametrize("key", facts.MEASURES)
def test_measure(key: str) -> None:
    """标题、部分、责任单位与公文一字不差；任务一条不少，一条不多，没有空话和重复。"""
    section, title, owners, tasks = facts.MEASURES[key]
    measure = PLAN.measure_by_id[key]
    assert (measure.section, measure.title) == (section, title)
    assert measure.collective == (owners == facts.ALL)
    assert measure.agencies == (() if measure.collective else facts.named(owners))
    assert set(PLAN.responsible(measure)) == set(facts.named(owners))
    assert measure.lead is None, "公文没有写牵头单位"
    figures = [c for c in PLAN.commitments if c.measure == key]
    assert len(measure.tasks) + len(figures) == tasks
    assert len(set(measure.tasks)) == len(measure.tasks)


def test_tasks_in_all() -> None:
    """139 条任务，量化任务在内。"""
    assert sum(row[3] for row in facts.MEASURES.values()) == facts.TASKS
    assert sum(len(m.tasks) for m in PLAN.measures) + len(PLAN.commitments) == facts.TASKS


def test_every_indicator_is_there() -> None:
    """11 个指标；表格在第 7 行后断页，仍是 11 行。"""
    assert [i.id for i in PLAN.indicators] == list(facts.INDICATORS)


@pytest.mark.parametrize("key", facts.INDICATORS)
def test_indicator(key: str) -> None:
    """名称、单位、基期值、预期值照指标表；全是预期性、越大越好；4.23% 录作 4.23、单位 %。"""
    name, unit, baseline, target = facts.INDICATORS[key]
    item = next(i for i in PLAN.indicators if i.id == key)
    assert (item.name, item.how.unit) == (name, unit)
    assert (item.baseline, item.target) == (Decimal(baseline), Decimal(target))
    assert (item.attribute, item.direction.value) == ("预期性", "rising")
    assert item.amendments == ()


def test_every_commitment_is_there() -> None:
    """10 个量化任务；337、301、4.26、七大产业集群之类不是。"""
    assert [c.id for c in PLAN.commitments] == list(facts.COMMITMENTS)


@pytest.mark.parametrize("key", facts.COMMITMENTS)
def test_commitment(key: str) -> None:
    """单位、要求、数、期限、与哪个指标同一个数，以及原文的语气。"""
    unit, rule, figures, cadence, same_as, words = facts.COMMITMENTS[key]
    item = next(c for c in PLAN.commitments if c.id == key)
    assert (item.measure, item.how.unit) == (key[:3], unit)
    assert (item.rule.value, item.cadence.value) == (rule, cadence)
    assert item.figures == tuple(map(Decimal, figures.split()))
    assert item.same_as == same_as
    assert words in item.wording


@pytest.mark.parametrize("key", facts.REPORTED)
def test_how_a_figure_is_reported(key: str) -> None:
    """性质、发布、路径、小数位、容差、填报单位照办公室设定。"""
    item = next(i for i in PLAN.figure_items if i.id == key)
    how = item.how
    said = (how.nature.value, how.release.value, how.path.value, how.decimals)
    assert said == facts.REPORTED[key]
    assert how.tolerance == Decimal(facts.TOLERANCES.get(key, "0"))
    assert how.reporters == tuple(facts.REPORTERS.get(key, facts.MARKET).split("、"))
    assert how.combine == ("sum" if len(how.reporters) > 1 else None)


def test_every_asked_figure_has_a_prompt() -> None:
    """要问的数都有口径提示，放得进 Excel 的输入提示（255 字）。"""
    assert [i.id for i in PLAN.asked_items] == list(facts.asked())
    for item in PLAN.asked_items:
        assert 5 < len(item.how.prompt) < 240, item.id


def test_milestones_once_and_yearly() -> None:
    """A 类 36 项一次销号，B 类 21 项每年重来；C 类不作里程碑；编号接着量化任务往下排。"""
    assert [m.id for m in PLAN.milestones if not m.recurring] == facts.ONCE
    assert [m.id for m in PLAN.milestones if m.recurring] == facts.YEARLY
    assert (len(facts.ONCE), len(facts.YEARLY)) == (36, 21)
    for measure in PLAN.measures:
        parts = [i for i in (*PLAN.commitments, *PLAN.milestones) if i.measure == measure.id]
        assert [int(i.id[4:]) for i in parts] == list(range(1, len(parts) + 1)), measure.id


@pytest.mark.parametrize(("key", "reporters"), facts.milestone_reporters().items())
def test_milestone(key: str, reporters: tuple[str, ...]) -> None:
    """填报单位照办公室设定，都是本措施的责任单位；公文没有日期，所以一项也不写日期。"""
    item = next(m for m in PLAN.milestones if m.id == key)
    assert item.measure == key[:3]
    assert set(item.reporters) == set(reporters)
    assert set(reporters) <= set(facts.named(facts.MEASURES[key[:3]][2]))
    assert item.due is None
    assert item.wording


def test_one_milestone_under_two_measures() -> None:
    """措施 2、5 的同一句只记一次，两处显示。"""
    shared = [(m.id, m.also_under) for m in PLAN.milestones if m.also_under]
    assert shared == [("M02-3", ("M05",))]


def test_settings_of_the_office() -> None:
    """公文没有规定的：首个应报季度、时限、判定界线，取默认值。"""
    assert PLAN.settings.first_quarter == Quarter(2021, 4)
    assert PLAN.settings.due_days == 10
    assert PLAN.settings.thresholds == Thresholds()


@pytest.mark.parametrize(
    "items",
    [("I03", "M15-2"), ("I06", "M08-1"), ("I09", "M10-1"), ("M02", "M05"), ("M21",), ("M12",)],
)
def test_contradictions_of_the_document_are_told(items: tuple[str, ...]) -> None:
    """公文自身的矛盾和缺陷都列着，不代为取舍。"""
    assert any(set(items) <= set(flaw.items) for flaw in PLAN.flaws)


def test_flawed_words_stand_as_written() -> None:
    """“权力分享”“大力版权产业”照录，不悄悄改正。"""
    tasks = "".join(task for m in PLAN.measures for task in m.tasks)
    assert "权力分享" in tasks
    assert "大力版权产业" in tasks
    assert "权利分享" not in tasks
    assert {f for flaw in PLAN.flaws for f in flaw.items} >= {"M01", "M12"}


@pytest.mark.parametrize(("written", "name"), facts.ALIASES.items())
def test_alias(written: str, name: str) -> None:
    """习惯叫法和更名后的名称都认得出是哪一家。"""
    named = find_agency(PLAN, written)
    assert named is not None
    assert named.agency.name == name


@pytest.mark.parametrize("name", facts.AGENCIES)
def test_agency_is_found_by_its_names(name: str) -> None:
    """公文里的名称和全称都认得；全称以威海、中国、中华人民共和国起头。"""
    agency = PLAN.agency_by_name[name]
    for written in (name, agency.full_name, f" {name[:2]} {name[2:]}　"):
        named = find_agency(PLAN, written)
        assert named is not None
        assert named.agency == agency
    assert agency.full_name.startswith(("威海", "中国", "中华人民共和国"))


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("市地方金融监管局", dt.date(2023, 12, 31), dt.date(2024, 1, 1)),
        ("威海银保监分局", dt.date(2023, 7, 19), dt.date(2023, 7, 20)),
        ("人民银行威海市中心支行", dt.date(2023, 8, 17), dt.date(2023, 8, 18)),
    ],
)
def test_renamings_are_dated_and_marked(name: str, before: dt.date, after: dt.date) -> None:
    """三家更名，注明待核；更名之日起旧名才算旧。"""
    agency = PLAN.agency_by_name[name]
    assert ["待核" in r.note for r in agency.renamed] == [True]
    outdated = [find_agency(PLAN, name, day) for day in (before, after)]
    assert [found is not None and found.outdated for found in outdated] == [False, True]
