"""文字的疑点：空话、照抄上季度、与数字对不上、同源的两个数不一致。都只提醒。"""

import re
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher

from ipmeasures.plan.model import FigureItem
from ipmeasures.problem import Problem, problem
from ipmeasures.returns.circumstances import Check, Circumstances, figure_rows
from ipmeasures.returns.model import CaseRow, FigureRow
from ipmeasures.returns.number import plain
from ipmeasures.returns.phrases import is_empty_phrase, is_reason
from ipmeasures.returns.reading import Return
from ipmeasures.returns.row import RowRead
from ipmeasures.returns.suspicion import suspected

_SPOKEN = ("progress", "problems", "reason", "next_step", "note")
# 千分位只认半角逗号：文字里的全角逗号多半是断句
_NUMBER = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SAME_SHARE = 0.9
_SHORT = 8


def empty_phrases(found: Return, known: Circumstances) -> Iterator[Problem]:
    """只有“正在推进”一类的话，等于没有说。"""
    del known
    for read, key, text in _texts(found):
        if is_empty_phrase(text):
            yield problem("empty_phrase", read.place(key), item=read.item, value=text)


def copied_texts(found: Return, known: Circumstances) -> Iterator[Problem]:
    """本季度进展与上季度的九成以上相同；很短的不比。"""
    for read, key, text in _texts(found):
        before = known.last_texts.get((read.item, key), "") if key == "progress" else ""
        if len(text) >= _SHORT and before and _alike(text, before):
            yield problem("copied_text", read.place(key), item=read.item, value=text)


def figures_in_texts(found: Return, known: Circumstances) -> Iterator[Problem]:
    """文字里写着“授权发明专利1300件”，表上却是 1378。"""
    reported = [
        (item, row.value)
        for _, row, item in figure_rows(found, known.plan)
        if row.value is not None
    ]
    for read, key, text in _texts(found):
        for item, value in reported:
            for told in _told(item, text):
                if told != value:
                    yield problem(
                        "text_figure_differs",
                        read.place(key),
                        item=item.id,
                        value=plain(told),
                        own=plain(value),
                    )


def same_source(found: Return, known: Circumstances) -> Iterator[Problem]:
    """同源的两个数（办公室设定）不相等，又没有说明；有一个多半填错了的，改对了再比。"""
    wrong = suspected(found, known)
    rows = {item.id: (read, row) for read, row, item in figure_rows(found, known.plan)}
    for read, row, item in figure_rows(found, known.plan):
        twin = rows.get(item.how.agrees_with or "")
        if twin is None or row.value is None or twin[1].value is None:
            continue
        if wrong & {item.id, item.how.agrees_with}:
            continue
        if row.value != twin[1].value and not _noted(row) and not _noted(twin[1]):
            yield problem(
                "figures_differ",
                read.place("value"),
                item=item.id,
                value=plain(row.value),
                other=item.how.agrees_with,
                theirs=plain(twin[1].value),
            )


def _noted(row: FigureRow) -> bool:
    return is_reason(row.note)


def _texts(found: Return) -> Iterator[tuple[RowRead, str, str]]:
    for read in found.rows:
        if isinstance(read.row, CaseRow):
            continue
        for key in _SPOKEN:
            text = getattr(read.row, key, "")
            if text:
                yield read, key, text


def _alike(text: str, before: str) -> bool:
    matcher = SequenceMatcher(None, text, before, autojunk=False)
    quick = matcher.real_quick_ratio() >= _SAME_SHARE and matcher.quick_ratio() >= _SAME_SHARE
    return quick and matcher.ratio() >= _SAME_SHARE


def _told(item: FigureItem, text: str) -> Iterator[Decimal]:
    """文字里紧跟在事项名称后面、带着同样单位的数。"""
    if item.name not in text:
        return
    form = rf"{re.escape(item.name)}[^\d，。；、]{{0,6}}{_NUMBER}\s*{re.escape(item.how.unit)}"
    for hit in re.finditer(form, text):
        yield Decimal(hit[1].replace(",", ""))


WORDING: tuple[Check, ...] = (empty_phrases, copied_texts, figures_in_texts, same_source)
