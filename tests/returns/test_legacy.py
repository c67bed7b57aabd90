"""旧格式的 .xls、.et：读到的与 .xlsx 一样；坏成什么样都只是这一份读不了。"""

import json
import os
import random
import re
import shutil
import struct
import subprocess
import sys
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from xlwt import Workbook as OldBook

from ipmeasures.forms.fill import fill_form
from ipmeasures.forms.write import write_form
from ipmeasures.plan.owed import agencies_owing, owed_by
from ipmeasures.problem import Severity
from ipmeasures.returns import legacy
from ipmeasures.returns.legacy import read_legacy
from ipmeasures.returns.workbook import FileRefused, read_workbook
from ipmeasures.returns.workbook.cells import Cell, CellType, Sheet, Workbook

from .markdown import Md, workbook
from .old import patched, saved, xls
from .plans import MARKET, Q2, codes, consolidated, figure, item, lines, of, plan, read, the, told

# WRITEACCESS 记录的开头：112 个字节，谁存的；用不着，正好换成别的记录。
WRITE_ACCESS = b"\x5c\x00\x70\x00"
FIGURES = {"I01": "7.25", "I09": "6.8"}


@cache
def issued(agency: str = MARKET) -> bytes:
    """一份填好的表。"""
    blank = write_form(plan(), owed_by(plan(), agency), Q2, "", {})
    if agency != MARKET:
        return blank
    texts = {"说明": "甲\n乙 & <丙>", "数据来源": "统计公报😀"}
    answers = {
        "指标数据": {key: {"本期值": Decimal(value), **texts} for key, value in FIGURES.items()},
        "量化任务": {"M07-1": {"本期值": Decimal(260), "说明": "=cmd|'/c calc'!A1"}},
    }
    return fill_form(blank, answers, {"填报人": "甲", "填报日期": "2023-07-01"})


@cache
def old() -> bytes:
    """同一份表的 .xls。"""
    return xls(issued())


def refusal(content: bytes) -> tuple[str, str]:
    """拒收的代码和话。"""
    with pytest.raises(FileRefused) as refused:
        read_legacy(content)
    return refused.value.problem.code, refused.value.problem.message


def one_cell(value: object, code: str = "General", key: str = "A1") -> Cell:
    """写成 .xls 再读回来的一格。"""
    content = xls(
        workbook(Md("甲", f"| {value} [{code}] |" if code != "General" else f"| {value} |"))
    )
    (sheet,) = read_legacy(content).sheets
    assert [cell.address for cell in sheet.cells] == [key]
    return sheet.cells[0]


# 读到的


@pytest.mark.parametrize("agency", [MARKET, agencies_owing(plan())[-1]])
def test_a_form_saved_as_xls_says_the_same(agency: str) -> None:
    """发出去的表存成 .xls：逐格、合并、隐藏都与 .xlsx 相同。"""
    new, before = read_legacy(xls(issued(agency))), read_workbook(issued(agency))
    assert _plain(new) == _plain(before)
    assert any(sheet.hidden for sheet in new.sheets)
    assert any(sheet.merges for sheet in new.sheets)


def _plain(book: Workbook) -> list[object]:
    """可以比的样子：公式不算，空串也不算，合并区域不论次序。"""
    return [
        (
            sheet.name,
            sheet.hidden,
            [cell._replace(formula=None) for cell in sheet.cells if cell.raw],
            sorted(map(str, sheet.merges)),
        )
        for sheet in book.sheets
    ]


def test_the_same_lines_are_stored() -> None:
    """入库的各行与 .xlsx 的一字不差，只多一条说明。"""
    assert lines(old()) == lines(issued())
    assert len(lines(old())) > len(FIGURES)
    extra = [p for p in read(old()).problems if p not in read(issued()).problems]
    assert codes(extra) == ["legacy_format"]
    assert extra[0].severity is Severity.NOTE
    assert str(extra[0].place) == ""
    assert read(old()).figures == read(issued()).figures == 3


def test_hidden_rows_columns_and_sheets_are_seen() -> None:
    """隐藏的行、列、工作表都标出来。"""
    table = "| 1 | 2 | 3 |\n| 4 | 5 | 6 |\n| 7 | 8 | 9 |"
    content = workbook(
        Md("甲", table, ("A5:B6", "C5:C6"), hidden_rows=(2,), hidden_columns="B"),
        Md("乙", "| 1 |", hidden=True),
    )
    shown, hidden = read_legacy(xls(content)).sheets
    assert [cell.raw for cell in shown.cells if cell.hidden] == ["2", "4", "5", "6", "8"]
    assert sorted(map(str, shown.merges)) == ["A5:B6", "C5:C6"]
    assert (shown.hidden, hidden.hidden) == (False, True)
    warned = read(xls(figure("6.5", hidden_rows=(2,))))
    assert the(warned.problems, "hidden_value").place.cell == "D2"


