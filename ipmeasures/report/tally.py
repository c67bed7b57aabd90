"""亮灯情况：每种灯各类各有几项，都是哪些状态。"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipmeasures.progress.gaps import Gap

KINDS = {
    "indicator": "主要指标",
    "commitment": "量化任务",
    "measure": "措施",
    "milestone": "里程碑事项",
}
_BEST_FIRST = ("star", "green", "yellow", "red", "blue", "grey", "none")


@dataclass(frozen=True, slots=True)
class Tally:
    """一种灯：各类各有几项（次序同 ``KINDS``），都是哪些状态。"""

    light: str
    counts: tuple[int, ...]
    words: str


def tallies(gaps: Sequence[Gap]) -> tuple[Tally, ...]:
    """各灯从好到差；一项也没有的不列。"""
    return tuple(_tallies(gaps))


def _tallies(gaps: Sequence[Gap]) -> Iterator[Tally]:
    for light in _BEST_FIRST:
        mine = [gap for gap in gaps if gap.assessment.light == light]
        kinds = Counter(gap.kind for gap in mine)
        words = Counter(gap.assessment.status_text for gap in mine)
        if mine:
            told = "、".join(f"{word}{number}" for word, number in words.most_common())
            yield Tally(light, tuple(kinds[kind] for kind in KINDS), told)
