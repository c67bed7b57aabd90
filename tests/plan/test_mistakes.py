"""YAML 里的每一种错：中文、有文件和行号，一次说全。"""

import contextlib
import copy
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from ipmeasures.errors import PlanInvalid
from ipmeasures.plan import schema
from ipmeasures.plan.load import load_plan
from ipmeasures.plan.source import read_source
from ipmeasures.plan.terms import Cadence, Direction, Nature, Release, Rule
from ipmeasures.plan.terms import Path as Course
from tests.plan import MEASURES, TARGETS, foreign_words, line_of, once, plan_of, refused, workspace

M, T = "measures", "targets"


def _keys() -> set[str]:
    parts = [v for v in vars(schema).values() if isinstance(v, type) and issubclass(v, BaseModel)]
    return {key for part in parts for key in part.model_fields}


KNOWN = frozenset(
    _keys()
    | {word.value for kind in (Cadence, Direction, Nature, Course, Release, Rule) for word in kind}
    | {"NaN", "sNaN", "Infinity", "collective", "members", "named"}  # 换上去的字，照样说出来
    | {"YAML", "UTF", "ratios", "points", "true", "false", "ipm", "init", "str", "sum"}
)


class Case(NamedTuple):
    """一处改动；``where`` 是改后文件里一段只出现一次的文字，错误应指着它所在的行。"""

    name: str
    file: str
    old: str
    new: str
    where: str
    words: str


I01 = "    target: 10.02\n"
I01_REPORTERS = "      reporters: [市市场监管局]\n      prompt: 截至本季末拥有量"
I01_HOW = "      nature: level\n      path: linear\n      release: quarterly\n      decimals: 2\n"
COURT = "      aliases: [市中院, 市中级人民法院, 法院]\n"