NUMBERS = [
    # 写的数、格式、原文
    ("0.285", "General", "0.285"),
    ("1600", "General", "1600"),
    ("-3", "0.00", "-3"),
    ("0.0423", "0.00%", "0.0423"),
    ("123456789012345", "General", "123456789012345"),
    ("45107", "yyyy-mm-dd", "45107"),
    ("45107", 'yyyy"年"m"月"d"日"', "45107"),
    ("0.1234567890123", "General", "0.1234567890123"),
]


@pytest.mark.parametrize(("value", "code", "raw"), NUMBERS)
def test_numbers_keep_every_digit_and_their_format(value: str, code: str, raw: str) -> None:
    """数字一位不差，日期仍是数字，各带格式代码。"""
    assert one_cell(value, code) == Cell(1, 1, raw, CellType.NUMBER, None, code)


def test_huge_numbers_are_written_like_floats() -> None:
    """大得写不下的整数照浮点数写。"""
    book = OldBook()
    book.add_sheet("甲").write(0, 0, 1e300)
    assert read_legacy(saved(book)).sheets[0].cells[0].raw == "1e+300"


OTHERS = [
    ("TRUE", CellType.BOOLEAN, "wrong_type"),
    ("FALSE", CellType.BOOLEAN, "wrong_type"),
    ("#REF!", CellType.ERROR, "cell_error"),
    ("#N/A", CellType.ERROR, "cell_error"),
    ("#DIV/0!", CellType.ERROR, "cell_error"),
    ("#VALUE!", CellType.ERROR, "cell_error"),
    ("#NAME?", CellType.ERROR, "cell_error"),
    ("#NUM!", CellType.ERROR, "cell_error"),
    ("#NULL!", CellType.ERROR, "cell_error"),
]


@pytest.mark.parametrize(("value", "type_", "code"), OTHERS)
def test_booleans_and_errors_keep_their_names(value: str, type_: CellType, code: str) -> None:
    """真假值和错误值，名称与 .xlsx 里的相同，当数字报都不收。"""
    assert one_cell(value) == Cell(1, 1, value, type_)
    assert the(read(xls(figure(value))).problems, code).place.cell == "D2"


def test_a_percent_is_read_as_shown() -> None:
    """百分比格式的 0.0423 是 4.23，与 .xlsx 一样。"""
    percent = next(i for i in plan().figure_items if i.how.unit == "%")
    content = xls(figure("0.0423 [0.00%]", percent.id))
    assert Decimal(told(content)[percent.id, "value"]) == Decimal("4.23")
    assert codes(of(read(content).problems, "percent_format"))


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_dates_of_both_epochs(epoch_1904: bool) -> None:  # noqa: FBT001 - 两种都要
    """数据时点是日期：两种起点都读成同一天。"""
    line = f"| {item('I01').how.reporters[0]} | 2023Q2 | I01 | 6.5 || 45107 [yyyy-mm-dd] |"
    content = xls(consolidated(line), epoch_1904=epoch_1904)
    assert read_legacy(content).epoch_1904 is epoch_1904
    (found,) = [line for line in lines(content) if line.field == "value"]
    assert str(found.data_at) == "2023Q2"


def test_builtin_formats_are_the_chinese_ones() -> None:
    """文件里没有写代码的内置格式，按简体中文的一套认：57 号是年月。"""
    content = xls(workbook(Md("甲", "| 45107 [yyyy-mm-dd] |")))
    changed = _with_format(content, _own_format(content), 57)
    assert read_legacy(changed).sheets[0].cells[0].number_format == 'yyyy"年"m"月"'


def _own_format(content: bytes) -> int:
    """自定义格式的编号：FORMAT 记录里写着代码的那个。"""
    at = content.index("yyyy-mm-dd".encode("latin-1"))
    return int(struct.unpack("<H", content[at - 5 : at - 3])[0])


