"""表和格的刁难：办公室里会有的各种写法、各种填法，和业务上的不对。"""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from hostile_case import ONE, Case, stored
from hostile_parts import (
    CULTURE,
    DATA,
    DATE,
    GOOD,
    HEAD,
    MARKET,
    PERCENT,
    TEXT,
    TIME,
    WHOLE_PERCENT,
    YEAR_MONTH,
    Given,
    Raw,
    Row,
    book,
    figure,
    merged,
    parts,
    row,
    rows,
    sheet,
    table,
    zipped,
)

_LAST = "市市场监管局 2023Q2 "
_HOSTILE_TEXTS = (
    "{{ 7*7 }}", "{% for a in b %}", "=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "<script>alert(1)</script>",
    "| # * [x](javascript:)", "a & b < c", "👩‍👩‍👧‍👦", "_x0041_", "'撇", "甲\n乙\n\n丙", "字" * 2000, "';DROP TABLE entry;--",
    "../../etc/passwd", "%s%n", "\ufeff甲", "１２３",
)  # fmt: skip


def sheet_cases() -> Iterator[Case]:
    """全部表一层、格一层和业务上的。"""
    yield from _heads()
    yield from _sheets()
    yield from _figures()
    yield from _texts()
    yield from _business()


def _heads() -> Iterator[Case]:
    bad: dict[str, tuple[Row, tuple[str, ...]]] = {
        "只写单位": (("单位", "报送期", "编号", "本期值"), ("column_ambiguous",)),
        "缺本期值": (("责任单位", "报送期", "编号", "说明"), ("column_missing",)),
        "缺报送期": (("责任单位", "编号", "本期值"), ("column_missing",)),
        "缺责任单位": (("报送期", "编号", "本期值"), ("column_missing",)),
        "两列本期值": (("责任单位", "报送期", "编号", "本期值", "本期值"), ("column_duplicate",)),
        "完成数和完成情况": (
            ("责任单位", "报送期", "编号", "完成数", "完成情况"),
            ("column_duplicate",),
        ),
        "一季度一列": (("责任单位", "指标", "一季度", "二季度", "三季度"), ("layout_unknown",)),
        "一月一列": (("单位名称", "指标", "1月", "2月", "3月"), ("layout_unknown",)),
        "一个单位一列": (("编号", MARKET, CULTURE), ("layout_unknown",)),
        "认不出的列名": (("责任单位", "报送期", "编号", "本期数值"), ("column_missing",)),
        "没有表头": (("甲", "乙"), ("column_missing",)),
    }
    for name, (head, codes) in bad.items():
        yield Case(f"表头：{name}", partial(table, (*GOOD, 5), head=head), codes)
    alias = ("填报单位", "季度", "序号", "完成值", "备注", "截止时间", "佐证")
    yield stored("表头：习惯写法", partial(table, GOOD, head=alias), "column_alias")
    spaced = ("责 任单位", "报送\n期", "编号\u3000", "本 期 值")
    yield stored("表头：带空白", partial(table, GOOD, head=spaced))
    turned = ("本期值", "编号", "报送期", "责任单位")
    yield stored("表头：列换了次序", partial(table, GOOD[::-1], head=turned))
    more = ("去年数", *HEAD)
    yield stored("表头：多出一列", partial(table, (5, *GOOD), head=more), "column_ignored")
    lines = (
        ("威海市主要指标进展情况",),
        (),
        (None, None, None, "计量单位：件"),
        HEAD,
        (),
        GOOD,
        (),
    )
    yield stored("表头：标题、空行、单位行在上", lambda: book(rows(*lines)))
    ends = (
        ("合计", None, None, 6.5),
        ("注：截至6月底",),
        ("填表人：张三", None, None, None, "审核人：李四"),
    )
    yield stored("合计、注、填表人", partial(table, GOOD, *ends), "total_row")
    two = rows(
        ("责任单位", "报送期", "编号", "完成情况统计", None, "说明"),
        (None, None, None, "本期值", "数据时点"),
        GOOD,
    )
    areas = merged("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2")
    yield stored("表头：两行合并", partial(book, two, after=areas))


