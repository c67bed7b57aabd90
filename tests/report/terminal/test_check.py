"""计划检查的结果：清点、公文自身的矛盾、还缺的设定，只说不改。"""

from dataclasses import replace

from ipmeasures.plan.coverage import Coverage
from ipmeasures.report.terminal.check import check_text, coverage_text
from ipmeasures.report.terminal.layout import width
from tests.report.quarters import varied_plan
from tests.report.samples import real_plan


def test_counts_and_flaws() -> None:
    """几个部分、几条、几项都数出来；公文的矛盾一条不少，编号在前；不超过 80 列。"""
    text = check_text(real_plan())
    tasks = sum(len(m.tasks) for m in real_plan().measures)
    plain = "".join(text.split())
    assert f"7个部分，措施23条，任务{tasks}条，责任单位20家，指标11个，量化任务10项" in plain
    for number, flaw in enumerate(real_plan().flaws, 1):
        assert f"{number}.{'、'.join(flaw.items)}：{''.join(flaw.text.split())}" in plain
    assert max(map(width, text.split("\n"))) <= 80


def test_what_the_office_has_not_set() -> None:
    """没有设定的：牵头单位、里程碑时限、成员名单、联系人、更名日期；设定了的不再说。"""
    plain = "".join(check_text(real_plan()).split())
    assert "牵头单位：23条措施没有指定" in plain
    assert "现按点名的20家计" in plain
    assert "更名日期待核：" in plain
    assert "联系人和电话：20家没有填写" in plain
    assert plain.endswith("在表里填：ipmsettingsexport导出，ipmsettingsimport导入。")
    plan = real_plan()
    settled = replace(
        plan,
        measures=tuple(replace(m, lead="市市场监管局") for m in plan.measures),
        milestones=(),
        agencies=tuple(replace(a, renamed=(), contact="张三") for a in plan.agencies),
        settings=replace(plan.settings, members=plan.settings.members[:3]),
    )
    assert check_text(settled).endswith("办公室还没有设定的：")


def test_a_deadline_that_is_set_is_not_missing() -> None:
    """定了时限的、每年重复的，不算没有日期。"""
    once = [m for m in varied_plan().milestones if not m.recurring and m.due is None]
    assert f"里程碑时限：{len(once)}项没有日期" in "".join(check_text(varied_plan()).split())


def test_coverage() -> None:
    """对不上的、没有着落的逐条列出，折行不超过 80 列。"""
    text = coverage_text(Coverage(150, 30, ("I01 的目标 10.02" * 8,), ("M07 的 500",)))
    assert max(map(width, text.split("\n"))) <= 80
    plain = "".join(text.split())
    assert "计划的150处核对了，对不上1处；原文措施里有30个数，没有着落1个。" in plain
    assert "对不上：I01的目标10.02" in plain
    assert "  没有着落：M07 的 500" in text
    assert "对不上：" not in coverage_text(Coverage(1, 1, (), ()))
