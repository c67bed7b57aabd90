"""读办公室的汇总表。"""

from ipmeasures.forms.identity import Identity
from ipmeasures.forms.layout import CONSOLIDATED, Layout
from ipmeasures.plan.model import Plan
from ipmeasures.plan.names import find_agency
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.quarter import Quarter
from ipmeasures.returns.bounds import check_bounds
from ipmeasures.returns.heads import Head, find_head, laid_across
from ipmeasures.returns.ignored import ignored_columns, ignored_rows, ignored_sheets
from ipmeasures.returns.model import InfoRow, validated
from ipmeasures.returns.reading import Reading, Return
from ipmeasures.returns.row import RowRead, RowReader, filled_columns, is_filled, is_reported
from ipmeasures.returns.sums import Sums
from ipmeasures.returns.tables import TableRow, find_table, unknown_agency
from ipmeasures.returns.text import read_text
from ipmeasures.returns.workbook.cells import Sheet, Workbook

_BACKFILLED = "补录"
_PRINTED = {"data_at", "manner"}


class ConsolidatedReader:
    """读办公室的汇总表：一张表里许多单位，也可以有几个季度。"""

    def __init__(self, book: Workbook, plan: Plan, identity: Identity | None = None) -> None:
        self.book, self.plan, self.identity = book, plan, identity
        self.rows = RowReader(plan, book.epoch_1904, book.recalculated)
        self.problems: list[Problem] = []
        self.found: dict[tuple[str, Quarter], list[RowRead]] = {}
        self.first: dict[tuple[str, Quarter], TableRow] = {}
        self.manners: dict[tuple[str, Quarter], TableRow] = {}
        self.sums = Sums(plan)
        self.lines = 0

    def read(self) -> Reading:
        """读出报表和问题。"""
        self._check_identity()
        table, problems = find_table(self.book, CONSOLIDATED)
        if table is None:
            self.problems += problems or self._no_table()
            return self._result()
        self.problems += self._agencies_across(table.sheet, table.head) or problems
        self.problems += ignored_sheets(self.book, {table.sheet.name})
        columns = table.head.columns.keys()
        if not {"agency", "quarter", "value"} <= columns or not {"id", "name"} & columns:
            return self._result()
        for row in table.rows():
            if said := self.sums.told(row):
                self.problems += said
            elif any(is_filled(row, column) for column in filled_columns(CONSOLIDATED)):
                self._take(row)
            else:
                self.rows.note_blank_formula(row)
            self._check_bounds()
        self.problems += [*ignored_columns(table), *ignored_rows(table)]
        self._check_bounds()
        self._check_quarter()
        return self._result()

    def _check_bounds(self) -> None:
        check_bounds(self.lines, len(self.found), self.problems, self.rows.problems)

    def _no_table(self) -> list[Problem]:
        """没有一张合格的：最像的一张缺什么；一点也不像的，只说没有。"""
        heads = [(find_head(sheet, CONSOLIDATED), sheet) for sheet in self.book.sheets]
        head, sheet = max(heads, key=lambda pair: len(pair[0].columns), default=(None, None))
        if head is None or sheet is None or not head.columns:
            said = f"，只有“{'”“'.join(s.name for s in self.book.sheets[:3])}”，也没有它的表头"
            return [problem("sheet_missing", Place(), wanted=CONSOLIDATED.sheet, hint=said)]
        near = Layout(sheet.name, CONSOLIDATED.columns)
        return self._agencies_across(sheet, head) or list(find_head(sheet, near).problems)

    def _agencies_across(self, sheet: Sheet, head: Head) -> list[Problem]:
        """没有责任单位一列、表头里有两个以上单位名称的，是一个单位一列。"""
        cells = () if "agency" in head.columns else sheet.rows.get(head.bottom, ())
        found = [cell for cell in cells if find_agency(self.plan, cell.raw)]
        return [laid_across(sheet, found)] if len(found) > 1 else []

    def _check_identity(self) -> None:
        identity, number = self.identity, self.plan.document.number
        if identity and identity.document != number:
            theirs = identity.document
            said = problem("wrong_form", Place(), value=theirs, issued=theirs, own=number)
            self.problems.append(said)

    def _check_quarter(self) -> None:
        """下发的汇总表、补录表是哪个季度的，至少要有一行是；不然就是拿旧表改了报送期，印好的时点都不对。"""
        if self.identity is None or not self.found:
            return
        (_, quarter), row = min(self.first.items(), key=lambda pair: pair[1].number)
        issued = self.identity.quarter
        if issued not in {str(quarter) for _, quarter in self.found}:
            place = row.place("quarter")
            said = problem("wrong_form.quarter", place, value=quarter, issued=issued)
            self.problems.append(said)

    def _take(self, row: TableRow) -> None:
        read = self.rows.read(row, CONSOLIDATED)
        agency, quarter = self._agency(row), self._quarter(row)
        manner = row.text("manner")
        reported = read is not None and is_reported(read)
        if read and agency and quarter:
            self.sums.add(read, agency, quarter)
        else:
            self.sums.skip(row)
        if agency is None or quarter is None or not (reported or manner):
            return
        if manner == _BACKFILLED and (read is None or _is_blank(read)):
            return  # 补录表里报送方式、时点都印好了，别的没有填的一行不算报了
        key = (agency, quarter)
        self.first.setdefault(key, row)
        rows = self.found.setdefault(key, [])
        if read and reported:
            rows.append(read)
            self.lines += 1
        if manner:
            self._take_manner(key, row)

    def _take_manner(self, key: tuple[str, Quarter], row: TableRow) -> None:
        """报送方式写在哪一行都行，但一个单位一个季度只有一种；写了两种，按先写的。"""
        first = self.manners.setdefault(key, row)
        manner, theirs = row.text("manner"), first.text("manner")
        if manner != theirs:
            place, other = row.place("manner"), first.place("manner")
            self.problems.append(
                problem(
                    "manner_differs",
                    place,
                    value=manner,
                    agency=key[0],
                    other=other,
                    theirs=theirs,
                )
            )

    def _agency(self, row: TableRow) -> str | None:
        cell = row.shared_cell("agency")
        written = cell.raw.strip() if cell else ""
        named = find_agency(self.plan, written)
        if named is None:
            self.problems.append(unknown_agency(self.plan, written, row.place("agency")))
            return None
        return named.agency.name

    def _quarter(self, row: TableRow) -> Quarter | None:
        place, cell = row.place("quarter"), row.shared_cell("quarter")
        written = read_text(cell, place, epoch_1904=self.book.epoch_1904).text
        try:
            return Quarter.parse(written)
        except ValueError:
            kind = "quarter_invalid" if written else "quarter_invalid.blank"
            self.problems.append(problem(kind, place, value=written))
            return None

    def _result(self) -> Reading:
        returns = tuple(self._return(key) for key in sorted(self.found))
        problems = (*self.problems, *self.rows.problems)
        return Reading(returns, tuple(dict.fromkeys(problems)), self.rows.figures)

    def _return(self, key: tuple[str, Quarter]) -> Return:
        row = self.first[key]
        told = self.manners.get(key)
        values = {name: told.text(name) for name in ("manner", "reference")} if told else {}
        places = {name: told.place(name) for name in values} if told else {}
        info, problems = validated(InfoRow, values, places)
        self.problems += problems
        cell = row.shared_cell("agency")
        signed = (("reference", info.reference),) if info and info.reference else ()
        return Return(
            key[0],
            cell.raw.strip() if cell else key[0],
            key[1],
            (info.manner if info else "") or "正常",
            signed,
            tuple(self.found[key]),
            row.place("agency"),
            quarter_place=row.place("quarter"),
            manner_place=(told or row).place("manner" if told else "agency"),
            listed=frozenset(item.id for item in self.plan.asked_items if self.found[key]),
        )


def _is_blank(read: RowRead) -> bool:
    return {key for key, raw in read.raws.items() if raw} <= _PRINTED