def _sheets() -> Iterator[Case]:
    page = sheet(DATA)
    for name in ("Sheet1", "2023年二季度"):
        yield stored(f"表名：{name}", partial(book, DATA, name=name), "sheet_renamed")
    yield stored("表名：带空白", partial(book, DATA, name=" 汇 总表 "))
    both = parts({"甲": page, "乙": page})
    yield Case("表名：两张都像", lambda: zipped(both), ("sheet_ambiguous",))
    none = sheet(rows(("甲", "乙"), (1, 2)))
    yield Case("表名：一张也不像", lambda: zipped(parts({"甲": none})), ("sheet_missing",))
    yield Case("空白的工作簿", lambda: zipped(parts({"Sheet1": sheet("")})), ("sheet_missing",))
    yield Case("只有表头", lambda: book(row(1, HEAD)), ("empty_return",))
    aside = parts({"汇总表": page, "说明页": none})
    yield stored("旁边还有一张别的表", lambda: zipped(aside), "sheet_ignored")
    hidden = parts({"汇总表": page, "空": sheet("")}, hidden=("汇总表",))
    yield stored("隐藏的工作表", lambda: zipped(hidden), "hidden_value")
    second = row(1, HEAD) + row(2, GOOD, extra=' hidden="1"')
    yield stored("隐藏的行", partial(book, second), "hidden_value")
    flat = row(1, HEAD) + row(2, GOOD, extra=' ht="0" customHeight="1"')
    yield stored("零高的行", partial(book, flat), "hidden_value")
    for how in ('hidden="1"', 'width="0" customWidth="1"'):
        columns = f'<cols><col min="4" max="4" {how}/></cols>'
        yield stored(f"隐藏的列（{how[:6]}）", partial(book, DATA, columns), "hidden_value")
    lines = (GOOD, (None, None, "M07-1", 260))
    held = ONE | {_LAST + "M07-1": "260"}
    joined = partial(table, *lines, after=merged("A2:A3", "B2:B3"))
    yield stored("合并的单位和季度", joined, figures=held)
    values = (GOOD, (MARKET, "2023Q2", "M07-1", None))
    yield Case("合并的数", partial(table, *values, after=merged("D2:D3")), ("merged_value",))
    yield stored("跨列合并的数", partial(table, GOOD, after=merged("D2:E2")))


