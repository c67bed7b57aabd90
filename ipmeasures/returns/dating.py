"""数据时点：不晚于报送期，不早于计划期，按年累计的在同一年，年度数写明是哪一年的、一年只有一个数。"""

from collections.abc import Iterator

from ipmeasures.plan.model import FigureItem
from ipmeasures.plan.terms import Nature, Release
from ipmeasures.problem import Problem, problem
from ipmeasures.quarter import Quarter, parse_data_at
from ipmeasures.returns.circumstances import Check, Circumstances, figure_rows
from ipmeasures.returns.model import FigureRow
from ipmeasures.returns.number import plain
from ipmeasures.returns.reading import Return

_SUMMED_BY_YEAR = (Nature.YEAR_TO_DATE, Nature.ACCUMULATED)


def dated_plausibly(found: Return, known: Circumstances) -> Iterator[Problem]:
    """数据时点不晚于报送期。"""
    for read, row, item in figure_rows(found, known.plan):
        if row.dated and parse_data_at(row.dated) > found.quarter:
            yield problem(
                "data_at_later",
                read.place("data_at"),
                item=item.id,
                value=row.data_at,
                written=row.data_at,
                quarter=found.quarter,
            )


def dated_within_the_plan(found: Return, known: Circumstances) -> Iterator[Problem]:
    """早于基期的多半是年份写错；基期的数不算进展，按年累计的、上一年的数不算本年的，要说。"""
    base = known.plan.document.base_year
    for read, row, item in figure_rows(found, known.plan):
        written = _written(row, known)
        if row.value is None or not written:
            continue
        at = _at(row, found.quarter, known)
        kind = _too_early(item, at, found.quarter, base)
        if kind:
            yield problem(
                kind,
                read.nearest("data_at", "value"),
                item=item.id,
                value=written,
                written=written,
                base=base,
                quarter=found.quarter,
                year=found.quarter.year,
                theirs=at.year,
            )


def _too_early(item: FigureItem, at: Quarter, quarter: Quarter, base: int) -> str:
    """时点 ``at`` 的数太早：是哪一种；不早的为空。"""
    if at.year < base:
        return "date_invalid.before"
    if at.year == base:
        return "data_at_earlier.base"
    # 一年才发布一次的，报的可以是上一年的数
    lag = 0 if item.how.release is Release.QUARTERLY else 1
    summed = item.how.nature in _SUMMED_BY_YEAR
    return "data_at_earlier" if summed and at.year < quarter.year - lag else ""


def annual_dated(found: Return, known: Circumstances) -> Iterator[Problem]:
    """年度数要写是哪一年的；没有写、在案也没有的（撤回了也算），按报送期算，很可能差一年。"""
    standing = known.standing(found.quarter)
    for read, row, item in figure_rows(found, known.plan):
        figure = row.value is not None or (row.data_at and item.id in standing)
        undated = figure and not _written(row, known)
        if item.how.nature is Nature.ANNUAL and undated:
            yield problem("missing.year", read.nearest("data_at", "value"), item=item.id)


def date_kept(found: Return, known: Circumstances) -> Iterator[Problem]:
    """换了一个数、没有写数据时点的，时点照在案的：新数就带着旧时点，要说。"""
    standing = known.standing(found.quarter)
    for read, row, item in figure_rows(found, known.plan):
        kept = _written(row, known)
        if row.value is None or row.data_at or not kept:
            continue
        if item.id in standing and standing[item.id].value == row.value:
            continue
        kind = "missing.year_kept" if item.how.nature is Nature.ANNUAL else "data_at_kept"
        yield problem(kind, read.nearest("data_at", "value"), item=item.id, kept=kept)


def told_once_a_year(found: Return, known: Circumstances) -> Iterator[Problem]:
    """年度数：别的季度报过同一年的另一个数，两处都说，说明算哪个。"""
    for read, row, item in figure_rows(found, known.plan):
        if item.how.nature is not Nature.ANNUAL or row.value is None:
            continue
        at = _at(row, found.quarter, known)
        for other in known.recorded:
            same_year = other.item == item.id and other.at.year == at.year
            if not same_year or other.quarter == found.quarter or other.value == row.value:
                continue
            counts = max((at, found.quarter), (other.at, other.quarter))[1]
            yield problem(
                "year_twice",
                read.place("value"),
                item=item.id,
                value=plain(row.value),
                year=at.year,
                when=other.quarter,
                theirs=plain(other.value),
                where=other.where,
                counts=counts,
            )


def _written(row: FigureRow, known: Circumstances) -> str:
    """写着的数据时点；没有写的，在案的照旧，撤回了的没有。"""
    return row.dated if row.data_at else known.texts.get((row.item, "data_at"), "")


def _at(row: FigureRow, quarter: Quarter, known: Circumstances) -> Quarter:
    written = _written(row, known)
    return min(parse_data_at(written), quarter) if written else quarter


DATING: tuple[Check, ...] = (
    dated_plausibly,
    dated_within_the_plan,
    annual_dated,
    date_kept,
    told_once_a_year,
)
