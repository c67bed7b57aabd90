r"""一个用例怎么写、怎么收、答复怎么记。

第一行是情形表的那一行：``> 名目「原文」``。下面可有 ``今天：2023-07-05``、``收到：2023-07-04``、``确认：I08=理由``、
``附件：来文.pdf``、``试算：是``、``退回：2023Q2-0001 I01=理由``、``锁定：2023Q2=理由``（在案的收完以后）、``文件夹：是``（把文件夹交给收表，而不是逐个点名）。然后一份文件一节：

- ``## 在案 甲.xlsx`` 先收下的，必须收得下；``## 收 乙.xlsx`` 要看答复的，全部算一批；
- ``### 汇总表（合并 A2:A4；隐藏行 2；隐藏列 D；隐藏）`` 一张工作表，接着是 Markdown 表格，写法见
  ``tests/returns/markdown.py``，另有 ``\u202e``（一个字符）和 ``\{长*2001}``（重复）；
- ``表：市文化和旅游局 2023Q2`` 发给该单位的表，各张工作表只写表头以下的行；``信息：报送方式=零报告``
  加一行报送信息，``身份：quarter=2023Q1`` 加身份页、改掉一项（``身份：-`` 不改）；
- ``字节：`` 不是工作簿的内容，``同：甲.xlsx`` 前面某份的字节，``路径：`` 不是普通文件的，
  ``改：`` 对写好的 .xlsx 动手；各有哪些，见 ``_BYTES``、``_CHANGES``、``_at_path``。
"""

import datetime as dt
import io
import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ipmeasures.commands.desk import Desk
from ipmeasures.commands.intake import Intake, Terms, take_in
from ipmeasures.ledger.decision import DecisionKind, Ruling
from ipmeasures.ledger.posted import Filed
from ipmeasures.ledger.store import Ledger
from ipmeasures.plan.load import plan_sources
from ipmeasures.problem import Problem
from ipmeasures.report.terminal.intake import change_lines, kept_lines
from ipmeasures.returns import file as reader
from ipmeasures.returns.file import find_files
from ipmeasures.returns.line import Line
from ipmeasures.returns.workbook.limits import MAX_FILE
from ipmeasures.workspace import Workspace
from tests.returns.markdown import Md, workbook
from tests.returns.old import xls
from tests.returns.plans import ROOT, identity, info, plan, sheets

_SHEET = re.compile(r"### ([^（]+)(?:（(.+)）)?")
_FIRST = "xl/worksheets/sheet1.xml"
_CODE = re.compile(rb"\\u([0-9a-f]{4})")
_REPEATED = re.compile(rb"\\\{(.+?)\*(\d+)\}")
_CREATED = re.compile(rb"<dcterms:\w+.*?</dcterms:\w+>")


@dataclass
class Arrival:
    """一份文件：名称、做法（键、值）、各张工作表。"""

    name: str
    recorded: bool
    steps: list[tuple[str, str]] = field(default_factory=list)
    sheets: list[tuple[str, str, list[str]]] = field(default_factory=list)


@dataclass
class Case:
    """一个用例：情形表的哪一行、怎么收、收哪些。"""

    row: str
    terms: dict[str, list[str]]
    files: list[Arrival]

    @classmethod
    def parse(cls, text: str) -> "Case":
        """读一个用例。"""
        first, *lines = text.splitlines()
        case = cls(first.removeprefix("> ").partition("「")[0], {}, [])
        for line in lines:
            if line.startswith("## "):
                kind, _, name = line[3:].partition(" ")
                case.files.append(Arrival(name, kind == "在案"))
            elif line.startswith("### ") and (found := _SHEET.fullmatch(line)):
                case.files[-1].sheets.append((found[1], found[2] or "", []))
            elif line.startswith("|"):
                case.files[-1].sheets[-1][2].append(line)
            elif line:
                key, _, value = line.partition("：")
                if case.files:
                    case.files[-1].steps.append((key, value))
                else:
                    case.terms.setdefault(key, []).append(value)
        return case

    def one(self, key: str, otherwise: str = "") -> str:
        """一项收法。"""
        return self.terms.get(key, [otherwise])[0]