def _with_format(content: bytes, before: int, after: int) -> bytes:
    """把用 ``before`` 号格式的样式改成用 ``after`` 号。"""
    changed, at = bytearray(content), 0
    head = struct.pack("<HH", 0xE0, 20)
    while (at := content.find(head, at)) >= 0:
        if content[at + 6 : at + 8] == struct.pack("<H", before):
            changed[at + 6 : at + 8] = struct.pack("<H", after)
        at += 1
    assert bytes(changed) != content
    return bytes(changed)


def test_line_breaks_and_empty_texts() -> None:
    """换行统一成一种；空串等于没有。"""
    book = OldBook()
    sheet = book.add_sheet("甲")
    sheet.write(0, 0, "甲\r\n乙")
    sheet.write(0, 1, "")
    (found,) = read_legacy(saved(book)).sheets
    assert [cell.raw for cell in found.cells] == ["甲\n乙"]


def test_a_name_xlrd_cannot_evaluate_does_not_matter() -> None:
    """名称里的公式 xlrd 算不出来（Excel 存的也有），不妨碍读数。"""
    at = old().index(WRITE_ACCESS)
    name = struct.pack("<HBBHHH4B", 0, 0, 1, 1, 0, 0, 0, 0, 0, 0) + b"\0N" + b"\x03"
    record = struct.pack("<HH", 0x18, 112) + name.ljust(112, b"\0")
    content = old()[:at] + record + old()[at + len(record) :]
    assert lines(content) == lines(issued())


# 文件名不作数


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    """.xls 改名 .xlsx、.et 照样读；.xlsx 改名 .xls 也照样读。"""
    for name, content in {"表.xlsx": old(), "表.et": old(), "表.xls": issued()}.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert lines(path.read_bytes()) == lines(issued())


def test_passwords_are_told() -> None:
    """有打开密码的 .xls：WRITEACCESS 记录换成 FILEPASS，即加了密。"""
    locked = patched(old(), WRITE_ACCESS, b"\x2f\x00\x70\x00")
    assert refusal(locked)[0] == "file_encrypted"


def test_a_document_holding_a_table_is_a_document() -> None:
    """Word 文档里嵌着的表格不是报表：工作簿不在最上层。"""
    name = "Workbook".encode("utf-16-le")
    other = "WordDocument".encode("utf-16-le")
    content = patched(old(), name + bytes(8), other)
    code, message = refusal(content + name + bytes(2))
    assert code == "file_type"
    assert "Word" in message


# 坏了的


def test_a_truncated_file_is_damage() -> None:
    """截断在哪里都是损坏，不会少读几行。"""
    for part in (0.1, 0.5, 0.9):
        cut = old()[: int(len(old()) * part)]
        reading = read(cut)
        assert (reading.returns, codes(reading.problems)) == ((), ["file_damaged"])


def test_two_cells_of_one_address_are_damage() -> None:
    """同一地址写了两格，不知道该信哪个。"""
    book = OldBook()
    sheet = book.add_sheet("甲")
    sheet.write(0, 0, "甲")
    sheet.write(0, 1, "乙")
    head = b"\xfd\x00\x0a\x00"
    content = patched(saved(book), head + struct.pack("<HH", 0, 1), head + struct.pack("<HH", 0, 0))
    code, message = refusal(content)
    assert (code, "同一个地址" in message) == ("file_damaged", True)


def _with_sst_count(content: bytes, change: int) -> bytes:
    """文字表说的条数改掉一点。"""
    at = content.index(b"\xfc\x00", content.index(WRITE_ACCESS) + 116)
    while struct.unpack_from("<i", content, at + 8)[0] != len(set(_texts())):
        at = content.index(b"\xfc\x00", at + 1)
    count = struct.pack("<i", len(set(_texts())) + change)
    return content[: at + 8] + count + content[at + 12 :]


def _texts() -> list[str]:
    sheets = read_workbook(issued()).sheets
    return [cell.raw for sheet in sheets for cell in sheet.cells if cell.type is CellType.TEXT]


@pytest.mark.parametrize("change", [-1, 1])
def test_texts_must_add_up(change: int) -> None:
    """文字表多出一截或少一截，不知道哪一条错了。"""
    assert lines(_with_sst_count(old(), 0)) == lines(issued())
    assert refusal(_with_sst_count(old(), change))[0] == "file_damaged"


