"""一行：认事项（编号或全称）、读各格；认不出、不该填的，说清是哪一格。"""

import pytest

from .markdown import Md, workbook
from .plans import checked, codes, consolidated, figure, form, of, plan, read, the, told

HEAD = "| 责任单位 | 报送期 | 编号 | 指标名称 | 计量单位 | 本期值 | 说明 |"


def row(key: str, name: str = "", unit: str = "", value: str = "6.5", note: str = "") -> bytes:
    """汇总表的一行；编号在 C2，名称在 D2，单位在 E2，数在 F2。"""
    line = f"| 市市场监管局 | 2023Q2 | {key} | {name} | {unit} | {value} | {note} |"
    return consolidated(line, head=HEAD)


FOUND = [
    # 编号、名称、认作
    ("I01", "", "I01"),
    ("i01", "", "I01"),
    ("Ｉ０１", "", "I01"),
    (" I01 ", "", "I01"),
    ("", "每万人口高价值发明专利拥有量", "I01"),
    ("", "每万人口高价值 发明专利拥有量", "I01"),
    ("", "每万人口高价值发明专利拥有量（件）", "I01"),
    ("", "授权发明专利", "M07-1"),
    ("1", "有效注册商标量", "I09"),
    ("1.1", "有效注册商标量", "I09"),
    ("一", "有效注册商标量", "I09"),
    ("（一）", "有效注册商标量", "I09"),
    ("2、", "有效注册商标量", "I09"),
    ("I01", "每万人口高价值发明专利拥有量", "I01"),
    ("每万人口高价值发明专利拥有量", "", "I01"),
]


@pytest.mark.parametrize(("key", "name", "item"), FOUND)
def test_an_item_is_found_by_id_or_full_name(key: str, name: str, item: str) -> None:
    """按编号，或按全称（空白、括号不论）认；“序号”里的 1、2、3 不当编号。"""
    found = told(row(key, name))
    assert [one for one, field in found if field == "value"] == ([item] if item else [])


UNKNOWN = [
    # 编号、名称、代码、哪一格、话里要有的字
    ("I99", "", "item_unknown", "C2", "I99"),
    ("I99", "有效注册商标量", "item_unknown", "C2", "I99"),
    ("I1", "", "item_unknown", "C2", "I01"),
    ("1", "", "item_unknown", "D2", "1"),
    ("", "每万人口发明专利拥有量", "item_unknown", "D2", "每万人口高价值发明专利拥有量"),
    ("", "注册商标", "item_unknown", "D2", "注册商标总量"),
    ("I01", "有效注册商标量", "item_mismatch", "D2", "每万人口高价值发明专利拥有量"),
]


@pytest.mark.parametrize(("key", "name", "code", "cell", "said"), UNKNOWN)
def test_an_unknown_item_is_never_guessed(
    key: str, name: str, code: str, cell: str, said: str
) -> None:
    """认不出的给出相近的；编号与名称对不上的，不知道该信哪个。"""
    found = the(read(row(key, name)).problems, code)
    assert found.place.cell == cell
    assert said in found.message


def test_a_row_without_a_name_is_told_as_one() -> None:
    """编号、名称都空着却填了数：不说没有名称为“”的事项；要么写上，要么清空。"""
    found = the(read(row("", "")).problems, "item_unknown")
    assert found.message == "这一行填了内容，却没有编号和名称"
    assert "全部清空" in found.fix
    assert found.also == ()


@pytest.mark.parametrize("name", ["其中：国内发明", "　其中:国内", "（其中）国内", "#其中 国内"])
def test_a_part_of_a_row_above_is_told_what_to_do(name: str) -> None:
    """自己加的“其中”行：请删去整行，写进说明；不劝人改名称。"""
    found = the(read(row("", name)).problems, "item_unknown")
    assert "请删去这一行" in found.fix
    assert "是否为" not in found.message
    assert "D2" not in [place.cell for place in found.also]
    assert len(found.also) == 1


UNITS = [
    ("件", "I01", ""), ("（件）", "I01", ""), (" 件 ", "I01", ""), ("", "I01", ""),
    ("％", "I07", ""), ("%", "I07", ""), ("(%)", "I07", ""), ("（％）", "I07", ""),
    ("万件", "I01", "unit_mismatch"), ("家", "I01", "unit_mismatch"), ("件", "I08", "unit_mismatch"),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "key", "code"), UNITS)
