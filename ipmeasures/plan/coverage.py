"""与公文原文对照：计划里的每个数都在原文那一条里，原文措施里的每个数都有着落。"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ipmeasures.plan.model import Commitment, Measure, Plan

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_OWNERS = re.compile(r"\(责任单位[:：](.+?)\)")
_NO_FIGURE = "[-—–/无]*"
_CHINESE = {Decimal(1): "一", Decimal(2): "两"}


@dataclass(frozen=True, slots=True)
class Coverage:
    """对照的结果：``missing`` 是计划有而原文那一处没有的，``loose`` 是原文有而计划没有着落的。"""

    checked: int
    figures: int
    missing: tuple[str, ...]
    loose: tuple[str, ...]


def coverage(plan: Plan, text: str) -> Coverage:
    """把计划和原文对一遍。

    Args:
        plan: 计划。
        text: 公文的文字；换行、分页、空格不影响。

    Returns:
        核对了几处、原文措施里有几个数，和对不上的话。
    """
    plain = _plain(text)
    clauses = find_clauses(plan, plain)
    facts = [*_head_facts(plan, plain), *_indicator_facts(plan, plain)]
    for measure in plan.measures:
        facts += _measure_facts(plan, measure, clauses.get(measure.id, ""))
    found = [_loose(plan, measure, clauses.get(measure.id, "")) for measure in plan.measures]
    return Coverage(
        len(facts),
        sum(count for count, _ in found),
        tuple(said for said, holds in facts if not holds),
        tuple(said for _, loose in found for said in loose),
    )


def find_clauses(plan: Plan, plain: str) -> dict[str, str]:
    """每条措施在原文里的一段：从“序号.标题”到下一条。"""
    starts: dict[str, int] = {}
    for measure in plan.measures:
        at = plain.find(f"{measure.number}.{_plain(measure.title)}")
        if at >= 0:
            starts[measure.id] = at
    if not starts:
        return {}
    ordered = sorted(starts.items(), key=lambda pair: pair[1])
    ends = [at for _, at in ordered[1:]] + [_end(plain, ordered)]
    return {key: plain[at:end] for (key, at), end in zip(ordered, ends, strict=True)}


def _end(plain: str, ordered: list[tuple[str, int]]) -> int:
    """最后一条到它的责任单位为止。"""
    closing = plain.find(")", plain.find("(责任单位", ordered[-1][1]))
    return closing + 1 if closing >= 0 else len(plain)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s*#]+", "", text)


def _head_facts(plan: Plan, plain: str) -> Iterator[tuple[str, bool]]:
    document = plan.document
    day = document.issued_on
    yield f"标题“{document.title}”", _plain(document.title) in plain
    yield f"文号 {document.number}", _plain(document.number) in plain
    yield f"日期 {day.isoformat()}", f"{day.year}年{day.month}月{day.day}日" in plain
    for section in plan.sections:
        yield f"第{section.number}部分“{section.title}”", _plain(section.title) in plain


def _indicator_facts(plan: Plan, plain: str) -> Iterator[tuple[str, bool]]:
    for item in plan.indicators:
        name = f"{_plain(item.name)}({_plain(item.how.unit)})"
        at = plain.find(name)
        row = plain[at + len(name) : at + len(name) + 24] if at >= 0 else ""
        baseline = "" if item.baseline is None else str(item.baseline)
        target = "" if item.target is None else f"{item.sign}{item.target}"
        written = (baseline or _NO_FIGURE, target or _NO_FIGURE, item.attribute)
        wanted = [text if text == _NO_FIGURE else re.escape(text) for text in written]
        holds = re.match("%?".join(wanted), row) is not None
        yield f"{item.id} {item.name}（{baseline or '无基期值'}→{target or '无目标值'}）", holds


def _measure_facts(plan: Plan, measure: Measure, clause: str) -> Iterator[tuple[str, bool]]:
    yield f"{measure.id} {measure.title}", bool(clause)
    owners = _OWNERS.search(clause)
    written = owners[1] if owners else ""
    if measure.collective:
        collective = plan.document.collective
        yield f"{measure.id} 责任单位是{collective}", collective in written
    else:
        same = sorted(written.split("、")) == sorted(_plain(a) for a in measure.agencies)
        yield f"{measure.id} 责任单位", same
    for item in plan.commitments:
        if item.measure == measure.id:
            for figure in item.figures:
                yield f"{item.id} {item.subject}的 {figure}", _stands(figure, _body(clause))


def _body(clause: str) -> str:
    """一条里除去序号的话：序号不是要达到的数。"""
    return re.sub(r"^\d+\.", "", clause)


def _stands(figure: Decimal, clause: str) -> bool:
    chinese = _CHINESE.get(figure)
    return str(figure) in _FIGURE.findall(clause) or bool(chinese and f"{chinese}次" in clause)


def _loose(plan: Plan, measure: Measure, clause: str) -> tuple[int, list[str]]:
    """一条里没有着落的数：不是量化任务，也没有写明不作任务的理由。"""
    body = _body(clause)
    found = Counter(_FIGURE.findall(body))
    total = found.total()
    for waiver in plan.waivers:
        if waiver.measure == measure.id:
            times = max(1, body.count(_plain(waiver.text)))
            for figure in _FIGURE.findall(_plain(waiver.text)):
                found[figure] -= times
    for item in plan.commitments:
        if item.measure == measure.id:
            found.subtract(_numbers(item))
    left = [figure for figure, count in found.items() if count > 0]
    return total, [f"{measure.id} 原文的 {figure} 没有着落" for figure in left]


def _numbers(item: Commitment) -> list[str]:
    return [str(figure) for figure in item.figures]