def answer(case: Case, folder: Path, patch: pytest.MonkeyPatch) -> str:
    """按真的收表走一遍，记下答复。"""
    desk = _desk(case, folder)
    made: dict[str, bytes] = {}
    inbox = folder / "收到"
    inbox.mkdir()
    for one in (one for one in case.files if one.recorded):
        path = _put(folder, one, made, patch)
        (intake,) = take_in(desk, [path], _terms(Case("", {}, []), desk))
        assert intake.outcome == "accepted", _told(intake)
    _decide(case, desk)
    paths = [_put(inbox, one, made, patch) for one in case.files if not one.recorded]
    said: list[str] = []
    if case.one("文件夹"):
        paths, skipped = find_files([inbox])
        said = [one.line for one in skipped]
    before = _bytes(desk)
    terms = _terms(case, desk)
    intakes = list(take_in(desk, paths, terms, tell=lambda one: said.append(one.line)))
    if terms.dry_run or all(one.outcome != "accepted" for one in intakes):
        assert _bytes(desk) == before
    told = []
    for one in sorted(intakes, key=lambda one: one.path.name):
        spoken = (*kept_lines(one.posted), *change_lines(one.posted)) if terms.dry_run else ()
        told += [_told(one), *(f"{line}\n" for line in spoken)]
    return "".join(f"{line.replace(str(inbox), '收到')}\n" for line in said) + "".join(told)


def _decide(case: Case, desk: Desk) -> None:
    """``退回：2023Q2-0001 I01=理由``（不写编号的是整张）、``锁定：2023Q2=理由``。"""
    for key, kind in (("退回", DecisionKind.SEND_BACK), ("锁定", DecisionKind.LOCK)):
        for text in case.terms.get(key, ()):
            subject, _, why = text.partition("=")
            receipt, *items = subject.split()
            ruling = Ruling(kind, receipt, why, desk.now, "甲", desk.plan.digest, (), tuple(items))
            with Ledger.open(desk.workspace.ledger) as ledger:
                ledger.decide(ruling)


def _desk(case: Case, folder: Path) -> Desk:
    workspace = Workspace(folder / "w")
    workspace.measures.parent.mkdir(parents=True)
    measures, targets = plan_sources(Workspace(ROOT))
    workspace.measures.write_bytes(measures)
    workspace.targets.write_bytes(targets)
    today = dt.datetime.fromisoformat(case.one("今天", "2023-07-05"))
    desk = Desk(workspace, today.replace(hour=9, tzinfo=dt.timezone(dt.timedelta(hours=8))))
    desk.__dict__["plan"] = plan()  # 装载一次就够
    return desk


def _terms(case: Case, desk: Desk) -> Terms:
    confirmed = dict(text.split("=", 1) for text in case.terms.get("确认", ()))
    attached = tuple((name, b"%PDF-1.7") for name in case.terms.get("附件", ()))
    received = dt.date.fromisoformat(case.one("收到", desk.today.isoformat()))
    return Terms(received, "甲", confirmed, attached, dry_run=bool(case.one("试算")))


def _bytes(desk: Desk) -> bytes:
    path = desk.workspace.ledger
    return path.read_bytes() if path.exists() else b""


# 答复


def _told(intake: Intake) -> str:
    """一份文件的答复：结果、问题、入库的各行和保留的；数进数出对得上。"""
    lines = [f"{intake.path.name}: {intake.outcome}"]
    lines += [f"  {_problem(one)}" for one in sorted(intake.problems, key=_order)]
    assert all(one.message and one.fix for one in intake.problems)
    filings = intake.posted.filings if intake.posted else ()
    if filings:
        rows = [line for filed in filings for line in filed.filing.lines if line.field == "value"]
        twice = sum(one.code == "duplicate_row" for one in intake.problems)
        assert intake.reading.figures == len(rows) + twice
    for filed in filings:
        lines += [f"  {text}" for text in _filed(filed)]
    return "\n".join(lines) + "\n"


def _order(found: Problem) -> tuple[str, int, str, str, str]:
    digits = re.sub(r"\D", "", found.place.cell)
    return found.place.sheet, int(digits or 0), found.place.cell, found.item, found.code


def _problem(found: Problem) -> str:
    """轻重、代码、位置、事项，和说的话。"""
    parts = (found.severity.value, found.code, str(found.place) or "-", found.item or "-")
    return " ".join((*parts, "·", _visible(found.message)))


def _filed(filed: Filed) -> list[str]:
    filing = filed.filing
    number = f"第{filed.receipt.revision}次" if filed.receipt else "没有存"
    head = f"{filing.agency} {filing.quarter} {filing.manner} {filed.outcome} {number}"
    lines = [head, *(f"  = {_line(change.new)}" for change in filed.changes)]
    if filed.same:
        lines.append(f"  相同 {filed.same}")
    return [*lines, *(f"  保留 {entry.item} {entry.field}" for entry in filed.kept_entries)]


