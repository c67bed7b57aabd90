"""读发给一个单位的表。"""

import difflib
import re

from ipmeasures.forms.identity import Identity, fingerprint
from ipmeasures.forms.layout import (
    CASES,
    FORM_VERSION,
    IDENTITY_SHEET,
    INFO,
    INFO_FIELDS,
    LISTS_SHEET,
    RETURN_LAYOUTS,
    Layout,
    same_header,
)
from ipmeasures.plan.model import Plan
from ipmeasures.plan.names import find_agency
from ipmeasures.plan.owed import Owed, owed_by
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.quarter import Quarter
from ipmeasures.returns.ignored import ignored_columns, ignored_rows, ignored_sheets
from ipmeasures.returns.model import InfoRow, validated
from ipmeasures.returns.reading import Reading, Return
from ipmeasures.returns.row import RowRead, RowReader, is_reported
from ipmeasures.returns.tables import (
    Table,
    find_table,
    total_label,
    unknown_agency,
)
from ipmeasures.returns.text import read_text
from ipmeasures.returns.workbook.cells import Workbook

# 叫这些名称的各是一张表，或是工具自己的，不会是改了名称的别的表
_NAMES = frozenset(
    same_header(name)
    for name in (
        *(layout.sheet for layout in (INFO, *RETURN_LAYOUTS)),
        *(IDENTITY_SHEET, LISTS_SHEET),
    )
)


def read_identity(book: Workbook) -> Identity | None:
    """表自己带的身份；没有的（手工表）为 ``None``。"""
    sheet = next((s for s in book.sheets if s.name == IDENTITY_SHEET), None)
    if sheet is None:
        return None
    pairs = {cell.raw: sheet.at.get((cell.row, 2)) for cell in sheet.cells if cell.column == 1}
    return Identity.from_pairs({k: c.raw if c else "" for k, c in pairs.items()})


_TITLE = re.compile(r"（(20\d{2}年第[一二三四]季度) · ")
_TITLE_ROWS = 3


class FormReader:
    """读一个单位的表。"""

    def __init__(self, book: Workbook, plan: Plan, identity: Identity | None = None) -> None:
        self.book, self.plan, self.identity = book, plan, identity
        self.rows = RowReader(plan, book.epoch_1904)
        self.problems: list[Problem] = []
        self.used: set[str] = set()

    def read(self) -> Reading:
        """读出报表和问题。"""
        info = self._table(INFO, needed=True)
        if info is None:
            self._read_rows(None)
            return self._result(())
        header = _Header(self.plan, info, self.problems, epoch_1904=self.book.epoch_1904)
        agency, quarter = header.agency(), header.quarter()
        signed = header.signed()
        identity, owed = self.identity, owed_by(self.plan, agency)
        if identity:
            self._check_identity(identity, owed, quarter, header)
        elif quarter:
            self._check_titles(quarter)
        rows = self._read_rows(owed)
        if identity and identity.version != FORM_VERSION and "column_missing" in self._codes():
            self.problems.append(problem("form_outdated", header.place("agency")))
        self.problems += ignored_sheets(self.book, self.used)
        if not agency or quarter is None:
            return self._result(())
        found = Return(
            agency,
            header.text("agency"),
            quarter,
            signed.manner or "正常",
            tuple((k, v) for k, v in signed.model_dump().items() if k != "manner" and v),
            tuple(rows),
            header.place("agency"),
            header.place("quarter"),
            self.rows.blanks,
            frozenset(self.rows.listed),
        )
        return self._result((found,))

    def _check_titles(self, quarter: Quarter) -> None:
        """没有身份表的（抄到新工作簿里的），看各张表名上印的季度。"""
        for sheet in self.book.sheets:
            for cell in (c for c in sheet.cells if c.row <= _TITLE_ROWS):
                printed = _TITLE.search(cell.raw)
                if printed and Quarter.parse(printed[1]) != quarter:
                    why = f"表名上印的是{printed[1]}，报送期却写 {quarter}"
                    place = Place(sheet.name, cell.address)
                    self.problems.append(problem("wrong_form", place, value=cell.raw, why=why))

    def _codes(self) -> set[str]:
        return {found.code for found in self.problems}

    def _result(self, returns: tuple[Return, ...]) -> Reading:
        problems = (*self.problems, *self.rows.problems)
        return Reading(returns, tuple(dict.fromkeys(problems)), self.rows.figures)

    def _table(self, layout: Layout, *, needed: bool) -> Table | None:
        table, problems = find_table(self.book, layout, _NAMES)
        if table is None and not problems and needed:
            names = [s.name for s in self.book.sheets if not s.name.startswith("_")]
            near = difflib.get_close_matches(layout.sheet, names, 1, 0.3)
            hint = f"，最像的是“{near[0]}”，但缺少应有的表头" if near else ""
            problems = [problem("sheet_missing", Place(), wanted=layout.sheet, hint=hint)]
        self.problems += problems
        if table:
            self.used.add(table.sheet.name)
        return table

    def _read_rows(self, owed: Owed | None) -> list[RowRead]:
        found: list[RowRead] = []
        for layout in RETURN_LAYOUTS:
            table = self._table(layout, needed=_is_owed(layout, owed))
            if table is None:
                continue
            for row in table.rows():
                if label := total_label(row):
                    self.problems.append(problem("total_row", row.place("id"), label=label))
                    continue
                read = self.rows.read(row, layout)
                if read and is_reported(read):
                    found.append(read)
            self.problems += [*ignored_columns(table), *ignored_rows(table)]
        return found

    def _check_identity(
        self, identity: Identity, owed: Owed, quarter: Quarter | None, header: "_Header"
    ) -> None:
        agency, place = owed.agency, header.place("agency")
        if identity.document != self.plan.document.number:
            why = f"这是“{identity.document}”的表，不是“{self.plan.document.number}”的"
            self.problems.append(problem("wrong_form", place, value=identity.document, why=why))
        if agency and identity.agency != agency:
            why = f"这张表发给{identity.agency}，报送单位却写{agency}"
            self.problems.append(problem("wrong_form", place, value=agency, why=why))
        if quarter and identity.quarter != str(quarter):
            why = f"这是 {identity.quarter} 的表，报送期却写 {quarter}"
            when = header.place("quarter")
            self.problems.append(problem("wrong_form", when, value=str(quarter), why=why))
        if identity.agency == agency and identity.fingerprint != fingerprint(owed):
            self.problems.append(problem("form_changed", place))


