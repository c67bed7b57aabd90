"""改过的报告和台账现在写出的报告逐数对：只改了字的不响，数不同的、台账里没有的逐个说。

先把没有改的段落、表格的行对上；改过的段落找最像的一段，照两边相同的字把数一个个对上；对不上的
（整句重写的），看这个数是不是台账里写这一事项的数。日期只在对得上时比。
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ipmeasures.report.proof.document import Paragraph, Table, Words
from ipmeasures.report.proof.numbers import Figure, figures_in, plain

_MASK = chr(0xFFFC)
_ALIKE = 0.45
"""两段去掉数以后的字有几成相同，才算同一段改出来的；低了会把不相干的两句硬凑成一对。"""
_CONTEXT = 3
"""数的前面至少连着几个相同的字，才算对上了。"""
_NOT_LEDGER = ("发文字号", "本报告依据", "本报告生成于")


@dataclass(frozen=True, slots=True)
class Difference:
    """一个不是台账里的数：在哪里、那一句、写的、台账的（台账里没有的为空）、哪个事项。"""

    place: str
    sentence: str
    written: str
    ledger: str
    item: str


@dataclass(frozen=True, slots=True)
class Proof:
    """核稿的结果：核对了几个数，哪些不同。"""

    figures: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """台账现在写出的报告里的数：全部的，和写到各事项的。``names`` 是事项名称 → 编号。"""

    names: Mapping[str, str]
    everywhere: frozenset[tuple[object, str]]
    by_item: Mapping[str, frozenset[tuple[object, str]]]


def compare(edited: Words, current: Words, names: Mapping[str, str]) -> Proof:
    """逐数对。

    Args:
        edited: 人改过的。
        current: 照同一个模板、台账现在的状态写出的。
        names: 事项名称 → 编号。

    Returns:
        核对了几个数，和不是台账里的数，按文中的次序。
    """
    known = _known(current, names)
    checked = [*_paragraphs(edited, current, known), *_tables(edited, current, known)]
    return Proof(len(checked), tuple(found for found in checked if found is not None))


def _known(current: Words, names: Mapping[str, str]) -> Known:
    by_item: dict[str, set[tuple[object, str]]] = defaultdict(set)
    everywhere: set[tuple[object, str]] = set()
    for text in _lines(current):
        said = {figure.said for figure in figures_in(text)}
        everywhere |= said
        for item in _items(text, names):
            by_item[item] |= said
    return Known(names, frozenset(everywhere), {k: frozenset(v) for k, v in by_item.items()})


def _lines(words: Words) -> Iterator[str]:
    yield from (paragraph.text for paragraph in words.paragraphs)
    for table in words.tables:
        for row in _rows(table):
            yield " | ".join(row.values())


def _rows(table: Table) -> Iterator[dict[str, str]]:
    """表头以下的各行：表头 → 格；序号一栏不要，表头写着百分点的，补在数后面，好与正文里的说法比。"""
    heads = table.rows[0] if table.rows else ()
    for row in table.rows[1:]:
        yield {
            head: f"{cell}个百分点" if "百分点" in head and figures_in(cell) else cell
            for head, cell in zip(heads, row, strict=False)
            if head != "序号"
        }


def _items(text: str, names: Mapping[str, str]) -> set[str]:
    return {item for name, item in names.items() if name in text}


# 正文


def _paragraphs(edited: Words, current: Words, known: Known) -> Iterator[Difference | None]:
    """一个数一个结果：没有毛病的为 ``None``。"""
    same = {plain(paragraph.text) for paragraph in current.paragraphs}
    mine = {plain(paragraph.text) for paragraph in edited.paragraphs}
    changed = [p.text for p in current.paragraphs if plain(p.text) not in mine]
    for paragraph in edited.paragraphs:
        if paragraph.text.startswith(_NOT_LEDGER) or _is_date(paragraph.text):
            continue
        figures = figures_in(paragraph.text)
        if plain(paragraph.text) in same:
            yield from (None for _ in figures)
        elif figures:
            yield from _against(paragraph, figures, _closest(paragraph.text, changed), known)


def _is_date(text: str) -> bool:
    """成文日期独占一段，由办公室填。"""
    rest = [char for char in plain(text) if not char.isdigit() and char not in "年月日 "]
    return not rest


def _closest(text: str, candidates: Iterable[str]) -> str:
    """去掉数以后最像的一段；都不像为空。"""
    mask = _masked(text)
    matcher = SequenceMatcher(b=mask, autojunk=False)
    best, ratio = "", _ALIKE
    for candidate in candidates:
        matcher.set_seq1(_masked(candidate))
        if matcher.real_quick_ratio() > ratio and matcher.quick_ratio() > ratio:
            found = matcher.ratio()
            if found > ratio:
                best, ratio = candidate, found
    return best


def _masked(text: str) -> str:
    """每个数换成一个占位的字。"""
    masked, place = [], 0
    for figure in figures_in(text):
        masked += [text[place : figure.start], _MASK]
        place = figure.end
    return plain("".join([*masked, text[place:]]))


def _against(
    paragraph: Paragraph, figures: Sequence[Figure], ours: str, known: Known
) -> Iterator[Difference | None]:
    pairs = _paired(paragraph.text, ours) if ours else {}
    theirs = figures_in(ours)
    for n, figure in enumerate(figures):
        place = f"正文第{paragraph.number}段"
        sentence = _sentence(paragraph.text, figure)
        if n in pairs:
            wanted = theirs[pairs[n]]
            yield _unless_same(place, sentence, figure, wanted, known)
        else:
            yield _unless_known(place, sentence, paragraph.text, figure, known)


def _paired(edited: str, ours: str) -> dict[int, int]:
    """两段里照相同的字对上的数：第几个 → 第几个。"""
    left, right = _masked(edited), _masked(ours)
    left_at = [n for n, char in enumerate(left) if char == _MASK]
    right_at = {n: k for k, n in enumerate(n for n, char in enumerate(right) if char == _MASK)}
    pairs = {}
    matcher = SequenceMatcher(a=left, b=right, autojunk=False)
    for block in matcher.get_matching_blocks():
        for k, at in enumerate(left_at):
            if block.a <= at < block.a + block.size:
                before, after = at - block.a, block.a + block.size - at - 1
                first = at == 0 and block.b == 0
                if first or before >= _CONTEXT or (before and after >= _CONTEXT):
                    pairs[k] = right_at[block.b + before]
    return pairs


def _unless_same(
    place: str, sentence: str, figure: Figure, wanted: Figure, known: Known
) -> Difference | None:
    if figure.said == wanted.said:
        return None
    item = min(_items(sentence, known.names), default="")
    return Difference(place, sentence, _shown(figure), _shown(wanted), item)


def _unless_known(
    place: str, sentence: str, paragraph: str, figure: Figure, known: Known
) -> Difference | None:
    items = _items(sentence, known.names) or _items(paragraph, known.names)
    allowed = frozenset().union(*(known.by_item.get(item, frozenset()) for item in items))
    if figure.is_date or figure.said in (allowed if items else known.everywhere):
        return None
    return Difference(place, sentence, _shown(figure), "", min(items, default=""))


def _shown(figure: Figure) -> str:
    return f"{figure.text}{figure.scale}"


def _sentence(text: str, figure: Figure) -> str:
    """数所在的一句。"""
    ends = "。；！？"
    start = max((text.rfind(mark, 0, figure.start) for mark in ends), default=-1) + 1
    stops = [at for mark in ends if (at := text.find(mark, figure.end)) >= 0]
    return text[start : min(stops, default=len(text))].strip()


# 表格


def _tables(edited: Words, current: Words, known: Known) -> Iterator[Difference | None]:
    ours: dict[str, list[dict[str, str]]] = defaultdict(list)
    for table in current.tables:
        for row in _rows(table):
            ours[_key(row)].append(row)
    for table in edited.tables:
        for row in _rows(table):
            wanted = _closest_row(row, ours[_key(row)])
            for head, cell in row.items():
                place = f"第{table.number}张表“{_key(row)}”行“{head}”栏"
                yield from _cell(place, cell, " ".join(row.values()), wanted.get(head), known)


def _key(row: Mapping[str, str]) -> str:
    """一行叫什么：第一个不光是数的格。"""
    words = (plain(cell).strip() for cell in row.values())
    return next((word for word in words if word.strip(" .0123456789")), "")


def _closest_row(row: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> Mapping[str, str]:
    """名称相同的行里，表头重合最多、内容最像的一行。"""

    def overlap(one: Mapping[str, str]) -> tuple[int, int]:
        shared = one.keys() & row.keys()
        return len(shared), sum(one[head] == row[head] for head in shared)

    return max(rows, key=overlap, default={})


def _cell(
    place: str, cell: str, row: str, ours: str | None, known: Known
) -> Iterator[Difference | None]:
    """一格里的各个数；台账的这一格（``ours``）没有的，照事项认。"""
    figures = figures_in(cell)
    theirs = figures_in(ours or "")
    for n, figure in enumerate(figures):
        if ours is None:
            yield _unless_known(place, cell, row, figure, known)
        elif len(theirs) == len(figures):
            yield _unless_same(place, row, figure, theirs[n], known)
        elif figure.said in {other.said for other in theirs}:
            yield None
        else:
            item = min(_items(row, known.names), default="")
            yield Difference(place, cell, _shown(figure), ours, item)