def test_records_must_follow_one_another() -> None:
    """表的中间坏了一段，xlrd 会错位而少读；目录里少列一张表，也少读。"""
    row = struct.pack("<HH", 0x0208, 16)  # ROW 记录
    at = old().index(row)
    assert refusal(old()[:at] + bytes(20) + old()[at + 20 :])[0] == "file_damaged"
    (sheet,) = re.findall(
        rb"\x85\x00.{6}\x00\x00.{1}\x00?.{0,1}" + "里程碑".encode("utf-16-le"), old()
    )
    chart = sheet[:9] + b"\x02" + sheet[10:]
    assert refusal(patched(old(), sheet, chart))[0] == "file_damaged"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_not_finite_is_damage(value: float) -> None:
    """不是数的数、无穷大，正常的表里不会有。"""
    book = OldBook()
    book.add_sheet("甲").write(0, 0, 0.1234567890123)
    content = patched(saved(book), struct.pack("<d", 0.1234567890123), struct.pack("<d", value))
    assert refusal(content)[0] == "file_damaged"


def test_limits_are_told_as_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """格数、答复长度、合并区域、文件大小超过上限。"""
    for name, most in {
        "MAX_FILLED": 3,
        "MAX_ANSWER": 60,
        "MAX_MERGES": 0,
        "MAX_FILE": 1000,
    }.items():
        with monkeypatch.context() as patch:
            patch.setattr(legacy, name, most)
            assert refusal(old())[0] == "file_too_large", name


BATCH = """
import sys
from pathlib import Path
from ipmeasures.returns import legacy_child as child
child.restrict(child.Limits(60, 512 << 20, 0, 0))
child.mend_xlrd(10 ** 9)
for path in sorted(Path(sys.argv[1]).glob("*.xls")):
    path.with_suffix(".json").write_bytes(child.answer(path.read_bytes(), 64 << 20))
"""


@pytest.mark.slow
def test_any_mutation_is_read_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """三百种改坏的 .xls（翻位、截断、改块、挪块）：读得出，或一句话拒收，没有第三样。"""
    mutations = [_mutated(old(), random.Random(seed)) for seed in range(300)]  # noqa: S311 - 不是密码
    for number, content in enumerate(mutations):
        (tmp_path / f"{number:03}.xls").write_bytes(content)
    # 一个子进程读完全部，免得起三百次；读法与单读一份的相同。
    subprocess.run([sys.executable, "-c", BATCH, str(tmp_path)], check=True, timeout=60)
    outcomes: set[str] = set()
    for number, content in enumerate(mutations):
        answer = (tmp_path / f"{number:03}.json").read_bytes()
        monkeypatch.setattr(legacy, "_ask", lambda _, answer=answer: answer)
        reading = read(content)
        assert reading.returns or reading.problems
        outcomes |= {p.code for p in reading.problems if p.code.startswith("file_")} or {"read"}
    assert {"read", "file_damaged"} <= outcomes
    assert "file_unreadable" not in outcomes


def _mutated(content: bytes, dice: random.Random) -> bytes:
    changed = bytearray(content)
    at = dice.randrange(len(changed))
    match dice.randrange(5):
        case 0:
            for _ in range(dice.randrange(1, 20)):
                changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
        case 1:
            del changed[at:]
        case 2:
            changed[at : at + 64] = dice.randbytes(64)
        case 3:
            changed[at : at + 512] = bytes(512)
        case _:
            # 开头的 OLE2 目录和全局记录最要紧，多改几处。
            for _ in range(8):
                changed[dice.randrange(8, 4096)] = dice.randrange(256)
    return bytes(changed)


# 子进程出事


def _children() -> dict[str, tuple[str, str]]:
    good = {
        "name": "甲", "hidden": False, "rows": [1, 1], "columns": [1, 2], "kinds": [0, 1],
        "texts": [0, 0], "styles": [0, 0], "merges": [], "hidden_rows": [], "hidden_columns": [],
    }  # fmt: skip
    lies = {
        "同一格两次": {"columns": [1, 1]},
        "次序反了": {"columns": [2, 1]},
        "长短不一": {"kinds": [0]},
        "没有这条文字": {"texts": [0, 7]},
        "没有这种样式": {"styles": [0, 7]},
        "负数": {"texts": [0, -1]},
        "没有这种类型": {"kinds": [0, 9]},
        "行号过大": {"rows": [1, 70_000]},
        "多出一项": {"more": 1},
        "名称不是字": {"name": 1},
    }
    answers = {
        why: json.dumps({
            "epoch_1904": False, "texts": ["1"], "formats": ["0"], "sheets": [good | change],
        })
        for why, change in lies.items()
    }  # fmt: skip
    return {
        "睡着": ("import time; time.sleep(60)", "秒还没有读完"),
        "空转": ("while True: pass", "秒还没有读完"),
        "不读就停": ("pass", "答复不成立"),
        "被信号终止": ("import os; os.abort()", "中途停了"),
        "退出码不是零": ("print('{}'); raise SystemExit(3)", "中途停了"),
        "乱写": ("print('Segmentation fault')", "答复不成立"),
        "不是文字": (r"import sys; sys.stdout.buffer.write(bytes(range(256)))", "答复不成立"),
        "层层嵌套": ("print('[' * 100000)", "答复不成立"),
        "写个没完": ("while True: print('x' * 1000)", "答复过长"),
        "别的代码": ('print(\'{"refused":"busy"}\')', "答复不成立"),
        **{why: (f"print({text!r})", "答复不成立") for why, text in answers.items()},
    }