def _figures() -> Iterator[Case]:
    good: dict[str, tuple[str, Given, str, str]] = {
        "全角": ("I04", "３９", "39", "normalised"), "千分位": ("M07-1", "1,234", "1234", "normalised"),
        "NBSP": ("I01", "\u00a06.5\u3000", "6.5", "normalised"), "撇号": ("I01", "'6.5", "6.5", "normalised"),
        "零宽": ("I01", "\u200b6.5\ufeff", "6.5", "normalised"), "文字的数": ("I01", "6.50", "6.5", ""),
        "公式有结果": ("I01", Raw("<f>A1+1</f><v>6.5</v>"), "6.5", "formula_result"),
        "公式引别的文件": ("I01", Raw("<f>[1]Sheet1!A1</f><v>6.5</v>"), "6.5", "formula_external"),
        "会变的公式": ("I01", Raw("<f>NOW()-1</f><v>6.5</v>"), "6.5", "formula_external"),
        "百分比格式": ("I07", Raw("<v>4.2299999999999997E-2</v>", style=PERCENT), "4.23", "percent_format"),
        "整百分比格式": ("I07", Raw("<v>0.0423</v>", style=WHOLE_PERCENT), "4.23", "percent_format"),
        "文字百分数": ("I07", "4.23%", "4.23", "normalised"), "全角百分数": ("I07", "4.23％", "4.23", "normalised"),
        "双精度的尾巴": ("I01", Raw("<v>6.4999999999999998</v>"), "6.5", ""), "零": ("I04", 0, "0", ""),
        "文本格式的数": ("I01", Raw("<v>6.5</v>", style=TEXT), "6.5", ""),
        "科学记数的存储": ("I04", Raw("<v>3.9E1</v>"), "39", ""),
    }  # fmt: skip
    for name, (key, value, stands, code) in good.items():
        owner = CULTURE if key == "I07" else MARKET
        make = partial(figure, value, key, "", _owner(key))
        held = {f"{_owner(key) or owner} 2023Q2 {key}": stands}
        yield stored(f"数：{name}", make, *[code] * bool(code), figures=held)
    words = ("8万", "3.5亿", "1234件", "约80", "80余", "≥80", "80-90", "(5)", "一百二十", "①", "²", "1e3", "1_234", "NaN",
             "Infinity", "1.234,5", "6,5", "{{ 7*7 }}", "=1+1", "0x10", "١٢", "1 234", "6。5", "字" * 1999)  # fmt: skip
    for word in words:
        yield Case(f"数：{word[:12]}", partial(figure, word), ("not_a_number",))
    for word in ("/", "—", "无", "N/A", "-", "*", "／"):
        yield Case(f"数：{word}（符号）", partial(figure, word), ("ambiguous_blank",))
    bad: dict[str, tuple[Given, str]] = {
        **{f"错误值 {e}": (Raw(f"<v>{e}</v>", "e"), "cell_error") for e in ("#REF!", "#DIV/0!", "#N/A", "#NAME?")},
        "没算过的公式": (Raw("<f>A1+1</f>"), "formula_not_calculated"),
        "日期": (Raw("<v>45107</v>", style=DATE), "wrong_type"), "时间": (Raw("<v>0.5</v>", style=TIME), "wrong_type"),
        "年月": (Raw("<v>45107</v>", style=YEAR_MONTH), "wrong_type"), "真": (Raw("<v>1</v>", "b"), "wrong_type"),
        "中文内置日期": (Raw("<v>45107</v>", style=7), "wrong_type"), "ISO 日期": (Raw("<v>2023-06-30</v>", "d"), "wrong_type"),
        "负数": (Decimal(-3), "negative"), "大一千倍": (6500, "magnitude_suspect"), "未更新": ("未更新", "not_updatable"),
        "不适用没有说明": ("不适用", "reason_missing"), "撤回没有说明": ("撤回", "reason_missing"),
    }  # fmt: skip
    for name, (value, code) in bad.items():
        yield Case(f"数：{name}", partial(figure, value), (code,))
    others: dict[str, tuple[str, Given, str]] = {
        "整数项有小数": ("I04", Decimal("39.5"), "not_an_integer"), "满分以上": ("I10", 101, "out_of_range"),
        "没写成百分数": ("I07", Decimal("0.0423"), "unit_suspect"), "按件填了万件": ("I08", 1600, "magnitude_suspect"),
        "累计变小": ("M07-1", 200, "total_fell"),
    }  # fmt: skip
    for name, (key, value, code) in others.items():
        yield Case(f"数：{name}", partial(figure, value, key, "", _owner(key)), (code,))
    yield Case("数：空格", partial(figure, "\u3000"), ("empty_return",))
    yield stored("数：不适用有说明", partial(figure, "不适用", "I01", "没有这项业务"), figures={})


def _owner(key: str) -> str:
    """报这个数的单位；汇总表里不是市场监管局的才要写。"""
    return {"I07": CULTURE, "I08": CULTURE}.get(key, MARKET)