CASES = [
    # 写法
    Case("重复的项", T, I01, I01 + "    target: 12\n", "target: 12\n    attribute", "“target”写了两次"),
    Case("顶层重复的项", T, "commitments:\n", "settings: x\ncommitments:\n", "settings: x", "“settings”写了两次（第 2 行已有）"),
    Case("界线倒置", T, "    on_track_index: 0.95\n", "    on_track_index: 1.50\n", "ahead_index: 1.05", "界线 ahead_index（1.05）比 on_track_index（1.50）还低"),
    Case("同源的数不在", T, "agrees_with: I03", "agrees_with: I99", "agrees_with: I99", "没有编号为 I99 的数"),
    Case("全角冒号", T, I01, "    target：10.02\n", "target：10", "全角冒号"),
    Case("空行后的全角冒号", M, "sections:\n", "sections：\n", "sections：", "全角冒号"),
    Case("花括号里的全角冒号", M, "{number: 7, title", "{number：7, title", "number：7", "全角冒号"),
    Case("制表符缩进", T, "    name: 海外发明", "\tname: 海外发明", "\tname", "不用制表符"),
    Case("缩进不齐", T, I01, "   target: 10.02\n", "   target: 10.02", "不合 YAML 规则"),
    Case("引号不成对", T, '    unit: "%"\n', '    unit: "%\n', 'unit: "%\n', "不合 YAML 规则"),
    Case("别名", T, "    baseline: 33\n", "    baseline: *b\n", "*b", "第 15 列用了别名 *b"),
    Case("列表里的别名", M, COURT, "      aliases: [市中院, *b]\n", "*b", "第 22 列用了别名 *b"),
    Case("锚点", T, "    baseline: 33\n", "    baseline: &b 33\n", "&b", "用了锚点 &b"),
    Case("标签", T, "    baseline: 33\n", "    baseline: !!str 33\n", "!!str", "用了标签 !!str"),
    Case("自造的标签", T, "    baseline: 33\n", "    baseline: !x 33\n", "!x", "用了标签 !x"),
    Case("项名是列表", T, I01, I01 + "    ? [a, b]\n    : c\n", "? [a", "项的名称不是文字"),
    Case("另起一份", T, "\ncommitments:\n", "\n---\ncommitments:\n", "---", "又是一份内容"),
    Case("控制字符", T, "海外发明专利授权量", "海外\x07发明", "\x07", "U+0007"),
    Case("套得太深", T, "    baseline: 33\n", f"    baseline: {'[' * 9999}\n", "[[[[\n", "套了 30 层以上"),
    # 形状
    Case("不认识的项", T, I01, I01 + "    colour: red\n", "colour: red", "不认识的项“colour”"),
    Case("写错的项", T, I01, I01 + "    basline: 1\n", "basline", "是否为 baseline？"),
    Case("缺项", M, "  number: 威知战发〔2021〕2号\n", "", "document:", "缺少“number”"),
    Case("空值", M, "  title: 关于促进知识产权高质量发展的若干措施\n", "  title:\n", "title:\n", "“title”不能为空"),
    Case("空波浪", M, "  title: 关于促进知识产权高质量发展的若干措施\n", "  title: ~\n", "title: ~", "“title”不能为空"),
    Case("只有空格", M, "  title: 关于促进知识产权高质量发展的若干措施\n", '  title: "  "\n', 'title: "  "', "“title”不能为空"),
    Case("空的数", T, "    baseline: 4.99\n", "    baseline:\n", "baseline:\n", "“baseline”不能为空"),
    Case("空的列表", M, COURT, "      aliases:\n", "aliases:\n", "“aliases”应是列表"),
    Case("没有任务", M, "    tasks:\n      - 建立行政执法与刑事司法衔接长效工作机制\n      - 畅通专项协商、案件信息通报、办案协作、重大案件联合督办、案件信息发布各环节\n", "    tasks: []\n", "tasks: []", "“tasks”至少要有 1 项"),
    Case("数太多", T, "figures: [2, 3]", "figures: [2, 3, 4]", "figures: [2, 3, 4]", "至多 2 项"),
    Case("该是一组项", T, "  thresholds:\n    preset: ratios\n    ahead_gap: 2\n    ahead_index: 1.05\n    on_track_index: 0.95\n    on_track_gap: -2\n    far_behind_index: 0.60\n    far_behind_gap: -20\n    points_yellow_gap: -10\n    stale_quarters: 2\n    due_soon_days: 30\n    nearly_percent: 95\n", "  thresholds: 默认\n", "thresholds: 默认", "“thresholds”应是若干“项: 值”"),
    Case("不在可选的词里", T, I01_HOW, I01_HOW.replace("level", "levle"), "levle", "只能是 level、running_total、accumulated、year_to_date、annual 之一（现在是“levle”）"),
    Case("不在两个词里", T, "preset: ratios", "preset: ratio", "preset: ratio\n", "只能是 ratios、points 之一"),
    Case("不是日期", M, "issued_on: 2021-11-09", "issued_on: 2021年11月9日", "issued_on", "“issued_on”应是日期，如 2023-07-01"),
    Case("没有这一天", M, "issued_on: 2021-11-09", "issued_on: 2021-02-30", "issued_on", "应是日期"),
    Case("时间戳不是日期", M, "issued_on: 2021-11-09", "issued_on: 1636416000", "issued_on", "应是日期"),
    Case("带钟点不是日期", M, "issued_on: 2021-11-09", "issued_on: 2021-11-09T00:00:00", "issued_on", "应是日期"),
    Case("日期是列表", M, "issued_on: 2021-11-09", "issued_on: [2021]", "issued_on", "应是日期"),
    Case("空的日期", M, "issued_on: 2021-11-09", "issued_on: ''", "issued_on", "“issued_on”不能为空"),
    Case("不是整数", T, "due_days: 10", "due_days: 10.0", "due_days", "“due_days”应是整数（现在是“10.0”）"),
    Case("太大", T, "due_days: 10", "due_days: 91", "due_days", "不能大于 90"),
    Case("太小", T, "due_days: 10", "due_days: -1", "due_days", "不能小于 0"),
    Case("不是数字", T, I01_HOW, I01_HOW + "      tolerance: 1分\n", "1分", "“tolerance”应是数字（现在是“1分”）"),
    Case("目标不是数字", T, I01, "    target: 10.02件\n", "10.02件", "“target”应是数字，可带 ≥、≤、>、<，没有目标的写“-”（现在是“10.02件”）"),
    Case("目标写成几以上", T, I01, "    target: 10.02以上\n", "10.02以上", "“target”应是数字，可带 ≥"),
    Case("基期不是数字", T, "    baseline: 4.99\n", "    baseline: 约5\n", "约5", "“baseline”应是数字（现在是“约5”）"),
    Case("方向与符号相反", T, I01, "    target: ≥10.02\n    direction: falling\n", "direction: falling", "I01 的 direction 与目标的“≥”相反"),
    Case("没有目标而有调整", T, I01, '    target: "-"\n    amendments:\n      - {since: 2023-01-01, target: 9, basis: 甲}\n', "amendments", "I01 没有目标值，不能写中途调整"),
    Case("≤ 的目标比基期大", T, I01, "    target: ≤10.02\n", "≤10.02", "I01 目标值 10.02 比基期值 4.99 大"),
    Case("约束性的界线倒了", T, "    nearly_percent: 95\n", "    nearly_percent: 95\n  binding:\n    thresholds: {on_track_gap: -3, far_behind_gap: -2}\n", "on_track_gap: -3", "界线 on_track_gap（-3）比 far_behind_gap（-2）还低"),
    Case("约束性的说法不认识", T, "    nearly_percent: 95\n", "    nearly_percent: 95\n  binding:\n    words: {behnid: 未完成}\n", "behnid", "不认识的项“behnid”。是否为 behind？"),
    Case("公文写明的牵头单位不在其中", M, "    title: 优化创新激励扶持政策\n", "    title: 优化创新激励扶持政策\n    lead: 市林业局局\n", "市林业局局", "“市林业局局”不在责任单位名单里"),
    Case("NaN 不是数字", T, I01, "    target: NaN\n", "NaN", "应是数字"),
    Case("科学记数法不认", T, I01, "    target: 1e1\n", "1e1", "应是数字"),
    Case("列表里不是数字", T, "figures: [2, 3]", "figures: [2, 三]", "三]", "“figures”的第 2 项应是数字（现在是“三”）"),
    Case("不是季度", T, "first_quarter: 2021Q4", "first_quarter: 去年底", "first_quarter", "应是季度，如 2021Q4（现在是“去年底”）"),
    Case("不是真假", M, "        recurring: true\n        office:\n          # 各单位", "        recurring: 每年\n        office:\n          # 各单位", "recurring: 每年", "应是 true 或 false"),
    Case("节点年份不是整数", T, I01_HOW, I01_HOW + "      waypoints: {明年: 6}\n", "waypoints", "“明年”应是整数"),
    # 对错
    Case("单位不在名单", M, "agencies: [市发展改革委, 市科技局,", "agencies: [市发改局, 市科技局,", "市发改局", "“市发改局”不在责任单位名单里"),
    Case("填报单位不在名单", T, I01_REPORTERS, I01_REPORTERS.replace("市市场监管局", "市监管局"), "市监管局", "“市监管局”不在责任单位名单里"),
    Case("成员不在名单", T, "members: named", "members: [市法院, 市委宣传部]", "市委宣传部]", "“市委宣传部”不在责任单位名单里"),
    Case("代称夹在单位里", M, "agencies: [市科技局, 市市场监管局]", "agencies: [collective, 市市场监管局]", "[collective", "“collective”不在责任单位名单里"),
    Case("单位写两次", M, "agencies: [市科技局, 市市场监管局]", "agencies: [市科技局, 市科技局]", "[市科技局, 市科技局]", "“市科技局”写了两次"),
    Case("名称两家共用", M, COURT, "      aliases: [市公安局]\n", "- id: public_security", "“市公安局”同时是市法院和市公安局的名称"),
    Case("全称归一后两家共用", M, COURT, "      aliases: [威海市 公安局]\n", "- id: public_security", "同时是市法院和市公安局的名称"),
    Case("没有填报单位", T, "      reporters: [威海海关, 荣成海关]\n", "      reporters: []\n", "reporters: []", "M05-1 没有填报单位"),
    Case("几家而没有合并", T, "      combine: sum\n", "", "reporters: [威海海关", "M05-1 有几家填报单位，但没有写怎么合并"),
    Case("全体成员而没有合并", T, I01_REPORTERS, I01_REPORTERS.replace("[市市场监管局]", "members"), "reporters: members", "I01 有几家填报单位"),
    Case("百分数不能相加", T, "      maximum: 100\n      reporters: [市文化和旅游局]\n", "      combine: sum\n      maximum: 100\n      reporters: [市文化和旅游局, 市财政局]\n", "combine: sum\n      maximum", "I07 是百分数，不能相加"),
    Case("目标低于基期", T, I01, "    target: 4.98\n", "4.98", "I01 目标值 4.98 比基期值 4.99 小"),
    Case("越小越好而目标更高", T, I01, I01 + "    direction: falling\n", "10.02", "I01 目标值 10.02 比基期值 4.99 大"),
    Case("调整后低于基期", T, I01, I01 + "    amendments:\n      - {since: 2023-01-01, target: 3, basis: 会议纪要}\n", "target: 3,", "I01 目标值 3 比基期值 4.99 小"),
    Case("编号两次", M, "      - id: M01-2\n", "      - id: M01-1\n", "- id: M01-1\n        subject: 调整", "编号“M01-1”已在 data/measures.yaml:"),
    Case("单位编号两次", M, "  - id: court\n", "  - id: justice\n", "  - id: justice\n    name: 市司法局", "编号“justice”已在"),
    Case("部分两次", M, "{number: 7,", "{number: 6,", "提升知识产权发展环境}", "编号“6”已在"),
    Case("编号写法", T, "  - id: I11\n", "  - id: I1\n", "- id: I1\n", "编号“I1”不合规则。应形如 I01"),
    Case("措施编号写法", M, "  - id: M23\n", "  - id: M２３\n", "- id: M２３", "编号“M２３”不合规则"),
    Case("里程碑不接措施", M, "      - id: M12-1\n", "      - id: M21-9\n", "- id: M21-9", "应形如 M12-1"),
    Case("区间倒写", T, "figures: [2, 3]", "figures: [3, 2]", "figures: [3, 2]", "M16-2 区间应由小到大"),
    Case("区间只有一个数", T, "figures: [2, 3]", "figures: [2]", "figures: [2]\n    cadence: yearly\n    wording: 每年遴选", "M16-2 应写 2 个数"),
    Case("不是区间却有两个数", T, "figures: [500]", "figures: [500, 600]", "figures: [500", "M07-1 应写 1 个数"),
    Case("没有这个指标", T, "same_as: I06", "same_as: I66", "same_as: I66", "没有指标 I66"),
    Case("同一个数而单位不同", T, "same_as: I06", "same_as: I09", "    unit: 家\n    rule: at_least\n    figures: [200]", "M08-1 与 I09 同一个数，计量单位却不同"),
    Case("没有这个部分", M, "  - id: M23\n    section: 7\n", "  - id: M23\n    section: 8\n", "section: 8", "没有第 8 部分"),
    Case("另见的措施没有", M, "also_under: [M05]", "also_under: [M55]", "M55", "没有编号为 M55 的事项"),
    Case("缺陷说的事项没有", M, "items: [I03, M15-2]", "items: [I33, M15-2]", "I33", "没有编号为 I33 的事项"),
    Case("豁免的措施没有", M, "{measure: M22,", "{measure: M32,", "M32", "没有编号为 M32 的事项"),
    Case("公文写明的牵头不是责任单位", M, "    agencies: [市科技局, 市市场监管局]\n", "    agencies: [市科技局, 市市场监管局]\n    lead: 市财政局\n", "lead: 市财政局", "牵头单位“市财政局”不是这条措施的责任单位"),
    Case("公文写明了牵头又另定", M, "    agencies: [市科技局, 市市场监管局]\n", "    agencies: [市科技局, 市市场监管局]\n    lead: 市科技局\n    office: {lead: 市市场监管局}\n", "office: {lead", "公文已写明牵头单位"),
    Case("牵头不是责任单位", M, "    agencies: [市科技局, 市市场监管局]\n", "    agencies: [市科技局, 市市场监管局]\n    office: {lead: 市财政局}\n", "lead: 市财政局", "牵头单位“市财政局”不是这条措施的责任单位"),
    Case("分年节点没有写", T, I01_HOW, I01_HOW.replace("linear", "milestones"), "path: milestones", "I01 按分年节点走，但没有写 waypoints"),
    Case("末年不在基年之后", M, "  target_year: 2025\n", "  target_year: 2020\n", "target_year: 2020", "末年 2020 不在基年 2020 之后"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistake(case: Case, tmp_path: Path) -> None:
    """一处错，说一处：文件、行、是什么；说的是中文。"""
    whole = {M: MEASURES, T: TARGETS}
    whole[case.file] = edited = once(whole[case.file], case.old, case.new)
    problems = refused(tmp_path, whole[M], whole[T])
    for problem in problems:
        assert re.match(r"data/(measures|targets)\.yaml:\d+ ", problem), problem
        assert not foreign_words(problem, KNOWN), problem
    where = f"data/{case.file}.yaml:{_line(edited, case)} "
    assert any(p.startswith(where) and case.words in p for p in problems), (where, problems)


def _line(edited: str, case: Case) -> int:
    if edited.count(case.where) == 1:
        return line_of(edited, case.where)
    return line_of(edited, case.new)


def test_one_id_in_two_files(tmp_path: Path) -> None:
    """编号全计划只用一次，两个文件之间也不能重。"""
    measures = once(MEASURES, "      - id: M03-2\n", "      - id: M03-1\n")
    first, second = line_of(measures, "- id: M03-1"), line_of(TARGETS, "- id: M03-1")
    (problem,) = refused(tmp_path, measures)
    assert problem.startswith(f"data/targets.yaml:{second} ")
    assert f"编号“M03-1”已在 data/measures.yaml:{first} 用过" in problem


def test_five_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """一个文件五处不同的错，五处全说，行号各对各的，按行排好。"""
    edits = [
        (I01, "    target：4.98\n", "target：4", "全角冒号"),
        ("    baseline: 33\n", "    baseline: 33\n    baseline: 34\n", "baseline: 34", "写了两次"),
        ("figures: [500]", "figures: [五百]", "五百", "应是数字"),
        ("      combine: sum\n", "", "reporters: [威海海关", "没有写怎么合并"),
        ("    same_as: I09\n", "    same_as: I99\n    sames: x\n", "same_as: I99", "没有指标 I99"),
    ]
    edited = TARGETS
    for old, new, _, _ in edits:
        edited = once(edited, old, new)
    problems = refused(tmp_path, targets=edited)
    said = [(line_of(edited, where), words) for _, _, where, words in edits]
    said += [(line_of(edited, "target：4"), "比基期值"), (line_of(edited, "sames"), "不认识的项")]
    assert len(problems) == len(said)
    for line, words in said:
        assert any(p.startswith(f"data/targets.yaml:{line} ") and words in p for p in problems), (
            line,
            words,
            problems,
        )
    lines = [int(re.findall(r":(\d+) ", problem)[0]) for problem in problems]
    assert lines == sorted(lines)


def test_both_files_are_told_at_once(tmp_path: Path) -> None:
    """两个文件都有错，一次说全；先措施后目标。"""
    measures = once(MEASURES, "target_year: 2025", "target_year: 今后")
    targets = once(TARGETS, "due_days: 10", "due_days: 十天")
    problems = refused(tmp_path, measures, targets)
    assert [p.split(":")[0] for p in problems] == ["data/measures.yaml", "data/targets.yaml"]


def test_a_broken_file_does_not_drown_the_other(tmp_path: Path) -> None:
    """一个文件读不出来，只说它读不出来和另一个文件自己的错，不说一串“没有这个单位”。"""
    targets = once(TARGETS, "due_days: 10", "due_days: 十天")
    problems = refused(tmp_path, once(MEASURES, "sections:\n", "sections: [\n"), targets)
    assert len(problems) == 2
    assert "不合 YAML 规则" in problems[0]
    assert "due_days" in problems[1]


def test_what_a_broken_line_spoils_is_still_told(tmp_path: Path) -> None:
    """全角冒号当场代为改读，后面的照查：错的全在这一次里。"""
    edited = once(TARGETS, "indicators:\n", "indicators：\n")
    edited = once(edited, "figures: [2, 3]", "figures: [3, 2]")
    assert len(refused(tmp_path, targets=edited)) == 2


@pytest.mark.parametrize("content", ["", "# 只有注释\n", "~\n", "---\n", "{}\n"])
def test_empty_file(content: str, tmp_path: Path) -> None:
    """空文件说没有内容，不说一串缺项。"""
    (problem,) = refused(tmp_path, content)
    assert problem.startswith("data/measures.yaml")
    assert "没有内容" in problem


@pytest.mark.parametrize("content", ["- a\n- b\n", "随便一句话\n", "12\n"])
def test_not_a_mapping(content: str, tmp_path: Path) -> None:
    """整个文件不是“项: 值”的，只说这一句。"""
    (problem,) = refused(tmp_path, targets=content)
    assert problem.startswith("data/targets.yaml:1 整个文件应是若干“项: 值”")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (once(MEASURES, "issuer", "# \udcff\n  issuer").encode("utf-8", "surrogateescape"), 6),
        (MEASURES.encode("gbk", "replace"), 1),
        (MEASURES.encode("utf-16"), 1),
    ],
    ids=["一个字节", "GBK", "UTF-16"],
)
def test_not_utf8(content: bytes, line: int, tmp_path: Path) -> None:
    """不是 UTF-8 的，说在哪一行，怎么另存。"""
    (problem,) = refused(tmp_path, content)
    assert problem == f"data/measures.yaml:{line} 不是 UTF-8 编码。请用记事本另存为 UTF-8"


