"""读一份报表：字节 → 各单位各季度报了什么。发出去的表和办公室的汇总表都在这里读。"""

from collections.abc import Sequence
from dataclasses import replace

from ipmeasures.forms.given import Submitted
from ipmeasures.forms.identity import CONSOLIDATED_AGENCY, Identity
from ipmeasures.forms.layout import (
    CONSOLIDATED,
    IDENTITY_SHEET,
    INFO_SHEET,
    RETURN_LAYOUTS,
    same_header,
)
from ipmeasures.forms.settings.layout import MARK_SHEET
from ipmeasures.plan.model import Plan
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.returns.consolidated import ConsolidatedReader
from ipmeasures.returns.form import FormReader, read_identity
from ipmeasures.returns.legacy import read_legacy
from ipmeasures.returns.reading import Reading
from ipmeasures.returns.submitted import consolidated_submitted, form_submitted
from ipmeasures.returns.tables import find_table
from ipmeasures.returns.workbook import FileRefused, read_workbook
from ipmeasures.returns.workbook.cells import Workbook
from ipmeasures.returns.workbook.sniff import is_legacy

_FORM_SHEETS = {
    same_header(name) for name in (IDENTITY_SHEET, *(layout.sheet for layout in RETURN_LAYOUTS))
}


def read_return(content: bytes, plan: Plan) -> Reading:
    """读一份报表。

    Args:
        content: 文件的内容：``.xlsx``，或旧格式的 ``.xls``、``.et``；文件名不看。
        plan: 计划，用来认单位和事项。

    Returns:
        读到的各单位报表和全部问题；文件读不出时只有问题。
    """
    try:
        reading = read_book(open_book(content), plan)
    except FileRefused as refused:
        return Reading((), (refused.problem,))
    if is_legacy(content):
        said = problem("legacy_format", Place())
        reading = replace(reading, problems=(said, *reading.problems))
    return reading


def read_book(book: Workbook, plan: Plan) -> Reading:
    """读打开了的一份报表；同 ``read_return``。

    Raises:
        FileRefused: 填的行、说得出的问题太多。
    """
    if any(sheet.name == MARK_SHEET for sheet in book.sheets):
        return Reading((), (problem("wrong_form.settings", Place()),))
    identity = read_identity(book)
    read = FormReader if _is_form(book, identity) else ConsolidatedReader
    reading = read(book, plan, identity).read()
    return replace(reading, mends=identity.mends) if identity else reading


def read_submitted(
    content: bytes, plan: Plan, reading: Reading, problems: Sequence[Problem]
) -> Submitted | None:
    """退回时再读一遍：每格原来写的什么，``problems`` 各在哪一格。

    Args:
        content: 文件的内容，读得出来的。
        plan: 计划。
        reading: ``read_return`` 的结果。
        problems: 要说的全部问题。

    Returns:
        报来的内容；认不出是哪个单位、哪个季度的表，为 ``None``。
    """
    book = open_book(content)
    is_form = _is_form(book, read_identity(book))
    found = form_submitted if is_form else consolidated_submitted
    return found(book, plan, reading, problems)


def open_book(content: bytes) -> Workbook:
    """按内容打开：新格式、旧格式都认。

    Raises:
        FileRefused: 文件读不出。
    """
    return read_legacy(content) if is_legacy(content) else read_workbook(content)


def _is_form(book: Workbook, identity: Identity | None) -> bool:
    """有身份表（且不是汇总表）或报送信息的，是发出去的表；别的看名称，再看是不是汇总表的表头。"""
    if identity:
        return identity.agency != CONSOLIDATED_AGENCY
    names = {same_header(sheet.name) for sheet in book.sheets}
    if same_header(INFO_SHEET) in names:
        return True
    return bool(names & _FORM_SHEETS) and find_table(book, CONSOLIDATED)[0] is None