CHILDREN = _children()


@pytest.mark.slow
@pytest.mark.parametrize("why", CHILDREN)
def test_a_child_in_trouble_costs_only_this_file(why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """子进程睡着、停了、乱说、说个没完：都是 file_unreadable，没有 traceback。"""
    script, said = CHILDREN[why]
    monkeypatch.setattr(legacy, "command", lambda: [sys.executable, "-c", script])
    monkeypatch.setattr(legacy, "MAX_ANSWER", 300_000)
    if said.startswith("秒"):
        monkeypatch.setattr(legacy, "SECONDS", 1)
    # 比管道大得多：子进程不读，也不能卡住。
    code, message = refusal(old() + bytes(1 << 20))
    assert code == "file_unreadable"
    assert said in message


def test_a_command_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """进程起不来，也是这一份读不出来。"""
    monkeypatch.setattr(legacy, "command", lambda: ["/没有/这个程序"])
    assert refusal(old())[0] == "file_unreadable"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="只有 Linux 限得住内存")
def test_memory_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """内存不够用：说过大或读不出，不影响自己。"""
    book = OldBook()
    sheet = book.add_sheet("甲")
    for row in range(20_000):
        for column in range(5):
            sheet.write(row, column, row + column / 7)
    content = saved(book)
    assert len(read_legacy(content).sheets[0].cells) == 100_000
    monkeypatch.setattr(legacy, "MEMORY", 24 << 20)
    assert refusal(content)[0] in {"file_too_large", "file_unreadable"}


# 在哪里都找得到子进程


@pytest.mark.slow
@pytest.mark.parametrize(
    "variables", [{}, {"PYTHONDONTWRITEBYTECODE": "1"}, {"PYTHONWARNINGS": "error"}]
)
def test_any_folder_and_environment_will_do(tmp_path: Path, variables: dict[str, str]) -> None:
    """当前文件夹是哪里、里面有没有同名的文件都不要紧。"""
    source = tmp_path / "表.xls"
    source.write_bytes(old())
    for name in ("xlrd.py", "json.py", "ipmeasures.py"):
        (tmp_path / name).write_text("raise SystemExit(9)", "utf-8")
    script = (
        "import pathlib, sys; from ipmeasures.returns.legacy import read_legacy; "
        "print(len(read_legacy(pathlib.Path(sys.argv[1]).read_bytes()).sheets))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", script, str(source)],
        cwd=tmp_path, env={**os.environ, **variables}, capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert int(done.stdout) == len(read_workbook(issued()).sheets)


@pytest.mark.slow
def test_a_form_saved_by_libreoffice_as_xls(tmp_path: Path) -> None:
    """LibreOffice 另存的 .xls（WPS 的写法与它相近）：入库的各行相同。"""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("没有 LibreOffice（soffice），不比它写的 .xls")
    source = tmp_path / "表.xlsx"
    source.write_bytes(issued())
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [
            office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xls",
            "--outdir", str(tmp_path), str(source),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    content = (tmp_path / "表.xls").read_bytes()
    assert lines(content) == lines(issued())
    assert _values(read_legacy(content)) == _values(read_workbook(issued()))


def _values(book: Workbook) -> list[tuple[str, bool, list[tuple[int, int, str]]]]:
    def cells(sheet: Sheet) -> list[tuple[int, int, str]]:
        return [(cell.row, cell.column, cell.raw) for cell in sheet.cells if cell.raw]

    return [(sheet.name, sheet.hidden, cells(sheet)) for sheet in book.sheets]