@pytest.mark.parametrize("name", ["measures", "targets"])
def test_missing_file(name: str, tmp_path: Path) -> None:
    """文件不在，说读不到哪一个。"""
    place = workspace(tmp_path)
    (tmp_path / "data" / f"{name}.yaml").unlink()
    with pytest.raises(PlanInvalid, match=rf"读不到 .*{name}\.yaml，请确认文件在、有权限打开"):
        load_plan(place)


def test_bom_and_crlf_are_the_same_plan() -> None:
    """记事本存的 BOM 和 CRLF 照读；CRLF 不算改动，摘要不变。"""
    plain, windows = plan_of(), plan_of(*(t.replace("\n", "\r\n") for t in (MEASURES, TARGETS)))
    assert windows == plain
    assert windows.digest == plain.digest
    assert replace(plan_of("\ufeff" + MEASURES), digest="") == replace(plain, digest="")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no", "no"), ("010", "010"), ("12:30", "12:30"), ("1_000", "1_000"), ("2021-01-01", "2021-01-01"),
        ("0x1F", "0x1F"), (".inf", ".inf"), ("true", "true"), ("1e3", "1e3"), ("'~'", "~"), ('"null"', "null"),
        ("null", ""), ("~", ""), ("", ""), ("<<", "<<"), ("=", "="), ("4.50", "4.50"), ("PCT：专利", "PCT：专利"),
    ],
)  # fmt: skip
def test_plain_words_stay_as_typed(written: str, read: str) -> None:
    """``no``、``010``、``12:30`` 都是字面那几个字；只有空和 ``~``、``null`` 是空。"""
    source, problems = read_source("x.yaml", f"a: {written}\n".encode())
    assert (source.tree, problems) == ({"a": read}, [])


