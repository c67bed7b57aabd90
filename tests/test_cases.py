"""报来的各种情形：``tests/cases/`` 下一个 ``.md`` 是报来的东西，旁边的 ``.expect`` 是应有的答复。

写法见 ``tests/cases/arriving.py``；``--update-golden`` 重写 ``.expect``，重写后要逐份看过。
"""

import re
from pathlib import Path

import pytest

from ipmeasures.ledger.recheck import recheck
from ipmeasures.ledger.store import Ledger
from ipmeasures.problem import CATALOGUE

from .cases.arriving import Case, answer

CASES = Path(__file__).parent / "cases"
NAMES = sorted(str(path.relative_to(CASES).with_suffix("")) for path in CASES.rglob("*.md"))

# 情形表的每一行（表名、行名）；一行至少一个用例
ROWS = [
    ("file", "同样的字节再来一次，换了名字也一样"),
    ("file", "被取代过的原件再来"),
    ("file", "退回过的原件再来"),
    ("file", "另存过、内容没变"),
    ("file", "同一批两份对一个数说法不同"),
    ("file", "空的、截断的、改了一位的、缺部件的、一个地址两格的"),
    ("file", "文本、CSV、网页、Excel 2003 XML、PDF、RAR、图片"),
    ("file", "旧格式的内容，叫什么名字都一样"),
    ("file", "xlsx 的内容，后缀是 xls、XLSX、et"),
    ("file", "有密码"),
    ("file", "压缩炸弹、空白、样式、空格、长字、部件过多"),
    ("file", "DTD、实体、外部实体"),
    ("file", "最远的一格、乱写的范围、乱序的行、没有地址的格、Strict、行内文字"),
    ("file", "文件夹里的临时文件"),
    ("file", "正在改动、被占用、没有权限、空文件夹、管道"),
    ("file", "文件名与表里不同"),
    ("sheet", "改了工作表名、名中有空格"),
    ("sheet", "两张都像"),
    ("sheet", "一张也没有"),
    ("sheet", "列换了位置、插了列、表名行、空行、计量单位行、两行表头"),
    ("sheet", "缺列、重列"),
    ("sheet", "只写“单位”"),
    ("sheet", "横排的表"),
    ("sheet", "合并单元格"),
    ("sheet", "隐藏的行、列、工作表"),
    ("sheet", "批注不看"),
    ("sheet", "印好的格"),
    ("sheet", "合计、小计"),
    ("sheet", "附注和填表人"),
    ("sheet", "别的季度、单位、计划的表"),
    ("sheet", "旧版的表"),
    ("cell", "规整"),
    ("cell", "百分比格式"),
    ("cell", "没有格式的 0.0423"),
    ("cell", "带百分号的文字"),
    ("cell", "万件填成件"),
    ("cell", "不是数字"),
    ("cell", "空格和斜杠"),
    ("cell", "不适用、未更新、撤回"),
    ("cell", "零"),
    ("cell", "错误值"),
    ("cell", "公式"),
    ("cell", "没有算过的公式"),
    ("cell", "日期、时间、真假"),
    ("cell", "小数、负数、超出、非数"),
    ("cell", "长文字、控制字符"),
    ("cell", "像代码的文字"),
    ("business", "同一行两次"),
    ("business", "不认识的单位、更名"),
    ("business", "不该报"),
    ("business", "编号和名称不符"),
    ("business", "报送期不对"),
    ("business", "还没开始、早于首季"),
    ("business", "锁定了的季度"),
    ("business", "累计数变小"),
    ("business", "不适用、撤回的理由"),
    ("business", "完成日期、对应措施"),
    ("business", "跳变"),
    ("business", "像名称相近的数"),
    ("business", "没有填、空表"),
    ("business", "零报告有数"),
    ("business", "滞后没有原因"),
    ("business", "空话、照抄、文字与数不符"),
    ("business", "同源的两个数不等"),
    ("business", "确认"),
    ("business", "办公室代录"),
    ("business", "报送方式写了两种"),
    ("business", "数据时点照旧"),
    ("business", "数据时点太早"),
    ("business", "一年两个数"),
    ("business", "一次改掉大半"),
    ("business", "收到日期太早"),
]


def read(name: str) -> Case:
    """一个用例。"""
    return Case.parse((CASES / f"{name}.md").read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_in_gets_its_answer(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """报来什么、答复什么，一字不差；数进数出，退回的不动台账，收下的每一笔从原件重读都一致。"""
    said = answer(read(name), tmp_path, monkeypatch)
    _assert_provable(tmp_path / "w" / "data" / "ledger.db")
    path = CASES / f"{name}.expect"
    if request.config.getoption("--update-golden"):
        path.write_text(said, encoding="utf-8", newline="\n")
    assert said == path.read_text("utf-8")


def _assert_provable(path: Path) -> None:
    if path.exists():
        with Ledger.open(path, read_only=True) as ledger:
            assert ledger.verify() == ()
            found = recheck(path, ledger.head.sequence)
        assert found.doubts == ()
        assert found.agreeing == found.entries


def test_every_row_has_a_case() -> None:
    """情形表的每一行都有用例，用例都属于其中一行。"""
    found = {(name.partition("/")[0], read(name).row) for name in NAMES}
    assert found == set(ROWS)


def test_every_code_is_seen() -> None:
    """目录里的每个代码都在某份答复里。"""
    text = "\n".join(path.read_text("utf-8") for path in CASES.rglob("*.expect"))
    seen = set(re.findall(r"^  (?:error|warning|note) (\w+)", text, re.MULTILINE))
    assert seen == {code.partition(".")[0] for code in CATALOGUE}


def test_no_expectation_is_left_over() -> None:
    """每份答复都有它的用例。"""
    left = {str(path.relative_to(CASES).with_suffix("")) for path in CASES.rglob("*.expect")}
    assert left == set(NAMES)
