"""读改好的设定表：按名称找工作表，按编号或名称认行，按表头认列，一格一格核对。"""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from ipmeasures.forms.layout import Column, same_header
from ipmeasures.forms.settings.layout import MARK_SHEET, VERSION
from ipmeasures.forms.settings.slot import Page, Printed, SettingRow, Slot, Value
from ipmeasures.forms.settings.write import MARKS
from ipmeasures.plan.model import Plan
from ipmeasures.plan.names import same_name
from ipmeasures.problem import Place, Problem
from ipmeasures.returns.ignored import heads_again, ignored_columns
from ipmeasures.returns.legacy import read_legacy
from ipmeasures.returns.number import plain
from ipmeasures.returns.settings.sayings import wrong
from ipmeasures.returns.settings.value import Asked, Bad, read_value
from ipmeasures.returns.tables import Table, TableRow, find_table
from ipmeasures.returns.text import read_text
from ipmeasures.returns.workbook import FileRefused, read_workbook
from ipmeasures.returns.workbook.cells import Workbook
from ipmeasures.returns.workbook.sniff import is_legacy

_LONGEST_KEY = 60
_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class SettingsBook:
    """一份设定表；``digest`` 是导出时计划的摘要。"""

    book: Workbook
    digest: str


@dataclass(frozen=True, slots=True)
class Answer:
    """读到的一格设定：在哪张表、哪一行、哪一列，``value`` 是现在写的。"""

    sheet: str
    row: str
    column: str
    header: str
    slot: Slot
    value: Value
    place: Place

    @property
    def is_changed(self) -> bool:
        """改了没有。"""
        return self.value != self.slot.value

    @property
    def old(self) -> str:
        """原来在表上的字；没有设是空串。"""
        return _said(self.slot, self.slot.value)

    @property
    def new(self) -> str:
        """现在写的，照表上的写法。"""
        return _said(self.slot, self.value)


@dataclass(frozen=True, slots=True)
class SettingsReading:
    """读完一份设定表：各格和问题。读不准的格子不在 ``answers`` 里。"""

    answers: tuple[Answer, ...]
    problems: tuple[Problem, ...]


def open_settings(content: bytes, plan: Plan) -> SettingsBook | Problem:
    """打开一份设定表；读不出、不是设定表、是别的文件的设定表，返回问题。"""
    try:
        book = read_legacy(content) if is_legacy(content) else read_workbook(content)
    except FileRefused as refused:
        return refused.problem
    marks = settings_marks(book)
    if marks is None:
        return wrong("setting_file", Place(), why="这不是导出的办公室设定表")
    _, version, document, digest = marks
    if version != VERSION or not _DIGEST.fullmatch(digest):
        return wrong("setting_file", Place(), why="这是别的版本的设定表，或里面的标识被改过")
    if document != plan.document.number:
        why = f"这是“{document}”的设定表，不是“{plan.document.number}”的"
        return wrong("setting_file", Place(), why=why)
    return SettingsBook(book, digest)


def settings_marks(book: Workbook) -> tuple[str, ...] | None:
    """设定表隐藏着的标识；不是设定表的为 ``None``。"""
    sheet = next((s for s in book.sheets if s.name == MARK_SHEET), None)
    if sheet is None:
        return None
    found = {cell.raw: sheet.at.get((cell.row, 2)) for cell in sheet.cells if cell.column == 1}
    return tuple(cell.raw if (cell := found.get(name)) else "" for name in MARKS)


def read_settings(book: Workbook, pages: Iterable[Page], plan: Plan) -> SettingsReading:
    """照 ``pages`` 读各张表。"""
    reader = _Reader(book, plan, frozenset(same_header(page.layout.sheet) for page in pages))
    for page in pages:
        reader.read(page)
    return SettingsReading(tuple(reader.answers), tuple(dict.fromkeys(reader.problems)))


