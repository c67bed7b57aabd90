"""读发给一个单位的表。"""

import difflib
import re
from collections.abc import Iterator, Sequence

from ipmeasures.forms.identity import Identity, fingerprint
from ipmeasures.forms.layout import (
    CASES,
    FORM_VERSION,
    IDENTITY_SHEET,
    INFO,
    LISTS_SHEET,
    RETURN_LAYOUTS,
    Layout,
    home_of,
    same_header,
)
from ipmeasures.plan.model import Plan
from ipmeasures.plan.names import find_agency
from ipmeasures.plan.owed import Owed, owed_by
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.quarter import Quarter
from ipmeasures.returns.bounds import check_bounds
from ipmeasures.returns.header import Header
from ipmeasures.returns.ignored import (
    ignored_columns,
    ignored_notes,
    ignored_rows,
    ignored_sheets,
)
from ipmeasures.returns.reading import Reading, Return
from ipmeasures.returns.row import RowRead, RowReader, is_reported
from ipmeasures.returns.sums import Sums
from ipmeasures.returns.tables import (
    Table,
    find_table,
    fitting_sheets,
)
from ipmeasures.returns.workbook.cells import Sheet, Workbook

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


_TITLE = re.compile(r"（(20\d{2}年第[一二三四]季度) · ([^）]*)）")
_TITLE_ROWS = 3


