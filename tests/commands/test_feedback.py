"""收表的答复：退回表改好就收，收下的有回执，一样也不悄悄覆盖。"""

import os
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ipmeasures.cli import main
from ipmeasures.commands.start import lay_out
from ipmeasures.forms.write import write_form
from ipmeasures.ledger.store import Ledger
from ipmeasures.plan.model import FigureItem, Plan
from ipmeasures.plan.owed import owed_by
from ipmeasures.progress.expected import expected_of
from ipmeasures.quarter import Quarter
from ipmeasures.returns.suspicion import comparators
from tests.commands.conftest import Fill, Run, figures
from tests.plan import real_plan

BUREAU, CULTURE = "市市场监管局", "市文化和旅游局"
HEAD = 3
QUARTER = Quarter(2023, 2)


def errors(path: Path) -> list[tuple[str, str, str]]:
    """错误清单里的错误：工作表、单元格、编号。"""
    sheet = load_workbook(path)["错误清单"]
    rows = sheet.iter_rows(min_row=HEAD + 1, values_only=True)
    return [(str(r[2]), str(r[3]), str(r[5])) for r in rows if r[1] == "错误"]


def mend(path: Path, right: Callable[[str], object]) -> None:
    """只改标出的格子，原样存回去。"""
    book = load_workbook(path)
    for sheet, cell, item in errors(path):
        book[sheet][cell].value = right(item)
        book[sheet][cell].number_format = "General"
    book.save(path)


def stored(home: Path, agency: str) -> dict[tuple[str, str], object]:
    """台账里有效的各格。"""
    with Ledger.open(home / "data" / "ledger.db", read_only=True) as ledger:
        return {
            (e.item, e.field): e.value if e.value is not None else e.text or e.state.label
            for e in ledger.entries(agency=agency)
        }


def test_reject_mend_accept(ipm: Run, filled: Fill, home: Path) -> None:
    """退回 → 只改标出的格子 → 收下；没有标的数一个不变。"""
    wrong = figures(I01="7.20", I09="8万", M07_1="260", I02="/", I03="40")
    path = filled(BUREAU, "2023Q2", wrong)
    told = ipm("ingest", path, "--format", "json")
    assert told.status == 1
    back = path.with_name("2023Q2-市市场监管局-反馈.xlsx")
    assert told.json["files"][0]["feedback"] == str(back)
    assert {item for _, _, item in errors(back)} == {"I02", "I03", "I09"}
    mend(back, lambda item: {"I09": 6.8, "I02": "未更新", "I03": 5.5}[item])
    told = ipm("ingest", back, "--format", "json")
    assert told.status == 0, told.out
    assert told.json["files"][0]["feedback"] is None
    now = stored(home, BUREAU)
    values = {key: value for (key, field), value in now.items() if field == "value"}
    assert values == {
        "I01": Decimal("7.2"),
        "I02": "未更新",
        "I03": Decimal("5.5"),
        "I09": Decimal("6.8"),
        "M07-1": Decimal(260),
    }
    assert now["I01", "source"] == "样例"


def test_the_terminal_names_the_file(ipm: Run, filled: Fill) -> None:
    """问题之后一行说退回表在哪里，路径不折行。"""
    path = filled(BUREAU, "2023Q2", figures(I09="8万"))
    told = ipm("ingest", path)
    last = told.out.rstrip().splitlines()[-1]
    assert (
        last
        == f"  退回表：{path.with_name('2023Q2-市市场监管局-反馈.xlsx')}（改好标出的格子再发来）"
    )


def test_the_form_itself_is_not_touched(ipm: Run, filled: Fill) -> None:
    """报来的文件一个字节也不动。"""
    path = filled(BUREAU, "2023Q2", figures(I09="8万"))
    before = path.read_bytes()
    ipm("ingest", path)
    assert path.read_bytes() == before


