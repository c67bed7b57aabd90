"""补以前年份的数：一年还缺哪些，一张补录表；填了的收，空着的不算报。"""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ipmeasures.commands.desk import Desk
from tests.commands.conftest import Run

BUREAU = "市市场监管局"


def fill(path: Path, **values: str) -> None:
    """像人一样在补录表里填几个数；键里的下划线是短横。"""
    book = load_workbook(path)
    sheet = book["汇总表"]
    heads = {cell.value: cell.column for cell in sheet[3]}
    for row in range(4, sheet.max_row + 1):
        key = str(sheet.cell(row, heads["编号"]).value).replace("-", "_")
        if key in values:
            sheet.cell(row, heads["本期值"], Decimal(values[key]))
            sheet.cell(row, heads["数据来源"], "样例：年报")
    book.save(path)


@pytest.fixture
def sheet(ipm: Run, home: Path) -> Path:
    told = ipm("form", "--year", "2021", "--consolidated")
    assert told.status == 0, told.err
    assert "2021年还缺" in told.out
    return home / "forms" / "2021" / "2021-补录表.xlsx"


def rows_of(path: Path) -> list[dict[str, object]]:
    sheet = load_workbook(path)["汇总表"]
    heads = [cell.value for cell in sheet[3]]
    return [
        dict(zip(heads, values, strict=True))
        for values in sheet.iter_rows(min_row=4, values_only=True)
        if values[0]
    ]


def test_every_missing_figure_has_a_row(sheet: Path) -> None:
    """每个要报的数、每个填报单位一行；报送期、时点、报送方式印好；措施不列。"""
    rows = rows_of(sheet)
    by_id = {(r["编号"], r["责任单位"]): r for r in rows}
    assert {r["报送方式"] for r in rows} == {"补录"}
    assert {r["报送期"] for r in rows} == {"2021Q4"}
    assert by_id["I01", BUREAU]["数据时点"] == "2021-12-31"
    assert by_id["I02", BUREAU]["数据时点"] == "2021"
    assert {("M05-1", "威海海关"), ("M05-1", "荣成海关")} <= by_id.keys()
    assert not {"M08-1", "M10-1", "M05"} & {r["编号"] for r in rows}
    assert all(r["本期值"] is None for r in rows)


def test_filled_rows_are_taken_as_history(ipm: Run, sheet: Path) -> None:
    """填了的按补录收，不算迟报；空着的单位没有回执；再发只列还缺的，累计从此接得上。"""
    fill(sheet, I01="5.6", I03="40", I02="115")
    before = len(rows_of(sheet))
    told = ipm("ingest", sheet, "--format", "json")
    assert told.status == 0, told.out
    (receipt,) = told.json["files"][0]["receipts"]
    assert (receipt["agency"], receipt["quarter"], receipt["figures"]) == (BUREAU, "2021Q4", 3)
    document = ipm("returns", "--quarter", "2021Q4", "--format", "json").json
    mine = next(a for a in document["agencies"] if a["name"] == BUREAU)
    assert (mine["manner"], mine["late"]) == ("补录", False)
    items = ipm("gaps", "--quarter", "2021Q4", "--format", "json").json["items"]
    found = {item["id"]: item for item in items}
    assert found["I03"]["value"] == "73"  # 基期 33 加上 2021 年的 40
    assert found["I02"]["data_at"] == "2021Q4"
    sheet.unlink()
    ipm("form", "--year", "2021", "--consolidated")
    assert len(rows_of(sheet)) == before - 3


def test_a_filled_sheet_is_not_written_over(ipm: Run, sheet: Path) -> None:
    """填过的补录表不覆盖。"""
    fill(sheet, I01="5.6")
    told = ipm("form", "--year", "2021", "--consolidated")
    assert "没有覆盖" in told.out
    assert "保留已填" in told.out


def test_nothing_missing(ipm: Run, sheet: Path) -> None:
    """不缺数的年份说不缺，不写表。"""
    values = {str(r["编号"]).replace("-", "_"): "1" for r in rows_of(sheet)}
    values |= {"I01": "5.6", "I07": "4.3", "I10": "81", "I06": "130", "I09": "6", "I08": "0.2"}
    values |= {"I02": "115", "I03": "40", "I04": "39", "I05": "6", "I11": "11", "M10_2": "80"}
    values |= {"M07_1": "520", "M15_1": "85", "M15_2": "10"}
    fill(sheet, **values)
    told = ipm("ingest", sheet)
    assert told.status == 0, told.out
    sheet.unlink()
    assert "2021年不缺数" in ipm("form", "--year", "2021", "--consolidated").out
    assert not sheet.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--year", "2019", "--consolidated"), "不在计划期"),
        (("--year", "2031", "--consolidated"), "不在计划期"),
        (("--year", "2021"), "--year 2021 --consolidated"),
        ((), "--quarter 2023Q2"),
    ],
)
def test_what_cannot_be_asked(ipm: Run, words: tuple[str, ...], said: str) -> None:
    """计划期以外的年份、没有写明的，说清怎么写。"""
    told = ipm("form", *words)
    assert told.status == 2
    assert said in told.err


def test_a_year_that_has_not_ended(ipm: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """没有结束的年份没有要补录的。"""
    monkeypatch.setattr(Desk, "today", property(lambda _: dt.date(2025, 6, 1)))
    told = ipm("form", "--year", "2025", "--consolidated")
    assert (told.status, "还没有结束" in told.err) == (2, True)


def test_year_and_quarter_together(ipm: Run, home: Path) -> None:
    """--year 2023 --quarter 2 就是 2023Q2。"""
    assert ipm("form", "--year", "2023", "--quarter", "2", "--agency", "市法院").status == 0
    assert (home / "forms" / "2023Q2" / "2023Q2-市法院.xlsx").is_file()