class FormReader:
    """读一个单位的表。"""

    def __init__(self, book: Workbook, plan: Plan, identity: Identity | None = None) -> None:
        self.book, self.plan, self.identity = book, plan, identity
        self.rows = RowReader(plan, book.epoch_1904, book.recalculated)
        self.problems: list[Problem] = []
        self.used: set[str] = set()

    def read(self) -> Reading:
        """读出报表和问题。"""
        info = self._info()
        if info is None:
            self._read_rows()
            return self._result(())
        header = Header(self.plan, info, self.problems, epoch_1904=self.book.epoch_1904)
        written, quarter = header.agency(), header.quarter()
        signed = header.signed()
        identity = self.identity
        rows, absent = self._read_rows()
        agency = self._whose(written, rows)
        if identity:
            self._check_identity(identity, written, agency, quarter, header)
        else:
            self._check_titles(written, quarter, header)
        self._check_absent(absent, agency)
        if identity and identity.version != FORM_VERSION and "column_missing" in self._codes():
            self.problems.append(problem("form_outdated", header.place("agency")))
        self.problems += [*ignored_sheets(self.book, self.used), *ignored_notes(self.book)]
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
            header.place("manner"),
            self.rows.blanks,
            frozenset(self.rows.listed),
            tuple(self.rows.printed),
        )
        return self._result((found,))

    def _whose(self, written: str, rows: Sequence[RowRead]) -> str:
        """这份表其实是谁的：报送单位写成了别的单位，而填的多是发给的那个单位的事项，就照发给的单位核对。

        不然，一处写错要报出十几处“不由该单位报送”，照着删就把数删光了。
        """
        issued = find_agency(self.plan, self.identity.agency) if self.identity else None
        if not written or issued is None or issued.agency.name == written:
            return written
        own, theirs = owed_by(self.plan, issued.agency.name), owed_by(self.plan, written)
        fits = [sum(row.item in owed.ids for row in rows) for owed in (own, theirs)]
        return issued.agency.name if fits[0] >= fits[1] else written

    def _check_titles(self, written: str, quarter: Quarter | None, header: Header) -> None:
        """没有身份表的（抄到新工作簿里的），看各张表名上印的季度和单位；改在报送信息那两格。"""
        titles = ((sheet.name, found) for sheet in self.book.sheets for found in _titles(sheet))
        sheet, printed = next(titles, ("", None))
        if printed is None:
            return
        issued, agency = Quarter.parse(printed[1]), find_agency(self.plan, printed[2])
        if quarter and issued != quarter:
            place, key = header.place("quarter"), "wrong_form.title"
            self.problems.append(problem(key, place, value=quarter, sheet=sheet, issued=issued))
        if written and agency and agency.agency.name != written:
            place, key, name = header.place("agency"), "wrong_form.title_agency", agency.agency.name
            self.problems.append(problem(key, place, value=written, sheet=sheet, issued=name))

    def _codes(self) -> set[str]:
        return {found.code for found in self.problems}

    def _result(self, returns: tuple[Return, ...]) -> Reading:
        problems = (*self.problems, *self.rows.problems)
        return Reading(returns, tuple(dict.fromkeys(problems)), self.rows.figures)

    def _info(self) -> Table | None:
        table, problems = find_table(self.book, INFO, _NAMES)
        self.problems += problems
        if table is None and not problems:
            self.problems.append(self._no_sheet(INFO))
        if table:
            self.used.add(table.sheet.name)
        return table

    def _no_sheet(self, layout: Layout) -> Problem:
        names = [s.name for s in self.book.sheets if not s.name.startswith("_")]
        near = difflib.get_close_matches(layout.sheet, names, 1, 0.3)
        hint = f"，最像的是“{near[0]}”，但缺少应有的表头" if near else ""
        return problem("sheet_missing", Place(), wanted=layout.sheet, hint=hint)

    def _read_rows(self) -> tuple[list[RowRead], list[Layout]]:
        """各表报了东西的行，和找不到的表。"""
        found: list[RowRead] = []
        absent: list[Layout] = []
        for layout in RETURN_LAYOUTS:
            table, problems = find_table(self.book, layout, _NAMES)
            self.problems += problems
            if table:
                self.used.add(table.sheet.name)
                self._read_table(table, found)
            elif problems:
                self._set_aside(layout)
            else:
                absent.append(layout)
        return found, absent

    def _set_aside(self, layout: Layout) -> None:
        """不止一张像这张表的：已经说了，不再说它们没有读、表上没有这些行。"""
        self.used |= {sheet.name for sheet in fitting_sheets(self.book, layout, _NAMES)}
        figures = (item.id for item in self.plan.figure_items)
        self.rows.listed |= {key for key in figures if home_of(key) is layout}

    def _read_table(self, table: Table, found: list[RowRead]) -> None:
        """一张表报了东西的行，接在 ``found`` 后面。"""
        sums = Sums(self.plan)
        for row in table.rows():
            if said := sums.told(row):
                self.problems += said
            elif read := self.rows.read(row, table.layout):
                if is_reported(read):
                    found.append(read)
                if "value" in row.columns:
                    sums.add(read)
            else:
                sums.skip(row)
            check_bounds(len(found), 1, self.problems, self.rows.problems)
        self.problems += [*ignored_columns(table), *ignored_rows(table)]
        check_bounds(len(found), 1, self.problems, self.rows.problems)

    def _check_absent(self, absent: Sequence[Layout], agency: str) -> None:
        """找不到的表里，有这个单位该报的，才要说。"""
        if agency:
            owed = owed_by(self.plan, agency)
            self.problems += [self._no_sheet(one) for one in absent if _is_owed(one, owed)]

    def _check_identity(
        self,
        identity: Identity,
        written: str,
        agency: str,
        quarter: Quarter | None,
        header: Header,
    ) -> None:
        place = header.place("agency")
        if identity.document != self.plan.document.number:
            theirs, own = identity.document, self.plan.document.number
            said = problem("wrong_form", place, value=theirs, issued=theirs, own=own)
            self.problems.append(said)
        if written and identity.agency != written:
            key = "wrong_form.other_agency" if agency == written else "wrong_form.agency"
            said = problem(key, place, value=written, issued=identity.agency)
            self.problems.append(said)
        if quarter and identity.quarter != str(quarter):
            when, issued = header.place("quarter"), identity.quarter
            self.problems.append(problem("wrong_form.quarter", when, value=quarter, issued=issued))
        owed = owed_by(self.plan, written)
        if identity.agency == written and identity.fingerprint != fingerprint(owed):
            self.problems.append(problem("form_changed", place))


def _titles(sheet: Sheet) -> Iterator[re.Match[str]]:
    """一张表名上印的季度和单位。"""
    for cell in sheet.cells:
        if cell.row <= _TITLE_ROWS and (printed := _TITLE.search(cell.raw)):
            yield printed


def _is_owed(layout: Layout, owed: Owed) -> bool:
    if layout is CASES:
        return False
    rows = {
        "指标数据": owed.indicators,
        "量化任务": owed.commitments,
        "措施进展": owed.measures,
        "里程碑": owed.milestones,
    }
    return bool(rows[layout.sheet])