def _line(line: Line) -> str:
    """事项、栏目、内容；与原样的字不同的，原样的字也写出来。"""
    value = str(line.value) if line.value is not None else line.text or line.state.label
    when = f" @{line.data_at}" if line.data_at else ""
    raw = "" if value == line.raw else f" <- {_visible(line.raw)}"
    return f"{line.item} {line.field} {_visible(value)}{when}{raw}"


def _visible(text: str) -> str:
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return shown if len(shown) < 250 else f"{shown[:20]}…共 {len(text)} 字"


# 报来的文件


def _put(folder: Path, one: Arrival, made: dict[str, bytes], patch: pytest.MonkeyPatch) -> Path:
    path = folder / one.name
    kinds = [value for key, value in one.steps if key == "路径"]
    if kinds and kinds[0] in ("管道", "没有", "文件夹"):
        return _no_file(path, kinds[0])
    content = _content(one, made)
    made[one.name] = content
    path.write_bytes(content)
    if kinds:
        _trouble(path, kinds[0], patch)
    return path


def _content(one: Arrival, made: dict[str, bytes]) -> bytes:
    steps = dict(one.steps)
    if "字节" in steps:
        content = _BYTES[steps["字节"].partition(" ")[0]](steps["字节"].partition(" ")[2])
    elif "同" in steps:
        content = made[steps["同"]]
    else:
        content = settled(workbook(*_sheets(one)))
    for key, value in one.steps:
        if key == "改":
            name, _, rest = value.partition(" ")
            content = _CHANGES[name](content, rest)
    return content


def _sheets(one: Arrival) -> list[Md]:
    steps = dict(one.steps)
    own = [Md(name, "\n".join(rows), **_options(text)) for name, text, rows in one.sheets]  # type: ignore[arg-type]
    if "表" not in steps:
        return own
    agency, quarter = steps["表"].split()
    cover = [
        "| {} | {} |".format(*value.split("=", 1)) for key, value in one.steps if key == "信息"
    ]
    made = [info(agency, quarter, *cover), *sheets(agency, **{md.name: md.table for md in own})]
    if "身份" in steps:
        changed = dict([steps["身份"].split("=", 1)] if "=" in steps["身份"] else [])
        made.append(identity(**{"agency": agency, "quarter": quarter, **changed}))
    return made