def test_a_written_unit_must_be_the_plans(unit: str, key: str, code: str) -> None:
    """表上写着计量单位的，要与计划一致；全角半角、括号不论。"""
    found = read(row(key, "", unit, "4")).problems
    assert codes(found) == [code] * bool(code)
    assert all(problem.place.cell == "E2" for problem in found)


SINGLE = [
    # 事项、写在数字格里的、代码
    ("I01", "8万", "not_a_number"),
    ("I01", "=A1", "formula_not_calculated"),
    ("I01", "=A1 → 6.5", "formula_result"),
    ("I01", "=NOW() → 6.5", "formula_external"),
    ("I01", "#REF!", "cell_error"),
    ("I01", "TRUE", "wrong_type"),
    ("I01", "45107 [yyyy-mm-dd]", "wrong_type"),
    ("I01", "'１２", "normalised"),
    ("I07", "0.0423 [0.00%]", "percent_format"),
    ("I01", "/", "ambiguous_blank"),
    ("I01", "未更新", "not_updatable"),
    ("I04", "3.5", "not_an_integer"),
    ("I01", "-3", "negative"),
    ("I10", "101", "out_of_range"),
]


@pytest.mark.parametrize(("key", "value", "code"), SINGLE)
def test_a_problem_of_a_cell_names_sheet_cell_and_item(key: str, value: str, code: str) -> None:
    """每个问题都说清工作表、单元格、事项和怎么改；读到的数照样计数。"""
    reading = read(figure(value, key))
    found = the(reading.problems, code)
    assert (str(found.place), found.item) == ("汇总表!D2", key)
    assert found.fix
    assert reading.figures == 1


@pytest.mark.parametrize(
    ("value", "figures"),
    [("6.5", 1), ("0", 1), ("不适用", 1), ("8万", 1), ("", 0), ("' ", 0), ("=A1 →", 0), ("=A1", 1)],
)
def test_figures_are_counted_as_read(value: str, figures: int) -> None:
    """填了数的格数：错的也算，空白和算出空串的公式不算。"""
    assert read(figure(value, note="字")).figures == figures


def test_a_figure_under_a_measure_is_refused() -> None:
    """措施那一行不报数：说清该填在哪一行。"""
    found = the(read(row("M07", "", "", "500")).problems, "no_figure")
    assert found.place.cell == "F2"
    assert "M07-1" in found.fix
    assert "（" not in the(read(row("M01-1", "", "", "500")).problems, "no_figure").fix


def test_measures_and_milestones_take_their_own_cells() -> None:
    """汇总表里措施的进展、里程碑的佐证（数据来源一列）各归各处。"""
    head = "| 责任单位 | 报送期 | 编号 | 进展状态 | 本季度进展 | 数据来源 | 本期值 |"
    content = consolidated(
        "| 市市场监管局 | 2023Q2 | M07 | 推进中 | 建库 | 简报 |",
        "| 市市场监管局 | 2023Q2 | M07-3 | 已完成 | 建成 | 威知〔2023〕1号 |",
        head=head,
    )
    assert told(content) == {
        ("M07", "status"): "推进中", ("M07", "progress"): "建库", ("M07", "source"): "简报",
        ("M07-3", "status"): "已完成", ("M07-3", "progress"): "建成",
        ("M07-3", "evidence"): "威知〔2023〕1号",
    }  # fmt: skip


def test_cells_a_row_does_not_have_are_named() -> None:
    """填了这一行没有的格：没有读，提醒一声。"""
    head = "| 责任单位 | 报送期 | 编号 | 本期值 | 进展状态 | 数据时点 | 本季度进展 |"
    content = consolidated(
        "| 市市场监管局 | 2023Q2 | I01 | 6.5 | 推进中 ||",
        "| 市市场监管局 | 2023Q2 | M07 ||| 2023年6月 | 建库 |",
        head=head,
    )
    found = [p for p in checked(content) if p.code == "cell_ignored"]
    assert [(p.place.cell, p.item) for p in found] == [("E2", "I01"), ("F3", "M07")]


