"""造计划、谁该报什么、各种叫法。"""

from decimal import Decimal

import pytest

from ipmeasures.plan.owed import agencies_owing, owed_by
from ipmeasures.plan.terms import Cadence, Nature, Path, Release
from tests.plan import MEASURES, TARGETS, facts, once, plan_of, real_plan

PLAN = real_plan()


def test_optional_settings_are_built() -> None:
    """公文没有、办公室可以写的：牵头、时限、成员、分年节点、调整、无基期、越小越好。"""
    measures = once(
        MEASURES,
        "    agencies: [市科技局, 市市场监管局]\n",
        "    agencies: [市科技局, 市市场监管局]\n    office: {lead: 市科技局}\n",
    )
    measures = once(
        measures,
        "        subject: 开办“专利超市”\n        wording: 开办\n        recurring: false\n        office:\n",
        "        subject: 开办“专利超市”\n        wording: 开办\n        recurring: no\n        office:\n"
        "          due: 2024-06-30\n",
    )
    targets = once(TARGETS, "members: named", "members: [市法院, 市公安局]")
    targets = once(
        targets,
        "    baseline: 4.99\n    target: 10.02\n",
        "    target: 10.02\n    direction: falling\n    amendments:\n"
        "      - {since: 2023-07-01, target: 11.5, basis: 会议纪要}\n",
    )
    targets = once(
        targets,
        "      nature: level\n      path: linear\n      release: quarterly\n      decimals: 2\n",
        "      nature: level\n      path: milestones\n      release: quarterly\n      decimals: 2\n"
        "      waypoints: {2023: 8, 2021: 6.5}\n",
    )
    plan = plan_of(measures, targets)
    item = plan.indicators[0]
    assert (plan.measure_by_id["M14"].lead, str(plan.items["M13-2"].due)) == (
        "市科技局",
        "2024-06-30",
    )  # type: ignore[union-attr]
    assert plan.settings.members == ("市法院", "市公安局")
    assert plan.responsible(plan.measure_by_id["M22"]) == ("市法院", "市公安局")
    assert plan.items["M22-1"].reporters == ("市法院", "市公安局")  # type: ignore[union-attr]
    assert (item.baseline, item.direction.value) == (None, "falling")
    assert item.how.waypoints == ((2021, Decimal("6.5")), (2023, Decimal(8)))
    assert [(str(a.since), a.target, a.basis) for a in item.amendments] == [
        ("2023-07-01", Decimal("11.5"), "会议纪要")
    ]


def test_lists_of_one_word_mean_the_same() -> None:
    """``[collective]``、``[named]`` 与不加方括号一样。"""
    measures = MEASURES.replace("agencies: collective", "agencies: [collective]").replace(
        "reporters: members", "reporters: [members]"
    )
    plan = plan_of(measures, TARGETS.replace("members: named", "members: [named]"))
    assert plan.measures == PLAN.measures
    assert plan.milestones == PLAN.milestones


def test_renamings_are_put_in_order() -> None:
    """更名不论写的先后，按日期排。"""
    one = "        - {name: 国家金融监督管理总局威海监管分局, since: 2023-07-20, note: 待核}\n"
    two = "        - {name: 某局, since: 2030-01-01}\n"
    agency = plan_of(once(MEASURES, one, two + one)).agency_by_name["威海银保监分局"]
    assert [r.name for r in agency.renamed] == ["国家金融监督管理总局威海监管分局", "某局"]


@pytest.mark.parametrize("kind", [Nature, Release, Path, Cadence])
def test_every_word_has_a_chinese_name(kind: type[Nature | Release | Path | Cadence]) -> None:
    """可选的词都有表上的叫法，是中文，互不相同。"""
    labels = [word.label for word in kind]
    assert len(set(labels)) == len(labels)
    assert all(label and not label.isascii() for label in labels)


@pytest.mark.parametrize("name", facts.AGENCIES)
def test_owed(name: str) -> None:
    """每个单位该报什么：填报的数、负责的措施、填报的里程碑；与指标同一个数的不再问。"""
    owed = owed_by(PLAN, name)
    figures = [*(i.id for i in owed.indicators), *(c.id for c in owed.commitments)]
    assert figures == [key for key, who in facts.asked().items() if name in who]
    assert [m.id for m in owed.measures] == [
        key for key, row in facts.MEASURES.items() if name in facts.named(row[2])
    ]
    assert [m.id for m in owed.milestones] == [
        key for key, who in facts.milestone_reporters().items() if name in who
    ]
    assert owed.ids == {*figures, *(m.id for m in owed.measures), *(m.id for m in owed.milestones)}


def test_only_those_who_owe() -> None:
    """成员缩小后，什么也不用报的单位不发表。"""
    plan = plan_of(
        MEASURES.replace("agencies: collective", "agencies: [市法院]").replace(
            "reporters: members", "reporters: [市法院]"
        )
    )
    assert set(agencies_owing(plan)) == set(facts.AGENCIES)
    names = {n for m in plan.measures for n in m.agencies}
    assert names == set(facts.AGENCIES)
    smaller = plan_of(
        MEASURES.replace("agencies: collective", "agencies: [市法院]")
        .replace("reporters: members", "reporters: [市法院]")
        .replace("市司法局, 市人力资源社会保障局, 市文化和旅游局", "市司法局, 市文化和旅游局")
    )
    assert set(agencies_owing(smaller)) == set(facts.AGENCIES) - {"市人力资源社会保障局"}
    assert owed_by(smaller, "市人力资源社会保障局").ids == frozenset()