@dataclass
class _Reader:
    book: Workbook
    plan: Plan
    names: frozenset[str]
    answers: list[Answer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def read(self, page: Page) -> None:
        """读一张表。"""
        table, problems = find_table(self.book, page.layout, self.names)
        self.problems += problems
        if table is None:
            if not problems:
                self.problems.append(
                    wrong("setting_sheet_missing", Place(), wanted=page.layout.sheet)
                )
            return
        if page.key not in table.head.columns:
            return
        self.problems += [*ignored_columns(table), *heads_again(table)]
        found = self._rows(page, table)
        for row in page.rows:
            if row.key in found:
                self._row(page, row, found[row.key])
            else:
                place = Place(table.sheet.name)
                self.problems.append(wrong("setting_row_missing", place, row=row.key))

    def _rows(self, page: Page, table: Table) -> dict[str, TableRow]:
        """认得的各行；认不得的、重的，是问题。"""
        known = {_same_key(row.key): row.key for row in page.rows}
        found: dict[str, TableRow] = {}
        for row in table.rows():
            written = row.text(page.key)
            key = known.get(_same_key(written), "")
            if not key:
                self._unknown(page, row, written)
            elif key in found:
                other = found[key].place(page.key).cell
                place = row.place(page.key)
                self.problems.append(wrong("setting_row_twice", place, value=written, other=other))
            else:
                found[key] = row
        return found

    def _unknown(self, page: Page, row: TableRow, written: str) -> None:
        if not any(row.text(key) for key in row.columns):
            return
        keys = [known.key for known in page.rows] if len(written) <= _LONGEST_KEY else []
        near = difflib.get_close_matches(written, keys, 3, 0.45)
        hint = f"，是否为：{'、'.join(near)}？" if near and written else ""
        place = row.place(page.key)
        self.problems.append(wrong("setting_row_unknown", place, value=written, hint=hint))

    def _row(self, page: Page, row: SettingRow, written: TableRow) -> None:
        for column in page.layout.columns:
            found = row.cells[column.key]
            if column.key not in written.columns:
                continue
            if isinstance(found, Slot):
                self._slot(page, row, column, found, written)
            elif column.key != page.key:
                self._fixed(row, column.header, found, written, column.key)

    def _slot(
        self, page: Page, row: SettingRow, column: Column, slot: Slot, written: TableRow
    ) -> None:
        key, header, place = column.key, column.header, written.place(column.key)
        area = written.sheet.merge_of(written.number, written.columns[key])
        if area is not None:
            self.problems.append(wrong("setting_merged", place, item=row.key, area=area))
            return
        asked = Asked(slot, header, place, row.key, self.plan, self.book.epoch_1904)
        try:
            value, notes = read_value(asked, written.cell(key))
        except Bad as bad:
            self.problems.append(bad.problem)
            return
        self.problems += notes
        self.answers.append(Answer(page.layout.sheet, row.key, key, header, slot, value, place))

    def _fixed(
        self, row: SettingRow, header: str, printed: Printed, written: TableRow, key: str
    ) -> None:
        """印好的格子：公文写的，不能在这里改。"""
        old = plain(printed) if isinstance(printed, Decimal) else printed or ""
        place = written.place(key)
        text = read_text(written.cell(key), place, epoch_1904=self.book.epoch_1904).text
        if same_name(text) != same_name(old):
            self.problems.append(
                wrong(
                    "setting_fixed",
                    place,
                    item=row.key,
                    value=text,
                    header=header,
                    old=quoted(old),
                    now=quoted(text),
                )
            )


def quoted(text: str) -> str:
    """句子里说一格写着什么。"""
    return f"是“{text}”" if text else "空着"


def _said(slot: Slot, value: Value) -> str:
    shown = slot.show(value)
    return plain(shown) if isinstance(shown, Decimal) else shown or ""


def _same_key(text: str) -> str:
    return unicodedata.normalize("NFKC", same_name(text)).upper()