def _texts() -> Iterator[Case]:
    for word in _HOSTILE_TEXTS:
        yield stored(f"说明：{word[:14]!r}", partial(table, (*GOOD, word)))
    for name, word, code in (
        ("过长", "长" * 2001, "text_too_long"),
        ("双向控制符", "甲\u202e乙", "control_character"),
        ("C1 控制符", "甲\x85乙", "control_character"),
        ("转义的控制符", "甲_x0007_乙", "control_character"),
    ):
        yield Case(f"说明：{name}", partial(table, (*GOOD, word)), (code,))
    yield Case("说明：错误值", partial(table, (*GOOD, Raw("<v>#N/A</v>", "e"))), ("cell_error",))
    yield Case("时点：认不出", partial(table, (*GOOD, None, "六月底")), ("date_invalid",))
    yield stored("时点：晚于报送期", partial(table, (*GOOD, None, "2023Q3")), "data_at_later")


def _business() -> Iterator[Case]:
    one: dict[str, tuple[Row, str]] = {
        "认不出的单位": (("市场局", "2023Q2", "I01", 6.5), "agency_unknown"),
        "没写单位": ((None, "2023Q2", "I01", 6.5), "agency_unknown"),
        "单位是公式字样": (("=A1", "2023Q2", "I01", 6.5), "agency_unknown"),
        "季度空": ((MARKET, None, "I01", 6.5), "quarter_invalid"),
        "季度 Q5": ((MARKET, "Q5", "I01", 6.5), "quarter_invalid"),
        "季度是日期": ((MARKET, Raw("<v>45107</v>", style=DATE), "I01", 6.5), "quarter_invalid"),
        "季度还没到": ((MARKET, "2099Q1", "I01", 6.5), "quarter_future"),
        "没有这个编号": ((MARKET, "2023Q2", "I99", 6.5), "item_unknown"),
        "措施一行填了数": ((MARKET, "2023Q2", "M07", 500), "no_figure"),
        "别人的数": ((MARKET, "2023Q2", "I08", 0.1), "not_owed"),
        "与指标同一个数（I06）": ((CULTURE, "2023Q2", "M08-1", 150), "not_owed"),
        "与指标同一个数（I09）": ((MARKET, "2023Q2", "M10-1", 6.5), "not_owed"),
    }
    for name, (line, code) in one.items():
        yield Case(f"业务：{name}", partial(table, line), (code,))
    other = (*GOOD[:3], Decimal("6.6"))
    yield Case("业务：同一行两个数", partial(table, GOOD, other), ("duplicate_row",))
    yield stored("业务：同一行填了两次", partial(table, GOOD, GOOD), "duplicate_row")
    named = ("责任单位", "报送期", "编号", "指标名称", "计量单位", "本期值")
    wrong = (MARKET, "2023Q2", "I01", "有效注册商标量", None, 6.5)
    yield Case("业务：编号与名称不符", partial(table, wrong, head=named), ("item_mismatch",))
    unit = (MARKET, "2023Q2", "I01", None, "万件", 6.5)
    yield Case("业务：计量单位不符", partial(table, unit, head=named), ("unit_mismatch",))
    by_name = (MARKET, "2023Q2", None, "每万人口高价值发明专利拥有量", None, 6.5)
    yield stored("业务：只写名称", partial(table, by_name, head=named))
    early = (MARKET, "2021Q3", "I01", 5.0)
    held = {"市市场监管局 2021Q3 I01": "5"}
    yield stored("业务：早于首个季度", partial(table, early), "quarter_early", figures=held)
    same = (MARKET, "2023Q1", "I01", 6.2)
    yield Case("业务：与在案的一样", partial(table, same), ("same_values",), "duplicate")
    manner = ("责任单位", "报送期", "编号", "本期值", "报送方式")
    zero = (MARKET, "2023Q2", None, None, "零报告")
    yield stored("业务：零报告", partial(table, zero, head=manner), figures={})
    both = (*GOOD, "零报告")
    warned = partial(table, both, head=manner)
    yield stored("业务：零报告而有数", warned, "zero_with_figures")
    odd = (*GOOD, "随便")
    yield Case("业务：报送方式不对", partial(table, odd, head=manner), ("choice_unknown",))
    good_and_bad = (GOOD, (MARKET, "2023Q2", "I09", "8万"))
    yield Case("业务：一处错，整份不收", partial(table, *good_and_bad), ("not_a_number",))
