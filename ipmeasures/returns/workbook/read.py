"""收来的 .xlsx：字节 → 工作簿。

自己读而不用现成的库，因为一个数也不能丢：现成的库有的把 Strict 格式读成空表，有的把错误值读成空格，
都分不清没算过的公式和空格。这里读不准的一律拒收，不替人猜。
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ipmeasures.returns.workbook.cells import Sheet, Workbook
from ipmeasures.returns.workbook.limits import MAX_NAMES
from ipmeasures.returns.workbook.markup import Attributes, Element, Markup, is_true
from ipmeasures.returns.workbook.package import Package
from ipmeasures.returns.workbook.refusal import damaged, too_large
from ipmeasures.returns.workbook.repeated import once
from ipmeasures.returns.workbook.sheet import read_sheet
from ipmeasures.returns.workbook.sheet_data import Shared
from ipmeasures.returns.workbook.sniff import no_workbook, not_a_workbook
from ipmeasures.returns.workbook.strings import plain_text, read_strings
from ipmeasures.returns.workbook.styles import GENERAL, read_number_formats
from ipmeasures.returns.workbook.values import value_readers

_LONGEST_NAME = 255


class _Relation(NamedTuple):
    """一条关系：编号、类型（网址的最后一段）和指向；``part`` 在包里找到以前是原样的写法。"""

    name: str
    kind: str
    part: str


class _Listed(NamedTuple):
    """工作簿里列出的一张表。"""

    name: str
    relation: str
    hidden: bool


def read_workbook(content: bytes) -> Workbook:
    """读一份 .xlsx（或 .xlsm），只看内容，不看文件名。

    工作表按工作簿里的次序，图表页不在其中；单元格原样，什么也不解释。

    Raises:
        FileRefused: 文件损坏、不是 .xlsx、有密码、过大，或有不安全的内容；一格也不留。
    """
    package = Package(content)
    main = _main_part(package)
    listed, settings = _read_list(main, package.chunks(main))
    relations = _relations(package, main)
    budget = package.budget
    readers = value_readers(_strings(package, relations), budget)
    shared = Shared(readers, _formats(package, relations), budget)
    sheets = []
    for sheet, part in _worksheets(listed, relations):
        cells, merges = read_sheet(part, package.chunks(part), shared)
        sheets.append(Sheet(sheet.name, cells, merges, sheet.hidden))
    return Workbook(tuple(sheets), *settings)


def _main_part(package: Package) -> str:
    """工作簿本身是哪个部件。"""
    if "_rels/.rels" not in package:
        head = b"".join(package.chunks("mimetype")) if "mimetype" in package else b""
        raise no_workbook(package.names, head)
    main = _only(_relations(package, ""), "officeDocument")
    if main is None:
        raise damaged("没有写明工作簿是哪个部件")
    refusal = not_a_workbook(main)
    if refusal is not None:
        raise refusal
    if "[Content_Types].xml" not in package:
        raise damaged("缺少 [Content_Types].xml")
    return main


def _relations(package: Package, source: str) -> dict[str, _Relation]:
    """一个部件的关系：编号 → 类型和指向；指到包外的不在其中。"""
    folder, _, name = source.rpartition("/")
    part = f"{folder}/_rels/{name}.rels".lstrip("/")
    written = _read_relations(part, package.chunks(part))
    return {r.name: _Relation(r.name, r.kind, package.find(source, r.part)) for r in written}


@once
def _read_relations(part: str, chunks: Iterable[bytes]) -> tuple[_Relation, ...]:
    found: list[_Relation] = []

    def opened(attributes: Attributes) -> None:
        if len(found) >= MAX_NAMES:
            raise too_large(f"{part} 里的关系过多")
        if attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            found.append(_Relation(attributes.get("Id", ""), kind, attributes.get("Target", "")))

    root = {"p:Relationships": Element(children={"p:Relationship": Element(opened)})}
    Markup(part).read(chunks, root)
    return tuple(found)


def _only(relations: dict[str, _Relation], kind: str) -> str | None:
    """这一类关系指向的部件；没有返回 ``None``。"""
    parts = {relation.part for relation in relations.values() if relation.kind == kind}
    if len(parts) > 1:
        raise damaged(f"有两个 {kind} 部件")
    return next(iter(parts), None)


@once
def _read_list(main: str, chunks: Iterable[bytes]) -> tuple[tuple[_Listed, ...], tuple[bool, bool]]:
    """工作簿列出的表；日期是否从 1904 年起、打开时是否要全部重新计算。"""
    listed: list[_Listed] = []
    epochs: list[bool] = []
    recalculated: list[bool] = []

    def properties(attributes: Attributes) -> None:
        epochs.append(is_true(attributes, "date1904"))

    def calculation(attributes: Attributes) -> None:
        recalculated.append(is_true(attributes, "fullCalcOnLoad"))

    def sheet(attributes: Attributes) -> None:
        name = plain_text(attributes.get("name", ""))
        if not 0 < len(name) <= _LONGEST_NAME or len(listed) >= MAX_NAMES:
            raise damaged("工作表的名称不成立")
        hidden = attributes.get("state", "visible") != "visible"
        listed.append(_Listed(name, attributes.get("r:id", ""), hidden))

    inside = {
        "x:workbookPr": Element(properties),
        "x:sheets": Element(children={"x:sheet": Element(sheet)}),
        "x:calcPr": Element(calculation),
    }
    Markup(main).read(chunks, {"x:workbook": Element(children=inside)})
    if not listed:
        raise damaged("没有工作表")
    if len({sheet.name.casefold() for sheet in listed}) < len(listed):
        raise damaged("有两张同名的工作表")
    return tuple(listed), (any(epochs), any(recalculated))


def _strings(package: Package, relations: dict[str, _Relation]) -> list[str]:
    part = _only(relations, "sharedStrings")
    return [] if part is None else read_strings(part, package.chunks(part), package.budget)


def _formats(package: Package, relations: dict[str, _Relation]) -> Mapping[str, str]:
    """没有样式表的，只有一种样式：常规。"""
    part = _only(relations, "styles")
    formats = {} if part is None else read_number_formats(part, package.chunks(part))
    return formats or {"0": GENERAL}


def _worksheets(
    listed: tuple[_Listed, ...], relations: dict[str, _Relation]
) -> list[tuple[_Listed, str]]:
    """列出的表各在哪个部件；图表页、宏表等略过。"""
    found: list[tuple[_Listed, str]] = []
    for sheet in listed:
        relation = relations.get(sheet.relation)
        if relation is None:
            raise damaged(f"找不到工作表“{sheet.name}”")
        if relation.kind == "worksheet":
            found.append((sheet, relation.part))
    if len({part.lower() for _, part in found}) < len(found):
        raise damaged("两张工作表指向同一个部件")
    return found
