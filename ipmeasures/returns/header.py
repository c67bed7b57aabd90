"""“报送信息”：单位、季度、报送方式和填报人。"""

from ipmeasures.forms.layout import INFO_FIELDS, same_header
from ipmeasures.plan.model import Plan
from ipmeasures.plan.names import find_agency
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.quarter import Quarter
from ipmeasures.returns.model import InfoRow, validated
from ipmeasures.returns.tables import Table, TableRow, unknown_agency
from ipmeasures.returns.text import read_text


class Header:
    """“报送信息”：单位、季度、报送方式和填报人。"""

    def __init__(
        self, plan: Plan, info: Table, problems: list[Problem], *, epoch_1904: bool
    ) -> None:
        self.plan, self.problems, self.epoch_1904 = plan, problems, epoch_1904
        self._sheet = info.sheet.name
        rows: dict[str, TableRow] = {}
        for row in info.rows():
            first = rows.setdefault(same_header(row.text("label")), row)
            if first.text("content") != row.text("content"):
                self._say_twice(first, row)
        self._rows = {key: rows.get(same_header(label)) for key, label in INFO_FIELDS}

    def _say_twice(self, first: TableRow, second: TableRow) -> None:
        header, theirs = second.text("label"), first.text("content")
        if same_header(header) in {same_header(label) for _, label in INFO_FIELDS}:
            place, other = second.place("content"), first.place("content")
            said = problem(
                "duplicate_row.info",
                place,
                also=(other,),
                header=header,
                other=other,
                theirs=theirs,
            )
            self.problems.append(said)

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
            kind = "quarter_invalid" if written else "quarter_invalid.blank"
            self.problems.append(problem(kind, place, value=written))
            return None

    def signed(self) -> InfoRow:
        """报送方式、填报人等。"""
        keys = [key for key, _ in INFO_FIELDS if key not in ("agency", "quarter")]
        places = {key: self.place(key) for key in keys}
        row, problems = validated(InfoRow, {key: self.text(key) for key in keys}, places)
        self.problems += problems
        return row or InfoRow()