def test_rows_in_the_wrong_sheet_are_read_without_a_crash() -> None:
    """把措施写进“里程碑”、把里程碑写进“措施进展”、把数写进别的表：照编号读，缺的格不出错。"""
    content = form(
        "市文化和旅游局",
        里程碑="| M12 | 推进版权产业发展 | 推进中 |",
        措施进展="| M12-1 || 已完成 | 建成 ||||\n| I08 |||| 问题 |",
        指标数据="| M01 || | | 简报 |\n| M12-2 ||||||| 说明 |",
    )
    found = checked(content)
    assert {"missing", "evidence_missing"} <= set(codes(found))
    assert ("M12", "status") in told(content)
    assert ("M12-1", "status") in told(content)
    assert all(problem.place.sheet for problem in found)


CASES = [
    ("| 护航展会 | M05 | 现场维权 | 可公开 |", "", {"title", "measure", "summary", "public"}),
    ("| 护航展会 | M05 | 现场维权 | 也许 |", "choice_unknown", set()),
    ("| | M05 | 现场维权 | |", "case_untitled", set()),
    ("| 甲\u202e乙 | | | |", "control_character", set()),
    (f"| {'长' * 2001} | | | |", "text_too_long", set()),
    ("| #REF! | | 摘要 | |", "cell_error", set()),
    ("| 2023 | | 摘要 | |", "", {"title", "summary"}),
    ("| 注：本表不填 | | | |", "", set()),
    ("| 填 表 人： | 张三 | 审核人： | 李四 |", "", set()),
    ("| 审核人员培训案例 | | 摘要 | |", "", {"title", "summary"}),
    ("| 2023年工作总计 | | 摘要 | |", "", {"title", "summary"}),
]


@pytest.mark.parametrize(("line", "code", "fields"), CASES)
def test_cases_are_kept_by_title(line: str, code: str, fields: set[str]) -> None:
    """典型案例以标题为名；没有标题、选项不对、字符不对的，说清是哪一格，引用的字不太长。"""
    content = form("市法院", 措施进展="| M01 || 推进中 | 建库 |", 典型案例=line)
    found = [p for p in read(content).problems if p.place.sheet == "典型案例"]
    assert set(codes(found)) == {code} - {""}
    assert {field for item, field in told(content) if item.startswith("case:")} == fields
    assert all(len(p.item) < 60 and p.item.isprintable() and p.place.cell for p in found)


def test_every_asked_item_can_be_reported_by_name_alone() -> None:
    """没有编号的手工表：每个要报的数都能凭全称认出来。"""
    head = "| 责任单位 | 报送期 | 指标名称 | 本期值 |"
    lines = [
        f"| {item.how.reporters[0]} | 2023Q2 | {item.name} | {item.how.maximum or 8} |"
        for item in plan().asked_items
    ]
    content = workbook(Md("汇总表", "\n".join((head, *lines))))
    assert {item for item, _ in told(content)} == {item.id for item in plan().asked_items}


CODES = (
    {code for _, _, code in SINGLE}
    | {code for _, _, code, _, _ in UNKNOWN}
    | {code for _, code, _ in CASES}
    | {"no_figure", "cell_ignored", "unit_mismatch"}
)


def test_a_merged_text_counts_for_its_first_row_and_says_so() -> None:
    """合并的文字只算第一行，提醒；不悄悄少了别的行。"""
    head = "| 责任单位 | 报送期 | 编号 | 本期值 | 滞后原因 |"
    rows = (
        "| 市市场监管局 | 2023Q2 | I01 | 6.5 | 共同原因 |",
        "| 市市场监管局 | 2023Q2 | I09 | 6.5 | |",
    )
    found = of(checked(consolidated(*rows, head=head, merges=("E2:E3",))), "merged_value")
    assert [(p.place.cell, p.severity.value) for p in found] == [("E2", "warning")]


def test_a_footer_with_a_figure_is_told() -> None:
    """“注：”开头的行里有数的，不算一行，但要说出来。"""
    content = consolidated(
        "| 市市场监管局 | 2023Q2 | I01 | 6.5 | |", "| 注：以上数据截至6月底 | | | 5 | |"
    )
    (found,) = of(checked(content), "row_ignored")
    assert (found.place.cell, found.severity.value) == ("D3", "warning")


CODES |= {"row_ignored", "merged_value"}