def test_out_is_where_answers_go(ipm: Run, filled: Fill, tmp_path: Path) -> None:
    """--out：退回表、回执都写到那里，原件旁边什么也不多；同名的不互相覆盖。"""
    out, one, two = tmp_path / "答复", tmp_path / "甲", tmp_path / "乙"
    for folder, agency in ((one, BUREAU), (two, CULTURE)):
        folder.mkdir()
        bad = figures(I09="8万") if agency == BUREAU else figures(I07="8万")
        filled(agency, "2023Q2", bad, name="表.xlsx").rename(folder / "表.xlsx")
    good = filled("市公安局", "2023Q2", {}, {"报送方式": "零报告"}, name="好.xlsx")
    told = ipm("ingest", one, two, good, "--out", out, "--format", "json")
    assert told.status == 1
    names = {p.name for p in out.iterdir() if not p.name.startswith(".")}
    assert names == {"表-反馈.xlsx", "表-反馈-第2稿.xlsx", "好-回执.xlsx"}
    assert os.listdir(one) == ["表.xlsx"]  # noqa: PTH208 - 只看名称
    made = [
        load_workbook(f["feedback"])["_标识"]["B2"].value
        for f in told.json["files"]
        if f["feedback"]
    ]
    assert sorted(made) == sorted([BUREAU, CULTURE])


def test_dry_run_writes_nothing(ipm: Run, filled: Fill, tmp_path: Path) -> None:
    """试算不写任何文件。"""
    path = filled(BUREAU, "2023Q2", figures(I09="8万"))
    good = filled("市公安局", "2023Q2", {}, {"报送方式": "零报告"})
    before = sorted(tmp_path.glob("*"))
    told = ipm("ingest", path, good, "--dry-run", "--out", tmp_path / "出", "--format", "json")
    assert [f["feedback"] for f in told.json["files"]] == [None, None]
    assert sorted(tmp_path.glob("*")) == before


def test_an_edited_answer_is_never_overwritten(ipm: Run, filled: Fill) -> None:
    """退回表改过的不覆盖，再退回的叫第2稿；没有改过的接着用。"""
    path = filled(BUREAU, "2023Q2", figures(I09="8万", I02="/"))
    first = path.with_name("2023Q2-市市场监管局-反馈.xlsx")
    second = path.with_name("2023Q2-市市场监管局-反馈-第2稿.xlsx")
    ipm("ingest", path)
    ipm("ingest", path)
    assert not second.exists()
    mend(first, lambda item: {"I09": 6.8, "I02": "还是不对"}[item])
    edited = first.read_bytes()
    told = ipm("ingest", first, "--format", "json")
    assert told.json["files"][0]["feedback"] == str(second)
    assert first.read_bytes() == edited
    assert [item for _, _, item in errors(second)] == ["I02"]
    mend(second, lambda _: "未更新")
    assert ipm("ingest", second).status == 0


def test_a_folder_with_answers_in_it(ipm: Run, filled: Fill, tmp_path: Path) -> None:
    """收表的文件夹里有退回表：没有改过的跳过；改好的收，退过的原件不再和它打架。"""
    folder = tmp_path / "收到"
    folder.mkdir()
    path = filled(BUREAU, "2023Q2", figures(I03="40", I01="7.2"))
    path.rename(folder / path.name)
    assert ipm("ingest", folder).status == 1
    again = ipm("ingest", folder, "--format", "json")
    assert [f["outcome"] for f in again.json["files"]] == ["rejected"]
    assert "还没有人改过" in again.err
    assert "不是报表的文件" not in again.err
    assert again.err.count("[跳过]") == 1
    back = folder / "2023Q2-市市场监管局-反馈.xlsx"
    mend(back, lambda _: 5.5)
    back.rename(folder / "发回来的(1).xlsx")
    told = ipm("ingest", folder, "--format", "json")
    assert told.status == 0, told.out
    assert [f["file"] for f in told.json["files"]] == ["发回来的(1).xlsx"]
    assert "2023Q2-市市场监管局.xlsx：已有改好的退回表 发回来的(1).xlsx" in told.err


@pytest.mark.parametrize("agency", ["市不存在局"])
def test_no_answer_where_nobody_is_known(ipm: Run, filled: Fill, agency: str) -> None:
    """读不了的、认不出是谁的，没有退回表。"""
    path = filled(BUREAU, "2023Q2", figures(I01="7.2"))
    book = load_workbook(path)
    del book["_标识"]
    book["报送信息"]["B4"].value = agency
    book.save(path)
    damaged = path.with_name("坏.xlsx")
    damaged.write_bytes(b"PK\x03\x04")
    told = ipm("ingest", path, damaged, "--format", "json")
    assert [f["feedback"] for f in told.json["files"]] == [None, None]
    assert not list(path.parent.glob("*-反馈*"))


