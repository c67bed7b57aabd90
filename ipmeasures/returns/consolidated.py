"""读办公室的汇总表。"""

from ipmeasures.forms.layout import CONSOLIDATED, Layout
from ipmeasures.plan.model import Plan
from ipmeasures.plan.names import find_agency
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.quarter import Quarter
from ipmeasures.returns.model import InfoRow, validated
from ipmeasures.returns.reading import Reading, Return
from ipmeasures.returns.row import RowRead, RowReader, is_reported
from ipmeasures.returns.tables import (
    TableRow,
    find_table,
    ignored_columns,
    total_label,
    unknown_agency,
)
from ipmeasures.returns.workbook.cells import Workbook


class ConsolidatedReader:
    """读办公室的汇总表：一张表里许多单位，也可以有几个季度。"""

    def __init__(self, book: Workbook, plan: Plan) -> None:
        self.book, self.plan = book, plan
        self.rows = RowReader(plan, book.epoch_1904)
        self.problems: list[Problem] = []
        self.found: dict[tuple[str, Quarter], list[RowRead]] = {}
        self.first: dict[tuple[str, Quarter], TableRow] = {}
        self.manners: dict[tuple[str, Quarter], tuple[str, str]] = {}

    def read(self) -> Reading:
        """读出报表和问题。"""
        table, problems = find_table(self.book, CONSOLIDATED)
        self.problems += problems
        if table is None:
            if not problems:
                self.problems.append(self._no_table())
            return self._result()
        if not {"agency", "quarter", "value"} <= table.head.columns.keys():
            return self._result()
        for row in table.rows():
            if label := total_label(row):
                self.problems.append(problem("total_row", row.place("id"), label=label))
            else:
                self._take(row)
        self.problems += ignored_columns(table)
        return self._result()

    def _no_table(self) -> Problem:
        visible = [s for s in self.book.sheets if not s.hidden and s.cells]
        if visible:
            _, problems = find_table(
                Workbook((visible[0],), self.book.epoch_1904),
                Layout(visible[0].name, CONSOLIDATED.columns),
            )
            if problems:
                return problems[0]
        return problem("sheet_missing", Place(), wanted=CONSOLIDATED.sheet, hint="")

    def _take(self, row: TableRow) -> None:
        read = self.rows.read(row, CONSOLIDATED)
        manner = row.text("manner")
        if (read is None or not is_reported(read)) and not manner:
            return
        agency, quarter = self._agency(row), self._quarter(row)
        if agency is None or quarter is None:
            return
        key = (agency, quarter)
        self.first.setdefault(key, row)
        rows = self.found.setdefault(key, [])
        if read and is_reported(read):
            rows.append(read)
        if manner:
            self.manners.setdefault(key, (manner, row.text("reference")))

    def _agency(self, row: TableRow) -> str | None:
        cell = row.shared_cell("agency")
        written = cell.raw.strip() if cell else ""
        named = find_agency(self.plan, written)
        if named is None:
            self.problems.append(unknown_agency(self.plan, written, row.place("agency")))
            return None
        return named.agency.name

    def _quarter(self, row: TableRow) -> Quarter | None:
        cell = row.shared_cell("quarter")
        written = cell.raw.strip() if cell else ""
        try:
            return Quarter.parse(written)
        except ValueError:
            said = problem("quarter_invalid", row.place("quarter"), value=written)
            self.problems.append(said)
            return None

    def _result(self) -> Reading:
        returns = tuple(self._return(key) for key in sorted(self.found))
        problems = (*self.problems, *self.rows.problems)
        return Reading(returns, tuple(dict.fromkeys(problems)), self.rows.figures)

    def _return(self, key: tuple[str, Quarter]) -> Return:
        row = self.first[key]
        manner, reference = self.manners.get(key, ("正常", ""))
        place = row.place("manner")
        values = {"manner": manner, "reference": reference}
        info, problems = validated(InfoRow, values, {"manner": place, "reference": place})
        self.problems += problems
        cell = row.shared_cell("agency")
        signed = (("reference", reference),) if reference else ()
        return Return(
            key[0],
            cell.raw.strip() if cell else key[0],
            key[1],
            info.manner if info else "正常",
            signed,
            tuple(self.found[key]),
            row.place("agency"),
            listed=frozenset(item.id for item in self.plan.asked_items),
        )