class _Header:
    """“报送信息”：单位、季度、报送方式和填报人。"""

    def __init__(
        self, plan: Plan, info: Table, problems: list[Problem], *, epoch_1904: bool
    ) -> None:
        self.plan, self.problems, self.epoch_1904 = plan, problems, epoch_1904
        rows = {same_header(row.text("label")): row for row in info.rows()}
        self._rows = {key: rows.get(same_header(label)) for key, label in INFO_FIELDS}
        self._sheet = info.sheet.name

    def place(self, key: str) -> Place:
        """一项内容的位置。"""
        row = self._rows[key]
        return row.place("content") if row else Place(self._sheet)

    def text(self, key: str) -> str:
        """一项内容的字。"""
        row = self._rows[key]
        if row is None:
            return ""
        found = read_text(row.cell("content"), self.place(key), epoch_1904=self.epoch_1904)
        self.problems += found.problems
        return found.text

    def agency(self) -> str:
        """报送单位在公文里的名称；认不出是问题，返回空串。"""
        written = self.text("agency")
        named = find_agency(self.plan, written)
        if named is None:
            self.problems.append(unknown_agency(self.plan, written, self.place("agency")))
            return ""
        return named.agency.name

    def quarter(self) -> Quarter | None:
        """报送期；认不出是问题。"""
        written = self.text("quarter")
        try:
            return Quarter.parse(written)
        except ValueError:
            place = self.place("quarter")
            self.problems.append(problem("quarter_invalid", place, value=written))
            return None

    def signed(self) -> InfoRow:
        """报送方式、填报人等。"""
        keys = [key for key, _ in INFO_FIELDS if key not in ("agency", "quarter")]
        places = {key: self.place(key) for key in keys}
        row, problems = validated(InfoRow, {key: self.text(key) for key in keys}, places)
        self.problems += problems
        return row or InfoRow()


def _is_owed(layout: Layout, owed: Owed | None) -> bool:
    if owed is None or layout is CASES:
        return False
    rows = {
        "指标数据": owed.indicators,
        "量化任务": owed.commitments,
        "措施进展": owed.measures,
        "里程碑": owed.milestones,
    }
    return bool(rows[layout.sheet])