def _options(text: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for option in filter(None, text.split("；")):
        name, _, value = option.partition(" ")
        if name == "合并":
            found["merges"] = tuple(value.split("、"))
        elif name == "隐藏行":
            found["hidden_rows"] = (int(value),)
        else:
            found |= {"hidden_columns": value} if name == "隐藏列" else {"hidden": True}
    return found


def settled(content: bytes) -> bytes:
    """每次写出来都一样的字节：去掉时间，不压缩；格里的特殊写法变成真的字。"""

    def change(name: str, part: bytes) -> bytes:
        if name.endswith("sharedStrings.xml"):
            part = _REPEATED.sub(lambda m: m[1] * int(m[2]), part)
            return _CODE.sub(lambda m: _character(m[1]), part)
        return _CREATED.sub(b"", part)

    return _repacked(content, change)


def _character(code: bytes) -> bytes:
    character = chr(int(code, 16))
    return character.encode() if character >= " " else f"_x{ord(character):04X}_".encode()


def _repacked(
    content: bytes,
    change: Callable[[str, bytes], bytes] = lambda _, part: part,
    method: int = zipfile.ZIP_STORED,
    **more: bytes,
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        parts = {name: change(name, old.read(name)) for name in old.namelist()} | more
        for name, part in parts.items():
            new.writestr(zipfile.ZipInfo(name), part, method)
    return buffer.getvalue()


def _edited(pattern: bytes, new: bytes, part: str = _FIRST) -> Callable[[bytes, str], bytes]:
    """把一个部件里的改掉；一处也没有改到的，是用例写错了。"""

    def edit(content: bytes, _: str) -> bytes:
        def change(name: str, text: bytes) -> bytes:
            if name != part:
                return text
            changed, times = re.subn(pattern, new, text, flags=re.DOTALL)
            assert times, pattern
            return changed

        return _repacked(content, change, zipfile.ZIP_DEFLATED)

    return edit


def _replaced(content: bytes, rest: str) -> bytes:
    """换掉第一张表里的字：``旧 → 新``。"""
    old, new = rest.split(" → ")
    return _edited(re.escape(old.encode()), new.encode().replace(b"\\", b"\\\\"))(content, "")


def _flipped(content: bytes, _: str) -> bytes:
    """表里的数改动一位（7 变成 6），XML 照样成立，校验和对不上。"""
    at = content.index(b"<v>7") + 3
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def _dropped(content: bytes, part: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(zipfile.ZipInfo(name), old.read(name))
    return buffer.getvalue()


def _many(before: bytes, one: bytes, part: str = _FIRST) -> Callable[[bytes, str], bytes]:
    """在 ``before`` 前面塞进许多份 ``one``。"""

    def fill(content: bytes, times: str) -> bytes:
        return _edited(before, one * int(times) + before, part)(content, "")

    return fill


def _strict(content: bytes, _: str) -> bytes:
    pairs = (
        (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"spreadsheetml/main"),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"officeDocument/relationships",
        ),
    )

    def change(_: str, part: bytes) -> bytes:
        for old, new in pairs:
            part = part.replace(old, b"http://purl.oclc.org/ooxml/" + new)
        return part

    return _repacked(content, change)


def _inline(content: bytes, _: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        texts = re.findall(rb"<si>(.*?)</si>", book.read("xl/sharedStrings.xml"), re.DOTALL)

    def change(name: str, part: bytes) -> bytes:
        if name != _FIRST:
            return part
        return re.sub(
            rb't="s"><v>(\d+)</v>',
            lambda m: b't="inlineStr"><is>' + texts[int(m[1])] + b"</is>",
            part,
        )

    return _repacked(content, change)


def _shuffled(content: bytes, _: str) -> bytes:
    def change(name: str, part: bytes) -> bytes:
        if name != _FIRST:
            return part
        rows = re.findall(rb"<row .*?</row>", part, re.DOTALL)
        return part.replace(b"".join(rows), b"".join(reversed(rows)))

    return _repacked(content, change)


def _commented(content: bytes, _: str) -> bytes:
    """加一个批注部件；批注里的数不算数。"""
    return _repacked(content, **{"xl/comments1.xml": b"<comments><t>99</t></comments>"})


def _ole(streams: str) -> bytes:
    names = [name.encode("utf-16-le").ljust(64, b"\0") for name in streams.split("、")]
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(names)


_BYTES: dict[str, Callable[[str], bytes]] = {
    "空": lambda _: b"",
    "零": lambda count: bytes(int(count)),
    "字": lambda text: text.encode().decode("unicode_escape").encode("latin-1"),
    "国标": lambda text: text.replace("\\n", "\n").encode("gbk"),
    "十六进制": bytes.fromhex,
    "复合": _ole,
}
_CHANGES: dict[str, Callable[[bytes, str], bytes]] = {
    "截断": lambda content, rest: content[: int(rest)],
    "翻一位": _flipped,
    "去部件": _dropped,
    "换": _replaced,
    "旧格式": lambda content, _: xls(content),
    "另存": lambda content, _: _repacked(content, **{"docProps/saved.xml": b"<x/>"}),
    "批注": _commented,
    "严格": _strict,
    "行内": _inline,
    "乱序": _shuffled,
    "没有地址": _edited(rb'(<(?:c|row)) r="[A-Z]*\d+"', rb"\1"),
    "范围": _edited(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1"/>'),
    "没有范围": _edited(rb'<dimension ref="[^"]*"/>', b""),
    "空白": _many(b"<sheetData>", b" " * 2**20),
    "空格": _many(b"</sheetData>", b"<row>" + b'<c s="0"/>' * 10 + b"</row>"),
    "炸弹": _many(b"</sheetData>", b"<row/><!--" + b" " * 500_000 + b"-->"),
    "数格": _many(b"</sheetData>", b"<row><c><v>1</v></c></row>"),
    "样式": _many(b"</cellXfs>", b'<xf numFmtId="0"/>', "xl/styles.xml"),
    "长字": _many(b"</t></si></sst>", b"x" * 2**20, "xl/sharedStrings.xml"),
    "部件": lambda content, n: _repacked(content, **{f"x/{i}.xml": b"" for i in range(int(n))}),
    "补零": lambda content, _: content.ljust(MAX_FILE + 1, b"\0"),
}


def _no_file(path: Path, kind: str) -> Path:
    if kind == "管道":
        os.mkfifo(path)
    elif kind == "文件夹":
        path.mkdir()
    return path


def _trouble(path: Path, kind: str, patch: pytest.MonkeyPatch) -> None:
    """读的时候在变、被占用、没有权限：只对这一个文件。"""
    read, access = Path.read_bytes, os.access

    def troubled(self: Path) -> bytes:
        if self != path:
            return read(self)
        if kind != "在变":
            raise PermissionError
        content = read(self)
        with self.open("ab") as out:
            out.write(b"more")
        return content

    def allowed(at: Path, mode: int) -> bool:
        return kind != "没有权限" if at == path else access(at, mode)

    patch.setattr(Path, "read_bytes", troubled)
    patch.setattr(reader.os, "access", allowed)
