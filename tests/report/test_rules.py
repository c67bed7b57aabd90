"""判定规则的话与所用的界线一致；自己的话都在 GBK 以内。"""

import ast
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import ipmeasures
from ipmeasures.cli import COMMAND_GROUP, COMMANDS
from ipmeasures.plan.model import Thresholds
from ipmeasures.problem import CATALOGUE
from ipmeasures.progress.assessment import Status
from ipmeasures.report.rules import LIGHTS, legend_text, rule_text
from ipmeasures.report.terminal.check import check_text
from ipmeasures.report.terminal.plan import plan_text
from tests.report.samples import real_plan

PACKAGE = Path(ipmeasures.__file__).parent
# 这些文件里的字是用来认、用来滤的，不印出来
READS_ONLY = {"report/wording.py", "returns/model.py", "returns/text.py"}


def own_texts() -> Iterator[tuple[str, str]]:
    """程序里写着的每一段字；命令的文档字符串就是帮助，也算。"""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if name in READS_ONLY or name.startswith("returns/number/"):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        silent = set() if name.startswith("commands/") else set(_docstrings(tree))
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and node not in silent
            ):
                yield f"{name}:{node.lineno}", node.value


def _docstrings(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            first = node.body[0]
            if isinstance(first, ast.Expr):
                yield first.value


def test_every_text_of_ours_stays_in_gbk() -> None:
    """中文 Windows 的控制台是 GBK：程序自己的话一个字也不能印不出来。"""
    beyond = [place for place, text in own_texts() if not _in_gbk(text)]
    assert not beyond


def test_every_problem_sentence_stays_in_gbk() -> None:
    """问题目录里的每句话都印得出来。"""
    assert all(_in_gbk(kind.says + kind.fix + kind.severity.label) for kind in CATALOGUE.values())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_stays_in_gbk(name: str) -> None:
    """每条命令的帮助都印得出来。"""
    context = COMMAND_GROUP.make_context("ipm", [], resilient_parsing=True)
    command = COMMAND_GROUP.get_command(context, name)
    assert command
    assert _in_gbk(command.get_help(context))
    assert _in_gbk(COMMAND_GROUP.get_help(context))


def test_the_plan_itself_stays_in_gbk() -> None:
    """计划和检查结果印得出来；每种状态的话、每盏灯的名都有。"""
    assert _in_gbk(plan_text(real_plan()) + check_text(real_plan()))
    assert all(_in_gbk(s.label) and s.light in LIGHTS for s in Status)


def test_the_rule_says_the_settings() -> None:
    """规则里的数字全从设定来，改了设定话就跟着变。"""
    assert rule_text(Thresholds()) == (
        "判定规则：偏差＝（增量完成率－序时）×100（个百分点），指数＝增量完成率÷序时。"
        "偏差大于2且指数不低于1.05为超序时；指数不低于0.95或偏差不低于-2或在容差内为达序时；"
        "指数低于0.60且偏差低于-20为差距较大；其余为未达序时。"
    )
    changed = replace(
        Thresholds(),
        ahead_gap=Decimal(3), ahead_index=Decimal("1.10"), on_track_index=Decimal("0.90"),
        on_track_gap=Decimal(-5), far_behind_index=Decimal("0.50"), far_behind_gap=Decimal(-30),
    )  # fmt: skip
    assert all(
        n in rule_text(changed)
        for n in ("大于3", "1.10", "0.90", "不低于-5", "低于0.50", "低于-30")
    )


def test_the_points_rule_says_what_is_judged() -> None:
    """按偏差分档的，也说到超序时和容差：判定表里有的，话里都有。"""
    assert rule_text(replace(Thresholds(), preset="points")) == (
        "判定规则：偏差＝（增量完成率－序时）×100（个百分点），按偏差分档。"
        "偏差大于2为超序时；偏差不低于0或在容差内为达序时；偏差不低于-10为未达序时；更低为差距较大。"
    )


def test_the_legend_names_every_light() -> None:
    """图例说到每一种颜色。"""
    names = set(LIGHTS.values()) - {"无灯"}
    assert all(f"{name}＝" in legend_text() for name in names)


def _in_gbk(text: str) -> bool:
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
