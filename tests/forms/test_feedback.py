"""退回表：照发出去的样子重建，内容原样，错处标出来。"""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ipmeasures.forms import style
from ipmeasures.forms.consolidated import write_consolidated
from ipmeasures.forms.feedback import write_feedback
from ipmeasures.problem import Place, Problem, problem
from ipmeasures.returns.checks import check_return
from ipmeasures.returns.circumstances import Circumstances
from ipmeasures.returns.read import read_return, read_submitted
from ipmeasures.returns.reading import Reading
from tests.forms import DUE, HEAD, QUARTER, form, headers, ids, opened, value, visible
from tests.plan import real_plan

MARKET, CULTURE = "市市场监管局", "市文化和旅游局"
TODAY = dt.date(2023, 7, 5)
LIST = ["序号", "轻重", "工作表", "本表格子", "原表格子", "编号", "填的是", "问题", "怎么改"]
Fill = Callable[[Workbook], None]


def filled(blank: bytes, fill: Fill) -> bytes:
    """用 openpyxl 填一份表，与单位在 Excel 里填一样。"""
    book = opened(blank)
    fill(book)
    return stored(book)


def stored(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def checked(content: bytes) -> tuple[Reading, tuple[Problem, ...]]:
    """读一份表，核对一遍。"""
    plan = real_plan()
    reading = read_return(content, plan)
    known = Circumstances(plan, TODAY)
    more = [p for one in reading.returns for p in check_return(one, known)]
    return reading, (*reading.problems, *more)


def answer(content: bytes, *extra: Problem) -> tuple[Workbook, bytes]:
    """一份表的退回表。"""
    plan = real_plan()
    reading, problems = checked(content)
    found = read_submitted(content, plan, reading, (*problems, *extra))
    assert found is not None
    made = write_feedback(plan, replace(found, sha256="a" * 64), DUE, {})
    return opened(made), made


def at(sheet: Worksheet, key: str, header: str):  # noqa: ANN201 - openpyxl 的单元格
    row = HEAD + 1 + ids(sheet).index(key)
    return sheet.cell(row, headers(sheet).index(header) + 1)


def listed(book: Workbook) -> Iterator[dict[str, object]]:
    """错误清单的各行；``链接`` 是点了跳到哪里。"""
    sheet = book["错误清单"]
    assert headers(sheet) == LIST
    for row in sheet.iter_rows(min_row=HEAD + 1):
        link = row[3].hyperlink
        line = {head: cell.value for head, cell in zip(LIST, row, strict=True)}
        yield line | {"链接": link.location if link else None}


def colour(fill: PatternFill) -> str:
    return str(fill.fgColor.rgb)


def codes(content: bytes) -> set[str]:
    return {p.code for p in checked(content)[1] if p.severity == "error"}


def _wrong(book: Workbook) -> None:
    sheet = book["指标数据"]
    at(sheet, "I01", "本期值").value = 7.2
    at(sheet, "I02", "本期值").value = "/"
    at(sheet, "I09", "本期值").value = "8万"
    at(sheet, "I09", "说明").value = "{{7*7}}"
    source = at(sheet, "I01", "数据来源")
    source.value, source.data_type = "=1+1", "s"


def test_the_list_comes_first_and_names_every_problem() -> None:
    """错误清单在最前，一个问题一行，错误在前；点本表格子跳到标了色、有批注的那一格。"""
    content = filled(form(MARKET), _wrong)
    book, _ = answer(content)
    problems = checked(content)[1]
    assert book.sheetnames[0] == "错误清单"
    assert book.active.title == "错误清单"
    lines = list(listed(book))
    assert len(lines) == len(problems)
    assert {(x["编号"], x["问题"]) for x in lines} == {
        (p.item or None, p.message) for p in problems
    }
    order = [x["轻重"] for x in lines]
    assert order == sorted(order, key=["错误", "提醒", "说明"].index)
    for line in lines:
        if line["轻重"] == "说明":
            continue
        sheet, address = str(line["链接"]).rsplit("!", 1)
        cell = book[sheet.strip("'")][address]
        assert (cell.parent.title, cell.coordinate) == (line["工作表"], line["本表格子"])
        assert f"【{line['轻重']}】{line['问题']}。{line['怎么改']}。" in cell.comment.text
        wanted = style.BAD_FILL if line["轻重"] == "错误" else style.DOUBT_FILL
        assert colour(cell.fill) == colour(wanted)
        assert not cell.protection.locked


def test_the_list_is_ready_to_filter_and_print() -> None:
    """错误清单能筛选、冻结表头，打印与各表一样；没有密码的保护，链接照样点得动。"""
    book, _ = answer(filled(form(MARKET), _wrong))
    sheet = book["错误清单"]
    assert sheet.auto_filter.ref == f"A{HEAD}:I{sheet.max_row}"
    assert sheet.freeze_panes == f"A{HEAD + 1}"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
    assert sheet.print_title_rows == f"$1:${HEAD}"
    assert sheet.protection.sheet
    assert not sheet.protection.autoFilter


def test_only_the_problem_cells_are_marked() -> None:
    """没有问题的格子不标色、没有批注；别的表与发出去的一样。"""
    content = filled(form(MARKET), _wrong)
    book, _ = answer(content)
    blank = opened(form(MARKET))
    targets = {str(line["链接"]) for line in listed(book)}
    assert visible(book) == ["错误清单", *visible(blank)]
    for sheet in blank.worksheets:
        if sheet.title == "_标识":
            continue
        rebuilt = book[sheet.title]
        assert rebuilt.dimensions == sheet.dimensions
        assert len(rebuilt.data_validations.dataValidation) == len(
            sheet.data_validations.dataValidation
        )
        for row in sheet.iter_rows():
            for cell in row:
                made = rebuilt[cell.coordinate]
                if f"'{sheet.title}'!{cell.coordinate}" not in targets:
                    assert made.comment is None
                    assert colour(made.fill) == colour(cell.fill)


def test_content_is_put_back_as_it_was() -> None:
    """数还是数、格式不变，错的字照样是那几个字，以等号开头的还是文字。"""
    when = dt.date(2023, 6, 30)

    def fill(book: Workbook) -> None:
        _wrong(book)
        sheet = book["指标数据"]
        at(sheet, "I03", "本期值").value = 5.5
        at(sheet, "I03", "本期值").number_format = "0.0"
        at(sheet, "I01", "数据时点").value = when
        at(sheet, "I01", "数据时点").number_format = 'yyyy"年"m"月"d"日"'
        at(sheet, "I05", "本期值").value = True
        at(sheet, "I06", "本期值").value = "#REF!"
        at(sheet, "I10", "本期值").value = 0.1 + 0.2
        at(sheet, "I11", "本期值").value = "一\n二 "
        book["报送信息"]["B8"].value = "张三"
        book["报送信息"]["B6"].value = None

    content = filled(form(MARKET), fill)
    book, made = answer(content)
    sheet, old = book["指标数据"], opened(content)["指标数据"]
    for key in ids(old):
        for header in ("本期值", "数据时点", "数据来源", "说明"):
            before, after = at(old, key, header), at(sheet, key, header)
            assert (after.value, after.data_type) == (before.value, before.data_type), (key, header)
            if before.data_type in "nd" and before.value is not None:
                assert after.number_format == before.number_format
    assert value(sheet, "I01", "数据来源") == "=1+1"
    assert value(sheet, "I09", "说明") == "{{7*7}}"
    assert book["报送信息"]["B8"].value == "张三"
    assert book["报送信息"]["B6"].value is None
    assert codes(made) == codes(content)


def test_a_figure_turned_into_a_date_or_a_percent_is_text_again() -> None:
    """留着日期、百分比格式，再填一个数还是错的：写成看见的字，格式回到下发的样子；没改还是收不下。"""

    def fill(book: Workbook) -> None:
        sheet = book["指标数据"]
        at(sheet, "I04", "本期值").value = dt.datetime(2023, 6, 30)  # noqa: DTZ001 - 表格没有时区
        at(sheet, "I10", "本期值").value = 0.823
        at(sheet, "I10", "本期值").number_format = "0.0%"

    content = filled(form(MARKET), fill)
    book, made = answer(content)
    sheet, blank = book["指标数据"], opened(form(MARKET))["指标数据"]
    for key, text in (("I04", "2023-06-30"), ("I10", "82.3%")):
        cell = at(sheet, key, "本期值")
        assert (cell.value, cell.data_type) == (text, "s")
        assert cell.number_format == at(blank, key, "本期值").number_format
    told = {x["编号"]: x["填的是"] for x in listed(book) if x["轻重"] == "错误"}
    assert told == {"I04": "2023-06-30（存的是 45107）", "I10": "82.3%（存的是 0.823）"}
    assert codes(made) == {"not_a_number"}
    for key, number in (("I04", 44), ("I10", 82.3)):
        at(sheet, key, "本期值").value = number
    assert codes(stored(book)) == set()


def test_dates_written_as_dates() -> None:
    """把日期存成 ISO 8601 的文件：数据时点还是那一天，数字格里的写成看见的日期。"""

    def fill(book: Workbook) -> None:
        book.iso_dates = True
        sheet = book["指标数据"]
        at(sheet, "I01", "本期值").value = dt.datetime(2023, 6, 30)  # noqa: DTZ001 - 同上
        at(sheet, "I04", "本期值").value = 44
        at(sheet, "I04", "数据时点").value = dt.datetime(2023, 6, 30)  # noqa: DTZ001 - 同上

    content = filled(form(MARKET), fill)
    book, made = answer(content)
    assert value(book["指标数据"], "I01", "本期值") == "2023-06-30"
    assert value(book["指标数据"], "I04", "数据时点") == dt.datetime(2023, 6, 30)  # noqa: DTZ001
    assert codes(made) == {"not_a_number"}


def test_a_percent_in_a_percent_row_stays_as_it_is() -> None:
    """单位是 % 的，百分比格式没有错：数、格式都照原样，看见的和存的都说。"""

    def fill(book: Workbook) -> None:
        cell = at(book["指标数据"], "I07", "本期值")
        cell.value, cell.number_format = 1.5, "0.00%"

    content = filled(form(CULTURE), fill)
    book, made = answer(content)
    cell = at(book["指标数据"], "I07", "本期值")
    assert (cell.value, cell.number_format) == (1.5, "0.00%")
    line = next(x for x in listed(book) if x["轻重"] == "错误")
    assert line["填的是"] == "150%（存的是 1.5）"
    assert codes(made) == codes(content) == {"out_of_range", "magnitude_suspect"}


def test_an_untouched_answer_has_the_same_errors() -> None:
    """没有改就发回来的，错误一个不少；错误清单、批注不惹新的问题。"""
    content = filled(form(MARKET), _wrong)
    _, made = answer(content)
    before, after = checked(content)[1], checked(made)[1]
    assert sorted((p.code, p.item, p.value) for p in after) == sorted(
        (p.code, p.item, p.value) for p in before
    )


def test_columns_moved_about() -> None:
    """列换了次序、行倒过来的表，退回表照发出去的样子，内容和记号各归各位。"""

    def fill(book: Workbook) -> None:
        _wrong(book)
        sheet = book["指标数据"]
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        table = [[c.value for c in row][::-1] for row in sheet.iter_rows(min_row=HEAD)]
        for number, row in enumerate([table[0], *table[:0:-1]], HEAD):
            for column, content in enumerate(row, 1):
                cell = sheet.cell(number, column)
                cell.value = content
                if content == "=1+1":
                    cell.data_type = "s"

    book, made = answer(filled(form(MARKET), fill))
    sheet = book["指标数据"]
    assert headers(sheet) == headers(opened(form(MARKET))["指标数据"])
    assert at(sheet, "I01", "本期值").value == 7.2
    assert at(sheet, "I09", "本期值").value == "8万"
    assert "“8万”不是数字" in at(sheet, "I09", "本期值").comment.text
    assert at(sheet, "I02", "本期值").comment is not None
    assert codes(made) == {"not_a_number", "ambiguous_blank"}


def _extra(sheet: Worksheet, key: str, name: str, number: object) -> None:
    row = sheet.max_row + 1
    for header, content in (("编号", key), ("指标名称", name), ("本期值", number)):
        sheet.cell(row, headers(sheet).index(header) + 1, content)


@pytest.mark.parametrize(
    ("key", "name", "number", "code"),
    [
        ("I08", "作品著作权登记量", 3, "not_owed"),
        ("I01", "每万人口高价值发明专利拥有量", 7.3, "duplicate_row"),
        ("I77", "不知道是什么", 3, "item_unknown"),
    ],
)
def test_rows_that_do_not_belong_are_kept(key: str, name: str, number: float, code: str) -> None:
    """不该报的、报了两次的、认不出的行接在后面，改得动；没有改，照样收不下。"""

    def fill(book: Workbook) -> None:
        at(book["指标数据"], "I01", "本期值").value = 7.2
        _extra(book["指标数据"], key, name, number)

    content = filled(form(MARKET), fill)
    assert code in codes(content)
    book, made = answer(content)
    sheet = book["指标数据"]
    row = sheet.max_row
    assert [sheet.cell(row, n).value for n in (1, 2)] == [key, name]
    assert sheet.cell(row, headers(sheet).index("本期值") + 1).value == number
    assert not sheet.cell(row, 1).protection.locked
    assert codes(made) == codes(content)
    line = next(x for x in listed(book) if x["轻重"] == "错误" and x["链接"])
    assert str(line["链接"]).endswith(str(row))


def test_a_changed_name_stays_until_it_is_mended() -> None:
    """编号和名称对不上的，不替人改回去：照报来的样子标出来。"""

    def fill(book: Workbook) -> None:
        sheet = book["指标数据"]
        at(sheet, "I09", "本期值").value = 6.8
        at(sheet, "I09", "指标名称").value = "有效专利量"
        at(sheet, "I01", "计量单位").value = "万件"
        at(sheet, "I01", "本期值").value = 7.2
        at(sheet, "I02", "指标名称").value = None

    book, made = answer(filled(form(MARKET), fill))
    sheet = book["指标数据"]
    assert value(sheet, "I09", "指标名称") == "有效专利量"
    assert value(sheet, "I01", "计量单位") == "万件"
    assert value(sheet, "I02", "指标名称") == "海外发明专利授权量"
    assert codes(made) == {"item_mismatch", "unit_mismatch"}


def test_a_form_for_another_agency() -> None:
    """报送单位被改了的表，照它发给谁重建，报送单位一格标出来。"""

    def fill(book: Workbook) -> None:
        at(book["指标数据"], "I07", "本期值").value = 3
        book["报送信息"]["B4"].value = "市公安局"

    book, made = answer(filled(form(CULTURE), fill))
    assert book["报送信息"]["B4"].value == "市公安局"
    assert "这张表发给市文化和旅游局" in book["报送信息"]["B4"].comment.text
    assert "wrong_form" in codes(made)
    mended = opened(made)
    mended["报送信息"]["B4"].value = CULTURE
    assert codes(stored(mended)) == set()


def test_a_merged_figure_is_not_given_to_one_row() -> None:
    """合并格拆开以后看不出是合并的，格里写明，没有改就收不下。"""

    def fill(book: Workbook) -> None:
        sheet = book["指标数据"]
        cell = at(sheet, "I01", "本期值")
        cell.value = 7.2
        sheet.merge_cells(f"{cell.coordinate}:{cell.column_letter}{cell.row + 1}")

    book, made = answer(filled(form(MARKET), fill))
    assert value(book["指标数据"], "I01", "本期值") == "7.2（合并格 J4:J5）"
    assert codes(made) == {"not_a_number"}


def test_a_column_twice_is_not_chosen_for_them() -> None:
    """一列出现两次，取哪一列都是替人选：不搬，标在表头，清单里说明。"""

    def fill(book: Workbook) -> None:
        sheet = book["指标数据"]
        at(sheet, "I01", "本期值").value = 7.2
        sheet.cell(HEAD, sheet.max_column + 1, "本期值")
        sheet.cell(HEAD + 1, sheet.max_column, 7.3)

    book, _ = answer(filled(form(MARKET), fill))
    sheet = book["指标数据"]
    assert value(sheet, "I01", "本期值") is None
    head = sheet.cell(HEAD, headers(sheet).index("本期值") + 1)
    assert "出现了两次" in head.comment.text
    line = next(x for x in listed(book) if "出现了两次" in str(x["问题"]))
    assert "请从原表抄" in str(line["怎么改"])


def test_a_column_not_read_is_told_as_not_carried() -> None:
    """自己加的一列没有搬进退回表：错误清单里说，不悄悄丢掉。"""

    def fill(book: Workbook) -> None:
        _wrong(book)
        sheet = book["指标数据"]
        sheet.cell(HEAD, sheet.max_column + 1, "科室意见")
        sheet.cell(HEAD + 1, sheet.max_column, "待核")

    book, _ = answer(filled(form(MARKET), fill))
    line = next(x for x in listed(book) if "科室意见" in str(x["问题"]))
    assert "要留的请从原表抄" in str(line["怎么改"])


def test_a_formula_not_calculated_is_not_text() -> None:
    """没有算过的公式：数字格里写成文字，改好以前收不下；文字格里空着，不把公式当内容。"""

    def fill(book: Workbook) -> None:
        at(book["指标数据"], "I01", "本期值").value = "=A1+1"
        at(book["指标数据"], "I01", "说明").value = "=A1+1"

    book, made = answer(filled(form(MARKET), fill))
    sheet = book["指标数据"]
    cell = at(sheet, "I01", "本期值")
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=A1+1", "s", True)
    assert value(sheet, "I01", "说明") is None
    assert at(sheet, "I01", "说明").comment is not None
    assert codes(made) == {"not_a_number"}


def test_problems_without_a_place() -> None:
    """整个文件的、原表别处的问题也列出来，写原来的位置，没有链接。"""
    content = filled(form(MARKET), _wrong)
    extra = (
        problem("empty_return", Place()),
        problem("sheet_ignored", Place("草稿", "C9"), sheet="草稿"),
        problem("form_outdated", Place("里程碑")),
    )
    book, _ = answer(content, *extra)
    lines = {(x["工作表"], x["本表格子"], x["原表格子"]): x["链接"] for x in listed(book)}
    assert lines["整个文件", None, None] is None
    assert lines["草稿", None, "C9"] is None
    assert lines["里程碑", "A3", None] == "'里程碑'!A3"


def test_a_deleted_row_is_back_and_marked() -> None:
    """删掉的行，重建的表里又有了；没有填的提醒落在那一行，不堆在报送单位上。"""

    def fill(book: Workbook) -> None:
        _wrong(book)
        book["指标数据"].delete_rows(HEAD + 1 + ids(book["指标数据"]).index("I05"))

    book, _ = answer(filled(form(MARKET), fill))
    assert "没有填本期值" in at(book["指标数据"], "I05", "本期值").comment.text
    assert book["报送信息"]["B4"].comment is None


def test_cases_keep_their_order() -> None:
    """案例照报来的次序，比空行多的接着写，没有标题的标出来。"""

    def fill(book: Workbook) -> None:
        sheet = book["典型案例"]
        for number in range(8):
            sheet.cell(HEAD + 1 + number, 1, f"案例{number}" if number != 6 else None)
            sheet.cell(HEAD + 1 + number, 3, "样例" * 200)

    book, made = answer(filled(form(CULTURE), fill))
    sheet = book["典型案例"]
    titles = [sheet.cell(HEAD + 1 + n, 1).value for n in range(8)]
    assert titles == [f"案例{n}" if n != 6 else None for n in range(8)]
    assert "案例没有写标题" in sheet.cell(HEAD + 7, 1).comment.text
    assert sheet.row_dimensions[HEAD + 1].height > 60
    assert codes(made) == {"case_untitled"}


def test_control_characters_and_very_long_texts() -> None:
    """看不见的字符、三万多字，退回表照样写得出、打得开，错误还在。"""

    def fill(book: Workbook) -> None:
        sheet = book["措施进展"]
        at(sheet, "M12", "本季度进展").value = "坏_x0002_字符_x005F_x0041_"
        at(sheet, "M12", "存在问题").value = "长" * 32767

    book, made = answer(filled(form(CULTURE), fill))
    sheet = book["措施进展"]
    assert value(sheet, "M12", "存在问题") == "长" * 32767
    assert codes(made) == {"control_character", "text_too_long"}
    reading, _ = checked(made)
    values = [p.value for p in reading.problems if p.code == "control_character"]
    assert values == ["坏□字符_x0041_"]


def test_dates_of_the_mac() -> None:
    """1904 年起算的文件，日期还是那一天。"""

    def fill(book: Workbook) -> None:
        book.epoch = dt.datetime(1904, 1, 1)  # noqa: DTZ001 - 表格没有时区
        _wrong(book)
        at(book["指标数据"], "I01", "数据时点").value = dt.date(2023, 6, 30)

    book, made = answer(filled(form(MARKET), fill))
    assert value(book["指标数据"], "I01", "数据时点") == dt.datetime(2023, 6, 30)  # noqa: DTZ001
    row = next(r for r in checked(made)[0].returns[0].rows if r.item == "I01")
    assert row.row.data_at == "2023-06-30"


def test_the_answer_says_what_it_mends() -> None:
    """隐藏的身份照旧，另写着退的是哪一份；读回来知道。"""
    _, made = answer(filled(form(MARKET), _wrong))
    reading, problems = checked(made)
    assert reading.mends == "a" * 64
    assert not {"sheet_ignored", "form_changed", "wrong_form"} & {p.code for p in problems}


def test_written_the_same_every_time() -> None:
    """同样的内容，写出来的字节一样。"""
    content = filled(form(MARKET), _wrong)
    assert answer(content)[1] == answer(content)[1]


@pytest.mark.parametrize("written", ["市不存在局", None])
def test_whose_it_is_comes_from_the_form_itself(written: str | None) -> None:
    """报送单位写错、删掉了，表自己带着身份，照样退得回去；连身份也没有的，没有退回表。"""

    def fill(book: Workbook) -> None:
        at(book["指标数据"], "I07", "本期值").value = 3
        book["报送信息"]["B4"].value = written

    content = filled(form(CULTURE), fill)
    book, made = answer(content)
    assert book["报送信息"]["B4"].value == written
    assert "agency_unknown" in codes(made)
    nameless = opened(content)
    del nameless["_标识"]
    bare = stored(nameless)
    reading, problems = checked(bare)
    assert read_submitted(bare, real_plan(), reading, problems) is None


@pytest.mark.parametrize(
    "cells", [{"B2": "没有的局"}, {"B3": "坏"}, {"B3": "2023Q9", "报送期": "坏"}]
)
def test_an_identity_that_cannot_be_trusted(cells: dict[str, str]) -> None:
    """身份里的单位、季度认不出的：读得出是谁报哪个季度的照那个，读不出的没有退回表，不猜。"""

    def fill(book: Workbook) -> None:
        at(book["指标数据"], "I07", "本期值").value = "8万"
        for cell, text in cells.items():
            book["_标识" if cell != "报送期" else "报送信息"][
                cell if cell != "报送期" else "B5"
            ] = text

    content = filled(form(CULTURE), fill)
    reading, problems = checked(content)
    found = read_submitted(content, real_plan(), reading, problems)
    assert (found is not None) == (cells == {"B3": "坏"})


def test_rows_of_the_agency_written() -> None:
    """借别的单位的表报自己的事项：退回表照自己单位的样子重排，报送单位要人再写一次。"""

    def fill(book: Workbook) -> None:
        book["报送信息"]["B4"].value = MARKET
        sheet = book["指标数据"]
        for key, text in (("I08", "I01"), ("I07", "I09")):
            row = HEAD + 1 + ids(sheet).index(key)
            sheet.cell(row, 1).value = text
            for header, content in (("指标名称", None), ("计量单位", None), ("本期值", 6.9)):
                sheet.cell(row, headers(sheet).index(header) + 1).value = content

    content = filled(form(CULTURE), fill)
    assert codes(content) == {"wrong_form", "sheet_missing"}
    book, made = answer(content)
    assert book["_标识"]["B2"].value == MARKET
    assert book["报送信息"]["B4"].value is None
    assert value(book["指标数据"], "I09", "本期值") == 6.9
    assert codes(made) == {"agency_unknown"}
    book["报送信息"]["B4"].value = MARKET
    assert codes(stored(book)) == set()


def test_a_copy_without_identity_for_another_quarter() -> None:
    """抄到新工作簿里、改了报送期的：照改成的季度重排，报送期空着请人再写；没写收不下。"""

    def fill(book: Workbook) -> None:
        del book["_标识"]
        at(book["指标数据"], "I08", "本期值").value = 0.1
        book["报送信息"]["B5"].value = "2023Q1"

    content = filled(form(CULTURE), fill)
    assert codes(content) == {"wrong_form"}
    book, made = answer(content)
    assert book["报送信息"]["B5"].value is None
    assert "在这一格填 2023Q1" in book["报送信息"]["B5"].comment.text
    assert codes(made) == {"quarter_invalid"}
    book["报送信息"]["B5"].value = "2023Q1"
    assert codes(stored(book)) == set()


def test_a_question_is_not_ended_twice() -> None:
    """“是否为 8？”后面不再加句号。"""

    def fill(book: Workbook) -> None:
        at(book["指标数据"], "I04", "本期值").value = "44个"
        at(book["指标数据"], "I06", "本期值").value = "一百六十五"

    book, _ = answer(filled(form(MARKET), fill))
    text = at(book["指标数据"], "I06", "本期值").comment.text
    assert "是否为 165？请只填一个数字" in text
    assert "？。" not in text


def test_a_form_of_another_document() -> None:
    """别的文件的表，没有退回表：照本文件重建，就把错换了。"""

    def fill(book: Workbook) -> None:
        at(book["指标数据"], "I07", "本期值").value = 3
        book["_标识"]["B5"].value = "别的〔2020〕1号"

    content = filled(form(CULTURE), fill)
    reading, problems = checked(content)
    assert "wrong_form" in {p.code for p in problems}
    assert read_submitted(content, real_plan(), reading, problems) is None


# 汇总表


def _consolidated(book: Workbook) -> None:
    sheet = book["汇总表"]
    heads = headers(sheet)
    for row in range(HEAD + 1, sheet.max_row + 1):
        key = sheet.cell(row, heads.index("编号") + 1).value
        cell = sheet.cell(row, heads.index("本期值") + 1)
        if key == "I01":
            cell.value = 7.2
        if key == "I09":
            cell.value = "8万"
            sheet.cell(row, 1).value = "市场局们"


def test_consolidated() -> None:
    """汇总表也有退回表：行照报来的次序，认不出的单位照写、标出来。"""
    content = filled(write_consolidated(real_plan(), QUARTER), _consolidated)
    old = opened(content)["汇总表"]
    book, made = answer(content)
    sheet = book["汇总表"]
    assert visible(book) == ["错误清单", "汇总表"]
    for row in old.iter_rows(min_row=HEAD):
        assert [c.value for c in row] == [sheet[c.coordinate].value for c in row]
    assert codes(made) == {"agency_unknown", "not_a_number"}
    errors = [line for line in listed(book) if line["轻重"] == "错误"]
    row = HEAD + 1 + ids(sheet).index("I09")
    assert {line["链接"] for line in errors} == {f"'汇总表'!A{row}", f"'汇总表'!F{row}"}
    assert not sheet.cell(row, 1).protection.locked
    assert sheet.cell(row + 1, 1).protection.locked


def test_consolidated_made_by_hand() -> None:
    """自己做的汇总表（别名、合并的单位、没有身份）：重建成发出去的样子，季度取报来的。"""
    book = Workbook()
    sheet = book.active
    rows = [
        ["部门", "时间", "指标", "完成值"],
        [MARKET, "2023年二季度", "每万人口高价值发明专利拥有量", "约7"],
        [None, "2023年二季度", "有效注册商标量", 6.8],
        ["合计", None, None, 12],
    ]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    content = stored(book)
    rebuilt, made = answer(content)
    table = rebuilt["汇总表"]
    told = [[table.cell(r, c).value for c in (1, 2, 4, 6)] for r in (HEAD + 1, HEAD + 2)]
    assert told == [
        [MARKET, "2023年二季度", "每万人口高价值发明专利拥有量", "约7"],
        [MARKET, "2023年二季度", "有效注册商标量", 6.8],
    ]
    assert table.max_row == HEAD + 2
    assert "2023年第二季度" in str(rebuilt["错误清单"]["A1"].value)
    assert codes(made) == {"not_a_number"}


def test_consolidated_that_cannot_be_laid_out() -> None:
    """认不出表头的汇总表，没有退回表。"""
    book = Workbook()
    book.active.append(["单位", "随便", "什么"])
    book.active.append([MARKET, 1, 2])
    content = stored(book)
    reading, problems = checked(content)
    assert read_submitted(content, real_plan(), reading, problems) is None