def test_colons_inside_text_are_left_alone() -> None:
    """文字里的全角冒号不管：只管一行开头的项名后面那个。"""
    text = "a: 办理：要件\nb: |\n  PCT：专利\n  说明：一\n"
    source, problems = read_source("x.yaml", text.encode())
    assert problems == []
    assert source.tree == {"a": "办理：要件", "b": "PCT：专利\n说明：一\n"}


def test_lines_lead_back_to_the_nearest_place() -> None:
    """没有写出来的一处，指向最近的上级；什么也没有的文件没有行号。"""
    source, _ = read_source("x.yaml", b"a:\n  b:\n    - c\n    - d\n")
    trails = [("a", "b", 1), ("a", "b", 1, "x"), ("a", "z"), ("q",)]
    assert [source.line(trail) for trail in trails] == [4, 4, 1, 1]
    assert read_source("x.yaml", b"")[0].line(("a",)) == 0
    assert str(read_source("x.yaml", b"")[0].problem((), "没有内容")) == "x.yaml 没有内容"


def _trails(tree: object, above: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    pairs = (
        enumerate(tree)
        if isinstance(tree, list)
        else tree.items()
        if isinstance(tree, dict)
        else ()
    )
    return [above, *(t for key, below in pairs for t in _trails(below, (*above, key)))]


TREES = {
    name: read_source(name, text.encode())[0].tree for name, text in ((M, MEASURES), (T, TARGETS))
}
PLACES = [(name, trail) for name, tree in TREES.items() for trail in _trails(tree) if trail]
ODD = st.sampled_from(
    ["", "x", "0", "-1", "1.0", "NaN", "sNaN", "Infinity", "members", "collective", "named", "M01",
     "2023-01-01", "%", "市法院", [], ["a"], ["市法院", "市法院"], [[]], [{}], [{"a": "b"}], {},
     {"a": "b"}, {"id": []}, {"2023": "1"}, None]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), ODD), min_size=1, max_size=3))
def test_anything_anywhere_is_a_plan_or_a_chinese_refusal(
    edits: list[tuple[tuple[str, tuple[str | int, ...]], object]],
) -> None:
    """任意几处换成任意内容（或删去）：要么是计划，要么逐条说中文，绝不崩溃。"""
    trees = copy.deepcopy(TREES)
    for (name, trail), value in edits:
        _put(trees[name], trail, value)
    texts = [yaml.safe_dump(trees[name], allow_unicode=True, sort_keys=False) for name in (M, T)]
    try:
        plan_of(*texts)
        problems: tuple[str, ...] = ()
    except PlanInvalid as bad:
        problems = bad.problems or ("一条也没有说",)
    assert not any(foreign_words(problem, KNOWN) for problem in problems), problems
    assert problems != ("一条也没有说",)


def _put(tree: Any, trail: tuple[str | int, ...], value: object) -> None:  # noqa: ANN401
    """换掉一处，``None`` 是删去；前面的改动已经拿走了这一处的，不管。"""
    *above, last = trail
    with contextlib.suppress(KeyError, IndexError, TypeError):
        for step in above:
            tree = tree[step]
        if value is None:
            del tree[last]
        else:
            tree[last] = value
