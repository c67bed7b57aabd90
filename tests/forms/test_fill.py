"""往空表里填：与单位在 Excel 里填一样，填错了地方要说。"""

from decimal import Decimal

import pytest

from ipmeasures.forms.fill import fill_form
from tests.forms import HEAD, form, opened, value


def test_fill() -> None:
    """数、文字、案例、信息各到各的格子；印好的不动。"""
    answers = {
        "指标数据": {"I08": {"本期值": Decimal("0.0933"), "数据来源": "=版权系统"}},
        "典型案例": {
            "甲": {"标题": "甲", "对应措施": "M12", "可否公开": "可公开"},
            "乙": {"标题": "乙"},
        },
    }
    blank = form("市文化和旅游局")
    book = opened(fill_form(blank, answers, {"填报人": "张三", "报送方式": "补录"}))
    sheet = book["指标数据"]
    assert value(sheet, "I08", "本期值") == 0.0933
    assert value(sheet, "I08", "数据来源") == "=版权系统"
    assert value(sheet, "I07", "本期值") is None
    assert [book["典型案例"].cell(HEAD + n, 1).value for n in (1, 2, 3)] == ["甲", "乙", None]
    info = {row[0].value: row[1].value for row in book["报送信息"].iter_rows(min_row=HEAD + 1)}
    assert (info["填报人"], info["报送方式"], info["报送单位"]) == (
        "张三",
        "补录",
        "市文化和旅游局",
    )


@pytest.mark.parametrize(
    "answers",
    [
        {"量化任务": {"M07-1": {"本期值": Decimal(1)}}},
        {"指标数据": {"I01": {"本期值": Decimal(1)}}},
        {"指标数据": {"I08": {"完成值": Decimal(1)}}},
    ],
    ids=["没有这张表", "没有这一行", "没有这一列"],
)
def test_wrong_place_is_told(answers: dict[str, dict[str, dict[str, Decimal]]]) -> None:
    """表里没有的地方不能填。"""
    with pytest.raises(KeyError):
        fill_form(form("市文化和旅游局"), answers)


def test_nothing_to_fill() -> None:
    """什么也不填，还是那份表。"""
    book = opened(fill_form(form("市公安局"), {}))
    assert value(book["措施进展"], "M03", "措施名称") == "强化知识产权行政保护"
