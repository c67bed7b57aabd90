"""补录表：一年里还缺哪些数，一行一个，照统计年报补上；报送方式、报送期和时点都印好。"""

from collections.abc import Collection

from ipmeasures.forms.consolidated import consolidated_book, consolidated_identity
from ipmeasures.forms.layout import CONSOLIDATED
from ipmeasures.forms.rows import Printed
from ipmeasures.forms.write import saved, write_identity
from ipmeasures.plan.model import FigureItem, Plan
from ipmeasures.plan.terms import Nature
from ipmeasures.quarter import Quarter

BACKFILLED = "补录"
_HINT = (
    "只补查得到的：{year}年的年末数或全年数，写明数据来源（年报、公报、上级通报）；查不到的空着，不要估。"
    "没有发生填 0。报送方式已填“补录”，不算迟报，不要改。"
)


def missing_rows(plan: Plan, year: int, known: Collection[tuple[str, str]]) -> tuple[Printed, ...]:
    """一年里还缺的数；``known`` 是那年第四季度已在案的（单位、事项编号）。"""
    quarter = Quarter(year, 4)
    return tuple(
        {
            "agency": agency,
            "quarter": str(quarter),
            "id": item.id,
            "name": item.name,
            "unit": item.how.unit,
            "data_at": _data_at(item, year),
            "manner": BACKFILLED,
        }
        for item in plan.asked_items
        for agency in item.how.reporters
        if (agency, item.id) not in known
    )


def write_history(plan: Plan, year: int, rows: tuple[Printed, ...]) -> bytes:
    """一年的补录表；``rows`` 是 ``missing_rows``。"""
    quarter = Quarter(year, 4)
    title = f"{year}年补录表"
    book = consolidated_book(plan, rows, title, _HINT.format(year=year))
    write_identity(book, consolidated_identity(plan, quarter))
    return saved(book, f"{title}（{CONSOLIDATED.sheet}）", quarter)


def _data_at(item: FigureItem, year: int) -> str:
    """年度数写年份，其余写年末。"""
    return str(year) if item.how.nature is Nature.ANNUAL else f"{year}-12-31"