def test_an_unwritable_folder_is_told(ipm: Run, filled: Fill, tmp_path: Path) -> None:
    """写不进 --out 的：标准错误里说一声，数照收，退出码是写不进去的 6。"""
    in_the_way = tmp_path / "不是文件夹"
    in_the_way.write_text("x", "utf-8")
    bad = filled(BUREAU, "2023Q2", figures(I09="8万"))
    good = filled("市公安局", "2023Q2", {}, {"报送方式": "零报告"})
    told = ipm("ingest", bad, "--out", in_the_way, "--format", "json")
    assert told.status == 6
    assert told.json["files"][0]["feedback"] is None
    assert "2023Q2-市市场监管局.xlsx：没有写出答复：" in told.err
    told = ipm("ingest", good, "--out", in_the_way)
    assert told.status == 6
    assert told.out.startswith("[入库] 2023Q2-市公安局.xlsx")
    assert f"没有写出答复：{in_the_way} 是一个文件，不是文件夹" in told.err


def test_a_name_too_long_for_an_answer(ipm: Run, filled: Fill) -> None:
    """名称长到加不上“-反馈”的，说一声，不卡住。"""
    path = filled(BUREAU, "2023Q2", figures(I09="8万"), name="长" * 83 + ".xlsx")
    told = ipm("ingest", path)
    assert told.status == 1
    assert "没有写出答复" in told.err


def test_too_many_rows_for_an_answer(ipm: Run, filled: Fill) -> None:
    """几千行认不出的，退回表写不下，说一声。"""
    path = filled(BUREAU, "2023Q2", figures(I01="7.2"))
    book = load_workbook(path)
    for _ in range(3001):
        book["典型案例"].append([None, "M05"])
    book.save(path)
    told = ipm("ingest", path)
    assert told.status == 1
    assert "处，退回表写不下" in told.err


def _facts(sheet: Worksheet) -> dict[str, str]:
    return {str(row[0]): str(row[1]) for row in sheet.iter_rows(values_only=True) if row[0]}


def test_receipt(ipm: Run, filled: Fill, tmp_path: Path) -> None:
    """回执一页纸：谁、哪个季度、回执号、何时收到何时入库、入库几个、保留哪些、链头、提醒。"""
    out = tmp_path / "答复"
    one = filled(BUREAU, "2023Q2", figures(I09="6.8"), name="一.xlsx")
    two = filled(BUREAU, "2023Q2", figures(I01="7.2"), name="二.xlsx")
    ipm("ingest", one)
    told = ipm("ingest", two, "--out", out, "--received", "2023-07-05", "--by", "样例")
    assert f"  回执：{out / '二-回执.xlsx'}" in told.out
    sheet = load_workbook(out / "二-回执.xlsx")["回执"]
    facts = _facts(sheet)
    assert facts["报送单位"] == BUREAU
    assert facts["报送期"] == "2023年第二季度"
    assert facts["回执号"] == "2023Q2-0002（第 2 次报送）"
    assert facts["收到日期"] == "2023-07-05"
    assert facts["经办人"] == "样例"
    assert facts["入库"] == "数 1 个，文字 1 段"
    assert facts["保留在案的"].startswith("I09 ")
    assert facts["台账校验码"] in told.out
    assert facts["指标数据!M4"] == "I01"
    assert sheet.page_setup.fitToHeight == 1
    again = ipm("ingest", two, "--out", tmp_path / "再", "--format", "json")
    assert again.json["files"][0]["outcome"] == "duplicate"
    assert not (tmp_path / "再").exists()
    assert ipm("ingest", one, "--format", "json").json["files"][0]["feedback"] is None


