"""只凭答复就改得好：填错的表，照终端上的话改，或只改退回表上标红的格，再报就收下。

一个填错是一个 ``Mistake``；改的时候每动一格，都要是答复点了名的（终端）、标红而且没有锁的（退回表）。
像在 Excel 里一样填：百分比格式的格里填 82.3，存的是 0.823；所以格式没有改回来，就改不好。
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ipmeasures.forms import style
from ipmeasures.ledger.store import Ledger
from tests.commands.conftest import Fill, Run, Told, figures

BUREAU, POLICE = "市市场监管局", "市公安局"
HEAD = 3
GOOD = {"I01": "7.6", "I04": "42", "I05": "8", "I09": "6.8", "I10": "82.6", "M07-1": "260"}
LAST = {"I04": "42", "I05": "8"}
RED = str(style.BAD_FILL.fgColor.rgb)
MANNER = "B6"
_PERCENT = re.compile("%")
_DAY = re.compile("[ymdh]")
Change = Callable[[Workbook], None]


def at(book: Workbook, key: str, header: str, *, nth: int = 0) -> Cell:
    """一个事项的一格；``nth`` 是第几次出现（0 起）。"""
    sheet = book["指标数据" if key.startswith("I") else "量化任务"]
    heads = [cell.value for cell in sheet[HEAD]]
    rows = [r for r in range(HEAD + 1, sheet.max_row + 1) if sheet.cell(r, 1).value == key]
    return only(sheet.cell(rows[nth], heads.index(header) + 1))


def only(cell: object) -> Cell:
    assert isinstance(cell, Cell)
    return cell


def put(cell: Cell, content: object) -> None:
    """像在 Excel 里填：格是什么格式，填进去的就成了什么。"""
    if isinstance(content, (int, float)) and _PERCENT.search(cell.number_format):
        cell.value = content / 100
    elif isinstance(content, (int, float)) and _DAY.search(cell.number_format):
        cell.value = dt.datetime(1899, 12, 30) + dt.timedelta(days=content)  # noqa: DTZ001 - 表格没有时区
    else:
        cell.value = content


def found(book: Workbook, text: str) -> int:
    """哪一行写着这几个字。"""
    sheet = book["指标数据"]
    rows = (row[0].row for row in sheet.iter_rows() for cell in row if cell.value == text)
    return int(next(rows))


def insert(book: Workbook, below: str, **cells: object) -> None:
    """在一个事项下面插一行；用列的字母说填在哪里。"""
    sheet = book["指标数据"]
    row = at(book, below, "本期值").row + 1
    # openpyxl 插行不带走合并和下拉框，不要紧：读表只看内容
    sheet.insert_rows(row)
    for letter, content in cells.items():
        sheet[f"{letter}{row}"].value = content


def clear(book: Workbook, row: int) -> None:
    for cell in book["指标数据"][row]:
        cell.value = None


def general(cell: Cell) -> Cell:
    """照终端上说的，先把格式改为“常规”。"""
    cell.number_format = "General"
    return cell


@dataclass(frozen=True)
class Mistake:
    """一种填错：怎么错的，终端上要有的话，照终端的话怎么改原表，怎么改退回表上标红的格。"""

    name: str
    spoil: Change
    words: tuple[str, ...]
    mend: Change
    mend_answer: Change | None = None
    reset: bool = False
    info: dict[str, str] = field(default_factory=dict)


def _percent(book: Workbook) -> None:
    cell = at(book, "I10", "本期值")
    cell.value, cell.number_format = 0.823, "0.0%"


def _date(book: Workbook) -> None:
    cell = at(book, "I04", "本期值")
    cell.value, cell.number_format = dt.datetime(2023, 6, 30), "yyyy-mm-dd"  # noqa: DTZ001 - 同上


def _swap(book: Workbook) -> None:
    put(at(book, "I04", "本期值"), 8)
    put(at(book, "I05", "本期值"), 42)


def _unswap(book: Workbook) -> None:
    put(at(book, "I04", "本期值"), 42)
    put(at(book, "I05", "本期值"), 8)


def _part(book: Workbook) -> None:
    insert(book, "I09", B="其中：商标", J=3, L="样例")


def _nameless(book: Workbook) -> None:
    insert(book, "I09", J=3, O="多写的")


def _twice(book: Workbook) -> None:
    insert(book, "I09", A="I09", B="有效注册商标量", J=6.9, L="别处抄的")


def _once(book: Workbook) -> None:
    clear_filled(book, at(book, "I09", "本期值", nth=1).row)


def _not_ours(book: Workbook) -> None:
    insert(book, "I09", A="I08", B="著作权作品登记数量", J=0.1, L="样例")


def clear_filled(book: Workbook, row: int) -> None:
    """清空一行里由单位填写的各格。"""
    sheet = book["指标数据"]
    for letter in "JKLMNO":
        sheet[f"{letter}{row}"].value = None


def _empty(book: Workbook) -> None:
    for name in ("指标数据", "量化任务"):
        sheet = book[name]
        for row in sheet.iter_rows(min_row=HEAD + 1, min_col=10, max_col=15):
            for cell in row:
                cell.value = None


def value(key: str, content: object, header: str = "本期值") -> Change:
    """把一格填成什么。"""
    return lambda book: put(at(book, key, header), content)


def cover(address: str, content: object) -> Change:
    return lambda book: put(only(book["报送信息"][address]), content)


MISTAKES = [
    Mistake(
        "百分比格式",
        _percent,
        ("看见的是 82.3%", "先把这一格的格式改为“常规”，再填 82.3"),
        lambda book: put(general(at(book, "I10", "本期值")), 82.3),
        value("I10", 82.3),
    ),
    Mistake(
        "变成日期",
        _date,
        ("2023-06-30", "先把这一格的格式改为“常规”"),
        lambda book: put(general(at(book, "I04", "本期值")), 42),
        value("I04", 42),
    ),
    Mistake(
        "其中行",
        _part,
        ("“其中：商标”不是下发的表上的一行", "请删去这一行"),
        lambda book: clear(book, found(book, "其中：商标")),
    ),
    Mistake(
        "没有编号名称的行",
        _nameless,
        ("却没有编号和名称", "填的全部清空"),
        lambda book: clear(book, found(book, "多写的")),
    ),
    Mistake("同一行两次", _twice, ("I09 填了两次", "另一行填的全部清空"), _once),
    Mistake(
        "不该报的行",
        _not_ours,
        ("I08 不由市市场监管局报送", "请把这一行填的全部清空"),
        lambda book: clear_filled(book, at(book, "I08", "本期值").row),
    ),
    Mistake("单位写错", cover("B4", POLICE), ("这张表发给市市场监管局", "请把报送单位写回市市场监管局"), cover("B4", BUREAU)),
    Mistake("空表", _empty, ("表里什么也没有填", "报送方式请选“零报告”"), cover(MANNER, "零报告")),
    Mistake("两行颠倒", _swap, ("是否与 I05 填颠倒（那里填的是 42）", "两处换过来"), _unswap),
    Mistake("还没公布，按年的", value("I02", "未公布"), ("请改填“未更新”",), value("I02", "未更新")),
    Mistake("还没公布，按季的", value("I01", "待统计"), ("请留空",), value("I01", None)),
    Mistake(
        "没有那一天",
        value("I01", "2023-11-31", "数据时点"),
        ("2023 年 11 月没有 31 日",),
        value("I01", "2023-06-30", "数据时点"),
    ),
    Mistake("带单位", value("I09", "6.8万件"), ("是否为 6.8？",), value("I09", 6.8)),
    Mistake("件填成万件", value("I09", 68000), ("应填 6.8",), value("I09", 6.8)),
    Mistake(
        "不适用没有理由",
        value("I04", "不适用"),
        ("请在“说明”列写一句理由",),
        value("I04", "样例：没有这项业务", "说明"),
    ),
    Mistake(
        "累计变小",
        value("I06", 130),
        ("累计数从 165（2023Q1）降到 130", "请在“说明”列写明原因"),
        value("I06", "样例：上季度多报", "说明"),
    ),
    Mistake(
        "名称改了",
        value("I09", "有效专利量", "指标名称"),
        ("编号 I09 是“有效注册商标量”",),
        value("I09", "有效注册商标量", "指标名称"),
    ),
]  # fmt: skip


@dataclass
class Trial:
    """一次试用：先报上季度，再报填错的。"""

    ipm: Run
    filled: Fill
    home: Path

    def spoiled(self, *changes: Change) -> Path:
        before = self.filled(BUREAU, "2023Q1", figures(**keyed({**LAST, "I06": "165"})))
        assert self.ipm("ingest", before).status == 0
        path = self.filled(BUREAU, "2023Q2", figures(**keyed(GOOD)))
        edit(path, *changes)
        return path

    def stored(self) -> dict[str, object]:
        """2023Q2 在案的数。"""
        with Ledger.open(self.home / "data" / "ledger.db", read_only=True) as ledger:
            return {
                e.item: e.value if e.value is not None else e.state.label
                for e in ledger.entries(agency=BUREAU)
                if e.field == "value" and str(e.quarter) == "2023Q2"
            }


@pytest.fixture
def trial(ipm: Run, filled: Fill, home: Path) -> Trial:
    return Trial(ipm, filled, home)


def keyed(values: dict[str, str]) -> dict[str, str]:
    return {key.replace("-", "_"): text for key, text in values.items()}


def edit(path: Path, *changes: Change) -> set[tuple[str, str]]:
    """改一份表存回去；返回动了哪几格（内容变了的）。"""
    book = load_workbook(path)
    before = dict(contents(book))
    for change in changes:
        change(book)
    after = dict(contents(book))
    book.save(path)
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def contents(book: Workbook) -> Iterator[tuple[tuple[str, str], object]]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield (sheet.title, cell.coordinate), cell.value


def named_in(told: str) -> set[tuple[str, str]]:
    """终端上点了名的格：工作表一段，每条开头的格和“有关的格”。"""
    cells: set[tuple[str, str]] = set()
    sheet = ""
    for line in told.splitlines():
        if head := re.fullmatch(r"  (\S+)：", line):
            sheet = head[1]
        cells |= {(sheet, cell) for cell in re.findall(r"\b[A-Z]\d{1,2}\b", line)}
    return cells


def red(path: Path) -> set[tuple[str, str]]:
    """退回表上标红、而且改得动的格。"""
    book = load_workbook(path)
    return {
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        if sheet.title != "错误清单"
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == RED and not cell.protection.locked
    }


def says(told: Told, *words: str) -> bool:
    """终端上有没有这些话；折行不管。"""
    text = "".join(told.out.split())
    return all("".join(word.split()) in text for word in words)


def answer_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}-反馈.xlsx")


NAMES = [mistake.name for mistake in MISTAKES]


@pytest.mark.parametrize("mistake", MISTAKES, ids=NAMES)
def test_mended_from_the_terminal_alone(trial: Trial, mistake: Mistake) -> None:
    """照终端上的话改原来的表，动的格都是点了名的，再报就收下。"""
    path = trial.spoiled(mistake.spoil)
    told = trial.ipm("ingest", path)
    assert told.status == 1
    assert says(told, *mistake.words), told.out
    touched = edit(path, mistake.mend)
    named = named_in(told.out)
    lines = {(sheet, re.sub(r"\D", "", cell)) for sheet, cell in named}
    # 说“删去这一行”的，点了行就够；其余都要点到格
    whole = says(told, "请删去这一行") or says(told, "全部清空")
    assert touched
    assert all(
        (sheet, cell) in named or (whole and (sheet, re.sub(r"\D", "", cell)) in lines)
        for sheet, cell in touched
    ), touched - named
    again = trial.ipm("ingest", path)
    assert again.status == 0, again.out


@pytest.mark.parametrize("mistake", MISTAKES, ids=NAMES)
def test_mended_from_the_answer_alone(trial: Trial, mistake: Mistake) -> None:
    """只改退回表上标红的格，再报就收下；没有标的一格不动。"""
    path = trial.spoiled(mistake.spoil)
    assert trial.ipm("ingest", path).status == 1
    back = answer_of(path)
    marked = red(back)
    assert trial.ipm("ingest", back).status == 1, "没有改就发回来的，不能收"
    touched = edit(back, mistake.mend_answer or mistake.mend)
    assert touched
    assert touched <= marked, touched - marked
    again = trial.ipm("ingest", back)
    assert again.status == 0, again.out


def test_five_mistakes_at_once(trial: Trial) -> None:
    """一份表错了五处：终端一次说全；只改标红的格，五处一次改好，别的数一个不变。"""
    names = ("百分比格式", "其中行", "两行颠倒", "没有那一天", "还没公布，按年的")
    chosen = [mistake for mistake in MISTAKES if mistake.name in names]
    path = trial.spoiled(*(mistake.spoil for mistake in chosen))
    told = trial.ipm("ingest", path)
    assert says(told, *(word for mistake in chosen for word in mistake.words))
    back = answer_of(path)
    marked = red(back)
    touched = edit(back, *(mistake.mend_answer or mistake.mend for mistake in chosen))
    assert touched <= marked
    again = trial.ipm("ingest", back)
    assert again.status == 0, again.out
    assert trial.stored() == {
        **{key: Decimal(text) for key, text in GOOD.items()},
        "I10": Decimal("82.3"),
        "I02": "未更新",
    }


def test_only_the_wrong_agency_is_told(trial: Trial) -> None:
    """报送单位写成另一个单位：一个错误，不是十几处“不由该单位报送”；别的格一个不标。"""
    path = trial.spoiled(cover("B4", POLICE))
    told = trial.ipm("ingest", path, "--format", "json")
    errors = [p for p in told.json["files"][0]["problems"] if p["severity"] == "error"]
    assert [(p["code"], p["cell"]) for p in errors] == [("wrong_form", "B4")]
    assert red(answer_of(path)) == {("报送信息", "B4")}


def test_last_quarters_form_with_the_quarter_changed(trial: Trial) -> None:
    """拿上季度的表改了报送期：退回表是改成的那个季度的，数照搬，报送期要人再写一次；进不了上季度。"""
    path = trial.spoiled(cover("B5", "2023Q3"))
    told = trial.ipm("ingest", path)
    assert says(told, "数是 2023Q3 的，请抄到 2023Q3 的表里再报")
    back = answer_of(path)
    book = load_workbook(back)
    assert book["报送信息"]["B5"].value is None
    assert book["_标识"]["B3"].value == "2023Q3"
    assert "2023年第三季度" in str(book["指标数据"]["A1"].value)
    assert at(book, "I09", "本期值").value == 6.8
    assert red(back) == {("报送信息", "B5")}
    assert "在这一格填 2023Q3" in str(book["报送信息"]["B5"].comment.text)
    assert trial.ipm("ingest", back).status == 1
    edit(back, cover("B5", "2023Q3"))
    again = trial.ipm("ingest", back, "--format", "json")
    assert again.status == 0, again.out
    assert [r["quarter"] for r in again.json["files"][0]["receipts"]] == ["2023Q3"]
    assert not [p for p in again.json["files"][0]["problems"] if p["code"] == "name_differs"]
    assert trial.stored() == {}


def test_the_quarter_written_back_makes_another_answer(trial: Trial) -> None:
    """数其实是上季度的：在退回表里写回上季度，还是对不上，再退的一份就是上季度的；不绕圈。"""
    path = trial.spoiled(cover("B5", "2023Q3"))
    trial.ipm("ingest", path)
    back = answer_of(path)
    edit(back, cover("B5", "2023Q2"))
    assert trial.ipm("ingest", back).status == 1
    second = back.with_name(f"{path.stem}-反馈-第2稿.xlsx")
    edit(second, cover("B5", "2023Q2"))
    assert trial.ipm("ingest", second).status == 0
    assert trial.stored()["I09"] == Decimal("6.8")


def test_copied_to_the_right_form(trial: Trial) -> None:
    """照终端上的话，把数抄到该季度的表里：收下。"""
    path = trial.spoiled(cover("B5", "2023Q3"))
    assert trial.ipm("ingest", path).status == 1
    right = trial.filled(BUREAU, "2023Q3", figures(**keyed(GOOD)))
    assert trial.ipm("ingest", right).status == 0


def test_a_quarter_not_begun_is_not_laid_out(trial: Trial) -> None:
    """报送期错写成还没开始的季度：退回表还是原来那个季度的，报送期照写着、标红。"""
    path = trial.spoiled(cover("B5", "2099Q3"))
    assert trial.ipm("ingest", path).status == 1
    back = answer_of(path)
    book = load_workbook(back)
    assert book["报送信息"]["B5"].value == "2099Q3"
    assert book["_标识"]["B3"].value == "2023Q2"
    edit(back, cover("B5", "2023Q2"))
    assert trial.ipm("ingest", back).status == 0


def test_both_addresses_are_in_the_list(trial: Trial) -> None:
    """删过行的表：终端上是原表的格，退回表是本表的格；错误清单两个都写。"""

    def spoil(book: Workbook) -> None:
        put(at(book, "I09", "本期值"), "8万")
        book["指标数据"].delete_rows(at(book, "I03", "本期值").row)

    path = trial.spoiled(spoil)
    told = trial.ipm("ingest", path)
    assert ("指标数据", "J9") in named_in(told.out)
    sheet: Worksheet = load_workbook(answer_of(path))["错误清单"]
    heads = [cell.value for cell in sheet[HEAD]]
    row = next(r for r in sheet.iter_rows(min_row=HEAD + 1, values_only=True) if r[5] == "I09")
    assert (heads[3], heads[4]) == ("本表格子", "原表格子")
    assert (row[3], row[4]) == ("J10", "J9")


def test_the_other_row_is_named_where_it_now_stands(trial: Trial) -> None:
    """填了两次的，话里说的另一处，在退回表里说退回表的格。"""

    def spoil(book: Workbook) -> None:
        _twice(book)
        book["指标数据"].delete_rows(at(book, "I03", "本期值").row)

    path = trial.spoiled(spoil)
    assert says(trial.ipm("ingest", path), "另一处 指标数据!J9")
    sheet = load_workbook(answer_of(path))["错误清单"]
    messages = [str(row[7]) for row in sheet.iter_rows(min_row=HEAD + 1, values_only=True)]
    assert "I09 填了两次，两处不同（另一处 指标数据!J10）" in messages


def test_a_deleted_column_is_not_told_as_many_blanks(trial: Trial) -> None:
    """“本期值”整列删了：说缺列，指标一项也不指到报送信息。"""

    def spoil(book: Workbook) -> None:
        book["指标数据"].delete_cols(10)

    told = trial.ipm("ingest", trial.spoiled(spoil), "--format", "json")
    problems = told.json["files"][0]["problems"]
    assert {"column_missing"} == {p["code"] for p in problems if p["severity"] == "error"}
    assert not [p for p in problems if p["sheet"] == "报送信息"]
    assert not [p for p in problems if p["code"] == "missing" and p["item"].startswith("I")]
