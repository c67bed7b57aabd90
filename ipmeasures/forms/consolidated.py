"""办公室自用的汇总空表：一行一个数或一条措施，单位、编号、名称、口径都印好。"""

from collections.abc import Sequence

from openpyxl import Workbook

from ipmeasures.forms.choices import Lists
from ipmeasures.forms.identity import CONSOLIDATED_AGENCY, Identity
from ipmeasures.forms.layout import CONSOLIDATED, FORM_VERSION
from ipmeasures.forms.rows import Printed
from ipmeasures.forms.write import Table, hint_of, saved, write_identity, write_table
from ipmeasures.plan.model import Plan
from ipmeasures.quarter import Quarter


def write_consolidated(plan: Plan, quarter: Quarter) -> bytes:
    """一个季度的汇总空表；先列数，再列各单位的措施进展。"""
    rows, title = consolidated_rows(plan, quarter), consolidated_title(quarter)
    book = consolidated_book(plan, rows, title)
    write_identity(book, consolidated_identity(plan, quarter))
    return saved(book, consolidated_title(quarter), quarter)


def consolidated_book(plan: Plan, rows: Sequence[Printed], title: str, hint: str = "") -> Workbook:
    """有这些行的汇总表，还没有写身份、没有存；``hint`` 是表上方的提示，不写用汇总表的。"""
    book = Workbook()
    book.remove(book.worksheets[0])
    lists = Lists()
    decimals = {item.id: item.how.decimals for item in plan.asked_items}
    said = hint or hint_of(CONSOLIDATED)
    write_table(book, Table(CONSOLIDATED, title, said, rows, decimals), lists)
    lists.write(book)
    return book


def consolidated_identity(plan: Plan, quarter: Quarter) -> Identity:
    """汇总表的身份：单位写 ``*``。"""
    return Identity(
        FORM_VERSION, CONSOLIDATED_AGENCY, str(quarter), plan.digest[:16], plan.document.number
    )


def consolidated_title(quarter: Quarter) -> str:
    """汇总表的标题。"""
    return f"汇总表（{quarter.label}）"


def consolidated_rows(plan: Plan, quarter: Quarter) -> list[Printed]:
    """汇总表的各行。"""
    figures: list[Printed] = [
        {
            "agency": agency,
            "quarter": str(quarter),
            "id": item.id,
            "name": item.name,
            "unit": item.how.unit,
        }
        for item in plan.asked_items
        for agency in item.how.reporters
    ]
    measures: list[Printed] = [
        {"agency": agency, "quarter": str(quarter), "id": measure.id, "name": measure.title}
        for measure in plan.measures
        for agency in plan.responsible(measure)
    ]
    return [*figures, *measures]