def test_receipt_of_many_agencies(ipm: Run, home: Path, tmp_path: Path) -> None:
    """汇总表的回执，几个单位都在；退回的汇总表改好标出的格子也就收了。"""
    ipm("form", "--quarter", "2023Q2", "--consolidated")
    path = home / "forms" / "2023Q2" / "2023Q2-汇总表.xlsx"
    book = load_workbook(path)
    sheet = book["汇总表"]
    heads = {cell.value: cell.column for cell in sheet[HEAD]}
    wanted = {("I01", BUREAU): 7.2, ("M05-1", "威海海关"): "2件", ("I09", BUREAU): 6.8}
    for row in range(HEAD + 1, sheet.max_row + 1):
        key = (sheet.cell(row, heads["编号"]).value, sheet.cell(row, 1).value)
        if key in wanted:
            sheet.cell(row, heads["本期值"]).value = wanted[key]
    book.save(path)
    out = tmp_path / "答复"
    told = ipm("ingest", path, "--out", out, "--format", "json")
    assert told.status == 1
    back = Path(told.json["files"][0]["feedback"])
    mend(back, lambda _: 2)
    told = ipm("ingest", back, "--out", out)
    assert told.status == 0, told.out
    facts = list(load_workbook(out / "2023Q2-汇总表-回执.xlsx")["回执"].iter_rows(values_only=True))
    assert {row[1] for row in facts if row[0] == "报送单位"} == {BUREAU, "威海海关"}
    assert stored(home, BUREAU)["I01", "value"] == Decimal("7.2")
    assert stored(home, "威海海关")["M05-1", "value"] == 2


# 随便怎么填

WRONG: tuple[object, ...] = ("8万", "/", "约80", "=1+1", "{{7*7}}", "1_234", True, "①", "80-90")
TEXTS = st.sampled_from(["样例", "=1+1", "{{7*7}}", "-3", "@甲", "a|b<c>&", "一\n二"])


def _good(plan: Plan, item: FigureItem) -> Decimal:
    """一个收得下的数：与可比的数一样大。"""
    near = comparators(item, expected_of(plan, BUREAU, (), QUARTER).get(item.id))
    step = Decimal(1).scaleb(-item.how.decimals)
    return (near[0] if near else Decimal(1)).quantize(step, ROUND_HALF_UP)


ITEMS = ("I01", "I02", "I03", "I05", "I09", "M03-1", "M07-1", "M15-1")
CELLS = st.dictionaries(
    st.sampled_from(ITEMS),
    st.tuples(st.sampled_from(("good", *WRONG)), TEXTS),
    min_size=1,
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(cells=CELLS)
def test_any_filling_comes_through(
    cells: Mapping[str, tuple[object, str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """随便填对填错：改好标出的格子就收下，别的数和文字与报来的一样。"""
    plan, root = real_plan(), tmp_path_factory.mktemp("任意")
    lay_out(root / "w")
    path = root / "表.xlsx"
    path.write_bytes(write_form(plan, owed_by(plan, BUREAU), QUARTER, "", {}))
    book = load_workbook(path)
    good = {key: _good(plan, item) for item in plan.figure_items if (key := item.id) in ITEMS}
    for name in ("指标数据", "量化任务"):
        sheet = book[name]
        heads = {cell.value: cell.column for cell in sheet[HEAD]}
        for row in range(HEAD + 1, sheet.max_row + 1):
            key = str(sheet.cell(row, 1).value)
            if key not in cells:
                continue
            said, text = cells[key]
            for header, content in (("本期值", said), ("说明", text)):
                cell = sheet.cell(row, heads[header])
                cell.value = good[key] if content == "good" else content
                if isinstance(content, str) and content != "good":
                    cell.data_type = "s"
    book.save(path)
    status = main(["ingest", str(path), "--home", str(root / "w")])
    bad = {key for key, (said, _) in cells.items() if said != "good"}
    assert status == (1 if bad else 0)
    if bad:
        back = root / "表-反馈.xlsx"
        assert {item for _, _, item in errors(back)} == bad
        mend(back, good.__getitem__)
        assert main(["ingest", str(back), "--home", str(root / "w")]) == 0
    now = stored(root / "w", BUREAU)
    assert {k: v for (k, f), v in now.items() if f == "value"} == {k: good[k] for k in cells}
    assert {k: v for (k, f), v in now.items() if f == "note"} == {
        k: text for k, (_, text) in cells.items()
    }
